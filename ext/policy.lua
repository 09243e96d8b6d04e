--[[
policy.lua: makes a decision function out of a policy's description, compiled into the extension.

It runs once in each new Lua state and is trusted; policies run in environments that it makes, and see
nothing else. It checks a description (`policy { ... }`) with the path of what is wrong.

Called with: the actions (name -> { severity =, sanctions = }), the functions of policy_check.lua, and what
policy_library.lua returns. Returns a table of the functions that sandbox.c calls, environment and finish, and of what its
sisters share.
]]
local actions, check, library, frozen, plain, noted = ...

local concat, error, find, floor, format, gsub = table.concat, error, string.find, math.floor, string.format, string.gsub
local huge, match, next, setmetatable, sort, sub = math.huge, string.match, next, setmetatable, table.sort, string.sub
local tonumber, tointeger, type = tonumber, math.tointeger, type
local refuse, want, want_number = check.refuse, check.want, check.number

local MAX_WORDS, MAX_NOTE = 1000, 1000 -- bytes
local MAX_TESTS = 200
local null = library.null

-- The description ----------------------------------------------------------------------------------

local policy_keys = check.known { "id", "version_note", "params", "needs", "guards", "signals", "ladder", "max_climb", "decide",
  "mode", "tests" }
local guard_keys = check.known { 1, 2, "fact" }
local signal_keys = check.known { 1, 2, 3, "fact", "bands" }
local band_keys = check.known { 1, 2 }
local rung_keys = check.known { "at", "action", "duration", "durations", "severity", "rule", "reason" }
local modes = { "observe" }

local action_names = check.names(actions)
sort(action_names, function(a, b)
  return actions[a].severity < actions[b].severity or (actions[a].severity == actions[b].severity and a < b)
end)

local function want_need(name, needs, path)
  if not needs[name] then
    refuse(path, "one of the facts in needs", name, check.names(needs))
  end
  return name
end

-- A script may hold itself back; that it may act is for a person to say.
local function want_mode(mode, path)
  if mode ~= "observe" then
    refuse(path, "'observe' or left out (people say enforce, by the setting mode or in mode_change)", mode, modes)
  end
  return mode
end

-- What shows a value in the style, such as .2f; a value that the style is not for is shown plainly.
local function shower(style)
  local template, kind = "%" .. style, sub(style, -1)
  if kind == "s" then
    return function(value)
      local text = plain(value)
      return find(text, "\0", 1, true) and text or format(template, text)
    end
  end
  return function(value)
    local number = type(value) == "number" and value
    if number and kind == "d" then
      number = tointeger(value)
    end
    return number and number == number and format(template, number) or plain(value)
  end
end

-- The name and the style in "drama:.2f", which stood in braces.
local function compile_place(inner, needs, path)
  local name, colon, style = match(inner, "^([%w_]+)(:?)(.*)$")
  if not name or (colon == "" and style ~= "") then
    refuse(path .. " {" .. inner .. "}", "{a_fact}, {points} or one of them with a format, such as {drama:.2f}", inner)
  elseif colon ~= "" and not find(style, "^%d?%d?%.?%d?%d?[dfgs]$") then
    refuse(path .. " {" .. name .. ":...}", "a format such as .2f or d", style)
  end
  if name ~= "points" then
    want_need(name, needs, path .. " {" .. name .. "}")
  end
  return name, colon ~= "" and shower(style) or plain
end

-- Turns "drama {drama:.2f}" into a function of the facts and the points.
local function compile_words(words, needs, path)
  check.text(words, MAX_WORDS, path, "words for the explanation")
  local pieces, values, show, from = {}, {}, {}, 1
  while true do
    local start, stop, inner = find(words, "{([^{}]*)}", from)
    local piece = sub(words, from, (start or 0) - 1)
    if find(piece, "[{}]") then
      error(path .. " has a brace without its other half: '" .. piece .. "'", 0)
    elseif not start then
      break
    end
    local i = #pieces + 1
    pieces[i] = piece
    values[i], show[i] = compile_place(inner, needs, path)
    from = stop + 1
  end
  local tail = sub(words, from)
  return function(f, points)
    local out = {}
    for i = 1, #values do
      local value = values[i]
      if value == "points" then
        value = points
      else
        value = f[value]
      end
      out[2 * i - 1], out[2 * i] = pieces[i], show[i](value)
    end
    out[2 * #values + 1] = tail
    return concat(out)
  end
end

local function compile_guards(guards, needs)
  local names, tests, taken = {}, {}, {}
  for i, guard in ipairs(check.list(guards, "guards")) do
    local path = "guards[" .. i .. "]"
    want(guard, "table", path)
    check.keys(guard, guard_keys, path)
    names[i] = check.name(guard[1], taken, path .. "[1]")
    local fact = guard.fact
    if fact ~= nil and guard[2] ~= nil then
      error(path .. " has both a fact and a function", 0)
    elseif fact ~= nil then
      want_need(fact, needs, path .. ".fact")
      tests[i] = function(f)
        return f[fact]
      end
    else
      tests[i] = want(guard[2], "function", path .. "[2]", "a function, or cooldown(...), or fact = a name")
    end
  end
  return names, tests
end

-- The points that a fact gives, by bands { from, points }.
local function compile_bands(fact, bands, path)
  if #check.list(bands, path) == 0 then
    refuse(path, "a list of { from, points }", bands)
  end
  for i, band in ipairs(bands) do
    local at = path .. "[" .. i .. "]"
    want(band, "table", at)
    check.keys(band, band_keys, at)
    want_number(band[1], nil, at .. "[1]")
    want_number(band[2], 0, at .. "[2]")
    if i > 1 and band[1] <= bands[i - 1][1] then
      refuse(at .. "[1]", "above that of the band before it", band[1])
    end
  end
  return function(f)
    local value = f[fact]
    if value == nil then
      return 0
    end
    for i = #bands, 1, -1 do
      if value >= bands[i][1] then
        return bands[i][2]
      end
    end
    return 0
  end
end

local function compile_signal(signal, needs, taken, path)
  want(signal, "table", path)
  check.keys(signal, signal_keys, path)
  local name, points, words = check.name(signal[1], taken, path .. "[1]"), signal[2], signal[3]
  if signal.fact ~= nil then
    if words ~= nil or type(points) == "function" then
      error(path .. " has both a fact and a function", 0)
    end
    words = points
    points = compile_bands(want_need(signal.fact, needs, path .. ".fact"), signal.bands, path .. ".bands")
  elseif signal.bands ~= nil then
    error(path .. ".bands needs a fact = a name beside it", 0)
  end
  want(points, "function", path .. "[2]", "a function, or fact = a name with bands")
  return name, points, words and compile_words(words, needs, path .. " words") or function()
    return name
  end
end

local function compile_durations(rung, path)
  if rung.duration ~= nil and rung.durations ~= nil then
    error(path .. " has both duration and durations", 0)
  elseif rung.duration ~= nil then
    check.duration(rung.duration, path .. ".duration")
  elseif rung.durations ~= nil then
    local durations = check.list(rung.durations, path .. ".durations")
    if #durations == 0 then
      refuse(path .. ".durations", "a list of seconds", durations)
    end
    for i, duration in ipairs(durations) do
      check.duration(duration, path .. ".durations[" .. i .. "]")
    end
  end
end

local function compile_rung(rung, below, needs, path)
  want(rung, "table", path)
  check.keys(rung, rung_keys, path)
  want_number(rung.at, 0, path .. ".at")
  if below and rung.at <= below.at then
    refuse(path .. ".at", "above that of the rung before it", rung.at)
  end
  check.one_of(rung.action, action_names, path .. ".action")
  compile_durations(rung, path)
  return {
    at = rung.at,
    action = rung.action,
    duration = rung.duration,
    durations = rung.durations,
    severity = check.label(rung.severity, path .. ".severity"),
    rule = check.label(rung.rule, path .. ".rule"),
    reason = rung.reason ~= nil and compile_words(rung.reason, needs, path .. ".reason") or nil,
  }
end

-- The trace --------------------------------------------------------------------------------------

local function json_escape(byte)
  if byte == '"' or byte == "\\" then
    return "\\" .. byte
  end
  return format("\\u%04x", string.byte(byte))
end

local function json_string(text)
  return '"' .. gsub(text, '[%c"\\]', json_escape) .. '"'
end

local function json_number(number)
  if number ~= number or number == huge or number == -huge then
    return "null"
  elseif number == floor(number) and number > -1e15 and number < 1e15 then
    return format("%.0f", number)
  end
  local short = format("%.15g", number) -- 0.6 as 0.6
  return tonumber(short) == number and short or format("%.17g", number)
end

-- Numbers by name as a JSON object, in the order of the names.
local function json_numbers(numbers)
  local members = {}
  for i, name in ipairs(check.names(numbers)) do
    members[i] = json_string(name) .. ":" .. json_number(numbers[name])
  end
  return "{" .. concat(members, ",") .. "}"
end

-- The params -------------------------------------------------------------------------------------

-- The numbers of a policy by name: the script's, and those that are in force, where a setting may stand in the
-- place of the script's. `changed` are the settings, nil if there is none.
local function compile_params(params, settings)
  local given, current, changed = {}, {}, nil
  for key in next, params == nil and {} or want(params, "table", "params", "a table of numbers by name") do
    if type(key) ~= "string" or not find(key, "^[%a_][%w_]*$") or #key > 40 then
      refuse("a name in params", "at most 40 letters, digits and _", key)
    end
    given[key] = true
  end
  local names = check.names(given)
  for _, name in ipairs(names) do
    given[name] = want_number(params[name], nil, "params." .. name)
    current[name] = settings[name] or given[name]
    if settings[name] then
      changed = changed or {}
      changed[name] = settings[name]
    end
  end
  setmetatable(current, {
    __index = function(_, name)
      error("there is no '" .. plain(name) .. "' in params" .. check.suggestion(name, names), 2)
    end,
  })
  return given, current, changed
end

-- The decision -----------------------------------------------------------------------------------

-- What each field of a decision must be: value, path -> the value as SQL has it. null is seen to before.
local decision_fields = { "action", "duration_s", "severity", "points", "rule", "reason", "review", "mode" }
local decision_rules = {
  action = function(action, path)
    if not actions[action] then
      refuse(path, "one of " .. concat(action_names, ", "), action, action_names)
    end
    return action
  end,
  duration_s = check.duration,
  severity = check.label,
  points = function(points, path)
    return want_number(points, nil, path)
  end,
  rule = check.label,
  reason = function(reason, path)
    return want(reason, "string", path, "text")
  end,
  review = function(review, path)
    if review ~= 0 and review ~= 1 then
      want(review, "boolean", path, "true, false, 0 or 1")
    end
    return review and review ~= 0 and 1 or 0
  end,
  mode = want_mode,
}

local decision_keys, decision_paths = check.known(decision_fields), {}
for _, field in ipairs(decision_fields) do
  decision_paths[field] = "the decision's " .. field
end

local function read_field(d, field)
  local value = d[field]
  if value ~= nil and value ~= null then
    return decision_rules[field](value, decision_paths[field])
  end
end

-- What the decision d of `decide` says, checked, in the order in which compile's function returns it.
local function read_decision(d)
  want(d, "table", "the decision", "a table")
  check.keys(d, decision_keys, "the decision")
  return decision_rules.action(d.action, decision_paths.action), read_field(d, "duration_s"), read_field(d, "severity"),
    read_field(d, "points"), read_field(d, "rule"), read_field(d, "reason"), read_field(d, "review") or 0, read_field(d, "mode")
end

-- Makes the function that sandbox.c calls with the facts. It returns action, duration_s, severity, points, rule, reason,
-- review, mode, trace; and for tests the name of the guard that held and the rung that was reached. `changed` are
-- the params that are not the script's, for the trace.
local function compile(description, needs, params, changed)
  local trace_tail = changed and '"params":' .. json_numbers(changed) .. "}" or "}"
  local more_tail = changed and "," .. trace_tail or trace_tail
  local guard_names, guards = compile_guards(description.guards, needs)
  local guard_traces = {}
  for i, name in ipairs(guard_names) do
    guard_traces[i] = '{"guard":' .. json_string(name) .. more_tail
  end
  local signal_names, signal_paths, signals, words, taken = {}, {}, {}, {}, {}
  for i, signal in ipairs(check.list(description.signals, "signals")) do
    local name
    name, signals[i], words[i] = compile_signal(signal, needs, taken, "signals[" .. i .. "]")
    signal_names[i], signal_paths[i] = json_string(name), "the points of signal " .. name
  end
  local ladder = {}
  for i, rung in ipairs(check.list(description.ladder, "ladder")) do
    ladder[i] = compile_rung(rung, ladder[i - 1], needs, "ladder[" .. i .. "]")
  end
  local max_climb, default_mode = description.max_climb, description.mode
  if max_climb ~= nil and want_number(max_climb, 1, "max_climb") ~= floor(max_climb) then
    refuse("max_climb", "a whole number", max_climb)
  end
  local last_word = description.decide
  if last_word ~= nil then
    want(last_word, "function", "decide")
  end
  if #ladder == 0 and not last_word then
    error("a policy needs a ladder or decide", 0)
  end
  if default_mode ~= nil then
    want_mode(default_mode, "mode")
  end

  return function(f)
    for i = 1, #guards do
      local hit = guards[i](f, params)
      if hit and hit ~= 0 then
        return "none", nil, nil, nil, nil, nil, 0, default_mode, guard_traces[i], guard_names[i], 0
      end
    end

    local total, said, traced = 0, nil, nil
    for i = 1, #signals do
      local points = signals[i](f, params) or 0
      if points ~= 0 then
        if not said then
          said, traced = {}, {}
        end
        total = total + want_number(points, nil, signal_paths[i])
        said[#said + 1] = words[i](f, points)
        traced[#traced + 1] = format('{"name":%s,"points":%s,"words":%s}',
          signal_names[i], json_number(points), json_string(said[#said]))
      end
    end

    local reached = 0
    for i = #ladder, 1, -1 do
      if total >= ladder[i].at then
        reached = i
        break
      end
    end
    if max_climb and reached > 0 then
      local last = 0
      for i = 1, #ladder do
        if ladder[i].action == f.last_action then
          last = i
        end
      end
      if reached > last + max_climb then
        reached = last + max_climb
      end
    end

    local action, duration, severity, rule, reason = "none", nil, nil, nil, nil
    if reached > 0 then
      local rung = ladder[reached]
      action, duration, severity, rule = rung.action, rung.duration, rung.severity, rung.rule
      if rung.durations then
        local nth = floor(f.offences or 0) + 1
        duration = rung.durations[math.max(1, math.min(nth, #rung.durations))]
      end
      reason = rung.reason and rung.reason(f, total)
    end
    if said and not reason then
      reason = concat(said, ", ")
    end

    local points, review, mode = total, 0, default_mode
    if last_word then
      local d = { action = action, duration_s = duration, severity = severity, points = total, rule = rule, reason = reason, mode = mode }
      action, duration, severity, points, rule, reason, review, mode = read_decision(last_word(f, d, params) or d)
    end
    if actions[action].sanctions == 1 and not (reason and find(reason, "%S")) then
      error("the decision to " .. action .. " has no reason", 0)
    end

    local trace = "{" .. trace_tail
    if traced then
      trace = '{"signals":[' .. concat(traced, ",") .. '],"points":' .. json_number(total) .. ',"rung":' .. reached .. more_tail
    end
    return action, duration, severity, points, rule, reason, review, mode, trace, nil, reached
  end
end

-- The facts as a policy sees them: those that it needs, NULL as nil. Asking for another is a mistake
-- that should be heard of, and so is writing. The second result is the table of their values, for the
-- sandbox to fill.
local function facts_table(needs)
  local values = setmetatable({}, {
    __index = function(_, name)
      if not needs[name] then
        error("fact '" .. plain(name) .. "' is not in needs" .. check.suggestion(name, check.names(needs)), 2)
      end
    end,
  })
  return setmetatable({}, {
    __index = values,
    __newindex = function(_, name)
      error("facts are read-only: " .. plain(name), 2)
    end,
  }), values
end

-- The facts that a policy reads: a list, and a set. needs lists what its functions and words read; what its form reads
-- (cooldowns, the durations of a rung, max_climb) is added, in this order.
local function read_needs(description)
  local names, needs = {}, {}
  local function add(name)
    if not needs[name] then
      names[#names + 1], needs[name] = name, true
    end
  end
  if description.needs == nil then
    refuse("needs", "a list of facts", nil)
  end
  for i, name in ipairs(check.list(description.needs, "needs")) do
    local path = "needs[" .. i .. "]"
    check.text(name, 100, path, "the name of a fact")
    if needs[name] then
      error(path .. " '" .. name .. "' is in needs already", 0)
    end
    add(name)
  end
  for _, name in ipairs(noted.facts) do
    add(name)
  end
  for i, rung in ipairs(check.list(description.ladder, "ladder")) do
    if want(rung, "table", "ladder[" .. i .. "]").durations ~= nil then
      add "offences"
    end
  end
  if description.max_climb ~= nil then
    add "last_action"
  end
  return names, needs
end

-- What sandbox.c calls -----------------------------------------------------------------------------

local library_names = check.names(library)

-- What is said of a name that a policy reads and that nobody gave a value.
local function unknown_name(name)
  local meant = check.suggestion(name, library_names)
  return "there is no '" .. plain(name) .. "' in a policy" ..
    (meant ~= "" and meant or "; there are " .. concat(library_names, ", "))
end

setmetatable(library, {
  __index = function(_, name)
    error(unknown_name(name), 2)
  end,
})

-- A new environment, and the function that seals it after the policy was loaded.
local function environment()
  local globals, sealed = setmetatable({}, { __index = library }), false
  noted.facts, noted.made, noted.described = {}, {}, {}
  return setmetatable({}, {
    __index = globals,
    __newindex = function(_, name, value)
      if sealed then
        error("a policy must not write globals while it decides: " .. plain(name), 2)
      end
      globals[name] = value
    end,
  }), function()
    sealed = true
  end
end

-- Checks what the script returned; settings are numbers by the name of a param. Returns what sandbox.c keeps of a
-- policy (see there), with what policy_test.lua needs.
local function finish(description, settings)
  if type(description) ~= "table" or not noted.described[description] then
    error("the script must return policy { ... }", 0)
  end
  check.keys(description, policy_keys, "")
  local id, note = want(description.id, "string", "id", "the policy's name"), description.version_note
  if not find(id, "^[a-z][a-z0-9_]*$") or #id > 40 then
    refuse("id", "at most 40 lower-case letters, digits and _, a letter first", id)
  end
  if note ~= nil then
    check.text(note, MAX_NOTE, "version_note", "text")
  end
  local names, needs = read_needs(description)
  local given, params, changed = compile_params(description.params, settings)
  local tests = #check.list(description.tests, "tests")
  if tests == 0 then
    error("a policy needs tests", 0)
  elseif tests > MAX_TESTS then
    error("tests must be at most " .. MAX_TESTS .. ", not " .. tests, 0)
  end
  local decide, facts, values = compile(description, needs, frozen(params, "params"), changed), facts_table(needs)
  return {
    function()
      noted.facts = false -- another that was loaded may have failed half-way
      return decide(facts)
    end,
    values,
    names,
    id = id,
    note = note,
    params = json_numbers(given),
    param_names = check.names(given),
    description = description,
    needs = needs,
    param_values = params,
  }
end

return { environment = environment, finish = finish, unknown_name = unknown_name, callable = library, decision_fields = decision_fields,
  decision_rules = decision_rules }

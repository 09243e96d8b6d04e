--[[
policy.lua: makes a decision function out of a policy's description, compiled into the extension.

It runs once in each new Lua state and is trusted; policies run in environments that it makes, and see
nothing else. It checks a description (`policy { ... }`) with the path of what is wrong.

Called with: the actions (name -> { severity =, sanctions = }), and what policy_library.lua returns. Returns a
table of the functions that sandbox.c calls, environment and finish, and of those that policy_test.lua shares.
]]
local actions, library, described, frozen, plain = ...

local concat, error, find, floor, format, gsub = table.concat, error, string.find, math.floor, string.format, string.gsub
local huge, next, setmetatable, sub, type = math.huge, next, setmetatable, string.sub, type

-- The description ----------------------------------------------------------------------------------

local function refuse(path, rule, value)
  local shown = plain(value)
  if type(value) == "string" then
    shown = "'" .. value .. "'"
  end
  error(path .. " must be " .. rule .. ", not " .. shown, 0)
end

local function want(value, kind, path, rule)
  if type(value) ~= kind then
    refuse(path, rule or ("a " .. kind), value)
  end
  return value
end

-- A finite number; least may be left out.
local function want_number(value, least, path)
  if type(value) ~= "number" or value ~= value or value == huge or value == -huge or (least and value < least) then
    refuse(path, least and "a number, " .. least .. " or more" or "a finite number", value)
  end
  return value
end

local function want_duration(value, path)
  if want_number(value, 0, path) > 1e11 then
    refuse(path, "seconds, at most 1e11", value)
  end
end

-- A list: a table with the keys 1 to n and no other. nil is an empty list.
local function want_list(value, path)
  if value == nil then
    return {}
  end
  want(value, "table", path, "a list")
  local count = 0
  for key in next, value do
    if type(key) ~= "number" or floor(key) ~= key or key < 1 then
      error(path .. " must be a list, but has the key " .. plain(key), 0)
    end
    count = count + 1
  end
  for i = 1, count do
    if value[i] == nil then
      error(path .. "[" .. i .. "] is missing", 0)
    end
  end
  return value
end

local function want_keys(value, known, path)
  for key in next, value do
    if not known[key] then
      error((path == "" and "" or path .. ".") .. plain(key) .. " is not known here", 0)
    end
  end
end

local function set(names)
  local result = {}
  for _, name in ipairs(names) do
    result[name] = true
  end
  return result
end

local policy_keys = set { "id", "version_note", "params", "needs", "guards", "signals", "ladder", "max_climb", "decide", "mode", "tests" }
local rung_keys = set { "at", "action", "duration", "durations", "severity", "rule", "reason" }
local decision_keys = set { "action", "duration_s", "severity", "points", "rule", "reason", "review", "mode" }
local modes = set { "observe", "enforce" }

local function want_need(name, needs, path)
  if not needs[name] then
    refuse(path, "one of the facts in needs", name)
  end
  return name
end

-- Turns "drama {drama:.2f}" into a function of the facts and the points.
local function compile_words(words, needs, path)
  want(words, "string", path, "words for the explanation")
  local pieces, values, formats, from = {}, {}, {}, 1
  while true do
    local start, stop, name, style = find(words, "{([%w_]+):?([^{}]*)}", from)
    if not start then
      break
    end
    if name ~= "points" then
      want_need(name, needs, path .. " {" .. name .. "}")
    end
    if style ~= "" and not find(style, "^%d?%d?%.?%d?%d?[dfgs]$") then
      refuse(path .. " {" .. name .. ":...}", "a format such as .2f or d", style)
    end
    pieces[#pieces + 1] = sub(words, from, start - 1)
    values[#values + 1] = name
    formats[#formats + 1] = style ~= "" and "%" .. style or false
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
      out[#out + 1] = pieces[i]
      out[#out + 1] = value ~= nil and formats[i] and format(formats[i], value) or plain(value)
    end
    out[#out + 1] = tail
    return concat(out)
  end
end

local function compile_guards(guards, needs)
  local names, tests = {}, {}
  for i, guard in ipairs(want_list(guards, "guards")) do
    local path = "guards[" .. i .. "]"
    want(guard, "table", path)
    want_keys(guard, { [1] = true, [2] = true, fact = true }, path)
    names[i] = want(guard[1], "string", path .. "[1]", "a name")
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

local function compile_signal(signal, needs, path)
  want(signal, "table", path)
  want_keys(signal, { [1] = true, [2] = true, [3] = true, fact = true, bands = true }, path)
  local name, points, words = want(signal[1], "string", path .. "[1]", "a name"), signal[2], signal[3]
  if signal.fact ~= nil then
    local fact, bands = want_need(signal.fact, needs, path .. ".fact"), want_list(signal.bands, path .. ".bands")
    if #bands == 0 then
      refuse(path .. ".bands", "a list of { from, points }", signal.bands)
    end
    for i, band in ipairs(bands) do
      local at = path .. ".bands[" .. i .. "]"
      want(band, "table", at)
      want_number(band[1], nil, at .. "[1]")
      want_number(band[2], 0, at .. "[2]")
      if i > 1 and band[1] <= bands[i - 1][1] then
        refuse(at .. "[1]", "above that of the band before it", band[1])
      end
    end
    points, words = function(f)
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
    end, signal[2]
  elseif signal.bands ~= nil then
    error(path .. ".bands needs a fact = a name beside it", 0)
  end
  want(points, "function", path .. "[2]", "a function, or fact = a name with bands")
  return name, points, words and compile_words(words, needs, path .. " words") or function()
    return name
  end
end

local function compile_rung(rung, below, needs, path)
  want(rung, "table", path)
  want_keys(rung, rung_keys, path)
  want_number(rung.at, 0, path .. ".at")
  if below and rung.at <= below.at then
    refuse(path .. ".at", "above that of the rung before it", rung.at)
  end
  if not actions[rung.action] then
    refuse(path .. ".action", "an action of decorum_action", rung.action)
  end
  if rung.duration ~= nil then
    want_duration(rung.duration, path .. ".duration")
  end
  for _, key in ipairs { "severity", "rule" } do
    local value = rung[key]
    if value ~= nil and type(value) ~= "string" then
      want_number(value, nil, path .. "." .. key)
    end
  end
  if rung.durations ~= nil then
    if not needs.offences then
      error(path .. ".durations goes by the fact 'offences', which is not in needs", 0)
    end
    local durations = want_list(rung.durations, path .. ".durations")
    if #durations == 0 then
      refuse(path .. ".durations", "a list of seconds", "an empty list")
    end
    for i, duration in ipairs(durations) do
      want_duration(duration, path .. ".durations[" .. i .. "]")
    end
  end
  return {
    at = rung.at,
    action = rung.action,
    duration = rung.duration,
    durations = rung.durations,
    severity = rung.severity,
    rule = rung.rule,
    reason = rung.reason and compile_words(rung.reason, needs, path .. ".reason"),
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
  end
  return format(number == floor(number) and "%.0f" or "%.17g", number)
end

-- The decision -----------------------------------------------------------------------------------

local function check_decision(d)
  want(d, "table", "the decision", "a table")
  want_keys(d, decision_keys, "the decision")
  if not actions[d.action] then
    refuse("the decision's action", "an action of decorum_action", d.action)
  end
  if d.duration_s ~= nil then
    want_duration(d.duration_s, "the decision's duration_s")
  end
  if d.points ~= nil then
    want_number(d.points, nil, "the decision's points")
  end
  for _, key in ipairs { "severity", "rule" } do
    local kind = type(d[key])
    if (kind ~= "nil" and kind ~= "string" and kind ~= "number") or d[key] ~= d[key] then
      refuse("the decision's " .. key, "text or a number", d[key])
    end
  end
  if d.reason ~= nil then
    want(d.reason, "string", "the decision's reason", "text")
  end
  if d.review ~= nil and d.review ~= 0 and d.review ~= 1 then
    want(d.review, "boolean", "the decision's review", "true or false")
  end
  if d.mode ~= nil and not modes[d.mode] then
    refuse("the decision's mode", "'observe' or 'enforce'", d.mode)
  end
end

-- Makes the function that sandbox.c calls with the facts. It returns action, duration_s, severity,
-- points, rule, reason, review, mode, trace.
local function compile(description, needs)
  local guard_names, guards = compile_guards(description.guards, needs)
  local signal_names, signals, words = {}, {}, {}
  for i, signal in ipairs(want_list(description.signals, "signals")) do
    signal_names[i], signals[i], words[i] = compile_signal(signal, needs, "signals[" .. i .. "]")
  end
  local ladder = {}
  for i, rung in ipairs(want_list(description.ladder, "ladder")) do
    ladder[i] = compile_rung(rung, ladder[i - 1], needs, "ladder[" .. i .. "]")
  end
  local max_climb, default_mode = description.max_climb, description.mode
  if max_climb ~= nil then
    if want_number(max_climb, 1, "max_climb") ~= floor(max_climb) then
      refuse("max_climb", "a whole number", max_climb)
    end
    if not needs.last_action then
      error("max_climb goes by the fact 'last_action', which is not in needs", 0)
    end
  end
  local last_word = description.decide
  if last_word ~= nil then
    want(last_word, "function", "decide")
  end
  if #ladder == 0 and not last_word then
    error("a policy needs a ladder or decide", 0)
  end
  if default_mode ~= nil and not modes[default_mode] then
    refuse("mode", "'observe' or 'enforce'", default_mode)
  end
  local params = {}
  for key, value in next, description.params == nil and {} or want(description.params, "table", "params") do
    params[want(key, "string", "a name in params")] = want_number(value, nil, "params." .. key)
  end
  params = frozen(params, "params")

  return function(f)
    for i = 1, #guards do
      local hit = guards[i](f, params)
      if hit and hit ~= 0 then
        return "none", nil, nil, nil, nil, nil, 0, default_mode, '{"guard":' .. json_string(guard_names[i]) .. "}"
      end
    end

    local total, said, traced = 0, nil, nil
    for i = 1, #signals do
      local points = signals[i](f, params) or 0
      if points ~= 0 then
        if not said then
          said, traced = {}, {}
        end
        total = total + want_number(points, nil, "the points of signal " .. signal_names[i])
        said[#said + 1] = words[i](f, points)
        traced[#traced + 1] = format('{"name":%s,"points":%s,"words":%s}',
          json_string(signal_names[i]), json_number(points), json_string(said[#said]))
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
      d = last_word(f, d, params) or d
      check_decision(d)
      action, duration, severity, points = d.action, d.duration_s, d.severity, d.points
      rule, reason, review, mode = d.rule, d.reason, d.review and d.review ~= 0 and 1 or 0, d.mode
    end
    if actions[action].sanctions == 1 and not (reason and find(reason, "%S")) then
      error("the decision to " .. action .. " has no reason", 0)
    end

    local trace = "{}"
    if traced then
      trace = '{"signals":[' .. concat(traced, ",") .. '],"points":' .. json_number(total) .. ',"rung":' .. reached .. "}"
    end
    return action, duration, severity, points, rule, reason, review, mode, trace
  end
end

-- The facts as a policy sees them: those that it needs, NULL as nil. Asking for another is a mistake
-- that should be heard of, and so is writing. The second result is the table of their values, for the
-- sandbox to fill.
local function facts_table(needs)
  local values = setmetatable({}, {
    __index = function(_, name)
      if not needs[name] then
        error("fact '" .. plain(name) .. "' is not in needs", 2)
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

-- What sandbox.c calls -----------------------------------------------------------------------------

-- A new environment, and the function that seals it after the policy was loaded.
local function environment()
  local globals, sealed = setmetatable({}, { __index = library }), false
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

-- Checks what the script returned. Returns the decision function, the table of the facts' values, the
-- list of needs, id and version_note.
local function finish(description)
  if type(description) ~= "table" or not described[description] then
    error("the script must return policy { ... }", 0)
  end
  want_keys(description, policy_keys, "")
  local id, note = want(description.id, "string", "id"), description.version_note
  if not find(id, "^[a-z][a-z0-9_]*$") or #id > 40 then
    refuse("id", "at most 40 lower-case letters, digits and _", id)
  end
  if note ~= nil then
    want(note, "string", "version_note")
  end
  local needs, names = {}, {} -- copies: the script keeps its table
  if description.needs == nil then
    refuse("needs", "a list of facts", nil)
  end
  for i, name in ipairs(want_list(description.needs, "needs")) do
    names[i] = want(name, "string", "needs[" .. i .. "]", "the name of a fact")
    needs[name] = true
  end
  if #want_list(description.tests, "tests") == 0 then
    error("a policy needs tests", 0)
  end
  local decide, facts, values = compile(description, needs), facts_table(needs)
  return function()
    return decide(facts)
  end, values, names, id, note
end

return { environment = environment, finish = finish, want = want, want_keys = want_keys, want_need = want_need, set = set,
  decision_keys = decision_keys }

--- decorum import: what another bot knew of its members, as the first rows of their log here.
--
-- A JSON object a line:
--
--   {"platform": "irc", "id": "ann", "name": "Ann",    the account; the name if it is another than the id
--    "offences": 2, "last_offence": 1773478800,        mutes and stronger so far, Unix seconds of the last one
--    "warned": true,                                   is warned now; or when that was
--    "immune": false, "off_topic": 1,                  reminders of the topic that count
--    "baseline": 0.8,                                  how much sense they usually make, 0 to 1
--    "notes": ["helps beginners"], "aliases": ["Annie"]}
--
-- Only platform and id are needed. For each line: a row of opening, by which the account is known to be imported, cases that name
-- the event that they are from, so that they are owed to nobody, and what else it says. A member who was imported before is left
-- alone; of a line with a mistake nothing is done.

local community = require "decorum.community"
local failure = require "decorum.failure"
local json = require "host.json"
local member = require "decorum.member"
local nearest = require "decorum.nearest"
local progress = require "decorum.progress"
local system = require "host.system"

local import = {}

local BY = "import"

-- Rules for values: what a value must be, in words, and whether it is.
local function is_text(value)
  return type(value) == "string" and value:find "%S" ~= nil and not value:find "%z"
end

local function is_texts(value)
  if type(value) ~= "table" then
    return false
  end
  local count = 0
  for _ in pairs(value) do
    count = count + 1
  end
  for i = 1, count do
    if not is_text(value[i]) then
      return false
    end
  end
  return true
end

local function is_time(value)
  return math.type(value) ~= nil and value == value and math.abs(value) < 1e12
end

local function is_count(value)
  return math.type(value) == "integer" and value >= 0 and value <= 1000
end

local fields = {
  platform = { "must be a text", is_text },
  id = { "must be a text or an integer", function(value)
    return is_text(value) or math.type(value) == "integer"
  end },
  name = { "must be a text", is_text },
  offences = { "must be an integer between 0 and 1000", is_count },
  last_offence = { "must be Unix seconds", is_time },
  warned = { "must be true, false or Unix seconds", function(value)
    return type(value) == "boolean" or is_time(value)
  end },
  immune = { "must be true or false", function(value)
    return type(value) == "boolean"
  end },
  off_topic = { "must be an integer between 0 and 1000", is_count },
  baseline = { "must be between 0 and 1", function(value)
    return math.type(value) ~= nil and value >= 0 and value <= 1
  end },
  notes = { "must be a list of texts", is_texts },
  aliases = { "must be a list of texts", is_texts },
}

local field_names = {}
for name in pairs(fields) do
  field_names[#field_names + 1] = name
end
table.sort(field_names)

local function shown(value)
  return type(value) == "string" and json.quote(value) or type(value) == "table" and "a list or an object" or tostring(value)
end

-- What a line says; nil and what is wrong with it.
local function read(line)
  local state, why = json.decode(line)
  if state == nil then
    return nil, why or "null is no member"
  elseif not line:find "^%s*{" then
    return nil, "must be an object"
  end
  local given = {}
  for name in pairs(state) do
    given[#given + 1] = name
  end
  table.sort(given)
  for _, name in ipairs(given) do
    local rule = fields[name]
    if not rule then
      local meant = nearest(name, field_names)
      return nil, ("there is no field %s%s"):format(shown(name), meant and (", did you mean '%s'?"):format(meant) or "")
    elseif not rule[2](state[name]) then
      return nil, ("%s %s, not %s"):format(name, rule[1], shown(state[name]))
    end
  end
  if not state.platform or not state.id then
    return nil, (state.platform and "id" or "platform") .. " is missing"
  elseif (state.offences or 0) > 0 and not state.last_offence then
    return nil, "last_offence is missing: when was the last of the offences?"
  end
  state.id = tostring(state.id)
  return state
end

-- A function that adds the rows of one member; false if they were imported before.
local function adder(db, now)
  local directory = member.directory(db)
  local is_known = db:prepare "SELECT 1 FROM opening WHERE platform = ? AND platform_id = ?"
  local open = db:prepare "INSERT INTO opening(member, at, platform, platform_id, baseline) VALUES (?, ?, ?, ?, ?)"
  local add_case = db:prepare [[
    INSERT INTO sanction(member, action, duration_s, at, reason, moderator, event) VALUES (?, ?, ?, ?, ?, 'import', ?)]]
  local add_immunity = db:prepare [[
    INSERT INTO immunity(member, at, immune, moderator, reason) VALUES (?, ?, 1, 'import', 'known from another bot')]]
  local remind = db:prepare "INSERT INTO notification(member, at, kind) VALUES (?, ?, 'topic')"
  local add_note = db:prepare "INSERT INTO note(member, at, author, text) VALUES (?, ?, ?, ?)"
  local add_alias = db:prepare "INSERT INTO alias(member, name, folded, at, author) VALUES (?1, ?2, fold(?2), ?3, ?4)"

  return function(state)
    if is_known:row(state.platform, state.id) then
      return false
    end
    local who = directory.member(state.platform, state.id, not directory.knows(state.platform, state.id) and state.name or nil)
    local function case(action, duration, at, number, of)
      add_case:run(who, action, duration, at, ("known from another bot: %s"):format(number and ("offence %d of %d"):format(number, of)
        or "warned"), ("%s import %s %s"):format(state.platform, state.id, number and "offence " .. number or "warning"))
    end
    open:run(who, now, state.platform, state.id, state.baseline)
    for number = 1, state.offences or 0 do
      case("mute", 0, state.last_offence, number, state.offences) -- of no duration: it is over
    end
    if state.warned then
      case("warn", nil, state.warned == true and now or state.warned)
    end
    if state.immune then
      add_immunity:run(who, now)
    end
    for _ = 1, state.off_topic or 0 do
      remind:run(who, now)
    end
    for _, text in ipairs(state.notes or {}) do
      add_note:run(who, now, BY, text)
    end
    for _, name in ipairs(state.aliases or {}) do
      add_alias:run(who, name, now, BY)
    end
    return true
  end
end

-- Adds what a line says: "imported" or "known"; or nil and why not, and then nothing of it was done.
local function import_line(db, add, line)
  local state, wrong = read(line)
  if not state then
    return nil, wrong
  end
  db:exec "SAVEPOINT line"
  local done, result = pcall(add, state)
  if not done then
    if not db:in_transaction() then
      error(result, 0)
    end
    db:exec "ROLLBACK TO line"
  end
  db:exec "RELEASE line"
  if not done then
    return nil, result
  end
  return result and "imported" or "known", ("%s %s"):format(state.platform, state.id)
end

local function open_file(path)
  if path == "-" then
    return io.stdin
  elseif system.kind(path) == "folder" then
    failure.raise("import", path .. ": is a folder")
  end
  local file, why = io.open(path, "rb")
  return file or failure.raise("import", why)
end

---@param options table of the command line: database, file, now, quiet
---@return integer status 1 if a line was not understood
function import.run(options)
  local db <close> = community.open("import", options.database)
  local file = open_file(options.file)
  local now = options.now or db:prepare("SELECT (julianday('now') - 2440587.5) * 86400.0"):row()
  local display = db:prepare "SELECT display(?)"
  local counts = { imported = 0, known = 0, wrong = 0 }
  failure.guard("import: " .. options.database, function()
    db:exec "BEGIN IMMEDIATE"
    local add, number = adder(db, now), 0
    for line in file:lines() do
      number = number + 1
      if line:find "%S" then
        local came, which = import_line(db, add, line)
        counts[came or "wrong"] = counts[came or "wrong"] + 1
        if not came then
          io.stderr:write(("decorum: import: %s:%d: %s\n"):format(options.file, number, (display:row(which))))
        elseif came == "known" and not options.quiet then
          print(("%s:%d: %s was imported already"):format(options.file, number, (display:row(which))))
        end
      end
    end
    db:exec "COMMIT"
  end)
  if not options.quiet then
    print(("%s imported, %s known already, %s refused"):format(progress.counted(counts.imported, "member"),
      progress.grouped(counts.known), progress.counted(counts.wrong, "line")))
  end
  return counts.wrong > 0 and 1 or 0
end

return import

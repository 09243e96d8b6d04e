--- A community's file: made, checked, opened.

local database_file = require "decorum.database_file"
local facts = require "decorum.facts"
local failure = require "decorum.failure"
local migration = require "decorum.migration"
local nearest = require "decorum.nearest"
local sqlite = require "host.sqlite"
local system = require "host.system"

local community = {}

community.APPLICATION_ID = 1145389903 -- "DECO", as in sql/schema.sql
local SCHEMA_VERSION = 6
local OLDEST_VERSION = 5 -- from which a file is brought up to date

---The text of a file of this program's, such as "sql/schema.sql".
---@param name string
---@return string
function community.file(name)
  local file = assert(io.open(system.share .. "/" .. name, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

---The names of the .sql files in a folder of this program's, such as "sql/reports".
---@param folder string
---@return string[]
function community.names(folder)
  local found = {}
  for _, file in ipairs(assert(system.files(system.share .. "/" .. folder))) do
    found[#found + 1] = file:match "^([%w_]+)%.sql$"
  end
  return found
end

---Prints the files of such a folder, each with its first comment line: what it is for.
---@param folder string
function community.list(folder)
  for _, name in ipairs(community.names(folder)) do
    print(("%-14s%s"):format(name, community.file(folder .. "/" .. name .. ".sql"):match "^%-%- ([^\n]*)"))
  end
end

---Refuses a name that is not in the list.
---@param command string
---@param what string what the names are of
---@param names string[]
---@param name string
function community.choose(command, what, names, name)
  for _, known in ipairs(names) do
    if known == name then
      return
    end
  end
  failure.raise(command, ("there is no %s '%s', only: %s"):format(what, name, table.concat(names, ", ")))
end

local function quoted(text)
  return "'" .. text:gsub("'", "''") .. "'"
end

local function pragma(db, name)
  return (db:prepare("PRAGMA " .. name):row())
end

---What kind of file this is: "empty", "current", or nil and why it cannot be used.
local function recognise(db)
  local id, version = pragma(db, "application_id"), pragma(db, "user_version")
  if id == community.APPLICATION_ID and version == SCHEMA_VERSION then
    return "current"
  elseif id == community.APPLICATION_ID and version >= OLDEST_VERSION and version < SCHEMA_VERSION then
    return "older", version
  elseif id == community.APPLICATION_ID then
    return nil, ("the file has schema version %d, this program knows %d: %s"):format(version, SCHEMA_VERSION,
      version > SCHEMA_VERSION and "use a newer decorum" or "make a new file and replay the logs into it")
  elseif id == 0 and not db:prepare("SELECT 1 FROM sqlite_schema LIMIT 1"):row() then
    return "empty"
  end
  return nil, "the file is not a Decorum database"
end

-- Opens a file and tells what it is, and why that cannot be used, or its version if that is older.
local function open_and_recognise(path, mode)
  local done, db, kind, more = pcall(function()
    local db = mode == "readonly" and database_file.open_to_read(path) or sqlite.open(path, "readwrite")
    return db, recognise(db)
  end)
  if not done and db == "unable to open database file" then
    db = ("%s: it must be readable, and so must %s-wal and %s-shm if they are there"):format(db, path, path)
  end
  if not done then
    error(db, 0)
  end
  return db, kind, more
end

---Opens a community's file and checks that it is one.
---@param what string the command, for messages
---@param path string
---@param mode string? "readwrite" unless given, or "readonly": then nothing is left beside the file
---@return any db
function community.open(what, path, mode)
  if system.kind(path) ~= "file" then
    failure.raise(what, ("there is no database %s; make it with: decorum init %s"):format(path, path))
  elseif mode ~= "readonly" then
    database_file.refuse_read_only(what, path)
  end
  return failure.guard(what .. ": " .. path, function()
    local db, kind, more = open_and_recognise(path, mode)
    local why = not kind and more or nil
    if kind == "older" then
      why = ("the file has schema version %d, this program knows %d: bring it up to date with: decorum init %s"):format(more,
        SCHEMA_VERSION, path)
    elseif kind == "empty" then
      why = ("the file is empty; make it a database with: decorum init %s"):format(path)
    elseif kind and not db:prepare("SELECT 1 FROM sqlite_schema WHERE name = 'member_facts'"):row() then
      why = ("the file has the schema alone; complete it with: decorum init %s"):format(path)
    end
    if why then
      error(why, 0)
    end
    db:exec "PRAGMA foreign_keys = ON"
    return db
  end)
end

---The settings in effect, for logs: those that are not as they come.
---@param db any
---@return string such as "mode enforce, window_size 12, the others as they come"
function community.settings(db)
  local fresh <close> = sqlite.open(":memory:", "create")
  fresh:exec(community.file "sql/schema.sql")
  local as_it_comes = fresh:prepare "SELECT value FROM setting WHERE name = ?"
  local changed = {}
  for _, name, value in db:prepare("SELECT name, value FROM setting WHERE name <> 'secret' ORDER BY name"):rows() do
    if value ~= as_it_comes:row(name) then
      changed[#changed + 1] = ("%s %s, "):format(name, value)
    end
  end
  return table.concat(changed) .. (changed[1] and "the others" or "all") .. " as they come"
end

-- The virtual tables, named as in the documentation. member_facts carries the text of its SELECT, so it
-- is made anew when that text is another; escalation is made after it.
local function create_tables(db)
  local member_facts = "CREATE VIRTUAL TABLE member_facts USING facts(" .. quoted(community.file "sql/facts/member.sql") .. ")"
  local old = db:prepare("SELECT sql FROM sqlite_schema WHERE name = 'member_facts'"):row()
  db:exec(community.file "sql/schema.sql")
  if not db:prepare("SELECT 1 FROM sqlite_schema WHERE name = 'policy'"):row() then
    db:exec "CREATE VIRTUAL TABLE policy USING policy_store"
  end
  if old ~= member_facts then
    db:exec "DROP TABLE IF EXISTS escalation; DROP TABLE IF EXISTS member_facts"
    db:exec(member_facts)
  end
  if not db:prepare("SELECT 1 FROM sqlite_schema WHERE name = 'escalation'"):row() then
    db:exec "CREATE VIRTUAL TABLE escalation USING lua_policy(policy = 'ladder', facts = member_facts)"
  end
  if not db:prepare("SELECT 1 FROM sqlite_schema WHERE name = 'shadow_ban'"):row() then
    db:exec "CREATE VIRTUAL TABLE shadow_ban USING shadow_ban(privilege = 'privilege')"
  end
  db:exec(community.file "sql/views.sql")
  db:exec(community.file "sql/flows.sql")
  if not db:prepare("SELECT 1 FROM lexicon"):row() then
    db:exec "INSERT INTO lexicon(term, weight, category, aim) SELECT term, weight, category, aim FROM decorum_lexicon"
  end
end

-- The text of what a version computes when a file is brought to it.
local function migration_step(version)
  local name = ("sql/migrations/%d.sql"):format(version)
  return system.kind(system.share .. "/" .. name) and community.file(name) or nil
end

-- Brings an older file up to date, in the caller's transaction.
local function migrate(db, version)
  local fresh <close> = community.in_memory()
  migration.run(db, { from = version, to = SCHEMA_VERSION, fresh = fresh, step = migration_step,
    complete = function()
      create_tables(db)
    end })
end

---Makes an empty database a community without policies, but leaves what it says of itself.
---@param db any
function community.make(db)
  local id = pragma(db, "main.application_id")
  db:exec "BEGIN"
  create_tables(db)
  db:exec(("PRAGMA main.application_id = %d; COMMIT"):format(id))
end

---A new community without policies that is gone when it is closed, for who asks what there is in one.
---@return any db
function community.in_memory()
  local db = sqlite.open(":memory:", "create")
  create_tables(db)
  return db
end

---Adds a policy's source as its next version, unless there is a version with that source already.
---@return string name
---@return integer version
---@return boolean added
local function add_policy(db, source)
  local name, version = db:prepare("SELECT name, version FROM policy WHERE source = ? ORDER BY version DESC"):row(source)
  if name then
    return name, version, false
  end
  db:prepare("INSERT INTO policy(source) VALUES (?)"):run(source)
  name, version = db:prepare("SELECT name, version FROM policy WHERE rowid = ?"):row(db:last_rowid())
  return name, version, true
end

-- Makes a version live, after checking that the members' facts have what it needs.
---Makes a policy's version live, if it can be.
---@param db any
---@param name string
---@param version integer
function community.activate(db, name, version)
  local needs = db:prepare("SELECT needs FROM policy WHERE name = ? AND version = ?"):row(name, version)
  local why = facts.lacking(facts.names(db), facts.needed(db, needs))
  if why then
    error(("policy %s@%d cannot be active: %s"):format(name, version, why), 0)
  end
  db:exec(("CREATE VIRTUAL TABLE temp.trial USING lua_policy(policy = '%s@%d', facts = member_facts)"):format(name, version))
  db:exec "DROP TABLE temp.trial"
  db:prepare("UPDATE policy SET active = 1 WHERE name = ? AND version = ?"):run(name, version)
end

-- The program's policies that a new community has live. The others wait until somebody makes them so: they need a model, or
-- reputations that have come about, or a community's agreement.
local live = { ladder = true, spam = true }

-- The policies of the program: a new one goes live if it is one of those, a new version of one that is there waits for
-- somebody to make it live.
local function add_shipped_policies(db, did)
  local waiting = {}
  for _, file in ipairs(assert(system.files(system.share .. "/lua/policies"))) do
    if file:match "^%l.*%.lua$" then
      local name, version, added = add_policy(db, community.file("lua/policies/" .. file))
      if added and version == 1 and live[name] then
        community.activate(db, name, version)
        did(("policy %s@1, active"):format(name))
      elseif added then
        waiting[#waiting + 1] = ("%s@%d"):format(name, version)
      end
    end
  end
  if waiting[1] then
    local name, version = waiting[1]:match "(.*)@(.*)"
    did(("not active: %s; UPDATE policy SET active = 1 WHERE name = '%s' AND version = %s makes the first live"):format(
      table.concat(waiting, ", "), name, version))
  end
end

---Adds the policy in a file and makes it live. Errors name the file, not the policy that it might have been.
---@param what string the command, for messages
---@param db any
---@param file string
---@param did fun(line: string) is told what was done
---@return string name of the policy
function community.add_policy_file(what, db, file, did)
  local handle, missing = io.open(file, "rb")
  local source = handle and handle:read "a"
  if handle then
    handle:close()
  end
  if not source then
    failure.raise(what, missing or file .. ": cannot be read")
  end
  local ok, name, version = pcall(add_policy, db, source)
  if not ok then
    failure.raise(what, (name:gsub("policy%.lua:", function()
      return file .. ":"
    end)))
  end
  failure.guard(what .. ": " .. file, community.activate, db, name, version)
  did(("policy %s@%d, active"):format(name, version))
  return name
end

-- The value of a policy's param, such as "ladder.warn", in the script of the version that is live, else the newest.
-- Says what there is if there is no such param.
local function param_of_script(db, name)
  local policy, param = name:match "^([^.]*)%.(.*)$"
  local params = db:prepare("SELECT params FROM policy WHERE name = ? ORDER BY active DESC, version DESC"):row(policy)
  if not params then
    local policies = db:prepare("SELECT group_concat(DISTINCT name) FROM policy"):row()
    error(("there is no policy '%s', only: %s"):format(policy, policies), 0)
  end
  local value = db:prepare([[
    SELECT json_each.value FROM policy, json_each(params) WHERE name = ? AND key = ?
    ORDER BY active DESC, version DESC]]):row(policy, param)
  if value == nil then
    local known = {}
    for _, key in db:prepare("SELECT key FROM json_each(?) ORDER BY key"):rows(params) do
      known[#known + 1] = key
    end
    local meant = nearest(param, known)
    error(("there is no param '%s' in policy %s%s it has %s"):format(param, policy,
      meant and (", did you mean '%s'?"):format(meant) or ";", known[1] and table.concat(known, ", ") or "none"), 0)
  end
  return value
end

-- Sets a policy's param, or with an empty value takes the setting back.
local function change_param(db, name, value, did)
  local own = param_of_script(db, name)
  local old = db:prepare("SELECT value FROM setting WHERE name = ?"):row(name)
  local was = old and tostring(old) or own .. ", the policy's own"
  if value == "" then
    db:prepare("DELETE FROM setting WHERE name = ?"):run(name)
    did(("%s: %s, the policy's own%s"):format(name, own, old and ", was " .. was or ", as before"))
    return
  end
  db:prepare("INSERT INTO setting(name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2"):run(name, value)
  did(("%s: %s, was %s"):format(name, value, was))
end

local function change_value(db, name, value, did)
  local old = db:prepare("SELECT value FROM setting WHERE name = ?"):row(name)
  if old == nil then
    local known = db:prepare("SELECT group_concat(name, ', ') FROM setting WHERE name <> 'secret'"):row()
    error(("there is no setting '%s', only: %s"):format(name, known), 0)
  end
  db:prepare("UPDATE setting SET value = ? WHERE name = ?"):run(value, name)
  did(("%s: %s, was %s"):format(name, value, old))
end

---Changes a setting.
---@param db any
---@param assignment string NAME=VALUE
---@param did fun(line: string) is told what was done
function community.change_setting(db, assignment, did)
  local name, text = assignment:match "^([%w_.]+)=(.*)$"
  if not name then
    error(("--set takes NAME=VALUE, not '%s'"):format(assignment), 0)
  end
  local change = name:find(".", 1, true) and change_param or change_value
  local ok, why = pcall(change, db, name, math.tointeger(text) or tonumber(text) or text, did)
  if not ok and why:find "^CHECK constraint failed: " then
    error(("%s, not '%s'"):format(why:gsub("^CHECK constraint failed: ", ""), text), 0)
  elseif not ok then
    error(why, 0)
  end
end

-- Is the file, after all, of an older version, and can it be read?
local function is_older(path)
  local opened, db, kind = pcall(open_and_recognise, path, "readwrite")
  if opened then
    db:close()
  end
  return opened and kind == "older"
end

---@class InitOptions
---@field policy string[] files with policies to add and make live
---@field set string[] NAME=VALUE settings

---Makes a file a community's, or brings one up to date. Nothing is changed if any of it fails.
---@param path string
---@param options InitOptions
---@param say fun(line: string) is told what was done
function community.init(path, options, say)
  local kind = system.kind(path)
  if kind and kind ~= "file" then
    failure.raise("init", path .. ": is not a plain file")
  end
  local made, cannot = system.create(path)
  if made == nil then
    failure.raise("init", cannot)
  elseif not made then
    database_file.refuse_read_only("init", path)
  end
  local db, copy
  local done = {}
  local function did(line)
    done[#done + 1] = line
  end
  local ok, why = pcall(failure.guard, "init: " .. path, function()
    db = sqlite.open(path, "readwrite")
    db:exec(("PRAGMA foreign_keys = %s; BEGIN IMMEDIATE"):format(recognise(db) == "older" and "OFF" or "ON"))
    local state, more = recognise(db)
    if not state then
      error(more, 0)
    elseif state == "older" then
      copy = migration.keep(path, more) -- of just the rows that are brought over: from here on others only read
      migrate(db, more)
      did(("schema version %d, was %d; as it was it is kept in %s"):format(SCHEMA_VERSION, more, copy))
    else
      create_tables(db)
    end
    add_shipped_policies(db, did)
    for _, file in ipairs(options.policy) do
      community.add_policy_file("init", db, file, did)
    end
    for _, assignment in ipairs(options.set) do
      community.change_setting(db, assignment, did)
    end
    db:exec "COMMIT"
    did(state == "empty" and "made " .. path or path .. " is up to date")
    if pragma(db, "journal_mode") ~= "wal" then
      pcall(db.exec, db, "PRAGMA journal_mode = WAL") -- if somebody is reading, the next init does it
    end
  end)
  if db then
    db:close()
  end
  if not ok then
    if made and system.size(path) == 0 then
      os.remove(path)
    elseif copy and is_older(path) then
      os.remove(copy)
    end
    error(why, 0)
  end
  for _, line in ipairs(done) do
    say(line)
  end
end

return community

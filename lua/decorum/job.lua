--- decorum job: periodic work in SQL, the files of sql/jobs/.
--
-- A job is a file of statements, told apart by their titles:
--
--     -- Run...      a SELECT of one row: now, through_at (up to when this run does its work, or NULL), skipped
--     -- Items...    a SELECT: what there is to do, a row each; `member` among the columns if it is about one, `size` if it
--                    stands for several things
--     -- Each...     done for each item, in order, in a savepoint of its own
--     -- Failed...   done for an item instead when something in Each fails, with :cause
--
-- :now, the columns of Run and those of the item are parameters of what comes after. All of a run is one
-- transaction, recorded in job_run; an item that fails is undone, kept there with its cause, and stops no other. A run that
-- found nothing to do takes the place of the job's last one if that found nothing either: some run each minute, for years.

local community = require "decorum.community"
local failure = require "decorum.failure"
local json = require "host.json"
local script = require "decorum.script"
local system = require "host.system"

local job = {}

-- A row as a table by column names.
local function named(columns, values, from)
  local row = setmetatable({}, { __index = from })
  for i, column in ipairs(columns) do
    row[column] = values[i]
  end
  return row
end

local function named_rows(statement, values)
  local columns, found = statement:columns(), script.rows(statement, values)
  for i, row in ipairs(found) do
    found[i] = named(columns, row, values)
  end
  return found
end

local function run_each(statements, item)
  for _, statement in ipairs(statements) do
    statement:run(script.bindings(statement, item))
  end
end

-- A text as JSON, which is UTF-8 whatever stands in the file: a record of what failed must not fail itself.
local function quote(text)
  return json.quote(utf8.len(text) and text or (text:gsub("[\x80-\xff]", "?")))
end

-- Who is about in an item: a shadow ban may be of somebody who is no member, but a name.
local function as_json(member)
  return type(member) == "string" and quote(member) or member and tostring(member) or "null"
end

-- Does one item; returns nil, or why it could not be done. What ends the whole transaction is raised.
local function attempt(db, each, failed, item)
  db:exec "SAVEPOINT item"
  local done, why = pcall(run_each, each, item)
  if not done then
    if not db:in_transaction() then
      error(why, 0)
    end
    db:exec "ROLLBACK TO item"
    item.cause = why
    run_each(failed, item)
  end
  db:exec "RELEASE item"
  return not done and why or nil
end

---@class JobRun
---@field success integer
---@field skipped integer
---@field failed integer
---@field errors string JSON: [{"member": 7, "cause": "..."}]

local function record(db, name, now, through_at, result, duration_s)
  if result.success == 0 and result.failed == 0 and db:prepare([[
      UPDATE job_run SET at = ?2, through_at = ?3, skipped = ?4, duration_s = ?5
      WHERE id = (SELECT id FROM job_run WHERE job = ?1 ORDER BY id DESC LIMIT 1) AND success = 0 AND failed = 0]])
      :run(name, now, through_at, result.skipped, duration_s) > 0 then
    return
  end
  db:prepare([[
    INSERT INTO job_run(job, at, through_at, success, skipped, failed, duration_s, errors)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)]]):run(name, now, through_at, result.success, result.skipped, result.failed, duration_s, result.errors)
end

---Runs a job's statements inside the caller's transaction and records the run.
---@param db any
---@param name string
---@param text string
---@param now number Unix seconds
---@return JobRun
local function perform(db, name, text, now)
  local start = system.clock()
  local run, items
  local each, failed = {}, {}
  for statement, title in script.statements(db, text) do
    if title:find "^Each" then
      each[#each + 1] = statement
    elseif title:find "^Failed" then
      failed[#failed + 1] = statement
    elseif title:find "^Items" then
      items = named_rows(statement, run)
    else
      run = named_rows(statement, { now = now })[1]
    end
  end
  local result = { success = 0, skipped = run.skipped, failed = 0 }
  local errors = {}
  for _, item in ipairs(items) do
    local why = attempt(db, each, failed, item)
    if why then
      result.failed = result.failed + (item.size or 1)
      errors[#errors + 1] = ('{"member":%s,"cause":%s}'):format(as_json(item.member), quote(why))
    else
      result.success = result.success + (item.size or 1)
    end
  end
  result.errors = "[" .. table.concat(errors, ",") .. "]"
  record(db, name, now, run.through_at, result, system.clock() - start)
  return result
end

---Runs a job in a transaction of its own.
---@param db any
---@param name string one of job.names()
---@param now number Unix seconds
---@return JobRun
function job.perform(db, name, now)
  db:exec "PRAGMA secure_delete = ON; BEGIN IMMEDIATE" -- what goes is gone from the file, too
  local done, result = pcall(perform, db, name, community.file("sql/jobs/" .. name .. ".sql"), now)
  if not done then
    if db:in_transaction() then
      db:exec "ROLLBACK"
    end
    error(result, 0)
  end
  db:exec "COMMIT"
  return result
end

---@return string[]
function job.names()
  return community.names "sql/jobs"
end

---@param options table of the command line: database, name, now, quiet
---@return integer status 1 if an item failed
function job.run(options)
  if not options.name then
    community.list "sql/jobs"
    return 0
  end
  community.choose("job", "job", job.names(), options.name)
  local db = community.open("job", options.database)
  local now = options.now or db:prepare("SELECT (julianday('now') - 2440587.5) * 86400.0"):row()
  local result = failure.guard("job: " .. options.name, job.perform, db, options.name, now)
  if not options.quiet then
    print(("%s: %d done, %d skipped, %d failed"):format(options.name, result.success, result.skipped, result.failed))
  end
  if result.failed > 0 then
    local show = db:prepare [[SELECT display(value ->> 'member'), display(value ->> 'cause') FROM json_each(?)]]
    for _, member, cause in show:rows(result.errors) do
      io.stderr:write(("decorum: job: %s: %s%s\n"):format(options.name, member and ("member %s: "):format(member) or "", cause))
    end
  end
  db:close()
  return result.failed > 0 and 1 or 0
end

return job

--- decorum undo: cases are undone, by number, or all that a policy, or a member, was part of since a time. All of them or none.
--
-- An undo is a case of its own; what it owes to platforms follows from its row. What is undone already, undos and resets are left
-- out, but where they are named by number: then it is said that they cannot be undone.

local community = require "decorum.community"
local failure = require "decorum.failure"
local moment = require "decorum.moment"
local named_member = require "decorum.named_member"
local progress = require "decorum.progress"

local undo = {}

local FIND = [[
  SELECT case_no FROM sanction AS done
  WHERE action NOT IN ('undo', 'reset') AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = done.case_no)
    AND (?1 IS NULL OR policy = ?1 OR policy GLOB ?1 || '@*') AND (?2 IS NULL OR member = ?2)
    AND at >= coalesce(?3, -1e13) AND at < coalesce(?4, 1e13)
  ORDER BY case_no]]

local TELL = [[
  SELECT 'case ' || case_no || ': ' || action || ' of ' || display(member.name)
    || coalesce(' by ' || display(coalesce(moderator, policy)), '') || ', ' || datetime(at, 'unixepoch') || ': ' || display(reason)
  FROM sanction JOIN member ON member.id = sanction.member WHERE case_no = ?]]

-- The cases that are meant.
local function cases_for(db, options)
  local found = {}
  for i, text in ipairs(options.case) do
    found[i] = math.tointeger(text) or failure.raise("undo", ("a case is a number, not '%s'"):format(text))
  end
  if found[1] then
    return found
  end
  local member = options.member and named_member.find(db, "undo", options.member)
  local since, till = moment.seconds(db, "undo", "--since", options.since), moment.seconds(db, "undo", "--until", options["until"])
  for i, number in db:prepare(FIND):rows(options.policy and options.policy:gsub("[%[%*%?]", "[%0]"), member, since, till) do
    found[i] = number
  end
  return found
end

local function refuse(options)
  local by_number, by_rule = options.case[1], options.policy or options.member
  if not by_number and not by_rule then
    failure.raise("undo", "say which: numbers of cases, or --policy, or --member and --since")
  elseif by_number and (by_rule or options.since or options["until"]) then
    failure.raise("undo", "either numbers of cases, or --policy, --member, --since and --until")
  elseif options.member and not options.policy and not options.since then
    failure.raise("undo", "--member needs --since: all that was ever done to somebody is ended by a reset")
  elseif not options.reason:find "%S" then
    failure.raise("undo", "--reason must say why")
  end
end

---@param options table of the command line: database, case, policy, member, since, until, reason, by, dry_run, quiet
---@return integer status
function undo.run(options)
  refuse(options)
  local db <close> = community.open("undo", options.database)
  local lines = {}
  db:exec "BEGIN IMMEDIATE"
  local cases = cases_for(db, options)
  local tell, case_of = db:prepare(TELL), db:prepare "SELECT case_no FROM sanction WHERE undoes = ?"
  local add = db:prepare "INSERT INTO sanction(action, undoes, moderator, reason) VALUES ('undo', ?, ?, ?)"
  for i, number in ipairs(cases) do
    lines[i] = tell:row(number)
    failure.guard(("undo: case %d"):format(number), add.run, add, number, options.by, options.reason)
    lines[i] = options.dry_run and "would undo " .. lines[i] or ("case %d undoes %s"):format(case_of:row(number), lines[i])
  end
  db:exec(options.dry_run and "ROLLBACK" or "COMMIT")
  if not options.quiet then
    lines[#lines + 1] = ("%s %s"):format(progress.counted(#cases, "case"), options.dry_run and "would be undone" or "undone")
    print(table.concat(lines, "\n"))
  end
  return 0
end

return undo

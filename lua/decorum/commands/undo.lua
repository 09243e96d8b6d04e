--- Taking back: unmute, unban, undo of one case or of many at once. Each undo is a case of its own.

local failure = require "decorum.failure"
local nearest = require "decorum.nearest"
local wording = require "decorum.wording"

local AT_ONCE_MOST = 500 -- cases that one command takes back: what a policy does in a bad hour, and yet a short transaction
local LISTED_MOST = 8 -- cases that are named in an answer

local STANDS = "NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)"
local NEWEST = " ORDER BY case_no DESC LIMIT ?2"

-- Cases 3, 4, 5 and 9 as "3-5, 9".
local function ranges(numbers)
  table.sort(numbers)
  local parts, i = {}, 1
  while numbers[i] and #parts < LISTED_MOST do
    local last = i
    while numbers[last + 1] == numbers[last] + 1 do
      last = last + 1
    end
    parts[#parts + 1] = last > i and ("%d-%d"):format(numbers[i], numbers[last]) or ("%d"):format(numbers[i])
    i = last + 1
  end
  return table.concat(parts, ", ") .. (numbers[i] and "…" or "")
end

---@param shared Commands
---@return Command[]
return function(shared)
  local db, people = shared.db, shared.people
  local add = db:prepare "INSERT INTO sanction(action, undoes, at, reason, moderator) VALUES ('undo', ?, ?, ?, ?)"
  local new_case = db:prepare "SELECT case_no FROM sanction WHERE id = ?"
  local find = db:prepare [[
    SELECT member, action, (SELECT case_no FROM sanction AS undo WHERE undo.undoes = sanction.case_no) FROM sanction WHERE case_no = ?]]
  local in_force = db:prepare([[
    SELECT case_no FROM sanction
    WHERE member = ?1 AND silences AND coalesce(ends_at, 1e13) > ?2 AND (action = 'ban') = ?3 AND ]] .. STANDS .. " ORDER BY case_no")
  local of_range = db:prepare [[
    SELECT case_no FROM sanction WHERE case_no BETWEEN ?3 AND ?4 AND (action <> 'shadow_ban' OR ?1) ORDER BY case_no LIMIT ?2]]
  local of_policy = db:prepare([[
    SELECT case_no FROM sanction
    WHERE policy >= ?3 AND policy < ?4 AND at > ?5 AND action <> 'undo' AND (action <> 'shadow_ban' OR ?1) AND ]] .. STANDS .. NEWEST)
  local of_member = db:prepare([[
    SELECT case_no FROM sanction
    WHERE member = ?3 AND at > ?4 AND action NOT IN ('undo', 'reset') AND (action <> 'shadow_ban' OR ?1) AND ]] .. STANDS .. NEWEST)
  local is_policy = db:prepare "SELECT 1 FROM policy_version WHERE ?1 IN (name, name || '@' || version)"
  local policies = db:prepare "SELECT DISTINCT name FROM policy_version"

  local function list(statement, ...)
    local found = {}
    for _, case_no in statement:rows(...) do
      found[#found + 1] = case_no
    end
    return found
  end

  -- Cases to be taken back together, and one more if there are more. Shadow bans are not there for who may not see them.
  local function list_for(asker, statement, ...)
    return list(statement, asker.sees_shadow_bans, AT_ONCE_MOST + 1, ...)
  end

  -- Why the asker may not take a case back; nil if they may.
  local function why_not(asker, case_no)
    local member, action, undone = find:row(case_no)
    if not member or (action == "shadow_ban" and not asker.sees_shadow_bans) then
      return ("there is no case %d"):format(case_no)
    elseif undone then
      return ("case %d is undone already, by case %d"):format(case_no, undone)
    elseif action == "undo" then
      return ("case %d is an undo, and cannot be undone: sanction anew instead"):format(case_no)
    elseif action == "shadow_ban" and not asker.may_shadow_ban then
      return "shadow bans are for who has the privilege SHADOW_BAN_ADMIN"
    end
    return people.why_not(asker, member), member, action
  end

  local function undo(asker, case_no, reason)
    add:run(case_no, asker.now, reason or "no reason given", asker.key)
    return (new_case:row(db:last_rowid()))
  end

  -- Takes back one case.
  local function undo_one(asker, case_no, reason)
    local why, member, action = why_not(asker, case_no)
    if why then
      failure.raise("undo", why)
    end
    local number = undo(asker, case_no, reason)
    local rest = (action == "kick" or action == "delete") and " It no longer counts; what was done stays done." or ""
    return ("Undone: case %d, %s of %s (case %d).%s"):format(case_no, wording.noun(action), people.name(member), number, rest)
  end

  -- Takes back what can be of a list.
  local function undo_all(asker, cases, reason)
    local done, by, refused, first_why, most = {}, {}, {}, nil, #cases > AT_ONCE_MOST
    for i = 1, math.min(#cases, AT_ONCE_MOST) do
      local why = why_not(asker, cases[i])
      if why then
        refused[#refused + 1], first_why = cases[i], first_why or why
      else
        done[#done + 1], by[#by + 1] = cases[i], undo(asker, cases[i], reason)
      end
    end
    if not cases[1] then
      return "There is nothing to undo."
    end
    local parts = { done[1] and ("Undone: %s (%s), by %s."):format(wording.count(#done, "case"), ranges(done), ranges(by)) or nil }
    if refused[1] then
      parts[#parts + 1] = ("Not undone: %s (%s): %s."):format(wording.count(#refused, "case"), ranges(refused), first_why)
    end
    if most then
      parts[#parts + 1] = ("There are more than %d: say it again for the others."):format(AT_ONCE_MOST)
    end
    return table.concat(parts, " ")
  end

  local function check_policy(text)
    if not is_policy:row(text) then
      local names = {}
      for _, name in policies:rows() do
        names[#names + 1] = name
      end
      local meant = nearest(text:match "^[^@]*", names)
      failure.raise("undo", ("there is no policy '%s'%s"):format(shared.shown(text, 64),
        meant and (", did you mean '%s'?"):format(meant) or ""))
    end
  end

  -- undo policy ladder 2h [reason]
  local function undo_policy(asker, arguments, command)
    arguments:word()
    local policy = arguments:word() or shared.refuse_usage(command, "say which policy's")
    check_policy(policy)
    local seconds = arguments:duration() or shared.refuse_usage(command, "say how far back, as in 2h")
    local first, after = policy, policy .. "\0"
    if not policy:find("@", 1, true) then
      first, after = policy .. "@", policy .. "A" -- which is what follows @
    end
    return undo_all(asker, list_for(asker, of_policy, first, after, asker.now - seconds), arguments:words())
  end

  local function undo_some(asker, arguments, command)
    local first, last = arguments:range()
    if first then
      local cases = list_for(asker, of_range, first, last)
      return cases[1] and undo_all(asker, cases, arguments:words()) or ("There is no case from %d to %d."):format(first, last)
    end
    local case_no = arguments:number()
    if case_no then
      return undo_one(asker, case_no, arguments:words())
    elseif arguments.rest:find "^policy%s" then
      return undo_policy(asker, arguments, command)
    elseif arguments.rest == "" then
      shared.refuse_usage(command, "say which case")
    end
    local member = shared.who(asker, arguments, command)
    local seconds = arguments:duration() or shared.refuse_usage(command, "say how far back, as in 2h")
    return undo_all(asker, list_for(asker, of_member, member, asker.now - seconds), arguments:words())
  end

  -- What lifts all that is in force of a kind.
  local function lifting(name, rank, is_ban, done, what, help)
    local function run(asker, arguments, command)
      local member, who = shared.who(asker, arguments, command)
      local cases = list(in_force, member, asker.now, is_ban)
      if not cases[1] then
        return ("There is no %s of %s in force."):format(what, who)
      end
      people.check_rank(asker, member)
      local reason, numbers = arguments:words(), {}
      for i, case_no in ipairs(cases) do
        numbers[i] = undo(asker, case_no, reason)
      end
      return (cases[2] and "%s %s: cases %s are undone (cases %s)." or "%s %s: case %s is undone (case %s)."):format(done, who,
        ranges(cases), ranges(numbers))
    end
    return { name = name, rank = rank, usage = "@WHO [REASON]", help = help, run = run }
  end

  return {
    lifting("unmute", 1, false, "Unmuted", "mute", "Lifts every mute and timeout of somebody."),
    lifting("unban", 2, true, "Unbanned", "ban", "Lifts every ban of somebody."),
    { name = "undo", rank = 2, usage = "CASE [REASON] | FROM-TO [REASON] | policy NAME TIME [REASON] | @WHO TIME [REASON]",
      help = "Takes cases back: one, a range, what a policy did in the last so long, or what was done to somebody.", run = undo_some },
  }
end

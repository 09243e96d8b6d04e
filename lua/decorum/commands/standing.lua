--- How a member stands: score, reputation, immunity, and a new start.

local wording = require "decorum.wording"

---@param shared Commands
---@return Command[]
return function(shared)
  local db, people, shown = shared.db, shared.people, shared.shown
  local facts = db:prepare [[
    SELECT drama, toxicity, reputation, offences, warned_at, immune FROM member_facts(?, ?, (SELECT seq - 1 FROM next_seq))]]
  local warnings = db:prepare [[
    SELECT count(*) FROM sanction WHERE member = ? AND action = 'warn'
      AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)]]
  local in_force = db:prepare [[
    SELECT action, ends_at, case_no FROM sanction
    WHERE member = ?1 AND silences AND coalesce(ends_at, 1e13) > ?2
      AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no) ORDER BY case_no DESC LIMIT 5]]
  local is_shadow_banned = db:prepare "SELECT phase FROM shadow_ban WHERE member = ? AND now = ?"
  local reputation_of = db:prepare "SELECT reputation FROM member_reputation WHERE member = ?"
  local last_changes = db:prepare [[
    SELECT at, before, after, cause, reason FROM reputation_change WHERE member = ? ORDER BY seq DESC LIMIT 3]]
  local change = db:prepare "INSERT INTO reputation_change(member, at, after, moderator, reason) VALUES (?, ?, ?, ?, ?)"
  local is_immune = db:prepare "SELECT immune FROM immunity WHERE member = ? ORDER BY seq DESC LIMIT 1"
  local switch = db:prepare "INSERT INTO immunity(member, at, immune, moderator, reason) VALUES (?, ?, ?, ?, ?)"
  local add_reset = db:prepare "INSERT INTO sanction(member, action, scope, at, reason, moderator) VALUES (?, 'reset', ?, ?, ?, ?)"
  local case_of = db:prepare "SELECT case_no FROM sanction WHERE id = ?"

  local function score(asker, arguments, command)
    local member, name = shared.who(asker, arguments, command)
    local drama, toxicity, reputation, offences, warned_at, immune = facts:row(member, asker.now)
    local lines = { ("%s: drama %.2f, last message %.2f, reputation %d, %s lately, %s%s%s."):format(name, drama or 0, toxicity or 0,
      reputation, wording.count(offences, "offence"), wording.count(warnings:row(member), "warning"),
      warned_at and " (in force, of " .. wording.moment(warned_at, asker.now) .. ")" or "", immune == 1 and ", immune" or "") }
    for _, action, ends_at, case_no in in_force:rows(member, asker.now) do
      lines[#lines + 1] = ("In force: %s %s (case %d)."):format(action, wording.ending(ends_at, asker.now), case_no)
    end
    local phase = asker.sees_shadow_bans and is_shadow_banned:row(member, asker.now)
    if phase then
      lines[#lines + 1] = ("In force: a shadow ban, phase %s."):format(phase)
    end
    return lines
  end

  local function show_reputation(asker, member, name)
    local lines = { ("Reputation of %s: %d."):format(name, (reputation_of:row(member))) }
    for _, at, before, after, cause, reason in last_changes:rows(member) do
      lines[#lines + 1] = ("Changed at %s from %d to %d by %s%s"):format(wording.moment(at, asker.now), before, after, cause,
        reason and ": " .. shown(reason, 120) or "")
    end
    return lines
  end

  local function reputation(asker, arguments, command)
    local member, name = shared.who(asker, arguments, command)
    if arguments.rest == "" then
      return show_reputation(asker, member, name)
    elseif asker.rank < 2 then
      shared.refuse_usage(command, "to change a reputation takes the rank of senior")
    end
    local after = arguments:number()
    if not after or after > 100 then
      shared.refuse_usage(command, "a reputation is a whole number from 0 to 100")
    end
    local reason = arguments:words() or shared.refuse_usage(command, "a change needs a reason")
    people.check_rank(asker, member)
    local before = reputation_of:row(member)
    change:run(member, asker.now, after, asker.key, reason)
    return ("Reputation of %s: %d, was %d, for: %s."):format(name, after, before, shown(reason))
  end

  local function immune(asker, arguments, command)
    local member, name = shared.who(asker, arguments, command)
    local state = (arguments:word() or ""):lower()
    local reason = arguments:words()
    if state ~= "on" and state ~= "off" then
      shared.refuse_usage(command, "say on or off")
    elseif not reason then
      shared.refuse_usage(command, "it needs a reason")
    end
    people.check_rank(asker, member)
    local is_on = state == "on"
    if (is_immune:row(member) == 1) == is_on then
      return ("Nothing changed: %s is %simmune already."):format(name, is_on and "" or "not ")
    end
    switch:run(member, asker.now, is_on, asker.key, reason)
    return (is_on and "Immune: %s is scored as ever, and no policy sanctions them. For: %s."
      or "No longer immune: %s. For: %s."):format(name, shown(reason))
  end

  local RESETS = { [false] = "all that is counted begins anew", topic = "their strikes are over",
    all = "all that is counted begins anew, notes and other names are cleared, immunity ends" }

  local function reset(asker, arguments, command)
    local member, name = shared.who(asker, arguments, command)
    local word = (arguments:peek() or ""):lower()
    local scope = (word == "topic" or word == "all") and word or nil
    if scope then
      arguments:word()
    end
    local reason = arguments:words() or shared.refuse_usage(command, "a reset needs a reason")
    people.check_rank(asker, member)
    add_reset:run(member, scope, asker.now, reason, asker.key)
    return ("Reset of %s: %s (case %d). For: %s."):format(name, RESETS[scope or false], case_of:row(db:last_rowid()), shown(reason))
  end

  return {
    { name = "score", rank = 1, usage = "@WHO", help = "Shows how heated somebody is, and what is in force.", run = score },
    { name = "reputation", rank = 1, usage = "@WHO [0-100 REASON]", run = reputation,
      help = "Shows somebody's reputation; a senior may set it." },
    { name = "immune", rank = 2, usage = "@WHO on|off REASON", run = immune,
      help = "Keeps policies from sanctioning somebody, or no longer." },
    { name = "reset", rank = 2, usage = "@WHO [topic|all] REASON", run = reset,
      help = "Begins anew what is counted of somebody; topic: the strikes alone; all: notes, names and immunity, too." },
  }
end

--- Shadow bans, for who has the privilege, and only where others do not read it: started with a case, looked at, moved, lifted.

local failure = require "decorum.failure"
local wording = require "decorum.wording"

local DAY = 86400
local DAYS, DAYS_MOST = 15, 365 -- from the first limit to the last

local HELP = {
  "A shadow ban limits, step by step, what this bot gives one member: its answers slow down, go missing, fail, and stop.",
  "It does not hide what they write from others: against spam and insults use mute, timeout or ban. Moderation goes on unchanged.",
  "It never touches appeals, flags and requests for data. The setting shadow_ban_mode is off, honest (the member is told) or covert.",
}

---@param shared Commands
---@return Command[]
return function(shared)
  local db, people, shown = shared.db, shared.people, shared.shown
  local add_case = db:prepare [[
    INSERT INTO sanction(member, action, duration_s, at, reason, moderator) VALUES (?, 'shadow_ban', ?, ?, ?, ?)]]
  local case_of = db:prepare "SELECT case_no FROM sanction WHERE id = ?"
  local start_ban = db:prepare [[
    INSERT INTO shadow_ban(member, started_at, duration_days, reason, initiated_by, actor, now, why)
    VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?2, 'case ' || ?6)]]
  local join_case = db:prepare "INSERT INTO shadow_ban_case(case_no, ban) SELECT ?1, rowid FROM shadow_ban WHERE member = ?2"
  local jump_ban = db:prepare "UPDATE shadow_ban SET stage = ?, actor = ?, why = ? WHERE member = ? AND now = ?"
  local lift_ban = db:prepare "UPDATE shadow_ban SET lifted = 1, actor = ?, why = ? WHERE member = ? AND now = ?"
  local cases_of_ban = db:prepare [[
    SELECT case_no FROM shadow_ban JOIN shadow_ban_case ON ban = shadow_ban.rowid
    WHERE member = ? AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = shadow_ban_case.case_no) ORDER BY case_no]]
  local undo = db:prepare "INSERT INTO sanction(action, undoes, at, reason, moderator) VALUES ('undo', ?, ?, ?, ?)"
  local COLUMNS = "member, bar, stage, phase, next_phase_in, answered, lift_at, case_no, reason, initiated_by, mode"
  local status_of = db:prepare("SELECT " .. COLUMNS .. " FROM shadow_ban_status WHERE member = ? AND now = ?")
  local status_of_all = db:prepare("SELECT " .. COLUMNS .. " FROM shadow_ban_status WHERE now = ? ORDER BY progress DESC LIMIT ?")
  local count = db:prepare "SELECT count(*) FROM shadow_ban"
  local has_privilege = db:prepare "SELECT has_privilege((SELECT mask FROM privilege WHERE member = ?), 'SHADOW_BAN_ADMIN')"

  -- In whose name the table does it: NULL is the owner's, whom a rank of owner stands for.
  local function actor(asker)
    return asker.event.is_sure and asker.member and has_privilege:row(asker.member) == 1 and asker.member or nil
  end

  local function line_of(asker, member, bar, stage, phase, next_in, answered, lift_at, case_no, reason, by, mode)
    local name = math.type(member) == "integer" and people.name(member) or shared.named(tostring(member))
    return ("%s: %s, stage %s (%s), %s of messages answered%s%s; by %s%s, %s: %s"):format(name, bar, stage, phase, answered,
      next_in and ", next phase in " .. next_in or "", lift_at and ", lifted at " .. wording.moment(lift_at, asker.now) or "",
      shown(by, 64), case_no and (", case %d"):format(case_no) or "", mode, shown(reason, 120))
  end

  local acts = {}

  function acts.help()
    return HELP
  end

  function acts.start(asker, arguments, command)
    local member, name = shared.who(asker, arguments, command)
    local days = (arguments:peek() or ""):match "^(%d+%.?%d*)d?$"
    if days then
      arguments:word()
    end
    local number = tonumber(days or DAYS)
    local reason = arguments:words() or shared.refuse_usage(command, "a shadow ban needs a reason")
    if number <= 0 or number > DAYS_MOST then
      failure.raise("sb", ("the days must be above 0 and at most %d"):format(DAYS_MOST))
    end
    people.check_rank(asker, member)
    add_case:run(member, number * DAY, asker.now, reason, asker.key)
    local case_no = case_of:row(db:last_rowid())
    start_ban:run(member, asker.now, number, reason, actor(asker), case_no)
    join_case:run(case_no, member)
    return ("Shadow ban of %s started: over %g days answers slow down, go missing, fail, and stop (case %d). For: %s."):format(name, number,
      case_no, shown(reason))
  end

  function acts.list(asker)
    local total, shows = count:row(), asker.shows
    if total == 0 then
      return "Nobody is shadow banned."
    end
    local lines = { wording.count(total, "shadow ban") .. ", the furthest first:" }
    for _, member, bar, stage, phase, next_in, answered, lift_at, case_no, reason, by, mode in status_of_all:rows(asker.now, shows) do
      lines[#lines + 1] = line_of(asker, member, bar, stage, phase, next_in, answered, lift_at, case_no, reason, by, mode)
    end
    if total > shows then
      lines[#lines + 1] = ("%d more: decorum report %s shadow_bans"):format(total - shows, shared.database)
    end
    return lines
  end

  -- The member whom a command is about, who must be banned.
  local function banned(asker, arguments, command)
    local member, name = shared.who(asker, arguments, command)
    if not status_of:row(member, asker.now) then
      failure.raise("sb", ("there is no shadow ban of %s"):format(name))
    end
    return member, name
  end

  function acts.status(asker, arguments, command)
    if arguments.rest == "" then
      return acts.list(asker)
    end
    return line_of(asker, status_of:row(banned(asker, arguments, command), asker.now))
  end

  function acts.jump(asker, arguments, command)
    local member = banned(asker, arguments, command)
    local progress = tonumber((arguments:word() or ""):match "^[%d.]+$")
    if not progress or progress > 1 then
      shared.refuse_usage(command, "say how far, from 0, the beginning, to 1, the end")
    end
    people.check_rank(asker, member)
    jump_ban:run(1 + 4 * progress, actor(asker), "jump by " .. asker.key, member, asker.now)
    return line_of(asker, status_of:row(member, asker.now))
  end

  function acts.lift(asker, arguments, command)
    local member, name = banned(asker, arguments, command)
    people.check_rank(asker, member)
    local reason = arguments:words() or "lifted"
    local cases, numbers = {}, {}
    for i, case_no in cases_of_ban:rows(member) do
      cases[i] = case_no
    end
    for i, case_no in ipairs(cases) do
      undo:run(case_no, asker.now, reason, asker.key)
      numbers[i] = ("%d by case %d"):format(case_no, case_of:row(db:last_rowid()))
    end
    lift_ban:run(actor(asker), reason, member, asker.now)
    return ("The shadow ban of %s is lifted%s."):format(name, numbers[1] and "; undone: case " .. table.concat(numbers, ", ") or "")
  end

  local function sb(asker, arguments, command)
    local act = acts[(arguments:word() or "help"):lower()]
    if not act then
      shared.refuse_usage(command, "it is one of these")
    end
    return act(asker, arguments, command)
  end

  return {
    { name = "sb", rank = 0, is_of_shadow_bans = true, run = sb, privately = "unless moderators",
      usage = "start @WHO [DAYS] REASON | status [@WHO] | list | jump @WHO 0-1 | lift @WHO [REASON] | help",
      help = "Starts, shows, moves and lifts shadow bans: limits on what this bot gives one member." },
  }
end

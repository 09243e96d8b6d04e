--- Sanctions by hand: warn, mute, timeout, kick, ban, tempban. Each is a case.

local wording = require "decorum.wording"

-- What is said of a sanction that was done.
local DONE = { warn = "Warned", mute = "Muted", timeout = "Timed out", kick = "Kicked", ban = "Banned" }

---@param shared Commands
---@return Command[]
return function(shared)
  local db, people = shared.db, shared.people
  local add = db:prepare [[
    INSERT INTO sanction(member, action, duration_s, at, reason, moderator, message) VALUES (?1, ?2, ?3, ?4, ?5, ?6,
      (SELECT id FROM message WHERE platform = ?7 AND platform_id = ?8 AND member = ?1))]]
  local find_case = db:prepare "SELECT case_no, ends_at FROM sanction WHERE id = ?"
  local is_reached = db:prepare "SELECT 1 FROM account JOIN connection USING (platform) WHERE member = ?"

  -- The command that does an action. `time`: "needed", "possible" or nil.
  local function sanction(name, action, rank, time, help)
    local function run(asker, arguments, command)
      local seconds = time and arguments:duration()
      local member, who = shared.who(asker, arguments, command)
      seconds = seconds or time and arguments:duration() or nil
      local reason = arguments:words()
      if time == "needed" and not seconds then
        shared.refuse_usage(command, ("a %s has an end, as in 30s, 10m, 2h, 1d12h, 1w"):format(name))
      elseif not reason then
        shared.refuse_usage(command, ("a %s needs a reason"):format(wording.noun(name)))
      end
      people.check_rank(asker, member)
      add:run(member, action, seconds, asker.now, reason, asker.key, asker.event.platform, asker.event.reply_to)
      local case_no, ends_at = find_case:row(db:last_rowid())
      local ending = not time and "" or ends_at and " " .. wording.ending(ends_at, asker.now) or ", until somebody lifts it,"
      return ("%s %s%s for: %s (case %d).%s"):format(DONE[action], who, ending, shared.shown(reason), case_no,
        is_reached:row(member) and "" or " It is recorded only: there is no connection to where they are.")
    end
    local usage = (time == "needed" and "TIME @WHO REASON") or (time and "[TIME] @WHO REASON") or "@WHO REASON"
    return { name = name, rank = rank, usage = usage, help = help, run = run }
  end

  return {
    sanction("warn", "warn", 1, nil, "Warns somebody; it counts as their warning for policies, too."),
    sanction("mute", "mute", 1, "possible", "Takes away somebody's voice, for a time or until somebody lifts it."),
    sanction("timeout", "timeout", 1, "needed", "Keeps somebody from talking for a time, by the platform's own means."),
    sanction("kick", "kick", 2, nil, "Removes somebody, who may come back."),
    sanction("ban", "ban", 2, "possible", "Removes somebody, who may not come back, ever or for a time."),
    sanction("tempban", "ban", 2, "needed", "Removes somebody, who may come back after a time."),
  }
end

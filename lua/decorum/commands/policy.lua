--- May policies act? The mode of each, the pause that stops all at once, and its end.

local failure = require "decorum.failure"
local nearest = require "decorum.nearest"
local wording = require "decorum.wording"

-- A community's row with a reason that begins so is a pause: !resume ends it.
local PAUSED = "paused"

---@param shared Commands
---@return Command[]
return function(shared)
  local db, people, shown = shared.db, shared.people, shared.shown
  local modes = db:prepare "SELECT policy, mode, why FROM policy_mode"
  local is_policy = db:prepare "SELECT 1 FROM policy_version WHERE ?1 IN (name, name || '@' || version)"
  local policies = db:prepare "SELECT DISTINCT name FROM policy_version"
  local add = db:prepare "INSERT INTO mode_change(policy, at, mode, cause, moderator, reason) VALUES (?, ?, ?, ?, ?, ?)"
  local newest = db:prepare [[
    SELECT seq, mode, at, moderator, reason FROM mode_change WHERE policy IS NULL AND seq < ? ORDER BY seq DESC LIMIT 1]]
  local named_since = db:prepare [[
    SELECT policy, mode, cause, moderator, reason FROM mode_change WHERE policy IS NOT NULL AND seq > ? ORDER BY seq]]

  -- What each policy does now, a line each.
  local function state(lines)
    for _, policy, mode, why in modes:rows() do
      lines[#lines + 1] = ("%s: %s (%s)"):format(shown(policy, 64), mode == "enforce" and "enforces" or "observes", shown(why, 200))
    end
    if #lines < 2 then
      lines[#lines + 1] = "No policy is live."
    end
    return lines
  end

  -- The next word if it is a policy or a version of one. Nearly one is not: a slip would mean all of them.
  local function take_policy(arguments)
    local word = arguments:peek()
    if not word then
      return nil
    elseif is_policy:row(word) then
      return arguments:word()
    end
    local names = {}
    for _, name in policies:rows() do
      names[#names + 1] = name
    end
    local meant = nearest(word:match "^[^@]*", names)
    if meant or word:find("@", 1, true) then
      failure.raise("policy", ("there is no policy '%s'%s"):format(shown(word, 64), meant and (", did you mean '%s'?"):format(meant) or ""))
    end
  end

  local function pause_now()
    local seq, mode, at, moderator, reason = newest:row(math.maxinteger)
    if seq and mode == "observe" and reason and (reason == PAUSED or reason:sub(1, #PAUSED + 2) == PAUSED .. ": ") then
      return { seq = seq, at = at, moderator = moderator, reason = reason:sub(#PAUSED + 3) }
    end
  end

  local function policy(asker, arguments, command)
    if arguments.rest == "" then
      local pause = pause_now()
      return state { pause and ("Paused since %s by %s; %sresume ends it."):format(wording.moment(pause.at, asker.now),
        people.name_of_key(asker, pause.moderator or "hand"), shared.prefix) or "What each policy may do, and why:" }
    end
    local mode = arguments:word():lower()
    if mode ~= "enforce" and mode ~= "observe" then
      shared.refuse_usage(command, "say enforce or observe")
    end
    local name = take_policy(arguments)
    add:run(name, asker.now, mode, "hand", asker.key, arguments:words())
    return state { ("From now on %s: %s."):format(name and shown(name, 64) or "the whole community",
      mode == "enforce" and "enforce" or "observe, and sanction nobody") }
  end

  local function pause(asker, arguments)
    local before = pause_now()
    if before then
      return ("It is paused already, since %s by %s."):format(wording.moment(before.at, asker.now),
        people.name_of_key(asker, before.moderator or "hand"))
    end
    local reason = arguments:words()
    add:run(nil, asker.now, "observe", "hand", asker.key, reason and PAUSED .. ": " .. reason or PAUSED)
    return ("Paused: no policy sanctions anybody until %sresume. What people do goes on."):format(shared.prefix)
  end

  -- What was said of single policies since the community's mode was last set counts again after it is set anew, the brake too.
  local function resume(asker, arguments)
    local paused = pause_now()
    if not paused then
      return state { "Nothing is paused. What each policy does:" }
    end
    local from, mode = newest:row(paused.seq)
    local again = {}
    for i, name, named_mode, cause, moderator, reason in named_since:rows(from or 0) do
      again[i] = table.pack(name, asker.now, named_mode, cause, moderator, reason)
    end
    local reason = arguments:words()
    add:run(nil, asker.now, mode or "observe", "hand", asker.key, reason and "resumed: " .. reason or "resumed")
    for _, row in ipairs(again) do
      add:run(table.unpack(row, 1, row.n))
    end
    return state { "The pause is over; it is as it was before:" }
  end

  return {
    { name = "policy", rank = 2, usage = "[enforce|observe [NAME|NAME@VERSION] [REASON]]", run = policy,
      help = "Shows what each policy may do and why, or says whether it may sanction." },
    { name = "pause", rank = 1, usage = "[REASON]", help = "Stops all automatic sanctions at once.", run = pause },
    { name = "resume", rank = 2, usage = "[REASON]", help = "Ends the pause: all is as it was before.", run = resume },
  }
end

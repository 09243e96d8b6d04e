--- The outbox: makes the calls to a platform that are owed.
--
--     local owed = outbox.new { community = live, adapter = adapter, log = log, ... }
--     owed.recover(now)          -- once, when the bot starts: what was being sent when it was killed is in doubt
--     owed.ready(now)            -- the platform can be reached (again): silences are said anew
--     local due_at = owed.send(now, spawn)   -- begins what is due; when something will be, or nil
--
-- A row of the table goes pending → sending (with a lease) → done, failed, or dropped because it is not needed any more; or to
-- pending again, later. So a call is made at least once, whatever happens in between. What sets a state (mute, unmute, ban...)
-- may be made twice; what was being said when the bot was killed is said again, unless the adapter knows that it was.

local json = require "host.json"
local keyed_hash = require "decorum.keyed_hash"
local notice = require "decorum.notice"
local script = require "decorum.script"

local outbox = {}

local LEASE_S = 120      -- longer than any call may take
local IN_FLIGHT_MOST = 8 -- calls at once
local RETRY_S, RETRY_MAX_S = 2, 300
local PAUSE_S = 60       -- after a fault of the file
local TALK_TRIES = 5     -- of what is only said: what it is about goes on

local talk = { say = true, reply = true, dm = true, warn = true }
local ends = { unmute = "mute", unban = "ban", slowmode_end = "slowmode" }

-- What is due, a row for each call with what is to be known about it. Calls of one case follow one another; what takes back is not
-- begun while what it takes back is being called, nor the other way round: who knows which of them came last. Of :platform, at :now;
-- while the community is paused, nothing of what policies did but its end.
local DUE = [[
  SELECT owed.id, owed.key, owed.call, owed.case_no, owed.decision, owed.review, owed.notification, owed.member, owed.channel,
    owed.text, owed.until_at, owed.due_at, owed.expires_at, owed.attempts, owed.recipient, owed.state, owed.marks,
    message.platform_id AS message, member.name AS shown,
    (SELECT undo.case_no FROM sanction AS undo WHERE undo.undoes = owed.case_no) AS undone_by,
    sanction.action
  FROM outbox AS owed LEFT JOIN sanction ON sanction.case_no = owed.case_no LEFT JOIN message ON message.id = owed.message
    LEFT JOIN member ON member.id = owed.member
  WHERE owed.state IN ('pending', 'sending', 'in doubt') AND owed.due_at <= :now AND owed.platform = :platform
    AND (owed.state = 'pending' OR owed.leased_until <= :now)
    AND NOT (:paused AND sanction.policy IS NOT NULL AND sanction.moderator IS NULL
      AND owed.call NOT IN ('unmute', 'unban', 'slowmode_end', 'say'))
    AND NOT EXISTS (SELECT 1 FROM outbox AS before WHERE before.case_no = owed.case_no AND before.platform = owed.platform
      AND before.id < owed.id AND before.due_at <= owed.due_at AND before.state IN ('pending', 'sending', 'in doubt'))
    AND NOT EXISTS (SELECT 1 FROM outbox AS opposite WHERE opposite.member = owed.member AND opposite.platform = owed.platform
      AND opposite.state = 'sending' AND opposite.call = CASE owed.call WHEN 'mute' THEN 'unmute' WHEN 'unmute' THEN 'mute'
        WHEN 'ban' THEN 'unban' WHEN 'unban' THEN 'ban' WHEN 'slowmode' THEN 'slowmode_end' WHEN 'slowmode_end' THEN 'slowmode' END)
  ORDER BY owed.due_at, owed.id LIMIT :most]]

local NEXT = [[
  SELECT due_at FROM outbox WHERE state IN ('pending', 'sending', 'in doubt') AND due_at > ? AND platform = ? ORDER BY due_at LIMIT 1]]

-- Another silence of member ?1 that is still in force when that of case ?2 ends: any other mute (timeout), ban or slow mode.
local STILL = [[
  SELECT case_no FROM sanction AS other
  WHERE member = ?1 AND case_no <> ?2 AND iif(action = 'timeout', 'mute', action) = ?3 AND at <= ?4
    AND (ends_at IS NULL OR ends_at > ?4)
    AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = other.case_no) LIMIT 1]]

-- Is the whole community in observe, by a person's word? Then what policies decided before waits.
local PAUSED = "SELECT mode = 'observe' FROM mode_change WHERE policy IS NULL ORDER BY seq DESC LIMIT 1"

-- What earlier calls have set on platform ?1 with member ?2 by call ?3, and whether it is in force at ?4.
local MARKS = [[
  SELECT id, marks, (until_at IS NULL OR until_at > ?4)
    AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = outbox.case_no)
  FROM outbox WHERE platform = ?1 AND member = ?2 AND call = ?3 AND marks IS NOT NULL]]

---@class OutboxOptions
---@field community Live
---@field platform string
---@field adapter table see chat/README.md
---@field log Logger
---@field prefix string? with which commands begin

---@param options OutboxOptions
function outbox.new(options)
  local community, platform, adapter, log = options.community, options.platform, options.adapter, options.log
  local db = community.db
  local words = notice.words(db, options.prefix, adapter.can)
  local due, next_due, still, paused, marks_of = db:prepare(DUE), db:prepare(NEXT), db:prepare(STILL), db:prepare(PAUSED), db:prepare(MARKS)
  local ids_of = db:prepare [[
    SELECT platform_id FROM presence WHERE platform = ?1 AND member = ?2
    UNION SELECT platform_id FROM account WHERE platform = ?1 AND member = ?2]]
  local lease = db:prepare "UPDATE outbox SET state = 'sending', leased_until = ?2, attempts = attempts + 1 WHERE id = ?1"
  local finish = db:prepare [[
    UPDATE outbox SET state = ?2, ended_at = ?3, outcome = ?4, marks = coalesce(?5, marks), leased_until = NULL WHERE id = ?1]]
  local postpone = db:prepare "UPDATE outbox SET state = 'pending', due_at = ?2, outcome = ?3, leased_until = NULL WHERE id = ?1"
  local forget_marks = db:prepare "UPDATE outbox SET marks = NULL WHERE id = ?"
  local tell = db:prepare [[
    INSERT OR IGNORE INTO outbox(key, platform, call, channel, text, due_at, expires_at)
    SELECT 'failed ' || ?1, platform, 'say', moderators, ?3, ?4, ?4 + 86400 FROM connection WHERE platform = ?2 AND moderators IS NOT NULL]]
  local renew = db:prepare "UPDATE outbox SET leased_until = ?2 WHERE id = ?1"
  local hash = keyed_hash.of(db)
  local flying, in_flight = {}, 0 -- by id
  local self = {}

  -- By which a mask is known that is not kept, since its member was erased.
  local function hash_of(mask)
    return "hash:" .. hash("mark", mask)
  end

  local function values_of_due(now, most)
    return { now = now, platform = platform, most = most, paused = paused:row() or 0 }
  end

  local function due_values(now, most)
    return script.bindings(due, values_of_due(now, most))
  end

  -- Why a call is not to be made any more; nil if it is.
  local function not_needed(owed, now)
    if owed.expires_at and owed.expires_at <= now then
      return "too late"
    elseif owed.undone_by and owed.call ~= "say" then
      return ("undone by case %d"):format(owed.undone_by)
    end
    local set = ends[owed.call]
    local other = set and owed.member and still:row(owed.member, owed.case_no, set, now)
    return other and ("case %d is in force"):format(other) or nil
  end

  local function marks_for(owed, now)
    local set = ends[owed.call]
    if not set or not owed.member then
      return nil
    end
    local kept, gone, rows, in_force = {}, {}, {}, {}
    for i, id, marks, is_in_force in marks_of:rows(platform, owed.member, set, now) do
      rows[i] = { id = id, marks = json.decode(marks) or {}, is_in_force = is_in_force == 1 }
    end
    for _, row in ipairs(rows) do
      for _, mark in ipairs(row.is_in_force and row.marks or {}) do
        in_force[mark] = true
      end
    end
    for _, row in ipairs(rows) do
      if not row.is_in_force then
        gone[#gone + 1] = row.id
        for _, mark in ipairs(row.marks) do
          if not in_force[mark] then
            in_force[mark] = true
            kept[#kept + 1] = mark
          end
        end
      end
    end
    return kept, gone
  end

  -- The call as the adapter takes it; nil and why there is none to make.
  local function call_of(owed, now)
    owed.now = now
    local spoke, text = pcall(words, owed)
    if not spoke then
      log.error("there are no words for a call", { key = owed.key, why = text })
      text = nil
    end
    if talk[owed.call] and not text then
      return nil, "nothing to say"
    end
    local ids = {}
    if owed.recipient then
      ids[1] = owed.recipient
    elseif owed.member then
      for i, id in ids_of:rows(platform, owed.member) do
        ids[i] = id
      end
    end
    local marks, gone = marks_for(owed, now)
    marks = marks or (owed.marks and json.decode(owed.marks)) or nil
    return { name = owed.call == "warn" and not owed.channel and "dm" or owed.call, key = owed.key, ids = ids,
      shown = owed.shown or owed.recipient, channel = owed.channel, message = owed.message, text = text, until_at = owed.until_at,
      case_no = owed.case_no, marks = marks, hash = hash_of }, nil, gone
  end

  -- What this call has set and earlier ones have: a mute that is said anew may be set by another mask than before.
  local function all_marks(owed, marks)
    local all, is_there = owed.marks and json.decode(owed.marks) or {}, {}
    for _, mark in ipairs(all) do
      is_there[mark] = true
    end
    for _, mark in ipairs(marks) do
      all[#all + 1] = not is_there[mark] and mark or nil
    end
    return json.encode(json.array(all))
  end

  -- Notes how a call ended.
  local function settle(owed, now, gone, done, how, marks)
    if done then
      finish:run(owed.id, "done", now, how, marks and all_marks(owed, marks) or nil)
      for _, id in ipairs(gone or {}) do
        forget_marks:run(id)
      end
    elseif how == "later" and not (talk[owed.call] and owed.attempts + 1 >= TALK_TRIES) then
      postpone:run(owed.id, now + math.min(RETRY_S * 2 ^ math.min(owed.attempts, 10), RETRY_MAX_S), marks)
    else
      finish:run(owed.id, "failed", now, marks)
      if owed.call ~= "say" then
        tell:run(owed.key, platform, ("Could not %s %s%s: %s"):format(owed.call:gsub("_", " "), owed.shown or owed.recipient or "",
          owed.case_no and (" (case %d)"):format(owed.case_no) or "", marks), now)
      end
    end
  end

  local function make(owed, call, gone, now_of)
    local ran, done, how, marks = pcall(adapter.call, call)
    if not ran then
      log.error("a call failed by a fault", { call = owed.call, key = owed.key, why = done })
      done, how, marks = nil, "later", "a fault of the adapter"
    end
    local why = community.write(function()
      settle(owed, now_of(), gone, done, how, marks)
    end)
    flying[owed.id], in_flight = nil, in_flight - 1
    local fields = { call = owed.call, key = owed.key, platform = platform, case = owed.case_no }
    if done then
      fields.how = how
    else
      fields.why = marks
    end
    if why then
      log.error("what became of a call could not be written", { key = owed.key, why = why })
    elseif done then
      log.info("done", fields)
    elseif how == "later" then
      log.debug("later", fields)
    else
      log.warn("failed", fields)
    end
  end

  ---When the bot starts: what was being sent is in doubt, and is sent again unless the adapter knows better.
  function self.recover()
    return community.write(function()
      db:prepare [[UPDATE outbox SET state = 'in doubt', leased_until = 0 WHERE platform = ? AND state = 'sending']]:run(platform)
    end)
  end

  ---The platform can be reached, or the bot may do more than before: what is in force is said anew, what waited is due.
  function self.ready(now)
    return community.write(function()
      db:prepare([[
        UPDATE outbox SET state = 'pending', due_at = ?2, attempts = 0 WHERE platform = ?1 AND call IN ('mute', 'ban', 'slowmode')
          AND state IN ('done', 'failed') AND (until_at IS NULL OR until_at > ?2)
          AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = outbox.case_no)]]):run(platform, now)
      db:prepare([[
        UPDATE outbox SET due_at = ?2 WHERE platform = ?1 AND state = 'pending' AND attempts > 0 AND due_at > ?2]]):run(platform, now)
    end)
  end

  -- What is to be done with a row that is due: drops it, or returns a call to make.
  local function begin(owed, now)
    if flying[owed.id] then -- it takes long, as it may where nobody reads
      renew:run(owed.id, now + LEASE_S)
      return nil
    end
    local needless, call, gone = not_needed(owed, now), nil, nil
    if not needless then
      call, needless, gone = call_of(owed, now)
    end
    if needless then
      finish:run(owed.id, "dropped", now, needless)
    elseif owed.state ~= "pending" and adapter.was_made and adapter.was_made(call) then
      finish:run(owed.id, "done", now, "it was made before the bot ended")
    else
      lease:run(owed.id, now + LEASE_S)
      return { owed, call, gone }
    end
  end

  ---Begins what is due.
  ---@param now_of fun(): number
  ---@param spawn fun(name: string, f: function, ...)
  ---@return number? at when the next call is due
  function self.send(now_of, spawn)
    local begun = {}
    local room = IN_FLIGHT_MOST - in_flight
    if room <= 0 then
      return nil
    end
    local now = now_of()
    if not due:row(due_values(now, 1)) then
      return (next_due:row(now, platform))
    end
    local why = community.write(function()
      begun = {}
      local columns, rows = due:columns(), script.rows(due, values_of_due(now, room))
      for _, row in ipairs(rows) do
        local owed = {}
        for i, column in ipairs(columns) do
          owed[column] = row[i]
        end
        begun[#begun + 1] = begin(owed, now)
      end
    end)
    if why then
      log.error("what is owed could not be begun", { platform = platform, why = why })
      return now + PAUSE_S
    end
    for _, each in ipairs(begun) do
      flying[each[1].id], in_flight = true, in_flight + 1
      spawn("call " .. each[1].key, make, each[1], each[2], each[3], now_of)
    end
    return now -- there may be more
  end

  function self.in_flight()
    return in_flight
  end

  function self.has_due(now)
    return due:row(due_values(now, 1)) ~= nil
  end

  return self
end

return outbox

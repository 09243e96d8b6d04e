--- A community that a bot is connected to: events go into its file, commands are answered, all of a batch in one transaction.
--
--     local community = live.open("chat.db", { log = log, sleep = loop.sleep, prefix = "!" })
--     community.take({ event, ... }, now)      -- written when it returns; may wait
--     community.write(function() ... end)      -- anything else, in a transaction
--
-- Nothing yields between BEGIN and COMMIT. Where the file is locked by somebody else, or cannot be written, write() waits and tries
-- again, and says so: whoever feeds it waits, too, and nothing that was committed is lost. An event that fails by itself
-- (a fault, a row that somebody spoilt) is told of and left out, and the others go on.

local command = require "decorum.command"
local community_file = require "decorum.community"
local member = require "decorum.member"
local pipeline = require "decorum.pipeline"

local live = {}

-- How old an event may be when it arrives and still be carried out: what is older is history, such as a bouncer plays back.
local LIVE_S = 300

-- What begins with the prefix, by one member in a minute, that is looked at as a command; the rest is chat, and counts as a flood.
local COMMANDS_MOST = 10

-- Of how many people the rank is remembered: what is full is emptied.
local RANKED_MOST = 10000

-- Full: what is committed is on the disk. A reader does not wait for a writer (WAL); a writer waits here, not inside SQLite.
local PACE = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 0; PRAGMA cache_size = -16000"

-- What SQLite says where trying again may help, and how to say it to people.
local passing = {
  ["database is locked"] = "the database is locked by somebody else",
  ["database table is locked"] = "the database is locked by somebody else",
  ["database or disk is full"] = "the disk is full",
  ["disk I/O error"] = "the disk cannot be written",
  ["attempt to write a readonly database"] = "the database is read-only",
  ["unable to open database file"] = "the database cannot be opened",
}
local PAUSE_MIN, PAUSE_LOCKED_MAX, PAUSE_MAX = 0.005, 0.25, 5
local PATIENCE_S = 2 -- before it is told

-- Runs f in a transaction. Returns nil, or what went wrong, and whether f was begun.
local function attempt(db, f)
  local has_begun = false
  local done, why = pcall(function()
    db:exec "BEGIN IMMEDIATE"
    has_begun = true
    f()
    db:exec "COMMIT"
  end)
  if done then
    return nil
  end
  if db:in_transaction() then
    pcall(db.exec, db, "ROLLBACK")
  end
  return why, has_begun
end

local function writer(db, options, undone)
  return function(f)
    local pause, waited, told = PAUSE_MIN, 0, nil
    while true do
      local why, has_begun = attempt(db, f)
      if not why then
        if told then
          options.log.info("the database can be written again", { database = options.path })
        end
        return nil
      end
      if has_begun then
        undone()
      end
      local words = passing[why]
      if not words then
        return why
      end
      if not told and (waited >= PATIENCE_S or why ~= "database is locked") then
        options.log.error(words .. ": nothing is taken in until it can be written", { database = options.path })
        told = words
      end
      options.sleep(pause)
      waited = waited + pause
      pause = math.min(pause * 2, why == "database is locked" and PAUSE_LOCKED_MAX or PAUSE_MAX)
    end
  end
end

---@class Live
---@field db any
---@field path string
---@field look_again fun() when this connection itself has changed which policies are live
---@field take fun(events: Event[], now: number) events that came, in their order
---@field write fun(f: fun()): string? in a transaction; what is wrong with f itself
---@field fell string[] which policies fell to observe or are left out, in words; whoever tells it empties it

---@class LiveOptions
---@field log Logger
---@field sleep fun(seconds: number)
---@field prefix string
---@field rank_of (fun(platform: string, id: string): integer?)? the rank that a platform says somebody has just now

---@param path string
---@param options LiveOptions
---@return Live
function live.open(path, options)
  options.path = path
  local db = community_file.open("run", path)
  db:exec(PACE)
  local directory = member.directory(db, true)
  local steps = pipeline.new(db, nil, directory)
  local find_rank = db:prepare "SELECT immune, moderator FROM immunity WHERE member = ? ORDER BY seq DESC LIMIT 1"
  local switch_immunity = db:prepare "INSERT INTO immunity(member, at, immune, moderator, reason) VALUES (?, ?, ?, ?, ?)"
  local again = db:prepare [[
    UPDATE outbox SET state = 'pending', due_at = ?3, attempts = 0
    WHERE platform = ?1 AND member = ?2 AND call IN ('mute', 'ban') AND state IN ('done', 'failed')
      AND (until_at IS NULL OR until_at > ?3)
      AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = outbox.case_no)]]
  local is_answered = db:prepare "SELECT 1 FROM outbox WHERE key = ?"
  local owe_answer = db:prepare [[
    INSERT INTO outbox(key, platform, call, channel, text, recipient, due_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?7, ?7 + 600)]]
  local is_moderators = db:prepare "SELECT 1 FROM connection WHERE platform = ? AND moderators = ?"

  local ranked, ranked_count = {}, 0 -- the rank that each id was last seen with
  local minute, commands_of = nil, {} -- how often each member used commands in this minute
  local commands = command.new { db = db, directory = directory, prefix = options.prefix, database = path,
    rank_of = function(platform, id)
      return options.rank_of and options.rank_of(platform, id) or ranked[platform .. "\0" .. id]
    end }

  local self = { db = db, path = path, fell = steps.fell, tally = steps.tally }
  self.write = writer(db, options, function()
    steps.undone()
    ranked, ranked_count = {}, 0
  end)

  -- Moderators are immune as long as they are: the platform's rank says so, unless a person said something else.
  local function follow_rank(event, now)
    local key = event.platform .. "\0" .. event.member
    local rank, before = event.rank or 0, ranked[key]
    if before == rank then
      return
    elseif not before then
      directory.meet(event.platform, event.member, event.origin)
      if ranked_count >= RANKED_MOST then
        ranked, ranked_count = {}, 0
      end
      ranked_count = ranked_count + 1
    end
    ranked[key] = rank
    local who = directory.find(event.platform, event.member)
    if not who and rank == 0 then
      return
    end
    who = who or directory.member(event.platform, event.member, event.name)
    local immune, by = find_rank:row(who)
    if rank > 0 and immune ~= 1 and (by == nil or by == event.platform) then
      switch_immunity:run(who, now, 1, event.platform, "moderates")
    elseif rank == 0 and immune == 1 and by == event.platform then
      switch_immunity:run(who, now, 0, event.platform, "moderates no longer")
    end
  end

  -- A mute or a ban holds for who comes back, or goes by another name.
  local function hold(platform, id, now)
    local who = directory.find(platform, id) or directory.recall(platform, id)
    if who then
      again:run(platform, who, now)
    end
  end

  local function is_too_often(event, now)
    if now // 60 ~= minute then
      minute, commands_of = now // 60, {}
    end
    local key = event.platform .. "\0" .. event.member
    commands_of[key] = (commands_of[key] or 0) + 1
    return (event.rank or 0) == 0 and commands_of[key] > COMMANDS_MOST
  end

  -- Answers a command. True if it was one, and no chat.
  local function answer(event, now)
    if event.text:sub(1, #options.prefix) ~= options.prefix then
      return false
    end
    local key = ("answer %s %s"):format(event.platform, event.id)
    if is_answered:row(key) then
      return true
    elseif not event.live or is_too_often(event, now) then
      return false -- what was asked for long ago may be the wrong thing now: it is chat, as in a log
    end
    local given = commands.answer(event, now)
    if given and given.text then
      local is_private = given.privately or event.direct
      owe_answer:run(key, event.platform, is_private and "dm" or "reply", not is_private and event.channel or nil, given.text,
        event.member, now)
    end
    if given and given.fault then
      options.log.error("a command failed by a fault", { platform = event.platform, id = event.id, why = given.fault })
    end
    return given ~= nil and not given.is_chat
  end

  local handle = {}

  -- What moderators say to one another, and what is said to the bot alone, is not judged, nor kept.
  function handle.message(event, now)
    follow_rank(event, now)
    event.in_moderators = event.channel and is_moderators:row(event.platform, event.channel) == 1
    if not answer(event, now) and not event.direct and not event.in_moderators then
      steps.message(event)
    end
  end

  function handle.join(event, now)
    steps.join(event)
    hold(event.platform, event.member, now)
  end

  function handle.nick(event, now)
    steps.nick(event)
    hold(event.platform, event.to, now)
  end

  function handle.leave(event)
    if not event.channel then -- of a single one: they may be in others
      steps.leave(event)
    end
  end

  local function take(events, now)
    return self.write(function()
      steps.refresh()
      steps.catch_up()
      for i = 1, #events do
        local event = events[i]
        event.told_at = event.told_at or event.at
        event.live = event.told_at > now - LIVE_S
        event.at = math.min(event.told_at, now)
        local step = handle[event.type]
        if step then
          step(event, now)
        else
          steps[event.type](event)
        end
      end
    end)
  end

  function self.take(events, now)
    local why = take(events, now)
    if not why then
      return
    elseif #events > 1 then
      for _, event in ipairs(events) do
        self.take({ event }, now)
      end
    elseif events[1] then
      local event = events[1]
      options.log.error("an event could not be handled and is left out", { type = event.type, id = event.id or "-",
        platform = event.platform, why = why })
    else
      error(why, 0)
    end
  end

  -- What this connection itself has changed beside taking events, such as which policies are live, counts from now on.
  self.look_again = steps.undone

  function self.close()
    db:close()
  end

  return self
end

return live

--- decorum run: a bot. Connects to the chats of a configuration, feeds what is said to the communities' files, and makes the calls
-- that are owed, until SIGTERM or SIGINT, or until all its chats have ended.
--
-- One loop (host.loop). A community has a task that takes its events in batches, one for each platform that makes calls, and one for
-- the jobs; a chat has the task of its adapter. The queue between a chat and a community is short: a chat whose events nobody
-- can take waits, and reads no more.

local community_file = require "decorum.community"
local config = require "decorum.config"
local failure = require "decorum.failure"
local live = require "decorum.live"
local logs = require "decorum.log"
local loop = require "host.loop"
local outbox = require "decorum.outbox"
local run_check = require "decorum.run_check"
local schedule = require "decorum.schedule"
local script = require "decorum.script"
local signal = require "host.signal"
local system = require "host.system"

local run = {}

local WAITING_MOST = 1000 -- events between a chat and its community
local BATCH_MOST = 250    -- events in one transaction
local GLANCE_S = 1        -- how often it looks whether somebody else has written
local REFUSED_S = 60      -- how long a community whose file cannot be opened is not tried again
local FINISH_S = 7        -- what is in flight may take so long after a signal
local FAREWELL_S = 1.5    -- and leaving the chats, after that

-- Where a community's file is.
local function path_of(database, name)
  if not database:find("{community}", 1, true) then
    return database
  elseif not name:find "^[%w_-][%w_.-]*$" then
    return nil -- no name for a file
  end
  return (database:gsub("{community}", name))
end

-- The policies of the configuration are those that are live. In a transaction.
local function choose_policies(db, path, wanted, log)
  if not wanted then
    return
  end
  local listed = {}
  for _, name in ipairs(wanted) do
    if name:find "%.lua$" then
      listed[community_file.add_policy_file("run", db, name, function() end)] = true
    else
      local known = db:prepare("SELECT max(version) FROM policy WHERE name = ?"):row(name)
      if not known then
        failure.raise("run", ("%s: policies: there is no policy '%s' in it, only: %s"):format(path, name,
          (db:prepare("SELECT group_concat(DISTINCT name) FROM policy"):row())))
      end
      if not db:prepare("SELECT 1 FROM policy WHERE name = ? AND active"):row(name) then
        community_file.activate(db, name, known)
      end
      listed[name] = true
    end
  end
  local others = {}
  for _, name in db:prepare("SELECT name FROM policy WHERE active"):rows() do
    others[#others + 1] = not listed[name] and name or nil
  end
  for _, name in ipairs(others) do
    db:prepare("UPDATE policy SET active = 0 WHERE name = ? AND active"):run(name)
    log.info("a policy is not in the configuration and is not live any more", { policy = name })
  end
end

---@class Bot
---@field settings table the configuration
---@field log Logger
---@field communities table<string, table> by the path of their file
---@field stopping boolean

-- What the time is: the system's, or that of the newest event.
local function clock_of(settings)
  if settings.clock == "system" then
    return loop.now, function() end
  end
  local newest = 0
  return function()
    return newest
  end, function(at)
    newest = math.max(newest, at)
  end
end

-- Says what policies did to themselves, and what became a case. To tell a listener may take a while, in which others come here: nothing
-- is being read then.
local function reporter(community, log)
  local newest = community.db:prepare("SELECT coalesce(max(id), 0) FROM sanction"):row()
  local find = community.db:prepare [[
    SELECT id, case_no, member, action, policy, moderator, ends_at FROM sanction WHERE id > ? ORDER BY id]]
  local failed = 0
  local newest_decision = community.db:prepare("SELECT coalesce(max(id), 0) FROM decision"):row()
  local decided = community.db:prepare [[
    SELECT decision.id, policy, action, duration_s, mode, reason, review = 1, message.platform_id,
      (SELECT platform_id FROM account WHERE account.platform = message.platform AND account.member = decision.member LIMIT 1),
      (SELECT case_no FROM sanction WHERE sanction.decision = decision.id), message.platform
    FROM decision JOIN message ON message.id = decision.message
    WHERE decision.id > :after AND (action <> 'none' OR review) ORDER BY decision.id]]
  return function(listeners)
    if listeners[1] then
      local made = script.rows(decided, { after = newest_decision })
      newest_decision = made[1] and made[#made][1] or newest_decision
      for _, row in ipairs(made) do
        local _, policy, action, duration_s, mode, reason, review, message, who, case, platform = table.unpack(row, 1, 11)
        for _, adapter in ipairs(listeners) do
          if adapter.platform == platform then
            adapter.decided { policy = policy, action = action, duration_s = duration_s, mode = mode, reason = reason,
              review = review == 1 or nil, message = message, member = who, case = case }
          end
        end
      end
    end
    for i, line in ipairs(community.fell) do
      log.warn(line, { database = community.path })
      community.fell[i] = nil
    end
    if community.tally.failed > failed then
      failed = community.tally.failed
      log.warn("a policy failed", { database = community.path, why = community.tally.why })
    end
    for _, id, case, member, action, policy, moderator, ends_at in find:rows(newest) do
      newest = id
      log.info("case", { case = case, member = member, action = action, policy = policy, moderator = moderator,
        ends_at = ends_at and os.date("!%Y-%m-%dT%H:%M:%SZ", math.floor(ends_at)) })
    end
  end
end

-- A community that is there: its file, its queue, its tasks.
local function open_community(bot, path)
  local log = bot.log
  if bot.settings.database ~= path and not system.kind(path) then
    community_file.init(path, { policy = {}, set = {} }, log.info)
  end
  if system.lock(path) == false then -- the calls that another one makes would be in doubt to this one, and made twice
    failure.raise("run", path .. ": another decorum run has it already")
  end
  local community = live.open(path, { log = log, sleep = loop.sleep, prefix = bot.settings.prefix, rank_of = bot.rank_of })
  local why = community.write(function()
    choose_policies(community.db, path, bot.settings.policies, log)
  end)
  if why then
    error(why, 0)
  end
  community.look_again()
  community.take({}, bot.now())
  local self = { live = community, queue = loop.queue(WAITING_MOST), senders = {}, listeners = {} }
  local report, run_jobs = reporter(community, log), schedule.new(community.db, log)
  local version_now = community.db:prepare "PRAGMA data_version"
  local version = version_now:row()

  function self.wake()
    for _, sender in ipairs(self.senders) do
      sender.wake()
    end
  end

  local function take(batch)
    community.take(batch, bot.now())
    report(self.listeners)
    self.wake()
  end

  self.pump = loop.spawn("events of " .. path, function()
    while true do
      local event = self.queue:take()
      if not event then
        return
      end
      local batch = { event }
      bot.heard(event.at)
      while #batch < BATCH_MOST do
        event = self.queue:try()
        if not event then
          break
        end
        batch[#batch + 1] = event
        bot.heard(event.at)
      end
      take(batch)
      if bot.settings.clock == "events" then
        run_jobs(bot.now())
      end
    end
  end)

  -- What others write is seen within a second; jobs begin in time.
  self.watch = loop.spawn("jobs of " .. path, function()
    while true do
      if bot.settings.clock == "system" then
        run_jobs(bot.now())
      end
      local now = version_now:row()
      if now ~= version then
        version = now
        take {}
      end
      loop.sleep(GLANCE_S)
    end
  end)

  return self
end

-- Makes the calls that are owed to a platform.
local function add_sender(bot, community, adapter)
  local owed = outbox.new { community = community.live, platform = adapter.platform, adapter = adapter, log = bot.log,
    prefix = bot.settings.prefix }
  local ticket, is_awake
  local sender = { outbox = owed }

  function sender.wake()
    is_awake = true
    if ticket then
      loop.wake(ticket)
    end
  end

  local function spawn(name, f, ...)
    loop.spawn(name, function(...)
      f(...)
      sender.wake()
    end, ...)
  end

  sender.task = loop.spawn("calls to " .. adapter.platform, function()
    while true do
      is_awake = false
      local due_at = not bot.is_ending and owed.send(bot.now, spawn) or nil
      if not is_awake then
        ticket = loop.ticket()
        loop.wait(ticket, due_at and math.max(due_at - bot.now(), 0.01) or nil)
        ticket = nil
      end
    end
  end)
  community.senders[#community.senders + 1] = sender
  community.listeners[#community.listeners + 1] = adapter.decided and adapter or nil
  return sender
end

-- The rows that a connection needs.
local function announce(community, adapter, chat)
  return community.write(function()
    community.db:prepare([[
      INSERT INTO connection(platform, moderators) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET moderators = ?2]]):run(
      adapter.platform, adapter.moderators or chat.moderators)
    for id, rank in pairs(chat.ranks or {}) do
      local db = community.db
      local who = db:prepare("SELECT member FROM account WHERE platform = ? AND platform_id = ?"):row(adapter.platform, id)
      if not who then
        db:prepare("INSERT INTO member(name) VALUES (?)"):run(id)
        who = db:last_rowid()
        db:prepare("INSERT INTO account(platform, platform_id, member) VALUES (?, ?, ?)"):run(adapter.platform, id, who)
      end
      db:prepare("UPDATE member SET rank = ?1 WHERE id = ?2 AND rank <> ?1"):run(rank, who)
    end
  end)
end

-- Connects a chat. Its events find their community by name.
local function add_chat(bot, chat)
  local adapter
  local by_name = {}

  local function community_of(name)
    name = name or chat.community or chat.host or chat.adapter
    if not by_name[name] then
      local path = path_of(bot.settings.database, name)
      if not path then
        error(("'%s' cannot be the name of a community's file"):format(name), 0)
      end
      local community = bot.communities[path] or open_community(bot, path)
      bot.communities[path] = community
      local why = announce(community.live, adapter, chat)
      if why then
        error(why, 0)
      end
      local sender = add_sender(bot, community, adapter)
      sender.outbox.recover()
      by_name[name] = { community = community, sender = sender }
      bot.log.info("connected to a community", { database = path, platform = adapter.platform })
    end
    return by_name[name]
  end

  local host = { log = bot.log, now = bot.now }

  -- An event of a community whose file cannot be opened is lost, and told of once a minute.
  local refused_until = {}

  function host.emit(event)
    if bot.stopping or (refused_until[event.community] or 0) > loop.clock() then
      return
    end
    local found, each = pcall(community_of, event.community)
    if found then
      each.community.queue:put(event)
    elseif event.community then
      refused_until[event.community] = loop.clock() + REFUSED_S
      bot.log.error("events of a community are lost", { community = event.community, why = tostring(each) })
    else
      error(each, 0)
    end
  end

  function host.ready(channel, may_act)
    if may_act == false then
      bot.log.warn("no operator there: nobody can be muted, kicked or banned", { platform = adapter.platform, channel = channel })
    else
      bot.log.info("ready", { platform = adapter.platform, channel = channel })
    end
    for _, each in pairs(by_name) do
      each.sender.outbox.ready(bot.now())
      each.sender.wake()
    end
  end

  function host.lost(why)
    bot.log.warn("lost", { platform = adapter.platform, why = why })
  end

  adapter = require("decorum.chat." .. chat.adapter).connect(chat, host)
  if not bot.settings.database:find("{community}", 1, true) then
    community_of(nil)
  end
  return adapter
end

-- Ends what can end: what is in the queues is written, calls in flight are waited for; if the chats ended by themselves, all that
-- is due is called. Then the chats are left.
local function finish(bot, adapters, tasks, by_signal)
  for _, community in pairs(bot.communities) do
    community.queue:close()
  end
  local until_at = loop.clock() + FINISH_S
  for _, community in pairs(bot.communities) do
    community.pump:wait(math.max(until_at - loop.clock(), 0.01))
  end
  local function is_busy()
    for _, community in pairs(bot.communities) do
      for _, sender in ipairs(community.senders) do
        if sender.outbox.in_flight() > 0 or (not by_signal and sender.outbox.has_due(bot.now())) then
          return true
        end
      end
    end
    return false
  end
  local function wait_for_calls()
    while is_busy() and loop.clock() < until_at do
      loop.sleep(0.02)
    end
  end
  bot.is_ending = by_signal -- nothing more is begun
  wait_for_calls()
  bot.is_ending, until_at = true, loop.clock() + FAREWELL_S
  for i, adapter in ipairs(adapters) do
    adapter.stop "the bot ends"
    tasks[i]:wait(math.max(until_at - loop.clock(), 0.01))
  end
  wait_for_calls() -- which the end of their chat has put off
end

---@param options table of the command line: config, check, quiet
---@return integer status of --check: 1 if something is wrong
function run.run(options)
  local settings = config.read(options.config)
  if options.check then
    return run_check(settings, path_of(settings.database, "any") == settings.database)
  end
  local now, heard = clock_of(settings)
  local bot = {
    settings = settings,
    log = logs.new { level = options.quiet and "error" or settings.log.level, json = settings.log.json },
    now = now,
    heard = heard,
    communities = {},
    stopping = false,
    adapters = {},
  }
  function bot.rank_of(platform, id)
    for _, adapter in ipairs(bot.adapters) do
      local rank = adapter.platform == platform and adapter.rank_of and adapter.rank_of(id)
      if rank then
        return rank
      end
    end
  end
  local status = 0
  loop.run(function()
    local adapters, tasks = bot.adapters, {}
    for i, chat in ipairs(settings.chat) do
      adapters[i] = failure.guard(("run: %s: chat[%d]"):format(options.config, i), add_chat, bot, chat)
    end
    local function stop(why, by_signal)
      if bot.stopping then
        bot.log.warn "ends at once"
        loop.stop()
        return
      end
      bot.stopping = true
      bot.log.info("ends: " .. why)
      finish(bot, adapters, tasks, by_signal)
      loop.stop()
    end
    for _, name in ipairs { "TERM", "INT" } do
      loop.on_signal(name, function()
        stop("SIG" .. name, true)
      end)
    end
    for i, adapter in ipairs(adapters) do
      tasks[i] = loop.spawn(adapter.platform, adapter.run)
    end
    for _, task in ipairs(tasks) do
      local done, why = task:wait()
      if not done then
        error(why, 0)
      end
    end
    if not bot.stopping then
      stop "all chats have ended"
    end
  end)
  for _, name in ipairs { "TERM", "INT" } do
    signal.catch(name) -- it ends already, and says how by its status
  end
  for _, community in pairs(bot.communities) do
    community.live.close()
  end
  bot.log.info "ended"
  return status
end

return run

--- IRC, live: an adapter (see the README beside it) that joins channels, tells what happens there and does what it is asked.
--
--   local adapter = require("decorum.chat.irc").connect({ host = "irc.example.org", nick = "decorum", channels = { "#lobby" } }, host)
--   loop.spawn("irc", adapter.run)
--   adapter.call { name = "mute", ids = { "ann" }, shown = "ann", channel = "#lobby" }
--     true, "no quiet list here: banned from speaking (+b)", { "#lobby +b *!*@host.example" }
--
-- Everything that IRC is stands in irc/ and does no I/O; here are the options, and how long to wait
-- before another connection.

local action = require "decorum.chat.irc.action"
local connection = require "decorum.chat.irc.connection"
local message = require "decorum.chat.irc.message"
local session = require "decorum.chat.irc.session"
local system = require "host.system"

local irc = {}

local BACKOFF_LEAST, BACKOFF_MOST = 2, 300 -- seconds before another connection
local EFFECTS_MOST = 1000 -- that wait for the runner before the server is read no more
local STABLE = 60 -- seconds of a connection after which the next wait is short again

---What `chat = { { "irc", ... } }` may have.
irc.options = {
  host = { type = "string", required = true, doc = "the server's name or address" },
  port = { type = "integer", doc = "6697 with TLS, 6667 without" },
  tls = { type = "boolean", default = true, doc = "encrypt the connection" },
  ca_file = { type = "string", doc = "file with the authorities to trust instead of the system's: a private one" },
  verify = { type = "boolean", default = true, doc = "false trusts whoever answers; for tests" },
  certificate = { type = "string", doc = "file with a client certificate, for SASL EXTERNAL" },
  key = { type = "string", doc = "file with its key" },
  proxy = { type = "string", doc = "as curl takes it: socks5h://127.0.0.1:9050" },
  nick = { type = "string", required = true, doc = "how the bot is called; another is taken while this one is in use" },
  user = { type = "string", default = "decorum", doc = "what stands before the @" },
  real_name = { type = "string", default = "Decorum, a moderator", doc = "shown by WHOIS" },
  password = { type = "string", doc = "the server's, where it has one" },
  sasl = {
    type = "table",
    also = "string", -- "account:password", as one variable of the environment has it
    doc = 'log in before anything else; required if given: without it the bot does not stay. "account:password" is short for both',
    fields = {
      account = { type = "string", doc = "the account's name" },
      password = { type = "string", doc = "its password, for PLAIN" },
      mechanism = { type = "string", default = "PLAIN", doc = "PLAIN or EXTERNAL" },
    },
  },
  channels = { type = "list", required = true, doc = 'channels to moderate: "#lobby", or "#lobby key"' },
  moderators = { type = "string", doc = "a channel of the moderators; joined as well, not moderated" },
  messages = { type = "string", default = "notice", doc = 'how members are written to alone: "notice" or "privmsg"' },
  pace = {
    type = "number",
    default = 1,
    doc = "how many times as fast as others the server lets the bot write: 10 where it is exempt from flood control",
  },
  community = { type = "string", doc = "which file it belongs to" },
  platform = { type = "string", default = "irc", doc = "another name, for a second network in one file" },
}

-- What a value of each type is in Lua, and in words.
local types = {
  string = { "string", "text" },
  boolean = { "boolean", "true or false" },
  integer = { "number", "a whole number" },
  number = { "number", "a number" },
  table = { "table", "a table" },
  list = { "table", "a list" },
}

local function is_of_type(value, option)
  return type(value) == types[option.type][1] or type(value) == option.also
end

local function complete_sasl(sasl)
  if type(sasl) == "string" then
    local account, password = sasl:match "^([^:]+):(.+)$"
    sasl = { account = account, password = password }
  end
  local mechanism = (sasl.mechanism or "PLAIN"):upper()
  if mechanism ~= "EXTERNAL" and (mechanism ~= "PLAIN" or not sasl.account or not sasl.password) then
    error('irc: sasl must have an account and a password, or be "account:password", or have the mechanism EXTERNAL', 0)
  end
  return sasl
end

-- The options with their defaults. What is wrong is an error: the configuration's check has said it before.
local function complete(options)
  local made = {}
  for name, option in pairs(irc.options) do
    local value = options[name]
    if value == nil then
      value = option.default
    end
    if value == nil and option.required or (value ~= nil and not is_of_type(value, option)) then
      error(("irc: %s must be %s, not %s"):format(name, types[option.type][2], type(value)), 0)
    end
    made[name] = value
  end
  if not (made.pace >= 0.1 and made.pace <= 1000) then
    error("irc: pace must be between 0.1 and 1000, not " .. made.pace, 0)
  end
  if made.messages ~= "notice" and made.messages ~= "privmsg" then
    error(('irc: messages must be "notice" or "privmsg", not %s'):format(made.messages), 0)
  end
  made.sasl = made.sasl and complete_sasl(made.sasl)
  made.port = made.port or (made.tls and 6697 or 6667)
  for _, name in ipairs { "nick", "user" } do
    if not message.format("NICK", made[name], "") then
      error(("irc: %s must be one word"):format(name), 0)
    end
  end
  for _, name in ipairs(table.move({ made.moderators }, 1, 1, #made.channels + 1, table.move(made.channels, 1, #made.channels, 1, {}))) do
    if type(name) ~= "string" or not name:find "^[#&+!][^%c%s,]*$" and not name:find "^[#&+!][^%c%s,]* [^%c%s,]+$" then
      error(('irc: a channel must be "#name" or "#name key", not %s'):format(tostring(name)), 0)
    end
  end
  return made
end

-- Counts for all sessions: what is numbered is never numbered alike.
local function counter()
  local count = 0
  return function()
    count = count + 1
    return count
  end
end

-- Seconds before the next try: doubled each time, and some of it by lot, so that not all bots come back at once.
local function backoff(options, failures, is_final)
  local most = is_final and BACKOFF_MOST or math.min(BACKOFF_LEAST * 2 ^ math.min(failures - 1, 20), BACKOFF_MOST)
  local lot = tonumber(system.hash(options.host, options.nick, failures):sub(1, 8), 16) / 0xFFFFFFFF
  return most * (0.75 + lot / 4)
end

---@param options table see irc.options
---@param host table emit, log, now, ready, lost; refused(channel, why) if it is there
---@param parts { net: table, loop: table }? what to connect with; the program's own if left out
---@return table adapter
function irc.connect(options, host, parts)
  options = complete(options)
  local net, loop = parts and parts.net or require "host.net", parts and parts.loop or require "host.loop"
  local adapter = { platform = options.platform, can = action.can, channels = {} }
  for i, said in ipairs(options.channels) do
    adapter.channels[i] = said:match "^%S+"
  end
  adapter.moderators = options.moderators and options.moderators:match "^%S+"
  adapter.channels[#adapter.channels + 1] = adapter.moderators
  local number = counter()
  local bot, live -- the session and the connection, while there is one
  local pause -- the ticket of the wait between two connections
  local is_stopping = false
  -- What happened, on its way to the runner. That may keep it waiting a while before the server has to wait.
  local effects = loop.queue(EFFECTS_MOST)

  local hand_over = {
    event = host.emit,
    ready = host.ready,
    lost = host.lost,
    refused = host.refused or function() end,
  }

  local function deliver()
    for effect in function() return effects:take() end do
      hand_over[effect[1]](effect[2], effect[3])
    end
  end

  -- One connection, from its beginning to its end. Returns why it ended, as session.failure, and how many seconds it was
  -- of use.
  local function live_once()
    local socket <close>, why = net.connect {
      host = options.host,
      port = options.port,
      tls = options.tls,
      ca_file = options.ca_file,
      verify = options.verify,
      certificate = options.certificate,
      key = options.key,
      proxy = options.proxy,
    }
    if not socket or is_stopping then
      return { why = "cannot connect: " .. tostring(why) }, 0
    end
    local began = loop.clock()
    bot = session.new(options, { clock = loop.clock, now = host.now, log = host.log, number = number })
    live = connection.new(bot, socket, { loop = loop, deliver = function(effect)
      effects:put(effect)
    end })
    bot:start()
    live.run()
    local ended, was_let_in = bot, bot.state == "ready"
    bot, live = nil, nil
    ended:close(ended.failure.why)
    return ended.failure, was_let_in and loop.clock() - began or 0
  end

  -- Connects, and again, with pauses in between.
  local function stay()
    local failures = 0
    while not is_stopping do
      local failure, seconds = live_once()
      if is_stopping then
        return
      end
      failures = seconds >= STABLE and 1 or failures + 1
      local wait = backoff(options, failures, failure.is_final)
      host.log[failure.is_final and "error" or "warn"]("disconnected; trying again later",
        { host = options.host, why = failure.why, again_in_s = math.floor(wait + 0.5) })
      effects:put { "lost", failure.why }
      pause = loop.ticket()
      loop.wait(pause, wait)
    end
  end

  ---The task: until it is stopped.
  function adapter.run()
    if not options.tls and (options.password or options.sasl) then
      host.log.warn("the password goes over a connection that anybody on the way can read", { host = options.host })
    end
    local deliverer = loop.spawn("irc events", deliver)
    local guard <close> = setmetatable({}, { __close = function() -- luacheck: ignore guard (closed, not read)
      effects:close()
    end })
    stay()
    effects:close()
    deliverer:wait()
  end

  ---The rank that somebody has now: the highest in any of the channels.
  ---@param id string
  ---@return integer
  function adapter.rank_of(id)
    local rank = 0
    for _, person in ipairs(bot and bot.people:known_as({ id }, bot.nick) or {}) do
      rank = math.max(rank, bot.people:rank(person, nil, bot.moderated))
    end
    return rank
  end

  ---Leaves, with a word.
  ---@param why string?
  function adapter.stop(why)
    is_stopping = true
    if bot then
      bot:quit(why)
      live.wake()
    elseif pause then
      loop.wake(pause)
    end
  end

  ---@param call table
  ---@return boolean? ok
  ---@return string? how it was done; or "later" or "never"
  ---@return any marks, or why not
  function adapter.call(call)
    if not bot then
      return nil, "later", "not connected"
    end
    local ticket = loop.ticket()
    bot:call(call, function(...)
      loop.wake(ticket, ...)
    end)
    live.wake()
    return loop.wait(ticket)
  end

  return adapter
end

return irc

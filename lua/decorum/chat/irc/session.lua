--- One connection to a server: registration, nick, channels, and what the server says. No I/O: lines go in, lines,
-- effects and times come out, so that all of it is tested without a server and without waiting.
--
--   local session = session.new(options, { clock = f, now = f, log = log, number = f })
--   session:start()
--   session:receive(":irc.example 001 decorum :Welcome")
--   session:tick()                      what is due by the clock
--   session:take()                      "CAP LS 302", or nil and in how many seconds there may be more
--   session:sent()                      the line that was taken is out
--   session.effects                     { { "event", event }, { "ready", "#lobby", true } }: the caller takes them out
--   session.failure                     { why = "...", is_final = true }: the caller closes and, later, begins again
--   session:call(call, done)            see action.lua
--   session:close(why)                  whatever waits is told

local action = require "decorum.chat.irc.action"
local capability = require "decorum.chat.irc.capability"
local event = require "decorum.chat.irc.event"
local flow = require "decorum.chat.irc.flow"
local isupport = require "decorum.chat.irc.isupport"
local message = require "decorum.chat.irc.message"
local presence = require "decorum.chat.irc.presence"
local roster = require "decorum.chat.irc.roster"
local sasl = require "decorum.chat.irc.sasl"
local speak = require "decorum.chat.irc.speak"
local speech = require "decorum.chat.irc.speech"
local text = require "decorum.chat.irc.text"

local session = {}
session.__index = session

local LINE_MOST = 8191 -- bytes of a line that are read, without tags: what is said in a line too long is said all the same
local REGISTRATION = 60 -- seconds
local GREETING = 10 -- seconds between the welcome and the end of the message of the day
local REGAIN = 60 -- seconds between two tries for the nick that the bot should have
local REJOIN_LEAST, REJOIN_MOST = 15, 900 -- seconds before a channel is tried again, doubled each time
local JOIN_WAIT = 120 -- seconds for an answer, of which the line may wait some in the queue
local STAYED = 600 -- seconds in a channel after which its tries count anew

---@param options table as irc.lua checks it
---@param parts { clock: fun(): number, now: fun(): number, log: table, number: fun(): integer }
---@return table
function session.new(options, parts)
  local made = setmetatable({
    options = options,
    clock = parts.clock,
    now = parts.now,
    log = parts.log,
    number = parts.number,
    effects = {},
    timers = {},
    flow = flow.new(options.pace),
    batches = {},
    batch_count = 0,
    tries = 0,
    nick = options.nick,
    wanted = {},
    moderated = {},
    jobs = {},
    echoes = {},
  }, session)
  made.server = isupport.new(function(what, fields)
    made.log.warn(what, fields)
  end)
  made.people = roster.new(made.server)
  made.login = options.sasl and sasl.new(options.sasl)
  made.caps = capability.new(not options.sasl)
  return made
end

---@param ... any what the runner is to know of
function session:tell(...)
  self.effects[#self.effects + 1] = { "event", ... }
end

---The connection is over. Final: it would be refused again, and is tried again only after a long while.
---@param why string
---@param is_final boolean?
function session:fail(why, is_final)
  self.failure = self.failure or { why = text.utf8(why), is_final = is_final or false }
end

---@param seconds number
---@param f fun()
function session:after(seconds, f)
  self.timers[#self.timers + 1] = { at = self.clock() + seconds, f = f }
end

---@param nick string
---@return boolean
function session:is_me(nick)
  return self.server.fold(nick) == self.server.fold(self.nick)
end

---@return Person? the bot, once it is in a channel
function session:me()
  return self.people:find(self.nick)
end

---@param room Room
---@return integer
function session:rank_in(room)
  local me = self:me()
  return me and self.people:rank(me, room.name) or 0
end

---The bot is there, and knows who else is; whether it may act goes with it, but for the channel of the moderators.
---@param room Room
function session:may_act(room)
  room.is_known = true
  local is_moderated = false
  for _, folded in ipairs(self.moderated) do
    is_moderated = is_moderated or self.people.rooms[folded] == room
  end
  local may_act -- nil: it need not
  if is_moderated then
    may_act = self:rank_in(room) >= 1
  end
  self.effects[#self.effects + 1] = { "ready", room.name, may_act }
end

-- Channels ------------------------------------------------------------------

local join_later

local function join(bot, wanted)
  wanted.state, wanted.asked = "asked", (wanted.asked or 0) + 1
  local asked = wanted.asked
  bot.flow:put("query", message.format("JOIN", wanted.name, wanted.key))
  bot:after(JOIN_WAIT, function()
    if wanted.state == "asked" and wanted.asked == asked then
      join_later(bot, wanted)
    end
  end)
end

-- Tries again later, each time after twice as long.
function join_later(bot, wanted)
  wanted.state = "out"
  local wait = math.min(REJOIN_LEAST * 2 ^ wanted.tries, REJOIN_MOST)
  wanted.tries = wanted.tries + 1
  bot:after(wait, function()
    if wanted.state == "out" then
      join(bot, wanted)
    end
  end)
end

-- The channels that the bot was told to join, "#name" or "#name key", by their folded names.
local function list_channels(bot)
  local function add(said)
    local name, key = said:match "^(%S+)%s*(%S*)$"
    local folded = bot.server.fold(name)
    if not bot.wanted[folded] then
      bot.wanted[folded] = { name = name, key = key ~= "" and key or nil, state = "out", tries = 0 }
      bot.wanted[#bot.wanted + 1] = bot.wanted[folded]
    end
    return folded
  end
  for _, said in ipairs(bot.options.channels) do
    bot.moderated[#bot.moderated + 1] = add(said)
  end
  if bot.options.moderators then
    add(bot.options.moderators)
  end
end

---The server says that the bot is in a channel now.
---@param name string
function session:came_in(name)
  local wanted = self.wanted[self.server.fold(name)]
  if not wanted then
    self.flow:put("query", message.format("PART", name)) -- sent on to another channel than the one asked for
    return
  end
  wanted.state, wanted.is_told = "in", nil
  local room = self.people:open(name, wanted.name)
  self:after(STAYED, function()
    if self.people:room(name) == room then
      wanted.tries = 0
    end
  end)
  self.log.info("joined", { channel = wanted.name })
  self.flow:put("query", message.format("MODE", name))
end

---The bot is out of a channel: it left, was sent out, or another did it for it.
---@param name string
---@param line IrcMessage
function session:went_out(name, line)
  local wanted = self.wanted[self.server.fold(name)]
  self.people:close(name)
  if wanted then
    self.log.warn("out of a channel; coming back later",
      { channel = wanted.name, by = text.utf8(line.nick or ""), how = line.command, reason = line.params[3] and text.utf8(line.params[3]) })
    join_later(self, wanted)
  end
end

-- Nick ----------------------------------------------------------------------

-- What to be called if the nick is not to be had, short enough for any server from the fourth on.
local function alternative(nick, try)
  if try <= 2 then
    return nick .. ("_"):rep(try)
  end
  return nick:sub(1, 7) .. (try == 3 and "_" or tostring(try - 3))
end

---@param nick string the bot has it now
function session:nick_is(nick)
  self.nick = nick
  self.log.info("nick", { nick = nick })
end

local function regain(bot)
  if bot.state == "ready" and bot.server.fold(bot.nick) ~= bot.server.fold(bot.options.nick) then
    bot.flow:put("query", message.format("NICK", bot.options.nick))
  end
end

---@param nick string somebody does not have it any more
function session:nick_freed(nick)
  if self.server.fold(nick) == self.server.fold(self.options.nick) then
    regain(self)
  end
end

local function regain_sometimes(bot)
  regain(bot)
  bot:after(REGAIN, function()
    regain_sometimes(bot)
  end)
end

-- What the server says to the bot -----------------------------------------------

local handlers = {}

local function put_all(bot, lines)
  for _, line in ipairs(lines) do
    bot.flow:put("urgent", line)
  end
end

local function end_negotiation(bot)
  if not bot.state then
    bot.flow:put("urgent", "CAP END")
  end
end

function handlers.PING(bot, line)
  bot.flow:put("urgent", message.format("PONG", table.unpack(line.params, 1, 2)))
end

function handlers.CAP(bot, line)
  local lines, outcome = bot.caps:see(line.params)
  put_all(bot, lines)
  if outcome ~= "settled" or bot.state then
    return
  elseif not bot.login then
    end_negotiation(bot)
  elseif not bot.caps:has "sasl" then
    bot:fail("SASL is asked for, and the server has none", true)
  elseif not bot.login:is_offered(bot.caps:value "sasl" or "") then
    bot:fail(("the server does not have SASL's %s"):format(bot.login.mechanism), true)
  else
    bot.flow:put("urgent", bot.login:start())
  end
end

local function log_in(bot, line)
  if not bot.login or bot.is_logged_in then
    return
  end
  local lines, outcome, why = bot.login:see(line.command, line.params)
  put_all(bot, lines)
  if outcome == "done" then
    bot.is_logged_in = true
    end_negotiation(bot)
  elseif outcome == "failed" then
    bot:fail("SASL: " .. why, true)
  end
end

for _, command in ipairs { "AUTHENTICATE", "902", "903", "904", "905", "906", "907" } do
  handlers[command] = log_in
end

-- Let in.
handlers["001"] = function(bot, line)
  if bot.state then
    return
  elseif bot.login and not bot.is_logged_in then
    return bot:fail("let in without SASL, which is asked for", true)
  end
  bot.state, bot.nick = "welcome", line.params[1] or bot.nick
  local wrong = event.clock_error(line, bot.now())
  if wrong then
    bot.is_clock_wrong = true
    bot.log.warn("the server's clock is wrong; its times are not used", { ahead_s = wrong })
  end
  bot:after(GREETING, function()
    handlers["376"](bot)
  end)
end

handlers["005"] = function(bot, line)
  bot.server:see(line.params)
end

-- The end of the message of the day: everything is known that is told unasked.
handlers["376"] = function(bot)
  if bot.state ~= "welcome" then
    return
  end
  bot.state = "ready"
  bot.server:settle()
  bot.log.info("connected", { host = bot.options.host, nick = bot.nick, network = bot.server.tokens.NETWORK })
  list_channels(bot)
  for _, wanted in ipairs(bot.wanted) do
    join(bot, wanted)
  end
  regain_sometimes(bot)
end
handlers["422"] = handlers["376"]

-- The nick is not to be had: another, while there is no welcome yet.
local function nick_refused(bot, line)
  if bot.state then
    return
  end
  bot.tries = bot.tries + 1
  if bot.tries > 12 then
    return bot:fail("no nick is free: " .. (line.params[#line.params] or ""))
  end
  bot.nick = alternative(bot.options.nick, bot.tries)
  bot.flow:put("urgent", message.format("NICK", bot.nick))
end

for _, number in ipairs { "431", "432", "433", "436" } do
  handlers[number] = nick_refused
end

local function join_refused(bot, line)
  local wanted = bot.wanted[bot.server.fold(line.params[2] or "")]
  if wanted and wanted.state == "asked" then
    if not wanted.is_told then
      local why = text.utf8(line.params[#line.params])
      wanted.is_told = true
      bot.log.warn("cannot join; trying again later", { channel = wanted.name, numeric = line.command, why = why })
      bot.effects[#bot.effects + 1] = { "refused", wanted.name, why }
    end
    join_later(bot, wanted)
  end
end

for _, number in ipairs { "403", "405", "470", "471", "473", "474", "475", "476", "477", "479", "489", "520" } do
  handlers[number] = join_refused
end

-- Too soon again: a nick, or a channel.
handlers["437"] = function(bot, line)
  local refused = bot.server:is_channel(line.params[2] or "") and join_refused or nick_refused
  refused(bot, line)
end

function handlers.INVITE(bot, line)
  local wanted = bot.wanted[bot.server.fold(line.params[2] or "")]
  if wanted and wanted.state ~= "in" and bot:is_me(line.params[1]) then
    join(bot, wanted)
  end
end

local function banned(bot, line)
  bot:fail("banned from the server: " .. (line.params[#line.params] or ""), true)
end
handlers["465"], handlers["466"] = banned, banned

handlers["464"] = function(bot, line)
  bot:fail("the server's password: " .. (line.params[#line.params] or ""), true)
end

-- A server without capabilities may say so.
handlers["421"] = function(bot, line)
  if line.params[2] == "CAP" and bot.login then
    bot:fail("SASL is asked for, and the server has none", true)
  end
end

function handlers.ERROR(bot, line)
  bot:fail("the server: " .. (line.params[1] or "no reason given"))
end

for command, handle in pairs(presence.handlers) do
  handlers[command] = handle
end
for command, handle in pairs(speech.handlers) do
  handlers[command] = handle
end

-- In and out ----------------------------------------------------------------

---Begins: what is said first.
function session:start()
  local options = self.options
  put_all(self, self.caps.start())
  if options.password then
    self.flow:put("urgent", message.format("PASS", options.password))
  end
  self.flow:put("urgent", message.format("NICK", self.nick))
  self.flow:put("urgent", message.format("USER", options.user, "0", "*", options.real_name))
  self:after(REGISTRATION, function()
    if not self.state then
      self:fail(("not let in within %d seconds"):format(REGISTRATION))
    end
  end)
end

---@param bytes string a line
function session:receive(bytes)
  local line, why = message.parse(bytes, LINE_MOST)
  if not line then
    if bytes:find "[^\r\n]" then
      self.log.debug("not a line of IRC", { why = why, bytes = #bytes })
    end
    return
  end
  local is_history = line.tags and self.batches[line.tags.batch] == "history"
  if not is_history then
    action.see(self, line)
  elseif not speech.handlers[line.command] then
    return -- who came and went before
  end
  local handle = handlers[line.command]
  if handle then
    handle(self, line)
  end
end

---Our own words came back.
---@param target string
function session:echoed(target)
  speak.echoed(self, target)
end

---What is due by the clock is done.
function session:tick()
  local clock = self.clock()
  local due, later = {}, {}
  for _, timer in ipairs(self.timers) do
    local list = timer.at <= clock and due or later
    list[#list + 1] = timer
  end
  self.timers = later
  for _, timer in ipairs(due) do
    if not timer.is_off then
      timer.f()
    end
  end
end

---The next line to send, if one may go now; else nil and in how many seconds to look again (nil: when something comes).
---@return string?, number?
function session:take()
  local item, wait = self.flow:take(self.clock())
  if item then
    self.taken = item
    if item.on_taken then
      item.on_taken()
    end
    return item.line
  end
  for _, timer in ipairs(self.timers) do
    local left = math.max(timer.at - self.clock(), 0)
    wait = math.min(wait or left, left)
  end
  return nil, wait
end

---The line that was taken is out.
function session:sent()
  local item = self.taken
  self.taken = nil
  if item and item.on_sent then
    item.on_sent()
  end
end

---Nothing was heard for a while: is there somebody?
function session:ask()
  self.flow:put("urgent", message.format("PING", "decorum"))
end

---@param call table
---@param done fun(ok: any, how: any, more: any)
function session:call(call, done)
  action.call(self, call, done)
end

---Leaves politely: the line is the next one out.
---@param why string?
function session:quit(why)
  self.is_leaving = true
  self.flow:put("urgent", message.format("QUIT", why or ""))
end

---Whatever waits is told that the connection is gone.
---@param why string
function session:close(why)
  self.state = "closed"
  action.give_up(self, why)
end

return session

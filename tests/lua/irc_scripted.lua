-- A session of the IRC adapter with a server that is a script, and a clock that stands still until it is told.
--
--   local bot = scripted.new { channels = { "#lobby" } }
--   bot:welcome("solanum")                   let in, in its channels, an operator
--   bot:feed(":ann!a@x PRIVMSG #lobby :hi")  lines of the server
--   bot:sent()                               what the bot wrote since, at once or as soon as its flood control lets it
--   bot:event()                              the oldest event; bot:ready(): the oldest channel in which it may act
--   bot:call { name = "mute", ... }          { returned... } once done
--   bot:pass(30)                             seconds go by

local session = require "decorum.chat.irc.session"

local scripted = {}
scripted.__index = scripted

scripted.kinds = {
  solanum = {
    "CHANTYPES=# CHANMODES=eIbq,k,flj,CFLMPQScgimnprstuz PREFIX=(ov)@+ MODES=4 CASEMAPPING=rfc1459 NICKLEN=16 EXTBAN=$,ajrxz",
    "STATUSMSG=@+ WHOX NETWORK=Test",
  },
  inspircd = {
    "CHANTYPES=# CHANMODES=IXbegw,k,FHJLdfjl,ACKMNOPQRSTUcimnprstuz PREFIX=(qaohv)~&@%+ MODES=20 CASEMAPPING=ascii EXTBAN=,RUm",
    "STATUSMSG=~&@%+ WHOX LINELEN=512",
  },
  unreal = {
    "CHANTYPES=# CHANMODES=beI,fkL,lFH,cdimnprstzCDGKMNOPQRSTVZ PREFIX=(qaohv)~&@%+ MODES=12 CASEMAPPING=ascii",
    "EXTBAN=~,acfjmnpqrtACGOST STATUSMSG=~&@%+ WHOX",
  },
  ngircd = { "CASEMAPPING=ascii PREFIX=(qaohv)~&@%+ CHANTYPES=#&+ CHANMODES=beI,k,l,imMnOPQRstVz MODES=5 NICKLEN=20" },
}

function scripted.new(options)
  local made = setmetatable({ time = 1000, unix = 1800000000, lines = {}, told = {}, count = 0 }, scripted)
  local complete = {
    host = "irc.test", nick = "decorum", user = "bot", real_name = "Decorum", channels = { "#lobby" }, platform = "irc",
    messages = "notice",
  }
  for name, value in pairs(options or {}) do
    complete[name] = value
  end
  local function log(level)
    return function(what, fields)
      local words = {}
      for name, value in pairs(fields or {}) do
        words[#words + 1] = ("%s=%s"):format(name, tostring(value))
      end
      table.sort(words)
      made.told[#made.told + 1] = ("%s: %s %s"):format(level, what, table.concat(words, " "))
    end
  end
  made.session = session.new(complete, {
    clock = function() return made.time end,
    now = function() return made.unix end,
    log = { error = log "error", warn = log "warn", info = log "info", debug = log "debug" },
    number = function()
      made.count = made.count + 1
      return made.count
    end,
  })
  made.session:start()
  return made
end

function scripted:pass(seconds)
  local until_time = self.time + seconds
  repeat
    local line, wait = self.session:take()
    if line then
      self.lines[#self.lines + 1] = line
      self.session:sent()
    else
      self.time = math.min(self.time + (wait or seconds), until_time)
      self.session:tick()
    end
  until not line and self.time >= until_time
end

-- What the bot wrote, those lines that wait for their turn too.
function scripted:sent()
  local waited = 0
  while true do
    local line, wait = self.session:take()
    if line then
      self.lines[#self.lines + 1] = line
      self.session:sent()
    elseif wait and wait > 0 and waited + wait < 0.9 then -- no timer of a second or more is due by this
      self.time, waited = self.time + wait, waited + wait
    else
      local lines = self.lines
      self.lines = {}
      return lines
    end
  end
end

function scripted:feed(...)
  for _, lines in ipairs { ... } do
    for line in lines:gmatch "[^\n]+" do
      self.session:receive(line)
    end
  end
end

local function take_effect(bot, kind)
  for i, effect in ipairs(bot.session.effects) do
    if effect[1] == kind then
      table.remove(bot.session.effects, i)
      return effect[2]
    end
  end
end

function scripted:event()
  return take_effect(self, "event")
end

function scripted:ready()
  return take_effect(self, "ready")
end

-- What a call came to, or is still waiting for: { n = 0 }.
function scripted:call(call)
  local result = { n = 0 }
  self.session:call(call, function(...)
    for i, value in ipairs(table.pack(...)) do
      result[i] = value
    end
    result.n = select("#", ...)
    result[1], result[2], result[3] = ...
  end)
  return result
end

-- Lets the bot in, with these capabilities, and into its channels with these people (nicks behind their prefixes).
function scripted:welcome(kind, capabilities, names)
  self:sent()
  self:feed("CAP * LS :" .. (capabilities or ""))
  for _, line in ipairs(self:sent()) do
    local asked = line:match "^CAP REQ :(.*)$"
    if asked then
      self:feed("CAP * ACK :" .. asked)
    end
  end
  self:feed(":irc.test 001 decorum :Welcome decorum!bot@bot.example")
  for _, tokens in ipairs(scripted.kinds[kind or "solanum"]) do
    self:feed((":irc.test 005 decorum %s :are supported by this server"):format(tokens))
  end
  self:feed ":irc.test 376 decorum :End"
  self:pass(60)
  for _, wanted in ipairs(self.session.wanted) do
    self:feed((":decorum!bot@bot.example JOIN %s"):format(wanted.name),
      (":irc.test 353 decorum = %s :@decorum %s"):format(wanted.name, names or ""),
      (":irc.test 366 decorum %s :End"):format(wanted.name))
    self:feed((":irc.test 315 decorum %s :End"):format(wanted.name))
  end
  self:pass(60)
  self.lines, self.session.effects = {}, {}
end

return scripted

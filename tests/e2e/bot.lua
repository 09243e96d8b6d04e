--- A bot under test: decorum run as a process of its own, on a server that irc_test (irc_server.sh) has started, and the people
--- who talk to it. For programs in build/tests/lua; used by tasks of host.loop.
--
--   local bot = require "bot"
--   bot.test(function()
--     bot.init "--set mode=enforce"
--     local mod = bot.person "mod"                the first in a channel is its operator
--     bot.run()                                   until it is ready in its channels, an operator in #lobby
--     bot.ok(mod:says("!case 1"), "...")
--     bot.stop "TERM"                             the exit status
--   end)
--
-- The current folder is the test's own. The log is in bot.log, the exit status of an ended bot in bot.status.

local client = require "irc_client"
local loop = require "host.loop"
local sqlite = require "host.sqlite"

local bot = { server = arg[2], port = tonumber(arg[3]), tls_port = tonumber(arg[4]) }

local TEST_S = 110 -- a test that takes longer has failed
local program = arg[0] and (os.getenv "DECORUM_BUILD" or arg[1]:match "^(.*)/tests/e2e/" .. "/build") .. "/decorum"
local number = 0

---A line of TAP.
function bot.ok(is_so, what, more)
  number = number + 1
  print(("%s %d - %s: %s"):format(is_so and "ok" or "not ok", number, bot.server, what))
  if not is_so then
    print("# " .. tostring(more):gsub("\n", "\n# "))
  end
  io.stdout:flush()
end

function bot.is(got, expected, what)
  bot.ok(got == expected, what, ("got: %s\nexpected: %s"):format(tostring(got), tostring(expected)))
end

function bot.matches(got, pattern, what)
  bot.ok((got or ""):find(pattern) ~= nil, what, ("got: %s\nexpected: %s"):format(tostring(got), pattern))
end

function bot.skip(what, why)
  number = number + 1
  print(("ok %d - %s: %s # SKIP %s"):format(number, bot.server, what, why))
end

local function read(path)
  local file = io.open(path, "rb")
  local text = file and file:read "a"
  return file and file:close() and text or nil
end

function bot.log()
  return read "bot.log" or ""
end

---The configuration; `of_chat` stands among the chat's keys, `more` beside it.
function bot.configure(of_chat, more)
  local file = assert(io.open("bot.lua", "w"))
  file:write(([[
return {
  database = "chat.db",
  chat = { { "irc", host = "localhost", port = %d, ca_file = "ca.pem", nick = "decorum", channels = { "#lobby" }, moderators = "#mods",
    pace = 100%s } },
  log = { level = "debug" },
  %s
}
]]):format(bot.tls_port, of_chat and ", " .. of_chat or "", more or ""))
  file:close()
end

local function shell(command)
  local done = os.execute(command)
  return done == true
end

---A new community.
function bot.init(options)
  shell "rm -f chat.db* bot.log"
  assert(shell(("%s init -q chat.db %s"):format(program, options or "")))
  bot.configure()
end

---decorum with arguments, until it ends: what it says on both outputs, and the status.
function bot.decorum(arguments)
  local pipe = assert(io.popen(("%s %s 2>&1"):format(program, arguments)))
  local told = pipe:read "a"
  local _, _, status = pipe:close()
  return told, status
end

-- Begins the program; it goes on while the test does.
function bot.start()
  shell("rm -f bot.status bot.pid")
  bot.seen = #bot.log()
  assert(shell(("( %s run bot.lua 2>>bot.log & echo $! >bot.new && mv bot.new bot.pid; "
    .. "wait $!; echo $? >bot.end; rm bot.pid; mv bot.end bot.status ) >/dev/null </dev/null &"):format(program)))
  bot.pid = client.wait_for("the bot's number", function()
    return (read "bot.pid" or ""):match "%d+"
  end)
end

---Until something stands in the log since the bot was started, or since what was waited for last.
function bot.wait_for_log(pattern)
  return client.wait_for(("'%s' in the log:\n%s"):format(pattern, bot.log():sub(bot.seen + 1)), function()
    local _, last, found = bot.log():find(pattern, bot.seen + 1)
    bot.seen = last or bot.seen
    return last and (found or true)
  end)
end

---Waits for a row, or a value of it: nil is waited for, too.
function bot.sql(query, ...)
  local db <close> = sqlite.open("chat.db", "readwrite")
  return db:prepare(query):row(...)
end

function bot.wait_for_sql(query, ...)
  local parameters = table.pack(...)
  return client.wait_for(query, function()
    return bot.sql(query, table.unpack(parameters, 1, parameters.n))
  end)
end

---Starts the bot and waits until it is in its channels. `op` gives it the rank of an operator.
function bot.run(op)
  bot.start()
  bot.wait_for_log "joined channel=#mods"
  if op then
    op:send "MODE #lobby +o decorum"
  end
  bot.wait_for_log "ready channel=#lobby"
end

---Ends the bot by a signal; its status and how long it took.
function bot.stop(signal)
  local began = loop.clock()
  shell(("kill -%s %s"):format(signal or "TERM", bot.pid))
  local status = client.wait_for("the bot's end:\n" .. bot.log():sub(-2000), function()
    return (read "bot.status" or ""):match "%d+"
  end)
  return tonumber(status), loop.clock() - began
end

---The server is killed and started again. Who comes back first is the operator: f() is done before the bot is.
function bot.restart_server(f)
  shell(("kill -STOP %s; touch restart"):format(bot.pid))
  client.wait_for("the server", function()
    return read "restart" == nil
  end)
  f()
  shell("kill -CONT " .. bot.pid)
end

-- People ----------------------------------------------------------------------

---Somebody in channels, by default #lobby.
function bot.person(nick, channels, user)
  local person = client.connect { port = bot.port, nick = nick, user = user }
  for _, channel in ipairs(channels or { "#lobby" }) do
    person:join(channel)
  end
  person.user = user or nick
  return person
end

---Says something to the bot and returns the first line it answers, wherever: in the channel behind the name, or to the asker alone.
---Lines may follow; more of them with hear_more.
function client:asks(text, channel)
  self:settle()
  self:say(channel or "#lobby", text)
  local nick = self.nick:gsub("%p", "%%%0")
  return self:hear_any({ ("^:decorum!%%S+ PRIVMSG %s :%s: (.*)$"):format(channel or "#lobby", nick),
    ("^:decorum!%%S+ NOTICE %s :(.*)$"):format(nick) }, "an answer to " .. text)
end

---The first line that one of the patterns fits: what it captures.
function client:hear_any(patterns, what)
  return client.wait_for(("%s to hear %s (last: %s)"):format(self.nick, what, self.lines[#self.lines]), function()
    while self.heard < #self.lines do
      self.heard = self.heard + 1
      for _, pattern in ipairs(patterns) do
        local found = self.lines[self.heard]:match(pattern)
        if found then
          return found
        end
      end
    end
  end)
end

---What the bot says to a member alone.
function client:told()
  return self:hear(("^:decorum!%%S+ NOTICE %s :(.*)$"):format((self.nick:gsub("%p", "%%%0"))), "a word from the bot")
end

---What the bot says in a channel.
function client:hears(channel, pattern)
  return self:hear(("^:decorum!%%S+ PRIVMSG %s :(%s.*)$"):format(channel, pattern), ("'%s' in %s"):format(pattern, channel))
end

---The masks in the channel's list of bans, sorted, one a line.
function client:bans(channel)
  self:settle()
  self:send(("MODE %s +b"):format(channel or "#lobby"))
  local masks = {}
  for mask in self:settle():gmatch " 367 %S+ %S+ (%S+)" do
    masks[#masks + 1] = mask
  end
  table.sort(masks)
  return table.concat(masks, "\n")
end

---Does the server let somebody's words through to another?
function client:is_heard_by(listener, channel)
  self.count = (self.count or 0) + 1
  local said = ("word %d of %s"):format(self.count, self.nick)
  self:say(channel or "#lobby", said)
  self:settle()
  return listener:settle():find((" PRIVMSG %s :%s"):format(channel or "#lobby", said), 1, true) ~= nil
end

---Until the server does, or does not.
function client:until_heard(listener, is_heard, channel)
  return client.wait_for(("%s to be %s"):format(self.nick, is_heard and "heard" or "silenced"), function()
    loop.sleep(0.1) -- or it would be a flood
    return self:is_heard_by(listener, channel) == is_heard
  end)
end

---Runs a test, and ends what it began.
function bot.test(f)
  loop.run(function()
    local task = loop.spawn("test", function()
      return pcall(f)
    end)
    local ended, done, why = task:wait(TEST_S)
    if not ended or not done then
      why = ended and why or done
      bot.ok(false, "the test goes on to its end", ("%s\n%s"):format(why, bot.log():sub(-6000)))
    end
    loop.stop() -- irc_test kills what was left
  end)
end

return bot

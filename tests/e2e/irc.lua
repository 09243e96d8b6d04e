-- The IRC adapter against a real server: run by irc.sh with the server's name, port, TLS port, and a command that has the
-- server killed and started again. Prints TAP.

local server, port, tls_port, restart = arg[2], tonumber(arg[3]), tonumber(arg[4]), arg[5]
package.path = arg[1]:match "^(.*)/" .. "/?.lua;" .. package.path
local client = require "irc_client"
local irc = require "decorum.chat.irc"
local loop = require "host.loop"

local number = 0
local function ok(is_so, what, more)
  number = number + 1
  print(("%s %d - %s: %s"):format(is_so and "ok" or "not ok", number, server, what))
  if not is_so and more then
    print("# " .. tostring(more):gsub("\n", "\n# "))
  end
end

local events, readies, losses, told = {}, {}, {}, {}

local function log(what, fields)
  local words = { what }
  for name, value in pairs(fields or {}) do
    words[#words + 1] = ("%s=%s"):format(name, tostring(value))
  end
  told[#told + 1] = table.concat(words, " ")
end

local host = {
  emit = function(event)
    events[#events + 1] = event
  end,
  ready = function(channel)
    readies[#readies + 1] = channel
  end,
  lost = function(why)
    losses[#losses + 1] = why
  end,
  now = loop.now,
  log = { error = log, warn = log, info = log, debug = log },
}

-- The first event that has these fields, of those that were not found before.
local function event(fields)
  return client.wait_for("an event of type " .. fields.type, function()
    for i, found in ipairs(events) do
      local is_it = true
      for name, value in pairs(fields) do
        is_it = is_it and found[name] == value
      end
      if is_it then
        return table.remove(events, i)
      end
    end
  end)
end

-- Is a member heard in the channel by somebody else?
local function is_heard(speaker, listener, channel)
  speaker.count = (speaker.count or 0) + 1
  local said = ("word %d"):format(speaker.count)
  speaker:say(channel, said)
  speaker:settle()
  return listener:settle():find(("PRIVMSG %s :%s"):format(channel, said), 1, true) ~= nil
end

local function ready(count)
  client.wait_for("the bot to be ready", function()
    return #readies >= count
  end)
end

local function test()
  local dora = client.connect { port = port, nick = "dora" }
  dora:join "#third" -- as its operator
  local bot = irc.connect({
    host = "localhost", port = tls_port, tls = true, ca_file = "ca.pem", nick = "decorum", channels = { "#lobby", "#dev", "#third" },
    moderators = "#mods", pace = 100,
  }, host)
  local running = loop.spawn("bot", bot.run)
  ready(4)
  ok(true, "connects by TLS and a private authority, and joins")

  local ann = client.connect { port = port, nick = "Ann" }
  ann:join "#lobby"
  local bob = client.connect { port = port, nick = "bob" }
  bob:join "#lobby"
  local join = event { type = "join", member = "ann" }
  ok(join.channel == "#lobby" and join.name == "Ann" and join.id and join.rank == 0 and not join.is_sure, "tells who joins")
  ann:say("#lobby", "hello \2there\15 caf\xE9")
  local said = event { type = "message", member = "ann" }
  ok(said.text == "hello there café" and said.kind == "message" and said.channel == "#lobby" and said.platform == "irc"
    and math.abs(said.at - loop.now()) < 5 and said.origin:find "Ann@127.0.0.1$", "what is said, as it can be read", said.text)
  ann:say("#lobby", "\1ACTION waves\1")
  ok(event({ type = "message", kind = "action" }).text == "waves", "what is done")
  ann:say("decorum", "are you there?")
  said = event { type = "message", direct = true }
  ok(said.text == "are you there?" and said.channel == nil, "what is said to it alone")
  ann:send "NICK Anna"
  local nick = event { type = "nick" }
  ok(nick.member == "ann" and nick.to == "anna" and nick.name == "Anna", "who changes a nick")

  local ok_said = bot.call { name = "say", channel = "#lobby", text = "Good evening" }
  ok(ok_said == true and bob:hear "^:decorum!%S+ PRIVMSG #lobby :(.*)$" == "Good evening", "says something")
  bot.call { name = "warn", ids = { "ann", "anna" }, shown = "Ann", channel = "#lobby", text = ("ä"):rep(300) .. "!" }
  local first, second = bob:hear "^:decorum!%S+ PRIVMSG #lobby :(.*)$", bob:hear "^:decorum!%S+ PRIVMSG #lobby :(.*)$"
  ok(first:find "^Anna: ä" and first .. second == "Anna: " .. ("ä"):rep(300) .. "!" and utf8.len(first) and utf8.len(second),
    "warns in as many lines as it takes, no letter cut")
  ok(bot.call { name = "dm", ids = { "anna" }, shown = "Ann", text = "a word" } == true
    and ann:hear "^:decorum!%S+ NOTICE Anna :(.*)$" == "a word", "writes to somebody alone")
  local done, kind, why = bot.call { name = "dm", ids = { "zoe" }, shown = "zoe", text = "a word" }
  ok(done == nil and kind == "never" and why == "zoe is not there", "and says who is not there", why)

  -- Where it is no operator.
  local done_there, kind_there, why_there = bot.call { name = "kick", ids = { "dora" }, shown = "dora", channel = "#third" }
  ok(done_there == nil and kind_there == "later" and why_there == "not an operator in #third", "without op it says so", why_there)
  dora:send "MODE #third +o decorum"
  ready(5)
  ok(readies[5] == "#third", "and, when it is given, that it may act there")
  ok(bot.call { name = "kick", ids = { "dora" }, shown = "dora", channel = "#third", text = "out" } == true, "and it may")
  dora:close()

  -- Mute: really.
  ann:join "#dev"
  bob:join "#dev"
  ok(is_heard(ann, bob, "#lobby") and is_heard(ann, bob, "#dev"), "a member is heard")
  local mute = { name = "mute", ids = { "ann", "anna" }, shown = "Ann", channel = "#lobby", case_no = 1 }
  local how, marks
  done, how, marks = bot.call(mute)
  ok(done == true and #marks == 2, "mutes", how)
  ok(not is_heard(ann, bob, "#lobby") and not is_heard(ann, bob, "#dev"), "the server refuses the member's words in every channel")
  ok(is_heard(bob, ann, "#lobby"), "but nobody else's")
  ok((server == "ngircd") == (how == "no quiet list here: banned from speaking (+b)"), "how it is done is told", how)
  local again, _, again_marks = bot.call(mute)
  ok(again == true and table.concat(again_marks, " ") == table.concat(marks, " "), "to mute again is nothing new")
  ann:send "NICK ann2"
  ann:settle()
  ok(not is_heard(ann, bob, "#lobby"), "another nick does not help")
  ann:send "NICK Anna"
  ann:settle()
  bob:settle()

  -- The server dies and comes again, and with it nothing of what was set.
  local bans = table.concat(marks, " ")
  os.execute(restart)
  client.wait_for("the loss to be told", function()
    return losses[1]
  end)
  ok(select(2, bot.call(mute)) == "later", "without a server a call is for later")
  ready(9)
  ok(true, "comes back when the server does")
  ann:close()
  bob:close()
  ann = client.connect { port = port, nick = "Ann" }
  bob = client.connect { port = port, nick = "bob" }
  for _, channel in ipairs { "#lobby", "#dev" } do
    ann:join(channel)
    bob:join(channel)
  end
  event { type = "join", member = "ann", channel = "#dev" }
  done, how, marks = bot.call(mute)
  ok(done and table.concat(marks, " ") == bans and not is_heard(ann, bob, "#lobby"), "mutes anew", how)
  bob:settle()
  done, why = bot.call { name = "unmute", ids = { "ann", "anna" }, shown = "Ann", channel = "#lobby", marks = marks, case_no = 1 }
  ok(done == true and is_heard(ann, bob, "#lobby") and is_heard(ann, bob, "#dev"), "unmutes", why)
  ok(bot.call { name = "unmute", ids = { "ann" }, shown = "Ann", channel = "#lobby", marks = marks } == true,
    "to unmute again is nothing new")

  -- Kick, ban.
  ok(bot.call { name = "kick", ids = { "ann" }, shown = "Ann", channel = "#lobby", text = "be\r\nQUIT kind" } == true
    and ann:hear "^:decorum!%S+ KICK #lobby Ann :(.*)$" == "be QUIT kind", "kicks, with a reason of one line")
  ann:join "#lobby"
  done, how, marks = bot.call { name = "ban", ids = { "ann" }, shown = "Ann", channel = "#lobby", text = "enough" }
  ok(done == true and ann:hear "^:decorum!%S+ KICK #lobby Ann :(.*)$" == "enough", "bans and kicks", how)
  ann:send "JOIN #lobby"
  ok(ann:hear " 474 (%S+)" == "Ann", "the server keeps the member out")
  ok(bot.call { name = "unban", ids = { "ann" }, shown = "Ann", channel = "#lobby", marks = marks } == true, "unbans")
  ann:join "#lobby"
  ok(true, "and the member may come again")
  done, kind = bot.call { name = "kick", ids = { "zoe" }, shown = "zoe", channel = "#lobby" }
  ok(done == nil and kind == "never", "who is not there cannot be kicked")
  ok(select(2, bot.call { name = "shout", channel = "#lobby" }) == "never", "what IRC does not have is told")

  local count = #readies
  ann:send "QUIT"
  local left = event { type = "leave", member = "ann", channel = nil }
  ok(left ~= nil, "tells who leaves")

  bob:send "JOIN #other"
  bob:hear " 366 "
  bot.stop "bye"
  ok(bob:hear "^:decorum!%S+ QUIT :(.*)$":find "bye", "leaves with a word")
  running:wait(10)
  ok(running.state == "ended" and count == #readies, "and its task ends")
  bob:close()
  if #events > 20 then
    ok(false, "few events are left over", #events)
  end
end

loop.run(function()
  local task = loop.spawn("test", test)
  local done, why = task:wait(120)
  if not done then
    ok(false, "the test ends", ("%s\n%s"):format(why, table.concat(told, "\n")))
  end
  loop.stop()
end)

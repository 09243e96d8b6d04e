-- How a bot begins and ends: run by bot_start.sh. Prints TAP.
package.path = arg[1]:match "^(.*)/" .. "/?.lua;" .. package.path
local bot = require "bot"
local sqlite = require "host.sqlite"
local is, matches, ok = bot.is, bot.matches, bot.ok

local INSULT = "you are a fucking idiot"

local function check(of_chat, more)
  bot.configure(of_chat, more)
  return bot.decorum "run --check bot.lua"
end

local function test_check()
  local told, status = check()
  is(told, [[
ok: chat.db: a community's file
ok: the clock is not behind what was said last
ok: chat[1] irc: #lobby: is there, and may moderate
ok: chat[1] irc: #mods: is there
]], "--check: the first in a channel is its operator, and all is well")
  is(status, 0, "status 0")
  local mod = bot.person "mod"
  told, status = check(nil, 'policies = { "ladder", "spma" },')
  is(told, [[
ok: chat.db: a community's file
ok: policy ladder: is there
WRONG: policy spma: is not in the file
ok: the clock is not behind what was said last
WRONG: chat[1] irc: #lobby: is there, and no operator: it could not act on anybody
ok: chat[1] irc: #mods: is there
]], "--check: where somebody else is the operator, and there is no such policy, it says so")
  is(status, 1, "status 1")
  mod:send "MODE #lobby +k secret"
  mod:settle()
  told = check()
  matches(told, "WRONG: chat%[1%] irc: #lobby: could not join: [^\n]+\n", "--check: nor one that it cannot join")
  mod:send "MODE #lobby -k secret"
  mod:send "QUIT"
  told, status = check 'port = 1'
  matches(told, "WRONG: chat%[1%] irc: cannot connect: localhost port 1: [^\n]+\n$", "--check: a wrong port")
  is(status, 1, "status 1")
  told = check 'ca_file = "other.pem"'
  matches(told, "WRONG: chat%[1%] irc: cannot connect: localhost port %d+: TLS: [^\n]*certificate",
    "--check: another authority than the server's")
end

local function test_authority()
  bot.configure 'ca_file = "other.pem"'
  bot.start()
  matches(bot.wait_for_log "(disconnected[^\n]*)", "certificate", "the bot does not talk to a server whose authority it does not trust")
  is(bot.stop(), 0, "and can be ended meanwhile")
end

local function test_lock(mod, ann)
  local other <close> = sqlite.open("chat.db", "readwrite")
  other:exec "BEGIN IMMEDIATE"
  ann:say("#lobby", INSULT)
  bot.wait_for_log "error the database is locked by somebody else: nothing is taken in until it can be written"
  ok(true, "a database that somebody else has locked is told")
  ann:say("#lobby", "and hello to everybody else")
  ann:settle()
  other:exec "COMMIT"
  bot.wait_for_log "the database can be written again"
  matches(mod:hears("#lobby", "Ann: "), "^Ann: This is a warning", "what was said meanwhile is judged afterwards")
  bot.wait_for_sql "SELECT 1 FROM message_text WHERE text = 'and hello to everybody else'"
  ok(true, "all of it")
end

local function test_signals(mod)
  for _ = 1, 8 do
    mod:say("#mods", "!help")
  end
  bot.wait_for_sql "SELECT 1 FROM outbox WHERE state = 'sending' AND call = 'dm'"
  local status, seconds = bot.stop()
  is(status, 0, "SIGTERM while it speaks: status 0")
  ok(seconds < 10, "within ten seconds", seconds)
  mod:hear "^:decorum!%S+ QUIT .*the bot ends"
  ok(true, "after QUIT")
  is(bot.sql "SELECT count(*) FROM outbox WHERE state IN ('sending', 'in doubt')", 0, "nothing is left half-way")
  is(bot.sql "SELECT count(*) > 0 FROM outbox WHERE state = 'pending' AND call = 'dm'", 1, "what was not said is owed")
  bot.run(mod)
  bot.wait_for_sql "SELECT 1 FROM outbox WHERE state = 'sending' AND call = 'dm'"
  os.execute("kill -TERM " .. bot.pid)
  bot.wait_for_log "ends: SIGTERM"
  status, seconds = bot.stop()
  is(status, 0, "a second SIGTERM: status 0")
  ok(seconds < 4, "at once", seconds)
end

bot.test(function()
  bot.init "--set mode=enforce"
  test_check()
  test_authority()
  bot.configure "pace = 1"
  local mod = bot.person("mod", { "#lobby", "#mods" })
  local ann = bot.person "Ann"
  bot.run(mod)
  test_lock(mod, ann)
  test_signals(mod)
end)

-- What members do and what the bot does then: run by bot_members.sh. Prints TAP.
package.path = arg[1]:match "^(.*)/" .. "/?.lua;" .. package.path
local bot = require "bot"
local client = require "irc_client"
local is, matches, ok = bot.is, bot.matches, bot.ok

local INSULT = "you are a fucking idiot"

-- Comes in, or is kept out: a ban also silences, so where there is nothing nearer to a mute the member does not get in.
local function tries_to_join(person)
  person:send "PART #lobby"
  person:send "JOIN #lobby"
  return person:hear_any({ " (366) ", " (474) " }, "what came of joining") == "366"
end

local function reconnect(person, nick)
  local user = person.user
  person:close()
  local again = client.connect { port = bot.port, nick = nick, user = user }
  again.user = user
  return again
end

bot.test(function()
  bot.init()
  local mod, bob = bot.person("mod", { "#lobby", "#mods" }), bot.person "bob"
  local ann = bot.person("Ann", { "#lobby" }, "annie")
  bot.run(mod)
  ok(true, "the bot connects by TLS with a private authority, joins, and is ready once it is an operator")

  -- Observe first.
  ann:say("#lobby", INSULT)
  matches(mod:hears("#mods", "Would "), "^Would have warned Ann in #lobby %(ladder@1: .*%); observing: !policy enforce$",
    "a new community observes: moderators hear what would have been done")
  is(bot.sql "SELECT count(*) FROM sanction", 0, "and nobody is sanctioned")
  ok(ann:is_heard_by(bob), "nor silenced")
  matches(mod:asks("!policy enforce", "#mods"), "^From now on the whole community: enforce%.", "an operator says enforce")

  -- Warned, and then muted.
  ann:say("#lobby", INSULT)
  matches(bob:hears("#lobby", "Ann: "), "^Ann: This is a warning: .*automatic, by the policy ladder@1 %(case 1%)%."
    .. " To object: !appeal 1 WHY$", "then an insult is warned of, with the case and how to object")
  matches(mod:hears("#mods", "Warned"), "^Warned Ann in #lobby %(case 1%)", "which moderators hear")
  ann:say("#lobby", INSULT .. ", and you are another fucking idiot")
  matches(ann:told(), "^You are muted until .* %(30 min%): .*It was automatic.*%(case 2%)%. To object: !appeal 2 WHY$",
    "who goes on is muted, and told why, until when, that it was automatic, and how to object")
  matches(mod:hears("#mods", "Muted"), "^Muted Ann for 30 min in #lobby %(case 2%)", "which moderators hear, too")
  bot.wait_for_sql "SELECT 1 FROM outbox WHERE call = 'mute' AND state = 'done'"
  ok(not ann:is_heard_by(bob), "the server refuses the member's words")
  is(bot.sql "SELECT outcome FROM outbox WHERE call = 'mute'", bot.server == "ngircd" and "no quiet list here: banned from speaking (+b)"
    or nil, "if a mute is done another way, the case says how")
  local ends_at = bot.sql "SELECT ends_at FROM sanction WHERE case_no = 2"

  -- What does not shake it off.
  ann:send "NICK Zoe"
  ann:settle()
  ok(not ann:is_heard_by(bob), "another nick does not shake it off")
  local came_in = tries_to_join(ann)
  ok(not ann:is_heard_by(bob), "nor does leaving and coming back" .. (came_in and "" or ", which is not possible"))
  ann = reconnect(ann, "Ann3")
  tries_to_join(ann)
  ok(not ann:is_heard_by(bob), "nor another connection under another nick")
  is(bot.stop(), 0, "the bot ends")
  bob:hear "^:decorum!%S+ QUIT .*the bot ends"
  ok(true, "and says so to the server")
  bot.run(mod)
  ok(not ann:is_heard_by(bob), "nor a bot that is started again")

  -- The server dies, and with it what was set.
  ok(bob:is_heard_by(mod), "somebody else is heard")
  matches(mod:asks "!mute bob 20s capital letters", "^Muted bob until .* %(20 s%) for: capital letters %(case 3%)%.",
    "a mute of some seconds, by hand")
  matches(bob:told(), "^You are muted until .* %(20 s%): capital letters%. It was done by a moderator %(case 3%)", "which is told")
  bob:until_heard(mod, false)
  local bob_ends_at = bot.sql "SELECT ends_at FROM sanction WHERE case_no = 3"
  bot.restart_server(function()
    mod, bob = bot.person("mod", { "#lobby", "#mods" }), bot.person "bob"
  end)
  bot.wait_for_log "joined channel=#mods"
  mod:send "MODE #lobby +o decorum"
  bot.wait_for_log "ready channel=#lobby"
  bob:until_heard(mod, false)
  ok(true, "a server that was killed comes back, and the mute is set again")
  bot.wait_for_sql "SELECT 1 FROM outbox WHERE key = 'case 2 mute irc' AND state = 'done'"
  ann = reconnect(ann, "Ann4")
  tries_to_join(ann)
  ok(not ann:is_heard_by(mod), "that of somebody who was away meanwhile, and comes under another nick, too")
  is(bot.sql "SELECT ends_at FROM sanction WHERE case_no = 2", ends_at, "its end is where it was")
  is(bot.sql "SELECT until_at FROM outbox WHERE key = 'case 2 mute irc'", ends_at, "also for the server")
  bob:until_heard(mod, true)
  local unmuted_at = bot.wait_for_sql "SELECT ended_at FROM outbox WHERE key = 'case 3 unmute irc' AND state = 'done'"
  ok(unmuted_at >= bob_ends_at and unmuted_at < bob_ends_at + 3, "the other mute ends when it was to end", unmuted_at - bob_ends_at)
  ok(not ann:is_heard_by(bob), "alone")

  -- Taken back.
  matches(mod:asks "!undo 2 she meant her computer", "^Undone: case 2, mute of Ann %(case 4%)%.$", "a mute is undone")
  is(mod:hears("#mods", "Could not dm"), "Could not dm Ann (case 4): Ann is not there", "moderators hear that the member could not be told")
  tries_to_join(ann)
  ann:until_heard(bob, true)
  ok(true, "and is heard")
  is(mod:bans(), "", "the server has nothing left of all that")

  -- Spam: what IRC cannot do is told.
  local dan = bot.person "dan"
  for _ = 1, 7 do
    dan:say("#lobby", "Cheap watches, only today!!")
  end
  is(bot.wait_for_sql "SELECT state FROM outbox WHERE case_no = 7 AND call = 'mute' AND state = 'done'", "done", "who floods is silenced")
  is(bot.sql "SELECT group_concat(action || ' ' || coalesce(CAST(duration_s AS INTEGER), '-')) FROM sanction WHERE policy = 'spam@1'",
    "delete -,slowmode 600,timeout 300", "after what is milder")
  matches(dan:told(), "^Your message in #lobby breaks the rules, and would be removed if it could be: the same 5 times%.",
    "IRC cannot remove a message: the member is told instead")
  matches(dan:told(), "^Please write slowly in #lobby until .* %(10 min%)", "nor slow a channel down")
  matches(dan:told(), "^You are timed out until .* %(5 min%)", "but silence somebody")
  local told = {}
  for i = 1, 3 do
    told[i] = mod:hears("#mods", ".*dan"):match "^(.*) in #lobby"
  end
  table.sort(told)
  is(table.concat(told, "\n"), "Asked dan to write slowly, as there is no slow mode for 10 min\n"
    .. "Timed out dan for 5 min\nTold dan that a message breaks the rules, as none can be removed", "moderators hear what was done instead")
  ok(not dan:is_heard_by(mod), "and the server refuses the member's words")
  matches(mod:asks("!case 5", "#mods"), "Case 5", "as does who asks about the case")
  is(mod:hear "delete done %((.*)%)", "IRC cannot remove messages", "in so many words")

  -- A pause.
  matches(mod:asks("!pause let us look at this", "#mods"), "^Paused: no policy sanctions anybody until !resume", "!pause")
  local eli = bot.person "eli"
  eli:say("#lobby", INSULT .. ", eli says")
  matches(mod:hears("#mods", "Would "), "^Would have warned eli in #lobby", "stops automatic sanctions at once")
  matches(mod:asks("!resume", "#mods"), "^The pause is over", "!resume")
  eli:say("#lobby", "and you are a moron, too, you idiot")
  matches(bob:hears("#lobby", "eli: "), "^eli: This is a warning", "lets them go on")
end)

-- What moderators do through the bot: run by bot_moderators.sh. Prints TAP.
package.path = arg[1]:match "^(.*)/" .. "/?.lua;" .. package.path
local bot = require "bot"
local is, matches, ok = bot.is, bot.matches, bot.ok

-- Decides to kick, which takes a person.
local DOOR = [[
return policy {
  id = "door",
  needs = { "toxicity", "immune" },
  guards = { { "immune", fact = "immune" } },
  signals = { { "insult", function(f) return f.toxicity >= 0.6 and 1 or 0 end, "an insult" } },
  ladder = { { at = 1, action = "kick" } },
  tests = { { "calm people stay", { toxicity = 0 }, { action = "none" } } },
}
]]

local function write(path, text)
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
end

bot.test(function()
  bot.init "--set mode=enforce"
  write("door.lua", DOOR)
  bot.configure(nil, 'policies = { "door.lua" },')
  -- The bot is the first in #mods, and so the only operator there: who is one of #lobby is a moderator there, too.
  local mod, eve = bot.person "mod", bot.person "eve"
  mod:send "MODE #lobby +o eve"
  local ann, bob, cat = bot.person "Ann", bot.person "bob", bot.person "cat"
  bot.run(mod)
  mod:join "#mods"
  eve:join "#mods"

  -- A kick, confirmed and rejected.
  ann:say("#lobby", "you are a fucking idiot")
  is(mod:hears("#mods", "Review 1"), "Review 1: whether to kick Ann in #lobby (door@1: an insult); !queue 1",
    "a policy's kick waits for a person, and moderators hear of it")
  bob:say("#lobby", "you are a fucking idiot")
  mod:hears("#mods", "Review 2")
  ok(ann:is_heard_by(bob) and bob:is_heard_by(ann), "nothing is done to anybody meanwhile")
  matches(eve:asks("!queue", "#mods"), "^2 reviews wait, the oldest first", "!queue lists what waits")
  eve:hears("#mods", "1: an insult about Ann in #lobby")
  matches(eve:asks("!queue claim 1", "#mods"), "^Review 1 is yours until ", "!queue claim")
  matches(mod:asks("!queue uphold 1", "#mods"), "^Review 1 is claimed by eve until ", "keeps it from others")
  matches(eve:asks("!queue uphold 1", "#mods"), "^Review 1 is upheld: the kick of Ann is case 1%.$", "!queue uphold tells the case")
  matches(ann:told(), "^You are removed from here, and may come back: an insult%. It was proposed by the policy door@1 and confirmed "
    .. "by a moderator %(case 1%)%. To object: !appeal 1 WHY$", "the member is told first")
  matches(ann:hear "^:decorum!%S+ KICK #lobby Ann :(.*)$", "^case 1: an insult$", "and then kicked")
  ann:join "#lobby"
  ok(true, "and may come back")
  matches(eve:asks("!queue reject 2", "#mods"), "^Review 2 is rejected", "!queue reject")
  ok(bob:is_heard_by(ann) and bot.sql "SELECT count(*) FROM sanction" == 1, "does nothing to anybody")

  -- By hand. Case 1 is the kick above.
  matches(mod:asks "!warn bob please be kind", "^Warned bob for: please be kind %(case 2%)%.$", "!warn")
  matches(bob:told(), "^This is a warning: please be kind%. It was done by a moderator %(case 2%)%. To object: !appeal 2 WHY$",
    "which the member is told, but not by whom")
  matches(mod:asks "!kick bob go and have a tea", "^Kicked bob for: go and have a tea %(case 3%)%.$", "!kick")
  matches(bob:told(), "^You are removed from here, and may come back: go and have a tea%. It was done by a moderator", "tells why")
  matches(bob:hear "^:decorum!%S+ KICK #lobby bob :(.*)$", "^case 3: go and have a tea", "and puts somebody out")
  bob:join "#lobby"
  matches(mod:asks "!ban bob advertising", "^Banned bob, until somebody lifts it, for: advertising %(case 4%)%.$", "!ban")
  matches(bob:told(), "^You are banned until a moderator lifts it: advertising%.", "who is banned is told first")
  bob:hear "^:decorum!%S+ KICK #lobby bob :"
  bob:send "JOIN #lobby"
  is(bob:hear " 474 (%S+)", "bob", "and kept out by the server")
  matches(mod:asks "!unban bob he is sorry", "^Unbanned bob: case 4 is undone %(case 5%)%.$", "!unban")
  bot.wait_for_sql "SELECT 1 FROM outbox WHERE call = 'unban' AND state = 'done'"
  bob:join "#lobby"
  matches(mod:asks "!tempban 5s bob advertising again", "^Banned bob until .* %(5 s%) for: advertising again %(case 6%)%.$", "!tempban")
  bob:hear "^:decorum!%S+ KICK #lobby bob :"
  local ends_at = bot.sql "SELECT ends_at FROM sanction WHERE case_no = 6"
  local ended_at = bot.wait_for_sql "SELECT ended_at FROM outbox WHERE key = 'case 6 unban irc' AND state = 'done'"
  ok(ended_at >= ends_at and ended_at < ends_at + 3, "ends by itself in time", ended_at - ends_at)
  bob:join "#lobby"
  is(mod:bans(), "", "nothing of all that is left on the server")

  -- Undo; members' rights.
  matches(eve:asks "!mute bob 1h capital letters", "^Muted bob until .* %(1 h%) for: capital letters %(case 7%)%.$", "!mute")
  bob:until_heard(ann, false)
  matches(bob:asks("!appeal 7 my keyboard hangs", "decorum"), "^Your appeal of case 7 is noted: another moderator",
    "!appeal, by who is muted")
  is(mod:hears("#mods", "Review 3"):match "^Review 3: .- about bob", "Review 3: appeal of case 7 about bob", "which moderators hear")
  matches(eve:asks("!queue uphold 3", "#mods"), "^Another moderator than the one who acted decides on an appeal", "not who acted decides")
  matches(mod:asks("!queue uphold 3", "#mods"), "^Review 3 is upheld: case 7 of bob is undone %(case 8%)%.$", "but another one")
  bob:until_heard(ann, true)
  ok(true, "who is heard again then")
  matches(cat:asks "!flag bob harassment he follows me", "^Thank you: a message of bob is flagged as HARASSMENT%. A moderator", "!flag")
  matches(mod:hears("#mods", "Review 4"), "^Review 4: flag HARASSMENT about bob in #lobby; !queue 4$", "which moderators hear")
  matches(mod:asks "!mute cat 1h mistaken", "^Muted cat until", "a mute by hand")
  cat:until_heard(ann, false)
  matches(mod:asks "!undo 9 wrong person", "^Undone: case 9, mute of cat %(case 10%)%.$", "!undo")
  cat:until_heard(ann, true)

  -- What is kept.
  matches(mod:asks "!note bob promised to calm down", "^Noted about bob%.", "!note")
  matches(mod:asks "!notes bob", "^1 note about bob, the newest first:", "!notes, to the moderator alone")
  matches(mod:told(), "mod: promised to calm down$", "shows it")
  matches(mod:asks "!case 7", "^Case 7: mute of bob at .* for 1 h, until .*, by eve%.$", "!case")
  matches(mod:asks "!cases bob", "^%d cases of bob, the newest first:", "!cases")
  matches(mod:asks "!reason 3 he was rude", "^Case 3 is now for: he was rude%.", "!reason")
  matches(mod:asks "!why 1", "^Case 1: kick of Ann", "!why")
  mod:hear "NOTICE mod :How it came to it: "
  matches(mod:asks "!score ann", "^Ann: drama %d%.%d%d, last message %d%.%d%d, reputation %d+", "!score")
  matches(mod:asks "!immune cat on helps us test", "^Immune: cat", "!immune")
  cat:say("#lobby", "you are a fucking idiot")

  -- Who may what.
  is(mod:asks "!wran bob please", "There is no !wran: did you mean !warn?", "a moderator's slip gets the nearest name")
  ann:say("#lobby", "!mtue bob 1h")
  ann:say("#lobby", "!mute bob 1h hello")
  ann:say("#lobby", "!help")
  matches(ann:told(), "^You may use: !appeal !case !data !flag !help !why$",
    "a member's gets silence, as does one that is not for them")
  is(mod:asks "!warn eve no", "The rank of eve is yours or higher.", "nobody acts on an equal")
  is(mod:asks "!ban mod no", "Nobody acts on themselves: ask another moderator.", "nor on themselves")
  is(mod:asks "!warn decorum no", "Nobody is known as 'decorum'.", "nor on the bot")
  is(bot.sql "SELECT count(*) FROM sanction", 10, "and none of that is a case")
  is(bot.sql "SELECT count(*) FROM review", 4, "nor is what is immune sanctioned")
  is(bot.sql "SELECT count(*) FROM message_text WHERE text LIKE '!%'", 2,
    "of commands nothing is kept but what members may not")
  is(bot.stop(), 0, "the bot ends")
end)

-- Any line at all: no error, and no state that grows.
local scripted = dofile(debug.getinfo(1, "S").source:match "^@(.*)/" .. "/irc_scripted.lua")

local function list(text)
  local found = {}
  for word in text:gmatch "%S+" do
    found[#found + 1] = word
  end
  return found
end

local commands = list [[PRIVMSG NOTICE JOIN PART QUIT NICK KICK MODE ACCOUNT CHGHOST SETNAME BATCH CAP AUTHENTICATE PING PONG INVITE TAGMSG
  TOPIC WALLOPS ERR 001 005 010 315 324 352 353 354 366 367 368 376 396 401 403 404 421 432 433 437 441 442 471 474 478 482 697 728
  729 903 908]]
local words = list [[#lobby #LOBBY @#lobby decorum ann Ann bob zoe * +b +o-v -o +m b q 17 = *!*@a.example LS ACK NAK NEW DEL +x -x
  chathistory PREFIX=(ov)@+ CHANMODES=b,k,l,m sasl=PLAIN server-time @ann +@bob!b@c 0 : :: a!b@c ( % [ \]]
for _, word in ipairs { "", "\1ACTION x\1", "\1PING y\1", "\1", "\3", "\xFF\xFE", "hello there" } do
  words[#words + 1] = word
end
local sources = { "", ":ann!a@a.example ", ":bob!b@b.example ", ":decorum!bot@bot.example ", ":irc.test ", ":zoe!~z@z ", ":!@ ", ":a!b ",
  ":@ ", ":* " }
local tags = { "", "", "@time=2027-01-15T08:00:00Z ", "@account=x;msgid=1 ", "@batch=x ", "@;=; ", "@time=x ", "@account= " }

local function pick(from)
  return from[math.random(#from)]
end

local function random_line()
  if math.random(20) == 1 then
    local bytes = {}
    for i = 1, math.random(0, 60) do
      bytes[i] = string.char(math.random(1, 255))
    end
    return (table.concat(bytes):gsub("\n", " "))
  end
  local parts = {}
  for i = 1, math.random(0, 6) do
    parts[i] = pick(words)
  end
  if #parts > 0 and math.random(3) == 1 then
    parts[#parts] = ":" .. parts[#parts]
  end
  return pick(tags) .. pick(sources) .. pick(commands) .. " " .. table.concat(parts, " ")
end

local function size(map)
  local count = 0
  for _ in pairs(map) do
    count = count + 1
  end
  return count
end

describe("any line", function()
  for _, kind in ipairs { "solanum", "inspircd", "unreal", "ngircd" } do
    it("is borne by a session with " .. kind, function()
      math.randomseed(11)
      for _ = 1, 20 do
        local bot = scripted.new { channels = { "#lobby", "#dev" }, moderators = "#mods" }
        bot:welcome(kind, "server-time message-tags echo-message account-tag extended-join batch multi-prefix userhost-in-names",
          "@+ann!a@a.example bob!b@b.example")
        for i = 1, 400 do
          bot:feed(random_line())
          if i % 10 == 0 then
            bot:call { name = pick { "mute", "unmute", "ban", "unban", "kick", "say", "dm", "warn", "delete", "typing" },
              ids = { pick { "ann", "bob", "zoe", "account:x", "decorum" } }, shown = "x", channel = pick { "#lobby", "#dev", "#mods" },
              text = pick(words), marks = pick { false, { "#lobby +b x" }, { "#dev -v ann" } } or nil }
            bot:pass(0.5)
          end
          for _, effect in ipairs(bot.session.effects) do
            local event = effect[1] == "event" and effect[2]
            if event then
              assert.is_true(event.at <= 1800000000 and event.platform == "irc" and (event.type ~= "message" or event.id ~= nil))
              assert.not_equal("decorum", event.type ~= "kick" and event.type ~= "leave" and event.member)
              for _, value in pairs(event) do
                assert.truthy(type(value) ~= "string" or utf8.len(value))
              end
            end
          end
          bot.session.effects = {}
        end
        for _, line in ipairs(bot.lines) do
          assert.is_true(#line <= 510 and not line:find "[\r\n%z]", line)
          local letters = line:match "^MODE %S+ ([+-]%a%S*) %S"
          assert.truthy(not letters or letters:find "^[+%-bqv]+$", line) -- lists and voices alone
        end
        -- What is known is of channels that are there; what waited is over.
        bot:pass(2000)
        local people = bot.session.people
        for _, person in pairs(people.people) do
          assert.is_true(size(person.channels) > 0)
          for key in pairs(person.channels) do
            assert.equal(person, people.rooms[key].people[people.server.fold(person.nick)])
          end
        end
        for _, room in pairs(people.rooms) do
          for folded, person in pairs(room.people) do
            assert.equal(person, people.people[folded])
          end
        end
        assert.is_true(size(people.rooms) <= 3)
        assert.is_true(size(people.people) < 200)
        assert.equal(0, #bot.session.jobs)
        assert.is_nil(bot.session.job)
        assert.equal(0, size(bot.session.echoes))
        assert.is_true(size(bot.session.batches) <= 100)
        assert.is_true(#bot.session.timers < 60)
      end
    end)
  end
end)

--- Raw IRC logs as events.
--
--   [09:14] <ann> text                                    message
--   [09:14]  * ann waves                                  action; also === ann waves
--   [09:14] -ann:#lobby- text                             notice
--   === ann [~ann@host]  has joined #lobby                join
--   === ann [~ann@host]  has left #lobby ["bye"]          leave
--   === ann [~ann@host]  has quit [Ping timeout]          leave
--   === ann is now known as ann_away                      nick
--   === ann was kicked off #lobby by bob (flood)          kick
--   === mode/#lobby [+o bob]  by ann                      mode, topic: known, and of no concern
--   === ..[topic/#lobby:ann] : text
--
-- The stamps have no date and may be of a 12-hour or a 24-hour clock. A log begins on its date; where a
-- stamp lies more than an hour before the one above it, the least number of half days (of days, once an
-- hour above 12 was seen) has passed that brings it to after it. A smaller step back is a clock set back.
-- Times are taken as UTC. A line without a stamp has the time of the last one.
--
-- The logs have no ids, so the id of a message (or a kick) is its time, a hash of what it is (channel, nick and text), and
-- how often the same was said in that minute. So the same line has the same id in a copy, a longer or a compressed log;
-- and what is said together stands together in the index of ids, which is a sixth of a replay's time. The id of a join
-- does not tell who joined: it is which of the joins in that minute it is.

local repeated = require "decorum.chat.repeated"
local system = require "host.system"

local irc_log = {}

local HOUR, HALF_DAY = 3600, 43200

-- Seconds since 1970 at the beginning of a day, nil if there is no such day. (Days from the civil calendar,
-- after Howard Hinnant's days_from_civil.)
local function day_start(year, month, day)
  local lengths = { 31, year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0) and 29 or 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }
  if month < 1 or month > 12 or day < 1 or day > lengths[month] then
    return nil
  end
  local y = month <= 2 and year - 1 or year
  local era = y // 400
  local year_of_era = y - era * 400
  local day_of_year = (153 * (month + (month > 2 and -3 or 9)) + 2) // 5 + day - 1
  local day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
  return (era * 146097 + day_of_era - 719468) * 86400
end

---The first YYYY-MM-DD in a text, as Unix seconds at 00:00 UTC; nil if there is none.
---@param text string
---@return integer?
function irc_log.date(text)
  for year, month, day in text:gmatch "(%d%d%d%d)%-(%d%d)%-(%d%d)" do
    local start = day_start(tonumber(year), tonumber(month), tonumber(day))
    if start then
      return start
    end
  end
end

-- Some logs break a nick behind each ]: <bur[n] er> said it, and bur[n] er does it.
local function mend(nick)
  return (nick:gsub("%] (.)", "]%1"):gsub("%s+$", ""))
end

-- The time of a stamp, given as the second of its day; without one, the time of the last stamp.
local function new_clock(start)
  local offset, last, step = start, nil, HALF_DAY
  return function(second)
    if second then
      if second >= 13 * HOUR then
        step = 2 * HALF_DAY
      end
      local at = offset + second
      if last and at < last - HOUR then
        local steps = (last - at + step - 1) // step
        offset = offset + steps * step
        at = at + steps * step
      end
      last = at
    end
    return last or start
  end
end

-- The line without its stamp, as an event without platform, channel, id and time. The second result is the
-- kind of line, for counting.
local function parse_stamped(rest)
  local nick, text = rest:match "^ <([^>]+)> ?(.*)$"
  if nick then
    return { type = "message", kind = "message", member = mend(nick), text = text }, "message"
  end
  nick, text = rest:match "^ +%* (%S+) ?(.*)$"
  if nick then
    return { type = "message", kind = "action", member = mend(nick), text = text }, "action"
  end
  nick, text = rest:match "^ %-([^%s:]+):#[^%s%-]+%- (.*)$"
  if nick then
    return { type = "message", kind = "notice", member = mend(nick), text = text }, "notice"
  end
end

local function parse_unstamped(rest, is_known)
  local nick, channel = rest:match "^(.-) +%[.-%] +has joined (#%S*)"
  if nick then
    return { type = "join", member = mend(nick), channel = channel }, "join"
  end
  nick, channel = rest:match "^(.-) +%[.-%] +has left (#%S*)"
  if nick then
    return { type = "leave", member = mend(nick), channel = channel }, "leave"
  end
  nick = rest:match "^(.-) +%[.-%] +has quit"
  if nick then
    return { type = "leave", member = mend(nick) }, "leave"
  end
  local to
  nick, to = rest:match "^(.-) +is now known as (.+)$"
  if nick then
    return { type = "nick", member = mend(nick), to = mend(to) }, "nick"
  end
  local by, reason
  nick, channel, by, reason = rest:match "^(.-) +was kicked off (#%S*) by (%S+) ?%(?(.-)%)?$"
  if nick then
    return { type = "kick", member = mend(nick), channel = channel, by = by, reason = reason }, "kick"
  end
  if rest:find "^mode/#" then
    return nil, "mode"
  elseif rest:find "^%.%.%[topic/#" then
    return nil, "topic"
  end
  local text
  nick, text = rest:match "^(%S+) +(%S.*)$"
  if not nick or nick:find "%.%a+$" and text:find "^%->" then
    return nil, nil -- a server's line
  end
  -- "bur[n] er waves": the nick may go on behind the ].
  local more, shorter = text:match "^(%S+) +(.*)$"
  if more and nick:find "%]$" and is_known(nick .. more) then
    nick, text = nick .. more, shorter
  end
  return { type = "message", kind = "action", member = nick, text = text }, "action"
end

-- The event of a line and its kind; without the time.
local function parse(line, is_known)
  local rest = line:match "^=== ?(.+)$"
  if rest then
    return nil, parse_unstamped(rest, is_known)
  end
  local hour, minute
  hour, minute, rest = line:match "^%[(%d%d):(%d%d)%](.*)$"
  hour, minute = tonumber(hour), tonumber(minute)
  if rest and hour <= 23 and minute <= 59 then
    return hour * HOUR + minute * 60, parse_stamped(rest)
  end
end

---@class IrcLogOptions
---@field start integer Unix seconds of the beginning of the log's day
---@field channel string

---A reader of the lines of one log.
---@param options IrcLogOptions
---@return fun(line: string): Event?, string?, string? an event, what kind of line it is, and why it is none
function irc_log.reader(options)
  local clock, distinct = new_clock(options.start), repeated.counter()
  local known = {} -- nicks that were seen
  local function is_known(nick)
    return known[nick]
  end
  return function(line)
    local second, event, kind = parse(line, is_known)
    if not event then
      kind = kind or not line:find "%S" and "blank" or nil
      return nil, kind, not kind and "not a line of an IRC log" or nil
    end
    event.platform, event.channel, event.at = "irc", options.channel, clock(second)
    known[event.member] = true
    if event.type == "message" or event.type == "kick" then
      event.id = distinct(("%d-%s"):format(event.at, system.hash(event.channel, event.member, kind, event.text or event.by)), event.at)
    elseif event.type == "join" then
      event.id = distinct(("%d-%s"):format(event.at, system.hash(event.channel, kind)), event.at)
    end
    return event, kind
  end
end

return irc_log

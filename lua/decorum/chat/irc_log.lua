--- Raw IRC logs as events. The first line tells which form a log has: that of irssi (irssi_log.lua), of WeeChat
-- (weechat_log.lua), or else this one:
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
--
-- Nicks are the same in capitals and small letters: who it is about is the nick folded, as the live connection has it, and
-- what is shown is the nick as written.

local casemapping = require "decorum.casemapping"
local day = require "decorum.chat.day"
local irssi_log = require "decorum.chat.irssi_log"
local repeated = require "decorum.chat.repeated"
local system = require "host.system"
local weechat_log = require "decorum.chat.weechat_log"

local irc_log = {}

local HOUR, HALF_DAY = 3600, 43200

---The first YYYY-MM-DD in a text, as Unix seconds at 00:00 UTC; nil if there is none.
---@param text string
---@return integer?
function irc_log.date(text)
  for year, month, date in text:gmatch "(%d%d%d%d)%-(%d%d)%-(%d%d)" do
    local start = day.start(tonumber(year), tonumber(month), tonumber(date))
    if start then
      return start
    end
  end
end

-- Some logs break a nick behind each ]: <bur[n] er> said it, and bur[n] er does it.
local function mend(nick)
  return (nick:gsub("%] (.)", "]%1"):gsub("%s+$", ""))
end

-- The time of a stamp, given as the second of its day; without one, the time of the last stamp. A log that tells its days
-- gives the start of one as well.
local function new_clock(start, is_24_hours)
  local offset, last, step = start, nil, is_24_hours and 2 * HALF_DAY or HALF_DAY
  return function(second, new_start)
    if new_start then
      offset, last = new_start, nil
    end
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

-- The event of a line, its kind, and the second of its day.
local function parse(line, is_known)
  local rest = line:match "^=== ?(.+)$"
  if rest then
    return parse_unstamped(rest, is_known)
  end
  local hour, minute
  hour, minute, rest = line:match "^%[(%d%d):(%d%d)%](.*)$"
  hour, minute = tonumber(hour), tonumber(minute)
  if rest and hour <= 23 and minute <= 59 then
    local event, kind = parse_stamped(rest)
    return event, kind, hour * HOUR + minute * 60
  end
end

local plain = { parse = parse }

---The form of a log, by its first line that is not blank.
---@param line string
---@return { parse: function, has_days: boolean?, is_24_hours: boolean? } has_days: its lines tell which day it is
function irc_log.form(line)
  return weechat_log.is_first(line) and weechat_log or irssi_log.is_first(line) and irssi_log or plain
end

---Does such a line tell the day? Then nobody else need tell the log's.
---@param line string
---@return boolean
function irc_log.is_dated(line)
  local form = irc_log.form(line)
  return form.has_days == true and select(4, form.parse(line)) ~= nil
end

---@class IrcLogOptions
---@field start integer? Unix seconds of the beginning of the log's day; may be left out where the first line tells it
---@field channel string

---A reader of the lines of one log.
---@param options IrcLogOptions
---@return fun(line: string): Event?, string?, string? an event, what kind of line it is, and why it is none
function irc_log.reader(options)
  local distinct, fold = repeated.counter(), casemapping.rfc1459
  local form, clock
  local known = {} -- nicks that were seen
  local function is_known(nick)
    return known[nick]
  end
  return function(line)
    if not form and line:find "%S" then
      form = irc_log.form(line)
      clock = new_clock(options.start or 0, form.is_24_hours)
    end
    local event, kind, second, day_start
    if form then
      event, kind, second, day_start = form.parse(line, is_known)
    end
    local at = (event or day_start) and clock(second, day_start)
    if not event then
      kind = kind or not line:find "%S" and "blank" or nil
      return nil, kind, not kind and "not a line of an IRC log" or nil
    end
    local nick, by = event.member, event.by
    event.platform, event.channel, event.at = "irc", options.channel, at
    event.member, event.name = fold(nick), event.to or nick
    event.to, event.by = event.to and fold(event.to), by and fold(by)
    known[nick] = true
    if event.type == "message" or event.type == "kick" then
      event.id = distinct(("%d-%s"):format(at, system.hash(event.channel, nick, kind, event.text or by)), at)
    elseif event.type == "join" then
      event.id = distinct(("%d-%s"):format(at, system.hash(event.channel, kind)), at)
    end
    return event, kind
  end
end

return irc_log

--- Logs of irssi, a line at a time.
--
--   --- Log opened Mon Nov 02 12:34:56 2026                 the day; also: --- Day changed Tue Nov 03 2026
--   12:34 < ann> text                                       message; @, + and the like before a nick are ranks
--   12:34  * ann waves                                      action
--   12:34 -ann:#lobby- text                                 notice
--   12:34 -!- ann [~ann@host] has joined #lobby             join
--   12:34 -!- ann [~ann@host] has left #lobby [bye]         leave; also has quit [Ping timeout]
--   12:34 -!- ann is now known as ann_away                  nick
--   12:34 -!- ann was kicked from #lobby by bob [flood]     kick
--   12:34 -!- mode/#lobby [+o bob] by ann                   mode, topic: known, and of no concern
--   12:34 -!- Irssi: #lobby: Total of 12 nicks              note: the client's own words; also: --- Log closed ...

local day = require "decorum.chat.day"

local irssi_log = { has_days = true, is_24_hours = true }

local months = { Jan = 1, Feb = 2, Mar = 3, Apr = 4, May = 5, Jun = 6, Jul = 7, Aug = 8, Sep = 9, Oct = 10, Nov = 11, Dec = 12 }

-- The day and second of "Mon Nov 02 12:34:56 2026" or "Mon Nov 02 2026".
local function parse_day(said)
  local month, date, clock, year = said:match "^%a+ (%a+) +(%d+) ([%d:]*) ?(%d%d%d%d)$"
  if not months[month] then
    return nil
  end
  local start = day.start(tonumber(year), months[month], tonumber(date))
  local hour, minute, second = clock:match "^(%d%d):(%d%d):(%d%d)$"
  return start, hour and hour * 3600 + minute * 60 + second or 0
end

---Is this the first line of such a log?
---@param line string
---@return boolean
function irssi_log.is_first(line)
  return line:find "^%-%-%- Log opened " ~= nil or line:find "^%-%-%- Day changed " ~= nil
    or line:find "^%d%d:%d%d:?%d?%d? <[ @+%%&~]?[^<> ]+> " ~= nil or line:find "^%d%d:%d%d:?%d?%d? %-!%- " ~= nil
end

local function parse_news(rest)
  local nick, channel = rest:match "^(%S+) %[[^ ]*%] has joined (%S+)"
  if nick then
    return { type = "join", member = nick, channel = channel }, "join"
  end
  nick, channel = rest:match "^(%S+) %[[^ ]*%] has left (%S+)"
  if nick then
    return { type = "leave", member = nick, channel = channel }, "leave"
  end
  nick = rest:match "^(%S+) %[[^ ]*%] has quit"
  if nick then
    return { type = "leave", member = nick }, "leave"
  end
  local to
  nick, to = rest:match "^(%S+) is now known as (%S+)$"
  if nick then
    return { type = "nick", member = nick, to = to }, "nick"
  end
  local by, reason
  nick, channel, by, reason = rest:match "^(%S+) was kicked from (%S+) by (%S+) ?%[?(.-)%]?$"
  if nick then
    return { type = "kick", member = nick, channel = channel, by = by, reason = reason }, "kick"
  elseif rest:find "^[Mm]ode/" or rest:find "^ServerMode/" then
    return nil, "mode"
  elseif rest:find "^Topic " or rest:find "^%S+ changed the topic of " then
    return nil, "topic"
  end
  return nil, "note"
end

local function parse_stamped(rest)
  local nick, text = rest:match "^<[ @+%%&~!]?([^<> ]+)> ?(.*)$"
  if nick then
    return { type = "message", kind = "message", member = nick, text = text }, "message"
  end
  nick, text = rest:match "^ %* (%S+) ?(.*)$"
  if nick then
    return { type = "message", kind = "action", member = nick, text = text }, "action"
  end
  nick, text = rest:match "^%-([^%s:]+):[#&+!][^%s]*%- (.*)$"
  if nick then
    return { type = "message", kind = "notice", member = nick, text = text }, "notice"
  end
  local news = rest:match "^%-!%- (.+)$"
  if news then
    return parse_news(news)
  end
end

---@param line string
---@return Event? without platform, channel, id and time
---@return string? kind of line
---@return integer? second of its day
---@return integer? start of the day that begins, in Unix seconds
function irssi_log.parse(line)
  local said = line:match "^%-%-%- Log opened (.+)$" or line:match "^%-%-%- Day changed (.+)$"
  if said then
    local start, second = parse_day(said)
    return nil, start and "note" or nil, second, start
  elseif line:find "^%-%-%- Log closed " then
    return nil, "note"
  end
  local hour, minute, second, rest = line:match "^(%d%d):(%d%d):?(%d?%d?) (.*)$"
  hour, minute, second = tonumber(hour), tonumber(minute), second ~= "" and tonumber(second) or 0
  if rest and hour <= 23 and minute <= 59 and second <= 60 then
    local event, kind = parse_stamped(rest)
    return event, kind, hour * 3600 + minute * 60 + second
  end
end

return irssi_log

--- Logs of WeeChat, a line at a time: a date and time, who, and what, with tabs between.
--
--   2026-11-02 12:34:56	ann	text                                  message; @, + and the like before a nick are ranks
--   2026-11-02 12:34:56	 *	ann waves                              action
--   2026-11-02 12:34:56	--	Notice(ann): text                      notice
--   2026-11-02 12:34:56	-->	ann (~ann@host) has joined #lobby     join
--   2026-11-02 12:34:56	<--	ann (~ann@host) has left #lobby (bye) leave; also has quit (Ping timeout)
--   2026-11-02 12:34:56	--	ann is now known as ann_away           nick
--   2026-11-02 12:34:56	<--	bob has kicked ann (flood)            kick
--   2026-11-02 12:34:56	--	Mode #lobby [+o bob] by ann            mode, topic: known, and of no concern
--   2026-11-02 12:34:56	--	Channel #lobby: 12 nicks               note: the client's own words

local day = require "decorum.chat.day"

local weechat_log = { has_days = true, is_24_hours = true }

local STAMP = "^(%d%d%d%d)%-(%d%d)%-(%d%d) (%d%d):(%d%d):(%d%d)\t([^\t]*)\t(.*)$"

---Is this the first line of such a log?
---@param line string
---@return boolean
function weechat_log.is_first(line)
  return line:find "^%d%d%d%d%-%d%d%-%d%d %d%d:%d%d:%d%d\t[^\t]*\t" ~= nil
end

local function parse_arrival(rest)
  local nick, channel = rest:match "^(%S+) %([^ ]*%) has joined (%S+)"
  if nick then
    return { type = "join", member = nick, channel = channel }, "join"
  end
  return nil, "note"
end

local function parse_leave(rest)
  local nick, channel = rest:match "^(%S+) %([^ ]*%) has left (%S+)"
  nick = nick or rest:match "^(%S+) %([^ ]*%) has quit"
  if nick then
    return { type = "leave", member = nick, channel = channel }, "leave"
  end
  local by, reason
  by, nick, reason = rest:match "^(%S+) has kicked (%S+) ?%(?(.-)%)?$"
  if nick then
    return { type = "kick", member = nick, by = by, reason = reason }, "kick"
  end
  return nil, "note"
end

local function parse_news(rest)
  local nick, to = rest:match "^(%S+) is now known as (%S+)$"
  if nick then
    return { type = "nick", member = nick, to = to }, "nick"
  end
  local text
  nick, text = rest:match "^Notice%((%S+)%)[^:]*: (.*)$"
  if nick then
    return { type = "message", kind = "notice", member = nick, text = text }, "notice"
  elseif rest:find "^Mode %S" then
    return nil, "mode"
  elseif rest:find "^Topic " or rest:find "^%S+ has changed topic for " then
    return nil, "topic"
  end
  return nil, "note"
end

local function parse_action(rest)
  local nick, text = rest:match "^(%S+) ?(.*)$"
  if nick then
    return { type = "message", kind = "action", member = nick, text = text }, "action"
  end
end

local by_prefix = { ["-->"] = parse_arrival, ["<--"] = parse_leave, ["--"] = parse_news, [" *"] = parse_action }

---@param line string
---@return Event? without platform, channel, id and time
---@return string? kind of line
---@return integer? second of its day
---@return integer? start of its day, in Unix seconds
function weechat_log.parse(line)
  local year, month, date, hour, minute, second, prefix, rest = line:match(STAMP)
  local start = year and day.start(tonumber(year), tonumber(month), tonumber(date))
  hour, minute, second = tonumber(hour), tonumber(minute), tonumber(second)
  if not start or hour > 23 or minute > 59 or second > 60 then
    return nil
  end
  local event, kind
  local parse = by_prefix[prefix]
  local nick = prefix:match "^[@+%%&~!]?([^%s@+%%&~!]%S*)$"
  if parse then
    event, kind = parse(rest)
  elseif nick and not prefix:find "^%p%p?%p?$" then
    event, kind = { type = "message", kind = "message", member = nick, text = rest }, "message"
  else
    kind = "note" -- =!= and the like
  end
  return event, kind, hour * 3600 + minute * 60 + second, start
end

return weechat_log

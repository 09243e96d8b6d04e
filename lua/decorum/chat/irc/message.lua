--- Lines of IRC (RFC 1459 and 2812) with the tags of IRCv3, as tables and back.
--
--   message.parse "@time=2026-11-02T09:14:00.000Z :ann!a@host.example PRIVMSG #lobby :hello there"
--     { tags = { time = "2026-11-02T09:14:00.000Z" }, source = "ann!a@host.example", nick = "ann", user = "a",
--       host = "host.example", command = "PRIVMSG", params = { "#lobby", "hello there" } }
--   message.parse "123 456"              nil, "no command"
--   message.format("KICK", "#lobby", "ann", "be kind")     "KICK #lobby ann :be kind"
--   message.format("KICK", "#lobby\r\nQUIT", "ann")        nil, "a space or a line end in a word"
--
-- Nothing that a server may send raises an error, and nothing that is sent has more than one line: that is
-- decided here, once, for everything that goes out.

local message = {}

local TAGS_MOST = 8191 -- bytes, from @ to the space behind the tags
local REST_MOST = 512 -- bytes, with CR LF, unless the server says otherwise
local PARAMS_MOST = 15

local unescaped = { [":"] = ";", s = " ", ["\\"] = "\\", r = "\r", n = "\n" }

-- \X for another X is X, and a \ at the end is nothing.
local function unescape(value)
  if not value:find("\\", 1, true) then
    return value
  end
  return (value:gsub("\\(.?)", function(character)
    return unescaped[character] or character
  end))
end

-- A tag that is said twice has its last value.
local function parse_tags(text)
  local tags = {}
  for tag in text:gmatch "[^;]+" do
    local key, value = tag:match "^([^=]+)=?(.*)$"
    if key then
      tags[key] = unescape(value)
    end
  end
  return tags
end

local function parse_params(rest)
  local params, count, from = {}, 0, 1
  while true do
    from = rest:find("[^ ]", from)
    if not from then
      return params
    end
    count = count + 1
    if rest:byte(from) == 58 then -- :
      params[count] = rest:sub(from + 1)
      return params
    elseif count == PARAMS_MOST then
      params[count] = rest:sub(from)
      return params
    end
    local stop = rest:find(" ", from, true)
    params[count] = rest:sub(from, stop and stop - 1)
    if not stop then
      return params
    end
    from = stop
  end
end

---@class IrcMessage
---@field tags table<string, string>? nil if there are none
---@field source string? who it is from: a server's name, or nick!user@host
---@field nick string? the source up to its !, or all of it
---@field user string?
---@field host string?
---@field command string in capitals, or three digits
---@field params string[]

---@param line string with or without its end
---@param most integer? bytes of the line without tags, with CR LF; 512 if left out
---@return IrcMessage? nil if it is no line of IRC
---@return string? why
function message.parse(line, most)
  local stop = line:find("[\r\n]")
  if stop then
    if line:find("[^\r\n]", stop) then
      return nil, "a line end in a line"
    end
    line = line:sub(1, stop - 1)
  end
  if line:find("\0", 1, true) then
    return nil, "a NUL in a line"
  end
  local found, from = {}, 1
  if line:byte() == 64 then -- @
    local space = line:find(" ", 1, true)
    if not space then
      return nil, "tags and nothing else"
    elseif space > TAGS_MOST then
      return nil, ("more than %d bytes of tags"):format(TAGS_MOST)
    end
    found.tags = parse_tags(line:sub(2, space - 1))
    from = line:find("[^ ]", space) or #line + 1
  end
  if #line - from + 3 > (most or REST_MOST) then
    return nil, ("longer than %d bytes"):format(most or REST_MOST)
  end
  if line:byte(from) == 58 then -- :
    local source, next_from = line:match("^([^ ]+) +()", from + 1)
    if not source then
      return nil, "no command"
    end
    found.source, from = source, next_from
    local nick, user, host = source:match "^([^!@]+)!([^@]*)@(.+)$"
    if not nick then
      nick, host = source:match "^([^!@]+)@(.+)$"
    end
    found.nick, found.user, found.host = nick or source, user, host
  end
  local command, params_from = line:match("^(%w+)()", from)
  if not command or not (command:find "^%a+$" or command:find "^%d%d%d$") or line:find("^[^ ]", params_from) then
    return nil, "no command"
  end
  found.command = command:upper()
  found.params = parse_params(line:sub(params_from))
  return found
end

---A line to send, without its end. The last word may have spaces, and whatever would end the line in it becomes a space;
---any other word must be one.
---@param command string
---@param ... string? up to the last that is not nil
---@return string? line nil if a word before the last is empty, has a space or a line end in it, or begins with :
---@return string? why
function message.format(command, ...)
  local words, count = { command, ... }, select("#", ...) + 1
  while words[count] == nil do
    count = count - 1
  end
  for i = 1, count do
    local word = words[i]
    if i == count and i > 1 then
      word = word:gsub("[%z\r\n]", " ")
      if word == "" or word:byte() == 58 or word:find(" ", 1, true) then
        word = ":" .. word
      end
    elseif word == "" then
      return nil, "an empty word"
    elseif word:find "[%z\r\n ]" then
      return nil, "a space or a line end in a word"
    elseif word:byte() == 58 then
      return nil, "a colon before a word"
    end
    words[i] = word
  end
  return table.concat(words, " ")
end

---Cuts what is read into lines. A line longer than any may be is left out, to its end.
---@return fun(bytes: string): string[] the lines, without their ends, that these bytes complete
function message.cutter()
  local most = TAGS_MOST + 8192
  local rest, is_skipping = "", false
  return function(bytes)
    local lines, from = {}, 1
    bytes = rest .. bytes
    while true do
      local stop = bytes:find("\n", from, true)
      if not stop then
        break
      end
      if is_skipping or stop - from > most then
        is_skipping = false
      else
        lines[#lines + 1] = bytes:sub(from, bytes:byte(stop - 1) == 13 and stop > from and stop - 2 or stop - 1)
      end
      from = stop + 1
    end
    rest = bytes:sub(from)
    if #rest > most then
      rest, is_skipping = "", true
    end
    return lines
  end
end

return message

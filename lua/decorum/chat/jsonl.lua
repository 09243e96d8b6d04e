--- Events as JSON, one object a line: the form in which other programs hand a chat to Decorum.
--
--   {"type":"message","id":"17","channel":"#lobby","member":"u1","name":"Ann","at":1700000000,"text":"hi"}
--   {"type":"edit","id":"17","at":1700000060,"text":"hi all"}
--   {"type":"delete","id":"17","at":1700000090}
--   {"type":"join","id":"19","channel":"#lobby","member":"u1","at":1700000000}
--   {"type":"leave","channel":"#lobby","member":"u1","at":1700000000}
--   {"type":"nick","member":"u1","to":"u2","at":1700000000}
--   {"type":"kick","id":"18","channel":"#lobby","member":"u1","by":"u3","reason":"flood","at":1700000000}
--
-- id, channel, member: the platform's own ids, text (a number is taken as its digits, all of them).
-- at: Unix seconds, UTC. Optional: type (message if left out), name (as shown; else the id), platform
-- (else jsonl), kind of a message (message, action, notice), reason, id of a join (else which of the joins into the
-- channel at that time it is). Unknown keys are ignored, so that a bot may write what else it knows.

local json = require "host.json"
local repeated = require "decorum.chat.repeated"
local system = require "host.system"

local jsonl = {}

---@class Event
---@field type string message, edit, delete, join, leave, nick or kick
---@field platform string
---@field id string? the platform's id of the message, of the kick or of the join
---@field channel string?
---@field member string? the platform's id of who it is about
---@field name string? as shown to people
---@field kind string? of a message: message, action or notice
---@field at number Unix seconds
---@field text string?
---@field to string? a new nick
---@field by string? who kicked
---@field reason string?
---@field live boolean? a bot heard it just now: what is decided about it is carried out

local required = {
  message = { "id", "channel", "member", "at", "text" },
  edit = { "id", "at", "text" },
  delete = { "id", "at" },
  join = { "channel", "member", "at" },
  leave = { "channel", "member", "at" },
  nick = { "member", "to", "at" },
  kick = { "id", "channel", "member", "by", "at" },
}
local ids = { "platform", "id", "channel", "member", "name", "to", "by" }
local kinds = { message = true, action = true, notice = true }

local function check(event)
  event.type = event.type or "message"
  event.name = event.name ~= "" and event.name or nil
  local needs = required[event.type]
  if not needs then
    local given = type(event.type) == "string" and event.type or type(event.type)
    return ("type must be message, edit, delete, join, leave, nick or kick, not %s"):format(given)
  end
  for _, key in ipairs(needs) do
    if event[key] == nil then
      return ("a %s needs %s"):format(event.type, key)
    end
  end
  for _, key in ipairs(ids) do
    local value = event[key]
    if math.type(value) == "integer" then
      event[key] = ("%d"):format(value)
    elseif value ~= nil and (type(value) ~= "string" or value == "") then
      return key .. " must be text that is not empty"
    end
  end
  if type(event.at) ~= "number" or event.at ~= event.at or math.abs(event.at) >= 1e11 then
    local hint = type(event.at) == "number" and math.abs(event.at) < 1e14 and " (milliseconds?)" or ""
    return "at must be a number of Unix seconds" .. hint
  elseif event.text ~= nil and type(event.text) ~= "string" then
    return "text must be text"
  elseif event.reason ~= nil and type(event.reason) ~= "string" then
    return "reason must be text"
  elseif event.kind ~= nil and not kinds[event.kind] then
    return "kind must be message, action or notice"
  end
end

---A reader of the lines of a log.
---@return fun(line: string): Event?, string?, string? an event, what kind of line it is, and why it is none
function jsonl.reader()
  local distinct = repeated.counter()
  return function(line)
    if not line:find "%S" then
      return nil, "blank"
    end
    local event, why = json.decode(line)
    if event ~= nil and not line:find "^%s*{" then
      why = "not an object"
    end
    why = why or check(event)
    if why then
      return nil, nil, why
    end
    event.platform = event.platform or "jsonl"
    if event.type == "join" and not event.id then
      event.id = distinct(("%.17g-%s"):format(event.at, system.hash(event.channel, "join")), event.at)
    end
    return event, event.type == "message" and event.kind or event.type
  end
end

return jsonl

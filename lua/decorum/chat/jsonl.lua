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
local loop = require "host.loop"
local net = require "host.net"
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
---@field told_at number? the same as the platform tells it, whose clock may be ahead: by it edits are told apart
---@field text string?
---@field to string? a new nick
---@field by string? who kicked
---@field reason string?
---@field origin string? where who it is about is connected from, as the platform tells
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
local ids = { "platform", "id", "channel", "member", "name", "to", "by", "reply_to", "community" }
local kinds = { message = true, action = true, notice = true }

local function check(event, now)
  event.type = event.type or "message"
  event.name = event.name ~= "" and event.name or nil
  event.at = event.at or now
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
  elseif event.rank ~= nil and not (math.type(event.rank) == "integer" and event.rank >= 0 and event.rank <= 3) then
    return "rank must be an integer between 0 and 3"
  elseif event.direct ~= nil and type(event.direct) ~= "boolean" then
    return "direct must be true or false"
  end
end

-- An object in a line; or nil and why not, or nil and nothing of an empty line.
local function decode(line)
  if not line:find "%S" then
    return nil
  end
  local object, why = json.decode(line)
  if object ~= nil and not line:find "^%s*{" then
    return nil, "not an object"
  end
  return object, why
end

---A reader of the lines of a log.
---@param now (fun(): number)? the time of an event that tells none; else such a one is refused
---@return fun(line: string|table): Event?, string?, string? an event, what kind of line it is, and why it is none
function jsonl.reader(now)
  local distinct = repeated.counter()
  return function(line)
    local event, why = line, nil
    if type(line) == "string" then
      event, why = decode(line)
      if not event and not why then
        return nil, "blank"
      end
    end
    why = why or check(event, now and now())
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

local LINE_MAX = 1048576 -- bytes
local ANSWER_S = 30      -- how long a call waits for its answer

jsonl.options = {
  platform = { type = "string", default = "jsonl", doc = "what the platform is called, unless an event says it" },
  answers = { type = "boolean", default = false,
    doc = "each call is answered with done or failed; otherwise it counts as done once it is written" },
}

-- What may be asked for is everything: what the other program cannot do, it says.
local can = {}
for _, call in ipairs { "say", "reply", "dm", "warn", "delete", "mute", "unmute", "kick", "ban", "unban", "slowmode", "slowmode_end" } do
  can[call] = true
end

---The adapter: events on standard input, calls on standard output.
---@param options table
---@param host ChatHost
---@return Adapter
function jsonl.connect(options, host)
  local input, output = net.stream(0), net.stream(1)
  local parse = jsonl.reader(host.now)
  local waiting = {} -- calls that wait for their answer, by key
  local writing = loop.queue(1) -- whose turn it is to write
  local adapter = { platform = options.platform, can = can }
  local number = 0
  local ended, is_closed = nil, false

  local function write(object)
    writing:put(true)
    local done, why = output:write(json.encode(object) .. "\n")
    writing:try()
    return done, why
  end

  -- An answer to a call; false if the object is none.
  local function is_answer(object)
    if object.type ~= "done" and object.type ~= "failed" then
      return false
    end
    local ticket = waiting[object.key]
    if ticket then
      waiting[object.key] = nil
      loop.wake(ticket, object)
    end
    return true
  end

  local function take(line)
    number = number + 1
    local object, why = decode(line)
    if object and (is_answer(object) or object.type == "end") then
      if object.type == "end" then
        loop.wake(ended)
      end
      return
    end
    local event, kind
    if object then
      object.platform = object.platform or options.platform
      event, kind, why = parse(object)
    end
    if event then
      event.is_sure = true
      host.emit(event)
    elseif why or not kind and object then
      host.log.warn("a line was not understood", { line = number, why = why })
    end
  end

  local function read()
    local rest = ""
    while true do
      local bytes, why = input:read()
      if not bytes then
        if why ~= "closed" then
          host.lost(why)
        end
        break
      end
      rest = rest .. bytes
      local from = 1
      while true do
        local stop = rest:find("\n", from, true)
        if not stop then
          break
        end
        take(rest:sub(from, rest:byte(stop - 1) == 13 and stop - 2 or stop - 1))
        from = stop + 1
      end
      rest = rest:sub(from)
      if #rest > LINE_MAX then
        host.log.warn("a line is too long and was not read", { line = number + 1, most = LINE_MAX })
        rest = ""
      end
    end
    if rest ~= "" then
      take(rest)
    end
    is_closed = true
    for _, ticket in pairs(waiting) do
      loop.wake(ticket)
    end
    loop.wake(ended)
  end

  -- Until the input ends, or says that there will be nothing more but answers.
  function adapter.run()
    ended = loop.ticket()
    host.ready()
    loop.spawn("standard input", read)
    loop.wait(ended)
  end

  function adapter.stop()
    if ended then
      loop.wake(ended)
    end
  end

  function adapter.call(call)
    local ticket
    if options.answers and is_closed then
      return nil, "later", "nobody is there to answer"
    elseif options.answers then
      ticket = loop.ticket()
      waiting[call.key] = ticket
    end
    local done, why = write {
      type = "call", call = call.name, key = call.key, member = call.ids[1], members = #call.ids > 1 and json.array(call.ids) or nil,
      name = call.shown, channel = call.channel, message = call.message, text = call.text, until_at = call.until_at, case = call.case_no,
    }
    if not done then
      waiting[call.key] = nil
      return nil, "later", why
    elseif not ticket then
      return true
    end
    local answer = loop.wait(ticket, ANSWER_S)
    waiting[call.key] = nil
    if not answer then
      return nil, "later", "no answer"
    elseif answer.type == "failed" then
      return nil, answer.retry == true and "later" or "never", type(answer.why) == "string" and answer.why or "no reason given"
    end
    return true, type(answer.how) == "string" and answer.how or nil
  end

  ---A decision to do something, or to ask for a review, as soon as it is made.
  function adapter.decided(decision)
    decision.type = "decision"
    write(decision)
  end

  return adapter
end

return jsonl

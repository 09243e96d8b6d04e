--- One connection: reads and writes the lines of a session until it fails or is over.
--
--   local live = connection.new(session, socket, { loop = loop, deliver = f })
--   live.run()         until the end; session.failure says why
--   live.wake()        there is something to send
--
-- Two tasks: one reads, and hands over what happened; one writes, at the session's pace. deliver(effect) may wait: then
-- nothing is read, and the server has to wait too.

local message = require "decorum.chat.irc.message"

local connection = {}

local SILENCE, ANSWER = 90, 60 -- seconds without a word before a PING, and for its answer
local WRITING = 60 -- seconds for a line to go
local FAREWELL = 5 -- seconds between QUIT and the end

-- Hands over what happened.
local function hand_over(session, deliver)
  local effects = session.effects
  session.effects = {}
  for _, effect in ipairs(effects) do
    deliver(effect)
  end
end

---@param session table
---@param socket table read, write, close
---@param parts { loop: table, deliver: fun(effect: table) }
---@return { run: fun(), wake: fun() }
function connection.new(session, socket, parts)
  local loop = parts.loop
  local live, ticket = {}, nil

  function live.wake()
    if ticket then
      loop.wake(ticket)
    end
  end

  local function wait_for_more(seconds)
    ticket = loop.ticket()
    loop.wait(ticket, seconds)
    ticket = nil
  end

  local function write()
    while not session.failure do
      session:tick()
      local line, wait = session:take()
      if line then
        local ok, why = socket:write(line .. "\r\n", WRITING)
        if not ok then
          session:fail("cannot write: " .. why)
        end
        session:sent()
      elseif session.is_leaving then
        wait_for_more(FAREWELL)
        session:fail "left"
      elseif not session.failure then
        wait_for_more(wait)
      end
    end
    socket:close() -- the reader ends with it
  end

  local function read()
    local cut = message.cutter()
    local has_asked = false
    while not session.failure do
      local bytes, why = socket:read(has_asked and ANSWER or SILENCE)
      if bytes then
        has_asked = false
        for _, line in ipairs(cut(bytes)) do
          local ok, why_not = xpcall(session.receive, debug.traceback, session, line)
          if not ok then -- one line that nobody thought of must not end all moderation
            session.log.error("a line could not be handled", { why = why_not })
          end
          hand_over(session, parts.deliver)
        end
      elseif why == "timed out" and not has_asked then
        has_asked = true
        session:ask()
      else
        session:fail(why == "timed out" and "the server is silent" or "the connection is gone: " .. tostring(why))
      end
      live.wake()
    end
  end

  function live.run()
    local writer = loop.spawn("irc writer", write)
    local guard <close> = setmetatable({}, { __close = function() -- luacheck: ignore guard (closed, not read)
      writer:cancel()
    end })
    read()
  end

  return live
end

return connection

--- People on an IRC server, for tests: clients that join, talk and tell what they hear. Used by tasks of host.loop.
--
--   local ann = client.connect { port = 6667, nick = "ann" }       registered
--   ann:join "#lobby"                                              until NAMES is over
--   ann:say("#lobby", "hello")
--   ann:hear("^:bob!%S+ PRIVMSG #lobby :(.*)$")                    what the pattern captures, of the first such line since; an
--                                                                  error after 20 seconds
--   ann:send "NICK anna"
--   ann:close()

local loop = require "host.loop"
local net = require "host.net"

local client = {}
client.__index = client

local PATIENCE = 20 -- seconds

-- Until something is so. For conditions that no line tells.
function client.wait_for(what, is_so)
  local deadline = loop.clock() + PATIENCE
  repeat
    local found = is_so()
    if found then
      return found
    end
    loop.sleep(0.02)
  until loop.clock() > deadline
  error(("waited in vain: %s"):format(what), 2)
end

function client.connect(options)
  local socket = client.wait_for("a connection", function()
    return (net.connect { host = options.host or "127.0.0.1", port = options.port, tls = options.tls, ca_file = options.ca_file })
  end)
  local made = setmetatable({ nick = options.nick, socket = socket, lines = {}, heard = 0 }, client)
  made.reader = loop.spawn(options.nick, function()
    local rest = ""
    for bytes in function() return (socket:read()) end do
      rest = rest .. bytes
      for line in rest:gmatch "([^\r\n]*)\r\n" do
        made.lines[#made.lines + 1] = line:gsub("^@%S+ ", "")
        local token = line:match "^PING (.*)$"
        if token then
          socket:write("PONG " .. token .. "\r\n")
        end
      end
      rest = rest:match "[^\n]*$"
    end
    made.is_closed = true
  end)
  made:send("NICK " .. options.nick)
  made:send(("USER %s 0 * :%s"):format(options.user or options.nick, options.nick))
  made:hear " 001 "
  return made
end

function client:send(line)
  return self.socket:write(line .. "\r\n")
end

---Waits for a line; what was heard before is not looked at again.
function client:hear(pattern, what)
  local captures = client.wait_for(("%s to hear %s (last: %s)"):format(self.nick, what or pattern, self.lines[#self.lines]), function()
    while self.heard < #self.lines do
      self.heard = self.heard + 1
      local found = table.pack(self.lines[self.heard]:match(pattern))
      if found[1] then
        return found
      end
    end
  end)
  return table.unpack(captures, 1, captures.n)
end

---All that was said to the client up to now: the server has answered everything before.
function client:settle()
  self.asked = (self.asked or 0) + 1
  local token = ("settle%d"):format(self.asked)
  self:send("PING " .. token)
  local from = self.heard + 1
  self:hear("PONG .*" .. token)
  return table.concat(self.lines, "\n", from, self.heard)
end

function client:join(channel)
  self:send("JOIN " .. channel)
  self:hear(" 366 ")
end

function client:say(channel, text)
  self:send(("PRIVMSG %s :%s"):format(channel, text))
end

function client:close()
  self.reader:cancel()
  self.socket:close()
end

return client

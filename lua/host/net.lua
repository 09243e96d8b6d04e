--- Connections, plain and TLS, and streams over descriptors that are there already.
--
--   local net = require "host.net"
--   local socket <close>, why = net.connect { host = "irc.example.org", port = 6697, tls = true }
--   if not socket then
--     print(why)                      -- irc.example.org port 6697: Connection refused
--   end
--   socket:write("NICK ann\r\n")      -- true once the kernel has it all; nil, why
--   socket:read(60)                   -- 1 to 65536 bytes as they come; nil, "timed out"
--   socket:close()
--   net.stream(0):read()              -- standard input: a terminal, a pipe, a file
--
-- Called by tasks of host.loop, which wait. One task may read while another writes; two at once may not do the
-- same. Nothing is read ahead, so a peer that sends faster than the task reads must wait.

local descriptor = require "host.descriptor"
local loop = require "host.loop"

local net = {}

local CONNECT_TIMEOUT = 15 -- seconds
local AT_ONCE = 16 -- reads or writes that did not have to wait, before others get their turn

---@class Socket
---@field transfer userdata? a connection's
---@field fd integer? what is waited for; nil once closed
---@field why string? why nothing can be written any more
---@field turn integer? the turn of the loop in which it last had not to wait
---@field quick integer how often it had not in that turn
---@field is_writing boolean
---@field guard table closes over a write: one that is not done to the end is the last
local Socket = {}
Socket.__index = Socket

local Guard = {}

-- Part of the bytes may be on their way: what comes after would not be what the peer expects.
function Guard:__close()
  local socket = self.socket
  if socket.is_writing then
    socket.is_writing = false
    socket.why = socket.why or "an earlier write was not finished"
  end
end

local function new(fields)
  local socket = setmetatable(fields, Socket)
  socket.quick, socket.is_writing = 0, false
  socket.guard = setmetatable({ socket = socket }, Guard)
  return socket
end

-- Something could be done at once. Others get their turn if that happens too often.
local function take_turns(socket)
  local turn = loop.turn()
  if socket.turn ~= turn then
    socket.turn, socket.quick = turn, 0
  end
  socket.quick = socket.quick + 1
  if socket.quick >= AT_ONCE then
    loop.sleep(0)
  end
end

local function receive(socket)
  if socket.transfer then
    return socket.transfer:receive()
  end
  return descriptor.read(socket.fd)
end

local function send(socket, bytes, from)
  if socket.transfer then
    return socket.transfer:send(bytes, from)
  end
  return descriptor.write(socket.fd, bytes, from)
end

-- What is left of the time; nil for no limit.
local function left(deadline)
  return deadline and math.max(0, deadline - loop.clock())
end

---@param timeout_s number? none: waits as long as it takes
---@return string? bytes 1 to 65536
---@return string? why "timed out", "closed", "reset", or other words
function Socket:read(timeout_s)
  local deadline = timeout_s and loop.clock() + timeout_s
  while self.fd do
    local bytes, why = receive(self)
    if bytes then
      take_turns(self)
      return bytes
    elseif why ~= "again" then
      return nil, why
    end
    local ready
    ready, why = loop.readable(self.fd, left(deadline))
    if not ready then
      return nil, why
    end
  end
  return nil, "closed"
end

local function write_all(self, bytes, deadline)
  local from = 1
  while from <= #bytes do
    if not self.fd then
      return nil, "closed"
    end
    local count, why = send(self, bytes, from)
    if count then
      from = from + count
      take_turns(self)
    elseif why ~= "again" then
      return nil, why
    else
      local ready
      ready, why = loop.writable(self.fd, left(deadline))
      if not ready then
        return nil, why
      end
    end
  end
  return true
end

---@param bytes string
---@param timeout_s number? for all of it; none: waits as long as it takes
---@return true? written the kernel (or TLS) has all
---@return string? why "timed out", "closed", "reset", or other words; nothing can be written after that
function Socket:write(bytes, timeout_s)
  if type(bytes) ~= "string" then
    error(("socket:write: takes a string, not a %s"):format(type(bytes)), 2)
  elseif self.is_writing then
    error("socket:write: another task is writing", 2)
  elseif not self.fd then
    return nil, "closed"
  elseif self.why then
    return nil, self.why
  end
  self.is_writing = true
  local guard <close> = self.guard -- luacheck: ignore guard (closed, not read)
  local done, why = write_all(self, bytes, timeout_s and loop.clock() + timeout_s)
  if done then
    self.is_writing = false
  elseif why ~= "timed out" then
    self.why = why
  end
  return done, why
end

---Again is nothing. Who waits in read or write hears "closed".
function Socket:close()
  local fd, transfer = self.fd, self.transfer
  if not fd then
    return
  end
  self.fd, self.transfer = nil, nil
  loop.forget(fd)
  if transfer then
    transfer:close()
  else
    descriptor.close(fd)
  end
end

Socket.__close = Socket.close

-- A transfer that is closed if the task ends before it is handed over.
local Pending = {
  __close = function(self)
    if self.transfer then
      self.transfer:close()
    end
  end,
}

local KINDS = {
  host = "string", port = "integer", tls = "boolean", ca_file = "string", verify = "boolean", server_name = "string",
  certificate = "string", key = "string", proxy = "string", timeout_s = "number",
}

local function check(options, is, rule, name)
  if not is then
    error(("net.connect: %s must be %s, not %s"):format(name, rule, tostring(options[name])), 4)
  end
end

local function check_options(options)
  for name, value in pairs(options) do
    if not KINDS[name] then
      error(("net.connect: there is no option %s"):format(tostring(name)), 3)
    end
    check(options, type(value) == KINDS[name] or math.type(value) == KINDS[name], "a " .. KINDS[name], name)
  end
  local port, timeout = options.port, options.timeout_s or CONNECT_TIMEOUT
  check(options, port and port >= 1 and port <= 65535, "between 1 and 65535", "port")
  check(options, timeout > 0 and timeout <= 86400, "above 0 and at most 86400 seconds", "timeout_s")
  for _, name in ipairs { "host", "server_name" } do
    local value = options[name]
    local is_name = value and #value > 0 and not value:find "[%s%c/\\@?#%%%[%]]"
    check(options, is_name or name == "server_name" and value == nil, "a host name or an address", name)
  end
end

local function bracketed(host)
  return host:find(":", 1, true) and "[" .. host .. "]" or host
end

local function transfer_options(options)
  local host, name, port = bracketed(options.host), bracketed(options.server_name or options.host), options.port
  return {
    url = ("%s://%s:%d"):format(options.tls and "https" or "http", name, port),
    connect_to = name ~= host and ("%s:%d:%s:%d"):format(name, port, host, port) or nil,
    connect_timeout_ms = math.ceil((options.timeout_s or CONNECT_TIMEOUT) * 1000),
    ca_file = options.ca_file, verify = options.verify, certificate = options.certificate, key = options.key,
    proxy = options.proxy,
  }
end

---@class ConnectOptions
---@field host string a name, or an address (IPv4 or IPv6 without brackets)
---@field port integer
---@field tls boolean? false unless given
---@field ca_file string? PEM; who is trusted instead of whom the system trusts
---@field verify boolean? true unless given: the peer's certificate is valid, and is for that name
---@field server_name string? the name to ask for and to verify, if not host
---@field certificate string? a file, PEM: who we are
---@field key string? a file, PEM: its key
---@field proxy string? "http://proxy:3128", "socks5h://..."; none unless given, whatever the environment says
---@field timeout_s number? 15; for looking up, connecting and TLS together

---@param options ConnectOptions
---@return Socket?
---@return string? why
function net.connect(options)
  check_options(options)
  local pending <close> = setmetatable({ transfer = loop.transfer("connect", transfer_options(options)) }, Pending)
  loop.finished(pending.transfer)
  local ok, kind, why = pending.transfer:outcome()
  if not ok then
    why = kind == "timed out" and kind or kind == "tls" and "TLS: " .. why or why
    return nil, ("%s port %d: %s"):format(options.host, options.port, why)
  end
  local socket = new { transfer = pending.transfer, fd = pending.transfer:socket() }
  pending.transfer = nil
  return socket
end

---Reads and writes a descriptor that is there already, without making it non-blocking for all who share it. What
---it shares with other processes it should not read: another may take the bytes in between, and the read waits.
---It is closed by close() and <close> only, not when collected. 0, 1 and 2 lead to /dev/null once closed.
---@param fd integer
---@return Socket
function net.stream(fd)
  if math.type(fd) ~= "integer" or fd < 0 then
    error(("net.stream: takes a descriptor, not %s"):format(tostring(fd)), 2)
  end
  return new { fd = fd }
end

return net

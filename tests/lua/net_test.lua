-- Connections and streams, with peers that behave and that do not.
local descriptor = require "host.descriptor"
local loop = require "host.loop"
local net = require "host.net"
local peer = require "peer"
local system = require "host.system"

local function open_descriptors()
  return #assert(system.files "/proc/self/fd")
end

local function connect(name, more)
  local options = { host = "127.0.0.1", port = peer.port[name], timeout_s = 30 }
  for key, value in pairs(more or {}) do
    options[key] = value
  end
  return net.connect(options)
end

-- To a TLS server, whose certificate is for peer.test.
local function connect_tls(name, more)
  local options = { tls = true, ca_file = peer.file "ca.pem", server_name = "peer.test" }
  for key, value in pairs(more or {}) do
    options[key] = value
  end
  return connect(name, options)
end

local function read_all(socket, limit_s)
  local parts = {}
  while true do
    local bytes, why = socket:read(limit_s or 30)
    if not bytes then
      return table.concat(parts), why
    end
    parts[#parts + 1] = bytes
  end
end

local function read_count(socket, count)
  local parts, length = {}, 0
  while length < count do
    local bytes = assert(socket:read(30))
    parts[#parts + 1] = bytes
    length = length + #bytes
  end
  return table.concat(parts)
end

-- KiB that this process has in memory. The address sanitizer keeps what was freed: there, what Lua has.
local function resident()
  if io.open("/proc/self/maps"):read("a"):find "libasan" then
    return collectgarbage "count"
  end
  for line in io.lines "/proc/self/status" do
    local size = line:match "^VmRSS:%s*(%d+)"
    if size then
      return tonumber(size)
    end
  end
end

describe("host.net", function()
  setup(peer.start)
  teardown(peer.stop)

  for name, open in pairs { echo = connect, tls_echo = connect_tls } do
    it("reads and writes: " .. name, function()
      peer.run(function()
        local socket <close> = assert(open(name))
        assert.is_true(socket:write "hello\0there")
        assert.equal("hello\0there", read_count(socket, 11))
        assert.is_true(socket:write "")
        assert.same({ nil, "timed out" }, { socket:read(0.01) })
        assert.same({ nil, "timed out" }, { socket:read(0) })
        local sent = {}
        for i = 1, 300000 do
          sent[i] = string.char(i * i % 251)
        end
        sent = table.concat(sent)
        local writer = loop.spawn("writes", function() return socket:write(sent, 30) end)
        assert.is_true(read_count(socket, #sent) == sent)
        assert.same({ true, true }, { writer:wait() })
        socket:close()
        socket:close()
        assert.same({ nil, "closed" }, { socket:read() })
        assert.same({ nil, "closed" }, { socket:write "x" })
      end)
    end)
  end
  it("reads what comes a byte at a time", function()
    peer.run(function()
      for name, open in pairs { drip = connect, tls_drip = connect_tls } do
        local socket <close> = assert(open(name))
        socket:write "one byte at a time\n"
        assert.equal("one byte at a time\n", read_count(socket, 19))
      end
    end)
  end)
  it("tells that the peer is done, after all that it said", function()
    peer.run(function()
      for name, open in pairs { goodbye = connect, tls_goodbye = connect_tls, tls_cut = connect_tls } do
        local socket <close> = assert(open(name))
        assert.same({ "goodbye\n", "closed" }, { read_all(socket) })
        assert.same({ nil, "closed" }, { socket:read() })
      end
    end)
  end)
  it("tells a connection that broke", function()
    peer.run(function()
      for name, open in pairs { reset = connect, tls_reset = connect_tls } do
        local socket <close> = assert(open(name))
        socket:write "now\n"
        assert.same({ nil, "reset" }, { socket:read(30) })
        local done, why
        repeat
          done, why = socket:write("x", 30)
        until not done
        assert.is_true(why == "closed" or why == "reset", why)
      end
    end)
  end)
  it("lets the program sleep while nothing comes", function()
    peer.run(function()
      local socket <close> = assert(connect_tls "tls_echo")
      local http = require "host.http"
      assert(http.request { url = ("http://127.0.0.1:%d/"):format(peer.port.http), timeout_s = 0.3, connect_timeout_s = 0.2 })
      local turn = loop.turn()
      assert.same({ nil, "timed out" }, { socket:read(0.5) })
      assert.is_true(loop.turn() - turn <= 5, loop.turn() - turn .. " turns") -- timers of libcurl's may be left over
    end)
  end)
  it("knows IPv6 and names", function()
    peer.run(function()
      local socket <close> = assert(net.connect { host = "localhost", port = peer.port.echo })
      socket:write "x"
      assert.equal("x", socket:read(30))
      if peer.port.echo6 then
        local other <close> = assert(net.connect { host = "::1", port = peer.port.echo6 })
        other:write "six"
        assert.equal("six", other:read(30))
      end
    end)
  end)

  describe("connect", function()
    it("says what was in the way", function()
      peer.run(function()
        assert.same({ nil, "127.0.0.1 port 1: Connection refused" }, { net.connect { host = "127.0.0.1", port = 1 } })
        assert.same({ nil, "nobody.invalid port 1: Could not resolve host: nobody.invalid" },
          { net.connect { host = "nobody.invalid", port = 1 } })
        local port = peer.port.deaf
        assert.same({ nil, ("127.0.0.1 port %d: timed out"):format(port) }, { connect("deaf", { timeout_s = 0.2 }) })
        port = peer.port.tls_silent
        assert.same({ nil, ("127.0.0.1 port %d: timed out"):format(port) }, { connect_tls("tls_silent", { timeout_s = 0.2 }) })
        assert.matches("TLS: ", select(2, connect_tls "echo")) -- it sends back what TLS greets it with
      end)
    end)
    it("trusts whom it is told to, for the name that it is told", function()
      peer.run(function()
        local function refused(why, more)
          local socket, words = connect_tls("tls_echo", more)
          assert.is_nil(socket)
          assert.matches(("127.0.0.1 port %d: TLS: "):format(peer.port.tls_echo) .. why, words)
        end
        refused("SSL: no alternative certificate subject name matches target host name 'other.test'",
          { server_name = "other.test" })
        refused("SSL certificate problem: unable to get local issuer certificate", { ca_file = peer.file "other.pem" })
        refused("error setting certificate file: .*/nothing.pem", { ca_file = peer.file "nothing.pem" })
        local socket, why = net.connect { host = "127.0.0.1", port = peer.port.tls_echo, tls = true }
        assert.is_nil(socket) -- the system has not heard of our CA
        assert.matches("unable to get local issuer certificate", why)
        for _, more in ipairs { { server_name = "127.0.0.1" }, { server_name = "localhost" },
          { verify = false, server_name = "other.test" }, { verify = false, ca_file = peer.file "other.pem" } } do
          local trusting <close> = assert(connect_tls("tls_echo", more))
          trusting:write "x"
          assert.equal("x", trusting:read(30))
        end
      end)
    end)
    it("shows a certificate", function()
      peer.run(function()
        local socket <close> = assert(connect_tls("strict",
          { certificate = peer.file "client.pem", key = peer.file "client.key" }))
        socket:write "x"
        assert.equal("x", socket:read(30))
        local stranger <close> = assert(connect_tls "strict") -- with TLS 1.3 the refusal comes after the handshake
        assert.same({ nil, "closed" }, { stranger:read(30) }) -- by this peer, without a word
        assert.matches("TLS: ", select(2, connect_tls("strict", { certificate = peer.file "ca.key" })))
      end)
    end)
    it("goes through a proxy, if it is told to", function()
      peer.run(function()
        local proxy = "http://127.0.0.1:" .. peer.port.proxy
        local socket <close> = assert(connect("echo", { proxy = proxy }))
        socket:write "x"
        assert.equal("x", socket:read(30))
        local safe <close> = assert(connect_tls("tls_echo", { proxy = proxy }))
        safe:write "y"
        assert.equal("y", safe:read(30))
        local refused, why = net.connect { host = "127.0.0.1", port = 1, proxy = proxy }
        assert.is_nil(refused)
        assert.matches("403", why)
      end)
    end)
    it("refuses options that make no sense", function()
      peer.run(function()
        for why, options in pairs {
          ["port must be between 1 and 65535, not 0"] = { host = "a", port = 0 },
          ["port must be between 1 and 65535, not nil"] = { host = "a" },
          ["port must be a integer, not 1.5"] = { host = "a", port = 1.5 },
          ["host must be a host name or an address, not nil"] = { port = 1 },
          ["host must be a host name or an address, not a/b"] = { host = "a/b", port = 1 },
          ["host must be a host name or an address, not u@h"] = { host = "u@h", port = 1 },
          ["timeout_s must be above 0 and at most 86400 seconds, not 0"] = { host = "a", port = 1, timeout_s = 0 },
          ["there is no option hots"] = { hots = "a", port = 1 },
        } do
          assert.has_error(function() net.connect(options) end, "net.connect: " .. why)
        end
        assert.has_error(function() net.stream "1" end)
      end)
    end)
  end)

  describe("many", function()
    it("connections at once", function()
      peer.run(function()
        local before = open_descriptors()
        local done = 0
        for i = 1, 500 do
          loop.spawn("client", function()
            local socket <close> = assert(connect "echo")
            local text = ("%d "):format(i):rep(50)
            socket:write(text)
            assert.equal(text, read_count(socket, #text))
            done = done + 1
            peer.wait_for(function() return done == 500 end, "all others") -- so all are open at once
          end)
        end
        peer.wait_for(function() return done == 500 end, "500 connections")
        peer.wait_for(function() return loop.count().tasks == 2 end, "their end")
        assert.is_true(open_descriptors() <= before + 1)
      end)
    end)
    it("connections one after the other leave no descriptor behind", function()
      peer.run(function()
        local before
        for i = 1, 2000 do
          local socket <close> = assert(connect "count")
          if i % 4 == 0 then
            socket:write "how many?\n"
            assert.matches("^%d+ %d+\n$", socket:read(30))
          end
          before = before or open_descriptors()
        end
        for _ = 1, 20 do
          assert.is_nil((net.connect { host = "127.0.0.1", port = 1 }))
          assert.is_nil((connect_tls("tls_echo", { server_name = "other.test" })))
        end
        assert.is_true(open_descriptors() <= before)
        assert.same({ 0, 0 }, { loop.count().transfers, loop.count().watched })
      end)
    end)
    it("forgotten sockets are collected", function()
      peer.run(function()
        local before = open_descriptors()
        for _ = 1, 50 do
          assert(connect "echo")
        end
        collectgarbage()
        collectgarbage()
        assert.is_true(open_descriptors() <= before + 1)
      end)
    end)
  end)

  describe("a task that ends", function()
    it("takes its connection with it", function()
      peer.run(function()
        local function opened()
          local socket <close> = assert(connect "count")
          socket:write "?\n"
          return tonumber(socket:read(30):match "%d+ (%d+)")
        end
        local before = opened()
        local task = loop.spawn("reads", function()
          local socket <close> = assert(connect "count")
          socket:write "?\n"
          socket:read(30)
          socket:read()
        end)
        peer.wait_for(function() return opened() == before + 1 end, "the connection")
        task:cancel()
        assert.equal(0, loop.count().watched)
        peer.wait_for(function() return opened() == before end, "its end")
      end)
    end)
    it("ends what it was connecting", function()
      peer.run(function()
        local before = open_descriptors()
        for _, name in ipairs { "deaf", "tls_silent" } do
          local task = loop.spawn("connects", function() connect_tls(name) end)
          peer.wait_for(function() return loop.count().transfers == 1 end, "the connection")
          loop.sleep(0.01)
          task:cancel()
          assert.equal(0, loop.count().transfers)
        end
        assert.is_true(open_descriptors() <= before + 1)
      end)
    end)
  end)

  describe("a reader", function()
    it("that is slow makes the sender wait: 64 MiB in flat memory", function()
      peer.run(function()
        local most, size = 64 << 20, 0
        local socket <close> = assert(connect "source")
        socket:write(most .. "\n")
        collectgarbage()
        local before = resident()
        local highest = before
        while size < most do
          local bytes = assert(socket:read(30))
          assert.is_true(#bytes <= 65536)
          size = size + #bytes
          loop.sleep(0) -- slow: there is always more
          highest = math.max(highest, resident())
        end
        assert.equal(most, size)
        assert.is_true(highest - before < 8192, ("%.0f KiB more"):format(highest - before))
      end)
    end)
    it("that never has to wait leaves others their turn", function()
      local script = assert(io.open(peer.file "flood.lua", "w"))
      script:write [[
        local loop, net = require "host.loop", require "host.net"
        loop.run(function()
          local from, to, turn = net.stream(0), net.stream(1), loop.turn()
          for _ = 1, 160 do
            from:read()
          end
          io.stderr:write(loop.turn() - turn, " ")
          to:write(("x"):rep(160 * 4096))
          io.stderr:write(loop.turn() - turn)
        end)
      ]]
      script:close()
      local program = assert(io.popen(("'%s' '%s' 2>&1 </dev/zero >/dev/null"):format(peer.program(), peer.file "flood.lua")))
      assert.equal("10 20", program:read "a") -- turns: one after 16 reads or writes
      program:close()
    end)
    it("waits alone", function()
      peer.run(function()
        local socket <close> = assert(connect "silent")
        local first = loop.spawn("first", function() return socket:read() end)
        loop.sleep(0)
        assert.error_matches(function() socket:read() end, "task first waits for this already")
        socket:close()
        assert.same({ true, nil, "closed" }, { first:wait() })
      end)
    end)
  end)

  describe("a writer", function()
    it("waits until the peer has taken all", function()
      peer.run(function()
        local size = 8 << 20
        local socket <close> = assert(connect "sink")
        socket:write(size .. "\n")
        assert.is_true(socket:write(("x"):rep(size), 50))
        assert.equal(size .. "\n", socket:read(30))
      end)
    end)
    for name, open in pairs { silent = connect, tls_echo = connect_tls } do
      it("whose time runs out has written its last: " .. name, function()
        peer.run(function()
          local socket <close> = assert(open(name))
          local writer = loop.spawn("writes", function() return socket:write(("x"):rep(64 << 20), 0.2) end)
          loop.sleep(0)
          assert.error_matches(function() socket:write "y" end, "another task is writing")
          assert.same({ true, nil, "timed out" }, { writer:wait() })
          assert.same({ nil, "an earlier write was not finished" }, { socket:write "y" })
        end)
      end)
    end
    it("that is cancelled has written its last", function()
      peer.run(function()
        local socket <close> = assert(connect "silent")
        local writer = loop.spawn("writes", function() return socket:write(("x"):rep(64 << 20)) end)
        loop.sleep(0.01)
        writer:cancel()
        assert.same({ nil, "an earlier write was not finished" }, { socket:write "y" })
        assert.has_error(function() socket:write(1) end)
      end)
    end)
  end)

  describe("stream", function()
    it("reads pipes and files", function()
      peer.run(function()
        local from, to = descriptor.pipe()
        local reader <close> = net.stream(from)
        local writer = net.stream(to)
        assert.same({ nil, "timed out" }, { reader:read(0.01) })
        assert.is_true(writer:write "hello")
        assert.equal("hello", reader:read())
        writer:close()
        assert.same({ nil, "closed" }, { reader:read() })
        local file = assert(io.open(peer.file "ca.pem"))
        local command = ("exec '%s' '%s' <'%s'"):format(peer.program(), peer.file "cat.lua", peer.file "ca.pem")
        local script = assert(io.open(peer.file "cat.lua", "w"))
        script:write [[
          local net = require "host.net"
          require("host.loop").run(function()
            local from, to = net.stream(0), net.stream(1)
            for bytes in function() return from:read() end do
              assert(to:write(bytes))
            end
          end)
        ]]
        script:close()
        local program = assert(io.popen(command))
        assert.equal(file:read "a", program:read "a")
        program:close()
        file:close()
      end)
    end)
    it("writes a pipe as it has room, without making it non-blocking", function()
      peer.run(function()
        local from, to = descriptor.pipe()
        local reader <close> = net.stream(from)
        local writer <close> = net.stream(to)
        local task = loop.spawn("writes", function() return writer:write(("x"):rep(1 << 20)) end)
        loop.sleep(0)
        assert.equal("running", task.state == "ended" and "ended" or "running") -- the pipe holds 64 KiB
        local size = 0
        while size < 1 << 20 do
          local bytes = reader:read(30)
          size = size + #bytes
        end
        assert.same({ true, true }, { task:wait() })
        local flags = io.open("/proc/self/fdinfo/" .. to):read("a"):match "flags:%s*(%d+)"
        assert.equal(0, tonumber(flags, 8) & 0x800) -- O_NONBLOCK
      end)
    end)
    it("tells a pipe that nobody reads any more", function()
      peer.run(function()
        local from, to = descriptor.pipe()
        local writer <close> = net.stream(to)
        net.stream(from):close()
        assert.same({ nil, "closed" }, { writer:write "x" })
        local waiting_from, waiting_to = descriptor.pipe()
        local full <close> = net.stream(waiting_to)
        local task = loop.spawn("writes", function() return full:write(("x"):rep(1 << 20)) end)
        loop.sleep(0.01)
        net.stream(waiting_from):close()
        assert.same({ true, nil, "closed" }, { task:wait() })
      end)
    end)
    it("finds a descriptor that somebody closed", function()
      peer.run(function()
        local from, to = descriptor.pipe()
        local reader = net.stream(from)
        local task = loop.spawn("reads", function() return reader:read() end)
        loop.sleep(0)
        descriptor.close(from)
        assert.same({ true, nil, "Bad file descriptor" }, { task:wait(30) })
        descriptor.close(to)
      end)
    end)
  end)

  it("is closed with Lua, whatever it is at", function()
    local script = assert(io.open(peer.file "end.lua", "w"))
    script:write(([[
      local loop, net, http = require "host.loop", require "host.net", require "host.http"
      pcall(loop.run, function()
        kept = net.connect { host = "127.0.0.1", port = %d }
        lost = net.connect { host = "127.0.0.1", port = %d, tls = true, verify = false }
        transfer = loop.transfer("request", { url = "http://127.0.0.1:%d/never" })
        pending = loop.transfer("connect", { url = "http://127.0.0.1:%d" })
        loop.spawn("asks", function() http.request { url = "http://127.0.0.1:%d/" } end)
        loop.sleep(0.01)
        error "over"
      end)
      print "over"
    ]]):format(peer.port.echo, peer.port.tls_echo, peer.port.http, peer.port.deaf, peer.port.http))
    script:close()
    local program = assert(io.popen(("'%s' '%s' 2>&1; echo $?"):format(peer.program(), peer.file "end.lua")))
    assert.equal("over\n0\n", program:read "a")
    program:close()
  end)
end)

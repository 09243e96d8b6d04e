-- Requests, to a server that answers anything.
local http = require "host.http"
local loop = require "host.loop"
local peer = require "peer"

local MIB = 1 << 20

local function request(path, more)
  local options = { url = ("http://127.0.0.1:%d%s"):format(peer.port.http, path), timeout_s = 30 }
  for key, value in pairs(more or {}) do
    options[key] = value
  end
  return http.request(options)
end

describe("host.http", function()
  setup(peer.start)
  teardown(peer.stop)

  it("gives status, headers and body", function()
    peer.run(function()
      local reply = assert(request "/")
      assert.same({ status = 200, body = "hello\n", headers = {
        ["content-type"] = "text/plain", ["content-length"] = "6", ["x-two"] = "a, b", ["x-empty"] = "",
      } }, reply)
      assert.equal("a\0b", request("/nul").body)
      assert.same({ 204, "" }, { request("/204").status, request("/204").body })
      assert.equal("", request("/", { method = "HEAD" }).body)
      assert.equal("until the end", request("/no-length").body)
      assert.equal("one two", request("/folded").headers["x-long"])
    end)
  end)
  it("takes any status for a reply", function()
    peer.run(function()
      local reply = request "/429"
      assert.same({ 429, "1.5", "{}" }, { reply.status, reply.headers["retry-after"], reply.body })
      assert.same({ 404, 302, "/" },
        { request("/unheard-of").status, request("/redirect").status, request("/redirect").headers.location })
    end)
  end)
  it("puts chunks together, and forgets what comes before and after the reply", function()
    peer.run(function()
      local reply = request "/chunked"
      assert.equal("hello, world", reply.body)
      assert.is_nil(reply.headers["x-trailer"])
      reply = request "/continue"
      assert.same({ 200, "late", "1" }, { reply.status, reply.body, reply.headers["x-late"] })
      assert.is_nil(reply.headers["x-early"])
    end)
  end)
  it("sends what it is told, and little else", function()
    peer.run(function()
      local host = "127.0.0.1:" .. peer.port.http
      assert.equal("GET /echo HTTP/1.1\r\nHost: " .. host .. "\r\nAccept: */*\r\nUser-Agent: decorum\r\n\r\n\r\n",
        request("/echo").body)
      local body = ("\0\r\nlong "):rep(300000)
      local reply = request("/echo", { method = "POST", body = body, most_bytes = 4 * MIB })
      assert.equal("POST /echo HTTP/1.1\r\nHost: " .. host .. "\r\nAccept: */*\r\nUser-Agent: decorum\r\nContent-Length: " ..
        #body .. "\r\n\r\n\r\n" .. body, reply.body)
      reply = request("/echo", { method = "PATCH", body = "", headers = {
        Authorization = "Bot x", ["X-Number"] = 7, ["user-agent"] = "me", Accept = "a/b", ["Content-Type"] = "c/d", Empty = "",
      } })
      assert.equal("PATCH /echo HTTP/1.1\r\nHost: " .. host .. "\r\nAccept: a/b\r\nAuthorization: Bot x\r\n" ..
        "Content-Type: c/d\r\nEmpty:\r\nX-Number: 7\r\nuser-agent: me\r\nContent-Length: 0\r\n\r\n\r\n", reply.body)
      assert.matches("^PUT /echo .*\r\nContent%-Length: 0\r\n", request("/echo", { method = "PUT" }).body)
      reply = request("/echo", { method = "DELETE" })
      assert.matches("^DELETE /echo HTTP/1.1\r\n", reply.body)
      assert.not_matches("Content%-Length", reply.body)
    end)
  end)
  it("uses a connection again", function()
    peer.run(function()
      local before = tonumber(request("/connections").body)
      for _ = 1, 20 do
        assert.equal(tostring(before), request("/connections").body)
      end
    end)
  end)
  it("takes as much as most_bytes", function()
    peer.run(function()
      assert.equal(MIB, #request("/mib").body)
      local reply, kind = request "/mib-and-one"
      assert.same({ nil, "too large" }, { reply, kind })
      assert.equal(MIB + 1, #request("/mib-and-one", { most_bytes = MIB + 1 }).body)
      assert.same({ nil, "too large", "more than 100000 bytes of body" }, { request("/endless", { most_bytes = 100000 }) })
      assert.same({ nil, "too large", "more than 3 bytes of body" }, { request("/chunked", { most_bytes = 3 }) })
      assert.same({ nil, "too large", "more than 262144 bytes of headers" }, { request "/headers" })
      reply, kind = request "/long-header"
      assert.is_nil(reply)
      assert.is_true(kind == "too large" or kind == "other", kind)
    end)
  end)
  it("says what went wrong", function()
    peer.run(function()
      assert.same({ nil, "connect", "Connection refused" }, { http.request { url = "http://127.0.0.1:1/" } })
      assert.same({ nil, "resolve", "Could not resolve host: nobody.invalid" },
        { http.request { url = "http://nobody.invalid/" } })
      for path, kind in pairs {
        ["/short"] = "reset", ["/cut-chunk"] = "reset", ["/nothing"] = "reset", ["/break"] = "reset",
        ["/bad-chunk"] = "other", ["/bad-length"] = "other", ["/garbage"] = "other",
      } do
        local reply, got, why = request(path)
        assert.same({ path, nil, kind }, { path, reply, got })
        assert.is_true(#why > 5, why)
      end
    end)
  end)
  it("gives up when the time is over", function()
    peer.run(function()
      for _, path in ipairs { "/never", "/slow" } do
        local reply, kind, why = request(path, { timeout_s = 0.2 })
        assert.same({ nil, "timed out" }, { reply, kind })
        assert.matches("^Operation timed out after %d+ milliseconds", why)
      end
      local _, kind = http.request { url = ("http://127.0.0.1:%d/"):format(peer.port.deaf), connect_timeout_s = 0.2 }
      assert.equal("timed out", kind)
      _, kind = http.request { url = ("https://127.0.0.1:%d/"):format(peer.port.tls_silent), connect_timeout_s = 0.2 }
      assert.equal("timed out", kind)
      assert.equal(0, loop.count().transfers)
    end)
  end)
  it("trusts whom it is told to", function()
    peer.run(function()
      local url = ("https://localhost:%d/"):format(peer.port.https)
      assert.equal(200, http.request({ url = url, ca_file = peer.file "ca.pem" }).status)
      assert.equal(200, http.request({ url = url, verify = false }).status)
      for _, ca_file in ipairs { peer.file "other.pem", peer.file "nothing.pem" } do
        local _, kind = http.request { url = url, ca_file = ca_file }
        assert.equal("tls", kind)
      end
      local _, kind = http.request { url = url }
      assert.equal("tls", kind)
      local by_wrong_name = ("https://127.0.0.2:%d/"):format(peer.port.https)
      _, kind = http.request { url = by_wrong_name, ca_file = peer.file "ca.pem" }
      assert.equal("connect", kind) -- nobody listens there
      _, kind = http.request { url = ("https://127.0.0.1:%d/"):format(peer.port.goodbye) }
      assert.equal("tls", kind) -- what answers does not speak it
    end)
  end)
  it("goes through a proxy", function()
    peer.run(function()
      local proxy = "http://127.0.0.1:" .. peer.port.proxy
      local url = ("https://localhost:%d/"):format(peer.port.https)
      assert.equal(200, http.request({ url = url, ca_file = peer.file "ca.pem", proxy = proxy }).status)
      local _, kind = http.request { url = "https://127.0.0.1:1/", proxy = proxy }
      assert.equal("connect", kind)
    end)
  end)
  it("ends with its task", function()
    peer.run(function()
      local task = loop.spawn("asks", function() request "/slow" end)
      peer.wait_for(function() return loop.count().transfers == 1 end, "the request")
      loop.sleep(0.05)
      task:cancel()
      assert.equal(0, loop.count().transfers)
      assert.equal(200, request("/").status)
    end)
  end)
  it("asks many things at once", function()
    peer.run(function()
      local done = 0
      for i = 1, 200 do
        loop.spawn("asks", function()
          assert.equal(MIB, #request("/mib").body)
          assert.matches("X%-I: " .. i .. "\r\n", request("/echo", { headers = { ["X-I"] = i } }).body)
          done = done + 1
        end)
      end
      peer.wait_for(function() return done == 200 end, "200 tasks")
    end)
  end)
  it("refuses what is no request", function()
    peer.run(function()
      for why, options in pairs {
        ["url must be a URL with http:// or https://, not nil"] = {},
        ["url must be a URL with http:// or https://, not file:///etc/passwd"] = { url = "file:///etc/passwd" },
        ["url must be a URL with http:// or https://, not http://a/ b"] = { url = "http://a/ b" },
        ["method must be capital letters, not GET / HTTP/1.1"] = { url = "http://a/", method = "GET / HTTP/1.1" },
        ["header X must be text of one line, not a\r\nY: b"] = { url = "http://a/", headers = { X = "a\r\nY: b" } },
        ["a header's name must be a token, not X: a\r\nY"] = { url = "http://a/", headers = { ["X: a\r\nY"] = "b" } },
        ["timeout_s must be above 0 and at most 86400 seconds, not 0"] = { url = "http://a/", timeout_s = 0 },
        ["most_bytes must be between 1 and 2147483647, not 0"] = { url = "http://a/", most_bytes = 0 },
        ["body must be a string, not 1"] = { url = "http://a/", body = 1 },
        ["there is no option metod"] = { url = "http://a/", metod = "GET" },
      } do
        assert.has_error(function() http.request(options) end, "http.request: " .. why)
      end
      local reply, kind = http.request { url = "http://a@[/" }
      assert.same({ nil, "other" }, { reply, kind })
    end)
  end)
end)

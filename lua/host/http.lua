--- HTTP requests.
--
--   local http = require "host.http"
--   local reply, kind, why = http.request { url = "https://example.org/", headers = { Accept = "text/html" } }
--   reply.status, reply.headers["content-type"], reply.body      -- 200, "text/html", "<!doctype html>..."
--   http.request { url = "http://127.0.0.1:1/" }                 -- nil, "connect", "Connection refused"
--
-- Any status is a reply. What is no reply has a kind: "resolve", "connect", "tls", "timed out", "reset" (the
-- connection broke), "too large" (the body, above most_bytes; or the headers, above 256 KiB), "other" (what came
-- was no HTTP). Called by tasks of host.loop, which wait; a task that is cancelled ends its request.
--
-- HTTP/1.1; connections are kept and used again. Redirections are replies like others: whoever sent a secret
-- decides where else it may go. A body is sent as it is, without a Content-Type unless the headers give one.

local loop = require "host.loop"

local http = {}

local KINDS = {
  method = "string", url = "string", headers = "table", body = "string", connect_timeout_s = "number",
  timeout_s = "number", most_bytes = "integer", ca_file = "string", proxy = "string", verify = "boolean",
  certificate = "string", key = "string",
}
local USER_AGENT = "decorum"
local WITH_BODY = { POST = true, PUT = true, PATCH = true } -- if only an empty one: some servers insist
local MOST_BYTES = 2147483647

local function check(is, name, rule, value)
  if not is then
    error(("http.request: %s must be %s, not %s"):format(name, rule, tostring(value)), 4)
  end
end

local function check_seconds(options, name)
  local value = options[name]
  check(value == nil or value > 0 and value <= 86400, name, "above 0 and at most 86400 seconds", value)
end

local function check_options(options)
  for name, value in pairs(options) do
    if not KINDS[name] then
      error(("http.request: there is no option %s"):format(tostring(name)), 3)
    end
    check(type(value) == KINDS[name] or math.type(value) == KINDS[name], name, "a " .. KINDS[name], value)
  end
  local url, method, most = options.url, options.method, options.most_bytes
  check(url and url:find "^[Hh][Tt][Tt][Pp][Ss]?://[^%s%c]+$", "url", "a URL with http:// or https://", url)
  check(method == nil or method:find "^%u+$", "method", "capital letters", method)
  check(most == nil or most >= 1 and most <= MOST_BYTES, "most_bytes", "between 1 and " .. MOST_BYTES, most)
  check_seconds(options, "connect_timeout_s")
  check_seconds(options, "timeout_s")
end

-- Lines as libcurl takes them, in order; "Name:" alone keeps libcurl from sending its own, "Name;" is one without
-- a value.
local function header_lines(headers, body)
  local lines, seen = {}, {}
  for name, value in pairs(headers or {}) do
    check(type(name) == "string" and name:find "^[%w!#$%%&'*+.^_`|~-]+$", "a header's name", "a token", name)
    local text = (type(value) == "string" or type(value) == "number") and tostring(value)
    check(text and not text:find "[\r\n%z]", "header " .. name, "text of one line", value)
    seen[name:lower()] = true
    lines[#lines + 1] = text:find "%S" and name .. ": " .. text or name .. ";"
  end
  if not seen["user-agent"] then
    lines[#lines + 1] = "User-Agent: " .. USER_AGENT
  end
  if body and not seen["content-type"] then
    lines[#lines + 1] = "Content-Type:"
  end
  if not seen["expect"] then
    lines[#lines + 1] = "Expect:" -- a body is sent at once, not after a second in which nobody asked for it
  end
  table.sort(lines)
  return lines
end

-- "Name: value" lines as name in small letters → value; what comes more than once is joined by ", ". A line
-- that begins with white space goes on with the one before.
local function parse_headers(head)
  local headers, last = {}, nil
  for line in head:gmatch "([^\r\n]+)" do
    local name, value = line:match "^([^%s:]+)[ \t]*:[ \t]*(.-)[ \t]*$"
    if name then
      last = name:lower()
      headers[last] = headers[last] and headers[last] .. ", " .. value or value
    elseif last and line:find "^[ \t]" then
      headers[last] = headers[last] .. " " .. line:match "^%s*(.-)%s*$"
    end
  end
  return headers
end

local function ms(seconds)
  return seconds and math.ceil(seconds * 1000)
end

---@class HttpOptions
---@field url string http:// or https://
---@field method string? "GET"
---@field headers table<string, string|number>?
---@field body string? any bytes
---@field connect_timeout_s number? 5; for looking up, connecting and TLS together
---@field timeout_s number? 60; for all of it
---@field most_bytes integer? 1048576; a longer body is "too large"
---@field ca_file string? PEM; who is trusted instead of whom the system trusts
---@field verify boolean? true unless given
---@field certificate string? a file, PEM: who we are
---@field key string? a file, PEM: its key
---@field proxy string? ""; for none; unless given, what the environment says (https_proxy, no_proxy)

---@class HttpReply
---@field status integer
---@field headers table<string, string> names in small letters
---@field body string

---@param options HttpOptions
---@return HttpReply?
---@return string? kind
---@return string? why
function http.request(options)
  check_options(options)
  local body = options.body or WITH_BODY[options.method] and "" or nil
  local transfer <close> = loop.transfer("request", {
    url = options.url, method = options.method, body = body, headers = header_lines(options.headers, body),
    connect_timeout_ms = ms(options.connect_timeout_s or 5), timeout_ms = ms(options.timeout_s or 60),
    most_bytes = options.most_bytes, ca_file = options.ca_file, verify = options.verify,
    certificate = options.certificate, key = options.key, proxy = options.proxy,
  })
  loop.finished(transfer)
  local ok, kind, why = transfer:outcome()
  if not ok then
    return nil, kind, why
  end
  local status, head, answer = transfer:reply()
  return { status = status, headers = parse_headers(head), body = answer }
end

return http

--- Starts tests/servers/peer.py, and makes the certificates that it and its clients need.
--
--   local peer = require "peer"
--   setup(peer.start)           -- of the file's describe
--   teardown(peer.stop)
--   peer.port.echo              -- where "echo" listens; peer.file "ca.pem": what stands in the tests' folder
--   peer.run(function() ... end)    -- as a task of the loop, within a minute
--
-- Who signs: ca.pem (peer.pem for peer.test, client.pem), and other.pem, of whom nobody has heard.

local loop = require "host.loop"

local peer = { port = {} }

local LIMIT = 60 -- seconds that a test may take, far more than any does
local here = debug.getinfo(1, "S").source:match "^@(.*)/"
local folder, output

local CERTIFICATES = [[
set -e
cd "%s"
key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
for ca in ca other; do
  openssl req -x509 $key -keyout $ca.key -out $ca.pem -days 2 -subj "/CN=$ca"
done
sign() {
  openssl req $key -keyout $1.key -out $1.csr -subj "/CN=$1"
  printf "subjectAltName=DNS:$2,DNS:localhost,IP:127.0.0.1" >$1.ext
  openssl x509 -req -in $1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out $1.pem -days 2 -extfile $1.ext
}
sign peer peer.test
sign client client.test
]]

function peer.file(name)
  return folder .. "/" .. name
end

function peer.start()
  local made = assert(io.popen "mktemp -d")
  folder = made:read()
  made:close()
  assert(os.execute("{ " .. CERTIFICATES:format(folder) .. "} 2>" .. folder .. "/openssl.log"), "openssl")
  output = assert(io.popen(("exec /usr/bin/python3 '%s/../servers/peer.py' '%s'"):format(here, folder)))
  for line in output:lines() do
    if line == "ready" then
      return
    end
    local name, port = line:match "^(%S+) (%d+)$"
    peer.port[name] = math.tointeger(port)
  end
  error "the peer did not start"
end

function peer.stop()
  output:close() -- which it notices
  os.execute(("rm -r '%s'"):format(folder))
end

---@param f function
function peer.run(f)
  loop.run(function()
    local task = loop.spawn("test", f)
    local ok, why = task:wait(LIMIT)
    if not ok then
      error(why, 0)
    end
    loop.stop()
  end)
end

---The host's Lua that runs this.
---@return string
function peer.program()
  return assert(require("host.system").real "/proc/self/exe")
end

---Waits until is() is true.
---@param is fun(): boolean
---@param what string
function peer.wait_for(is, what)
  local limit = loop.clock() + LIMIT
  while not is() do
    if loop.clock() > limit then
      error("waited in vain: " .. what, 2)
    end
    loop.sleep(0.001)
  end
end

return peer

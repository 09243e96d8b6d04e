--- Hashes that only who has the community's secret can make: what is known again when it comes, and cannot be read.
--
--   local hash = keyed_hash.of(db)
--   hash("account", "irc", "ann")       -- "9c1185a5c5e9fc54"
--   keyed_hash.mark(hash, "#lobby +b *!*@home.example.org")    -- "#lobby +b hash:5d1b..."
--
-- 64 bits of the hash behind dice(), with the secret in front and behind, so that one known pair does not give away the state from which
-- others could be reckoned. It is no cryptographic hash and need not be one: who has the file has the secret, which stands in it,
-- and could try every name there is with any hash. It keeps names out of exports, backups of single tables and a look
-- at the rows. That two of a million ids share one by chance is one in 37 million.

local system = require "host.system"

local keyed_hash = {}

---@param db any
---@return fun(...: string): string 16 hexadecimal digits
function keyed_hash.of(db)
  local secret = db:prepare("SELECT value FROM setting WHERE name = 'secret'"):row()
  return function(...)
    local words = table.pack(...)
    words[words.n + 1] = secret
    return system.hash(secret, table.unpack(words, 1, words.n + 1))
  end
end

---A platform's mark, such as a mask in a channel's list of bans, without whom it is about: "#lobby +b hash:5d1b...", or of one
---that is no such change, "hash:5d1b..." for the whole. Who has the list finds it by the hash of "mark" and the mask.
---@param hash fun(...: string): string
---@param mark string
---@return string
function keyed_hash.mark(hash, mark)
  local change, about = mark:match "^(%S+ [+-]%a) (.+)$"
  about = about or mark
  if about:find "^hash:%x+$" then
    return mark
  end
  return (change and change .. " " or "") .. "hash:" .. hash("mark", about)
end

return keyed_hash

--- Members: who is behind a platform's id, and the channels they speak in.

local fold = require("decorum.casemapping").rfc1459
local keyed_hash = require "decorum.keyed_hash"

local member = {}

-- Memory stays flat: what is full is emptied.
local CACHED_MOST = 10000

-- Ids that were looked up. The second result forgets them.
local function new_cache(look_up)
  local cached, count = {}, 0
  local function find(platform, id, ...)
    local key = platform .. "\0" .. id
    local found = cached[key]
    if not found then
      found = look_up(platform, id, ...)
      if found then
        if count >= CACHED_MOST then
          cached, count = {}, 0
        end
        cached[key], count = found, count + 1
      end
    end
    return found
  end
  return find, function()
    cached, count = {}, 0
  end
end

-- Who goes by which id now in a log: the new nick leads to the first one, unless it has a history of its own.
local function in_log()
  local session = {}
  local self = {}

  function self.present()
    return nil
  end

  function self.first(platform, id)
    return session[platform .. "\0" .. id] or id
  end

  function self.rename(platform, from, to)
    session[platform .. "\0" .. to] = self.first(platform, from)
    session[platform .. "\0" .. from] = nil
  end

  function self.leave(platform, id)
    session[platform .. "\0" .. id] = nil
  end

  function self.meet() end

  function self.clear()
    session = {}
  end

  return self
end

-- Who goes by which id now where a bot is connected: whoever changes a nick before its eyes is who they were, whatever history
-- the new one has, also when it is started anew. What is known stands in the table presence.
local function connected(db)
  local find = db:prepare "SELECT member FROM presence WHERE platform = ? AND platform_id = ?"
  local add = db:prepare "REPLACE INTO presence(platform, platform_id, member, origin) VALUES (?, ?, ?, ?)"
  local remove = db:prepare "DELETE FROM presence WHERE platform = ? AND platform_id = ?"
  local remove_other = db:prepare "DELETE FROM presence WHERE platform = ? AND platform_id = ? AND origin IS NOT ?"
  local self = {}

  function self.present(platform, id)
    return (find:row(platform, id))
  end

  function self.first(_, id)
    return id
  end

  function self.rename(platform, from, to, who, is_theirs, origin)
    remove:run(platform, from)
    if who and not is_theirs then
      add:run(platform, to, who, origin)
    else
      remove:run(platform, to)
    end
  end

  function self.leave(platform, id)
    remove:run(platform, id)
  end

  function self.meet(platform, id, origin)
    remove_other:run(platform, id, origin)
  end

  function self.clear() end

  return self
end

-- Who was forgotten while banned, and comes again: known by a hash of the id alone, see erasure in the schema.
local function erased_finder(db)
  local are_there = db:prepare "SELECT 1 FROM erased_account LIMIT 1"
  local find = db:prepare "SELECT member FROM erased_account WHERE platform = ? AND key = ?"
  local remove = db:prepare "DELETE FROM erased_account WHERE platform = ? AND key = ?"
  local hash
  return function(platform, id)
    if not are_there:row() then
      return nil
    end
    hash = hash or keyed_hash.of(db)
    local key = hash("account", platform, id)
    local found = find:row(platform, key)
    if found then
      remove:run(platform, key) -- from now on there is an account again
    end
    return found
  end
end

---@class Directory
---@field channel fun(platform: string, name: string): integer the channel, made if there is none
---@field member fun(platform: string, id: string, name: string?): integer the member, made if there is none, renamed if the name is another
---@field knows fun(platform: string, id: string): boolean has anybody had this id?
---@field find fun(platform: string, id: string): integer? the member, if there is one
---@field recall fun(platform: string, id: string): integer? who was forgotten while banned, if it is they
---@field rename fun(platform: string, from: string, to: string, origin: string?)
---@field arrive fun(platform: string, id: string, origin: string?): boolean is it somebody new, who neither spoke nor was seen?
---@field knows_name fun(platform: string, name: string): boolean has anybody had it as an id, in whatever letters, or as an account?
---@field leave fun(platform: string, id: string)
---@field meet fun(platform: string, id: string, origin: string?) somebody is seen: is it who went by that id before?
---@field refresh fun() when a transaction has begun: what another connection changed is looked up again
---@field undone fun() a transaction was rolled back: what was looked up or seen in it is forgotten
---@field clear fun() forgets who changed to which nick and who was seen: another log begins

---@param db any
---@param is_connected boolean? to where people are, not to a log
---@return Directory
function member.directory(db, is_connected)
  local find_account = db:prepare "SELECT member FROM account WHERE platform = ? AND platform_id = ?"
  local add_member = db:prepare "INSERT INTO member(name) VALUES (?)"
  local change_name = db:prepare "UPDATE member SET name = ?1 WHERE id = ?2 AND name <> ?1"
  local add_account = db:prepare "INSERT INTO account(platform, platform_id, member) VALUES (?, ?, ?)"
  local find_channel = db:prepare "SELECT id FROM channel WHERE platform = ? AND name = ?"
  local add_channel = db:prepare "INSERT INTO channel(platform, name) VALUES (?, ?)"

  local version_now, version = db:prepare "PRAGMA data_version", nil
  local find_erased = erased_finder(db)

  local account, forget_accounts = new_cache(function(platform, id)
    return (find_account:row(platform, id))
  end)
  local channel, forget_channels = new_cache(function(platform, name)
    local found = find_channel:row(platform, name)
    if not found then
      add_channel:run(platform, name)
      found = db:last_rowid()
    end
    return found
  end)

  -- Who changed a nick is who they were until they leave.
  local session = (is_connected and connected or in_log)(db)

  -- Who came or left, and may never have spoken: when a network that fell apart comes together they are not new.
  local seen, seen_count = {}, 0

  local function see(platform, id)
    local key = platform .. "\0" .. id
    if not seen[key] then
      if seen_count >= CACHED_MOST then
        seen, seen_count = {}, 0
      end
      seen[key], seen_count = true, seen_count + 1
    end
  end

  local directory = { channel = channel }

  local function find(platform, id)
    return session.present(platform, id) or account(platform, id) or account(platform, session.first(platform, id))
  end

  -- Somebody whom nobody seems to know, and who was forgotten while banned.
  function directory.recall(platform, id)
    local first = session.first(platform, id)
    local found = find_erased(platform, first)
    if found then
      add_account:run(platform, first, found)
    end
    return found
  end

  function directory.member(platform, id, name)
    local found = find(platform, id) or directory.recall(platform, id)
    if not found then
      add_member:run(name or id)
      found = db:last_rowid()
      add_account:run(platform, session.first(platform, id), found)
    elseif name then
      change_name:run(name, found)
    end
    return found
  end

  directory.find = find
  directory.meet = session.meet

  function directory.knows(platform, id)
    return find(platform, id) ~= nil
  end

  -- Ids of IRC are nicks in small letters, or accounts, which mostly are called as their people are.
  function directory.knows_name(platform, name)
    local folded = fold(name)
    return find(platform, name) ~= nil or (folded ~= name and find(platform, folded) ~= nil)
      or account(platform, "account:" .. folded) ~= nil
  end

  function directory.arrive(platform, id, origin)
    session.meet(platform, id, origin)
    local is_new = not seen[platform .. "\0" .. id] and not directory.knows(platform, id)
    see(platform, id)
    return is_new
  end

  function directory.rename(platform, from, to, origin)
    if from ~= to then
      see(platform, to)
      local who = find(platform, from)
      session.rename(platform, from, to, who, who == account(platform, to), origin)
    end
  end

  function directory.leave(platform, id)
    see(platform, id)
    session.leave(platform, id)
  end

  function directory.refresh()
    local now = version_now:row()
    if now ~= version then
      version = now
      forget_accounts()
    end
  end

  function directory.clear()
    session.clear()
    seen, seen_count = {}, 0
  end

  -- Who was seen since it began is not known: better a newcomer too many than one too few, in a raid.
  function directory.undone()
    forget_accounts()
    forget_channels()
    seen, seen_count = {}, 0
  end

  return directory
end

return member

--- Members: who is behind a platform's id, and the channels they speak in.

local member = {}

-- Memory stays flat: what is full is emptied.
local CACHED_MOST = 10000

-- Ids that were looked up.
local function new_cache(look_up)
  local cached, count = {}, 0
  return function(platform, id, ...)
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
end

---@class Directory
---@field channel fun(platform: string, name: string): integer the channel, made if there is none
---@field member fun(platform: string, id: string, name: string?): integer the member, made if there is none, renamed if the name is another
---@field knows fun(platform: string, id: string): boolean has anybody had this id?
---@field rename fun(platform: string, from: string, to: string)
---@field arrive fun(platform: string, id: string): boolean is it somebody new, who neither spoke nor was seen?
---@field leave fun(platform: string, id: string)
---@field clear fun() forgets who changed to which nick and who was seen: another log begins

---@param db any
---@return Directory
function member.directory(db)
  local find_account = db:prepare "SELECT member FROM account WHERE platform = ? AND platform_id = ?"
  local add_member = db:prepare "INSERT INTO member(name) VALUES (?)"
  local change_name = db:prepare "UPDATE member SET name = ?1 WHERE id = ?2 AND name <> ?1"
  local add_account = db:prepare "INSERT INTO account(platform, platform_id, member) VALUES (?, ?, ?)"
  local find_channel = db:prepare "SELECT id FROM channel WHERE platform = ? AND name = ?"
  local add_channel = db:prepare "INSERT INTO channel(platform, name) VALUES (?, ?)"

  local account = new_cache(function(platform, id)
    return (find_account:row(platform, id))
  end)
  local channel = new_cache(function(platform, name)
    local found = find_channel:row(platform, name)
    if not found then
      add_channel:run(platform, name)
      found = db:last_rowid()
    end
    return found
  end)

  -- Who changed a nick is who they were until they leave: the new nick leads to the first one.
  local session = {}

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

  local function first_nick(platform, id)
    return session[platform .. "\0" .. id] or id
  end

  local directory = { channel = channel }

  local function find(platform, id)
    return account(platform, id) or account(platform, first_nick(platform, id))
  end

  function directory.member(platform, id, name)
    local found = find(platform, id)
    if not found then
      add_member:run(name or id)
      found = db:last_rowid()
      add_account:run(platform, first_nick(platform, id), found)
    elseif name then
      change_name:run(name, found)
    end
    return found
  end

  function directory.knows(platform, id)
    return find(platform, id) ~= nil
  end

  function directory.arrive(platform, id)
    local is_new = not seen[platform .. "\0" .. id] and not directory.knows(platform, id)
    see(platform, id)
    return is_new
  end

  function directory.rename(platform, from, to)
    if from ~= to then
      see(platform, to)
      session[platform .. "\0" .. to] = first_nick(platform, from)
      session[platform .. "\0" .. from] = nil
    end
  end

  function directory.leave(platform, id)
    see(platform, id)
    session[platform .. "\0" .. id] = nil
  end

  function directory.clear()
    session, seen, seen_count = {}, {}, 0
  end

  return directory
end

return member

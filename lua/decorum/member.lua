--- Members: who is behind a platform's id, and the channels they speak in.

local member = {}

-- Ids that were looked up. Memory stays flat: a full cache is emptied.
local function new_cache(look_up)
  local cached, count, most = {}, 0, 10000
  return function(platform, id, ...)
    local key = platform .. "\0" .. id
    local found = cached[key]
    if not found then
      found = look_up(platform, id, ...)
      if found then
        if count >= most then
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
---@field find fun(platform: string, id: string): integer? the member, nil if there is none yet
---@field member fun(platform: string, id: string, name: string?): integer the member, made if there is none
---@field rename fun(platform: string, from: string, to: string)
---@field leave fun(platform: string, id: string)
---@field clear fun() forgets who changed to which nick: another log begins

---@param db any
---@return Directory
function member.directory(db)
  local find_account = db:prepare "SELECT member FROM account WHERE platform = ? AND platform_id = ?"
  local add_member = db:prepare "INSERT INTO member(name) VALUES (?)"
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

  -- A nick that somebody changed to stands for the same member until that somebody leaves.
  local session = {}

  local directory = { channel = channel }

  function directory.find(platform, id)
    return account(platform, id) or session[platform .. "\0" .. id]
  end

  function directory.member(platform, id, name)
    local found = directory.find(platform, id)
    if not found then
      add_member:run(name or id)
      found = db:last_rowid()
      add_account:run(platform, id, found)
    end
    return found
  end

  function directory.rename(platform, from, to)
    session[platform .. "\0" .. to] = directory.find(platform, from)
    session[platform .. "\0" .. from] = nil
  end

  function directory.leave(platform, id)
    session[platform .. "\0" .. id] = nil
  end

  function directory.clear()
    session = {}
  end

  return directory
end

return member

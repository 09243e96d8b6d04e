--- A new database that is there whole or not at all: made as NAME.part, and given its name when it is whole.
--
--   local part = part_file.claim("replay", "what-if.db")     -- or a failure that says what stands in the way
--   part.db:exec "CREATE TABLE ..."
--   part.finish(1145389903)                                  -- there is what-if.db, with this application_id; or else
--   part.give_up()                                           -- there is nothing
--
-- Who makes it holds SQLite's exclusive lock on the part until it has its name. So somebody else who makes the same is
-- refused, and what one who was killed has left is told from what is being made: it is not locked, and its
-- application_id says that it is a part. It is made anew.

local failure = require "decorum.failure"
local sqlite = require "host.sqlite"
local system = require "host.system"

local part_file = {}

local PART_ID, PART_ID_BYTES = 1145389904, "DECP"
local TRIES, PAUSE = 20, 0.01 -- how often a part is tried that another is done with just now, and seconds between
local PATIENCE_MS = 1000 -- how long one that is locked is waited for

local function remove_beside(path)
  for _, ending in ipairs { "-wal", "-shm", "-journal" } do
    os.remove(path .. ending)
  end
end

-- An empty file may be replaced: it may be what mktemp has made.
local function refuse_target(what, path)
  if not path:find "[^/]$" then
    failure.raise(what, ("'%s' is not the name of a file"):format(path))
  elseif system.kind(path) and system.size(path) ~= 0 then
    failure.raise(what, path .. ": is there already; name a new file")
  elseif system.is_link(path) then
    failure.raise(what, path .. ": is a symbolic link; name the new file itself")
  end
  for _, ending in ipairs { "-wal", "-journal" } do
    if system.kind(path .. ending) then
      failure.raise(what, path .. ending .. ": is there without its database, and would be taken for a part of the new one; move it away")
    end
  end
end

-- Is the part empty, or does its head say that it is one? Read without SQLite, which would change a file that is another's.
local function is_left_over(part)
  if system.is_link(part) or system.kind(part) ~= "file" then
    return false
  end
  local file <close> = io.open(part, "rb")
  local head = file and file:read(72)
  return file and (not head or head:sub(69) == PART_ID_BYTES)
end

-- Opens and locks the part; nil and SQLite's message if it cannot.
local function lock(part)
  local opened, db = pcall(sqlite.open, part, "readwrite")
  if not opened then
    return nil, db
  end
  local locked, why = pcall(db.exec, db, ("PRAGMA busy_timeout = %d; BEGIN EXCLUSIVE"):format(PATIENCE_MS))
  if not locked then
    db:close()
    return nil, why
  end
  return db
end

-- Says in the part what it is, and keeps it locked. False if it is not the file of this name any more, because another was
-- done with it before it was locked: SQLite does not begin a journal for such a file.
local function mark(db)
  return (pcall(db.exec, db, ("PRAGMA main.locking_mode = EXCLUSIVE; PRAGMA main.application_id = %d; COMMIT"):format(PART_ID)))
end

-- A new part needs no journal in a file: what fails half-way is removed. SQLite closes the one that there is when TRUNCATE is
-- left, but not while the locking mode is EXCLUSIVE. In NORMAL the lock would go with the next look into the file, so the
-- schema, which a PRAGMA looks for, is read before.
local NO_JOURNAL = [[
  SELECT count(*) FROM main.sqlite_schema; PRAGMA main.locking_mode = NORMAL;
  PRAGMA main.journal_mode = TRUNCATE; PRAGMA main.journal_mode = MEMORY; PRAGMA main.locking_mode = EXCLUSIVE;
  PRAGMA main.synchronous = OFF; PRAGMA busy_timeout = 5000]]

local function id_of(db)
  local statement <close> = db:prepare "PRAGMA main.application_id"
  return (statement:row())
end

-- A new part, or nil if it is to be tried again.
local function try(what, path, part, like)
  refuse_target(what, path)
  local made, why = system.create(part, like)
  if made == nil then
    failure.raise(what, why)
  elseif not is_left_over(part) then
    return nil
  end
  local db, cannot = lock(part)
  if not db then
    if cannot == "database is locked" then
      failure.raise(what, ("%s: is in use, somebody else is making %s; wait, or name another file"):format(part, path))
    end
    return nil
  end
  local id = id_of(db)
  local is_new = id == 0 and system.size(part) == 0
  if (is_new or id == PART_ID) and mark(db) then
    if is_new then
      db:exec(NO_JOURNAL)
      return db
    end
    os.remove(part)
    remove_beside(part)
  end
  db:close()
  return nil
end

---@class PartFile
---@field db any open, and nobody else's
---@field finish fun(application_id: integer) gives it its name; its connection is closed
---@field finish_with fun(whole: string) gives the name to another file, made meanwhile, and removes the part
---@field give_up fun() removes it

---@param what string the command, for messages
---@param path string
---@param like string? has its permissions, unless an empty file is in its place
---@return PartFile
function part_file.claim(what, path, like)
  local part = path .. ".part"
  like = like and not system.kind(path) and like or path
  local db
  for _ = 1, TRIES do
    db = try(what, path, part, like)
    if db then
      break
    end
    system.nap(PAUSE)
  end
  if not db then
    failure.raise(what, part .. ": is there already, and is not what was left of making a file; move it away, or name another file")
  end
  local self = { db = db }

  function self.finish(application_id)
    refuse_target(what, path)
    db:exec(("PRAGMA main.synchronous = FULL; PRAGMA main.application_id = %d; PRAGMA main.journal_mode = WAL"):format(application_id))
    collectgarbage() -- statements, which would keep it open
    db:close()
    remove_beside(part)
    local done, why = os.rename(part, path)
    if not done then
      failure.raise(what, why)
    end
  end

  function self.finish_with(whole)
    refuse_target(what, path)
    local done, why = os.rename(whole, path)
    if not done then
      failure.raise(what, why)
    end
    self.give_up()
  end

  function self.give_up()
    os.remove(part) -- while it is locked
    remove_beside(part)
    db:close()
  end

  return self
end

return part_file

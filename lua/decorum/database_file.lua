--- How a database's file is opened where it may be read-only, or is only read: nothing is left beside it.

local failure = require "decorum.failure"
local sqlite = require "host.sqlite"
local system = require "host.system"

local database_file = {}

-- Where the file is, links followed; may this process write it, and into its folder, where SQLite keeps two more files?
local function place_of(path)
  local real = system.real(path) or path
  return real, system.writable(real), system.writable(real:match "^.*/" or ".")
end

---May this process write the file, and into its folder?
---@param path string
---@return boolean
function database_file.is_writable(path)
  local _, file, folder = place_of(path)
  return file and folder
end

---Refuses a file that cannot be written. In a folder that cannot be, SQLite can go on with what is there already.
---@param what string the command, for messages
---@param path string
function database_file.refuse_read_only(what, path)
  local real, file, folder = place_of(path)
  if not file then
    failure.raise(what, path .. ": is read-only; make it writable, or take a copy")
  elseif not folder and not (system.kind(real .. "-wal") and system.kind(real .. "-shm")) then
    failure.raise(what, path .. ": its folder is read-only, and SQLite must write there, too; make it writable, or take a copy to another")
  end
end

-- How to open a file that is only read, as SQLite's URI says it.
--
-- SQLite makes a -wal and a -shm beside it for whoever reads, and takes them away when the last of those who could also write is
-- done. The second result tells whether one of those should be there: it leaves a -wal alone in which something stands, and
-- would be moved into the file. Where nobody of this process's rights can write and nobody has opened the file, it is taken
-- as one that does not change, for which SQLite makes nothing.
local function way_to_read(path)
  local real, file, folder = place_of(path)
  local waiting = system.size(real .. "-wal")
  if file and folder then
    return "mode=ro", (waiting or 0) == 0
  end
  local is_in_use = system.kind(real .. "-shm") ~= nil
  if waiting and waiting > 0 and not is_in_use and not folder then
    error(("what was written last is in %s-wal, which SQLite reads only where it may write into the folder; take a copy of both to another")
      :format(path), 0)
  end
  local is_closed = not waiting or (waiting == 0 and not is_in_use)
  return is_closed and "immutable=1" or "mode=ro", false
end

local function uri(path, way)
  return "file:" .. path:gsub("^/+", "/"):gsub("[%%?#]", function(character)
    return ("%%%02x"):format(character:byte())
  end) .. "?" .. way
end

-- Those who could also write. Lua closes them when the program ends, behind all that were opened after them.
local kept = {}

---@param path string
---@return any db
function database_file.open_to_read(path)
  local way, is_kept = way_to_read(path)
  if is_kept then
    local db = sqlite.open(path, "readwrite")
    db:exec "PRAGMA application_id" -- before, it has not looked into the file
    kept[#kept + 1] = db
  end
  return sqlite.open(uri(path, way), "uri")
end

---Attaches another file, to be read alone.
---@param db any
---@param path string
---@param name string of the schema
function database_file.attach(db, path, name)
  db:prepare(("ATTACH ? AS %s"):format(name)):run(uri(path, (way_to_read(path))))
end

return database_file

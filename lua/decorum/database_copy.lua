--- A copy of a database that is whole, made while others write it.
--
--   database_copy.make("backup", "chat.db", "chat-2026-03-14.db")
--
-- SQLite's VACUUM INTO: it reads in one transaction, so the copy is the file as it was when that began. In WAL mode, that of every
-- file decorum init has made, nobody waits for it; the -wal only grows meanwhile. It takes SQLite's page cache, however large
-- the file is; virtual tables come with the tables that are behind them, as they stand; and what was deleted is left behind,
-- so that a copy made after somebody was erased holds nothing of them either.
--
-- The file is opened as one that could be written: of one that is only read SQLite does not know the CHECKs, and up to 3.45 that
-- keeps VACUUM INTO from copying a table with a computed column, too ("has 17 columns but 18 values were supplied").
--
-- The name is claimed as a part (part_file.lua): two who make the same copy do not meet, and what one who was killed left is
-- made anew. VACUUM INTO wants a file of its own, beside the part: NAME.part-copy, with which whoever holds the part may do what
-- he likes. The copy has the permissions of the file, from its first byte on, and its name when it was read from end to end.

local failure = require "decorum.failure"
local part_file = require "decorum.part_file"
local sqlite = require "host.sqlite"
local system = require "host.system"

local database_copy = {}

-- Whose file it is, and which version of the schema it has.
local function head(db)
  return ("%d %d"):format(db:prepare("PRAGMA application_id"):row(), (db:prepare("PRAGMA user_version"):row()))
end

-- What is wrong with a file, or nil. A row that breaks a rule of its table is none of that: it is copied as it is.
local function damage(db)
  for _, wrong in db:prepare("PRAGMA integrity_check(1000000)"):rows() do
    if wrong ~= "ok" and not wrong:find "^CHECK constraint failed in " and not wrong:find "^NULL value in " then
      return wrong
    end
  end
end

-- Reads the copy; raises what is wrong with it. In WAL mode, as decorum init makes a file; and with that all of it is on the disk.
local function verify(path, expected)
  local db <close> = sqlite.open(path, "readwrite")
  local wrong = damage(db) or (head(db) ~= expected and "it does not say whose file it is")
  if wrong then
    error("the copy is not whole: " .. wrong, 0)
  end
  db:exec "PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL"
  collectgarbage() -- statements, which would keep it open
end

local function remove(path)
  for _, ending in ipairs { "", "-journal", "-wal", "-shm" } do
    os.remove(path .. ending)
  end
end

-- Copies to a new file, with the permissions of another.
local function copy(source, to, like)
  remove(to)
  local made, why = system.create(to, like)
  if not made then
    error(why or to .. ": cannot be made anew", 0)
  end
  source:prepare("VACUUM main INTO ?"):run(to:find "^file:" and "./" .. to or to)
  verify(to, head(source))

end

---Makes a copy of a file of this program's, whatever its version of the schema.
---@param what string the command, for messages
---@param path string
---@param out string the new file
function database_copy.make(what, path, out)
  local part = part_file.claim(what, out, path)
  local whole = out .. ".part-copy"
  local done, why = pcall(failure.guard, what .. ": " .. out, function()
    local source <close> = sqlite.open(path, "readwrite")
    copy(source, whole, system.kind(out) and out or path)
    part.finish_with(whole)
  end)
  if not done then
    remove(whole)
    part.give_up()
    error(why, 0)
  end
end

return database_copy

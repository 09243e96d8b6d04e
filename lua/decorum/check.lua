--- decorum check: is a file whole, and does all hold in it that is to hold?
--
-- First what SQLite knows (integrity_check, to which newer versions of it add the virtual tables' own; foreign_key_check), then
-- whether what protects the rows is still there, then sql/check.sql. A line for each fault, as it is found. The file is only
-- read, in one transaction; a bot may go on writing it.

local community = require "decorum.community"
local database_file = require "decorum.database_file"
local failure = require "decorum.failure"
local progress = require "decorum.progress"
local script = require "decorum.script"

local check = {}

-- What SQLite says of pages, indexes and constraints.
local function look_at_pages(db, found)
  for _, line in db:prepare("PRAGMA integrity_check(1000000)"):rows() do
    if line ~= "ok" then
      found(line)
    end
  end
end

local function look_at_keys(db, found)
  local columns = db:prepare [[SELECT group_concat("from", ', ') FROM pragma_foreign_key_list(?) WHERE id = ?]]
  for _, name, row, parent, key in db:prepare("PRAGMA foreign_key_check"):rows() do
    found(("%s%s: %s leads to no %s"):format(name, row and " " .. row or "", columns:row(name, key), parent))
  end
end

-- Tables, indexes, triggers and views as a new file has them; settings.
local function look_at_schema(db, found)
  local fresh <close> = community.in_memory()
  local find = db:prepare "SELECT sql FROM sqlite_schema WHERE type = ? AND name = ?"
  for _, type, name, sql in fresh:prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"):rows() do
    local here = find:row(type, name)
    if not here then
      found(("the %s %s is missing: decorum init makes it anew"):format(type, name))
    elseif here ~= sql then
      found(("the %s %s is not as this program makes it"):format(type, name))
    end
  end
  local is_set = db:prepare "SELECT 1 FROM setting WHERE name = ?"
  for _, name in fresh:prepare("SELECT name FROM setting ORDER BY name"):rows() do
    if not is_set:row(name) then
      found(("the setting %s is missing: decorum init gives it its default"):format(name))
    end
  end
end

local function look_at_rows(db, found)
  for statement in script.statements(db, community.file "sql/check.sql") do
    for _, words in statement:rows() do
      found(words)
    end
  end
end

-- In a connection that can only read, SQLite leaves the CHECKs of tables out.
local function open(path)
  if not database_file.is_writable(path) then
    return community.open("check", path, "readonly")
  end
  local db = community.open("check", path)
  db:exec "PRAGMA query_only = ON"
  return db
end

---@param options table of the command line: database, quiet
---@return integer status 1 if anything was found
function check.run(options)
  local db <close> = open(options.database)
  local count = 0
  local display = db:prepare "SELECT display(?)"
  local function found(words)
    count = count + 1
    if not options.quiet then
      print((display:row(words)))
    end
  end
  failure.guard("check: " .. options.database, function()
    db:exec "BEGIN"
    look_at_pages(db, found)
    look_at_keys(db, found)
    look_at_schema(db, found)
    look_at_rows(db, found)
  end)
  if not options.quiet then
    print(count == 0 and options.database .. ": nothing found" or ("%s: %s found"):format(options.database,
      progress.counted(count, "fault")))
  end
  return count > 0 and 1 or 0
end

return check

--- Migrations: a file of an older version of the schema brought to this program's.
--
-- Whoever changes the schema raises user_version in sql/schema.sql and SCHEMA_VERSION in community.lua, and is done: what
-- differs is found by comparing the file with a new one. A table with another definition is made anew and gets the rows of the
-- old one, in all columns that both have, ids and all; what is computed in a new column stands in sql/migrations/N.sql, which is
-- run on the way to version N, with no trigger in the way. Triggers, views and indexes of the schema are made anew; those that are
-- the file's own are put back as they were, and its own tables stay. What a version removes from the schema, its N.sql drops: else
-- it would be taken for the file's own.
--
-- HOW IT WORKS
--
-- SQLite's procedure for changes that ALTER TABLE does not know (https://sqlite.org/lang_altertable.html, section 7), but with the
-- old table renamed instead of the new one, so that the new one's definition is letter by letter that of a new file. In
-- legacy_alter_table nothing else is renamed along; and there is nothing that could be, but foreign keys: triggers and views are
-- gone before.

local database_copy = require "decorum.database_copy"
local system = require "host.system"

local migration = {}

local function quoted(name)
  return '"' .. name:gsub('"', '""') .. '"'
end

---@class SchemaObject
---@field type string
---@field name string
---@field about string the table
---@field sql string

-- What stands in the schema, by name: tables, indexes, triggers, views. Indexes that constraints made come with their tables.
local function objects(db)
  local found, by_name = {}, {}
  for i, type, name, about, sql in db:prepare [[
    SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY rowid]]:rows() do
    found[i] = { type = type, name = name, about = about, sql = sql }
    by_name[name] = found[i]
  end
  return found, by_name
end

-- The names of the columns that both tables have and that can be written, as a list in SQL.
local function shared_columns(db, old, new)
  local names = {}
  for i, name in db:prepare [[
    SELECT name FROM pragma_table_info(?1) JOIN pragma_table_info(?2) USING (name)]]:rows(old, new) do
    names[i] = quoted(name)
  end
  return table.concat(names, ", ")
end

local function remake_table(db, name, sql)
  local old, new = name .. " before", quoted(name)
  db:exec(("ALTER TABLE main.%s RENAME TO %s"):format(new, quoted(old)))
  db:exec(sql)
  local columns = shared_columns(db, old, name)
  db:exec(("INSERT INTO main.%s(%s) SELECT %s FROM main.%s; DROP TABLE main.%s"):format(new, columns, columns, quoted(old), quoted(old)))
end

-- Makes each table anew whose definition is another; drops what is to be made anew by the schema. Returns what is the file's own.
local function remake_tables(db, fresh)
  local found = objects(db)
  local _, wanted = objects(fresh)
  local own, changed = {}, {}
  for _, each in ipairs(found) do
    local new = wanted[each.name]
    if each.type == "trigger" or each.type == "view" then
      db:exec(("DROP %s main.%s"):format(each.type, quoted(each.name)))
      own[#own + 1] = not new and each or nil
    elseif each.type == "table" and new and new.sql ~= each.sql and each.name ~= "member_facts" then
      if each.sql:find "^CREATE VIRTUAL" then
        error(("the virtual table %s is defined otherwise than this program knows"):format(each.name), 0)
      end
      changed[#changed + 1], changed[each.name] = each.name, true
    end
  end
  for _, each in ipairs(found) do
    local new = wanted[each.name]
    if each.type == "index" and (changed[each.about] or (new and new.sql ~= each.sql)) then
      db:exec(("DROP INDEX main.%s"):format(quoted(each.name)))
      own[#own + 1] = not new and each or nil
    end
  end
  for _, name in ipairs(changed) do
    remake_table(db, name, wanted[name].sql)
  end
  return own
end

-- Makes the plain tables that are new, so that all are there for what is computed.
local function add_tables(db, fresh)
  for _, name, sql in fresh:prepare [[
    SELECT name, sql FROM pragma_table_list JOIN sqlite_schema USING (name)
    WHERE schema = 'main' AND pragma_table_list.type = 'table' AND name NOT GLOB 'sqlite_*']]:rows() do
    if not db:prepare("SELECT 1 FROM main.sqlite_schema WHERE name = ?"):row(name) then
      db:exec(sql)
    end
  end
end

local function put_back(db, own)
  for _, each in ipairs(own) do
    local done, why = pcall(function() -- exec would run what somebody has put behind it in the file
      db:prepare(each.sql):run()
    end)
    if not done then
      error(("%s %s is the file's own and cannot be put back: %s; drop it first"):format(each.type, each.name, why), 0)
    end
  end
end

-- How many rows refer to what is not there.
local function count_lost(db)
  return (db:prepare("SELECT count(*) FROM pragma_foreign_key_check"):row())
end

---Makes a copy of the file as it is, beside it; those of earlier attempts are left alone.
---@param path string
---@param from integer the version that the file has
---@return string name
function migration.keep(path, from)
  local name = ("%s.version-%d.backup"):format(path, from)
  local free, number = name, 1
  while system.kind(free) or system.is_link(free) do
    number = number + 1
    free = ("%s.%d"):format(name, number)
  end
  database_copy.make("init", path, free)
  return free
end

---@class Migration
---@field from integer the version that the file has
---@field to integer
---@field fresh any a new community, in memory
---@field complete fun() makes what is missing
---@field step fun(version: integer): string? the text of sql/migrations/N.sql, if there is one

---Brings the file to the newest version, inside the caller's transaction, for which foreign keys are off.
---@param db any
---@param of Migration
function migration.run(db, of)
  local lost = count_lost(db)
  db:exec "PRAGMA legacy_alter_table = ON"
  local own = remake_tables(db, of.fresh)
  db:exec "PRAGMA legacy_alter_table = OFF"
  add_tables(db, of.fresh)
  for version = of.from + 1, of.to do
    db:exec(of.step(version) or "")
  end
  of.complete()
  put_back(db, own)
  local wrong = db:prepare("PRAGMA integrity_check(1)"):row()
  if wrong ~= "ok" or count_lost(db) > lost then
    error("what was made of it is not whole: " .. (wrong ~= "ok" and wrong or "foreign keys that lead nowhere"), 0)
  end
end

return migration

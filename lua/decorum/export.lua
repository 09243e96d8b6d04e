--- decorum export: everything that a file holds about one member, as JSON, for who asks what is known of them.
--
--   {
--   "about": "...",
--   "member": [
--   {"id":7,"name":"ann",...}
--   ],
--   "messages": [
--   {"id":1,...},
--
-- sql/export/member.sql says what, in which order, and what is left out for the sake of others (GDPR, article 15(4)). A line for
-- each row, written as it is read. A file has the permissions of the database.

local community = require "decorum.community"
local failure = require "decorum.failure"
local json_text = require "decorum.json_text"
local named_member = require "decorum.named_member"
local output = require "decorum.output"
local script = require "decorum.script"

local export = {}

local ABOUT = "All that this community's file holds about the member. Left out, since it is about others: who reported and what "
  .. "they wrote, who moderated, what others said. Times are Unix seconds, UTC."

-- Columns that hold JSON.
local is_json = { edits = true, categories = true, trace = true, facts = true, details = true, marks = true, counts = true, held = true }

-- The text as UTF-8: bytes that are none become U+FFFD.
local function as_utf8(text)
  local from, parts = 1, {}
  while true do
    local length, wrong = utf8.len(text, from)
    if length then
      parts[#parts + 1] = text:sub(from)
      return table.concat(parts)
    end
    parts[#parts + 1] = text:sub(from, wrong - 1) .. "\u{fffd}"
    from = wrong + 1
  end
end

-- A function that gives a row as a JSON object.
local function row_writer(db, columns)
  local is_valid = db:prepare "SELECT json_valid(?)"
  return function(...)
    local members = {}
    for i, column in ipairs(columns) do
      local value = (select(i, ...))
      local text = type(value) == "string" and as_utf8(value) or value
      local embedded = is_json[column] and type(text) == "string" and is_valid:row(text) == 1
      members[i] = { column, embedded and text or json_text.value(text) }
    end
    return json_text.object(members)
  end
end

-- Writes the rows of one statement.
local function write_rows(db, statement, member, write)
  local as_object = row_writer(db, statement:columns())
  local function each(i, ...)
    if i then
      write((i > 1 and ",\n" or "\n") .. as_object(...))
    end
    return i
  end
  local next_row = statement:rows(script.bindings(statement, { member = member }))
  while each(next_row()) do
    -- each row is written
  end
end

local function write_all(db, member, write)
  write('{\n"about": ' .. json_text.value(ABOUT))
  local statements = community.file("sql/export/member.sql"):match "\n\n.*" -- behind the file's own comment
  for statement, title in script.statements(db, statements) do
    write((',\n"%s": ['):format(title:match "^[%w_]+"))
    write_rows(db, statement, member, write)
    write "\n]"
    statement:close()
  end
  write "\n}\n"
end

---@param options table of the command line: database, member, out
---@return integer status
function export.run(options)
  local db <close> = community.open("export", options.database, "readonly")
  local member = named_member.find(db, "export", options.member)
  local stream = output.stream("export", options.out, options.database)
  local done, why = pcall(failure.guard, "export: " .. options.database, function()
    db:exec "BEGIN" -- all of it as it is at one moment
    write_all(db, member, stream.write)
    stream.finish()
  end)
  if not done then
    stream.give_up()
    error(why, 0)
  end
  return 0
end

return export

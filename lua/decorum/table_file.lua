--- A file with a table in it, as somebody gives it on the command line: CSV with a header.
--
--   local source = table_file.open("eval", "labels.csv", ",")
--   local text = source:column("text")              -- which field; a failure that lists the columns if it is not there
--   for fields, line, bytes in source:rows() do
--     ... fields[text] ...
--     source:refuse(line, "label must be ...")      -- ends the command: decorum: eval: labels.csv:7: label must be ...
--   end
--
-- The file is closed at its end. "-" is standard input.

local csv = require "decorum.csv"
local failure = require "decorum.failure"
local nearest = require "decorum.nearest"
local sqlite = require "host.sqlite"
local system = require "host.system"

local table_file = {}

local COLUMNS_SHOWN = 40 -- in a message

---@class TableFile
---@field name string as messages call it
---@field header string[]
---@field what string the command
---@field next_row fun(): string[]?, any, any
local TableFile = {}
TableFile.__index = TableFile

---@param what string the command, for messages
---@param path string
---@param separator string? without it a tab for a name that ends in .tsv, else a comma
---@return TableFile
function table_file.open(what, path, separator)
  local name = path == "-" and "standard input" or path
  local handle = path == "-" and io.stdin or failure.guard(what, function()
    local opened, why = io.open(path, "rb")
    return opened or error(why, 0)
  end)
  if path ~= "-" and system.kind(path) == "folder" then
    failure.raise(what, path .. ": is a folder")
  end
  local function read(size)
    local bytes, cannot = handle:read(size)
    if cannot then
      failure.raise(what, name .. ": " .. cannot)
    elseif not bytes and handle ~= io.stdin then
      handle:close()
    end
    return bytes
  end
  local self = setmetatable({ name = name, what = what }, TableFile)
  self.next_row = csv.reader(read, separator or (path:lower():find "%.tsv$" and "\t" or ","))
  local header, reason, line = self.next_row()
  if not header then
    self:refuse(line, reason or "the file is empty; its first line must name the columns")
  end
  self.header = header
  return self
end

---Ends the command. What the file says is shown without driving the terminal.
---@param line integer? where, if it is about a line
---@param why string
function TableFile:refuse(line, why)
  local display = sqlite.open(":memory:", "create"):prepare "SELECT display(?)"
  failure.raise(self.what, ("%s%s: %s"):format(self.name, line and ":" .. line or "", (display:row(why))))
end

---@param name string
---@return integer? which field has this name
function TableFile:find(name)
  local found
  for i, each in ipairs(self.header) do
    if each == name then
      if found then
        self:refuse(1, ("there are two columns '%s'"):format(name))
      end
      found = i
    end
  end
  return found
end

---@param name string
---@return integer which field has this name
function TableFile:column(name)
  local found = self:find(name)
  if not found then
    local meant = nearest(name, self.header)
    local more = #self.header - COLUMNS_SHOWN
    self:refuse(nil, ("there is no column '%s'%s; the columns are: %s%s"):format(name,
      meant and (", did you mean '%s'"):format(meant) or "",
      table.concat(self.header, ", ", 1, math.min(#self.header, COLUMNS_SHOWN)),
      more > 0 and (" and %d more"):format(more) or ""))
  end
  return found
end

---The rows below the header.
---@return fun(): string[]?, integer, integer fields, line, bytes read so far
function TableFile:rows()
  return function()
    local fields, line_or_why, bytes_or_line = self.next_row()
    if not fields and line_or_why then
      self:refuse(bytes_or_line, line_or_why)
    end
    return fields, line_or_why, bytes_or_line
  end
end

return table_file

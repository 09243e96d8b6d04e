--- Rows as text: a box to read, JSON or CSV for programs.

local json = require "host.json"
local json_text = require "decorum.json_text"
local system = require "host.system"

---@class Grid
---@field title string
---@field columns string[]
---@field rows any[][] n values each, nil for NULL
local grid = {}

local CELL_WIDTH = 44 -- columns of a cell in a box; longer text goes on in the next line

local function shown(value)
  if value == nil then
    return ""
  elseif math.type(value) == "float" and value == math.floor(value) and math.abs(value) < 1e15 then
    return ("%d"):format(value)
  end
  return tostring(value)
end

local function padded(text, width, right)
  local space = (" "):rep(width - system.width(text))
  return right and space .. text or text .. space
end

-- Breaks text into lines of at most CELL_WIDTH columns, between words where it can.
local function wrapped(text)
  if system.width(text) <= CELL_WIDTH then
    return { text }
  end
  local lines, line = {}, ""
  local function put(piece)
    if system.width(line .. piece) <= CELL_WIDTH then
      line = line .. piece
      return
    end
    lines[#lines + 1] = line:gsub("%s+$", "")
    line = piece
    while system.width(line) > CELL_WIDTH do
      local characters = utf8.len(line)
      local cut = not characters and CELL_WIDTH + 1
        or utf8.offset(line, math.min(characters, CELL_WIDTH) + 1)
      while system.width(line:sub(1, cut - 1)) > CELL_WIDTH do
        cut = utf8.offset(line, -1, cut)
      end
      lines[#lines + 1], line = line:sub(1, cut - 1), line:sub(cut)
    end
  end
  for word, space in text:gmatch "(%S*)(%s*)" do
    put(word)
    line = line .. space
  end
  lines[#lines + 1] = line ~= "" and line or nil
  if lines[1] == "" then
    table.remove(lines, 1)
  end
  return lines
end

---A box as the sqlite3 shell draws one, under its title.
---@param table_ Grid
---@return string
function grid.box(table_)
  local columns, rows = table_.columns, table_.rows
  if #rows == 0 then
    return table_.title .. "\n(nothing)\n"
  end
  local widths, numeric, cells = {}, {}, {}
  for i, name in ipairs(columns) do
    widths[i], numeric[i] = system.width(name), true
  end
  for r, row in ipairs(rows) do
    cells[r] = { height = 1 }
    for i = 1, #columns do
      local lines = wrapped(shown(row[i]))
      cells[r][i], cells[r].height = lines, math.max(cells[r].height, #lines)
      for _, line in ipairs(lines) do
        widths[i] = math.max(widths[i], system.width(line))
      end
      numeric[i] = numeric[i] and (row[i] == nil or type(row[i]) == "number")
    end
  end
  local out = { table_.title, "\n" }
  local function rule(left, middle, right)
    local bars = {}
    for i, width in ipairs(widths) do
      bars[i] = ("─"):rep(width + 2)
    end
    out[#out + 1] = left .. table.concat(bars, middle) .. right .. "\n"
  end
  local function line(values, right)
    local padded_values = {}
    for i, width in ipairs(widths) do
      padded_values[i] = " " .. padded(values[i], width, right and right[i]) .. " "
    end
    out[#out + 1] = "│" .. table.concat(padded_values, "│") .. "│\n"
  end
  rule("┌", "┬", "┐")
  line(columns)
  rule("├", "┼", "┤")
  for _, row in ipairs(cells) do
    for n = 1, row.height do
      local values = {}
      for i = 1, #columns do
        values[i] = row[i][n] or ""
      end
      line(values, numeric)
    end
  end
  rule("└", "┴", "┘")
  return table.concat(out)
end

---The same with texts for values, as a box shows them.
---@param table_ Grid
---@return Grid
function grid.as_shown(table_)
  local rows = {}
  for r, row in ipairs(table_.rows) do
    rows[r] = {}
    for i = 1, #table_.columns do
      rows[r][i] = shown(row[i])
    end
  end
  return { title = table_.title, columns = table_.columns, rows = rows }
end

---An object for each row, in an array, on a line of its own.
---@param table_ Grid
---@return string
function grid.json(table_)
  local objects = {}
  for i, row in ipairs(table_.rows) do
    local members = {}
    for c, name in ipairs(table_.columns) do
      members[c] = { name, json_text.value(row[c]) }
    end
    objects[i] = json_text.object(members)
  end
  return "[" .. table.concat(objects, ",\n") .. "]\n"
end

local function as_csv(value)
  local text = shown(value)
  -- A leading = + - @ would be a formula to a spreadsheet.
  if type(value) == "string" and text:find "^[=+%-@\t]" then
    text = "'" .. text
  end
  return text:find '[",\r\n]' and '"' .. text:gsub('"', '""') .. '"' or text
end

---RFC 4180: a header, CRLF, quotation marks where needed.
---@param table_ Grid
---@return string
function grid.csv(table_)
  local lines = {}
  local function line(values)
    local cells = {}
    for i = 1, #table_.columns do
      cells[i] = as_csv(values[i])
    end
    lines[#lines + 1] = table.concat(cells, ",") .. "\r\n"
  end
  line(table_.columns)
  for _, row in ipairs(table_.rows) do
    line(row)
  end
  return table.concat(lines)
end

---Several of them as one text; as JSON an object with a member for each, by its title.
---@param grids Grid[]
---@param format string "box", "json" or "csv"
---@return string
function grid.document(grids, format)
  local texts = {}
  for i, each in ipairs(grids) do
    texts[i] = grid[format](each)
  end
  if format ~= "json" then
    return table.concat(texts, "\n")
  elseif #grids == 1 then
    return texts[1]
  end
  for i, each in ipairs(grids) do
    texts[i] = json.quote(each.title) .. ":" .. texts[i]
  end
  return "{" .. table.concat(texts, ",") .. "}\n"
end

return grid

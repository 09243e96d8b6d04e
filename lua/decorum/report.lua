--- decorum report: the reports of sql/reports/, in a terminal or for another program.
--
-- A report is a file of SELECTs. Its first comment line says what it answers; the first comment line above
-- each further SELECT is that table's title.

local community = require "decorum.community"
local failure = require "decorum.failure"
local grid = require "decorum.grid"
local html = require "decorum.html"
local output = require "decorum.output"
local script = require "decorum.script"

local report = {}

local function names()
  return community.names "sql/reports"
end

-- The value that a parameter's text stands for: a date is its Unix seconds, a number is a number if it is
-- written as one is (007 is a name).
local function value_of(db, text)
  if text:find "^%d%d%d%d%-%d%d%-%d%d" then
    return (db:prepare("SELECT CAST(strftime('%s', ?) AS REAL)"):row(text)) or text
  end
  local number = math.tointeger(text) or tonumber(text)
  return number and tostring(number) == text and number or text
end

-- The values for the parameters.
local function values_for(db, given)
  local values = {}
  for _, assignment in ipairs(given) do
    local name, value = assignment:match "^([%a_][%w_]*)=(.*)$"
    if not name then
      failure.raise("report", ("parameters are NAME=VALUE, not '%s'"):format(assignment))
    end
    values[name] = value_of(db, value)
  end
  return values
end

---Runs each SELECT of a report.
---@param db any
---@param text string
---@param values table<string, any>
---@return Grid[]
local function run(db, text, values)
  local grids, known = {}, {}
  for statement, title in script.statements(db, text) do
    for _, name in ipairs(statement:parameters()) do
      known[name] = true
    end
    local result = { title = title, columns = statement:columns(), rows = script.rows(statement, values) }
    statement:close()
    grids[#grids + 1] = result
  end
  for name in pairs(values) do
    if not known[name] then
      local all = {}
      for parameter in pairs(known) do
        all[#all + 1] = parameter
      end
      table.sort(all)
      failure.raise("report", ("there is no parameter %s here, only: %s"):format(name, table.concat(all, ", ")))
    end
  end
  return grids
end

-- The tables as a page; one without rows says so.
local function page(title, grids)
  local parts = { html.element("h1", nil, html.escape(title)) }
  for i, each in ipairs(grids) do
    parts[i + 1] = html.table(grid.as_shown(each)) .. (each.rows[1] and "" or html.element("p", { class = "faint" }, "(nothing)"))
  end
  return html.page(title, parts)
end

---@param options table of the command line: database, name, parameter, format, out
---@return integer status
function report.run(options)
  if not options.name then
    community.list "sql/reports"
    return 0
  end
  community.choose("report", "report", names(), options.name)
  local db = community.open("report", options.database, "readonly")
  local values = values_for(db, options.parameter)
  local grids = failure.guard("report: " .. options.name, run, db, community.file("sql/reports/" .. options.name .. ".sql"), values)
  local text = options.format == "html" and page(("%s: %s"):format(options.database, options.name), grids)
    or grid.document(grids, options.format)
  output.write("report", text, options.out)
  db:close()
  return 0
end

return report

--- SQL files of several statements with named parameters: reports and jobs.
--
-- The first comment line above a statement is its title.

local script = {}

---Goes through the statements of a file, each prepared when its turn comes, so that it sees what those before it did.
---@param db any
---@param text string
---@return fun(): any, string the next statement and its title; nil at the end
function script.statements(db, text)
  local rest = text
  return function()
    while rest and rest:find "%S" do
      local title = rest:match "^%s*%-%- ([^\n]*)" or ""
      local statement
      statement, rest = db:prepare(rest)
      if statement then
        return statement, title
      end
    end
  end
end

---The values of a statement's parameters, in their order; those without a value are NULL.
---@param statement any
---@param values table<string, any>
---@return any ...
function script.bindings(statement, values)
  local names, bindings = statement:parameters(), {}
  for i, name in ipairs(names) do
    bindings[i] = values[name]
  end
  return table.unpack(bindings, 1, #names)
end

---Runs a statement.
---@param statement any
---@param values table<string, any>
---@return any[][] rows of values, in the order of the columns; nil where NULL
function script.rows(statement, values)
  local found = {}
  local function collect(next_row)
    local row = table.pack(next_row())
    while row[1] do
      found[row[1]] = table.move(row, 2, row.n, 1, {})
      row = table.pack(next_row())
    end
  end
  collect(statement:rows(script.bindings(statement, values)))
  return found
end

return script

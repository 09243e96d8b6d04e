--- decorum diff: two files of one community, decision by decision. The comparison is sql/diff.sql.

local community = require "decorum.community"
local database_file = require "decorum.database_file"
local failure = require "decorum.failure"
local grid = require "decorum.grid"
local measure = require "decorum.measure"
local script = require "decorum.script"

local diff = {}

local function rounded(number)
  return number and math.floor(number * 10000 + 0.5) / 10000
end

-- A weighted share with its interval, as if it had been counted in as many messages as carry the same weight alone: Kish's
-- effective sample size. (L. Kish, Survey sampling, 1965, 11.7.)
local function share(part, whole, squares)
  if whole == 0 then
    return nil, nil, nil, 0
  end
  local size = whole * whole / squares
  local low, high = measure.wilson(part / whole * size, size)
  return rounded(part / whole), rounded(low), rounded(high), rounded(size)
end

-- The sums of each side and policy as precision and recall.
local function against_reviews(sums)
  local rows = {}
  for i, row in ipairs(sums.rows) do
    local side, policy, reviewed, right, did, did_squares, bad, bad_squares = table.unpack(row, 1, 8)
    local precision, precision_low, precision_high, precision_n = share(right, did, did_squares)
    local recall, recall_low, recall_high, recall_n = share(right, bad, bad_squares)
    rows[i] = { policy, side, reviewed, precision, precision_low, precision_high, precision_n, recall, recall_low, recall_high, recall_n }
  end
  return {
    title = sums.title,
    columns = { "policy", "side", "reviewed", "precision", "precision_low", "precision_high", "precision_n", "recall", "recall_low",
      "recall_high", "recall_n" },
    rows = rows,
  }
end

local function refuse_others(options, lacking)
  local after, before = table.unpack(lacking.rows[1])
  if after > 0 or before > 0 then
    failure.raise("diff", ("the files must hold the same messages: %d of %s are not in %s, %d the other way round"):format(
      after, options.before, options.after, before))
  end
end

---@param db any the file before, with the one after attached as `other`
---@return Grid[]
local function compare(db, options)
  local grids = {}
  for statement, title in script.statements(db, community.file "sql/diff.sql") do
    local result = { title = title, columns = statement:columns(), rows = script.rows(statement, {}) }
    statement:close()
    if result.columns[1] == "lacking_after" then
      refuse_others(options, result)
    elseif result.columns[1] == "side" then
      grids[#grids + 1] = against_reviews(result)
    elseif result.columns[1] then
      grids[#grids + 1] = result
    end
  end
  return grids
end

---@param options table of the command line: before, after, format
---@return integer status 0: it could be compared
function diff.run(options)
  community.open("diff", options.after, "readonly"):close()
  local db = community.open("diff", options.before, "readonly")
  database_file.attach(db, options.after, "other")
  io.stdout:write(grid.document(failure.guard("diff", compare, db, options), options.format))
  db:close()
  return 0
end

return diff

--- The known name that a mistyped one most likely meant.
--
--   nearest("txet", { "id", "text" })      -- "text"
--   nearest("score", { "id", "text" })     -- nil: none is near

-- How many letters must be put in, taken out, exchanged or swapped with their neighbour to make one text of the other.
local function distance(a, b)
  local before, last = {}, {}
  for j = 0, #b do
    last[j] = j
  end
  for i = 1, #a do
    local row = { [0] = i }
    for j = 1, #b do
      local cost = a:byte(i) == b:byte(j) and 0 or 1
      row[j] = math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
      if i > 1 and j > 1 and a:byte(i) == b:byte(j - 1) and a:byte(i - 1) == b:byte(j) then
        row[j] = math.min(row[j], before[j - 2] + 1)
      end
    end
    before, last = last, row
  end
  return last[#b]
end

local LENGTH_MAX = 100 -- bytes of a name; nobody mistypes longer ones

---@param name string
---@param names string[]
---@return string? nearest the first of those that differ least, if that is no more than a third of its letters, or case
return function(name, names)
  local best, least
  for _, known in ipairs(names) do
    if #name <= LENGTH_MAX and #known <= LENGTH_MAX then
      local far = distance(name:lower(), known:lower())
      if far <= math.max(#known, #name) / 3 and (not least or far < least) then
        best, least = known, far
      end
    end
  end
  return best
end

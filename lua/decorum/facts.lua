--- Facts: what policies may know about a member, read once for all that decide about a message.

local facts = {}

local TABLE = "temp.message_facts"

-- The columns that are needed, without repeats; and that the members' facts have, the parameters too.
local function columns_of(db, policies)
  local there, columns, taken = {}, {}, {}
  for _, name in db:prepare("SELECT lower(name) FROM pragma_table_xinfo('member_facts', 'main')"):rows() do
    there[name] = true
  end
  for _, policy in ipairs(policies) do
    for _, need in db:prepare("SELECT value FROM json_each(?)"):rows(policy.needs) do
      if not there[need:lower()] then
        error(("policy %s needs the fact '%s', which member_facts does not have"):format(policy.name, need), 0)
      elseif not taken[need:lower()] then
        taken[need:lower()] = true
        columns[#columns + 1] = '"' .. need:gsub('"', '""') .. '"'
      end
    end
  end
  return columns
end

---Makes the table of one row that lua_policy tables read, and returns the function that fills it with what can be seen of a
---member at a time up to a seq. A fact that no policy needs is not computed.
---@param db any
---@param policies { name: string, needs: string }[] needs is a JSON array
---@return fun(member: integer, at: number, seq: integer)
---@return string name of the table, as lua_policy takes it
function facts.reader(db, policies)
  local columns = columns_of(db, policies)
  if not columns[1] then
    columns[1] = "now" -- a table has some column
  end
  local list = table.concat(columns, ", ")
  db:exec(("DROP TABLE IF EXISTS %s; CREATE TABLE %s(%s)"):format(TABLE, TABLE, list))
  local read = db:prepare(("REPLACE INTO %s(rowid, %s) SELECT 1, %s FROM main.member_facts(?1, ?2, ?3)"):format(TABLE, list, list))
  return function(member, at, seq)
    read:run(member, at, seq)
  end, "message_facts"
end

return facts

--- Facts: what policies may know about a member, read once for all that decide about a message.

local nearest = require "decorum.nearest"

local facts = {}

local TABLE = "temp.message_facts"

-- What is new about a message that was decided on already, and the facts that tell of it.
local told_by = {
  verdict = { "verdict", "verdict_violation", "verdict_rule", "verdict_severity", "verdict_confidence", "rule_severity", "rule_exempt" },
  toxicity = { "toxicity", "categories", "drama", "drama_messages", "incidents" },
  topic = { "is_off_topic", "topic" },
  coherence = { "coherence", "coherence_flag", "coherence_drop", "coherence_scores" },
  spam = { "links", "repeats", "repeats_by_others" },
}

local news_of = {}
for news, names in pairs(told_by) do
  for _, name in ipairs(names) do
    news_of[name] = news
  end
end

---Of which news does a policy hear that needs these facts?
---@param needs string[]
---@return table<string, boolean> heard
function facts.heard(needs)
  local heard = {}
  for _, need in ipairs(needs) do
    local news = news_of[need:lower()]
    if news then
      heard[news] = true
    end
  end
  return heard
end

---The names that policies may need: the columns of member_facts, its parameters too.
---@param db any
---@return string[]
function facts.names(db)
  local names = {}
  for i, name in db:prepare("SELECT name FROM pragma_table_xinfo('member_facts', 'main')"):rows() do
    names[i] = name
  end
  return names
end

---@param db any
---@param needs string a JSON array
---@return string[]
function facts.needed(db, needs)
  local list = {}
  for _, need in db:prepare("SELECT value FROM json_each(?)"):rows(needs) do
    list[#list + 1] = need
  end
  return list
end

---The needs that are not among the names, each with the words about which was perhaps meant, or none.
---@param names string[]
---@param needs string[]
---@return { need: string, hint: string }[]
function facts.missing(names, needs)
  local there, missing = {}, {}
  for _, name in ipairs(names) do
    there[name:lower()] = true
  end
  for _, need in ipairs(needs) do
    if not there[need:lower()] then
      local meant = nearest(need, names)
      missing[#missing + 1] = { need = need, hint = meant and (", did you mean '%s'?"):format(meant) or "" }
    end
  end
  return missing
end

---Why facts of these names are not enough.
---@param names string[]
---@param needs string[]
---@return string? why nil if they are
function facts.lacking(names, needs)
  local first = facts.missing(names, needs)[1]
  return first and ("it needs the fact '%s', which member_facts does not have%s"):format(first.need, first.hint)
end

---Makes the table of one row that lua_policy tables read, and returns the function that fills it with what can be seen of a
---member at a time up to a seq. A fact that no policy needs is not computed.
---@param db any
---@param policies { needs: string[] }[] whose needs there are
---@return fun(member: integer, at: number, seq: integer)
---@return string name of the table, as lua_policy takes it
function facts.reader(db, policies)
  local columns, taken = {}, {}
  for _, policy in ipairs(policies) do
    for _, need in ipairs(policy.needs) do
      if not taken[need:lower()] then
        taken[need:lower()] = true
        columns[#columns + 1] = '"' .. need:gsub('"', '""') .. '"'
      end
    end
  end
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

--- The member whom a person on the command line means: by the number, a platform's id, a name, another name of theirs.
--
--   local id, name = named_member.find(db, "erase", "ann")     -- or a failure that lists those who may be meant
--   named_member.find(db, "erase", "id=7")                     -- number 7, whatever else is called 7

local failure = require "decorum.failure"

local named_member = {}

-- Who may be meant, each with what it is that they are known by.
local FIND = [[
  SELECT member.id, display(member.name), group_concat(DISTINCT display(known.how)) FROM (
    SELECT id, 'number ' || id AS how FROM member WHERE id = CAST(?1 AS INTEGER) AND CAST(CAST(?1 AS INTEGER) AS TEXT) = ?1
    UNION ALL SELECT member, platform || ' ' || platform_id FROM account WHERE platform_id = ?1
    UNION ALL SELECT member, platform || ' ' || platform_id FROM presence WHERE platform_id = ?1
    UNION ALL SELECT id, 'name ' || name FROM member WHERE name = ?1 COLLATE NOCASE
    UNION ALL SELECT member, 'also ' || name FROM alias WHERE folded = fold(?1) AND cleared_at IS NULL) AS known
  JOIN member ON member.id = known.id
  GROUP BY member.id ORDER BY member.id]]

---@param db any
---@param what string the command, for messages
---@param text string
---@return integer id
---@return string name
function named_member.find(db, what, text)
  local number = text:match "^id=(%d+)$"
  if number then
    local name = db:prepare("SELECT name FROM member WHERE id = ?"):row(math.tointeger(number))
    if not name then
      failure.raise(what, "there is no member " .. number)
    end
    return math.tointeger(number), name
  end
  local found, lines = {}, {}
  for i, id, name, how in db:prepare(FIND):rows(text) do
    found[i], lines[i] = id, ("id=%d (%s: %s)"):format(id, name, how)
  end
  if not found[1] then
    failure.raise(what, ("there is no member '%s': neither a number, nor an id of a platform, nor a name"):format(text))
  elseif found[2] then
    failure.raise(what, ("'%s' may be several members; say which: %s"):format(text, table.concat(lines, ", ")))
  end
  return found[1], (db:prepare("SELECT name FROM member WHERE id = ?"):row(found[1]))
end

return named_member

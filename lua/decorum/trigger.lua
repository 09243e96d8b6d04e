--- Triggers that are set aside while rows are written as they stand: they number, protect and follow up what is new.
--
--   local put_back = trigger.set_aside(db)
--   db:exec "UPDATE sanction SET reason = 'erased' WHERE member = 7"
--   put_back()
--
-- Both in one transaction, so that nobody else ever sees the file without them.

local trigger = {}

---@class SetAside
---@field name string
---@field about string the table
---@field sql string

local function always()
  return true
end

---Takes the triggers of the file away. The function that is returned puts them back in their order, or those for which it is told
---so: then it may be called again for the others.
---@param db any
---@return fun(is_due: (fun(set_aside: SetAside): boolean)?)
function trigger.set_aside(db)
  local triggers = {}
  for i, name, about, sql in db:prepare(
    "SELECT name, tbl_name, sql FROM main.sqlite_schema WHERE type = 'trigger' ORDER BY rowid"):rows() do
    triggers[i] = { name = name, about = about, sql = sql }
  end
  for _, each in ipairs(triggers) do
    db:exec(('DROP TRIGGER main."%s"'):format(each.name:gsub('"', '""')))
  end
  return function(is_due)
    for _, each in ipairs(triggers) do
      if not each.done and (is_due or always)(each) then
        db:prepare(each.sql):run() -- whoever made the file may have put more behind it, which exec would run
        each.done = true
      end
    end
  end
end

return trigger

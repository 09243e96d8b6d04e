--- The mode that is in force: may a policy's version act? See the table mode_change.
--
-- Decisions are many and switches are few: the table is asked about a version only when it has a newer row.

local mode = {}

-- Of policy ?1 in the version ?2, 'ladder@3', at seq ?3. The newest row that concerns it and the newest by hand that names it
-- must both say enforce. The view policy_mode tells the same, of now and with the reason.
local IN_FORCE = [[
  SELECT iif('enforce' = (SELECT mode FROM mode_change WHERE seq = max(
      coalesce((SELECT max(seq) FROM mode_change WHERE policy IS NULL AND seq <= ?3), 0),
      coalesce((SELECT max(seq) FROM mode_change WHERE policy = ?1 AND seq <= ?3), 0),
      coalesce((SELECT max(seq) FROM mode_change WHERE policy = ?2 AND seq <= ?3), 0)))
    AND coalesce('enforce' = (SELECT mode FROM mode_change WHERE seq = max(
      coalesce((SELECT max(seq) FROM mode_change WHERE policy = ?1 AND seq <= ?3), 0),
      coalesce((SELECT seq FROM mode_change WHERE policy = ?2 AND cause = 'hand' AND seq <= ?3 ORDER BY seq DESC LIMIT 1), 0))), 1),
    'enforce', 'observe')]]

---@param db any
---@return fun(policy: string, version: string, seq: integer): string "observe" or "enforce"
function mode.reader(db)
  local newest, find = db:prepare "SELECT max(seq) FROM mode_change WHERE seq <= ?", db:prepare(IN_FORCE)
  local asked, switch, known
  return function(policy, version, seq)
    if seq ~= asked then
      local last = newest:row(seq)
      asked, switch, known = seq, last, switch == last and known or {}
    end
    known[version] = known[version] or find:row(policy, version, seq)
    return known[version]
  end
end

return mode

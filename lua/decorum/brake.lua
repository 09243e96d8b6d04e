--- The brake: a policy's version that sanctions too many members at once falls to observe, until a person says otherwise.
--
-- Too many: at least brake_members, and more than brake_percent of the members who spoke within brake_minutes. Counted are
-- its sanctions since a person last switched the mode of it, of its policy or of all, so that "enforce" starts anew.
-- Asked only about what is about to be sanctioned; it reads what lies within those minutes and nothing older.

local brake = {}

-- Of a decision that is to be enforced: how many members its version sanctioned in that time, this one included, and by
-- which case last.
local SANCTIONED = [[
  WITH made AS MATERIALIZED (
    SELECT decision.*, decision.at - 60.0 * (SELECT value FROM setting WHERE name = 'brake_minutes') AS from_at, max(
      coalesce((SELECT seq FROM mode_change WHERE policy IS NULL AND cause = 'hand' ORDER BY seq DESC LIMIT 1), 0),
      coalesce((SELECT seq FROM mode_change WHERE policy = substr(decision.policy, 1, instr(decision.policy, '@') - 1)
        AND cause = 'hand' ORDER BY seq DESC LIMIT 1), 0),
      coalesce((SELECT seq FROM mode_change WHERE policy = decision.policy AND cause = 'hand' ORDER BY seq DESC LIMIT 1), 0)
    ) AS from_seq
    FROM decision WHERE id = ?
  )
  SELECT count(DISTINCT done.member) + NOT coalesce(max(done.member = made.member), 0), max(done.case_no),
    made.policy, made.at, made.from_at, made.seq
  FROM made LEFT JOIN sanction AS done ON done.policy = made.policy AND done.at > made.from_at AND done.at <= made.at
    AND done.seq > made.from_seq]]

-- How many members spoke, at most so many: more need not be known.
local SPOKE = [[
  SELECT count(*) FROM (
    SELECT DISTINCT +member FROM assessment INDEXED BY assessment_at WHERE at > ? AND at <= ? AND seq <= ? LIMIT ?)]]

---The function tells whether the brake holds a decision that would be enforced. Then its version and it observe.
---@param db any
---@return fun(decision: integer): boolean
---@return string[] fell what the brake did, in words; whoever tells it empties it
function brake.new(db)
  local settings = db:prepare [[
    SELECT max(iif(name = 'brake_percent', value, NULL)), max(iif(name = 'brake_members', value, NULL)),
      max(iif(name = 'brake_minutes', value, NULL))
    FROM setting WHERE name IN ('brake_percent', 'brake_members', 'brake_minutes')]]
  local count_sanctioned, count_spoke = db:prepare(SANCTIONED), db:prepare(SPOKE)
  local fall = db:prepare "INSERT INTO mode_change(policy, at, mode, cause, reason) VALUES (?, ?, 'observe', 'brake', ?)"
  local observe = db:prepare "UPDATE decision SET mode = 'observe' WHERE id = ?"
  local fell = {}

  return function(decision)
    local percent, fewest, minutes = settings:row()
    if percent == 0 then
      return false
    end
    local members, last_case, policy, at, from_at, seq = count_sanctioned:row(decision)
    if members < fewest then
      return false
    end
    local active = count_spoke:row(from_at, at, seq, math.floor(100 * members / percent) + 1)
    if 100 * members <= percent * active then
      return false
    end
    local why = ("it sanctioned %d of %d active members within %g minute%s%s"):format(members, active, minutes,
      minutes == 1 and "" or "s", last_case and (" (last case %d)"):format(last_case) or "")
    fall:run(policy, at, why)
    observe:run(decision)
    fell[#fell + 1] = ("%s fell to observe: %s"):format(policy, why)
    return true
  end, fell
end

return brake

--- The brake: a policy's version that sanctions too many members at once falls to observe, until a person says enforce anew.
--
-- Too many: at least brake_members, and more than brake_percent of the active ones, who spoke within brake_minutes. Counted are
-- its sanctions since a person last switched the mode of it, of its policy or of all, so that "enforce" starts anew. Who was
-- first heard within those minutes is not counted, on either side: else a raid would switch off what holds it back.
-- Asked only about what is about to be sanctioned; it reads what lies within those minutes, and of each member one row before.

local brake = {}

-- The decision that is to be enforced, and from where its version's sanctions count.
local ABOUT = [[
  SELECT policy, member, at, seq, at - 60.0 * ?2, max(
    coalesce((SELECT seq FROM mode_change WHERE policy IS NULL AND cause = 'hand' ORDER BY seq DESC LIMIT 1), 0),
    coalesce((SELECT seq FROM mode_change WHERE policy = decision.policy_name
      AND cause = 'hand' ORDER BY seq DESC LIMIT 1), 0),
    coalesce((SELECT seq FROM mode_change WHERE policy = decision.policy AND cause = 'hand' ORDER BY seq DESC LIMIT 1), 0))
  FROM policy_decision AS decision WHERE id = ?1]]

local SANCTIONED = "SELECT member, case_no FROM sanction WHERE policy = ? AND at > ? AND at <= ? AND seq > ?"

local HEARD = "SELECT 1 FROM assessment WHERE member = ? AND at <= ? LIMIT 1"

local SPOKE = "SELECT member FROM assessment WHERE at > ? AND at <= ? AND seq <= ? ORDER BY at DESC"

-- Counts the members of the rows, the first value of each, of whom `counts` says so, until there are so many. Counted here,
-- since DISTINCT makes a table for each question. Returns how many there are, and the largest second value.
local function count_members(counts, most, statement, ...)
  local known, count, largest = {}, 0, nil
  for _, member, number in statement:rows(...) do
    if not known[member] then
      known[member], count = true, counts(member) and count + 1 or count
    end
    if count >= most then
      statement:row(...) -- which ends the reading: half-way, it would keep others' changes from being seen
      break
    end
    largest = number and math.max(number, largest or number)
  end
  return count, largest
end

---The function tells whether the brake holds a decision that would be enforced. Then its version and it observe.
---@param db any
---@return fun(decision: integer): boolean
---@return string[] fell what the brake did, in words; whoever tells it empties it
function brake.new(db)
  local setting = db:prepare "SELECT value FROM setting WHERE name = ?"
  local about, sanctioned, spoke, heard = db:prepare(ABOUT), db:prepare(SANCTIONED), db:prepare(SPOKE), db:prepare(HEARD)
  local fall = db:prepare "INSERT INTO mode_change(policy, at, mode, cause, reason) VALUES (?, ?, 'observe', 'brake', ?)"
  local observe = db:prepare "UPDATE decision SET mode = 'observe' WHERE id = ?"
  local fell = {}

  return function(decision)
    local percent = setting:row "brake_percent"
    if percent == 0 then
      return false
    end
    local minutes = setting:row "brake_minutes"
    local policy, member, at, seq, from_at, from_seq = about:row(decision, minutes)
    local function was_here(who)
      return heard:row(who, from_at) ~= nil
    end
    if not was_here(member) then
      return false
    end
    local others, last_case = count_members(function(who)
      return who ~= member and was_here(who)
    end, math.huge, sanctioned, policy, from_at, at, from_seq)
    local members = others + 1
    if members < setting:row "brake_members" then
      return false
    end
    local enough = math.ceil(100 * members / percent) -- as many who spoke, and it is not too much
    local active = count_members(was_here, enough, spoke, from_at, at, seq)
    if active >= enough then
      return false
    end
    local why = ("it sanctioned %d of %d active members within %g minute%s%s"):format(members, active, minutes,
      minutes == 1 and "" or "s", last_case and (" (last case %d)"):format(last_case) or "")
    fall:run(policy, at, why)
    observe:run(decision)
    fell[#fell + 1] = ("%s fell to observe (--set mode=enforce ends that): %s"):format(policy, why)
    return true
  end, fell
end

return brake

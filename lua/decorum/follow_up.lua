--- What follows from a decision beside a sanction: a review, a notification, a note, word to the moderators of what was not done.
--
-- A review is asked for in any mode. The others are done where the policy may act; all have the decision's time, so that
-- the same decisions give them again.

local follow_up = {}

-- What removes a member needs a person: such a decision is put into the review queue instead of being enforced.
local removes = { shadow_ban = true, kick = true, ban = true }

---@param action string?
---@return boolean
function follow_up.needs_person(action)
  return removes[action] or false
end

---@param db any
---@return fun(decision: integer, action: string?, mode: string?, review: integer?)
function follow_up.of_decisions(db)
  local sanctions = {}
  for _, name in db:prepare("SELECT name FROM decorum_action WHERE sanctions"):rows() do
    sanctions[name] = true
  end
  -- A message that waits for a review already, as the policy could see, is flagged without another.
  local ask_for_review = db:prepare [[
    INSERT INTO review(at, message, member, decision, reason)
    SELECT at, message, member, id, coalesce(reason, policy) FROM decision
    WHERE id = ? AND (action <> 'flag' OR review OR facts ->> 'in_review' IS NOT 1)]]
  -- What a policy that observes would have done with somebody who is there: once for each action in ten minutes.
  local announce = db:prepare [[
    INSERT OR IGNORE INTO outbox(key, platform, call, decision, channel, due_at, expires_at)
    SELECT printf('observed %s %d %d %s', action, decision.member, decision.at / 600, platform), platform, 'say', decision.id,
      moderators, decision.at, decision.at + 600
    FROM decision JOIN message ON message.id = decision.message JOIN connection USING (platform)
    WHERE decision.id = ? AND live AND moderators IS NOT NULL]]
  local enforced = {
    notify = db:prepare [[
      INSERT INTO notification(member, at, kind, message, decision, details)
      SELECT member, at, iif(rule IN ('topic', 'topic_owner', 'coherence'), rule, 'moderators'), message, id, iif(rule = 'coherence',
        json_object('baseline', facts ->> 'coherence_baseline', 'current', facts ->> 'coherence', 'drop', facts ->> 'coherence_drop',
          'flag', facts ->> 'coherence_flag'), NULL)
      FROM decision WHERE id = ?]],
    note = db:prepare [[
      INSERT INTO note(member, at, author, text, decision)
      SELECT member, at, policy, iif(trim(coalesce(reason, '')) = '', policy, reason), id FROM decision WHERE id = ?]],
  }

  return function(id, action, mode, review)
    if review == 1 or action == "flag" or (mode == "enforce" and removes[action]) then
      ask_for_review:run(id)
    end
    local act = mode == "enforce" and enforced[action]
    if act then
      act:run(id)
    elseif mode == "observe" and sanctions[action] then
      announce:run(id)
    end
  end
end

return follow_up

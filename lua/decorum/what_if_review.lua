--- Reviews in a what-if: a review is made with what came of it in the source, so that policies know at each message what
--- waited then.
--
-- What came of a review has a time and no place in the log: the facts go by the time. A review of a flag or a verdict comes
-- with it; one that a policy asks for here has what came of the same in the source. One that a person began by hand has an id and a
-- time: it comes behind the review before it, before the first message that could have been judged with it, and
-- before the review behind it.

local review = {}

-- What the policies of the source asked for, and the review here that got the outcome.
local ASKED = [[
  CREATE TEMP TABLE reviewed AS
    SELECT review.id AS old, NULL AS new, made.message, made.action, made.at, made.policy_name
    FROM source.review JOIN source.policy_decision AS made ON made.id = review.decision;
  CREATE INDEX temp.reviewed_message ON reviewed (message)]]

-- The same is a review of the same message by any version of the same policy with the same action. An edited message may have
-- several: the nearest in time, and each once.
local DECIDED = [[
  CREATE TEMP TRIGGER review_was_decided AFTER INSERT ON main.review WHEN NEW.decision IS NOT NULL
  BEGIN
    UPDATE reviewed SET new = NEW.id WHERE old = (
      SELECT asked.old FROM main.policy_decision AS made CROSS JOIN temp.reviewed AS asked
      WHERE made.id = NEW.decision AND asked.message = made.message AND asked.action = made.action
        AND asked.policy_name = made.policy_name AND asked.new IS NULL
      ORDER BY abs(asked.at - made.at), asked.old LIMIT 1) AND message = NEW.message;
    UPDATE review SET (claimed_by, claimed_at, claimed_until, outcome, decided_by, decided_at) = (
      SELECT claimed_by, claimed_at, claimed_until, outcome, decided_by, decided_at FROM source.review
      WHERE id = (SELECT old FROM temp.reviewed WHERE message = NEW.message AND new = NEW.id))
    WHERE id = NEW.id;
  END]]

local function place_of_neighbour(condition)
  return ([[(
    SELECT coalesce((SELECT seq FROM source.flag WHERE id = near.flag), (SELECT seq FROM source.verdict WHERE id = near.verdict),
      (SELECT seq FROM source.decision WHERE id = near.decision))
    FROM source.review AS near WHERE coalesce(near.flag, near.verdict, near.decision) IS NOT NULL AND %s LIMIT 1)]]):format(condition)
end

local BY_HAND = ([[
  SELECT id, at, coalesce(%s, 0), coalesce(%s, 9e18) FROM source.review
  WHERE flag IS NULL AND verdict IS NULL AND decision IS NULL ORDER BY id]]):format(
  place_of_neighbour "near.id < review.id ORDER BY near.id DESC", place_of_neighbour "near.id > review.id ORDER BY near.id")

---@class Reviews
---@field come_before fun(seq: integer, at: number?) those by hand that come before this entry of the source's log, which is a
---  message if it has a time
---@field finish fun(): integer the last ones; returns how many that were decided did not come about here

---@param db any with the source attached
---@param columns string all but the id
---@return Reviews
function review.carrier(db, columns)
  db:exec(ASKED)
  db:exec(DECIDED)
  local add = db:prepare(("INSERT INTO main.review(%s) SELECT %s FROM source.review WHERE id = ?"):format(columns, columns))
  local next_by_hand = db:prepare(BY_HAND):rows()
  local _, id, from_at, behind, before = next_by_hand()
  local self = {}

  function self.come_before(seq, at)
    while id and seq > behind and (seq >= before or (at and at >= from_at)) do
      add:run(id)
      _, id, from_at, behind, before = next_by_hand()
    end
  end

  function self.finish()
    self.come_before(math.maxinteger, math.huge)
    return (db:prepare [[
      SELECT count(*) FROM temp.reviewed JOIN source.review ON review.id = old WHERE new IS NULL AND outcome IS NOT NULL]]:row())
  end

  return self
end

return review

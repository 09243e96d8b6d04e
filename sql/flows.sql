-- What follows from a row: triggers that need the extension. decorum init makes them anew each time.

-- The outcome of a verdict acts on the member's reputation, and may call a person. SAFE earns something only if the
-- verdict is sure of it. A message costs once: another verdict about it takes the place of the one before.
DROP TRIGGER IF EXISTS verdict_has_outcome;
CREATE TRIGGER verdict_has_outcome AFTER UPDATE OF seq ON verdict
WHEN OLD.seq IS NULL
BEGIN
  INSERT INTO reputation_change (member, at, cause, verdict, after)
    SELECT member, NEW.at, 'replaced', taken.verdict, max(0, min(100, reputation - taken.after + taken.before))
    FROM reputation_change AS taken JOIN member_reputation USING (member)
    WHERE taken.cause = 'outcome' AND taken.verdict IN (SELECT id FROM verdict WHERE message = NEW.message AND id <> NEW.id)
      AND NOT EXISTS (SELECT 1 FROM reputation_change AS back
        WHERE back.verdict = taken.verdict AND back.cause <> 'outcome');
  INSERT INTO reputation_change (member, at, cause, verdict, after)
    SELECT NEW.member, NEW.at, 'outcome', NEW.id, after FROM (
      SELECT reputation, reputation_after(reputation, NEW.outcome,
        (SELECT value FROM setting WHERE name = 'clean_reward'),
        (SELECT value FROM setting WHERE name = 'review_penalty'),
        (SELECT value FROM setting WHERE name = 'violation_penalty')) AS after
      FROM member_reputation WHERE member = NEW.member)
    WHERE after <> reputation AND (NEW.outcome <> 'SAFE' OR NEW.rewarded);
  INSERT INTO review (at, message, member, verdict, reason)
    SELECT NEW.at, NEW.message, NEW.member, NEW.id, NEW.outcome || ': ' || NEW.rule
    FROM member_reputation
    WHERE member = NEW.member
      AND review_required(reputation, NEW.outcome, (SELECT value FROM setting WHERE name = 'review_threshold'));
END;

-- A verdict or a flag that a person rejects did not happen: what it took comes back, and what it gave goes.
DROP TRIGGER IF EXISTS review_gives_back;
CREATE TRIGGER review_gives_back AFTER UPDATE OF outcome ON review
WHEN NEW.outcome = 'rejected'
BEGIN
  INSERT INTO reputation_change (member, at, cause, verdict, flag, moderator, after)
    SELECT member, coalesce(NEW.decided_at, (julianday('now') - 2440587.5) * 86400.0), 'review', taken.verdict, taken.flag,
      NEW.decided_by, max(0, min(100, reputation - taken.after + taken.before))
    FROM reputation_change AS taken JOIN member_reputation USING (member)
    WHERE ((taken.verdict = NEW.verdict AND taken.cause = 'outcome') OR (taken.flag = NEW.flag AND taken.cause = 'flag'))
      AND NOT EXISTS (SELECT 1 FROM reputation_change AS back WHERE back.verdict = taken.verdict AND back.cause = 'replaced');
END;

-- A policy's param may be set if some version of the policy has it: INSERT INTO setting VALUES ('ladder.warn', 0.6).
DROP TRIGGER IF EXISTS setting_of_param;
CREATE TRIGGER setting_of_param BEFORE INSERT ON setting
WHEN NEW.name GLOB '*.*'
BEGIN
  SELECT RAISE(ABORT, 'no policy has that param: SELECT name, params FROM policy_version tells which there are')
    WHERE NOT EXISTS (
      SELECT 1 FROM policy_version, json_each(params) WHERE policy_version.name || '.' || json_each.key = NEW.name);
END;

-- A slip of the pen in a policy's name would leave the policy as it was.
DROP TRIGGER IF EXISTS mode_change_names_policy;
CREATE TRIGGER mode_change_names_policy BEFORE INSERT ON mode_change
WHEN NEW.policy IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'there is no such policy, nor version of one')
    WHERE NOT EXISTS (SELECT 1 FROM policy_version WHERE NEW.policy IN (name, name || '@' || version));
END;

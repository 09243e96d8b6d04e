-- What two files of one community decided about the same messages, and how each stands against people's reviews.
-- Run by decorum diff on the file before, with the file after attached as `other`.

-- How many messages does either lack?
SELECT
  (SELECT count(*) FROM main.message AS here WHERE NOT EXISTS (SELECT 1 FROM other.message AS there
    WHERE there.platform = here.platform AND there.platform_id = here.platform_id)) AS lacking_after,
  (SELECT count(*) FROM other.message AS there WHERE NOT EXISTS (SELECT 1 FROM main.message AS here
    WHERE here.platform = there.platform AND here.platform_id = there.platform_id)) AS lacking_before;

-- Decisions to do something or to ask for a review, with the messages and members of the file before. An edited message may
-- have several: nth
CREATE TEMP TABLE acted AS
SELECT *, row_number() OVER (PARTITION BY side, message, policy, action ORDER BY at, id) AS nth FROM (
  SELECT 'before' AS side, id, message, member, at, policy_name AS policy, iif(action = 'none', 'review', action) AS action, duration_s,
    EXISTS (SELECT 1 FROM main.sanction WHERE sanction.decision = made.id) AS is_enforced,
    message IN (SELECT message FROM main.censored) AS censored
  FROM main.policy_decision AS made WHERE action <> 'none' OR review = 1
  UNION ALL
  SELECT 'after', made.id, here.id, here.member, made.at, policy_name, iif(action = 'none', 'review', action), duration_s,
    EXISTS (SELECT 1 FROM other.sanction WHERE sanction.decision = made.id),
    made.message IN (SELECT message FROM other.censored)
  FROM other.policy_decision AS made JOIN other.message AS there ON there.id = made.message
    JOIN main.message AS here ON here.platform = there.platform AND here.platform_id = there.platform_id
  WHERE action <> 'none' OR review = 1);

CREATE INDEX temp.acted_message ON acted (side, message, policy, action, nth);

CREATE INDEX temp.acted_member ON acted (side, member, policy, action, at);

-- The same action about the same message
CREATE TEMP TABLE kept (before INTEGER PRIMARY KEY, after INTEGER UNIQUE, is_same INTEGER NOT NULL);

INSERT INTO kept
SELECT old.rowid, new.rowid, old.duration_s IS new.duration_s
FROM acted AS old JOIN acted AS new USING (message, policy, action, nth) WHERE old.side = 'before' AND new.side = 'after';

-- Of the others: the same action against the same member within an hour, the nearest first and each once
CREATE TEMP TABLE moved (before INTEGER PRIMARY KEY, after INTEGER UNIQUE);

INSERT OR IGNORE INTO moved
SELECT old.rowid, new.rowid
FROM acted AS old CROSS JOIN acted AS new
  ON new.side = 'after' AND new.member = old.member AND new.policy = old.policy AND new.action = old.action
    AND new.at BETWEEN old.at - 3600.0 AND old.at + 3600.0
WHERE old.side = 'before' AND old.rowid NOT IN (SELECT before FROM kept) AND new.rowid NOT IN (SELECT after FROM kept)
ORDER BY abs(new.at - old.at), old.at, old.rowid, new.rowid;

-- Messages that people judged, by the newest review. One that came before people by chance stands for those that did not. A
-- member's flag is no chance; a verdict has its own; a decision that of the newest verdict about the message, or assessment
-- by a model, that it could see
CREATE TEMP TABLE truth AS
SELECT message, upheld, 1.0 / coalesce(sampled_p, 1.0) AS weight FROM (
  SELECT review.message, outcome = 'upheld' AS upheld,
    CASE WHEN review.verdict IS NOT NULL THEN (SELECT sampled_p FROM main.verdict WHERE verdict.id = review.verdict)
      WHEN review.decision IS NOT NULL THEN (
        SELECT sampled_p FROM (
          SELECT seq, sampled_p FROM main.verdict WHERE verdict.message = review.message
          UNION ALL
          SELECT seq, sampled_p FROM main.assessment WHERE assessment.message = review.message AND source = 'model')
        WHERE seq <= (SELECT seq FROM main.decision WHERE decision.id = review.decision) ORDER BY seq DESC LIMIT 1)
      END AS sampled_p,
    row_number() OVER (PARTITION BY review.message ORDER BY decided_at DESC, id DESC) AS age
  FROM main.review
  WHERE outcome IS NOT NULL AND review.message IS NOT NULL AND coalesce(flag, verdict, decision) IS NOT NULL)
WHERE age = 1;

-- Decisions before and after; moved: the same member, within an hour; review: no action, but a person should look
SELECT policy, action,
  count(*) FILTER (WHERE side = 'before') AS before,
  count(*) FILTER (WHERE side = 'after') AS after,
  count(*) FILTER (WHERE kept.is_same) AS same,
  count(*) FILTER (WHERE NOT kept.is_same) AS other_duration,
  count(moved.before) AS moved,
  count(*) FILTER (WHERE side = 'before') - count(kept.before) - count(moved.before) AS removed,
  count(*) FILTER (WHERE side = 'after') - count(kept.before) - count(moved.before) AS added
FROM acted LEFT JOIN kept ON kept.before = acted.rowid LEFT JOIN moved ON moved.before = acted.rowid
  LEFT JOIN decorum_action ON decorum_action.name = action
GROUP BY policy, action ORDER BY policy, decorum_action.severity, action;

-- Which of them became a sanction, and how many are about messages that a policy's mute or ban would have kept from being said
SELECT policy, action, iif(is_enforced, 'yes', 'no') AS enforced,
  count(*) FILTER (WHERE side = 'before') AS before,
  count(*) FILTER (WHERE side = 'after') AS after,
  count(*) FILTER (WHERE side = 'before' AND censored) AS before_censored,
  count(*) FILTER (WHERE side = 'after' AND censored) AS after_censored
FROM acted LEFT JOIN decorum_action ON decorum_action.name = action
GROUP BY policy, action, is_enforced ORDER BY policy, decorum_action.severity, action, is_enforced DESC;

-- Against people's reviews, weighted by 1 / sampled_p, with 95 % intervals; n: effective sample size
SELECT side, policy,
  count(*) FILTER (WHERE message IS NOT NULL) AS reviewed,
  coalesce(sum(weight) FILTER (WHERE did AND upheld), 0.0) AS right,
  coalesce(sum(weight) FILTER (WHERE did), 0.0) AS did, coalesce(sum(weight * weight) FILTER (WHERE did), 0.0) AS did_squares,
  coalesce(sum(weight) FILTER (WHERE upheld), 0.0) AS bad, coalesce(sum(weight * weight) FILTER (WHERE upheld), 0.0) AS bad_squares
FROM (
  SELECT side.name AS side, coalesce(policy.name, 'all together') AS policy, truth.*, side.place, policy.name AS id,
    EXISTS (SELECT 1 FROM acted WHERE acted.side = side.name AND acted.message = truth.message
      AND acted.policy = coalesce(policy.name, acted.policy)) AS did
  FROM (SELECT 'before' AS name, 1 AS place UNION ALL SELECT 'after', 2) AS side,
    (SELECT DISTINCT policy AS name FROM acted UNION ALL SELECT NULL WHERE (SELECT count(DISTINCT policy) FROM acted) > 1) AS policy
    LEFT JOIN truth)
GROUP BY place, side, id, policy ORDER BY id IS NULL, policy, place;

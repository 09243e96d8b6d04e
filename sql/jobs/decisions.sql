-- Decisions to do nothing go after decision_days: the facts and the policy give them again.
-- Parameters: :now. Kept is what was done, what failed, and what a person was asked about or has named.

-- Run
SELECT :now AS now, NULL AS through_at, 0 AS skipped,
  :now - 86400.0 * (SELECT value FROM setting WHERE name = 'decision_days') AS before;

-- Items: so many at a time, each time counted by its size
SELECT min(id) AS first, max(id) AS last, count(*) AS size FROM decision
WHERE action = 'none' AND review IS NOT 1 AND at < :before
  AND NOT EXISTS (SELECT 1 FROM review WHERE review.decision = decision.id)
  AND NOT EXISTS (SELECT 1 FROM sanction WHERE sanction.decision = decision.id)
GROUP BY id / 1000;

-- Each
DELETE FROM decision
WHERE id BETWEEN :first AND :last AND action = 'none' AND review IS NOT 1 AND at < :before
  AND NOT EXISTS (SELECT 1 FROM review WHERE review.decision = decision.id)
  AND NOT EXISTS (SELECT 1 FROM sanction WHERE sanction.decision = decision.id);

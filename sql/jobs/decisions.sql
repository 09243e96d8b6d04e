-- Decisions to do nothing go after decision_days: the facts and the policy give them again.
-- Parameters: :now. Kept is what was done, what failed, and what a person was asked about or has named.

-- Run
SELECT :now AS now, NULL AS through_at, 0 AS skipped,
  :now - 86400.0 * (SELECT value FROM setting WHERE name = 'decision_days') AS before;

-- Items: so many at a time, each time counted by its size. The table is walked once: an index by time would cost the decisions
-- that are made more than it spares here
SELECT min(id) AS first, max(id) AS last, count(*) AS size FROM decision_idle WHERE at < :before GROUP BY id / 1000;

-- Each
DELETE FROM decision WHERE id IN (SELECT id FROM decision_idle WHERE id BETWEEN :first AND :last AND at < :before);

-- Reputations return to neutral: one step a period.
-- Parameters: :now. Once a period however often it runs; periods that were missed are caught up, as many as ended since
-- the member's last change: what somebody has set today does not pay for last year.

-- Run: from where the last run ended, else from the community's beginning
SELECT :now AS now, periods, period_s, from_at + periods * period_s AS through_at,
  iif(periods > 0, (SELECT count(*) FROM member_reputation WHERE reputation = neutral), 0) AS skipped
FROM (
  SELECT *, CAST(max(0, (:now - from_at) / period_s) AS INTEGER) AS periods FROM (
    SELECT 86400.0 * (SELECT value FROM setting WHERE name = 'decay_period_days') AS period_s,
      (SELECT value FROM setting WHERE name = 'neutral') AS neutral,
      coalesce((SELECT through_at FROM job_run WHERE job = 'decay' ORDER BY id DESC LIMIT 1),
        min((SELECT created_at FROM community), coalesce((SELECT min(at) FROM reputation_change), 1e12))) AS from_at
  )
);

-- Items: members off neutral
SELECT member, reputation, max(0, min(:periods, CAST(ceil((:through_at -
    (SELECT at FROM reputation_change AS newest WHERE newest.member = member_reputation.member ORDER BY seq DESC LIMIT 1)
  ) / :period_s) AS INTEGER))) AS periods
FROM member_reputation
WHERE :periods > 0 AND reputation <> (SELECT value FROM setting WHERE name = 'neutral');

-- Each
INSERT INTO reputation_change (member, at, cause, after)
SELECT :member, :now, 'decay', after FROM (
  SELECT reputation_decay(:reputation, :periods, (SELECT value FROM setting WHERE name = 'decay_rate'),
    (SELECT value FROM setting WHERE name = 'neutral')) AS after)
WHERE after <> :reputation;

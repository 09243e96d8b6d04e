-- What members report, and how often each reporter is right.
-- Parameters: :since, :now (Unix seconds; else everything).

-- What becomes of flags, by type
SELECT display(type) AS type, points, count(*) AS flags, count(*) FILTER (WHERE state = 'waiting') AS waiting,
  count(*) FILTER (WHERE state IN ('due', 'processed')) AS upheld, count(*) FILTER (WHERE state = 'rejected') AS rejected,
  count(*) FILTER (WHERE state = 'failed') AS failed, total(penalty) AS "points lost"
FROM flag_state
WHERE at >= coalesce(:since, at) AND at <= coalesce(:now, at)
GROUP BY flag_state.type COLLATE NOCASE ORDER BY flags DESC, flag_state.type;

-- Reporters: of their last 100 flags that a person has decided on, the share that was upheld
SELECT display(name) AS reporter, flags, decided, upheld, round(1.0 * upheld / nullif(decided, 0), 2) AS accuracy
FROM (
  SELECT reporter, count(*) AS flags,
    count(review_outcome) FILTER (WHERE newest <= 100) AS decided,
    count(*) FILTER (WHERE newest <= 100 AND review_outcome = 'upheld') AS upheld
  FROM (
    SELECT reporter, review_outcome, sum(review_outcome IS NOT NULL) OVER (PARTITION BY reporter ORDER BY seq DESC) AS newest
    FROM flag_state WHERE at >= coalesce(:since, at) AND at <= coalesce(:now, at))
  GROUP BY reporter
) AS counted JOIN member ON member.id = counted.reporter
ORDER BY flags DESC, name;

-- Those that failed
SELECT id AS flag, datetime(at, 'unixepoch') AS "at (UTC)", display(type) AS type, member, display(error) AS error
FROM flag_state WHERE state = 'failed' ORDER BY seq DESC LIMIT 20;

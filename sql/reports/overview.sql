-- Today beside the seven days before: how busy, how heated, what was done.
-- Parameters: :now (Unix seconds; else the newest message's time).
WITH clock AS MATERIALIZED (
  SELECT day, day - 7 * 86400 AS week, day + 86400 AS tomorrow FROM (
    SELECT floor(coalesce(:now, (SELECT max(at) FROM message)) / 86400.0) * 86400.0 AS day)
),
spoken AS MATERIALIZED (
  SELECT member, toxicity, at >= day AS today
  FROM assessment_current, clock WHERE at >= week AND at < tomorrow
),
done AS MATERIALIZED (
  SELECT action, at >= day AS today,
    EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no) AS undone
  FROM sanction, clock WHERE at >= week AND at < tomorrow
),
decided AS MATERIALIZED (
  SELECT at >= day AS today, error IS NOT NULL AS failed FROM decision, clock
  WHERE at >= week AND at < tomorrow AND (error IS NOT NULL OR (action <> 'none' AND mode = 'observe'))
)
SELECT 'day (UTC)' AS "what",
  (SELECT date(day, 'unixepoch') FROM clock) AS "today",
  (SELECT date(week, 'unixepoch') || ' to ' || date(day - 86400, 'unixepoch') FROM clock) AS "7 days before"
UNION ALL SELECT 'messages', count(*) FILTER (WHERE today), count(*) FILTER (WHERE NOT today) FROM spoken
UNION ALL SELECT 'members who spoke', count(DISTINCT member) FILTER (WHERE today),
  count(DISTINCT member) FILTER (WHERE NOT today) FROM spoken
UNION ALL SELECT 'mean toxicity', round(avg(toxicity) FILTER (WHERE today), 3),
  round(avg(toxicity) FILTER (WHERE NOT today), 3) FROM spoken
UNION ALL SELECT 'hostile messages (0.5 or more)', count(*) FILTER (WHERE today AND toxicity >= 0.5),
  count(*) FILTER (WHERE NOT today AND toxicity >= 0.5) FROM spoken
UNION ALL SELECT 'warnings', count(*) FILTER (WHERE today), count(*) FILTER (WHERE NOT today)
  FROM done WHERE action = 'warn'
UNION ALL SELECT 'mutes', count(*) FILTER (WHERE today), count(*) FILTER (WHERE NOT today)
  FROM done WHERE action IN ('mute', 'timeout')
UNION ALL SELECT 'kicks and bans', count(*) FILTER (WHERE today), count(*) FILTER (WHERE NOT today)
  FROM done WHERE action IN ('kick', 'ban', 'shadow_ban')
UNION ALL SELECT 'undone', count(*) FILTER (WHERE today AND undone), count(*) FILTER (WHERE NOT today AND undone)
  FROM done
UNION ALL SELECT 'flags', count(*) FILTER (WHERE at >= day), count(*) FILTER (WHERE at < day)
  FROM flag, clock WHERE at >= week AND at < tomorrow
UNION ALL SELECT 'reviews that wait', count(*) FILTER (WHERE at >= day), count(*) FILTER (WHERE at < day)
  FROM review, clock WHERE outcome IS NULL AND at >= week AND at < tomorrow
UNION ALL SELECT 'only observed', count(*) FILTER (WHERE today AND NOT failed),
  count(*) FILTER (WHERE NOT today AND NOT failed) FROM decided
UNION ALL SELECT 'decisions that failed', count(*) FILTER (WHERE today AND failed),
  count(*) FILTER (WHERE NOT today AND failed) FROM decided;

-- Texts of messages go after text_days; scores stay. So do keyed hashes of erased members whose last ban is over.
-- Parameters: :now. What concerns children stays (message_held). An edit counts from when it was made. What runs later catches up.

-- Run
SELECT :now AS now, NULL AS through_at, 0 AS skipped, iif(value > 0, :now - 86400.0 * value, -1e13) AS before
FROM setting WHERE name = 'text_days';

-- Items: so many at a time, each time counted by its size
SELECT 'texts' AS what, min(message) AS first, max(message) AS last, count(*) AS size
FROM message_text JOIN message ON message.id = message
WHERE text IS NOT NULL AND coalesce(edited_at, at) < :before AND message NOT IN (SELECT message FROM message_held)
GROUP BY message / 1000
UNION ALL
SELECT 'answers', min(id), max(id), count(*) FROM outbox WHERE coalesce(text, outcome) IS NOT NULL AND ended_at < :before GROUP BY id / 1000
UNION ALL
SELECT 'hashes', member, member, count(*) FROM erased_account
WHERE NOT EXISTS (SELECT 1 FROM standing_ban WHERE standing_ban.member = erased_account.member AND coalesce(ends_at, 1e13) > :now)
GROUP BY member;

-- Each
UPDATE message_text SET text = NULL
WHERE :what = 'texts' AND message BETWEEN :first AND :last AND text IS NOT NULL
  AND (SELECT coalesce(edited_at, at) FROM message WHERE id = message) < :before AND message NOT IN (SELECT message FROM message_held);

-- Each: what the bot answered, and how a call went
UPDATE outbox SET text = NULL, outcome = NULL WHERE :what = 'answers' AND id BETWEEN :first AND :last AND ended_at < :before;

-- Each
DELETE FROM erased_account WHERE :what = 'hashes' AND member = :first;

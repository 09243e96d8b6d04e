-- What the policies decided to do, and why; the newest first.
-- Parameters: :since, :now (Unix seconds; else everything), :limit (else 20).
SELECT at_utc AS "at (UTC)", display(name) AS "member", action AS "action",
  CASE WHEN duration_s IS NULL THEN '' ELSE printf('%g min', duration_s / 60) END AS "for",
  CASE WHEN case_no IS NULL THEN mode ELSE 'case ' || case_no END AS "done",
  display(replace(explanation, char(10), '; ')) || ' (' || policy || ')' AS "why",
  display(substr(text, 1, 80)) || CASE WHEN length(text) > 80 THEN '…' ELSE '' END AS "message"
FROM explain LEFT JOIN message_text USING (message)
WHERE at >= coalesce(:since, at) AND at <= coalesce(:now, at)
ORDER BY at DESC, decision DESC LIMIT coalesce(:limit, 20);

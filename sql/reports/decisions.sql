-- What the policies decided to do, and why; the newest first.
-- Parameters: :since, :now (Unix seconds; else everything), :limit (else 20).
SELECT at_utc AS "at (UTC)", display(name) AS "member", display(action) AS "action",
  CASE WHEN duration_s IS NULL THEN '' ELSE printf('%g min', duration_s / 60) END AS "for",
  coalesce('case ' || case_no,
      (SELECT 'review ' || id || coalesce(', ' || outcome, '') FROM review
        WHERE review.member = explain.member AND review.decision = explain.decision),
      iif(mode = 'observe', 'only observed', 'nothing'))
    || iif(EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = case_no), ', undone', '') AS "done",
  display(replace(explanation, char(10), '; ') || ' (' || policy || ')') AS "why",
  substr(display(text), 1, 80) || CASE WHEN length(display(text)) > 80 THEN '…' ELSE '' END AS "message"
FROM explain LEFT JOIN message_text USING (message)
WHERE at >= coalesce(:since, at) AND at <= coalesce(:now, at)
ORDER BY at DESC, decision DESC LIMIT coalesce(:limit, 20);

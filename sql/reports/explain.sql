-- Why: a decision in words, what it was based on, and the messages that made the drama score.
-- Parameters: :case (a case's number) or :decision (a decision's); else the newest decision to do something.

-- The decision
SELECT decision, case_no AS "case", at_utc AS "at (UTC)", display(name) AS "member", display(action) AS "action",
  CASE WHEN duration_s IS NULL THEN '' ELSE printf('%g min', duration_s / 60) END AS "for",
  display(replace(explanation, char(10), '; ')) AS "why", display(policy) AS policy, mode
FROM explain
WHERE decision = coalesce(:decision, (SELECT decision FROM sanction WHERE case_no = :case),
  iif(:case IS NULL, (SELECT max(id) FROM decision WHERE action <> 'none'), NULL));

-- The facts that the policy was given
SELECT display(key) AS fact, display(coalesce(value, 'none')) AS value
FROM decision, json_each(decision.facts)
WHERE decision.id = coalesce(:decision, (SELECT decision FROM sanction WHERE case_no = :case),
  iif(:case IS NULL, (SELECT max(id) FROM decision WHERE action <> 'none'), NULL))
ORDER BY key;

-- The messages of its drama score, the oldest first: the contributions add up to it
SELECT terms.rank, weight, round(terms.toxicity, 3) AS toxicity, round(contribution, 4) AS contribution,
  iif(boosted, 'after a warning', '') AS boosted, datetime(terms.at, 'unixepoch') AS "at (UTC)",
  substr(display(text), 1, 100) || CASE WHEN length(display(text)) > 100 THEN '…' ELSE '' END AS text
FROM decision JOIN member_facts(decision.member, decision.at, decision.seq) AS facts
  JOIN drama_terms(facts.drama_messages, decision.at, facts.warned_at,
    (SELECT value FROM setting WHERE name = 'window_size'),
    60.0 * (SELECT value FROM setting WHERE name = 'window_minutes'),
    (SELECT value FROM setting WHERE name = 'escalation_boost')) AS terms
  LEFT JOIN message_text ON message_text.message = terms.id
WHERE decision.id = coalesce(:decision, (SELECT decision FROM sanction WHERE case_no = :case),
  iif(:case IS NULL, (SELECT max(id) FROM decision WHERE action <> 'none'), NULL))
ORDER BY terms.rank;

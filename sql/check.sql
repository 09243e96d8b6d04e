-- What holds in every file, whatever was done to it and wherever it was killed: each SELECT gives a row of words for what does not.
-- decorum check runs it, behind SQLite's own integrity_check and foreign_key_check. None takes more than a walk or two over a table.

-- Cases are numbered 1, 2, 3...
SELECT CASE WHEN number IS NULL THEN 'sanction ' || id || ' has no case number'
  WHEN number > before + 2 THEN 'cases ' || (before + 1) || ' to ' || (number - 1) || ' are missing'
  ELSE 'case ' || (before + 1) || ' is missing' END
FROM (SELECT id, case_no AS number, lag(case_no, 1, 0) OVER (ORDER BY case_no) AS before FROM sanction)
WHERE number IS NULL OR number <> coalesce(before, 0) + 1;

-- ...in the order of the log
SELECT 'case ' || case_no || ' comes before case ' || before || ' in the log'
FROM (SELECT case_no, seq, lag(case_no) OVER (ORDER BY seq) AS before FROM sanction WHERE seq IS NOT NULL AND case_no IS NOT NULL)
WHERE case_no < before;

-- The log goes on without gaps
SELECT CASE WHEN seq > before + 2 THEN 'entries ' || (before + 1) || ' to ' || (seq - 1) || ' of the log are missing'
  WHEN seq = before THEN 'entry ' || seq || ' of the log is there twice'
  ELSE 'entry ' || (before + 1) || ' of the log is missing' END
FROM (SELECT seq, lag(seq, 1, 0) OVER (ORDER BY seq) AS before FROM (SELECT seq FROM assessment UNION ALL SELECT seq FROM log_entry))
WHERE seq <> before + 1;

-- Each row of the log's tables has its entry
SELECT row.kind || ' ' || id || iif(seq IS NULL, ' has no place in the log', ': entry ' || seq || ' of the log is not it')
FROM (
  SELECT 'verdict' AS kind, id, seq FROM verdict UNION ALL SELECT 'sanction', id, seq FROM sanction
  UNION ALL SELECT 'reputation_change', id, seq FROM reputation_change UNION ALL SELECT 'flag', id, seq FROM flag
  UNION ALL SELECT 'notification', id, seq FROM notification UNION ALL SELECT 'immunity', id, seq FROM immunity
  UNION ALL SELECT 'arrival', id, seq FROM arrival UNION ALL SELECT 'opening', id, seq FROM opening
  UNION ALL SELECT 'mode_change', id, seq FROM mode_change UNION ALL SELECT 'second_look', id, seq FROM second_look) AS row
LEFT JOIN log_entry USING (seq)
WHERE log_entry.kind IS NOT row.kind;

-- ...and each entry its row
SELECT 'entry ' || seq || ' of the log is a ' || kind || ' that is not there'
FROM log_entry
WHERE NOT CASE kind WHEN 'verdict' THEN EXISTS (SELECT 1 FROM verdict WHERE verdict.seq = log_entry.seq)
  WHEN 'sanction' THEN EXISTS (SELECT 1 FROM sanction WHERE sanction.seq = log_entry.seq)
  WHEN 'reputation_change' THEN EXISTS (SELECT 1 FROM reputation_change WHERE reputation_change.seq = log_entry.seq)
  WHEN 'flag' THEN EXISTS (SELECT 1 FROM flag WHERE flag.seq = log_entry.seq)
  WHEN 'notification' THEN EXISTS (SELECT 1 FROM notification WHERE notification.seq = log_entry.seq)
  WHEN 'immunity' THEN EXISTS (SELECT 1 FROM immunity WHERE immunity.seq = log_entry.seq)
  WHEN 'arrival' THEN EXISTS (SELECT 1 FROM arrival WHERE arrival.seq = log_entry.seq)
  WHEN 'opening' THEN EXISTS (SELECT 1 FROM opening WHERE opening.seq = log_entry.seq)
  WHEN 'mode_change' THEN EXISTS (SELECT 1 FROM mode_change WHERE mode_change.seq = log_entry.seq)
  WHEN 'second_look' THEN EXISTS (SELECT 1 FROM second_look WHERE second_look.seq = log_entry.seq)
  ELSE 0 END;

-- A message has the revision of its newest edit
SELECT 'message ' || id || ' has revision ' || revision || ', and its newest edit is ' || newest
FROM (SELECT id, revision, coalesce((SELECT max(revision) FROM message_edit WHERE message = message.id), 0) AS newest FROM message)
WHERE revision <> newest;

-- A message is assessed once at a revision
SELECT 'message ' || message || ' is assessed ' || count(*) || ' times at revision ' || revision
FROM assessment GROUP BY message, revision HAVING count(*) > 1;

-- ...of a text that was said, by the one who said it
SELECT 'assessment ' || assessment.seq || ' is of message ' || message
  || iif(assessment.member = message.member, ', revision ' || text_revision || ', which was never said', ', which another member wrote')
FROM assessment JOIN message ON message.id = assessment.message
WHERE assessment.member <> message.member OR (text_revision > 0
  AND NOT EXISTS (SELECT 1 FROM message_edit WHERE message_edit.message = message.id AND message_edit.revision = text_revision));

-- ...with the usual coherence after it
SELECT 'assessment ' || seq || iif(coherence IS NULL, ' has a baseline without a coherence', ' has a coherence without a baseline')
FROM assessment WHERE (coherence IS NULL) <> (baseline_after IS NULL);

-- Who is judged or reported is who wrote the message
SELECT what || ' ' || row.id || ' is about message ' || message || ', which another member wrote'
FROM (
  SELECT 'verdict' AS what, id, message, member FROM verdict UNION ALL SELECT 'flag', id, message, member FROM flag
  UNION ALL SELECT 'decision', id, message, member FROM decision
  UNION ALL SELECT 'case', case_no, message, member FROM sanction WHERE policy IS NOT NULL AND message IS NOT NULL) AS row
JOIN message ON message.id = message
WHERE row.member IS NOT message.member;

-- A decision could see what there is
SELECT 'decision ' || id || ' could see the log up to ' || decision.seq || ', which ends at ' || (last.seq - 1)
FROM decision, next_seq AS last WHERE decision.seq >= last.seq;

-- ...and is by a policy that is here
SELECT 'decisions are by ' || policy || ', which is not there'
FROM (SELECT DISTINCT policy FROM decision) WHERE policy NOT IN (SELECT name || '@' || version FROM policy_version);

-- One version of a policy is live
SELECT count(*) || ' versions of the policy ' || name || ' are live' FROM policy_version WHERE active GROUP BY name HAVING count(*) > 1;

-- Of the decisions about a message at a place in the log the strongest that may be enforced is a case, and no other: unless the
-- member was immune
WITH alone AS (
  SELECT decision.id, decision.seq, decision.member, decision.message,
    row_number() OVER (PARTITION BY decision.message, decision.seq ORDER BY decorum_action.severity DESC, decision.id) AS place
  FROM decision JOIN decorum_action ON decorum_action.name = action
  WHERE action NOT IN ('none', 'kick', 'ban', 'shadow_ban') AND sanctions AND mode = 'enforce'
)
SELECT 'decision ' || id || iif(is_due, ' was to be enforced, and is no case', ' is case '
  || (SELECT case_no FROM sanction WHERE decision = alone.id AND policy IS NOT NULL) || iif(place = 1, ', and the member was immune',
    ', and another about message ' || message || ' was stronger'))
FROM (
  SELECT *, place = 1 AND coalesce((SELECT immune FROM immunity
    WHERE immunity.member = alone.member AND immunity.seq <= alone.seq ORDER BY immunity.seq DESC LIMIT 1), 0) = 0 AS is_due
  FROM alone) AS alone
WHERE is_due <> EXISTS (SELECT 1 FROM sanction WHERE decision = alone.id AND policy IS NOT NULL)
  AND NOT (is_due AND EXISTS (SELECT 1 FROM sanction WHERE decision = alone.id));

-- A decision is one case at most
SELECT 'decision ' || decision || ' is ' || count(*) || ' cases: ' || group_concat(case_no, ', ')
FROM sanction WHERE decision IS NOT NULL GROUP BY decision HAVING count(*) > 1;

-- ...the one that it says
SELECT 'case ' || case_no || ' is not what decision ' || decision.id || ' says'
FROM sanction JOIN decision ON decision.id = sanction.decision
WHERE sanction.policy IS NOT NULL
  AND (sanction.policy, sanction.member, sanction.action, sanction.duration_s, sanction.message)
    IS NOT (decision.policy, decision.member, decision.action, decision.duration_s, decision.message);

-- A policy removes nobody alone
SELECT 'case ' || case_no || ' is a ' || action || ' by ' || policy || ' alone'
FROM sanction WHERE policy IS NOT NULL AND moderator IS NULL AND action IN ('kick', 'ban', 'shadow_ban');

-- What needs a person was asked of one
SELECT 'decision ' || id || ' is to be looked at by a person, and is no review'
FROM decision
WHERE (review OR (mode = 'enforce' AND action IN ('kick', 'ban', 'shadow_ban')))
  AND NOT EXISTS (SELECT 1 FROM review WHERE review.decision = decision.id);

-- An undo is of another case of the same member
SELECT 'case ' || undo.case_no || CASE WHEN done.case_no IS NULL THEN ' undoes case ' || undo.undoes || ', which is not there'
  WHEN done.action = 'undo' THEN ' undoes case ' || undo.undoes || ', itself an undo'
  ELSE ' undoes case ' || undo.undoes || ' of another member' END
FROM sanction AS undo LEFT JOIN sanction AS done ON done.case_no = undo.undoes
WHERE undo.undoes IS NOT NULL AND (done.case_no IS NULL OR done.action = 'undo' OR done.member IS NOT undo.member);

-- What has a duration has an end, and not before it begins
SELECT 'case ' || case_no || iif(ends_at IS NULL, ' has a duration and no end', ' ends before it begins')
FROM sanction WHERE (ends_at IS NULL AND duration_s IS NOT NULL AND action <> 'shadow_ban') OR ends_at < at;

-- A reputation begins where it ended
SELECT 'reputation_change ' || id || ' begins at ' || before || ', the one before it ended at ' || last
FROM (SELECT id, before, lag(after) OVER (PARTITION BY member ORDER BY seq) AS last FROM reputation_change WHERE seq IS NOT NULL)
WHERE before <> last OR before IS NULL;

-- A review that is decided says who and when; one that is claimed, until when
SELECT 'review ' || id || CASE WHEN outcome IS NULL THEN ' is claimed by nobody, or for ever'
  ELSE ' is ' || outcome || ', and not by whom or when' END
FROM review
WHERE (outcome IS NOT NULL AND (decided_by IS NULL OR decided_at IS NULL))
  OR (outcome IS NULL AND (claimed_by IS NULL) + (claimed_at IS NULL) + (claimed_until IS NULL) NOT IN (0, 3));

-- An appeal is looked at, and one that is upheld undoes its case
SELECT 'the appeal of case ' || case_no || iif(review.id IS NULL, ' is no review', ' was upheld, and the case is not undone')
FROM appeal LEFT JOIN review ON review.appeal = appeal.id
WHERE review.id IS NULL OR (outcome = 'upheld' AND NOT EXISTS (SELECT 1 FROM sanction WHERE undoes = case_no));

-- A case since a bot is connected owes its calls: see the trigger sanction_is_owed
SELECT 'case ' || sanction.case_no || ' owes ' || connection.platform || ' a ' || call || ', which is not in the outbox'
FROM connection
  JOIN sanction ON sanction.at >= connection.since AND sanction.event IS NULL
  LEFT JOIN sanction AS undone ON undone.case_no = sanction.undoes
  JOIN owed_call ON owed_call.action = coalesce(undone.action, sanction.action) AND is_undo = (undone.case_no IS NOT NULL)
WHERE (NOT at_end OR sanction.ends_at IS NOT NULL)
  AND (sanction.policy IS NULL OR sanction.moderator IS NOT NULL OR (SELECT live FROM message WHERE id = sanction.message))
  AND EXISTS (SELECT 1 FROM account WHERE account.member = sanction.member AND account.platform = connection.platform)
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.case_no = sanction.case_no AND outbox.platform = connection.platform
    AND outbox.call = owed_call.call);

-- What is being sent has a lease, what was sent an end
SELECT 'outbox ' || id || ' is ' || state || CASE WHEN state = 'sending' AND leased_until IS NULL THEN ', without a lease'
  WHEN ended_at IS NULL THEN ', without an end' ELSE ', and has an end' END
FROM outbox
WHERE (state = 'sending' AND leased_until IS NULL) OR (state IN ('done', 'failed', 'dropped')) <> (ended_at IS NOT NULL);

-- A shadow ban that a case is about is in the books
SELECT 'case ' || case_no || ' is about shadow ban ' || ban || ', which never began'
FROM shadow_ban_case WHERE ban NOT IN (SELECT ban FROM shadow_ban_audit);

-- Everything about one member, :member: decorum export. A statement's title is its key, its columns are those of each row.
-- Columns that hold JSON are written as such. What is left out, since it is about others: who reported, who moderated (`by` tells
-- only whether it was a policy, a moderator or the member), the words of those who reported, and what others said.

-- member
SELECT id, name, rank, minor, paying, coalesce(privilege_names(mask), 'USE') AS privileges, reputation,
  coalesce((SELECT immune FROM immunity WHERE immunity.member = member.id ORDER BY seq DESC LIMIT 1), 0) AS immune
FROM member JOIN member_reputation ON member_reputation.member = id LEFT JOIN privilege ON privilege.member = id WHERE id = :member;

-- accounts
SELECT platform, platform_id FROM account WHERE member = :member ORDER BY platform, platform_id;

-- presences
SELECT platform, platform_id, origin FROM presence WHERE member = :member ORDER BY platform, platform_id;

-- aliases
SELECT name, at, cleared_at FROM alias WHERE member = :member ORDER BY id;

-- openings
SELECT at, platform, platform_id, baseline FROM opening WHERE member = :member ORDER BY seq;

-- notes
SELECT at, iif(decision IS NULL, 'a moderator', author) AS by, text, cleared_at FROM note WHERE member = :member ORDER BY id;

-- profiles
SELECT at, text, cleared_at FROM profile WHERE member = :member ORDER BY id;

-- messages
SELECT message.id, message.platform, platform_id, channel.name AS channel, at, kind, text, revision,
  (SELECT json_group_array(at) FROM (SELECT at FROM message_edit WHERE message = message.id ORDER BY revision)) AS edits, deleted_at
FROM message JOIN channel ON channel.id = channel LEFT JOIN message_text ON message_text.message = message.id
WHERE member = :member ORDER BY message.id;

-- assessments
SELECT seq, message, revision, at, source, toxicity, categories, coherence, coherence_flag, baseline_after, off_topic, topic, sampled_p, text_key, links
FROM assessment WHERE member = :member ORDER BY seq;

-- verdicts
SELECT id, message, at, source, violation, rule, severity, confidence, explanation, outcome FROM verdict WHERE member = :member ORDER BY seq;

-- decisions
SELECT id, message, at, policy, action, duration_s, severity, points, rule, reason, review, mode, trace, facts, error
FROM decision WHERE member = :member ORDER BY id;

-- cases
SELECT case_no, at, action, scope, duration_s, ends_at, reason,
  CASE WHEN moderator IS NULL THEN policy WHEN policy IS NULL THEN 'a moderator' ELSE policy || ' and a moderator' END AS by,
  message, undoes, (SELECT case_no FROM sanction AS undo WHERE undo.undoes = sanction.case_no) AS undone_by
FROM sanction WHERE member = :member ORDER BY case_no;

-- said_of_cases
SELECT case_no, case_note.at, text FROM case_note JOIN sanction USING (case_no) WHERE member = :member ORDER BY case_note.id;

-- appeals
SELECT case_no, appeal.at, text FROM appeal JOIN sanction USING (case_no) WHERE member = :member ORDER BY appeal.id;

-- reviews
SELECT review.id, at, message, reason, verdict, decision, (SELECT case_no FROM appeal WHERE id = review.appeal) AS appeal_of_case, outcome, decided_at
FROM review WHERE member = :member ORDER BY id;

-- flags_about
SELECT flag.id, message, flag.at, type, review_outcome AS outcome, penalty FROM flag_state AS flag WHERE member = :member ORDER BY seq;

-- flags_by
SELECT id, message, at, type, comment FROM flag WHERE reporter = :member ORDER BY seq;

-- reputation
SELECT at, cause, before, after, verdict, flag, sanction AS case_no, reason FROM reputation_change WHERE member = :member ORDER BY seq;

-- immunity
SELECT at, immune, reason FROM immunity WHERE member = :member ORDER BY seq;

-- notifications
SELECT at, kind, message, details FROM notification WHERE member = :member ORDER BY seq;

-- shadow_bans
SELECT started_at, duration_days, lift_at, progress, phase, reason, revoked FROM shadow_ban WHERE member = :member AND typeof(member) = 'integer';

-- shadow_ban_history
SELECT ban, at, iif(actor = :member, 'the member', iif(actor IS NULL, NULL, 'a moderator')) AS by, action, before, after, why
FROM shadow_ban_audit WHERE member = :member AND typeof(member) = 'integer' ORDER BY id;

-- calls
SELECT id, platform, call, case_no, message, channel, text, until_at, due_at, state, ended_at, outcome, marks
FROM outbox WHERE member = :member ORDER BY id;

-- failures_of_jobs
SELECT job, at, value ->> 'cause' AS cause FROM job_run, json_each(errors) WHERE value ->> 'member' = :member ORDER BY job_run.id, json_each.id;

-- erasures
SELECT at, reason, counts, held FROM erasure WHERE member = :member ORDER BY id;

-- kept_hashes
SELECT platform, key FROM erased_account WHERE member = :member ORDER BY platform, key;

-- moderated: cases that were made in the member's name
SELECT case_no, at, action FROM sanction
WHERE moderator IN (SELECT name FROM member WHERE id = :member UNION SELECT platform_id FROM account WHERE member = :member) ORDER BY case_no;

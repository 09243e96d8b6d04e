-- What decorum erase does to the rows about a member; triggers are set aside, see lua/decorum/erase.lua.
-- A statement's title is what it counts in the receipt. Counts, scores, categories, times, cases and flags stay.
-- Parameters: :member, :name ('member 7'), :now. temp.held has the messages that stay as they are.

-- texts
UPDATE message_text SET text = NULL
WHERE text IS NOT NULL AND message IN (SELECT id FROM message WHERE member = :member) AND message NOT IN (SELECT message FROM temp.held);

-- assessments: what was said there may be tried against text_key
UPDATE assessment SET text_key = NULL, topic = NULL, coherence_flag = NULL
WHERE member = :member AND coalesce(text_key, topic, coherence_flag) IS NOT NULL AND message NOT IN (SELECT message FROM temp.held);

-- verdicts
UPDATE verdict SET explanation = NULL
WHERE member = :member AND explanation IS NOT NULL AND message NOT IN (SELECT message FROM temp.held);

-- decisions
UPDATE decision SET reason = NULL, trace = NULL, facts = NULL, error = iif(error IS NULL, NULL, 'erased')
WHERE member = :member AND coalesce(reason, trace, facts, nullif(error, 'erased')) IS NOT NULL AND message NOT IN (SELECT message FROM temp.held);

-- cases
UPDATE sanction SET reason = 'erased'
WHERE member = :member AND reason <> 'erased' AND (message IS NULL OR message NOT IN (SELECT message FROM temp.held));

-- case notes
UPDATE case_note SET text = 'erased'
WHERE text <> 'erased' AND case_no IN (SELECT case_no FROM sanction
  WHERE member = :member AND (message IS NULL OR message NOT IN (SELECT message FROM temp.held)));

-- appeals
UPDATE appeal SET text = 'erased'
WHERE text <> 'erased' AND case_no IN (SELECT case_no FROM sanction
  WHERE member = :member AND (message IS NULL OR message NOT IN (SELECT message FROM temp.held)));

-- reputation
UPDATE reputation_change SET reason = 'erased' WHERE member = :member AND reason <> 'erased';

-- immunity
UPDATE immunity SET reason = NULL WHERE member = :member AND reason IS NOT NULL;

-- flags: what they said of others, and others of them
UPDATE flag SET comment = NULL
WHERE (reporter = :member OR member = :member) AND comment IS NOT NULL AND message NOT IN (SELECT message FROM temp.held);

-- flags that failed
UPDATE flag_outcome SET error = 'erased'
WHERE error <> 'erased' AND flag IN (SELECT id FROM flag WHERE reporter = :member OR member = :member);

-- notifications: a coherence alert's in the order that its constraint wants
UPDATE notification SET details = iif(kind = 'coherence', json_set(details, '$.flag', NULL), NULL)
WHERE member = :member AND details IS NOT iif(kind = 'coherence', json_set(details, '$.flag', NULL), NULL);

-- reviews: of flags, verdicts and appeals the reason is no words about the member
UPDATE review SET reason = 'erased'
WHERE member = :member AND reason <> 'erased' AND flag IS NULL AND verdict IS NULL AND appeal IS NULL
  AND (message IS NULL OR message NOT IN (SELECT message FROM temp.held));

-- notes
UPDATE note SET text = 'erased' WHERE member = :member AND text <> 'erased';

-- profiles
UPDATE profile SET text = '' WHERE member = :member AND text <> '';

-- other names
DELETE FROM alias WHERE member = :member;

-- answers to their commands
UPDATE outbox SET recipient = NULL, text = NULL, outcome = NULL, state = iif(state = 'done', state, 'dropped'),
  ended_at = coalesce(ended_at, :now), leased_until = NULL
WHERE recipient IS NOT NULL AND (platform, recipient) IN (
  SELECT platform, platform_id FROM account WHERE member = :member UNION SELECT platform, platform_id FROM presence WHERE member = :member);

-- presences
DELETE FROM presence WHERE member = :member;

-- accounts
DELETE FROM account WHERE member = :member AND NOT EXISTS (SELECT 1 FROM temp.held);

-- openings
UPDATE opening SET platform_id = 'erased ' || id
WHERE member = :member AND platform_id <> 'erased ' || id AND NOT EXISTS (SELECT 1 FROM temp.held);

-- calls dropped: there is nobody any more whom to tell, or to do it to; what ends a silence stays
UPDATE outbox SET state = 'dropped', ended_at = :now, leased_until = NULL
WHERE member = :member AND state IN ('pending', 'sending', 'in doubt') AND call NOT IN ('unmute', 'unban', 'slowmode_end', 'delete');

-- calls
UPDATE outbox SET text = NULL, outcome = NULL
WHERE coalesce(text, outcome) IS NOT NULL AND (member = :member OR case_no IN (SELECT case_no FROM sanction WHERE member = :member)
  OR decision IN (SELECT id FROM decision WHERE member = :member) OR review IN (SELECT id FROM review WHERE member = :member)
  OR notification IN (SELECT id FROM notification WHERE member = :member));

-- shadow bans: also of who was banned by a name, which is :name by now
UPDATE shadow_ban_state SET reason = 'erased'
WHERE (member = :name OR (member = :member AND typeof(member) = 'integer')) AND reason <> 'erased';

-- audit of shadow bans
UPDATE shadow_ban_audit SET why = NULL, before = iif(typeof(before) = 'text', 'erased', before),
  after = iif(typeof(after) = 'text', 'erased', after)
WHERE (member = :name OR (member = :member AND typeof(member) = 'integer'))
  AND (why IS NOT NULL OR (typeof(before) = 'text' AND before <> 'erased') OR (typeof(after) = 'text' AND after <> 'erased'));

-- failures of jobs
UPDATE job_run SET errors = (
  SELECT json_group_array(json(iif(value ->> 'member' = :member, json_set(value, '$.cause', 'erased'), value))) FROM json_each(errors))
WHERE errors <> '[]' AND EXISTS (SELECT 1 FROM json_each(errors) WHERE value ->> 'member' = :member AND value ->> 'cause' <> 'erased');

-- name
UPDATE member SET name = :name WHERE id = :member AND name <> :name;

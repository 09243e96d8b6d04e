-- Everything about one member.
-- Parameters: :member (name or number), :now (Unix seconds; else the newest message's time).
-- Where several have the name, all are listed, and the rest is about the first.

-- Who
SELECT member AS "number", display(name) AS "name", rank, CASE immune WHEN 1 THEN 'yes' ELSE 'no' END AS immune, reputation,
  messages, warnings, round(drama, 3) AS "drama now", last_at_utc AS "last message (UTC)",
  (SELECT group_concat(display(platform || ': ' || platform_id), ', ') FROM account
    WHERE account.member = member_now.member) AS accounts
FROM member_now WHERE member IN (SELECT id FROM member WHERE id = :member OR name = CAST(:member AS TEXT))
ORDER BY member <> :member, member;

-- What a policy sees
SELECT round(drama, 3) AS drama, round(toxicity, 3) AS toxicity, warned, offences, muted, member_facts.immune,
  datetime(last_warning_at, 'unixepoch') AS "last warning (UTC)",
  datetime(last_offence_at, 'unixepoch') AS "last offence (UTC)"
FROM member JOIN member_facts(member.id, coalesce(:now, (SELECT max(at) FROM message)),
  (SELECT seq - 1 FROM next_seq))
WHERE member.id = :member OR member.name = CAST(:member AS TEXT) ORDER BY member.id <> :member, member.id LIMIT 1;

-- Notes and aliases
SELECT display(coalesce((SELECT group_concat(value, char(10)) FROM json_each(notes)), '')) AS notes, display(profile) AS profile,
  display((SELECT group_concat(value, '; ') FROM json_each(aliases))) AS aliases
FROM member JOIN member_facts(member.id, coalesce(:now, (SELECT max(at) FROM message), 1e11), (SELECT seq - 1 FROM next_seq))
WHERE (member.id = :member OR member.name = CAST(:member AS TEXT)) AND (notes <> '[]' OR profile IS NOT NULL OR aliases <> '[]')
ORDER BY member.id <> :member, member.id LIMIT 1;

-- Reputation, the newest change first
SELECT datetime(at, 'unixepoch') AS "at (UTC)", before || ' → ' || after AS change, cause, display(coalesce(reason, '')) AS reason,
  display(coalesce(moderator, '')) AS "by"
FROM reputation_change
WHERE member = (SELECT id FROM member WHERE id = :member OR name = CAST(:member AS TEXT) ORDER BY id <> :member, id LIMIT 1)
ORDER BY seq DESC LIMIT 10;

-- Toxicity of the last 60 messages, the newest at the right
SELECT sparkline(toxicity, seq, 0, 1) AS toxicity, round(max(toxicity), 2) AS peak, round(avg(toxicity), 3) AS mean
FROM (
  SELECT seq, toxicity FROM assessment_current
  WHERE member = (SELECT id FROM member WHERE id = :member OR name = CAST(:member AS TEXT) ORDER BY id <> :member, id LIMIT 1)
  ORDER BY at DESC, seq DESC LIMIT 60
) HAVING count(*) > 0;

-- Cases
SELECT sanction.case_no AS "case", datetime(sanction.at, 'unixepoch') AS "at (UTC)", action,
  CASE WHEN duration_s IS NULL THEN '' ELSE printf('%g min', duration_s / 60) END AS "for",
  (SELECT display(reason) FROM case_reason WHERE case_reason.case_no = sanction.case_no) AS reason,
  display(coalesce(policy, moderator, 'by hand')) AS "by",
  (SELECT 'undone by case ' || undo.case_no FROM sanction AS undo WHERE undo.undoes = sanction.case_no) AS undone
FROM sanction
WHERE sanction.member = (SELECT id FROM member WHERE id = :member OR name = CAST(:member AS TEXT) ORDER BY id <> :member, id LIMIT 1)
ORDER BY sanction.case_no DESC;

-- Shadow ban
SELECT bar, stage, phase, next_phase_in AS "next phase in", answered, lift_at_utc AS "lift (UTC)", revoked, initiated_by AS "by", reason,
  case_no AS "case", mode
FROM shadow_ban_status
WHERE member = (SELECT id FROM member WHERE id = :member OR name = CAST(:member AS TEXT) ORDER BY id <> :member, id LIMIT 1)
  AND now = coalesce(:now, (julianday('now') - 2440587.5) * 86400.0);

-- The most hostile messages
SELECT datetime(at, 'unixepoch') AS "at (UTC)", round(toxicity, 2) AS toxicity,
  substr(display(text), 1, 100) || CASE WHEN length(display(text)) > 100 THEN '…' ELSE '' END AS text
FROM assessment_current LEFT JOIN message_text USING (message)
WHERE member = (SELECT id FROM member WHERE id = :member OR name = CAST(:member AS TEXT) ORDER BY id <> :member, id LIMIT 1) AND toxicity > 0
ORDER BY toxicity DESC, seq DESC LIMIT 10;

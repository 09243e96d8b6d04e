-- What sql/facts/member.sql says of members, rule by rule. Each rule has members of its own, so that none disturbs
-- another. Times are small numbers.
-- community
-- plan 175

CREATE TEMP VIEW said AS SELECT 0 AS member, 0.0 AS at, 0.0 AS toxicity, 0.0 AS coherence, 0 AS off_topic, '' AS source;
CREATE TEMP TRIGGER said_something INSTEAD OF INSERT ON said BEGIN INSERT INTO message(platform, platform_id, channel, member, at)
    VALUES ('test', (SELECT count(*) FROM message), 1, NEW.member, NEW.at); INSERT INTO assessment(seq, message, member, at,
      source, toxicity, coherence, off_topic)
    VALUES ((SELECT seq FROM next_seq), (SELECT max(id) FROM message), NEW.member, NEW.at, coalesce(NEW.source, 'scorer'),
      NEW.toxicity, NEW.coherence, NEW.off_topic); END;
INSERT INTO channel(platform, name) VALUES ('test', '#test');
INSERT INTO member(id, name)
  WITH RECURSIVE n(id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM n WHERE id < 99)
  SELECT id, 'member ' || id FROM n;

-- Warned
INSERT INTO sanction(member, action, at, reason) VALUES (1, 'warn', 1000, 'test');
SELECT 'warned, by a warning', warned, 1 FROM member_facts(1, 1001, 999999);
SELECT 'warned, not before the warning was in the log', warned, 0 FROM member_facts(1, 1001, 0);
SELECT 'warned, not before the warning was given', warned, 0 FROM member_facts(1, 999, 999999);
SELECT 'warned, younger than warning_ttl_s', warned, 1 FROM member_facts(1, 8199.5, 999999);
SELECT 'warned, lapsed at warning_ttl_s', warned, 0 FROM member_facts(1, 8200, 999999);
SELECT 'warned, the time of the last warning stays known', last_warning_at, 1000.0 FROM member_facts(1, 8200, 999999);
UPDATE setting SET value = 0 WHERE name = 'warning_ttl_s';
SELECT 'warned, warning_ttl_s 0 never lapses', warned, 1 FROM member_facts(1, 1e9, 999999);
UPDATE setting SET value = 7200 WHERE name = 'warning_ttl_s';
INSERT INTO sanction(action, undoes, at, reason)
  SELECT 'undo', case_no, 1002, 'test' FROM sanction WHERE member = 1 AND action = 'warn';
SELECT 'warned, not when the warning was undone', warned, 0 FROM member_facts(1, 1003, 999999);
SELECT 'warned, and before the undo it was', warned, 1
  FROM member_facts(1, 1003, (SELECT max(seq) - 1 FROM sanction WHERE member = 1));

INSERT INTO sanction(member, action, duration_s, at, reason) VALUES (2, 'warn', NULL, 1000, 'test'), (2, 'mute', 60, 1010, 'test');
SELECT 'warned, not by a warning older than the last offence', warned, 0 FROM member_facts(2, 1011, 999999);
INSERT INTO sanction(action, undoes, at, reason) SELECT 'undo', case_no, 1012, 'test' FROM sanction WHERE member = 2 AND action = 'mute';
SELECT 'warned, again when that offence is undone', warned, 1 FROM member_facts(2, 1013, 999999);
INSERT INTO sanction(member, action, duration_s, at, reason) VALUES (3, 'mute', 60, 1000, 'test'), (3, 'warn', NULL, 500, 'test');
SELECT 'warned, newer goes by seq, not by time', warned, 1 FROM member_facts(3, 1001, 999999);
SELECT 'warned, lapses from the later of warning and offence', warned, 1 FROM member_facts(3, 8199, 999999);
SELECT 'warned, and then', warned, 0 FROM member_facts(3, 8200, 999999);

INSERT INTO sanction(member, action, at, reason) VALUES (4, 'warn', 1000, 'test');
INSERT INTO said(member, at, toxicity) VALUES (4, 990, 0.5), (4, 1000, 0.5), (4, 1001, 0.5), (4, 1002, 0.49);
SELECT 'warned, the boost is for messages after the warning', round(drama, 9),
  round((0.5 * 1 + 0.5 * 2 + 0.5 * 3 + 0.49 * 4) / 10 + 0.04, 9) FROM member_facts(4, 1002, 999999);
UPDATE setting SET value = 0.1 WHERE name = 'escalation_boost';
SELECT 'escalation_boost is read', round(drama, 9),
  round((0.5 * 1 + 0.5 * 2 + 0.5 * 3 + 0.49 * 4) / 10 + 0.1, 9) FROM member_facts(4, 1002, 999999);
UPDATE setting SET value = 0.04 WHERE name = 'escalation_boost';
INSERT INTO sanction(action, undoes, at, reason) SELECT 'undo', case_no, 1003, 'test' FROM sanction WHERE member = 4 AND action = 'warn';
SELECT 'warned, no boost for who is not', round(drama, 9), round((0.5 * 1 + 0.5 * 2 + 0.5 * 3 + 0.49 * 4) / 10, 9)
  FROM member_facts(4, 1003, 999999);

-- The last sanction, for who climbs a ladder rung by rung
SELECT 'last_action, of who has no case', last_action, NULL FROM member_facts(98, 2000, 999999);
INSERT INTO sanction(member, action, duration_s, at, reason) VALUES (98, 'mute', 60, 1000, 'test'), (98, 'warn', NULL, 1100, 'test');
SELECT 'last_action, the newest of a warning and an offence', last_action, 'warn' FROM member_facts(98, 2000, 999999);
SELECT 'last_action, as it could be seen then', last_action, 'mute'
  FROM member_facts(98, 2000, (SELECT max(seq) - 1 FROM sanction WHERE member = 98));
SELECT 'last_action, as of then', last_action, 'mute' FROM member_facts(98, 1099, 999999);
INSERT INTO sanction(member, action, at, reason) VALUES (98, 'delete', 1200, 'test');
SELECT 'last_action, a deletion', last_action, 'delete' FROM member_facts(98, 2000, 999999);
INSERT INTO sanction(member, action, duration_s, at, reason) VALUES (98, 'slowmode', 60, 1300, 'test');
SELECT 'last_action, slow mode', last_action, 'slowmode' FROM member_facts(98, 2000, 999999);
INSERT INTO sanction(action, undoes, at, reason) SELECT 'undo', case_no, 1400, 'test' FROM sanction WHERE member = 98 AND action = 'slowmode';
SELECT 'last_action, not one that was undone', last_action, 'delete' FROM member_facts(98, 2000, 999999);
INSERT INTO sanction(member, action, at, reason) VALUES (98, 'reset', 1500, 'test');
SELECT 'last_action, none after a reset', last_action, NULL FROM member_facts(98, 2000, 999999);

-- The window and its settings
INSERT INTO said(member, at, toxicity) VALUES (5, 1000, 1.0), (5, 1900, 0.0);
SELECT 'drama, a message 900 s ago is out of the window', drama, 0.0 FROM member_facts(5, 1900, 999999);
SELECT 'drama, one a little younger is in it', drama, 1.0 FROM member_facts(5, 1899.5, 999999);
UPDATE setting SET value = 16 WHERE name = 'window_minutes';
SELECT 'window_minutes is read', round(drama, 9), round(1.0 / 3, 9) FROM member_facts(5, 1900, 999999);
UPDATE setting SET value = 15 WHERE name = 'window_minutes';
INSERT INTO said(member, at, toxicity)
  WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 12)
  SELECT 6, 1000 + i, iif(i <= 2, 1.0, 0.1) FROM n;
SELECT 'drama, the newest 10 messages', round(drama, 9), 0.1 FROM member_facts(6, 1100, 999999);
UPDATE setting SET value = 11 WHERE name = 'window_size';
SELECT 'window_size is read', round(drama, 9), round((1.0 + 0.1 * 65) / 66, 9) FROM member_facts(6, 1100, 999999);
UPDATE setting SET value = 10 WHERE name = 'window_size';
SELECT 'drama, as of an earlier seq', round(drama, 9), 1.0
  FROM member_facts(6, 1100, (SELECT min(seq) + 1 FROM assessment WHERE member = 6));
SELECT 'drama, as of an earlier time', round(drama, 9), 1.0 FROM member_facts(6, 1002, 999999);
SELECT 'toxicity, of the message assessed at seq', toxicity, 1.0
  FROM member_facts(6, 1100, (SELECT min(seq) FROM assessment WHERE member = 6));
SELECT 'toxicity, else of the newest', toxicity, 0.1 FROM member_facts(6, 1100, 999999);
INSERT INTO said(member, at, toxicity) SELECT 38, 1000, value FROM json_each('[0.3,0.8,0.9]');
INSERT INTO said(member, at, toxicity) SELECT 38, 1001, NULL FROM json_each('[1,2,3,4,5,6,7,8,9,10]');
SELECT 'drama, messages that were not assessed take no place', round(drama, 9), round((0.3 + 2 * 0.8 + 3 * 0.9) / 6, 9) FROM member_facts(38, 1001, 999999);
INSERT INTO said(member, at, toxicity) SELECT 38, 1002, 0.1 FROM json_each('[1,2,3,4,5,6,7,8]');
SELECT 'drama, those of equal time by the order of the log', round(drama, 9),
  round((0.8 + 2 * 0.9 + 0.1 * (3 + 4 + 5 + 6 + 7 + 8 + 9 + 10)) / 55, 9) FROM member_facts(38, 1002, 999999);
SELECT 'drama, its terms add up to it', round(sum(contribution), 9), round(drama, 9) FROM member_facts(38, 1002, 999999) AS facts
  JOIN drama_terms(drama_messages, 1002, facts.warned_at);

-- Offences
UPDATE setting SET value = 'honest' WHERE name = 'shadow_ban_mode';
INSERT INTO sanction(member, action, at, reason) VALUES (7, 'mute', 1000, 'test'), (7, 'timeout', 1100, 'test'), (7, 'kick', 1200, 'test'),
  (7, 'ban', 1300, 'test'), (7, 'shadow_ban', 1400, 'test');
SELECT 'offences, mutes and stronger', offences, 5 FROM member_facts(7, 1500, 999999);
INSERT INTO sanction(member, action, at, reason) VALUES (7, 'warn', 1401, 'test'), (7, 'delete', 1402, 'test'), (7, 'slowmode', 1403, 'test');
SELECT 'offences, nothing weaker', offences, 5 FROM member_facts(7, 1500, 999999);
INSERT INTO sanction(action, undoes, at, reason) SELECT 'undo', case_no, 1450, 'test' FROM sanction WHERE member = 7 AND action = 'kick';
SELECT 'offences, none that was undone', offences, 4 FROM member_facts(7, 1500, 999999);
SELECT 'offences, counted up to offence_reset_minutes after the last', offences, 4 FROM member_facts(7, 8600, 999999);
SELECT 'offences, and no longer', offences, 0 FROM member_facts(7, 8600.5, 999999);
UPDATE setting SET value = 1 WHERE name = 'offence_reset_minutes';
SELECT 'offence_reset_minutes is read', offences, 1 FROM member_facts(7, 1401, 999999);
UPDATE setting SET value = 120 WHERE name = 'offence_reset_minutes';
SELECT 'last_offence_at', last_offence_at, 1400.0 FROM member_facts(7, 1500, 999999);
INSERT INTO sanction(member, action, at, reason) VALUES (8, 'mute', 1000, 'test'), (8, 'mute', 8200, 'test'), (8, 'mute', 15401, 'test');
SELECT 'offences, a gap of offence_reset_minutes belongs to the run', offences, 2 FROM member_facts(8, 8201, 999999);
SELECT 'offences, a larger one ends it', offences, 1 FROM member_facts(8, 15402, 999999);

INSERT INTO sanction(member, action, duration_s, at, reason, policy) VALUES (97, 'warn', NULL, 1000, 'test', 'ladder@6'), (97, 'mute', 20, 1010, 'test', 'ladder@7'),
  (97, 'warn', NULL, 1020, 'test', 'ladder@7'), (97, 'mute', 6000, 1030, 'test', 'ladder@7');
SELECT 'undo in bulk, before it', warned || ' ' || offences || ' ' || muted || ' ' || last_warning_at, '0 2 1 1020.0' FROM member_facts(97, 1040, 999999);
INSERT INTO sanction(action, undoes, at, reason) SELECT 'undo', case_no, 1041, 'test' FROM sanction AS done
  WHERE policy = 'ladder@7' AND at >= 1020 AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = done.case_no);
SELECT 'undo in bulk, each is a case of its own', count(*) || ' ' || (max(case_no) - min(case_no)) || ' ' || (max(seq) - min(seq)) || ' ' || min(member), '2 1 1 97'
  FROM sanction WHERE undoes IN (SELECT case_no FROM sanction WHERE policy = 'ladder@7');
SELECT 'undo in bulk, neither warned nor an offence from then on', warned || ' ' || offences || ' ' || muted || ' ' || last_warning_at, '0 1 0 1000.0'
  FROM member_facts(97, 1041, 999999);

-- Muted
INSERT INTO sanction(member, action, duration_s, at, reason) VALUES (9, 'mute', 60, 1000, 'test');
SELECT 'muted, until the end', muted, 1 FROM member_facts(9, 1059.9, 999999);
SELECT 'muted, not at the end', muted, 0 FROM member_facts(9, 1060, 999999);
INSERT INTO sanction(member, action, at, reason) VALUES (10, 'ban', 1000, 'test'), (11, 'kick', 1000, 'test');
SELECT 'muted, a ban without an end', muted, 1 FROM member_facts(10, 1e9, 999999);
INSERT INTO sanction(member, action, at, reason) VALUES (10, 'reset', 1001, 'test');
SELECT 'muted, a reset ends no ban', muted || ' ' || offences, '1 0' FROM member_facts(10, 1e9, 999999);
SELECT 'muted, not by a kick', muted, 0 FROM member_facts(11, 1001, 999999);
INSERT INTO sanction(member, action, duration_s, at, reason)
  WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1001) SELECT 10, 'mute', 60, 2000, 'test' FROM n;
SELECT 'muted, however many offences came since', muted, 1 FROM member_facts(10, 1e9, 999999);

-- Mute threshold: drama_threshold(base, warned), in the ladder
INSERT INTO said(member, at, toxicity) VALUES (12, 1000, 0.65), (13, 1000, 0.65), (14, 1000, 0.64);
INSERT INTO sanction(member, action, at, reason) VALUES (12, 'warn', 1000, 'test'), (14, 'warn', 1000, 'test');
SELECT 'mute threshold, 0.05 lower once warned', action, 'mute' FROM escalation(12, 1301, 999999);
SELECT 'mute threshold, and not otherwise', action, 'warn' FROM escalation(13, 1301, 999999);
SELECT 'mute threshold, no lower than that', action, 'warn' FROM escalation(14, 1301, 999999);

-- Incidents
INSERT INTO said(member, at, toxicity) VALUES (15, 50, 0.9), (15, 1000, 0.3), (15, 1001, 0.31), (15, 1002, 0.4), (15, 1003, 0.5);
SELECT 'incidents, above 0.3, oldest first', (SELECT group_concat(value ->> 'toxicity') FROM json_each(incidents)), '0.31,0.4,0.5'
  FROM member_facts(15, 1003, 999999);
INSERT INTO said(member, at, toxicity) VALUES (15, 1004, 0.6), (15, 1005, 0.7), (15, 1006, 0.8);
SELECT 'incidents, the newest 5', (SELECT group_concat(value ->> 'toxicity') FROM json_each(incidents)), '0.4,0.5,0.6,0.7,0.8'
  FROM member_facts(15, 1006, 999999);
INSERT INTO said(member, at, toxicity) SELECT 15, 1010 + value, 0.1 FROM json_each('[1,2,3,4,5,6,7,8,9]');
SELECT 'incidents, of the messages that are kept', (SELECT group_concat(value ->> 'toxicity') FROM json_each(incidents)), '0.8'
  FROM member_facts(15, 1020, 999999);

-- Immune
INSERT INTO said(member, at, toxicity) VALUES (16, 1000, 0.9);
SELECT 'immune, not at first', immune, 0 FROM member_facts(16, 1000, 999999);
INSERT INTO immunity(member, at, immune, moderator) VALUES (16, 1001, 1, 'ann');
SELECT 'immune, by a row', immune, 1 FROM member_facts(16, 1002, 999999);
SELECT 'immune, not as of before it', immune, 0 FROM member_facts(16, 1002, (SELECT max(seq) - 1 FROM immunity WHERE member = 16));
SELECT 'immune, scored like everybody', drama, 0.9 FROM member_facts(16, 1002, 999999);
SELECT 'immune, sanctioned by no policy', action || ' ' || (trace ->> 'guard'), 'none immune' FROM escalation(16, 1002, 999999);
INSERT INTO immunity(member, at, immune, moderator) VALUES (16, 1003, 0, 'ann');
SELECT 'immune, the newest row counts', immune, 0 FROM member_facts(16, 1004, 999999);
SELECT 'immune, a log row each time', group_concat(immune), '1,0' FROM (SELECT immune FROM immunity WHERE member = 16 ORDER BY seq);

-- Off topic
SELECT 'off topic, no strike at first', off_topic || ' ' || reminder_allowed || ' ' || owner_notified, '0 1 0' FROM member_facts(17, 1000, 999999);
INSERT INTO notification(member, at, kind) VALUES (17, 1000, 'topic');
SELECT 'off topic, a recorded reminder is a strike', off_topic, 1 FROM member_facts(17, 1001, 999999);
SELECT 'off topic, its time', last_reminder_at, 1000.0 FROM member_facts(17, 1001, 999999);
SELECT 'off topic, no reminder within topic_cooldown_minutes', reminder_allowed, 0 FROM member_facts(17, 1600, 999999);
SELECT 'off topic, one after it', reminder_allowed, 1 FROM member_facts(17, 1600.5, 999999);
INSERT INTO said(member, at, toxicity, off_topic) VALUES (17, 1100, 0, 1);
SELECT 'off topic, a message inside the cooldown is no strike', off_topic || ' ' || is_off_topic, '1 1' FROM member_facts(17, 1100, 999999);
INSERT INTO notification(member, at, kind) VALUES (17, 2000, 'topic'), (17, 3000, 'topic');
SELECT 'off topic, two strikes are not yet for the owner', off_topic || ' ' || owner_due, '2 0' FROM member_facts(17, 2001, 999999);
SELECT 'off topic, three strikes', off_topic || ' ' || owner_notified, '3 0' FROM member_facts(17, 3001, 999999);
SELECT 'off topic, the owner is due at three', owner_due, 1 FROM member_facts(17, 3001, 999999);
INSERT INTO notification(member, at, kind) VALUES (17, 3001, 'topic_owner');
SELECT 'off topic, the owner is notified', off_topic || ' ' || owner_notified || ' ' || owner_due, '3 1 0' FROM member_facts(17, 3002, 999999);
INSERT INTO notification(member, at, kind) VALUES (17, 4000, 'topic');
SELECT 'off topic, once a reset', off_topic || ' ' || owner_notified, '4 1' FROM member_facts(17, 4001, 999999);
SELECT 'off topic, as long as topic_reset_minutes without a reminder', off_topic, 4 FROM member_facts(17, 7600, 999999);
SELECT 'off topic, after it all starts again', off_topic || ' ' || coalesce(last_reminder_at, 'never') || ' ' || reminder_allowed || ' ' || owner_notified,
  '0 never 1 0' FROM member_facts(17, 7600.5, 999999);
UPDATE setting SET value = 0 WHERE name = 'topic_reset_minutes';
SELECT 'off topic, topic_reset_minutes 0 is only by hand', off_topic || ' ' || owner_notified, '4 1' FROM member_facts(17, 1e9, 999999);
UPDATE setting SET value = 60 WHERE name = 'topic_reset_minutes';
INSERT INTO notification(member, at, kind) VALUES (17, 8000, 'topic');
SELECT 'off topic, a new run forgets the old one', off_topic || ' ' || owner_notified, '1 0' FROM member_facts(17, 8001, 999999);
INSERT INTO sanction(member, action, scope, at, reason) VALUES (17, 'reset', 'topic', 8002, 'test');
SELECT 'off topic, a reset by hand clears count, time and owner', off_topic || ' ' || coalesce(last_reminder_at, 'never') || ' ' || owner_notified,
  '0 never 0' FROM member_facts(17, 8003, 999999);
UPDATE setting SET value = 1 WHERE name = 'topic_cooldown_minutes';
SELECT 'topic_cooldown_minutes is read', reminder_allowed, 1 FROM member_facts(17, 1061, (SELECT min(seq) FROM notification WHERE member = 17));
UPDATE setting SET value = 10 WHERE name = 'topic_cooldown_minutes';

-- Coherence
SELECT 'coherence, starts at 0.85', coherence_baseline, 0.85 FROM member_facts(18, 1000, 999999);
INSERT INTO said(member, at, toxicity, coherence, source) VALUES (18, 1000, 0, 0.4, 'model');
SELECT 'coherence, compared with the baseline before it', round(coherence_baseline, 9) || ' ' || coherence, '0.85 0.4' FROM member_facts(18, 1000, 999999);
SELECT 'coherence, the drop', round(coherence_drop, 9), 0.45 FROM member_facts(18, 1000, 999999);
SELECT 'coherence, baseline_after is stored, alpha 0.1', round(baseline_after, 9), 0.805 FROM assessment WHERE member = 18;
INSERT INTO said(member, at, toxicity, coherence, source) VALUES (18, 1010, 0, 0.9, 'model');
SELECT 'coherence, the next compares with that', round(coherence_baseline, 9), 0.805 FROM member_facts(18, 1010, 999999);
SELECT 'coherence, moves on every assessment', round(baseline_after, 9), round(0.1 * 0.9 + 0.9 * 0.805, 9)
  FROM assessment WHERE member = 18 ORDER BY seq DESC LIMIT 1;
SELECT 'coherence, no drop, no alert', coherence_drop IS NULL, 1 FROM member_facts(18, 1010, 999999);
INSERT INTO said(member, at, toxicity) VALUES (18, 1011, 0.1);
SELECT 'coherence, a message that was not asked about moves nothing', round(coherence_baseline, 9), round(0.1 * 0.9 + 0.9 * 0.805, 9)
  FROM member_facts(18, 1011, 999999);
INSERT INTO said(member, at, toxicity, coherence, source) VALUES (19, 1000, 0, 0.5, 'model'), (20, 1000, 0, 0.49, 'model');
SELECT 'coherence, 0.5 is not below coherence_floor', coherence_drop IS NULL, 1 FROM member_facts(19, 1000, 999999);
SELECT 'coherence, 0.49 is', round(coherence_drop, 9), 0.36 FROM member_facts(20, 1000, 999999);
UPDATE setting SET value = 0.6 WHERE name = 'coherence_floor';
SELECT 'coherence_floor is read', round(coherence_drop, 9), 0.35 FROM member_facts(19, 1000, 999999);
UPDATE setting SET value = 0.5 WHERE name = 'coherence_floor';
UPDATE setting SET value = 0.4 WHERE name = 'coherence_drop';
SELECT 'coherence_drop is read', coherence_drop IS NULL, 1 FROM member_facts(20, 1000, 999999);
UPDATE setting SET value = 0.3 WHERE name = 'coherence_drop';
SELECT 'coherence, an alert is allowed when there was none', coherence_alert_allowed, 1 FROM member_facts(20, 1000, 999999);
INSERT INTO notification(member, at, kind, details)
  SELECT 20, 1000, 'coherence', json_object('baseline', coherence_baseline, 'current', coherence, 'drop', coherence_drop, 'flag', coherence_flag)
  FROM member_facts(20, 1000, 999999);
SELECT 'coherence, no alert within coherence_cooldown_minutes', coherence_alert_allowed, 0 FROM member_facts(20, 2799.5, 999999);
SELECT 'coherence, one when it is over, to the second', coherence_alert_allowed, 1 FROM member_facts(20, 2800, 999999);
SELECT 'coherence, an alert carries baseline, current, drop and flag', group_concat(key, ' '), 'baseline current drop flag'
  FROM notification, json_each(details) WHERE member = 20;
UPDATE setting SET value = 10 WHERE name = 'coherence_cooldown_minutes';
SELECT 'coherence_cooldown_minutes is read', coherence_alert_allowed, 1 FROM member_facts(20, 1600, 999999);
UPDATE setting SET value = 30 WHERE name = 'coherence_cooldown_minutes';
INSERT INTO said(member, at, toxicity, coherence, source)
  WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 22)
  SELECT 21, 1000 + i, 0, i / 100.0, 'model' FROM n;
SELECT 'coherence, the newest 20 scores, oldest first', json_array_length(coherence_scores) || ' ' || (coherence_scores ->> 0) || ' ' || (coherence_scores ->> 19),
  '20 0.03 0.22' FROM member_facts(21, 1022, 999999);
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity, coherence)
  SELECT (SELECT seq FROM next_seq), message, 1, member, at, 'model', 0, 1.0 FROM assessment WHERE member = 19;
SELECT 'coherence, another judgement of a message takes the place of the first', round(baseline_after, 9), round(0.1 + 0.9 * 0.85, 9)
  FROM assessment WHERE member = 19 AND revision = 1;
SELECT 'coherence, and its score counts once', coherence_scores, '[1.0]' FROM member_facts(19, 1000, 999999);
-- error coherence, an alert without its numbers is refused: CHECK constraint failed: details of a coherence alert are JSON with baseline, current, drop and flag
INSERT INTO notification(member, at, kind) VALUES (20, 3000, 'coherence');

-- Notes, profile, aliases
INSERT INTO note(member, at, author, text) VALUES (22, 1700000000, 'ann', 'asks good questions');
SELECT 'notes, with time', notes ->> 0, '[2023-11-14 22:13] asks good questions' FROM member_facts(22, 1800000000, 999999);
INSERT INTO note(member, at, author, text)
  WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 11)
  SELECT 22, 1700000000 + 60 * i, 'ann', 'note ' || i FROM n;
SELECT 'notes, the newest 10, oldest first', json_array_length(notes) || ' ' || (notes ->> 0) || ' ' || (notes ->> 9),
  '10 [2023-11-14 22:15] note 2 [2023-11-14 22:24] note 11' FROM member_facts(22, 1800000000, 999999);
SELECT 'notes, not those of later', json_array_length(notes), 1 FROM member_facts(22, 1700000001, 999999);
SELECT 'notes, not one of that very time: a message of then may have come before', notes, '[]' FROM member_facts(22, 1700000000, 999999);
INSERT INTO profile(member, at, author, text) VALUES (22, 1700000000, 'model', 'a beginner'), (22, 1700000100, 'model', 'learns fast');
SELECT 'profile, the newest text', profile, 'learns fast' FROM member_facts(22, 1800000000, 999999);
SELECT 'profile, as it was', profile, 'a beginner' FROM member_facts(22, 1700000099, 999999);
INSERT INTO profile(member, at, author, text) VALUES (23, 1000, 'model', replace(hex(zeroblob(250)), '0', 'ü'));
SELECT 'profile, 500 characters, not bytes', length(profile), 500 FROM member_facts(23, 1001, 999999);
-- error profile, 501 are too many: CHECK constraint failed: a profile has at most 500 characters
INSERT INTO profile(member, at, author, text) VALUES (23, 1000, 'model', replace(hex(zeroblob(250)), '0', 'x') || 'x');
-- error profile, a NUL hides nothing: CHECK constraint failed: a profile has at most 500 characters
INSERT INTO profile(member, at, author, text) VALUES (23, 1000, 'model', 'x' || char(0) || replace(hex(zeroblob(250)), '0', 'x'));
UPDATE note SET cleared_at = 1700001000, cleared_by = 'ann' WHERE member = 22 AND cleared_at IS NULL;
UPDATE profile SET cleared_at = 1700001000, cleared_by = 'ann' WHERE member = 22 AND cleared_at IS NULL;
SELECT 'notes, cleared at that very time, are there', json_array_length(notes) || ' ' || profile, '10 learns fast' FROM member_facts(22, 1700001000, 999999);
SELECT 'notes, clearing hides notes and profile', notes || coalesce(profile, ' none'), '[] none' FROM member_facts(22, 1800000000, 999999);
INSERT INTO message(id, platform, platform_id, channel, member, at) SELECT 2290, 'test', 'noted', channel, member, 1700002000 FROM message LIMIT 1;
INSERT INTO decision(id, seq, message, member, at, policy, action) SELECT 229, 500000, 2290, member, 1700002000, 'test@1', 'note' FROM message WHERE id = 2290;
INSERT INTO note(member, at, author, text, decision) SELECT member, at, policy, 'noted', id FROM decision WHERE id = 229;
SELECT 'notes, a decision does not see its own', notes LIKE '%noted%', 0 FROM message JOIN member_facts(message.member, 1700002000, 500000) WHERE id = 2290;
SELECT 'notes, later ones of that time do', notes LIKE '%noted%', 1 FROM message JOIN member_facts(message.member, 1700002000, 500001) WHERE id = 2290;
SELECT 'notes, and deletes nothing', count(*) || ' by ' || cleared_by, '12 by ann' FROM note WHERE member = 22;
-- error notes, who clears must be named: CHECK constraint failed: who clears a note must be named
UPDATE note SET cleared_at = NULL WHERE member = 22;
-- error notes, do not change: a note does not change: clear it and add another
UPDATE note SET text = 'other' WHERE member = 22;
-- error notes, are not replaced: a note is not replaced: clear it and add another
REPLACE INTO note(id, member, author, text) VALUES (1, 22, 'ann', 'other');
-- error profile, does not change: a profile does not change: clear it and add another
UPDATE profile SET text = 'other' WHERE member = 22;
-- error profile, is not replaced: a profile is not replaced: clear it and add another
REPLACE INTO profile(id, member, author, text) VALUES (1, 22, 'ann', 'other');
-- error notes, are not deleted: a note is not deleted: set cleared_at and cleared_by instead
DELETE FROM note WHERE member = 22;
-- error profile, is not deleted: a profile is not deleted: set cleared_at and cleared_by instead
DELETE FROM profile WHERE member = 22;
INSERT INTO alias(member, name, folded, at) VALUES (24, 'Ann, the first', fold('Ann, the first'), 1000), (24, 'Änn', fold('Änn'), 1000);
SELECT 'aliases, may contain commas', aliases, '["Ann, the first","Änn"]' FROM member_facts(24, 1001, 999999);
SELECT 'aliases, looked up by folded text', group_concat(member), '24' FROM alias WHERE folded = fold('ÄNN') AND cleared_at IS NULL;
UPDATE alias SET cleared_at = 1002, cleared_by = 'ann' WHERE member = 24;
SELECT 'aliases, cleared', aliases, '[]' FROM member_facts(24, 1003, 999999);
-- error aliases, do not change: an alias does not change: clear it and add another
UPDATE alias SET name = 'other' WHERE member = 24;
-- error aliases, are not replaced: an alias is not replaced: clear it and add another
REPLACE INTO alias(id, member, name, folded) VALUES (1, 24, 'other', 'other');
INSERT INTO alias(member, name, folded, at) VALUES (24, 'Anna', fold('Anna'), 1002);
SELECT 'aliases, set replaces all: the old ones cleared, new ones added', aliases, '["Anna"]' FROM member_facts(24, 1003, 999999);
-- error aliases, are not deleted: an alias is not deleted: set cleared_at and cleared_by instead
DELETE FROM alias WHERE member = 24;

-- Reset
INSERT INTO said(member, at, toxicity, coherence, source) VALUES (25, 1000, 0.9, 0.2, 'model');
INSERT INTO sanction(member, action, duration_s, at, reason) VALUES (25, 'mute', 60, 1001, 'test'), (25, 'warn', NULL, 1002, 'test');
INSERT INTO notification(member, at, kind) VALUES (25, 1003, 'topic');
INSERT INTO notification(member, at, kind, details) VALUES (25, 1003, 'coherence', '{"baseline":0.85,"current":0.2,"drop":0.65,"flag":null}');
INSERT INTO immunity(member, at, immune) VALUES (25, 1004, 1);
INSERT INTO note(member, at, author, text) VALUES (25, 1004, 'ann', 'was tired');
INSERT INTO profile(member, at, author, text) VALUES (25, 1004, 'ann', 'tired');
INSERT INTO alias(member, name, folded, at) VALUES (25, 'Zed', 'zed', 1004);
UPDATE setting SET value = 3600 WHERE name = 'analysis_cooldown_s';
CREATE TEMP VIEW standing_25 AS
  SELECT drama || ' ' || warned || ' ' || offences || ' ' || off_topic || ' ' || round(coherence_baseline, 3) || ' ' || coherence_scores
    || ' ' || warn_allowed || reminder_allowed || coherence_alert_allowed || analysis_allowed || ' ' || coalesce(last_warning_at, 'never') AS is_now,
    immune || ' ' || notes || ' ' || profile || ' ' || aliases AS kept
  FROM member_facts(25, 1010, 999999);
SELECT 'reset, before it', is_now, '0.9 1 1 1 0.85 [0.2] 0000 1002.0' FROM standing_25;
INSERT INTO sanction(member, action, at, reason) VALUES (25, 'reset', 1005, 'test');
SELECT 'reset, drama, warned, offences, off-topic, coherence and every cooldown start again', is_now, '0.0 0 0 0 0.85 [] 1111 never' FROM standing_25;
SELECT 'reset, notes, aliases, profile and immunity stay', kept, '1 ["[1970-01-01 00:16] was tired"] tired ["Zed"]' FROM standing_25;
SELECT 'reset, deletes nothing', count(*), 3 FROM sanction WHERE member = 25;
SELECT 'reset, as of before it nothing has changed', warned || ' ' || offences, '1 1'
  FROM member_facts(25, 1010, (SELECT max(seq) - 1 FROM sanction WHERE member = 25));
INSERT INTO said(member, at, toxicity, coherence, source) VALUES (25, 1006, 0.3, 0.5, 'model');
SELECT 'reset, the baseline starts again too', round(baseline_after, 9), 0.815 FROM assessment WHERE member = 25 ORDER BY seq DESC LIMIT 1;
SELECT 'reset, what is said after it counts', drama, 0.3 FROM member_facts(25, 1010, 999999);
INSERT INTO sanction(action, undoes, at, reason) SELECT 'undo', case_no, 1007, 'test' FROM sanction WHERE member = 25 AND action = 'reset';
SELECT 'reset, can be undone', warned || ' ' || offences, '1 1' FROM member_facts(25, 1010, 999999);
INSERT INTO sanction(member, action, scope, at, reason) VALUES (25, 'reset', 'topic', 1008, 'test');
SELECT 'reset, one of the topic clears the strikes alone', off_topic || ' ' || offences, '0 1' FROM member_facts(25, 1010, 999999);
INSERT INTO sanction(member, action, scope, at, reason) VALUES (25, 'reset', 'all', 1009, 'test');
SELECT 'reset, of all takes notes, profile, aliases and immunity too', immune || notes || coalesce(profile, ' none ') || aliases, '0[] none []'
  FROM member_facts(25, 1010, 999999);
SELECT 'reset, of all deletes nothing', (SELECT text || ' ' || cleared_by FROM note WHERE member = 25), 'was tired case ' || (SELECT max(case_no) FROM sanction WHERE member = 25);
-- error reset, scope is of a reset alone: CHECK constraint failed: scope is 'topic' or 'all', and of a reset
INSERT INTO sanction(member, action, scope, at, reason) VALUES (25, 'warn', 'all', 1010, 'test');
UPDATE setting SET value = 0 WHERE name = 'analysis_cooldown_s';

-- Unknown members
SELECT 'unknown member, the defaults', drama || ' ' || warned || ' ' || offences || ' ' || immune || ' ' || reputation || ' ' || off_topic || ' ' || coherence_baseline,
  '0.0 0 0 0 50 0 0.85' FROM member_facts(4711, 1000, 999999);
SELECT 'unknown member, creates no row', count(*), 0 FROM member WHERE id = 4711;

-- Cooldowns
INSERT INTO sanction(member, action, at, reason) VALUES (26, 'warn', 1000, 'test');
SELECT 'cooldown, a warning when there was none', warn_allowed, 1 FROM member_facts(27, 1000, 999999);
SELECT 'cooldown, none at warn_cooldown_minutes', warn_allowed, 0 FROM member_facts(26, 1300, 999999);
SELECT 'cooldown, one after it', warn_allowed, 1 FROM member_facts(26, 1300.5, 999999);
UPDATE setting SET value = 1 WHERE name = 'warn_cooldown_minutes';
SELECT 'warn_cooldown_minutes is read', warn_allowed || ' ' || warn_cooldown_s, '1 60.0' FROM member_facts(26, 1061, 999999);
UPDATE setting SET value = 5 WHERE name = 'warn_cooldown_minutes';
INSERT INTO said(member, at, toxicity, source) VALUES (28, 1000, 0, 'model'), (28, 1030, 0, 'scorer');
SELECT 'analysis cooldown, 0 is none', analysis_allowed, 1 FROM member_facts(28, 1000, 999999);
UPDATE setting SET value = 60 WHERE name = 'analysis_cooldown_s';
SELECT 'analysis cooldown, not at analysis_cooldown_s', analysis_allowed, 0 FROM member_facts(28, 1060, 999999);
SELECT 'analysis cooldown, after it', analysis_allowed, 1 FROM member_facts(28, 1060.5, 999999);
SELECT 'analysis cooldown, when there was none', analysis_allowed, 1 FROM member_facts(29, 1000, 999999);
UPDATE setting SET value = 0 WHERE name = 'analysis_cooldown_s';

-- A heavier second model
INSERT INTO said(member, at, toxicity, coherence, off_topic, source) VALUES (30, 1000, 0.25, 0.6, 0, 'model'), (31, 1000, 0.24, 0.6, 0, 'model'),
  (32, 1000, 0, 0.6, 1, 'model'), (33, 1000, 0, 0.59, 0, 'model');
SELECT 'second model, toxicity 0.25', second_model, 1 FROM member_facts(30, 1000, 999999);
SELECT 'second model, not below, nor at coherence 0.6', second_model, 0 FROM member_facts(31, 1000, 999999);
SELECT 'second model, off topic', second_model, 1 FROM member_facts(32, 1000, 999999);
SELECT 'second model, coherence below 0.6', second_model, 1 FROM member_facts(33, 1000, 999999);

-- One message counts once
INSERT INTO said(member, at, toxicity) VALUES (34, 1000, 0.2);
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), message, 1, member, at, 'model', 0.6 FROM assessment WHERE member = 34;
SELECT 'revision, a model''s answer takes the place of the scorer''s', drama || ' ' || toxicity, '0.6 0.6' FROM member_facts(34, 1000, 999999);
SELECT 'revision, from its seq on', drama, 0.2 FROM member_facts(34, 1000, (SELECT min(seq) FROM assessment WHERE member = 34));
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), message, 2, member, at, 'person', 0.4 FROM assessment WHERE member = 34 LIMIT 1;
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), message, 3, member, at, 'model', 0.9 FROM assessment WHERE member = 34 LIMIT 1;
SELECT 'revision, a person wins over a later model', drama, 0.4 FROM member_facts(34, 1001, 999999);
SELECT 'revision, in the views too', toxicity, 0.4 FROM assessment_current WHERE member = 34;
INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), message, 4, 4, member, at, 'scorer', 0.1 FROM assessment WHERE member = 34 LIMIT 1;
SELECT 'revision, an edit is a new text', drama, 0.1 FROM member_facts(34, 1001, 999999);
INSERT INTO said(member, at, toxicity) VALUES (35, 1000, 0.5);
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), message, 1, member, at, 'model', 0.3 FROM assessment WHERE member = 35;
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), message, 2, member, at, 'scorer', 0.9 FROM assessment WHERE member = 35 LIMIT 1;
SELECT 'revision, a model wins over a later scorer', drama, 0.3 FROM member_facts(35, 1001, 999999);
-- error revision, unique by message and revision: that revision is assessed already: add one with the next revision instead
INSERT OR REPLACE INTO assessment(seq, message, revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), message, 1, member, at, 'model', 0.9 FROM assessment WHERE member = 35 LIMIT 1;
-- error revision, text_revision is one of before: CHECK constraint failed: assessment.text_revision must be between 0 and revision
INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), message, 7, 8, member, at, 'scorer', 0.1 FROM assessment WHERE member = 35 LIMIT 1;
-- error log, an assessment does not change: assessments do not change: add one with the next revision instead
UPDATE assessment SET toxicity = 0 WHERE member = 35;
-- error log, nor one with coherence: assessments do not change: add one with the next revision instead
UPDATE assessment SET coherence = 1 WHERE member = 18;

INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), message, 3, member, at, 'person', 0.1 FROM assessment WHERE member = 35 LIMIT 1;
INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), message, 4, member, at, 'model', 0.8 FROM assessment WHERE member = 35 LIMIT 1;
SELECT 'revision, a model''s late answer is not the message''s toxicity where a person has judged', toxicity, 0.1
  FROM member_facts(35, 1001, (SELECT max(seq) FROM assessment WHERE member = 35));
INSERT INTO said(member, at, toxicity) VALUES (39, 1000, 0.7);
INSERT INTO assessment(seq, message, revision, member, at, source, coherence)
  SELECT (SELECT seq FROM next_seq), message, 1, member, at, 'model', 0.6 FROM assessment WHERE member = 39;
SELECT 'revision, one without a toxicity takes the place of none', drama || ' ' || toxicity || ' ' || coherence, '0.7 0.7 0.6'
  FROM member_facts(39, 1000, (SELECT max(seq) FROM assessment WHERE member = 39));
SELECT 'revision, nor in the views', toxicity, 0.7 FROM assessment_current WHERE member = 39;
INSERT INTO assessment(seq, message, revision, text_revision, member, at, source)
  SELECT (SELECT seq FROM next_seq), message, 2, 2, member, at, 'model' FROM assessment WHERE member = 39 LIMIT 1;
SELECT 'revision, but of an edit that was not assessed nothing is known', drama || ' ' || toxicity, '0.0 0.0' FROM member_facts(39, 1000, 999999);

-- Leaderboard
INSERT INTO said(member, at, toxicity) VALUES (36, 1e6, 0.0), (37, 1e6, 0.4);
SELECT 'leaderboard, every member with a score above 0', group_concat(member), '37' FROM leaderboard WHERE member IN (36, 37);

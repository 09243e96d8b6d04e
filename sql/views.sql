-- Views for people who look at a community with SQL. They need the extension where they use its
-- functions; decorum init makes them anew each time.

-- Each message's assessment that counts: the newest revision.
DROP VIEW IF EXISTS assessment_current;
CREATE VIEW assessment_current AS
  SELECT * FROM assessment
  WHERE NOT EXISTS (SELECT 1 FROM assessment AS newer
    WHERE newer.message = assessment.message AND newer.revision > assessment.revision);

-- Sanctions in force: not undone, and with an end that has not come or none. `at_utc` and `ends_at_utc`
-- are for reading.
DROP VIEW IF EXISTS open_sanction;
CREATE VIEW open_sanction AS
  SELECT case_no, member, member.name, action, reason, policy, moderator, at, ends_at,
    datetime(at, 'unixepoch') AS at_utc, datetime(ends_at, 'unixepoch') AS ends_at_utc
  FROM sanction JOIN member ON member.id = sanction.member
  WHERE action IN ('slowmode', 'mute', 'timeout', 'ban', 'shadow_ban')
    AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)
    AND (ends_at IS NULL OR ends_at > (SELECT max(at) FROM message));

-- Every member as of the newest message.
DROP VIEW IF EXISTS member_now;
CREATE VIEW member_now AS
  SELECT member.id AS member, name, rank, immune,
    (SELECT drama_score(toxicity, at, (SELECT max(at) FROM message))
      FROM (SELECT toxicity, at FROM assessment_current WHERE assessment_current.member = member.id
        AND at > (SELECT max(at) FROM message) - 900 ORDER BY at, seq)) AS drama,
    (SELECT count(*) FROM message WHERE message.member = member.id) AS messages,
    (SELECT count(*) FROM sanction WHERE sanction.member = member.id AND action = 'warn') AS warnings,
    (SELECT max(at) FROM message WHERE message.member = member.id) AS last_at,
    (SELECT datetime(max(at), 'unixepoch') FROM message WHERE message.member = member.id) AS last_at_utc
  FROM member;

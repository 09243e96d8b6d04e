-- Views for people who look at a community with SQL. Those that score or show texts need the extension. decorum init
-- makes them anew each time. `..._utc` columns are times for reading; what people wrote is shown by display().

-- Each message's assessment that counts: of its newest text, a person's before a model's before the scorer's, the
-- newest revision.
DROP VIEW IF EXISTS assessment_current;
CREATE VIEW assessment_current AS
  SELECT * FROM assessment
  WHERE NOT EXISTS (SELECT 1 FROM assessment AS better
    WHERE better.message = assessment.message AND better.revision >= (assessment.revision = 0)
      AND (better.text_revision, better.toxicity IS NOT NULL, better.authority, better.revision)
        > (assessment.text_revision, assessment.toxicity IS NOT NULL, assessment.authority, assessment.revision));

-- Why each case was made, as moderators see it now: they may say it anew (case_note), and the sanction keeps what was said first.
DROP VIEW IF EXISTS case_reason;
CREATE VIEW case_reason AS
  SELECT case_no, coalesce((SELECT text FROM case_note WHERE case_note.case_no = sanction.case_no ORDER BY id DESC LIMIT 1), reason) AS reason
  FROM sanction;

-- Sanctions in force at the newest message: not undone, and with an end that has not come, or none. A shadow ban that has begun
-- is in force until it is lifted.
DROP VIEW IF EXISTS open_sanction;
CREATE VIEW open_sanction AS
  SELECT case_no, member, display(member.name) AS name, action,
    (SELECT display(reason) FROM case_reason WHERE case_reason.case_no = sanction.case_no) AS reason, display(policy) AS policy,
    display(moderator) AS moderator, at, ends_at,
    datetime(at, 'unixepoch') AS at_utc, datetime(ends_at, 'unixepoch') AS ends_at_utc
  FROM sanction JOIN member ON member.id = sanction.member
  WHERE action IN ('slowmode', 'mute', 'timeout', 'ban', 'shadow_ban')
    AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)
    AND coalesce((SELECT ban IN (SELECT rowid FROM shadow_ban) FROM shadow_ban_case WHERE shadow_ban_case.case_no = sanction.case_no),
      ends_at > (SELECT max(at) FROM assessment), 1);

-- Every member as of the newest message. drama is without the boost that follows a warning; with it, and at any
-- other time, it is in member_facts.
DROP VIEW IF EXISTS member_now;
CREATE VIEW member_now AS
  WITH clock AS MATERIALIZED (
    SELECT max(at) AS now, (SELECT value FROM setting WHERE name = 'window_size') AS window_size,
      60.0 * (SELECT value FROM setting WHERE name = 'window_minutes') AS window_s
    FROM assessment
  ),
  case_counting AS (
    SELECT member, action, scope, seq FROM sanction
    WHERE NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)
  )
  SELECT member.id AS member, display(name) AS name, rank,
    coalesce((SELECT immune FROM immunity WHERE immunity.member = member.id ORDER BY seq DESC LIMIT 1), 0) AS immune,
    (SELECT reputation FROM member_reputation WHERE member_reputation.member = member.id) AS reputation,
    (SELECT drama_score(toxicity, at, now, NULL, window_size, window_s)
      FROM (SELECT toxicity, at FROM assessment_current
        WHERE assessment_current.member = member.id AND at > now - window_s
          AND seq > coalesce((SELECT max(seq) FROM case_counting
            WHERE case_counting.member = member.id AND action = 'reset' AND scope IS NOT 'topic'), 0)
        ORDER BY at, seq)) AS drama,
    (SELECT count(DISTINCT message) FROM assessment WHERE assessment.member = member.id) AS messages,
    (SELECT count(*) FROM case_counting WHERE case_counting.member = member.id AND action = 'warn') AS warnings,
    (SELECT max(at) FROM assessment WHERE assessment.member = member.id) AS last_at,
    (SELECT datetime(max(at), 'unixepoch') FROM assessment WHERE assessment.member = member.id) AS last_at_utc
  FROM member, clock;

-- Who is heated now, the most heated first.
DROP VIEW IF EXISTS leaderboard;
CREATE VIEW leaderboard AS
  SELECT member, name, drama, messages, warnings, last_at_utc FROM member_now WHERE drama > 0
  ORDER BY drama DESC, name;

-- Why: each decision to do something or to ask for a review, in words. A line a signal that gave points, then the rung.
DROP VIEW IF EXISTS explain;
CREATE VIEW explain AS
  SELECT decision.id AS decision, sanction.case_no, decision.member, display(member.name) AS name, decision.at,
    datetime(decision.at, 'unixepoch') AS at_utc, decision.action, decision.duration_s, decision.mode,
    display(decision.reason) AS reason, decision.policy,
    coalesce((
      SELECT group_concat(display(coalesce(name, '') || ' +' || printf('%g', points) || ': ' || coalesce(words, '')), char(10))
      FROM (
        SELECT max(iif(key = 'name', atom, NULL)) AS name, max(iif(key = 'points', atom, NULL)) AS points,
          max(iif(key = 'words', atom, NULL)) AS words
        FROM json_tree(decision.trace, '$.signals') WHERE atom IS NOT NULL GROUP BY path ORDER BY min(id))
    ) || char(10) || printf('%g points reach rung %d', (SELECT atom FROM json_each(decision.trace) WHERE key = 'points'),
      (SELECT atom FROM json_each(decision.trace) WHERE key = 'rung')), 'by the policy''s own decide'
      || coalesce(': ' || display(decision.reason), '')) AS explanation,
    decision.facts, decision.message
  FROM decision JOIN member ON member.id = decision.member
    LEFT JOIN sanction ON sanction.decision = decision.id
  WHERE decision.action <> 'none' OR decision.review;

-- Decisions to do nothing that no person was asked about, nor named: the job decisions removes them when they are old.
DROP VIEW IF EXISTS decision_idle;
CREATE VIEW decision_idle AS
  SELECT id, at FROM decision
  WHERE action = 'none' AND review IS NOT 1
    AND NOT EXISTS (SELECT 1 FROM review WHERE review.decision = decision.id)
    AND NOT EXISTS (SELECT 1 FROM sanction WHERE sanction.decision = decision.id);

-- The policies' versions and how often each acted.
DROP VIEW IF EXISTS policy_history;
CREATE VIEW policy_history AS
  SELECT name, version, active, note, datetime(created_at, 'unixepoch') AS created_at_utc,
    (SELECT count(*) FROM decision
      WHERE policy = policy_version.name || '@' || version AND action <> 'none') AS decisions
  FROM policy_version ORDER BY name, version;

-- What each live policy may do now, and why. A script whose own mode is observe observes whatever stands here.
DROP VIEW IF EXISTS policy_mode;
CREATE VIEW policy_mode AS
  SELECT live.policy, coalesce(mode, 'observe') AS mode,
    CASE WHEN cause = 'brake' THEN 'the brake' WHEN mode_change.policy IS NOT NULL THEN 'set for ' || mode_change.policy
      WHEN mode IS NOT NULL THEN 'set for the community' ELSE 'a new community observes' END
      || coalesce(' by ' || display(moderator), '') || coalesce(': ' || display(reason), '') AS why,
    at AS since, datetime(at, 'unixepoch') AS since_utc
  FROM (SELECT name, version, name || '@' || version AS policy FROM policy_version WHERE active) AS live
    LEFT JOIN mode_change ON seq = (
      SELECT seq FROM (
        SELECT * FROM (SELECT seq, mode FROM mode_change AS newest
          WHERE newest.policy IS NULL OR newest.policy IN (live.name, live.policy) ORDER BY seq DESC LIMIT 1)
        UNION ALL
        SELECT * FROM (SELECT seq, mode FROM mode_change AS by_hand
          WHERE by_hand.policy IN (live.name, live.policy) AND cause = 'hand' ORDER BY seq DESC LIMIT 1))
      ORDER BY mode = 'observe' DESC, seq DESC LIMIT 1)
  ORDER BY live.name, live.version;

-- Messages of whom a policy had muted, timed out or banned: where the sanction is carried out, they could not have been
-- said. One row for each; case_no is the first case that was in force.
DROP VIEW IF EXISTS censored;
CREATE VIEW censored AS
  SELECT assessment.message, assessment.member, min(sanction.case_no) AS case_no, assessment.at
  FROM sanction CROSS JOIN assessment ON assessment.member = sanction.member AND assessment.revision = 0
    AND assessment.at >= sanction.at AND assessment.at < coalesce(sanction.ends_at, 1e13) AND assessment.seq > sanction.seq
  WHERE sanction.policy IS NOT NULL AND sanction.silences
    AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq < assessment.seq)
  GROUP BY assessment.message;

-- What waits for a moderator, the oldest first. A claim that has lapsed is none.
DROP VIEW IF EXISTS review_queue;
CREATE VIEW review_queue AS
  SELECT review.id AS review, review.at, datetime(review.at, 'unixepoch') AS at_utc, review.member,
    display(member.name) AS name, display(review.reason) AS reason, review.message, display(text) AS text,
    display(claimed_by) AS claimed_by, claimed_until,
    datetime(claimed_until, 'unixepoch') AS claimed_until_utc, review.flag, review.verdict, review.decision, review.appeal
  FROM review JOIN member ON member.id = review.member LEFT JOIN message_text ON message_text.message = review.message
  WHERE outcome IS NULL
  ORDER BY review.at, review.id;

-- Flags and what became of them: waiting (for a review), due (for the job), rejected, processed, failed. One that came
-- while flag_mode was immediate has no review to wait for, whatever flag_mode is now.
DROP VIEW IF EXISTS flag_state;
CREATE VIEW flag_state AS
  SELECT flag.*, flag_type.points, review.outcome AS review_outcome, flag_outcome.penalty, flag_outcome.error,
    CASE WHEN flag_outcome.error IS NOT NULL THEN 'failed' WHEN flag_outcome.flag IS NOT NULL THEN 'processed'
      WHEN review.outcome = 'rejected' THEN 'rejected'
      WHEN review.outcome = 'upheld' OR review.id IS NULL OR (SELECT value FROM setting WHERE name = 'flag_mode') = 'immediate'
        THEN 'due'
      ELSE 'waiting' END AS state
  FROM flag LEFT JOIN flag_type ON flag_type.name = flag.type LEFT JOIN review ON review.flag = flag.id
    LEFT JOIN flag_outcome ON flag_outcome.flag = flag.id;

-- Shadow bans, as of now: WHERE now = ... is another time. mode is what holds for this member: nobody who is marked as a minor or
-- paying is banned covertly. answered is the part of the member's messages that get an answer.
-- Members are numbers: who is banned as the TEXT '7' is not member 7, and is shown by that name.
DROP VIEW IF EXISTS shadow_ban_status;
CREATE VIEW shadow_ban_status AS
  SELECT member, display(coalesce((SELECT name FROM member AS known
      WHERE known.id = shadow_ban.member AND typeof(shadow_ban.member) = 'integer'), member)) AS name,
    substr('██████████', 1, CAST(10 * progress AS INTEGER)) || substr('░░░░░░░░░░', 1, 10 - CAST(10 * progress AS INTEGER))
      || printf(' %d %%', CAST(100 * progress AS INTEGER)) AS bar,
    progress, printf('%.2f', iif(progress < 1, min(stage, 4.99), 5)) AS stage, phase,
    (SELECT CASE WHEN progress < 1 AND seconds >= 86400 THEN printf('%d d %d h', seconds / 86400, seconds % 86400 / 3600)
        WHEN progress < 1 THEN printf('%d h %d min', seconds / 3600, seconds % 3600 / 60) END
      FROM (SELECT CAST(86400 * duration_days * (min(4, floor(stage)) + 1 - stage) / 4 AS INTEGER) AS seconds)) AS next_phase_in,
    (SELECT printf('%d %%', CAST(100 * answered_p AS INTEGER)) FROM shadow_effect(progress)) AS answered,
    started_at, datetime(started_at, 'unixepoch') AS started_at_utc, lift_at, datetime(lift_at, 'unixepoch') AS lift_at_utc, revoked,
    display(coalesce((SELECT name FROM member AS known WHERE known.id = shadow_ban.initiated_by
        AND typeof(shadow_ban.initiated_by) = 'integer'), initiated_by, (
      SELECT moderator FROM shadow_ban_case JOIN sanction USING (case_no) WHERE ban = shadow_ban.rowid ORDER BY case_no LIMIT 1),
      'the owner')) AS initiated_by,
    display(reason) AS reason,
    (SELECT iif(value = 'covert' AND EXISTS (SELECT 1 FROM member AS known
        WHERE known.id = shadow_ban.member AND typeof(shadow_ban.member) = 'integer' AND (minor OR paying)), 'honest', value)
      FROM setting WHERE setting.name = 'shadow_ban_mode') AS mode,
    (SELECT case_no FROM shadow_ban_case WHERE ban = shadow_ban.rowid
      ORDER BY EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = shadow_ban_case.case_no), case_no LIMIT 1) AS case_no,
    now
  FROM shadow_ban;

-- Messages whose text stays, whoever asks for it to go: a person has to look at what concerns children, or has found that it does.
DROP VIEW IF EXISTS message_held;
CREATE VIEW message_held AS
  SELECT flag.message, 'a flag of CHILD_SAFETY' AS why
  FROM flag LEFT JOIN review ON review.flag = flag.id
  WHERE flag.type = 'CHILD_SAFETY' AND review.outcome IS NOT 'rejected'
  UNION
  SELECT verdict.message, 'a verdict of the rule minors'
  FROM verdict LEFT JOIN review ON review.verdict = verdict.id
  WHERE verdict.violation AND verdict.rule = 'minors' COLLATE NOCASE AND review.outcome IS NOT 'rejected'
    AND NOT EXISTS (SELECT 1 FROM verdict AS later
      WHERE later.message = verdict.message AND later.seq > verdict.seq AND later.source = 'person' AND NOT later.violation);

-- What keeps a member out, or from talking, until it ends: WHERE coalesce(ends_at, 1e13) > ... is what does so at a time.
DROP VIEW IF EXISTS standing_ban;
CREATE VIEW standing_ban AS
  SELECT member, case_no, action, ends_at FROM sanction
  WHERE silences AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no)
  UNION ALL
  SELECT member, NULL, 'shadow_ban', lift_at FROM shadow_ban WHERE typeof(member) = 'integer';

-- member: what a policy may know about :member at the time :now, from the log up to :seq.
--
-- One row, whoever is asked about; who is unknown has the defaults. Each part is a look-up, or a walk over a
-- member's last messages or offences; none costs more for a member who has been here longer, and only those
-- that are asked for are computed. A case that was undone up to :seq did not happen, and nothing before the
-- member's last reset did. What was said, done or told at a time after :now has not happened yet; immunity,
-- reputation, flags, verdicts, coherence and when a model was last asked go by :seq alone. rank, the rules and the settings
-- are as they stand today. Of what is counted for spam, no more than 100 is; of texts that
-- say the same the newest 100 are looked at, whoever wrote them.
--
-- `valid`, `counted` and `standing` are macros, not tables. From `asked` on each WITH adds columns to the one row of the
-- WITH above it; LIMIT 1 OFFSET 0 keeps SQLite from merging those: merged, a column would be computed again
-- wherever it is used. MATERIALIZED would make a table for each, which costs more than all the look-ups.
WITH
-- The parameters in the order in which callers give them, member_facts(member, now, seq); the settings; whether there
-- is any case at all: most members have none, and then none is looked for.
asked AS (
  SELECT :member AS about, :now AS now, :seq AS last_seq,
    (SELECT value FROM setting WHERE name = 'window_size') AS window_size,
    60.0 * (SELECT value FROM setting WHERE name = 'window_minutes') AS window_s,
    (SELECT value FROM setting WHERE name = 'warning_ttl_s') AS warning_ttl_s,
    EXISTS (SELECT 1 FROM sanction WHERE member = :member) AS has_cases
  LIMIT 1 OFFSET 0
),
-- Of each message the assessment that counts, see the table's comment: of who has no second revisions all do. Those of
-- the member.
valid AS NOT MATERIALIZED (
  SELECT * FROM assessment
  WHERE seq <= :seq AND toxicity IS NOT NULL
    AND (NOT EXISTS (SELECT 1 FROM assessment AS again WHERE again.member = :member AND again.revision > 0)
      OR NOT EXISTS (SELECT 1 FROM assessment AS better
        WHERE better.message = assessment.message AND better.revision >= (assessment.revision = 0) AND better.seq <= :seq
          AND (better.text_revision, better.toxicity IS NOT NULL, better.authority, better.revision)
            > (assessment.text_revision, 1, assessment.authority, assessment.revision)))
),
counted AS NOT MATERIALIZED (
  SELECT * FROM valid WHERE member = :member AND at <= :now
),
-- The member's cases that were not undone.
standing AS NOT MATERIALIZED (
  SELECT * FROM sanction
  WHERE member = :member AND seq <= :seq AND at <= :now
    AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq <= :seq)
),
-- Reviews that wait. A decision at :seq is yet to ask for its own. What people do that has no place in the log, to begin or to decide
-- a review, to write or to clear a note, has not been done at that very time: what is asked then has the same answer before and after it.
waiting AS NOT MATERIALIZED (
  SELECT member, message FROM review
  WHERE at <= :now AND coalesce(decided_at, 1e13) >= :now
    AND coalesce(:seq >= coalesce((SELECT seq FROM flag WHERE id = review.flag), (SELECT seq FROM verdict WHERE id = review.verdict),
      (SELECT seq + 1 FROM decision WHERE id = review.decision)), at < :now)
),
-- What the member was told beside sanctions, the off-topic reminders since the last reset of any kind, and their run:
-- so long without one, topic_reset_minutes, and the strikes are over.
told AS NOT MATERIALIZED (
  SELECT * FROM notification WHERE member = :member AND seq <= :seq AND at <= :now
),
reminder AS NOT MATERIALIZED (
  SELECT * FROM told WHERE kind = 'topic'
    AND seq > coalesce((SELECT seq FROM standing WHERE action = 'reset' ORDER BY seq DESC LIMIT 1), 0)
),
strikes AS NOT MATERIALIZED (
  SELECT offence_count(at, coalesce(60.0 * (SELECT nullif(value, 0) FROM setting WHERE name = 'topic_reset_minutes'), 1e12), :now)
    AS count, max(at) AS last_at
  FROM (SELECT at FROM reminder ORDER BY seq DESC LIMIT 1000)
),
-- Was the owner told of these strikes: after one of them?
notified AS NOT MATERIALIZED (
  SELECT coalesce((SELECT (SELECT count FROM strikes) >
      (SELECT count(*) FROM (SELECT 1 FROM reminder WHERE seq > owner.seq LIMIT 1000))
    FROM (SELECT seq FROM told WHERE kind = 'topic_owner' ORDER BY seq DESC LIMIT 1) AS owner), 0) AS owner
),
-- The last reset.
since AS (
  SELECT asked.*, iif(has_cases, coalesce((
      SELECT seq FROM standing WHERE action = 'reset' AND scope IS NOT 'topic' ORDER BY seq DESC LIMIT 1
    ), 0), 0) AS reset_seq
  FROM asked LIMIT 1 OFFSET 0
),
-- The newest offence and the newest warning; the assessment that is asked about, also by a second look.
sanctioned AS (
  SELECT since.*,
    CASE WHEN has_cases THEN (SELECT seq FROM standing WHERE offence AND seq > reset_seq ORDER BY seq DESC LIMIT 1) END AS offence_seq,
    CASE WHEN has_cases THEN (SELECT seq FROM standing WHERE action = 'warn' AND seq > reset_seq ORDER BY seq DESC LIMIT 1) END AS warning_seq,
    coalesce((SELECT seq FROM assessment WHERE seq = last_seq AND member = about),
      (SELECT assessment FROM second_look WHERE seq = last_seq AND (SELECT member FROM message WHERE id = second_look.message) = about),
      (SELECT seq FROM counted WHERE seq > reset_seq ORDER BY at DESC, seq DESC LIMIT 1)) AS this_seq
  FROM since LIMIT 1 OFFSET 0
),
timed AS (
  SELECT sanctioned.*,
    CASE WHEN offence_seq THEN (SELECT at FROM sanction WHERE seq = offence_seq) END AS last_offence_at,
    CASE WHEN warning_seq THEN (SELECT at FROM sanction WHERE seq = warning_seq) END AS last_warning_at,
    -- The oldest message that a score of window_size messages reaches back to; NULL: all of the window.
    (
      SELECT seq FROM counted WHERE at > now - window_s AND seq > reset_seq
      ORDER BY at DESC, seq DESC LIMIT 1 OFFSET (SELECT value FROM setting WHERE name = 'window_size') - 1
    ) AS oldest_seq
  FROM sanctioned LIMIT 1 OFFSET 0
),
-- Warned: by a warning newer than the last offence that has not lapsed. Then its time, else NULL.
warned AS (
  SELECT timed.*,
    CASE WHEN warning_seq > coalesce(offence_seq, 0)
      AND (warning_ttl_s = 0 OR now - max(last_warning_at, coalesce(last_offence_at, last_warning_at)) < warning_ttl_s)
      THEN last_warning_at END AS warned_at,
    coalesce((SELECT at FROM assessment WHERE seq = oldest_seq), now - window_s) AS window_from,
    coalesce(oldest_seq, 0) AS window_seq
  FROM timed LIMIT 1 OFFSET 0
)
SELECT
  -- Drama. `this` is the assessment at :seq, else the newest. Its message counts as it was judged up to :seq.
  (
    SELECT drama_score(toxicity, at, now, warned_at, window_size, window_s,
      (SELECT value FROM setting WHERE name = 'escalation_boost'))
    FROM (SELECT toxicity, at FROM counted WHERE (at, seq) >= (window_from, window_seq) AND seq > reset_seq ORDER BY at, seq)
  ) AS drama,
  (
    SELECT json_group_array(json_object('toxicity', toxicity, 'at', at, 'id', message))
    FROM (SELECT toxicity, at, message FROM counted WHERE (at, seq) >= (window_from, window_seq) AND seq > reset_seq ORDER BY at, seq)
  ) AS drama_messages, -- JSON: what drama is made of, for drama_terms
  coalesce((SELECT toxicity FROM valid WHERE message = this.message), 0.0) AS toxicity,
  (SELECT categories FROM valid WHERE message = this.message) AS categories, -- JSON, {"insult": 0.6}
  (
    SELECT json_group_array(json_object('at', at, 'toxicity', toxicity, 'message', message)) FROM (
      SELECT * FROM (
        SELECT * FROM (
          SELECT at, seq, toxicity, message FROM counted WHERE at > now - window_s AND seq > reset_seq
          ORDER BY at DESC, seq DESC LIMIT (SELECT value FROM setting WHERE name = 'window_size')
        ) WHERE toxicity > 0.3 ORDER BY at DESC, seq DESC LIMIT 5
      ) ORDER BY at, seq)
  ) AS incidents, -- JSON: the newest 5 in the window that are above 0.3, oldest first

  -- Sanctions
  warned_at IS NOT NULL AS warned,
  warned_at,
  iif(offence_seq, (
    SELECT offence_count(at, 60.0 * (SELECT value FROM setting WHERE name = 'offence_reset_minutes'), now)
    FROM (SELECT at FROM standing WHERE offence AND seq > reset_seq ORDER BY seq DESC LIMIT 1000) -- more are not told apart
  ), 0) AS offences,
  last_warning_at,
  last_offence_at,
  60.0 * (SELECT value FROM setting WHERE name = 'warn_cooldown_minutes') AS warn_cooldown_s,
  coalesce(now - last_warning_at > 60.0 * (SELECT value FROM setting WHERE name = 'warn_cooldown_minutes'), 1)
    AS warn_allowed,
  iif(has_cases, (
    SELECT iif(now - at <= 60.0 * (SELECT value FROM setting WHERE name = 'offence_reset_minutes'), action, NULL)
    FROM (SELECT action, at, policy, decision FROM standing
      WHERE undoes IS NULL AND action <> 'reset' AND seq > reset_seq ORDER BY seq DESC LIMIT 100) AS done
    WHERE policy IS NULL OR (SELECT severity FROM decision WHERE id = done.decision) IS NOT 'none' LIMIT 1
  ), NULL) AS last_action, -- of the newest case, as far back as offence_reset_minutes; not a policy's of the severity 'none'
  iif(has_cases, (
    SELECT iif(now - at <= 60.0 * (SELECT value FROM setting WHERE name = 'offence_reset_minutes'), at, NULL)
    FROM (SELECT at, policy, decision FROM standing
      WHERE undoes IS NULL AND action <> 'reset' AND seq > reset_seq ORDER BY seq DESC LIMIT 100) AS done
    WHERE policy IS NULL OR (SELECT severity FROM decision WHERE id = done.decision) IS NOT 'none' LIMIT 1
  ), NULL) AS last_action_at,
  has_cases AND EXISTS (
    SELECT 1 FROM standing WHERE silences AND coalesce(ends_at, 1e13) > now
  ) AS muted, -- a mute, a timeout or a ban is in force; a reset ends none
  coalesce((SELECT immune FROM immunity WHERE member = about AND seq <= last_seq ORDER BY seq DESC LIMIT 1), 0)
    AS immune,
  coalesce((SELECT rank FROM member WHERE id = about), 0) AS rank,

  -- Spam. `said` is the first assessment of this text, with what is kept of it.
  (
    SELECT count(*) FROM (SELECT 1 FROM assessment
      WHERE member = about AND at > now - (SELECT value FROM setting WHERE name = 'burst_window_s') AND at <= now
        AND seq <= last_seq AND seq > reset_seq
        AND (NOT EXISTS (SELECT 1 FROM assessment AS again WHERE again.member = :member AND again.revision > 0) OR revision = 0)
      LIMIT 100)
  ) AS recent_messages, -- the member's within burst_window_s, this one included
  coalesce((
    SELECT 1 + (
      SELECT count(*) FROM (SELECT seq, member FROM assessment
        WHERE text_key = said.text_key AND seq <= last_seq AND at <= now
          AND at > now - 60.0 * (SELECT value FROM setting WHERE name = 'repeat_window_minutes')
        ORDER BY at DESC LIMIT 100) AS same
      WHERE member = about AND seq > reset_seq AND seq <> said.seq
        AND (NOT EXISTS (SELECT 1 FROM assessment AS again WHERE again.member = :member AND again.revision > 0)
          OR EXISTS (SELECT 1 FROM assessment AS it WHERE it.seq = same.seq AND it.message <> this.message
            AND NOT EXISTS (SELECT 1 FROM assessment AS earlier
              WHERE earlier.message = it.message AND earlier.revision < it.revision AND earlier.text_key = it.text_key))))
    FROM assessment AS said WHERE message = this.message AND revision = this.text_revision AND text_key IS NOT NULL
  ), 0) AS repeats, -- the member's within repeat_window_minutes that say the same, this one included; 0: too short to tell
  coalesce((
    SELECT (
      SELECT count(DISTINCT member) FROM (SELECT * FROM assessment
        WHERE text_key = said.text_key AND seq <= last_seq AND at <= now
          AND at > now - 60.0 * (SELECT value FROM setting WHERE name = 'repeat_window_minutes')
        ORDER BY at DESC LIMIT 100) AS same
      WHERE member <> about
        AND (SELECT channel FROM message WHERE id = same.message) = (SELECT channel FROM message WHERE id = this.message))
    FROM assessment AS said WHERE message = this.message AND revision = this.text_revision AND text_key IS NOT NULL
      AND EXISTS (SELECT 1 FROM (SELECT member FROM assessment -- seldom, and quickly told
        WHERE text_key = said.text_key AND seq <= last_seq AND at <= now
          AND at > now - 60.0 * (SELECT value FROM setting WHERE name = 'repeat_window_minutes')
        ORDER BY at DESC LIMIT 100) WHERE member <> about)
  ), 0) AS repeats_by_others, -- other members who said so in this channel within that time
  coalesce((SELECT links FROM assessment WHERE message = this.message AND revision = this.text_revision), 0) AS links, -- in this message
  coalesce(now - (SELECT at FROM assessment WHERE member = about AND at <= now AND seq <= last_seq ORDER BY at, seq LIMIT 1), 0.0)
    AS member_age_s, -- since the member's first message that is known here
  max(0, (
    SELECT count(*) FROM (SELECT 1 FROM assessment
      WHERE member = about AND at <= now AND seq <= last_seq
        AND (NOT EXISTS (SELECT 1 FROM assessment AS again WHERE again.member = :member AND again.revision > 0) OR revision = 0)
      LIMIT 101)
  ) - 1) AS member_messages, -- before this one
  (
    SELECT count(*) FROM (SELECT 1 FROM arrival
      WHERE newcomer AND channel = (SELECT channel FROM message WHERE id = this.message) AND at > now - 60.0 AND at <= now
        AND seq <= last_seq LIMIT 100)
  ) AS arrivals, -- of newcomers into this message's channel, within a minute
  EXISTS (
    SELECT 1 FROM sanction AS slow
    WHERE action = 'slowmode' AND coalesce(ends_at, 1e13) > now AND at <= now AND seq <= last_seq
      AND (SELECT channel FROM message WHERE id = slow.message) = (SELECT channel FROM message WHERE id = this.message)
      AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = slow.case_no AND undo.seq <= last_seq)
  ) AS slowed, -- a slowmode is in force in this message's channel

  -- Off topic
  this.off_topic AS is_off_topic,
  this.topic AS topic,
  (SELECT count FROM strikes) AS off_topic, -- reminders since the last reset
  (SELECT last_at FROM strikes WHERE count > 0) AS last_reminder_at,
  coalesce((SELECT now - last_at > 60.0 * (SELECT value FROM setting WHERE name = 'topic_cooldown_minutes')
    FROM strikes WHERE count > 0), 1) AS reminder_allowed,
  (SELECT owner FROM notified) AS owner_notified,
  (SELECT count FROM strikes) >= 3 AND NOT (SELECT owner FROM notified) AS owner_due,

  -- Coherence, compared with what was usual before this message
  this.coherence AS coherence,
  this.coherence_flag AS coherence_flag,
  coalesce(usual.baseline_after, begun.baseline, 0.85) AS coherence_baseline,
  coherence_drop(this.coherence, coalesce(usual.baseline_after, begun.baseline, 0.85),
    (SELECT value FROM setting WHERE name = 'coherence_drop'), (SELECT value FROM setting WHERE name = 'coherence_floor'))
    AS coherence_drop, -- NULL: no alert
  coalesce(now - (SELECT at FROM told WHERE kind = 'coherence' AND seq > reset_seq ORDER BY seq DESC LIMIT 1)
    >= 60.0 * (SELECT value FROM setting WHERE name = 'coherence_cooldown_minutes'), 1) AS coherence_alert_allowed,
  (
    SELECT json_group_array(coherence) FROM (
      SELECT * FROM (SELECT seq, coherence FROM assessment
        WHERE member = about AND coherence IS NOT NULL AND seq <= last_seq AND seq > reset_seq
          AND NOT EXISTS (SELECT 1 FROM assessment AS later WHERE later.message = assessment.message
            AND later.coherence IS NOT NULL AND later.seq > assessment.seq AND later.seq <= last_seq)
        ORDER BY seq DESC LIMIT 20)
      ORDER BY seq)
  ) AS coherence_scores, -- JSON: of the newest 20 messages, oldest first

  -- Reputation, flags, the newest verdict about this message as it reads now
  coalesce(newest.after, (SELECT value FROM setting WHERE name = 'neutral')) AS reputation,
  (SELECT count(*) FROM (SELECT 1 FROM flag WHERE member = about AND seq <= last_seq LIMIT 1000)) AS flags,
  judged.outcome AS verdict, -- SAFE, REVIEW, VIOLATION; NULL: nobody was asked, or could be
  judged.violation AS verdict_violation,
  judged.rule AS verdict_rule,
  judged.severity AS verdict_severity,
  judged.confidence AS verdict_confidence,
  (SELECT severity FROM rule WHERE name = judged.rule) AS rule_severity, -- the most it may count as; NULL: no rule of ours
  EXISTS (SELECT 1 FROM rule JOIN rule_exemption ON rule_exemption.rule = number
      JOIN channel ON channel.name = rule_exemption.channel
    WHERE rule.name = judged.rule AND channel.id = (SELECT channel FROM message WHERE id = this.message))
    AS rule_exempt, -- it does not hold in this message's channel
  (SELECT count(*) FROM (SELECT 1 FROM waiting WHERE member = about LIMIT 100)) AS reviews_waiting, -- about the member; more are not told apart
  EXISTS (SELECT 1 FROM waiting WHERE message = this.message) AS in_review, -- this message waits for one

  -- Should a model look at this message, and a heavier one too?
  sampling_rate(coalesce(newest.after, (SELECT value FROM setting WHERE name = 'neutral')), 'text',
    coalesce((SELECT multiplier FROM content_type WHERE name = 'text'), 1.0),
    (SELECT value FROM setting WHERE name = 'high_risk'), (SELECT value FROM setting WHERE name = 'low_risk')) AS sampled_p,
  should_analyze(coalesce(newest.after, (SELECT value FROM setting WHERE name = 'neutral')), 'text',
    iif(this.message IS NULL, NULL, dice((SELECT value FROM setting WHERE name = 'secret'), this.message)),
    coalesce((SELECT multiplier FROM content_type WHERE name = 'text'), 1.0),
    (SELECT value FROM setting WHERE name = 'high_risk'), (SELECT value FROM setting WHERE name = 'low_risk')) AS sampled,
  coalesce(nullif((SELECT value FROM setting WHERE name = 'analysis_cooldown_s'), 0)
    < now - (SELECT at FROM assessment WHERE member = about AND source = 'model' AND seq <= last_seq AND seq > reset_seq
      ORDER BY seq DESC LIMIT 1), 1) AS analysis_allowed,
  coalesce(this.toxicity >= 0.25 OR this.off_topic = 1 OR this.coherence < 0.6, 0) AS second_model,

  -- What people and models keep about the member, for prompts
  (
    SELECT json_group_array(line) FROM (
      SELECT * FROM (
        SELECT id, at, '[' || strftime('%Y-%m-%d %H:%M', at, 'unixepoch') || '] ' || text AS line FROM note
        WHERE member = about AND at <= now AND coalesce(cleared_at >= now, 1)
          AND coalesce((SELECT seq FROM decision WHERE id = note.decision) < last_seq, at < now) -- a decision is yet to write its own
        ORDER BY at DESC, id DESC LIMIT 10
      ) ORDER BY at, id)
  ) AS notes, -- JSON: the newest 10, oldest first
  (SELECT iif(cleared_at < now, NULL, text) FROM profile WHERE member = about AND at < now ORDER BY at DESC, id DESC LIMIT 1)
    AS profile,
  (SELECT json_group_array(name) FROM (SELECT name FROM alias
    WHERE member = about AND at < now AND coalesce(cleared_at >= now, 1) ORDER BY id)) AS aliases -- JSON
FROM warned
  LEFT JOIN assessment AS this ON this.seq = this_seq
  LEFT JOIN assessment AS usual ON usual.seq = (
    SELECT seq FROM assessment
    WHERE member = about AND coherence IS NOT NULL AND seq <= coalesce(this_seq, last_seq) AND seq > reset_seq
      AND message IS NOT this.message
    ORDER BY seq DESC LIMIT 1)
  LEFT JOIN opening AS begun ON begun.seq = (
    SELECT seq FROM opening
    WHERE member = about AND baseline IS NOT NULL AND seq <= coalesce(this_seq, last_seq) AND seq > reset_seq
    ORDER BY seq DESC LIMIT 1)
  LEFT JOIN reputation_change AS newest ON newest.seq =
    (SELECT max(seq) FROM reputation_change WHERE member = about AND seq <= last_seq)
  LEFT JOIN verdict AS judged ON judged.seq =
    (SELECT max(seq) FROM verdict WHERE message = this.message AND seq <= last_seq
      AND seq > iif(this.text_revision = 0, 0,
        (SELECT seq FROM assessment WHERE message = this.message AND revision = this.text_revision)))

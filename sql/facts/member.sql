-- member: what a policy may know about :member at the time :now, from the log up to :seq.
--
-- One row, whoever is asked about. Each part is a look-up, or a walk over a member's last messages or
-- offences; none costs more for a member who has been here longer. A case that was undone up to :seq
-- did not happen, and nothing before the member's last reset did; nothing after :now has happened yet.
-- immune, rank and the settings are as they stand today.
--
-- Each WITH adds columns to the one row of the WITH above it. LIMIT 1 OFFSET 0 keeps SQLite from merging
-- them: merged, a column would be computed again wherever it is used; MATERIALIZED would make a table for
-- each, which costs more than all the look-ups.
WITH
-- The parameters in the order in which callers give them, member_facts(member, now, seq); the settings.
asked AS (
  SELECT :member AS about, :now AS now, :seq AS last_seq,
    (SELECT value FROM setting WHERE name = 'window_size') AS window_size,
    60.0 * (SELECT value FROM setting WHERE name = 'window_minutes') AS window_s,
    (SELECT value FROM setting WHERE name = 'escalation_boost') AS boost,
    60.0 * (SELECT value FROM setting WHERE name = 'offence_reset_minutes') AS reset_s,
    (SELECT value FROM setting WHERE name = 'warning_ttl_s') AS warning_ttl_s,
    60.0 * (SELECT value FROM setting WHERE name = 'warn_cooldown_minutes') AS warn_cooldown_s
  LIMIT 1 OFFSET 0
),
-- The last reset.
since AS (
  SELECT asked.*,
    coalesce((
      SELECT seq FROM sanction
      WHERE member = about AND action = 'reset' AND seq <= last_seq AND at <= now
        AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq <= last_seq)
      ORDER BY seq DESC LIMIT 1
    ), 0) AS reset_seq
  FROM asked LIMIT 1 OFFSET 0
),
-- The newest offence and the newest warning.
sanctioned AS (
  SELECT since.*,
    (
      SELECT seq FROM sanction
      WHERE member = about AND offence
        AND seq <= last_seq AND seq > reset_seq AND at <= now
        AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq <= last_seq)
      ORDER BY seq DESC LIMIT 1
    ) AS offence_seq,
    (
      SELECT seq FROM sanction
      WHERE member = about AND action = 'warn' AND seq <= last_seq AND seq > reset_seq AND at <= now
        AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq <= last_seq)
      ORDER BY seq DESC LIMIT 1
    ) AS warning_seq
  FROM since LIMIT 1 OFFSET 0
),
timed AS (
  SELECT sanctioned.*,
    (SELECT at FROM sanction WHERE seq = offence_seq) AS last_offence_at,
    (SELECT at FROM sanction WHERE seq = warning_seq) AS last_warning_at,
    -- The time of the oldest message that a score of window_size messages reaches back to.
    coalesce((
      SELECT at FROM assessment
      WHERE member = about AND at > now - window_s AND at <= now AND toxicity IS NOT NULL
        AND seq <= last_seq AND seq > reset_seq
        AND NOT EXISTS (SELECT 1 FROM assessment AS newer
          WHERE newer.message = assessment.message AND newer.revision > assessment.revision AND newer.seq <= last_seq)
      ORDER BY at DESC, seq DESC LIMIT 1 OFFSET (SELECT value FROM setting WHERE name = 'window_size') - 1
    ), now - window_s) AS window_from
  FROM sanctioned LIMIT 1 OFFSET 0
),
-- Warned: by a warning newer than the last offence that has not lapsed. Then its time, else NULL.
warned AS (
  SELECT timed.*,
    CASE WHEN warning_seq > coalesce(offence_seq, 0)
      AND (warning_ttl_s = 0 OR now - max(last_warning_at, coalesce(last_offence_at, last_warning_at)) < warning_ttl_s)
      THEN last_warning_at END AS warned_at
  FROM timed LIMIT 1 OFFSET 0
)
SELECT
  (
    SELECT drama_score(toxicity, at, now, warned_at, window_size, window_s, boost)
    FROM (
      SELECT toxicity, at FROM assessment
      WHERE member = about AND at >= window_from AND at <= now AND seq <= last_seq AND seq > reset_seq
        AND NOT EXISTS (SELECT 1 FROM assessment AS newer
          WHERE newer.message = assessment.message AND newer.revision > assessment.revision AND newer.seq <= last_seq)
      ORDER BY at, seq
    )
  ) AS drama,
  coalesce((SELECT toxicity FROM assessment WHERE seq = last_seq AND member = about), (
    SELECT toxicity FROM assessment
    WHERE member = about AND at <= now AND seq <= last_seq AND seq > reset_seq
      AND NOT EXISTS (SELECT 1 FROM assessment AS newer
        WHERE newer.message = assessment.message AND newer.revision > assessment.revision AND newer.seq <= last_seq)
    ORDER BY at DESC, seq DESC LIMIT 1
  ), 0.0) AS toxicity, -- of the message that was assessed at last_seq, else of the newest
  warned_at IS NOT NULL AS warned,
  (
    SELECT offence_count(at, reset_s, now) FROM (
      SELECT at FROM sanction
      WHERE member = about AND offence AND seq <= last_seq AND seq > reset_seq AND at <= now
        AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq <= last_seq)
      ORDER BY seq DESC LIMIT 1000 -- so many in one run are not told apart
    )
  ) AS offences,
  last_warning_at,
  last_offence_at,
  EXISTS (
    SELECT 1 FROM (
      SELECT action, ends_at FROM sanction
      WHERE member = about AND offence AND seq <= last_seq AND at <= now
        AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq <= last_seq)
      ORDER BY seq DESC LIMIT 1000
    ) WHERE (action = 'mute' OR action = 'timeout' OR action = 'ban') AND (ends_at IS NULL OR ends_at > now)
  ) AS muted, -- a mute, a timeout or a ban is in force; a reset ends none
  coalesce((SELECT immune FROM member WHERE id = about), 0) AS immune,
  coalesce((SELECT rank FROM member WHERE id = about), 0) AS rank,
  warn_cooldown_s
FROM warned

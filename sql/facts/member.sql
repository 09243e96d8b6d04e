-- member: what a policy may know about :member at the time :now, from the log up to :seq.
--
-- One row, whoever is asked about. Each part is a look-up or a walk over a member's last messages or
-- sanctions; none costs more for a member who has been here longer. A case that was undone up to :seq
-- did not happen, and nothing before the member's last reset did.
WITH
-- The parameters in the order in which callers give them: member_facts(member, now, seq).
asked(member, now, seq) AS (VALUES (:member, :now, :seq)),
config AS MATERIALIZED (
  SELECT
    (SELECT value FROM setting WHERE name = 'window_size') AS window_size,
    60.0 * (SELECT value FROM setting WHERE name = 'window_minutes') AS window_s,
    (SELECT value FROM setting WHERE name = 'escalation_boost') AS boost,
    60.0 * (SELECT value FROM setting WHERE name = 'offence_reset_minutes') AS reset_s,
    (SELECT value FROM setting WHERE name = 'warning_ttl_s') AS warning_ttl_s,
    60.0 * (SELECT value FROM setting WHERE name = 'warn_cooldown_minutes') AS warn_cooldown_s
),
reset AS MATERIALIZED (
  SELECT coalesce(max(seq), 0) AS seq
  FROM sanction WHERE member = :member AND action = 'reset' AND seq <= :seq
    AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq <= :seq)
),
-- The newest offence (a mute or stronger).
offence AS MATERIALIZED (
  SELECT seq, at
  FROM sanction
  WHERE member = :member AND action IN ('mute', 'timeout', 'kick', 'ban', 'shadow_ban')
    AND seq <= :seq AND seq > (SELECT seq FROM reset)
    AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq <= :seq)
  ORDER BY seq DESC LIMIT 1
),
-- The newest warning.
warning AS MATERIALIZED (
  SELECT seq, at
  FROM sanction
  WHERE member = :member AND action = 'warn' AND seq <= :seq AND seq > (SELECT seq FROM reset)
    AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq <= :seq)
  ORDER BY seq DESC LIMIT 1
),
-- Warned: by a warning newer than the last offence that has not lapsed. Then its time, else NULL.
warned AS MATERIALIZED (
  SELECT (
    SELECT warning.at FROM warning
    WHERE warning.seq > coalesce((SELECT seq FROM offence), 0)
      AND (warning_ttl_s = 0
        OR :now - max(warning.at, coalesce((SELECT at FROM offence), warning.at)) < warning_ttl_s)
  ) AS at
  FROM config
),
-- The time of the oldest message that a score of window_size messages reaches back to.
window_start AS MATERIALIZED (
  SELECT coalesce((
    SELECT at FROM assessment
    WHERE member = :member AND at > :now - window_s AND at <= :now
      AND seq <= :seq AND seq > (SELECT seq FROM reset)
      AND NOT EXISTS (SELECT 1 FROM assessment AS newer
        WHERE newer.message = assessment.message AND newer.revision > assessment.revision AND newer.seq <= :seq)
    ORDER BY at DESC, seq DESC LIMIT 1 OFFSET (SELECT value FROM setting WHERE name = 'window_size') - 1
  ), :now - window_s) AS at
  FROM config
)
SELECT
  (
    SELECT drama_score(toxicity, at, :now, (SELECT at FROM warned), window_size, window_s, boost)
    FROM (
      SELECT toxicity, at FROM assessment
      WHERE member = :member AND at >= (SELECT at FROM window_start) AND at <= :now
        AND seq <= :seq AND seq > (SELECT seq FROM reset)
        AND NOT EXISTS (SELECT 1 FROM assessment AS newer
          WHERE newer.message = assessment.message AND newer.revision > assessment.revision AND newer.seq <= :seq)
      ORDER BY at, seq
    )
  ) AS drama,
  coalesce((
    SELECT toxicity FROM assessment
    WHERE member = :member AND at <= :now AND seq <= :seq AND seq > (SELECT seq FROM reset)
      AND NOT EXISTS (SELECT 1 FROM assessment AS newer
        WHERE newer.message = assessment.message AND newer.revision > assessment.revision AND newer.seq <= :seq)
    ORDER BY at DESC, seq DESC LIMIT 1
  ), 0.0) AS toxicity, -- of the newest message
  (SELECT at FROM warned) IS NOT NULL AS warned,
  (
    SELECT offence_count(at, reset_s, :now)
    FROM sanction
    WHERE member = :member AND action IN ('mute', 'timeout', 'kick', 'ban', 'shadow_ban')
      AND seq <= :seq AND seq > (SELECT seq FROM reset)
      AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq <= :seq)
  ) AS offences,
  (SELECT at FROM warning) AS last_warning_at,
  (SELECT at FROM offence) AS last_offence_at,
  EXISTS (
    SELECT 1 FROM sanction
    WHERE member = :member AND action IN ('mute', 'timeout', 'kick', 'ban', 'shadow_ban')
      AND action IN ('mute', 'timeout', 'ban') AND (ends_at IS NULL OR ends_at > :now)
      AND seq <= :seq AND seq > (SELECT seq FROM reset)
      AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = sanction.case_no AND undo.seq <= :seq)
  ) AS muted, -- a mute, a timeout or a ban is in force
  coalesce((SELECT immune FROM member WHERE id = :member), 0) AS immune,
  coalesce((SELECT rank FROM member WHERE id = :member), 0) AS rank,
  warn_cooldown_s
FROM config

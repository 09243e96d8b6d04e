-- Who is shadow banned, how far it has come, and what was done about it.
-- Parameters: :now (Unix seconds; else the current time), :limit (rows of the history; else 20).

-- Shadow bans, those that have come furthest first
SELECT name, bar, stage, phase, next_phase_in AS "next phase in", answered, lift_at_utc AS "lift (UTC)", revoked,
  initiated_by AS "by", reason, case_no AS "case", mode
FROM shadow_ban_status WHERE now = coalesce(:now, (julianday('now') - 2440587.5) * 86400.0)
ORDER BY progress DESC, name;

-- What was done, the newest first
SELECT datetime(at, 'unixepoch') AS "at (UTC)",
  display(coalesce((SELECT name FROM member AS known
    WHERE known.id = shadow_ban_audit.member AND typeof(shadow_ban_audit.member) = 'integer'), member)) AS name, action,
  display(CASE typeof(before) WHEN 'real' THEN printf(iif(action = 'lift_at', '%.0f', '%.2f'), before) ELSE before END) AS "from",
  display(CASE typeof(after) WHEN 'real' THEN printf(iif(action = 'lift_at', '%.0f', '%.2f'), after) ELSE after END) AS "to",
  display(coalesce((SELECT name FROM member AS known
    WHERE known.id = shadow_ban_audit.actor AND typeof(shadow_ban_audit.actor) = 'integer'), actor)) AS "by",
  display(why) AS why
FROM shadow_ban_audit WHERE at <= coalesce(:now, 1e12)
ORDER BY id DESC LIMIT coalesce(:limit, 20);

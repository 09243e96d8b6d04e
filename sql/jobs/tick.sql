-- What is due with time: shadow bans begin, are lifted, take the USE bit at progress 1; claims of reviews lapse.
-- Parameters: :now. A ban ends at lift_at, or when its case is undone and no other case of it stands. While shadow_ban_mode is off none
-- begins, and nothing is taken.

-- Run
SELECT :now AS now, NULL AS through_at, 0 AS skipped;

-- Items: what ends comes before what begins, so that a new case after an undo has a ban of its own
WITH mode AS (SELECT value <> 'off' AS is_on FROM setting WHERE name = 'shadow_ban_mode')
SELECT member, due, NULL AS case_no FROM shadow_ban, mode WHERE now = :now AND (due = 'lift' OR (due = 'revoke' AND is_on))
UNION ALL
SELECT shadow_ban.member, 'undo', max(undo.case_no) FROM shadow_ban JOIN shadow_ban_case ON ban = shadow_ban.rowid
  JOIN sanction AS undo ON undo.undoes = shadow_ban_case.case_no
WHERE now = :now AND due IS NOT 'lift'
  AND NOT EXISTS (SELECT 1 FROM shadow_ban_case AS other WHERE other.ban = shadow_ban.rowid
    AND NOT EXISTS (SELECT 1 FROM sanction AS undone WHERE undone.undoes = other.case_no))
GROUP BY shadow_ban.member
UNION ALL
SELECT member, 'start', case_no FROM sanction AS begun
WHERE action = 'shadow_ban' AND (SELECT is_on FROM mode)
  AND NOT EXISTS (SELECT 1 FROM shadow_ban_case WHERE shadow_ban_case.case_no = begun.case_no)
  AND NOT EXISTS (SELECT 1 FROM sanction AS undo WHERE undo.undoes = begun.case_no)
UNION ALL
SELECT member, 'unclaim', id FROM review WHERE outcome IS NULL AND claimed_until <= :now;

-- Each: who claimed a review and did not decide has it no more; :case_no is the review's number
UPDATE review SET claimed_by = NULL WHERE :due = 'unclaim' AND id = :case_no;

-- Each: a member who is banned already goes on to be, and has the case, too
INSERT OR IGNORE INTO shadow_ban (member, started_at, duration_days, lift_at, reason, now, why)
SELECT member, at, duration_s / 86400.0, ends_at, reason, :now, 'case ' || case_no FROM sanction
WHERE :due = 'start' AND case_no = :case_no;

-- Each: and until the later of the two ends
UPDATE shadow_ban SET why = 'case ' || :case_no,
  lift_at = (SELECT iif(ends_at IS NULL, NULL, max(ends_at, shadow_ban.lift_at)) FROM sanction WHERE case_no = :case_no)
WHERE :due = 'start' AND member = :member AND now = :now AND lift_at IS NOT NULL;

-- Each
INSERT INTO shadow_ban_case (case_no, ban) SELECT :case_no, rowid FROM shadow_ban WHERE :due = 'start' AND member = :member;

-- Each: what is due, also of a ban that has just begun: its case may be of long ago
UPDATE shadow_ban SET lifted = :due = 'undo' OR due = 'lift', revoked = max(revoked, :due <> 'undo' AND due = 'revoke'),
  why = CASE WHEN :due = 'undo' THEN 'case ' || :case_no WHEN due = 'lift' THEN 'tick: lift_at' ELSE 'tick: progress 1' END
WHERE :due <> 'unclaim' AND member = :member AND now = :now AND (:due = 'undo' OR due IS NOT NULL);

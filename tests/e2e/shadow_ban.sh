#!/bin/sh
# Shadow bans in a community: cases that begin and end them, the job tick, the modes, the report.
. "$(dirname "$0")/tap.sh"
sql() { shell chat.db "PRAGMA foreign_keys = ON; $1" 2>&1; }
plain() { sqlite3 -batch chat.db "PRAGMA foreign_keys = ON; $1" 2>&1; }
tick() { "$decorum" job chat.db tick --now "$1" 2>&1; }
bans() { sql "SELECT member, phase, revoked FROM shadow_ban WHERE now = $1"; }
day=86400
"$decorum" init -q chat.db
plain "INSERT INTO member(id, name, minor, paying) VALUES (1, 'ann', 0, 0), (2, 'bob', 0, 0), (3, 'kid', 1, 0), (4, 'cust', 0, 1), (5, 'boss', 0, 0)"
sql "INSERT INTO privilege VALUES (1, privilege_bit('SHADOW_BAN_ADMIN') | privilege_bit('USE')), (5, privilege_bit('GUILD_ADMIN'))"

# What the mode forbids
matches "$(plain "INSERT INTO sanction(member, action, reason) VALUES (2, 'shadow_ban', 'floods')")" \
  "*shadow bans are off in this community*" "off: nobody is shadow banned"
fails_with "decorum: init: chat.db: covert needs it on record that the rules announce it: *" "covert" "$decorum" init chat.db --set shadow_ban_mode=covert
is "$("$decorum" init chat.db --set shadow_ban_mode=honest | head -n 1)" "shadow_ban_mode: honest, was off" "honest is for the asking"
matches "$(plain "INSERT INTO sanction(member, action, reason) VALUES (5, 'shadow_ban', 'floods')")" \
  "*admins cannot be shadow banned*" "an admin has no such case"
for wrong in "duration_s) VALUES (2, 'shadow_ban', 0, 'x', 0" "ends_at) VALUES (2, 'shadow_ban', 100, 'x', 100"; do
  matches "$(plain "INSERT INTO sanction(member, action, at, reason, $wrong)")" \
    "*a shadow ban takes some time to grow, and is lifted after it starts*" "a case that could not begin: $wrong"
done
matches "$(plain "INSERT INTO sanction(member, action, reason) VALUES (2, 'shadow_ban', char(9, 10, 32))")" \
  "*a sanction needs a reason*" "nor one whose reason is blank as the table shadow_ban takes it"
matches "$(plain "INSERT INTO sanction(member, action, duration_s, reason) VALUES (2, 'shadow_ban', 1e-320, 'x')")" \
  "*a shadow ban takes some time to grow*" "nor one of no days"
is "$(plain "SELECT count(*) FROM sanction")" 0 "what is refused is no case"

# A case begins a ban with the next tick, from its own time on
plain "INSERT INTO sanction(member, action, moderator, at, reason) VALUES (2, 'shadow_ban', 'ann', 1000, 'floods');
  INSERT INTO sanction(member, action, moderator, at, duration_s, ends_at, reason) VALUES (3, 'shadow_ban', 'ann', 1000, 4 * $day, 1000 + 10 * $day, 'floods')"
is "$(tick 1060)" "tick: 2 done, 0 skipped, 0 failed" "tick: bans begin"
is "$(tick 1060)" "tick: 0 done, 0 skipped, 0 failed" "tick: once"
is "$(sql "SELECT member, started_at, duration_days, lift_at, reason FROM shadow_ban")" "2|1000.0|15.0||floods
3|1000.0|4.0|865000.0|floods" "with the case's time, duration and end"
is "$(sql "SELECT member, ends_at FROM sanction ORDER BY case_no")" "2|
3|865000.0" "the case of a shadow ban has no end but the lift"
is "$(sql "SELECT name, action FROM open_sanction")" "bob|shadow_ban
kid|shadow_ban" "its case is open"
is "$(sql "SELECT action, why FROM shadow_ban_audit")" "start|case 1
start|case 2" "the audit names the case"

# Revocation and lift, also of who is silent
is "$(bans $((1000 + 4 * day)))" "2|drops|0
3|banned|0" "four days later"
is "$(tick $((1000 + 4 * day)))" "tick: 1 done, 0 skipped, 0 failed" "tick: access is taken at progress 1"
is "$(bans $((1000 + 4 * day))); $(sql "SELECT member, mask FROM privilege WHERE member = 3")" "2|drops|0
3|banned|1; 3|0" "and that is known"
sql "UPDATE privilege SET mask = mask | privilege_bit('USE') WHERE member = 3"
is "$(tick $((1060 + 4 * day)))" "tick: 0 done, 0 skipped, 0 failed" "tick: once, also if somebody gives it back by hand"
sql "UPDATE privilege SET mask = mask & ~privilege_bit('USE') WHERE member = 3"
is "$(tick $((1000 + 10 * day)))" "tick: 1 done, 0 skipped, 0 failed" "tick: the ban is lifted at its time"
is "$(bans $((1000 + 10 * day))); $(sql "SELECT privilege_names(mask) FROM privilege WHERE member = 3")" "2|fake_503|0; USE" "and access is back"
is "$(sql "SELECT name FROM open_sanction")" "bob" "its case is not open any more"
is "$(tick $((1060 + 10 * day)))" "tick: 0 done, 0 skipped, 0 failed" "tick: no case begins a second ban"

# Undo
plain "INSERT INTO sanction(action, undoes, moderator, reason) VALUES ('undo', 1, 'ann', 'mistaken')"
is "$(tick $((1060 + 10 * day)))" "tick: 1 done, 0 skipped, 0 failed" "tick: what is undone is lifted"
is "$(bans $((1060 + 10 * day))); $(sql "SELECT action, why FROM shadow_ban_audit ORDER BY id DESC LIMIT 1")" "; lift|case 3" "with the undo's case"
plain "INSERT INTO sanction(member, action, at, reason) VALUES (2, 'shadow_ban', 1000, 'again');
  INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 4, 'mistaken')"
is "$(tick $((1060 + 10 * day)))" "tick: 0 done, 0 skipped, 0 failed" "tick: what is undone before it began does not begin"

# A ban that stands already, and one that was started by hand
now=$((20 * day))
sql "INSERT INTO shadow_ban(member, initiated_by, reason, now) VALUES (2, 1, 'by hand', $now)"
plain "INSERT INTO sanction(member, action, at, reason) VALUES (2, 'shadow_ban', $now + 50, 'and a case')"
is "$(tick $((now + 60)))" "tick: 1 done, 0 skipped, 0 failed" "tick: a case about who is banned already"
is "$(sql "SELECT started_at, reason, initiated_by, case_no FROM shadow_ban_status")" "1728000.0|by hand|ann|6" "leaves the ban as it is, and belongs to it"
sql "DELETE FROM shadow_ban"
is "$(tick $((now + 120)))" "tick: 0 done, 0 skipped, 0 failed" "tick: it does not begin again when it is lifted"

# The later of two ends
sql "INSERT INTO sanction(member, action, at, ends_at, reason) VALUES (4, 'shadow_ban', $now, $now + 500, 'for a while')"
tick $((now + 121)) >/dev/null
sql "INSERT INTO sanction(member, action, at, ends_at, reason) VALUES (4, 'shadow_ban', $now + 120, $now + 300, 'shorter')"
tick $((now + 122)) >/dev/null
is "$(sql "SELECT lift_at - $now FROM shadow_ban")" "500.0" "a second case does not shorten a ban"
sql "INSERT INTO sanction(member, action, at, reason) VALUES (4, 'shadow_ban', $now + 122, 'for good')"
tick $((now + 123)) >/dev/null
is "$(sql "SELECT lift_at IS NULL, started_at - $now FROM shadow_ban")" "1|0.0" "and one for good makes it so"
matches "$(sql "DELETE FROM shadow_ban_case")$(sql "UPDATE shadow_ban_case SET ban = 1")" "*are kept*does not change*" "which case a ban has stays"
sql "DELETE FROM shadow_ban"

# Off again: nothing begins, nothing is taken; what ends, ends
sql "INSERT INTO sanction(member, action, at, reason) VALUES (2, 'shadow_ban', $now, 'x');
  INSERT INTO shadow_ban(member, reason, now, stage) VALUES (1, 'x', $now, 5);
  INSERT INTO shadow_ban(member, reason, now, lift_at) VALUES (4, 'x', $now, $now + 10)"
"$decorum" init -q chat.db --set shadow_ban_mode=off
is "$(tick $((now + 180))); $(bans $now)" "tick: 1 done, 0 skipped, 0 failed; 1|banned|0" "off: tick lifts, and nothing else"
"$decorum" init -q chat.db --set shadow_ban_mode=honest
is "$(tick $((now + 240))); $(bans $now)" "tick: 2 done, 0 skipped, 0 failed; 1|banned|1
2|latency|0" "on again: it catches up"
sql "DELETE FROM shadow_ban"

# Covert
plain "INSERT INTO acknowledgement(subject, moderator, statement) VALUES ('covert shadow bans', 'ann', 'rule 7')"
"$decorum" init -q chat.db --set shadow_ban_mode=covert
for who in 3 4; do
  matches "$(plain "INSERT INTO sanction(member, action, reason) VALUES ($who, 'shadow_ban', 'x')")" \
    "*members who are marked as minors or paying are not shadow banned covertly*" "covert: member $who is not"
done
sql "INSERT INTO shadow_ban(member, reason, now) VALUES (2, 'x', $now), (3, 'x', $now), ('guest', 'x', $now)"
is "$(sql "SELECT name, mode FROM shadow_ban_status")" "bob|covert
kid|honest
guest|covert" "covert: not with minors"

# One that fails stops nobody else
sql "UPDATE shadow_ban SET stage = 5 WHERE now = $now; CREATE TRIGGER broken BEFORE INSERT ON privilege WHEN NEW.member = 2 BEGIN SELECT RAISE(ABORT, 'disk of bob'); END"
"$decorum" job chat.db tick --now $((now + 300)) >out 2>err
is "$? $(cat out)" "1 tick: 1 done, 0 skipped, 2 failed" "tick: a failure stops nobody else, and is told by the status"
matches "$(cat err)" "*member 2: shadow_ban: *disk of bob*member guest: shadow_ban: *" "tick: with its cause, also of who is no member"
is "$(bans $((now + 300)))" "2|banned|0
3|banned|1
guest|banned|0" "and what failed has left nothing"
sql "INSERT INTO shadow_ban(member, reason, now, lift_at) VALUES (CAST(x'67ff' AS TEXT), 'x', $now, $now + 10);
  CREATE TRIGGER unlifted BEFORE INSERT ON shadow_ban_audit WHEN NEW.action = 'lift' BEGIN SELECT RAISE(ABORT, 'stays'); END"
matches "$(tick $((now + 300)))" "tick: 0 done, 0 skipped, 3 failed*member g[?]: *stays*" "tick: nor does a name that is not UTF-8"
is "$(sql "SELECT json_valid(errors) FROM job_run ORDER BY id DESC LIMIT 1")" 1 "and the record of it can be read"
sql "DROP TRIGGER unlifted; DELETE FROM shadow_ban WHERE member = CAST(x'67ff' AS TEXT); DELETE FROM shadow_ban_audit WHERE member = CAST(x'67ff' AS TEXT)"

# One tick does all that is due: a case that a late tick begins may be over, or at progress 1, and an undo and a new case are two bans
"$decorum" init -q late.db --set shadow_ban_mode=honest
late() { shell late.db "PRAGMA foreign_keys = ON; $1" 2>&1; }
tick_late() { "$decorum" job late.db tick --now "$1" 2>&1; }
late "INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob'), (3, 'cy');
  INSERT INTO sanction(member, action, at, ends_at, reason) VALUES (1, 'shadow_ban', 1000, 2000, 'over'), (2, 'shadow_ban', 1000, NULL, 'at the end'), (3, 'shadow_ban', $((20 * day)), NULL, 'wrong')"
is "$(tick_late $((20 * day))); $(tick_late $((20 * day)))" "tick: 3 done, 0 skipped, 0 failed; tick: 0 done, 0 skipped, 0 failed" "a late tick leaves nothing to the next"
is "$(late "SELECT member, action, why FROM shadow_ban_audit ORDER BY member, id; SELECT member, revoked FROM shadow_ban; SELECT member, mask FROM privilege")" "1|start|case 1
1|lift|tick: lift_at
2|start|case 2
2|revoked|tick: progress 1
3|start|case 3
2|1
3|0
2|0" "what is over has been, and who is at the end has lost access"
late "INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 3, 'mistaken');
  INSERT INTO sanction(member, action, at, duration_s, reason) VALUES (3, 'shadow_ban', $((20 * day)) + 10, 4 * $day, 'right')"
is "$(tick_late $((20 * day + 60)))" "tick: 2 done, 0 skipped, 0 failed" "an undo and a new case, between two ticks"
is "$(late "SELECT reason, duration_days FROM shadow_ban WHERE member = 3; SELECT name, case_no FROM open_sanction WHERE member = 3")" "right|4.0
cy|5" "the new case has its own ban"

# A second case about who is banned keeps the ban when the first is undone, and the other way round
late "INSERT INTO sanction(member, action, at, reason) VALUES (3, 'shadow_ban', $((20 * day)) + 70, 'the same again')"
is "$(tick_late $((20 * day + 120)))" "tick: 1 done, 0 skipped, 0 failed" "a second case"
late "INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 5, 'twice')"
is "$(tick_late $((20 * day + 180)))" "tick: 0 done, 0 skipped, 0 failed" "the first is undone, the second stands"
is "$(late "SELECT reason, case_no FROM shadow_ban_status WHERE name = 'cy'; SELECT case_no FROM open_sanction WHERE name = 'cy'")" "right|6
6" "and so does the ban, of the case that stands"
late "INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 6, 'that too')"
is "$(tick_late $((20 * day + 240))); $(late "SELECT count(*) FROM shadow_ban WHERE member = 3; SELECT why FROM shadow_ban_audit ORDER BY id DESC LIMIT 1")" \
  "tick: 1 done, 0 skipped, 0 failed; 0
case 8" "until all are undone"
late "INSERT INTO sanction(member, action, at, ends_at, reason) VALUES (3, 'shadow_ban', $((20 * day)), $((21 * day)), 'a day')"
tick_late $((20 * day + 300)) >out
late "UPDATE shadow_ban SET lift_at = NULL WHERE member = 3"
echo '{"type":"message","id":"1","channel":"#c","member":"u1","at":2000000,"text":"hi"}' >later.jsonl
"$decorum" replay -q late.db later.jsonl
is "$(late "SELECT case_no FROM open_sanction WHERE name = 'cy'")" 9 "a case is open while its ban stands, also past the end that it was given"

# Report
is "$("$decorum" report chat.db shadow_bans --format csv now=$((now + 300)) limit=2 | tr -d '\r')" "name,bar,stage,phase,next phase in,answered,lift (UTC),revoked,by,reason,case,mode
bob,██████████ 100 %,5.00,banned,,0 %,,0,the owner,x,,covert
guest,██████████ 100 %,5.00,banned,,0 %,,0,the owner,x,,covert
kid,██████████ 100 %,5.00,banned,,0 %,,1,the owner,x,,honest

at (UTC),name,action,from,to,by,why
1970-01-21 00:05:00,kid,revoked,0,1,,tick: progress 1
1970-01-21 00:00:00,guest,stage,1.00,5.00,," "the report"

sql "INSERT INTO shadow_ban(member, reason, now) VALUES ('2', 'x', $now + 400)"
is "$("$decorum" report chat.db shadow_bans --format csv now=$((now + 400)) limit=1 | tail -n 1 | tr -d '\r')" "1970-01-21 00:06:40,2,start,,1.00,,x" \
  "what was done to the TEXT '2' was not done to member 2"
sql "DELETE FROM shadow_ban WHERE member = '2'"

# What there is to do is found without a look at every case
items=$(sed -n '/^-- Items/,/;$/p' "$root/sql/jobs/tick.sql" | sed '1d')
is "$(sql "EXPLAIN QUERY PLAN $items" | grep -E '(begun|undo|shadow_ban_case) ' | sed 's/.*--//')" "SEARCH shadow_ban_case USING COVERING INDEX shadow_ban_case_ban (ban=?)
SEARCH undo USING INDEX sanction_undoes (undoes=?)
SCAN begun USING INDEX sanction_shadow_ban
SEARCH shadow_ban_case USING INTEGER PRIMARY KEY (rowid=?)
SEARCH undo USING COVERING INDEX sanction_undoes (undoes=?)" "a tick reads the cases of shadow bans, not all"

# A what-if has the bans as they stand, and their cases by its own numbers
"$decorum" replay -q chat.db --into what-if.db
state() { shell "$1" "SELECT * FROM shadow_ban_state; SELECT * FROM shadow_ban_audit; SELECT * FROM privilege; SELECT * FROM shadow_ban_case"; }
is "$(state what-if.db)" "$(state chat.db)" "a what-if has the same bans"
finish

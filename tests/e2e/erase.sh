#!/bin/sh
# decorum erase: after it no byte of the file is the member's text, name or note; counts and cases stay; what concerns children
# and who is banned is held back.
. "$(dirname "$0")/tap.sh"

# Ann, who is called much else besides; Bob and Cat, who speak of her. Every text of hers has a word with zq in it.
cat >chat.jsonl <<'END'
{"type":"message","id":"1","at":1000,"channel":"#lobby","member":"ann_zq","name":"Änn_zq","text":"zqfirst hello"}
{"type":"message","id":"2","at":1010,"channel":"#lobby","member":"ann_zq","text":"you idiot, zqsecond"}
{"type":"message","id":"3","at":1020,"channel":"#lobby","member":"bob","text":"Ann_ZQ: what do you mean, änn_zq? and ann_zqueen"}
{"type":"edit","id":"1","at":1030,"channel":"#lobby","member":"ann_zq","text":"zqedited hello"}
{"type":"message","id":"4","at":1040,"channel":"#lobby","member":"cat","text":"plain words"}
{"type":"message","id":"m-ann_zq-5","at":1050,"channel":"#lobby","member":"ann_zq","text":"zqfifth"}
END
make() {
  rm -f "$1" "$1"-*
  "$decorum" init -q "$1" --set shadow_ban_mode=honest
  "$decorum" replay -q "$1" chat.jsonl
  shell "$1" >/dev/null <<'END'
PRAGMA secure_delete = OFF;
PRAGMA foreign_keys = ON;
INSERT INTO account VALUES ('irc', 'account:zqlogin', 1);
INSERT INTO presence VALUES ('irc', 'zqaway', 1, 'zqhost.example.org');
INSERT INTO connection(platform, moderators, since) VALUES ('irc', '#mods', 0), ('jsonl', '#mods', 0);
INSERT INTO alias(member, name, folded, author) VALUES (1, 'Old Zqueline', fold('Old Zqueline'), 'bob'), (2, 'robert', 'robert', 'ann_zq');
INSERT INTO note(member, author, text) VALUES (1, 'bob', 'zqnote of ann'), (2, 'Ann_zq', 'bob quarrels with Old Zqueline'), (3, 'bob', 'no relation');
INSERT INTO note(member, author, text) VALUES (1, 'bob', 'zqcleared');
UPDATE note SET cleared_at = 1, cleared_by = 'ann_zq' WHERE text = 'zqcleared';
INSERT INTO profile(member, author, text) VALUES (1, 'model', 'zqprofile');
INSERT INTO sanction(member, action, duration_s, at, reason, moderator, message) VALUES (1, 'mute', 600, 1100, 'zqreason', 'bob', 2);
INSERT INTO sanction(member, action, at, reason, moderator) VALUES (2, 'warn', 1100, 'was rude to zqaway', 'ann_zq');
INSERT INTO sanction(member, action, at, reason, event) VALUES (1, 'kick', 1100, 'zqkick', 'irc kick-zqaway-1');
INSERT INTO case_note(case_no, author, text) VALUES (1, 'bob', 'zqcasenote'), (2, 'ann_zq', 'seen by zqlogin');
INSERT INTO appeal(case_no, text) VALUES (1, 'zqappeal');
INSERT INTO reputation_change(member, after, moderator, reason) VALUES (1, 40, 'ann_zq', 'zqreputation');
INSERT INTO immunity(member, immune, moderator, reason) VALUES (1, 0, 'ann_zq', 'zqimmunity'), (2, 1, 'ann_zq', 'as ann_zq says');
INSERT INTO flag(message, reporter, type, comment) VALUES (4, 1, 'SPAM', 'zqflag'), (2, 2, 'HARASSMENT', 'zqflagged'), (5, 3, 'OTHER', NULL);
UPDATE review SET claimed_by = 'ann_zq' WHERE flag = 1;
INSERT INTO verdict(message, member, at, source, violation, rule, severity, confidence, explanation) VALUES (2, 1, 1010, 'model', 1, 'harassment', 'high', 90, 'zqverdict');
INSERT INTO assessment(seq, message, revision, text_revision, member, at, source, toxicity, coherence, coherence_flag, off_topic, topic)
  SELECT seq, 2, 1, 0, 1, 1010, 'model', 0.8, 0.4, 'zqflagword', 1, 'zqtopic' FROM next_seq;
INSERT INTO notification(member, at, kind, message, details) VALUES (1, 1200, 'coherence', 2, '{"baseline":0.8,"current":0.4,"drop":0.4,"flag":"zqflagword"}');
INSERT INTO mode_change(mode, moderator, reason) VALUES ('observe', 'ann_zq', 'asked by Old Zqueline');
INSERT INTO acknowledgement(subject, moderator, statement) VALUES ('covert shadow bans', 'ANN_ZQ', 'rule 7, as ann_zq wrote');
INSERT INTO decision(id, seq, message, member, at, policy, action, reason, mode, trace, facts) VALUES
  (900, 1, 2, 1, 1010, 'ladder@1', 'warn', 'zqdecision', 'observe', '{"zqtrace":1}', '{"zqfacts":1}');
INSERT INTO decision(id, seq, message, member, at, policy, mode, error) VALUES (901, 1, 2, 1, 1010, 'ladder@1', 'observe', 'zqerror');
INSERT INTO decision(id, seq, message, member, at, policy, action, reason, mode, facts) VALUES
  (902, 1, 4, 3, 1010, 'ladder@1', 'warn', 'like Änn_zq', 'observe', '{"notes":"says \"ann_zq\""}');
UPDATE outbox SET state = 'done', ended_at = 1101, outcome = 'zqoutcome', marks = '["#lobby +b *!*@zqhost.example.org","#lobby -v zqaway","zqmark"]'
  WHERE case_no = 1 AND call = 'mute' AND platform = 'irc';
INSERT INTO outbox(key, platform, call, member, channel, text, due_at) VALUES ('answer 1', 'irc', 'dm', 1, 'zqaway', 'zqanswer', 1000), ('answer zqaway 2', 'irc', 'say', 2, '#mods', 'muted ANN_ZQ', 1000);
INSERT INTO outbox(key, platform, call, text, recipient, due_at) VALUES ('answer 3', 'irc', 'dm', 'zqreply', 'zqaway', 1000);
INSERT INTO arrival(channel, at, newcomer, event) VALUES (1, 1000, 1, 'irc join zqaway 1'), (1, 1000, 1, 'irc join bob 1');
INSERT INTO job_run(job, at, errors) VALUES ('decay', 1000, '[{"member":1,"cause":"zqcause"},{"member":2,"cause":"like ann_zq"},{"member":3,"cause":"x"}]');
INSERT INTO opening(member, at, platform, platform_id, baseline) VALUES (1, 900, 'irc', 'zqopening', 0.7);
INSERT INTO channel(platform, name) VALUES ('irc', 'zqaway');
INSERT INTO shadow_ban(member, reason, now, why) VALUES (1, 'zqshadow', 1000, 'zqwhy'), ('zqaway', 'zqshadow2', 1000, 'zqwhy2');
UPDATE shadow_ban SET lifted = 1, why = 'zqlifted' WHERE member = 1 AND now = 1100;
-- what SQLite leaves behind of rows that are changed or gone
CREATE TABLE gone (x); INSERT INTO gone SELECT 'zqgone ' || hex(randomblob(500)) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 50) SELECT i FROM n); DROP TABLE gone;
PRAGMA wal_checkpoint(TRUNCATE);
END
}
# search FILE...: the bytes that are hers, with what stands around them. What Cat is called is another name.
search() { grep -aoiE "[a-z0-9_' -]*zq[a-z0-9]*" "$@" 2>/dev/null | sed 's/^[^:]*://' | grep -v ' ann_zqueen$' | sort -u | tr '\n' ';'; }
make chat.db
matches "$(search chat.db)" "*zqedited*" "her words are there"
ok "$(grep -aq zqgone chat.db; echo $?)" "also those that are in no row any more"
cp chat.db original.db
rows() { sqlite3 "$1" "SELECT count(*) FROM message; SELECT count(*) FROM assessment; SELECT sum(toxicity) FROM assessment; SELECT group_concat(case_no || action || at) FROM sanction;
  SELECT count(*) FROM decision; SELECT count(*) FROM flag; SELECT seq FROM next_seq; SELECT group_concat(after) FROM reputation_change;
  SELECT group_concat(type || name) FROM sqlite_schema WHERE name NOT IN ('erasure', 'sqlite_stat1') AND type <> 'table'" | tr ',' '\n' | sort; }
rows chat.db >before

"$decorum" erase chat.db --member Änn_zq --dry-run >dry 2>&1
is "$? $(grep -cE '^member 1: what would go$|^  texts: 3$|^  names in what others said: 1$' dry) $(sqlite3 chat.db "SELECT count(*) FROM erasure")" "0 3 0" \
  "a dry run tells what would go"
matches "$(search chat.db)" "*zqedited*" "and nothing went"

# In use: what was written last is in the -wal, which stays while somebody has the file open.
cat >session.sql <<END
INSERT INTO note(member, author, text) VALUES (1, 'bob', 'zqlate');
.shell [ -s chat.db-wal ] || echo "no wal"; "$decorum" erase chat.db --member ann_zq --by ANN_ZQ --reason "asked for it, as Old Zqueline" >out 2>err; echo \$? >status; cat chat.db* >bytes; stat -c %s chat.db-wal >size
END
is "$(sqlite3 chat.db <session.sql; cat status err size)" "0
0" "done while another has it open, and the -wal is empty"
is "$(search bytes chat.db)" "" "no byte of hers is left"
sed '/^  texts: /s/4/3/' dry | sed 's/what would go/forgotten; what went/' | diff - out >difference
is "$(grep '^[<>]' difference)" "<   notes: 2
>   notes: 3" "what went is what the dry run said, and the late note"
is "$("$decorum" check chat.db)" "chat.db: nothing found" "the file is whole"
rows chat.db | diff before - >difference
is "$(grep '^[<>]' difference)" "" "messages, scores, cases, flags, the log and all that protects them stay" "$(cat difference)"
is "$(sqlite3 chat.db "SELECT name FROM member ORDER BY id; SELECT text FROM message_text; SELECT author || ': ' || text FROM note WHERE member > 1; SELECT moderator FROM sanction WHERE member = 2;
  SELECT text FROM case_note; SELECT details FROM notification; SELECT errors FROM job_run; SELECT platform_id FROM message WHERE platform_id GLOB 'hash:*' OR length(platform_id) = 1;
  SELECT author || ' ' || name FROM alias; SELECT facts FROM decision WHERE id = 902")" "member 1
bob
cat


member 1: what do you mean, member 1? and ann_zqueen
plain words

member 1: bob quarrels with member 1
bob: no relation
member 1
erased
seen by member 1
{\"baseline\":0.8,\"current\":0.4,\"drop\":0.4,\"flag\":null}
[{\"member\":1,\"cause\":\"erased\"},{\"member\":2,\"cause\":\"like member 1\"},{\"member\":3,\"cause\":\"x\"}]
1
2
3
4
$(sqlite3 chat.db "SELECT platform_id FROM message WHERE id = 5")
member 1 robert
{\"notes\":\"says \\\"member 1\\\"\"}" "others are spared, but for her name"
is "$(sqlite3 chat.db "SELECT member, moderator, reason, json_extract(counts, '$.texts'), held FROM erasure")" "1|member 1|asked for it, as member 1|3|" "the receipt, without a name"
secret=$(sqlite3 chat.db "SELECT value FROM setting WHERE name = 'secret'")
hash_of() { # the hash behind dice(), again: its upper 53 bits
  shell chat.db "SELECT printf('%014x', CAST(dice('$secret', $1, '$secret') * 9007199254740992 AS INTEGER))"
}
# prints the 16 digits of a mark, as their upper 53 bits
upper() { python3 -c "import sys; print('%014x' % (int(sys.argv[1], 16) >> 11))" "$1" 2>/dev/null; }
marks=$(sqlite3 chat.db "SELECT marks FROM outbox WHERE marks IS NOT NULL")
matches "$marks" '\["#lobby +b hash:????????????????","#lobby -v hash:????????????????","hash:????????????????"\]' "marks are hashed, and it is seen where they are"
if command -v python3 >/dev/null; then
  is "$(upper "$(printf %s "$marks" | sed 's/^[^:]*:\([0-9a-f]*\).*/\1/')")" "$(hash_of "'mark', '*!*@zqhost.example.org'")" "with the secret"
fi
is "$(sqlite3 chat.db "SELECT DISTINCT state FROM outbox WHERE member = 1 AND call NOT IN ('unmute', 'unban', 'delete') ORDER BY 1")" "done
dropped" "nobody is told any more"
is "$("$decorum" erase chat.db --member id=1; echo $?)" "member 1: nothing is left to be erased
0" "once more: nothing"
is "$(sqlite3 chat.db "SELECT count(*) FROM erasure")" 1 "and no other receipt"

# Not in WAL mode
cp original.db plain.db
sqlite3 plain.db "PRAGMA journal_mode = PERSIST; PRAGMA secure_delete = OFF; UPDATE message_text SET text = 'zqjournal' WHERE message = 2" >/dev/null
is "$("$decorum" erase -q plain.db --member ann_zq; echo $?) $(search plain.db*)" "0 " "a file with a journal: no byte is left of hers, nor of the journal"

# Somebody goes on reading the older state.
cp original.db read.db
cat >reader.sql <<END
BEGIN; SELECT count(*) FROM message_text;
.shell "$decorum" erase -q read.db --member ann_zq >out 2>err; echo \$? >status
.shell sqlite3 read.db "SELECT count(*) FROM erasure" >>status
END
sqlite3 read.db <reader.sql >/dev/null
is "$(cat status out)" "1
1" "somebody reads an older state: the rows are erased, and the status tells that it is not all"
is "$(cat err)" "decorum: erase: read.db: the rows are erased, but old texts may still stand in the file's bytes: somebody goes on reading an older state; when that is over: decorum erase read.db --member id=1" \
  "it says what remains to be done"
is "$("$decorum" erase -q read.db --member id=1; echo $?) $(search read.db*)" "0 " "which does it"

# Mentions may stay.
cp original.db mentions.db
"$decorum" erase -q mentions.db --member ann_zq --keep-mentions
is "$(sqlite3 mentions.db "SELECT text FROM message_text WHERE message = 3; SELECT text FROM note WHERE member = 2")" "Ann_ZQ: what do you mean, änn_zq? and ann_zqueen
bob quarrels with member 1" "--keep-mentions leaves what others said"

# What concerns children stays until a person has looked, with who said it.
cp original.db held.db
sqlite3 held.db "INSERT INTO flag(message, reporter, type) VALUES (1, 2, 'CHILD_SAFETY'); INSERT INTO sanction(member, action, at, reason) VALUES (1, 'ban', 1000, 'x')"
"$decorum" erase held.db --member ann_zq >out
is "$(grep '^held' out)" "held back: messages: 1 (a flag of CHILD_SAFETY)
held back: accounts: 2 (they tell who said that)" "a message under a flag of CHILD_SAFETY is held back"
is "$(sqlite3 held.db "SELECT text FROM message_text WHERE message IN (1, 2); SELECT count(*) FROM account WHERE member = 1; SELECT held FROM erasure; SELECT name FROM member WHERE id = 1")" \
  "zqedited hello

2
[{\"what\":\"messages\",\"count\":1,\"why\":\"a flag of CHILD_SAFETY\"},{\"what\":\"accounts\",\"count\":2,\"why\":\"they tell who said that\"}]
member 1" "and is in the receipt; the others went"
sqlite3 held.db "UPDATE review SET outcome = 'rejected', decided_by = 'bob' WHERE message = 1 AND flag IS NOT NULL"
is "$("$decorum" erase held.db --member id=1)" "member 1: forgotten; what went
  texts: 1
  assessments: 2
  decisions: 2
  accounts: 2
  openings: 1
held back: accounts as keyed hashes: 2 (case 4, ban)" "when a person has rejected that, the next one ends it"
is "$(search held.db*)" "" "and no byte is left"

# Who is banned is known again, by a hash alone.
cat >again.jsonl <<'END'
{"type":"message","id":"20","at":2000,"channel":"#lobby","member":"ann_zq","text":"here I am"}
{"type":"message","id":"21","at":2001,"channel":"#lobby","member":"zoe","text":"so am I"}
END
is "$("$decorum" job held.db retention --now 1500)" "retention: 0 done, 0 skipped, 0 failed" "a hash stays while the ban is in force"
cp held.db lifted.db
"$decorum" replay -q held.db again.jsonl
is "$(sqlite3 held.db "SELECT platform_id, member FROM message WHERE id = 6; SELECT * FROM account WHERE member = 1; SELECT platform FROM erased_account; SELECT max(id) FROM member")" "20|1
jsonl|ann_zq|1
irc
4" "and the account is that of the member who is banned"
sqlite3 lifted.db "INSERT INTO sanction(action, undoes, reason) VALUES ('undo', 4, 'x')"
is "$("$decorum" job lifted.db retention --now 1800; sqlite3 lifted.db "SELECT count(*) FROM erased_account")" "retention: 2 done, 0 skipped, 0 failed
0" "when the ban is over the hashes go"
"$decorum" replay -q lifted.db again.jsonl
is "$(sqlite3 lifted.db "SELECT member FROM message WHERE id = 6")" 4 "and who comes is somebody new"
cp original.db muted.db
is "$("$decorum" erase muted.db --member ann_zq --now 1200 | grep ^held)" "held back: accounts as keyed hashes: 2 (case 1, mute until 1970-01-01 00:28:20)" "a mute keeps them, too"
is "$("$decorum" job muted.db retention --now 1699)$("$decorum" job muted.db retention --now 1700)" \
  "retention: 0 done, 0 skipped, 0 failedretention: 2 done, 0 skipped, 0 failed" "until it ends"

# Who is meant
sqlite3 original.db "INSERT INTO member(id, name) VALUES (10, 'BOB'), (11, '2')"
fails_with "decorum: erase: 'bob' may be several members; say which: id=2 (bob: jsonl bob,name bob), id=10 (BOB: name BOB)" "a name of two" "$decorum" erase original.db --member bob
fails_with "decorum: erase: '2' may be several members; *" "a number that is a name" "$decorum" erase original.db --member 2
fails_with "decorum: erase: there is no member 'nobody': *" "a name of nobody" "$decorum" erase original.db --member nobody
fails_with "decorum: erase: there is no member 99" "a number of nobody" "$decorum" erase original.db --member id=99
fails_with "decorum: missing option '--member'*" "nobody named" "$decorum" erase original.db
is "$("$decorum" erase original.db --member id=2 --dry-run | tail -1)" "others go by one of the names; in texts about them it is gone, too: id=10 (BOB)" "a namesake is told of"
is "$("$decorum" erase -q original.db --member 'old zqueline'; echo $?)$(search original.db)" "0" "found by another name"

# Whoever adds a column with text decides what becomes of it: these columns hold no words, names or ids of people.
"$decorum" init -q columns.db
sqlite3 columns.db "SELECT list.name, column.name FROM pragma_table_list AS list, pragma_table_info(list.name) AS column
  WHERE list.schema = 'main' AND list.type IN ('table', 'shadow') AND list.name NOT GLOB 'sqlite_*' AND column.type NOT IN ('INTEGER', 'REAL') ORDER BY 1, 2" |
  while IFS='|' read -r table column; do
    grep -qE "\\{ \"$table\", \"[a-z_]+\", \"$column\"" "$root/lua/decorum/erase.lua" ||
      sed -n "/^\\(UPDATE\\|DELETE FROM\\) $table /,/;$/p" "$root/sql/erase.sql" | grep -qE "DELETE|[ ,]$column = " || echo "$table.$column"
  done >columns
is "$(tr '\n' ' ' <columns | fold -s -w 120 | sed 's/ $//')" "acknowledgement.subject assessment.categories assessment.source channel.platform community.name connection.moderators
connection.platform content_type.name decision.action decision.mode decision.policy decision.rule decision.severity
erased_account.key erased_account.platform erasure.counts erasure.held flag.type flag_type.help flag_type.name
job_run.job lexicon.aim lexicon.category lexicon.term log_entry.kind message.kind message.platform mode_change.cause
mode_change.mode mode_change.policy notification.kind opening.platform outbox.call outbox.marks outbox.platform
owed_call.action owed_call.call policy_version.name policy_version.needs policy_version.note policy_version.params
policy_version.source reputation_change.cause review.outcome rule.criteria rule.description rule.name rule.pattern
rule.severity rule_exemption.channel sanction.action sanction.policy sanction.scope setting.name setting.value
shadow_ban_audit.action shadow_ban_state.platform verdict.rule verdict.severity verdict.source" "every column with text is dealt with"

# Nothing by halves
make chat.db
sqlite3 chat.db "ALTER TABLE note ADD COLUMN extra TEXT CHECK (text <> 'erased')"
before=$(sqlite3 chat.db .dump | cksum)
fails_with "decorum: erase: chat.db: CHECK constraint failed: *" "a failure on the way" "$decorum" erase chat.db --member ann_zq
is "$(sqlite3 chat.db .dump | cksum)" "$before" "nothing is done"
finish

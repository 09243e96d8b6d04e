#!/bin/sh
# decorum export: everything about one member, valid JSON, nothing of others.
. "$(dirname "$0")/tap.sh"
sqlite3 chat.db <"$here/version_5.sql" >/dev/null
"$decorum" init -q chat.db
rm chat.db.*
shell chat.db "PRAGMA foreign_keys = ON;
  INSERT INTO connection(platform, moderators, since) VALUES ('jsonl', '#mods', 0);
  INSERT INTO sanction(member, action, at, reason, moderator) VALUES (2, 'warn', 1773490000, 'rude', 'ferrite');
  INSERT INTO sanction(member, action, at, reason, moderator) VALUES (3, 'warn', 1773490000, 'asks good questions', 'solenoid');
  INSERT INTO case_note(case_no, at, author, text) VALUES (9, 1773490001, 'ferrite', 'after a talk');
  INSERT INTO appeal(case_no, at, text) VALUES (9, 1773490002, 'I was quoting');
  INSERT INTO alias(member, name, folded, at) VALUES (2, 'coil', 'coil', 1773490003);
  INSERT INTO profile(member, at, author, text) VALUES (2, 1773490004, 'model', 'winds coils');
  INSERT INTO flag(message, reporter, at, type, comment) VALUES (1, 2, 1773490005, 'SPAM', 'an advertisement');
  INSERT INTO opening(member, at, platform, platform_id, baseline) VALUES (2, 1773490006, 'jsonl', 'solenoid', 0.7);
  INSERT INTO presence VALUES ('jsonl', 'solenoid_', 2, 'home.example.org');
  INSERT INTO immunity(member, at, immune, reason) VALUES (2, 1773490007, 0, 'ended');
  INSERT INTO erased_account VALUES ('jsonl', '0011223344556677', 2);
  INSERT INTO erasure(at, member, counts, held) VALUES (1773490008, 2, '{\"texts\":1}', '[]');
  INSERT INTO job_run(job, at, errors) VALUES ('decay', 1773490009, '[{\"member\":2,\"cause\":\"disk\"},{\"member\":1,\"cause\":\"other\"}]');
  INSERT INTO privilege VALUES (2, privilege_bit('SHADOW_BAN_ADMIN') | privilege_bit('USE'));
  UPDATE message_text SET text = 'bytes ' || CAST(x'ff41c3' AS TEXT) || ' \"quoted\"' || char(10, 1, 27) WHERE message = 3;
  UPDATE decision SET trace = 'no JSON' WHERE member = 2 AND action = 'warn'" >/dev/null
"$decorum" export chat.db --member solenoid --out two.json
is "$?" 0 "an export"
value() { shell :memory: "SELECT json_extract(readfile('two.json'), '$.$1')"; }
is "$(shell :memory: "SELECT json_valid(readfile('two.json'))")" 1 "is JSON"
if command -v python3 >/dev/null; then
  is "$(python3 -c "
import json, sys
d = json.load(open('two.json', encoding='utf-8'))
print(' '.join('%s %d' % (k, len(v)) for k, v in d.items() if k != 'about'))")" \
    "member 1 accounts 1 presences 1 aliases 1 openings 1 notes 1 profiles 1 messages 3 assessments 4 verdicts 1 decisions 6 cases 8 said_of_cases 1 appeals 1 reviews 4 flags_about 2 flags_by 1 reputation 2 immunity 1 notifications 2 shadow_bans 1 shadow_ban_history 1 calls 1 failures_of_jobs 1 erasures 1 kept_hashes 1 moderated 1" \
    "in a fixed order, with as many rows as there are"
fi
for section in member accounts presences aliases openings notes profiles messages assessments verdicts decisions cases said_of_cases appeals reviews \
  flags_about flags_by reputation immunity notifications shadow_bans shadow_ban_history calls failures_of_jobs erasures kept_hashes moderated; do
  [ "$(shell :memory: "SELECT json_array_length(readfile('two.json'), '$.$section') > 0")" = 1 ] || echo "$section is empty"
done >empty
is "$(cat empty)" "" "each part has something of this member"
is "$(value 'member[0].name') $(value 'member[0].privileges') $(value 'accounts[0].platform_id') $(value 'messages[0].text') $(value 'appeals[0].text') $(value 'flags_by[0].comment')" \
  "solenoid SHADOW_BAN_ADMIN,USE solenoid you idiot, you broke the lathe I was quoting an advertisement" "who it is, what they said and wrote"
is "$(value 'messages[1].text')" "bytes �A� \"quoted\"
$(printf '\001\033')" "bytes that are no UTF-8 are marked, all others kept"
is "$(value 'assessments[0].categories.insult') $(value 'decisions[0].trace') $(value 'cases[7].by') $(value 'cases[0].by')" "0.6 no JSON a moderator ladder@1" "JSON is JSON; who judged is a policy or a person"
is "$(value 'shadow_bans[0].reason'), $(value 'shadow_ban_history[0].why')" "floods the bot, case 8" "a shadow ban is in it, whatever its mode, and how it came about"
# Others: who reported and moderated, what they wrote, what was said of them.
grep -o -i -E 'ferrite|luc.a_m|since yesterday|asks good|kettle|radios' two.json >others
is "$(cat others)" "" "nothing of others"
# Whoever adds a table with a member decides whether it belongs here.
for table in $(sqlite3 chat.db "SELECT DISTINCT name FROM pragma_table_list AS list WHERE schema = 'main' AND type = 'table'
  AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(list.name) WHERE \"table\" = 'member')"); do
  grep -qE "(FROM|JOIN) $table( |\$)" "$root/sql/export/member.sql" || echo "$table"
done >missing
is "$(cat missing)" "" "each table about members is in it"

"$decorum" export chat.db --member id=2 >again.json
ok "$(cmp -s two.json again.json; echo $?)" "twice the same bytes, in a pipe too"
"$decorum" export chat.db --member id=2 | head -c 10 >/dev/null
is "$("$decorum" export chat.db --member lucía_m | sed -n '4s/^{"id":3,"name":"\([^"]*\)".*/\1/p')" "lucía_m" "anybody else"
chmod 600 chat.db
"$decorum" export chat.db --member id=1 --out private.json
is "$(stat -c %a private.json)" 600 "a file as private as the database"
is "$(ls -m ./*.new 2>/dev/null)" "" "and nothing beside it"
fails_with "decorum: export: there is no member 'nobody': *" "nobody" "$decorum" export chat.db --member nobody
fails_with "decorum: export: chat.db: is a database; --out would overwrite it" "over a database" "$decorum" export chat.db --member id=2 --out chat.db
fails_with "decorum: export: no/x.json.new: No such file or directory" "no such folder" "$decorum" export chat.db --member id=2 --out no/x.json
# A member with many messages, in little memory.
sqlite3 chat.db "INSERT INTO message(id, platform, platform_id, channel, member, at) WITH RECURSIVE n(i) AS (VALUES (1000) UNION ALL SELECT i + 1 FROM n WHERE i < 60000) SELECT i, 'test', i, 1, 1, 1000 FROM n;
  INSERT INTO message_text SELECT id, hex(zeroblob(300)) FROM message WHERE platform = 'test'"
if [ -z "${DECORUM_SHELL:-}" ]; then
  (ulimit -v 60000; "$decorum" export chat.db --member id=1 --out many.json)
  is "$? $(grep -c '^{"id":[0-9]*,"platform":"test"' many.json)" "0 59001" "sixty thousand messages, in less than 60 MB"
fi
finish

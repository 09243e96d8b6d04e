#!/bin/sh
# decorum replay: a log in, once; counted, judged, kept.
. "$(dirname "$0")/tap.sh"
log=$root/examples/lobby-2026-03-14.log

replay() { "$decorum" replay "$@" 2>stderr; }

"$decorum" init -q chat.db --set mode=enforce
is "$(replay chat.db "$log" | sed -n 2p)" \
  "$log: 355 lines: 315 messages, 12 actions, 9 joins, 6 parts, 10 nicks, 1 kick, 2 unparsed" \
  "each line of the sample is counted as what it is"
is "$(cat stderr)" "$log:150: unparsed: not a line of an IRC log: -!- lag is 3 seconds
$log:292: unparsed: not a line of an IRC log: [21:1" "unparsed lines are told with their number"
is "$("$decorum" init -q settings.db --set mode=enforce --set window_size=12; replay settings.db "$log" | sed -n '1s/^settings: //p')" \
  "mode enforce, window_size 12, the others as they come" "the settings in effect are told"
is "$("$decorum" init -q param.db --set ladder.warn=0.1 --set ladder.mute=0.9 --set ladder.mute=; replay param.db "$log" | sed -n '1s/^settings: //p'
  sqlite3 param.db "SELECT count(*) > 3 FROM decision WHERE action = 'warn' AND trace LIKE '%,\"params\":{\"warn\":0.1}}'")" \
  "ladder.warn 0.1, the others as they come
1" "also those of a policy's params, by which it decides"
is "$("$decorum" init -q fresh.db; replay fresh.db "$log" | sed -n '1s/^settings: //p')" \
  "all as they come" "also when none was changed"
is "$(sqlite3 chat.db "SELECT count(*) FROM message")" 327 "messages, actions and notices are messages"
is "$(sqlite3 chat.db "SELECT group_concat(action || ' ' || coalesce(policy, moderator), ', ') FROM sanction")" \
  "delete spam@1, slowmode spam@1, timeout spam@1, warn ladder@1, warn ladder@1, mute ladder@1, kick marta_w" \
  "the quarrel is warned and muted, the spammer was silenced, and kicked when he came back"

contents chat.db >before
matches "$(replay chat.db "$log" | tail -1)" "0 messages added, 327 known already; *" "a second replay knows everything"
contents chat.db >after
ok "$(cmp -s before after; echo $?)" "and adds nothing"
is "$(sqlite3 chat.db "PRAGMA integrity_check; PRAGMA foreign_key_check")" ok "the file is sound"

is "$(shell chat.db "SELECT count(*), sum(old.action IS new.action AND old.duration_s IS new.duration_s
    AND old.points IS new.points AND old.reason IS new.reason AND old.trace IS new.trace AND old.policy IS new.policy)
  FROM decision AS old, escalation(old.member, old.at, old.seq) AS new WHERE old.policy = 'ladder@1'")" "327|327" \
  "the open-loop back-test of the active policy gives each decision again"
is "$(shell chat.db "CREATE VIRTUAL TABLE temp.candidate USING lua_policy(policy = 'ladder@1', facts = member_facts);
  SELECT old.action, new.action, count(*) FROM decision old, temp.candidate(old.member, old.at, old.seq) new
  WHERE old.policy = 'ladder@1' GROUP BY 1, 2 ORDER BY 1, 2")" "mute|mute|1
none|none|324
warn|warn|2" "so does the candidate table of the documentation"

is "$(shell chat.db "SELECT count(*), sum((SELECT json_group_array(key) FROM json_each(facts)) = needs
    AND abs(json_extract(facts, '$.drama') - drama) < 1e-12 AND json_extract(facts, '$.warned') = warned
    AND json_extract(facts, '$.now') = at)
  FROM decision AS old, member_facts(old.member, old.at, old.seq), policy WHERE action <> 'none' AND old.policy = name || '@1'
    AND name = 'ladder';
  SELECT count(*), sum(json_extract(facts, '$.repeats') = member_facts.repeats AND json_extract(facts, '$.last_action') IS member_facts.last_action)
  FROM decision AS old, member_facts(old.member, old.at, old.seq) WHERE action <> 'none' AND old.policy = 'spam@1';
  SELECT count(facts) FROM decision WHERE action = 'none'")" "3|3
3|3
0" "what was decided is kept with the facts that the policy was given, what was not without"

# The same log in other wrappings.
gzip -c "$log" >lobby-2026-03-14.log.gz
xz -c "$log" >lobby-2026-03-14.log.xz
cp "$log" "with 'quote' 2026-03-14.txt"
for form in "lobby-2026-03-14.log.gz" "lobby-2026-03-14.log.xz" "with 'quote' 2026-03-14.txt"; do
  rm -f other.db*
  "$decorum" init -q other.db --set mode=enforce
  replay other.db "$form" >stdout
  contents other.db >after
  ok "$(cmp -s before after; echo $?)" "$form gives the same rows"
done
rm -f other.db*
"$decorum" init -q other.db --set mode=enforce
sed 's/$/\r/' "$log" | replay -q other.db --date 2026-03-14 -
contents other.db >after
ok "$(cmp -s before after; echo $?)" "so does standard input, with the line ends of another system"

# Logs of other clients, which tell their days themselves: the same member as in the sample, whatever the letters.
printf '%s\n' '--- Log opened Sun Mar 15 09:00:00 2026' '09:01 < Ferrite> good morning' '--- Day changed Mon Mar 16 2026' \
  '09:02 -!- mode/#lobby [+v Ferrite] by bob' '09:03  * Ferrite yawns' >irssi.log
is "$(replay other.db irssi.log | sed -n 2p)" "irssi.log: 5 lines: 1 message, 1 action, 1 mode, 2 notes" "a log of irssi needs no date in its name"
printf '2026-03-17 09:00:00\t@ferrite\tgood day\n2026-03-17 09:01:00\t=!=\tirc: lag\n' >weechat.log
replay -q other.db weechat.log
is "$(sqlite3 other.db "SELECT group_concat(datetime(at, 'unixepoch') || ' ' || text, ', ') FROM message JOIN message_text ON message = message.id
  WHERE at > unixepoch('2026-03-15') AND member = (SELECT member FROM account WHERE platform_id = 'ferrite')")" \
  "2026-03-15 09:01:00 good morning, 2026-03-16 09:03:00 yawns, 2026-03-17 09:00:00 good day" "nor does one of WeeChat"
sed 1d irssi.log >cut.log
fails_with "*cut.log: the log's name has no date*" "a log that does not tell its day" "$decorum" replay other.db cut.log

# Cut off.
head -c 2000 lobby-2026-03-14.log.gz >cut-2026-03-14.log.gz
rm -f other.db*
"$decorum" init -q other.db --set mode=enforce
replay -q other.db cut-2026-03-14.log.gz
is "$? $(tail -1 stderr)" "2 decorum: replay: cut-2026-03-14.log.gz: could not be unpacked to its end; what was read so far is kept" \
  "a damaged archive is told of"
replay -q other.db "$log"
contents other.db >after
ok "$(cmp -s before after; echo $?)" "what was read of it is kept, and the whole log completes it"

# Killed.
awk 'BEGIN { for (i = 0; i < 5000; i++) printf "[%02d:%02d] <m%d> you are an idiot %d\n", i / 250, i / 5 % 60, i % 7, i }' >long-2026-03-15.log
"$decorum" init -q whole.db --set mode=enforce --set brake_percent=0
replay -q whole.db long-2026-03-15.log
"$decorum" init -q killed.db --set mode=enforce --set brake_percent=0
mkfifo pipe-2026-03-15.log
"$decorum" replay -q --channel '#log' --date 2026-03-15 killed.db - <pipe-2026-03-15.log &
reader=$!
exec 9>pipe-2026-03-15.log
head -n 3500 long-2026-03-15.log >&9
tries=0
until [ "$(sqlite3 killed.db "SELECT count(*) FROM message")" -gt 0 ] || [ $tries -gt 3000 ]; do tries=$((tries + 1)); done
kill -9 $reader
wait $reader 2>/dev/null
exec 9>&-
ok "$([ "$(sqlite3 killed.db "SELECT count(*) FROM message")" -lt 5000 ]; echo $?)" "a replay was killed half-way"
is "$(sqlite3 killed.db "SELECT count(*) FROM message WHERE id NOT IN (SELECT message FROM decision);
  SELECT count(*) = max(case_no) FROM sanction; PRAGMA integrity_check")" "0
1
ok" "no message is without its decision, no case number is missing"
replay -q killed.db long-2026-03-15.log
contents whole.db >before
contents killed.db >after
ok "$(cmp -s before after; echo $?)" "another replay makes it what it would have been"

# Observing.
"$decorum" init -q observe.db
replay -q observe.db "$log"
is "$(sqlite3 observe.db "SELECT count(*) FROM sanction WHERE policy IS NOT NULL;
  SELECT count(*) > 0 FROM decision WHERE action <> 'none' AND mode = 'observe'")" "0
1" "a new community decides, and sanctions nobody"
sqlite3 observe.db "INSERT INTO immunity(member, at, immune) SELECT id, 0, 1 FROM member"
"$decorum" init -q observe.db --set mode=enforce
sed 's/ferrite/flint/' "$log" >"lobby2-2026-03-14.log"
sqlite3 observe.db "INSERT INTO member(name) VALUES ('flint');
  INSERT INTO account VALUES ('irc', 'flint', last_insert_rowid());
  INSERT INTO immunity(member, at, immune) SELECT member, 0, 1 FROM account WHERE platform_id = 'flint'"
replay -q observe.db lobby2-2026-03-14.log
is "$(sqlite3 observe.db "SELECT count(*) FROM sanction WHERE policy IS NOT NULL")" 0 "immune members are sanctioned by no policy"
finish

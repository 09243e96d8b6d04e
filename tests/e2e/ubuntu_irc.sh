#!/bin/sh
# 153 days of a real channel; ten of them under the sanitizers. The logs are not part of the project: without them
# this is skipped.
. "$(dirname "$0")/tap.sh"
archive=$root/../shared/data/ubuntu-irc.tar.xz
[ -r "$archive" ] || skip_all "the ubuntu-irc logs are not here"
tar xJf "$archive"
logs=$(find . -name '*.log' | sort)
memory=100000 # KB of address space
if [ -n "${DECORUM_SHELL:-}" ]; then
  logs=$(printf '%s\n' "$logs" | awk 'NR % 15 == 1' | head -n 10)
  memory=unlimited
else
  is "$(printf '%s\n' "$logs" | wc -l) $(cat $logs | wc -l)" "153 220463" "153 logs, 220,463 lines"
fi

"$decorum" init -q chat.db --set mode=enforce --set brake_percent=0 # which a wave of spam would trip
(ulimit -v $memory && "$decorum" replay chat.db $logs >counts 2>unparsed)
ok $? "the logs replay in little memory" "$(tail -3 unparsed)"
echo "# $(tail -1 counts)"
# The counts again, from the logs, in another way.
count() { cat $logs | grep -c -E "$1"; }
told() { sed -n "s/^.* \([0-9,]*\) $1s\{0,1\}\(,.*\)*$/\1/p" counts | tr -d , | awk '{ sum += $1 } END { print sum + 0 }'; }
is "$(told message)" "$(count '^\[[0-9:]{5}\] <[^>]+>')" "messages"
is "$(told join)" "$(count '^=== .*\[.*\]  has joined #')" "joins"
is "$(told part)" "$(count '^=== .*\[.*\]  has left #')" "parts"
is "$(told nick)" "$(count '^=== .+ is now known as ')" "nick changes"
is "$(told kick)" "$(count '^=== .+ was kicked off #')" "kicks"
is "$(told mode)" "$(count '^=== mode/#')" "mode changes"
is "$(told topic)" "$(count '^=== \.\.\[topic/')" "topics"
is "$(told notice)" "$(count '^\[[0-9:]{5}\] -[^ ]+:#[^ ]+- ')" "notices"
is "$(told unparsed)" "$(wc -l <unparsed)" "unparsed lines, each told"
is "$(sed -n '/ lines: /{s/^.* lines: //; s/, \([0-9]\)/\n\1/g; p}' counts | awk '{ gsub(",", "", $1); sum += $1 } END { print sum }')" \
  "$(cat $logs | wc -l)" "and together they are all lines"
is "$(sqlite3 chat.db "SELECT count(*) FROM message")" "$(($(told message) + $(told action) + $(told notice)))" "no message is lost"

day=2017-03-23
[ -n "${DECORUM_SHELL:-}" ] ||
  is "$("$decorum" report chat.db overview now=$day --format csv | sed -n 's/^messages,\([0-9]*\),.*/\1/p')" \
    "$(sed -n "/$day/{s/^.* lines: //; s/, \([0-9]\)/\n\1/g; p}" counts | awk '/message|action|notice/ { gsub(",", "", $1); sum += $1 } END { print sum }')" \
    "the overview of a day tells the messages of its log"
is "$(sqlite3 chat.db "SELECT count(*) = max(seq) FROM (SELECT seq FROM assessment UNION ALL SELECT seq FROM log_entry)")" 1 \
  "the log has no gap"

contents chat.db >before
matches "$("$decorum" replay chat.db $logs 2>/dev/null | tail -1)" "0 messages added, *" "a second replay adds 0 messages"
contents chat.db >after
ok "$(cmp -s before after; echo $?)" "and no row at all"
is "$(sqlite3 chat.db "PRAGMA integrity_check; PRAGMA foreign_key_check")" ok "the file is sound"
for policy in ladder spam; do
  is "$(shell chat.db "CREATE VIRTUAL TABLE temp.candidate USING lua_policy(policy = '$policy', facts = member_facts);
    SELECT count(*), count(*) - sum((old.policy, old.action, old.duration_s, old.severity, old.points, old.rule, old.reason, old.review, old.trace, old.error)
      IS (new.policy, new.action, new.duration_s, new.severity, new.points, new.rule, new.reason, new.review, new.trace, new.error))
    FROM occasion AS said JOIN temp.candidate(said.member, said.at, said.seq) AS new
      LEFT JOIN decision AS old ON old.message = said.message AND old.seq = said.seq AND old.policy = '$policy@1'")" \
    "$(sqlite3 chat.db "SELECT count(*) FROM message")|0" "the open-loop back-test of $policy gives every decision again, about all that was said"
done
is "$(sqlite3 chat.db "SELECT count(DISTINCT member) FROM sanction
  WHERE policy = 'spam@1' AND action = 'timeout' AND date(at, 'unixepoch') = '2006-12-20'")" \
  "$(grep -h 'happy hannukah' *2006-12-20* | sed -n 's/^\[[0-9:]*\] <\([^>]*\)> .*/\1/p' | sort -u | wc -l)" "everybody in a wave of spam is silenced"

(ulimit -v $memory && "$decorum" replay chat.db --into same.db >counts)
ok $? "the closed loop takes as little memory"
echo "# $(tail -1 counts)"
contents same.db >after
ok "$(cmp -s before after; echo $?)" "and gives every row again"
finish

#!/bin/sh
# Ten days of a real channel. The logs are not part of the project: without them this is skipped.
. "$(dirname "$0")/tap.sh"
archive=$root/../shared/data/ubuntu-irc.tar.xz
[ -r "$archive" ] || skip_all "the ubuntu-irc logs are not here"
tar xJf "$archive"
logs=$(find . -name '*.log' | sort | awk 'NR % 15 == 1' | head -n 10)
is "$(printf '%s\n' "$logs" | wc -l)" 10 "ten logs"

"$decorum" init -q chat.db --set mode=enforce
"$decorum" replay chat.db $logs >counts 2>unparsed
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

contents chat.db >before
matches "$("$decorum" replay chat.db $logs 2>/dev/null | tail -1)" "0 messages added, *" "a second replay adds 0 messages"
contents chat.db >after
ok "$(cmp -s before after; echo $?)" "and no row at all"
is "$(sqlite3 chat.db "PRAGMA integrity_check; PRAGMA foreign_key_check")" ok "the file is sound"
is "$(shell chat.db "CREATE VIRTUAL TABLE temp.candidate USING lua_policy(policy = 'ladder', facts = member_facts);
  SELECT count(*) - sum(old.action IS new.action AND old.duration_s IS new.duration_s AND old.trace IS new.trace)
  FROM decision AS old, temp.candidate(old.member, old.at, old.seq) AS new")" 0 \
  "the open-loop back-test gives every decision again"
finish

#!/bin/sh
# decorum replay of JSONL: the form in which other programs hand a chat over.
. "$(dirname "$0")/tap.sh"

cat >chat.jsonl <<'END'
{"type":"message","id":"1","channel":"#lobby","member":"u1","name":"Ann","at":1700000000,"text":"hello"}
{"id":9007199254740993,"channel":"#lobby","member":18446744073709551615,"at":1700000001.5,"text":"a number too large"}
{"id":9007199254740993,"channel":"#lobby","member":9007199254740995,"at":1700000001.5,"text":"you are an idiot"}

{"type":"action","id":"3","channel":"#lobby","member":"u1","at":1700000002,"text":"waves"}
{"type":"message","kind":"action","id":"3","channel":"#lobby","member":"u1","at":1700000002,"text":"waves"}
{"type":"message","id":"4","channel":"#lobby","member":"u1","at":"noon","text":"hi"}
{"type":"message","id":"4","channel":"#lobby","member":"u1","text":"hi"}
{"type":"message","id":"","channel":"#lobby","member":"u1","at":1,"text":"hi"}
{"type":"message","id":"4","id":"5","channel":"#lobby","member":"u1","at":1,"text":"hi"}
["not", "an object"]
{"type":"message","id":"6"
{"type":"edit","id":"9007199254740993","at":1700000010,"text":"you are right"}
{"type":"edit","id":"9007199254740993","at":1700000010,"text":"you are right"}
{"type":"edit","id":"unheard","at":1700000010,"text":"of"}
{"type":"delete","id":"3","at":1700000020}
{"type":"join","channel":"#lobby","member":"u3","at":1700000021}
{"type":"nick","member":"u1","to":"u1_away","at":1700000022}
{"type":"message","id":"7","channel":"#lobby","member":"u1_away","at":1700000023,"text":"back soon\u0000hidden"}
{"type":"leave","channel":"#lobby","member":"u1_away","at":1700000024}
{"type":"kick","id":"k1","channel":"#lobby","member":"u4","by":"u1","reason":"flood","at":1700000025}
{"type":"message","id":"8","channel":"#lobby","member":"u1","at":1e300,"text":"in the far future"}
{"type":"message","kind":"shout","id":"8","channel":"#lobby","member":"u1","at":1,"text":"hi"}
END
"$decorum" init -q chat.db --set mode=enforce
is "$("$decorum" replay chat.db chat.jsonl 2>stderr | sed -n 2p)" \
  "chat.jsonl: 23 lines: 3 messages, 1 action, 3 edits, 1 deletion, 1 join, 1 part, 1 nick, 1 kick, 1 blank, 10 unparsed" \
  "each line is counted as what it is"
is "$(sed 's/^chat.jsonl:\([0-9]*\): unparsed: \([^:]*\):.*/\1 \2/' stderr)" "2 too big integer near '18446744073709551615' (column 71)
5 type must be message, edit, delete, join, leave, nick or kick, not action
7 at must be a number of Unix seconds
8 a message needs at
9 id must be text that is not empty
10 duplicate object key near '\"id\"' (column 31)
11 not an object
12 '}' expected near end of file (column 26)
22 at must be a number of Unix seconds
23 kind must be message, action or notice
decorum: replay: 1 edit or deletion of messages that are not there" "each malformed line says what is wrong"
is "$(sqlite3 chat.db "SELECT platform_id, revision, text, deleted_at FROM message JOIN message_text ON message = id
  WHERE platform_id <> '7' ORDER BY id")" "1|0|hello|
9007199254740993|1|you are right|
3|0|waves|1700000020.0" "ids keep their digits; an edit is a revision, a deletion a mark"
is "$(sqlite3 chat.db "SELECT assessment.revision, toxicity > 0.5 FROM assessment JOIN message ON message.id = message
  WHERE platform_id = '9007199254740993' ORDER BY seq")" "0|1
1|0" "an edit is assessed again"
is "$(sqlite3 chat.db "SELECT platform_id FROM account ORDER BY 1")" "9007199254740995
u1
u4" "who changed a nick is the same member"
is "$(sqlite3 chat.db "SELECT hex(text) FROM message_text JOIN message ON id = message WHERE platform_id = '7'")" \
  "6261636B20736F6F6E0068696464656E" "a text keeps its NUL"
is "$(sqlite3 chat.db "SELECT action, reason, moderator FROM sanction WHERE policy IS NULL")" "kick|flood|u1" "a kick is a case"
contents chat.db >before
"$decorum" replay -q chat.db chat.jsonl 2>/dev/null
contents chat.db >after
ok "$(cmp -s before after; echo $?)" "a second replay adds nothing"
cp chat.jsonl events
"$decorum" replay -q chat.db events 2>/dev/null
"$decorum" replay -q chat.db - <chat.jsonl 2>/dev/null
contents chat.db >after
ok "$(cmp -s before after; echo $?)" "the form is told by the first line where no name tells it"

awk 'BEGIN { printf "{\"id\":\"long\",\"channel\":\"c\",\"member\":\"m\",\"at\":1,\"text\":\""; for (i = 0; i < 200000; i++) printf "0123456789"; print "\"}" }' >long.jsonl
printf '{"id":"bytes","channel":"c","member":"m","at":1,"text":"\377"}\n{"id":"last","channel":"c","member":"m","at":1,"text":"no line end"}' >>long.jsonl
is "$("$decorum" replay chat.db long.jsonl 2>/dev/null | sed -n 2p)" "long.jsonl: 3 lines: 1 message, 2 unparsed" \
  "a line of 2 MB and bytes that are no UTF-8 are unparsed, a last line without an end is read"
finish

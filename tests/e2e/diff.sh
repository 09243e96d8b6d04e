#!/bin/sh
# decorum diff: two files of one community. What is expected is computed by hand, the intervals by another program.
. "$(dirname "$0")/tap.sh"

# Eighteen messages, of member 1 but for 7 to 14, of member 2; each said at 1000 times its number, but for the last five.
base() {
  "$decorum" init -q "$1"
  sqlite3 "$1" "INSERT INTO member(id, name) VALUES (1, 'ann'), (2, 'bob'); INSERT INTO channel(platform, name) VALUES ('test', '#test');
    INSERT INTO message(id, platform, platform_id, channel, member, at)
      SELECT value, 'test', 'm' || value, 1, 1 + (value BETWEEN 7 AND 14), 1000 * value FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12]');
    INSERT INTO message(id, platform, platform_id, channel, member, at) VALUES (13, 'test', 'm13', 1, 2, 10600), (14, 'test', 'm14', 1, 2, 10601),
      (15, 'test', 'm15', 1, 1, 20000), (16, 'test', 'm16', 1, 1, 22000), (17, 'test', 'm17', 1, 1, 21500), (18, 'test', 'm18', 1, 1, 23700)"
}
# assess DATABASE FROM TO
assess() {
  for message in $(seq "$2" "$3"); do
    sqlite3 "$1" "INSERT INTO assessment(seq, message, member, at, source, toxicity, sampled_p) SELECT (SELECT seq FROM next_seq), id, member, at, 'scorer', 0,
      CASE id WHEN 2 THEN 0.5 WHEN 3 THEN 0.25 END FROM message WHERE id = $message"
  done
}
# decides DATABASE POLICY MODE MESSAGE ACTION DURATION ...
decides() {
  database=$1 policy=$2
  shift 2
  while [ $# -gt 0 ]; do
    sqlite3 "$database" "INSERT INTO decision(seq, message, member, at, policy, action, duration_s, mode)
      SELECT 1, id, member, at, '$policy', '$3', $4, '$1' FROM message WHERE id = $2"
    shift 4
  done
}
e=enforce
base before.db
assess before.db 1 18
decides before.db ladder@1 $e 1 warn NULL $e 2 mute 600 $e 3 mute 600 $e 4 warn NULL $e 7 warn NULL observe 9 warn NULL $e 10 ban NULL $e 1 none NULL
decides before.db ladder@1 $e 7 slowmode NULL $e 7 notify NULL $e 15 flag NULL $e 16 flag NULL
decides before.db spam@1 $e 12 delete NULL
base after.db
assess after.db 1 5
sqlite3 after.db "INSERT INTO sanction(member, action, duration_s, at, reason, policy) VALUES (1, 'mute', 1000, 5500, 'test', 'ladder@2')"
assess after.db 6 18
decides after.db ladder@2 $e 1 warn NULL $e 2 mute 600 $e 3 mute 1200 $e 5 warn NULL $e 6 warn NULL $e 8 warn NULL $e 11 kick NULL $e 4 none NULL
decides after.db ladder@2 $e 13 slowmode NULL $e 14 notify NULL $e 17 flag NULL $e 18 flag NULL
decides after.db spam@1 $e 12 delete NULL

# What people said of them, in the file before: of decisions, flags and a verdict that stands for ten.
sqlite3 before.db "INSERT INTO review(at, message, member, decision, reason) SELECT at, message, member, id, 'test' FROM decision WHERE message IN (1, 2, 3) AND action <> 'none';
  INSERT INTO flag(message, reporter, type) VALUES (4, 2, 'SPAM'), (5, 2, 'SPAM'), (6, 2, 'SPAM'), (8, 1, 'SPAM'), (8, 2, 'SPAM'), (11, 1, 'SPAM'), (12, 1, 'SPAM');
  INSERT INTO review(at, message, member, reason, outcome, decided_by) VALUES (1, 7, 2, 'of nothing', NULL, NULL);"
shell before.db "INSERT INTO verdict(message, member, at, source, violation, rule, confidence, sampled_p) VALUES (9, 2, 9000, 'model', 1, 'test', 90, 0.1);
  UPDATE review SET outcome = CASE WHEN message IN (1, 2, 5, 9, 12) THEN 'upheld' ELSE 'rejected' END, decided_by = 'mod', decided_at = 1
    WHERE message NOT IN (6, 8);
  UPDATE review SET outcome = 'rejected', decided_by = 'mod', decided_at = 3 WHERE flag = 4;
  UPDATE review SET outcome = 'upheld', decided_by = 'mod', decided_at = 2 WHERE flag = 5"

"$decorum" diff before.db after.db --format csv | tr -d '\r' >got
is "$? $(sed -n '1,/^$/p' got)" "0 policy,action,before,after,same,other_duration,moved,removed,added
ladder,notify,1,1,0,0,0,1,1
ladder,flag,2,2,0,0,1,1,1
ladder,warn,4,4,1,0,2,1,1
ladder,slowmode,1,1,0,0,1,0,0
ladder,mute,2,2,1,1,0,0,0
ladder,kick,0,1,0,0,0,0,1
ladder,ban,1,0,0,0,0,1,0
spam,delete,1,1,1,0,0,0,0" "same, another duration, moved by at most an hour to the nearest, removed, added"
is "$(sed -n '/,mode,/,/^$/p' got | grep -E ',mode,|warn|delete')" "policy,action,mode,before,after,before_censored,after_censored
ladder,warn,enforce,3,4,0,1
ladder,warn,observe,1,0,0,0
spam,delete,enforce,1,1,0,0" "in which mode; what a mute would have kept from being said"
is "$(sed -n '/precision/,$p' got)" "policy,side,reviewed,precision,precision_low,precision_high,precision_n,recall,recall_low,recall_high,recall_n
ladder,before,9,0.7222,0.2222,0.9594,2.6557,0.8667,0.268,0.9914,2.1028
ladder,after,9,0.4,0.1053,0.7906,4.1667,0.2667,0.0313,0.8036,2.1028
spam,before,9,1,0.2065,1,1,0.0667,0.0023,0.6911,2.1028
spam,after,9,1,0.2065,1,1,0.0667,0.0023,0.6911,2.1028
all together,before,9,0.7368,0.2449,0.9603,2.935,0.9333,0.3089,0.9977,2.1028
all together,after,9,0.4545,0.1428,0.8065,4.84,0.3333,0.0471,0.835,2.1028" "against reviews, weighted"
matches "$("$decorum" diff before.db after.db)" "Decisions before and after*│ ladder │ warn*Which of them*Against people's reviews*" "as boxes"
"$decorum" diff before.db after.db --format json >got.json
is "$(sqlite3 :memory: "SELECT substr(key, 1, 22), json_array_length(value) FROM json_each(readfile('got.json'))")" "Decisions before and a|8
Which of them were enf|9
Against people's revie|6" "as JSON"

# Messages are the same by their platform's ids, whatever their numbers here are.
base other.db
sqlite3 other.db "PRAGMA foreign_keys = OFF; UPDATE message SET id = id + 100, member = 3 - member; UPDATE member SET name = 'bob' WHERE id = 1"
assess other.db 101 118
decides other.db ladder@2 $e 101 warn NULL
is "$("$decorum" diff before.db other.db --format csv | grep '^ladder,warn' | head -n 1 | tr -d '\r')" "ladder,warn,4,1,1,0,0,3,0" "a message is known by its platform's id"
is "$("$decorum" diff before.db before.db --format csv | sed -n '/precision/q; s/\r//; /^ladder,warn/p; /^ladder,flag/p' | head -n 2)" "ladder,flag,2,2,2,0,0,0,0
ladder,warn,4,4,4,0,0,0,0" "a file beside itself is the same"
is "$("$decorum" init -q empty.db; "$decorum" init -q empty2.db; "$decorum" diff empty.db empty2.db | head -n 2; echo $?)" "Decisions before and after; moved: the same member, within an hour
(nothing)
0" "nothing is the same as nothing"
sqlite3 after.db ".backup less.db" "SELECT 1" >/dev/null
sqlite3 less.db "INSERT INTO message(platform, platform_id, channel, member, at) VALUES ('test', 'm19', 1, 1, 1), ('test', 'm20', 1, 1, 1);
  UPDATE message SET platform_id = 'x' WHERE id = 18"
fails_with "decorum: diff: the files must hold the same messages: 1 of before.db are not in less.db, 3 the other way round" "files of other messages" \
  "$decorum" diff before.db less.db
fails_with "decorum: diff: there is no database none.db*" "no file" "$decorum" diff before.db none.db
fails_with "decorum: diff: there is no database none.db*" "no first file" "$decorum" diff none.db before.db
finish

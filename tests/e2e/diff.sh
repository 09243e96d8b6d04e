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
  sqlite3 "$1" "INSERT INTO assessment(seq, message, member, at, source, toxicity) SELECT seq + id - $2, id, member, at, 'scorer', 0
    FROM message, next_seq WHERE id BETWEEN $2 AND $3 ORDER BY id"
}
# judge DATABASE MESSAGE SOURCE P: judges a message once more; a model was asked with chance P.
judge() {
  sqlite3 "$1" "INSERT INTO assessment(seq, message, revision, member, at, source, toxicity, sampled_p)
    SELECT (SELECT seq FROM next_seq), message, max(revision) + 1, member, at, '$3', 0, $4 FROM assessment WHERE message = $2"
}
# verdict DATABASE MESSAGE VIOLATION P: and whether it breaks a rule.
verdict() {
  shell "$1" "INSERT INTO verdict(message, member, at, source, violation, rule, confidence, sampled_p)
    SELECT id, member, at, 'model', $3, 'test', 90, $4 FROM message WHERE id = $2"
}
# decides DATABASE POLICY MODE MESSAGE ACTION DURATION ...: by what the log tells up to now. The action review is none, and a review.
decides() {
  database=$1 policy=$2
  shift 2
  while [ $# -gt 0 ]; do
    sqlite3 "$database" "INSERT INTO decision(seq, message, member, at, policy, action, duration_s, review, mode)
      SELECT (SELECT seq - 1 FROM next_seq), id, member, at, '$policy', iif('$3' = 'review', 'none', '$3'), $4, '$3' = 'review', '$1' FROM message WHERE id = $2"
    shift 4
  done
}
# sanctions DATABASE POLICY MESSAGE ACTION ...: what became a case.
sanctions() {
  database=$1 policy=$2
  shift 2
  while [ $# -gt 0 ]; do
    sqlite3 "$database" "INSERT INTO sanction(member, action, duration_s, at, reason, policy, decision) SELECT member, action, duration_s, at, 'test', policy, id
      FROM decision WHERE policy = '$policy' AND message = $1 AND action = '$2'"
    shift 2
  done
}
# asks DATABASE POLICY MESSAGE ACTION: what a person should look at.
asks() {
  sqlite3 "$1" "INSERT INTO review(at, message, member, decision, reason) SELECT at, message, member, id, 'test' FROM decision
    WHERE policy = '$2' AND message = $3 AND action = '$4'"
}
e=enforce
base before.db
assess before.db 1 18
judge before.db 1 model 0.8
verdict before.db 1 0 0.2
judge before.db 3 model 0.25
judge before.db 3 scorer NULL
judge before.db 2 model 0.8
judge before.db 2 model 0.5
decides before.db ladder@1 $e 1 warn NULL $e 2 mute 60 $e 3 mute 60 $e 4 warn NULL $e 7 warn NULL observe 9 warn NULL $e 10 ban NULL $e 1 none NULL
decides before.db ladder@1 $e 7 slowmode NULL $e 7 notify NULL $e 15 flag NULL $e 16 flag NULL $e 14 delete 10 $e 14 delete 20
decides before.db spam@1 $e 12 delete NULL $e 1 delete NULL
decides before.db desk@1 $e 9 review NULL $e 3 review NULL $e 15 review NULL $e 6 none NULL
sanctions before.db ladder@1 2 mute 3 mute 7 warn 4 warn
sanctions before.db spam@1 12 delete 1 delete
# What a model says later led to nothing of it.
judge before.db 1 model 0.05
verdict before.db 2 0 0.05
judge before.db 3 model 0.05
base after.db
assess after.db 1 5
sqlite3 after.db "INSERT INTO sanction(member, action, duration_s, at, reason, policy) VALUES (1, 'mute', 1000, 5500, 'test', 'ladder@2')"
assess after.db 6 18
decides after.db ladder@2 $e 1 warn NULL $e 2 mute 60 $e 3 mute 1200 $e 5 warn NULL $e 6 warn NULL $e 8 warn NULL $e 11 kick NULL $e 4 none NULL
decides after.db ladder@2 $e 13 slowmode NULL $e 14 notify NULL $e 17 flag NULL $e 18 flag NULL $e 14 delete 10 $e 14 delete 30 $e 14 delete 40 $e 1 delete NULL
decides after.db spam@1 $e 12 delete NULL
decides after.db desk@2 $e 9 review NULL $e 8 review NULL $e 4 review NULL $e 11 review NULL $e 7 none NULL
sanctions after.db ladder@2 1 warn 2 mute 3 mute 5 warn
sanctions after.db spam@1 12 delete

# What people said of them, in the file before. In brackets: for how many messages one stands.
asks before.db ladder@1 1 warn # upheld [5, by the verdict that the policy saw]
asks before.db ladder@1 2 mute # upheld [2, by the newer of two models]
asks before.db ladder@1 3 mute # rejected [4, a scorer is no model]
judge before.db 4 model 0.1
verdict before.db 9 0 0.8
verdict before.db 9 1 0.1      # upheld [10, by its own]; this one asks for a review, the one before it and the one after it do not
verdict before.db 9 0 0.5
judge before.db 9 model 0.4
asks before.db desk@1 15 none  # rejected [1: nobody was asked by chance]
judge before.db 15 model 0.5
sqlite3 before.db "INSERT INTO flag(message, reporter, type) VALUES (4, 2, 'SPAM'), (5, 2, 'SPAM'), (6, 2, 'SPAM'), (8, 1, 'SPAM'), (8, 2, 'SPAM'), (11, 1, 'SPAM'),
    (12, 1, 'SPAM'); -- 4, 11 rejected, 5, 12 upheld, 6 undecided, 8 upheld and then rejected [1 each]
  INSERT INTO review(at, message, member, reason) VALUES (1, 7, 2, 'of nothing')"
shell before.db "UPDATE review SET outcome = iif(message IN (1, 2, 5, 9, 12), 'upheld', 'rejected'), decided_by = 'mod', decided_at = 1
    WHERE message NOT IN (6, 8);
  UPDATE review SET outcome = 'rejected', decided_by = 'mod', decided_at = 3 WHERE flag = 4;
  UPDATE review SET outcome = 'upheld', decided_by = 'mod', decided_at = 2 WHERE flag = 5"
is "$(sqlite3 before.db "SELECT group_concat(message || ' ' || outcome, ', ') FROM review WHERE verdict")" "9 upheld" "one verdict is reviewed"

"$decorum" diff before.db after.db --format csv | tr -d '\r' >got
is "$? $(sed -n '1,/^$/p' got)" "0 policy,action,before,after,same,other_duration,moved,removed,added
desk,review,3,4,1,0,1,1,2
ladder,notify,1,1,0,0,0,1,1
ladder,flag,2,2,0,0,1,1,1
ladder,warn,4,4,1,0,2,1,1
ladder,delete,2,4,1,1,0,0,2
ladder,slowmode,1,1,0,0,1,0,0
ladder,mute,2,2,1,1,0,0,0
ladder,kick,0,1,0,0,0,0,1
ladder,ban,1,0,0,0,0,1,0
spam,delete,2,1,1,0,0,1,0" "same, another duration, moved by at most an hour to the nearest, removed, added; of an edited message the first with the first"
is "$(sed -n '/,enforced,/,/^$/p' got | grep -E ',enforced,|review|warn|mute|delete')" "policy,action,enforced,before,after,before_censored,after_censored
desk,review,no,3,4,0,0
ladder,warn,yes,2,2,0,0
ladder,warn,no,2,2,0,1
ladder,delete,no,2,4,0,0
ladder,mute,yes,2,2,0,0
spam,delete,yes,2,1,0,0" "enforced is what became a sanction; what a mute would have kept from being said"
is "$(sed -n '/precision/,$p' got)" "policy,side,reviewed,precision,precision_low,precision_high,precision_n,recall,recall_low,recall_high,recall_n
desk,before,10,0.6667,0.1551,0.9561,1.9231,0.5263,0.1297,0.8923,2.7557
desk,after,10,0.7692,0.1806,0.9805,1.6408,0.5263,0.1297,0.8923,2.7557
ladder,before,10,0.7391,0.2768,0.9545,3.5986,0.8947,0.3368,0.993,2.7557
ladder,after,10,0.5714,0.1905,0.8831,4.0833,0.4211,0.0875,0.8466,2.7557
spam,before,10,1,0.2649,1,1.3846,0.3158,0.0525,0.7936,2.7557
spam,after,10,1,0.2065,1,1,0.0526,0.0019,0.6244,2.7557
all together,before,10,0.75,0.2963,0.9553,3.8919,0.9474,0.3756,0.9981,2.7557
all together,after,10,0.7308,0.3055,0.9437,4.5067,1,0.4177,1,2.7557" "against reviews, weighted"
matches "$("$decorum" diff before.db after.db)" "Decisions before and after*│ ladder │ warn*Which of them*Against people's reviews*" "as boxes"
"$decorum" diff before.db after.db --format json >got.json
is "$(sqlite3 :memory: "SELECT substr(key, 1, 22), json_array_length(value) FROM json_each(readfile('got.json'))")" "Decisions before and a|10
Which of them became a|11
Against people's revie|8" "as JSON"

# Messages are the same by their platform's ids, whatever their numbers here are.
base other.db
sqlite3 other.db "PRAGMA foreign_keys = OFF; UPDATE message SET id = id + 100, member = 3 - member; UPDATE member SET name = 'bob' WHERE id = 1"
assess other.db 101 118
decides other.db ladder@2 $e 101 warn NULL
is "$("$decorum" diff before.db other.db --format csv | grep '^ladder,warn' | head -n 1 | tr -d '\r')" "ladder,warn,4,1,1,0,0,3,0" "a message is known by its platform's id"
is "$("$decorum" diff before.db before.db --format csv | sed -n '/precision/q; s/\r//; /^ladder,warn/p; /^ladder,flag/p' | head -n 2)" "ladder,flag,2,2,2,0,0,0,0
ladder,warn,4,4,4,0,0,0,0" "a file beside itself is the same"
is "$("$decorum" init -q empty.db; "$decorum" init -q empty2.db; "$decorum" diff empty.db empty2.db | head -n 2; echo $?)" "Decisions before and after; moved: the same member, within an hour; review: no action, but a person should look
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

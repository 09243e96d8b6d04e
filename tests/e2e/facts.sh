#!/bin/sh
# member_facts: what a policy may know, at a time, up to an entry of the log.
. "$(dirname "$0")/tap.sh"
"$decorum" init -q chat.db
sql() { shell chat.db "PRAGMA foreign_keys = ON; $1" 2>&1; }
newest="(SELECT seq - 1 FROM next_seq)"
# facts NOW COLUMNS: of member 1, with the whole log; facts_at NOW SEQ COLUMNS: up to an entry.
facts() { sql "SELECT $2 FROM member_facts(1, $1, $newest)"; }
facts_at() { sql "SELECT $3 FROM member_facts(1, $1, $2)"; }
# say AT TOXICITY: a message of member 1 and its assessment.
said=0
say() {
  said=$((said + 1))
  sql "INSERT INTO message(platform, platform_id, channel, member, at) VALUES ('irc', '$said', 1, 1, $1);
    INSERT INTO assessment(seq, message, member, at, source, toxicity)
    VALUES ((SELECT seq FROM next_seq), last_insert_rowid(), 1, $1, 'scorer', $2)"
}
sanction() { sql "INSERT INTO sanction(member, action, duration_s, at, reason) VALUES (1, '$1', $2, $3, 'test')"; }
undo() { sql "INSERT INTO sanction(action, undoes, at, reason) VALUES ('undo', $1, $2, 'mistaken')"; }

is "$(facts 1000 "*")" "0.0|0.0|0|0|||0|0|0|300.0" "somebody unknown has the defaults"
is "$(sql "SELECT count(*) FROM member")" 0 "and is not made a member"

sql "INSERT INTO member(name) VALUES ('ann'); INSERT INTO channel(platform, name) VALUES ('irc', '#lobby')"
say 1000 0.2
say 1010 0.4
say 1020 0.9
is "$(facts 1020 "round(drama, 4), toxicity")" "0.6167|0.9" "drama is that of the last messages, toxicity that of the newest"
is "$(facts_at 1020 2 "round(drama, 4), toxicity")" "0.3333|0.4" "up to an earlier entry, that of the messages then"
is "$(facts 1010 "round(drama, 4), toxicity")" "0.3333|0.9" "at an earlier time, later messages have not been said"
is "$(facts 1910 "round(drama, 4)")" 0.9 "what lies 900 seconds back is out of the window"

sanction warn NULL 1030 # case 1
is "$(facts 1040 "warned, last_warning_at")" "1|1030.0" "warned"
is "$(facts 1029 "warned, last_warning_at")" "0|" "not yet, a second before"
is "$(facts_at 1040 3 "warned")" 0 "not up to the entry before"
is "$(facts 8229 "warned") $(facts 8230 "warned")" "1 0" "a warning lapses after 7200 seconds"
sql "UPDATE setting SET value = 0 WHERE name = 'warning_ttl_s'"
is "$(facts 1000000 "warned")" 1 "or never"
sql "UPDATE setting SET value = 7200 WHERE name = 'warning_ttl_s'"
say 1050 0.5
is "$(facts 1050 "round(drama, 4)")" "$(sql "SELECT round((0.2 + 2 * 0.4 + 3 * 0.9 + 4 * 0.5) / 10 + 0.04, 4)")" \
  "hostility after a warning is boosted"

sanction mute 600 1060 # case 2
is "$(facts 1070 "warned, offences, muted, last_offence_at")" "0|1|1|1060.0" "a mute is an offence, and uses the warning up"
is "$(facts 1659 "muted") $(facts 1660 "muted")" "1 0" "a mute has an end"
is "$(facts 8260 "offences") $(facts 8261 "offences")" "1 0" "an offence counts for 7200 seconds"
undo 2 1080
is "$(facts 1090 "warned, offences, muted, last_offence_at")" "1|0|0|" "an undone mute did not happen"
is "$(facts_at 1090 6 "offences, muted")" "1|1" "but it had, before it was undone"
undo 1 1100
is "$(facts 1110 "warned, last_warning_at")" "0|" "nor did an undone warning"

sanction kick NULL 2000
sanction mute 600 9000
sanction ban NULL 16300
is "$(facts 16400 "offences, muted")" "1|1" "offences with a longer pause between are counted anew; a ban has no end"
is "$(facts 9200 "offences")" "2" "7000 seconds between are one run"
sanction reset NULL 16500
say 16510 0.3
is "$(facts 16520 "round(drama, 4), warned, offences, last_offence_at, muted")" "0.3|0|0||1" \
  "a reset starts everything again, but ends no ban"

# Revisions, and messages that were not assessed.
sql "INSERT INTO assessment(seq, message, revision, member, at, source, toxicity)
  SELECT (SELECT seq FROM next_seq), id, 1, 1, 16510, 'person', 0.0 FROM message WHERE platform_id = '5'"
is "$(facts 16520 "drama, toxicity")" "0.0|0.0" "the newest revision counts"
is "$(facts_at 16520 "$newest - 1" "drama, toxicity")" "0.3|0.3" "from its entry on"
for toxicity in 0.8 0.9 NULL NULL NULL NULL NULL NULL NULL NULL NULL NULL; do say 16530 $toxicity; done
is "$(facts 16530 "round(drama, 4)")" "$(sql "SELECT round((0 + 2 * 0.8 + 3 * 0.9) / 6, 4)")" \
  "messages that were not assessed take no place in the window"
for i in 1 2 3 4 5 6 7 8; do say 16540 0.1; done
is "$(facts 16540 "round(drama, 4)")" "$(sql "SELECT round((0.8 + 2 * 0.9 + 0.1 * (3 + 4 + 5 + 6 + 7 + 8 + 9 + 10)) / 55, 4)")" \
  "ten messages are looked back on, those of equal time in the log's order"
finish

#!/bin/sh
# The examples of bots: those that drive decorum run as their heads say, the configuration for IRC is right, the unit for systemd, too.
. "$(dirname "$0")/tap.sh"
bots=$root/examples/bots

talk() { printf 'ann: hello\nbob: you are a fucking idiot\nbob: you are a fucking idiot, and a fucking moron\nann: !help\n'; }

# drives NAME COMMAND...: the bot of that name.
drives() {
  name=$1
  shift
  rm -f chat.db*
  "$decorum" init -q chat.db --set mode=enforce
  talk | "$@" "$bots/$name" "$decorum" >told 2>errors
  is "$?" 0 "$name ends with status 0"
  is "$(sed -n 's/^\(\[lobby\] bob: This is a warning\): .* (case 1)\. To object: !appeal 1 WHY$/\1/p' told)" "[lobby] bob: This is a warning" \
    "$name: the member is warned in the channel" "$(cat told errors)"
  is "$(sed -n 's/^\(\[bob\] You are muted until\) .* (case 2).*/\1/p; /^\*/p' told)" "[bob] You are muted until
* mute bob" "$name: told why, and muted"
  is "$(sed -n 's/^\[moderators\] \([A-Z][a-z]* bob\).*/\1/p' told | sort)" "Muted bob
Warned bob" "$name: moderators hear of both"
  is "$(sed -n 's/^\[ann\] \(You may use\).*/\1/p' told)" "You may use" "$name: a command is answered"
  is "$(sqlite3 chat.db "SELECT group_concat(DISTINCT state) FROM outbox WHERE due_at < unixepoch() + 60")" done "$name: every call was answered"
  is "$(cat errors)" "" "$name: and there was nothing to complain of"
}

drives jsonl.py python3
if command -v node >/dev/null; then
  drives jsonl.js node
else
  ok 0 "jsonl.js # SKIP node is not here"
fi

# The configuration for IRC, with a port at which nobody is instead of its server's.
rm -f chat.db*
"$decorum" init -q chat.db
sed 's/host = "irc.example.org"/host = "127.0.0.1", port = 1/' "$bots/irc.lua" >bot.lua
"$decorum" run --check bot.lua >told 2>errors
is "$? $(grep -c '^ok: ' told) $(grep '^WRONG' told | sed 's/port 1: .*/port 1/')" "1 4 WRONG: chat[1] irc: cannot connect: 127.0.0.1 port 1" \
  "irc.lua is right, but for the server that is none" "$(cat told errors)"

unit=$bots/decorum.service
if command -v systemd-analyze >/dev/null; then
  # What it starts is not installed here: the program under test stands for it.
  sed "s|/usr/local/bin/decorum|$decorum|" "$unit" >decorum.service
  is "$(systemd-analyze verify "$work/decorum.service" 2>&1)" "" "decorum.service is a right unit"
  systemd-analyze security --offline=true --threshold=20 "$unit" >told 2>&1
  ok $? "and leaves the program little to do harm with: exposure below 2.0" "$(tail -3 told)"
else
  ok 0 "decorum.service # SKIP systemd-analyze is not here"
fi
finish

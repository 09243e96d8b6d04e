#!/bin/sh
# A bot on a server that does as it is told: logging in by SASL, rubbish, lies.
. "$(dirname "$0")/tap.sh"
command -v python3 >/dev/null || skip_all "python3 is not here"

SECRET=correct-horse-battery
INSULT="you are a fucking idiot"

# until_so WHAT COMMAND...: until it succeeds, at most 20 seconds.
until_so() {
  until_so_what=$1 tries=0
  shift
  until "$@"; do
    tries=$((tries + 1))
    if [ $tries -gt 400 ]; then
      ok 1 "waited in vain: $until_so_what" "$(tail -20 bot.log; tail -5 heard)"
      finish
      exit 1
    fi
    sleep 0.05
  done
}

say() { printf "$@" >say; } # the format may have \001 and the like
has_heard() { grep -q -e "$1" heard; }
hears() { until_so "the bot to say '$1'" has_heard "$1"; }
has_logged() { grep -q -e "$1" bot.log; }
logs() { until_so "'$1' in the log" has_logged "$1"; }
has_row() { [ -n "$(sqlite3 -cmd '.timeout 5000' chat.db "$1")" ]; }
row() { until_so "$1" has_row "$1"; }
number_of_line() { grep -n -m 1 -e "$1" heard | cut -d: -f1; }

# configure [MORE]: MORE is of the chat.
configure() {
  cat >bot.lua <<END
return {
  database = "chat.db",
  chat = { { "irc", host = "127.0.0.1", port = $port, tls = false, nick = "decorum", channels = { "#lobby" }, pace = 100, $1 } },
  policies = { "ladder" },
  log = { level = "debug" },
}
END
}

# start [MORE]: a community that enforces, and a bot at the server.
start() {
  rm -f chat.db* bot.log
  : >heard
  "$decorum" init -q chat.db --set mode=enforce
  configure "$1"
  "$decorum" run bot.lua 2>bot.log &
  bot=$!
  hears "^USER "
}

# The program's end: its status.
stop() {
  kill -TERM $bot
  wait $bot
  bot_status=$?
  bot=
}

welcome() { # [ISUPPORT]
  say ':irc.example 001 decorum :Welcome\r\n'
  [ -z "$1" ] || say "$1"
  say ':irc.example 376 decorum :End of MOTD\r\n'
  hears "^JOIN #lobby"
  say ':decorum!b@bot.example JOIN #lobby\r\n:irc.example 353 decorum = #lobby :@decorum ann mod\r\n:irc.example 366 decorum #lobby :End\r\n'
  hears "^WHO #lobby"
  say ':irc.example 352 decorum #lobby ann ann.example irc.example ann H :0 ann\r\n:irc.example 315 decorum #lobby :End\r\n'
  logs "ready channel=#lobby"
}

mkdir server
python3 "$root/tests/servers/irc.py" . &
server=$!
bot=
trap '[ -z "$bot" ] || kill -9 $bot; kill $server; wait; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
until_so "the server" [ -e port ]
port=$(cat port)

# SASL.
start "sasl = { account = \"warden\", password = \"$SECRET\" }"
hears "^CAP LS 302"
say ':irc.example CAP * LS :sasl=PLAIN,EXTERNAL server-time\r\n'
hears "^CAP REQ .*sasl"
ok "$(has_heard "^CAP END"; echo $((! $?)))" "SASL: the bot asks for it first"
say ':irc.example CAP decorum ACK :sasl server-time\r\n'
hears "^AUTHENTICATE PLAIN"
say 'AUTHENTICATE +\r\n'
hears "^AUTHENTICATE [^P]"
is "$(sed -n 's/^AUTHENTICATE \([^P].*\)/\1/p' heard | base64 -d | tr '\000' '|')" "warden|warden|$SECRET" "it says account and password"
say ':irc.example 900 decorum d!d@d warden :You are logged in\r\n:irc.example 903 decorum :SASL successful\r\n'
hears "^CAP END"
ok "$([ "$(number_of_line '^AUTHENTICATE PLAIN')" -lt "$(number_of_line '^CAP END')" ]; echo $?)" "before CAP END"
welcome
stop
is "$bot_status" 0 "SIGTERM ends it with status 0"
ok "$(has_heard "^QUIT"; echo $?)" "after QUIT"
is "$(cat bot.log chat.db* | grep -a -c -e "$SECRET" -e "$(printf 'warden\000warden\000%s' $SECRET | base64)")" 0 \
  "the password is neither in the log, at the level debug, nor in the database"
start "sasl = { account = \"warden\", password = \"$SECRET\" }"
say ':irc.example CAP * LS :sasl=PLAIN\r\n'
hears "^CAP REQ"
say ':irc.example CAP decorum ACK :sasl\r\n'
hears "^AUTHENTICATE PLAIN"
say 'AUTHENTICATE +\r\n'
hears "^AUTHENTICATE [^P]"
say ':irc.example 904 decorum :SASL authentication failed\r\n'
logs "SASL authentication failed"
hears closed
ok "$(has_heard "^CAP END"; echo $((! $?)))" "a login that fails is told, and the bot does not stay without it"
stop
is "$(cat bot.log chat.db* | grep -a -c -e "$SECRET" -e "$(printf 'warden\000warden\000%s' $SECRET | base64)")" 0 \
  "the password is in neither of the two then, too"

# The server's own password, by --check.
: >heard
configure "password = \"$SECRET\""
"$decorum" run --check bot.lua >told 2>&1 &
bot=$!
hears "^PASS $SECRET"
say ':irc.example 464 decorum :Password incorrect\r\n'
wait $bot
is "$? $(tail -1 told)" "1 WRONG: chat[1] irc: the server's password: Password incorrect" "--check tells a wrong password, with status 1"
ok "$(grep -q $SECRET told; echo $((! $?)))" "and does not show it"
bot=

# says NICK FORMAT: somebody says it in #lobby; FORMAT is printf's.
says() {
  says_nick=$1
  shift
  printf ":$says_nick!$says_nick@$says_nick.example PRIVMSG #lobby :$*\r\n" >say
}
is_warned() { hears "^PRIVMSG #lobby :$1: This is a warning"; ok $? "$2"; }

# Rubbish.
start ""
welcome
says amy "$INSULT"
is_warned amy "an insult is warned of"
head -c 100000 /dev/urandom | tr -d '\n' >say
say '\r\n:::\r\n@\r\n@;;=;= :\r\n: \r\nPRIVMSG\r\n:x PRIVMSG #lobby\r\n:!@ PRIVMSG #lobby :hi\r\n005\r\n:x MODE #lobby +ooo\r\n:x 353\r\n\r\n\n\n'
say ':x KICK #lobby\r\n:x CAP\r\n:x CAP * LS\r\n:x BATCH\r\n:decorum!b@x NICK\r\n:x JOIN\r\n:x 001\r\n:x 433\r\nPING\r\n:x WHATEVER %s\r\n' "$(seq -s ' ' 200)"
says bea "$INSULT"
is_warned bea "after a hundred thousand random bytes and lines with nothing in them"
says bea "$INSULT $(head -c 50000 /dev/zero | tr '\000' x)" # no server says so much at once
says cat "$INSULT $(head -c 8000 /dev/zero | tr '\000' x)"
is_warned cat "in a line of eight thousand bytes, behind one that is left out"
says dot "$INSULT \377\376 caf\351"
is_warned dot "with bytes that are no UTF-8"
says eve "you are a \00304,01fuc\002king\017 \035idi\026ot"
is_warned eve "with colours and bold letters"
says fay "hello\000 $INSULT" # IRC has no NULs
says fay "$INSULT"
is_warned fay "behind a line with NULs"
says gil "\001VERSION\001"
say ':gil!g@gil.example PRIVMSG decorum :\001VERSION\001\r\n:gil!g@gil.example PRIVMSG decorum :\001DCC SEND x 1 1 1\001\r\n'
hears "^NOTICE gil :.VERSION Decorum"
says gil "\001ACTION says $INSULT\001"
is_warned gil "as an action; CTCP is answered, or not heard"
is "$(grep -c '^PRIVMSG #lobby' heard)" 7 "nothing else is said to anybody"
ok "$(grep -q 'could not be handled' bot.log; echo $((! $?)))" "and no line is a fault of the program" "$(grep 'could not be handled' bot.log)"
is "$(grep -c connected heard)" 1 "the bot was there all the time"
stop
is "$bot_status $(sqlite3 chat.db "SELECT count(*) FROM sanction; PRAGMA integrity_check" | tr '\n' ' ')" "0 7 ok " "seven cases, and it ends well"

# A server that lies about what it can do.
lies='CASEMAPPING=martian PREFIX=(ov CHANMODES=,,,, MODES=-5 NICKLEN=99999999999999999999'
more_lies='LINELEN=3 CHANTYPES= MAXLIST=:: EXTBAN=$ STATUSMSG=# KICKLEN=0 WHOX=x =x PREFIX= TOPICLEN=\\xZZ CHANMODES=b,b,b,b'
start ""
welcome ":irc.example 005 decorum $lies :are supported\r\n:irc.example 005 decorum $more_lies :are supported\r\n"
says ann "$INSULT"
is_warned ann "a server that lies about itself: an insult is warned of"
says ann "$INSULT, and another fucking idiot"
hears "^NOTICE ann :You are muted until"
hears "^MODE #lobby +b \*!\*@ann.example"
say ':decorum!b@bot.example MODE #lobby +b *!*@ann.example\r\n'
row "SELECT 1 FROM outbox WHERE call = 'mute' AND state = 'done'"
ok 0 "and muted as any server can"
say ':mod!m@x NOTICE #lobby :bye\r\nERROR :Closing link\r\n'
logs "Closing link"
ok 0 "an ERROR is told; the bot comes back later"
stop
is "$bot_status" 0 "and ends while it waits to come back"
finish

#!/bin/sh
# How a bot begins and ends, on a real ngircd and a real inspircd: its configuration, decorum run --check, who is trusted, signals, a
# database that somebody else has locked.
. "$(dirname "$0")/tap.sh"
. "$here/irc_server.sh"

"$decorum" init -q chat.db
configure() {
  cat >bot.lua <<END
return { database = "chat.db", chat = { { "irc", host = "irc.example.org", nick = "decorum", channels = { "#lobby" }, $1 } } }
END
}
configure 'moderatros = "#mods"'
fails_with "decorum: run: bot.lua: chat\[1\].moderatros: there is no such key, did you mean 'moderators'?" "a key with a slip" "$decorum" run bot.lua
fails_with "decorum: run: bot.lua: chat\[1\].moderatros: *" "the same by --check" "$decorum" run --check bot.lua
configure 'sasl = { account = "warden", pasword = "x" }'
fails_with "decorum: run: bot.lua: chat\[1\].sasl.pasword: there is no such key, did you mean 'password'?" "one inside another" "$decorum" run bot.lua
configure 'sasl = { password = env "NO_SUCH_VARIABLE" }'
fails_with "decorum: run: *env: the environment has no NO_SUCH_VARIABLE" "a secret that is not there" "$decorum" run bot.lua

for server in ngircd inspircd; do
  if irc_has $server; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=Another authority" \
      -keyout other.key -out other.pem 2>openssl.log
    irc_test bot_start.lua $server
  else
    ok 0 "$server # SKIP it, openssl or python3 is not here"
  fi
done
finish

#!/bin/sh
# A bot among people, on a real ngircd and a real inspircd: observe first; insults are warned of, then silenced; a mute holds
# against other nicks, a new bot and a new server, and ends in time.
. "$(dirname "$0")/tap.sh"
. "$here/irc_server.sh"
for server in ngircd inspircd; do
  irc_has $server || skip_all "$server, openssl or python3 is not here"
done
for server in ngircd inspircd; do
  irc_test bot_members.lua $server
done
finish

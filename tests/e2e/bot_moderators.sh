#!/bin/sh
# A bot and its moderators, on a real ngircd and a real inspircd: what a person confirms or rejects, every command that acts, and what
# members may ask for.
. "$(dirname "$0")/tap.sh"
. "$here/irc_server.sh"
for server in ngircd inspircd; do
  irc_has $server || skip_all "$server, openssl or python3 is not here"
done
for server in ngircd inspircd; do
  irc_test bot_moderators.lua $server
done
finish

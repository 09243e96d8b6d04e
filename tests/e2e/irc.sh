#!/bin/sh
# The IRC adapter against a real ngircd and a real inspircd.
. "$(dirname "$0")/tap.sh"
. "$here/irc_server.sh"
for server in ngircd inspircd; do
  irc_has $server || skip_all "$server, openssl or python3 is not here"
done
for server in ngircd inspircd; do
  irc_start $server || ok 1 "$server starts" "$(cat $server.log)"
  "$build/tests/lua" "$here/irc.lua" $server "$irc_port" "$irc_tls_port" "touch again" >tap 2>errors &
  test_pid=$!
  until [ -e again ] || ! kill -0 $test_pid 2>/dev/null; do sleep 0.05; done
  rm -f again
  irc_stop
  irc_start $server
  wait $test_pid
  ok $? "$server: the test ends" "$(cat errors $server.log)"
  # Numbered on: each run counts from 1.
  awk -v number=$number '/^(not )?ok / { sub(/ok [0-9]+/, "ok " ++number) } { print }' tap
  number=$((number + $(grep -c -E '^(not )?ok ' tap)))
  irc_stop
done
finish

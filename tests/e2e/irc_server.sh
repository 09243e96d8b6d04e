# IRC servers for tests: a real ngircd and a real inspircd on loopback, in the test's temporary folder. Sourced behind tap.sh.
#
#   irc_has ngircd || ...      is the program there?
#   irc_start ngircd           or inspircd: starts it with $irc_port, and $irc_tls_port by the certificates of irc_authority
#   irc_stop                   kills it; irc_start of the same one again takes the same ports
#
# No operators of the network: whoever comes first into a channel is its operator. ca.pem is the authority to trust; the
# certificate is for localhost. Nothing is left behind.

PATH=$PATH:/usr/sbin:/sbin
irc_pid=
irc_test_pid=

irc_has() { command -v "$1" >/dev/null && command -v openssl >/dev/null && command -v python3 >/dev/null; }

# Made once: an authority, and a certificate of the server by it.
irc_authority() {
  [ -e ca.pem ] && return
  {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=Test authority" \
      -keyout ca.key -out ca.pem &&
      openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=localhost" -keyout server.key -out server.csr &&
      printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' >server.ext &&
      openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile server.ext -out server.pem
  } >openssl.log 2>&1
}

# Two ports that nobody has; another program may take one before the server does, but not for long.
irc_ports() {
  [ -n "${irc_port:-}" ] && return
  # shellcheck disable=SC2046 # two words
  set -- $(python3 -c 'import socket
sockets = [socket.socket() for _ in range(2)]
for s in sockets: s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))')
  irc_port=$1 irc_tls_port=$2
}

irc_ngircd() {
  cat >ngircd.conf <<END
[Global]
  Name = irc.test.example
  Info = A server for tests
  AdminInfo1 = nobody
  AdminEMail = nobody@test.example
  Listen = 127.0.0.1
  Ports = $irc_port
  MotdPhrase = "For tests."
  ServerUID = nobody
  ServerGID = nogroup
[Limits]
  MaxConnectionsIP = 0
  MaxJoins = 0
  MaxNickLength = 20
  MaxPenaltyTime = 0
[Options]
  DNS = no
  Ident = no
  PAM = no
[SSL]
  CertFile = $work/server.pem
  KeyFile = $work/server.key
  Ports = $irc_tls_port
END
  exec ngircd -n -f "$work/ngircd.conf" >ngircd.log 2>&1
}

irc_inspircd() {
  cat >inspircd.conf <<END
<server name="irc.test.example" description="A server for tests" network="Test">
<admin name="nobody" nick="nobody" email="nobody@test.example">
<bind address="127.0.0.1" port="$irc_port" type="clients">
<bind address="127.0.0.1" port="$irc_tls_port" type="clients" sslprofile="test">
<module name="ssl_gnutls">
<sslprofile name="test" provider="gnutls" certfile="$work/server.pem" keyfile="$work/server.key" hash="sha256">
<connect allow="*" resolvehostnames="no" localmax="1000" globalmax="1000" threshold="100" commandrate="100000" useident="no"
  fakelag="no" recvq="65536" softsendq="1000000" hardsendq="1000000">
<module name="cap">
<module name="ircv3">
<module name="ircv3_accounttag">
<module name="ircv3_batch">
<module name="ircv3_capnotify">
<module name="ircv3_chghost">
<module name="ircv3_ctctags">
<module name="ircv3_echomessage">
<module name="ircv3_msgid">
<module name="ircv3_servertime">
<module name="muteban">
<module name="namesx">
<module name="services_account">
<module name="sethost">
<module name="uhnames">
<options prefixquit="" defaultmodes="not" syntaxhints="no" casemapping="rfc1459" splitwhois="no">
<security runasuser="" hideserver="">
<files motd="$work/motd.txt">
<path configdir="$work" datadir="$work" logdir="$work" runtimedir="$work">
<pid file="$work/inspircd.pid">
<log method="file" type="*" level="default" target="$work/inspircd.messages">
END
  echo "For tests." >motd.txt
  root=
  [ "$(id -u)" = 0 ] && root=--runasroot
  exec inspircd --nofork --nolog $root --config "$work/inspircd.conf" >inspircd.log 2>&1
}

irc_answers() {
  python3 -c 'import socket, sys, time
end = time.monotonic() + 20
while time.monotonic() < end:
    try:
        socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1).close()
        sys.exit(0)
    except OSError:
        time.sleep(0.02)
sys.exit(1)' "$1"
}

irc_start() {
  irc_authority
  irc_ports
  "irc_$1" &
  irc_pid=$!
  trap 'irc_end; rm -rf "$work"' EXIT
  trap 'exit 1' HUP INT TERM # so that nothing is left behind then, too
  irc_answers "$irc_port" && irc_answers "$irc_tls_port"
}

irc_stop() {
  [ -n "$irc_pid" ] || return 0
  kill -9 "$irc_pid" 2>/dev/null
  wait "$irc_pid" 2>/dev/null
  irc_pid=
}

# The bot of a test that ended before it.
irc_end_bot() {
  [ -e bot.pid ] || return 0
  kill -9 "$(cat bot.pid)" 2>/dev/null
  irc_tries=0
  while [ -e bot.pid ] && [ $irc_tries -lt 40 ]; do # who started it says so, unless they are gone, too
    irc_tries=$((irc_tries + 1))
    sleep 0.05
  done
}

irc_end() {
  [ -z "$irc_test_pid" ] || kill -9 "$irc_test_pid" 2>/dev/null
  irc_end_bot
  irc_stop
}

# irc_test FILE SERVER: runs a test in Lua against a server that is started for it, and numbers its TAP on. It is given the server's
# name, its port and its TLS port. When it makes the file `restart` the server is killed, started again, and the file removed.
irc_test() {
  irc_start "$2" || ok 1 "$2 starts" "$(cat "$2.log")"
  no_proxy='*' "$build/tests/lua" "$here/$1" "$2" "$irc_port" "$irc_tls_port" >tap 2>errors &
  irc_test_pid=$!
  while kill -0 $irc_test_pid 2>/dev/null; do
    if [ -e restart ]; then
      irc_stop
      irc_start "$2"
      rm -f restart
    fi
    sleep 0.05
  done
  wait $irc_test_pid
  irc_test_status=$? irc_test_pid=
  irc_end_bot
  awk -v number=$number '/^(not )?ok / { sub(/ok [0-9]+/, "ok " ++number) } { print }' tap
  number=$((number + $(grep -c -E '^(not )?ok ' tap)))
  ok $irc_test_status "$2: the test ends" "$(cat errors)"
  irc_stop
}

#!/bin/sh
# lua/policies/README.md: every command and snippet runs as it is written, one after the other, on a copy of the demo's
# community, and prints what the page shows.
. "$(dirname "$0")/tap.sh"
"$decorum" init -q chat.db --set mode=enforce
"$decorum" replay -q chat.db "$root/examples/lobby-2026-03-14.log" 2>/dev/null
ln -s "$root/lua" lua
mkdir bin && ln -s "$decorum" bin/decorum
PATH=$work/bin:$PATH
export PATH

# The code blocks of the page: 01.sh, 02.txt...; a block without a language is what the one before it prints.
mkdir block
awk '/^```/ && !inside { inside = 1; language = substr($0, 4); if (language == "") language = "txt"
    file = sprintf("block/%02d.%s", ++number, language); printf "" > file; next }
  /^```/ { inside = 0; close(file); next }
  inside { print > file }' "$root/lua/policies/README.md"

# shows OUTPUT SHOWN: each line of SHOWN is one of OUTPUT, in this order.
shows() {
  awk 'NR == FNR { line[++lines] = $0; next }
    { while (at < lines && line[at + 1] != $0) at++; if (at++ >= lines) { print "# not printed: " $0; failed = 1 } }
    END { exit failed }' "$1" "$2"
}

# What somebody does in an editor, before the page shows the lines as they should be: edit N.
edit() {
  case $1 in
    1) sed -i 's/id = "ladder",/id = "mine",/; s/warn = 0.5, mute/warn = 0.6, mute/; s/spike_warn = 0.6/spike_warn = 0.7/' mine.lua ;;
    2) sed -i "/a mute does not count as a warning/r $file" mine.lua ;;
    3) sed -i "/drama 0.5 is a warning/d; /a single message of 0.6 is a warning/{r $file
d}" mine.lua ;;
    4) sed -i "/^  id = /r $file" mine.lua ;;
  esac
}

edits=0
for file in block/*; do
  what="block ${file##*/}: $(head -1 "$file")"
  next=block/$(printf '%02d' $(($(echo "${file##*/}" | sed 's/\..*//; s/^0//') + 1))).txt
  expected=0
  [ ! -e "$next" ] || ! grep -q '^not ok' "$next" || expected=1
  case $file in
    *.sh)
      case $(cat "$file") in # the step before it in words
        *--policy*) [ "$(sqlite3 chat.db "SELECT count(*) FROM policy_version WHERE name = 'mine' AND active")" = 0 ] \
          || sed -i '/mode = "observe"/d' mine.lua ;;
      esac
      sh -e "$file" >out 2>&1
      status=$?
      is "$status" "$expected" "$what" ;;
    *.sql)
      shell -box chat.db <"$file" >out 2>&1
      is "$? $(grep -c -i error out)" "0 0" "$what" ;;
    *.lua)
      if grep -q '^return policy' "$file"; then
        "$decorum" test "$file" >out 2>&1
        ok $? "$what" "$(cat out)"
      else
        edits=$((edits + 1))
        edit "$edits"
        cp mine.lua out
        ok "$(shows mine.lua "$file" >why; echo $?)" "$what" "$(cat why)"
      fi ;;
    *.txt)
      ok "$(shows out "$file" >why; echo $?)" "$what, is printed" "$(cat why out)" ;;
    *) ok 1 "$what: a block of a known language" ;;
  esac
done
is "$edits" 4 "what is to be edited was edited"
is "$(sqlite3 chat.db "SELECT group_concat(name || '@' || version) FROM policy_version
  WHERE active AND name IN ('ladder', 'mine')")" "ladder@1" "in the end all is as it was"

# The back-test looks at all that was said, also when the decisions to do nothing are gone.
back_test() {
  shell chat.db "CREATE VIRTUAL TABLE temp.candidate USING lua_policy(policy = 'mine@1', facts = member_facts);
$(sed '/^INSERT/d; /^CREATE/d' "$(grep -l 'AS messages' block/*.sql)")"
}
was=$(back_test)
"$decorum" job -q chat.db decisions --now 2000000000
is "$(sqlite3 chat.db "SELECT count(*) FROM decision WHERE action = 'none' AND NOT review") $(back_test)" "0 $was" \
  "the back-test is the same when decisions to do nothing are gone"
is "$(printf '%s\n' "$was" | awk -F'|' '{ sum += $3 } END { print sum }')" "$(sqlite3 chat.db "SELECT count(*) FROM message")" "and it looks at each message"

# The page names what there is.
told() { sed -n "/^## $1/,/^## /p" "$root/lua/policies/README.md" | grep '^|' | cut -d'|' -f2 | tr -cs 'a-z_' '\n' | sort -u; }
is "$(told 'The form' | grep -vx key | sed '/^$/d' | tr '\n' ' ')" \
  "decide guards id ladder max_climb mode needs params signals tests version_note " "the form's keys"
for file in "$root"/lua/policies/[a-z]*.lua; do
  name=$(basename "$file" .lua)
  matches "$(cat "$root/lua/policies/README.md")" "*($name.md)*" "$name is in the table of policies"
done
finish

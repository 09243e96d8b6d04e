#!/bin/sh
# decorum test: what ships passes; what is wrong is told of in TAP, with the place or what was meant.
. "$(dirname "$0")/tap.sh"

# tap FILE...: what decorum test prints without luacheck, and its status.
mkdir bare
for program in sh env; do ln -s "$(command -v "$program")" bare/; done
tap() { PATH=$work/bare "$decorum" test "$@" 2>&1; echo "status $?"; }

set -- "$root"/lua/policies/[a-z]*.lua "$root"/examples/*.lua
"$decorum" test "$@" >out 2>err
is "$? $(cat err)" "0 " "the policies that ship and the examples pass"
is "$(grep -c '^ok' out)" "$(sed -n '1s/^1\.\.//p' out)" "each line of them is ok"
for file in "$@"; do
  matches "$(cat out)" "*ok * - $file: luacheck*ok * - $file: there is each fact that it needs*" "${file##*/}: linted and its facts found"
done
if command -v luacheck >/dev/null; then
  is "$(grep -c SKIP out)" 0 "nothing is skipped where luacheck is installed"
fi

cat >mine.lua <<'END'
return policy {
  id = "mine",
  needs = { "drama" },
  signals = { { "heat", fact = "drama", bands = { { 0.6, 2 } }, "drama {drama:.2f}" } },
  ladder = { { at = 2, action = "warn" } },
  tests = {
    { "calm members are left alone", { drama = 0.1 }, { action = "none" } },
    { "heat # 1", { drama = 0.5 }, { action = "warn" } },
  },
}
END
is "$(tap mine.lua)" "1..4
ok 1 - mine.lua: luacheck # SKIP luacheck is not installed
ok 2 - mine.lua: calm members are left alone
not ok 3 - mine.lua: heat \\# 1
# expected action warn, got none (0 points reach no rung)
ok 4 - mine.lua: there is each fact that it needs
status 1" "a line for each test, and why one failed"
sed 's/0.6, 2/0.5, 2/' mine.lua >other.lua
is "$(tap other.lua mine.lua | grep -v '^ok')" "1..8
not ok 7 - mine.lua: heat \\# 1
# expected action warn, got none (0 points reach no rung)
status 1" "several files are one plan"
is "$(tap other.lua | tail -1)" "status 0" "exit status 0 when all is well"

sed 's/"drama" }/"drama", "offenses" }/; s/0.6, 2/0.5, 2/' mine.lua >facts.lua
is "$(tap facts.lua | tail -3)" "not ok 4 - facts.lua: there is each fact that it needs
# member_facts has no fact 'offenses', did you mean 'offences'?
status 1" "a fact that there is not"
sed 's/signals = {/guards = { { "lately", cooldown("last_waring_at", 60) } }, signals = {/' other.lua >cooldown.lua
is "$(tap cooldown.lua | tail -2)" "# member_facts has no fact 'last_waring_at', did you mean 'last_warning_at'?
status 1" "nor one that only a cooldown goes by"
sed 's/signals = {/params = { warn = 0.5 }, max_climb = 1, signals = {/; s/action = "warn" },$/action = "warn", durations = { hours(1) } },/' other.lua >form.lua
is "$(tap form.lua | tail -1)" "status 0" "what the form reads is there"

sed 's/ladder = /laddre = /' mine.lua >key.lua
is "$(tap key.lua)" "1..2
ok 1 - key.lua: luacheck # SKIP luacheck is not installed
not ok 2 - key.lua: loads
# key.lua: laddre is not known here, did you mean 'ladder'?
status 1" "a mistyped key"
sed '3s/,$//' mine.lua >syntax.lua
matches "$(tap syntax.lua)" "*not ok 2 - syntax.lua: loads
# syntax.lua:4: '}' expected (to close '{' at line 1) near 'signals'
status 1" "what does not compile, with its line"
sed 's/ladder = /decide = function(f, d) if f.drama > 5 then os.exit() end end, ladder = /' other.lua >names.lua
matches "$(tap names.lua)" "*
# names.lua:5: there is no 'os' in a policy; there are assert, *
status 1" "a name that there is not, on a line that no test runs"
sed 's/ladder = /decide = function(f) return f.drama.x end, ladder = /' other.lua >code.lua
matches "$(tap code.lua)" "*not ok 2 - code.lua: calm members are left alone
# failed: code.lua:5: attempt to index a number value (field 'drama')*" "an error in its code, with its line"

is "$(ls | tr '\n' ' ')" "bare code.lua cooldown.lua err facts.lua form.lua key.lua mine.lua names.lua other.lua out syntax.lua " \
  "nothing was written"

if command -v luacheck >/dev/null; then
  sed 's/ladder = /decide = function(f, d) local unused = 1 return string.gsub end, ladder = /' other.lua >lint.lua
  matches "$("$decorum" test lint.lua)" "1..4
not ok 1 - lint.lua: luacheck
# lint.lua:5:33: unused variable 'unused'
# lint.lua:5:51: accessing undefined field 'gsub' of global 'string'
*" "luacheck's findings"
  cp other.lua "it's - mine.lua"
  is "$("$decorum" test "it's - mine.lua" | grep -c '^ok')" 4 "any name of a file will do"
else
  for what in "luacheck's findings" "any name of a file will do"; do ok 0 "$what # SKIP luacheck is not installed"; done
fi

fails_with "decorum: test: none.lua: No such file or directory" "no such file" "$decorum" test other.lua none.lua
fails_with "decorum: test: $work: is no file to read" "a folder" "$decorum" test "$work"
fails_with "decorum: missing argument 'file'; *" "no file named" "$decorum" test

# Installed somewhere else it finds what it needs.
make -s -C "$root" install BUILD="$build" PREFIX="$work/there" >/dev/null 2>&1
(cd / && "$work/there/bin/decorum" test "$work/other.lua") >out 2>&1
is "$? $(grep -c '^ok' out)" "0 4" "it works where it is installed"
finish

#!/bin/sh
# linear.sh: counts the instructions that toxicity() takes for texts of 100,000 and of 1,000,000 bytes, and
# how many times as many the longer one takes: 10, if the scorer is linear. Needs valgrind.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
build=${DECORUM_BUILD:-$here/../../build}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# instructions TEXT BYTES: of toxicity() on TEXT, repeated up to so many bytes.
instructions() {
  valgrind --tool=callgrind --callgrind-out-file="$work/out" --toggle-collect=toxicity \
    sqlite3 -batch -init /dev/null -cmd ".load $build/decorum" :memory: \
    "SELECT toxicity(substr(replace(printf('%.*c', $2, 'x'), 'x', '$1'), 1, $2))" 2>&1 >/dev/null |
    sed -n 's/^==.* Collected : //p'
}

printf '%-12s %14s %14s  times\n' text 100,000 1,000,000
for text in 'word ' 'you idiot ' '"' "''" ' "' " ''" '`' ' `' '> ' '“' ' “' '„' '«' ' ‘' 'a ' 'a' 'i d i o ' '*' 'a*' \
  '@' '$' '1' '!' 'you should ' 'not ' 'é' '🅰'; do
  small=$(instructions "$text" 100000)
  large=$(instructions "$text" 1000000)
  awk -v text="$text" -v small="$small" -v large="$large" \
    'BEGIN { printf "%-12s %14d %14d %6.2f\n", text, small, large, large / small }'
done

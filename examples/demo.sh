#!/bin/sh
# The main job from end to end: a chat log in, judged by a policy, reported from SQL.
set -e
cd "$(dirname "$0")/.."
decorum="${BUILD:-build}/decorum"
database="${BUILD:-build}/demo.db"

rm -f "$database" "$database"-wal "$database"-shm
# A new community only observes; this one enforces, so that there is something to see.
"$decorum" init "$database" --set mode=enforce
echo
"$decorum" replay "$database" examples/lobby-2026-03-14.log 2>&1
for report in overview leaderboard decisions; do
  echo
  "$decorum" report "$database" "$report"
done
cat <<END

More of it:
  $decorum report $database member member=ferrite
  sqlite3 -cmd ".load ${BUILD:-build}/decorum" -box $database "SELECT name, action, explanation FROM explain"
END

#!/bin/sh
# A bot that is killed at random moments: DECORUM_KILLS times, 15 unless given; DECORUM_SEED repeats a run. Prints TAP.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
build=${DECORUM_BUILD:-$here/../../build}
exec sh "$here/python.sh" crash.py "$build/decorum" "$build/decorum.so" "${DECORUM_KILLS:-15}" ${DECORUM_SEED:+"$DECORUM_SEED"}

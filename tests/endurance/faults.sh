#!/bin/sh
# A bot that ends at each of its steps in turn, or without power: at every DECORUM_EVERYth, 25th unless given. Prints TAP.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
build=${DECORUM_BUILD:-$here/../../build}
exec sh "$here/python.sh" faults.py "$build/decorum" "$build/decorum.so" "$build/tests/fault.so" "${DECORUM_EVERY:-25}" \
  ${DECORUM_SEED:+"$DECORUM_SEED"}

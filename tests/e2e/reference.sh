#!/bin/sh
# The reference page is what decorum_help says.
. "$(dirname "$0")/tap.sh"
shell :memory: <"$root/ext/reference.sql" >reference.md
is "$(diff reference.md "$root/ext/reference.md")" "" "ext/reference.md is up to date (make reference)"
finish

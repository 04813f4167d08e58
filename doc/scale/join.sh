#!/bin/sh
# join.sh: the answers of all parts as one, in the order of the input.
# SPDX-License-Identifier: MIT
#
#   sh join.sh FOLDER >reports.json       the lines of `report`, or `survey --merge` of those of `survey`
#
# Prints nothing while a part is missing.
set -eu
here=$(dirname "$0")
# shellcheck source=common.sh
. "$here/common.sh"

[ $# = 1 ] || fail "usage: join.sh FOLDER"
folder=$1
[ -e "$folder/question" ] || fail "$folder: nothing was asked yet (parallel.sh, slurm.sh)"
end_parts "$folder" || exit 1

case $(head -n 1 "$folder/question") in
# Each name, in the order of the parts' numbers; no list of a million arguments.
report) find "$folder" -maxdepth 1 -name '*.json' -print0 | LC_ALL=C sort -z | xargs -0 cat ;;
survey) "${FROMSCOPE:-fromscope}" survey --merge "$folder"/*.json --format json ;;
esac

# What could not be opened has no line above.
find "$folder" -maxdepth 1 -name '*.err' -print0 | LC_ALL=C sort -z | xargs -0 cat >&2

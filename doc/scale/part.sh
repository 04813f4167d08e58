#!/bin/sh
# part.sh: one part of a large work. Its answer is there whole, or not at all.
# SPDX-License-Identifier: MIT
#
#   sh part.sh FOLDER/000017.names report --dns zone.dns      writes FOLDER/000017.json, once
#   sh part.sh FOLDER/000017.names survey --dns zone.dns
#   sh part.sh - report --dns zone.dns                        names (one a line) in, JSON lines out
#
# A part that is finished is left alone, so the same command may be given again, anywhere. What the program said
# of files that it could not open stands beside the answer, in FOLDER/000017.err. Set FROMSCOPE where the program
# is not in PATH.
# Status 0: the answer is complete. Anything else: it is not, and nothing of it is left.
set -u

fail() {
    echo "part.sh: $*" >&2
    exit 1
}

[ $# -ge 2 ] || fail "usage: part.sh PART.names report|survey [OPTION]..."
names=$1
command=$2
shift 2
case $command in
# By itself a list of one message would be asked for second opinions, and a list of two would not.
report) set -- --second-opinions off "$@" ;;
survey) ;;
*) fail "$command: neither report nor survey" ;;
esac

if [ "$names" = - ]; then
    # An engine that starts this again elsewhere must not find half an answer from here.
    new=$(mktemp) || exit 1
    answer=
    trap 'rm -f "$new" "$new.err" "$new.status" "$new.names"' EXIT
    names=$new.names
    tr '\n' '\0' >"$names"
else
    answer=${names%.names}.json
    [ ! -e "$answer" ] || exit 0
    # The same part may be under way on another machine that was given up too early.
    new=$answer.$(uname -n).$$
    trap 'rm -f "$new" "$new.err" "$new.status"' EXIT
    if [ -e "${names%.names}.range" ]; then
        read -r first count <"${names%.names}.range"
        set -- --index "$first" --count "$count" "$@"
    fi
fi
trap 'exit 1' HUP INT TERM

# Through cat, which fails where a disk is full; the program would only say 2.
{
    "${FROMSCOPE:-fromscope}" "$command" --format json "$@" -0 --files-from "$names" 2>"$new.err"
    echo $? >"$new.status"
} | cat >"$new" || fail "$names: its answer cannot be written"
status=$(cat "$new.status")

# 2 is also said of a work that is complete, but where a file could not be read: then there are answers, or
# nothing was asked. 1, 3 and 4 are verdicts (--exit-code). Anything else is a program that did not end by itself.
if [ "${status:-255}" -gt 4 ] || { [ "$status" = 2 ] && [ -s "$names" ] && [ ! -s "$new" ]; }; then
    cat "$new.err" >&2
    fail "$names: the program ended with status $status"
fi

if [ -z "$answer" ]; then
    cat "$new.err" >&2
    cat "$new" || exit 1
    exit 0
fi
# On the disk before it has its name: a machine that loses its power must not leave an empty answer.
sync "$new" || exit 1
if [ -s "$new.err" ]; then
    mv "$new.err" "${answer%.json}.err" || exit 1
fi
mv "$new" "$answer"

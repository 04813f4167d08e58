#!/bin/sh
# cut.sh: a large work, cut into parts: a folder of lists, each with at most COUNT names or messages.
# SPDX-License-Identifier: MIT
#
#   find mail -name '*.eml' | sort | sh cut.sh FOLDER COUNT      files, or mailboxes, named on standard input
#   find mail -name '*.eml' -print0 | sh cut.sh -0 FOLDER COUNT  … with any character in their names
#   sh cut.sh -m MAILBOX FOLDER COUNT                            one large mailbox, by its messages
#
# FOLDER/000001.names holds the names, each ended by NUL; FOLDER/000001.range, of a mailbox, the first message and how many.
# The numbers are the order of the input. Whoever works on a part writes FOLDER/000001.json (part.sh).
set -eu

fail() {
    echo "cut.sh: $*" >&2
    exit 2
}

separator=newline
mailbox=
while getopts 0m: option; do
    case $option in
    0) separator=nul ;;
    m) mailbox=$OPTARG ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
[ $# = 2 ] || fail "usage: cut.sh [-0 | -m MAILBOX] FOLDER COUNT"
folder=$1
count=$2
case $count in
'' | *[!0-9]* | 0*) fail "COUNT is a number from 1, not $count" ;;
esac

mkdir -p "$folder"
# Two works in one folder would become one answer.
[ -z "$(ls -A "$folder")" ] || fail "$folder is not empty"

cut_names() {
    if [ $separator = nul ]; then cat; else tr '\n' '\0'; fi |
        split -t '\0' -l "$count" -a 6 --numeric-suffixes=1 --additional-suffix=.names - "$folder/"
}

# What is counted is what `report` and `survey` see: where messages begin is for them to say.
cut_mailbox() {
    messages=$("${FROMSCOPE:-fromscope}" survey --list "$mailbox" | wc -l)
    first=1
    part=1
    while [ "$first" -le "$messages" ]; do
        name=$folder/$(printf %06d $part)
        echo "$first $count" >"$name.range"
        printf '%s\0' "$mailbox" >"$name.names"
        first=$((first + count))
        part=$((part + 1))
    done
}

if [ -n "$mailbox" ]; then cut_mailbox; else cut_names; fi
set -- "$folder"/*.names
[ -e "$1" ] || fail "nothing to cut: no name was given"
echo "$# parts in $folder" >&2

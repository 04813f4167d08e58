#!/bin/sh
# send.sh: one part of a large work, with its files, to a machine that sees none of them; its answer comes back.
# SPDX-License-Identifier: MIT
#
#   sh send.sh HOSTS NUMBER FOLDER/000017.names report --dns zone.dns      as parallel.sh -t calls it
#
# HOSTS holds a machine a line. That of line NUMBER is asked first, then those behind it, round to where we began.
# One stream of tar goes there (the list, the files, snapshots beside them, files that options name, part.sh), and
# one comes back. A stream that breaks off is an attempt that failed: nothing of it is kept.
set -u
here=$(dirname "$0")

fail() {
    echo "send.sh: $*" >&2
    exit 1
}

[ $# -ge 4 ] || fail "usage: send.sh HOSTS NUMBER PART.names report|survey [OPTION]..."
hosts=$1
number=$2
names=$3
shift 3
part=${names%.names}
name=${part##*/}
[ ! -e "$part.json" ] || exit 0
[ ! -e "$part.range" ] || fail "$part: a part of a mailbox needs a shared file system"

# Of the names on standard input, those that are there: where the list goes, it is complained about the others.
existing_files() {
    # shellcheck disable=SC2016
    xargs -0 sh -c 'for name; do
        for file in "$name" "$name.dns" "${name%.*}.dns"; do
            if [ -e "$file" ]; then printf "%s\0" "./$file"; fi
        done
    done' sh
}

# "--dns zone.dns", "--psl=list".
option_files() {
    for word; do
        word=${word#--*=}
        if [ -f "$word" ]; then printf '%s\0' "./$word"; fi
    done
}

quoted() {
    for word; do
        printf " '%s'" "$(printf %s "$word" | sed "s/'/'\\\\''/g")"
    done
}

if grep -zq -e '^/' -e '^\.\./' -e '/\.\./' "$names"; then
    fail "$names: with -t, names are relative and lie below the current folder"
fi
box=$(mktemp -d) || exit 1
trap 'rm -rf "$box"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$box/.parts" && cp "$here/part.sh" "$names" "$box/.parts" || exit 1
{ existing_files <"$names"; option_files "$@"; } | sort -zu >"$box/files"
there="dir=\$(mktemp -d) && trap 'rm -rf \"\$dir\"' EXIT && cd \"\$dir\" && tar -xf - &&
FROMSCOPE='${FROMSCOPE:-fromscope}' sh .parts/part.sh .parts/$name.names$(quoted "$@") &&
cd .parts && tar -cf - \$(ls | grep -e '[.]json\$' -e '[.]err\$')"

# MACHINE, a line of HOSTS: the answer lies in the box, or nothing was got.
ask() {
    machine=${1#[0-9]*/}
    rm -rf "$box/answer" && mkdir "$box/answer" || exit 1
    # A command is words.
    # shellcheck disable=SC2086
    case $machine in
    :) set -- sh -c ;;
    *' '*) set -- $machine ;;
    *) set -- ${PARALLEL_SSH:-ssh} "$machine" ;;
    esac
    tar -cf - -C "$box" .parts -C "$PWD" --null -T "$box/files" | "$@" "$there" >"$box/answer.tar" &&
        tar -xf "$box/answer.tar" -C "$box/answer" && [ -e "$box/answer/$name.json" ]
}

# Beside the other answers first: from there on it only takes a new name.
keep() {
    new=$part.json.$(uname -n).$$
    if [ -e "$box/answer/$name.err" ]; then
        cp "$box/answer/$name.err" "$part.err" || exit 1
    fi
    cp "$box/answer/$name.json" "$new" && sync "$new" && mv "$new" "$part.json"
}

count=$(grep -c . "$hosts")
tried=0
while [ "$tried" -lt "$count" ]; do
    line=$(((number - 1 + tried) % count + 1))
    if ask "$(sed -n "${line}p" "$hosts")"; then
        keep
        exit
    fi
    tried=$((tried + 1))
done
fail "$names: no machine could do it"

#!/bin/sh
# parallel.sh: a work in parts, done by several machines over ssh. GNU parallel hands the parts out.
# SPDX-License-Identifier: MIT
#
#   sh parallel.sh HOSTS FOLDER report --dns zone.dns
#   sh parallel.sh HOSTS FOLDER survey --dns zone.dns
#   sh parallel.sh -t HOSTS FOLDER report --dns zone.dns       … the files are sent there
#
# HOSTS      a file as for `parallel --sshloginfile`: a line for each machine, "4/user@host" for four parts at a
#            time there; ":" is this machine
# FOLDER     made by cut.sh
#
# Without -t all machines see this folder, the mail and the program's files under the same names (a shared file
# system). With -t each part's files are sent, and removed afterwards; names must then be relative and lie below
# the current folder. What `--dns FILE` names is sent, too.
#
# A machine that dies loses the parts that it had under way: they are done by another. Each answer appears whole,
# under its part's number, so nothing is lost and nothing counts twice; join.sh puts them in order. Given again, the
# command does what is missing. PARALLEL_SSH names another ssh ("ssh -F config").
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"

send=
while getopts t option; do
    case $option in
    t) send=yes ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
[ $# -ge 3 ] || fail "usage: parallel.sh [-t] HOSTS FOLDER report|survey [OPTION]..."
hosts=$1
folder=${2%/}
shift 2
[ -r "$hosts" ] || fail "$hosts: cannot be read"
begin_parts "$folder" "$@"

# A machine that vanished without a word is noticed within half a minute.
PARALLEL_SSH="${PARALLEL_SSH:-ssh} -o ConnectTimeout=10 -o ServerAliveInterval=10 -o ServerAliveCountMax=3"
export PARALLEL_SSH
program=${FROMSCOPE:-fromscope}

# Another version may answer otherwise. A machine that does not answer is told by ssh, and is no reason to stop.
versions=$(parallel --will-cite --nonall --sshloginfile "$hosts" "$program --version" | sort -u)
[ -n "$versions" ] || fail "no machine of $hosts can run $program"
[ "$(echo "$versions" | wc -l)" = 1 ] || fail "the machines have different versions:" "$versions"

# Each list goes to a machine; if that fails, to one where it has not failed yet.
on_shared_files() {
    machines=$(grep -c '^[^#]' "$hosts")
    missing_parts "$folder" |
        parallel --will-cite --sshloginfile "$hosts" --retries $((machines + 1)) --workdir "$PWD" \
            --joblog "$folder/parallel.log" --quote env FROMSCOPE="$program" sh "$here/part.sh" {} "$@"
}

# As many at a time as there are places; {%} is the number of a place.
by_sending() {
    places=$(mktemp)
    trap 'rm -f "$places"' EXIT
    sed -n -e 's/[[:space:]]*$//' -e '/^[^#]/p' "$hosts" | while read -r machine; do
        case $machine in
        [0-9]*/*) yes "$machine" | head -n "${machine%%/*}" ;;
        *) echo "$machine" ;;
        esac
    done >"$places"
    missing_parts "$folder" |
        parallel --will-cite --jobs "$(grep -c . "$places")" --joblog "$folder/parallel.log" \
            --quote sh "$here/send.sh" "$places" '{%}' {} "$@"
}

# How many parts failed, and why, is told by what is missing, and on standard error.
if [ -n "$send" ]; then by_sending "$@" || true; else on_shared_files "$@" || true; fi
end_parts "$folder"

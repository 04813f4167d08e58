#!/bin/sh
# slurm.sh: a work in parts as a Slurm job array. What is missing is submitted, and waited for.
# SPDX-License-Identifier: MIT
#
#   sh slurm.sh FOLDER survey --dns zone.dns
#   SBATCH_PARTITION=short sh slurm.sh -t 500 FOLDER report --dns zone.dns
#
# FOLDER is made by cut.sh, and seen by all nodes, as the mail is. -t TASKS: how many tasks share the parts (100);
# the site's MaxArraySize is the limit. What sbatch reads from SBATCH_… variables holds; so do options after -s
# ("-s '--time=2:00:00 --mem-per-cpu=1G'").
#
# A part's answer is whole or absent, so a task that was killed, requeued by Slurm or submitted again does only what
# is missing. Given again, this command does the same. join.sh puts the answers together.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"

tasks=100
submit=
while getopts s:t: option; do
    case $option in
    s) submit=$OPTARG ;;
    t) tasks=$OPTARG ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
[ $# -ge 2 ] || fail "usage: slurm.sh [-t TASKS] [-s SBATCH-OPTIONS] FOLDER report|survey [OPTION]..."
folder=${1%/}
shift
begin_parts "$folder" "$@"

# Each task takes every TASKS-th line of it.
missing_parts "$folder" >"$folder/todo"
count=$(grep -c . "$folder/todo" || true)
if [ "$count" -gt 0 ]; then
    [ "$count" -ge "$tasks" ] || tasks=$count
    # Its status is that of the worst task. What counts is which answers are there.
    # shellcheck disable=SC2086
    sbatch --wait --array="1-$tasks" --output="$folder/slurm-%A_%a.log" $submit \
        "$here/survey.sbatch" "$here/part.sh" "$folder/todo" "$@" || true
fi
end_parts "$folder"

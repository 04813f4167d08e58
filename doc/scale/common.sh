# common.sh: what parallel.sh, slurm.sh and join.sh know of a folder of parts. Read by them, not run.
# SPDX-License-Identifier: MIT
# shellcheck shell=sh

fail() {
    echo "${0##*/}: $*" >&2
    exit 2
}

# FOLDER COMMAND [OPTION]...: the folder holds parts, and all of them are asked the same. The answers of two
# different questions would be joined without anybody noticing.
begin_parts() {
    folder=$1
    shift
    set -- "$folder" "$(printf '%s\n' "$@")"
    count_parts "$folder" >/dev/null
    if [ -e "$folder/question" ] && [ "$(cat "$folder/question")" != "$2" ]; then
        fail "$folder was begun with other options:" "$(tr '\n' ' ' <"$folder/question")"
    fi
    printf '%s\n' "$2" >"$folder/question"
}

count_parts() {
    count=$(find "$1" -maxdepth 1 -name '*.names' 2>/dev/null | wc -l)
    [ "$count" -gt 0 ] || fail "$1 holds no parts (cut.sh makes them)"
    echo "$count"
}

# FOLDER: the lists that have no answer yet, in order, one a line.
missing_parts() {
    for list in "$1"/*.names; do
        [ -e "${list%.names}.json" ] || printf '%s\n' "$list"
    done
}

# FOLDER: says how the work stands; FALSE while something is missing.
end_parts() {
    missing=$(missing_parts "$1" | wc -l)
    if [ "$missing" -gt 0 ]; then
        echo "${0##*/}: $missing of $(count_parts "$1") parts are missing; the same command again does these" >&2
        return 1
    fi
    # Left by attempts that were killed.
    find "$1" -maxdepth 1 -name '*.json.*' -exec rm -f {} +
    echo "$(count_parts "$1") parts are complete" >&2
}

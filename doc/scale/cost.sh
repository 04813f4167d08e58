#!/bin/sh
# cost.sh: what a large work costs, by a measured rate: the table of doc/scale.md for your own figures.
# SPDX-License-Identifier: MIT
#
#   sh cost.sh RATE MESSAGE REPORT      messages a second that one core does; bytes of a message, bytes that come out
#
#   core-hours = messages / RATE / 3600        hours = core-hours / cores
#   bytes read = messages * MESSAGE            bytes written = messages * REPORT
set -eu

case $# in
3) ;;
*)
    echo "cost.sh: usage: cost.sh RATE MESSAGE REPORT" >&2
    exit 2
    ;;
esac

awk -v rate="$1" -v message="$2" -v report="$3" '
    function size(bytes,    unit) {
        for (unit = 1; bytes >= 1000 && unit < 6; unit++)
            bytes /= 1000
        return sprintf("%.3g %s", bytes, names[unit])
    }
    function span(hours) {
        if (hours < 1 / 60)
            return sprintf("%.0f s", hours * 3600)
        if (hours < 1)
            return sprintf("%.0f min", hours * 60)
        return hours < 48 ? sprintf("%.1f h", hours) : sprintf("%.1f days", hours / 24)
    }
    BEGIN {
        split("B kB MB GB TB PB", names, " ")
        print "| messages | core-hours | 2 cores | 64 cores | 1,024 cores | read | written |"
        print "|---|---|---|---|---|---|---|"
        split("1000000 100000000 1000000000", many, " ")
        split("10^6 10^8 10^9", name, " ")
        for (i = 1; i <= 3; i++) {
            hours = many[i] / rate / 3600
            printf "| %s | %.3g | %s | %s | %s | %s | %s |\n", name[i], hours, span(hours / 2), span(hours / 64),
                   span(hours / 1024), size(many[i] * message), size(many[i] * report)
        }
    }'

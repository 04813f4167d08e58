#!/bin/sh
# mailbox.t: a hundred thousand messages: the first screen stands at once, and every key is answered.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

box=$TMUX_TMPDIR/box
awk 'BEGIN {
    for (i = 1; i <= 100000; i++) {
        printf "From a@example.com Tue Sep  1 10:00:00 2026\nFrom: sender%d@example.com\n", i % 977
        printf "Subject: letter %d of many\nDate: Tue, %d Sep 2026 10:00:%02d +0000\n", i, 1 + i % 28, i % 60
        printf "Message-ID: <%d@example.com>\n\nThe body of the letter.\n\n", i
    }
}' >"$box"

now() {
    date +%s%3N
}

start 80 24
wait_for 'prompt>'
began=$(now)
type_line "$FROMSCOPE --ascii --offline $box"
check 'the first screen' wait_for 'letter 18 of many'
took=$(($(now) - began))
echo "# first screen after $took ms"
check 'within seconds on any machine' test "$took" -lt 4000
check 'all are found' wait_for '100,000 messages ---'
press G
check 'the last one is a key away' wait_for 'letter 100000 of many'
press s
check 'sorted by date' wait_for 'by date, 100,000 messages ---'
press g
check 'the first of September comes first' wait_for 'letter 420 of many'
press s s s s
press g
check 'back to the number' wait_for 'letter 1 of many'
press /
wait_for 'Enter search'
tm send-keys -l 'letter 99999'
wait_for '/letter 99999'
press Enter
check 'a search to the end' wait_for 'letter 99999 of many'
press Enter
check 'opens' wait_for 'message 99999'
press Escape
wait_for '[m Messages]'
idle_ticks() {
    sed 's/.*) //' "/proc/$(program_pid)/stat" | cut -d ' ' -f 12,13 | tr ' ' '+'
}
wait_gone ' .. '
sleep 1
before=$(($(idle_ticks)))
sleep 2
after=$(($(idle_ticks)))
check 'nothing is done while nothing is asked' test $((after - before)) -le 2
press q
check 'q leaves' leaves_with 0
done_testing

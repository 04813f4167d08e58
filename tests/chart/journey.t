#!/bin/sh
# journey.t: the chart by keys: examples and back, what if with its shadow, a mailbox, at all sizes.
# Golden screens stand in tests/chart/golden; `tests/chart/journey.t --write` writes them anew.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh
write=$1
cells=samples/lessons/09-sixteen-cells
box=$(mktemp -d)
trap 'rm -rf "$box"; stop' EXIT

screen_is() {
    golden=tests/chart/golden/$1.txt
    [ "$write" != --write ] || { sleep 1; screen >"$golden"; }
    tries=40        # the last of it may still be on its way
    until screen | diff "$golden" - >"$box/diff"; do
        tries=$((tries - 1))
        if [ "$tries" -le 0 ]; then
            sed 's/^/# /' "$box/diff"
            return 1
        fi
        sleep 0.1
    done
}

# Two of the first cell, one of each other in its row, and one that is no mail.
for cell in aligned-aligned aligned-aligned aligned-unaligned aligned-fail aligned-none fail-none; do
    echo 'From x@example.com Tue Sep  1 10:00:00 2026'
    cat "$cells/cell-$cell.eml"
    echo
done >"$box/box"
cp "$cells/message.dns" "$box/box.dns"

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press 7
wait_for '[7 Chart]'
check 'one message at 80x24' screen_is one-80x24
resize 160 50
check 'at 160x50' screen_is one-160x50
resize 60 16
check 'at 60x16' screen_is one-60x16
resize 80 24
wait_for 'DMARC x FAIL'
press Up Enter
check 'Enter on another cell opens its example' wait_for 'cell-aligned-unaligned'
check 'and says so' screen_has 'Esc leads back to the chart'
press 7
check 'which stands in that cell' wait_for '[>DMARC + pass ]'
press Left Enter
check 'from there to the next example' wait_for '[1 Overview]'
press Escape
check 'to the chart of the message' wait_for '[7 Chart]'
check 'whose mark stays' screen_has '[ DMARC x FAIL ]'

press w
check 'w on another cell: changes that lead there' wait_for 'mail-from=bounce@example.jp and spf=pass'
check 'chosen by Enter' screen_has 'Enter: make this change'
press Tab
check 'Tab leaves them' wait_gone 'mail-from=bounce'
press w
wait_for 'mail-from=bounce'
press Enter
check 'the change is made' wait_for 'WHAT IF: 2 edits'
check 'the mark moved' screen_has '[>DMARC + pass ]'
check 'its shadow stays' screen_has '{ DMARC x FAIL }'
check 'with a legend' screen_has '{ } without the edits'
check 'all of it' screen_is edited-80x24
press Down
check 'the shadow is named' wait_for 'Here this message stands without the edits.'
press w
check 'the way back is offered' wait_for 'take the edits back'
press Enter
check 'and taken' wait_gone 'WHAT IF'
check 'nothing is left of the shadow' screen_lacks '{'
press u
check 'u makes the change again' wait_for 'WHAT IF: 2 edits'
press w
check 'w on its own cell: all that can be changed' wait_for '[w What if]'
press q
wait_for 'prompt>'

start 80 24 "$FROMSCOPE --ascii --dns $box/box.dns $box/box"
wait_for '6 messages'
press 7
check 'a mailbox has a chart' wait_for 'judged: 6'
check 'with counts at 80x24' screen_is many-80x24
resize 160 50
check 'at 160x50' screen_is many-160x50
resize 60 16
check 'at 60x16' screen_is many-60x16
resize 40 12
check 'at 40x12' wait_for 'judged: 6'
resize 80 24
wait_for 'no cell: 0'
press Enter
check 'Enter lists those of the cell' wait_for 'DKIM aligned: 2, judged: 6'
check 'two of them' screen_has '2  2026-11-18'
check 'and no others' screen_lacks '3  2026-11-18'
press Enter
check 'Enter opens one' wait_for '[1 Overview]'
press Escape
wait_for '[m Messages]'
press '&'
check '& shows all again' wait_for '6  2026-11-18'
press 7
wait_for '[7 Chart]'
press G Enter
check 'those without a cell: none' wait_for 'None stands in that cell so far'
press 7
wait_for '[7 Chart]'
press P
check 'predict mode hides the counts' wait_for 'The counts would tell the answers'
press P
check 'and shows them again' wait_for 'no cell: 0'
press m
check 'm leads to the list' wait_for '[m Messages]'
press q
wait_for 'prompt>'

start 80 24 "$FROMSCOPE --ascii --offline $box/box"
wait_for '6 messages'
press 7
check 'what cannot be judged has no cell' wait_for 'no cell: 6'
check "the receivers' word stands in brackets" screen_has '0 (1)'
press q
wait_for 'prompt>'

number=0
while [ "$number" -lt 1200 ]; do
    number=$((number + 1))
    printf 'From x@example.com Tue Sep  1 10:00:00 2026\nFrom: a%d@example.com\nDate: Tue, 1 Sep 2026 10:00:00 +0000\n\nx\n\n' "$number"
done >"$box/many"
start 80 24 "$FROMSCOPE --ascii --offline $box/many"
wait_for '1,200 messages'
press 7
check 'thousands have a comma' wait_for 'no cell: 1,200'
check 'in the note, too' wait_for 'judged: 1,200'
press G Enter
check 'and in the list of those of a cell' wait_for '1,200, judged: 1,200'
press q
wait_for 'prompt>'
done_testing

#!/bin/sh
# resize.t: the window changes while the program runs.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
resize 60 16
check 'smaller: the verdict stays, the rest can be scrolled to' wait_for 'more below'
check 'the verdict' screen_has 'x FAIL'
resize 40 12
check 'the smallest' wait_for ' x FAIL'
resize 40 10
check 'too small says so' wait_for 'too small: 40x12 is needed'
resize 30 10
wait_gone 'Window'
check 'in fewer words where there is less room' wait_for '40x12 is needed'
resize 12 10
wait_gone 'needed'
check 'with the size alone' wait_for '40x12'
resize 40 10
wait_for 'too small'
press 2
resize 160 50
check 'and large again, with the key that was pressed meanwhile' wait_for '[2 Tree]'
check 'two panes' screen_has ' | '
footer_is_last() {
    screen | tail -n 1 | grep -q '? help'
}
check 'the footer stands in the last line' footer_is_last
resize 60 16
wait_gone ' | '
check 'one pane below 80 columns' wait_for 'about this step: Tab'
resize 60 40
check 'one above the other where there is room' wait_for 'Rule'
press 0
wait_for '[0 Source]'
resize 80 24
check 'Source' wait_for ' 1 '
press q
check 'and out' wait_for 'prompt>'
done_testing

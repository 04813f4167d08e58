#!/bin/sh
# pipe.t: the message comes by a pipe, the keys from the terminal.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

start 80 24 "cat samples/webform.eml | $FROMSCOPE --ascii --dns samples/webform.dns -"
check 'the message was read' wait_for 'DMARC: x FAIL'
check 'and says where from' screen_has 'standard input'
press 2
check 'keys reach the program' wait_for '[2 Tree]'
resize 100 30
check 'so does a resize' wait_for '                    x FAIL |'
press q
check 'the terminal is restored' restored

start 80 24 "$FROMSCOPE report --offline -"
check 'nobody waits without knowing what for' wait_for 'standard input is this terminal: paste a message'
type_line 'From: a@example.com'
type_line ''
press C-d
check 'what was typed is read' wait_for 'Questions about this message'
wait_for 'prompt>'
done_testing

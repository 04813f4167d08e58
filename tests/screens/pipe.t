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
done_testing

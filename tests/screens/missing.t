#!/bin/sh
# missing.t: nothing could be opened: the program says so, and what to do.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

start 80 24 "$FROMSCOPE --ascii samples/no-such-file.eml"
check 'the fault names the file' wait_for 'no-such-file.eml'
check 'what to do' wait_for 'fromscope FILE'
press 2
check 'there is no tree' wait_for 'no message'
press '?'
check 'help works' wait_for 'Keys in Overview'
press q
check 'q leaves it' wait_gone 'Keys in Overview'
press q
check 'and q leaves with status 2' leaves_with 2
check 'restored' restored
done_testing

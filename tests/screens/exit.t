#!/bin/sh
# exit.t: however the program ends, the terminal is as it was.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

open_sample() {
    start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
    wait_for '[1 Overview]'
}

open_sample
press q
check 'q: status 0' leaves_with 0
check 'q: restored' restored

open_sample
press C-c
check 'Ctrl-C leaves' wait_for 'prompt>'
check 'Ctrl-C: restored' restored

# The shell gives 128 and the signal's number.
for signal in HUP.129 INT.130 ABRT.134 SEGV.139 TERM.143; do
    open_sample
    kill -"${signal%.*}" "$(program_pid)"
    check "SIG${signal%.*}: the program died of it" leaves_with "${signal#*.}"
    check "SIG${signal%.*}: restored" restored
done

open_sample
press C-z
check 'Ctrl-Z: restored' restored
type_line fg
check 'fg: the screen is back' wait_for '[1 Overview]'
press 2
check 'fg: and the keys' wait_for '[2 Tree]'
press q
check 'q after fg: restored' restored

# A terminal that nobody described: what does work is named.
start 80 24 "TERM=nosuch $FROMSCOPE samples/webform.eml"
check 'an unknown terminal: what else shows it' wait_for "'fromscope --plain FILE' shows it line by line"
check 'with status 2' leaves_with 2
done_testing

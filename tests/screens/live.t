#!/bin/sh
# live.t: while DNS is asked the screen stays alive and says what for; Esc cancels.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

# A server that is silent, and one that answers late.
slow=$(mktemp -d)
/usr/bin/python3 tests/dns/slow-server.py "$slow/port" &
server_pid=$!
"$FROMSCOPE" report --format json --dns samples/webform.dns samples/webform.eml > "$slow/report"
/usr/bin/python3 tests/dns/slow-server.py "$slow/port2" "$slow/report" &
server_pid2=$!
finish() {
    kill "$server_pid" "$server_pid2" 2>/dev/null
    rm -rf "$slow"
    stop
}
trap finish EXIT
wait_until test -s "$slow/port"
wait_until test -s "$slow/port2"
dns="--dns-server 127.0.0.1@$(cat "$slow/port")"
late="--dns-server 127.0.0.1@$(cat "$slow/port2")"

start 80 24 "$FROMSCOPE --ascii $late --dns-timeout 60 samples/webform.eml"
check 'while answers come it waits' wait_for 'Asking DNS: TXT '
check 'then the verdict is there' wait_for 'DMARC: x FAIL'
check 'by live DNS' wait_for 'DNS asked live'
press 2
check 'and the tree' wait_for '[2 Tree]'
press q
check 'q leaves' leaves_with 0

start 80 24 "$FROMSCOPE --ascii $dns --dns-timeout 100 samples/webform.eml"
check 'it says what is waited for' wait_for 'Asking DNS: TXT '
check 'and of which message' screen_has 'webform.eml'
check 'and how to stop it' screen_has 'Esc cancels'
check 'and that the sender may see it' screen_has 'sender of the message may see'
check 'the seconds are counted' wait_for ', 2 s'
resize 60 16
check 'a resize is drawn' wait_for 'Esc cancels'
press j
check 'other keys do nothing' screen_has 'Asking DNS'
press Escape
check 'Esc: the Overview is there' wait_for '[1 Overview]'
check 'what is open is unknown' wait_for 'UNKNOWN'
check 'and the reason is the cancel' wait_for '(canceled)'
press q
check 'q leaves' leaves_with 0

start 80 24 "$FROMSCOPE --ascii $dns --dns-timeout 100 samples/webform.eml"
check 'it waits again' wait_for 'Asking DNS: '
press C-z
check 'Ctrl-Z: restored' restored
type_line fg
check 'fg: it still waits' wait_for 'Asking DNS: '
press q
check 'q while waiting leaves' leaves_with 0
check 'q while waiting: restored' restored

start 80 24 "$FROMSCOPE --ascii $dns --dns-timeout 100 samples/webform.eml"
check 'it waits once more' wait_for 'Asking DNS: '
kill -TERM "$(program_pid)"
check 'SIGTERM while waiting: it died of it' leaves_with 143
check 'SIGTERM while waiting: restored' restored

start 80 24 "$FROMSCOPE --ascii $dns --dns-timeout 1 samples/webform.eml"
check 'the limit ends it, too' wait_for '[1 Overview]'
press q
check 'and q leaves' leaves_with 0
done_testing

#!/bin/sh
# plain.t: the program without a screen, in a real terminal: paging, Ctrl-C, pasting, TERM=dumb.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

slow=$(mktemp -d)
/usr/bin/python3 tests/dns/slow-server.py "$slow/port" &
server_pid=$!
finish() {
    kill "$server_pid" 2>/dev/null
    rm -rf "$slow"
    stop
}
trap finish EXIT
wait_until test -s "$slow/port"

# As a screen reader meets it: a line, Enter, the next line.
start 80 50 "$FROMSCOPE --plain samples/webform.eml"
check 'the verdict' wait_for 'DMARC: '
check 'the views' wait_for 'Views: 1 Overview, 2 Tree'
check 'what can be typed' wait_for 'Overview: Enter walk through'
check 'no alternate screen' test "$(tm display-message -p '#{alternate_on}')" = 0
press Enter
check 'Enter walks' wait_for '1 of '
type_line ''
check 'and goes on' wait_for '2 of '
type_line 'quit'
check 'quit leaves' leaves_with 0
check 'restored' restored

# A small window: asked before what was not read goes away.
start 60 12 "$FROMSCOPE --plain samples/webform.eml"
check 'a screen is full' wait_for 'More: Enter, all, or q to stop>'
check 'the first line is still there' screen_has 'webform.eml; DMARC'
press Enter
check 'Enter goes on' wait_for 'FIX:'
type_line q
check 'q stops' wait_for 'Overview: Enter'
type_line 'source'
check 'source: as much as there is room for' wait_for 'Enter: the next lines'
check 'source: nobody is asked' screen_lacks 'More: '
press Enter
check 'source: the next lines' wait_for '  10: '
press C-c
check 'Ctrl-C at the prompt leaves' leaves_with 0
check 'Ctrl-C: restored' restored

# A terminal that can only print.
start 80 12 "TERM=dumb $FROMSCOPE samples/webform.eml"
check 'TERM=dumb: line by line' wait_for 'More: Enter, all, or q to stop>'
type_line all
check 'TERM=dumb: all of it' wait_for 'Overview: Enter walk through'
press C-d
check 'Ctrl-D leaves' leaves_with 0

# Live DNS: one line, and Ctrl-C stops the questions, not the program.
start 80 50 "$FROMSCOPE --plain --dns-server 127.0.0.1@$(cat "$slow/port") --dns-timeout 100 samples/webform.eml"
check 'DNS: what is asked' wait_for 'Asking DNS: '
check 'DNS: how to stop' wait_for 'Ctrl-C stops'
press C-c
check 'DNS: stopped' wait_for 'Stopped: what was not answered yet is unknown'
check 'DNS: and it goes on' wait_for 'Overview: Enter'
check 'DNS: the verdict is unknown' screen_has 'UNKNOWN'
type_line q
check 'DNS: q leaves' leaves_with 0

# The message by a pipe, the commands from the terminal.
start 80 50 "cat samples/webform.eml | $FROMSCOPE --plain --dns samples/webform.dns -"
check 'pipe: the message was read' wait_for 'standard input; DMARC'
type_line 'tree'
check 'pipe: the terminal is heard' wait_for 'Tree:'
type_line q
check 'pipe: leaves' leaves_with 0

# Pasted: a line longer than a terminal hands over at once.
start 80 50 "$FROMSCOPE --plain --offline"
check 'nothing is open' wait_for 'Nothing is open'
type_line i
check 'paste: asked for' wait_for 'a line with a single dot'
long=$(printf 'x%.0s' $(seq 1 5000))
tm send-keys -l "Received: from a.example.com by b.example.com"
tm send-keys Enter
tm send-keys -l "From: a@example.com"
tm send-keys Enter
tm send-keys -l "X-Long: $long"
tm send-keys Enter
type_line 'Subject: end'
type_line .
check 'paste: opened' wait_for 'pasted text; DMARC'
type_line 0
check 'paste: the long line fills the screen' wait_for 'More: '
type_line all
check 'paste: and is whole' wait_for 'Subject: end'
type_line q
check 'paste: leaves' leaves_with 0
check 'paste: restored' restored
done_testing

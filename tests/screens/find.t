#!/bin/sh
# find.t: / n N in every view, what was found highlighted; & in the tree.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

find_text() {
    press /
    tm send-keys -l "$1"
    press Enter
}

# The highlight is the only black on yellow of the theme.
highlighted() {
    tm capture-pane -pe | grep -qF "$(printf '\033')[30m$(printf '\033')[43m$1" ||
        tm capture-pane -pe | grep -qE "$(printf '\033')\[(30;43|30m.\[43)m$1"
}

mail=$TMUX_TMPDIR/long.eml
{
    printf 'From: a@example.com\nSubject: one\nX-Where: EXAMPLE in the beginning\n\n'
    i=1
    while [ $i -le 300 ]; do
        echo "line $i of the body"
        i=$((i + 1))
    done
    printf 'the Needle stands here: \303\234bung\nand the last needle here\n'
} >"$mail"

start 80 24 "$FROMSCOPE --ascii --offline $mail"
wait_for '[1 Overview]'
press n
check 'nothing was searched for yet' wait_for 'Nothing was searched for yet'
press 0
wait_for '[0 Source]'
find_text 'NEEDLE'
check 'Source: found, whatever the case' wait_for 'the Needle stands here'
check 'and highlighted' wait_until highlighted Needle
press n
check 'n: the next' wait_for 'and the last needle here'
press n
check 'n: around the end, which is said' wait_for 'Found from the beginning on: NEEDLE'
press N
check 'N: back around' wait_for 'Found from the end on: NEEDLE'
find_text 'übung'
check 'letters beyond ASCII, too' wait_for 'stands here'
find_text 'nowhere at all'
check 'what is not there' wait_for 'Not found in this view: nowhere at all'
find_text 'line 150 of'
check 'in the middle' wait_for 'line 150 of the body'
press Escape
wait_for '[1 Overview]'
press q
leaves_with 0

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
find_text 'visitor'
check 'Overview: highlighted' wait_until highlighted visitor
press 1 Escape
find_text 'SAID'
check 'Overview: found' wait_until highlighted SAID
press 2
wait_for '[2 Tree]'
find_text 'reader sees'
press n
check 'Tree: a step is found' screen_lacks 'Not found'
press g
find_text 'form2026'
check 'Tree: by what it looked at' wait_for 'form2026'
press Tab
find_text 'rule'
check 'Tree: in the other pane' wait_until highlighted Rule
press Tab

press '&'
check '&: only what failed' wait_for 'only what failed; &: all'
check 'what passed is gone' wait_gone 'signature, body'
press '&'
check '& again: all' wait_for 'signature, body'
press '&' Space
check 'the walk begins with all steps' wait_gone 'only what failed; &: all'
press End

press 3
wait_for '[3 Results]'
find_text 'header.s'
check 'Results' wait_until highlighted header.s
press 5
wait_for '[5 Route]'
find_text 'example'
check 'Route' wait_until highlighted example
press '?'
wait_for 'Keys in Route'
find_text 'leave the program'
check 'Help' wait_until highlighted leave
press q
leaves_with 0

start 80 24 "$FROMSCOPE --ascii --offline samples/webform-fixed.eml"
wait_for '[1 Overview]'
press 2
wait_for '[2 Tree]'
press q
leaves_with 0
# What is told of a step may be longer than the screen: the hit in it is seen.
mail=$TMUX_TMPDIR/terms.eml
printf 'Return-Path: <a@example.com>\nReceived: from h.example.com ([203.0.113.9]) by mx.example.net; %s\nFrom: a@example.com\n\nx\n' \
    'Wed, 18 Nov 2026 10:15:07 +0900' >"$mail"
{
    printf ';! complete com.\nexample.com. IN TXT ( "v=spf1"'
    i=100
    while [ $i -le 140 ]; do
        printf ' " ip4:192.0.2.%s"' $i
        i=$((i + 1))
    done
    printf ' " -all" )\n'
} >"${mail%.eml}.dns"
start 80 24 "$FROMSCOPE --ascii $mail"
wait_for '[1 Overview]'
press 2 g
wait_for 'Did example.com stand behind'
find_text '192.0.2.139'
check 'Tree: a step that holds it' wait_for '>  ! 203.0.113.9'
check '… far down in what is told of it: seen there' wait_for 'ip4:192.0.2.139'
check '… and highlighted' wait_until highlighted 192.0.2.139
press g
find_text '203.0.113.9'
check 'what stands at the top is seen without scrolling' wait_for 'client IP     203.0.113.9'
press q
leaves_with 0
done_testing

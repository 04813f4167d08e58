#!/bin/sh
# source.t: the message as it is: signed fields, a large body, and bytes that attack a terminal.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press 0
check 'lines are numbered' wait_for '   1   Return-Path:'
check 'what signed is told below' screen_has 'signed by a example.com (pass)'
check 'the signature field has its letter' screen_has ' A DKIM-Signature:'
press NPage
check 'so have the fields under it, in small' wait_for ' a From:'
press Escape
check 'Esc leads back' wait_for '[1 Overview]'

# ESC c resets a terminal, OSC 0 sets its title, U+202E turns the text around.
large=$TMUX_TMPDIR/large.eml
{
    printf 'From: \342\200\256a@example.jp\r\nSubject: \033[2J\033]0;owned\007\033c tail\r\n\r\n'
    yes 'all work and no play' | head -c 30000000
    printf '\nthe last line\n'
} >"$large"
start 80 24 "$FROMSCOPE --ascii --offline $large"
wait_for '[1 Overview]'
press 0
check 'escape sequences are shown, not sent' wait_for 'Subject: \x1B[2J\x1B]0;owned\x07\x1Bc tail'
check 'so are bidi controls' screen_has 'From: <U+202E>a@example.jp'
check 'the title of the window is untouched' \
    test "$(tm display-message -p '#{pane_title}')" != owned
press G
check 'the end of a 30 MB body' wait_for 'the last line'
press g
check 'and its beginning' wait_for 'Subject:'
done_testing

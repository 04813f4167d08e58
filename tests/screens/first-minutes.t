#!/bin/sh
# first-minutes.t: doc/first-minutes.md is walked as it stands there, with the sample that it names.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

says() {
    tr '\n' ' ' <doc/first-minutes.md | grep -qF -- "$1" && wait_for "$1"
}

paste() {
    tm load-buffer "$1"
    tm paste-buffer -p
}

start 80 30 "$FROMSCOPE --ascii --dns samples/pasted-gmail.dns"
wait_for 'Nothing is open'
press i
check 'the box names Show original and Copy to clipboard' says 'Show original'
check 'as the page does' says 'Copy to clipboard'
paste samples/pasted-gmail.txt
check 'what was recognized is counted' wait_for '17 header fields'
press C-d
check 'the answer' wait_for 'DMARC: x FAIL'
check 'how sure the cause is' says 'likely, not proved'
check 'the fix was tried' says 'tried here: PASS'
for word in CAUSE FIX 'SAID BY' Not same; do
    check "it says $word" says "$word"
done
press e
check 'e explains the words of the page' wait_for 'ON THIS PAGE'
press Escape 8
check '8: the fix in full' wait_for '1 of 2'
check 'with DNS records' screen_has ' IN TXT "v=spf1 '
press y
check 'y copies it' wait_for 'Copied'
press y
check 'again: the whole advice' wait_for 'Copied the advice'
press x
check 'x: a letter' wait_for 'a letter to whoever must act'
check 'the report for a ticket' screen_has 'markdown'
press r
check 'r masks' wait_for 'Masked: names of people'
press Escape 1
wait_for '[1 Overview]'
press i
wait_for '[i Paste]'
tm send-keys -l 'only words'
check 'what is no source is told so' says 'no header field recognized so far'
press C-u
wait_gone 'only words'
tm send-keys -l '{"id": "18c", "snippet": "hello"}'
check 'what it seems to be is named' wait_for 'no header field recognized: it seems to be JSON'
press C-d
check 'and said when it is opened all the same' wait_for 'No mail: it seems to be JSON'
press Escape
wait_for 'Leave, and lose'
press y
wait_gone '[i Paste]'
press q
leaves_with 0

# Headers alone, and headers that lost their line breaks.
tr -d '\r' <samples/campaign.eml | sed '/^$/,$d' >"$TMUX_TMPDIR/head.eml"
start 80 24 "$FROMSCOPE --ascii --offline $TMUX_TMPDIR/head.eml"
check 'no text came along' says 'headers only'
check 'what is not known is no fail' screen_has 'UNKNOWN'
press q
leaves_with 0
start 80 24 "$FROMSCOPE --ascii --offline samples/pasted-outlook.txt"
check 'line breaks were put back' says 're-flowed headers'
press q
leaves_with 0

tr -d '\r' <samples/ses-default.eml | sed '/^$/q' >"$TMUX_TMPDIR/head.eml"
start 80 24 "$FROMSCOPE --ascii --dns samples/ses-default.dns $TMUX_TMPDIR/head.eml"
check 'saved with the line below: the cause' says 'nothing follows the'
check 'and what to do' screen_has 'Save the mail whole'
press i
wait_for '[i Paste]'
paste "$TMUX_TMPDIR/head.eml"
check 'the same pasted: no text, the box says' wait_for 'body: no'
press C-d
check 'so it is no fail' wait_for 'DMARC: ? UNKNOWN'
check 'the title says what came' screen_has 'headers only'
press q
leaves_with 0

# An old mail whose key is gone.
start 80 24 "$FROMSCOPE --ascii samples/lessons/19-the-key-that-left/message.eml"
check 'the cause says so' wait_for 'is gone today'
check 'and the fix says which keys' screen_has 'here: 3, then t on that host'
press 3
wait_for '[3 Results]'
press t
check 't takes the word of that host' wait_for 'PASS, was FAIL'
press q
leaves_with 0
done_testing

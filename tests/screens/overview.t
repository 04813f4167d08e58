#!/bin/sh
# overview.t: what a beginner sees in ten seconds, at 80x24, without a key.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
check 'the verdict stands in the title bar' wait_for 'DMARC: x FAIL  (recomputed)'
check 'the view is marked in the row of views' screen_has '[1 Overview]'
check 'the sentence names the domain in From:' screen_has 'example.jp'
check 'the cause' screen_has ' CAUSE '
check 'the table of names' screen_has 'VOUCHES FOR example.jp?'
check 'a pass for another domain is a NO' screen_has 'x NO'
check 'the fix' screen_has ' FIX '
check 'who said what' screen_has ' SAID BY '
check 'all of it without scrolling' screen_lacks 'more below'
check 'the keys that matter' \
    screen_has ' Space walk through  8 fix  w what if  e explain  Enter bytes  ? help  q quit'
check 'where DNS came from' screen_has 'DNS from a file beside the message'

press j
press Enter
check 'Enter on a name leads to its bytes' wait_for '[0 Source]'
press Escape
check 'Esc leads back' wait_for '[1 Overview]'
press 3
check 'Results name the host and whether it is trusted' wait_for 'not trusted'
press '?'
check 'help lists the keys of the view it was asked in' wait_for 'Keys in Results'
check 'with the text of the table' screen_has 'show the bytes that this rests on'
press '?'
check '? again closes help' wait_for '[3 Results]'
press Z
check 'a key without a meaning says so' wait_for 'This key does nothing here'

# What is told fills the screen: the blank lines that there is room for stand where they are missed most.
blank_before() {
    tm capture-pane -p | awk -v label=" $1 " 'index($0, label) == 1 && last == "" { found = 1 } { last = $0 } END { exit !found }'
}
start 80 24 "$FROMSCOPE --ascii --dns samples/pasted-gmail.dns samples/pasted-gmail.txt"
wait_for 'SAID BY'
check 'three lines are left: one before the cause' blank_before CAUSE
check 'one before the fix' blank_before FIX
check 'one before what others said' blank_before 'SAID BY'
check 'none before the policy' test -z "$(tm capture-pane -p | grep -B1 'Policy: ' | grep '^$')"
check 'nothing is below' screen_lacks 'more below'
press q
wait_for 'prompt>'
start 80 23 "$FROMSCOPE --ascii --dns samples/pasted-gmail.dns samples/pasted-gmail.txt"
wait_for 'SAID BY'
check 'two are left: none before what others said' test -z "$(tm capture-pane -p | grep -B1 ' SAID BY ' | grep '^$')"
check 'one before the cause, still' blank_before CAUSE
check 'and before the fix' blank_before FIX
press q
wait_for 'prompt>'

# A name as long as DNS has them leaves the table its columns, and of it the end is seen.
labels=$(printf 'a-label-of-fifty-letters-that-says-nothing-at-all-x.%.0s' 1 2 3 4)
printf 'From: <a@%sowner.example>\nReturn-Path: <b@%sowner.example>\nSubject: long\n\nhello\n' \
    "$labels" "$labels" >"$TMUX_TMPDIR/long.eml"
start 80 24 "$FROMSCOPE --ascii --offline $TMUX_TMPDIR/long.eml"
check 'a long name: the title of the last column is short' wait_for 'VOUCHES FOR From:?'
check 'of the name the beginning is left out' screen_has 'From: (seen) ..'
check 'and the end is seen' screen_has 'owner.example '
check 'all of it without scrolling' screen_lacks 'more below'
check 'the outcome of a check stands on one line' screen_has 'SPF  unknown'

# Findings that no sentence of the answer tells stand below it, and where they find no room the rule says so.
printf 'From: Ann <ann@example.com>\nSent: Monday, March 2, 2026 9:14 AM\nTo: Bob <bob@example.net>\nSubject: Invoice\n\nhello\n' \
    >"$TMUX_TMPDIR/forwarded.txt"
start 80 24 "$FROMSCOPE --ascii --offline $TMUX_TMPDIR/forwarded.txt"
check 'the answer keeps the screen, a warning is announced' wait_for '- a warning below -'
check 'an option of the command line stands with the keys that do the same here' \
    screen_has '--ip ADDRESS          here: w, then Enter on client IP'
check 'DNS, too' screen_has '--dns FILE            here: d, pressed twice'
check 'the answer begins at the top' screen_has ' ? UNKNOWN'
press G
check 'the end of the page is the warning' wait_for 'WARNING  These are the few lines that a mail program shows'
check 'and nothing more is below' screen_lacks ' below -'
resize 80 34
check 'with room it stands below the answer' wait_for 'WARNING  These are'
check 'which is whole' screen_has ' ? UNKNOWN'

printf 'From: "boss@bank.example" <a@stranger.example>\nSubject: x\n\nhello\n' >"$TMUX_TMPDIR/boss.eml"
start 80 24 "$FROMSCOPE --ascii --offline $TMUX_TMPDIR/boss.eml"
check 'a name that looks like an address' wait_for 'WARNING  The name shown in From: looks like an address'
check 'nothing is below' screen_lacks ' below -'
press G Enter
check 'Enter leads to the field that it speaks of' wait_for '[0 Source]'

# A domain that DNS does not know is told of; one below which something stands exists.
printf 'Return-Path: <b@ghost.example>\nReceived: from a.example ([192.0.2.1]) by mx.example.net; Mon, 2 Mar 2026 09:14:00 +0000\nFrom: <a@ghost.example>\nSubject: x\n\nhello\n' \
    >"$TMUX_TMPDIR/ghost.eml"
printf ';! snapshot 1\n;! complete .\nother.example. 300 IN A 192.0.2.9\n' >"$TMUX_TMPDIR/none.dns"
printf ';! snapshot 1\n;! complete .\nwww.ghost.example. 300 IN A 192.0.2.9\n' >"$TMUX_TMPDIR/below.dns"
start 80 24 "$FROMSCOPE --ascii --dns $TMUX_TMPDIR/none.dns $TMUX_TMPDIR/ghost.eml"
check 'a domain that does not exist' wait_for 'WARNING  DNS says that there is no domain ghost.example'
check 'in the report it is a finding, once' \
    test "$("$FROMSCOPE" report --format json --dns "$TMUX_TMPDIR/none.dns" "$TMUX_TMPDIR/ghost.eml" | grep -o '"domain-absent"' | wc -l)" = 1
check 'none where a name below it exists' \
    test "$("$FROMSCOPE" report --format json --dns "$TMUX_TMPDIR/below.dns" "$TMUX_TMPDIR/ghost.eml" | grep -o '"domain-absent"' | wc -l)" = 0
done_testing

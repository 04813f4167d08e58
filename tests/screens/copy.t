#!/bin/sh
# copy.t: y copies what the cursor is on, by OSC 52.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

# What tmux took for the clipboard.
clipboard_has() {
    tm show-buffer 2>/dev/null | grep -qF -- "$1"
}

clipboard_is() {
    [ "$(tm show-buffer 2>/dev/null)" = "$1" ]
}

open_here() {
    start 80 24
    tm set-option -s set-clipboard on
    type_line "$*"
}

open_here "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press y
check 'Overview: the value under the cursor' wait_until clipboard_is example.jp
check 'what was copied is said' screen_has 'Copied the value: example.jp'
check 'and what y would copy next' screen_has 'y again: the line'
press y
check 'y again: the line' wait_until clipboard_has 'From: (seen)'
press y
check 'again: the advice' wait_until clipboard_has 'Reply-To: user@example.jp'
check 'line by line' test "$(tm show-buffer | wc -l)" -gt 1
check 'a long text leaves room for what comes next' screen_has '(y again: the verdict)'
press y
check 'again: the verdict' wait_until clipboard_has 'DMARC: FAIL'
press y
check 'and from the start' wait_until clipboard_is example.jp
press 3 y
check 'Results: the field' wait_until clipboard_has 'header.s=form2026'
press 5 y
check 'Route: the address' wait_until clipboard_has '192.0.2.10'
press 2 y
check 'Tree: a value' wait_for 'Copied the value'
press 8
check 'Advice: the footer names the keys for it' wait_for 'y copy  x export'
press y
check 'Advice: what to write into the settings' wait_until clipboard_has 'Reply-To: user@example.jp'
check 'and next the whole' screen_has 'y again: the advice'
press y
check 'again: all of it' wait_until clipboard_has 'PROVED: tried here: with this change the mail passes'
check 'a line for each paragraph, whatever the width' test "$(tm show-buffer | grep -c 'Let the form write an address of example.com in From: and put the visitor in Reply-To:.')" = 1
check 'who is first' test "$(tm show-buffer | head -1)" = 'Whoever runs the form, in its settings:'
press y
check 'then the verdict' wait_until clipboard_has 'DMARC: FAIL'
press 9
check 'DNS: its footer, too' wait_for 'y copy  d live or not'
press 0 y
check 'Source: the line' wait_for 'Copied'
press q
leaves_with 0

# Every view: what the cursor is on, then the line as it is read (where that says more).
copies() {
    view=$1 first=$2 then=$3
    shift 3
    press "$@" y
    check "$view: what the cursor is on" wait_until clipboard_is "$first"
    press y
    check "$view: the line" wait_until clipboard_has "$then"
    press j k
}

open_here "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
copies Tree example.jp '! From: user@example.jp         CAUSE' 2
copies Signatures example.com '1 example.com                    third party  pass' 6
copies 'Signatures, signed bytes' 'Return-Path: <webmaster@www.example.com>' '. Return-Path: <' c
copies Chart 'SPF unaligned, DKIM unaligned: DMARC fail' 'DMARC x FAIL' 7
copies DNS 'www.example.com. 3600 IN TXT "v=spf1 ip4:192.0.2.10 -all"' '1 TXT   www.example.com     ' 9
copies Source 'Return-Path: <webmaster@www.example.com>' 'Whoever runs the form' 0
copies Receivers 'DMARC policy "reject": gmail x fail; gmail-bulk x fail; microsoft-bulk x fail; icloud x fail' \
    'Whoever runs the form' V
press V Enter y
check 'Receivers: with what a row that is open tells' wait_until clipboard_has 'icloud x fail.  Gmail: x fail  Seen  DMARC fails, '
press Enter
copies 'What if' user@example.jp 'From:  user@example.jp' w
copies Glossary ARC 'Whoever runs the form' 1 e
copies Lessons '01  Two senders on one letter  5 min' 'Whoever runs the form' L
copies Repairs 'Nothing was repaired: the message is as it came.' 'Whoever runs the form' R
copies Help 'Keys in Repairs' 'Whoever runs the form' '?'
press q
leaves_with 0

open_here "$FROMSCOPE --ascii samples/lessons/13-chains-of-hearsay/message.eml"
wait_for '[1 Overview]'
copies ARC 'chain  pass' 'Whoever changed the mail on its way' 4
press q
leaves_with 0

open_here "$FROMSCOPE --ascii samples/webform.eml samples/webform-fixed.eml"
wait_for '+ PASS'
copies List '"Hanako Yamada" <user@example.jp>' 'Inquiry from the web form' g
copies Survey 'www.example.com as example.jp' '1 xxxxxxxx example.jp' W
press q
leaves_with 0

# A bounce: what is copied says whose verdict it is.
open_here "$FROMSCOPE --ascii samples/bounce.eml"
wait_for '[1 Overview]'
press y y y
check 'a bounce: the verdict of the notice' wait_until clipboard_has '(of the notice). '
copies Inside '"Hanako Yamada" <user@example.jp>' '1  a message (message/rfc822)' m
press q
leaves_with 0

# Nothing that a terminal or a shell would obey comes out of the clipboard.
mail=$TMUX_TMPDIR/evil.eml
printf 'From: a@example.com\nX-A: \033]52;c;AAAA\007 \033[2J \342\200\256 rm\n\n' >"$mail"
open_here "$FROMSCOPE --ascii --offline $mail"
wait_for '[1 Overview]'
press 0
wait_for '[0 Source]'
press /
tm send-keys -l 'X-A'
press Enter
press Escape 0
wait_for '[0 Source]'
press G
press y
wait_for 'Copied'
check 'no control character is copied' test "$(tm show-buffer | LC_ALL=C tr -d '\n -~' | wc -c)" -eq 0
press q
leaves_with 0

# Very much at once is cut, and that is said.
{ printf 'From: a@example.com\nX-B: '; head -c 90000 /dev/zero | tr '\0' x; printf '\n\nend\n'; } >"$mail"
open_here "$FROMSCOPE --ascii --offline $mail"
wait_for '[1 Overview]'
press 0
wait_for '[0 Source]'
press /
tm send-keys -l 'X-B: xxx'
press Enter
wait_for 'xxxxxxxx'
press y
check 'what was found is copied' wait_until clipboard_is 'X-B: xxx'
press q
leaves_with 0
done_testing

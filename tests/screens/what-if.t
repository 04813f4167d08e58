#!/bin/sh
# what-if.t: inputs changed on the screen, before and after, undone, named everywhere; goals.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

type_text() {
    tm send-keys -l "$1"
}

# The value that the prompt begins with is taken away, another typed.
answer() {
    wait_for "$1" && press C-u && type_text "$2" && press Enter
}

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press w
check 'w shows the inputs' wait_for '[w What if]'
check 'with their values' screen_has 'From:            user@example.jp'
check 'by who could change them' screen_has 'Could be changed by: the sender, the sending service'
press Enter
check 'Enter asks, with the value now' wait_for 'from=user@example.jp'
check 'and says what is expected' screen_has 'ADDRESS'
press C-u
type_text 'nobody'
press Enter
check 'what is no address is said in the line' wait_for 'from=nobody: not one address'
check 'nothing has changed' screen_lacks 'WHAT IF: '
check 'and the prompt is still there' answer 'from=nobody' 'support@example.com'
check 'the title bar says WHAT IF' wait_for 'WHAT IF: 1 edit'
check 'the verdict before and after' screen_has 'fail -> pass'
check 'the edit has a name' screen_has 'From: is support@example.com'
press Tab
check 'Tab: before and after' wait_for 'BEFORE      NOW'
check 'changed nodes are marked' screen_has '> x NO        + yes         SPF   vouches for From:?'
check 'what is the same is folded' screen_has 'steps, the same)'
press 1
check 'every view shows the edited report' wait_for '+ PASS'
check 'and says so' screen_has 'WHAT IF: 1 edit'
press 7
check 'the mark in the chart moves' wait_for '[>DMARC + pass ]'
press u
check 'u: as it was' wait_for 'DMARC: x FAIL'
check 'without the words' screen_lacks 'WHAT IF: '
type_text ':what-if p=none'
press Enter
check 'a command does the same' wait_for 'WHAT IF: 1 edit'
press w
check 'what is asked changes, the verdict does not' wait_for 'reject -> none'
press Tab
check 'and the step of the policy says what it was' wait_for 'before: Policy  example.jp  p=reject'
press Tab
press Escape
type_text ':what-if dkim.9=pass'
press Enter
check 'what does not fit is refused' wait_for 'dkim.9=pass: the message has no such signature'
check 'and the others stay' screen_has 'WHAT IF: 1 edit'
type_text ':what-if aspf=s'
press Enter
check 'edits stack' wait_for 'WHAT IF: 2 edits'
press w
wait_for '[w What if]'
press g
press Enter
check 'Enter on an edit takes it back' wait_for 'WHAT IF: 1 edit'
check 'the other is left' screen_has 'the DMARC record says aspf=s'
press u
check 'u brings it back' wait_for 'WHAT IF: 2 edits'
press y
check 'y copies the command line' wait_for 'Copied the value: fromscope report samples/webform'
type_text ':what-if none'
press Enter
check 'none: the message as it is' wait_for 'DMARC: x FAIL'
type_text ':what-if header-order=13>1'
press Enter
wait_for 'WHAT IF: 1 edit'
press 0
check 'Source shows the bytes as edited' wait_for '1 a MIME-Version'
press u
check 'and again as they are' wait_for '1   Return-Path'

type_text ':goal'
press Enter
check 'goal: who are you?' wait_for 'I run the DNS of example.jp'
press Escape
type_text ':goal sender example.com'
press Enter
check 'as a command' wait_for 'I send this mail, and example.com is my domain'
type_text ':what-if from=user@example.net'
press Enter
check 'what somebody cannot do is refused with the reason' wait_for 'REFUSED          You may write'
check 'and nothing is changed' screen_lacks 'WHAT IF: '
type_text ':what-if mail-from=bounce@example.com'
press Enter
check 'what does not help is told' wait_for 'it does not help'
check 'with the node that is missing' screen_has 'This is still missing:'
press u
wait_gone 'WHAT IF: '
type_text ':what-if from=support@example.com'
press Enter
check 'reached' wait_for 'Well done: it passes'
check 'with the record to copy' screen_has 'From: support@example.com'
check 'and where answers go' screen_has 'Reply-To: user@example.jp'
resize 160 50
check 'at 160x50 both sides are seen' wait_for 'BEFORE      NOW'
check 'beside the inputs' screen_has 'MAIL FROM        webmaster@www.example.com'
resize 40 12
check 'at 40x12 nothing breaks' wait_for 'pass'
resize 80 24
wait_for '[w What if]'
press q
wait_for 'prompt>'

start 160 50 "$FROMSCOPE --ascii samples/webform.eml --what-if from=support@example.com"
check '--what-if opens with the edit' wait_for 'WHAT IF: 1 edit  DMARC: + PASS'
press w
check 'side by side' wait_for 'BEFORE      NOW'
press q
wait_for 'prompt>'

start 160 50 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
type_text ':what-if dkim'
press Enter
check 'no value: said in words of the screen, not of the command line' wait_for 'KEY=VALUE; w lists what there is'
press w
wait_for 'Nothing is changed yet. Enter changes what the cursor is on; here stands what'
press Tab
wait_for 'Tab: back to the inputs'
resize 60 20
check 'narrower, its text is wrapped anew' wait_for ' on; here stands what follows'
press Enter
check 'Enter where there is no step' wait_for 'There is no step here'
press q
wait_for 'prompt>'

start 80 24 "$FROMSCOPE --plain samples/webform.eml"
wait_for 'Overview:'
type_line 'what-if from=support@example.com'
check 'line by line: the verdict' wait_for 'WHAT IF: 1 edit'
type_line 'w'
check 'and what changed' wait_for 'WHAT CHANGED'
done_testing

#!/bin/sh
# advice.t: what to change, in full: who, what, the text to copy, why, and what would not help.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press 8
check '8 shows the advice' wait_for '[8 Advice]'
check 'who changes it' screen_has 'Whoever runs the form, in its settings:'
check 'what' screen_has 'Let the form write an address of example.com in From:'
check 'the setting, line by line' screen_has '            Reply-To: user@example.jp'
check 'why' screen_has "WHY      From: is a visitor's address"
check 'what would not help' screen_has 'NOT      a whitelist'
check 'and why not' screen_has "receiver trusts the form's server"
check 'that it was tried, and passes' screen_has 'PROVED   tried here: with this change the mail passes'
check 'that there is a letter about it' screen_has ':letter: a letter about it'
check 'what it brings along' wait_for 'MIND     A form that also'
press Space
check 'which step it turns' wait_for 'TURNS    Whose name does the reader see?'
press Enter
check 'Enter leads to that step' wait_for 'The verdict turns here'
check 'in the tree' screen_has '[2 Tree]'
press Escape
check 'Esc leads back' wait_for '[8 Advice]'
resize 60 16
check 'at 60x16 there is more below' wait_for 'more below'
press Space
check 'a page further' wait_for 'NOT'
resize 140 30
check 'wide: the step beside it' wait_for 'Readers see user@example.jp'
press Tab
check 'Tab leads there' wait_for 'Tab: back to the advice'
press q
wait_for 'prompt>'

start 80 24 "$FROMSCOPE --ascii samples/ses-default.eml"
wait_for 'PASS'
press 8
check 'a pass: nothing must change' wait_for '1 of 2   Nothing must change. By DKIM alone'
check 'then what is optional' screen_has 'Optional: let SPF vouch for example.com, too.'
check 'what there is to copy' screen_has 'MAIL FROM  ...@bounce.example.com'
check 'and nothing is there to prove' screen_lacks 'PROVED'
press Enter
check 'it turns no step' wait_for 'It turns no single step of the tree'
press ':'
wait_for ':'
type_line 'letter ja'
check ':letter ja writes to whoever has to change something' wait_for '宛先: postmaster@example.com'
press y
check 'y copies it' wait_for 'Copied the value: 宛先'
press ':'
type_line 'letter off'
check ':letter off leads back' wait_for 'Optional: let SPF vouch'
press q
wait_for 'prompt>'

start 80 24 "$FROMSCOPE --ascii samples/bounce.eml"
wait_for '[1 Overview]'
press 8
check 'of a bounce: the form first' wait_for '1 of 2   Whoever runs the form'
press ':'
wait_for ':'
type_line letter
check 'of a bounce: the letter is about what came back' wait_for 'A letter is about the mail that came back'
check 'then the one who wrote' screen_has '2 of 2   You:'
stop
start 80 24 "$FROMSCOPE --ascii --offline samples/webform-fixed.eml"
press 8
check 'where DNS was not asked, the key that asks it is named beside what is missing' \
    wait_for 'd asks DNS; whoever runs these domains may see it.'
done_testing

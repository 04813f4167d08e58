#!/bin/sh
# chart.t: the 16 cells: this message's, the others', with and without a DMARC record.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

# How often TEXT stands on the screen.
stands() {
    [ "$(screen | grep -oF -- "$1" | wc -l)" -eq "$2" ]
}

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press 7
check '7 shows the chart' wait_for '[7 Chart]'
check 'DMARC passes in 7 cells' stands 'DMARC + pass' 7
check 'and fails in 9' stands 'DMARC x FAIL' 9
check "Gmail's bulk rule is met in 3" stands 'Gmail + yes' 3
check 'the cell of this message is marked' screen_has '[>DMARC x FAIL ]'
check 'and said in words' screen_has 'SPF passed for www.example.com, which is not example.jp.'
check 'with all that the cell means at 80x24' screen_has 'passed for somebody else.'
press Left
check 'the cursor goes to another cell' wait_for '[ DMARC x FAIL ]'
check 'whose meaning is told' screen_has 'a newsletter service takes the bounces'
check 'by the name in From: of this message' screen_has 'd=example.jp.'
check 'and by no other' screen_lacks 'd=example.com'
press r
check 'r: without a DMARC record' wait_for 'Without a DMARC record'
check 'DMARC says nothing anywhere' stands 'DMARC - none' 16
check "Gmail's bulk rule wants one" stands 'Gmail x NO' 16
press r
wait_for 'With a DMARC record'
press Home
check 'Home leads back to this message' wait_for '[>DMARC x FAIL ]'
press Enter
check 'Enter leads to the tree' wait_for '[2 Tree]'
press Escape
wait_for '[7 Chart]'

resize 60 16
check 'at 60x16 the four rows are there' wait_for 'none          +pass Gx'
check 'with the words of this cell' screen_has 'HERE    SPF passed'
check 'and the key to the marks' screen_has "G Gmail's bulk rule"
resize 40 12
check 'at 40x12 too' wait_for 'none        D+ Gx'
press Tab
check 'its words are one key away' wait_for 'HERE'
resize 140 30
check 'wide: beside it' wait_for '| HERE'
press q
wait_for 'prompt>'

start 80 24 "$FROMSCOPE --ascii samples/webform-fixed.eml"
wait_for '[1 Overview]'
press 7
check 'a mail that passes stands in the first cell' wait_for '[>DMARC + pass ]'
press q
wait_for 'prompt>'

start 80 24 "$FROMSCOPE --ascii --offline samples/webform.eml"
wait_for 'UNKNOWN'
press 7
check 'what was not checked has no cell' wait_for 'This message has no cell.'
check "but the receiver's word leads to one" screen_has 'If mx.example.com is right'
check 'marked otherwise' screen_has '(>DMARC x FAIL )'
done_testing

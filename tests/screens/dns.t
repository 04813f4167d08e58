#!/bin/sh
# dns.t: every question in order, its answer in full, the step that used it, and a snapshot of all.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

folder=$(mktemp -d)
cp samples/webform.eml "$folder/mail.eml"
start 80 24 "$FROMSCOPE --ascii --dns samples/webform.dns $folder/mail.eml"
wait_for 'FAIL'
press 9
check '9 shows the questions' wait_for '[9 DNS]'
check 'how many, and how they came out' screen_has 'Questions: 7; void: 3; not answered: 0; slow: 0'
check 'in the order asked' screen_has '>    1 TXT   www.example.com'
check 'the answer under the cursor' screen_has '"v=spf1 ip4:192.0.2.10 -all"'
check 'and where it came from' screen_has 'source    webform.dns'
press Down
check 'a long record is there whole' wait_for 'TvRSlBu8ATYcf8T+fW1C6rnWADy2NctKLmS4q8WU9sQwIDAQAB"'
check 'there is more to read' screen_has 'more of this answer: Tab'
press Tab
check 'Tab leads to it' wait_for 'Tab: back to the questions'
press G
check 'to its end' wait_for 'DNSSEC    unknown: it was not validated'
press Tab
wait_gone 'back to the questions'
press Enter
check 'Enter leads to the step that used it' wait_for 'Is there a key to check it with?'
check 'in the tree' screen_has '[2 Tree]'
press Escape
wait_for '[9 DNS]'
press G
check 'a name that is not there' wait_for 'There is no such name, and nothing below it.'
press g
press /
press -l '_dmarc.example.jp'
press Enter
check 'a search goes to its row' wait_for '>    3 TXT   _dmarc.example.jp'
check 'and shows its record' screen_has '"v=DMARC1; p=reject; rua=mailto:dmarc@example.jp"'
press x
check 'x offers them' wait_for '> snapshot'
press Enter
check 'x saves all of them' wait_for 'Saved as'
check 'as a snapshot' grep -q '^;! snapshot 1' "$folder/mail.eml.dns"
press g
resize 60 16
check 'at 60x16 list and answer' wait_for 'used by   Which servers'
check 'the list still names the questions' screen_has '_dmarc.example.jp'
resize 40 12
check 'at 40x12 the list alone' wait_for 'the answer: Tab'
resize 140 30
check 'wide: beside it' wait_for '| TXT www.example.com'
press q
wait_for 'prompt>'
rm -rf "$folder"

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for 'FAIL'
press 9
check 'a file that came with the message says so' wait_for 'a file that came with the message'
press q
wait_for 'prompt>'

start 80 24 "$FROMSCOPE --ascii --offline samples/webform.eml"
wait_for 'UNKNOWN'
check 'the Overview says how to know' screen_has 'd asks DNS; whoever runs these domains may see it.'
type_line ':dns snapshot'
wait_for 'DMARC: x FAIL'
check 'not where it is known' screen_lacks 'd asks DNS'
press q
wait_for 'prompt>'

start 80 24 "$FROMSCOPE --ascii --offline samples/webform.eml"
wait_for 'UNKNOWN'
press 9
check 'not asked is no answer' wait_for '? offline'
check 'and no fail' screen_has 'Nobody was asked. What rests on it is not known; d asks live.'
done_testing

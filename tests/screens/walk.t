#!/bin/sh
# walk.t: through every step of the verdict by Space, back, and around the tree.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

at_step() {
    wait_for "step $1 of "
}

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press Space
check 'Space begins the walk in the tree' wait_for '[2 Tree]'
check 'with its first step' at_step 1
check 'outcomes to come are hidden' screen_has '? step'
steps=$(screen | sed -n 's/.*step 1 of \([0-9]*\).*/\1/p')
check 'there are steps to walk' test "${steps:-0}" -gt 4

step=1
walked=yes
while [ "$step" -lt "${steps:-0}" ]; do
    press Space
    step=$((step + 1))
    at_step "$step" || { walked=no; break; }
done
check 'each Space shows one step' test $walked = yes
check 'at the end nothing is hidden' screen_lacks '? step'
press Space
check 'one more says that it is over' wait_for 'last step'
press BSpace
check 'Backspace hides the last step' at_step $((steps - 1))
press Home
check 'Home hides all' at_step 0
press End
check 'End shows all and ends the walk' wait_gone ' of '
check 'nothing hidden' screen_lacks '? step'

press '!'
check '! goes to the cause' wait_for 'The verdict turns here'
press g
press ']'
check '] goes to a failing step' wait_for '>'
press Tab
check 'Tab leads to the other pane' wait_for 'back to the tree'
press Tab
wait_gone 'back to the tree'

press g
press h
check 'h folds the root away' wait_gone 'CAUSE'
press l
check 'l opens it' wait_for 'CAUSE'
press '!'
press Enter
check 'Enter shows the bytes of the step' wait_for '[0 Source]'
press Escape
check 'Esc leads back to the tree' wait_for '[2 Tree]'

check 'the footer offers what matters' screen_has 'Space next  Enter bytes  e explain  v other RFC  P predict  ? help  q quit'
press v
check 'v: the tree by the other RFC' wait_for ' RFC 7489: DMARC for '
check 'says its verdict' screen_has 'By RFC 7489: DMARC fail'
check 'and the way back' screen_has 'v: by the RFC that counts here'
check 'with what was found out about the names' screen_has ' allowed there '
press g j
check 'its steps have their rules' wait_for 'RFC 7489, 6.6.1'
press G
check 'to the last one' wait_for 'RFC 7489, 3.1'
press e
wait_for '[e Glossary]'
press Escape
check 'Esc leads back to it from the words' wait_for ' RFC 7489: DMARC for '
check 'to the step where one was' screen_has 'RFC 7489, 3.1'
press 0
wait_for '[0 Source]'
press '?'
wait_for '[? Help]'
press Escape
wait_for '[0 Source]'
press Escape
check 'and through two views' wait_for ' RFC 7489: DMARC for '
press v
check 'v again: the one that counts' wait_gone ' RFC 7489: DMARC for '
press v
wait_for ' RFC 7489: DMARC for '
press 1
wait_for '[1 Overview]'
press 2
check 'another view leads back to it, too' wait_for '[2 Tree]'
check 'without a word of the other' screen_lacks ' RFC 7489: DMARC for '
press v
wait_for ' RFC 7489: DMARC for '
press P
check 'so does predict mode' wait_gone ' RFC 7489: DMARC for '
press v
check 'where v hides nothing and shows nothing' screen_lacks ' RFC 7489: DMARC for '
press P
press Escape
press 1
wait_for '[1 Overview]'
press 2
wait_for '[2 Tree]'
press Escape
check 'and to where the tree was opened' wait_for '[1 Overview]'
press Escape
press 2
check 'at the top Esc leads nowhere' wait_for '[2 Tree]'
done_testing

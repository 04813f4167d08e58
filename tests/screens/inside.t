#!/bin/sh
# inside.t: into the message that a bounce returned, and back.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

start 80 24 "$FROMSCOPE --ascii samples/bounce.eml"
wait_for '[1 Overview]'
check 'the row of views tells of it' screen_has 'm Inside'
press m
check 'm lists what is inside' wait_for '[m Inside]'
check 'with its kind' screen_has 'message/rfc822'
check 'From' screen_has 'Hanako Yamada'
check 'and Subject' screen_has 'Inquiry from the web form'
press Enter
check 'Enter goes in, the title says where' wait_for 'bounce.eml > message 1 inside'
check 'its own From' wait_for 'example.jp'
press 0
check 'and its own source' wait_for 'Inquiry'
press Escape
wait_for '[1 Overview]'
press Escape
check 'Esc comes back' wait_for '[m Inside]'
press Escape
check 'to the bounce' wait_for '[1 Overview]'
check 'whose title is its own' screen_lacks 'message 1 inside'
press q
leaves_with 0

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
check 'nothing inside: not in the row' screen_lacks 'm Inside'
press m
check 'and m says so' wait_for 'No message is inside'
press q
check 'restored' restored
done_testing

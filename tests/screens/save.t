#!/bin/sh
# save.t: the answers of DNS saved from the screen, once, and never over a file that is there.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

folder=$(mktemp -d)
cp samples/webform.eml "$folder/mail.eml"
start 80 24 "$FROMSCOPE --dns samples/webform.dns $folder/mail.eml"
wait_for 'FAIL'
press x
check 'x saves' wait_for 'Saved as'
check 'a snapshot' grep -q '^;! snapshot 1' "$folder/mail.eml.dns"
check 'that gives the same verdict' sh -c "$FROMSCOPE report $folder/mail.eml | grep -q 'FAIL   This mail speaks'"
press x
check 'not twice' wait_for 'is there already'
press q
start 80 24 "$FROMSCOPE --offline $folder/mail.eml"
wait_for 'UNKNOWN'
press x
check 'nothing asked, nothing saved' wait_for 'nothing to save'
rm -rf "$folder"
done_testing

#!/bin/sh
# save.t: what is exported from the screen: each kind, never over a file that is there, masked on demand.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

folder=$(mktemp -d)
cp samples/webform.eml "$folder/mail.eml"
start 80 24 "$FROMSCOPE --dns samples/webform.dns $folder/mail.eml"
wait_for 'FAIL'
# The rows of the menu: view html markdown text json steps letter snapshot
choose() {
    press x
    wait_for 'Export to a file'
    for step in $(seq "$1"); do press Down; done
    press Enter
}
choose 7
check 'x saves' wait_for 'Saved as'
check 'a snapshot' grep -q '^;! snapshot 1' "$folder/mail.eml.dns"
check 'that gives the same verdict' sh -c "$FROMSCOPE report $folder/mail.eml | grep -q 'FAIL   This mail speaks'"
choose 7
check 'not twice' wait_for 'is there already'
choose 1
check 'a page' wait_for 'Written to'
check 'beside the message' grep -q '<!DOCTYPE html>' "$folder/mail.html"
press 2
wait_for '[2 Tree]'
choose 0
check 'the view' wait_for 'Written to'
check 'as it is seen' grep -q 'DMARC for example.jp' "$folder/mail-tree.txt"
choose 1
wait_for 'Written to'
check 'under the next free name' test -s "$folder/mail-2.html"
press x
wait_for 'Export to a file'
press r
check 'r masks' wait_for 'Masked: names'
press Down
press Down
press Enter
check 'it says so' wait_for 'with names masked'
check 'nobody is named' sh -c "! grep -q 'user@\|Inquiry' $folder/redacted.md"
check 'but the domains are' grep -q '@example.jp' "$folder/redacted.md"
choose 6
check 'a letter to who must act' wait_for 'Written to'
press x
wait_for 'Export to a file'
check 'what only a survey has is no row' screen_lacks 'spreadsheet'
press Escape
check 'Esc writes nothing' wait_gone 'Export to a file'
press :
press -l "export html $folder/own.html"
press Enter
check ':export takes a name' wait_for 'Written to'
check 'and it is there' grep -q '</html>' "$folder/own.html"
press :
press -l "export html $folder/own.html"
press Enter
check 'which it never overwrites' wait_for 'is there already'
press :
press -l "export html $folder/none/own.html"
press Enter
check 'a folder that is not there is said' wait_for 'that folder is not there'
check 'nothing is left behind' sh -c "! ls -A $folder | grep -q '^\.'"
press q
wait_for 'prompt>'
start 80 24 "$FROMSCOPE --offline $folder/mail.eml"
wait_for 'UNKNOWN'
choose 7
check 'nothing asked, nothing saved' wait_for 'nothing to save'
press q
wait_for 'prompt>'
start 80 24 "$FROMSCOPE --redact --dns samples/webform.dns $folder/mail.eml"
check '--redact: the title says so' wait_for 'redacted'
check 'and nobody is named' wait_gone 'user@example.jp'
press 0
check 'the source keeps its form and its domains' wait_for 'Return-Path: <xxxxxxxxx@www.example.com>'
press q
wait_for 'prompt>'
printf 'From a@b Tue Sep  1 10:00:00 2026\nFrom: Quil <zorbex@example.jp>\nSubject: vamnad\n\nx\n\n%.0s' 1 2 >"$folder/box.mbox"
start 80 24 "$FROMSCOPE --redact --offline $folder/box.mbox"
check 'a list: domains only' wait_for 'x@example.jp'
check 'no name' wait_gone 'zorbex'
check 'no subject' wait_gone 'vamnad'
press q
wait_for 'prompt>'
mkdir "$folder/here"
program=$(realpath "$FROMSCOPE")
shipped=$(realpath samples/lessons/09-sixteen-cells)
start 80 24 "cd $folder/here; $program --dns ../mail.eml.dns ../mail.eml"
wait_for 'FAIL'
press 7
wait_for '[7 Chart]'
press h
press Enter
wait_for 'DMARC: ✓ PASS'
choose 1
check 'the example of a cell' wait_for 'Written to'
check 'is written where the person is' sh -c "test -s $folder/here/*.html"
check 'not among the lessons' sh -c "! ls $shipped | grep html"
press q
rm -rf "$folder"
done_testing

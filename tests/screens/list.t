#!/bin/sh
# list.t: a mailbox as a list: verdicts, sorting, filter, search, opening and coming back.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

folder=$TMUX_TMPDIR/mail
mkdir "$folder"

# message DAY NAME DOMAIN SUBJECT SPF
message() {
    printf 'From %s@%s Tue Sep  1 10:00:00 2026\n' "$2" "$3"
    printf 'Received: from mail.%s (mail.%s [192.0.2.1]) by mx.example.net with ESMTPS id 1;\n' "$3" "$3"
    printf ' Tue, %s Sep 2026 10:00:00 +0000\nReturn-Path: <%s@%s>\n' "$1" "$2" "$3"
    printf 'From: "%s" <%s@%s>\nSubject: %s\nDate: Tue, %s Sep 2026 10:00:00 +0000\n' "$2" "$2" "$3" "$4" "$1"
    printf 'Message-ID: <%s@%s>\n\ntext\n\n' "$1" "$3"
}
{
    message 3 carol good.example banana
    message 1 alice bad.example 'cherry pie'
    message 2 bob good.example apple
} >"$folder/box"
{
    echo ';! snapshot 1'
    for domain in good bad; do
        echo "_dmarc.$domain.example. 300 IN TXT \"v=DMARC1; p=reject\""
    done
    echo 'good.example. 300 IN TXT "v=spf1 ip4:192.0.2.0/24 -all"'
    echo 'bad.example. 300 IN TXT "v=spf1 ip4:198.51.100.0/24 -all"'
    echo ';! complete .'
} >"$folder/box.dns"

# row N: the N-th line below the headings; order WORDS: subjects stand so, whatever is between.
row() {
    screen | sed -n "$((4 + $1))p"
}
order() {
    row 1 | grep -q "$1" && row 2 | grep -q "$2" && row 3 | grep -q "$3"
}

start 80 24 "$FROMSCOPE --ascii $folder/box"
check 'a mailbox opens as a list' wait_for '[m Messages]'
check 'with its length' screen_has '3 messages'
check 'in its own order' order banana cherry apple
check 'what passes' wait_for '+ PASS'
check 'what fails' wait_for 'x FAIL'
check 'and where DNS came from' screen_has 'DNS from a file beside the message'
press s
check 's: by date' wait_until order cherry apple banana
press s
check 'by From' wait_until order cherry apple banana
check 'which is said' screen_has 'by From'
press s
check 'by Subject' wait_until order apple banana cherry
press S
check 'S: the other way' wait_until order cherry banana apple
press s
check 'by verdict: what failed first' wait_until order cherry banana apple
press s
check 'and by number again' wait_until order banana cherry apple

press '&'
check '&: only what failed' wait_gone banana
check 'that stays' screen_has 'cherry pie'
press '&'
check '& again: all' wait_for banana

press /
wait_for 'Enter search'
tm send-keys -l 'APPLE'
wait_for '/APPLE'
press Enter
wait_gone '/APPLE'
press Enter
check '/ finds, Enter opens it' wait_for 'box > message 3'
check 'with its own verdict' screen_has 'DMARC: + PASS'
press Escape
check 'Esc leads back to the list' wait_for '[m Messages]'
press n
check 'n: once more around, and that is said' wait_for 'Found from the beginning on: APPLE'
press N
check 'N likewise' wait_for 'Found from the end on: APPLE'
press /
wait_for 'Enter search'
tm send-keys -l 'no such thing'
wait_for '/no such thing'
press Enter
check 'what is not there is said so' wait_for 'Not found: no such thing'
press /
wait_for 'Enter search'
press Escape
check 'Esc leaves the prompt' wait_for '[m Messages]'
press g
press Down
press Enter
check 'the second' wait_for 'message 2'
press m
check 'm leads back, too' wait_for '[m Messages]'

# From message to message, in the view that is seen, in the order of the list.
press g Enter
check 'a message says where it stands in its list' wait_for '1 of 3 in the list; J: the next, K: the one before'
press 2
wait_for '[2 Tree]'
press J
check 'J: the next one' wait_for 'box > message 2'
check 'in the same view' screen_has '[2 Tree]'
press J
wait_for 'box > message 3'
press J
check 'the last one says that it is' wait_for 'There is no message after this one in the list'
press K
check 'K: the one before' wait_for 'box > message 2'
press '?'
wait_for 'Keys in Tree'
tm send-keys -l '/the message before it'
press Enter
check 'help has both' wait_for 'the next message of the list'
press q
check 'q leaves the help, not the program' wait_for '[2 Tree]'
check 'which the footer says' screen_has 'q back'
press q
check 'and q leaves the message for its list' wait_for '[m Messages]'
check 'where the program is left' screen_has 'q quit'
press Enter
check 'with the cursor on the message that was left' wait_for 'box > message 2'
press q
wait_for '[m Messages]'
press s s s S
wait_until order cherry banana apple
press g Enter
check 'in the order of the list that is seen' wait_for 'box > message 2'
press K
check 'whose first one says that it is' wait_for 'There is no message before this one in the list'
press J
check 'goes on with the second row' wait_for 'box > message 1'
press q
wait_for '[m Messages]'
press s s
wait_until order banana cherry apple
press 2
check 'a view of messages says what to do' wait_for 'Enter opens a message'
press d
check 'd: offline' wait_until screen_lacks 'x FAIL'
check 'is said' screen_has 'DNS not asked (offline)'
press '?'
check 'help tells the keys of the list' wait_for 'Keys in Messages'
check 'without those that lead from message to message' screen_lacks 'the next message of the list'
press q
wait_for '[m Messages]'
press Enter
wait_for 'box > message'
press C-c
check 'Ctrl-C leaves from anywhere' leaves_with 0

# Pasted text in a folder is read as it will be opened; a snapshot beside each is told in the rule.
mkdir "$folder/pasted"
cp samples/pasted-outlook.txt samples/pasted-outlook.dns samples/pasted-ses.txt samples/pasted-ses.dns "$folder/pasted"
start 80 24 "$FROMSCOPE --ascii $folder/pasted"
wait_for '[m Messages]'
check 'a row shows what the repaired message says' wait_for 'Inquiry from the web form'
check 'and so does a flattened one' wait_for 'Re: your order 10482'
check 'each has its snapshot' wait_for 'DNS from files beside the messages'
press q
check 'q leaves that, too' leaves_with 0
rm -r "$folder/pasted"

# Several files and a folder; one that cannot be read is a line, and says why.
cp samples/webform.eml "$folder/form.eml"
: >"$folder/empty.eml"
start 80 24 "$FROMSCOPE --ascii --offline $folder/form.eml $folder/empty.eml $folder/box"
check 'several files are one list' wait_for '5 messages'
check 'in the order named' wait_until order 'Inquiry' 'unreadable' 'banana'
press Down
press Enter
check 'Enter says why' wait_for 'This message cannot be read'
check 'in words' screen_has 'empty'
press Escape
check 'and the rest goes on' wait_for 'banana'
press q
leaves_with 0

start 60 16 "$FROMSCOPE --ascii --offline $folder"
check 'a folder is a list, in a small window, too' wait_for '[m Messages]'
check 'with its messages' wait_for 'Inquiry'
press q
leaves_with 0

start 80 24 "$FROMSCOPE --ascii --index 2 $folder/box"
check '--index opens a message over its list' wait_for 'message 2'
press Escape
check 'to which Esc leads' wait_for '[m Messages]'
press q
check 'restored' restored
done_testing

#!/bin/sh
# survey.t: who sends as whom, by keys: 300 messages of 8 senders; a group's messages and back; all sizes.
# Golden screens stand in tests/screens/golden; `tests/screens/survey.t --write` writes them anew.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh
write=$1
out=$TMUX_TMPDIR/out
box=$out/box
mkdir "$out"

screen_is() {
    golden=tests/screens/golden/$1.txt
    [ "$write" != --write ] || { sleep 1; screen >"$golden"; }
    tries=$((patience * 10))     # the last of it may still be on its way
    until screen | diff "$golden" - >"$TMUX_TMPDIR/diff"; do
        tries=$((tries - 1))
        if [ "$tries" -le 0 ]; then
            sed 's/^/# /' "$TMUX_TMPDIR/diff"
            return 1
        fi
        sleep 0.1
    done
}

# sender COUNT FROM ENVELOPE IP DAY
sender() {
    number=0
    while [ $number -lt "$1" ]; do
        number=$((number + 1))
        printf 'From MAILER-DAEMON Thu Oct  1 10:00:00 2026\n'
        printf 'Received: from mail.%s (mail.%s [%s])\n by mx.example.net with ESMTPS id %s;\n' "$3" "$3" "$4" $number
        printf ' Thu, %02d Oct 2026 10:00:%02d +0000\nReturn-Path: <a@%s>\n' "$5" $((number % 60)) "$3"
        printf 'From: a@%s\nTo: b@example.net\nSubject: %s\n' "$2" "$number of $3"
        printf 'Date: Thu, %02d Oct 2026 10:00:00 +0000\nMessage-ID: <%s@%s>\n\ntext\n\n' "$5" $number "$3"
    done
}
{
    sender 120 brand.example brand.example 192.0.2.1 1
    sender 60 brand.example crm.example.net 198.51.100.1 2
    sender 40 brand.example shop.example 198.51.100.129 3
    sender 30 brand.example forms.example.com 203.0.113.1 8
    sender 20 brand.example brand.example 203.0.113.129 5
    sender 15 other.example other.example 192.0.2.1 6
    sender 10 none.example none.example 192.0.2.1 7
    sender 5 eu.brand.example brand.example 192.0.2.1 1
} >"$box"
{
    echo ';! snapshot 1'
    echo '_dmarc.brand.example. 300 IN TXT "v=DMARC1; p=reject"'
    echo '_dmarc.other.example. 300 IN TXT "v=DMARC1; p=none"'
    for domain in brand.example other.example none.example; do
        echo "$domain. 300 IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\""
    done
    echo 'crm.example.net. 300 IN TXT "v=spf1 ip4:198.51.100.1 -all"'
    echo 'shop.example. 300 IN TXT "v=spf1 ip4:198.51.100.129 -all"'
    echo 'forms.example.com. 300 IN TXT "v=spf1 ip4:203.0.113.1 -all"'
    echo ';! complete .'
} >"$box.dns"

# row N: the N-th group.
row() {
    screen | sed -n "$((5 + $1))p"
}
row_has() {
    row "$1" | grep -qF -- "$2"
}

cd_start() {
    width=$1 height=$2
    shift 2
    start "$width" "$height" "cd $out && $FROMSCOPE $* box"
}
case $FROMSCOPE in /*) ;; *) FROMSCOPE=$PWD/$FROMSCOPE ;; esac

cd_start 80 24 --ascii
wait_for '[m Messages]'
check 'the footer of a list names the key where there is room' wait_for 'W who sends'
press W
check 'W: all of them are judged' wait_for 'judged: 300'
check 'what the last columns are stands in the rule' wait_for '; G Gmail, Y Yahoo, M Microsoft -'
check 'in groups' screen_has 'groups: 8'
check 'the survey at 80x24' screen_is survey-80x24
check 'the largest first' row_has 1 '>     120'
resize 160 50
check 'at 160x50: what is told beside it' screen_is survey-160x50
resize 60 16
check 'at 60x16' screen_is survey-60x16
resize 80 24
wait_for 'fromscope'

press s
check 's: what fails first' wait_until row_has 1 'crm.example.net'
check 'which is said' screen_has 'by what fails'
press s
check 's: the newest first' wait_until row_has 1 'forms.example.com'
press S
check 'S: the other way around' wait_for 'by date, reversed'
press s
check 's: by messages again' wait_gone 'by date'
press '&'
check '&: only what fails' wait_for 'groups that fail: 4'
check 'and nothing else' row_has 4 ' 20 '
press '&'
check '& again: all' wait_for 'groups: 8'

press Home Down Down
check 'down' wait_until row_has 3 '>      40'
press Enter
check 'Enter: its messages, as a list' wait_for '[m Messages]'
check 'and no others' screen_has 'shop.example as brand.example: 40'
check 'the first of them' screen_has '1 of shop.example'
check 'and none of the largest group' screen_lacks 'of brand.example '
press Down Enter
check 'Enter again: one of them' wait_for 'box > message 182'
press Escape
check 'back to the list of the group' wait_for 'shop.example as brand.example: 40'
press Escape
check 'Esc: back to the survey' wait_for '[W Survey]'
check 'where it was' row_has 3 '>      40'
press m
wait_for '[m Messages]'
check 'the list is whole again' wait_for '60 of crm.example.net'
press '&'
wait_for 'Only what failed'
press j j j
check 'of what failed' wait_for 'failed: '
failing=$(screen | sed -n '4,22p')
press W
wait_for '[W Survey]'
press Home Enter
check 'a group, from its first message on' wait_for '1 of brand.example'
press G Enter
wait_for 'box > message'
press Escape
wait_for 'brand.example as brand.example'
press Escape
wait_for '[W Survey]'
press Escape
wait_for '[m Messages]'
check 'the list is filtered as it was before' wait_for 'failed: '
check 'and where it was' test "$(screen | sed -n '4,22p')" = "$failing"
press Enter
check 'so is the cursor' wait_for 'DMARC: x FAIL'
press Escape
wait_for '[m Messages]'
press '&'
wait_for 'All messages'
press W
wait_for '[W Survey]'
press /
wait_for 'Enter search'
tm send-keys -l 'FORMS'
wait_for '/FORMS'
press Enter
check '/ finds a sender' wait_until row_has 4 '>      30'
press y
check 'y copies who sends as whom' wait_for 'forms.example.com as brand.example'
press Tab
press G
check 'Tab: the keys move what is told' wait_for 'EXAMPLE'
press Tab

press x
wait_for 'Export to a file'
check 'x: the formats of a survey' screen_has 'the survey for a spreadsheet'
press Escape
wait_gone 'Export to a file'
for format in text json csv; do
    press :
    wait_for 'Enter do it'
    tm send-keys -l "export $format"
    wait_for ":export $format"
    press Enter
    suffix=$format
    [ $format != text ] || suffix=txt
    check "as $format" wait_for "Written to survey.$suffix"
done
press q
check 'q leaves' leaves_with 0
(cd "$out" && "$FROMSCOPE" survey --format csv box) >"$out/command.csv"
check 'the CSV is that of the command' cmp -s "$out/survey.csv" "$out/command.csv"
(cd "$out" && "$FROMSCOPE" survey --format json box) >"$out/command.json"
check 'and so is the JSON' cmp -s "$out/survey.json" "$out/command.json"

# With verdicts to be guessed nothing is told; a single message has no survey.
cd_start 80 24 --ascii --redact
wait_for '[m Messages]'
press W
check '--redact: domains stay' wait_for 'crm.example.net'
wait_for 'judged: 300'
press :
wait_for 'Enter do it'
tm send-keys -l 'export csv masked.csv'
press Enter
check 'and the file is written' wait_for 'Written to masked.csv'
press q
leaves_with 0
(cd "$out" && "$FROMSCOPE" survey --redact --format csv box) >"$out/masked-command.csv"
check 'as masked as that of the command' cmp -s "$out/masked.csv" "$out/masked-command.csv"

start 80 24 "$FROMSCOPE --ascii $PWD/samples/webform.eml"
wait_for '[1 Overview]'
press W
check 'of one message there is none, and that is said' wait_for 'A survey is of a mailbox'
press q
leaves_with 0

# Line by line.
printf 'survey\n3\nopen 3\nback\nsort\n' >"$TMUX_TMPDIR/commands"
"$FROMSCOPE" --plain "$box" <"$TMUX_TMPDIR/commands" >"$TMUX_TMPDIR/plain" 2>&1
said() {
    grep -qF -- "$1" "$TMUX_TMPDIR/plain"
}
check 'line by line: each group' said '2. crm.example.net as brand.example: 60, DMARC x fail'
check 'a number tells of it' said '40 of 300 that were judged; 2026-10-03'
check 'open lists its messages' said '181. x FAIL'
check 'sort' said 'by what fails'
check 'restored' restored
done_testing

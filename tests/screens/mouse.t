#!/bin/sh
# mouse.t: clicks and the wheel, as a terminal tells them (xterm's mode 1006).
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

# mouse BUTTON COLUMN LINE, counted from 1: pressed and let go.
mouse() {
    for end in M m; do
        # Bytes in hexadecimal, so that tmux changes none of them.
        # shellcheck disable=SC2046
        press -H $(printf '\033[<%d;%d;%d%s' "$1" "$2" "$3" "$end" | od -An -v -tx1)
    done
}

# click TEXT: where the screen shows it first.
click() {
    line=$(screen | grep -nF -- "$1" | head -n 1 | cut -d: -f1)
    column=$(screen | grep -F -- "$1" | head -n 1 | awk -v text="$1" '{ print index($0, text) }')
    mouse 0 "${column:-1}" "${line:-1}"
}

modes() {
    tm display-message -p '#{mouse_standard_flag}#{mouse_sgr_flag}'
}

mode_is() {
    [ "$(modes)" = "$1" ]
}

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
check 'the terminal tells of the mouse' wait_until mode_is 11
click '2 Tree'
check 'a click on the row of views opens one' wait_for '[2 Tree]'
click 'MAIL FROM  www'
check 'a click on a step goes there' wait_for '>  + MAIL FROM'
click 'MAIL FROM  www'
check 'another one opens what it rests on' wait_for '[0 Source]'
click 'back'
check 'a click on a key of the footer presses it' wait_for '[2 Tree]'

click '- SPF'
check 'a click on the mark closes a branch' wait_for '+ SPF'
click '+ SPF'
check 'and opens it' wait_for '- SPF'
click 'Rule'
check 'a click in the other pane leads there' wait_for 'Tab: back to the tree'
click '3 Results'
check 'Results' wait_for '[3 Results]'
press 0
wait_for '[0 Source]'
mouse 65 10 10
check 'the wheel scrolls' wait_gone '   1 '
mouse 64 10 10
check 'and back' wait_for '   1 '
mouse 0 300 300
mouse 35 5 5
mouse 2 5 2
check 'nonsense and other buttons do nothing' screen_has '[0 Source]'
press -H 1b 5b 3c 30 3b 3b 4d
check 'nor does half a message' screen_has '[0 Source]'
press :
wait_for 'shown'
tm send-keys -l 'mouse off'
press Enter
check ':mouse off' wait_until mode_is 00
press :
tm send-keys -l 'mouse on'
press Enter
check ':mouse on' wait_until mode_is 11
press j
wait_for 'q quit'
click 'quit'
check 'a click on q leaves' leaves_with 0
check 'and the terminal has its mouse again' mode_is 00
check 'restored' restored

start 80 24 "$FROMSCOPE --ascii --no-mouse samples/webform.eml"
wait_for '[1 Overview]'
check '--no-mouse: the terminal keeps it' mode_is 00
mouse 0 12 2
press 3
check 'and a click does nothing' wait_for '[3 Results]'
press Escape
check 'nowhere' wait_for '[1 Overview]'
press q
leaves_with 0

# In a list: once chooses, twice opens.
for name in one two three; do
    printf 'From x@example.com Tue Sep  1 10:00:00 2026\nFrom: a@example.com\nSubject: %s\n\ntext\n\n' $name
done >"$TMUX_TMPDIR/box"
start 80 24 "$FROMSCOPE --ascii --offline $TMUX_TMPDIR/box"
wait_for 'three'
click 'two'
sleep 0.2
check 'a click chooses' screen_has 'three'
click 'two'
check 'another opens' wait_for '[1 Overview]'
press 0
check 'that one' wait_for 'Subject: two'
press q
leaves_with 0

# Where text is asked for, a click could have been pasted.
start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press i
wait_for 'Paste a message'
tm send-keys -l 'abc'
press Escape
wait_for 'lose this line?'
click 'yes'
check 'a question is not answered by a click' screen_has 'lose this line?'
press y
wait_for '[1 Overview]'

# However it ends.
for signal in HUP.129 TERM.143 SEGV.139; do
    start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
    wait_for '[1 Overview]'
    wait_until mode_is 11
    kill -"${signal%.*}" "$(program_pid)"
    leaves_with "${signal#*.}"
    check "SIG${signal%.*}: the mouse is the terminal's" mode_is 00
done
done_testing

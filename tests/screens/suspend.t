#!/bin/sh
# suspend.t: Ctrl-Z and fg, with mouse and bracketed paste as they were; the end by a signal.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

modes() {
    tm display-message -p '#{mouse_standard_flag}#{mouse_sgr_flag} #{alternate_on}'
}

modes_are() {
    [ "$(modes)" = "$1" ]
}

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press 2
wait_for '[2 Tree]'
round=1
while [ $round -le 3 ]; do
    check "round $round: the mouse is used" wait_until modes_are '11 1'
    press C-z
    check "Ctrl-Z $round: the shell has the terminal" restored
    check "Ctrl-Z $round: the mouse is the terminal's" modes_are '00 0'
    # A click now is nothing that the shell must see.
    type_line "echo round""$round"
    wait_for "round$round"
    type_line fg
    check "fg $round: the screen is as it was" wait_for '[2 Tree]'
    round=$((round + 1))
done
press C-z
wait_for 'prompt>'
resize 100 30
type_line fg
check 'another size meanwhile' wait_for '[2 Tree]'
check 'is taken' wait_until test "$(screen | grep -c '^---*')" -gt 0
printf 'From: a@example.com\nSubject: pasted q q q\n\ntext\n' >"$TMUX_TMPDIR/text"
tm load-buffer "$TMUX_TMPDIR/text"
tm paste-buffer -p
check 'what is pasted afterwards is still no key' wait_for 'pasted q q q'
press Escape
wait_for 'lose these'
press y
wait_for '[2 Tree]'
# What somebody else wrote over the screen goes away; in a box that is typed into, too.
scribble() {
    printf '\033[8;1Hsomebody else wrote this' >"$(tm display-message -p '#{pane_tty}')"
    wait_for 'somebody else wrote this'
}
scribble
press C-l
check 'Ctrl-L paints the screen anew' wait_gone 'somebody else wrote this'
check 'and nothing else' screen_has '[2 Tree]'
press i
wait_for '[i Paste]'
scribble
press C-l
check 'in the box, too' wait_gone 'somebody else wrote this'
check 'and it types nothing' screen_lacks 'x0C'
press Escape
wait_for '[2 Tree]'
press '?'
wait_for 'Keys in Tree'
tm send-keys -l '/to the shell for a while'
press Enter
check 'help has both keys of the terminal' wait_for 'paint the screen anew'
press Escape
wait_for '[2 Tree]'
kill -TSTP "$(program_pid)"
check 'stopped from outside' wait_for 'prompt>'
type_line fg
check 'fg' wait_for '[2 Tree]'
press q
check 'restored' restored

# A terminal that goes away ends the program, too.
start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
pid=$(program_pid)
tm kill-server
check 'without its terminal it ends' wait_until sh -c "! kill -0 $pid 2>/dev/null"
done_testing

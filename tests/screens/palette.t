#!/bin/sh
# palette.t: commands by their names: completion, the list, history, words, mistakes.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

type_text() {
    tm send-keys -l "$1"
}

start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press :
check ': lists commands with what they do' wait_for 'where DNS answers come from'
check 'and their keys' screen_has '?'
type_text 'ad'
check 'what is typed leaves what fits' wait_gone 'where DNS answers come from'
check 'with help' screen_has 'Advice'
press Tab
check 'Tab completes' wait_for ':advice'
press C-u
type_text 'sea'
press Tab
check 'Tab goes as far as the names agree' wait_for ':search'
press C-u
type_text 'tree'
press Enter
check ':tree opens it' wait_for '[2 Tree]'

press :
type_text '3'
press Enter
check ':3 opens a view' wait_for '[3 Results]'
press :
type_text 'dns offline'
press Enter
check ':dns offline' wait_for 'DNS not asked (offline): UNKNOWN, was FAIL'
press :
type_text 'dns snap'
press Tab
check 'words are completed, too' wait_for ':dns snapshot'
press Enter
check ':dns snapshot' wait_for 'DNS from the snapshot: FAIL, was UNKNOWN'
press :
type_text 'what-if '
check 'inputs that can be changed are listed, with what they take' wait_for 'ADDRESS     the envelope'
type_text 'mail'
press Tab
check 'and completed, without a blank behind' wait_for ':what-if mail-from=   '
press C-u
type_text 'what-if spf=soft'
press Tab
check 'so are their values' wait_for ':what-if spf=softfail'
press C-u
type_text 'what-if helo'
press Down Enter
check 'one that is chosen waits for its value' wait_for ':what-if helo=   '
press C-u
type_text 'what-if from=begin-of-a-name-that-is-longer-than-the-line-is-wide.and-goes-on.example'
check 'what is typed beyond the edge is seen' wait_for '<from=begin-of-a-name-that-is-longer-than-the-line-is-wide.and-goes-on.example'
press C-u BSpace
press :
type_text 'dns nobody'
press Enter
check 'a word that is none of them' wait_for 'nobody is none of live, snapshot, offline'
press :
type_text 'trust mx.example.com'
press Enter
check ':trust HOST' wait_for 'mx.example.com trusted'
press u
check 'u takes it back' wait_for 'mx.example.com is not trusted any more'
press :
type_text 'border 99'
press Enter
check 'a hop that is not there' wait_for 'The border is a hop from 1 to'

press :
type_text 'rsults'
press Enter
check 'an unknown command names the nearest' wait_for 'There is no command :rsults; is it :results?'
press :
type_text 'fold'
press Enter
check 'one of another view says so' wait_for ':fold does nothing in this view'
press :
type_text 'quit now'
press Enter
check 'one that takes no word says so' wait_for ':quit takes no word'
press :
type_text 'open'
press Enter
check 'one that needs a word says so' wait_for ':open needs a word: FILE'

press :
press Up
check 'Up: the last command' wait_for ':open'
press Up
check 'and the one before' wait_for ':quit now'
press Down
check 'Down: on again' wait_for ':open'
press Escape
check 'Esc leaves' wait_gone ':open'
press :
press BSpace
check 'so does Backspace in the empty line' wait_gone 'where DNS answers come from'

press :
type_text 'over'
press Down
press Down
press Up
press Enter
check 'a row can be chosen' wait_for '[1 Overview]'
press 3
wait_for '[3 Results]'
press :
type_text 'distr'
press Down
press Enter
check 'one that takes a word is completed first' wait_for ':distrust'
press Escape

press :
type_text 'help'
press Enter
check ':help' wait_for 'Keys in '
press G
check 'lists the commands' wait_for 'mouse'
press Escape
press :
type_text 'open nowhere.eml'
press Enter
check ':open FILE' wait_for 'No such file'
press Escape
wait_for '[3 Results]'

# Text that is pasted is no command until Enter is pressed, and control characters are none of it.
press :
printf 'advice\n\033[2Jquit' >"$TMUX_TMPDIR/text"
tm load-buffer "$TMUX_TMPDIR/text"
tm paste-buffer -p
check 'a pasted line is taken to its end' wait_for ':advice'
press Escape

for size in 40x12 60x16 132x40; do
    resize "${size%x*}" "${size#*x}"
    press :
    check "at $size it has its place" wait_for 'shown'
    check "at $size the first names are there" wait_for '  advice '
    press Escape
    wait_gone 'shown'
done
resize 80 24
press :
type_text 'quit'
press Enter
leaves_with 0
check ':quit leaves, and the terminal is restored' restored

# What was typed comes again in the next run; what names somebody does not.
kept=$XDG_STATE_HOME/fromscope/history
check 'commands are kept' grep -qx 'tree' "$kept"
check 'with words of the program' grep -qx 'dns snapshot' "$kept"
check 'the last one last' test "$(tail -n 1 "$kept")" = quit
for word in mx.example.com nowhere.eml rsults nobody; do
    check "not $word" sh -c "! grep -q $word '$kept'"
done
check 'for nobody else to read' test "$(stat -c %a "$kept")" = 600
printf 'trust evil.example\n\033[2J\nborder 1\n' >>"$kept"
start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press :
press Up
check 'Up: the last command of the run before' wait_for ':border 1'
press Up
check 'what no run would have written is left out' wait_for ':quit'
press Escape
type_text ':advice'
press Enter
wait_for '[8 Advice]'
check 'a word is written at once' test "$(tail -n 1 "$kept")" = advice
check 'and the file stays clean' sh -c "! grep -q evil '$kept'"
press q
wait_for 'prompt>'
rm "$kept" && mkdir "$kept"
start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
type_text ':tree'
press Enter
check 'where nothing can be kept nobody is bothered' wait_for '[2 Tree]'
press q
leaves_with 0
done_testing

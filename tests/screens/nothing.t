#!/bin/sh
# nothing.t: with nothing open, or what cannot be: what to do next, and no key that does nothing.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

seen_once() {
    [ "$(screen | grep -cF -- "$1")" -eq 1 ]
}

folder=$TMUX_TMPDIR/folder
mkdir "$folder"
: >"$TMUX_TMPDIR/empty.eml"

start 80 40 "$FROMSCOPE --ascii --offline"
wait_for 'Nothing is open'
check 'it says how to paste' screen_has 'i  paste'
check 'how to open a file from here' screen_has ':open FILE'
check 'and where to learn' screen_has 'L  the lessons'
press '?'
wait_for '[? Help]'
check 'help: what can be done' screen_has ':open'
check 'help: no view of a message' screen_lacks 'Overview: the verdict'
check 'help: no edit of one' screen_lacks 'change inputs'
check 'help: no command about one' screen_lacks ':trust'
check 'help: how the page moves' screen_has 'Space page'
press Escape W
check 'no message is called one' wait_for 'There is no message to show'
press L
check 'the lessons are there' wait_for '[L Lessons]'
check 'and how one is opened' screen_has 'Enter open'
press Escape :
type_line "open samples/webform.eml"
check ':open FILE opens it' wait_for 'webform.eml'
press Escape
wait_for 'Nothing is open'
press q
leaves_with 0

start 80 24 "$FROMSCOPE --ascii --offline $TMUX_TMPDIR/empty.eml"
wait_for 'Nothing is open'
check 'why stands there once' seen_once 'the file is empty'
check 'the keys are there' screen_has 'i paste  ? help  q quit'
press '?'
wait_for '[? Help]'
check 'and in help, too' screen_has 'Space page'
check 'which has the word for all of it' screen_lacks 'the file is empty'
press q
leaves_with 0

# A link out of an opened folder is refused, and it is said what to do.
cp samples/campaign.eml "$folder/a.eml"
ln -s "$PWD/samples/webform.eml" "$folder/b.eml"
start 130 24 "$FROMSCOPE --ascii --offline $folder"
wait_for '[m Messages]'
check 'a link out of a folder: its row' wait_for 'refused: it leads out'
press j Enter
check 'opened: why' wait_for 'leads out of what you opened'
check 'and what to do' screen_has 'open it by its own name'
press Escape
wait_for '[m Messages]'
press q
leaves_with 0
start 80 24 "$FROMSCOPE --ascii --plain --offline"
wait_for 'paste, help, quit>'
type_line '?'
check 'line by line: help' wait_for 'open FILE'
check 'line by line: no view of a message' screen_lacks 'Overview: the verdict'
type_line q
leaves_with 0
done_testing

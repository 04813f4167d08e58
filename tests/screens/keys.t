#!/bin/sh
# keys.t: keys from the configuration file.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

XDG_CONFIG_HOME=$TMUX_TMPDIR/config
export XDG_CONFIG_HOME
mkdir -p "$XDG_CONFIG_HOME/fromscope"

# The file is what comes by standard input; what the program says of it goes to $said.
said=$TMUX_TMPDIR/said
write_config() {
    cat >"$XDG_CONFIG_HOME/fromscope/config"
    "$FROMSCOPE" info >/dev/null 2>"$said"
}

says() {
    grep -qF -- "$1" "$said"
}

write_config <<'END'
[keys]
quit = Q, Ctrl-C
tree = X
search-next = m
messages = n, Ctrl-N
END
check 'good keys: nothing is said' test ! -s "$said"
start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press 2
check 'the old key does nothing any more' wait_for 'This key does nothing here'
press X
check 'the new one works, and is shown' wait_for '[X Tree]'
press m
check 'two commands can change keys' wait_for 'Nothing was searched for yet'
press n
check 'with each other' wait_for 'No message is inside this one'
press '?'
wait_for 'Keys in Tree'
tm send-keys -l '/leave the program'
press Enter
check 'help has the new ones' wait_for 'Q, Ctrl-C'
press Escape
check 'so has the footer' wait_for 'Q quit'
press q
check 'q is free' wait_for 'This key does nothing here'
press Q
leaves_with 0

write_config <<'END'
[keys]
quit = Q
nosuch = x
serch = s
copy = F99
undo =
tree = 3
results = 1
fold = a, b
list = s
search = f
search = Ctrl-F
unfold = fold
END
check 'an unknown command, with file and line' says "config, line 3: there is no command \"nosuch\""
check 'the nearest is named' says 'line 4: there is no command "serch"; is it "search"?'
check 'an unknown key' says 'line 5: "F99" is no key for copy'
check 'no key' says 'line 6: "undo" has no key'
check 'a conflict' says 'line 7: 3 is a key of results already'
check 'a chain of conflicts' says 'line 8: 1 is a key of overview already'
check 'of a command that stands twice the last line holds' test "$(grep -c 'line 1[12]' "$said")" -eq 0
check 'a word is no key' says 'line 13: "fold" is no key for unfold'
start 80 24 "$FROMSCOPE --ascii samples/webform.eml"
wait_for '[1 Overview]'
press 3
check 'where it conflicts the default stays' wait_for '[3 Results]'
press 2
check 'for both' wait_for '[2 Tree]'
press C-f
wait_for 'Enter search'
press Escape
press Q
check 'the others hold' leaves_with 0
done_testing

#!/bin/sh
# links.t: references to an RFC are links where the terminal knows them, and change nothing else.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

# The same keys; the last screen with its colors, and all that was sent.
journey() {
    start 90 24 "exec env TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=$1 $FROMSCOPE --ascii samples/webform.eml"
    wait_for '[1 Overview]'
    tm pipe-pane "cat >$TMUX_TMPDIR/sent-$1"
    press 2
    wait_for 'RFC 9989'
    for key in j j j k l j; do
        press "$key"
        sleep 0.1
    done
    sleep 0.3
    tm capture-pane -p >"$TMUX_TMPDIR/tree-$1"
    tm capture-pane -pe | grep -o '[^|]*RFC.*' >"$TMUX_TMPDIR/rules-$1"
    press 3
    wait_for '[3 Results]'
    sleep 0.3
    tm capture-pane -p >"$TMUX_TMPDIR/results-$1"
    press q
    sleep 0.3
}

journey 3.2
journey 3.4
check 'a link to the section' grep -qaF '8;;https://www.rfc-editor.org/rfc/rfc9989.html#section-' "$TMUX_TMPDIR/sent-3.4"
check 'none where they are not known' test "$(grep -caF 'rfc-editor' "$TMUX_TMPDIR/sent-3.2")" -eq 0
check 'the screen is the same' cmp "$TMUX_TMPDIR/tree-3.2" "$TMUX_TMPDIR/tree-3.4"
check 'and its colors where the links are' cmp "$TMUX_TMPDIR/rules-3.2" "$TMUX_TMPDIR/rules-3.4"
check 'so is the next one' cmp "$TMUX_TMPDIR/results-3.2" "$TMUX_TMPDIR/results-3.4"
check 'it has a rule in it' grep -qF 'RFC 7208' "$TMUX_TMPDIR/tree-3.4"
# A message that says "RFC 9989" gets none.
check 'only our own references' test "$(grep -ao '8;;https[^#]*' "$TMUX_TMPDIR/sent-3.4" | grep -cv 'rfc/rfc[0-9]*.html')" -eq 0
done_testing

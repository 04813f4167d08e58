#!/bin/sh
# arc.t: the ladder of ARC instances: whole, changed on the way, and broken.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

mails=$TMUX_TMPDIR
tests/screens/signed.py "$mails" || exit 1
view() {
    start "$1" "$2" "$FROMSCOPE --ascii --at 2026-11-22T00:00:00Z --dns $mails/zone $mails/$3.eml"
    wait_for 'Overview]' || wait_for '[1'
    press 4
}

view 80 24 chain
check 'the view is there' wait_for '[4 ARC]'
check 'the whole first' wait_for '> chain  pass'
check 'it is hearsay' wait_for 'is hearsay by example.net'
check 'and never makes DMARC pass' wait_for 'arc=pass never makes DMARC pass by itself.'
check 'unchanged' wait_for "Unchanged since hop 1 (example.org): every hop's signature still fits."
check 'the newest hop stands above the first' \
    sh -c "tmux -L journey$server capture-pane -p | grep -A1 '^   2  example.net' | grep -q '^   1  example.org'"
press j
check 'what a hop reported' wait_for 'spf=fail  smtp.mailfrom=ann@example.com'
check 'what it says of the chain before it' wait_for 'pass: this hop found the chain before it whole'
press j
check 'the first hop has none before it' wait_for 'none: there was no chain before this hop'
press Tab
wait_for 'Tab: back to the hops'
press Enter
check 'Enter shows the bytes of a field' wait_for '[0 Source]'
check 'those of its report' wait_for 'ARC-Authentication-Results: i=1; mx.example.org'

view 80 24 list
check 'a list changed it' wait_for 'Changed between hop 1 (example.org) and hop 2 (example.net)'
check 'and the chain holds' wait_for '> chain  pass'
check 'the older signature fails' wait_for '1  example.org              x fail'
view 160 50 list
press j
check 'two panes when wide' wait_for '| Hop 2 of 2: example.net'
view 80 24 seal
check 'where it broke' wait_for 'Broken at hop 2 (example.net): seal:'
check 'that it counts for nothing' wait_for 'A broken chain counts as if there were none'
check 'the first hop is whole' wait_for '1  example.org              pass       pass'
view 80 24 hole
check 'what is missing' wait_for 'Hop 1 has no ARC-Seal'
press j
check 'nothing was checked' wait_for '? not checked'
view 60 16 chain
check 'a small window' wait_for '> chain  pass'
view 40 12 chain
press Tab
check 'a smaller one, one pane at a time' wait_for 'The ARC chain: 2 hops'
printf 'ARC-Seal: i=1; a=rsa-sha256; cv=none; d=example.org; s=a; b=AAAA\nFrom: ann@example.com\n\ntext\n' >"$mails/one.eml"
view 160 50 one
check 'one hop is counted as one' wait_for 'The ARC chain: 1 hop sealed the mail'
view 80 24 plain
check 'without ARC it says so' wait_for 'No ARC field: no host on the way sealed what it found.'
press 1
check 'and leaves the row' wait_gone '4 ARC'
done_testing

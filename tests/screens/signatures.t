#!/bin/sh
# signatures.t: what each DKIM signature covers, what was hashed, and where that went wrong.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

mails=$TMUX_TMPDIR
tests/screens/signed.py "$mails" || exit 1
view() {
    start "$1" "$2" "$FROMSCOPE --ascii --at 2026-11-22T00:00:00Z --dns $mails/zone $mails/$3.eml"
    wait_for 'Overview]' || wait_for '[1'
    press 6
}

view 80 24 good
check 'the view is there' wait_for '[6 Signatures]'
check 'author or third party' wait_for 'example.org                    third party'
check 'the key' wait_for 'rsa-sha256, key of 1024 bits'
check 'times are readable' wait_for '2030-01-18 20:53:20 UTC'
press Tab G
check 'oversigned names' wait_for 'From: named once more than it stands there (oversigned)'
check 'what could be added' wait_for 'To, Subject, Date: a second one could be added above'
press Tab c
check 'covered fields are marked' wait_for '= From: Ann <ann@example.com>'
check 'others are marked, too' wait_for '. DKIM-Signature: v=1;'
press c
check 'the header as it was hashed' wait_for '= subject:Plans for today'
press c
check 'the body as it was hashed' wait_for '= this is a test.'
press j j Enter
check 'Enter shows these bytes in the source' wait_for '[0 Source]'
check 'with what stands there really' wait_for 'this is  a test.'
press Escape
wait_for '[6 Signatures]'
press c j
check 'the next signature' wait_for 'Signature 2 of 2: example.org'

view 80 24 footer
press c
check 'added lines of the body are marked' wait_for 'x list mailing list'
check 'and explained there' wait_for '^ Likely: lines were added at the end of the body: 3.'
view 160 50 subject
check 'a wide window begins with both panes' wait_for 'x Subject: [list] Plans  for today'
check 'the cause stands below the field' wait_for '^ Likely: "[list]" was put into Subject.'
check 'beside the facts' wait_for 'Signature 1 of 1: example.com'
view 60 16 tail
press c G
check 'what l= leaves out' wait_for '! http://list.example.net/'
view 80 24 above
press c g
check 'a field that was added above' wait_for '! Subject: Win a prize'
check 'is not the one that was signed' wait_for '= Subject: Plans  for today'
view 80 24 unusable
press c
check 'a signature that cannot be used hashed nothing' wait_for 'the signature cannot be used'
view 40 12 attack
press c g
check 'escape sequences are shown, not sent' wait_for '\x1B[2J'
check 'the title of the window is untouched' \
    test "$(tm display-message -p '#{pane_title}')" != owned
view 80 24 plain
check 'without a signature it says so' wait_for 'No DKIM signature'
press 1
check 'and leaves the row' wait_gone 'Signatures'

view 160 50 many
check '10,000 signatures are said to be too many' \
    wait_for 'the message holds more than these 100; others are not checked'
press G
check 'the last that was checked' wait_for 'Signature 100 of 100'

start 80 24 "$FROMSCOPE --offline samples/campaign.eml"
press 6
check 'where nothing is known, why' wait_for '? unknown: DNS was not asked (offline)'
check 'and not once more that it is unknown' screen_lacks '(unknown)'
done_testing

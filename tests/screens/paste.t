#!/bin/sh
# paste.t: text that is pasted, typed or dropped is never taken for keys, whatever it holds.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

text=$TMUX_TMPDIR/text

# paste [OPTION]: with marks (-p) where the program asked for them, without otherwise.
paste() {
    tm load-buffer "$text"
    tm paste-buffer "$@"
}

printf 'Return-Path: <q@example.com>\nFrom: Q <q@example.com>\nSubject: quit q x d y t b \033 \003 \004 q\nDate: Tue, 1 Sep 2026 10:00:00 +0000\n\nqqq\n' >"$text"
start 80 24 "$FROMSCOPE --ascii --offline"
check 'without a file it says how to paste' wait_for 'i  paste'
press i
check 'i opens the box' wait_for '[i Paste]'
check 'which says where to copy' screen_has 'Show original'
paste -p
check 'what is recognized is counted' wait_for '4 header fields, no repair needed, body: yes'
check 'keys and escapes in it are text' screen_has 'quit q x d y t b \x1B \x03 \x04 q'
press Escape
check 'Esc asks before it is lost' wait_for 'Leave, and lose these'
press n
check 'n: it is still there' wait_for 'Ctrl-D open'
press C-d
check 'Ctrl-D opens it' wait_for '[1 Overview]'
check 'as pasted text' screen_has 'pasted text'
press Escape
wait_for 'Nothing is open'

paste -p
check 'a paste outside the box opens the box' wait_for '[i Paste]'
wait_for '4 header fields'
press C-d
wait_for '[1 Overview]'

# The closing mark of bracketed paste within the text, and keys behind it.
printf 'From: a@example.com\nSubject: evil \033[201~q\rq\n\033q\004y\n' >"$text"
paste -p
check 'a crafted end of the paste frees no key' wait_for '[i Paste]'
check 'what stands behind it is text' wait_for 'q\x04y'
press Escape
wait_for 'Leave, and lose'
press y
check 'y leaves' wait_gone '[i Paste]'

# A terminal that sends no marks: what comes faster than keys is text, too.
printf 'Received: from mail.example.com by mx.example.net with ESMTP id 1; q\nFrom: a@example.com\nq\004q\nSubject: x\n' >"$text"
paste
check 'without marks, outside of the box' wait_for '[i Paste]'
check 'all of it' wait_for 'Subject: x'
check 'control characters, too' screen_has 'q\x04q'
press Escape
wait_for 'Leave, and lose'
press y
wait_gone '[i Paste]'
press i
wait_for '[i Paste]'
paste
check 'without marks, in the box' wait_for 'q\x04q'
press C-u
wait_gone 'Subject: x'
press C-u
check 'Ctrl-U removes the last line' wait_gone 'q\x04q'
press Escape
wait_for 'Leave, and lose'
press y
wait_gone '[i Paste]'

press i
wait_for '[i Paste]'
tm send-keys -l 'From: typed@example.com'
wait_for 'typed@example.com'
press Enter
sleep 0.1
tm send-keys -l 'Subject: by hand'
check 'typed lines count' wait_for '2 header fields'
press BSpace
check 'Backspace removes a letter' wait_gone 'by hand'
press C-d
check 'and open' wait_for '[1 Overview]'

# One line of headers, as blogs show it.
printf 'Return-Path: <b@example.com> Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.net with ESMTPS id 1; Tue, 1 Sep 2026 10:00:00 +0000 From: b@example.com To: c@example.net Subject: flat Date: Tue, 1 Sep 2026 10:00:00 +0000 Message-ID: <1@example.com>\n' >"$text"
paste -p
check 'a flattened block is recognized' wait_for '7 header fields, 1 repair needed'
press C-d
wait_for '[1 Overview]'
check 'the title bar names the fidelity' screen_has 're-flowed'
check 'and the row the repairs' screen_has 'R'
press R
check 'R lists them' wait_for '[R Repairs]'
check 'before and after' screen_has 'before'
check 'counted' screen_has 'line breaks restored'
press u
check 'u undoes one' wait_for '- undone'
check 'the title bar says so' screen_has '1 undone'
press g
press u
check 'and does it again' wait_gone '- undone'
press 0
wait_for '[0 Source]'
press o
check 'o shows the text as it came' wait_for 'the text as it came; o'
check 'in one line' screen_has '1 Return-Path: <b@example.com> Received:'
press o
check 'and as repaired' wait_for 'as repaired; o'

echo "$PWD/samples/webform.eml" >"$text"
paste -p
check 'the name of a file that is dropped is known' wait_for 'the name of a file'
press C-d
check 'and opened' wait_for 'webform.eml'

awk 'BEGIN { print "From: a@example.com\nSubject: large\n"; for (i = 0; i < 100000; i++) print "q line", i, "of a large text: qq" }' >"$text"
paste -p
check 'megabytes are taken' wait_for '99999 of a large text'
check 'and counted' wait_for '2 header fields, no repair needed, body: yes'
press C-c
wait_for 'Leave, and lose these 100003 lines'
press y
wait_gone '[i Paste]'
press q
check 'restored' restored
printf '\033[200~' >"$text"
done_testing

#!/bin/sh
# choices.t: the border, the trust and the source of DNS as a person wants them, and what follows.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

mail=$TMUX_TMPDIR/mail.eml
cat >"$mail" <<'END'
Return-Path: <bounce@example.com>
Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=example.com; dmarc=pass header.from=example.com
Received: from relay.example.org (relay.example.org [198.51.100.7]) by mx.example.net (Postfix) with ESMTPS id B
 (version=TLSv1.3); Tue, 1 Sep 2026 10:04:50 +0000
Received: from mail.example.com (mail.example.com [192.0.2.9]) by relay.example.org with ESMTPS id C;
 Tue, 1 Sep 2026 10:02:00 +0000
Authentication-Results: old.example.net; spf=pass smtp.mailfrom=example.com
Authentication-Results: spf=pass smtp.mailfrom=example.com
From: Shop <info@example.com>
Subject: choices
Date: Tue, 1 Sep 2026 10:01:57 +0000
Message-ID: <1@example.com>

hello
END
cat >"$mail.dns" <<'END'
;! snapshot 1
;! complete .
example.com. 300 IN TXT "v=spf1 ip4:192.0.2.0/24 -all"
_dmarc.example.com. 300 IN TXT "v=DMARC1; p=reject"
END

start 80 24 "$FROMSCOPE --ascii $mail"
check 'by its relay it fails' wait_for 'DMARC: x FAIL  (recomputed)'
press 5
check '5: the route' wait_for '[5 Route]'
check 'the border is marked' wait_for '> 2  BORDER'
check 'who wrote the line' screen_has 'mx.example.net wrote this line'
check 'TLS' screen_has 'TLSv1.3'
check 'the delay' screen_has '+2 min'
press k
check 'below the border everything may be invented' wait_for 'may have invented this line'
press b
check 'b: the border is here, the client IP follows, and so does the verdict' \
    wait_for 'client IP 192.0.2.9: PASS'
check 'the title bar says whose choice it is' screen_has 'DMARC: + PASS  (recomputed, your border)'
check 'the mark is there' screen_has '> 1  BORDER'
press b
check 'again: found automatically' wait_for 'DMARC: x FAIL  (recomputed)'
press Enter
check 'Enter shows the bytes' wait_for '[0 Source]'
press Escape
wait_for '[5 Route]'

press 3
wait_for '[3 Results]'
press t
check 't: this host is trusted, and the verdict rests on it' wait_for 'mx.example.net trusted: '
check 'the title bar says so' screen_has 'your trust'
check 'and how to keep it' screen_has '--trust mx.example.net'
press t
check 'again: no longer' wait_for 'mx.example.net is not trusted any more'
press j j j
press t
check 'a field that a stranger could have put there is not believed' wait_for 'a stranger could put it'
press t
press G
press t
check 'who gives no name cannot be trusted by it' wait_for 'no name to trust it by'

press 1
wait_for '[1 Overview]'
check 'DNS from the snapshot' screen_has 'DNS from a file beside the message'
press d
check 'd: not asked' wait_for 'DNS not asked (offline): UNKNOWN, was FAIL'
press 2
check 'in every view' wait_for 'DNS not asked (offline)'
press q
leaves_with 0

# Live DNS that never answers: the screen waits, Esc goes on.
/usr/bin/python3 tests/dns/slow-server.py "$TMUX_TMPDIR/port" &
server_pid=$!
trap 'kill $server_pid 2>/dev/null; stop' EXIT
wait_until test -s "$TMUX_TMPDIR/port"
start 80 24 "$FROMSCOPE --ascii --dns-timeout 100 --dns-server 127.0.0.1@$(cat "$TMUX_TMPDIR/port") $mail"
check 'live DNS is waited for' wait_for 'Asking DNS'
press Escape
wait_for '[1 Overview]'
check 'canceled: unknown' wait_for 'DMARC: ? UNKNOWN'
press d
check 'the snapshot beside is the next' wait_for 'DMARC: x FAIL'
press d
check 'then nobody is asked' wait_for 'DNS not asked (offline)'
press d
check 'then live again' wait_for 'Asking DNS'
press Escape
check 'which Esc ends, too' wait_for 'DNS asked live'
press q
leaves_with 0

# Rows of a list are asked for one by one; leaving does not wait for it.
printf 'From x@example.com Tue Sep  1 10:00:00 2026\n' >"$TMUX_TMPDIR/box"
cat "$mail" >>"$TMUX_TMPDIR/box"
printf '\nFrom x@example.com Tue Sep  1 10:00:00 2026\nFrom: a@example.com\nSubject: another\n\ntext\n' >>"$TMUX_TMPDIR/box"
start 80 24 "$FROMSCOPE --ascii --dns-timeout 100 --dns-server 127.0.0.1@$(cat "$TMUX_TMPDIR/port") $TMUX_TMPDIR/box"
check 'the list is there at once' wait_for 'choices'
check 'and says that DNS is asked' screen_has 'DNS asked live for each row'
press d
check 'd: it is not' wait_for 'said pass'
press d
wait_gone 'said pass'
press q
check 'q does not wait' leaves_with 0
check 'restored' restored

# A clock that goes wrong by years.
sed 's/2026 10:04:50/2024 10:04:50/' "$mail" >"$TMUX_TMPDIR/slow.eml"
start 80 24 "$FROMSCOPE --ascii --offline $TMUX_TMPDIR/slow.eml"
wait_for 'Overview]'
press 5
check 'a delay below zero has its unit, too' wait_for '-729 days'
press q
leaves_with 0
done_testing

#!/bin/sh
# bounce.t: a bounce speaks first of what came back.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

start 80 24 "$FROMSCOPE --ascii samples/bounce.eml"
check 'what came back, above all' wait_for 'x BOUNCE'
check 'the top line says whose verdict it is' screen_has 'DMARC: + PASS  (of the notice'
check 'who refused it' screen_has 'mx.example.com refused'
check "in the refuser's words" screen_has '553 5.7.1 SPF'
check 'explained' screen_has ' MEANS '
check 'whose address was on the envelope' screen_has 'user@example.jp'
check 'what the record ends in' screen_has '-all'
check 'the fix' wait_for ' FIX '
press Space
press Escape
check 'more is below' wait_for 'more below'
press PageDown
press PageDown
check 'the verdict on the notice itself comes last' wait_for 'ITSELF'
check 'and the text that was returned' wait_for 'order 10482'
resize 160 50
press PageUp
press PageUp
check 'all of it on a large screen' wait_for 'x BOUNCE'
check 'with the returned text' wait_for 'Mr Sato'
resize 40 12
check 'a top line that is cut says so' wait_for '.. raw bytes'
done_testing

#!/bin/sh
# receivers.t: the matrix of receivers' rules and what mail programs show, in wide and narrow windows.
# SPDX-License-Identifier: MIT
. tests/screens/lib.sh

start 160 50 "$FROMSCOPE --ascii samples/webform.eml"
wait_for 'DMARC: x FAIL'
press V
check 'a title as long as they are stands in one line' wait_for ' SPF or DKIM for the domain in From '
check 'the name of a program, too' screen_has ' Outlook (web, new)  Hanako Yamada'
check 'and all begin what they show in one column' screen_has ' Gmail               Hanako Yamada'
press j Enter
check 'what was opened is no wider than lines that can be read' \
    wait_for '   Read in       https://techcommunity.microsoft.com/blog/microsoftdefenderforoffice365blog/4399730'
check 'its end stands on the next line' screen_has '                 (2025-08-02; since 2025-05-05)'
resize 80 24
press G
check 'at 80 columns names are whole, still' wait_for ' Outlook (web, new)  Hanako Yamada'
resize 60 20
check 'and at 60' wait_for ' Outlook (classic)   Hanako Yamada'
done_testing

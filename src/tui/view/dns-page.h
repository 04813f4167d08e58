/* dns-page.h: one DNS answer in full, as a page.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tree/seek.h"
#include "tui/page.h"

typedef struct App App;

/* `answer` may be NULL; `step`: the one of the tree that used it, or NULL. (transfer full) */
Page *dns_page(const App *app, const DnsAnswer *answer, const Step *step, guint width);
/* "3 records", "nxdomain". (transfer full) */
char *dns_status_text(const DnsAnswer *answer);
/* "example.com. 300 IN TXT …", a line for each record; the name where there is none. (transfer
 * full) */
char *dns_answer_lines(const DnsAnswer *answer);

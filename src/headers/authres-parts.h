/* authres-parts.h: what the readers of results share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* Notes a departure from the standard once. */
void  authres_deviation(ReportedHeader *header, const char *id);

/* Parts of the sentence that receivers put into spf's comment, "domain of A designates IP as
 * permitted sender", "sender IP is IP"; NULL where it says nothing of it. (transfer full) */
char *authres_comment_ip(const char *comment);
char *authres_comment_sender(const char *comment);

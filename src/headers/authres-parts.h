/* authres-parts.h: what the readers of results share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* Notes a departure from the standard once. */
void  authres_deviation(ReportedHeader *header, const char *id);
gboolean authres_has_deviation(const ReportedHeader *header, const char *id);

/* Parts of the sentence that receivers put into spf's comment, "domain of A designates IP as
 * permitted sender", "sender IP is IP"; NULL where it says nothing of it. (transfer full) */
char *authres_comment_ip(const char *comment);
char *authres_comment_sender(const char *comment);

/* Marks the receiving host's own block, what is suspicious, and what is trusted, in report->reported; goes by
 * report->route and its border. `trusted` is NULL-terminated. */
void  authres_judge(Report *report, const char *const *trusted);

/* The organization of a host name, one name for providers that stamp in one name and receive in
 * another; NULL where the name does not tell. (transfer full) */
char    *authres_organization(const char *host);
/* The same authserv-id, or none in both. */
gboolean authres_same_id(const ReportedHeader *a, const ReportedHeader *b);
/* Apple stamps one field a method: spf.icloud.com, dmarc.icloud.com … */
gboolean authres_sibling_id(const ReportedHeader *a, const ReportedHeader *b);

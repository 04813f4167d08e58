/* authres.h: what others said: Authentication-Results (RFC 8601) and its relatives,
 * read in every dialect, never given up at the first oddity.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"
#include "headers/authres-kept.h"
#include "message/message.h"

/* Appends to report->reported, topmost first: Authentication-Results, ARC-Authentication-Results,
 * Authentication-Results-Original, X-…-Authentication-Results and Received-SPF; then what the page said from which
 * the message was pasted (its line is unset). `trusted` is NULL-terminated, the authserv-ids that count as evidence
 * (compared without case). report->route is filled before. */
void authres_collect(const Message *message, const char *const *trusted, Report *report);
/* The same with fields that an earlier message had, too. */
void authres_collect_kept(const Message *message, const char *const *trusted, AuthresKept *kept, Report *report);

/* Not a field of the message, but said by the page around it: never trusted, and the base of `claimed` only where
 * no field of the message says anything. */
gboolean authres_is_from_page(const ReportedHeader *header);

/* One value. `header` names the field. Deviations from RFC 8601 are ids:
 * no-authserv-id, empty-segment, unregistered-result, property-without-ptype … (transfer full) */
ReportedHeader *authres_parse(const char *header, const char *value);

/* A Received-SPF value (RFC 7208, 9.1) as one result of method spf; its pairs are properties
 * smtp.client-ip, smtp.mailfrom, smtp.helo and others by their own name. (transfer full) */
ReportedHeader *authres_parse_received_spf(const char *value);

/* The result of `method` in the receiving host's own block (topmost_block), or in a trusted one; NULL when there
 * is none. (transfer none) */
const ReportedResult *authres_claim(const Report *report, const char *method);
const ReportedResult *authres_trusted(const Report *report, const char *method);
/* Whether it is in the name of one of these (NULL-terminated), written with or without the final dot of a name. */
gboolean authres_names_host(const ReportedHeader *header, const char *const *hosts);
/* The receiving host said something at all. */
gboolean authres_has_own_block(const Report *report);
/* The domain that a dkim result is about: header.d, else the domain of header.i. (transfer full) */
char *authres_dkim_domain(const ReportedResult *result);
/* The domain that an spf result vouches for: smtp.mailfrom, else smtp.helo. (transfer full) */
char *authres_spf_domain(const ReportedResult *result);
/* It speaks of HELO's name alone: DMARC goes by MAIL FROM's, and by HELO's only where that is empty. */
gboolean authres_is_helo_only(const ReportedResult *result);
/* A dmarc result names this author, or none. */
gboolean authres_is_about(const ReportedResult *dmarc, const char *author);

/* summary-part.h: the parts that a Summary is put together from.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/summary.h"

/* The verdict as one or two sentences about names. (transfer full) */
char *summary_sentence(const Report *report);
/* summary-pass.c: the one of a mail that passes. (transfer full) */
char *summary_pass(const Report *report);
/* The domains that vouch: SPF's, or NULL, and at most a few of the signatures. (transfer none) */
void  summary_vouching(const Report *report, const char **spf, GPtrArray *dkim);
/* Whose policy asks for what, and what RFC 7489 says where it says otherwise. (transfer full) */
char *summary_policy(const Report *report);

/* What would have to be known for a verdict, each with the option that supplies it; NULL where
 * nothing is missing. Options to give are added to `lines`; `lacks_dns` is set where DNS was not asked and would
 * have to be. (transfer full) */
char *summary_missing(const Report *report, GPtrArray *lines, gboolean *lacks_dns);

/* The table of names: SummaryName. */
void  summary_names(const Report *report, GPtrArray *names);
void  summary_name_free(SummaryName *row);
/* One line a reporting host. */
void  summary_said(const Report *report, GPtrArray *lines);

/* Findings that are told nowhere else: SummaryNote. (transfer full) */
GPtrArray *summary_notes(const Report *report);

/* NULL where the message is no bounce; `verdict` is that of the bounce itself. (transfer full) */
SummaryBounce *summary_bounce(const Report *report, const char *verdict);
void  summary_bounce_free(SummaryBounce *bounce);

/* The name of the host that wrote the topmost results, for "If X is right". (transfer none) */
const char *summary_claimant(const Report *report);
/* "a", "a and b", "a, b and c". (transfer full) */
char *summary_join(const GPtrArray *names);
/* Two sentences, one behind the other; either may be NULL. (transfer full, both taken) */
char *summary_two(char *first, char *second);

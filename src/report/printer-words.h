/* printer-words.h: what every form of the report says in the same words: where a message is, a
 * hop, what a host reported.
 * SPDX-License-Identifier: MIT
 *
 * What is returned may hold a stranger's bytes, as words.h says. */
#pragma once

#include "advice/summary.h"
#include "facts/report.h"
#include "report/paper.h"

PaperRole   printer_tone_role(SummaryTone tone);
/* Of a step or a check by itself. */
PaperRole   printer_result_role(int result);
/* The same where a pass counts for nothing (`helps`: it does): that is never green. */
PaperRole   printer_step_role(const Step *step, gboolean helps);
/* Whether a pass below this step counts for From:. */
gboolean    printer_step_helps(const Step *step, gboolean helps);
/* It decides or is open, so it is told in plain words even where room is short. */
gboolean    printer_needs_words(const Step *step);

/* "DMARC by RFC 9989; basis of the checks: recomputed." (transfer full) */
char       *printer_basis(const Summary *summary);

/* (transfer none) */
const char *printer_fidelity(const char *fidelity);
const char *printer_dns_source(const char *source);
const char *printer_dnssec(const char *dnssec);
const char *printer_severity(int severity);

/* "box.mbox, message 3" (transfer full) */
char       *printer_place(const SourceInfo *source);
/* "mail.example.com [192.0.2.1], HELO pc" (transfer full) */
char       *printer_hop_client(const Hop *hop);
/* "+3 s", "+2 min 5 s", "+1 h 3 min", "+2 d 4 h" (transfer full) */
char       *printer_delay(gint64 seconds);
/* "Authentication-Results, line 3: mx.example.com (trusted)" (transfer full) */
char       *printer_reported_head(const ReportedHeader *header);
/* "spf=pass smtp.mailfrom=…" (transfer full) */
char       *printer_reported_result(const ReportedResult *result);
/* "libspf2 1.2.10, SPF of MAIL FROM: pass (the same)" (transfer full) */
char       *printer_opinion(const SecondOpinion *opinion);

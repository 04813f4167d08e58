/* inputs.h: edited inputs on their way through an analysis.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "analysis/analysis.h"

/* What the checks work on. Without edits these are the caller's own. */
typedef struct {
    const Message   *message;
    Resolver        *resolver;
    AnalysisOptions  options;
    const Edits     *edits;         /* NULL: none */
    /* owned: */
    Message         *copy;          /* edited bytes, or NULL */
    Resolver        *overlay;       /* edited answers, or NULL */
    Resolver        *policies;      /* edited policy records, before all others, or NULL */
    char           **trusted;
    GPtrArray       *hidden;        /* the message's reported headers, while those that hold stand in the report */
    GPtrArray       *filtered;      /* ReportedHeader: the copies among these */
    GHashTable      *names;         /* those whose answers are edited, or NULL */
    gboolean         looked;        /* something of the message itself was read or checked: the known run did not do */
} Inputs;

/* `message` may be NULL (hypothesis.h). */
void  inputs_open(Inputs *inputs, const Message *message, Resolver *resolver,
                  const AnalysisOptions *options, Report *report);
void  inputs_close(Inputs *inputs);

/* Fills report->from, sender and reply_to; then the policy records can be edited. */
void  inputs_read_authors(Inputs *inputs, Report *report);
/* The same where there is no message: replaces what is edited in a premise. */
void  inputs_edit_premise(Inputs *inputs, Report *report);
void  inputs_edit_policies(Inputs *inputs, Report *report);
/* After the envelope: names the edits as its evidence. */
void  inputs_name_envelope(const Inputs *inputs, Report *report);
/* SPF and DKIM as they are said to come out; after dkim_check(). */
Step *inputs_spf(Inputs *inputs, Report *report);
void  inputs_edit_signatures(const Inputs *inputs, Report *report, DmarcNotes *notes);
/* Each fills its part of the report from the known run, where no edit touches it; FALSE: it must be
 * done now (inputs-known.c). */
gboolean inputs_know_source(const Inputs *inputs, Report *report);
gboolean inputs_know_names(const Inputs *inputs, Report *report);
gboolean inputs_know_hosts(const Inputs *inputs, Report *report);
gboolean inputs_know_spf(const Inputs *inputs, Report *report, DmarcNotes *notes);
gboolean inputs_know_signatures(const Inputs *inputs, Report *report, DmarcNotes *notes);
/* What hosts reported about the real inputs is kept from the checks, and shown again at the end. */
void  inputs_hide_reported(Inputs *inputs, Report *report);
void  inputs_show_reported(Inputs *inputs, Report *report);
/* After dmarc_check(): marks what rests on the edits, and which RFC counts. */
void  inputs_settle(const Inputs *inputs, Report *report);
/* After everything. */
void  inputs_list(const Inputs *inputs, Report *report);

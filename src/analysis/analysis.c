/* analysis.c: the order of all checks.
 * SPDX-License-Identifier: MIT */
#include "analysis/analysis.h"

#include "advice/advice.h"
#include "analysis/cause.h"
#include "analysis/delivery.h"
#include "analysis/findings.h"
#include "analysis/source.h"
#include "analysis/spf-identities.h"
#include "auth/arc.h"
#include "auth/dkim.h"
#include "auth/dmarc.h"
#include "auth/psl.h"
#include "headers/authres.h"
#include "headers/received.h"
#include "peers/peers.h"

/* ---- time ---- */

static gint64
received_at(const Report *report)
{
    for (guint i = 0; i < report->route->len; i++) {
        const Hop *hop = report->route->pdata[i];
        if (hop->time != RECORD_UNSET)
            return hop->time;
    }
    return RECORD_UNSET;
}

/* When the message was received: x= and t= are judged as of then (STANDARDS: not "now"). */
static gint64
judged_at(const AnalysisOptions *options, const Report *report)
{
    const gint64 received = received_at(report);

    if (options->at != RECORD_UNSET)
        return options->at;
    return received != RECORD_UNSET ? received : options->now;
}

static void
take_dns_log(const Resolver *resolver, Report *report)
{
    const GPtrArray *log = resolver_log(resolver);

    for (guint i = 0; i < log->len; i++)
        g_ptr_array_add(report->dns, record_copy(&dns_answer_type, log->pdata[i]));
}

void
analysis_clear_notes(DmarcNotes *notes)
{
    record_free(&step_type, notes->spf_mail_from);
    record_free(&step_type, notes->spf_helo);
    record_free(&step_type, notes->arc);
    for (guint i = 0; i < notes->dkim->len; i++)
        record_free(&step_type, notes->dkim->pdata[i]);
    g_ptr_array_unref(notes->dkim);
}

void
analysis_finish(const Message *message, Resolver *resolver, DmarcNotes *notes, Report *report)
{
    analysis_clear_notes(notes);
    take_dns_log(resolver, report);
    findings_add(message, report);
    if (report->advice->len == 0)
        advice_find(report);
    cause_mark(report);
}

Report *
analysis_run(const Message *message, Resolver *resolver, const AnalysisOptions *options)
{
    Report *report = report_new();
    static const char *const nobody[] = { NULL };

    resolver_start_log(resolver);
    source_describe(message, resolver, report);
    delivery_read(message, report);
    identities_authors(message, report);
    received_route(message, options->identities.border, report);
    authres_collect(message, options->trusted ? options->trusted : nobody, report);
    identities_envelope(message, &options->identities, report);

    const gint64 at = judged_at(options, report);
    DmarcNotes notes = { .spf_mail_from = spf_of_mail_from(report, resolver, at) };
    notes.spf_helo = spf_of_helo(report, resolver, at);
    const gint64 received = received_at(report);
    const DkimTimes times = { .at = at, .now = options->now,
                              .received = received != RECORD_UNSET ? received : options->at };
    notes.dkim = dkim_check(message, resolver, &times, report);
    notes.arc = arc_check(message, resolver, report);
    dmarc_check(report, resolver, options->psl, &notes);
    delivery_story(message, resolver, options, at, report);
    analysis_finish(message, resolver, &notes, report);
    if (options->second_opinions)
        peers_ask(report, resolver, options->psl);
    return report;
}

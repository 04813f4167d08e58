/* analysis.c: the order of all checks.
 * SPDX-License-Identifier: MIT */
#include "analysis/analysis.h"

#include <string.h>

#include "advice/advice.h"
#include "analysis/cause.h"
#include "analysis/findings.h"
#include "analysis/spf-identities.h"
#include "auth/arc.h"
#include "auth/dkim.h"
#include "auth/dmarc.h"
#include "auth/psl.h"
#include "headers/address.h"
#include "headers/authres.h"
#include "headers/received.h"
#include "message/mime.h"
#include "peers/peers.h"

/* ---- the source ---- */

static void
take_recipient(Mailbox *mailbox, gpointer data)
{
    if (mailbox->domain)
        g_ptr_array_add(data, g_strdup(mailbox->address));
    record_free(&mailbox_type, mailbox);
}

static void
take_recipients(const Message *message, GPtrArray *recipients)
{
    static const char *const names[] = { "To", "Cc" };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const int at = message_find(message, names[i], 0);
        if (at < 0)
            continue;
        g_autofree char *value = field_value(message, message_field(message, (guint)at));
        address_each(value, take_recipient, recipients);
    }
}

/* Messages inside, for mail that is made to carry them; a larger body is not read for that. */
#define INSIDE_BYTES_MAX (4u << 20)
#define INSIDE_PARTS_MAX 200

static gboolean
carries_messages(const Message *message)
{
    g_autofree char *type = mime_type(message);

    return g_str_equal(type, "multipart/report") || g_str_equal(type, "message/rfc822");
}

static void
list_inside(const Message *message, GPtrArray *inside)
{
    if (span_length(message_body(message)) > INSIDE_BYTES_MAX || !carries_messages(message))
        return;
    g_autoptr(GPtrArray) parts = mime_parts(message, INSIDE_PARTS_MAX);
    for (guint i = 0; i < parts->len; i++) {
        const MimePart *part = parts->pdata[i];
        if (!g_str_equal(part->type, "message/rfc822") &&
            !g_str_equal(part->type, "text/rfc822-headers"))
            continue;
        InsidePart *inner = record_new(&inside_part_type);
        inner->kind = g_strdup(part->type);
        inner->index = inside->len + 1;
        inner->from = g_strdup(part->from);
        inner->subject = g_strdup(part->subject);
        g_ptr_array_add(inside, inner);
    }
}

static void
describe_source(const Message *message, const Resolver *resolver, Report *report)
{
    SourceInfo *source = report->source;
    const int subject = message_find(message, "Subject", 0);
    const int date = message_find(message, "Date", 0);

    source->path = g_strdup(message_path(message));
    source->kind = g_strdup("eml");
    source->bytes = (gint64)g_bytes_get_size(message_raw(message));
    source->fidelity = g_strdup(message_has_body(message) ? "raw" : "headers");
    source->dns_source = g_strdup(resolver_source(resolver));
    if (subject >= 0)
        source->subject = field_decoded(message, message_field(message, (guint)subject));
    if (date >= 0)
        source->date = field_value(message, message_field(message, (guint)date));
    take_recipients(message, source->recipients);
    list_inside(message, source->inside);
    for (guint i = 0; i < message_n_fields(message); i++)
        g_array_append_val(source->header_spans, message_field(message, i)->all);
}

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

static void
notes_clear(DmarcNotes *notes)
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
    notes_clear(notes);
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
    describe_source(message, resolver, report);
    identities_authors(message, report);
    received_route(message, report);
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
    analysis_finish(message, resolver, &notes, report);
    if (options->second_opinions)
        peers_ask(report, resolver, options->psl);
    return report;
}

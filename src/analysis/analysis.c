/* analysis.c: the order of all checks.
 * SPDX-License-Identifier: MIT */
#include "analysis/analysis.h"

#include <string.h>

#include "advice/advice.h"
#include "analysis/findings.h"
#include "auth/arc.h"
#include "auth/dkim.h"
#include "auth/dmarc.h"
#include "auth/psl.h"
#include "auth/spf.h"
#include "base/name.h"
#include "headers/address.h"
#include "headers/authres.h"
#include "headers/received.h"
#include "message/mime.h"

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

/* When the message was received: x= and t= are judged as of then (STANDARDS: not "now"). */
static gint64
judged_at(const AnalysisOptions *options, const Report *report)
{
    if (options->at != RECORD_UNSET)
        return options->at;
    for (guint i = 0; i < report->route->len; i++) {
        const Hop *hop = report->route->pdata[i];
        if (hop->time != RECORD_UNSET)
            return hop->time;
    }
    return options->now;
}

/* ---- SPF ---- */

static const char *
local_part(const char *address)
{
    const char *at = address ? strrchr(address, '@') : NULL;

    return at && at > address ? address : NULL;
}

/* RFC 7208, 2.4: the null reverse-path is postmaster at the HELO name. */
static SpfQuestion
mail_from_question(const Report *report, gint64 now, char **local)
{
    const Envelope *envelope = report->envelope;
    const gboolean null_sender =
        envelope->mail_from->address && *envelope->mail_from->address == '\0';
    const char *address = local_part(envelope->mail_from->address);

    *local = address ? g_strndup(address, (gsize)(strrchr(address, '@') - address)) : NULL;
    return (SpfQuestion){
        .ip = envelope->client_ip->address,
        .domain = null_sender ? envelope->helo->domain : envelope->mail_from->domain,
        .local_part = *local,
        .helo = envelope->helo->domain ? envelope->helo->domain : envelope->helo->value,
        .now = now,
    };
}

static Step *
check_mail_from(Report *report, Resolver *resolver, gint64 now)
{
    g_autofree char *local = NULL;
    const SpfQuestion question = mail_from_question(report, now, &local);
    const EnvelopeItem *ip = report->envelope->client_ip;
    Step *step = step_add(NULL, "spf-check", "RFC 7208, 4", ip->address ? ip->address : "?",
                          question.domain ? question.domain : "?", NULL);

    step_input(step, "client-ip", ip->address, (Provenance)ip->provenance);
    evidence_copy_into(step->evidence, ip->evidence);
    step->folded = TRUE;
    record_free(&spf_result_type, report->spf->mail_from);
    report->spf->mail_from = spf_check(&question, resolver, step);
    step_arg(step, report->spf->mail_from->reason);
    return step_decide(step, (Result)report->spf->mail_from->result,
                       (Provenance)report->spf->mail_from->provenance);
}

/* 2.3: the HELO identity, where it is a name of several labels. It is never a DMARC identifier by itself. */
static Step *
check_helo(Report *report, Resolver *resolver, gint64 now)
{
    const EnvelopeItem *helo = report->envelope->helo;
    const SpfQuestion question = { .ip = report->envelope->client_ip->address,
                                   .domain = helo->domain, .helo = helo->domain, .now = now };

    if (!helo->domain || name_labels(helo->domain) < 2) {
        report->spf->helo->reason = g_strdup(helo->value ? "bad-domain" : "no-domain");
        return NULL;
    }
    Step *step = step_add(NULL, "spf-helo", "RFC 7208, 2.3",
                          question.ip ? question.ip : "?", helo->domain, NULL);
    step_input(step, "client-ip", question.ip,
               (Provenance)report->envelope->client_ip->provenance);
    step->folded = TRUE;
    record_free(&spf_result_type, report->spf->helo);
    report->spf->helo = spf_check(&question, resolver, step);
    return step_decide(step, (Result)report->spf->helo->result,
                       (Provenance)report->spf->helo->provenance);
}

static void
take_dns_log(const Resolver *resolver, Report *report)
{
    const GPtrArray *log = resolver_log(resolver);

    for (guint i = 0; i < log->len; i++)
        g_ptr_array_add(report->dns, record_copy(&dns_answer_type, log->pdata[i]));
}

/* ---- the cause ---- */

static Step *
find_step(Step *step, const char *id, gboolean failing)
{
    if (g_str_equal(step->id, id) &&
        (!failing || (step->result != RESULT_YES && step->result != RESULT_PASS)))
        return step;
    for (guint i = 0; i < step->children->len; i++) {
        Step *found = find_step(step->children->pdata[i], id, failing);
        if (found)
            return found;
    }
    return NULL;
}

/* The step that the likeliest advice would turn, else the first thing that did not hold. */
static void
mark_cause(Report *report)
{
    static const char *const fallback[] = { "alignment", "spf-check", "dkim-check", "policy" };
    const int result = report->dmarc->rfc9989->result;
    Step *cause = NULL;

    if (!report->tree || result == RESULT_PASS)
        return;
    if (report->advice->len > 0) {
        const Advice *advice = report->advice->pdata[0];
        cause = advice->turns ? find_step(report->tree, advice->turns, FALSE) : NULL;
    }
    if (!cause && result == RESULT_NONE)
        cause = find_step(report->tree, "policy", FALSE);
    for (gsize i = 0; !cause && i < G_N_ELEMENTS(fallback); i++)
        cause = find_step(report->tree, fallback[i], TRUE);
    if (cause)
        cause->cause = TRUE;
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
    DmarcNotes notes = { .spf_mail_from = check_mail_from(report, resolver, at) };
    notes.spf_helo = check_helo(report, resolver, at);
    notes.dkim = dkim_check(message, resolver, at, report);
    notes.arc = arc_check(message, resolver, report);
    dmarc_check(report, resolver, options->psl, &notes);
    notes_clear(&notes);

    take_dns_log(resolver, report);
    findings_add(message, report);
    advice_find(report);
    mark_cause(report);
    return report;
}

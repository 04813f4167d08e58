/* analysis.c: the order of all checks.
 * SPDX-License-Identifier: MIT */
#include "analysis/analysis.h"

#include "analysis/advice-kept.h"
#include "analysis/cause.h"
#include "analysis/delivery.h"
#include "analysis/findings.h"
#include "analysis/inputs.h"
#include "analysis/prove.h"
#include "analysis/source.h"
#include "analysis/spf-identities.h"
#include "auth/arc.h"
#include "auth/dkim.h"
#include "auth/dmarc.h"
#include "auth/psl.h"
#include "headers/authres.h"
#include "headers/lookalike-kept.h"
#include "headers/received.h"
#include "peers/peers.h"
#include "receivers/receivers.h"

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

    for (guint i = report->dns->len; i < log->len; i++)
        g_ptr_array_add(report->dns, record_share(&dns_answer_type, log->pdata[i]));
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
}

void
analysis_opinions(Report *report, Resolver *resolver, const AnalysisOptions *options)
{
    if (options->second_opinions == OPINIONS_NOW)
        peers_ask(report, resolver, options->psl);
    else if (options->second_opinions == OPINIONS_LATER)
        peers_announce(report);
}

static gpointer
new_hosts(void)
{
    return received_kept_new();
}

static void
free_hosts(gpointer kept)
{
    received_kept_free(kept);
}

static gpointer
new_fields(void)
{
    return authres_kept_new();
}

static void
free_fields(gpointer kept)
{
    authres_kept_free(kept);
}

static gpointer
new_names(void)
{
    return lookalike_kept_new();
}

static void
free_names(gpointer kept)
{
    lookalike_kept_free(kept);
}

/* All that stands in the bytes, but for the envelope. */
static void
read_message(Inputs *inputs, Report *report)
{
    const AnalysisOptions *options = &inputs->options;
    static const char *const nobody[] = { NULL };

    if (!inputs_know_source(inputs, report)) {
        g_autoptr(Bounce) bounce = NULL;
        inputs->looked = TRUE;
        source_describe(inputs->message, inputs->resolver, report, &bounce);
        delivery_read(inputs->message, bounce, report);
    }
    report->found_source = report->findings->len;
    inputs_read_authors(inputs, report);
    report->found_names = report->findings->len;
    if (!inputs_know_hosts(inputs, report)) {
        inputs->looked = TRUE;
        received_route_kept(inputs->message, options->identities.border,
                            resolver_store(inputs->resolver, "hosts", new_hosts, free_hosts), report);
        authres_collect_kept(inputs->message, options->trusted ? options->trusted : nobody,
                             resolver_store(inputs->resolver, "results-fields", new_fields, free_fields), report);
    }
    report->found_hosts = report->findings->len;
}

/* SPF, DKIM and ARC: what the known run found, what is said, or what is found now. */
static void
authenticate(Inputs *inputs, Report *report, gint64 at, DmarcNotes *notes)
{
    const AnalysisOptions *options = &inputs->options;
    const gint64 received = received_at(report);
    const DkimTimes times = { .at = at, .now = options->now,
                              .received = received != RECORD_UNSET ? received : options->at };

    if (!inputs_know_spf(inputs, report, notes)) {
        notes->spf_mail_from = inputs_spf(inputs, report);
        if (notes->spf_mail_from) {
            notes->spf_helo = spf_of_helo(report, inputs->resolver, at);
        } else {
            inputs->looked = inputs->looked || !edits_value(inputs->edits, "mail-from");
            spf_of_envelope(report, inputs->resolver, at, &notes->spf_mail_from, &notes->spf_helo);
        }
    }
    report->asked_spf = resolver_log(inputs->resolver)->len;
    if (!inputs_know_signatures(inputs, report, notes)) {
        inputs->looked = TRUE;
        g_autoptr(BodyHashes) bodies = body_hashes_new(inputs->message);
        notes->dkim = dkim_check(inputs->message, inputs->resolver, &times, bodies, report);
        notes->arc = arc_check(inputs->message, inputs->resolver, bodies, report);
    }
    report->asked_signatures = resolver_log(inputs->resolver)->len;
    inputs_edit_signatures(inputs, report, notes);
}

typedef struct {
    const Message *message;
    Resolver      *resolver;
} Again;

static Report *run_all(const Message *message, Resolver *resolver, const AnalysisOptions *asked, gboolean *looked);

static Report *
run_again(const AnalysisOptions *options, gboolean *looked, gpointer data)
{
    const Again *again = data;

    return run_all(again->message, again->resolver, options, looked);
}

/* What stands on the verdict: who has to change what, what receivers would say. */
static void
conclude(const Inputs *inputs, const Again *again, const AnalysisOptions *asked, Report *report)
{
    advice_kept_find(report, asked, again->resolver, run_again, (gpointer)again);
    /* What trials asked was asked, too; an overlay's log is its own. */
    if (inputs->resolver == again->resolver)
        take_dns_log(again->resolver, report);
    cause_mark(report);
    receivers_judge(asked->receivers, inputs->message, report);
    presentation_tell_kept(asked->programs, again->resolver, report);
}

/* One message on its way through all checks. */
typedef struct {
    const AnalysisOptions *asked;
    Again      again;
    Inputs     inputs;
    Report    *report;
    gint64     at;          /* judged_at() */
    DmarcNotes notes;
} Run;

/* What stands in its bytes. */
static void
begin(Run *run, const Message *message, Resolver *resolver, const AnalysisOptions *asked)
{
    *run = (Run){ .asked = asked, .again = { message, resolver }, .report = report_new() };
    inputs_open(&run->inputs, message, resolver, asked, run->report);
    read_message(&run->inputs, run->report);
    identities_envelope(run->inputs.message, &run->inputs.options.identities, run->report);
    inputs_name_envelope(&run->inputs, run->report);
    run->at = judged_at(&run->inputs.options, run->report);
}

/* Who vouches for it. */
static void
judge(Run *run)
{
    Inputs *inputs = &run->inputs;

    run->notes = (DmarcNotes){ .edited = inputs->edits != NULL,
                               .unread = run->asked->trial && !edits_value(inputs->edits, "rfc") };
    authenticate(inputs, run->report, run->at, &run->notes);
}

/* What follows from that. `looked`: see Inputs. */
static Report *
end(Run *run, gboolean *looked)
{
    Inputs *inputs = &run->inputs;
    const AnalysisOptions *options = &inputs->options;
    Report *report = run->report;

    inputs_hide_reported(inputs, report);
    dmarc_check(report, inputs->resolver, options->psl, &run->notes);
    inputs_settle(inputs, report);
    if (run->asked->trial) {
        analysis_clear_notes(&run->notes);
    } else {
        lookalike_find_kept(options->lookalikes, resolver_store(inputs->resolver, "names", new_names, free_names), report);
        delivery_story(inputs->message, inputs->resolver, options, run->at, report);
        analysis_finish(inputs->message, inputs->resolver, &run->notes, report);
        findings_trust(options->trusted, report);
        conclude(inputs, &run->again, run->asked, report);
    }
    inputs_list(inputs, report);
    analysis_opinions(report, inputs->resolver, options);
    inputs_show_reported(inputs, report);
    *looked = inputs->looked;
    inputs_close(inputs);
    return report;
}

static Report *
run_all(const Message *message, Resolver *resolver, const AnalysisOptions *asked, gboolean *looked)
{
    Run run;

    begin(&run, message, resolver, asked);
    judge(&run);
    return end(&run, looked);
}

Report *
analysis_run(const Message *message, Resolver *resolver, const AnalysisOptions *options)
{
    gboolean looked;

    return run_all(message, resolver, options, &looked);
}

/* The code of one part is as much as the processor's nearest caches hold: it is fetched once for all messages. */
static void
run_by_turns(const Message *const *messages, guint n, Resolver *resolver, const AnalysisOptions *options, Report **reports)
{
    Run runs[ANALYSIS_TURNS];
    gboolean looked;

    for (guint i = 0; i < n; i++) {
        resolver_turn(resolver, i);
        begin(&runs[i], messages[i], resolver, options);
    }
    for (guint i = 0; i < n; i++) {
        resolver_turn(resolver, i);
        judge(&runs[i]);
    }
    for (guint i = 0; i < n; i++) {
        resolver_turn(resolver, i);
        reports[i] = end(&runs[i], &looked);
    }
    resolver_turn(resolver, 0);
}

void
analysis_run_several(const Message *const *messages, guint n, Resolver *resolver, const AnalysisOptions *options, Report **reports)
{
    if (n <= ANALYSIS_TURNS && resolver_takes_turns(resolver)) {
        run_by_turns(messages, n, resolver, options, reports);
        return;
    }
    for (guint i = 0; i < n; i++)
        reports[i] = analysis_run(messages[i], resolver, options);
}

/* Another message may have been judged with this resolver since: its questions are not this one's. */
static gboolean
is_log_of(const Resolver *resolver, const Report *report)
{
    const GPtrArray *log = resolver_log(resolver);

    for (guint i = 0; i < report->dns->len; i++) {
        const DnsAnswer *asked = report->dns->pdata[i];
        const DnsAnswer *logged = i < log->len ? log->pdata[i] : NULL;
        if (!logged || !g_str_equal(asked->name, logged->name) || !g_str_equal(asked->type, logged->type))
            return FALSE;
    }
    return TRUE;
}

void
analysis_prove(const Message *message, Resolver *resolver, const AnalysisOptions *options, Report *report)
{
    Again again = { message, resolver };
    const gboolean logged = is_log_of(resolver, report);

    if (!prove_announced(report, options, resolver, run_again, &again))
        return;
    if (logged)
        take_dns_log(resolver, report);
    cause_move(report);
}

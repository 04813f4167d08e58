/* command-survey.c: `survey`: every message of mailboxes on the chart, grouped by who sent it as
 * whom. SPDX-License-Identifier: MIT
 *
 * Messages are analyzed in confined workers (batch/batch.h), which send back a row for each; this
 * process counts rows. */
#include <string.h>

#include "base/file.h"
#include "base/heap.h"
#include "base/name.h"
#include "base/translate.h"
#include "dns/service-pool.h"
#include "headers/identities.h"
#include "interrupt.h"
#include "output.h"
#include "progress.h"
#include "report/printer-survey.h"
#include "session-apart.h"
#include "session-dns.h"
#include "session-warm.h"
#include "survey/read.h"
#include "tree/words.h"

typedef struct {
    const Session *session;
    AnalysisOptions options;
    SessionDns dns;
    Survey *survey;
    Progress *progress;
    ServicePool *served; /* live DNS */
    Stop *stop;
    gboolean read; /* a survey, of --merge */
    int status;
} Run;

/* What a worker says of a message, in a byte; a row or a sentence follows. */
typedef enum { PIECE_ROW, PIECE_ELSEWHERE, PIECE_FAULT } PieceKind;

/* ---- a worker: one message ---- */

static void
prepare(const char *const *needs, gpointer data)
{
    const Run *run = data;

    interrupt_leave_to_parent();
    session_warm(needs);
    heap_keep();
    psl_keep(run->session->psl);
}

/* Before anything else is looked at: in a mailbox of years most is from others. */
static gboolean
is_wanted(const Options *o, const Message *message)
{
    gboolean wanted = !o->domain;

    if (wanted)
        return TRUE;
    Report *names = report_new();
    identities_authors(message, names);
    for (guint i = 0; i < names->from->domains->len && !wanted; i++)
        wanted = name_is_within(names->from->domains->pdata[i], o->domain);
    report_free(names);
    return wanted;
}

static void
say(GString *out, PieceKind kind, SurveyRow *row)
{
    g_string_append_c(out, (char)kind);
    if (row)
        survey_row_pack(row, out);
    survey_row_free(row);
}

/* Of the report of a message that cannot be read. (transfer full) */
static SurveyRow *
unreadable_row(const Options *o, Report *report)
{
    output_redact(o, NULL, report);
    g_autofree char *text = words_finding(report->findings->pdata[0]);
    SurveyRow *row = survey_row_unreadable(report->source, text);
    report_free(report);
    return row;
}

static void
say_row(const Run *run, const BatchPlace *place, Resolver *resolver, GString *out)
{
    Report *report = analysis_run(place->message, resolver, &run->options);

    output_redact(run->session->options, place->message, report);
    say(out, PIECE_ROW, survey_row_new(report, run->options.providers));
    report_free(report);
}

static guint
message(const BatchPlace *place, GString *out, gpointer data)
{
    Run *run = data;
    const Options *o = run->session->options;
    g_autoptr(GError) error = NULL;
    Resolver *resolver;

    if (!place->message) {
        say(out, PIECE_ROW, unreadable_row(o, session_unreadable(place->source, place->error)));
    } else if (!is_wanted(o, place->message)) {
        say(out, PIECE_ELSEWHERE, NULL);
    } else if ((resolver = session_dns_for(&run->dns, place, &error))) {
        say_row(run, place, resolver, out);
    } else {
        say(out, PIECE_FAULT, NULL);
        g_string_append(out, error->message);
    }
    return 0;
}

/* ---- the parent: what came of it ---- */

static void
add_status(Run *run, int status)
{
    run->status = status_worse(run->status, status);
}

static void
fault(const GError *error, gpointer data)
{
    session_complain(error);
    add_status(data, EXIT_TROUBLE);
}

static void
piece_fault(Run *run, const char *text, gsize length)
{
    g_autofree char *copy = g_strndup(text, length);

    session_warn(copy);
    add_status(run, EXIT_TROUBLE);
}

static void
piece(const void *bytes, gsize length, gpointer data)
{
    Run *run = data;
    const char *text = bytes;
    const int kind = length > 0 ? *text : -1;

    if (kind == PIECE_ROW) {
        g_autoptr(SurveyRow) row = survey_row_unpack(text + 1, length - 1);
        if (row)
            survey_add(run->survey, row);
        else
            add_status(run, EXIT_TROUBLE);
    } else if (kind == PIECE_ELSEWHERE) {
        survey_add_elsewhere(run->survey);
    } else if (kind == PIECE_FAULT) {
        piece_fault(run, text + 1, length - 1);
    }
}

static void
lost(SourceInfo *source, const PoolLoss *loss, gpointer data)
{
    Run *run = data;
    g_autofree char *how = pool_loss_text(loss);
    g_autoptr(SurveyRow) row = unreadable_row(run->session->options, session_died(source, how, loss->whole));

    survey_add(run->survey, row);
}

static void
progress(double done, gpointer data)
{
    Run *run = data;
    const SurveyTotals *totals = survey_totals(run->survey);

    progress_step(run->progress, done, totals->messages + totals->unreadable + totals->elsewhere);
}

static void
asked(Pool *pool, guint worker, GBytes *question, gpointer data)
{
    service_pool_asked(((const Run *)data)->served, pool, worker, question);
}

static void
gone(Pool *pool, guint worker, gpointer data)
{
    service_pool_gone(((const Run *)data)->served, pool, worker);
}

static void
run_batch(Run *run)
{
    static const BatchClass class = {.prepare = prepare,
                                     .message = message,
                                     .piece = piece,
                                     .lost = lost,
                                     .fault = fault,
                                     .progress = progress,
                                     .asked = asked,
                                     .gone = gone,
                                     .copied = TRUE};
    const Options *o = run->session->options;
    const BatchSources sources = {.files = o->files,
                                  .from = o->files_from,
                                  .separator = o->nul ? '\0' : '\n',
                                  .index = (guint)o->index,
                                  .count = (guint)o->count,
                                  .beside = session_dns_beside(run->session),
                                  .workers = o->jobs > 0 ? (guint)o->jobs : batch_workers(),
                                  .isolate = o->isolate};

    run->progress = progress_new();
    const PoolEnd end = batch_run(&class, &sources, run->stop, run);
    progress_end(run->progress);
    if (end == POOL_STOPPED)
        survey_set_part(run->survey);
    if (end == POOL_FAILED) {
        session_warn(_("no process can be started"));
        add_status(run, EXIT_TROUBLE);
    }
}

static void
survey_mailboxes(Run *run)
{
    const LiveOptions live = session_live_options(run->session->options, run->session->config);
    g_autoptr(GError) error = NULL;

    run->served = service_pool_new(&live, &error);
    if (run->served && session_dns_begin(&run->dns, run->session, &error))
        run_batch(run);
    else
        fault(error, run);
    session_dns_clear(&run->dns);
    service_pool_free(run->served);
}

/* ---- the whole ---- */

/* With --exit-code the worst verdict. */
static void
settle_status(Run *run)
{
    const SurveyTotals *totals = survey_totals(run->survey);

    if (totals->unreadable > 0)
        add_status(run, EXIT_TROUBLE);
    for (int i = 0; run->session->options->exit_code && i < SURVEY_RESULTS; i++)
        if (totals->results[SURVEY_DMARC][i] > 0)
            add_status(run, status_of_result(i));
}

/* Every file failed before there was a message in it: there is nothing to count (exit status 2). */
static gboolean
is_nothing(const Run *run)
{
    const SurveyTotals *totals = survey_totals(run->survey);

    return run->status == EXIT_TROUBLE && !run->read && !totals->part && totals->messages == 0 &&
           totals->unreadable == 0 && totals->elsewhere == 0;
}

/* What stands behind it, for standard error; or NULL. */
static const char *
print(const Run *run, const PrinterStyle *style, GString *out)
{
    const Options *o = run->session->options;

    if (o->format == FORMAT_JSON)
        printer_survey_json(out, run->survey);
    else if (o->format == FORMAT_CSV)
        printer_survey_csv(out, run->survey);
    else
        printer_survey_text(out, run->survey, run->session->data->providers, o->domain, style);
    /* CSV has no place for it. */
    return o->format == FORMAT_CSV && survey_totals(run->survey)->part
               ? _("this is a part: the survey was stopped before the end") : NULL;
}

static void
print_whole(Run *run)
{
    const PrinterStyle style = session_printer_style(run->session->options);
    g_autoptr(GString) out = g_string_new(NULL);
    const char *warning = print(run, &style, out);

    if (!session_write_bytes(out->str, out->len))
        run->status = EXIT_TROUBLE;
    if (warning)
        session_warn(warning);
}

/* ---- surveys of parts ---- */

static void
merge_file(Run *run, Apart *apart, const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = file_bytes(path, &error);
    gsize length = 0;
    const char *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;

    apart_alive(apart);
    if (bytes && survey_read(run->survey, data ? data : "", length, file_shown(path), &error)) {
        run->read = TRUE;
        return;
    }
    apart_warn(apart, error->message);
    add_status(run, EXIT_TROUBLE);
}

/* They are somebody's files: read in a confined process. */
static int
merge(const Session *session, Apart *apart)
{
    g_autoptr(Survey) survey = survey_new();
    Run run = {.session = session, .survey = survey, .status = EXIT_PASS};

    for (char **path = session->options->files; *path && !apart_stopped(apart); path++)
        merge_file(&run, apart, *path);
    if (apart_stopped(apart))
        survey_set_part(survey);
    settle_status(&run);
    const char *warning = is_nothing(&run) ? NULL : print(&run, &apart->style, apart->out);
    if (warning)
        apart_warn(apart, warning);
    return run.status;
}

/* As a shell says that a signal ended it. */
static int
status_of_signal(int number, int status)
{
    return number > 0 ? 128 + number : status;
}

static int
merge_apart(const Session *session)
{
    g_autoptr(Stop) stop = stop_new();

    interrupt_catch(stop);
    const int status = session_apart(session, merge, stop);
    return status_of_signal(interrupt_release(), status);
}

int
command_survey(const Session *session)
{
    if (session->options->merge)
        return merge_apart(session);
    g_autoptr(Stop) stop = stop_new();
    g_autoptr(Survey) survey = survey_new();
    Run run = {.session = session,
               .options = session_analysis_options(session),
               .survey = survey,
               .stop = stop,
               .status = EXIT_PASS};

    /* What a survey does not show. */
    run.options.second_opinions = OPINIONS_NONE;
    run.options.programs = NULL;
    run.options.brief = TRUE;
    ReceiverRules *judges = receiver_rules_some(session->data->receivers, survey_judge_words);
    receiver_rules_keep(judges);
    run.options.receivers = judges;
    interrupt_catch(stop);
    survey_mailboxes(&run);
    settle_status(&run);
    const gboolean nothing = is_nothing(&run);
    run.status = status_of_signal(interrupt_release(), run.status);
    if (!nothing)
        print_whole(&run);
    receiver_rules_free_some(judges);
    return run.status;
}

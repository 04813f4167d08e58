/* survey.c: `survey`: every message of mailboxes on the chart, grouped by who sent it as whom.
 * SPDX-License-Identifier: MIT
 *
 * Messages are analyzed in confined workers (batch/batch.h), which send back a row for each; this process counts rows. */
#include "command/command.h"

#include <string.h>

#include "base/file.h"
#include "base/heap.h"
#include "base/name.h"
#include "base/translate.h"
#include "command/interrupt.h"
#include "command/output.h"
#include "command/progress.h"
#include "command/run.h"
#include "headers/identities.h"
#include "report/printer-survey.h"
#include "session/apart.h"
#include "session/dns.h"
#include "survey/read.h"
#include "tree/words.h"

typedef struct {
    CommandRun      base;       /* it is stopped by Ctrl-C */
    AnalysisOptions options;
    SessionDns      dns;
    Survey         *survey;
    Progress       *progress;
    gboolean        read;       /* a survey, of --merge */
} Run;

/* What a worker says of a message, in a byte; a row or a sentence follows. */
typedef enum { PIECE_ROW, PIECE_ELSEWHERE, PIECE_FAULT } PieceKind;

/* ---- a worker: one message ---- */

static void
prepare(const char *const *needs, gpointer data)
{
    const Run *run = data;

    interrupt_leave_to_parent();
    command_run_prepare(needs, data);
    heap_keep();
    psl_keep(run->base.session->psl);
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
    Report *report = place->judged ? place->judged : analysis_run(place->message, resolver, &run->options);

    output_redact(run->base.session->options, place->message, report);
    say(out, PIECE_ROW, survey_row_new(report, run->options.providers));
    report_free(report);
}

static void
judge(BatchPlace *const *places, guint n, gpointer data)
{
    const Run *run = data;

    command_run_judge(places, n, run->dns.shared, &run->options);
}

static guint
message(const BatchPlace *place, GString *out, gpointer data)
{
    Run *run = data;
    const Options *o = run->base.session->options;
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
            command_run_status(&run->base, EXIT_TROUBLE);
    } else if (kind == PIECE_ELSEWHERE) {
        survey_add_elsewhere(run->survey);
    } else if (kind == PIECE_FAULT) {
        command_run_warn_piece(&run->base, text + 1, length - 1);
    }
}

static void
lost(SourceInfo *source, const PoolLoss *loss, gpointer data)
{
    Run *run = data;
    g_autofree char *how = pool_loss_text(loss);
    g_autoptr(SurveyRow) row = unreadable_row(run->base.session->options, session_died(source, how, loss->whole));

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
run_batch(Run *run)
{
    /* Nobody judges a message before it is known that it is wanted. */
    const gboolean several = run->dns.shared && !run->base.session->options->domain;
    const BatchClass class = { .prepare = prepare, .message = message, .judge = several ? judge : NULL, .piece = piece,
                               .lost = lost, .fault = command_run_fault, .progress = progress,
                               .asked = command_run_asked, .gone = command_run_gone, .copied = TRUE };
    const BatchSources sources = command_run_sources(&run->base);

    run->progress = progress_new();
    if (command_run_batch(&run->base, &class, &sources) == POOL_STOPPED)
        survey_set_part(run->survey);
    progress_end(run->progress);
}

static void
survey_mailboxes(Run *run)
{
    g_autoptr(GError) error = NULL;

    if (command_run_serve(&run->base, 1, &error) && session_dns_begin(&run->dns, run->base.session, &error))
        run_batch(run);
    else
        command_run_fault(error, run);
    session_dns_clear(&run->dns);
    service_pool_free(run->base.served);
}

/* ---- the whole ---- */

/* With --exit-code the worst verdict. */
static void
settle_status(Run *run)
{
    const SurveyTotals *totals = survey_totals(run->survey);

    if (totals->unreadable > 0)
        command_run_status(&run->base, EXIT_TROUBLE);
    for (int i = 0; run->base.session->options->exit_code && i < SURVEY_RESULTS; i++)
        if (totals->results[SURVEY_DMARC][i] > 0)
            command_run_status(&run->base, status_of_result(i));
}

/* Every file failed before there was a message in it: there is nothing to count (exit status 2). */
static gboolean
is_nothing(const Run *run)
{
    const SurveyTotals *totals = survey_totals(run->survey);

    return run->base.status == EXIT_TROUBLE && !run->read && !totals->part && totals->messages == 0 &&
           totals->unreadable == 0 && totals->elsewhere == 0;
}

/* What makes the status 2 is told on standard error, too. (transfer full) */
static char *
unreadable_warning(const Run *run)
{
    const gint64 unreadable = survey_totals(run->survey)->unreadable;
    g_autofree char *count = words_number(unreadable);

    return unreadable > 0 ? words_fill(N_("messages that cannot be read: {0}"), count, NULL) : NULL;
}

/* What stands behind it, for standard error; or NULL. */
static const char *
print(const Run *run, const PrinterStyle *style, GString *out)
{
    const Options *o = run->base.session->options;

    if (o->format == FORMAT_JSON)
        printer_survey_json(out, run->survey);
    else if (o->format == FORMAT_CSV)
        printer_survey_csv(out, run->survey);
    else
        printer_survey_text(out, run->survey, run->base.session->data->providers, o->domain, style);
    /* CSV has no place for it. */
    return o->format == FORMAT_CSV && survey_totals(run->survey)->part
               ? _("this is a part: the survey was stopped before the end") : NULL;
}

static void
print_whole(Run *run)
{
    const PrinterStyle style = session_printer_style(run->base.session->options);
    g_autoptr(GString) out = g_string_new(NULL);
    const char *warning = print(run, &style, out);

    if (!standard_write_bytes(out->str, out->len))
        run->base.status = EXIT_TROUBLE;
    g_autofree char *unreadable = unreadable_warning(run);
    if (unreadable)
        standard_warn(unreadable);
    if (warning)
        standard_warn(warning);
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
    command_run_status(&run->base, EXIT_TROUBLE);
}

/* They are somebody's files: read in a confined process. */
static int
merge(const Session *session, Apart *apart)
{
    g_autoptr(Survey) survey = survey_new();
    Run run = { .base = { .session = session, .status = EXIT_PASS }, .survey = survey };

    survey_compare_names(survey, session->data->lookalikes);
    for (char **path = session->options->files; *path && !apart_stopped(apart); path++)
        merge_file(&run, apart, *path);
    if (apart_stopped(apart))
        survey_set_part(survey);
    settle_status(&run);
    const char *warning = is_nothing(&run) ? NULL : print(&run, &apart->style, apart->out);
    g_autofree char *unreadable = unreadable_warning(&run);
    if (unreadable)
        apart_warn(apart, unreadable);
    if (warning)
        apart_warn(apart, warning);
    return run.base.status;
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
    Run run = { .base = { .session = session, .stop = stop, .status = EXIT_PASS },
                .options = session_analysis_options(session), .survey = survey };

    survey_compare_names(survey, session->data->lookalikes);
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
    run.base.status = status_of_signal(interrupt_release(), run.base.status);
    if (!nothing)
        print_whole(&run);
    receiver_rules_free_some(judges);
    return run.base.status;
}

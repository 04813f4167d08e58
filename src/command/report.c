/* report.c: `report`: the analysis of each message, printed.
 * SPDX-License-Identifier: MIT
 *
 * Messages are analyzed and their reports made in confined workers (batch/batch.h); this process opens files, starts what
 * they need, and writes what they say. */
#include "command/command.h"

#include <string.h>

#include "base/heap.h"
#include "command/output.h"
#include "command/run.h"
#include "mailbox/inside.h"
#include "session/dns.h"

typedef struct {
    CommandRun      base;       /* it is stopped when nobody reads what we write */
    AnalysisOptions options;
    SessionDns      dns;
    Output          output;     /* in the parent: what all workers have printed */
    GArray         *parts;      /* struct iovec: printed, and still where workers put it; NULL on a terminal */
} Run;

/* What comes of a message: this, the report as it is printed, and complaints. */
typedef struct {
    gint32  status;
    guint32 reports, complaints;
} Head;

/* ---- a worker: one message ---- */

typedef struct {
    const Run      *run;
    Resolver       *resolver;
    AnalysisOptions options;
    Output          output;
    gboolean        alone;
    Report         *judged;     /* of the message itself; or NULL: not yet */
    GString        *out, *complaints;
    int             status;
} Work;

static void
work_fault(Work *work, const GError *error)
{
    if (work->complaints->len > 0)
        g_string_append_c(work->complaints, '\0');
    g_string_append(work->complaints, error->message);
    work->status = status_worse(work->status, EXIT_TROUBLE);
}

static void
print(Work *work, const Message *message, Report *report)
{
    output_report(&work->output, work->out, message, report, work->alone && work->output.count == 0);
    if (work->run->base.session->options->exit_code)
        work->status = status_worse(work->status, status_of_result(report_dmarc(report)->result));
}

static void
print_unreadable(Work *work, const BatchPlace *place)
{
    Report *report = session_unreadable(place->source, place->error);

    output_unreadable(&work->output, work->out, report);
    report_free(report);
    work_fault(work, place->error);     /* the report may go where nobody looks */
}

/* The message as it is, then as it is edited. FALSE: nothing is, as in messages inside. */
static gboolean
report_edited(Work *work, const Message *message, guint depth)
{
    g_autoptr(GError) error = NULL;
    AnalysisOptions options = work->options;

    if (!work->run->base.session->options->edits || depth > 0)
        return FALSE;
    options.second_opinions = OPINIONS_NONE;
    Report *known = analysis_run(message, work->resolver, &options);
    options.second_opinions = work->options.second_opinions;
    options.edits = work->run->base.session->options->edits;
    options.known = known;
    Report *report = analysis_run(message, work->resolver, &options);
    if (session_refuses(message_path(message), report, &error))
        work_fault(work, error);
    else
        print(work, message, report);
    report_free(known);
    report_free(report);
    return TRUE;
}

/* What is left out is said. */
static void
tell_limits(Report *report, const GPtrArray *inside, guint depth)
{
    if (depth >= COMMAND_INNER_DEPTH_MAX && inside->len > 0)
        report_add_finding(report, "inner-too-deep", SEVERITY_WARNING, G_STRINGIFY(COMMAND_INNER_DEPTH_MAX), NULL);
    else if (inside->len > COMMAND_INNER_MAX)
        report_add_finding(report, "inner-too-many", SEVERITY_WARNING, G_STRINGIFY(COMMAND_INNER_MAX), NULL);
}

static void
report_message(Work *work, const Message *message, guint depth)
{
    const gboolean inner = work->run->base.session->options->inner;
    g_autoptr(GPtrArray) inside = inner ? inside_find(message, COMMAND_INNER_MAX + 1) : g_ptr_array_new();

    if (!report_edited(work, message, depth)) {
        Report *report = work->judged ? g_steal_pointer(&work->judged) : analysis_run(message, work->resolver, &work->options);
        tell_limits(report, inside, depth);
        print(work, message, report);
        report_free(report);
    }
    for (guint i = 0; depth < COMMAND_INNER_DEPTH_MAX && i < MIN(inside->len, COMMAND_INNER_MAX); i++)
        report_message(work, ((const InsideMessage *)inside->pdata[i])->message, depth + 1);
}

/* INTERFACE.md: auto asks for second opinions on one message, not from two. */
static Opinions
opinions_for(const Options *options, const BatchPlace *place)
{
    if (options->second_opinions == TRI_TRUE)
        return OPINIONS_NOW;
    return options->second_opinions == TRI_UNKNOWN && !place->several ? OPINIONS_NOW : OPINIONS_NONE;
}

static void
prepare(const char *const *needs, gpointer data)
{
    const Run *run = data;

    command_run_prepare(needs, data);
    heap_keep();
    receiver_rules_keep(run->base.session->data->receivers);
    psl_keep(run->base.session->psl);
}

/* Messages share DNS, and each has one report. */
static gboolean
may_judge(const Run *run)
{
    return run->dns.shared && !run->base.session->options->edits;
}

static void
judge(BatchPlace *const *places, guint n, gpointer data)
{
    const Run *run = data;
    AnalysisOptions options = run->options;

    options.second_opinions = OPINIONS_NONE;
    for (guint i = 0; i < n; i++)
        if (opinions_for(run->base.session->options, places[i]) != OPINIONS_NONE)
            return;
    command_run_judge(places, n, run->dns.shared, &options);
}

static guint
message(const BatchPlace *place, GString *out, gpointer data)
{
    Run *run = data;
    g_autoptr(GString) complaints = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    const gsize start = out->len;
    Head head = { 0 };
    Work work = { .run = run, .options = run->options, .output = run->output,
                  .alone = !place->several, .judged = place->judged, .out = out, .complaints = complaints, .status = EXIT_PASS };

    g_string_append_len(out, (const char *)&head, sizeof head);
    work.output.count = (guint)place->before;
    work.output.tray = place->tray;
    work.options.second_opinions = opinions_for(run->base.session->options, place);
    if (!place->message)
        print_unreadable(&work, place);
    else if ((work.resolver = session_dns_for(&run->dns, place, &error)))
        report_message(&work, place->message, 0);
    else
        work_fault(&work, error);
    head = (Head){ work.status, work.output.count - (guint)place->before, (guint32)complaints->len };
    memcpy(tray_at(place->tray, start), &head, sizeof head);
    g_string_append_len(out, complaints->str, (gssize)complaints->len);
    return head.reports;
}

/* ---- the parent: what came of it ---- */

/* Once nobody reads it is over. */
static void
write_out(Run *run, const void *bytes, gsize length)
{
    if (stop_wished(run->base.stop) || standard_write_bytes(bytes, length))
        return;
    command_run_status(&run->base, EXIT_TROUBLE);
    stop_wish(run->base.stop);
}

/* What workers have printed since, in one go. */
static void
settle(gpointer data)
{
    Run *run = data;

    if (!run->parts || run->parts->len == 0)
        return;
    if (!stop_wished(run->base.stop) &&
        !standard_write_parts((struct iovec *)(void *)run->parts->data, run->parts->len)) {
        command_run_status(&run->base, EXIT_TROUBLE);
        stop_wish(run->base.stop);
    }
    g_array_set_size(run->parts, 0);
}

static void
print_piece(Run *run, const void *bytes, gsize length)
{
    const struct iovec part = { (void *)bytes, length };

    if (run->parts && length > 0)
        g_array_append_val(run->parts, part);
    else if (length > 0)
        write_out(run, bytes, length);
}

/* Several, each ended by NUL but the last. */
static void
complain(const char *bytes, gsize length)
{
    g_autoptr(GString) text = g_string_new_len(bytes, (gssize)length);

    for (gsize at = 0; at < text->len; at += strlen(text->str + at) + 1)
        standard_warn(text->str + at);
}

static void
piece(const void *bytes, gsize length, gpointer data)
{
    Run *run = data;
    Head head;

    if (length < sizeof head)
        return;
    memcpy(&head, bytes, sizeof head);
    const char *behind = (const char *)bytes + sizeof head;
    const gsize complaints = MIN(head.complaints, length - sizeof head);
    const gsize printed = length - sizeof head - complaints;
    if (complaints > 0) {
        settle(run);
        complain(behind + printed, complaints);
    }
    print_piece(run, behind, printed);
    run->output.count += head.reports;
    command_run_status(&run->base, head.status);
}

static void
lost(SourceInfo *source, const PoolLoss *loss, gpointer data)
{
    Run *run = data;
    g_autofree char *how = pool_loss_text(loss);
    g_autoptr(GString) out = g_string_new(NULL);
    Report *report = session_died(source, how, loss->whole);

    settle(run);
    output_unreadable(&run->output, out, report);
    write_out(run, out->str, out->len);
    report_free(report);
    command_run_status(&run->base, EXIT_TROUBLE);
}

static void
fault(const GError *error, gpointer data)
{
    settle(data);
    command_run_fault(error, data);
}

static void
run_batch(Run *run)
{
    const BatchClass class = { .prepare = prepare, .message = message, .judge = may_judge(run) ? judge : NULL, .piece = piece,
                               .settle = settle, .lost = lost, .fault = fault, .asked = command_run_asked,
                               .gone = command_run_gone, .child = command_run_child };
    BatchSources sources = command_run_sources(&run->base);
    g_autoptr(GString) end = g_string_new(NULL);
    g_autoptr(GArray) parts = standard_writes_parts() ? g_array_new(FALSE, FALSE, sizeof(struct iovec)) : NULL;

    sources.serial = run->base.session->options->format == FORMAT_HTML;
    run->parts = parts;
    standard_widen();
    command_run_batch(&run->base, &class, &sources);
    run->parts = NULL;
    output_end(&run->output, end);
    write_out(run, end->str, end->len);
}

/* How many messages one piece is about, as DNS counts its questions. */
static guint
messages_a_piece(const Options *options)
{
    return (options->edits ? 2u : 1u) * (options->inner ? 1u + COMMAND_INNER_MAX : 1u);
}

int
command_report(const Session *session)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Stop) stop = stop_new();
    Run run = { .base = { .session = session, .stop = stop, .status = EXIT_PASS },
                .options = session_analysis_options(session),
                .output = { .options = session->options, .style = session_printer_style(session->options) } };

    if (command_run_serve(&run.base, messages_a_piece(session->options), &error) &&
        session_dns_begin(&run.dns, session, &error))
        run_batch(&run);
    else
        fault(error, &run);
    session_dns_clear(&run.dns);
    service_pool_free(run.base.served);
    return run.base.status;
}

/* command-report.c: `report`: the analysis of each message, printed.
 * SPDX-License-Identifier: MIT */
#include "mailbox/inside.h"
#include "base/translate.h"
#include "mailbox/store.h"
#include "output.h"
#include "session.h"

/* Messages inside messages inside …: nobody reads deeper. */
#define INNER_DEPTH_MAX 10
#define INNER_MAX 200

typedef struct {
    const Session  *session;
    AnalysisOptions options;
    char           *path;       /* whose resolver this is */
    Resolver       *own;
    Resolver       *resolver;
    Output          output;
    gboolean        alone;      /* there is one message, as far as the command line says */
    int             status;
} Run;

static void
run_clear(Run *run)
{
    g_free(run->path);
    g_clear_pointer(&run->own, resolver_free);
}

/* Messages of one file share a resolver, and so its answers; where the source of answers was named, or there is none, so do
 * all. Standard input has no file beside it. */
static gboolean
run_open_dns(Run *run, const char *opened, const char *path, GError **error)
{
    const Options *o = run->session->options;

    if (g_str_equal(opened, "-"))
        path = opened;
    if (run->resolver && (o->dns || o->offline || g_strcmp0(run->path, path) == 0))
        return TRUE;
    g_clear_pointer(&run->own, resolver_free);
    g_free(run->path);
    run->path = g_strdup(path);
    run->resolver = session_resolver(run->session, path, &run->own, error);
    return run->resolver != NULL;
}

static void
run_add(Run *run, int status)
{
    run->status = status_worse(run->status, status);
}

static void
run_fault(Run *run, const GError *error)
{
    session_complain(error);
    run_add(run, EXIT_TROUBLE);
}

static void
print(Run *run, const Message *message, Report *report)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const Options *o = run->session->options;

    output_report(&run->output, out, message, report, run->alone && run->output.count == 0);
    run_add(run, session_write(out) ? EXIT_PASS : EXIT_TROUBLE);
    if (o->exit_code)
        run_add(run, status_of_result(report_dmarc(report)->result));
}

static void
print_unreadable(Run *run, SourceInfo *source, const GError *error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    Report *report = session_unreadable(source, error);

    output_unreadable(&run->output, out, report);
    session_write(out);
    report_free(report);
    run_add(run, EXIT_TROUBLE);
}

/* The message as it is, then as it is edited. FALSE: nothing is, as in messages inside. */
static gboolean
run_what_if(Run *run, const Message *message, guint depth)
{
    g_autoptr(GError) error = NULL;
    AnalysisOptions options = run->options;

    if (!run->session->options->edits || depth > 0)
        return FALSE;
    options.second_opinions = OPINIONS_NONE;
    Report *known = analysis_run(message, run->resolver, &options);
    options.second_opinions = run->options.second_opinions;
    options.edits = run->session->options->edits;
    options.known = known;
    Report *report = analysis_run(message, run->resolver, &options);
    if (session_refuses(message_path(message), report, &error))
        run_fault(run, error);
    else
        print(run, message, report);
    report_free(known);
    report_free(report);
    return TRUE;
}

static void
report_message(Run *run, const Message *message, guint depth)
{
    if (!run_what_if(run, message, depth)) {
        Report *report = analysis_run(message, run->resolver, &run->options);
        print(run, message, report);
        report_free(report);
    }
    if (!run->session->options->inner || depth >= INNER_DEPTH_MAX)
        return;
    g_autoptr(GPtrArray) inside = inside_find(message, INNER_MAX);
    for (guint i = 0; i < inside->len; i++)
        report_message(run, ((const InsideMessage *)inside->pdata[i])->message, depth + 1);
}

static void
report_one(Run *run, Store *store, const char *path, guint index)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Message) message = store_message(store, index, &error);

    if (!message) {
        print_unreadable(run, store_source(store, index), error);
        return;
    }
    if (!run_open_dns(run, path, message_path(message), &error)) {
        run_fault(run, error);
        return;
    }
    report_message(run, message, 0);
}

/* INTERFACE.md: auto asks for second opinions on one message, not from two. */
static void
set_second_opinions(Run *run, Store *store)
{
    const Options *o = run->session->options;

    while (store_count(store) < 2 && store_scan(store, 10000))
        continue;
    const gboolean wanted = o->second_opinions == TRI_TRUE ||
                            (o->second_opinions == TRI_UNKNOWN &&
                             (store_count(store) < 2 || o->index > 0));
    run->options.second_opinions = wanted ? OPINIONS_NOW : OPINIONS_NONE;
    run->alone = !o->files[1] && (store_count(store) < 2 || o->index > 0);
}

static void
report_file(Run *run, const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = store_open(path, &error);
    const int wanted = run->session->options->index;

    if (!store) {
        run_fault(run, error);
        return;
    }
    set_second_opinions(run, store);
    guint index = wanted > 0 ? (guint)wanted - 1 : 0;
    for (;; index++) {
        while (index >= store_count(store) && store_scan(store, 100000))
            continue;
        if (index >= store_count(store))
            break;
        report_one(run, store, path, index);
        if (wanted > 0)
            return;
    }
    if (index < (guint)MAX(wanted, 1)) {
        g_set_error(&error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY, _("%s: there is no message %d: it holds %u"),
                    store_path(store), MAX(wanted, 1), store_count(store));
        run_fault(run, error);
    }
}

int
command_report(const Session *session)
{
    Run run = { .session = session, .options = session_analysis_options(session),
                .output = { .options = session->options, .style = session_printer_style(session->options) },
                .status = EXIT_PASS };
    g_autoptr(GString) end = g_string_new(NULL);

    for (char **path = session->options->files; *path; path++)
        report_file(&run, *path);
    output_end(&run.output, end);
    run_add(&run, session_write(end) ? EXIT_PASS : EXIT_TROUBLE);
    run_clear(&run);
    return run.status;
}

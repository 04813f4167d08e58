/* main.c: chooses between screen and report, and names the exit status.
 * SPDX-License-Identifier: MIT */
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "analysis/analysis.h"
#include "base/text.h"
#include "check.h"
#include "dns/live.h"
#include "dns/snapshot-writer.h"
#include "options.h"
#include "peers/confine.h"
#include "peers/peers.h"
#include "report/printer.h"
#include "tui/app.h"

enum { EXIT_PASS = 0, EXIT_FAIL = 1, EXIT_TROUBLE = 2, EXIT_NONE = 3, EXIT_OPEN = 4 };

/* INTERFACE.md: the only place that prints errors. File names are strangers' bytes, too. */
static void
complain(const GError *error)
{
    g_return_if_fail(error);
    g_autofree char *visible = text_visible(error->message, -1);

    fprintf(stderr, "fromscope: %s\n", visible);
}

static gboolean
write_all(const GString *text)
{
    return fwrite(text->str, 1, text->len, stdout) == text->len && fflush(stdout) == 0;
}

/* ---- where DNS answers come from ---- */

typedef struct {
    const Options *options;
    Psl           *psl;
    gint64         now;
    Resolver      *live;    /* serves every message that has no other; asks nothing by being there */
} Session;

static LiveOptions
live_options(const Options *options)
{
    return (LiveOptions){ .server = options->dns_server, .trust_anchor = options->trust_anchor,
                          .timeout = options->dns_timeout };
}

/* INTERFACE.md, "Snapshot file": a stranger's file is not asked where a source was named. `*own` is
 * what the caller frees. NULL and `error`. */
static Resolver *
choose_resolver(const Session *session, const char *path, Resolver **own, GError **error)
{
    const Options *o = session->options;
    g_autofree char *beside = NULL;

    if (o->offline)
        return *own = resolver_offline();
    if (o->dns)
        return *own = resolver_snapshot((const char *const *)o->dns, FALSE, error);
    if (!o->no_beside && !o->dns_server && !g_str_equal(path, "-"))
        beside = snapshot_path_beside(path);
    if (!beside)
        return session->live;
    const char *const paths[] = { beside, NULL };
    return *own = resolver_snapshot(paths, TRUE, error);
}

/* ---- one message ---- */

static AnalysisOptions
analysis_options(const Session *session)
{
    const Options *o = session->options;

    return (AnalysisOptions){
        .identities = { .ip = o->ip, .helo = o->helo, .mail_from = o->mail_from },
        .trusted = (const char *const *)o->trust,
        .at = o->at,
        .now = session->now,
        .psl = session->psl,
        .second_opinions = o->second_opinions,
    };
}

static Report *
analyse(const Session *session, const Message *message, Resolver *resolver)
{
    const AnalysisOptions options = analysis_options(session);

    return analysis_run(message, resolver, &options);
}

static Report *
open_and_analyse(const Session *session, const char *path, Message **message, GError **error)
{
    *message = message_load(path, error);
    if (!*message)
        return NULL;
    g_autoptr(Resolver) own = NULL;
    Resolver *resolver = choose_resolver(session, path, &own, error);
    return resolver ? analyse(session, *message, resolver) : NULL;
}

/* ---- report ---- */

static int
status_of(int result)
{
    switch (result) {
    case RESULT_PASS:
        return EXIT_PASS;
    case RESULT_FAIL:
        return EXIT_FAIL;
    case RESULT_NONE:
        return EXIT_NONE;
    default:
        return EXIT_OPEN;
    }
}

/* INTERFACE.md: of several messages the worst counts, in the order 2, 1, 4, 3, 0. */
static int
worse(int a, int b)
{
    static const int order[] = { EXIT_TROUBLE, EXIT_FAIL, EXIT_OPEN, EXIT_NONE };

    for (gsize i = 0; i < G_N_ELEMENTS(order); i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return EXIT_PASS;
}

static guint
terminal_width(void)
{
    struct winsize size;

    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return MIN(size.ws_col, 120);
    return 80;
}

static gboolean
wants_ascii(const Options *options)
{
    return options->ascii || !g_get_charset(NULL);
}

static PrinterStyle
printer_style(const Options *options)
{
    return (PrinterStyle){ options->color, wants_ascii(options), terminal_width() };
}

static int
report_file(const Session *session, const char *path)
{
    g_autoptr(Message) message = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    const Options *o = session->options;
    Report *report = open_and_analyse(session, path, &message, &error);

    if (!report) {
        complain(error);
        return EXIT_TROUBLE;
    }
    const PrinterStyle style = printer_style(o);
    if (o->format == FORMAT_JSON)
        printer_json(out, report);
    else
        printer_text(out, report, &style);
    const int status = o->exit_code ? status_of(report->dmarc->rfc9989->result) : EXIT_PASS;
    report_free(report);
    return write_all(out) ? status : EXIT_TROUBLE;
}

static int
report_files(const Session *session)
{
    int status = EXIT_PASS;

    for (char **path = session->options->files; *path; path++)
        status = worse(status, report_file(session, *path));
    return status;
}

/* ---- snapshot ---- */

/* Appends what the analysis of this message asked. FALSE and `error`. */
static gboolean
collect_answers(const Session *session, const char *path, GPtrArray *answers, GError **error)
{
    g_autoptr(Message) message = message_load(path, error);

    if (!message)
        return FALSE;
    Report *report = analyse(session, message, session->live);
    gboolean good = TRUE;
    for (guint i = 0; i < report->dns->len && good; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        good = answer->status != DNS_OFFLINE;
        if (good)
            g_ptr_array_add(answers, record_copy(&dns_answer_type, answer));
        else
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: DNS could not be asked: %s",
                        path, answer->why ? answer->why : "offline");
    }
    report_free(report);
    return good;
}

static int
print_snapshot(const Session *session)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new();
    int status = EXIT_PASS;

    for (char **path = session->options->files; *path; path++) {
        g_autoptr(GError) error = NULL;
        if (collect_answers(session, *path, answers, &error))
            continue;
        complain(error);
        status = EXIT_TROUBLE;
    }
    g_autofree char *text = snapshot_text(answers, session->now);
    for (guint i = 0; i < answers->len; i++)
        record_free(&dns_answer_type, answers->pdata[i]);
    if (answers->len == 0 && status != EXIT_PASS)
        return status;
    return fputs(text, stdout) >= 0 && fflush(stdout) == 0 ? status : EXIT_TROUBLE;
}

/* ---- a message that does not exist yet ---- */

static int
check(const Session *session)
{
    const Options *o = session->options;
    const AnalysisOptions options = analysis_options(session);
    const PrinterStyle style = printer_style(o);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GArray) results = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(Resolver) own = NULL;
    Resolver *resolver = choose_resolver(session, "-", &own, &error);
    int status = EXIT_PASS;

    if (!resolver || !check_print(o, resolver, &options, &style, out, results, &error)) {
        complain(error);
        return EXIT_TROUBLE;
    }
    for (guint i = 0; i < results->len; i++)
        status = worse(status, status_of(g_array_index(results, int, i)));
    if (!write_all(out))
        return EXIT_TROUBLE;
    return o->exit_code ? status : EXIT_PASS;
}

/* ---- the screen ---- */

/* Live DNS takes its time: the screen runs this in a thread of its own. */
typedef struct {
    const Session *session;
    const Message *message;
    Resolver      *resolver;
} LiveJob;

static Report *
job_run(gpointer data)
{
    const LiveJob *job = data;

    return analyse(job->session, job->message, job->resolver);
}

static char *
job_waiting(gpointer data)
{
    return resolver_waiting(((const LiveJob *)data)->resolver);
}

static void
job_cancel(gpointer data)
{
    resolver_cancel(((const LiveJob *)data)->resolver);
}

static int
view_file(const Session *session)
{
    g_autoptr(Message) message = NULL;
    g_autoptr(Resolver) own = NULL;
    g_autoptr(GError) error = NULL;
    const char *path = session->options->files[0];
    message = path ? message_load(path, &error) : NULL;
    Resolver *resolver = message ? choose_resolver(session, path, &own, &error) : NULL;
    const gboolean live = resolver && resolver == session->live;
    LiveJob data = { session, message, resolver };
    const AppJob job = { job_run, job_waiting, job_cancel, &data };
    Report *report = resolver && !live ? analyse(session, message, resolver) : NULL;
    g_autofree char *fault = error ? text_visible(error->message, -1) : NULL;
    const AppInput input = { message, report, fault, wants_ascii(session->options),
                             session->options->no_color, live ? &job : NULL };

    const int status = app_run(&input);
    report_free(report);
    return status != 0 ? status : fault ? EXIT_TROUBLE : EXIT_PASS;
}

static int
view(const Session *session)
{
    if (isatty(STDOUT_FILENO))
        return view_file(session);
    if (session->options->files[0])
        return report_files(session);
    fprintf(stderr, "fromscope: no FILE given; --help lists what there is\n");
    return EXIT_TROUBLE;
}

/* ---- info ---- */

static int
print_info(const Session *session)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const LiveOptions options = live_options(session->options);
    g_autofree char *live = live_describe(&options);
    g_autofree char *peers = peers_describe(), *confinement = confine_describe();

    g_string_append_printf(out, "fromscope %s\n", VERSION);
    g_string_append(out, "engines          SPF RFC 7208, DKIM RFC 6376/8301/8463, DMARC RFC 9989 and RFC 7489: own\n");
    g_string_append(out, "                 ARC RFC 8617\n");
    g_string_append_printf(out, "DNS              snapshot files; live: %s\n", live);
    g_string_append_printf(out, "public suffixes  %s\n", psl_source(session->psl));
    g_string_append_printf(out, "second opinions  %s\n", peers);
    g_string_append_printf(out, "confinement      of second opinions: %s\n", confinement);
    return write_all(out) ? EXIT_PASS : EXIT_TROUBLE;
}

static int
run(const Session *session)
{
    switch (session->options->command) {
    case COMMAND_REPORT:
        return report_files(session);
    case COMMAND_CHECK:
        return check(session);
    case COMMAND_INFO:
        return print_info(session);
    case COMMAND_SNAPSHOT:
        return print_snapshot(session);
    case COMMAND_VIEW:
        return view(session);
    }
    return EXIT_TROUBLE;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    setlocale(LC_ALL, "");
    g_autoptr(Options) options = options_parse(argc, argv, &error);
    g_autoptr(Psl) psl = options ? psl_open(options->psl, &error) : NULL;
    if (!options || !psl) {
        complain(error);
        return EXIT_TROUBLE;
    }
    if (options->version) {
        printf("fromscope %s\n", VERSION);
        return 0;
    }
    const LiveOptions live = live_options(options);
    g_autoptr(Resolver) resolver = resolver_live(&live, &error);
    if (!resolver) {
        complain(error);
        return EXIT_TROUBLE;
    }
    const Session session = { options, psl, g_get_real_time() / G_USEC_PER_SEC, resolver };
    return run(&session);
}

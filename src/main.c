/* main.c: chooses between screen and report, and names the exit status.
 * SPDX-License-Identifier: MIT */
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "analysis/analysis.h"
#include "base/text.h"
#include "options.h"
#include "report/printer.h"
#include "tui/app.h"

enum { EXIT_PASS = 0, EXIT_FAIL = 1, EXIT_TROUBLE = 2, EXIT_NONE = 3, EXIT_OPEN = 4 };

/* INTERFACE.md: the only place that prints errors. File names are strangers' bytes, too. */
static void
complain(const GError *error)
{
    g_autofree char *visible = text_visible(error->message, -1);

    fprintf(stderr, "fromscope: %s\n", visible);
}

static gboolean
write_all(const GString *text)
{
    return fwrite(text->str, 1, text->len, stdout) == text->len && fflush(stdout) == 0;
}

/* ---- where DNS answers come from ---- */

static Resolver *
open_resolver(const Options *options, const char *path, GError **error)
{
    g_autofree char *beside = NULL;

    if (options->offline)
        return resolver_offline();
    if (options->dns)
        return resolver_snapshot((const char *const *)options->dns, FALSE, error);
    if (!options->no_beside && !g_str_equal(path, "-"))
        beside = snapshot_path_beside(path);
    if (beside) {
        const char *const paths[] = { beside, NULL };
        return resolver_snapshot(paths, TRUE, error);
    }
    return resolver_offline();      /* live DNS is not part of this version yet */
}

/* ---- one message ---- */

typedef struct {
    const Options *options;
    Psl           *psl;
    gint64         now;
} Session;

static Report *
analyse(const Session *session, const Message *message, Resolver *resolver)
{
    const Options *o = session->options;
    const AnalysisOptions auth = {
        .identities = { .ip = o->ip, .helo = o->helo, .mail_from = o->mail_from },
        .trusted = (const char *const *)o->trust,
        .at = o->at,
        .now = session->now,
        .psl = session->psl,
    };

    return analysis_run(message, resolver, &auth);
}

static Report *
open_and_analyse(const Session *session, const char *path, Message **message, GError **error)
{
    *message = message_load(path, error);
    if (!*message)
        return NULL;
    g_autoptr(Resolver) resolver = open_resolver(session->options, path, error);
    return resolver ? analyse(session, *message, resolver) : NULL;
}

/* ---- report ---- */

static int
status_of(const Report *report)
{
    switch (report->dmarc->rfc9989->result) {
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
    const PrinterStyle style = { o->color, wants_ascii(o), terminal_width() };
    if (o->format == FORMAT_JSON)
        printer_json(out, report);
    else
        printer_text(out, report, &style);
    const int status = o->exit_code ? status_of(report) : EXIT_PASS;
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

/* ---- the screen ---- */

static int
view_file(const Session *session)
{
    g_autoptr(Message) message = NULL;
    g_autoptr(GError) error = NULL;
    const char *path = session->options->files[0];
    Report *report = path ? open_and_analyse(session, path, &message, &error) : NULL;
    g_autofree char *fault = error ? text_visible(error->message, -1) : NULL;
    const AppInput input = { message, report, fault, wants_ascii(session->options),
                             session->options->no_color };

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

    g_string_append_printf(out, "fromscope %s\n", VERSION);
    g_string_append(out, "engines        SPF RFC 7208, DKIM RFC 6376/8301/8463, DMARC RFC 9989 and RFC 7489: own\n");
    g_string_append(out, "               ARC RFC 8617\n");
    g_string_append(out, "DNS            snapshot files; live DNS is not part of this version yet\n");
    g_string_append_printf(out, "public suffixes %s\n", psl_source(session->psl));
    g_string_append(out, "confinement    none yet\n");
    return write_all(out) ? EXIT_PASS : EXIT_TROUBLE;
}

static int
run(const Session *session)
{
    switch (session->options->command) {
    case COMMAND_REPORT:
        return report_files(session);
    case COMMAND_INFO:
        return print_info(session);
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
    const Session session = { options, psl, g_get_real_time() / G_USEC_PER_SEC };
    return run(&session);
}

/* command-report.c: `report`: the analysis of each file, printed.
 * SPDX-License-Identifier: MIT */
#include "session.h"

static Report *
open_and_analyse(const Session *session, const char *path, Message **message, GError **error)
{
    *message = message_load(path, error);
    if (!*message)
        return NULL;
    g_autoptr(Resolver) own = NULL;
    Resolver *resolver = session_resolver(session, path, &own, error);
    return resolver ? session_analyse(session, *message, resolver) : NULL;
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
        session_complain(error);
        return EXIT_TROUBLE;
    }
    const PrinterStyle style = session_printer_style(o);
    if (o->format == FORMAT_JSON)
        printer_json(out, report);
    else
        printer_text(out, report, &style);
    const int status = o->exit_code ? status_of_result(report->dmarc->rfc9989->result) : EXIT_PASS;
    report_free(report);
    return session_write(out) ? status : EXIT_TROUBLE;
}

int
command_report(const Session *session)
{
    int status = EXIT_PASS;

    for (char **path = session->options->files; *path; path++)
        status = status_worse(status, report_file(session, *path));
    return status;
}

/* command-check.c: `check`: would a message that does not exist yet pass?
 * SPDX-License-Identifier: MIT */
#include "check.h"
#include "session.h"

int
command_check(const Session *session)
{
    const Options *o = session->options;
    const AnalysisOptions options = session_analysis_options(session);
    const PrinterStyle style = session_printer_style(o);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GArray) results = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(Resolver) own = NULL;
    Resolver *resolver = session_resolver(session, "-", &own, &error);
    int status = EXIT_PASS;

    if (!resolver || !check_print(o, resolver, &options, &style, out, results, &error)) {
        session_complain(error);
        return EXIT_TROUBLE;
    }
    for (guint i = 0; i < results->len; i++)
        status = status_worse(status, status_of_result(g_array_index(results, int, i)));
    if (!session_write(out))
        return EXIT_TROUBLE;
    return o->exit_code ? status : EXIT_PASS;
}

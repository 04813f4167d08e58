/* fidelity-probe.c: analyses a message as if it had come by another way, for tests: prints JSON.
 * SPDX-License-Identifier: MIT
 *
 * fidelity-probe FIDELITY BORDER AT DNS FILE: FIDELITY may be "-" (as it is), BORDER 0 (searched),
 * AT is seconds since 1970. */
#include <stdio.h>
#include <stdlib.h>

#include "analysis/analysis.h"
#include "report/printer.h"

static void
mark(Message *message, const char *fidelity)
{
    Origin *origin = origin_new("paste");

    origin->fidelity = g_strdup(fidelity);
    message_take_origin(message, origin);
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);

    if (argc != 6)
        return 2;
    const char *const zones[] = { argv[4], NULL };
    g_autoptr(Psl) psl = psl_open(NULL, NULL);
    g_autoptr(Resolver) resolver = resolver_snapshot(zones, FALSE, &error);
    g_autoptr(Message) message = resolver ? message_load(argv[5], &error) : NULL;
    if (!message) {
        fprintf(stderr, "%s\n", error->message);
        return 2;
    }
    if (*argv[1] != '-')
        mark(message, argv[1]);
    const gint64 at = g_ascii_strtoll(argv[3], NULL, 10);
    const AnalysisOptions options = { .identities = { .border = (guint)atoi(argv[2]) },
                                      .at = at, .now = at, .psl = psl };
    Report *report = analysis_run(message, resolver, &options);
    printer_json(out, report);
    fputs(out->str, stdout);
    report_free(report);
    return 0;
}

/* main.c: reads the command line and runs the command.
 * SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "language.h"
#include "session.h"

static int
run(const Session *session)
{
    switch (session->options->command) {
    case COMMAND_REPORT:
        return command_report(session);
    case COMMAND_CHECK:
        return command_check(session);
    case COMMAND_INFO:
        return command_info(session);
    case COMMAND_SNAPSHOT:
        return command_snapshot(session);
    case COMMAND_REPAIR:
        return command_repair(session);
    case COMMAND_VIEW:
        return command_view(session);
    }
    return EXIT_TROUBLE;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    language_choose(argv);
    g_autoptr(Config) config = config_load();
    g_autoptr(Options) options = options_parse(argc, argv, config, &error);
    if (options && options->version) {
        printf("fromscope %s\n", VERSION);
        return EXIT_PASS;
    }
    if (options && options->format == FORMAT_JSON)
        language_use_english();
    for (guint i = 0; i < config->faults->len; i++)
        session_warn(config->faults->pdata[i]);
    const LiveOptions live = options ? session_live_options(options, config) : (LiveOptions){ 0 };
    g_autoptr(Psl) psl = options ? psl_open(options->psl, &error) : NULL;
    g_autoptr(Resolver) resolver = psl ? resolver_live(&live, &error) : NULL;
    if (!resolver) {
        session_complain(error);
        return EXIT_TROUBLE;
    }
    g_auto(GStrv) trusted = session_trusted(options, config);
    const Session session = { options, psl, g_get_real_time() / G_USEC_PER_SEC, resolver, config,
                              trusted };
    return run(&session);
}

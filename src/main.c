/* main.c: reads the command line and runs the command.
 * SPDX-License-Identifier: MIT */
#include <locale.h>
#include <stdio.h>

#include "peers/confine.h"
#include "peers/peers.h"
#include "session.h"

static int
print_info(const Session *session)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const LiveOptions options = session_live_options(session->options);
    g_autofree char *live = live_describe(&options);
    g_autofree char *peers = peers_describe(), *confinement = confine_describe();

    g_string_append_printf(out, "fromscope %s\n", VERSION);
    g_string_append(out, "engines          SPF RFC 7208, DKIM RFC 6376/8301/8463, DMARC RFC 9989 and RFC 7489: own\n");
    g_string_append(out, "                 ARC RFC 8617\n");
    g_string_append_printf(out, "DNS              snapshot files; live: %s\n", live);
    g_string_append_printf(out, "public suffixes  %s\n", psl_source(session->psl));
    g_string_append_printf(out, "second opinions  %s\n", peers);
    g_string_append_printf(out, "confinement      of second opinions: %s\n", confinement);
    return session_write(out) ? EXIT_PASS : EXIT_TROUBLE;
}

static int
run(const Session *session)
{
    switch (session->options->command) {
    case COMMAND_REPORT:
        return command_report(session);
    case COMMAND_CHECK:
        return command_check(session);
    case COMMAND_INFO:
        return print_info(session);
    case COMMAND_SNAPSHOT:
        return command_snapshot(session);
    case COMMAND_VIEW:
        return command_view(session);
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
        session_complain(error);
        return EXIT_TROUBLE;
    }
    if (options->version) {
        printf("fromscope %s\n", VERSION);
        return 0;
    }
    const LiveOptions live = session_live_options(options);
    g_autoptr(Resolver) resolver = resolver_live(&live, &error);
    if (!resolver) {
        session_complain(error);
        return EXIT_TROUBLE;
    }
    const Session session = { options, psl, g_get_real_time() / G_USEC_PER_SEC, resolver };
    return run(&session);
}

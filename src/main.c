/* main.c: reads the command line and runs the command.
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "auth/crypto.h"
#include "base/translate.h"
#include "command/command.h"
#include "command/list.h"
#include "options/language.h"

static int
run(const Session *session)
{
    switch (session->options->command) {
    case COMMAND_REPORT:
        return command_report(session);
    case COMMAND_CHECK:
        return command_check(session);
    case COMMAND_SURVEY:
        return session->options->list ? command_list(session) : command_survey(session);
    case COMMAND_INFO:
        return command_info(session);
    case COMMAND_SNAPSHOT:
        return command_snapshot(session);
    case COMMAND_REPAIR:
        return command_repair(session);
    case COMMAND_LESSON:
        return command_lesson(session);
    case COMMAND_VIEW:
        return command_view(session);
    }
    return EXIT_TROUBLE;
}

/* In this process, or its names are compared here. On a terminal another one does, which reads the files of data itself. */
static gboolean
analyses(const Options *options)
{
    const gboolean views = options->command == COMMAND_VIEW && (options->plain || isatty(STDOUT_FILENO));

    return options->command == COMMAND_REPORT || options->command == COMMAND_CHECK ||
           (options->command == COMMAND_VIEW && !views) || options->command == COMMAND_LESSON ||
           options->command == COMMAND_SURVEY;
}

/* A line of the configuration was to be followed here, and cannot be: going on, another server would get the
 * questions, another list would decide. `info` shows what there is. */
static gboolean
is_misled(const Config *config, const Options *options)
{
    const gboolean live = !options->offline && !options->dns && !options->dns_server;

    if (options->command == COMMAND_INFO)
        return FALSE;
    return (config->misled & CONFIG_SERVER && live) ||
           (config->misled & CONFIG_ANCHOR && !options->trust_anchor && live) ||
           (config->misled & CONFIG_SUFFIXES && !options->psl);
}

/* Who was started without a standard stream would open a message or a socket in its place, and then write into it. What stands
 * there now can be neither read nor written. */
static void
hold_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            open("/", O_PATH);      /* the lowest number that is free */
    signal(SIGXFSZ, SIG_IGN);       /* too much for `ulimit -f` is a fault of writing, and told as one */
}

/* A program that waits for what nobody knows to type looks dead. */
static void
say_what_to_type(const Options *options)
{
    const gboolean input = g_strv_contains((const char *const *)options->files, "-") ||
                           (options->command == COMMAND_REPAIR && !options->files[0]);

    if (input && isatty(STDIN_FILENO))
        standard_warn(_("standard input is this terminal: paste a message, then Enter and Ctrl-D (Ctrl-C: leave)"));
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    hold_streams();
    crypto_begin();
    language_choose(argv);
    g_autoptr(Config) config = config_load();
    g_autoptr(Options) options = options_parse(argc, argv, config, &error);
    if (options && options->version)
        return standard_print("fromscope " VERSION "\n") ? EXIT_PASS : EXIT_TROUBLE;
    if (options && options->format == FORMAT_JSON)
        language_use_english();
    for (guint i = 0; i < config->faults->len; i++)
        standard_warn(config->faults->pdata[i]);
    if (options && is_misled(config, options))
        return EXIT_TROUBLE;
    if (options)
        say_what_to_type(options);
    const LiveOptions live = options ? session_live_options(options, config) : (LiveOptions){ 0 };
    g_autoptr(Psl) psl = options ? psl_open(options->psl, &error) : NULL;
    g_autoptr(Resolver) resolver = psl ? resolver_live(&live, &error) : NULL;
    if (!resolver) {
        standard_complain(error);
        return EXIT_TROUBLE;
    }
    g_auto(GStrv) trusted = session_trusted(options, config);
    g_autoptr(SessionData) data = analyses(options) ? session_data_load(NULL) : NULL;
    const Session session = { options, psl, g_get_real_time() / G_USEC_PER_SEC, resolver, config,
                              trusted, data };
    return run(&session);
}

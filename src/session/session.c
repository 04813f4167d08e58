/* session.c: what the commands have in common.
 * SPDX-License-Identifier: MIT */
#include "session/session.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/text.h"
#include "tree/words.h"
#include "whatif/outcome.h"

char **
session_trusted(const Options *options, const Config *config)
{
    GPtrArray *hosts = g_ptr_array_new();
    char **const lists[] = { options->trust, config->trust };

    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        for (char **host = lists[i]; host && *host; host++)
            if (!g_ptr_array_find_with_equal_func(hosts, *host, g_str_equal, NULL))
                g_ptr_array_add(hosts, g_strdup(*host));
    g_ptr_array_add(hosts, NULL);
    return (char **)g_ptr_array_free(hosts, FALSE);
}

static void
add_hosts(GPtrArray *hosts, char *const *more)
{
    for (; more && *more; more++)
        g_ptr_array_add(hosts, g_strdup(*more));
}

char **
session_all_trusted(const Session *session, const GPtrArray *chosen, const LessonOptions *lesson)
{
    GPtrArray *hosts = g_ptr_array_new();

    add_hosts(hosts, session->trusted);
    for (guint i = 0; chosen && i < chosen->len; i++)
        g_ptr_array_add(hosts, g_strdup(chosen->pdata[i]));
    add_hosts(hosts, lesson ? lesson->trust : NULL);
    g_ptr_array_add(hosts, NULL);
    return (char **)g_ptr_array_free(hosts, FALSE);
}

/* ---- where DNS answers come from ---- */

LiveOptions
session_live_options(const Options *options, const Config *config)
{
    return (LiveOptions){ .server = options->dns_server ? options->dns_server : config->dns_server,
                          .trust_anchor = options->trust_anchor,
                          .timeout = options->dns_timeout };
}

char *
session_beside(const Session *session, const char *path)
{
    return session->options->no_beside || g_str_equal(path, "-") ? NULL : snapshot_path_beside(path);
}

gboolean
session_is_silent(const Session *session)
{
    return session->options->offline || (session->config->offline && !session->options->dns_server);
}

/* INTERFACE.md, "Snapshot file": a stranger's file is not asked where a source was named. A named one is a file, and to read it asks
 * nobody: --offline goes with it. */
Resolver *
session_resolver(const Session *session, const char *path, Resolver **own, GError **error)
{
    const Options *o = session->options;

    if (o->dns)
        return *own = resolver_snapshot((const char *const *)o->dns, FALSE, error);
    if (o->offline)
        return *own = resolver_offline();
    g_autofree char *beside = o->dns_server ? NULL : session_beside(session, path);
    if (!beside && session_is_silent(session))
        return *own = resolver_offline();
    if (!beside)
        return session->live;
    const char *const paths[] = { beside, NULL };
    return *own = resolver_snapshot(paths, TRUE, error);
}

/* ---- one message ---- */

AnalysisOptions
session_analysis_options(const Session *session)
{
    const Options *o = session->options;
    const SessionData *data = session->data;

    return (AnalysisOptions){
        .identities = { .ip = o->ip, .helo = o->helo, .mail_from = o->mail_from },
        .trusted = (const char *const *)session->trusted,
        .at = o->at,
        .now = session->now,
        .psl = session->psl,
        .second_opinions = o->second_opinions != TRI_FALSE ? OPINIONS_NOW : OPINIONS_NONE,
        .receivers = data ? data->receivers : NULL,
        .lookalikes = data ? data->lookalikes : NULL,
        .programs = data ? data->programs : NULL,
        .providers = data ? data->providers : NULL,
    };
}

void
session_add_lesson(AnalysisOptions *options, const LessonOptions *lesson)
{
    if (lesson->at != RECORD_UNSET && options->at == RECORD_UNSET)
        options->at = lesson->at;
    if (!options->identities.ip)
        options->identities.ip = lesson->ip;
    if (!options->identities.helo)
        options->identities.helo = lesson->helo;
    if (!options->identities.mail_from)
        options->identities.mail_from = lesson->mail_from;
}

gboolean
session_refuses(const char *path, const Report *report, GError **error)
{
    const Finding *refusal = edits_refusal(report);
    g_autofree char *text = refusal ? words_finding(refusal) : NULL;

    if (!refusal)
        return FALSE;
    fault_set(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s%s--what-if %s", path ? path : "",
              path ? ": " : "", text);
    return TRUE;
}

static Report *
report_without(SourceInfo *source, const char *finding, const char *why)
{
    Report *report = report_new();

    record_free(&source_info_type, report->source);
    report->source = source;
    report_add_finding(report, finding, SEVERITY_PROBLEM, why, NULL);
    return report;
}

Report *
session_unreadable(SourceInfo *source, const GError *error)
{
    return report_without(source, "message-unreadable", error->message);
}

Report *
session_died(SourceInfo *source, const char *how, gboolean whole)
{
    return report_without(source, whole ? "mailbox-died" : "parser-died", how);
}

char *
session_died_text(SourceInfo *source, const char *how, gboolean whole)
{
    Report *report = session_died(source, how, whole);
    g_autofree char *words = words_finding(report->findings->pdata[0]);
    char *text = source->index > 1 ? g_strdup_printf(_("%s, message %u: %s"), source->path, (guint)source->index, words)
                                   : g_strdup_printf("%s: %s", source->path, words);

    report_free(report);
    return text;
}

/* ---- results and paper ---- */

int
status_of_result(int result)
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
int
status_worse(int a, int b)
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

gboolean
session_wants_ascii(const Options *options)
{
    return options->ascii || !g_get_charset(NULL);
}

PrinterStyle
session_printer_style(const Options *options)
{
    return (PrinterStyle){ options->color, session_wants_ascii(options), terminal_width() };
}

/* command-view.c: messages on the screen, or as text where there is none.
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <unistd.h>

#include "session.h"
#include "analysis/canonical.h"
#include "base/translate.h"
#include "tui/app.h"
#include "tui/keymap.h"

/* Where answers came from last: messages of one file share them. The screen and the rows of a list
 * each have their own, since both may ask at once. */
typedef struct {
    char     *path;
    DnsMode   mode;
    Resolver *resolver;
    int       canceled;     /* atomic: it answers nothing any more */
} Source;

typedef struct {
    const Session *session;
    Source         screen, rows;
} Host;

typedef struct {
    const Message  *message;
    Source         *source;
    GPtrArray      *trusted;    /* char *, NULL-terminated */
    AnalysisOptions options;
} Job;

static void
source_clear(Source *source)
{
    g_clear_pointer(&source->path, g_free);
    g_clear_pointer(&source->resolver, resolver_free);
    source->canceled = FALSE;
}

/* The command line as if it had named this mode. */
static Options
options_for(const Session *session, DnsMode mode)
{
    Options o = *session->options;

    o.offline = mode == DNS_MODE_OFFLINE;
    if (mode == DNS_MODE_LIVE) {
        o.dns = NULL;
        o.no_beside = TRUE;
    } else if (mode == DNS_MODE_SNAPSHOT && !o.dns) {
        o.no_beside = FALSE;
        o.dns_server = NULL;
    }
    return o;
}

static Resolver *
open_source(const Session *session, const char *path, DnsMode mode, GError **error)
{
    const Options o = options_for(session, mode);
    Session changed = *session;
    Resolver *own = NULL;

    if (mode == DNS_MODE_LIVE) {
        const LiveOptions live = session_live_options(session->options, session->config);
        return resolver_live(&live, error);
    }
    changed.options = &o;
    session_resolver(&changed, path, &own, error);
    return own;
}

/* Live answers hold for every file; a snapshot is a file's own. */
static gboolean
source_set(Source *source, const Session *session, const char *path, DnsMode mode, GError **error)
{
    const gboolean same = source->resolver && !g_atomic_int_get(&source->canceled) &&
                          source->mode == mode &&
                          (mode != DNS_MODE_SNAPSHOT || g_str_equal(source->path, path));

    if (same)
        return TRUE;
    source_clear(source);
    source->path = g_strdup(path);
    source->mode = mode;
    source->resolver = open_source(session, path, mode, error);
    return source->resolver != NULL;
}

static Report *
job_run(gpointer data)
{
    const Job *job = data;

    return analysis_run(job->message, job->source->resolver, &job->options);
}

static char *
job_waiting(gpointer data)
{
    return resolver_waiting(((const Job *)data)->source->resolver);
}

static void
job_cancel(gpointer data)
{
    const Job *job = data;

    g_atomic_int_set(&job->source->canceled, TRUE);
    resolver_cancel(job->source->resolver);
}

static void
job_free(gpointer data)
{
    Job *job = data;

    g_ptr_array_unref(job->trusted);
    g_free(job);
}

/* The person's hosts may change while a row is judged, so each job has its own copy. */
static GPtrArray *
all_trusted(const Session *session, const GPtrArray *chosen)
{
    GPtrArray *hosts = g_ptr_array_new_with_free_func(g_free);

    for (char **host = session->trusted; host && *host; host++)
        g_ptr_array_add(hosts, g_strdup(*host));
    for (guint i = 0; i < chosen->len; i++)
        g_ptr_array_add(hosts, g_strdup(chosen->pdata[i]));
    g_ptr_array_add(hosts, NULL);
    return hosts;
}

static gboolean
prepare(gpointer data, const Message *message, const AppChoices *choices, AppJob *job,
        GError **error)
{
    Host *host = data;
    Source *source = choices->row ? &host->rows : &host->screen;

    if (!source_set(source, host->session, message_path(message), choices->dns, error))
        return FALSE;
    Job *made = g_new0(Job, 1);
    made->message = message;
    made->source = source;
    made->trusted = all_trusted(host->session, choices->trusted);
    made->options = session_analysis_options(host->session);
    made->options.trusted = (const char *const *)made->trusted->pdata;
    made->options.identities.border = choices->border;
    made->options.second_opinions = made->options.second_opinions && !choices->row;
    *job = (AppJob){ job_run, job_waiting, job_cancel, job_free, made };
    return TRUE;
}

static DnsMode
dns_modes(gpointer data, const char *path, guint *modes)
{
    const Session *session = ((const Host *)data)->session;
    const Options *o = session->options;
    g_autofree char *beside =
        o->no_beside || g_str_equal(path, "-") ? NULL : snapshot_path_beside(path);

    *modes = 1u << DNS_MODE_LIVE | 1u << DNS_MODE_OFFLINE;
    if (o->dns || beside)
        *modes |= 1u << DNS_MODE_SNAPSHOT | (o->dns ? 0 : DNS_MODE_BESIDE);
    if (o->offline)
        return DNS_MODE_OFFLINE;
    if (o->dns || (beside && !o->dns_server))
        return DNS_MODE_SNAPSHOT;
    return session->config->offline && !o->dns_server ? DNS_MODE_OFFLINE : DNS_MODE_LIVE;
}

static int
view_files(const Session *session, gboolean plain)
{
    const Options *o = session->options;
    Host host = { .session = session };
    const AppInput input = {
        .host = { prepare, dns_modes, &host, canonical_of },
        .files = o->files,
        .index = o->index > 0 ? (guint)o->index : 0,
        .ascii = session_wants_ascii(o),
        .no_color = o->no_color,
        .no_mouse = o->no_mouse,
        .bindings = keymap_bindings(session->config->keys),
        .theme = o->theme,
        .ambiguous = o->ambiguous,
    };
    const int status = plain ? app_run_plain(&input) : app_run(&input);

    source_clear(&host.screen);
    source_clear(&host.rows);
    return status;
}

int
command_view(const Session *session)
{
    const char *term = g_getenv("TERM");
    const gboolean terminal = isatty(STDOUT_FILENO) != 0;

    /* A terminal that can only print is spoken to in lines. */
    if (session->options->plain || (terminal && g_strcmp0(term, "dumb") == 0))
        return view_files(session, TRUE);
    if (terminal)
        return view_files(session, FALSE);
    if (session->options->files[0])
        return command_report(session);
    fprintf(stderr, _("fromscope: no FILE given; --help lists what there is\n"));
    return EXIT_TROUBLE;
}

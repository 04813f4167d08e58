/* screen-host.c: where a message's answers of DNS come from, its analysis as a job, and what of it may wait.
 * SPDX-License-Identifier: MIT */
#include "command/screen-host.h"

#include "analysis/canonical.h"
#include "base/disk-ahead.h"
#include "command/output.h"
#include "peers/peers.h"
#include "session/apart.h"
#include "session/keeper.h"
#include "session/rows.h"
#include "session/warm.h"

/* So much is checked in the time of a frame. */
enum { QUICK_BYTES = 65536 };

/* Where answers came from last: messages of one file share them. The screen and the rows of a list
 * each have their own, since both may ask at once. */
typedef struct {
    char     *path;
    DnsMode   mode;
    gboolean  example;      /* nothing but what lies beside it counts */
    Resolver *resolver;
    int       canceled;     /* atomic: it answers nothing any more */
    SessionRows *lanes;        /* who asks it; NULL: one at a time */
} Source;

struct ScreenHost {
    const Session *session;
    Source         screen, rows;
    Session        own;         /* of the process that parses */
    const SessionData *given;   /* the session's own; NULL: warm() reads them */
    AppInput      *input;
};

typedef struct {
    const Message  *message;
    Source         *source;
    char          **trusted;
    AnalysisOptions options;
    const Options  *command;
    const Report   *unproved;
} Job;

/* Second opinions under way. */
typedef struct {
    Source *source;
    Report *report;
    Peers  *peers;
    Stop   *stop;
} Second;

static void
source_clear(Source *source)
{
    if (source->lanes)
        session_rows_forget(source->lanes);
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
    if (mode == DNS_MODE_LIVE || mode == DNS_MODE_OFFLINE) {
        o.dns = NULL;
        o.no_beside = TRUE;
    } else if (mode == DNS_MODE_SNAPSHOT && !o.dns) {
        o.no_beside = FALSE;
        o.dns_server = NULL;
    }
    return o;
}

/* As if the command line had said nothing of DNS. */
static void
forget_dns(Options *o)
{
    o->offline = o->no_beside = FALSE;
    o->dns = NULL;
    o->dns_server = NULL;
}

static Resolver *
open_source(const Session *session, const char *path, DnsMode mode, gboolean example, GError **error)
{
    Options o = options_for(session, mode);
    Session changed = *session;
    Resolver *own = NULL;

    if (mode == DNS_MODE_LIVE) {
        const LiveOptions live = session_live_options(session->options, session->config);
        return resolver_live(&live, error);
    }
    if (example)
        forget_dns(&o);
    changed.options = &o;
    session_resolver(&changed, path, &own, error);
    return own;
}

/* Live answers hold for every file; a snapshot is a file's own. */
static gboolean
source_set(Source *source, const Session *session, const char *path, DnsMode mode, gboolean example,
           GError **error)
{
    const gboolean same = source->resolver && !g_atomic_int_get(&source->canceled) &&
                          source->mode == mode && source->example == example &&
                          (mode != DNS_MODE_SNAPSHOT || g_str_equal(source->path, path));

    if (same)
        return TRUE;
    source_clear(source);
    source->path = g_strdup(path);
    source->mode = mode;
    source->example = example;
    source->resolver = open_source(session, path, mode, example, error);
    return source->resolver != NULL;
}

static Report *
job_run(gpointer data)
{
    const Job *job = data;
    Resolver *resolver = job->source->resolver;
    Report *report = job->source->lanes
                         ? session_rows_run(job->source->lanes, job->message, resolver, &job->options)
                         : analysis_run(job->message, resolver, &job->options);

    output_redact(job->command, job->message, report);
    return report;
}

static Report *
job_prove(gpointer data)
{
    const Job *job = data;
    Report *report = record_copy(&report_type, job->unproved);

    analysis_prove(job->message, job->source->resolver, &job->options, report);
    return report;
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

    g_strfreev(job->trusted);
    g_free(job);
}

/* What is masked cannot be asked about any more. A proof that may wait, or take its time, is made at once: the screen
 * has no thread for it afterwards. */
static void
put_off(Job *job, DnsMode mode)
{
    if (job->command->redact)
        return;
    if (job->options.second_opinions == OPINIONS_NOW)
        job->options.second_opinions = OPINIONS_LATER;
    job->options.proofs_later = mode != DNS_MODE_LIVE &&
                                g_bytes_get_size(message_raw(job->message)) <= QUICK_BYTES;
}

static gboolean
prepare(gpointer data, const Message *message, const AppChoices *choices, AppJob *job,
        GError **error)
{
    ScreenHost *host = data;
    Source *source = choices->row ? &host->rows : &host->screen;

    const DnsMode mode = choices->example ? DNS_MODE_SNAPSHOT : choices->dns;

    if (!source_set(source, host->session, message_path(message), mode, choices->example, error))
        return FALSE;
    Job *made = g_new0(Job, 1);
    made->message = message;
    made->command = host->session->options;
    made->source = source;
    made->trusted = session_all_trusted(host->session, choices->trusted, choices->lesson);
    made->options = session_analysis_options(host->session);
    made->options.trusted = (const char *const *)made->trusted;
    made->options.identities.border = choices->border;
    made->options.edits = choices->edits;
    made->options.known = choices->known;
    if (choices->example) {
        made->options.identities = (IdentityOverrides){ 0 };
        made->options.at = RECORD_UNSET;
    }
    if (choices->lesson)
        session_add_lesson(&made->options, choices->lesson);
    made->unproved = choices->unproved;
    if (choices->row || edits_length(choices->edits) > 0)
        made->options.second_opinions = OPINIONS_NONE;
    else if (choices->later)
        put_off(made, mode);
    *job = (AppJob){ made->unproved ? job_prove : job_run, job_waiting, job_cancel, job_free, made };
    return TRUE;
}

/* ---- second opinions, afterwards ---- */

static Report *
second_run(gpointer data)
{
    Second *second = data;

    peers_finish(second->peers);
    if (stop_wished(second->stop))
        g_clear_pointer(&second->report, report_free);
    return g_steal_pointer(&second->report);
}

static char *
second_waiting(gpointer data)
{
    return resolver_waiting(((const Second *)data)->source->resolver);
}

/* A question to the network does not end by itself. */
static void
second_cancel(gpointer data)
{
    const Second *second = data;

    stop_wish(second->stop);
    if (second->source->mode != DNS_MODE_LIVE)
        return;
    g_atomic_int_set(&second->source->canceled, TRUE);
    resolver_cancel(second->source->resolver);
}

static void
second_free(gpointer data)
{
    Second *second = data;

    stop_free(second->stop);
    g_free(second);
}

/* The libraries are started here, where no other thread of ours can hold a lock (process/child.h), and
 * heard in the job. */
static gboolean
opinions(gpointer data, const Report *report, AppJob *job)
{
    ScreenHost *host = data;

    if (!host->screen.resolver)
        return FALSE;
    Second *second = g_new0(Second, 1);
    second->source = &host->screen;
    second->report = record_copy(&report_type, report);
    second->stop = stop_new();
    second->peers = peers_start(second->report, host->screen.resolver, host->session->psl,
                                second->stop);
    *job = (AppJob){ second_run, second_waiting, second_cancel, second_free, second };
    return TRUE;
}

static DnsMode
dns_modes(gpointer data, const char *path, guint *modes)
{
    const Session *session = ((const ScreenHost *)data)->session;
    const Options *o = session->options;
    g_autofree char *beside = session_beside(session, path);

    *modes = 1u << DNS_MODE_LIVE | 1u << DNS_MODE_OFFLINE;
    if (o->dns || beside)
        *modes |= 1u << DNS_MODE_SNAPSHOT | (o->dns ? 0 : DNS_MODE_BESIDE);
    if (session_is_silent(session))
        *modes |= DNS_MODE_SILENT;
    if (o->dns)
        return DNS_MODE_SNAPSHOT;
    if (o->offline)
        return DNS_MODE_OFFLINE;
    if (beside && !o->dns_server)
        return DNS_MODE_SNAPSHOT;
    return session_is_silent(session) ? DNS_MODE_OFFLINE : DNS_MODE_LIVE;
}

/* ---- two processes ---- */

/* The message that is named alone, and what lies beside it; nothing of it is read here. */
static void
open_ahead(const ScreenHost *host)
{
    const Options *o = host->session->options;

    disk_ahead_record();
    if (o->command != COMMAND_VIEW || !o->files[0] || o->files[1])
        return;
    disk_ahead(o->files[0]);
    g_autofree char *beside = session_beside(host->session, o->files[0]);
    if (beside)
        disk_ahead(beside);
}

/* What comes with the program, and what earlier ones lacked. The person's data files are read once a process. */
static void
warm(gpointer data, const char *const *needs)
{
    ScreenHost *host = data;

    host->own = *host->session;
    host->session = &host->own;
    if (!host->own.data)
        host->own.data = session_data_load(host->input->faults);
    host->input->providers = host->own.data->providers;
    host->input->lookalikes = host->own.data->lookalikes;
    session_warm(needs);
    open_ahead(host);
}

/* What asks DNS has descriptors, which a fork left behind. */
static void
enter(gpointer data)
{
    ScreenHost *host = data;
    const LiveOptions live = session_live_options(host->own.options, host->own.config);

    host->own.live = resolver_live(&live, NULL);
    disk_ahead_serve();
}

static int
start(gpointer data, const char *name, GBytes *told, pid_t *pid)
{
    return session_start_child(((const ScreenHost *)data)->session, name, told, pid);
}

static Keeper *
keeper(gpointer data)
{
    return session_keeper(((const ScreenHost *)data)->session);
}

ScreenHost *
screen_host_new(const Session *session, AppInput *input)
{
    ScreenHost *host = g_new0(ScreenHost, 1);

    host->session = session;
    host->given = session->data;
    host->input = input;
    host->rows.lanes = session_rows_new();
    input->host = (AppHost){ prepare, dns_modes, host, canonical_of, opinions, warm, enter, start, keeper };
    input->lanes = session_rows_lanes(host->rows.lanes);
    return host;
}

void
screen_host_free(ScreenHost *host)
{
    source_clear(&host->screen);
    source_clear(&host->rows);
    session_rows_free(host->rows.lanes);
    if (host->own.data && host->own.data != host->given)
        session_data_free((SessionData *)host->own.data);
    g_free(host);
}

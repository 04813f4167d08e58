/* command-snapshot.c: `snapshot`: all that the analysis asks of live DNS, as a file.
 * SPDX-License-Identifier: MIT
 *
 * Messages are analyzed in a confined worker (batch/batch.h), which asks DNS through this process and sends back what was
 * answered. */
#include "base/hash.h"
#include "base/translate.h"
#include "batch/batch.h"
#include "dns/service-pool.h"
#include "dns/snapshot-writer.h"
#include "mailbox/inside.h"
#include "peers/peers.h"
#include "session-warm.h"
#include "session.h"

/* As many as `report --inner` looks at. */
#define INNER_MAX 200
#define INNER_DEPTH_MAX 10

typedef struct {
    const Session *session;
    AnalysisOptions options;
    Resolver      *live;        /* in the worker: asks through the parent */
    ServicePool   *served;      /* in the parent: live DNS */
    GPtrArray     *answers;     /* DnsAnswer, owned */
    GHashTable    *settled;     /* "TYPE name" of those that are no trouble */
    int            status;
} Harvest;

/* What comes of one message. */
typedef struct {
    char      *fault;           /* what went wrong; or NULL */
    GPtrArray *answers;         /* DnsAnswer */
} Yield;

static const RecordField yield_fields[] = {
    { "fault", RECORD_STRING, offsetof(Yield, fault), NULL, NULL, RECORD_SHOWN },
    { "answers", RECORD_LIST, offsetof(Yield, answers), &dns_answer_type, NULL, RECORD_SHOWN },
    { NULL, RECORD_STRING, 0, NULL, NULL, RECORD_SHOWN },
};
static const RecordType yield_type = { "yield", sizeof(Yield), yield_fields };

/* ---- the worker ---- */

/* Appends what the analysis of this message asked. FALSE where DNS could not be asked. */
static gboolean
collect_answers(const Harvest *harvest, const AnalysisOptions *options, const Message *message, Yield *yield)
{
    Report *report = analysis_run(message, harvest->live, options);

    for (guint i = 0; i < report->dns->len && !yield->fault; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        if (answer->status != DNS_OFFLINE)
            g_ptr_array_add(yield->answers, record_copy(&dns_answer_type, answer));
        else
            yield->fault = g_strdup_printf(_("%s: DNS could not be asked: %s"), message_path(message),
                                           answer->why ? answer->why : "offline");
    }
    report_free(report);
    return !yield->fault;
}

static gboolean
collect_message(const Harvest *harvest, const AnalysisOptions *options, const Message *message, guint depth,
                Yield *yield)
{
    if (!collect_answers(harvest, options, message, yield))
        return FALSE;
    if (!harvest->session->options->inner || depth >= INNER_DEPTH_MAX)
        return TRUE;
    g_autoptr(GPtrArray) inside = inside_find(message, INNER_MAX);
    for (guint i = 0; i < inside->len; i++) {
        const InsideMessage *inner = inside->pdata[i];
        if (!collect_message(harvest, options, inner->message, depth + 1, yield))
            return FALSE;
    }
    return TRUE;
}

static void
prepare(const char *const *needs, gpointer data)
{
    (void)data;
    session_warm(needs);
}

static guint
message(const BatchPlace *place, GString *out, gpointer data)
{
    Harvest *harvest = data;
    const Options *o = harvest->session->options;
    const LiveOptions live = session_live_options(o, harvest->session->config);
    AnalysisOptions options = harvest->options;
    Yield *yield = record_new(&yield_type);

    /* As `report` does: a mailbox is not asked about by others, too, unless they were called for. */
    options.second_opinions = o->second_opinions == TRI_TRUE ||
                                      (o->second_opinions == TRI_UNKNOWN && (!place->mailbox || o->index > 0))
                                  ? OPINIONS_NOW
                                  : OPINIONS_NONE;
    if (!harvest->live)
        harvest->live = resolver_pool(place->line, &live);
    if (place->message) {
        collect_message(harvest, &options, place->message, 0, yield);
    } else {
        yield->fault = g_strdup(place->error->message);
        record_free(&source_info_type, place->source);
    }
    g_autoptr(GBytes) bytes = record_save(&yield_type, yield);
    g_string_append_len(out, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes));
    record_free(&yield_type, yield);
    return 0;
}

/* ---- the parent ---- */

static void
warn(Harvest *harvest, const char *text)
{
    session_warn(text);
    harvest->status = EXIT_TROUBLE;
}

/* Whoever was taken over may leave out anything. */
static void
keep_answer(Harvest *harvest, const DnsAnswer *answer)
{
    if (!answer->type || !answer->name)
        return;
    g_autofree char *key = g_strdup_printf("%s %s", answer->type, answer->name);
    if (g_hash_table_contains(harvest->settled, key))
        return;
    g_ptr_array_add(harvest->answers, record_copy(&dns_answer_type, answer));
    if (!dns_is_trouble(answer))
        g_hash_table_add(harvest->settled, g_steal_pointer(&key));
}

static void
piece(const void *bytes, gsize length, gpointer data)
{
    Harvest *harvest = data;
    g_autoptr(GBytes) saved = g_bytes_new(bytes, length);
    Yield *yield = record_load(&yield_type, saved);

    if (!yield) {
        warn(harvest, _("nonsense instead of an answer"));
        return;
    }
    for (guint i = 0; i < yield->answers->len; i++)
        keep_answer(harvest, yield->answers->pdata[i]);
    if (yield->fault)
        warn(harvest, yield->fault);
    record_free(&yield_type, yield);
}

static void
lost(SourceInfo *source, const PoolLoss *loss, gpointer data)
{
    g_autofree char *how = pool_loss_text(loss);
    g_autofree char *text = session_died_text(source, how, loss->whole);

    warn(data, text);
}

static void
fault(const GError *error, gpointer data)
{
    warn(data, error->message);
}

static void
asked(Pool *pool, guint worker, GBytes *question, gpointer data)
{
    service_pool_asked(((const Harvest *)data)->served, pool, worker, question);
}

static void
gone(Pool *pool, guint worker, gpointer data)
{
    service_pool_gone(((const Harvest *)data)->served, pool, worker);
}

static const ChildJob *
child(const char *name, gconstpointer *own, gpointer data)
{
    *own = psl_source(((const Harvest *)data)->session->psl);
    return peers_child(name);
}

static void
run_batch(Harvest *harvest)
{
    static const BatchClass class = { .prepare = prepare, .message = message, .piece = piece, .lost = lost,
                                      .fault = fault, .asked = asked, .gone = gone, .child = child, .copied = TRUE };
    const Options *o = harvest->session->options;
    const LiveOptions live = session_live_options(o, harvest->session->config);
    const BatchSources sources = { .files = o->files, .index = (guint)MAX(o->index, 0), .workers = 1 };
    g_autoptr(GError) error = NULL;

    harvest->served = service_pool_new(&live, &error);
    if (harvest->served)
        service_pool_expect(harvest->served, o->inner ? 1 + INNER_MAX : 1);
    if (!harvest->served)
        fault(error, harvest);
    else if (batch_run(&class, &sources, NULL, harvest) == POOL_FAILED)
        warn(harvest, _("no process can be started"));
    service_pool_free(harvest->served);
}

int
command_snapshot(const Session *session)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new();
    g_autoptr(GHashTable) settled = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    Harvest harvest = { .session = session, .options = session_analysis_options(session), .answers = answers,
                        .settled = settled, .status = EXIT_PASS };

    run_batch(&harvest);
    g_autofree char *text = snapshot_text(answers, session->now);
    for (guint i = 0; i < answers->len; i++)
        record_free(&dns_answer_type, answers->pdata[i]);
    if (answers->len == 0 && harvest.status != EXIT_PASS)
        return harvest.status;
    return session_print(text) ? harvest.status : EXIT_TROUBLE;
}

/* snapshot.c: `snapshot`: all that the analysis asks of live DNS, as a file.
 * SPDX-License-Identifier: MIT
 *
 * Messages are analyzed in a confined worker (batch/batch.h), which asks DNS through this process and sends back what was
 * answered. */
#include "command/command.h"

#include "base/hash.h"
#include "base/translate.h"
#include "command/run.h"
#include "dns/snapshot-writer.h"
#include "mailbox/inside.h"

typedef struct {
    CommandRun     base;
    AnalysisOptions options;
    Resolver      *live;        /* in the worker: asks through the parent */
    GPtrArray     *answers;     /* DnsAnswer, owned */
    GHashTable    *settled;     /* "TYPE name" of those that are no trouble */
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
    if (!harvest->base.session->options->inner || depth >= COMMAND_INNER_DEPTH_MAX)
        return TRUE;
    g_autoptr(GPtrArray) inside = inside_find(message, COMMAND_INNER_MAX);
    for (guint i = 0; i < inside->len; i++) {
        const InsideMessage *inner = inside->pdata[i];
        if (!collect_message(harvest, options, inner->message, depth + 1, yield))
            return FALSE;
    }
    return TRUE;
}

static guint
message(const BatchPlace *place, GString *out, gpointer data)
{
    Harvest *harvest = data;
    const Options *o = harvest->base.session->options;
    const LiveOptions live = session_live_options(o, harvest->base.session->config);
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
        command_run_warn(&harvest->base, _("nonsense instead of an answer"));
        return;
    }
    for (guint i = 0; i < yield->answers->len; i++)
        keep_answer(harvest, yield->answers->pdata[i]);
    if (yield->fault)
        command_run_warn(&harvest->base, yield->fault);
    record_free(&yield_type, yield);
}

static void
run_batch(Harvest *harvest)
{
    static const BatchClass class = { .prepare = command_run_prepare, .message = message, .piece = piece,
                                      .lost = command_run_lost, .fault = command_run_fault,
                                      .asked = command_run_asked, .gone = command_run_gone,
                                      .child = command_run_child, .copied = TRUE };
    const Options *o = harvest->base.session->options;
    const BatchSources sources = { .files = o->files, .index = (guint)o->index, .workers = 1 };
    g_autoptr(GError) error = NULL;

    if (command_run_serve(&harvest->base, o->inner ? 1 + COMMAND_INNER_MAX : 1, &error))
        command_run_batch(&harvest->base, &class, &sources);
    else
        command_run_fault(error, &harvest->base);
    service_pool_free(harvest->base.served);
}

int
command_snapshot(const Session *session)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new();
    g_autoptr(GHashTable) settled = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    Harvest harvest = { .base = { .session = session, .status = EXIT_PASS },
                        .options = session_analysis_options(session), .answers = answers, .settled = settled };

    run_batch(&harvest);
    g_autofree char *text = snapshot_text(answers, session->now);
    for (guint i = 0; i < answers->len; i++)
        record_free(&dns_answer_type, answers->pdata[i]);
    if (answers->len == 0 && harvest.base.status != EXIT_PASS)
        return harvest.base.status;
    return standard_print(text) ? harvest.base.status : EXIT_TROUBLE;
}

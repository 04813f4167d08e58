/* command-snapshot.c: `snapshot`: all that the analysis asks of live DNS, as a file.
 * SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "dns/resolver.h"
#include "dns/snapshot-writer.h"
#include "base/translate.h"
#include "mailbox/inside.h"
#include "mailbox/store.h"
#include "session.h"

/* As many as `report --inner` looks at. */
#define INNER_MAX 200
#define INNER_DEPTH_MAX 10

typedef struct {
    const Session *session;
    AnalysisOptions options;
    GPtrArray     *answers;     /* DnsAnswer, owned */
    GHashTable    *settled;     /* "TYPE name" of those that are no trouble */
} Harvest;

static void
keep_answer(Harvest *harvest, const DnsAnswer *answer)
{
    g_autofree char *key = g_strdup_printf("%s %s", answer->type, answer->name);

    if (g_hash_table_contains(harvest->settled, key))
        return;
    g_ptr_array_add(harvest->answers, record_copy(&dns_answer_type, answer));
    if (!dns_is_trouble(answer))
        g_hash_table_add(harvest->settled, g_steal_pointer(&key));
}

/* Appends what the analysis of this message asked. FALSE and `error`. */
static gboolean
collect_answers(Harvest *harvest, const Message *message, GError **error)
{
    Report *report = analysis_run(message, harvest->session->live, &harvest->options);
    gboolean good = TRUE;

    for (guint i = 0; i < report->dns->len && good; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        good = answer->status != DNS_OFFLINE;
        if (good)
            keep_answer(harvest, answer);
        else
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("%s: DNS could not be asked: %s"),
                        message_path(message), answer->why ? answer->why : "offline");
    }
    report_free(report);
    return good;
}

static gboolean
collect_message(Harvest *harvest, const Message *message, guint depth, GError **error)
{
    if (!collect_answers(harvest, message, error))
        return FALSE;
    if (!harvest->session->options->inner || depth >= INNER_DEPTH_MAX)
        return TRUE;
    g_autoptr(GPtrArray) inside = inside_find(message, INNER_MAX);
    for (guint i = 0; i < inside->len; i++) {
        const InsideMessage *inner = inside->pdata[i];
        if (!collect_message(harvest, inner->message, depth + 1, error))
            return FALSE;
    }
    return TRUE;
}

/* An unreadable message is told; the others are still asked for. */
static gboolean
collect_store(Harvest *harvest, Store *store)
{
    const int wanted = harvest->session->options->index;
    const int second = harvest->session->options->second_opinions;
    guint index = wanted > 0 ? (guint)wanted - 1 : 0;
    gboolean good = TRUE, any = FALSE;

    /* As `report` does: a mailbox is not asked about by others, too, unless they were called for. */
    harvest->options.second_opinions = second == TRI_TRUE ||
                                       (second == TRI_UNKNOWN &&
                                        (!store_is_mailbox(store) || wanted > 0));
    for (;; index++) {
        while (index >= store_count(store) && store_scan(store, 100000))
            continue;
        if (index >= store_count(store))
            break;
        g_autoptr(GError) error = NULL;
        g_autoptr(Message) message = store_message(store, index, &error);
        any = TRUE;
        if (!message || !collect_message(harvest, message, 0, &error)) {
            session_complain(error);
            good = FALSE;
        }
        if (wanted > 0)
            break;
    }
    if (!any) {
        g_autoptr(GError) error = NULL;
        g_set_error(&error, MESSAGE_ERROR, MESSAGE_ERROR_EMPTY,
                    _("%s: there is no message %d: it holds %u"),
                    store_path(store), MAX(wanted, 1), store_count(store));
        session_complain(error);
    }
    return good && any;
}

static gboolean
collect_file(Harvest *harvest, const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = store_open(path, &error);

    if (!store)
        session_complain(error);
    return store && collect_store(harvest, store);
}

int
command_snapshot(const Session *session)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new();
    g_autoptr(GHashTable) settled = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Harvest harvest = { session, session_analysis_options(session), answers, settled };
    int status = EXIT_PASS;

    for (char **path = session->options->files; *path; path++)
        if (!collect_file(&harvest, *path))
            status = EXIT_TROUBLE;
    g_autofree char *text = snapshot_text(answers, session->now);
    for (guint i = 0; i < answers->len; i++)
        record_free(&dns_answer_type, answers->pdata[i]);
    if (answers->len == 0 && status != EXIT_PASS)
        return status;
    return fputs(text, stdout) >= 0 && fflush(stdout) == 0 ? status : EXIT_TROUBLE;
}

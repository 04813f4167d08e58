/* service-desk.c: one loop over all clients' questions, each within what is left of its
 * message's time.
 * SPDX-License-Identifier: MIT
 *
 * A question that is under way for one client is joined by the next, and what was answered is
 * answered at once. Nothing waits in here but poll(). */
#include "dns/service-desk.h"

#include <poll.h>

#include "base/hash.h"
#include "base/name.h"
#include "base/translate.h"
#include "dns/asker.h"
#include "dns/live-context.h"
#include "dns/service-cache.h"
#include "dns/service-line.h"
#include "dns/wire.h"
#include "process/confine.h"

#define PROBE_PART  3       /* of a message's time, at most, goes into finding out about DNSSEC */

/* After several messages to which DNS said nothing at all, it is gone: the rest of a large run
 * must not wait the full time for each, yet still notices when somebody answers again. A server
 * is silent for all clients. So may one domain's be, while others speak: a question that got no
 * answer several times is not waited for so long either. */
#define SILENT_MESSAGES 3
#define SILENT_LIMIT (G_USEC_PER_SEC / 4)
#define UNANSWERED_MAX 10000

typedef struct Desk Desk;

/* A question under way, and who waits for its answer. */
typedef struct {
    Desk      *desk;
    char      *key, *name;
    DnsType    type;
    int        id;          /* of the asker; 0: not asked yet, the probe comes first */
    GPtrArray *clients;     /* Client */
} Pending;

/* A process that checks messages, one after the other, and asks one question at a time. */
typedef struct {
    guint32  number, message;
    guint    questions;     /* of this message */
    gint64   began, used;   /* microseconds: when its message asked first, how long it waited */
    gboolean waited;        /* for the network, in this message */
    Pending *pending;       /* what it waits for, or NULL */
    gint64   since, until;
} Client;

struct Desk {
    ServiceLine  line;
    Asker       *asker;
    char        *fault;         /* why nothing can be asked, or NULL */
    const char  *source;
    gint64       limit;         /* microseconds for a message */
    GHashTable  *clients;       /* number -> Client, owned */
    GHashTable  *pending;       /* key -> Pending, owned */
    ServiceCache *cache;
    gboolean     probed;
    gint64       probe_until;   /* 0: not begun */
    gint64       heard;         /* when the network last said anything */
    guint        silent;        /* messages in a row that heard nothing at all */
    GHashTable  *unanswered;    /* key -> how often somebody waited for long, and nothing came */
};

/* ---- answering ---- */

static void
put_answer(Desk *desk, Client *client, const DnsAnswer *answer)
{
    g_autoptr(GBytes) bytes = wire_answer(answer);

    service_line_put(&desk->line, client->number, bytes);
}

static void
put_none(Desk *desk, Client *client, DnsStatus status, const char *why)
{
    DnsAnswer *answer = wire_answer_new(status, desk->source, why);

    put_answer(desk, client, answer);
    record_free(&dns_answer_type, answer);
}

static void
pending_free(gpointer data)
{
    Pending *pending = data;

    g_free(pending->key);
    g_free(pending->name);
    g_ptr_array_unref(pending->clients);
    g_free(pending);
}

/* The client waits no longer; a question that nobody waits for is given up. */
static void
leave(Desk *desk, Client *client)
{
    Pending *pending = g_steal_pointer(&client->pending);

    if (!pending)
        return;
    client->used += g_get_monotonic_time() - client->since;
    g_ptr_array_remove_fast(pending->clients, client);
    if (pending->clients->len > 0)
        return;
    if (pending->id != 0)
        asker_cancel(desk->asker, pending->id);
    g_hash_table_remove(desk->pending, pending->key);
}

static void
take_answer(DnsAnswer *answer, gpointer data)
{
    Pending *pending = data;
    Desk *desk = pending->desk;
    const gint64 now = g_get_monotonic_time();

    answer->name = g_strdup(pending->name);
    answer->type = g_strdup(dns_type_word(pending->type));
    g_autoptr(GBytes) bytes = wire_answer(answer);
    /* libunbound says SERVFAIL, too, where it gave up by itself: that is no sign of life. */
    if (answer->status != DNS_SERVFAIL) {
        desk->heard = now;
        desk->silent = 0;
        g_hash_table_remove(desk->unanswered, pending->key);
    }
    service_cache_put(desk->cache, pending->key, bytes, dns_is_trouble(answer), now);
    record_free(&dns_answer_type, answer);
    for (guint i = 0; i < pending->clients->len; i++) {
        Client *client = pending->clients->pdata[i];
        client->used += now - client->since;
        client->pending = NULL;
        service_line_put(&desk->line, client->number, bytes);
    }
    g_hash_table_remove(desk->pending, pending->key);
}

/* ---- asking ---- */

static gint64
limit_now(const Desk *desk)
{
    return desk->silent >= SILENT_MESSAGES ? MIN(desk->limit, SILENT_LIMIT) : desk->limit;
}

static guint
times_unanswered(const Desk *desk, const char *key)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(desk->unanswered, key));
}

/* Somebody waited for it all the time that was left. */
static void
count_unanswered(Desk *desk, const Client *client)
{
    const char *key = client->pending->key;

    if (client->until - client->since <= limit_now(desk) / 2)
        return;
    if (g_hash_table_size(desk->unanswered) >= UNANSWERED_MAX)
        g_hash_table_remove_all(desk->unanswered);
    g_hash_table_replace(desk->unanswered, g_strdup(key),
                         GUINT_TO_POINTER(times_unanswered(desk, key) + 1));
}

static void
ask_network(Desk *desk, Pending *pending)
{
    g_autofree char *absolute = name_escaped(pending->name);

    pending->id = asker_ask(desk->asker, absolute, pending->type, take_answer, pending);
    if (pending->id == 0)       /* libunbound will not: the name is none */
        take_answer(wire_answer_new(DNS_SERVFAIL, desk->source, NULL), pending);
}

/* Questions wait until it is known what answers are worth. */
static void
go_on(Desk *desk)
{
    if (!desk->probed) {
        const gint64 now = g_get_monotonic_time();
        if (desk->probe_until == 0)
            desk->probe_until = now + desk->limit / PROBE_PART;
        desk->probed = asker_probe(desk->asker, now >= desk->probe_until);
        if (!desk->probed)
            return;
    }
    g_autoptr(GPtrArray) waiting = g_ptr_array_new();
    GHashTableIter iter;
    gpointer pending;
    g_hash_table_iter_init(&iter, desk->pending);
    while (g_hash_table_iter_next(&iter, NULL, &pending))
        if (((Pending *)pending)->id == 0)
            g_ptr_array_add(waiting, pending);
    for (guint i = 0; i < waiting->len; i++)
        ask_network(desk, waiting->pdata[i]);
}

static Pending *
pending_for(Desk *desk, const char *key, const DnsQuestion *question)
{
    Pending *pending = g_hash_table_lookup(desk->pending, key);

    if (pending)
        return pending;
    pending = g_new0(Pending, 1);
    *pending = (Pending){ desk, g_strdup(key), g_strdup(question->name), question->type, 0,
                          g_ptr_array_new() };
    g_hash_table_insert(desk->pending, pending->key, pending);
    return pending;
}

/* Another message begins; the one before may have heard nothing, although it waited for long. */
static void
begin_message(Desk *desk, Client *client, guint32 message)
{
    if (client->waited && desk->heard < client->began && client->used > limit_now(desk) / 2)
        desk->silent++;
    *client = (Client){ .number = client->number, .message = message,
                        .began = g_get_monotonic_time() };
}

static void
answer_question(Desk *desk, Client *client, const DnsQuestion *question)
{
    g_autofree char *key = g_strdup_printf("%d %s", (int)question->type, question->name);
    const gint64 now = g_get_monotonic_time();
    g_autoptr(GBytes) known = service_cache_get(desk->cache, key, now);
    const gint64 left = limit_now(desk) - client->used;

    if (desk->fault) {
        put_none(desk, client, DNS_OFFLINE, desk->fault);
    } else if (client->questions >= DNS_QUESTIONS_MAX) {
        put_none(desk, client, DNS_TIMEOUT, DNS_TOO_MANY);
    } else if (known) {
        service_line_put(&desk->line, client->number, known);
    } else if (left <= 0) {
        put_none(desk, client, DNS_TIMEOUT, NULL);
    } else {
        client->waited = TRUE;
        client->since = now;
        client->until = now + (times_unanswered(desk, key) >= SILENT_MESSAGES
                                   ? MIN(left, SILENT_LIMIT) : left);
        client->pending = pending_for(desk, key, question);
        g_ptr_array_add(client->pending->clients, client);
        if (client->pending->id == 0)
            go_on(desk);
    }
    client->questions++;
}

/* ---- clients ---- */

/* A question, or nothing: the client is gone. */
static void
take_frame(Desk *desk, guint32 number, GBytes *bytes)
{
    Client *client = g_hash_table_lookup(desk->clients, GUINT_TO_POINTER(number));
    DnsQuestion question;

    if (client)
        leave(desk, client);        /* it asks one question at a time: an earlier one is void */
    if (g_bytes_get_size(bytes) == 0) {
        g_hash_table_remove(desk->clients, GUINT_TO_POINTER(number));
        return;
    }
    if (!client) {
        client = g_new0(Client, 1);
        client->number = number;
        g_hash_table_insert(desk->clients, GUINT_TO_POINTER(number), client);
    }
    if (client->began == 0 || wire_message(bytes) != client->message)
        begin_message(desk, client, wire_message(bytes));
    if (!wire_read_question(bytes, &question)) {
        put_none(desk, client, DNS_OFFLINE, _("that was no question"));
        return;
    }
    answer_question(desk, client, &question);
    g_free(question.name);
}

/* Whose time is over hears so. The next moment at which somebody's is, or G_MAXINT64. */
static gint64
expire(Desk *desk)
{
    const gint64 now = g_get_monotonic_time();
    gint64 next = desk->probed || desk->probe_until == 0 ? G_MAXINT64 : desk->probe_until;
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, desk->clients);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        Client *client = value;
        if (client->pending && client->until <= now) {
            count_unanswered(desk, client);
            leave(desk, client);
            put_none(desk, client, DNS_TIMEOUT, NULL);
        } else if (client->pending) {
            next = MIN(next, client->until);
        }
    }
    return next;
}

/* ---- the loop ---- */

static void
wait_for_work(Desk *desk, gint64 until)
{
    const gint64 left = until - g_get_monotonic_time();
    const int ms = until == G_MAXINT64 ? -1 : (int)CLAMP(left / 1000, 0, 60000) + 1;
    const short out = service_line_wants_out(&desk->line) ? POLLOUT : 0;
    struct pollfd fds[] = { { desk->line.fd, (short)(POLLIN | out), 0 },
                            { desk->asker ? asker_fd(desk->asker) : -1, POLLIN, 0 } };
    guint32 number;
    GBytes *bytes;

    if (poll(fds, G_N_ELEMENTS(fds), ms) <= 0)
        return;
    if (fds[0].revents & POLLOUT)
        service_line_flush(&desk->line);
    if (fds[0].revents & ~POLLOUT)
        service_line_hear(&desk->line);
    while ((bytes = service_line_take(&desk->line, &number))) {
        take_frame(desk, number, bytes);
        g_bytes_unref(bytes);
    }
    if (fds[1].revents)
        asker_turn(desk->asker);
}

void
service_desk_run(int fd, const LiveOptions *options)
{
    g_autoptr(GError) error = NULL;
    Desk desk = { .source = live_source(options),
                  .limit = (gint64)(options->timeout * G_USEC_PER_SEC) };

    service_line_open(&desk.line, fd, (gsize)WIRE_NAME_MAX * 2);
    desk.clients = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    desk.pending = g_hash_table_new_full(hash_text, g_str_equal, NULL, pending_free);
    desk.unanswered = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    desk.cache = service_cache_new();
    desk.asker = asker_new(options, &error);
    desk.fault = error ? g_strndup(error->message, WIRE_WHY_MAX) : NULL;
    confine_network(live_port(options));
    while (!desk.line.broken) {
        wait_for_work(&desk, expire(&desk));
        if (desk.probe_until != 0 && !desk.probed)
            go_on(&desk);
    }
    /* Nothing is freed: the process ends here, and libunbound's thread with it. */
}

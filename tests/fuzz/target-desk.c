/* target-desk.c: the process that asks DNS: workers that were taken over ask what they like, the network answers when it likes.
 * Each question is answered once, in time, by what was said of just that name.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dns/resolver.h"
#include "fuzz.h"

/* An asker and a clock of our own, and fewer questions than fill an input, in the place of those that the file has. */
#undef DNS_QUESTIONS_MAX
#define DNS_QUESTIONS_MAX 6
#define g_get_monotonic_time() desk_now
#define asker_new desk_asker_new
#define asker_fd desk_asker_fd
#define asker_turn desk_asker_turn
#define asker_probe desk_asker_probe
#define asker_ask desk_asker_ask
#define asker_cancel desk_asker_cancel
#define confine_network desk_confine_network
#define service_desk_run desk_run
static gint64 desk_now;
#include "dns/service-desk.c"

enum { CLIENTS = 4, ASKED_MAX = 64, STEPS_MAX = 300, LIMIT_MS = 5000 };

static const char *const names[] = { "example.com", "a.example", "\"b\\.example", "none" };
static const DnsType types[] = { DNS_TXT, DNS_A };

/* A question to the network. */
typedef struct {
    int        id;          /* 0: answered, or given up */
    guint      about;
    AskerHeard heard;
    gpointer   data;
} Asked;

/* What a worker waits for. */
typedef struct {
    gboolean waits, sound;
    guint    about;
    gint64   since;
} Wait;

struct Asker {
    Asked    asked[ASKED_MAX];
    guint    n_asked;
    gboolean probed;
};

typedef struct {
    Desk        desk;
    Asker       asker;
    ServiceLine line;       /* the workers' end */
    Wait        waits[CLIENTS];
} Run;

/* ---- the network ---- */

/* A name and a type as one number. */
static guint
about_of(const char *name, DnsType type)
{
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *escaped = name_escaped(names[i]);
        if (g_str_equal(escaped, name))
            return i * 2 + (type == DNS_A);
    }
    return G_MAXUINT;
}

Asker *
asker_new(const LiveOptions *options, GError **error)
{
    (void)options, (void)error;
    return NULL;
}

int
asker_fd(const Asker *asker)
{
    (void)asker;
    return -1;
}

void
asker_turn(Asker *asker)
{
    (void)asker;
}

gboolean
asker_probe(Asker *asker, gboolean over)
{
    asker->probed = asker->probed || over;
    return asker->probed;
}

int
asker_ask(Asker *asker, const char *name, DnsType type, AskerHeard heard, gpointer data)
{
    if (asker->n_asked == ASKED_MAX || g_str_equal(name, "none."))
        return 0;
    FUZZ_REQUIRE(asker->probed);
    asker->asked[asker->n_asked] = (Asked){ (int)asker->n_asked + 1, about_of(name, type), heard, data };
    return (int)++asker->n_asked;
}

void
asker_cancel(Asker *asker, int id)
{
    FUZZ_REQUIRE(id > 0 && (guint)id <= asker->n_asked && asker->asked[id - 1].id == id);
    asker->asked[id - 1].id = 0;
}

gboolean
confine_network(guint port)
{
    return port > 0;
}

/* What there is under a name: its number, in octets of the type. */
static GBytes *
rdata_of(guint about)
{
    const guint8 address[] = { 192, 0, 2, (guint8)about }, text[] = { 1, (guint8)about };

    return about % 2 ? g_bytes_new(address, sizeof address) : g_bytes_new(text, sizeof text);
}

static void
answer(Run *run, guint which, guint status)
{
    Asked *asked = run->asker.n_asked > 0 ? &run->asker.asked[which % run->asker.n_asked] : NULL;

    if (!asked || asked->id == 0)
        return;
    DnsAnswer *said = wire_answer_new((DnsStatus)(status % (DNS_BOGUS + 1)), "server", NULL);
    g_free(said->dnssec);
    said->dnssec = g_strdup(said->status == DNS_BOGUS ? "bogus" : "insecure");
    if (said->status == DNS_NOERROR && asked->about != G_MAXUINT) {
        DnsRecord *record = record_new(&dns_record_type);
        record->data = rdata_of(asked->about);
        g_ptr_array_add(said->records, record);
    }
    asked->id = 0;
    asked->heard(said, asked->data);
}

/* ---- workers ---- */

static void
check_answer(Run *run, guint32 number, GBytes *bytes)
{
    if (number >= CLIENTS)
        return;
    Wait *wait = &run->waits[number];
    FUZZ_REQUIRE(wait->waits);
    wait->waits = FALSE;
    if (!wait->sound)
        return;
    DnsAnswer *said = wire_read_answer(bytes, names[wait->about / 2], types[wait->about % 2]);
    FUZZ_REQUIRE(said);
    if (said->status == DNS_NOERROR) {
        const DnsRecord *record = said->records->pdata[0];
        gsize length;
        const guint8 *octets = g_bytes_get_data(record->data, &length);
        FUZZ_REQUIRE(said->records->len == 1 && octets[length - 1] == wait->about);
    }
    record_free(&dns_answer_type, said);
}

static void
hear_answers(Run *run)
{
    guint32 number;
    GBytes *bytes;

    do {
        service_line_flush(&run->desk.line);
        service_line_hear(&run->line);
        while ((bytes = service_line_take(&run->line, &number))) {
            check_answer(run, number, bytes);
            g_bytes_unref(bytes);
        }
    } while (service_line_wants_out(&run->desk.line));
}

static void
send_frame(Run *run, guint number, GBytes *bytes)
{
    service_line_put(&run->line, number, bytes);
    FUZZ_REQUIRE(!service_line_wants_out(&run->line));
    wait_for_work(&run->desk, desk_now);
}

static void
ask(Run *run, guint number, guint8 about, guint8 message)
{
    g_autoptr(GBytes) question = wire_question(message, names[about / 2 % 4], types[about % 2]);

    run->waits[number] = (Wait){ TRUE, TRUE, about % 8, desk_now };
    send_frame(run, number, question);
}

/* Bytes that need not be a question. */
static void
say(Run *run, guint number, FuzzPart part)
{
    g_autoptr(GBytes) bytes = fuzz_bytes(part);
    DnsQuestion question;

    if (number < CLIENTS)
        run->waits[number] = (Wait){ .waits = part.length > 0, .since = desk_now };
    if (wire_read_question(bytes, &question))
        g_free(question.name);
    send_frame(run, number, bytes);
}

/* ---- time ---- */

static void
pass(Run *run, gint64 ms)
{
    desk_now += ms * 1000;
    expire(&run->desk);
    if (run->desk.probe_until != 0 && !run->desk.probed)
        go_on(&run->desk);
}

/* Nobody waits for too long, and nothing is asked that nobody waits for. */
static void
check_desk(const Run *run)
{
    GHashTableIter iter;
    gpointer pending;
    guint asked = 0;

    for (guint i = 0; i < run->asker.n_asked; i++)
        asked += run->asker.asked[i].id != 0;
    for (guint i = 0; i < CLIENTS; i++)
        FUZZ_REQUIRE(!run->waits[i].waits || desk_now - run->waits[i].since < LIMIT_MS * 1000);
    FUZZ_REQUIRE(asked <= g_hash_table_size(run->desk.pending));
    FUZZ_REQUIRE(g_hash_table_size(run->desk.pending) <= g_hash_table_size(run->desk.clients));
    g_hash_table_iter_init(&iter, run->desk.pending);
    while (g_hash_table_iter_next(&iter, NULL, &pending))
        FUZZ_REQUIRE(((const Pending *)pending)->clients->len > 0);
}

static const guint8 *
step(Run *run, const guint8 *at, const guint8 *end)
{
    const guint8 what = at[0], more = at[1];
    const gsize length = MIN((gsize)(end - at) - 2, more % 32u);

    switch (what % 8) {
    case 0:
    case 1:
    case 2:
        ask(run, what / 8 % CLIENTS, more, what / 64);
        break;
    case 3:
    case 4:
        answer(run, more, what / 8);
        break;
    case 5:
        pass(run, more * 20);
        break;
    case 6:
        say(run, what / 8 % (CLIENTS + 2), (FuzzPart){ (const char *)at + 2, length });
        at += length;
        break;
    default:
        run->asker.probed = TRUE;
        go_on(&run->desk);
    }
    return at + 2;
}

/* ---- the run ---- */

static void
start(Run *run)
{
    int ends[2];

    desk_now = 1000000;
    FUZZ_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
    run->desk = (Desk){ .source = "server", .limit = (gint64)LIMIT_MS * 1000, .asker = &run->asker };
    service_line_open(&run->desk.line, ends[0], (gsize)WIRE_NAME_MAX * 2);
    service_line_open(&run->line, ends[1], WIRE_ANSWER_MAX);
    run->desk.clients = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    run->desk.pending = g_hash_table_new_full(hash_text, g_str_equal, NULL, pending_free);
    run->desk.unanswered = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    run->desk.cache = service_cache_new();
}

/* Whoever still waits hears that its time is over; who is gone leaves nothing behind. */
static void
finish(Run *run)
{
    g_autoptr(GList) numbers = g_hash_table_get_keys(run->desk.clients);
    g_autoptr(GBytes) nothing = g_bytes_new(NULL, 0);

    pass(run, LIMIT_MS);
    hear_answers(run);
    for (guint i = 0; i < CLIENTS; i++)
        FUZZ_REQUIRE(!run->waits[i].waits);
    for (GList *at = numbers; at; at = at->next)
        take_frame(&run->desk, GPOINTER_TO_UINT(at->data), nothing);
    FUZZ_REQUIRE(g_hash_table_size(run->desk.clients) == 0 && g_hash_table_size(run->desk.pending) == 0);
    for (guint i = 0; i < run->asker.n_asked; i++)
        FUZZ_REQUIRE(run->asker.asked[i].id == 0);
}

static void
clear(Run *run)
{
    service_line_close(&run->desk.line);
    service_line_close(&run->line);
    g_hash_table_unref(run->desk.clients);
    g_hash_table_unref(run->desk.pending);
    g_hash_table_unref(run->desk.unanswered);
    service_cache_free(run->desk.cache);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    const guint8 *at = data;
    Run run = { 0 };

    start(&run);
    for (guint i = 0; i < STEPS_MAX && (gsize)(at - data) + 2 <= size; i++) {
        at = step(&run, at, data + size);
        hear_answers(&run);
        check_desk(&run);
    }
    finish(&run);
    clear(&run);
    return 0;
}

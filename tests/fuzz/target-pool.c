/* target-pool.c: a worker that was taken over writes into its ring what it likes, says what it likes, and dies when it likes: pieces
 * come in order and as they were put, each job ends once, and honest work goes on behind it. With --isolate a process says one piece.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "process/pool-own.h"
#include "process/worker.h"

enum { JOBS_MAX = 6, STEPS_MAX = 200, PID_OF_NOBODY = 0x7FFFFFF0 };

/* The beginning of a ring's memory, which such a worker writes past all functions (process/ring.c). */
typedef struct {
    guint64 head, tail, wake_at;
    guint32 wake_ends, parent_sleeps, ends;
    guint8  unused[4096 - 36], data[RING_BYTES];
} Memory;

typedef struct {
    guint32 kind, length;
} Head;

typedef struct {
    guint kind, value, process;
    gsize length;
} Put;

typedef struct {
    Pool     pool;
    PoolClass class;
    Slot    *slot;
    int      worker;        /* its end of the line */
    gboolean honest;        /* marks and heads are as ring_put() makes them: then `puts` says what must come */
    GArray  *puts;          /* Put: what lies in the ring */
    GArray  *part;          /* … and pieces of one that were taken from there */
    guint    value;         /* of the next entry's bytes */
    gboolean isolated;
    guint    spoke;         /* --isolate: the process whose piece came last */
    guint    kept;          /* of `puts`: by processes that are gone */
    guint    given, ended;  /* jobs */
    guint    closed;        /* bits of jobs: their end lies in the ring, put by one that is gone */
    guint    next;          /* index of the first one's next piece */
    gsize    seen;          /* so that what is handed over is read */
} Run;

/* ---- what comes of it ---- */

static Put
pop(Run *run)
{
    FUZZ_REQUIRE(run->puts->len > 0);
    const Put put = g_array_index(run->puts, Put, 0);
    g_array_remove_index(run->puts, 0);
    run->kept -= run->kept > 0;
    return put;
}

/* Parts up to what ends them. */
static Put
pop_whole(Run *run)
{
    Put put = pop(run);

    for (; put.kind == ENTRY_PART; put = pop(run))
        g_array_append_val(run->part, put);
    return put;
}

static const guint8 *
check_bytes(const Put *put, const guint8 *bytes, const guint8 *end)
{
    FUZZ_REQUIRE((gsize)(end - bytes) >= put->length);
    for (gsize i = 0; i < put->length; i += 1 + i / 64)
        FUZZ_REQUIRE(bytes[i] == (guint8)put->value);
    return bytes + put->length;
}

static void
see_turn(Run *run, const PoolJob *job, guint index)
{
    FUZZ_REQUIRE(((const SlotJob *)job)->number == run->ended + 1 && index == run->next);
    run->next++;
}

static void
see_piece(const PoolJob *job, guint index, const void *bytes, gsize length, gpointer data)
{
    Run *run = data;
    /* An empty piece need not lie anywhere. */
    const guint8 *at = length > 0 ? bytes : (const guint8 *)"", *end = at + length;

    see_turn(run, job, index);
    run->seen += length > 0 ? at[0] + at[length - 1] : 0;
    if (!run->honest)
        return;
    const Put last = pop_whole(run);
    FUZZ_REQUIRE(last.kind == ENTRY_PIECE && !(run->isolated && last.process == run->spoke));
    run->spoke = last.process;
    for (guint i = 0; i < run->part->len; i++)
        at = check_bytes(&g_array_index(run->part, Put, i), at, end);
    FUZZ_REQUIRE(check_bytes(&last, at, end) == end);
    g_array_set_size(run->part, 0);
}

static void
see_lost(const PoolJob *job, guint index, const PoolLoss *loss, gpointer data)
{
    see_turn(data, job, index);
    FUZZ_REQUIRE(loss->how == POOL_LOST_EXIT || loss->how == POOL_LOST_NONSENSE);
}

static void
see_end(const PoolJob *job, gpointer data)
{
    Run *run = data;

    FUZZ_REQUIRE(((const SlotJob *)job)->number == ++run->ended);
    run->next = 0;
    if (run->honest && !((const SlotJob *)job)->given_up)
        FUZZ_REQUIRE(pop_whole(run).kind == ENTRY_END);
}

static void
see_note(const PoolJob *job, const void *bytes, gsize length, gpointer data)
{
    FUZZ_REQUIRE(job && length <= LINE_FRAME_MAX);
    ((Run *)data)->seen += length > 0 ? ((const guint8 *)bytes)[length - 1] : 0;
}

static void
see_question(Pool *pool, guint worker, GBytes *question, gpointer data)
{
    (void)data;
    FUZZ_REQUIRE(g_bytes_get_size(question) <= LINE_FRAME_MAX);
    pool_reply(pool, worker, question);
}

/* ---- the parent ---- */

static void
start(Run *run)
{
    Slot *slot = run->slot;
    int line[2];

    FUZZ_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line) == 0);
    slot->line = line_end_new(line[0]);
    slot->pid = PID_OF_NOBODY;
    slot->worker = ++run->pool.started;
    slot->start = ring_head(slot->ring);
    slot->said = slot->files = 0;
    run->worker = line[1];
}

/* The first job that a process still works on; 0: there is none. */
static guint
open_job(const Run *run)
{
    for (const GList *link = run->slot->jobs.head; link; link = link->next) {
        const SlotJob *job = link->data;
        if (!job->given_up && !(run->closed >> job->number & 1))
            return job->number;
    }
    return 0;
}

/* What of `puts` counts when the process is gone: up to the last whole entry that makes sense, of jobs that nobody gave up. What
 * counted when an earlier one went still does. */
static void
cut_puts(Run *run)
{
    guint whole = run->kept, spoke = run->spoke;

    for (guint i = whole; i < run->puts->len && open_job(run) != 0; i++) {
        const Put *put = &g_array_index(run->puts, Put, i);
        if (put->kind < ENTRY_PART || put->kind > ENTRY_END)
            break;
        if (put->kind == ENTRY_PIECE && run->isolated && put->process == spoke)
            break;
        spoke = put->kind == ENTRY_PIECE ? put->process : spoke;
        whole = put->kind == ENTRY_PART ? whole : i + 1;
        if (put->kind == ENTRY_END)
            run->closed |= 1u << open_job(run);
    }
    g_array_set_size(run->puts, whole);
    run->kept = whole;
    if (whole == 0)
        g_array_set_size(run->part, 0);
}

/* What the next process is told of the first job that is open, and how much there is to do. */
static void
check_standing(const Run *run)
{
    const guint number = open_job(run);
    guint pieces = 0, ends = 0, given_up = 0;

    for (guint i = 0; i < run->puts->len; i++) {
        const Put *put = &g_array_index(run->puts, Put, i);
        ends += put->kind == ENTRY_END;
        pieces = put->kind == ENTRY_PIECE ? pieces + 1 : put->kind == ENTRY_END ? 0 : pieces;
    }
    FUZZ_REQUIRE(ring_ends(run->slot->ring) - run->slot->ends == ends);
    for (const GList *link = run->slot->jobs.head; link; link = link->next) {
        const SlotJob *job = link->data;
        given_up += job->given_up != FALSE;
        FUZZ_REQUIRE(job->given_up || (run->closed >> job->number & 1) == (guint)(job->done != FALSE));
        if (job->number == number && given_up == 0)
            FUZZ_REQUIRE(job->job.first == job->next + pieces + job->lost->len && job->job.begun <= job->job.first + 1);
    }
}

static void
bury(Run *run)
{
    if (run->honest)
        cut_puts(run);
    close(run->worker);
    slot_bury(run->slot);
    FUZZ_REQUIRE(!run->slot->line && ring_head(run->slot->ring) >= ring_tail(run->slot->ring));
    if (run->honest)
        check_standing(run);
    start(run);
}

static void
turn(Run *run)
{
    pool_turn(&run->pool);
    FUZZ_REQUIRE(slot_load(run->slot) <= run->slot->jobs.length);
    if (run->slot->was_killed)
        bury(run);
}

static void
give(Run *run)
{
    SlotJob *job = g_new0(SlotJob, 1);

    job->slot = run->slot;
    job->number = ++run->given;
    job->sent = TRUE;
    job->lost = g_array_new(FALSE, FALSE, sizeof(SlotLoss));
    g_queue_push_tail(&run->pool.jobs, job);
    g_queue_push_tail(&run->slot->jobs, job);
}

/* ---- the worker ---- */

static Memory *
memory(const Run *run)
{
    return *(Memory **)(gpointer)run->slot->ring;
}

static void
put(Run *run, guint kind, gsize length)
{
    static guint8 bytes[RING_ENTRY_MAX];
    const Put entry = { kind, run->value++ & 0xFF, run->pool.started, length };

    /* Where there is no room it would wait for us. */
    const guint64 used = memory(run)->head - memory(run)->tail;
    if (used > RING_BYTES || used + length + 32 > RING_BYTES)
        return;
    memset(bytes, (int)entry.value, length);
    ring_put(run->slot->ring, kind, bytes, length, kind == ENTRY_END);
    g_array_append_val(run->puts, entry);
}

static void
say(Run *run, guint kind, const guint8 *bytes, gsize length)
{
    const Head head = { .kind = kind, .length = (guint32)length };

    if (send(run->worker, &head, sizeof head, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 ||
        (length > 0 && send(run->worker, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0))
        return;
    if (!pool_hear(&run->pool, run->slot))
        bury(run);
    for (guint i = 0; i + 1 < run->slot->needs->len; i++)
        FUZZ_REQUIRE(i < 40 && strlen(run->slot->needs->pdata[i]) <= 64 && !strpbrk(run->slot->needs->pdata[i], "/ \n\x1b"));
}

/* Marks that make no sense, or an entry's head that changes behind our back. */
static void
spoil(Run *run, guint how, guint number)
{
    Memory *marks = memory(run);
    Head *head = (Head *)(gpointer)(marks->data + ring_tail(run->slot->ring) % RING_BYTES);

    run->honest = FALSE;
    switch (how % 5) {
    case 0:
        marks->head += (guint64)(gint64)(gint8)number;
        break;
    case 1:
        marks->head = (guint64)number << 56 | number;
        break;
    case 2:
        head->length = number * 65537;
        break;
    case 3:
        head->kind = number % 5;
        break;
    default:
        marks->ends = number * 3;
    }
}

static const guint8 *
step(Run *run, const guint8 *at)
{
    static const gsize lengths[] = { 0, 1, 8, 15, 16, 100, 4000, 70000, RING_ENTRY_MAX };
    static const guint kinds[] = { LINE_WAKE, LINE_ASK, LINE_NOTE, LINE_NEED, LINE_START, LINE_REAP, LINE_JOB };

    switch (at[0] % 8) {
    case 0:
    case 1:
        put(run, at[0] / 8 % 16 == 15 ? at[1] : ENTRY_PART + at[0] / 8 % 3, lengths[at[1] % G_N_ELEMENTS(lengths)]);
        break;
    case 2:
        ring_start(run->slot->ring, run->ended + at[1] % 4, at[1] / 4 % 8, at[1]);
        break;
    case 3:
        turn(run);
        break;
    case 4:
        /* One job for one process. */
        if (run->given < JOBS_MAX && !(run->isolated && run->slot->jobs.length > 0))
            give(run);
        break;
    case 5:
        bury(run);
        break;
    case 6:
        say(run, kinds[at[1] % G_N_ELEMENTS(kinds)], at + 1, at[0] / 8 % 2 ? 1 : 0);
        break;
    default:
        spoil(run, at[0] / 8, at[1]);
    }
    return at + 2;
}

/* ---- the end ---- */

/* One that does its work takes over: all that is left comes to its end. */
static void
finish(Run *run)
{
    bury(run);
    for (guint i = 0; i < 4 * JOBS_MAX && run->pool.jobs.length > 0; i++) {
        const guint before = run->ended;
        turn(run);
        if (run->ended == before && run->pool.jobs.length > 0)
            put(run, ENTRY_END, 8);
    }
    FUZZ_REQUIRE(run->pool.jobs.length == 0 && run->ended == run->given && run->slot->jobs.length == 0);
}

static void
clear(Run *run)
{
    close(run->worker);
    g_ptr_array_unref(run->pool.slots);
    slot_free(run->slot);
    g_array_unref(run->puts);
    g_array_unref(run->part);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    Run run = { .honest = TRUE, .isolated = size > 0 && data[0] & 2 };
    const guint8 *at = data + 1;

    if (size < 3)
        return 0;
    run.class = (PoolClass){ .piece = see_piece, .lost = see_lost, .ended = see_end, .note = see_note, .asked = see_question,
                             .shared = data[0] & 1 };
    run.pool = (Pool){ .class = &run.class, .data = &run, .workers = 1, .slots = g_ptr_array_new() };
    run.pool.flags = run.isolated ? POOL_ISOLATE : POOL_PLAIN;
    run.slot = slot_new(&run.class);
    FUZZ_REQUIRE(run.slot);
    run.slot->isolated = run.isolated;
    run.puts = g_array_new(FALSE, FALSE, sizeof(Put));
    run.part = g_array_new(FALSE, FALSE, sizeof(Put));
    g_ptr_array_add(run.pool.slots, run.slot);
    start(&run);
    give(&run);
    for (guint i = 0; i < STEPS_MAX && (gsize)(at - data) + 2 <= size; i++)
        at = step(&run, at);
    finish(&run);
    clear(&run);
    return 0;
}

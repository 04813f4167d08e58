/* pool.c: hands jobs out, takes pieces in, in order, and goes on when a worker dies.
 * SPDX-License-Identifier: MIT */
#include "process/pool.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/translate.h"
#include "process/slot.h"
#include "process/worker.h"

/* Jobs that a worker has besides the one it works on: it need not wait for us between two. */
#define AHEAD 2
/* So much a worker collects before we are woken, if it does not end a job first … */
#define WAKE_BYTES (128u << 10)
/* … or so much time passes. */
#define LATEST_MS 50
#define LOOK_US ((gint64)G_USEC_PER_SEC)
/* Children that a worker may have at the same time. */
#define CHILDREN_MAX 4
/* Open files that are enough for any number of workers. */
#define FDS_WANTED 16384
/* Temporary files that it may have opened. */
#define FILES_MAX 4096

typedef struct {
    int       fd;
    short     events;
    PoolReady ready;
    gpointer  data;
} Watch;

struct Pool {
    const PoolClass *class;
    gpointer   data;
    PoolFlags  flags;
    const Stop *stop;
    guint      workers;     /* at most */
    GPtrArray *slots;       /* Slot */
    GQueue     jobs;        /* SlotJob, in order */
    GArray    *watches;     /* Watch */
    GArray    *polled;      /* struct pollfd */
    guint      started, given;  /* processes, jobs, ever */
    guint      fds, fds_most;   /* that jobs hold, and may hold before they wait for others to end */
    gboolean   no_more;     /* jobs */
    gboolean   later;       /* `next` said so, and nothing has happened since */
    gboolean   stopped, failed;
    gint64     looked;      /* monotonic: when slots were last looked at */
};

/* ---- pieces, in order ---- */

static void
free_job(SlotJob *job)
{
    for (guint i = 0; i < job->job.n_fds; i++)
        if (job->job.fds[i] >= 0)
            close(job->job.fds[i]);
    g_clear_pointer(&job->job.task, g_bytes_unref);
    g_array_unref(job->lost);
    g_free(job);
}

static void
end_job(Pool *pool, SlotJob *job)
{
    g_queue_remove(&job->slot->jobs, job);
    g_queue_pop_head(&pool->jobs);
    if (pool->class->ended)
        pool->class->ended(&job->job, pool->data);
    pool->later = FALSE;
    pool->fds -= job->job.n_fds;
    free_job(job);
}

static void
tell_piece(Pool *pool, SlotJob *job, const void *bytes, gsize length)
{
    Slot *slot = job->slot;

    if (slot->part->len == 0 && pool->class->shared) {
        pool->class->piece(&job->job, job->next++, bytes, length, pool->data);
        return;
    }
    g_byte_array_append(slot->part, bytes, (guint)length);
    pool->class->piece(&job->job, job->next++, slot->part->data, slot->part->len, pool->data);
    g_byte_array_set_size(slot->part, 0);
}

/* The losses that have their turn. */
static void
tell_losses(Pool *pool, SlotJob *job)
{
    while (job->lost->len > 0 && !pool->stopped) {
        const SlotLoss loss = g_array_index(job->lost, SlotLoss, 0);
        if (loss.index != job->next)
            return;
        g_array_remove_index(job->lost, 0);
        pool->class->lost(&job->job, job->next++, &loss.loss, pool->data);
        pool->later = FALSE;
    }
}

/* An isolated process that has had its say says no more. */
static gboolean
says_too_much(const Pool *pool, Slot *slot, const RingEntry *entry)
{
    return pool->flags == POOL_ISOLATE && entry->kind == ENTRY_PIECE && slot->line &&
           ring_tail(slot->ring) >= slot->start && slot->said++ > 0;
}

static void
take_end(SlotJob *job, const RingEntry *entry)
{
    job->slot->ends++;
    if (entry->length == sizeof job->job.result)
        memcpy(&job->job.result, entry->bytes, sizeof job->job.result);
}

/* One entry of the ring. FALSE: there is none that could be taken. */
static gboolean
take_entry(Pool *pool, SlotJob *job, gboolean *ended)
{
    Slot *slot = job->slot;
    guint64 at = ring_tail(slot->ring);
    RingEntry entry;
    const RingState state = ring_look(slot->ring, &at, &entry);

    if (state == RING_EMPTY)
        return FALSE;
    if (state != RING_FULL || !slot_is_sound(&entry, slot->part->len) || says_too_much(pool, slot, &entry)) {
        if (slot->line)
            slot_kill(slot, POOL_LOST_NONSENSE, 0);
        return FALSE;
    }
    if (entry.kind == ENTRY_PART)
        g_byte_array_append(slot->part, entry.bytes, (guint)entry.length);
    else if (entry.kind == ENTRY_PIECE)
        tell_piece(pool, job, entry.bytes, entry.length);
    else
        take_end(job, &entry);
    *ended = entry.kind == ENTRY_END;
    ring_take(slot->ring, at);
    return TRUE;
}

/* All that has its turn. */
static void
drain(Pool *pool)
{
    SlotJob *job;

    while (!pool->stopped && (job = g_queue_peek_head(&pool->jobs))) {
        gboolean ended = FALSE;
        tell_losses(pool, job);
        if (job->given_up && job->lost->len == 0)
            ended = TRUE;
        else if (pool->stopped || !take_entry(pool, job, &ended))
            return;
        if (ended)
            end_job(pool, job);
        pool->later = FALSE;
        if (stop_wished(pool->stop))
            pool->stopped = TRUE;
    }
}

/* ---- jobs ---- */

static gboolean
is_running(const Slot *slot)
{
    return slot->line != NULL;
}

/* An isolated process that has its job is on its way out. */
static gboolean
takes_jobs(const Pool *pool, const Slot *slot, guint ahead)
{
    return slot_load(slot) < ahead && !(pool->flags == POOL_ISOLATE && is_running(slot));
}

/* Who does nothing; else a new one; else who has least to do. NULL: all have enough. */
static Slot *
choose_slot(const Pool *pool, gboolean *fresh)
{
    Slot *best = NULL;

    for (guint i = 0; i < pool->slots->len; i++) {
        Slot *slot = pool->slots->pdata[i];
        if (takes_jobs(pool, slot, AHEAD) && (!best || slot_load(slot) < slot_load(best)))
            best = slot;
    }
    *fresh = pool->slots->len < pool->workers && !(best && slot_load(best) == 0);
    return best;
}

/* Whether the slot has a process that does what it has to do. */
static gboolean
has_process(Pool *pool, Slot *slot)
{
    if (is_running(slot))
        return TRUE;
    if (!slot_start(slot, pool->slots, pool->class, ++pool->started, pool->flags, pool->data))
        pool->failed = TRUE;
    return !pool->failed;
}

static void
give(Pool *pool, Slot *slot, const PoolJob *given)
{
    SlotJob *job = g_new0(SlotJob, 1);

    job->job = *given;
    job->slot = slot;
    job->number = ++pool->given;
    job->lost = g_array_new(FALSE, FALSE, sizeof(SlotLoss));
    g_queue_push_tail(&pool->jobs, job);
    g_queue_push_tail(&slot->jobs, job);
    pool->fds += given->n_fds;
    if (has_process(pool, slot))
        slot_send_jobs(slot);
}

/* A slot with a process of its own. NULL: so many as there are must do. */
static Slot *
add_slot(Pool *pool)
{
    Slot *slot = slot_new();

    if (slot)
        g_ptr_array_add(pool->slots, slot);
    if (slot && slot_start(slot, pool->slots, pool->class, ++pool->started, pool->flags, pool->data))
        return slot;
    if (slot)
        g_ptr_array_set_size(pool->slots, (int)pool->slots->len - 1);
    pool->workers = MAX(pool->slots->len, 1);
    return NULL;
}

/* FALSE: nobody wants a job now, or there is none. */
static gboolean
hand_out_one(Pool *pool)
{
    PoolJob job = { .task = NULL };
    gboolean fresh;
    Slot *slot = choose_slot(pool, &fresh);

    if ((!slot && !fresh) || pool->fds > pool->fds_most)
        return FALSE;
    const PoolNext next = pool->class->next(&job, pool->data);
    pool->no_more = next == POOL_END;
    pool->later = next == POOL_LATER;
    if (next != POOL_JOB)
        return FALSE;
    Slot *another = fresh ? add_slot(pool) : NULL;
    if (another || (!slot && pool->slots->len > 0))
        slot = another ? another : pool->slots->pdata[0];
    pool->failed = !slot;
    if (slot)
        give(pool, slot, &job);
    return slot != NULL;
}

/* Who will get no more is told at once, so that it ends while we do something else. */
static void
hand_out(Pool *pool)
{
    while (!pool->no_more && !pool->later && !pool->failed && !pool->stopped && hand_out_one(pool))
        continue;
    for (guint i = 0; i < pool->slots->len; i++) {
        Slot *slot = pool->slots->pdata[i];
        if (is_running(slot) && (pool->no_more || pool->flags == POOL_ISOLATE))
            slot_say_end(slot);
    }
}

/* ---- what workers say ---- */

static const PoolJob *
job_under_way(const Slot *slot)
{
    const guint ended = ring_ends(slot->ring) - slot->ends;
    const SlotJob *job = g_queue_peek_nth(&((Slot *)slot)->jobs, MIN(ended, slot->jobs.length));

    if (!job)
        job = g_queue_peek_tail(&((Slot *)slot)->jobs);
    return job ? &job->job : NULL;
}

static gboolean
take_need(Slot *slot, const guint8 *bytes, gsize length)
{
    g_autofree char *what = g_strndup((const char *)bytes, length);

    for (const char *at = what; *at; at++)
        if (!g_ascii_isalnum(*at) && !strchr("-_.:", *at))
            return FALSE;
    if (length == 0 || length > 64 || slot->needs->len > 32 ||
        g_strv_contains((const char *const *)slot->needs->pdata, what))
        return FALSE;
    g_ptr_array_insert(slot->needs, (int)slot->needs->len - 1, g_steal_pointer(&what));
    return TRUE;
}

static void
take_question(Pool *pool, Slot *slot, const guint8 *bytes, gsize length)
{
    g_autoptr(GBytes) question = g_bytes_new(bytes, length);

    slot->asking = TRUE;
    if (pool->class->asked)
        pool->class->asked(pool, slot->worker, question, pool->data);
    else
        pool_reply(pool, slot->worker, NULL);
}

/* -1: there is none. */
static void
send_fd(Slot *slot, int fd)
{
    line_end_send(slot->line, LINE_FD, NULL, 0, &fd, fd >= 0 ? 1 : 0);
    if (fd >= 0)
        close(fd);
}

/* The name of the job, NUL, and what the child must know. */
static void
start_child(Pool *pool, Slot *slot, const guint8 *bytes, gsize length)
{
    const guint8 *end = memchr(bytes, '\0', length);
    const gsize name = end ? (gsize)(end - bytes) : 0;
    gconstpointer own = NULL;
    const ChildJob *job =
        end && pool->class->child ? pool->class->child((const char *)bytes, &own, pool->data) : NULL;
    SlotChild child = { NULL, -1 };
    int fd = -1;

    if (job && slot->children->len < CHILDREN_MAX) {
        g_autoptr(GBytes) told = g_bytes_new(end + 1, length - name - 1);
        fd = child_spawn(job, told, own, &child.pid);
    }
    if (fd >= 0) {
        g_array_append_val(slot->children, child);
        g_array_index(slot->children, SlotChild, slot->children->len - 1).name = g_strdup((const char *)bytes);
    }
    send_fd(slot, fd);
}

/* Enough for any mailbox; who asks for more wants to fill our table of files. */
static void
open_file(Slot *slot)
{
    g_autofree char *path = NULL;
    const int fd = slot->files++ < FILES_MAX ? g_file_open_tmp("fromscope-XXXXXX", &path, NULL) : -1;

    if (fd >= 0)
        unlink(path);
    send_fd(slot, fd);
}

static void
reap_child(Slot *slot, const guint8 *bytes, gsize length)
{
    g_autofree char *name = g_strndup((const char *)bytes, length);
    int status = -1;

    for (guint i = slot->children->len; i > 0 && status < 0; i--) {
        SlotChild *child = &g_array_index(slot->children, SlotChild, i - 1);
        if (!g_str_equal(child->name, name))
            continue;
        status = child_end(child->pid);
        g_free(child->name);
        g_array_remove_index(slot->children, i - 1);
    }
    line_end_send(slot->line, LINE_CHILD_END, &status, sizeof status, NULL, 0);
}

/* FALSE: that was nothing a worker says. */
static gboolean
take_frame(Pool *pool, Slot *slot, guint kind, const guint8 *bytes, gsize length)
{
    const PoolJob *job = job_under_way(slot);

    switch ((LineKind)kind) {
    case LINE_WAKE:
        return TRUE;
    case LINE_ASK:
        take_question(pool, slot, bytes, length);
        return TRUE;
    case LINE_NOTE:
        if (job && pool->class->note)
            pool->class->note(job, bytes, length, pool->data);
        pool->later = FALSE;
        return job != NULL;
    case LINE_NEED:
        return slot->well = take_need(slot, bytes, length);
    case LINE_AGAIN:
        return slot->well = pool->flags == POOL_ISOLATE;
    case LINE_START:
        start_child(pool, slot, bytes, length);
        return TRUE;
    case LINE_REAP:
        reap_child(slot, bytes, length);
        return TRUE;
    case LINE_FILE:
        open_file(slot);
        return TRUE;
    default:
        return FALSE;
    }
}

/* A process is gone: another takes over what it has left. */
static void
bury(Pool *pool, Slot *slot)
{
    if (pool->class->gone)
        pool->class->gone(pool, slot->worker, pool->data);
    slot_bury(slot);
    pool->later = FALSE;
    for (GList *link = slot->jobs.head; link; link = link->next) {
        const SlotJob *job = link->data;
        if (job->done || job->given_up)
            continue;
        if (has_process(pool, slot))
            slot_send_jobs(slot);
        return;
    }
}

static void
listen_to(Pool *pool, Slot *slot)
{
    const guint8 *bytes;
    gsize length;
    guint kind;

    for (;;) {
        const LineState state = line_end_read(slot->line, &kind, &bytes, &length);
        if (state == LINE_NOTHING)
            return;
        if (state == LINE_GOT && take_frame(pool, slot, kind, bytes, length))
            continue;
        if (state != LINE_CLOSED)
            slot_kill(slot, POOL_LOST_NONSENSE, 0);
        bury(pool, slot);
        return;
    }
}

/* ---- waiting ---- */

static void
poll_add(Pool *pool, int fd, short events)
{
    const struct pollfd polled = { fd, events, 0 };

    g_array_append_val(pool->polled, polled);
}

/* FALSE: there is something to do already. */
static gboolean
lie_down(Pool *pool)
{
    const SlotJob *first = g_queue_peek_head(&pool->jobs);
    gboolean quiet = TRUE;

    for (guint i = 0; i < pool->slots->len; i++) {
        Slot *slot = pool->slots->pdata[i];
        const gboolean turn = first && first->slot == slot;
        if (is_running(slot) && !ring_sleep(slot->ring, turn ? WAKE_BYTES : G_MAXUINT32))
            quiet = FALSE;
    }
    return quiet;
}

static void
wake_up(Pool *pool)
{
    for (guint i = 0; i < pool->slots->len; i++)
        ring_wake(((Slot *)pool->slots->pdata[i])->ring);
}

static void
collect_polled(Pool *pool)
{
    g_array_set_size(pool->polled, 0);
    poll_add(pool, stop_fd(pool->stop), POLLIN);
    for (guint i = 0; i < pool->slots->len; i++) {
        const Slot *slot = pool->slots->pdata[i];
        const gboolean waits = slot->line && line_end_waits(slot->line);
        poll_add(pool, slot->line ? line_end_fd(slot->line) : -1, (short)(POLLIN | (waits ? POLLOUT : 0)));
    }
    for (guint i = 0; i < pool->watches->len; i++) {
        const Watch *watch = &g_array_index(pool->watches, Watch, i);
        poll_add(pool, watch->fd, watch->events);
    }
}

static void
serve_slots(Pool *pool, guint n_slots)
{
    for (guint i = 0; i < n_slots; i++) {
        Slot *slot = pool->slots->pdata[i];
        const short events = g_array_index(pool->polled, struct pollfd, 1 + i).revents;
        if ((events & POLLOUT) && slot->line)
            line_end_flush(slot->line);
        if ((events & (POLLIN | POLLHUP | POLLERR)) && slot->line)
            listen_to(pool, slot);
    }
}

/* A callback may watch others, or stop watching. */
static void
serve_watches(Pool *pool, guint n_slots)
{
    g_autoptr(GArray) watches = g_array_copy(pool->watches);

    for (guint i = 0; i < watches->len && 1 + n_slots + i < pool->polled->len; i++) {
        const Watch *watch = &g_array_index(watches, Watch, i);
        const short events = g_array_index(pool->polled, struct pollfd, 1 + n_slots + i).revents;
        if (events)
            watch->ready(pool, watch->fd, events, watch->data);
    }
}

static void
look_at_slots(Pool *pool)
{
    const gint64 now = g_get_monotonic_time();

    if (now - pool->looked < LOOK_US)
        return;
    pool->looked = now;
    for (guint i = 0; i < pool->slots->len; i++)
        slot_watch(pool->slots->pdata[i]);
}

static void
wait_and_serve(Pool *pool)
{
    const guint n_slots = pool->slots->len;

    collect_polled(pool);
    const gboolean quiet = lie_down(pool);
    const int ready = poll((struct pollfd *)(void *)pool->polled->data, pool->polled->len,
                           quiet ? LATEST_MS : 0);
    wake_up(pool);
    if (ready == 0 && quiet)
        pool->later = FALSE;    /* what is waited for may be outside: names that somebody types */
    if (stop_wished(pool->stop))
        pool->stopped = TRUE;
    if (ready > 0 && !pool->stopped) {
        drain(pool);            /* written while a process that is done leaves */
        serve_slots(pool, n_slots);
        serve_watches(pool, n_slots);
    }
    look_at_slots(pool);
}

/* ---- for callbacks ---- */

void
pool_reply(Pool *pool, guint worker, GBytes *answer)
{
    gsize length = 0;
    const void *bytes = answer ? g_bytes_get_data(answer, &length) : NULL;

    for (guint i = 0; i < pool->slots->len; i++) {
        Slot *slot = pool->slots->pdata[i];
        if (!slot->line || slot->worker != worker || !slot->asking)
            continue;
        slot->asking = FALSE;
        line_end_send(slot->line, LINE_ANSWER, bytes, length, NULL, 0);
    }
}

void
pool_watch(Pool *pool, int fd, short events, PoolReady ready, gpointer data)
{
    const Watch watch = { fd, events, ready, data };

    pool_unwatch(pool, fd);
    g_array_append_val(pool->watches, watch);
}

void
pool_unwatch(Pool *pool, int fd)
{
    for (guint i = pool->watches->len; i > 0; i--)
        if (g_array_index(pool->watches, Watch, i - 1).fd == fd)
            g_array_remove_index(pool->watches, i - 1);
}

void
pool_stop(Pool *pool)
{
    pool->stopped = TRUE;
}

char *
pool_loss_text(const PoolLoss *loss)
{
    switch (loss->how) {
    case POOL_LOST_SIGNAL:
        return g_strdup_printf(_("signal %d"), loss->number);
    case POOL_LOST_TIME:
        return g_strdup_printf(_("no end after %d s"), loss->number);
    case POOL_LOST_EXIT:
        return g_strdup_printf(_("exit status %d"), loss->number);
    case POOL_LOST_NONSENSE:
        break;
    }
    return g_strdup(_("nonsense instead of an answer"));
}

/* ---- the run ---- */

/* Half of what the process may have open; a soft limit is raised first, for it was meant for programs that use select(). */
static guint
descriptors(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 256;
    if (limit.rlim_cur < limit.rlim_max && limit.rlim_cur < FDS_WANTED) {
        limit.rlim_cur = MIN(limit.rlim_max, FDS_WANTED);
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    return (guint)MIN(limit.rlim_cur, FDS_WANTED) / 2;
}

static void
free_slot(gpointer slot)
{
    slot_free(slot);
}

PoolEnd
pool_run(const PoolClass *class, guint workers, PoolFlags flags, const Stop *stop, gpointer data)
{
    Pool pool = { .class = class, .data = data, .flags = flags, .stop = stop, .workers = MAX(workers, 1),
                  .slots = g_ptr_array_new_with_free_func(free_slot),
                  .watches = g_array_new(FALSE, FALSE, sizeof(Watch)),
                  .polled = g_array_new(FALSE, FALSE, sizeof(struct pollfd)),
                  .looked = g_get_monotonic_time(), .fds_most = descriptors() };

    g_queue_init(&pool.jobs);
    while (!pool.stopped && !pool.failed) {
        drain(&pool);
        hand_out(&pool);
        if (pool.no_more && pool.jobs.length == 0)
            break;
        if (!pool.stopped && !pool.failed)
            wait_and_serve(&pool);
    }
    g_ptr_array_unref(pool.slots);
    while (pool.jobs.length > 0)
        free_job(g_queue_pop_head(&pool.jobs));
    g_array_unref(pool.watches);
    g_array_unref(pool.polled);
    return pool.failed ? POOL_FAILED : pool.stopped ? POOL_STOPPED : POOL_DONE;
}

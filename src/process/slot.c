/* slot.c: starting, feeding, watching and burying a worker.
 * SPDX-License-Identifier: MIT */
#include "process/slot.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process/cpu.h"
#include "process/fork.h"
#include "process/worker.h"

#define SECONDS 60
/* Looks, a second each, at a process that neither works nor says anything, while nobody keeps it waiting. */
#define IDLE_MAX 60
/* So long a process that closed its line may take to be gone. */
#define BURIAL_MS 2000
/* That a worker may have at the same time. */
#define CHILDREN_MAX 4
/* Of a single message. */
#define PIECE_MAX (256u << 20)
/* A job on which processes die before they begin a message is tried so often. */
#define VAIN_MAX 2
/* … where somebody else killed them: the kernel, which lacks memory, or a person. That is no fault of the message. */
#define VAIN_KILLED_MAX 16

Slot *
slot_new(const PoolClass *class)
{
    Ring *ring = ring_new();
    Inbox *inbox = ring && class->reads ? inbox_new() : NULL;

    if (!ring || (class->reads && !inbox)) {
        ring_free(ring);
        return NULL;
    }
    Slot *slot = g_new0(Slot, 1);
    slot->class = class;
    slot->ring = ring;
    slot->inbox = inbox;
    slot->children = wards_new(CHILDREN_MAX);
    slot->needs = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(slot->needs, NULL);
    slot->part = g_byte_array_new();
    g_queue_init(&slot->jobs);
    return slot;
}

/* ---- the end of a process ---- */

static int
wait_for(pid_t pid)
{
    int status = 0;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return 0;
    return status;
}

/* It closed its line and so should be gone in no time; else it is helped. */
static int
wait_shortly(pid_t pid)
{
    int status = 0;

    for (guint i = 0; i < BURIAL_MS; i++) {
        const pid_t gone = waitpid(pid, &status, WNOHANG);
        if (gone == pid)
            return status;
        if (gone < 0 && errno != EINTR)
            return 0;
        g_usleep(i < 20 ? 50 : 1000);
    }
    kill(pid, SIGKILL);
    return wait_for(pid);
}

void
slot_free(Slot *slot)
{
    if (!slot)
        return;
    if (slot->line) {
        kill(slot->pid, SIGKILL);
        wait_for(slot->pid);
    }
    wards_free(slot->children);
    line_end_free(slot->line);
    ring_free(slot->ring);
    inbox_free(slot->inbox);
    g_ptr_array_unref(slot->needs);
    g_byte_array_unref(slot->part);
    g_queue_clear(&slot->jobs);
    g_free(slot);
}

void
slot_kill(Slot *slot, PoolHow how, int number)
{
    if (slot->was_killed)
        return;
    slot->was_killed = TRUE;
    slot->killed_for = (PoolLoss){ how, number, 0, FALSE };
    kill(slot->pid, SIGKILL);
}

/* ---- what is lost by that ---- */

typedef struct {
    SlotJob *job;           /* the first that has not ended; or NULL */
    guint    made;          /* pieces of it, losses included */
    guint    left;          /* of one that was given up: pieces of it that should lie there */
} Standing;

/* What is missing up to its last loss lies in the ring: no process puts more. */
static guint
pieces_left(const SlotJob *job)
{
    const guint n = job->lost->len;

    return job->given_up && n > 0 ? g_array_index(job->lost, SlotLoss, n - 1).index - job->next - (n - 1) : 0;
}

/* The next job at or behind `link` that has entries in the ring. */
static GList *
with_entries(GList *link, Standing *now)
{
    while (link && ((SlotJob *)link->data)->given_up && pieces_left(link->data) == 0)
        link = link->next;
    now->job = link ? link->data : NULL;
    now->made = link ? now->job->next + now->job->lost->len : 0;
    now->left = link ? pieces_left(now->job) : 0;
    return link;
}

/* Who came later may have written over what was put: what is not there any more is not waited for. */
static void
forget_left(const Standing *now)
{
    GArray *lost = now->job->lost;

    for (guint i = 0; i < lost->len; i++) {
        guint *index = &g_array_index(lost, SlotLoss, i).index;
        *index = MIN(*index, now->made - lost->len + i);
    }
}

/* How far the job was by what the process said last; a number that cannot be is none. */
static void
take_place(const Slot *slot, const Standing *now)
{
    PoolJob *job = &now->job->job;
    guint32 place;
    const guint begun = ring_begun(slot->ring, now->job->number, &place);

    if (begun == 0 || begun > now->made + 1)
        return;
    job->begun = begun;
    job->place = place;
}

/* A piece of an isolated process that has had its say. */
static gboolean
is_one_too_many(const Slot *slot, const RingEntry *entry, guint64 at, guint *said)
{
    return slot->isolated && entry->kind == ENTRY_PIECE && at >= slot->start && (*said)++ > 0;
}

gboolean
slot_is_sound(const RingEntry *entry, gsize part)
{
    return entry->kind >= ENTRY_PART && entry->kind <= ENTRY_END && part + entry->length <= PIECE_MAX;
}

/* How far its jobs are, by what lies in the ring; what lies there in part is cut off, and so is nonsense, with all behind it. */
static Standing
find_standing(Slot *slot)
{
    Standing now;
    GList *link = with_entries(slot->jobs.head, &now);
    guint64 at = ring_tail(slot->ring), whole = at;
    guint ends = slot->ends, said = slot->said;
    gsize part = slot->part->len;
    RingEntry entry;

    while (now.job && ring_look(slot->ring, &at, &entry) == RING_FULL && slot_is_sound(&entry, part) &&
           !is_one_too_many(slot, &entry, at - 1, &said)) {
        part = entry.kind == ENTRY_PART ? part + entry.length : 0;
        if (entry.kind == ENTRY_PIECE)
            now.made++;
        if (entry.kind == ENTRY_END) {
            now.job->done = TRUE;
            ends++;
        }
        if (entry.kind == ENTRY_END || (entry.kind == ENTRY_PIECE && now.job->given_up && --now.left == 0))
            link = with_entries(link->next, &now);
        if (entry.kind != ENTRY_PART)
            whole = at;
    }
    if (whole == ring_tail(slot->ring))
        g_byte_array_set_size(slot->part, 0);
    while (now.job && now.job->given_up) {
        forget_left(&now);
        link = with_entries(link->next, &now);
    }
    if (now.job)
        take_place(slot, &now);
    ring_cut(slot->ring, whole, ends);
    slot->counted = whole;
    return now;
}

/* Who died by itself may have lacked memory; who hung does so again. Once of each kind. */
static gboolean
try_again(const Slot *slot, const Standing *now)
{
    SlotJob *job = now->job;
    const PoolAgain again = slot->class->again ? slot->class->again(job->job.place) : POOL_NEVER;

    if (again == POOL_NEVER || (again == POOL_IF_DIED && slot->was_killed) || job->again[again] == now->made + 1)
        return FALSE;
    job->again[again] = now->made + 1;
    return TRUE;
}

/* Where nothing was under way that could be to blame it is tried once more. */
static void
lose(const Slot *slot, Standing *now, PoolLoss loss, gboolean begun)
{
    SlotJob *job = now->job;
    const gboolean killed = loss.how == POOL_LOST_SIGNAL && loss.number == SIGKILL;

    if (!begun && ++job->vain < (killed ? VAIN_KILLED_MAX : VAIN_MAX))
        return;
    if (begun && try_again(slot, now))
        return;
    loss.place = job->job.place;
    loss.given_up = job->given_up = !begun;
    const SlotLoss lost = { now->made, loss };
    g_array_append_val(job->lost, lost);
    now->made++;
}

static PoolLoss
loss_of(const Slot *slot, int status)
{
    if (slot->was_killed)
        return slot->killed_for;
    if (WIFSIGNALED(status))
        return (PoolLoss){ POOL_LOST_SIGNAL, WTERMSIG(status), 0, FALSE };
    return (PoolLoss){ POOL_LOST_EXIT, WEXITSTATUS(status), 0, FALSE };
}

void
slot_bury(Slot *slot)
{
    const int status = slot->was_killed ? wait_for(slot->pid) : wait_shortly(slot->pid);
    Standing now = find_standing(slot);
    const PoolLoss loss = loss_of(slot, status);

    wards_end_all(slot->children);     /* nobody hears them any more */
    g_clear_pointer(&slot->line, line_end_free);
    slot->used = TRUE;
    if (now.job && (!slot->well || slot->was_killed))
        lose(slot, &now, loss, now.job->job.begun == now.made + 1);
    if (now.job)
        now.job->job.first = now.made;
    for (GList *link = slot->jobs.head; link; link = link->next)
        ((SlotJob *)link->data)->sent = FALSE;
    slot->asking = slot->told_end = slot->was_killed = slot->well = FALSE;
}

/* ---- a new process ---- */

static void G_GNUC_NORETURN
be_worker(const WorkerStart *start, const GPtrArray *others)
{
    for (guint i = 0; i < others->len; i++) {
        const Slot *slot = others->pdata[i];
        if (slot->ring == start->ring)
            continue;
        ring_free(slot->ring);
        inbox_free(slot->inbox);
    }
    worker_run(start);
}

static void
forget_process(Slot *slot)
{
    slot->beats = ring_beats(slot->ring);
    slot->cpu = slot->seen = 0;
    slot->idle = slot->files = slot->said = 0;
    slot->start = ring_head(slot->ring);
}

gboolean
slot_start(Slot *slot, const GPtrArray *others, const PoolClass *class, guint worker, PoolFlags flags, gpointer data)
{
    int ends_of[2];
    sigset_t before;
    WorkerStart start = { class, data, (const char *const *)slot->needs->pdata, getpid(), -1, slot->ring,
                          slot->inbox };

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_of) != 0)
        return FALSE;
    forget_process(slot);
    slot->isolated = flags == POOL_ISOLATE;
    start.fd = ends_of[1];
    slot->pid = fork_start(&before);
    if (slot->pid == 0)
        be_worker(&start, others);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends_of[1]);
    if (slot->pid < 0) {
        close(ends_of[0]);
        return FALSE;
    }
    slot->line = line_end_new(ends_of[0]);
    slot->worker = worker;
    return TRUE;
}

void
slot_counted(Slot *slot, guint kind, guint64 at)
{
    if (at <= slot->counted)
        return;
    slot->counted = at;
    slot->pieces += kind == ENTRY_PIECE;
}

guint64
slot_count_pieces(Slot *slot)
{
    guint64 at = MAX(slot->counted, ring_tail(slot->ring));
    RingEntry entry;

    while (ring_look(slot->ring, &at, &entry) == RING_FULL)
        slot_counted(slot, entry.kind, at);
    return slot->pieces;
}

void
slot_wipe(Slot *slot)
{
    if (!slot->used)
        return;
    ring_wipe(slot->ring);
    if (slot->inbox)
        inbox_wipe(slot->inbox);
    g_byte_array_set_size(slot->part, 0);
    slot->ends = 0;
    slot->counted = 0;
    slot->used = FALSE;
}

static void
send_job(Slot *slot, const SlotJob *sent)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    const PoolJob *job = &sent->job;
    JobHead head = { sent->number, job->first, job->begun, job->place, job->n_fds, (guint32)job->n_bytes, 0,
                     sent->inbox };
    int fds[POOL_FDS_MAX];
    guint n = 0;
    gsize length = 0;
    const void *task = job->task ? g_bytes_get_data(job->task, &length) : NULL;

    for (guint i = 0; i < job->n_fds; i++) {
        if (job->fds[i] < 0)
            continue;
        head.there |= (guint64)1 << i;
        fds[n++] = job->fds[i];
    }
    g_byte_array_append(bytes, (const guint8 *)&head, sizeof head);
    if (length > 0)
        g_byte_array_append(bytes, task, (guint)length);
    line_end_send(slot->line, LINE_JOB, bytes->data, bytes->len, fds, n);
}

void
slot_send_jobs(Slot *slot)
{
    for (GList *link = slot->jobs.head; link; link = link->next) {
        SlotJob *job = link->data;
        if (!job->sent && !job->given_up && !job->done)
            send_job(slot, job);
        job->sent = TRUE;
    }
}

guint
slot_load(const Slot *slot)
{
    const guint ended = ring_ends(slot->ring) - slot->ends;

    return slot->jobs.length > ended ? slot->jobs.length - ended : 0;
}

guint
slot_ends_due(const Slot *slot)
{
    guint due = slot->ends;

    for (const GList *link = slot->jobs.head; link; link = link->next)
        due += !((const SlotJob *)link->data)->given_up;
    return due;
}

void
slot_say_end(Slot *slot)
{
    if (slot->line && !slot->told_end)
        line_end_send(slot->line, LINE_NO_MORE, NULL, 0, NULL, 0);
    slot->told_end = TRUE;
}

/* ---- whether it makes progress ---- */

static guint
seconds_of(const Slot *slot)
{
    const SlotJob *job = slot->jobs.head ? slot->jobs.head->data : NULL;

    return job && job->job.seconds > 0 ? job->job.seconds : SECONDS;
}

/* Looks are counted, not the clock: a machine that slept, or all of us stopped by Ctrl-Z, is no hanging worker. */
void
slot_watch(Slot *slot)
{
    const guint64 beats = ring_beats(slot->ring);
    const gint64 cpu = slot->line ? cpu_of(slot->pid) : 0;
    const gboolean works = cpu - slot->seen > 10000;

    slot->seen = cpu;
    if (!slot->line || slot->jobs.length == 0 || slot->asking || ring_is_held(slot->ring) ||
        beats != slot->beats) {
        slot->beats = beats;
        slot->cpu = cpu;
        slot->idle = 0;
        return;
    }
    slot->idle = works ? 0 : slot->idle + 1;
    if (cpu - slot->cpu > (gint64)seconds_of(slot) * G_USEC_PER_SEC)
        slot_kill(slot, POOL_LOST_TIME, (int)seconds_of(slot));
    else if (slot->idle > IDLE_MAX)
        slot_kill(slot, POOL_LOST_TIME, (int)slot->idle);
}

/* worker.c: what a worker does: it is confined, takes jobs, says pieces.
 * SPDX-License-Identifier: MIT */
#include "process/worker.h"

#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/inside.h"
#include "process/confine.h"
#include "process/door.h"
#include "process/fork.h"
#include "process/line.h"

#define MEMORY ((gsize)1 << 30)

struct PoolLine {
    int       fd;
    Ring     *ring;
    GQueue    jobs;         /* LineFrame: handed out while it did something else */
    gboolean  no_more;
    guint64   result;       /* of the job under way */
    const char *const *needs;
};

/* The line of this process, once it is a confined worker. */
static PoolLine *own_line;

/* ---- talking ---- */

static void G_GNUC_NORETURN
leave(void)
{
    _exit(0);
}

static void
say(PoolLine *line, LineKind kind, const void *bytes, gsize length)
{
    if (!line_put(line->fd, kind, bytes, length))
        leave();        /* nobody is there any more */
}

static void
put(PoolLine *line, EntryKind kind, const void *bytes, gsize length)
{
    /* It may make room, or see to it that it is woken as soon as it can. */
    if (ring_is_short(line->ring, length) && ring_rouse(line->ring))
        say(line, LINE_WAKE, NULL, 0);
    if (ring_put(line->ring, kind, bytes, length, kind == ENTRY_END))
        say(line, LINE_WAKE, NULL, 0);
}

/* The next frame that is no job: those wait. */
static void
hear(PoolLine *line, LineFrame *frame)
{
    for (;;) {
        if (!line_get(line->fd, frame))
            leave();
        if (frame->kind == LINE_JOB)
            g_queue_push_tail(&line->jobs, g_memdup2(frame, sizeof *frame));
        else if (frame->kind == LINE_NO_MORE) {
            line->no_more = TRUE;
            line_frame_clear(frame);
        } else
            return;
    }
}

/* ---- for the work ---- */

void
pool_begin(PoolLine *line, guint index, guint32 place)
{
    ring_begin(line->ring, index + 1, place);
    ring_beat(line->ring);
}

void
pool_alive(PoolLine *line)
{
    ring_beat(line->ring);
}

void
pool_piece(PoolLine *line, const void *bytes, gsize length)
{
    const guint8 *at = bytes;

    for (; length > RING_ENTRY_MAX; at += RING_ENTRY_MAX, length -= RING_ENTRY_MAX)
        put(line, ENTRY_PART, at, RING_ENTRY_MAX);
    put(line, ENTRY_PIECE, at, length);
}

void *
pool_room(PoolLine *line, gsize least, gsize *size)
{
    return ring_room(line->ring, least, size);
}

void
pool_note(PoolLine *line, const void *bytes, gsize length)
{
    say(line, LINE_NOTE, bytes, MIN(length, LINE_FRAME_MAX));
}

void
pool_result(PoolLine *line, guint64 result)
{
    line->result = result;
}

GBytes *
pool_ask(PoolLine *line, GBytes *question)
{
    gsize length = 0;
    const void *bytes = g_bytes_get_data(question, &length);
    LineFrame frame;

    if (length > LINE_FRAME_MAX)
        return NULL;
    say(line, LINE_ASK, bytes, length);
    hear(line, &frame);
    if (frame.kind != LINE_ANSWER)
        leave();
    return g_bytes_new_take(g_steal_pointer(&frame.bytes), frame.length);
}

/* ---- the door (base/inside.h) ---- */

/* A name that a message gave is one of ours, or it is not asked for. */
static void
need(const char *what)
{
    if (!door_is_new(what, own_line->needs))
        return;
    say(own_line, LINE_NEED, what, strlen(what));
    leave();
}

static gboolean
ask(LineKind kind, const void *bytes, gsize length, LineFrame *answer)
{
    say(own_line, kind, bytes, length);
    hear(own_line, answer);
    return TRUE;
}

static int
start_child(const char *name, GBytes *told)
{
    return door_start_child(ask, name, told);
}

static int
end_child(const char *name)
{
    return door_end_child(ask, name);
}

static int
open_file(void)
{
    return door_ask_fd(ask, LINE_FILE, NULL, 0);
}

static const InsideDoor door = { need, start_child, end_child, open_file };

/* ---- jobs ---- */

/* FALSE: there is none any more. */
static gboolean
next_job(PoolLine *line, LineFrame *frame)
{
    LineFrame *waiting = g_queue_pop_head(&line->jobs);

    if (waiting) {
        *frame = *waiting;
        g_free(waiting);
        return TRUE;
    }
    while (!line->no_more) {
        if (!line_get(line->fd, frame))
            return FALSE;
        if (frame->kind == LINE_JOB)
            return TRUE;
        line->no_more = frame->kind == LINE_NO_MORE;
        line_frame_clear(frame);
    }
    return FALSE;
}

static void
do_job(const WorkerStart *start, PoolLine *line, LineFrame *frame)
{
    JobHead head;
    PoolJob job = { 0 };

    memcpy(&head, frame->bytes, sizeof head);
    job.first = head.first;
    job.n_fds = head.n_fds;
    for (guint i = 0, at = 0; i < head.n_fds; i++)
        job.fds[i] = (head.there >> i & 1) && at < frame->n_fds ? frame->fds[at++] : -1;
    job.task = g_bytes_new_static(frame->bytes + sizeof head, frame->length - sizeof head);
    job.n_bytes = head.n_bytes;
    job.bytes = job.n_bytes > 0 ? inbox_at(start->inbox, head.inbox, job.n_bytes) : NULL;
    job.begun = head.begun;
    job.place = head.place;
    line->result = 0;
    ring_start(line->ring, head.number, head.begun, head.place);
    start->class->work(&job, line, start->data);
    g_bytes_unref(job.task);
    put(line, ENTRY_END, &line->result, sizeof line->result);
    line_frame_clear(frame);
}

void
worker_run(const WorkerStart *start)
{
    LineFrame frame;
    const PoolClass *class = start->class;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    fork_leave_signals();
    if (start->inbox && !inbox_shut(start->inbox))
        leave();
    PoolLine line = { .fd = fork_keep_only(start->fd), .ring = start->ring, .needs = start->needs };
    if (line.fd < 0 || getppid() != start->parent)
        leave();
    g_queue_init(&line.jobs);
    if (class->prepare)
        class->prepare(start->needs, start->data);
    confine_worker(class->memory ? class->memory : MEMORY);
    own_line = &line;
    inside_enter(&door);
    while (next_job(&line, &frame))
        do_job(start, &line, &frame);
    leave();
}

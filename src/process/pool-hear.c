/* pool-hear.c: what workers say through their lines, and what they ask their parent to do.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "base/nameless.h"
#include "process/door.h"
#include "process/pool-own.h"

/* Temporary files that it may have opened. */
#define FILES_MAX 4096

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
    if (!door_is_need((const char *)bytes, length))
        return FALSE;
    g_autofree char *what = g_strndup((const char *)bytes, length);
    if (!door_is_new(what, (const char *const *)slot->needs->pdata))
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
    pid_t pid = -1;
    int fd = -1;

    if (job && !wards_is_full(slot->children)) {
        g_autoptr(GBytes) told = g_bytes_new(end + 1, length - name - 1);
        fd = child_spawn(job, told, own, &pid);
    }
    if (fd >= 0)
        wards_add(slot->children, (const char *)bytes, pid);
    send_fd(slot, fd);
}

/* Enough for any mailbox; who asks for more wants to fill our table of files. */
static void
open_file(Slot *slot)
{
    send_fd(slot, slot->files++ < FILES_MAX ? nameless_open(NULL) : -1);
}

static void
reap_child(Slot *slot, const guint8 *bytes, gsize length)
{
    g_autofree char *name = g_strndup((const char *)bytes, length);
    const int status = wards_end(slot->children, name);

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

gboolean
pool_hear(Pool *pool, Slot *slot)
{
    const guint8 *bytes;
    gsize length;
    guint kind;

    do {
        const LineState state = line_end_read(slot->line, &kind, &bytes, &length);
        if (state == LINE_NOTHING)
            return TRUE;
        if (state != LINE_GOT || !take_frame(pool, slot, kind, bytes, length)) {
            if (state != LINE_CLOSED)
                slot_kill(slot, POOL_LOST_NONSENSE, 0);
            return FALSE;
        }
    } while (!line_end_is_dry(slot->line));
    return TRUE;
}

/* ring.c: the ring, its marks, and who waits for whom.
 * SPDX-License-Identifier: MIT */
#include "process/ring.h"

#include <linux/futex.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MARKS_BYTES 4096u
#define ALIGN 16u

/* What both sides write; each field by one side only, but for the two that say who sleeps. */
typedef struct {
    _Atomic guint64 head;           /* of the worker: whole entries end here */
    _Atomic guint64 tail;           /* of the parent: read so far */
    _Atomic guint64 wake_at;        /* of the parent: it sleeps until then … */
    _Atomic guint32 wake_ends;      /* … or until so many ends; 0: not */
    _Atomic guint32 parent_sleeps;
    _Atomic guint32 ends;
    _Atomic guint32 room;           /* futex: counts how often there was room again */
    _Atomic guint32 worker_waits;
    _Atomic guint32 job;
    _Atomic guint64 begun;          /* number and place in one, since it may be killed between two stores */
    _Atomic guint64 beats;
} Marks;

typedef struct {
    guint32 kind, length;
    guint64 unused;
} Head;

struct Ring {
    Marks  *marks;
    guint8 *data;       /* RING_BYTES, mapped twice in a row: an entry never wraps */
    guint64 tail;       /* the parent's own: what lies in the marks could be changed */
    guint64 released;
};

#define MAPPED (MARKS_BYTES + 2 * (gsize)RING_BYTES)

/* Marks and data, then the data once more. */
static guint8 *
map_twice(int fd)
{
    guint8 *base = mmap(NULL, MAPPED, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (base == MAP_FAILED)
        return NULL;
    guint8 *again = base + MARKS_BYTES + RING_BYTES;
    if (mmap(base, MARKS_BYTES + RING_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0) == base &&
        mmap(again, RING_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, MARKS_BYTES) == again)
        return base;
    munmap(base, MAPPED);
    return NULL;
}

Ring *
ring_new(void)
{
    const int fd = memfd_create("fromscope-ring", MFD_CLOEXEC);
    guint8 *base = fd >= 0 && ftruncate(fd, MARKS_BYTES + RING_BYTES) == 0 ? map_twice(fd) : NULL;

    if (fd >= 0)
        close(fd);
    if (!base)
        return NULL;
    Ring *ring = g_new0(Ring, 1);
    ring->marks = (Marks *)base;
    ring->data = base + MARKS_BYTES;
    return ring;
}

void
ring_free(Ring *ring)
{
    if (!ring)
        return;
    munmap(ring->marks, MAPPED);
    g_free(ring);
}

static gsize
entry_size(gsize length)
{
    return (sizeof(Head) + length + ALIGN - 1) / ALIGN * ALIGN;
}

static guint8 *
place(const Ring *ring, guint64 at)
{
    return ring->data + at % RING_BYTES;
}

/* ---- the worker ---- */

static void
wait_for_room(Ring *ring, guint64 head, gsize size)
{
    Marks *marks = ring->marks;

    while (head + size - atomic_load(&marks->tail) > RING_BYTES) {
        const guint32 room = atomic_load(&marks->room);
        atomic_store(&marks->worker_waits, 1);
        if (head + size - atomic_load(&marks->tail) > RING_BYTES)
            syscall(SYS_futex, &marks->room, FUTEX_WAIT, room, NULL, NULL, 0);
        atomic_store(&marks->worker_waits, 0);
    }
}

gboolean
ring_is_short(const Ring *ring, gsize length)
{
    const Marks *marks = ring->marks;

    return atomic_load(&marks->head) + entry_size(length) - atomic_load(&marks->tail) > RING_BYTES;
}

void *
ring_room(const Ring *ring, gsize least, gsize *size)
{
    const guint64 head = atomic_load(&ring->marks->head);

    if (ring_is_short(ring, least))
        return NULL;
    *size = MIN(RING_BYTES - (gsize)(head - atomic_load(&ring->marks->tail)) - sizeof(Head), RING_ENTRY_MAX);
    return place(ring, head) + sizeof(Head);
}

gboolean
ring_rouse(Ring *ring)
{
    return atomic_load(&ring->marks->parent_sleeps) && atomic_exchange(&ring->marks->parent_sleeps, 0) != 0;
}

/* Counted with 32 bits, which may come around. */
static gboolean
is_reached(guint32 ends, guint32 wanted)
{
    return wanted != 0 && (gint32)(ends - wanted) >= 0;
}

gboolean
ring_put(Ring *ring, guint kind, const void *bytes, gsize length, gboolean end)
{
    Marks *marks = ring->marks;
    const guint64 head = atomic_load(&marks->head);
    const gsize size = entry_size(length);
    const Head entry = { kind, (guint32)length, 0 };

    wait_for_room(ring, head, size);
    memcpy(place(ring, head), &entry, sizeof entry);
    if (length > 0 && bytes != place(ring, head) + sizeof entry)
        memcpy(place(ring, head) + sizeof entry, bytes, length);
    atomic_fetch_add(&marks->beats, 1);
    atomic_store(&marks->head, head + size);
    if (end)
        atomic_fetch_add(&marks->ends, 1);
    if (!atomic_load(&marks->parent_sleeps))
        return FALSE;
    if (head + size < atomic_load(&marks->wake_at) &&
        !(end && is_reached(atomic_load(&marks->ends), atomic_load(&marks->wake_ends))))
        return FALSE;
    return ring_rouse(ring);
}

void
ring_beat(Ring *ring)
{
    atomic_fetch_add(&ring->marks->beats, 1);
}

void
ring_begin(Ring *ring, guint number, guint32 place)
{
    atomic_store(&ring->marks->begun, (guint64)number << 32 | place);
}

void
ring_start(Ring *ring, guint job, guint number, guint32 place)
{
    atomic_store(&ring->marks->job, 0);
    ring_begin(ring, number, place);
    atomic_store(&ring->marks->job, job);
    ring_beat(ring);
}

/* ---- the parent ---- */

guint64
ring_tail(const Ring *ring)
{
    return ring->tail;
}

guint64
ring_head(const Ring *ring)
{
    return atomic_load(&ring->marks->head);
}

RingState
ring_look(const Ring *ring, guint64 *at, RingEntry *entry)
{
    const guint64 filled = atomic_load(&ring->marks->head) - *at;
    Head head;

    if (filled == 0)
        return RING_EMPTY;
    if (filled > RING_BYTES || filled < sizeof head)
        return RING_BROKEN;
    memcpy(&head, place(ring, *at), sizeof head);
    if (head.length > RING_ENTRY_MAX || entry_size(head.length) > filled)
        return RING_BROKEN;
    *entry = (RingEntry){ head.kind, place(ring, *at) + sizeof head, head.length };
    *at += entry_size(head.length);
    return RING_FULL;
}

void
ring_take(Ring *ring, guint64 at)
{
    ring->tail = at;
}

void
ring_release(Ring *ring)
{
    Marks *marks = ring->marks;
    const guint64 at = ring->tail;

    if (at == ring->released)
        return;
    ring->released = at;
    atomic_store(&marks->tail, at);
    /* Who waits does so at more than half: woken at each entry it would hardly get on. */
    if (!atomic_load(&marks->worker_waits) || atomic_load(&marks->head) - at > RING_BYTES / 2)
        return;
    atomic_fetch_add(&marks->room, 1);
    syscall(SYS_futex, &marks->room, FUTEX_WAKE, 1, NULL, NULL, 0);
}

void
ring_cut(Ring *ring, guint64 at, guint ends)
{
    Marks *marks = ring->marks;

    ring->released = ring->tail;
    atomic_store(&marks->tail, ring->tail);
    atomic_store(&marks->head, at);
    atomic_store(&marks->job, 0);
    atomic_store(&marks->worker_waits, 0);
    atomic_store(&marks->ends, ends);
}

void
ring_wipe(Ring *ring)
{
    if (madvise(ring->marks, MARKS_BYTES + RING_BYTES, MADV_REMOVE) != 0)
        memset(ring->marks, 0, MARKS_BYTES + RING_BYTES);
    ring->tail = ring->released = 0;
}

/* Who was told to wake us looks at the same marks in the opposite order: one of the two sees the other. */
gboolean
ring_sleep(Ring *ring, gsize bytes, guint ends)
{
    Marks *marks = ring->marks;
    const guint64 head = atomic_load(&marks->head);

    atomic_store(&marks->wake_at, ring->tail + bytes);
    atomic_store(&marks->wake_ends, ends);
    atomic_store(&marks->parent_sleeps, 1);
    return !is_reached(atomic_load(&marks->ends), ends) &&
           (atomic_load(&marks->head) == head || atomic_load(&marks->head) < ring->tail + bytes);
}

void
ring_wake(Ring *ring)
{
    atomic_store(&ring->marks->parent_sleeps, 0);
}

guint
ring_ends(const Ring *ring)
{
    return atomic_load(&ring->marks->ends);
}

guint64
ring_beats(const Ring *ring)
{
    return atomic_load(&ring->marks->beats);
}

guint
ring_begun(const Ring *ring, guint job, guint32 *place)
{
    const guint64 begun = atomic_load(&ring->marks->begun);

    *place = (guint32)begun;
    return atomic_load(&ring->marks->job) == job ? (guint)(begun >> 32) : 0;
}

gboolean
ring_is_held(const Ring *ring)
{
    return atomic_load(&ring->marks->head) - ring->tail >= RING_BYTES / 4;
}

gboolean
ring_is_full(const Ring *ring)
{
    return atomic_load(&ring->marks->worker_waits) != 0;
}

/* target-ring.c: memory that a worker which was taken over has written, as the parent reads it.
 * SPDX-License-Identifier: MIT */
/* The memory is written as such a worker would: past all functions. */
#include "process/ring.c"

#include "fuzz.h"

enum { MARKS_USED = 16, LOOKS_MAX = 2000 };

/* A head, 8 bytes; then, what lies in the ring from its beginning on, and at its very end, where it is mapped again. */
static void
write_ring(Ring *ring, const guint8 *data, gsize size)
{
    guint64 head;

    memcpy(&head, data, sizeof head);
    atomic_store(&ring->marks->head, head);
    atomic_store(&ring->marks->ends, data[8]);
    atomic_store(&ring->marks->job, data[9] % 3);
    atomic_store(&ring->marks->begun, head ^ size);
    memcpy(ring->data, data + MARKS_USED, size - MARKS_USED);
    memcpy(ring->data + RING_BYTES - 64, data, MIN(size, 64));
}

static guint64
look_at_all(const Ring *ring, guint64 at, guint64 *sum)
{
    RingEntry entry;

    for (guint looks = 0; looks < LOOKS_MAX; looks++) {
        const guint64 before = at;
        const RingState state = ring_look(ring, &at, &entry);
        if (state != RING_FULL) {
            FUZZ_REQUIRE(at == before);
            break;
        }
        const guint8 *bytes = entry.bytes;
        FUZZ_REQUIRE(at > before && at - before <= RING_ENTRY_MAX + 2 * ALIGN);
        FUZZ_REQUIRE(entry.length <= RING_ENTRY_MAX && bytes >= ring->data);
        FUZZ_REQUIRE(bytes + entry.length <= ring->data + 2 * (gsize)RING_BYTES);
        for (gsize i = 0; i < entry.length; i += 997)
            *sum += bytes[i];
    }
    return at;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static Ring *ring;
    guint32 place;
    guint64 sum = 0;

    if (size < MARKS_USED || size > RING_BYTES / 2)
        return 0;
    if (!ring)
        ring = ring_new();
    FUZZ_REQUIRE(ring);
    ring->tail = ring->released = data[10] % 2 ? RING_BYTES - 64 : 0;
    write_ring(ring, data, size);
    const guint64 at = look_at_all(ring, ring_tail(ring), &sum);
    ring_begun(ring, 1, &place);
    ring_take(ring, at);
    ring_release(ring);
    FUZZ_REQUIRE(ring_tail(ring) == at);
    ring_cut(ring, at, data[8]);
    FUZZ_REQUIRE(ring_head(ring) == at && ring_ends(ring) == data[8]);
    /* Who comes after it goes on there. */
    const gboolean woken = ring_put(ring, 1, data, MIN(size, 100), FALSE);
    RingEntry entry;
    guint64 next = at;
    FUZZ_REQUIRE(ring_look(ring, &next, &entry) == RING_FULL && entry.length == MIN(size, 100));
    FUZZ_REQUIRE(memcmp(entry.bytes, data, entry.length) == 0);
    return woken && sum == G_MAXUINT64;
}

/* test-ring.c: what goes through shared memory comes out as it was, wherever the end of it lies; who may write where.
 * SPDX-License-Identifier: MIT */
#include "process/ring.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process/inbox.h"

#define RING_SIZE RING_BYTES

static guint8
byte_of(guint entry, gsize i)
{
    return (guint8)(entry * 31 + i * 7 + i / 256);
}

static gsize
length_of(guint entry)
{
    static const gsize odd[] = { 0, 1, 15, 16, 17, 4095, 4096, 70001, RING_ENTRY_MAX - 1, RING_ENTRY_MAX };

    return odd[(entry * 7 + entry / 10) % G_N_ELEMENTS(odd)];
}

static void
put(Ring *ring, guint entry)
{
    const gsize length = length_of(entry);
    g_autofree guint8 *bytes = g_malloc(length + 1);

    for (gsize i = 0; i < length; i++)
        bytes[i] = byte_of(entry, i);
    ring_put(ring, 1 + entry % 3, bytes, length, entry % 3 == 2);
}

static void
check(const RingEntry *got, guint entry)
{
    g_assert_cmpuint(got->kind, ==, 1 + entry % 3);
    g_assert_cmpuint(got->length, ==, length_of(entry));
    for (gsize i = 0; i < got->length; i++)
        g_assert_cmpuint(((const guint8 *)got->bytes)[i], ==, byte_of(entry, i));
}

/* Every entry length at every place relative to the end: many times around. */
static void
test_around(void)
{
    Ring *ring = ring_new();
    RingEntry entry;

    for (guint i = 0; i < 700; i++) {
        guint64 at = ring_tail(ring);
        put(ring, i);
        g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_FULL);
        check(&entry, i);
        g_assert_cmpuint(at, ==, ring_head(ring));
        ring_take(ring, at);
        g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_EMPTY);
        ring_release(ring);
    }
    g_assert_cmpuint(ring_head(ring), >, 20u * RING_SIZE);
    g_assert_cmpuint(ring_ends(ring), ==, 233);
    ring_free(ring);
}

/* Who writes waits until there is room, and what is not released is not written over. */
static void
test_waits(void)
{
    Ring *ring = ring_new();
    RingEntry entry, held[8];
    guint n_held = 0;
    const pid_t pid = fork();

    if (pid == 0) {
        for (guint i = 0; i < 400; i++)
            put(ring, i);
        _exit(0);
    }
    for (guint i = 0; i < 400;) {
        guint64 at = ring_tail(ring);
        const RingState state = ring_look(ring, &at, &entry);
        g_assert_cmpint(state, !=, RING_BROKEN);
        if (state == RING_FULL) {
            held[n_held++] = entry;
            ring_take(ring, at);
            i++;
        }
        if (n_held < G_N_ELEMENTS(held) && i < 400 && state == RING_FULL)
            continue;
        if (state == RING_FULL)
            g_usleep(500);          /* time enough to spoil it */
        for (guint j = 0; j < n_held; j++)
            check(&held[j], i - n_held + j);
        n_held = 0;
        ring_release(ring);
        if (state == RING_EMPTY)
            g_usleep(100);
    }
    g_assert_cmpint(waitpid(pid, NULL, 0), ==, pid);
    ring_free(ring);
}

static void
wait_for_head(const Ring *ring, guint64 head)
{
    for (guint i = 0; i < 5000 && ring_head(ring) != head; i++)
        g_usleep(1000);
    g_assert_cmpuint(ring_head(ring), ==, head);
}

/* The last sixteen bytes are used, and not one more. */
static void
test_brim(void)
{
    static guint8 bytes[RING_ENTRY_MAX];
    const gsize most = RING_ENTRY_MAX + 16;
    Ring *ring = ring_new();
    RingEntry entry;
    guint64 at = 0;

    for (guint i = 0; i < 3; i++)
        ring_put(ring, 1, bytes, RING_ENTRY_MAX, FALSE);
    ring_put(ring, 2, bytes, RING_SIZE - 3 * most - 32, FALSE);
    g_assert_cmpuint(ring_head(ring), ==, RING_SIZE - 16);
    const pid_t pid = fork();
    if (pid == 0) {
        ring_put(ring, 3, NULL, 0, FALSE);
        ring_put(ring, 4, NULL, 0, FALSE);
        _exit(0);
    }
    wait_for_head(ring, RING_SIZE);
    g_usleep(50000);
    g_assert_true(ring_is_full(ring));
    g_assert_cmpuint(ring_head(ring), ==, RING_SIZE);
    g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_FULL);
    g_assert_cmpuint(entry.kind, ==, 1);
    g_assert_cmpuint(entry.length, ==, RING_ENTRY_MAX);
    while (ring_look(ring, &at, &entry) == RING_FULL)
        ring_take(ring, at);
    g_assert_cmpuint(ring_tail(ring), ==, RING_SIZE);
    ring_release(ring);
    wait_for_head(ring, RING_SIZE + 16);
    g_assert_cmpint(waitpid(pid, NULL, 0), ==, pid);
    ring_free(ring);
}

/* What was released may be written over, and not one byte more. */
static void
test_released(void)
{
    static guint8 bytes[RING_ENTRY_MAX];
    const gsize most = RING_ENTRY_MAX + 16;
    Ring *ring = ring_new();
    RingEntry entry;
    guint64 at = 0;

    for (guint i = 0; i < 3; i++)
        ring_put(ring, 1, bytes, RING_ENTRY_MAX, FALSE);
    ring_put(ring, 2, bytes, RING_SIZE - 3 * most - 16, FALSE);
    g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_FULL);
    ring_take(ring, at);
    ring_release(ring);
    const pid_t pid = fork();
    if (pid == 0) {
        ring_put(ring, 3, bytes, RING_ENTRY_MAX, FALSE);
        ring_put(ring, 4, NULL, 0, FALSE);
        _exit(0);
    }
    wait_for_head(ring, RING_SIZE + most);
    g_usleep(50000);
    g_assert_cmpuint(ring_head(ring), ==, RING_SIZE + most);
    g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_FULL);
    g_assert_cmpuint(entry.kind, ==, 1);
    while (ring_look(ring, &at, &entry) == RING_FULL)
        ring_take(ring, at);
    ring_release(ring);
    g_assert_cmpint(waitpid(pid, NULL, 0), ==, pid);
    ring_free(ring);
}

/* Who sleeps is woken once, by the byte or by the end that it waits for; what lay there before wakes nobody. */
static void
test_wake(void)
{
    static const guint8 bytes[48];
    Ring *ring = ring_new();
    RingEntry entry;
    guint64 at = 0;

    g_assert_false(ring_put(ring, 1, bytes, 48, TRUE));     /* nobody sleeps */
    g_assert_cmpuint(ring_beats(ring), ==, 1);
    g_assert_true(ring_sleep(ring, 64, 0));
    g_assert_true(ring_put(ring, 1, NULL, 0, FALSE));
    g_assert_false(ring_put(ring, 1, bytes, 48, TRUE));
    while (ring_look(ring, &at, &entry) == RING_FULL)
        ring_take(ring, at);
    g_assert_true(ring_sleep(ring, 64, 0));
    g_assert_false(ring_put(ring, 1, bytes, 16, FALSE));    /* 32 of 64 */
    g_assert_false(ring_put(ring, 1, NULL, 0, FALSE));      /* 48 */
    g_assert_true(ring_put(ring, 1, NULL, 0, FALSE));       /* 64 */
    g_assert_false(ring_put(ring, 1, NULL, 0, FALSE));
    g_assert_true(ring_sleep(ring, RING_SIZE, ring_ends(ring) + 1));
    g_assert_true(ring_put(ring, 1, NULL, 0, TRUE));
    g_assert_true(ring_sleep(ring, RING_SIZE, ring_ends(ring) + 1));
    ring_wake(ring);
    g_assert_false(ring_put(ring, 1, NULL, 0, TRUE));
    ring_free(ring);
}

/* The second end from here on; at none; one that was put before it was asked for. */
static void
test_wake_ends(void)
{
    Ring *ring = ring_new();

    ring_put(ring, 1, NULL, 0, TRUE);
    g_assert_true(ring_sleep(ring, RING_SIZE, 3));
    g_assert_false(ring_put(ring, 1, NULL, 0, TRUE));
    g_assert_false(ring_put(ring, 1, NULL, 0, FALSE));
    g_assert_true(ring_put(ring, 1, NULL, 0, TRUE));
    g_assert_false(ring_put(ring, 1, NULL, 0, TRUE));
    g_assert_true(ring_sleep(ring, RING_SIZE, 0));
    g_assert_false(ring_put(ring, 1, NULL, 0, TRUE));
    g_assert_cmpuint(ring_ends(ring), ==, 5);
    g_assert_false(ring_sleep(ring, RING_SIZE, 5));
    g_assert_false(ring_sleep(ring, RING_SIZE, 4));
    g_assert_true(ring_sleep(ring, RING_SIZE, 6));
    /* Counted around. */
    ring_cut(ring, ring_head(ring), G_MAXUINT32);
    g_assert_true(ring_sleep(ring, RING_SIZE, 1));
    g_assert_false(ring_put(ring, 1, NULL, 0, TRUE));
    g_assert_true(ring_put(ring, 1, NULL, 0, TRUE));
    ring_free(ring);
}

/* Who would wait says so first, whatever the parent waits for; and once. */
static void
test_short(void)
{
    static guint8 bytes[RING_ENTRY_MAX];
    Ring *ring = ring_new();

    for (guint i = 0; i < 3; i++)
        ring_put(ring, 1, bytes, RING_ENTRY_MAX, FALSE);
    g_assert_false(ring_is_short(ring, RING_SIZE - 3 * (RING_ENTRY_MAX + 16) - 16));
    g_assert_true(ring_is_short(ring, RING_SIZE - 3 * (RING_ENTRY_MAX + 16) - 15));
    g_assert_false(ring_is_full(ring));
    g_assert_false(ring_rouse(ring));
    g_assert_true(ring_sleep(ring, G_MAXUINT32, 0));
    g_assert_true(ring_rouse(ring));
    g_assert_false(ring_rouse(ring));
    ring_free(ring);
}

/* A quarter of it lies there. */
static void
test_held(void)
{
    static guint8 bytes[RING_ENTRY_MAX];
    Ring *ring = ring_new();
    RingEntry entry;
    guint64 at = 0;

    ring_put(ring, 1, bytes, RING_ENTRY_MAX - 32, FALSE);
    g_assert_false(ring_is_held(ring));
    ring_put(ring, 1, NULL, 0, FALSE);
    g_assert_true(ring_is_held(ring));
    g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_FULL);
    ring_take(ring, at);
    g_assert_false(ring_is_held(ring));
    ring_free(ring);
}

/* Marks and heads that make no sense: nothing is read outside, nothing is believed. */
static void
test_nonsense(void)
{
    static const guint32 lengths[] = { RING_ENTRY_MAX + 1, G_MAXUINT32, 1u << 31, 64, 33 };
    Ring *ring = ring_new();
    RingEntry entry;

    put(ring, 2);
    for (gsize i = 0; i < G_N_ELEMENTS(lengths); i++) {
        guint64 at = ring_tail(ring);
        g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_FULL);
        guint32 *head = (guint32 *)(gpointer)((guint8 *)(gpointer)entry.bytes - 16);
        const guint32 before = head[1];
        head[1] = lengths[i];
        at = ring_tail(ring);
        g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_BROKEN);
        g_assert_cmpuint(at, ==, ring_tail(ring));
        head[1] = before;
    }
    /* More than there can be, and less than an entry has. */
    for (guint i = 0; i < 2; i++) {
        guint64 at = ring_tail(ring);
        ring_cut(ring, i == 0 ? RING_SIZE + 16 : 8, 0);
        g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_BROKEN);
    }
    ring_free(ring);
}

/* What is cut off was never there; the next process goes on where the last whole entry ends. */
static void
test_cut(void)
{
    Ring *ring = ring_new();
    RingEntry entry;
    guint64 at;

    put(ring, 1);
    const guint64 whole = ring_head(ring);
    put(ring, 2);
    ring_start(ring, 9, 5, 77);
    guint32 place;
    g_assert_cmpuint(ring_begun(ring, 9, &place), ==, 5);
    ring_cut(ring, whole, 3);
    g_assert_cmpuint(ring_begun(ring, 9, &place), ==, 0);
    g_assert_cmpuint(ring_ends(ring), ==, 3);
    at = ring_tail(ring);
    g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_FULL);
    check(&entry, 1);
    g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_EMPTY);
    ring_free(ring);
}

/* What was taken before is room for the next process. */
static void
test_cut_room(void)
{
    static guint8 bytes[RING_ENTRY_MAX];
    Ring *ring = ring_new();
    RingEntry entry;
    guint64 at = 0;

    for (guint i = 0; i < 3; i++)
        ring_put(ring, 1, bytes, RING_ENTRY_MAX, FALSE);
    while (ring_look(ring, &at, &entry) == RING_FULL)
        ring_take(ring, at);
    ring_cut(ring, at, 0);
    const pid_t pid = fork();
    if (pid == 0) {
        for (guint i = 0; i < 3; i++)
            ring_put(ring, 1, bytes, RING_ENTRY_MAX, FALSE);
        _exit(0);
    }
    wait_for_head(ring, 2 * at);
    g_assert_cmpint(waitpid(pid, NULL, 0), ==, pid);
    ring_free(ring);
}

static void
test_wipe(void)
{
    Ring *ring = ring_new();
    RingEntry entry;
    guint64 at = 0;

    put(ring, 7);
    g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_FULL);
    ring_take(ring, at);
    ring_wipe(ring);
    for (gsize i = 0; i < entry.length; i++)
        g_assert_cmpuint(((const guint8 *)entry.bytes)[i], ==, 0);
    g_assert_cmpuint(ring_head(ring) + ring_tail(ring) + ring_ends(ring) + ring_beats(ring), ==, 0);
    put(ring, 8);
    at = 0;
    g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_FULL);
    check(&entry, 8);
    ring_free(ring);
}

/* ---- the inbox ---- */

static void
fill(guint8 *bytes, gsize length, guint number)
{
    for (gsize i = 0; i < length; i++)
        bytes[i] = byte_of(number, i);
}

/* Around it several times, with as much in it as goes. */
static void
test_inbox_around(void)
{
    static guint8 bytes[INBOX_BYTES / 4], again[INBOX_BYTES / 4];
    Inbox *inbox = inbox_new();
    GQueue lying = G_QUEUE_INIT;
    guint64 places[400];
    guint first = 0, most = 0;

    g_assert_nonnull(inbox);
    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        const gsize length = length_of(i) % (INBOX_BYTES / 4 + 1);
        /* Where they are to lie, and more would have room; or elsewhere. */
        const gsize wished = i % 3 > 0 ? MAX(length, INBOX_BYTES / 5) : length;
        while (!inbox_has_room(inbox, wished)) {
            const gsize old = length_of(first) % (INBOX_BYTES / 4 + 1);
            fill(again, old, first);
            g_assert_true(memcmp(inbox_at(inbox, places[first], old), again, old) == 0);
            inbox_drop(inbox, places[first] + old);
            g_queue_pop_head(&lying);
            first++;
        }
        guint8 *room = i % 3 > 0 ? inbox_room(inbox, wished) : bytes;
        fill(room, length, i);
        places[i] = inbox_put(inbox, room, length);
        g_queue_push_tail(&lying, GUINT_TO_POINTER(i));
        most = MAX(most, lying.length);
    }
    g_assert_cmpuint(first, >, 300);
    g_assert_cmpuint(most, >=, 4);
    g_assert_null(inbox_at(inbox, INBOX_BYTES - 4, 5));
    g_queue_clear(&lying);
    inbox_free(inbox);
}

/* How a process ends that tries to write there: with or without a word of its own. */
static int
tries_to_write(Inbox *inbox, gboolean opens)
{
    const pid_t pid = fork();
    int status;

    if (pid == 0) {
        signal(SIGSEGV, SIG_DFL);
        if (!inbox_shut(inbox))
            _exit(2);
        guint8 *bytes = (guint8 *)(gpointer)inbox_at(inbox, 0, 1);
        if (opens && mprotect((gpointer)((gsize)bytes / 4096 * 4096), 4096, PROT_READ | PROT_WRITE) != 0)
            _exit(3);
        if (*bytes != 'h')
            _exit(4);
        *bytes = 'X';
        _exit(0);
    }
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    return status;
}

static void
test_inbox_shut(void)
{
    Inbox *inbox = inbox_new();

    g_assert_cmpuint(inbox_put(inbox, "handed", 6), ==, 0);
    const int wrote = tries_to_write(inbox, FALSE), opened = tries_to_write(inbox, TRUE);
    g_assert_true(!WIFEXITED(wrote) || WEXITSTATUS(wrote) > 4);     /* a sanitizer ends it with a word */
    g_assert_true(WIFEXITED(opened) && WEXITSTATUS(opened) == 3);
    g_assert_true(memcmp(inbox_at(inbox, 0, 6), "handed", 6) == 0);
    inbox_wipe(inbox);
    g_assert_true(memcmp(inbox_at(inbox, 0, 6), "\0\0\0\0\0\0", 6) == 0);
    g_assert_cmpuint(inbox_put(inbox, "again", 5), ==, 0);
    inbox_free(inbox);
}

/* What is written where the next entry will lie is not there before it is put, and is not copied then. */
static void
test_room(void)
{
    Ring *ring = ring_new();
    RingEntry entry;
    gsize size = 0;

    for (guint i = 0; i < 200; i++) {
        guint64 at = ring_tail(ring);
        const gsize length = length_of(i);
        guint8 *room = ring_room(ring, length, &size);
        g_assert_true(room && size == RING_ENTRY_MAX);
        for (gsize b = 0; b < length; b++)
            room[b] = byte_of(i, b);
        g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_EMPTY);
        ring_put(ring, 1 + i % 3, room, length, FALSE);
        g_assert_cmpint(ring_look(ring, &at, &entry), ==, RING_FULL);
        g_assert_true(length == 0 || memcmp(entry.bytes, room, length) == 0);
        check(&entry, i);
        ring_take(ring, at);
        ring_release(ring);
    }
    ring_free(ring);
}

/* As much as would not wait, to the last byte. */
static void
test_room_left(void)
{
    static guint8 bytes[RING_ENTRY_MAX];
    Ring *ring = ring_new();
    const gsize left = RING_SIZE - 3 * (RING_ENTRY_MAX + 16);
    gsize size = 0;

    for (guint i = 0; i < 3; i++)
        ring_put(ring, 1, bytes, RING_ENTRY_MAX, FALSE);
    void *room = ring_room(ring, left - 16, &size);
    g_assert_true(room && size == left - 16);
    g_assert_null(ring_room(ring, left - 15, &size));
    ring_put(ring, 1, room, size, FALSE);
    g_assert_cmpuint(ring_head(ring), ==, RING_SIZE);
    g_assert_null(ring_room(ring, 0, &size));
    ring_free(ring);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ring/around", test_around);
    g_test_add_func("/ring/waits", test_waits);
    g_test_add_func("/ring/brim", test_brim);
    g_test_add_func("/ring/released", test_released);
    g_test_add_func("/ring/wake", test_wake);
    g_test_add_func("/ring/wake/ends", test_wake_ends);
    g_test_add_func("/ring/short", test_short);
    g_test_add_func("/ring/held", test_held);
    g_test_add_func("/ring/nonsense", test_nonsense);
    g_test_add_func("/ring/cut", test_cut);
    g_test_add_func("/ring/cut-room", test_cut_room);
    g_test_add_func("/ring/wipe", test_wipe);
    g_test_add_func("/ring/room", test_room);
    g_test_add_func("/ring/room/left", test_room_left);
    g_test_add_func("/inbox/around", test_inbox_around);
    g_test_add_func("/inbox/shut", test_inbox_shut);
    return g_test_run();
}

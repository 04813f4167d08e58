/* test-slot.c: what is left of a worker's jobs when its processes die, one after the other.
 * SPDX-License-Identifier: MIT */
#include "process/slot.h"

#include "process/worker.h"

/* No process has such a number: there is nobody to wait for. */
#define PID_OF_NOBODY 0x7FFFFFF0

static SlotJob *
give(Slot *slot, guint number)
{
    SlotJob *job = g_new0(SlotJob, 1);

    job->slot = slot;
    job->number = number;
    job->lost = g_array_new(FALSE, FALSE, sizeof(SlotLoss));
    g_queue_push_tail(&slot->jobs, job);
    return job;
}

/* Where nothing was looked at yet, and where one of several is to blame. */
#define OPENING 77
#define SEVERAL 99

static PoolAgain
again(guint32 place)
{
    return place == SEVERAL ? POOL_ALWAYS : place == OPENING ? POOL_IF_DIED : POOL_NEVER;
}

static Slot *
begin(SlotJob *jobs[2])
{
    static const PoolClass class = { .again = again };
    Slot *slot = slot_new(&class);

    g_assert_nonnull(slot);
    slot->pid = PID_OF_NOBODY;
    for (guint i = 0; i < 2; i++)
        jobs[i] = give(slot, i + 1);
    return slot;
}

static void
end(Slot *slot, SlotJob *jobs[2])
{
    for (guint i = 0; i < 2; i++) {
        g_array_unref(jobs[i]->lost);
        g_free(jobs[i]);
    }
    slot_free(slot);
}

/* Two pieces of the first job, then two processes that die before they begin another. */
static Slot *
give_up_first(SlotJob *jobs[2])
{
    Slot *slot = begin(jobs);

    ring_put(slot->ring, ENTRY_PIECE, "one", 3, FALSE);
    ring_put(slot->ring, ENTRY_PIECE, "two", 3, FALSE);
    slot_bury(slot);
    g_assert_cmpuint(jobs[0]->job.first, ==, 2);
    g_assert_false(jobs[0]->given_up);
    slot_bury(slot);
    g_assert_true(jobs[0]->given_up);
    g_assert_cmpuint(jobs[0]->lost->len, ==, 1);
    g_assert_cmpuint(g_array_index(jobs[0]->lost, SlotLoss, 0).index, ==, 2);
    return slot;
}

/* What lies in the ring of a job that was given up is not the next one's. */
static void
test_given_up(void)
{
    SlotJob *jobs[2];
    Slot *slot = give_up_first(jobs);

    slot_bury(slot);
    g_assert_cmpuint(jobs[1]->job.first, ==, 0);
    ring_put(slot->ring, ENTRY_PIECE, "three", 5, FALSE);
    slot_bury(slot);
    g_assert_true(jobs[1]->given_up);
    g_assert_cmpuint(g_array_index(jobs[1]->lost, SlotLoss, 0).index, ==, 1);
    /* Nothing is open any more, and all that was put is still there. */
    slot_bury(slot);
    guint64 at = ring_tail(slot->ring);
    RingEntry entry;
    for (guint i = 0; i < 3; i++)
        g_assert_cmpint(ring_look(slot->ring, &at, &entry), ==, RING_FULL);
    g_assert_cmpint(ring_look(slot->ring, &at, &entry), ==, RING_EMPTY);
    end(slot, jobs);
}

/* … and where a later process wrote over it, it is not waited for. */
static void
test_written_over(void)
{
    SlotJob *jobs[2];
    Slot *slot = give_up_first(jobs);
    guint64 at = ring_tail(slot->ring);
    RingEntry entry;

    g_assert_cmpint(ring_look(slot->ring, &at, &entry), ==, RING_FULL);
    g_assert_cmpint(ring_look(slot->ring, &at, &entry), ==, RING_FULL);
    *(guint32 *)(gpointer)((guint8 *)(gpointer)entry.bytes - 16) = 77;
    slot_bury(slot);
    g_assert_cmpuint(g_array_index(jobs[0]->lost, SlotLoss, 0).index, ==, 1);
    g_assert_cmpuint(jobs[1]->job.first, ==, 0);
    at = ring_tail(slot->ring);
    g_assert_cmpint(ring_look(slot->ring, &at, &entry), ==, RING_FULL);
    g_assert_cmpint(ring_look(slot->ring, &at, &entry), ==, RING_EMPTY);
    end(slot, jobs);
}

/* A number of a message that is far ahead of what was put is none. */
static void
test_begun(void)
{
    SlotJob *jobs[2];
    Slot *slot = begin(jobs);

    ring_put(slot->ring, ENTRY_PIECE, "one", 3, FALSE);
    ring_start(slot->ring, 1, 9, 5);
    slot_bury(slot);
    g_assert_cmpuint(jobs[0]->job.begun, ==, 0);
    ring_start(slot->ring, 1, 2, 5);
    slot_bury(slot);
    g_assert_cmpuint(jobs[0]->job.begun, ==, 2);
    g_assert_cmpuint(jobs[0]->job.place, ==, 5);
    g_assert_cmpuint(jobs[0]->lost->len, ==, 1);
    g_assert_cmpuint(jobs[0]->job.first, ==, 2);
    end(slot, jobs);
}

/* Whoever dies before a message was looked at is followed by another, once for each such place; who was ended for hanging is not. */
static void
test_again(void)
{
    SlotJob *jobs[2];
    Slot *slot = begin(jobs);
    const SlotJob *job = jobs[0];

    for (guint time = 0; time < 2; time++) {
        ring_start(slot->ring, 1, 1, OPENING);
        slot_bury(slot);
        g_assert_cmpuint(job->job.first, ==, time);
        g_assert_cmpuint(job->job.begun, ==, 1);
        g_assert_cmpuint(job->lost->len, ==, time);
    }
    g_assert_false(job->given_up);
    g_assert_cmpuint(g_array_index(job->lost, SlotLoss, 0).loss.place, ==, OPENING);
    ring_start(slot->ring, 1, 2, OPENING);      /* the next one of the same job */
    slot_bury(slot);
    g_assert_cmpuint(job->job.first, ==, 1);
    g_assert_cmpuint(job->lost->len, ==, 1);
    ring_start(slot->ring, 1, 2, OPENING + 1);  /* this time it comes to a message */
    slot_bury(slot);
    g_assert_cmpuint(job->lost->len, ==, 2);
    g_assert_cmpuint(g_array_index(job->lost, SlotLoss, 1).loss.place, ==, OPENING + 1);
    ring_start(slot->ring, 1, 3, OPENING);
    slot->was_killed = TRUE;
    slot->killed_for = (PoolLoss){ POOL_LOST_TIME, 60, 0, FALSE };
    slot_bury(slot);
    g_assert_cmpuint(job->lost->len, ==, 3);
    end(slot, jobs);
}

/* What several share is tried once more, even by who was ended for hanging; opening it then has a time of its own. */
static void
test_again_several(void)
{
    SlotJob *jobs[2];
    Slot *slot = begin(jobs);
    const SlotJob *job = jobs[0];

    slot->was_killed = TRUE;
    slot->killed_for = (PoolLoss){ POOL_LOST_TIME, 60, 0, FALSE };
    ring_start(slot->ring, 1, 1, SEVERAL);
    slot_bury(slot);
    g_assert_cmpuint(job->job.first, ==, 0);
    g_assert_cmpuint(job->lost->len, ==, 0);
    slot->was_killed = FALSE;
    ring_start(slot->ring, 1, 1, OPENING);
    slot_bury(slot);
    g_assert_cmpuint(job->lost->len, ==, 0);
    ring_start(slot->ring, 1, 1, SEVERAL);
    slot_bury(slot);
    g_assert_cmpuint(job->lost->len, ==, 1);
    g_assert_cmpuint(g_array_index(job->lost, SlotLoss, 0).loss.place, ==, SEVERAL);
    ring_start(slot->ring, 1, 2, SEVERAL);      /* the next ones have one more, too */
    slot_bury(slot);
    g_assert_cmpuint(job->lost->len, ==, 1);
    end(slot, jobs);
}

/* A part is nothing without its end; an end counts. */
static void
test_parts(void)
{
    SlotJob *jobs[2];
    Slot *slot = begin(jobs);

    ring_put(slot->ring, ENTRY_PIECE, "one", 3, FALSE);
    ring_put(slot->ring, ENTRY_END, NULL, 0, TRUE);
    const guint64 whole = ring_head(slot->ring);
    ring_put(slot->ring, ENTRY_PART, "half", 4, FALSE);
    slot_bury(slot);
    g_assert_cmpuint(ring_head(slot->ring), ==, whole);
    g_assert_true(jobs[0]->done && !jobs[1]->done);
    g_assert_cmpuint(slot_load(slot), ==, 1);
    g_assert_cmpuint(jobs[1]->job.first, ==, 0);
    /* What was taken of a part already is forgotten with it. */
    ring_take(slot->ring, whole);
    g_byte_array_append(slot->part, (const guint8 *)"half", 4);
    slot_bury(slot);
    g_assert_cmpuint(slot->part->len, ==, 0);
    end(slot, jobs);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/slot/given-up", test_given_up);
    g_test_add_func("/slot/written-over", test_written_over);
    g_test_add_func("/slot/begun", test_begun);
    g_test_add_func("/slot/again", test_again);
    g_test_add_func("/slot/again-several", test_again_several);
    g_test_add_func("/slot/parts", test_parts);
    return g_test_run();
}

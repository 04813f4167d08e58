/* Threads that share a list of things: each is done once, in whatever thread; the end is noticed once.
 * SPDX-License-Identifier: MIT */
#include "tui/list/lanes.h"

#include <poll.h>

enum { ITEMS = 500 };

typedef struct {
    int      done[ITEMS];       /* atomic: how often */
    int      at_once, most;     /* atomic */
    guint    until;             /* FALSE from this item on */
    gboolean slow;
} Round;

static gboolean
work(guint item, gpointer data)
{
    Round *round = data;
    const int now = g_atomic_int_add(&round->at_once, 1) + 1;

    for (int most = g_atomic_int_get(&round->most);
         now > most && !g_atomic_int_compare_and_exchange(&round->most, most, now);)
        most = g_atomic_int_get(&round->most);
    if (round->slow)
        g_usleep(2000);
    g_atomic_int_inc(&round->done[item]);
    g_atomic_int_add(&round->at_once, -1);
    return item < round->until;
}

static gboolean
readable(const Lanes *lanes, int milliseconds)
{
    struct pollfd ended = { lanes_fd(lanes), POLLIN, 0 };

    return poll(&ended, 1, milliseconds) == 1;
}

/* Many rounds, by the descriptor and by waiting. */
static void
test_rounds(void)
{
    for (guint most = 0; most <= 4; most++) {
        Lanes *lanes = lanes_new("test", most);
        g_assert_cmpuint(lanes_most(lanes), ==, MAX(most, 1));
        g_assert_cmpint(lanes_fd(lanes), ==, -1);
        for (guint i = 0; i < 300; i++) {
            Round round = { .until = ITEMS };
            const guint items = 1 + i * 7 % ITEMS;
            lanes_begin(lanes, items, work, &round);
            g_assert_true(lanes_busy(lanes));
            if (i % 2)
                g_assert_true(readable(lanes, 20000));
            else
                lanes_wait(lanes);
            g_assert_cmpint(lanes_done(lanes), ==, i % 2);
            g_assert_false(lanes_busy(lanes));
            g_assert_false(lanes_done(lanes));
            for (guint k = 0; k < ITEMS; k++)
                g_assert_cmpint(round.done[k], ==, k < items);
            g_assert_cmpint(round.most, <=, (int)MAX(most, 1));
        }
        lanes_free(lanes);
    }
}

/* They work at the same time, and no more of them than there is to do. */
static void
test_together(void)
{
    Lanes *lanes = lanes_new("test", 4);
    Round few = { .until = ITEMS, .slow = TRUE }, many = { .until = ITEMS, .slow = TRUE };

    lanes_begin(lanes, 2, work, &few);
    g_assert_false(lanes_done(lanes));
    lanes_wait(lanes);
    g_assert_cmpint(few.most, <=, 2);
    lanes_begin(lanes, 200, work, &many);
    lanes_wait(lanes);
    g_assert_cmpint(many.most, >=, 2);
    lanes_free(lanes);
}

/* A thread that is told to leaves the rest to nobody; and to free them waits for what is under way. */
static void
test_ended(void)
{
    Lanes *lanes = lanes_new("test", 3);
    Round round = { .until = 10 }, last = { .until = ITEMS, .slow = TRUE };
    guint done = 0;

    lanes_begin(lanes, ITEMS, work, &round);
    lanes_wait(lanes);
    for (guint i = 0; i < ITEMS; i++)
        done += (guint)round.done[i];
    g_assert_cmpuint(done, >=, 11);
    g_assert_cmpuint(done, <=, 13);
    lanes_begin(lanes, 20, work, &last);
    lanes_free(lanes);
    for (guint i = 0; i < 20; i++)
        g_assert_cmpint(last.done[i], ==, 1);
    lanes_free(lanes_new("test", 2));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/screen/lanes/rounds", test_rounds);
    g_test_add_func("/screen/lanes/together", test_together);
    g_test_add_func("/screen/lanes/ended", test_ended);
    return g_test_run();
}

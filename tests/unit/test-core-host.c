/* test-core-host.c: the loop around a core: what it says arrives, one that ends is told and replaced, and not for ever.
 * SPDX-License-Identifier: MIT */
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/inside.h"
#include "process/core-host.h"

enum { FRAMES = 4, STARTS = 5, SAID = 100, DOING = 77 };

typedef enum { SAYS_MUCH, NEEDS_ONE, NEEDS_EVER, DIES, TALKS_NONSENSE, SAYS_AND_DIES, ENDS, WAITS, ASKS, HOLDS, LAST_WORDS } Way;

typedef struct {
    Way      way;
    gboolean again;         /* another one is wanted after a death */
    gboolean late;          /* it is gone before it is heard */
    gboolean leaves;        /* the program ends with the first that is gone */
    CoreHost host;
    GString *heard;
    guint    begun, gone, planned, turns, most;
    PoolLoss loss;
    gint     doing;
    int      overs;         /* -1: no process could be started */
    gboolean last_planned;
} Case;

/* ---- the core ---- */

static void
prepare(const char *const *needs, gpointer data)
{
    Case *test = data;

    const gboolean once = test->way == NEEDS_ONE || test->way == HOLDS || test->way == LAST_WORDS;

    if (once && g_strv_contains(needs, "a-library"))
        test->way = SAYS_MUCH;
}

static void
say_numbers(int line)
{
    for (guint i = 0; i < SAID; i++) {
        g_autofree char *text = g_strdup_printf("%u ", i);
        line_put(line, (LineKind)'n', text, strlen(text));
    }
}

static void
ask_for_child(int line)
{
    g_autoptr(GBytes) told = g_bytes_new_static("told", 4);

    if (inside_start_child("a-child", told) >= 0)
        line_put(line, (LineKind)'n', "given", 5);
    inside_end_child("a-child");
}

static gpointer
need_in_thread(gpointer unused)
{
    inside_need("a-library");
    return unused;
}

/* The thread has every time that it wants, and yet comes after what is said here. */
static void
hold(int line)
{
    core_hold();
    core_hold();
    g_thread_unref(g_thread_new("needs", need_in_thread, NULL));
    g_usleep(100000);
    line_put(line, (LineKind)'n', "held ", 5);
    if (core_release() && !core_release())
        for (;;)
            pause();
}

static void
say_last(gpointer line)
{
    line_put(GPOINTER_TO_INT(line), (LineKind)'n', "last ", 5);
    inside_need("a-library");
}

static void
end_with_words(int line)
{
    core_last_words(say_last, GINT_TO_POINTER(line));
    core_hold();
    inside_need("a-library");
}

static int
run(int line, CoreSign *sign, gpointer data)
{
    const Case *test = data;
    g_autofree char *need = g_strdup_printf("need-%u", test->begun);

    g_atomic_int_set(&sign->doing[2], DOING);
    if (test->way == NEEDS_ONE)
        inside_need("a-library");
    if (test->way == NEEDS_EVER)
        inside_need(need);
    if (test->way == SAYS_MUCH || test->way == SAYS_AND_DIES)
        say_numbers(line);
    if (test->way == DIES || test->way == SAYS_AND_DIES)
        raise(SIGKILL);
    if (test->way == TALKS_NONSENSE) {
        line_put(line, (LineKind)'?', NULL, 0);
        pause();
    }
    if (test->way == WAITS)
        pause();
    if (test->way == ASKS)
        ask_for_child(line);
    if (test->way == HOLDS)
        hold(line);
    if (test->way == LAST_WORDS)
        end_with_words(line);
    if (test->way != ENDS)
        line_put(line, (LineKind)'q', "\7", 1);
    return 3;
}

/* ---- the parent ---- */

static int
start_child(const char *name, GBytes *told, pid_t *pid, gpointer data)
{
    int ends[2];

    (void)data;
    g_assert_cmpstr(name, ==, "a-child");
    g_assert_cmpuint(g_bytes_get_size(told), ==, 4);
    g_assert_cmpint(pipe(ends), ==, 0);
    *pid = fork();
    g_assert_cmpint(*pid, >=, 0);
    if (*pid == 0)
        for (;;)
            pause();
    close(ends[1]);
    return ends[0];
}

static void
begin(gpointer data)
{
    ((Case *)data)->begun++;
}

static gboolean
take(guint kind, const guint8 *bytes, gsize length, gpointer data)
{
    Case *test = data;

    test->turns++;
    test->most = MAX(test->most, test->turns);
    if (kind == 'n')
        g_string_append_len(test->heard, (const char *)bytes, (gssize)length);
    else if (kind == 'q')
        core_host_quit(&test->host, *bytes);
    return kind != '?';
}

static gboolean
gone(const CoreGone *what, gpointer data)
{
    Case *test = data;

    test->gone++;
    test->planned += what->planned ? 1 : 0;
    test->loss = what->loss;
    test->doing = what->sign.doing[2];
    if (test->leaves)
        core_host_quit(&test->host, 9);
    return what->planned || test->again;
}

static int
over(const CoreGone *what, gpointer data)
{
    Case *test = data;

    test->overs += what ? 1 : -1;
    test->last_planned = what && what->planned;
    return 2;
}

static void
start(Case *test)
{
    static const CoreClass core = { .prepare = prepare, .run = run, .start = start_child, .name = "test-core" };
    static const CoreHostClass class = { &core, FRAMES, STARTS, begin, take, gone, over };

    test->host = (CoreHost){ .class = &class, .data = test };
    test->heard = g_string_new(NULL);
    core_host_start(&test->host);
}

static int
play(Case *test)
{
    siginfo_t info;

    start(test);
    if (test->late)
        g_assert_cmpint(waitid(P_PID, (id_t)core_pid(test->host.core), &info, WEXITED | WNOWAIT), ==, 0);
    while (!test->host.quit) {
        struct pollfd polled = { core_fd(test->host.core), POLLIN, 0 };
        const int ready = poll(&polled, 1, test->host.more ? 0 : 10000);
        g_assert_cmpint(ready, >=, test->host.more ? 0 : 1);
        test->turns = 0;
        core_host_turn(&test->host, ready > 0);
    }
    return core_host_leave(&test->host, FALSE);
}

static void
check_numbers(const Case *test)
{
    g_autoptr(GString) all = g_string_new(NULL);

    for (guint i = 0; i < SAID; i++)
        g_string_append_printf(all, "%u ", i);
    g_assert_cmpstr(test->heard->str, ==, all->str);
}

static void
check_says(gboolean late)
{
    Case test = { .way = SAYS_MUCH, .late = late };

    g_assert_cmpint(play(&test), ==, 7);
    check_numbers(&test);
    g_assert_cmpuint(test.most, <=, 2 * FRAMES);
    g_assert_cmpuint(test.begun, ==, 1);
    g_assert_cmpuint(test.gone, ==, 0);
    g_assert_cmpint(test.overs, ==, 0);
    g_string_free(test.heard, TRUE);
}

static void
test_says(void)
{
    check_says(FALSE);
    check_says(TRUE);
}

/* What is lacking is there the second time, and nobody is told of a death. */
static void
test_needs(void)
{
    Case test = { .way = NEEDS_ONE };

    g_assert_cmpint(play(&test), ==, 7);
    check_numbers(&test);
    g_assert_cmpuint(test.begun, ==, 2);
    g_assert_cmpuint(test.planned, ==, 1);
    g_assert_cmpint(test.doing, ==, DOING);
    g_assert_cmpint(test.overs, ==, 0);
    g_assert_null(test.host.needs);
    g_string_free(test.heard, TRUE);
}

static void
test_needs_for_ever(void)
{
    Case test = { .way = NEEDS_EVER };

    g_assert_cmpint(play(&test), ==, 2);
    g_assert_cmpuint(test.begun, ==, STARTS);
    g_assert_cmpuint(test.planned, ==, STARTS);
    g_assert_cmpint(test.overs, ==, 1);
    g_assert_true(test.last_planned);
    g_string_free(test.heard, TRUE);
}

static void
test_dies(void)
{
    Case once = { .way = DIES }, often = { .way = DIES, .again = TRUE };

    g_assert_cmpint(play(&once), ==, 2);
    g_assert_cmpuint(once.begun, ==, 1);
    g_assert_cmpint(once.loss.how, ==, POOL_LOST_SIGNAL);
    g_assert_cmpint(once.loss.number, ==, SIGKILL);
    g_assert_cmpint(once.doing, ==, DOING);
    g_assert_cmpuint(once.planned, ==, 0);
    g_assert_cmpint(play(&often), ==, 2);
    g_assert_cmpuint(often.begun, ==, STARTS);
    g_assert_cmpint(often.overs, ==, 1);
    g_string_free(once.heard, TRUE);
    g_string_free(often.heard, TRUE);
}

/* What it said before it died was said. */
static void
test_says_and_dies(void)
{
    Case test = { .way = SAYS_AND_DIES, .late = TRUE };

    g_assert_cmpint(play(&test), ==, 2);
    check_numbers(&test);
    g_assert_cmpint(test.loss.how, ==, POOL_LOST_SIGNAL);
    g_string_free(test.heard, TRUE);
}

/* It would wait for ever: it is ended. */
static void
test_nonsense(void)
{
    Case test = { .way = TALKS_NONSENSE };

    g_assert_cmpint(play(&test), ==, 2);
    g_assert_cmpuint(test.gone, ==, 1);
    g_assert_cmpint(test.loss.how, ==, POOL_LOST_NONSENSE);
    g_string_free(test.heard, TRUE);
}

/* Without a word, as if all were well. */
static void
test_ends(void)
{
    Case test = { .way = ENDS };

    g_assert_cmpint(play(&test), ==, 2);
    g_assert_cmpint(test.loss.how, ==, POOL_LOST_EXIT);
    g_assert_cmpint(test.loss.number, ==, 3);
    g_assert_cmpint(test.overs, ==, 1);
    g_string_free(test.heard, TRUE);
}

static void
test_asks(void)
{
    Case test = { .way = ASKS };

    g_assert_cmpint(play(&test), ==, 7);
    g_assert_cmpstr(test.heard->str, ==, "given");
    g_string_free(test.heard, TRUE);
}

/* What is told before and after: "0 1 2 …" of the one that has what was lacking. */
static void
check_first_words(Way way, const char *words)
{
    Case test = { .way = way };

    g_assert_cmpint(play(&test), ==, 7);
    g_assert_true(g_str_has_prefix(test.heard->str, words));
    g_string_erase(test.heard, 0, (gssize)strlen(words));
    check_numbers(&test);
    g_assert_cmpuint(test.planned, ==, 1);
    g_assert_cmpuint(test.begun, ==, 2);
    g_string_free(test.heard, TRUE);
}

static void
test_holds(void)
{
    check_first_words(HOLDS, "held ");
    check_first_words(LAST_WORDS, "last ");
}

/* Who leaves wants no other, and hears nothing of it. */
static void
test_leaves(void)
{
    Case test = { .way = DIES, .again = TRUE, .leaves = TRUE };

    g_assert_cmpint(play(&test), ==, 9);
    g_assert_cmpuint(test.begun, ==, 1);
    g_assert_cmpint(test.overs, ==, 0);
    g_string_free(test.heard, TRUE);
}

/* It may say nothing for as long as it likes, but not compute for more than a minute. */
static void
test_computes(void)
{
    Case test = { .way = WAITS };

    start(&test);
    test.host.cpu -= (gint64)50 * G_USEC_PER_SEC;
    g_assert_false(core_host_turn(&test.host, FALSE));
    g_assert_cmpint(core_host_used(&test.host), >=, (gint64)50 * G_USEC_PER_SEC);
    core_host_note_life(&test.host);
    g_assert_cmpint(core_host_used(&test.host), <, (gint64)10 * G_USEC_PER_SEC);
    test.host.cpu -= (gint64)61 * G_USEC_PER_SEC;
    g_assert_true(core_host_turn(&test.host, FALSE));
    g_assert_cmpint(test.loss.how, ==, POOL_LOST_TIME);
    g_assert_cmpint(test.loss.number, ==, 60);
    g_assert_true(test.host.quit);
    g_assert_null(test.host.core);
    g_assert_cmpint(core_host_leave(&test.host, FALSE), ==, 2);
    g_string_free(test.heard, TRUE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/core-host/says", test_says);
    g_test_add_func("/core-host/needs", test_needs);
    g_test_add_func("/core-host/needs-for-ever", test_needs_for_ever);
    g_test_add_func("/core-host/dies", test_dies);
    g_test_add_func("/core-host/says-and-dies", test_says_and_dies);
    g_test_add_func("/core-host/nonsense", test_nonsense);
    g_test_add_func("/core-host/ends", test_ends);
    g_test_add_func("/core-host/asks", test_asks);
    g_test_add_func("/core-host/holds", test_holds);
    g_test_add_func("/core-host/leaves", test_leaves);
    g_test_add_func("/core-host/computes", test_computes);
    return g_test_run();
}

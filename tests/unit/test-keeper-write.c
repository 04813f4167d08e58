/* test-keeper-write.c: how much a core may write in all.
 * SPDX-License-Identifier: MIT */
#include "process/keeper-write.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PIECE ((gsize)1 << 20)

static guint8 piece[PIECE];

static KeeperRules *
rules_of(const char *folder)
{
    KeeperRules *rules = rules_new("/");
    g_autofree char *table = g_build_filename(folder, "table.csv", NULL), *state = g_build_filename(folder, "state", NULL);

    rules_add(rules, folder, RIGHT_READ | RIGHT_MESSAGE);
    rules_add(rules, table, RIGHT_REPLACE);
    rules_add(rules, state, RIGHT_STATE);
    return rules;
}

/* What came of a file of so many megabytes. */
static int
write_new(KeeperWriting *writing, const KeeperRules *rules, const char *folder, const char *name, guint pieces)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    int number = writing_begin(writing, rules, path);

    for (guint i = 0; number == 0 && i < pieces; i++)
        g_assert_true(writing_add(writing, piece, PIECE));
    if (number == 0)
        g_assert_true(writing_end(writing, &number));
    return number;
}

/* In a process that can write nothing, so that 1 GB costs nothing: each file ends with EFBIG, until it is too much in all. */
static int
fill(const char *folder)
{
    const struct rlimit none = { 0, 0 };
    KeeperWriting *writing = writing_new();
    KeeperRules *rules = rules_of(folder);

    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &none);
    if (write_new(writing, rules, folder, "a.txt", 1000) != EFBIG)
        return 1;
    if (write_new(writing, rules, folder, "b.txt", 25) != EDQUOT)
        return 2;
    /* what still fits may be written, what does not may not */
    if (write_new(writing, rules, folder, "c.txt", 1) != EDQUOT)
        return 3;
    return write_new(writing, rules, folder, "d.txt", 0) == 0 ? 0 : 4;
}

static void
test_new_bytes(gconstpointer folder)
{
    int status = 0;
    const pid_t pid = fork();

    if (pid == 0)
        _exit(fill(folder));
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    g_assert_cmpint(status, ==, 0);
}

static void
test_replaced(gconstpointer folder)
{
    KeeperWriting *writing = writing_new();
    KeeperRules *rules = rules_of(folder);
    g_autofree char *path = g_build_filename(folder, "table.csv", NULL);

    for (guint i = 0; i < 100000; i++)
        g_assert_cmpint(writing_replace(writing, rules, path), ==, 0);
    g_assert_cmpint(writing_replace(writing, rules, path), ==, EDQUOT);
    g_assert_false(writing_add(writing, piece, 1));
    writing_free(writing);
    rules_free(rules);
}

/* `pieces` fit, one octet more does not, and then what was there stays. */
static void
assert_bound(const char *folder, const char *name, guint pieces)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    KeeperWriting *writing = writing_new();
    KeeperRules *rules = rules_of(folder);
    GStatBuf info;

    for (guint more = 0; more < 2; more++) {
        int number = -1;
        g_assert_cmpint(writing_replace(writing, rules, path), ==, 0);
        for (guint i = 0; i < pieces; i++)
            g_assert_true(writing_add(writing, piece, PIECE));
        if (more)
            g_assert_true(writing_add(writing, piece, 1));
        g_assert_true(writing_end(writing, &number));
        g_assert_cmpint(number, ==, more ? EDQUOT : 0);
        g_assert_cmpint(g_stat(path, &info), ==, 0);
        g_assert_cmpint(info.st_size, ==, (gint64)(pieces * PIECE));
    }
    g_unlink(path);
    writing_free(writing);
    rules_free(rules);
}

static void
test_bounds(gconstpointer folder)
{
    assert_bound(folder, "state", 4);
    assert_bound(folder, "table.csv", 64);
}

/* Bytes and an end that belong to nothing are no file. */
static void
test_nothing_begun(gconstpointer folder)
{
    KeeperWriting *writing = writing_new();
    KeeperRules *rules = rules_of(folder);
    g_autofree char *path = g_build_filename(folder, "table.csv", NULL), *other = g_build_filename(folder, "other", NULL);
    int number = -1;

    g_assert_false(writing_add(writing, piece, 1));
    g_assert_false(writing_end(writing, &number));
    g_assert_cmpint(writing_replace(writing, rules, other), ==, DISK_REFUSED);
    g_assert_false(writing_end(writing, &number));
    g_assert_cmpint(writing_replace(writing, rules, path), ==, 0);
    writing_drop(writing);
    g_assert_false(writing_end(writing, &number));
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    writing_free(writing);
    rules_free(rules);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *folder = g_dir_make_tmp("keeper-write-XXXXXX", NULL);
    g_assert_nonnull(folder);
    g_test_add_data_func("/keeper-write/new-bytes", folder, test_new_bytes);
    g_test_add_data_func("/keeper-write/replaced", folder, test_replaced);
    g_test_add_data_func("/keeper-write/bounds", folder, test_bounds);
    g_test_add_data_func("/keeper-write/nothing-begun", folder, test_nothing_begun);
    const int status = g_test_run();
    g_autofree char *left = g_build_filename(folder, "d.txt", NULL);
    g_unlink(left);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
    return status;
}

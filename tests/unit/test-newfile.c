/* test-newfile.c: a new file is whole and never takes the place of another; one that replaces is whole, too, and what somebody
 * left there who was killed goes with it.
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/newfile.h"

/* ---- a system in which something fails ---- */

/* Each is the errno of that call, or 0. */
static struct {
    int      nameless, flush, link, link_of_descriptor, close;
    int      write;             /* … of the one that begins behind so many bytes: */
    gsize    behind;
    gboolean halting;           /* writes take one byte, and are interrupted every other time */
    gboolean no_proc;
    guint    flushed;           /* calls of fsync() … */
    char    *watched;           /* … and what stood there at the last one; or NULL */
    char    *seen;
    gsize    written;
    guint    writes;
} world;

static void
world_reset(void)
{
    g_free(world.watched);
    g_free(world.seen);
    memset(&world, 0, sizeof world);
}

/* -1 with that errno; 0: nothing fails, and what errno says then means nothing. */
static int
fails(int number)
{
    errno = number == 0 ? EBADMSG : number;
    return number == 0 ? 0 : -1;
}

int
open(const char *path, int flags, ...)
{
    va_list more;

    va_start(more, flags);
    const int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;
    va_end(more);
    if ((flags & O_TMPFILE) == O_TMPFILE && fails(world.nameless))
        return -1;
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int
access(const char *path, int how)
{
    if (world.no_proc && g_str_has_prefix(path, "/proc"))
        return fails(ENOENT);
    return (int)syscall(SYS_faccessat, AT_FDCWD, path, how);
}

ssize_t
write(int fd, const void *bytes, size_t length)
{
    if (fd > 2 && world.halting && world.writes++ % 2 == 0)
        return fails(EINTR);
    if (fd > 2 && world.write != 0 && world.written >= world.behind)
        return fails(world.write);
    const ssize_t done = syscall(SYS_write, fd, bytes, fd > 2 && world.halting ? MIN(length, 1) : length);
    world.written += fd > 2 && done > 0 ? (gsize)done : 0;
    return done;
}

int
fsync(int fd)
{
    (void)fd;
    world.flushed++;
    g_clear_pointer(&world.seen, g_free);
    if (world.watched)
        g_file_get_contents(world.watched, &world.seen, NULL, NULL);
    return fails(world.flush);
}

int
link(const char *from, const char *to)
{
    return fails(world.link) ? -1 : (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    return fails(world.link_of_descriptor) ? -1 : (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
}

int
close(int fd)
{
    const int done = (int)syscall(SYS_close, fd);

    return done == 0 ? fails(world.close) : done;
}

/* ---- folders ---- */

static char *
make_folder(void)
{
    g_autoptr(GError) error = NULL;
    char *folder = g_dir_make_tmp("newfile-XXXXXX", &error);

    g_assert_no_error(error);
    return folder;
}

static int
by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Its files are `names` (sorted, blanks between) and no others; they go, and the folder. */
static void
end_folder(char *folder, const char *names)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);

    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
        g_ptr_array_add(found, g_strdup(name));
    }
    g_ptr_array_sort(found, by_name);
    g_ptr_array_add(found, NULL);
    g_autofree char *all = g_strjoinv(" ", (char **)found->pdata);
    g_assert_cmpstr(all, ==, names);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
    g_free(folder);
}

static void
assert_holds(const char *path, const char *bytes)
{
    g_autofree char *text = NULL;

    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, bytes);
}

/* 0, or an errno. */
static int
write_new(const char *path, const char *bytes)
{
    int number = 0;
    NewFile *file = newfile_begin(path, &number);

    if (!file)
        return number;
    newfile_add(file, bytes, strlen(bytes));
    return newfile_finish(file);
}

static void
test_new(void)
{
    char *folder = make_folder();
    g_autofree char *path = g_build_filename(folder, "a", NULL), *below = g_build_filename(folder, "none", "a", NULL);
    int number = 0;

    g_assert_cmpint(write_new(path, "one"), ==, 0);
    assert_holds(path, "one");
    g_assert_cmpint(write_new(path, "two"), ==, EEXIST);
    assert_holds(path, "one");
    g_assert_null(newfile_begin(below, &number));
    g_assert_cmpint(number, ==, ENOENT);
    end_folder(folder, "a");
}

/* Made by somebody else between begin and finish: theirs stays. */
static void
test_overtaken(void)
{
    char *folder = make_folder();
    g_autofree char *path = g_build_filename(folder, "a", NULL), *dropped = g_build_filename(folder, "b", NULL);
    int number = 0;
    NewFile *file = newfile_begin(path, &number);

    newfile_add(file, "mine", 4);
    g_assert_true(g_file_set_contents(path, "theirs", -1, NULL));
    g_assert_cmpint(newfile_finish(file), ==, EEXIST);
    assert_holds(path, "theirs");
    newfile_drop(newfile_begin(dropped, &number));
    newfile_drop(NULL);
    end_folder(folder, "a");
}

static void
test_replace(void)
{
    char *folder = make_folder();
    g_autofree char *path = g_build_filename(folder, "a", NULL), *left = g_build_filename(folder, ".a.new", NULL);
    g_autofree char *below = g_build_filename(folder, "none", "a", NULL), *large = g_strnfill(1 << 20, 'x');
    struct stat info;

    g_assert_cmpint(newfile_replace(path, "one", 3, 0600), ==, 0);
    g_assert_cmpint(g_stat(path, &info), ==, 0);
    g_assert_cmpuint(info.st_mode & 0777, ==, 0600);
    g_assert_cmpint(newfile_replace(path, large, strlen(large), 0600), ==, 0);
    assert_holds(path, large);
    g_assert_true(g_file_set_contents(left, "of somebody who was killed", -1, NULL));
    g_assert_cmpint(newfile_replace(path, "three", 5, 0600), ==, 0);
    assert_holds(path, "three");
    g_assert_cmpint(newfile_replace(below, "four", 4, 0600), ==, ENOENT);
    g_assert_cmpint(newfile_replace(folder, "five", 4, 0600), ==, EISDIR);
    end_folder(folder, "a");
}

/* What somebody keeps from others, or shares with them, stays so; the program's own memory is never shared. */
static void
test_rights(void)
{
    static const struct { guint before; int mode; guint after; } cases[] = {
        { 0600, 0666, 0600 }, { 0640, 0666, 0640 }, { 0664, 0666, 0664 }, { 0644, 0600, 0600 },
    };
    char *folder = make_folder();
    g_autofree char *path = g_build_filename(folder, "a", NULL);
    struct stat info;

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_true(g_file_set_contents(path, "one", -1, NULL));
        g_assert_cmpint(chmod(path, cases[i].before), ==, 0);
        g_assert_cmpint(newfile_replace(path, "two", 3, cases[i].mode), ==, 0);
        assert_holds(path, "two");
        g_assert_cmpint(g_stat(path, &info), ==, 0);
        g_assert_cmpuint(info.st_mode & 0777, ==, cases[i].after);
    }
    end_folder(folder, "a");
}

/* What is written is on the disk before it has its name: after a failure of current there is what was there, or all of it. */
static void
test_flushed(void)
{
    char *folder = make_folder();
    g_autofree char *path = g_build_filename(folder, "a", NULL);

    world_reset();
    world.watched = g_strdup(path);
    g_assert_cmpint(write_new(path, "one"), ==, 0);
    g_assert_cmpuint(world.flushed, ==, 1);
    g_assert_null(world.seen);
    g_assert_cmpint(newfile_replace(path, "two", 3, 0600), ==, 0);
    g_assert_cmpuint(world.flushed, ==, 2);
    g_assert_cmpstr(world.seen, ==, "one");
    world.flush = EIO;
    g_assert_cmpint(newfile_replace(path, "three", 5, 0600), ==, EIO);
    assert_holds(path, "two");
    world.flush = EINVAL;       /* it is nothing that could be flushed */
    g_assert_cmpint(newfile_replace(path, "four", 4, 0600), ==, 0);
    assert_holds(path, "four");
    world_reset();
    end_folder(folder, "a");
}

/* Where a file without a name cannot be had, one that is hidden does; other faults are faults. */
static void
test_hidden(void)
{
    static const struct { int nameless; gboolean no_proc; int link, want, want_replaced; } cases[] = {
        { EOPNOTSUPP, FALSE, 0, 0, 0 },   { EISDIR, FALSE, 0, 0, 0 },     { EINVAL, FALSE, 0, 0, 0 },
        { 0, TRUE, 0, 0, 0 },             { EACCES, TRUE, 0, 0, 0 },      { EACCES, FALSE, 0, EACCES, EACCES },
        { ENOSPC, FALSE, 0, ENOSPC, ENOSPC },
        /* a file system without links: it is renamed, and never over another */
        { EOPNOTSUPP, FALSE, EPERM, 0, 0 }, { EOPNOTSUPP, FALSE, EOPNOTSUPP, 0, 0 }, { EOPNOTSUPP, FALSE, EIO, EIO, 0 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *folder = make_folder();
        g_autofree char *path = g_build_filename(folder, "a", NULL), *other = g_build_filename(folder, "b", NULL);
        int number = 0;
        g_assert_true(g_file_set_contents(other, "b", 1, NULL));
        world.nameless = cases[i].nameless;
        world.no_proc = cases[i].no_proc;
        world.link = cases[i].link;
        NewFile *file = newfile_begin(path, &number);
        g_assert_true(!file == (cases[i].want != 0 && cases[i].link == 0));
        if (file) {
            newfile_add(file, "one", 3);
            number = newfile_finish(file);
        }
        g_assert_cmpint(number, ==, cases[i].want);
        g_assert_cmpint(g_access(path, F_OK), ==, number == 0 ? 0 : -1);
        file = newfile_begin(path, &number);
        if (file) {             /* overtaken */
            newfile_add(file, "mine", 4);
            g_assert_true(g_file_set_contents(path, "theirs", -1, NULL));
            g_assert_cmpint(newfile_finish(file), ==, cases[i].link == EIO ? EIO : EEXIST);
            assert_holds(path, "theirs");
        }
        g_assert_cmpint(newfile_replace(other, "two", 3, 0600), ==, cases[i].want_replaced);
        assert_holds(other, cases[i].want_replaced == 0 ? "two" : "b");
        world_reset();
        end_folder(folder, g_access(path, F_OK) == 0 ? "a b" : "b");
    }
}

/* In pieces, with interruptions: all of it. A full disk: nothing, and what was there stays. */
static void
test_writes(void)
{
    char *folder = make_folder();
    g_autofree char *path = g_build_filename(folder, "a", NULL), *new = g_build_filename(folder, "b", NULL);

    world_reset();
    world.halting = TRUE;
    g_assert_cmpint(newfile_replace(path, "one two three", 13, 0600), ==, 0);
    assert_holds(path, "one two three");
    world.written = 0;
    world.write = ENOSPC;
    world.behind = 5;
    g_assert_cmpint(newfile_replace(path, "four five six", 13, 0600), ==, ENOSPC);
    g_assert_cmpint(newfile_replace(path, "four", 4, 0600), ==, ENOSPC);
    assert_holds(path, "one two three");
    g_assert_cmpint(write_new(new, "x"), ==, ENOSPC);
    world_reset();
    end_folder(folder, "a");
}

static void
test_last_calls(void)
{
    char *folder = make_folder();
    g_autofree char *path = g_build_filename(folder, "a", NULL), *new = g_build_filename(folder, "b", NULL);
    int number = 0;

    g_assert_cmpint(newfile_replace(path, "one", 3, 0600), ==, 0);
    world.link_of_descriptor = EIO;
    g_assert_cmpint(newfile_replace(path, "two", 3, 0600), ==, EIO);
    NewFile *file = newfile_begin(new, &number);
    g_assert_cmpint(newfile_finish(file), ==, EIO);
    assert_holds(path, "one");
    world_reset();
    file = newfile_begin(new, &number);
    world.close = EDQUOT;       /* some file systems say only now that there was no room */
    number = newfile_finish(file);
    world_reset();
    g_assert_cmpint(number, ==, EDQUOT);
    end_folder(folder, "a b");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/newfile/new", test_new);
    g_test_add_func("/newfile/overtaken", test_overtaken);
    g_test_add_func("/newfile/replace", test_replace);
    g_test_add_func("/newfile/rights", test_rights);
    g_test_add_func("/newfile/flushed", test_flushed);
    g_test_add_func("/newfile/hidden", test_hidden);
    g_test_add_func("/newfile/writes", test_writes);
    g_test_add_func("/newfile/last-calls", test_last_calls);
    return g_test_run();
}

/* test-newfile.c: a new file is whole and never takes the place of another; one that replaces is whole, too, and what somebody
 * left there who was killed goes with it.
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/newfile.h"

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

static void
test_new(void)
{
    char *folder = make_folder();
    g_autofree char *path = g_build_filename(folder, "a", NULL), *below = g_build_filename(folder, "none", "a", NULL);
    g_autoptr(GError) error = NULL;
    int number = 0;

    g_assert_true(newfile_write(path, "one", 3, &error));
    g_assert_no_error(error);
    assert_holds(path, "one");
    g_assert_false(newfile_write(path, "two", 3, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
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

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/newfile/new", test_new);
    g_test_add_func("/newfile/overtaken", test_overtaken);
    g_test_add_func("/newfile/replace", test_replace);
    return g_test_run();
}

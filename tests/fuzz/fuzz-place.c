/* fuzz-place.c: makes that folder, and looks whether all is as it was.
 * SPDX-License-Identifier: MIT */
#include "fuzz-place.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

/* A text of that name, or where it begins by ">" a link, by "|" a pipe. */
static const struct {
    const char *name, *text;
} things[] = {
    { "mail/a.eml", "From: a@example.com\n\n" }, { "mail/a.dns", "" },            { "mail/b.eml", "b" },
    { "mail/other.dns", "other" },               { "mail/class.csv", "class" },   { "mail/none.dns", ">../secret/note.txt" },
    { "mail/out.eml", ">../secret/" PLACE_SECRET }, { "mail/c.txt", ">../secret/made.txt" },
    { "box/cur/1", "one" },                      { "box/new/2", "two" },          { "box/deep/3.eml", "three" },
    { "box/deep/near.eml", ">../cur/1" },        { "box/deep/folder", ">../../secret" },
    { "box/deep/out.eml", ">../../secret/" PLACE_SECRET }, { "linked", ">box" },  { "here/x", "" },
    { "secret/note.txt", "secret" },             { "state/fromscope/history", "open\n" },
    { "state/fromscope/progress", "" },          { "state/fromscope/other", "" }, { "config/fromscope/config", "" },
    { "data/fromscope/x", "" },                  { "box/deep/" PLACE_PIPE, "|" },
};

static const char *const words[] = {
    "/", "/../", "..", ".", "mail", "box", "linked", "here", "secret", "cur", "new", "tmp", "deep", "folder", PLACE_SECRET, "note.txt",
    "a.eml", "a.dns", ".dns", "b.eml", "none", "out.eml", "near.eml", "3.eml", "run.sh", "class.csv", "c.txt", ".html", ".txt", ".json",
    "state/fromscope/", "history", "progress", "other", "message", "config/fromscope/", "/etc/", "passwd", "/proc/self/", "fd/", "root",
    "/dev/", "zero", "-", "//", "1", "2", PLACE_PIPE,
};

static char *root;
static GHashTable *made;    /* char *: path, forgotten by place_leave() */
static int before = -1;     /* where we were */
static pid_t owner;

const char *
place_root(void)
{
    return root;
}

char *
place_at(const char *name)
{
    return g_strconcat(root, "/", name, NULL);
}

static void
put(const char *name, const char *text, gsize length)
{
    g_autofree char *path = place_at(name), *folder = g_path_get_dirname(path);

    FUZZ_REQUIRE(g_mkdir_with_parents(folder, 0700) == 0);
    if (*text == '>')
        FUZZ_REQUIRE(symlink(text + 1, path) == 0);
    else if (*text == '|')
        FUZZ_REQUIRE(mkfifo(path, 0600) == 0);
    else
        FUZZ_REQUIRE(g_file_set_contents(path, text, (gssize)length, NULL));
}

static void
remove_all(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat info;
        if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode))
            remove_all(path);
        else
            g_unlink(path);
    }
    g_rmdir(folder);
}

static void
clean_up(void)
{
    if (owner == getpid())
        remove_all(root);
}

static void
make_place(void)
{
    static const char *const homes[][2] = {
        { "XDG_CONFIG_HOME", "config" }, { "XDG_DATA_HOME", "data" }, { "XDG_STATE_HOME", "state" }, { "HOME", "data" } };
    g_autofree char *key = g_strnfill(PLACE_SECRET_SIZE, 'k');

    /* In memory, where there is such a place: a new file is flushed. */
    root = g_strdup_printf("%s/fromscope-fuzz-XXXXXX", g_access("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir());
    FUZZ_REQUIRE(g_mkdtemp(root));
    owner = getpid();
    atexit(clean_up);
    made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(things); i++)
        put(things[i].name, things[i].text, strlen(things[i].text));
    put("secret/" PLACE_SECRET, key, PLACE_SECRET_SIZE);
    for (gsize i = 0; i < G_N_ELEMENTS(homes); i++) {
        g_autofree char *home = place_at(homes[i][1]);
        g_setenv(homes[i][0], home, TRUE);
    }
}

void
place_enter(void)
{
    if (!root)
        make_place();
    g_autofree char *here = place_at("here");
    before = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    FUZZ_REQUIRE(before >= 0 && chdir(here) == 0);
}

/* ---- whether it is as it was ---- */

static gboolean
is_replaced(const char *name)
{
    static const char *const names[] = { "mail/class.csv", "state/fromscope/history", "state/fromscope/progress", NULL };

    return g_strv_contains(names, name);
}

static const char *
text_of(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(things); i++)
        if (g_str_equal(things[i].name, name))
            return things[i].text;
    return NULL;
}

gboolean
place_made(const char *path, gboolean replaced)
{
    const char *name = g_str_has_prefix(path, root) ? path + strlen(root) + 1 : "";
    char real[PATH_MAX];

    FUZZ_REQUIRE(realpath(path, real));
    g_hash_table_add(made, g_strdup(real));
    return replaced ? is_replaced(name) : *name && !text_of(name);
}

static void
check_file(const char *path, const struct stat *info)
{
    const char *name = path + strlen(root) + 1, *text = text_of(name);
    g_autofree char *now = NULL;

    if (text && *text == '>') {
        now = g_file_read_link(path, NULL);
        FUZZ_REQUIRE(now && g_str_equal(now, text + 1));
    } else if (text && *text == '|') {
        FUZZ_REQUIRE(S_ISFIFO(info->st_mode));
    } else if (g_hash_table_contains(made, path)) {
        g_unlink(path);
        if (text)
            put(name, text, strlen(text));
    } else if (g_str_equal(name, "secret/" PLACE_SECRET)) {
        FUZZ_REQUIRE(info->st_size == PLACE_SECRET_SIZE);
    } else {
        FUZZ_REQUIRE(text && g_file_get_contents(path, &now, NULL, NULL) && g_str_equal(now, text));
    }
}

/* Each file that is there, hidden ones too. */
static guint
check_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    guint count = 0;

    FUZZ_REQUIRE(dir);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat info;
        FUZZ_REQUIRE(lstat(path, &info) == 0);
        if (S_ISDIR(info.st_mode)) {
            count += check_folder(path);
            continue;
        }
        check_file(path, &info);
        count += lstat(path, &info) == 0;
    }
    return count;
}

void
place_leave(gboolean written)
{
    if (written)
        FUZZ_REQUIRE(check_folder(root) == G_N_ELEMENTS(things) + 1);
    g_hash_table_remove_all(made);
    FUZZ_REQUIRE(fchdir(before) == 0);
    close(before);
}

/* ---- paths ---- */

char *
place_plain(const char *path)
{
    g_autofree char *whole = *path == '/' ? g_strdup(path) : g_strconcat(root, "/here/", path, NULL);
    g_auto(GStrv) parts = g_strsplit(whole, "/", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();

    for (guint i = 0; parts[i]; i++) {
        if (g_str_equal(parts[i], "..") && kept->len > 0)
            g_ptr_array_set_size(kept, (int)kept->len - 1);
        else if (*parts[i] && !g_str_equal(parts[i], ".") && !g_str_equal(parts[i], ".."))
            g_ptr_array_add(kept, parts[i]);
    }
    g_ptr_array_add(kept, NULL);
    g_autofree char *joined = g_strjoinv("/", (char **)kept->pdata);
    return g_strconcat("/", joined, NULL);
}

void
place_append(GString *text, guint8 byte)
{
    if (byte < 0x80)
        g_string_append_c(text, (char)byte);
    else if (byte == 0x80)
        g_string_append(text, root);
    else
        g_string_append(text, words[(byte - 0x81u) % G_N_ELEMENTS(words)]);
}

/* test-keeper.c: what a core may have of the disk, and what it may not, asked as an honest one and as one that was taken over.
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "process/keeper-wire.h"
#include "process/keeper.h"

/* A folder of mail, something beside it that is nobody's business, and where we stand. */
typedef struct {
    char   *root;
    Keeper *keeper;
    int     line[2];
} Place;

static char *
at(const Place *place, const char *name)
{
    return g_build_filename(place->root, name, NULL);
}

static void
put(const Place *place, const char *name, const char *text)
{
    g_autofree char *path = at(place, name), *folder = g_path_get_dirname(path);

    g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
link_to(const Place *place, const char *name, const char *target)
{
    g_autofree char *path = at(place, name);

    g_assert_cmpint(symlink(target, path), ==, 0);
}

static void
set_up(Place *place, gconstpointer unused)
{
    (void)unused;
    place->root = g_dir_make_tmp("keeper-XXXXXX", NULL);
    put(place, "secret/key", "secret");
    put(place, "secret/note.txt", "secret");
    put(place, "mail/a.eml", "From: a@example.com\n\n");
    put(place, "mail/a.dns", "");
    put(place, "mail/b.eml", "");
    put(place, "mail/b.eml.dns", "");
    put(place, "mail/other.dns", "");
    put(place, "box/cur/1", "one");
    put(place, "box/new/2", "two");
    put(place, "box/deep/3.eml", "three");
    link_to(place, "box/deep/out.eml", "../../secret/key");
    link_to(place, "box/deep/root.eml", "/etc/hostname");
    link_to(place, "box/deep/near.eml", "../cur/1");
    link_to(place, "box/deep/folder", "../../secret");
    link_to(place, "linked", "box");
    put(place, "here/x", "");
    g_autofree char *here = at(place, "here");
    g_assert_cmpint(chdir(here), ==, 0);
    place->keeper = keeper_new();
    g_assert_true(keeper_line(place->line));
}

static void
tear_down(Place *place, gconstpointer unused)
{
    char *remove[] = { g_strdup("rm"), g_strdup("-rf"), place->root, NULL };

    (void)unused;
    keeper_free(place->keeper);
    close(place->line[0]);
    close(place->line[1]);
    g_assert_cmpint(chdir("/"), ==, 0);
    g_assert_true(g_spawn_sync(NULL, remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
    g_free(remove[0]);
    g_free(remove[1]);
    g_free(place->root);
}

static void
opens(const Place *place, const char *name)
{
    g_autofree char *path = at(place, name);

    keeper_opens(place->keeper, path);
}

/* ---- asking, a packet at a time ---- */

static gboolean
send_raw(const Place *place, guint32 op, const void *bytes, gsize length)
{
    const KeeperAsk ask = { .op = op };
    struct iovec parts[] = { { (void *)&ask, sizeof ask }, { (void *)bytes, length } };
    const struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };

    g_assert_cmpint((int)sendmsg(place->line[1], &message, MSG_NOSIGNAL), ==, (int)(sizeof ask + length));
    return keeper_serve(place->keeper, place->line[0]);
}

/* The errno that it answers; a descriptor that came is closed, unless `fd`. */
static int
hear(const Place *place, KeeperAnswer *answer, int *fd)
{
    char control[CMSG_SPACE(sizeof(int))];
    struct iovec part = { answer, sizeof *answer };
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control,
                              .msg_controllen = sizeof control };
    int came = -1;

    g_assert_cmpint((int)recvmsg(place->line[1], &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC), ==, (int)sizeof *answer);
    if (CMSG_FIRSTHDR(&message))
        memcpy(&came, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof came);
    g_assert_true(answer->number == 0 || came < 0);
    if (fd)
        *fd = came;
    else if (came >= 0)
        close(came);
    return answer->number;
}

static int
asks(const Place *place, KeeperOp op, const char *path)
{
    KeeperAnswer answer;

    g_assert_true(send_raw(place, op, path, strlen(path)));
    return hear(place, &answer, NULL);
}

static int
asks_at(const Place *place, KeeperOp op, const char *name)
{
    g_autofree char *path = at(place, name);

    return asks(place, op, path);
}

static int
writes(const Place *place, KeeperOp op, const char *path, const char *text)
{
    KeeperAnswer answer;
    const int number = asks(place, op, path);

    if (number != 0)
        return number;
    g_assert_true(send_raw(place, KEEPER_BYTES, text, strlen(text)));
    g_assert_true(send_raw(place, KEEPER_END, NULL, 0));
    return hear(place, &answer, NULL);
}

static int
writes_at(const Place *place, const char *name)
{
    g_autofree char *path = at(place, name);

    return writes(place, KEEPER_NEW, path, "text");
}

static void
refused(const Place *place, const char *name)
{
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, name), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_NAMES, name), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_LOOK, name), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_REPLACE, name), ==, DISK_REFUSED);
    g_assert_cmpint(writes_at(place, name), ==, DISK_REFUSED);
}

/* ---- reading ---- */

static void
test_nothing_named(Place *place, gconstpointer unused)
{
    static const char *const names[] = { "secret/key", "mail/a.eml", "mail", "box", "nowhere", "here/../secret/key" };

    (void)unused;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        refused(place, names[i]);
    static const char *const others[] = { "/etc/passwd", "/", ".", "..", "../secret/key", "-", "/proc/self/environ",
                                          "/proc/self/fd/0", "/dev/tty", "/dev/zero", "~" };
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        g_assert_cmpint(asks(place, KEEPER_OPEN, others[i]), ==, DISK_REFUSED);
    g_assert_cmpint(asks(place, KEEPER_LOOK, "/etc/passwd"), ==, DISK_REFUSED);
    g_autofree char *what = keeper_refused(place->keeper);
    g_assert_cmpstr(what, ==, "~");
    g_assert_null(keeper_refused(place->keeper));
}

static void
test_message(Place *place, gconstpointer unused)
{
    (void)unused;
    opens(place, "mail/a.eml");
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "mail/a.eml"), ==, 0);
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "mail//./a.eml"), ==, 0);
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "here/../mail/a.eml"), ==, 0);
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "mail/a.dns"), ==, 0);
    g_assert_cmpint(asks_at(place, KEEPER_LOOK, "mail/a.eml.dns"), ==, ENOENT);
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "mail/b.eml"), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "mail/b.eml.dns"), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "mail/other.dns"), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_NAMES, "mail"), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "mail/a.eml/../b.eml"), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_NAMES, "mail/a.eml"), ==, ENOTDIR);
    g_assert_cmpint(asks_at(place, KEEPER_REPLACE, "mail/a.eml"), ==, DISK_REFUSED);
}

/* A snapshot that is a link to something else is no snapshot. */
static void
test_snapshot_link(Place *place, gconstpointer unused)
{
    (void)unused;
    link_to(place, "mail/c.eml.dns", "../secret/key");
    opens(place, "mail/c.eml");
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "mail/c.eml.dns"), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "mail/c.eml"), ==, ENOENT);
}

static void
check_folder(const Place *place, const char *folder)
{
    static const struct { const char *name; int number; } cases[] = {
        { "deep/3.eml", 0 },        { "deep/near.eml", 0 },           { "deep/out.eml", DISK_REFUSED },
        { "deep/root.eml", DISK_REFUSED }, { "deep/folder/key", DISK_REFUSED }, { "../secret/key", DISK_REFUSED },
        { "deep/../../secret/key", DISK_REFUSED }, { "deep", EISDIR }, { "none", ENOENT }, { "cur/1", 0 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = g_build_filename(folder, cases[i].name, NULL);
        g_assert_cmpint(asks_at(place, KEEPER_OPEN, name), ==, cases[i].number);
    }
}

static void
test_folder(Place *place, gconstpointer unused)
{
    (void)unused;
    opens(place, "box");
    check_folder(place, "box");
    g_assert_cmpint(asks_at(place, KEEPER_LOOK, "box/deep/out.eml"), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_NAMES, "box/deep/folder"), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_NAMES, "box/deep"), ==, 0);
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "boxes"), ==, DISK_REFUSED);
    refused(place, "secret/key");
}

/* What the person named may be a link itself. */
static void
test_folder_link(Place *place, gconstpointer unused)
{
    (void)unused;
    opens(place, "linked");
    check_folder(place, "linked");
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "box/cur/1"), ==, DISK_REFUSED);
}

/* One part of a Maildir, opened by itself: of the others it is said that they are there, no more. */
static void
test_maildir_part(Place *place, gconstpointer unused)
{
    (void)unused;
    opens(place, "box/cur");
    g_assert_cmpint(asks_at(place, KEEPER_LOOK, "box/new"), ==, 0);
    g_assert_cmpint(asks_at(place, KEEPER_LOOK, "box/tmp"), ==, ENOENT);
    g_assert_cmpint(asks_at(place, KEEPER_NAMES, "box/new"), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "box/new/2"), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_LOOK, "box/deep"), ==, DISK_REFUSED);
}

static gpointer
close_later(gpointer fd)
{
    g_usleep(50000);
    close(GPOINTER_TO_INT(fd));
    return NULL;
}

/* Opening a device can do things; a pipe waits. Below a folder neither is opened, by its name both are, without waiting. */
static void
test_odd_files(Place *place, gconstpointer unused)
{
    g_autofree char *pipe = at(place, "box/pipe");
    KeeperAnswer answer;

    (void)unused;
    g_assert_cmpint(mkfifo(pipe, 0600), ==, 0);
    opens(place, "box");
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "box/pipe"), ==, DISK_REFUSED);
    keeper_opens(place->keeper, pipe);
    const int writer = open(pipe, O_RDWR | O_CLOEXEC);
    g_assert_cmpint((int)write(writer, "text", 4), ==, 4);
    GThread *thread = g_thread_new("closer", close_later, GINT_TO_POINTER(writer));
    for (guint i = 0; i < 2; i++) {         /* again: what came is kept */
        g_assert_true(send_raw(place, KEEPER_OPEN, pipe, strlen(pipe)));
        g_assert_cmpint(hear(place, &answer, NULL), ==, 0);
        g_assert_cmpint((int)answer.kind, ==, DISK_FILE);
        g_assert_cmpint((int)answer.size, ==, 4);
    }
    g_thread_join(thread);
    keeper_opens(place->keeper, "/dev");
    g_assert_cmpint(asks(place, KEEPER_OPEN, "/dev/zero"), ==, DISK_REFUSED);
    keeper_opens(place->keeper, "/dev/zero");
    g_assert_cmpint(asks(place, KEEPER_OPEN, "/dev/zero"), ==, ENOSPC);
    keeper_opens(place->keeper, "/dev/null");
    g_assert_cmpint(asks(place, KEEPER_OPEN, "/dev/null"), ==, 0);
}

/* What is handed out can be read, and nothing else. */
static void
test_descriptor(Place *place, gconstpointer unused)
{
    g_autofree char *path = at(place, "mail/a.eml");
    KeeperAnswer answer;
    char text[8] = "";
    int fd = -1;

    (void)unused;
    opens(place, "mail/a.eml");
    g_assert_true(send_raw(place, KEEPER_OPEN, path, strlen(path)));
    g_assert_cmpint(hear(place, &answer, &fd), ==, 0);
    g_assert_cmpint((int)answer.kind, ==, DISK_FILE);
    g_assert_cmpint((int)answer.size, ==, 21);
    g_assert_cmpint((int)pread(fd, text, 4, 0), ==, 4);
    g_assert_cmpstr(text, ==, "From");
    g_assert_cmpint(fcntl(fd, F_GETFL) & O_ACCMODE, ==, O_RDONLY);
    g_assert_cmpint((int)write(fd, "x", 1), ==, -1);
    close(fd);
}

/* ---- writing ---- */

static void
test_new_files(Place *place, gconstpointer unused)
{
    (void)unused;
    opens(place, "mail/a.eml");
    opens(place, "box");
    opens(place, "mail/none.eml");
    static const struct { const char *name; int number; } cases[] = {
        { "mail/none.eml", DISK_REFUSED }, { "mail/a.html", 0 }, { "mail/a.html", EEXIST }, { "mail/a.eml.dns", 0 }, { "mail/a.dns", EEXIST },
        { "mail/b.eml", DISK_REFUSED }, { "mail/a", DISK_REFUSED }, { "mail/.html", DISK_REFUSED },
        { "mail/.profile.txt", DISK_REFUSED }, { "mail/run.sh", DISK_REFUSED }, { "mail/sub/a.html", DISK_REFUSED },
        { "secret/a.html", DISK_REFUSED }, { "secret/note.txt", DISK_REFUSED }, { "mail/../secret/a.html", DISK_REFUSED },
        { "mail/b.dns", DISK_REFUSED }, { "here/x.dns", DISK_REFUSED }, { "here/message.dns", 0 },
        { "box/deep/3.eml.dns", 0 }, { "here/message.json", 0 }, { "here/run.sh", DISK_REFUSED }, { "box/survey.csv", 0 },
        { "box/deep/3.md", 0 }, { "box/deep/folder/x.md", DISK_REFUSED }, { "a.html", DISK_REFUSED },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].name);
        g_assert_cmpint(writes_at(place, cases[i].name), ==, cases[i].number);
    }
    g_autofree char *made = at(place, "mail/a.html");
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(made, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "text");
    g_assert_cmpint(writes(place, KEEPER_NEW, "message.txt", "text"), ==, 0);
}

/* A link that stands where a file shall be is not followed. */
static void
test_new_over_link(Place *place, gconstpointer unused)
{
    g_autofree char *victim = at(place, "secret/made.txt");

    (void)unused;
    opens(place, "mail/a.eml");
    link_to(place, "mail/a.txt", "../secret/made.txt");
    g_assert_cmpint(writes_at(place, "mail/a.txt"), ==, EEXIST);
    g_assert_false(g_file_test(victim, G_FILE_TEST_EXISTS));
}

static void
test_named_file(Place *place, gconstpointer unused)
{
    g_autofree char *path = at(place, "secret/run.sh");

    (void)unused;
    keeper_writes(place->keeper, path);
    g_assert_cmpint(asks(place, KEEPER_OPEN, path), ==, DISK_REFUSED);
    g_assert_cmpint(writes(place, KEEPER_NEW, path, "text"), ==, 0);
    g_assert_cmpint(writes(place, KEEPER_NEW, path, "text"), ==, EEXIST);
    g_assert_cmpint(writes_at(place, "secret/run2.sh"), ==, DISK_REFUSED);
}

/* Until its end is said nothing has appeared. */
static void
test_half_written(Place *place, gconstpointer unused)
{
    g_autofree char *path = at(place, "mail/a.html"), *folder = at(place, "mail");

    (void)unused;
    opens(place, "mail/a.eml");
    g_assert_cmpint(asks(place, KEEPER_NEW, path), ==, 0);
    g_assert_true(send_raw(place, KEEPER_BYTES, "half", 4));
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    keeper_left(place->keeper);
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));)
        g_assert_false(g_str_has_prefix(name, "."));
    g_assert_false(send_raw(place, KEEPER_END, NULL, 0));
}

static void
test_replace(Place *place, gconstpointer unused)
{
    g_autofree char *class = at(place, "mail/class.csv"), *text = NULL;
    g_autofree char *state = g_build_filename(g_getenv("XDG_STATE_HOME"), "fromscope", "progress", NULL);
    g_autofree char *other = g_build_filename(g_getenv("XDG_STATE_HOME"), "fromscope", "other", NULL);
    struct stat info;

    (void)unused;
    put(place, "mail/class.csv", "old");
    g_assert_cmpint(writes(place, KEEPER_REPLACE, class, "new"), ==, DISK_REFUSED);
    keeper_replaces(place->keeper, class);
    g_assert_cmpint(asks(place, KEEPER_OPEN, class), ==, 0);
    g_assert_cmpint(writes(place, KEEPER_REPLACE, class, "new"), ==, 0);
    g_assert_true(g_file_get_contents(class, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "new");
    g_assert_cmpint(writes(place, KEEPER_REPLACE, state, "# progress\n"), ==, 0);
    g_assert_cmpint(stat(state, &info), ==, 0);
    g_assert_cmpint(info.st_mode & 0777, ==, 0600);
    g_assert_cmpint(asks(place, KEEPER_OPEN, state), ==, 0);
    g_assert_cmpint(writes(place, KEEPER_REPLACE, other, "x"), ==, DISK_REFUSED);
    g_unlink(state);
}

/* ---- limits ---- */

static void
test_many_files(Place *place, gconstpointer unused)
{
    guint made = 0;
    int number = 0;

    (void)unused;
    opens(place, "mail/a.eml");
    for (guint i = 0; i < 1100 && number == 0; i++) {
        g_autofree char *name = g_strdup_printf("mail/a-%u.txt", i);
        number = writes_at(place, name);
        made += number == 0;
    }
    g_assert_cmpint(number, ==, EDQUOT);
    g_assert_cmpuint(made, ==, 1000);
}

/* Of 1 GB nothing is kept once it is too much; the disk sees no more than that. */
static void
test_many_bytes(Place *place, gconstpointer unused)
{
    g_autofree char *path = at(place, "mail/a.html"), *piece = g_malloc0(KEEPER_PIECE);
    KeeperAnswer answer;

    (void)unused;
    if (!g_test_slow()) {
        g_test_skip("writes 1 GB; -m slow");
        return;
    }
    opens(place, "mail/a.eml");
    g_assert_cmpint(asks(place, KEEPER_NEW, path), ==, 0);
    for (guint i = 0; i < 16385; i++)
        g_assert_true(send_raw(place, KEEPER_BYTES, piece, KEEPER_PIECE));
    g_assert_true(send_raw(place, KEEPER_END, NULL, 0));
    g_assert_cmpint(hear(place, &answer, NULL), ==, EDQUOT);
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void
test_state_size(Place *place, gconstpointer unused)
{
    g_autofree char *state = g_build_filename(g_getenv("XDG_STATE_HOME"), "fromscope", "history", NULL);
    g_autofree char *piece = g_malloc0(KEEPER_PIECE);
    KeeperAnswer answer;

    (void)unused;
    g_assert_cmpint(asks(place, KEEPER_REPLACE, state), ==, 0);
    for (guint i = 0; i < 65; i++)
        g_assert_true(send_raw(place, KEEPER_BYTES, piece, KEEPER_PIECE));
    g_assert_true(send_raw(place, KEEPER_END, NULL, 0));
    g_assert_cmpint(hear(place, &answer, NULL), ==, EDQUOT);
    g_assert_false(g_file_test(state, G_FILE_TEST_EXISTS));
}

static void
test_temporary(Place *place, gconstpointer unused)
{
    KeeperAnswer answer;
    guint made = 0;
    int fd;

    (void)unused;
    for (guint i = 0; i < 100; i++) {
        g_assert_true(send_raw(place, KEEPER_TEMPORARY, NULL, 0));
        if (hear(place, &answer, &fd) == 0) {
            struct stat info;
            made++;
            g_assert_cmpint(fstat(fd, &info), ==, 0);
            g_assert_cmpint((int)info.st_nlink, ==, 0);
            close(fd);
        }
    }
    g_assert_cmpuint(made, ==, 64);
}

/* ---- what no honest core says ---- */

static void
test_nonsense(Place *place, gconstpointer unused)
{
    g_autofree char *longest = g_strnfill(KEEPER_PATH_MAX + 1, 'a');
    static const char nul[] = "mail\0secret";

    (void)unused;
    opens(place, "mail/a.eml");
    g_assert_false(send_raw(place, KEEPER_OPEN, nul, sizeof nul - 1));
    g_assert_false(send_raw(place, KEEPER_OPEN, longest, strlen(longest)));
    g_assert_false(send_raw(place, KEEPER_OPEN, NULL, 0));
    g_assert_false(send_raw(place, KEEPER_END, NULL, 0));
    g_assert_false(send_raw(place, KEEPER_BYTES, "x", 1));
    g_assert_false(send_raw(place, KEEPER_TEMPORARY, "x", 1));
    g_assert_false(send_raw(place, 0, "x", 1));
    g_assert_false(send_raw(place, 0xFFFFFFFFu, "x", 1));
    g_assert_cmpint((int)send(place->line[1], "abc", 3, MSG_NOSIGNAL), ==, 3);
    g_assert_false(keeper_serve(place->keeper, place->line[0]));
    longest[KEEPER_PATH_MAX] = '\0';
    g_assert_cmpint(asks(place, KEEPER_OPEN, longest), ==, DISK_REFUSED);
    g_assert_cmpint(asks_at(place, KEEPER_OPEN, "mail/a.eml"), ==, 0);
}

/* A descriptor that is sent along is not taken: it would fill our table. */
static void
test_sent_descriptor(Place *place, gconstpointer unused)
{
    const KeeperAsk ask = { .op = KEEPER_TEMPORARY };
    struct iovec part = { (void *)&ask, sizeof ask };
    char control[CMSG_SPACE(sizeof(int))] = "";
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control,
                              .msg_controllen = sizeof control };
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    const int fd = 0, before = dup(0);

    (void)unused;
    *head = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
    memcpy(CMSG_DATA(head), &fd, sizeof fd);
    close(before);
    g_assert_cmpint((int)sendmsg(place->line[1], &message, MSG_NOSIGNAL), ==, (int)sizeof ask);
    g_assert_false(keeper_serve(place->keeper, place->line[0]));
    const int after = dup(0);
    g_assert_cmpint(after, ==, before);
    close(after);
}

/* Who asks and never listens does not keep the keeper waiting. */
static void
test_deaf(Place *place, gconstpointer unused)
{
    const KeeperAsk ask = { .op = KEEPER_LOOK };
    char packet[sizeof ask + 1];
    gboolean served = TRUE;

    (void)unused;
    memcpy(packet, &ask, sizeof ask);
    packet[sizeof ask] = 'x';
    for (guint i = 0; i < 100000 && served; i++) {
        g_assert_cmpint((int)send(place->line[1], packet, sizeof packet, MSG_NOSIGNAL), ==, (int)sizeof packet);
        served = keeper_serve(place->keeper, place->line[0]);
    }
    g_assert_false(served);
}

/* ---- the core's side ---- */

static gpointer
keep(gpointer data)
{
    const Place *place = data;
    struct pollfd wait = { place->line[0], POLLIN, 0 };

    while (poll(&wait, 1, -1) > 0 && !(wait.revents & POLLHUP) && keeper_serve(place->keeper, place->line[0]))
        continue;
    return NULL;
}

/* Everything through base/disk.h; last of all, since the door stays. */
static void
test_door(Place *place, gconstpointer unused)
{
    g_autofree char *message = at(place, "mail/a.eml"), *secret = at(place, "secret/key"), *box = at(place, "box");
    g_autofree char *export = at(place, "mail/a.txt"), *state = g_build_filename(g_getenv("XDG_STATE_HOME"), "fromscope", "history", NULL);
    g_autofree char *large = g_strnfill(300000, 'x');
    g_autoptr(GError) error = NULL;
    GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    (void)unused;
    opens(place, "mail/a.eml");
    opens(place, "box");
    GThread *thread = g_thread_new("keeper", keep, place);
    keeper_enter(place->line[1]);
    g_assert_true(disk_is_file(message));
    g_assert_true(disk_is_folder(box));
    g_assert_false(disk_exists(secret));
    g_autofree char *longest = g_strnfill(5000, 'a');
    g_assert_false(disk_exists(longest));
    g_assert_false(disk_write_new(longest, "", 0, NULL));
    g_assert_true(disk_exists(message));
    g_autofree char *text = disk_text(message, 100, NULL, &error);
    g_assert_cmpstr(text, ==, "From: a@example.com\n\n");
    g_assert_null(disk_text(secret, 100, NULL, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_PERM);
    g_assert_nonnull(strstr(error->message, "refused"));
    g_clear_error(&error);
    g_assert_null(disk_text(message, 5, NULL, &error));
    g_clear_error(&error);
    g_autofree char *deep = g_build_filename(box, "deep", NULL);
    g_autoptr(DiskNames) names = disk_names(deep, &error);
    for (DiskName name; disk_names_next(names, &name);)
        g_hash_table_insert(seen, g_strdup_printf("%s %d %d", name.name, (int)name.kind, name.link), names);
    g_assert_cmpuint(g_hash_table_size(seen), ==, 5);
    g_assert_true(g_hash_table_contains(seen, "3.eml 1 0"));
    g_assert_true(g_hash_table_contains(seen, "near.eml 1 1"));
    g_assert_true(g_hash_table_contains(seen, "out.eml 0 1"));
    g_assert_true(g_hash_table_contains(seen, "folder 0 1"));
    g_assert_true(disk_write_new(export, large, 300000, &error));
    g_assert_false(disk_write_new(export, large, 300000, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
    g_assert_true(disk_replace(state, "x", 1, TRUE, NULL));
    const int temporary = keeper_temporary();
    g_assert_cmpint(temporary, >=, 0);
    close(temporary);
    g_autofree char *here = disk_here(), *right = at(place, "here");
    g_assert_cmpstr(here, ==, right);
    shutdown(place->line[1], SHUT_RDWR);
    g_thread_join(thread);
    g_assert_false(disk_exists(message));
    g_hash_table_unref(seen);
    struct stat info;
    g_assert_cmpint(stat(export, &info), ==, 0);
    g_assert_cmpint((int)info.st_size, ==, 300000);
    g_unlink(state);
}

int
main(int argc, char **argv)
{
    static const struct { const char *name; void (*run)(Place *, gconstpointer); } tests[] = {
        { "nothing-named", test_nothing_named }, { "message", test_message }, { "snapshot-link", test_snapshot_link },
        { "folder", test_folder }, { "folder-link", test_folder_link }, { "maildir-part", test_maildir_part },
        { "odd-files", test_odd_files }, { "descriptor", test_descriptor }, { "new-files", test_new_files },
        { "new-over-link", test_new_over_link }, { "named-file", test_named_file }, { "half-written", test_half_written },
        { "replace", test_replace }, { "many-files", test_many_files }, { "many-bytes", test_many_bytes },
        { "state-size", test_state_size }, { "temporary", test_temporary }, { "nonsense", test_nonsense },
        { "sent-descriptor", test_sent_descriptor }, { "deaf", test_deaf }, { "z-door", test_door },
    };
    g_autofree char *home = g_dir_make_tmp("keeper-home-XXXXXX", NULL);

    g_test_init(&argc, &argv, NULL);
    g_setenv("XDG_STATE_HOME", home, TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/keeper/%s", tests[i].name);
        g_test_add(path, Place, NULL, set_up, tests[i].run, tear_down);
    }
    const int status = g_test_run();
    g_autofree char *folder = g_build_filename(home, "fromscope", NULL);
    g_rmdir(folder);
    g_rmdir(home);
    return status;
}

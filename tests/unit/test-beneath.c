/* test-beneath.c: no way out of a folder, by the kernel's openat2() and without it.
 * SPDX-License-Identifier: MIT */
#include "process/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/disk.h"

/* base/outside, base/in/file, base/in/sub/file, and links below base/in. */
static char *base;

static void
make(void)
{
    static const struct { const char *to, *at; } links[] = {
        { "file", "in/link" }, { "sub", "in/folder-link" }, { "../outside", "in/up" }, { "sub/../../outside", "in/round" },
        { "/etc/passwd", "in/absolute" }, { "..", "in/sub/up" }, { "/proc/self/root", "in/magic" }, { "loop", "in/loop" },
        { "../..", "in/sub/up-up" },
    };
    static const char *const files[] = { "outside", "in/file", "in/sub/file" };

    base = g_dir_make_tmp("beneath-XXXXXX", NULL);
    g_assert_nonnull(base);
    g_autofree char *sub = g_build_filename(base, "in/sub", NULL);
    g_assert_cmpint(g_mkdir_with_parents(sub, 0700), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(base, files[i], NULL);
        g_assert_true(g_file_set_contents(path, files[i], -1, NULL));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        g_autofree char *path = g_build_filename(base, links[i].at, NULL);
        g_assert_cmpint(symlink(links[i].to, path), ==, 0);
    }
}

static void
unmake(void)
{
    g_autofree char *command = g_strdup_printf("rm -rf '%s'", base);

    g_assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
    g_free(base);
}

/* 0, or the errno. */
static int
try(const char *rest)
{
    g_autofree char *folder = g_build_filename(base, "in", NULL);
    const int fd = beneath_open(folder, rest, O_RDONLY | O_NONBLOCK);
    const int number = fd < 0 ? errno : 0;

    if (fd >= 0)
        close(fd);
    return number;
}

static const struct { const char *rest; int with, without; } cases[] = {
    { "file", 0, 0 }, { "sub", 0, 0 }, { "sub/file", 0, 0 },
    { "nothing", ENOENT, ENOENT }, { "sub/nothing", ENOENT, ENOENT }, { "file/below", ENOTDIR, ENOTDIR },
    /* links that stay inside are followed where the kernel sees to it that they do */
    { "link", 0, DISK_REFUSED }, { "folder-link/file", 0, ENOTDIR }, { "sub/up/file", 0, ENOTDIR },
    { "up", DISK_REFUSED, DISK_REFUSED }, { "round", DISK_REFUSED, DISK_REFUSED }, { "absolute", DISK_REFUSED, DISK_REFUSED },
    { "magic", DISK_REFUSED, DISK_REFUSED }, { "magic/etc/passwd", DISK_REFUSED, ENOTDIR }, { "loop", DISK_REFUSED, DISK_REFUSED },
    { "sub/up-up/outside", DISK_REFUSED, ENOTDIR }, { "sub/up/../outside", DISK_REFUSED, ENOTDIR },
    { "..", DISK_REFUSED, DISK_REFUSED }, { "../outside", DISK_REFUSED, DISK_REFUSED },
    { "sub/../../outside", DISK_REFUSED, DISK_REFUSED },
};

/* Links of a Maildir lead to files of another Maildir, and nowhere else; no other link leads out. */
static void
test_mail(void)
{
    static const struct { const char *to, *at; int want; } links[] = {
        { "../../../other/cur/1", "in/found/cur/a", 0 }, { "BASE/other/new/2", "in/found/new/b", 0 },
        { "../../../other/cur/link", "in/found/cur/c", 0 }, { "../../../outside", "in/found/cur/d", DISK_REFUSED },
        { "/etc/hostname", "in/found/cur/e", DISK_REFUSED }, { "../../../other/cur", "in/found/cur/f", DISK_REFUSED },
        { "../../../other/cur/out", "in/found/cur/g", DISK_REFUSED }, { "../other/cur/1", "in/h", DISK_REFUSED },
        { "../../other/cur/1", "in/sub/i", DISK_REFUSED }, { "../../../other/cur/3", "in/found/cur/j", DISK_REFUSED },
        { "1", "other/cur/link", 0 }, { "../../outside", "other/cur/out", 0 },
    };
    static const char *const files[] = { "other/cur/1", "other/new/2" };
    static const char *const folders[] = { "other/cur", "other/new", "in/found/cur", "in/found/new" };

    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = g_build_filename(base, folders[i], NULL);
        g_assert_cmpint(g_mkdir_with_parents(path, 0700), ==, 0);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(base, files[i], NULL);
        g_assert_true(g_file_set_contents(path, files[i], -1, NULL));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        const gboolean whole = g_str_has_prefix(links[i].to, "BASE");
        g_autofree char *path = g_build_filename(base, links[i].at, NULL);
        g_autofree char *to = whole ? g_strconcat(base, links[i].to + 4, NULL) : g_strdup(links[i].to);
        g_assert_cmpint(symlink(to, path), ==, 0);
    }
    g_autofree char *folder = g_build_filename(base, "in", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        if (!g_str_has_prefix(links[i].at, "in/"))
            continue;
        const int fd = beneath_open_mail(folder, links[i].at + 3, O_RDONLY | O_NONBLOCK);
        g_test_message("%s -> %s", links[i].at, links[i].to);
        g_assert_cmpint(fd < 0 ? errno : 0, ==, links[i].want);
        if (fd >= 0)
            close(fd);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const int fd = beneath_open_mail(folder, cases[i].rest, O_RDONLY | O_NONBLOCK);
        g_assert_cmpint(fd < 0 ? errno : 0, ==, cases[i].with);
        if (fd >= 0)
            close(fd);
    }
}

static void
test_kernel(void)
{
    struct { guint64 how[3]; } none = { { 0 } };

    if (syscall(SYS_openat2, -1, "", &none, sizeof none) < 0 && errno == ENOSYS) {
        g_test_skip("this kernel has no openat2()");
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].rest);
        g_assert_cmpint(try(cases[i].rest), ==, cases[i].with);
    }
}

/* As a kernel before 5.6, or a container that does not know the call. FALSE: it cannot be made so. */
static gboolean
forget_openat2(int error)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (guint32)offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (guint32)error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog filter = { G_N_ELEMENTS(code), code };

    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

/* Which case went wrong, from 1 on. */
static int
first_wrong(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        if (try(cases[i].rest) != cases[i].without)
            return (int)i + 1;
    return 0;
}

static void
test_without(gconstpointer error)
{
    int status = 0;
    const pid_t pid = fork();

    if (pid == 0)
        _exit(forget_openat2(GPOINTER_TO_INT(error)) ? first_wrong() : 77);
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    g_assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77)
        g_test_skip("this kernel has no filters");
    else if (WEXITSTATUS(status) != 0)
        g_error("%s", cases[WEXITSTATUS(status) - 1].rest);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    make();
    g_test_add_func("/beneath/kernel", test_kernel);
    g_test_add_func("/beneath/mail", test_mail);
    g_test_add_data_func("/beneath/unknown", GINT_TO_POINTER(ENOSYS), test_without);
    g_test_add_data_func("/beneath/forbidden", GINT_TO_POINTER(EPERM), test_without);
    const int status = g_test_run();
    unmake();
    return status;
}

/* target-keeper.c: a core that was taken over asks for files: it gets what a much simpler keeper would give, and no more.
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "fuzz-place.h"
#include "fuzz.h"
#include "process/keeper-wire.h"
#include "process/keeper.h"

enum { PACKETS_MAX = 24 };

/* ---- what a person named, by the bits of the first byte ---- */

typedef enum { READ = 1, MESSAGE = 2, NEW = 4, REPLACE = 8, FOLDER = 16 } Right;

static const struct {
    const char *name;
    int         rights;
} namings[] = {
    { "mail/a.eml", READ | MESSAGE },       { "box", READ | MESSAGE | FOLDER },     { "linked", READ | MESSAGE | FOLDER },
    { "box/cur", READ | MESSAGE | FOLDER }, { "mail/other.dns", READ },             { "secret/run.sh", NEW },
    { "mail/class.csv", READ | REPLACE },   { "mail/none.eml", READ | MESSAGE },
};

typedef struct {
    Keeper   *keeper;
    int       line[2];
    guint     named;        /* bits of namings */
    int       begun;        /* NEW, REPLACE or 0: what is being written */
    char     *where;        /* … there, as a plain name */
    GByteArray *bytes;      /* … so far */
    gboolean  written;      /* something was, in this run */
} Run;

static void
name_files(Run *run)
{
    for (guint i = 0; i < G_N_ELEMENTS(namings); i++) {
        g_autofree char *path = place_at(namings[i].name);
        if (!(run->named >> i & 1))
            continue;
        if (namings[i].rights & NEW)
            keeper_writes(run->keeper, path);
        else if (namings[i].rights & REPLACE)
            keeper_replaces(run->keeper, path);
        else if (namings[i].rights & MESSAGE)
            keeper_opens(run->keeper, path);
        else
            keeper_reads(run->keeper, path);
    }
}

/* ---- the simple keeper: by names alone ---- */

static gboolean
is_below(const char *path, const char *folder)
{
    const gsize length = strlen(folder);

    return strncmp(path, folder, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

static gboolean
is_snapshot_of(const char *path, const char *message)
{
    g_autofree char *whole = g_strconcat(message, ".dns", NULL);
    g_autofree char *stem = g_strdup_printf("%.*s.dns", (int)(strrchr(message, '.') - message), message);

    return g_str_equal(path, whole) || g_str_equal(path, stem);
}

static gboolean
may_read(const Run *run, const char *path)
{
    static const char *const always[] = { "config/fromscope", "data/fromscope", "state/fromscope/history", "state/fromscope/progress" };

    for (guint i = 0; i < G_N_ELEMENTS(always); i++) {
        g_autofree char *place = place_at(always[i]);
        if (is_below(path, place))
            return TRUE;
    }
    for (guint i = 0; i < G_N_ELEMENTS(namings); i++) {
        g_autofree char *name = place_at(namings[i].name);
        const int rights = run->named >> i & 1 ? namings[i].rights : 0;
        if ((rights & READ) && is_below(path, name))
            return TRUE;
        if ((rights & MESSAGE) && !(rights & FOLDER) && is_snapshot_of(path, name))
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_export(const char *path)
{
    static const char *const ends[] = { ".html", ".md", ".txt", ".json", ".csv", ".dns" };
    g_autofree char *name = g_path_get_basename(path);

    for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
        if (g_str_has_suffix(name, ends[i]) && *name != '.')
            return TRUE;
    return FALSE;
}

static gboolean
may_make(const Run *run, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path), *here = place_at("here"), *usual = place_at("here/message.dns");
    const gboolean snapshot = g_str_has_suffix(path, ".dns");

    for (guint i = 0; i < G_N_ELEMENTS(namings); i++) {
        g_autofree char *name = place_at(namings[i].name), *beside = g_path_get_dirname(name);
        const int rights = run->named >> i & 1 ? namings[i].rights : 0;
        if ((rights & NEW) && g_str_equal(path, name))
            return TRUE;
        if (!(rights & MESSAGE) || !is_export(path))
            continue;
        if (is_below(folder, name))
            return TRUE;
        if (!(rights & FOLDER) && g_str_equal(folder, beside) && (!snapshot || is_snapshot_of(path, name)))
            return TRUE;
    }
    return is_export(path) && g_str_equal(folder, here) && (!snapshot || g_str_equal(path, usual));
}

static gboolean
may_replace(const Run *run, const char *path)
{
    g_autofree char *history = place_at("state/fromscope/history"), *progress = place_at("state/fromscope/progress");
    g_autofree char *class = place_at("mail/class.csv");

    return g_str_equal(path, history) || g_str_equal(path, progress) || ((run->named >> 6 & 1) && g_str_equal(path, class));
}

/* Of "cur", "new" and "tmp" it is said that they are there, where one of them was named. */
static gboolean
is_sibling(const Run *run, const char *path)
{
    static const char *const parts[] = { "box/cur", "box/new", "box/tmp" };

    for (guint i = 0; (run->named >> 3 & 1) && i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *part = place_at(parts[i]);
        if (g_str_equal(path, part))
            return TRUE;
    }
    return FALSE;
}

/* Outside of our place there is much that comes with the program; what follows never does. */
static gboolean
is_known(const char *path)
{
    return is_below(path, place_root()) || is_below(path, "/etc") || is_below(path, "/proc") || is_below(path, "/dev") ||
           g_str_equal(path, "/");
}

static gboolean
may(const Run *run, guint op, const char *path)
{
    if (!is_known(path))
        return TRUE;
    switch (op) {
    case KEEPER_LOOK:
        return may_read(run, path) || is_sibling(run, path) || may_make(run, path);
    case KEEPER_OPEN:       /* a sibling is a folder, or not there: none is handed out */
        return may_read(run, path) || is_sibling(run, path);
    case KEEPER_NEW:
        return may_make(run, path);
    case KEEPER_REPLACE:
        return may_replace(run, path);
    default:
        return may_read(run, path);
    }
}

/* ---- what is handed out ---- */

/* Where it really is, whatever links led there. */
static void
check_descriptor(const Run *run, guint op, int fd)
{
    g_autofree char *link = g_strdup_printf("/proc/self/fd/%d", fd), *box = place_at("box");
    char real[PATH_MAX] = "", list[8192] = "";
    struct stat info;

    FUZZ_REQUIRE(fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && readlink(link, real, sizeof real - 1) > 0);
    if (op == KEEPER_OPEN) {
        const gboolean linked = (run->named >> 2 & 1) && is_below(real, box);
        FUZZ_REQUIRE((fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY);
        FUZZ_REQUIRE(!is_known(real) || linked || may_read(run, real));
    } else {
        FUZZ_REQUIRE(info.st_nlink == 0 && read(fd, list, sizeof list - 1) >= 0);
        for (gsize i = 0; i < sizeof list; i++)
            FUZZ_REQUIRE(strncmp(list + i, PLACE_SECRET, strlen(PLACE_SECRET)) != 0);
    }
}

/* What it says to one request; of BYTES nothing. */
static int
hear(const Run *run, guint op, KeeperAnswer *answer)
{
    char control[CMSG_SPACE(2 * sizeof(int))];
    struct iovec part = { answer, sizeof *answer };
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
    const gssize got = recvmsg(run->line[1], &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    const struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    const gboolean gives = op == KEEPER_OPEN || op == KEEPER_NAMES || op == KEEPER_TEMPORARY;
    int fd = -1;

    FUZZ_REQUIRE(op == KEEPER_BYTES ? got < 0 : got == (gssize)sizeof *answer);
    if (op == KEEPER_BYTES)
        return 0;
    FUZZ_REQUIRE((answer->number == 0 && gives) == (head != NULL));
    if (head) {
        FUZZ_REQUIRE(head->cmsg_len == CMSG_LEN(sizeof fd));
        memcpy(&fd, CMSG_DATA(head), sizeof fd);
        check_descriptor(run, op, fd);
        close(fd);
    }
    FUZZ_REQUIRE(answer->number != 0 || answer->size != PLACE_SECRET_SIZE);
    return answer->number;
}

/* ---- writing ---- */

static void
begin(Run *run, int what, const char *path)
{
    run->begun = what;
    g_free(run->where);
    run->where = g_strdup(path);
    g_byte_array_set_size(run->bytes, 0);
}

static void
check_written(Run *run)
{
    g_autofree char *text = NULL;
    gsize length = 0;

    FUZZ_REQUIRE(g_file_get_contents(run->where, &text, &length, NULL));
    FUZZ_REQUIRE(length == run->bytes->len && (length == 0 || memcmp(text, run->bytes->data, length) == 0));
    FUZZ_REQUIRE(place_made(run->where, run->begun == REPLACE));
    run->written = TRUE;
}

/* ---- a request ---- */

static gboolean
is_sound(const Run *run, guint op, const char *rest, gsize length)
{
    switch (op) {
    case KEEPER_BYTES:
        return run->begun != 0;
    case KEEPER_END:
        return run->begun != 0 && length == 0;
    case KEEPER_TEMPORARY:
        return length == 0;
    case KEEPER_LOOK:
    case KEEPER_OPEN:
    case KEEPER_NAMES:
    case KEEPER_NEW:
    case KEEPER_REPLACE:
        return length > 0 && length <= KEEPER_PATH_MAX && !memchr(rest, '\0', length);
    default:
        return FALSE;
    }
}

static void
check_path(Run *run, guint op, const char *rest, gsize length, int number)
{
    g_autofree char *text = g_strndup(rest, length), *path = place_plain(text), *pipe = place_at("box/deep/" PLACE_PIPE);
    const gboolean writes = op == KEEPER_NEW || op == KEEPER_REPLACE;

    if (!may(run, op, path) || g_str_equal(text, "-") || (op == KEEPER_OPEN && g_str_equal(path, pipe)))
        FUZZ_REQUIRE(number == DISK_REFUSED);
    if (writes)
        begin(run, number != 0 ? 0 : op == KEEPER_NEW ? NEW : REPLACE, path);
}

/* FALSE: the keeper believes nothing any more. */
static gboolean
ask(Run *run, guint op, const char *rest, gsize length, gboolean with_fd)
{
    const KeeperAsk head = { .op = op };
    KeeperAnswer answer = { 0 };
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = { .align = { .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS } };
    struct iovec parts[] = { { (void *)&head, sizeof head }, { (void *)rest, length } };
    struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };

    memcpy(CMSG_DATA(&control.align), &run->line[1], sizeof run->line[1]);
    if (with_fd) {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
    }
    FUZZ_REQUIRE(sendmsg(run->line[1], &message, MSG_NOSIGNAL) >= 0);
    const gboolean sound = is_sound(run, op, rest, length) && !with_fd;
    FUZZ_REQUIRE(keeper_serve(run->keeper, run->line[0]) == sound);
    if (!sound)
        return FALSE;
    const int number = hear(run, op, &answer);
    if (op == KEEPER_BYTES)
        g_byte_array_append(run->bytes, (const guint8 *)rest, (guint)length);
    else if (op == KEEPER_END && number == 0)
        check_written(run);
    else if (op != KEEPER_TEMPORARY && op != KEEPER_END)
        check_path(run, op, rest, length, number);
    if (op == KEEPER_END)
        run->begun = 0;
    return TRUE;
}

/* Less than a request has. */
static gboolean
ask_less(Run *run, const char *bytes, gsize length)
{
    FUZZ_REQUIRE(send(run->line[1], bytes, MIN(length, sizeof(KeeperAsk) - 1), MSG_NOSIGNAL) >= 0);
    FUZZ_REQUIRE(!keeper_serve(run->keeper, run->line[0]));
    return FALSE;
}

/* The next request of the input: what, how long, and its bytes, words of our place among them. */
static gboolean
ask_next(Run *run, const guint8 **at, const guint8 *end)
{
    static const guint ops[] = { KEEPER_LOOK, KEEPER_OPEN, KEEPER_NAMES, KEEPER_NEW, KEEPER_REPLACE, KEEPER_BYTES, KEEPER_END,
                                 KEEPER_TEMPORARY, KEEPER_OPEN, KEEPER_OPEN, KEEPER_NEW };
    g_autoptr(GString) text = g_string_new(NULL);

    if (end - *at < 2)
        return FALSE;
    const guint what = (*at)[0] & 0x0F;
    const guint op = what < G_N_ELEMENTS(ops) ? ops[what] : (*at)[0];
    const gsize length = MIN((gsize)(*at)[1], (gsize)(end - *at) - 2);
    for (gsize i = 0; i < length; i++)
        place_append(text, (*at)[2 + i]);
    const gboolean with_fd = (*at)[0] >= 0xF0;
    *at += 2 + length;
    if (what == 0x0F)
        return ask_less(run, text->str, text->len);
    return ask(run, op, text->str, text->len, with_fd);
}

static int
lowest_descriptor(void)
{
    const int fd = fcntl(0, F_DUPFD, 0);

    if (fd >= 0)
        close(fd);
    return fd;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    Run run = { .named = size ? data[0] : 0 };
    const guint8 *at = data;

    if (size == 0)
        return 0;
    at++;
    place_enter();
    run.keeper = keeper_new();
    run.bytes = g_byte_array_new();
    FUZZ_REQUIRE(keeper_line(run.line));
    name_files(&run);
    const int lowest = lowest_descriptor();
    for (guint i = 0; i < PACKETS_MAX && ask_next(&run, &at, data + size); i++)
        continue;
    keeper_left(run.keeper);
    FUZZ_REQUIRE(lowest_descriptor() == lowest);
    close(run.line[0]);
    close(run.line[1]);
    keeper_free(run.keeper);
    g_byte_array_unref(run.bytes);
    g_free(run.where);
    place_leave(run.written);
    return 0;
}

/* keeper.c: answers what a core asks of the disk, a packet at a time.
 * SPDX-License-Identifier: MIT */
#include "process/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/nameless.h"
#include "base/place.h"
#include "process/keeper-rules.h"
#include "process/keeper-wire.h"
#include "process/keeper-write.h"

#define TEMPORARY_MAX 64u
#define SUFFIXES "/usr/share/publicsuffix"

struct Keeper {
    KeeperRules   *rules;
    KeeperWriting *writing;
    guint          temporary;
    GHashTable    *copies;      /* descriptor, by path: of what can be read once only */
    char          *refused;
};

/* ---- rights ---- */

static void
close_copy(gpointer copy)
{
    close(GPOINTER_TO_INT(copy));
}

Keeper *
keeper_new(void)
{
    static const char *const memory[] = { "history", "progress" };
    Keeper *keeper = g_new0(Keeper, 1);
    g_autofree char *here = g_get_current_dir();
    g_auto(GStrv) places = place_all();

    keeper->writing = writing_new();
    keeper->copies = g_hash_table_new_full(hash_text, g_str_equal, g_free, close_copy);
    keeper->rules = rules_new(here);
    for (char **place = places; *place; place++)
        rules_add(keeper->rules, *place, RIGHT_READ);
    rules_add(keeper->rules, SUFFIXES, RIGHT_READ);
    for (gsize i = 0; i < G_N_ELEMENTS(memory); i++) {
        g_autofree char *path = place_state(memory[i]);
        rules_add(keeper->rules, path, RIGHT_READ | RIGHT_STATE);
    }
    return keeper;
}

void
keeper_free(Keeper *keeper)
{
    if (!keeper)
        return;
    writing_free(keeper->writing);
    rules_free(keeper->rules);
    g_hash_table_unref(keeper->copies);
    g_free(keeper->refused);
    g_free(keeper);
}

void
keeper_opens(Keeper *keeper, const char *path)
{
    rules_add(keeper->rules, path, RIGHT_READ | RIGHT_MESSAGE);
}

void
keeper_reads(Keeper *keeper, const char *path)
{
    rules_add(keeper->rules, path, RIGHT_READ);
}

/* A lesson may ask again what another one asked, which stands beside it. */
void
keeper_lesson(Keeper *keeper, const char *folder)
{
    g_autofree char *whole = g_canonicalize_filename(folder, NULL), *place = g_path_get_dirname(whole);
    g_autoptr(GDir) dir = g_file_test(whole, G_FILE_TEST_IS_DIR) ? g_dir_open(place, 0, NULL) : NULL;

    rules_add(keeper->rules, folder, RIGHT_READ);
    if (dir)
        rules_add(keeper->rules, place, RIGHT_NAMES);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *text = g_build_filename(place, name, "lesson.txt", NULL);
        g_autofree char *other = g_build_filename(place, name, NULL);
        if (g_file_test(text, G_FILE_TEST_IS_REGULAR))
            rules_add(keeper->rules, other, RIGHT_READ);
    }
}

void
keeper_writes(Keeper *keeper, const char *path)
{
    rules_add(keeper->rules, path, RIGHT_NEW);
}

void
keeper_replaces(Keeper *keeper, const char *path)
{
    rules_add(keeper->rules, path, RIGHT_READ | RIGHT_REPLACE);
}

gboolean
keeper_line(int line[2])
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, line) == 0;
}

char *
keeper_refused(Keeper *keeper)
{
    return g_steal_pointer(&keeper->refused);
}

/* ---- answering ---- */

/* Never waits: who asks one thing at a time has room for each answer. */
static gboolean
answer(int line, const KeeperAnswer *what, int fd)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = { (void *)what, sizeof *what };
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

    if (fd >= 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        *head = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET,
                                  .cmsg_type = SCM_RIGHTS };
        memcpy(CMSG_DATA(head), &fd, sizeof fd);
    }
    return sendmsg(line, &message, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)sizeof *what;
}

/* With a descriptor, which is ours and closed here, or -1. */
static gboolean
answer_with(int line, int number, const DiskFact *fact, int fd)
{
    const KeeperAnswer what = { .number = number, .kind = fact->kind, .readable = fact->readable != 0,
                                .size = fact->size };
    const gboolean good = answer(line, &what, fd);

    if (fd >= 0)
        close(fd);
    return good;
}

static gboolean
answer_number(int line, int number)
{
    return answer_with(line, number, &(DiskFact){ 0 }, -1);
}

static int
note_refusal(Keeper *keeper, int number, const char *path)
{
    if (number == DISK_REFUSED) {
        g_free(keeper->refused);
        keeper->refused = g_strdup(path);
    }
    return number;
}

/* ---- reading ---- */

static gboolean
serve_look(Keeper *keeper, int line, const char *path)
{
    DiskFact fact = { 0 };
    const int number = rules_look(keeper->rules, path, &fact);

    return answer_with(line, number, &fact, -1);
}

static int
number_of(const GError *fault)
{
    return g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_AGAIN) ? EAGAIN
           : g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? ENOSPC : EIO;
}

/* A descriptor of its own, to read from. */
static int
again(int copy, DiskFact *fact, int *fd)
{
    g_autofree char *itself = g_strdup_printf("/proc/self/fd/%d", copy);

    *fd = open(itself, O_RDONLY | O_CLOEXEC);
    return *fd < 0 ? errno : disk_fact_of(*fd, fact);
}

/* A pipe gives what it has once, and a core that takes the place of another wants it, too; a terminal stays here whoever asks.
 * So a copy is handed out, of bytes that nobody looks into here. Takes `from` over. */
static int
open_copy(Keeper *keeper, const char *path, int from, DiskFact *fact, int *fd)
{
    g_autoptr(GError) fault = NULL;
    const int copy = file_copy(from, path, fact, &fault);

    close(from);
    *fd = -1;
    if (copy < 0)
        return number_of(fault);
    g_hash_table_insert(keeper->copies, g_strdup(path), GINT_TO_POINTER(copy));
    return again(copy, fact, fd);
}

static gboolean
serve_open(Keeper *keeper, int line, const char *path)
{
    DiskFact fact = { 0 };
    int fd = -1;
    gpointer copy = NULL;
    const gboolean copied = g_hash_table_lookup_extended(keeper->copies, path, NULL, &copy);
    int number = copied ? again(GPOINTER_TO_INT(copy), &fact, &fd) : rules_open(keeper->rules, path, &fact, &fd);

    if (number == 0 && fact.kind != DISK_FILE)
        number = open_copy(keeper, path, fd, &fact, &fd);
    return answer_with(line, note_refusal(keeper, number, path), &fact, fd);
}

static int
list_as_file(const GByteArray *list, int *fd)
{
    gsize done = 0;

    *fd = memfd_create("names", MFD_CLOEXEC);
    while (*fd >= 0 && done < list->len) {
        const gssize put = write(*fd, list->data + done, list->len - done);
        if (put < 0) {
            const int number = errno;
            close(*fd);
            *fd = -1;
            return number;
        }
        done += (gsize)put;
    }
    return *fd >= 0 ? 0 : errno;
}

static gboolean
serve_names(Keeper *keeper, int line, const char *path)
{
    g_autoptr(GByteArray) list = g_byte_array_new();
    int fd = -1;
    int number = rules_names(keeper->rules, path, list);

    if (number == 0)
        number = list_as_file(list, &fd);
    return answer_with(line, note_refusal(keeper, number, path), &(DiskFact){ .kind = DISK_FILE, .size = list->len }, fd);
}

/* ---- writing ---- */

void
keeper_left(Keeper *keeper)
{
    writing_drop(keeper->writing);
}

static gboolean
serve_new(Keeper *keeper, int line, const char *path)
{
    const int number = writing_begin(keeper->writing, keeper->rules, path);

    return answer_number(line, note_refusal(keeper, number, path));
}

static gboolean
serve_replace(Keeper *keeper, int line, const char *path)
{
    const int number = writing_replace(keeper->writing, keeper->rules, path);

    return answer_number(line, note_refusal(keeper, number, path));
}

static gboolean
serve_end(Keeper *keeper, int line)
{
    int number;

    return writing_end(keeper->writing, &number) && answer_number(line, number);
}

static gboolean
serve_temporary(Keeper *keeper, int line)
{
    const int fd = keeper->temporary++ < TEMPORARY_MAX ? nameless_open(NULL) : -1;

    return answer_with(line, fd >= 0 ? 0 : EMFILE, &(DiskFact){ .kind = DISK_FILE }, fd);
}

/* ---- one packet ---- */

/* Of `length` bytes; ended by NUL there. */
static gboolean
is_path(const char *path, gsize length)
{
    return length > 0 && length <= KEEPER_PATH_MAX && strlen(path) == length;
}

static gboolean
serve(Keeper *keeper, int line, guint32 op, const char *rest, gsize length)
{
    typedef gboolean (*Serve)(Keeper *, int, const char *);
    static const struct { KeeperOp op; Serve serve; } paths[] = {
        { KEEPER_LOOK, serve_look }, { KEEPER_OPEN, serve_open }, { KEEPER_NAMES, serve_names },
        { KEEPER_NEW, serve_new },   { KEEPER_REPLACE, serve_replace },
    };

    if (op == KEEPER_BYTES)
        return writing_add(keeper->writing, (const guint8 *)rest, length);
    if (length == 0 && op == KEEPER_END)
        return serve_end(keeper, line);
    if (length == 0 && op == KEEPER_TEMPORARY)
        return serve_temporary(keeper, line);
    for (gsize i = 0; is_path(rest, length) && i < G_N_ELEMENTS(paths); i++)
        if ((guint32)paths[i].op == op)
            return paths[i].serve(keeper, line, rest);
    return FALSE;
}

/* Descriptors that a core might send are closed by the kernel: there is no room for them. */
gboolean
keeper_serve(Keeper *keeper, int fd)
{
    g_autofree char *packet = g_malloc(sizeof(KeeperAsk) + KEEPER_PIECE + 1);
    struct iovec part = { packet, sizeof(KeeperAsk) + KEEPER_PIECE };
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
    KeeperAsk ask;

    const gssize got = recvmsg(fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return TRUE;
    if (got < (gssize)sizeof ask || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)))
        return FALSE;
    memcpy(&ask, packet, sizeof ask);
    packet[got] = '\0';
    return serve(keeper, fd, ask.op, packet + sizeof ask, (gsize)got - sizeof ask);
}

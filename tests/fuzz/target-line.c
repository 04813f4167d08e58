/* target-line.c: frames from a worker that was taken over; and what it is told, however late and in whatever pieces it reads that.
 * SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "process/line.h"

enum { SENT_MAX = 16, HEAD_OCTETS = 8, READ_MAX = 65536 };

/* ---- heard ---- */

static void
hear(const guint8 *data, gsize size)
{
    const guint8 *bytes = NULL;
    gsize length = 0, total = 0;
    LineState state = LINE_GOT;
    int ends[2];
    guint kind = 0;

    FUZZ_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
    FUZZ_REQUIRE(write(ends[1], data, size) == (gssize)size);
    close(ends[1]);
    LineEnd *end = line_end_new(ends[0]);
    for (gsize i = 0; i <= size + 1 && state == LINE_GOT; i++) {
        state = line_end_read(end, &kind, &bytes, &length);
        if (state != LINE_GOT)
            break;
        total += HEAD_OCTETS + length;
        /* One read took less than it may: that was all. */
        FUZZ_REQUIRE(line_end_is_dry(end) == (total == size) || size >= READ_MAX);
    }
    FUZZ_REQUIRE((state == LINE_CLOSED || state == LINE_NONSENSE) && total <= size);
    line_end_free(end);
}

/* ---- said ---- */

typedef struct {
    LineEnd    *end;
    int         worker;
    GByteArray *wanted;     /* what it will have read at the end */
    guint       fds, got_fds;
    gsize       got;
} Run;

static void
say(Run *run, guint8 kind, guint8 more)
{
    static const gsize lengths[] = { 0, 1, 100, 4000, 20000, 90000 };
    const gsize length = lengths[more % G_N_ELEMENTS(lengths)];
    g_autofree guint8 *bytes = g_malloc(length + 1);
    const int fds[] = { run->worker, run->worker, -1 };
    const guint n_fds = length > 0 ? more / 8 % 3 : 0;
    const guint32 head[] = { kind, (guint32)length };

    memset(bytes, more, length);
    FUZZ_REQUIRE(line_end_send(run->end, (LineKind)kind, bytes, length, fds, n_fds));
    g_byte_array_append(run->wanted, (const guint8 *)head, sizeof head);
    g_byte_array_append(run->wanted, bytes, (guint)length);
    run->fds += n_fds;
}

static void
take_fds(Run *run, struct msghdr *message)
{
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
        const gsize n = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (gsize i = 0; i < n; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(part) + i * sizeof fd, sizeof fd);
            close(fd);
        }
        run->got_fds += (guint)n;
    }
}

/* FALSE: nothing is there. */
static gboolean
read_some(Run *run, gsize most)
{
    static guint8 bytes[65536];
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int) * LINE_FDS_MAX)];
    } control;
    struct iovec where = { bytes, MIN(most, sizeof bytes) };
    struct msghdr message = { .msg_iov = &where, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes };
    const gssize got = recvmsg(run->worker, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);

    if (got <= 0)
        return FALSE;
    take_fds(run, &message);
    FUZZ_REQUIRE(run->got + (gsize)got <= run->wanted->len);
    FUZZ_REQUIRE(memcmp(bytes, run->wanted->data + run->got, (gsize)got) == 0);
    run->got += (gsize)got;
    return TRUE;
}

/* Each byte says something, or that some of it is read; nothing is lost, and nothing comes twice. */
static void
tell(const guint8 *data, gsize size)
{
    Run run = { .wanted = g_byte_array_new() };
    int ends[2];

    FUZZ_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
    run.end = line_end_new(ends[0]);
    run.worker = ends[1];
    for (gsize i = 0; i < MIN(size, SENT_MAX); i++) {
        if (data[i] & 1)
            read_some(&run, (gsize)1 << data[i] / 16);
        else
            say(&run, data[i], data[i] / 2);
        if (data[i] & 2)
            FUZZ_REQUIRE(line_end_flush(run.end));
    }
    do
        FUZZ_REQUIRE(line_end_flush(run.end));
    while (read_some(&run, G_MAXUINT16));
    FUZZ_REQUIRE(!line_end_waits(run.end) && run.got == run.wanted->len && run.got_fds <= run.fds);
    close(run.worker);
    FUZZ_REQUIRE(!line_end_send(run.end, LINE_ANSWER, "x", 1, NULL, 0));
    line_end_free(run.end);
    g_byte_array_unref(run.wanted);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    hear(data, size);
    tell(data, size);
    return 0;
}

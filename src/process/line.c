/* line.c: heads, bytes and descriptors through a socket.
 * SPDX-License-Identifier: MIT */
#include "process/line.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Both ends are one program: no byte order is translated. */
typedef struct {
    guint32 kind, length;
} Head;

#define ANSWER_MAX (64u << 20)
#define READ_AT_ONCE 65536

typedef struct {
    GByteArray *bytes;
    gsize       sent;
    guint       n_fds;
    int         fds[LINE_FDS_MAX];      /* our own copies, while they wait */
} Waiting;

struct LineEnd {
    int         fd;
    GByteArray *in;
    gsize       done;       /* of `in`: frames that were handed out */
    gboolean    dry;        /* the last read took all there was */
    GQueue      out;        /* Waiting */
};

static void
close_all(int *fds, guint n)
{
    for (guint i = 0; i < n; i++)
        if (fds[i] >= 0)
            close(fds[i]);
}

void
line_frame_clear(LineFrame *frame)
{
    close_all(frame->fds, frame->n_fds);
    frame->n_fds = 0;
    g_clear_pointer(&frame->bytes, g_free);
}

/* ---- the worker ---- */

static gboolean
put_all(int fd, const guint8 *data, gsize length)
{
    while (length > 0) {
        const gssize wrote = write(fd, data, length);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return FALSE;
        data += wrote;
        length -= (gsize)wrote;
    }
    return TRUE;
}

/* A frame that is short goes out at once. */
gboolean
line_put(int fd, LineKind kind, const void *bytes, gsize length)
{
    const Head head = { kind, (guint32)length };
    guint8 small[512];

    memcpy(small, &head, sizeof head);
    if (length <= sizeof small - sizeof head) {
        if (length > 0)
            memcpy(small + sizeof head, bytes, length);
        return put_all(fd, small, sizeof head + length);
    }
    return put_all(fd, small, sizeof head) && put_all(fd, bytes, length);
}

void
line_append(GByteArray *frames, guint kind, const void *bytes, gsize length)
{
    const Head head = { kind, (guint32)length };

    g_byte_array_append(frames, (const guint8 *)&head, sizeof head);
    if (length > 0)
        g_byte_array_append(frames, bytes, (guint)length);
}

gboolean
line_put_frames(int fd, const GByteArray *frames)
{
    return put_all(fd, frames->data, frames->len);
}

static void
take_fds(struct msghdr *message, LineFrame *frame)
{
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
            continue;
        const gsize n = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (gsize i = 0; i < n && frame->n_fds < LINE_FDS_MAX; i++)
            memcpy(&frame->fds[frame->n_fds++], CMSG_DATA(part) + i * sizeof(int), sizeof(int));
    }
}

/* Descriptors come with the first byte of a frame. */
static gboolean
get_all(int fd, guint8 *data, gsize length, LineFrame *frame)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int) * LINE_FDS_MAX)];
    } control;

    while (length > 0) {
        struct iovec where = { data, length };
        struct msghdr message = { .msg_iov = &where, .msg_iovlen = 1, .msg_control = control.bytes,
                                  .msg_controllen = sizeof control.bytes };
        const gssize got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return FALSE;
        take_fds(&message, frame);
        data += got;
        length -= (gsize)got;
    }
    return TRUE;
}

gboolean
line_get(int fd, LineFrame *frame)
{
    Head head;

    *frame = (LineFrame){ 0 };
    if (!get_all(fd, (guint8 *)&head, sizeof head, frame))
        return FALSE;
    frame->kind = head.kind;
    frame->length = head.length;
    frame->bytes = g_malloc((gsize)head.length + 1);
    frame->bytes[head.length] = '\0';
    return get_all(fd, frame->bytes, head.length, frame);
}

/* ---- the parent ---- */

static void
waiting_free(gpointer data)
{
    Waiting *waiting = data;

    g_byte_array_unref(waiting->bytes);
    close_all(waiting->fds, waiting->n_fds);
    g_free(waiting);
}

LineEnd *
line_end_new(int fd)
{
    LineEnd *end = g_new0(LineEnd, 1);

    end->fd = fd;
    end->in = g_byte_array_new();
    g_queue_init(&end->out);
    return end;
}

void
line_end_free(LineEnd *end)
{
    if (!end)
        return;
    close(end->fd);
    g_byte_array_unref(end->in);
    g_queue_clear_full(&end->out, waiting_free);
    g_free(end);
}

int
line_end_fd(const LineEnd *end)
{
    return end->fd;
}

/* How much went out; -1: the line is broken. */
static gssize
send_some(int fd, struct iovec *parts, gsize n_parts, const int *fds, guint n_fds)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int) * LINE_FDS_MAX)];
    } control;
    struct msghdr message = { .msg_iov = parts, .msg_iovlen = n_parts };
    gssize sent;

    if (n_fds > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * n_fds);
        memset(&control, 0, sizeof control);
        struct cmsghdr *part = CMSG_FIRSTHDR(&message);
        *part = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(int) * n_fds),
                                  .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
        memcpy(CMSG_DATA(part), fds, sizeof(int) * n_fds);
    }
    do
        sent = sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent < 0 && errno == EAGAIN ? 0 : sent;
}

/* What did not go out is kept, with copies of descriptors that did not go either. */
static void
keep(LineEnd *end, const struct iovec *parts, gsize sent, const int *fds, guint n_fds)
{
    Waiting *waiting = g_new0(Waiting, 1);

    waiting->bytes = g_byte_array_new();
    g_byte_array_append(waiting->bytes, parts[0].iov_base, (guint)parts[0].iov_len);
    g_byte_array_append(waiting->bytes, parts[1].iov_base, (guint)parts[1].iov_len);
    waiting->sent = sent;
    for (guint i = 0; sent == 0 && i < n_fds; i++)
        waiting->fds[waiting->n_fds++] = dup(fds[i]);
    g_queue_push_tail(&end->out, waiting);
}

gboolean
line_end_send(LineEnd *end, LineKind kind, const void *bytes, gsize length, const int *fds, guint n_fds)
{
    Head head = { kind, (guint32)length };
    struct iovec parts[] = { { &head, sizeof head }, { (void *)bytes, length } };

    g_return_val_if_fail(length <= ANSWER_MAX && n_fds <= LINE_FDS_MAX, FALSE);
    const gssize sent = end->out.length > 0 ? 0 : send_some(end->fd, parts, 2, fds, n_fds);
    if (sent < 0)
        return FALSE;
    if ((gsize)sent < sizeof head + length)
        keep(end, parts, (gsize)sent, fds, n_fds);
    return TRUE;
}

gboolean
line_end_flush(LineEnd *end)
{
    while (end->out.length > 0) {
        Waiting *waiting = g_queue_peek_head(&end->out);
        struct iovec part = { waiting->bytes->data + waiting->sent, waiting->bytes->len - waiting->sent };
        const gssize sent = send_some(end->fd, &part, 1, waiting->fds, waiting->n_fds);
        if (sent < 0)
            return FALSE;
        if (sent == 0)
            return TRUE;
        close_all(waiting->fds, waiting->n_fds);
        waiting->n_fds = 0;
        waiting->sent += (gsize)sent;
        if (waiting->sent == waiting->bytes->len)
            waiting_free(g_queue_pop_head(&end->out));
    }
    return TRUE;
}

gboolean
line_end_waits(const LineEnd *end)
{
    return end->out.length > 0;
}

/* FALSE: nothing came. */
static gboolean
fill(LineEnd *end, LineState *state)
{
    const guint had = end->in->len;

    if (end->done > 0) {
        g_byte_array_remove_range(end->in, 0, (guint)end->done);
        end->done = 0;
        return fill(end, state);
    }
    g_byte_array_set_size(end->in, had + READ_AT_ONCE);
    const gssize got = recv(end->fd, end->in->data + had, READ_AT_ONCE, MSG_DONTWAIT);
    const int number = errno;
    g_byte_array_set_size(end->in, had + (guint)MAX(got, 0));
    end->dry = got > 0 && got < READ_AT_ONCE;
    if (got < 0 && (number == EAGAIN || number == EINTR))
        *state = LINE_NOTHING;
    else if (got <= 0)
        *state = LINE_CLOSED;
    return got > 0;
}

LineState
line_end_read(LineEnd *end, guint *kind, const guint8 **bytes, gsize *length)
{
    LineState state = LINE_NOTHING;

    for (;;) {
        const gsize have = end->in->len - end->done;
        Head head = { 0 };
        if (have >= sizeof head)
            memcpy(&head, end->in->data + end->done, sizeof head);
        if (head.length > LINE_FRAME_MAX)
            return LINE_NONSENSE;
        if (have >= sizeof head && have >= sizeof head + head.length) {
            *kind = head.kind;
            *bytes = end->in->data + end->done + sizeof head;
            *length = head.length;
            end->done += sizeof head + head.length;
            return LINE_GOT;
        }
        if (!fill(end, &state))
            return state;
    }
}

gboolean
line_end_is_dry(const LineEnd *end)
{
    return end->dry && end->done == end->in->len;
}

/* service-line.c: frames put into buffers and cut out of them.
 * SPDX-License-Identifier: MIT */
#include "dns/service-line.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEAD 8
#define READ_OCTETS 65536
#define READS_MAX 32        /* before frames are taken: whoever floods is not let in without end */

void
service_line_open(ServiceLine *line, int fd, gsize frame_max)
{
    *line = (ServiceLine){ .fd = fd, .frame_max = frame_max, .in = g_byte_array_new(),
                           .out = g_byte_array_new() };
}

void
service_line_close(ServiceLine *line)
{
    if (!line->in)
        return;
    g_clear_pointer(&line->in, g_byte_array_unref);
    g_clear_pointer(&line->out, g_byte_array_unref);
    close(line->fd);
    line->fd = -1;
}

/* ---- out ---- */

gboolean
service_line_flush(ServiceLine *line)
{
    while (line->out->len > 0 && !line->broken) {
        const gssize sent = send(line->fd, line->out->data, line->out->len,
                                 MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent > 0)
            g_byte_array_remove_range(line->out, 0, (guint)sent);
        else if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            break;
        else if (sent == 0 || errno != EINTR)
            line->broken = TRUE;
    }
    return !line->broken;
}

void
service_line_put(ServiceLine *line, guint32 client, GBytes *bytes)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    const guint32 head[] = { GUINT32_TO_BE(client), GUINT32_TO_BE((guint32)length) };

    G_STATIC_ASSERT(sizeof head == HEAD);
    if (line->broken)
        return;
    g_byte_array_append(line->out, (const guint8 *)head, HEAD);
    if (length > 0)
        g_byte_array_append(line->out, data, (guint)length);
    service_line_flush(line);
}

gboolean
service_line_wants_out(const ServiceLine *line)
{
    return line->out->len > 0 && !line->broken;
}

/* ---- in ---- */

gboolean
service_line_hear(ServiceLine *line)
{
    for (guint reads = 0; reads < READS_MAX; reads++) {
        const guint had = line->in->len;
        g_byte_array_set_size(line->in, had + READ_OCTETS);
        const gssize got = recv(line->fd, line->in->data + had, READ_OCTETS, MSG_DONTWAIT);
        g_byte_array_set_size(line->in, had + (guint)MAX(got, 0));
        if (got > 0 && got < READ_OCTETS)
            return TRUE;
        if (got > 0 || (got < 0 && errno == EINTR))
            continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return TRUE;
        line->broken = TRUE;
        return FALSE;
    }
    return TRUE;
}

static void
forget_taken(ServiceLine *line)
{
    if (line->taken > 0)
        g_byte_array_remove_range(line->in, 0, (guint)line->taken);
    line->taken = 0;
}

GBytes *
service_line_take(ServiceLine *line, guint32 *client)
{
    const gsize left = line->in->len - line->taken;
    guint32 head[2];

    if (left >= HEAD) {
        memcpy(head, line->in->data + line->taken, HEAD);
        const gsize length = GUINT32_FROM_BE(head[1]);
        if (length > line->frame_max)
            line->broken = TRUE;
        else if (left - HEAD >= length) {
            const guint8 *data = line->in->data + line->taken + HEAD;
            line->taken += HEAD + length;
            *client = GUINT32_FROM_BE(head[0]);
            return g_bytes_new(data, length);
        }
    }
    forget_taken(line);
    return NULL;
}

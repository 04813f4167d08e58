/* service-line.h: frames over a socket between two processes, without ever waiting.
 * SPDX-License-Identifier: MIT
 *
 * A frame is the number of a client and octets. */
#pragma once

#include <glib.h>

typedef struct {
    int         fd;
    gsize       frame_max;      /* a longer one breaks the line */
    GByteArray *in, *out;
    gsize       taken;          /* of `in`, frames that were given out */
    gboolean    broken;
} ServiceLine;

void     service_line_open(ServiceLine *line, int fd, gsize frame_max);
/* Closes the socket, too. */
void     service_line_close(ServiceLine *line);

/* Sent at once, or kept until service_line_flush() can. */
void     service_line_put(ServiceLine *line, guint32 client, GBytes *bytes);
gboolean service_line_flush(ServiceLine *line);
gboolean service_line_wants_out(const ServiceLine *line);

/* Reads what is there. FALSE: the line is broken; frames that came before may still be taken. */
gboolean service_line_hear(ServiceLine *line);
/* The next whole frame; NULL: none yet. (transfer full) */
GBytes  *service_line_take(ServiceLine *line, guint32 *client);

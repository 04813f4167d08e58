/* door.c: frames for base/inside.h, on the confined side.
 * SPDX-License-Identifier: MIT */
#include "process/door.h"

#include <string.h>

#define NEED_MAX 64
/* Whoever needs this often something else does so on purpose. */
#define NEEDS_MAX 32

gboolean
door_is_need(const char *what, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isalnum(what[i]) && !(what[i] && strchr("-_.:", what[i])))
            return FALSE;
    return length > 0 && length <= NEED_MAX;
}

gboolean
door_is_new(const char *what, const char *const *known)
{
    return door_is_need(what, strlen(what)) && !g_strv_contains(known, what) &&
           g_strv_length((char **)known) < NEEDS_MAX;
}

int
door_ask_fd(DoorAsk *ask, LineKind kind, const void *bytes, gsize length)
{
    LineFrame frame;

    if (!ask(kind, bytes, length, &frame))
        return -1;
    const int fd = frame.kind == LINE_FD && frame.n_fds == 1 ? frame.fds[0] : -1;
    if (fd >= 0)
        frame.n_fds = 0;
    line_frame_clear(&frame);
    return fd;
}

int
door_start_child(DoorAsk *ask, const char *name, GBytes *told)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(told, &length);

    if (length > LINE_FRAME_MAX / 2)
        return -1;
    g_byte_array_append(bytes, (const guint8 *)name, (guint)strlen(name) + 1);
    if (length > 0)
        g_byte_array_append(bytes, data, (guint)length);
    return door_ask_fd(ask, LINE_START, bytes->data, bytes->len);
}

int
door_end_child(DoorAsk *ask, const char *name)
{
    LineFrame frame;
    int status = -1;

    if (!ask(LINE_REAP, name, strlen(name), &frame))
        return -1;
    if (frame.kind == LINE_CHILD_END && frame.length == sizeof status)
        memcpy(&status, frame.bytes, sizeof status);
    line_frame_clear(&frame);
    return status;
}

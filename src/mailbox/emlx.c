/* emlx.c: cuts the message out of Apple Mail's file.
 * SPDX-License-Identifier: MIT */
#include "mailbox/emlx.h"

#include <string.h>

#include "mailbox/kind.h"

#define COUNT_DIGITS_MAX 15
/* The property list that follows is small; it is looked for in so many bytes at the end. */
#define PLIST_MAX 65536

typedef struct {
    gsize   start;      /* of the message */
    guint64 count;      /* its bytes, as the first line says */
} Head;

/* The count may have blanks behind it: Apple Mail pads it. */
static gboolean
read_count(const char *bytes, gsize length, Head *head)
{
    gsize after, at = 0;
    const gsize text = kind_line(bytes, MIN(length, 64), &after);

    *head = (Head){ 0, 0 };
    for (; at < text && at < COUNT_DIGITS_MAX && g_ascii_isdigit(bytes[at]); at++)
        head->count = head->count * 10 + (guint64)(bytes[at] - '0');
    if (at == 0)
        return FALSE;
    while (at < text && bytes[at] == ' ')
        at++;
    head->start = after;
    return at == text && after > text;
}

static gboolean
is_plist(const char *bytes, gsize length)
{
    gsize at = 0;

    while (at < length && g_ascii_isspace(bytes[at]))
        at++;
    return length - at >= 5 && memcmp(bytes + at, "<?xml", 5) == 0;
}

/* Where the property list begins, whatever the count says; `length` where there is none. */
static gsize
find_plist(const char *bytes, gsize length, gsize start)
{
    const gsize from = length - start > PLIST_MAX ? length - PLIST_MAX : start;
    gsize found = length;

    for (gsize at = from; at < length;) {
        const char *hit = memmem(bytes + at, length - at, "\n<?xml", 6);
        if (!hit)
            break;
        at = (gsize)(hit - bytes) + 1;
        if (memmem(bytes + at, length - at, "<plist", 6))
            found = at;
    }
    return found;
}

gboolean
emlx_is(const char *bytes, gsize length)
{
    Head head;

    if (length == 0 || !g_ascii_isdigit(*bytes) || !read_count(bytes, length, &head))
        return FALSE;
    const gsize rest = length - head.start;
    if (head.count <= rest && is_plist(bytes + head.start + head.count, rest - head.count))
        return TRUE;
    /* Cut off, or the count is wrong: a line number above pasted text is no such count. */
    return kind_is_header(bytes + head.start, rest) &&
           (head.count == rest || (head.count > rest && head.count > 64) ||
            find_plist(bytes, length, head.start) < length);
}

/* Apple Mail leaves attachments out of such a message and says in each part how long it was. */
static gboolean
lacks_parts(const char *bytes, gsize length)
{
    return memmem(bytes, length, "\nX-Apple-Content-Length:", 24) != NULL;
}

/* Without the body that is not the one that was sent: then nobody takes its hash for the sender's. */
static gsize
header_length(const char *bytes, gsize length)
{
    for (gsize at = 0, after; at < length; at += after)
        if (kind_line(bytes + at, length - at, &after) == 0 && at > 0)
            return at;
    return length;
}

GBytes *
emlx_message(GBytes *bytes, Origin *origin)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    Head head;

    read_count(data, length, &head);
    gsize size = (gsize)MIN(head.count, (guint64)(length - head.start));
    if (head.count > length - head.start) {
        size = find_plist(data, length, head.start) - head.start;
        origin_note(origin, size < length - head.start ? "emlx-count" : "emlx-cut",
                    SEVERITY_WARNING, NULL);
    } else if (size < length - head.start &&
               !is_plist(data + head.start + size, length - head.start - size)) {
        size = find_plist(data, length, head.start) - head.start;
        origin_note(origin, "emlx-count", SEVERITY_WARNING, NULL);
    }
    if (lacks_parts(data + head.start, size)) {
        origin_note(origin, "emlx-partial", SEVERITY_WARNING, NULL);
        size = header_length(data + head.start, size);
    }
    return g_bytes_new_from_bytes(bytes, head.start, size);
}

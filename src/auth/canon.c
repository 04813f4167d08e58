/* canon.c: the two canonicalisations of a header field (RFC 6376, 3.4.1 and 3.4.2).
 * SPDX-License-Identifier: MIT */
#include "auth/canon.h"

#include <string.h>

#include "base/lower.h"
#include "base/room.h"
#include "base/solid.h"

/* Where the line's text ends, its line end (CRLF or LF) left out. */
static gsize
text_length(const char *line, gsize length)
{
    if (length > 0 && line[length - 1] == '\n') {
        length--;
        if (length > 0 && line[length - 1] == '\r')
            length--;
    }
    return length;
}

/* 3.4.1: as it stands, but for the line ends. */
static void
field_simple(const char *field, gsize length, GString *out)
{
    const char *at = field;
    const char *end = field + length;

    while (at < end) {
        const char *lf = memchr(at, '\n', (gsize)(end - at));
        const gsize line = lf ? (gsize)(lf - at) + 1 : (gsize)(end - at);
        g_string_append_len(out, at, (gssize)text_length(at, line));
        g_string_append_len(out, "\r\n", 2);
        at += line;
    }
}

static gboolean
is_line_end(const char *at, const char *end)
{
    return *at == '\n' || (*at == '\r' && at + 1 < end && at[1] == '\n');
}

/* A run of what is copied as it is: it begins with no blank and no line end. */
static char *
copy_run(char *to, const char **at, const char *end)
{
    const char *from = *at;

    while (end - from >= SOLID_BLOCK && solid_block(from)) {
        memcpy(to, from, SOLID_BLOCK);
        to += SOLID_BLOCK;
        from += SOLID_BLOCK;
    }
    /* A control character, or a CR that ends no line, stands for itself. */
    if (from == *at)
        *to++ = *from++;
    while (from < end && (guchar)*from > ' ')
        *to++ = *from++;
    *at = from;
    return to;
}

/* 3.4.2: name in lower case, unfolded, runs of blanks one space, none at the ends. */
static void
field_relaxed(const char *field, gsize length, GString *out)
{
    const char *end = field + length;
    const char *colon = memchr(field, ':', length);
    const char *name_end = colon ? colon : end;
    gboolean blank = FALSE;

    while (name_end > field && canon_is_wsp(name_end[-1]))
        name_end--;
    /* It only becomes shorter, but for a colon and a line end that may be missing. */
    char *to = room_make(out, length + 3);
    lower_into(to, field, (gsize)(name_end - field));
    to += name_end - field;
    *to++ = ':';
    const char *value_start = to;
    for (const char *at = colon ? colon + 1 : end; at < end;) {
        if (canon_is_wsp(*at)) {
            blank = TRUE;
            at++;
        } else if (is_line_end(at, end)) {
            at++;
        } else {
            if (blank && to > value_start)
                *to++ = ' ';
            blank = FALSE;
            to = copy_run(to, &at, end);
        }
    }
    room_took(out, room_put(to, "\r\n", 2));
}

void
canon_field(Canon mode, const char *field, gsize length, GString *out)
{
    if (mode == CANON_SIMPLE)
        field_simple(field, length, out);
    else
        field_relaxed(field, length, out);
}

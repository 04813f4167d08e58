/* canon.c: the two canonicalisations of RFC 6376, 3.4.
 * SPDX-License-Identifier: MIT */
#include "auth/canon.h"

#include <string.h>

static gboolean
is_wsp(char c)
{
    return c == ' ' || c == '\t';
}

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

/* 3.4.2: name in lower case, unfolded, runs of blanks one space, none at the ends. */
static void
field_relaxed(const char *field, gsize length, GString *out)
{
    const char *end = field + length;
    const char *colon = memchr(field, ':', length);
    const char *name_end = colon ? colon : end;
    gboolean blank = FALSE;

    while (name_end > field && is_wsp(name_end[-1]))
        name_end--;
    for (const char *at = field; at < name_end; at++)
        g_string_append_c(out, g_ascii_tolower(*at));
    g_string_append_c(out, ':');
    const gsize value_start = out->len;
    for (const char *at = colon ? colon + 1 : end; at < end; at++) {
        if (is_wsp(*at)) {
            blank = TRUE;
        } else if (!is_line_end(at, end)) {
            if (blank && out->len > value_start)
                g_string_append_c(out, ' ');
            blank = FALSE;
            g_string_append_c(out, *at);
        }
    }
    g_string_append_len(out, "\r\n", 2);
}

void
canon_field(Canon mode, const char *field, gsize length, GString *out)
{
    if (mode == CANON_SIMPLE)
        field_simple(field, length, out);
    else
        field_relaxed(field, length, out);
}

/* ---- bodies ---- */

#define BUFFER 65536

typedef struct {
    CanonSink sink;
    gpointer  data;
    gsize     total;
    gsize     blank_lines;      /* empty lines held back: they count only if text follows */
    gsize     used;
    char      buffer[BUFFER];
} BodyWriter;

static void
flush(BodyWriter *writer)
{
    if (writer->used)
        writer->sink(writer->buffer, writer->used, writer->data);
    writer->total += writer->used;
    writer->used = 0;
}

static void
put(BodyWriter *writer, const char *bytes, gsize length)
{
    if (writer->used + length > BUFFER)
        flush(writer);
    if (length > BUFFER) {
        writer->sink(bytes, length, writer->data);
        writer->total += length;
        return;
    }
    memcpy(writer->buffer + writer->used, bytes, length);
    writer->used += length;
}

/* Most lines hold single spaces only and go through as they are; looking costs less than copying. */
static gboolean
has_single_spaces_only(const char *line, gsize length)
{
    unsigned int odd = 0;

    for (gsize i = 0; i + 1 < length; i++)
        odd |= (unsigned int)(line[i] == '\t') | ((line[i] == ' ') & (line[i + 1] == ' '));
    return !odd && line[length - 1] != '\t';
}

static void
put_relaxed(BodyWriter *writer, const char *line, gsize length)
{
    gsize at = 0;

    if (has_single_spaces_only(line, length)) {
        put(writer, line, length);
        return;
    }
    while (at < length) {
        gsize stop = at;
        while (stop < length && !is_wsp(line[stop]))
            stop++;
        put(writer, line + at, stop - at);
        at = stop;
        while (at < length && is_wsp(line[at]))
            at++;
        if (at > stop)
            put(writer, " ", 1);
    }
}

static void
put_line(BodyWriter *writer, Canon mode, const char *line, gsize length)
{
    if (mode == CANON_RELAXED)
        while (length > 0 && is_wsp(line[length - 1]))
            length--;
    if (length == 0) {
        writer->blank_lines++;
        return;
    }
    for (; writer->blank_lines > 0; writer->blank_lines--)
        put(writer, "\r\n", 2);
    if (mode == CANON_RELAXED)
        put_relaxed(writer, line, length);
    else
        put(writer, line, length);
    writer->blank_lines = 1;    /* the end of this line, written when more follows or at the end */
}

gsize
canon_body(Canon mode, const char *body, gsize length, CanonSink sink, gpointer data)
{
    BodyWriter writer;
    const char *at = body;
    const char *end = body + length;

    writer.sink = sink;
    writer.data = data;
    writer.total = writer.blank_lines = writer.used = 0;
    while (at < end) {
        const char *lf = memchr(at, '\n', (gsize)(end - at));
        const gsize line = lf ? (gsize)(lf - at) + 1 : (gsize)(end - at);
        put_line(&writer, mode, at, text_length(at, line));
        at += line;
    }
    /* 3.4.3: an empty body is one CRLF; 3.4.4: it is nothing. */
    if (mode == CANON_SIMPLE || writer.total + writer.used > 0)
        put(&writer, "\r\n", 2);
    flush(&writer);
    return writer.total;
}

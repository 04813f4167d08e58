/* source.c: the message as it is, a screen of numbered lines at a time.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tui/plain/part.h"
#include "tui/view/views.h"

/* Of a line that never ends its beginning must do. */
enum { INDENT = 2, LINE_MAX_BYTES = 8192, LINES_AT_ONCE = 100, SIGNATURES_MAX = 8 };

typedef struct {
    const char *text;
    gsize       length;
    gsize       at;         /* where the next line begins */
    gsize       number;     /* its number */
} Reader;

static Reader
reader_of(Plain *plain)
{
    Reader reader = { NULL, 0, 0, 1 };

    reader.text = g_bytes_get_data(source_text(plain->app), &reader.length);
    return reader;
}

/* Lines end as those of the Source view do; the CR before the LF is no part of one. */
static gsize
line_end(const Reader *reader, gsize *next)
{
    const char *start = reader->text + reader->at;
    const char *newline = memchr(start, '\n', reader->length - reader->at);
    const gsize end = newline ? (gsize)(newline - reader->text) : reader->length;

    *next = newline ? end + 1 : end;
    return newline && end > reader->at && reader->text[end - 1] == '\r' ? end - 1 : end;
}

static void
skip_line(Reader *reader)
{
    line_end(reader, &reader->at);
    reader->number++;
}

static gboolean
covers(const GArray *spans, gsize offset)
{
    for (guint i = 0; i < spans->len; i++) {
        const Span *span = &g_array_index(spans, Span, i);
        if (offset >= span->start && offset < span->end)
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_own(const GPtrArray *evidence, gsize offset)
{
    for (guint i = 0; i < evidence->len; i++) {
        const Evidence *item = evidence->pdata[i];
        if (item->kind == EVIDENCE_HEADER && covers(item->spans, offset))
            return TRUE;
    }
    return FALSE;
}

/* " ab": the signatures that cover this line, as in the margin of the Source view. */
static void
append_signatures(const Plain *plain, GString *line, gsize offset)
{
    const Document *doc = plain->app->doc;
    const gboolean repaired = source_text(plain->app) != doc->original;

    if (!repaired || offset >= message_body(doc->message).start)
        return;
    const gsize before = line->len;
    for (guint i = 0; i < MIN(doc->report->dkim->len, SIGNATURES_MAX); i++) {
        const DkimResult *result = doc->report->dkim->pdata[i];
        const char letter = covers(result->covered, offset)    ? (char)('a' + i)
                            : is_own(result->evidence, offset) ? (char)('A' + i) : '\0';
        if (letter)
            g_string_append_printf(line, "%s%c", line->len == before ? " " : "", letter);
    }
}

/* "14 a: From: ..." */
static void
put_line(Plain *plain, Reader *reader)
{
    g_autoptr(GString) line = g_string_new(NULL);
    const gsize start = reader->at;
    gsize next;
    const gsize end = line_end(reader, &next);
    const gsize length = MIN(end - start, LINE_MAX_BYTES);

    g_string_append_printf(line, "%" G_GSIZE_FORMAT, reader->number);
    append_signatures(plain, line, start);
    g_string_append(line, ": ");
    const gboolean masked = source_masks(plain->app, (Span) { start, MAX(end, start + 1) });
    if (masked)
        g_string_append(line, _("(somebody's results: seen after the last question)"));
    for (gsize i = start; !masked && i < start + length; i++) {
        if (reader->text[i] == '\0')
            g_string_append(line, "\\x00");
        else
            g_string_append_c(line, reader->text[i]);
    }
    if (!masked && length < end - start)
        g_string_append_printf(line, _(" .. (%lu bytes more)"), end - start - length);
    plain_out_text(plain->out, INDENT, NULL, line->str);
    reader->at = next;
    reader->number++;
}

static void
keep_place(Plain *plain, const Reader *reader)
{
    plain->place.of = source_text(plain->app);
    plain->place.next = reader->at;
    plain->place.number = reader->number;
}

void
plain_source(Plain *plain)
{
    Reader reader = reader_of(plain);
    if (plain->place.of == source_text(plain->app)) {
        reader.at = plain->place.next;
        reader.number = plain->place.number;
    }
    for (guint i = 0; reader.at < reader.length && !plain_out_stopped(plain->out); i++) {
        if (i > 0 && (i >= LINES_AT_ONCE || !plain_out_room(plain->out)))
            break;
        put_line(plain, &reader);
    }
    keep_place(plain, &reader);
    if (reader.at < reader.length)
        plain_out_say(plain->out, "%s", _("Enter: the next lines"));
    else
        plain_out_say(plain->out, _("That was the last of %lu lines"), reader.number - 1);
}

void
plain_source_all(Plain *plain)
{
    Reader reader = reader_of(plain);

    while (reader.at < reader.length && !plain_out_stopped(plain->out))
        put_line(plain, &reader);
}

static gboolean
is_jumped_to(const GArray *spans, gsize start, gsize end)
{
    for (guint i = 0; i < spans->len; i++) {
        const Span *span = &g_array_index(spans, Span, i);
        if (span->start < end && span->end > start)
            return TRUE;
    }
    return FALSE;
}

void
plain_source_jump(Plain *plain)
{
    const GArray *spans = source_jumped(plain->app);
    Reader reader = reader_of(plain);
    gsize last = 0, next;

    plain_out_say(plain->out, "%s:", translate(app_view(plain->app)->class->label));

    for (guint i = 0; i < spans->len; i++)
        last = MAX(last, g_array_index(spans, Span, i).end);
    while (reader.at < MIN(last, reader.length) && !plain_out_stopped(plain->out)) {
        line_end(&reader, &next);
        if (is_jumped_to(spans, reader.at, next))
            put_line(plain, &reader);
        else
            skip_line(&reader);
    }
    keep_place(plain, &reader);
}

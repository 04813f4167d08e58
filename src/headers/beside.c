/* beside.c: lines between fields, and folded lines of From, looked through for the word From:.
 * SPDX-License-Identifier: MIT */
#include "headers/beside.h"

#include <string.h>

#include "headers/from-word.h"

/* What becomes a blank where it stands alone, or ends a line that the next one goes on with. */
static gboolean
is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* In one line, without the controls that show nothing. (transfer full) */
static char *
plain_text(const char *bytes, gsize length)
{
    char *text = g_malloc(length + 1), *to = text;

    for (gsize i = 0; i < length; i++)
        if (is_blank(bytes[i]))
            *to++ = ' ';
        else if ((guchar)bytes[i] > ' ' && bytes[i] != 0x7F)
            *to++ = bytes[i];
    *to = '\0';
    return text;
}

/* The end of the line at `at`, and of those that begin with a blank below it. */
static gsize
unfolded_end(const char *bytes, gsize at, gsize stop)
{
    do {
        const char *lf = memchr(bytes + at, '\n', stop - at);
        at = lf ? (gsize)(lf - bytes) + 1 : stop;
    } while (at < stop && (bytes[at] == ' ' || bytes[at] == '\t'));
    return at;
}

/* The lines of `gap`, which stands between two fields. */
static void
read_gap(const Message *message, Span gap, BesideVisit visit, gpointer data)
{
    const char *bytes = g_bytes_get_data(message_raw(message), NULL);

    for (gsize at = gap.start, end; at < gap.end; at = end) {
        end = unfolded_end(bytes, at, gap.end);
        g_autofree char *text = plain_text(bytes + at, end - at);
        const char *name = text + strspn(text, " ");
        const gboolean continues = bytes[at] == ' ' || bytes[at] == '\t';
        const char *shown = continues ? NULL : from_word_behind(name);
        /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): g_autofree frees it */
        const BesideLine line = { shown ? shown : from_word_find(text, text, FROM_ANYWHERE), at, { at, end }, shown != NULL };
        if (line.value)
            visit(&line, data);
    }
}

/* "From: ann@example.com", folded, and the next line is " From: Eve <eve@example.net>". */
static void
read_folds(const Message *message, const Field *field, BesideVisit visit, gpointer data)
{
    const char *bytes = span_in(message_raw(message), field->value);

    if (!memchr(bytes, '\n', span_length(field->value)))
        return;
    g_autofree char *value = field_raw_value(message, field);
    const char *fold = strchr(value, '\n');
    const char *behind = fold && memchr(value, '@', (gsize)(fold - value)) ? from_word_find(value, fold, FROM_LINE) : NULL;
    if (!behind)
        return;
    /* NULs are longer in `value`, lines are as many. */
    const char *end = bytes + span_length(field->value), *start = bytes;
    for (const char *at = value; (at = strchr(at, '\n')) && at < behind; at++)
        start = (const char *)memchr(start, '\n', (gsize)(end - start)) + 1;
    visit(&(BesideLine){ behind, field->value.start + (gsize)(start - bytes), field->all, FALSE }, data);
}

/* "**From:** ...", "> From: ...": a name that is From without its marks, in a header whose other names have none. */
static void
read_marked(const Message *message, const Field *field, BesideVisit visit, gpointer data)
{
    const char *name = span_in(message_raw(message), field->name);
    const gsize length = span_length(field->name);
    gsize marks = 0;

    while (marks < length && strchr(FROM_EMPHASIS ">|~#", name[marks]))
        marks++;
    if (length - marks < 4 || g_ascii_strncasecmp(name + marks, "From", 4) != 0)
        return;
    g_autofree char *text = plain_text(name + marks, field->value.end - field->name.start - marks);
    /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): g_autofree frees it */
    const char *behind = from_word_behind(text);
    if (behind)
        visit(&(BesideLine){ behind, field->all.start, field->all, FALSE }, data);
}

void
beside_each(const Message *message, BesideVisit visit, gpointer data)
{
    const char *bytes = g_bytes_get_data(message_raw(message), NULL);
    const gboolean gaps = message_n_faults(message) > 0;
    const guint count = message_n_fields(message);
    gsize end = 0;

    for (guint i = 0; i < count; i++) {
        const Field *field = message_field(message, i);
        if (gaps && field->all.start > end)
            read_gap(message, (Span){ end, field->all.start }, visit, data);
        if (!g_ascii_isalnum(bytes[field->name.start]))
            read_marked(message, field, visit, data);
        end = field->all.end;
    }
    if (gaps && message_body(message).start > end)
        read_gap(message, (Span){ end, message_body(message).start }, visit, data);
    for (int i = message_find(message, "From", 0); i >= 0; i = message_find(message, "From", (guint)i + 1))
        read_folds(message, message_field(message, (guint)i), visit, data);
}

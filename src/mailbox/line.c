/* line.c: Date, From and Subject of a message, fast enough for a list of a hundred thousand.
 * SPDX-License-Identifier: MIT */
#include "mailbox/line.h"

#include <string.h>

#include "base/translate.h"
#include "mailbox/kind.h"
#include "mailbox/linestart.h"
#include "message/split.h"

/* As message/split.c: a run of more lines without a field means that the header is over. */
#define JUNK_MAX 100

/* split.c's reading of a field: printable ASCII up to the colon, blanks before it allowed (RFC 5322, 4.5.8). */
static gboolean
is_field(const char *line, gsize length, gsize *name, gsize *value)
{
    gsize at = 0;

    while (at < length && line[at] > 32 && line[at] < 127 && line[at] != ':')
        at++;
    *name = at;
    while (at < length && (line[at] == ' ' || line[at] == '\t'))
        at++;
    *value = at + 1;
    return *name > 0 && at < length && line[at] == ':';
}

/* `low` is in small letters. */
static gboolean
is_named(const char *name, gsize length, const char *low)
{
    gsize i = 0;

    while (i < length && low[i] && (name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i]) == low[i])
        i++;
    return i == length && !low[i];
}

static char **
place_of(StoreLine *line, const char *name, gsize length)
{
    if (is_named(name, length, "date"))
        return &line->date;
    if (is_named(name, length, "from"))
        return &line->from;
    if (is_named(name, length, "subject"))
        return &line->subject;
    return NULL;
}

/* The value with the lines that continue it. */
static gsize
value_end(const char *bytes, gsize length, gsize at, gsize end)
{
    while (at < length && (bytes[at] == ' ' || bytes[at] == '\t')) {
        gsize after;
        const gsize text = kind_line(bytes + at, length - at, &after);
        end = at + text;
        at += after;
    }
    return end;
}

static gboolean
is_full(const StoreLine *line)
{
    return line->date && line->from && line->subject;
}

/* A line of the header, and where its name and its value stand in it. */
typedef struct {
    const char *start;
    gsize       text, after, name, value;
    gboolean    field;
} Row;

static Row
row_at(const char *start, const char *end)
{
    Row row = { .start = start };

    row.text = kind_line(start, (gsize)(end - start), &row.after);
    row.field = is_field(start, row.text, &row.name, &row.value);
    return row;
}

/* The first field of a name says it. */
static void
take(const Row *row, const char *end, StoreLine *line)
{
    char **place = place_of(line, row->start, row->name);

    if (!place || *place)
        return;
    const gsize until = value_end(row->start, (gsize)(end - row->start), row->after, row->text);
    *place = message_decode_value(row->start + row->value, until - row->value);
}

gboolean
line_read(const char *bytes, gsize length, StoreLine *line)
{
    const char *end = bytes + length, *at = bytes;
    guint fields = 0, junk = 0;
    gboolean plain = TRUE;

    at += split_nuls(bytes, length);
    if (end - at >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    while (at < end && !is_full(line) && junk <= JUNK_MAX) {
        const Row row = row_at(at, end);
        if (row.text == 0 && fields > 0)
            break;
        if (row.field) {
            take(&row, end, line);
            fields++;
            junk = 0;
            plain = plain && row.value == row.name + 1;
        } else if (row.text > 0 && fields == 0 && memchr(at, '\0', row.text)) {
            break;
        } else if (row.text > 0 && *at != ' ' && *at != '\t') {
            junk++;
            plain = FALSE;
        }
        at += row.after;
    }
    if (fields == 0)
        line->fault = g_strdup(length == 0 ? _("the message is empty") : _("no header field found"));
    return plain && line->from && line->date;
}

/* The lines that are passed over could be too long a run of junk, behind which line_read() reads nothing: it is asked. */
void
line_read_fast(const char *bytes, gsize length, StoreLine *line)
{
    static const LineStarts wanted = { ['\n'] = 1, ['\r'] = 1, ['D'] = 1, ['d'] = 1,
                                       ['F'] = 1,  ['f'] = 1,  ['S'] = 1, ['s'] = 1 };
    const char *end = bytes + length, *next;
    guint passed, unknown = 0;

    for (Row row = row_at(bytes, end); row.field || row.start > bytes; row = row_at(next, end)) {
        unknown = row.field ? 0 : unknown + 1;
        if (row.field)
            take(&row, end, line);
        if (row.text == 0 || is_full(line))
            return;
        next = linestart_find(row.start + row.after - 1, end, wanted, &passed);
        if (!next)
            return;
        unknown += passed;
        if (unknown > JUNK_MAX)
            break;
    }
    line_read(bytes, length, line);
}

void
line_of_message(const Message *message, StoreLine *line)
{
    line->date = message_decoded(message, "Date");
    line->from = message_decoded(message, "From");
    line->subject = message_decoded(message, "Subject");
}

/* line.c: Date, From and Subject of a message, fast enough for a list of a hundred thousand.
 * SPDX-License-Identifier: MIT */
#include "mailbox/line.h"

#include <string.h>

#include "base/translate.h"
#include "mailbox/kind.h"

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

static char **
place_of(StoreLine *line, const char *name, gsize length)
{
    if (length == 4 && g_ascii_strncasecmp(name, "Date", 4) == 0)
        return &line->date;
    if (length == 4 && g_ascii_strncasecmp(name, "From", 4) == 0)
        return &line->from;
    if (length == 7 && g_ascii_strncasecmp(name, "Subject", 7) == 0)
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

gboolean
line_read(const char *bytes, gsize length, StoreLine *line)
{
    gsize at = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, after, name, value;
    guint fields = 0, junk = 0;
    gboolean plain = TRUE;

    for (; at < length && !is_full(line) && junk <= JUNK_MAX; at += after) {
        const char *start = bytes + at;
        const gsize text = kind_line(start, length - at, &after);
        if (text == 0 && fields > 0)
            break;
        if (is_field(start, text, &name, &value)) {
            char **place = place_of(line, start, name);
            fields++;
            junk = 0;
            plain = plain && value == name + 1;
            if (place && !*place) {
                const gsize end = value_end(bytes, length, at + after, at + text);
                *place = message_decode_value(start + value, end - at - value);
            }
        } else if (text > 0 && fields == 0 && memchr(start, '\0', text)) {
            break;
        } else if (text > 0 && *start != ' ' && *start != '\t') {
            junk++;
            plain = FALSE;
        }
    }
    if (fields == 0)
        line->fault = g_strdup(length == 0 ? _("the message is empty") : _("no header field found"));
    return plain && line->from && line->date;
}

static char *
value_of(const Message *message, const char *name)
{
    const int at = message_find(message, name, 0);

    return at < 0 ? NULL : field_decoded(message, message_field(message, (guint)at));
}

void
line_of_message(const Message *message, StoreLine *line)
{
    line->date = value_of(message, "Date");
    line->from = value_of(message, "From");
    line->subject = value_of(message, "Subject");
}

gboolean
line_sees_all(const char *bytes, gsize length)
{
    return memmem(bytes, length, "\n\n", 2) || memmem(bytes, length, "\n\r\n", 3);
}

/* mbox.c: finds the separators of an mbox.
 * SPDX-License-Identifier: MIT
 *
 * A separator is a "From " line of the right form, at the start or behind an empty line, with header fields behind it
 * (fromline.h). Where Content-Length leads exactly to one, what stands in between is body, whatever it looks like: mboxcl2
 * quotes nothing. A count that leads elsewhere is ignored, since anybody may write one. */
#include "mailbox/mbox.h"

#include <string.h>

#include "mailbox/fromline.h"
#include "mailbox/kind.h"
#include "mailbox/linestart.h"

/* Between two looks at the clock. */
#define STEP (256UL * 1024)
/* A count is looked for in so much of a header. */
#define HEADER_MAX (256UL * 1024)
#define COUNTED_BIT ((guint64)1 << 63)

typedef struct {
    guint64 start;          /* of the message */
    guint64 end;            /* and COUNTED_BIT */
} Entry;

struct Mbox {
    GBytes     *bytes;
    const char *data;
    gsize       length;
    GArray     *entries;    /* Entry; the last one's end is open until the next is found */
    gsize       at;         /* looked through up to here */
    gsize       body;       /* of the open message: where it begins; 0: no empty line was seen */
    gsize       counted_to; /* where it ends by its Content-Length; 0: not known */
    guint       unquoted;   /* the first message that shows that nothing is quoted here, from 1; or 0 */
    gboolean    complete;
};

/* ---- Content-Length ---- */

/* Digits and nothing else. FALSE where it is no number or larger than what is left. */
static gboolean
read_number(const char *value, gsize length, gsize most, gsize *number)
{
    gsize at = 0, digits = 0;

    *number = 0;
    while (at < length && (value[at] == ' ' || value[at] == '\t'))
        at++;
    for (; at < length && g_ascii_isdigit(value[at]); at++, digits++) {
        *number = *number * 10 + (gsize)(value[at] - '0');
        if (*number > most)
            return FALSE;
    }
    while (at < length && g_ascii_isspace(value[at]))
        at++;
    return digits > 0 && at == length;
}

/* A separator, or nothing but empty lines, stands at `at`. */
static gboolean
ends_at(const Mbox *mbox, gsize at)
{
    gsize next, after;

    for (guint empty = 0; empty < 2 && at < mbox->length; empty++) {
        if (mbox->data[at] == 'F')
            return fromline_parts(mbox->data, mbox->length, at, &next);
        if (kind_line(mbox->data + at, mbox->length - at, &after) > 0)
            return FALSE;
        at += after;
    }
    return at >= mbox->length ||
           (mbox->data[at] == 'F' && fromline_parts(mbox->data, mbox->length, at, &next));
}

/* Where the message whose body begins at `body` ends by that header field; 0 where it leads nowhere. */
static gsize
counted_end(const Mbox *mbox, const char *value, gsize length, gsize body)
{
    gsize number;

    if (!read_number(value, length, mbox->length - body, &number))
        return 0;
    return ends_at(mbox, body + number) ? body + number : 0;
}

/* Reads the header at `start`: where the body begins, and where it ends if a count says so. */
static gsize
read_header(Mbox *mbox, gsize start)
{
    static const char name[] = "content-length:";
    static const LineStarts wanted = { ['\n'] = 1, ['\r'] = 1, ['F'] = 1, ['C'] = 1, ['c'] = 1 };
    const char *end = mbox->data + MIN(mbox->length, start + HEADER_MAX), *line = mbox->data + start;
    const char *value = NULL;
    gsize value_length = 0, after;
    guint passed;

    for (; line && line < end; line = linestart_find(line, end, wanted, &passed)) {
        const gsize text = kind_line(line, (gsize)(end - line), &after);
        if (text == 0) {
            mbox->body = (gsize)(line - mbox->data) + after;
            return value ? counted_end(mbox, value, value_length, mbox->body) : 0;
        }
        if (*line == 'F' && text > 5 && memcmp(line, "From ", 5) == 0)
            return 0;           /* the next message already: nothing was written of this one */
        if (text >= sizeof name - 1 && (line[8] | 0x20) == name[8] && g_ascii_strncasecmp(line, name, sizeof name - 1) == 0) {
            value = line + sizeof name - 1;
            value_length = text - (sizeof name - 1);
        }
    }
    return 0;
}

/* ---- separators ---- */

/* Less the line end of the empty line before `separator`, if there is one that does not end the header. */
static gsize
before_empty_line(const Mbox *mbox, gsize start, gsize separator)
{
    const char *data = mbox->data;
    gsize end = separator;

    if (end > start && data[end - 1] == '\n')
        end--;
    if (end > start && data[end - 1] == '\r')
        end--;
    if (mbox->body > end && mbox->body <= separator && end > start)
        return separator;
    return end == start || data[end - 1] == '\n' ? end : separator;
}

static void
close_last(Mbox *mbox, gsize separator)
{
    if (mbox->entries->len == 0)
        return;
    Entry *last = &g_array_index(mbox->entries, Entry, mbox->entries->len - 1);
    if (mbox->counted_to)
        last->end = mbox->counted_to | COUNTED_BIT;
    else
        last->end = before_empty_line(mbox, last->start, separator);
}

static void
open_next(Mbox *mbox, gsize start)
{
    const Entry entry = { start, mbox->length };

    g_array_append_val(mbox->entries, entry);
    mbox->body = 0;
    mbox->counted_to = read_header(mbox, start);
    /* A header that ends holds no such line: it need not be looked through again. */
    mbox->at = MAX(start, mbox->body);
}

/* An empty line stands before `at`, or the separator of a message of which nothing was written. */
static gboolean
is_behind_empty_line(const Mbox *mbox, gsize at)
{
    const char *data = mbox->data;
    const Entry *last = &g_array_index(mbox->entries, Entry, mbox->entries->len - 1);

    if (at == last->start)
        return TRUE;
    if (data[at - 1] != '\n' || at < 2)
        return FALSE;
    return data[at - 2] == '\n' || (at > 2 && data[at - 2] == '\r' && data[at - 3] == '\n') ||
           (at == last->start + 2 && data[at - 2] == '\r') || at == last->start + 1;
}

/* A "From " line at `at`. */
static void
judge(Mbox *mbox, gsize at)
{
    gsize next = 0;
    const gboolean inside = at < mbox->counted_to;
    const gboolean counted = mbox->counted_to && !inside;

    mbox->at = at + 5;
    if (inside) {
        if (mbox->unquoted == 0)
            mbox->unquoted = mbox->entries->len;
        return;
    }
    if (!counted && !is_behind_empty_line(mbox, at))
        return;
    if (!fromline_parts(mbox->data, mbox->length, at, &next))
        return;
    close_last(mbox, at);
    open_next(mbox, next);
}

/* Up to `to`. A line that begins a byte later than `to` is left for the next call. */
static void
scan_to(Mbox *mbox, gsize to, guint enough)
{
    while (mbox->at < to && mbox->entries->len < enough) {
        const gsize from = mbox->at > 0 ? mbox->at - 1 : 0;     /* the line end before it */
        const char *hit = linestart_from(mbox->data + from, mbox->data + to);
        if (!hit) {
            mbox->at = MAX(mbox->at, to == mbox->length ? to : to - 5);
            return;
        }
        judge(mbox, (gsize)(hit - mbox->data));
    }
}

gboolean
mbox_scan(Mbox *mbox, gint64 microseconds, guint enough)
{
    const gint64 until = microseconds < 0 ? G_MAXINT64 : g_get_monotonic_time() + microseconds;

    while (!mbox->complete && mbox->entries->len < enough) {
        const gsize to = mbox->length - mbox->at > STEP ? mbox->at + STEP : mbox->length;
        scan_to(mbox, to, enough);
        if (mbox->at >= mbox->length) {
            close_last(mbox, mbox->length);
            mbox->complete = TRUE;
        } else if (g_get_monotonic_time() >= until) {
            break;
        }
    }
    return !mbox->complete;
}

Mbox *
mbox_new(GBytes *bytes)
{
    Mbox *mbox = g_new0(Mbox, 1);
    gsize after;

    mbox->bytes = g_bytes_ref(bytes);
    mbox->data = g_bytes_get_data(bytes, &mbox->length);
    mbox->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    const gsize first = fromline_first(mbox->data, mbox->length);
    kind_line(mbox->data + first, mbox->length - first, &after);
    open_next(mbox, first + after);
    return mbox;
}

void
mbox_free(Mbox *mbox)
{
    if (!mbox)
        return;
    g_bytes_unref(mbox->bytes);
    g_array_unref(mbox->entries);
    g_free(mbox);
}

gboolean
mbox_is_complete(const Mbox *mbox)
{
    return mbox->complete;
}

double
mbox_progress(const Mbox *mbox)
{
    return mbox->complete || mbox->length == 0 ? 1 : (double)mbox->at / (double)mbox->length;
}

/* The last one counts when its end is known. */
guint
mbox_count(const Mbox *mbox)
{
    return mbox->entries->len - (mbox->complete ? 0 : 1);
}

MboxPlace
mbox_place(const Mbox *mbox, guint index)
{
    const Entry *entry = &g_array_index(mbox->entries, Entry, index);

    return (MboxPlace){ { entry->start, entry->end & ~COUNTED_BIT },
                        (entry->end & COUNTED_BIT) != 0,
                        mbox->unquoted != 0 && index + 1 >= mbox->unquoted };
}

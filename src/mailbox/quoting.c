/* quoting.c: undoes the quoting of mboxo and mboxrd.
 * SPDX-License-Identifier: MIT
 *
 * Both write ">From " for a line "From " of a body, so that it parts no messages. mboxrd does the same to ">From ",
 * ">>From " and so on, mboxo leaves those alone. Nothing in a file says which of the two wrote it, but the neighbors of
 * a line do, where it makes a difference: a reply quotes whole paragraphs. Where the lines above
 * and below begin with just as many marks, and text right behind them, the marks are the author's, who quoted without
 * blanks, and the writer was an mboxo. Else one mark is the mailbox's. mboxcl2 quotes nothing and does not come
 * here (MboxPlace.unquoted). */
#include "mailbox/quoting.h"

#include <string.h>

#include "base/spool.h"
#include "mailbox/linestart.h"

static gsize
count_marks(const char *line, const char *end)
{
    gsize marks = 0;

    while (line + marks < end && line[marks] == '>')
        marks++;
    return marks;
}

static const char *
line_start(const char *at, const char *start)
{
    while (at > start && at[-1] != '\n')
        at--;
    return at;
}

/* A line with just as many marks, and text right behind them that did not need a mark. */
static gboolean
is_alike(const char *line, const char *end, gsize marks)
{
    if (count_marks(line, end) != marks || line + marks >= end)
        return FALSE;
    const char behind = line[marks];
    return behind != ' ' && behind != '\r' && behind != '\n' &&
           (end - line < (gssize)marks + 5 || memcmp(line + marks, "From ", 5) != 0);
}

/* `line`: where a quoted "From " line of so many marks begins. */
static gboolean
is_authors_own(const char *line, gsize marks, const char *start, const char *end)
{
    if (line == start)
        return FALSE;
    /* A quotation's lines are short: a long line above is not walked back. */
    const char *least = line - start > 1000 ? line - 1000 : start;
    const char *below = memchr(line, '\n', (gsize)(end - line));

    return below && is_alike(line_start(line - 1, least), line, marks) &&
           is_alike(below + 1, end, marks);
}

/* The next line that the mailbox quoted, at or after `at`; NULL where there is none. */
static const char *
find_quoted(const char *at, const char *start, const char *end)
{
    const char *from;

    while ((from = linestart_marked(at, end))) {
        const char *line = from - 1;
        while (line > start && line[-1] == '>' && line > at)
            line--;
        if ((line == start || line[-1] == '\n') &&
            !is_authors_own(line, (gsize)(from - line), start, end))
            return line;
        at = from;
    }
    return NULL;
}

GBytes *
quoting_undo(GBytes *bytes, guint *lines)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    const char *end = data + length;
    const char *start = length > 0 ? linestart_body(data, end) : NULL;
    const char *quoted = start ? find_quoted(start, start, end) : NULL, *done = data;

    *lines = 0;
    if (!quoted)
        return g_bytes_ref(bytes);
    g_autoptr(Spool) out = spool_new(G_MAXUINT64);
    gboolean good = TRUE;
    for (; quoted && good; quoted = find_quoted(done, start, end)) {
        good = spool_add(out, done, (gsize)(quoted - done), NULL);
        done = quoted + 1;
        (*lines)++;
    }
    good = good && spool_add(out, done, (gsize)(end - done), NULL);
    GBytes *plain = good ? spool_finish(out, NULL) : NULL;
    if (!plain)
        *lines = 0;             /* no room for so large a message: as it stands */
    return plain ? plain : g_bytes_ref(bytes);
}

/* sound.c: what each step's own look goes by, asked 64 octets at a time.
 * SPDX-License-Identifier: MIT
 *
 * The looks of the steps want a text of LF lines, and go through it one after the other. Here nothing is copied, and what is not
 * plainly sound is left to them; tests/unit/test-repair-needed.c holds both against each other. */
#include "repair/sound.h"

#include <string.h>

#include "base/bits.h"
#include "repair/draft.h"
#include "repair/html.h"
#include "repair/link.h"
#include "repair/marks.h"
#include "repair/redact.h"
#include "repair/summary.h"

typedef struct {
    const char *text;
    gsize       length;
    gsize       header;     /* where it ends, once that is known; `length` until then */
    guint       lines;      /* that do not begin with a blank */
    guint       fields;     /* names without a dot, with a colon, at the beginning of a line */
    guint       inner;      /* fields that may begin within a line */
} Look;

/* ---- one block ---- */

/* Of 16 octets and the one behind them: line ends with no continuation behind them. */
static inline BitsChunk
ends_of_fields(const char *at)
{
    BitsChunk here, next;

    memcpy(&here, at, sizeof here);
    memcpy(&next, at + 1, sizeof next);
    return (BitsChunk)((BitsChunk)(here == '\n') & ~(BitsChunk)((next == ' ') | (next == '\t')));
}

/* What tags, links, escapes, characters of pages and blackened places begin with, or are told by. */
static inline BitsChunk
oddities(const char *at)
{
    BitsChunk here;

    memcpy(&here, at, sizeof here);
    return redact_tells(at) | (BitsChunk)((here == '<') | (here == '[') | (here == '\\') | (here == '&') | (here >= 0x80));
}

static gboolean
is_odd(const char *text, const char *at, const char *end)
{
    switch (*at) {
    case '<': return html_may_be_tag(at, end) || link_begins(text, at, end);
    case '[': return link_begins(text, at, end);
    case '\\': return at[1] == 'n';
    case '&': return (at[1] | 0x20) == 'l';
    default: return (guchar)*at >= 0x80 || redact_is_told(text, at, end);
    }
}

/* FALSE where a field ends with a semicolon, and what follows may be its rest, without indentation. */
static inline gboolean
see_field_end(Look *look, gsize at)
{
    const char *text = look->text;
    const gsize last = at - (at > 0 && text[at - 1] == '\r' ? 1 : 0);
    Mark mark;

    if (text[at + 1] == '\n' || (text[at + 1] == '\r' && text[at + 2] == '\n')) {
        look->header = at + 1;
        return TRUE;
    }
    look->lines++;
    return last > 0 && (text[last - 1] != ';' || marks_sure_at_line(text, look->length, at + 1, &mark));
}

/* A word that a continuation begins with has a blank, a dot or an equals sign in it, so no name without a dot is one. */
static inline void
see_colon(Look *look, gsize colon)
{
    const MarksColon found = marks_colon(look->text, look->length, colon);

    look->fields += found & MARKS_FIELD ? 1 : 0;
    look->inner += found & MARKS_INNER ? 1 : 0;
}

static gboolean
see_block(Look *look, gsize from)
{
    const char *at = look->text + from;
    guint64 colons = bits_of(at, ':');
    guint64 odd = bits_gather(oddities(at), oddities(at + 16), oddities(at + 32), oddities(at + 48));
    guint64 ends = bits_gather(ends_of_fields(at), ends_of_fields(at + 16), ends_of_fields(at + 32), ends_of_fields(at + 48));

    for (; ends && look->header == look->length; ends &= ends - 1)
        if (!see_field_end(look, from + bits_first(ends)))
            return FALSE;
    if (look->header - from < BITS_BLOCK) {
        const guint64 inside = ((guint64)1 << (look->header - from)) - 1;
        colons &= inside;
        odd &= inside;
    }
    for (; odd; odd &= odd - 1)
        if (is_odd(look->text, at + bits_first(odd), look->text + look->length))
            return FALSE;
    for (; colons; colons &= colons - 1)
        see_colon(look, from + bits_first(colons));
    return TRUE;
}

/* ---- the whole ---- */

/* A header that begins with a field of a source, as draft_is_covered() finds it at once, has nothing above it. */
static gboolean
begins_soundly(const Look *look)
{
    const gsize end = draft_line_end(look->text, look->header, 0);
    const gsize line = end - (end > 0 && look->text[end - 1] == '\r' ? 1 : 0);
    Mark mark;

    /* A blank, a mark of a line's end (ends.c), or a CR too many (returns.c). */
    if (line == 0 || strchr(" \t$\\M|\r", look->text[line - 1]))
        return FALSE;
    return marks_sure_at_line(look->text, line, 0, &mark) && mark.open && !summary_may_be_above(look->text, look->header, &mark) &&
           !repair_blank_lines.possible(look->text, look->header) && !repair_quoted.possible(look->text, look->header);
}

gboolean
sound_header(const char *data, gsize length)
{
    Look look = { .text = data, .length = length, .header = length, .lines = 1 };

    /* Two octets behind a block are looked at. */
    for (gsize at = 0; look.header == length; at += BITS_BLOCK)
        if (at + BITS_BLOCK + 2 > length || !see_block(&look, at))
            return FALSE;
    return look.fields == look.lines && look.inner < MARKS_INNER_FEW && begins_soundly(&look);
}

/* split.c: where each header field and the body stand in the bytes of a message.
 * SPDX-License-Identifier: MIT
 *
 * RFC 5322, 2.2, read leniently: real files have byte order marks, mbox lines,
 * lines without a colon and mixed line ends. What is odd becomes a fault and the
 * rest is still read. */
#include "message/split.h"

#include <string.h>

#include "base/bits.h"
#include "base/solid.h"

/* A run of this many lines without a field means that the header is over. */
#define JUNK_RUN_MAX 100
/* RFC 5322, 2.1.1, without the CRLF. */
#define LINE_MAX_OCTETS 998
/* Faults are examples for a reader, not an inventory: of each kind so many, so that no kind can be drowned in another. */
#define FAULTS_MAX 200
#define KINDS_MAX 16
/* Most headers have fewer; so many take 1 KB, as much as is kept from one message to the next (base/heap.c). */
#define FIELDS_USUAL 18

typedef struct {
    const char *bytes;
    gsize       length;
    BitsWalk    ends;       /* of lines */
    gsize       at;         /* start of the next line */
    guint       line;       /* its number */
    Split      *out;
    gboolean    open;       /* a continuation belongs to the last field */
    guint       junk_run;
    Span        junk_first;
    guint       crlf, lf;
    gboolean    too_long;   /* a line is: told once */
    gboolean    below_empty;    /* so is an empty line above the header */
    struct { const char *id; guint count; } kinds[KINDS_MAX];   /* of faults, in the order in which they came */
} Scan;

typedef struct {
    Span span;              /* line end included */
    Span text;              /* without it */
    gboolean ended;         /* FALSE: the file stops in this line */
} Line;

static void
add_fault(Scan *scan, const char *id, guint line, Span span)
{
    const MessageFault fault = { id, line, span };
    guint kind = 0;

    while (kind < KINDS_MAX - 1 && scan->kinds[kind].id && !g_str_equal(scan->kinds[kind].id, id))
        kind++;
    scan->kinds[kind].id = id;
    if (scan->kinds[kind].count++ < FAULTS_MAX)
        g_array_append_val(scan->out->faults, fault);
}

static Line
next_line(Scan *scan)
{
    const char *end = bits_walk_next(&scan->ends);
    Line line;

    line.ended = end != NULL;
    line.span.start = scan->at;
    line.span.end = end ? (gsize)(end - scan->bytes) + 1 : scan->length;
    line.text = line.span;
    if (line.ended) {
        line.text.end--;
        const guint crlf = line.text.end > line.text.start &&
                              scan->bytes[line.text.end - 1] == '\r';
        if (crlf)
            line.text.end--;
        scan->crlf += crlf;
        scan->lf += !crlf;
    }
    scan->at = line.span.end;
    scan->line++;
    return line;
}

/* RFC 5322, 3.6.8: printable ASCII but the colon; 4.5.8 allows blanks before the colon. */
static gboolean
read_name(const Scan *scan, Line line, Span *name, gsize *colon)
{
    const char *bytes = scan->bytes;
    gsize at = line.text.start;

    while (at < line.text.end && bytes[at] > 32 && bytes[at] < 127 && bytes[at] != ':')
        at++;
    *name = (Span){ line.text.start, at };
    while (at < line.text.end && (bytes[at] == ' ' || bytes[at] == '\t'))
        at++;
    *colon = at;
    return name->end > name->start && at < line.text.end && bytes[at] == ':';
}

static gboolean
is_mbox_line(const Scan *scan, Line line)
{
    const gsize length = span_length(line.text);
    const char *text = scan->bytes + line.text.start;
    gsize at = 5;

    if (length >= 6 && memcmp(text, ">From ", 6) == 0)
        return TRUE;
    if (length < 5 || memcmp(text, "From ", 5) != 0)
        return FALSE;
    while (at < length && (text[at] == ' ' || text[at] == '\t'))
        at++;
    return at == length || text[at] != ':';     /* "From : ann@…" is the field (RFC 5322, 4.5.8) */
}

static void
add_field(Scan *scan, Line line, Span name, gsize colon)
{
    const Field field = { line.span, name, { colon + 1, line.text.end }, scan->line - 1 };

    g_array_append_val(scan->out->fields, field);
    scan->open = TRUE;
    scan->junk_run = 0;
}

static void
extend_field(Scan *scan, Line line)
{
    Field *last = &g_array_index(scan->out->fields, Field, scan->out->fields->len - 1);

    last->all.end = line.span.end;
    last->value.end = line.text.end;
}

/* A line that is neither field nor continuation. FALSE: the body began at the first of this run. */
static gboolean
pass_over(Scan *scan, Line line)
{
    const char *text = scan->bytes + line.text.start;
    const gsize length = span_length(line.text);

    if (scan->out->fields->len == 0 && memchr(text, '\0', length)) {
        scan->out->binary = TRUE;
        return FALSE;
    }
    if (scan->junk_run++ == 0)
        scan->junk_first = line.span;
    scan->open = FALSE;
    add_fault(scan, is_mbox_line(scan, line) ? "mbox-from-line" : "header-junk-line",
              scan->line - 1, line.span);
    return scan->junk_run <= JUNK_RUN_MAX;
}

/* A field behind what some programs pass over: NULs, which they drop, and blanks at the very top, which continue nothing. */
static gboolean
read_behind(Scan *scan, Line line)
{
    const gboolean nuls = scan->bytes[line.text.start] == '\0';
    Span name;
    gsize colon;

    if (!nuls && (scan->out->fields->len > 0 || scan->junk_run > 0))
        return FALSE;
    while (line.text.start < line.text.end && (nuls ? scan->bytes[line.text.start] == '\0'
                                                    : scan->bytes[line.text.start] == ' ' || scan->bytes[line.text.start] == '\t'))
        line.text.start++;
    line.span.start = line.text.start;
    if (!read_name(scan, line, &name, &colon))
        return FALSE;
    add_fault(scan, nuls ? "header-nul" : "header-junk-line", scan->line - 1, line.span);
    add_field(scan, line, name, colon);
    return TRUE;
}

/* An empty line above the header: a copying accident, mostly. */
static void
pass_empty(Scan *scan, Line line)
{
    if (!scan->below_empty)
        add_fault(scan, "header-below-empty-line", scan->line - 1, line.span);
    scan->below_empty = TRUE;
}

static void
body_at(Scan *scan, gsize start, gboolean known)
{
    scan->out->body = (Span){ start, scan->length };
    scan->out->has_body = known;
}

static void
scan_header(Scan *scan)
{
    while (scan->at < scan->length) {
        const Line line = next_line(scan);
        const char first = scan->bytes[line.text.start];
        Span name;
        gsize colon;

        if (span_length(line.text) > LINE_MAX_OCTETS && !scan->too_long) {
            add_fault(scan, "header-too-long", scan->line - 1, line.span);
            scan->too_long = TRUE;
        }
        if (line.ended && span_length(line.text) == 0) {
            if (scan->out->fields->len == 0) {
                pass_empty(scan, line);
                continue;
            }
            body_at(scan, line.span.end, TRUE);
            return;
        }
        if ((first == ' ' || first == '\t') && scan->open)
            extend_field(scan, line);
        else if (!is_mbox_line(scan, line) && read_name(scan, line, &name, &colon))
            add_field(scan, line, name, colon);
        else if (!read_behind(scan, line) && !pass_over(scan, line)) {
            body_at(scan, scan->junk_first.start, TRUE);
            return;
        }
    }
    body_at(scan, scan->length, FALSE);
}

static MessageEol
line_ends(const Scan *scan)
{
    if (scan->crlf && scan->lf)
        return MESSAGE_EOL_MIXED;
    if (scan->crlf)
        return MESSAGE_EOL_CRLF;
    return scan->lf ? MESSAGE_EOL_LF : MESSAGE_EOL_NONE;
}

gsize
split_nuls(const char *bytes, gsize length)
{
    gsize at = 0;

    while (at < length && bytes[at] == '\0')
        at++;
    return at;
}

static void
skip_nuls(Scan *scan)
{
    const gsize nuls = split_nuls(scan->bytes, scan->length);

    scan->at = nuls;
    scan->out->binary = nuls > 0;
    if (nuls > 0)
        add_fault(scan, "header-nul", 1, (Span){ 0, nuls });
}

static void
skip_bom(Scan *scan)
{
    if (scan->length - scan->at >= 3 && memcmp(scan->bytes + scan->at, "\xEF\xBB\xBF", 3) == 0) {
        add_fault(scan, "bom", 1, (Span){ scan->at, scan->at + 3 });
        scan->at += 3;
    }
}

/* Of 16 octets and the one behind them. */
static inline SolidChunk
odd_in(const char *at)
{
    const SolidChunk here = solid_load(at), next = solid_load(at + 1);

    return (SolidChunk)((here == '\0') | ((here == '\r') & (next != '\n')));
}

/* Whether there is a NUL in the header, or a CR without LF: hardly ever. */
static gboolean
may_be_odd(const Scan *scan)
{
    const char *at = scan->bytes, *stop = at + scan->out->body.start;

    for (; stop - at > BITS_BLOCK; at += BITS_BLOCK)
        if (!solid_none(odd_in(at) | odd_in(at + 16) | odd_in(at + 32) | odd_in(at + 48)))
            return TRUE;
    for (; at < stop; at++)
        if (*at == '\0' || (*at == '\r' && (at + 1 == stop || at[1] != '\n')))
            return TRUE;
    return FALSE;
}

static void
note_nul(Scan *scan)
{
    for (guint i = 0; i < scan->out->fields->len; i++) {
        const Field *field = &g_array_index(scan->out->fields, Field, i);
        if (memchr(scan->bytes + field->value.start, '\0', span_length(field->value)))
            add_fault(scan, "header-nul", field->line, field->all);
    }
}

static gboolean
holds_bare_cr(const Scan *scan, Span value)
{
    const char *at = scan->bytes + value.start, *stop = scan->bytes + value.end;

    while ((at = memchr(at, '\r', (gsize)(stop - at))) && at + 1 < stop && at[1] == '\n')
        at += 2;
    return at != NULL;
}

/* RFC 5322, 2.2: no part of a field. Where it is read as a line end, another field begins behind it. */
static void
note_bare_cr(Scan *scan)
{
    for (guint i = 0; i < scan->out->fields->len; i++) {
        const Field *field = &g_array_index(scan->out->fields, Field, i);
        if (holds_bare_cr(scan, field->value))
            add_fault(scan, "header-bare-cr", field->line, field->all);
    }
}

void
split_message(const char *bytes, gsize length, Split *out)
{
    Scan scan = { .bytes = bytes, .length = length, .line = 1, .out = out };

    *out = (Split){ .fields = g_array_sized_new(FALSE, FALSE, sizeof(Field), FIELDS_USUAL),
                    .faults = g_array_new(FALSE, FALSE, sizeof(MessageFault)) };
    skip_nuls(&scan);
    skip_bom(&scan);
    scan.ends = bits_walk(bytes + scan.at, length - scan.at, '\n');
    scan_header(&scan);
    out->eol = line_ends(&scan);
    if (!may_be_odd(&scan))
        return;
    note_nul(&scan);
    note_bare_cr(&scan);
}

void
split_clear(Split *split)
{
    g_clear_pointer(&split->fields, g_array_unref);
    g_clear_pointer(&split->faults, g_array_unref);
}

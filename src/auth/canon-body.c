/* canon-body.c: the two canonicalisations of a body (RFC 6376, 3.4.3 and 3.4.4), in one pass.
 * SPDX-License-Identifier: MIT
 *
 * Most of a body goes through as it is: line ends that are CRLF, words with one space between. It is handed to the sink
 * where it stands, in pieces that stay in a processor's cache until they are hashed; only what changes is copied. */
#include "auth/canon.h"

#include <string.h>

#include "base/bits.h"

/* Runs longer than this are not copied. */
#define DIRECT_MIN 1024
#define PIECE_MAX 32768

typedef struct {
    CanonSink   sink;
    gpointer    data;
    Canon       mode;
    const char *end;            /* of the body, without the empty lines there */
    gboolean   *alike;          /* so far nothing was changed that simple leaves alone */
    gsize       total;
    gsize       used;
    char        buffer[PIECE_MAX];
} Writer;

/* ---- out ---- */

static void
flush(Writer *writer)
{
    if (writer->used)
        writer->sink(writer->buffer, writer->used, writer->data);
    writer->total += writer->used;
    writer->used = 0;
}

static void
put(Writer *writer, const char *bytes, gsize length)
{
    if (writer->used + length > PIECE_MAX || length >= DIRECT_MIN)
        flush(writer);
    if (length < DIRECT_MIN) {
        memcpy(writer->buffer + writer->used, bytes, length);
        writer->used += length;
        return;
    }
    writer->sink(bytes, length, writer->data);
    writer->total += length;
}

/* ---- what does not go through as it is ---- */

/* Whether a line ends at `at`. */
static gboolean
is_line_end(const Writer *writer, const char *at)
{
    return *at == '\n' || (*at == '\r' && writer->end - at > 1 && at[1] == '\n');
}

/* The first octet, for blocks look at the one before them. A blank goes where a blank or a line end follows (relaxed; the last of
 * several stays, as a space); a line end without CR gets one. The end of the text is no blank and no line end: text_end(). */
static void
put_first(Writer *writer, const char *at)
{
    const gboolean relaxed = writer->mode == CANON_RELAXED;

    if (*at == '\n') {
        put(writer, "\r\n", 2);
    } else if (relaxed && canon_is_wsp(*at)) {
        const gboolean gone = canon_is_wsp(at[1]) || is_line_end(writer, at + 1);
        *writer->alike = *writer->alike && !gone && *at != '\t';
        put(writer, " ", gone ? 0 : 1);
    } else {
        put(writer, at, 1);
    }
}

/* ---- the same for 64 octets at once, a bit for each ---- */

#define BLOCK BITS_BLOCK
/* Octets that may be read behind a block. */
#define BEHIND BLOCK

typedef struct {
    guint64 bare;       /* a line end that lacks its CR */
    guint64 gone;       /* a blank that goes */
    guint64 tab;        /* what becomes a space, if it stays */
} Odd;

/* Of a block with an octet before it and BEHIND octets behind it; by the rules of put_first(). */
static inline Odd
odd_of(const char *at, gboolean relaxed)
{
    const guint64 lf = bits_of(at, '\n'), cr = bits_of(at, '\r'), last = (guint64)1 << (BLOCK - 1);
    Odd odd = { .bare = lf & ~(cr << 1 | (at[-1] == '\r')) };

    if (!relaxed)
        return odd;
    odd.tab = bits_of(at, '\t');
    const guint64 blank = odd.tab | bits_of(at, ' ');
    const char *behind = at + BLOCK;
    const guint64 ends = lf | (cr & (lf >> 1 | (*behind == '\n' ? last : 0)));
    const gboolean ends_behind = *behind == '\n' || (*behind == '\r' && behind[1] == '\n');
    odd.gone = blank & ((blank | ends) >> 1 | (canon_is_wsp(*behind) || ends_behind ? last : 0));
    return odd;
}

/* Each run between two odd places is copied as if it were a whole block: how long they are cannot be foreseen, and a
 * wrong guess of the processor's costs more than 64 octets. `at` has octets behind it, the buffer room. */
static void
put_block(Writer *writer, const char *at, Odd odd)
{
    char spaced[BLOCK + BEHIND];
    guint from = 0;

    if (writer->used + (gsize)2 * BLOCK + BEHIND > PIECE_MAX)
        flush(writer);
    if (odd.tab) {
        memcpy(spaced, at, sizeof spaced);
        for (guint i = 0; i < BLOCK; i++)
            spaced[i] = spaced[i] == '\t' ? ' ' : spaced[i];
        at = spaced;
    }
    char *out = writer->buffer + writer->used;
    for (guint64 left = odd.bare | odd.gone; left; left &= left - 1) {
        const guint next = (guint)__builtin_ctzll(left);
        const gboolean bare = odd.bare >> next & 1;
        memcpy(out, at + from, BLOCK);
        out += next - from;
        *out = '\r';
        out += bare;
        from = next + !bare;
    }
    memcpy(out, at + from, BLOCK);
    writer->used = (gsize)(out + BLOCK - from - writer->buffer);
    *writer->alike = *writer->alike && !odd.gone && !odd.tab;
}

/* Whole blocks; returns where they end. What has nothing odd in it is handed on where it stands. */
static const char *
put_blocks(Writer *writer, const char *at)
{
    const gboolean relaxed = writer->mode == CANON_RELAXED;
    const char *same = at;

    for (; writer->end - at >= BLOCK + BEHIND; at += BLOCK) {
        const Odd odd = odd_of(at, relaxed);
        const gboolean any = (odd.bare | odd.gone | odd.tab) != 0;
        if (!any && at - same < PIECE_MAX)
            continue;
        put(writer, same, (gsize)(at - same));
        same = at;
        if (any) {
            put_block(writer, at, odd);
            same = at + BLOCK;
        }
    }
    put(writer, same, (gsize)(at - same));
    return at;
}

/* What is left, made whole blocks by octets that stay what they are and are taken away again. */
static void
put_rest(Writer *writer, const char *at)
{
    const gsize left = (gsize)(writer->end - at);
    char whole[1 + 2 * BLOCK + BEHIND];
    gsize done = 0;

    if (left == 0)
        return;
    memset(whole, 'x', sizeof whole);
    memcpy(whole, at - 1, 1 + left);
    for (; done < left; done += BLOCK)
        put_block(writer, whole + 1 + done, odd_of(whole + 1 + done, writer->mode == CANON_RELAXED));
    writer->used -= done - left;
}

/* ---- the body ---- */

/* Both ignore empty lines at the end; to relaxed, a line of blanks is empty, too. Where the last line's text ends. */
static const char *
text_end(Canon mode, const char *start, const char *end)
{
    while (end > start) {
        if (end[-1] == '\n')
            end -= 1 + (end - start > 1 && end[-2] == '\r');
        else if (mode == CANON_RELAXED && canon_is_wsp(end[-1]))
            end--;
        else
            break;
    }
    return end;
}

gsize
canon_body_alike(Canon mode, const char *body, gsize length, CanonSink sink, gpointer data,
                 gboolean *alike)
{
    const char *end = text_end(mode, body, body + length);
    Writer writer;

    writer.sink = sink;
    writer.data = data;
    writer.mode = mode;
    writer.end = end;
    writer.alike = alike;
    *alike = mode == CANON_RELAXED;
    writer.total = writer.used = 0;
    const char *at = body;
    if (at < end)
        put_first(&writer, at++);
    put_rest(&writer, put_blocks(&writer, at));
    /* 3.4.3: an empty body is one CRLF; 3.4.4: it is nothing. */
    if (mode == CANON_SIMPLE || end > body)
        put(&writer, "\r\n", 2);
    flush(&writer);
    *alike = *alike && end > body && end == text_end(CANON_SIMPLE, body, body + length);
    return writer.total;
}

gsize
canon_body(Canon mode, const char *body, gsize length, CanonSink sink, gpointer data)
{
    gboolean alike;

    return canon_body_alike(mode, body, length, sink, data, &alike);
}

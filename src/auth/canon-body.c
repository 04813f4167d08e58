/* canon-body.c: the two canonicalisations of a body (RFC 6376, 3.4.3 and 3.4.4), in one pass.
 * SPDX-License-Identifier: MIT
 *
 * Most of a body goes through as it is: line ends that are CRLF, words with one space between. It is handed to the sink
 * where it stands, in pieces that stay in a processor's cache until they are hashed; only what changes is copied. */
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "auth/canon.h"

/* Runs longer than this are not copied. */
#define DIRECT_MIN 1024
#define PIECE_MAX 32768

typedef struct {
    CanonSink   sink;
    gpointer    data;
    Canon       mode;
    const char *start, *end;    /* of the body, without the empty lines at its end */
    gboolean    blanks;         /* some were changed */
    gsize       total;
    gsize       used;
    char        buffer[PIECE_MAX];
} Writer;

static gboolean
is_wsp(char c)
{
    return c == ' ' || c == '\t';
}

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

/* A line end without CR; relaxed: a tab, or the first of several blanks, or of blanks before a line end (other
 * control characters are taken for one: looking twice does no harm). */
static gboolean
is_odd(const Writer *writer, const char *at)
{
    if (*at == '\n')
        return at == writer->start || at[-1] != '\r';
    return writer->mode == CANON_RELAXED &&
           (*at == '\t' || (*at == ' ' && at + 1 < writer->end && (guchar)at[1] <= ' '));
}

#ifdef __SSE2__
/* is_odd() of 16 bytes, of which the first has one before it and the last one behind it. */
static inline guint
odd_of_16(const char *at, gboolean relaxed)
{
    const __m128i here = _mm_loadu_si128((const __m128i *)at);
    const __m128i before = _mm_loadu_si128((const __m128i *)(at - 1));
    const __m128i bare = _mm_andnot_si128(_mm_cmpeq_epi8(before, _mm_set1_epi8('\r')),
                                          _mm_cmpeq_epi8(here, _mm_set1_epi8('\n')));
    if (!relaxed)
        return (guint)_mm_movemask_epi8(bare);
    const __m128i behind = _mm_loadu_si128((const __m128i *)(at + 1)), space = _mm_set1_epi8(' ');
    const __m128i blank = _mm_cmpeq_epi8(_mm_min_epu8(behind, space), behind);
    const __m128i run = _mm_and_si128(_mm_cmpeq_epi8(here, space), blank);
    const __m128i tab = _mm_cmpeq_epi8(here, _mm_set1_epi8('\t'));
    return (guint)_mm_movemask_epi8(_mm_or_si128(bare, _mm_or_si128(run, tab)));
}

static const char *
pass_by_16(const Writer *writer, const char *at, const char *stop)
{
    const gboolean relaxed = writer->mode == CANON_RELAXED;

    if (at == writer->start)
        return at;
    for (; stop - at >= 16 && writer->end - at > 16; at += 16) {
        const guint odd = odd_of_16(at, relaxed);
        if (odd)
            return at + __builtin_ctz(odd);
    }
    return at;
}
#endif

/* The first odd place in [at, stop), or `stop`. */
static const char *
next_odd(const Writer *writer, const char *at, const char *stop)
{
#ifdef __SSE2__
    if (at < stop && !is_odd(writer, at))
        at = pass_by_16(writer, at + 1, stop);
#endif
    while (at < stop && !is_odd(writer, at))
        at++;
    return at;
}

/* What stands at an odd place, as it is to be written; returns where it ends. */
static const char *
put_odd(Writer *writer, const char *at)
{
    const char *behind = at;

    if (*at == '\n') {
        put(writer, "\r\n", 2);
        return at + 1;
    }
    while (behind < writer->end && is_wsp(*behind))
        behind++;
    const gsize left = (gsize)(writer->end - behind);
    const gboolean line_end = left == 0 || *behind == '\n' ||
                              (left > 1 && *behind == '\r' && behind[1] == '\n');
    if (!line_end)
        put(writer, " ", 1);
    writer->blanks = writer->blanks || line_end || behind - at > 1 || *at == '\t';
    return behind;
}

/* ---- the body ---- */

/* Both ignore empty lines at the end; to relaxed, a line of blanks is empty, too. Where the last line's text ends. */
static const char *
text_end(Canon mode, const char *start, const char *end)
{
    while (end > start) {
        if (end[-1] == '\n')
            end -= 1 + (end - start > 1 && end[-2] == '\r');
        else if (mode == CANON_RELAXED && is_wsp(end[-1]))
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
    writer.start = body;
    writer.end = end;
    writer.blanks = FALSE;
    writer.total = writer.used = 0;
    for (const char *at = body; at < end;) {
        const char *stop = end - at > PIECE_MAX ? at + PIECE_MAX : end;
        const char *odd = next_odd(&writer, at, stop);
        put(&writer, at, (gsize)(odd - at));
        at = odd < stop ? put_odd(&writer, odd) : stop;
    }
    /* 3.4.3: an empty body is one CRLF; 3.4.4: it is nothing. */
    if (mode == CANON_SIMPLE || end > body)
        put(&writer, "\r\n", 2);
    flush(&writer);
    *alike = mode == CANON_RELAXED && end > body && !writer.blanks &&
             end == text_end(CANON_SIMPLE, body, body + length);
    return writer.total;
}

gsize
canon_body(Canon mode, const char *body, gsize length, CanonSink sink, gpointer data)
{
    gboolean alike;

    return canon_body_alike(mode, body, length, sink, data, &alike);
}

/* canonical.c: what a signature was made over (RFC 6376, 3.4 and 3.7), by the code that checks it.
 * SPDX-License-Identifier: MIT */
#include "analysis/canonical.h"

#include <string.h>

#include "auth/dkim-sig.h"
#include "facts/record.h"

/* Nobody reads more of a body than this. */
#define BODY_KEPT ((gsize)4 << 20)

static int
find_signature(const Message *message, gsize offset, SigKind *kind)
{
    for (guint i = 0; i < message_n_fields(message); i++) {
        const Field *field = message_field(message, i);
        if (field->all.start != offset)
            continue;
        *kind = message_field_is(message, field, "DKIM-Signature") ? SIG_DKIM : SIG_ARC;
        return *kind == SIG_DKIM || message_field_is(message, field, "ARC-Message-Signature")
                   ? (int)i : -1;
    }
    return -1;
}

/* ---- the header ---- */

static void
add_piece(Hashed *out, gsize start, Span field)
{
    const HashedPiece piece = { start, field };

    g_array_append_val(out->pieces, piece);
}

/* The whole is what the check hashed; where each field begins in it is counted apart. */
static void
fill_header(Hashed *out, const Message *message, const DkimSig *sig, guint own)
{
    g_autoptr(FieldIndex) fields = field_index_new(message);
    g_autoptr(GArray) selected = dkim_sig_select(sig, fields);
    g_autoptr(GString) piece = g_string_new(NULL);
    const char *raw = g_bytes_get_data(message_raw(message), NULL);
    gsize at = 0;

    for (guint i = 0; i < selected->len; i++) {
        const int index = g_array_index(selected, int, i);
        if (index < 0)
            continue;
        const Field *field = message_field(message, (guint)index);
        add_piece(out, at, field->all);
        g_string_truncate(piece, 0);
        canon_field(sig->header_canon, raw + field->all.start,
                    field->value.end - field->all.start, piece);
        at += piece->len;
    }
    add_piece(out, at, message_field(message, own)->all);
    out->header = g_string_free_to_bytes(dkim_sig_signed_data(sig, message, own, selected));
}

/* ---- the body ---- */

typedef struct {
    GString *kept;
    gsize    limit;         /* l= */
    gsize    seen;
} Keeper;

static void
keep(const void *bytes, gsize length, gpointer data)
{
    Keeper *keeper = data;
    const gsize signed_left = keeper->limit - MIN(keeper->seen, keeper->limit);
    const gsize room = BODY_KEPT - MIN(keeper->kept->len, BODY_KEPT);

    g_string_append_len(keeper->kept, bytes, (gssize)MIN(length, MIN(signed_left, room)));
    keeper->seen += length;
}

static void
ignore(const void *bytes, gsize length, gpointer data)
{
    (void)bytes;
    (void)length;
    (void)data;
}

/* Octets of one line with its line end. A blank line counts: something follows it. */
static gsize
line_octets(Canon canon, const char *line, gsize length)
{
    return MAX(canon_body(canon, line, length, ignore, NULL), 2);
}

/* The least number of bytes of `line` that make `octets` of canonical text; all of it where l= ends
 * in its line end. */
static gsize
bytes_for(Canon canon, const char *line, gsize length, gsize octets)
{
    gsize low = 0;
    gsize high = length;

    while (high > 0 && (line[high - 1] == '\n' || line[high - 1] == '\r'))
        high--;
    if (line_octets(canon, line, high) - 2 < octets)
        return length;
    while (low < high) {
        const gsize middle = low + (high - low) / 2;
        if (line_octets(canon, line, middle) - 2 < octets)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Where in the message the octets behind l= begin (3.4.5). */
static gsize
find_tail(const Message *message, Canon canon, gsize limit)
{
    const Span span = message_body(message);
    const char *body = span_in(message_raw(message), span);
    const gsize length = span_length(span);
    gsize octets = 0;

    for (gsize at = 0; at < length;) {
        const char *lf = memchr(body + at, '\n', length - at);
        const gsize line = lf ? (gsize)(lf - body) + 1 - at : length - at;
        const gsize more = line_octets(canon, body + at, line);
        if (octets + more > limit)
            return span.start + at + bytes_for(canon, body + at, line, limit - octets);
        octets += more;
        at += line;
    }
    return span.end;
}

static void
fill_body(Hashed *out, const Message *message, const DkimSig *sig)
{
    const Span body = message_body(message);
    const gboolean limited = sig->body_length != RECORD_UNSET;
    Keeper keeper = { g_string_new(NULL), limited ? (gsize)sig->body_length : G_MAXSIZE, 0 };
    const gsize total = canon_body(sig->body_canon, span_in(message_raw(message), body),
                                   span_length(body), keep, &keeper);

    out->length = MIN(total, keeper.limit);
    out->body = g_string_free_to_bytes(keeper.kept);
    if (total > keeper.limit)
        out->tail = find_tail(message, sig->body_canon, keeper.limit);
}

Hashed *
canonical_of(const Message *message, gsize signature)
{
    SigKind kind = SIG_DKIM;
    const int index = find_signature(message, signature, &kind);

    if (index < 0)
        return NULL;
    g_autoptr(DkimSig) sig = dkim_sig_parse(message, message_field(message, (guint)index), kind);
    if (sig->problem)
        return NULL;
    Hashed *out = g_new0(Hashed, 1);
    out->pieces = g_array_new(FALSE, FALSE, sizeof(HashedPiece));
    out->tail = g_bytes_get_size(message_raw(message));
    fill_header(out, message, sig, (guint)index);
    if (message_has_body(message))
        fill_body(out, message, sig);
    return out;
}

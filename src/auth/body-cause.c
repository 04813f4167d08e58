/* body-cause.c: likely changes of a body, tried against the hash that was signed.
 * SPDX-License-Identifier: MIT */
#include "auth/body-cause.h"

#include <openssl/evp.h>
#include <string.h>

#include "auth/body-undo.h"
#include "auth/crypto.h"
#include "facts/record.h"

#define DIGEST 32
/* One guess about 50 MB takes half as long as all of the report: what is known already is looked at, no more. */
#define BODY_MAX ((gsize)32 << 20)
#define CUTS_AT_END 2000        /* lines that may have been added at the end */
#define CUTS_AT_FOOTERS 64      /* places further up that look like the start of a footer */

typedef struct {
    const Message *message;
    const DkimSig *sig;
    const BodyHashes *bodies;
    Effort        *effort;
    Cause          cause;
    gboolean       stopped;     /* something was left untried */
} Search;

static gboolean
is_signed_hash(const Search *search, const guint8 *digest)
{
    return memcmp(digest, search->sig->body_hash, DIGEST) == 0;
}

static gboolean
take(Search *search, const char *id, const char *detail)
{
    search->cause = (Cause){ id, g_strdup(detail) };
    return TRUE;
}

/* ---- whole bodies ---- */

typedef struct {
    EVP_MD_CTX *digest;
    gint64      left;       /* of l=; -1: all */
} Hashing;

static void
hash_piece(const void *bytes, gsize length, gpointer data)
{
    Hashing *hash = data;

    if (hash->left >= 0) {
        length = MIN(length, (gsize)hash->left);
        hash->left -= (gint64)length;
    }
    EVP_DigestUpdate(hash->digest, bytes, length);
}

static gboolean
fits(Search *search, Canon canon, const char *body, gsize length)
{
    guint8 digest[EVP_MAX_MD_SIZE];
    Hashing hash = { EVP_MD_CTX_new(), -1 };

    if (search->sig->body_length != RECORD_UNSET)
        hash.left = search->sig->body_length;
    EVP_DigestInit_ex(hash.digest, crypto_sha256(), NULL);
    canon_body(canon, body, length, hash_piece, &hash);
    EVP_DigestFinal_ex(hash.digest, digest, NULL);
    EVP_MD_CTX_free(hash.digest);
    return is_signed_hash(search, digest);
}

static gboolean
fits_as_it_is(Search *search, const char *bytes, gsize length)
{
    guint8 digest[EVP_MAX_MD_SIZE];

    EVP_Digest(bytes, length, digest, NULL, crypto_sha256(), NULL);
    return is_signed_hash(search, digest);
}

static gboolean
afford(gpointer data)
{
    Search *search = data;
    const gsize octets = span_length(message_body(search->message)) + 1024;

    if (octets <= BODY_MAX && effort_take(search->effort, octets))
        return TRUE;
    search->stopped = TRUE;
    return FALSE;
}

static gboolean
try_other_canon(Search *search, const char *body, gsize length)
{
    static const char *const words[] = { "simple", "relaxed" };
    const Canon other = search->sig->body_canon == CANON_SIMPLE ? CANON_RELAXED : CANON_SIMPLE;

    const guint8 *known = body_hashes_known(search->bodies, search->sig, other);
    const gboolean good = known ? is_signed_hash(search, known)
                                : afford(search) && fits(search, other, body, length);

    return good && take(search, "cause-canonicalization", words[other]);
}

/* CRLF for every line end (`crlf`), or LF. */
static GString *
with_line_ends(const char *body, gsize length, gboolean crlf)
{
    GString *text = g_string_sized_new(length + 2);

    for (gsize at = 0; at < length;) {
        const char *lf = memchr(body + at, '\n', length - at);
        const gsize stop = lf ? (gsize)(lf - body) : length;
        const gboolean pair = lf && stop > at && body[stop - 1] == '\r';
        g_string_append_len(text, body + at, (gssize)(stop - at - (pair ? 1 : 0)));
        if (lf)
            g_string_append(text, crlf ? "\r\n" : "\n");
        at = lf ? stop + 1 : length;
    }
    return text;
}

/* Signers that hashed their own file: LF for CRLF, empty lines at the end kept, no last line
 * end added. */
static gboolean
try_line_ends(Search *search, const char *body, gsize length)
{
    if (search->sig->body_length != RECORD_UNSET || !afford(search) || !afford(search))
        return FALSE;
    g_autoptr(GString) lf = with_line_ends(body, length, FALSE);
    g_autoptr(GString) crlf = with_line_ends(body, length, TRUE);
    if (fits_as_it_is(search, lf->str, lf->len))
        return take(search, "cause-lf-signed", NULL);
    /* As long as it is means that it is the body, byte for byte: hashed once. */
    if ((lf->len != length && fits_as_it_is(search, body, length)) ||
        (crlf->len != length && fits_as_it_is(search, crlf->str, crlf->len)))
        return take(search, "cause-uncanonical", NULL);
    while (crlf->len > 0 && strchr("\r\n", crlf->str[crlf->len - 1]))
        g_string_truncate(crlf, crlf->len - 1);
    return fits_as_it_is(search, crlf->str, crlf->len) &&
           take(search, "cause-last-line-end", NULL);
}

/* ---- something added at the end ---- */

/* Lists part their footers from the mail with such a line. */
static gboolean
opens_footer(const char *line, gsize length)
{
    static const char *const starts[] = { "____", "-- ", "--\r", "--\n", "----", "====", "****" };

    for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
        if (line[0] == starts[i][0] && length >= strlen(starts[i]) && memcmp(line, starts[i], strlen(starts[i])) == 0)
            return TRUE;
    return FALSE;
}

/* Such a line at the end is not hashed (RFC 6376, 3.4.3 and 3.4.4). */
static gboolean
is_blank_line(Canon canon, const char *line, gsize length)
{
    if (length > 0 && line[length - 1] == '\n')
        length -= length > 1 && line[length - 2] == '\r' ? 2 : 1;
    while (canon == CANON_RELAXED && length > 0 && canon_is_wsp(line[length - 1]))
        length--;
    return length == 0;
}

static guint
count_lines(const char *body, gsize length)
{
    guint lines = 0;

    for (const char *at = body, *end = body + length; at < end; lines++) {
        const char *lf = memchr(at, '\n', (gsize)(end - at));
        at = lf ? lf + 1 : end;
    }
    return lines;
}

/* Line counts at which the body may have ended, ascending; a cut stands behind a line with text, since empty lines at the end are
 * not hashed. */
static GArray *
list_cuts(Canon canon, const char *body, gsize length, guint lines)
{
    GArray *cuts = g_array_new(FALSE, FALSE, sizeof(guint));
    const char *end = body + length;
    guint number = 0, with_text = 0, footers = 0;

    for (const char *at = body; at < end; number++) {
        const char *lf = memchr(at, '\n', (gsize)(end - at));
        const gsize line = lf ? (gsize)(lf - at) + 1 : (gsize)(end - at);
        const gboolean listed = cuts->len && g_array_index(cuts, guint, cuts->len - 1) == with_text;
        const gboolean footer = footers < CUTS_AT_FOOTERS && opens_footer(at, line);
        if (with_text > 0 && !listed && (number + CUTS_AT_END >= lines || footer))
            g_array_append_val(cuts, with_text);
        footers += footer ? 1 : 0;
        if (!is_blank_line(canon, at, line))
            with_text = number + 1;
        at += line;
    }
    return cuts;
}

/* Walks the canonical body, whose lines are those of the raw one, and looks at the hash at
 * every cut. */
typedef struct {
    Search     *search;
    EVP_MD_CTX *digest, *copy;
    GArray     *cuts;
    guint       next, lines;
    guint       found;      /* the cut that fits; 0: none */
} Prefix;

static void
hash_prefixes(const void *bytes, gsize length, gpointer data)
{
    Prefix *prefix = data;
    const char *at = bytes;
    const char *end = at + length;
    guint8 digest[EVP_MAX_MD_SIZE];

    while (at < end && !prefix->found && prefix->next < prefix->cuts->len) {
        const guint cut = g_array_index(prefix->cuts, guint, prefix->next);
        const char *stop = at;
        while (stop < end && prefix->lines < cut) {
            const char *lf = memchr(stop, '\n', (gsize)(end - stop));
            stop = lf ? lf + 1 : end;
            prefix->lines += lf != NULL;
        }
        EVP_DigestUpdate(prefix->digest, at, (gsize)(stop - at));
        at = stop;
        if (prefix->lines != cut)
            return;
        EVP_MD_CTX_copy_ex(prefix->copy, prefix->digest);
        EVP_DigestFinal_ex(prefix->copy, digest, NULL);
        if (is_signed_hash(prefix->search, digest))
            prefix->found = cut;
        prefix->next++;
    }
}

static gboolean
try_footer(Search *search, const char *body, gsize length)
{
    if (search->sig->body_length != RECORD_UNSET || !afford(search))
        return FALSE;
    const guint lines = count_lines(body, length);
    g_autoptr(GArray) cuts = list_cuts(search->sig->body_canon, body, length, lines);
    Prefix prefix = { .search = search, .digest = EVP_MD_CTX_new(), .copy = EVP_MD_CTX_new(),
                      .cuts = cuts };
    EVP_DigestInit_ex(prefix.digest, crypto_sha256(), NULL);
    canon_body(search->sig->body_canon, body, length, hash_prefixes, &prefix);
    EVP_MD_CTX_free(prefix.digest);
    EVP_MD_CTX_free(prefix.copy);
    const gboolean was_empty = !prefix.found && fits(search, search->sig->body_canon, "", 0);
    if (!prefix.found && !was_empty)
        return FALSE;
    g_autofree char *added = g_strdup_printf("%u", lines - prefix.found);
    return take(search, "cause-footer", added);
}

/* ---- all together ---- */

static gboolean
try_guess(const BodyGuess *guess, gpointer data)
{
    Search *search = data;

    return fits(search, search->sig->body_canon, guess->body->str, guess->body->len) &&
           take(search, guess->cause, guess->detail);
}

static gboolean
is_blank(const char *body, gsize length)
{
    gsize at = 0;

    while (at < length && g_ascii_isspace(body[at]))
        at++;
    return at == length;
}

Cause
body_cause_find(const Message *message, const DkimSig *sig, const BodyHashes *bodies, Effort *effort)
{
    Search search = { .message = message, .sig = sig, .bodies = bodies, .effort = effort };
    const Span span = message_body(message);
    const char *body = span_in(message_raw(message), span);
    const gsize length = span_length(span);

    if (sig->body_hash_length == DIGEST &&
        (try_other_canon(&search, body, length) || try_footer(&search, body, length) ||
         try_line_ends(&search, body, length) ||
         body_undo_each(message, afford, try_guess, &search)))
        return search.cause;
    if (is_blank(body, length))
        return (Cause){ "cause-body-empty", NULL };
    return (Cause){ search.stopped ? "cause-untried" : "cause-untold", NULL };
}

void
cause_clear(Cause *cause)
{
    g_clear_pointer(&cause->detail, g_free);
}

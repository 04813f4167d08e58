/* body-hash.c: hashing the canonical body in pieces, for all signatures at once.
 * SPDX-License-Identifier: MIT */
#include "auth/body-hash.h"

#include <openssl/evp.h>
#include <string.h>

#include "facts/record.h"

/* The hash of the first `limit` octets of the canonical body. */
typedef struct {
    Canon    canon;
    guint64  limit;         /* G_MAXUINT64: all */
    gboolean done;
    guint8   digest[BODY_DIGEST];
} Wanted;

struct BodyHashes {
    const Message *message;
    GArray        *wanted;      /* Wanted, shortest limit first */
    gsize          total[2];    /* length of the canonical body, by Canon, once it was walked */
};

static guint64
limit_of(const DkimSig *sig)
{
    return sig->body_length == RECORD_UNSET ? G_MAXUINT64 : (guint64)sig->body_length;
}

static Wanted *
find(const BodyHashes *hashes, const DkimSig *sig)
{
    for (guint i = 0; i < hashes->wanted->len; i++) {
        Wanted *wanted = &g_array_index(hashes->wanted, Wanted, i);
        if (wanted->canon == sig->body_canon && wanted->limit == limit_of(sig))
            return wanted;
    }
    return NULL;
}

static int
compare_limits(gconstpointer a, gconstpointer b)
{
    const guint64 left = ((const Wanted *)a)->limit, right = ((const Wanted *)b)->limit;

    return left < right ? -1 : left > right;
}

BodyHashes *
body_hashes_new(const Message *message)
{
    BodyHashes *hashes = g_new0(BodyHashes, 1);

    hashes->message = message;
    hashes->wanted = g_array_new(FALSE, FALSE, sizeof(Wanted));
    return hashes;
}

void
body_hashes_free(BodyHashes *hashes)
{
    if (!hashes)
        return;
    g_array_unref(hashes->wanted);
    g_free(hashes);
}

void
body_hashes_want(BodyHashes *hashes, const DkimSig *sig)
{
    const Wanted wanted = { .canon = sig->body_canon, .limit = limit_of(sig) };

    if (sig->problem || find(hashes, sig))
        return;
    g_array_append_val(hashes->wanted, wanted);
    g_array_sort(hashes->wanted, compare_limits);
}

/* ---- one pass ---- */

typedef struct {
    EVP_MD_CTX *digest;
    EVP_MD_CTX *copy;
    GArray     *wanted;
    guint       next;       /* index into `wanted` */
    Canon       canon;
    gboolean    both;       /* those of the other canonicalisation, too */
    guint64     position;
} Pass;

/* The next one that this pass answers. */
static Wanted *
next_wanted(Pass *pass)
{
    for (; pass->next < pass->wanted->len; pass->next++) {
        Wanted *wanted = &g_array_index(pass->wanted, Wanted, pass->next);
        if ((pass->both || wanted->canon == pass->canon) && !wanted->done)
            return wanted;
    }
    return NULL;
}

static void
finish(Pass *pass, Wanted *wanted)
{
    EVP_MD_CTX_copy_ex(pass->copy, pass->digest);
    EVP_DigestFinal_ex(pass->copy, wanted->digest, NULL);
    wanted->done = TRUE;
}

static void
hash_piece(const void *bytes, gsize length, gpointer data)
{
    Pass *pass = data;
    const guint8 *at = bytes;

    for (Wanted *wanted = next_wanted(pass);
         wanted && wanted->limit - pass->position <= length; wanted = next_wanted(pass)) {
        const gsize piece = (gsize)(wanted->limit - pass->position);
        EVP_DigestUpdate(pass->digest, at, piece);
        at += piece;
        length -= piece;
        pass->position += piece;
        finish(pass, wanted);
    }
    if (!next_wanted(pass))
        return;     /* nobody wants what lies behind the longest limit */
    EVP_DigestUpdate(pass->digest, at, length);
    pass->position += length;
}

static gboolean
is_open(const BodyHashes *hashes, Canon canon)
{
    for (guint i = 0; i < hashes->wanted->len; i++) {
        const Wanted *wanted = &g_array_index(hashes->wanted, Wanted, i);
        if (wanted->canon == canon && !wanted->done)
            return TRUE;
    }
    return FALSE;
}

/* What was computed of octets that are not simple's. */
static void
forget_simple(BodyHashes *hashes)
{
    for (guint i = 0; i < hashes->wanted->len; i++) {
        Wanted *wanted = &g_array_index(hashes->wanted, Wanted, i);
        wanted->done = wanted->done && wanted->canon != CANON_SIMPLE;
    }
}

/* Where both are wanted, one pass will do if relaxed finds nothing to change: most bodies have single blanks only. */
static void
walk(BodyHashes *hashes, Canon canon)
{
    const Span body = message_body(hashes->message);
    const gboolean both = is_open(hashes, CANON_SIMPLE) && is_open(hashes, CANON_RELAXED);
    Pass pass = { .digest = EVP_MD_CTX_new(), .copy = EVP_MD_CTX_new(), .wanted = hashes->wanted,
                  .canon = both ? CANON_RELAXED : canon, .both = both };
    gboolean alike;

    EVP_DigestInit_ex(pass.digest, EVP_sha256(), NULL);
    hashes->total[pass.canon] =
        canon_body_alike(pass.canon, span_in(message_raw(hashes->message), body),
                         span_length(body), hash_piece, &pass, &alike);
    for (Wanted *wanted = next_wanted(&pass); wanted; wanted = next_wanted(&pass))
        finish(&pass, wanted);      /* all of it, or more than there is */
    EVP_MD_CTX_free(pass.digest);
    EVP_MD_CTX_free(pass.copy);
    if (!both)
        return;
    hashes->total[CANON_SIMPLE] = hashes->total[CANON_RELAXED];
    if (!alike)
        forget_simple(hashes);
}

void
body_hashes_check(BodyHashes *hashes, const DkimSig *sig, BodyHash *out)
{
    *out = (BodyHash){ .outcome = "unavailable" };
    if (!message_has_body(hashes->message))
        return;
    body_hashes_want(hashes, sig);
    for (guint pass = 0; pass < 2 && !find(hashes, sig)->done; pass++)
        walk(hashes, sig->body_canon);
    const Wanted *wanted = find(hashes, sig);
    const gsize total = hashes->total[sig->body_canon];
    const gboolean limited = wanted->limit != G_MAXUINT64;
    out->computed = g_base64_encode(wanted->digest, BODY_DIGEST);
    if (limited && wanted->limit > total) {
        out->outcome = "l-exceeds-body";
        return;
    }
    out->tail = limited ? (gint64)(total - wanted->limit) : 0;
    out->outcome = sig->body_hash_length == BODY_DIGEST &&
                           memcmp(wanted->digest, sig->body_hash, BODY_DIGEST) == 0
                       ? "ok" : "mismatch";
}

void
body_hash_clear(BodyHash *hash)
{
    g_clear_pointer(&hash->computed, g_free);
}

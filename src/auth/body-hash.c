/* body-hash.c: hashing the canonical body in pieces, for all signatures at once.
 * SPDX-License-Identifier: MIT */
#include "auth/body-hash.h"

#include <string.h>

#include "facts/record.h"

struct BodyHashes {
    const Message *message;
    BodyPass       pass;
};

static guint64
limit_of(const DkimSig *sig)
{
    return sig->body_length == RECORD_UNSET ? G_MAXUINT64 : (guint64)sig->body_length;
}

static BodyWanted *
find(const BodyHashes *hashes, Canon canon, const DkimSig *sig)
{
    for (guint i = 0; i < hashes->pass.wanted->len; i++) {
        BodyWanted *wanted = &g_array_index(hashes->pass.wanted, BodyWanted, i);
        if (wanted->canon == canon && wanted->limit == limit_of(sig))
            return wanted;
    }
    return NULL;
}

static int
compare_limits(gconstpointer a, gconstpointer b)
{
    const guint64 left = ((const BodyWanted *)a)->limit, right = ((const BodyWanted *)b)->limit;

    return left < right ? -1 : left > right;
}

BodyHashes *
body_hashes_new(const Message *message)
{
    BodyHashes *hashes = g_new0(BodyHashes, 1);

    hashes->message = message;
    hashes->pass.wanted = g_array_new(FALSE, FALSE, sizeof(BodyWanted));
    return hashes;
}

void
body_hashes_free(BodyHashes *hashes)
{
    if (!hashes)
        return;
    g_array_unref(hashes->pass.wanted);
    g_free(hashes);
}

void
body_hashes_want(BodyHashes *hashes, const DkimSig *sig)
{
    const BodyWanted wanted = { .canon = sig->body_canon, .limit = limit_of(sig) };

    if (sig->problem || find(hashes, sig->body_canon, sig))
        return;
    g_array_append_val(hashes->pass.wanted, wanted);
    g_array_sort(hashes->pass.wanted, compare_limits);
}

const guint8 *
body_hashes_known(const BodyHashes *hashes, const DkimSig *sig, Canon canon)
{
    const BodyWanted *same = find(hashes, canon, sig);
    const BodyWanted *other = find(hashes, canon == CANON_SIMPLE ? CANON_RELAXED : CANON_SIMPLE, sig);

    if (same && same->done)
        return same->digest;
    return hashes->pass.alike && other && other->done ? other->digest : NULL;
}

static const guint8 *
compute(BodyHashes *hashes, const DkimSig *sig)
{
    const Span body = message_body(hashes->message);
    const guint8 *digest;

    hashes->pass.body = span_in(message_raw(hashes->message), body);
    hashes->pass.length = span_length(body);
    body_hashes_want(hashes, sig);
    while (!(digest = body_hashes_known(hashes, sig, sig->body_canon)))
        body_pass(&hashes->pass, sig->body_canon);
    return digest;
}

void
body_hashes_check(BodyHashes *hashes, const DkimSig *sig, BodyHash *out)
{
    *out = (BodyHash){ .outcome = "unavailable" };
    if (!message_has_body(hashes->message) || sig->problem)
        return;
    const guint8 *digest = compute(hashes, sig);
    const guint64 total = hashes->pass.total[sig->body_canon], limit = limit_of(sig);
    const gboolean limited = limit != G_MAXUINT64;
    out->computed = g_base64_encode(digest, BODY_DIGEST);
    if (limited && limit > total) {
        out->outcome = "l-exceeds-body";
        return;
    }
    out->tail = limited ? (gint64)(total - limit) : 0;
    out->outcome = sig->body_hash_length == BODY_DIGEST &&
                           memcmp(digest, sig->body_hash, BODY_DIGEST) == 0
                       ? "ok" : "mismatch";
}

void
body_hash_clear(BodyHash *hash)
{
    g_clear_pointer(&hash->computed, g_free);
}

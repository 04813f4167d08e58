/* body-hash.c: hashing the canonical body in pieces.
 * SPDX-License-Identifier: MIT */
#include "auth/body-hash.h"

#include <openssl/evp.h>
#include <string.h>

#include "facts/record.h"

typedef struct {
    EVP_MD_CTX *digest;
    gint64      left;       /* octets that l= still allows; -1: all */
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

/* Returns the length of the whole canonical body. */
static gsize
hash_body(const Message *message, const DkimSig *sig, guint8 *digest, unsigned int *length)
{
    const Span body = message_body(message);
    Hashing hash = { EVP_MD_CTX_new(), sig->body_length == RECORD_UNSET ? -1 : sig->body_length };

    EVP_DigestInit_ex(hash.digest, EVP_sha256(), NULL);
    const gsize total = canon_body(sig->body_canon, span_in(message_raw(message), body),
                                   span_length(body), hash_piece, &hash);
    EVP_DigestFinal_ex(hash.digest, digest, length);
    EVP_MD_CTX_free(hash.digest);
    return total;
}

void
body_hash_check(const Message *message, const DkimSig *sig, BodyHash *out)
{
    guint8 digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;

    *out = (BodyHash){ .outcome = "unavailable" };
    if (!message_has_body(message))
        return;
    const gsize total = hash_body(message, sig, digest, &length);
    const gboolean limited = sig->body_length != RECORD_UNSET;
    out->computed = g_base64_encode(digest, length);
    if (limited && (guint64)sig->body_length > total) {
        out->outcome = "l-exceeds-body";
        return;
    }
    out->tail = limited ? (gint64)total - sig->body_length : 0;
    out->outcome = sig->body_hash_length == length && memcmp(digest, sig->body_hash, length) == 0
                       ? "ok" : "mismatch";
}

void
body_hash_clear(BodyHash *hash)
{
    g_clear_pointer(&hash->computed, g_free);
}

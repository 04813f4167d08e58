/* test-dkim-parts.c: finding fields by name, hashing a body once for all signatures, opening a signature.
 * SPDX-License-Identifier: MIT */
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

#include "auth/body-hash.h"
#include "auth/field-index.h"
#include "auth/key.h"
#include "facts/record.h"

static Message *
message_of(const char *text, gsize length)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, length);
    g_autoptr(GError) error = NULL;
    Message *message = message_from_bytes(bytes, "test", &error);

    g_assert_no_error(error);
    return message;
}

static void
test_fields_from_the_bottom(void)
{
    static const char text[] = "X: 1\r\nFrom: a\r\nx: 2\r\nX\0y: 3\r\nX : 4\r\n\r\n";
    g_autoptr(Message) message = message_of(text, sizeof text - 1);
    g_autoptr(FieldIndex) index = field_index_new(message);
    const int last = field_index_last(index, "x");

    g_assert_cmpuint(message_field(message, (guint)last)->line, ==, 5);
    const int above = field_index_above(index, last);
    g_assert_cmpuint(message_field(message, (guint)above)->line, ==, 3);
    g_assert_cmpuint(message_field(message, (guint)field_index_above(index, above))->line, ==, 1);
    g_assert_cmpint(field_index_above(index, field_index_above(index, above)), ==, -1);
    g_assert_cmpint(field_index_last(index, "to"), ==, -1);
}

/* A signature that asks for the first `limit` octets; RECORD_UNSET: all. */
static DkimSig
sig_of(Canon canon, gint64 limit)
{
    return (DkimSig){ .body_canon = canon, .body_length = limit };
}

static void
assert_hash(BodyHashes *hashes, Canon canon, gint64 limit, const char *expected, gint64 tail)
{
    const DkimSig sig = sig_of(canon, limit);
    guint8 digest[EVP_MAX_MD_SIZE];
    BodyHash hash;

    EVP_Digest(expected, strlen(expected), digest, NULL, EVP_sha256(), NULL);
    g_autofree char *want = g_base64_encode(digest, BODY_DIGEST);
    body_hashes_check(hashes, &sig, &hash);
    g_assert_cmpstr(hash.computed, ==, want);
    g_assert_cmpint(hash.tail, ==, tail);
    body_hash_clear(&hash);
}

static void
test_all_hashes_of_one_body(void)
{
    static const char text[] = "From: a\r\n\r\none  two\r\nthree\r\n\r\n";
    g_autoptr(Message) message = message_of(text, sizeof text - 1);
    g_autoptr(BodyHashes) hashes = body_hashes_new(message);
    static const gint64 limits[] = { 9, 0, RECORD_UNSET, 4, 16, 4 };

    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
        const DkimSig sig = sig_of(CANON_RELAXED, limits[i]);
        body_hashes_want(hashes, &sig);
    }
    assert_hash(hashes, CANON_RELAXED, 4, "one ", 12);
    assert_hash(hashes, CANON_RELAXED, RECORD_UNSET, "one two\r\nthree\r\n", 0);
    assert_hash(hashes, CANON_RELAXED, 0, "", 16);
    assert_hash(hashes, CANON_RELAXED, 16, "one two\r\nthree\r\n", 0);
    assert_hash(hashes, CANON_RELAXED, 9, "one two\r\n", 7);
    /* Not announced, and the other canonicalisation. */
    assert_hash(hashes, CANON_RELAXED, 3, "one", 13);
    assert_hash(hashes, CANON_SIMPLE, 9, "one  two\r", 8);
    assert_hash(hashes, CANON_SIMPLE, RECORD_UNSET, "one  two\r\nthree\r\n", 0);
    const DkimSig more = sig_of(CANON_RELAXED, 17);
    BodyHash hash;
    body_hashes_check(hashes, &more, &hash);
    g_assert_cmpstr(hash.outcome, ==, "l-exceeds-body");
    body_hash_clear(&hash);
}

static void
test_recovery(void)
{
    EVP_PKEY *pair = EVP_RSA_gen(1024);
    unsigned char *encoded = NULL;
    guint8 signature[128], digest[KEY_DIGEST], want[EVP_MAX_MD_SIZE];
    gsize length = sizeof signature;
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    const int size = i2d_PUBKEY(pair, &encoded);
    g_autofree char *public = g_base64_encode(encoded, (gsize)size);
    g_autofree char *record = g_strconcat("p=", public, NULL);
    g_autoptr(Key) key = key_parse(record, strlen(record));
    g_assert_cmpint(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, pair), ==, 1);
    g_assert_cmpint(EVP_DigestSign(context, signature, &length, (const guint8 *)"text", 4), ==, 1);
    EVP_Digest("text", 4, want, NULL, EVP_sha256(), NULL);
    g_assert_cmpint(key_recover(key, signature, length, digest), ==, KEY_RECOVERED);
    g_assert_true(memcmp(digest, want, KEY_DIGEST) == 0);
    g_assert_true(key_verify(key, signature, length, "text", 4));
    g_assert_false(key_verify(key, signature, length, "next", 4));
    signature[5] ^= 1;
    g_assert_cmpint(key_recover(key, signature, length, digest), ==, KEY_NOT_OURS);
    g_assert_cmpint(key_recover(key, signature, 0, digest), ==, KEY_NOT_OURS);
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pair);
    OPENSSL_free(encoded);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dkim/fields-from-the-bottom", test_fields_from_the_bottom);
    g_test_add_func("/dkim/all-hashes-of-one-body", test_all_hashes_of_one_body);
    g_test_add_func("/dkim/recovery", test_recovery);
    return g_test_run();
}

/* test-key.c: signatures as key.c opens them, beside what libcrypto says when it is asked in its usual way.
 * SPDX-License-Identifier: MIT */
#include "auth/key.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

#include "auth/crypto.h"
#include "auth/key-rsa.h"

enum { BITS = 1024, OCTETS = BITS / 8 };

typedef struct {
    EVP_PKEY *pair;
    Key      *key;
    guint8    signature[OCTETS + 1];
    gsize     length;
} Signer;

static void
begin(Signer *signer)
{
    unsigned char *encoded = NULL;

    signer->pair = EVP_RSA_gen(BITS);
    const int size = i2d_PUBKEY(signer->pair, &encoded);
    g_autofree char *public = g_base64_encode(encoded, (gsize)size);
    g_autofree char *record = g_strconcat("p=", public, NULL);
    signer->key = key_parse(record, strlen(record));
    OPENSSL_free(encoded);
}

static void
end(Signer *signer)
{
    key_free(signer->key);
    EVP_PKEY_free(signer->pair);
}

static void
sign(Signer *signer, const EVP_MD *hash, const char *text)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    signer->length = OCTETS;
    g_assert_cmpint(EVP_DigestSignInit(context, NULL, hash, NULL, signer->pair), ==, 1);
    g_assert_cmpint(EVP_DigestSign(context, signer->signature, &signer->length, (const guint8 *)text, strlen(text)), ==, 1);
    EVP_MD_CTX_free(context);
}

/* Any octets, padded and nothing else. */
static void
sign_bare(Signer *signer, const guint8 *bytes, gsize length)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(signer->pair, NULL);

    signer->length = OCTETS;
    g_assert_cmpint(EVP_PKEY_sign_init(context), ==, 1);
    g_assert_cmpint(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING), ==, 1);
    g_assert_cmpint(EVP_PKEY_sign(context, signer->signature, &signer->length, bytes, length), ==, 1);
    EVP_PKEY_CTX_free(context);
}

/* Where libcrypto looks for the hash and wraps it. */
static gboolean
usual_way(const Signer *signer, const guint8 *signature, gsize length, const char *text)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const gboolean good = EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, signer->pair) == 1 &&
                          EVP_DigestVerify(context, signature, length, (const guint8 *)text, strlen(text)) == 1;

    EVP_MD_CTX_free(context);
    return good;
}

static void
same(const Signer *signer, const guint8 *signature, gsize length, const char *text, gboolean good)
{
    guint8 digest[KEY_DIGEST];

    g_assert_cmpint(key_verify(signer->key, signature, length, text, strlen(text)), ==, good);
    g_assert_cmpint(usual_way(signer, signature, length, text), ==, good);
    g_assert_cmpint(key_recover(signer->key, signature, length, digest), ==, good ? KEY_RECOVERED : KEY_NOT_OURS);
}

/* What is not wrapped as RFC 8017 (9.2) has it is no signature. */
static void
test_wrapping(void)
{
    static const guint8 right[] = { 0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                    0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };
    static const guint8 no_null[] = { 0x30, 0x2F, 0x30, 0x0B, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                      0x65, 0x03, 0x04, 0x02, 0x01, 0x04, 0x20 };
    guint8 bytes[80] = { 0 }, digest[KEY_DIGEST];
    Signer signer = { NULL };

    begin(&signer);
    memcpy(bytes, right, sizeof right);
    EVP_Digest("text", 4, bytes + sizeof right, NULL, EVP_sha256(), NULL);
    const gsize whole = sizeof right + KEY_DIGEST;
    sign_bare(&signer, bytes, whole);
    same(&signer, signer.signature, signer.length, "text", TRUE);
    for (gsize i = 0; i < whole; i++) {
        bytes[i] ^= 1;
        sign_bare(&signer, bytes, whole);
        g_assert_false(key_verify(signer.key, signer.signature, signer.length, "text", 4));
        g_assert_false(usual_way(&signer, signer.signature, signer.length, "text"));
        g_assert_cmpint(key_recover(signer.key, signer.signature, signer.length, digest), ==,
                        i < sizeof right ? KEY_NOT_OURS : KEY_RECOVERED);
        bytes[i] ^= 1;
    }
    for (gsize length = 1; length < sizeof bytes; length++) {
        sign_bare(&signer, bytes, length);
        same(&signer, signer.signature, signer.length, "text", length == whole);
    }
    sign_bare(&signer, bytes + sizeof right, KEY_DIGEST);
    same(&signer, signer.signature, signer.length, "text", FALSE);
    memmove(bytes + sizeof no_null, bytes + sizeof right, KEY_DIGEST);
    memcpy(bytes, no_null, sizeof no_null);
    sign_bare(&signer, bytes, sizeof no_null + KEY_DIGEST);
    same(&signer, signer.signature, signer.length, "text", FALSE);
    sign(&signer, EVP_sha1(), "text");
    same(&signer, signer.signature, signer.length, "text", FALSE);
    end(&signer);
}

/* What is known of a signature that did not fit is what opening it anew tells, and is told of no other. */
static void
test_misfit(void)
{
    Signer signer = { NULL }, other = { NULL };
    guint8 damaged[OCTETS], anew[KEY_DIGEST], known[KEY_DIGEST];

    begin(&signer);
    begin(&other);
    sign(&other, EVP_sha256(), "other");
    sign(&signer, EVP_sha256(), "text");
    memcpy(damaged, signer.signature, OCTETS);
    damaged[OCTETS - 1] ^= 1;
    const guint8 *const all[] = { signer.signature, damaged, other.signature };
    for (gsize i = 0; i < G_N_ELEMENTS(all) * G_N_ELEMENTS(all); i++) {
        const guint8 *first = all[i / G_N_ELEMENTS(all)], *asked = all[i % G_N_ELEMENTS(all)];
        const KeyRecovery wanted = asked == signer.signature ? KEY_RECOVERED : KEY_NOT_OURS;
        g_assert_cmpint(key_recover(signer.key, asked, OCTETS, anew), ==, wanted);
        g_assert_false(key_verify(signer.key, first, OCTETS, "changed", 7));
        g_assert_cmpint(key_recover(signer.key, asked, OCTETS, known), ==, wanted);
        g_assert_true(wanted == KEY_NOT_OURS || memcmp(anew, known, KEY_DIGEST) == 0);
        g_assert_true(key_verify(signer.key, signer.signature, OCTETS, "text", 4));
        g_assert_cmpint(key_recover(signer.key, first, OCTETS - 1, known), ==, KEY_NOT_OURS);
    }
    end(&other);
    end(&signer);
}

/* A signature is as long as its modulus (RFC 8017, 8.2.2), also where it begins with zeros. */
static void
test_length(void)
{
    guint8 longer[OCTETS + 1] = { 0 };
    char text[20];
    guint number = 0;
    Signer signer = { NULL };

    begin(&signer);
    do                              /* one of some 200 begins so */
        sign(&signer, EVP_sha256(), g_snprintf(text, sizeof text, "text %u", ++number) > 0 ? text : "");
    while (signer.signature[0] != 0);
    same(&signer, signer.signature, signer.length, text, TRUE);
    same(&signer, signer.signature + 1, signer.length - 1, text, FALSE);
    memcpy(longer + 1, signer.signature, OCTETS);
    same(&signer, longer, sizeof longer, text, FALSE);
    same(&signer, signer.signature, 0, text, FALSE);
    end(&signer);
}

/* RSAPublicKey of a modulus of 1024 bits, whose first and last octet these are, and this exponent. */
static gsize
write_der(guint8 *out, guint8 first, guint8 last, const guint8 *exponent, gsize length)
{
    const gsize modulus = OCTETS + 1;       /* with a zero before it: it is positive */
    guint8 *at = out;

    *at++ = 0x30, *at++ = 0x81, *at++ = (guint8)(3 + modulus + 2 + length);
    *at++ = 0x02, *at++ = 0x81, *at++ = (guint8)modulus;
    for (gsize i = 0; i < modulus; i++)
        *at++ = (guint8)(i * 37);
    at[-OCTETS] = first;
    at[-1] = last;
    *at++ = 0x02, *at++ = (guint8)length;
    memcpy(at, exponent, length);
    return (gsize)(at + length - out);
}

/* Numbers taken from DER here are those that libcrypto reads there; even ones, and an exponent of 1, are no key's. */
static void
test_numbers(void)
{
    static const struct { guint8 first, last; gsize length; guint8 exponent[6]; gboolean sound; } cases[] = {
        { 0x80, 0x01, 3, { 0x01, 0x00, 0x01 }, TRUE },
        { 0xff, 0xff, 1, { 0x03 }, TRUE },
        { 0x00, 0x07, 4, { 0x00, 0x01, 0x00, 0x01 }, TRUE },
        { 0x80, 0x01, 5, { 0x00, 0x80, 0x00, 0x00, 0x01 }, TRUE },
        { 0x80, 0x01, 2, { 0x01, 0x01 }, TRUE },
        { 0x80, 0x02, 1, { 0x03 }, FALSE },
        { 0x80, 0x01, 1, { 0x04 }, FALSE },
        { 0x80, 0x01, 1, { 0x01 }, FALSE },
        { 0x80, 0x01, 3, { 0x00, 0x00, 0x01 }, FALSE },
        { 0x80, 0x01, 1, { 0x00 }, FALSE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        guint8 der[OCTETS + 32];
        const guint8 *at = der;
        const gsize length = write_der(der, cases[i].first, cases[i].last, cases[i].exponent, cases[i].length);
        EVP_PKEY *key = key_rsa_decode(der, length), *usual = d2i_PublicKey(EVP_PKEY_RSA, NULL, &at, (long)length);
        g_assert_nonnull(usual);
        g_assert_cmpint(key != NULL, ==, cases[i].sound);
        g_assert_true(!key || EVP_PKEY_eq(key, usual) == 1);
        EVP_PKEY_free(key);
        EVP_PKEY_free(usual);
    }
}

/* Nothing else is looked for when one of them is. */
static void
test_few(void)
{
    EVP_MD *other = EVP_MD_fetch(crypto_library(), "SHA512", NULL);
    EVP_SIGNATURE *rsa = EVP_SIGNATURE_fetch(crypto_library(), "RSA", NULL);

    g_assert_nonnull(crypto_library());
    g_assert_null(other);
    g_assert_nonnull(rsa);
    g_assert_cmpstr(OSSL_PROVIDER_get0_name(EVP_SIGNATURE_get0_provider(rsa)), ==, "fromscope");
    g_assert_cmpstr(OSSL_PROVIDER_get0_name(EVP_MD_get0_provider(crypto_sha256())), ==, "fromscope");
    EVP_SIGNATURE_free(rsa);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/key/wrapping", test_wrapping);
    g_test_add_func("/key/length", test_length);
    g_test_add_func("/key/misfit", test_misfit);
    g_test_add_func("/key/numbers", test_numbers);
    g_test_add_func("/key/few", test_few);
    return g_test_run();
}

/* keys.c: RSA keys of 2048 bits, the same in every run.
 * SPDX-License-Identifier: MIT
 *
 * Finding primes is what takes time, so a few of them are paired in all ways: 40 make 780 keys.
 * That is safe for nobody, and all that a test needs. */
#include "keys.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

enum { PRIME_BYTES = 128, EXPONENT = 65537 };

struct Keys {
    GPtrArray *primes; /* of BIGNUM, in their order */
    GPtrArray *pairs;  /* of EVP_PKEY, NULL until one is asked for */
    BN_CTX *context;
};

/* The next prime after bytes that follow from its number, with both top bits set, so that a product
 * of two has 2048. */
static BIGNUM *
find_prime(guint number, BN_CTX *context)
{
    guchar bytes[PRIME_BYTES];

    for (guint block = 0; block < PRIME_BYTES / SHA256_DIGEST_LENGTH; block++) {
        g_autofree char *text = g_strdup_printf("bench prime %u.%u", number, block);
        SHA256((const guchar *)text, strlen(text), bytes + (gsize)block * SHA256_DIGEST_LENGTH);
    }
    bytes[0] |= 0xc0;
    bytes[PRIME_BYTES - 1] |= 1;
    BIGNUM *prime = BN_bin2bn(bytes, PRIME_BYTES, NULL);
    while (BN_mod_word(prime, EXPONENT) == 1 || BN_check_prime(prime, context, NULL) != 1)
        BN_add_word(prime, 2);
    return prime;
}

static BIGNUM *
prime_at(Keys *keys, guint number)
{
    while (keys->primes->len <= number)
        g_ptr_array_add(keys->primes, find_prime(keys->primes->len, keys->context));
    return keys->primes->pdata[number];
}

/* d and what the Chinese remainder theorem wants (RFC 8017, 3.2): b[] is n, e, d, p, q, d mod p-1,
 * d mod q-1, 1/q. */
static void
compute(BIGNUM **b, BN_CTX *context)
{
    g_autoptr(GPtrArray) less = g_ptr_array_new_with_free_func((GDestroyNotify)BN_free);
    BIGNUM *phi = BN_new();

    for (guint i = 0; i < 2; i++) {
        g_ptr_array_add(less, BN_dup(b[3 + i]));
        BN_sub_word(less->pdata[i], 1);
    }
    BN_mul(b[0], b[3], b[4], context);
    BN_mul(phi, less->pdata[0], less->pdata[1], context);
    BN_set_word(b[1], EXPONENT);
    BN_mod_inverse(b[2], b[1], phi, context);
    BN_mod(b[5], b[2], less->pdata[0], context);
    BN_mod(b[6], b[2], less->pdata[1], context);
    BN_mod_inverse(b[7], b[4], b[3], context);
    BN_free(phi);
}

static EVP_PKEY *
make_key(const BIGNUM *p, const BIGNUM *q, BN_CTX *context)
{
    static const char *const names[] = {
        OSSL_PKEY_PARAM_RSA_N,         OSSL_PKEY_PARAM_RSA_E,
        OSSL_PKEY_PARAM_RSA_D,         OSSL_PKEY_PARAM_RSA_FACTOR1,
        OSSL_PKEY_PARAM_RSA_FACTOR2,   OSSL_PKEY_PARAM_RSA_EXPONENT1,
        OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
    };
    BIGNUM *b[G_N_ELEMENTS(names)];
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *reader = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    EVP_PKEY *key = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        b[i] = i == 3 ? BN_dup(p) : i == 4 ? BN_dup(q) : BN_new();
    compute(b, context);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        OSSL_PARAM_BLD_push_BN(build, names[i], b[i]);
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(build);
    if (EVP_PKEY_fromdata_init(reader) != 1 ||
        EVP_PKEY_fromdata(reader, &key, EVP_PKEY_KEYPAIR, params) != 1)
        g_error("a key was refused");
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(build);
    EVP_PKEY_CTX_free(reader);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        BN_free(b[i]);
    return key;
}

Keys *
keys_new(void)
{
    Keys *keys = g_new0(Keys, 1);

    keys->primes = g_ptr_array_new_with_free_func((GDestroyNotify)BN_free);
    keys->pairs = g_ptr_array_new_with_free_func((GDestroyNotify)EVP_PKEY_free);
    keys->context = BN_CTX_new();
    return keys;
}

void
keys_free(Keys *keys)
{
    g_ptr_array_unref(keys->primes);
    g_ptr_array_unref(keys->pairs);
    BN_CTX_free(keys->context);
    g_free(keys);
}

EVP_PKEY *
keys_get(Keys *keys, guint number)
{
    guint larger = 1, smaller = number;

    if (number >= keys->pairs->len)
        g_ptr_array_set_size(keys->pairs, (gint)number + 1);
    if (keys->pairs->pdata[number])
        return keys->pairs->pdata[number];
    /* 0 with 1; 0, 1 with 2; 0, 1, 2 with 3; … */
    for (; smaller >= larger; larger++)
        smaller -= larger;
    const BIGNUM *p = prime_at(keys, larger);
    return keys->pairs->pdata[number] = make_key(p, prime_at(keys, smaller), keys->context);
}

char *
keys_public(Keys *keys, guint number)
{
    guchar *der = NULL;
    const int length = i2d_PUBKEY(keys_get(keys, number), &der);

    if (length <= 0)
        g_error("a key could not be written");
    char *text = g_base64_encode(der, (gsize)length);
    OPENSSL_free(der);
    return text;
}

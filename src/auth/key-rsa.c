/* key-rsa.c: modulus and exponent out of DER.
 * SPDX-License-Identifier: MIT */
#include "auth/key-rsa.h"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/params.h>
#include <openssl/x509.h>
#include <string.h>

#include "auth/crypto.h"

/* The rest of a DER value that is still to be read. */
typedef struct {
    const guint8 *at;
    long          left;
} Der;

/* Takes the next element, which must be of this kind, out of `from`. */
static gboolean
take(Der *from, int wanted, Der *inside)
{
    const unsigned char *at = from->at;
    long length = 0;
    int tag = 0, class = 0;

    if (from->left <= 0)
        return FALSE;
    const int form = ASN1_get_object(&at, &length, &tag, &class, from->left);
    /* 0x80: broken; 1: an indefinite length, which DER does not have. */
    if ((form & 0x81) || tag != wanted || class != V_ASN1_UNIVERSAL)
        return FALSE;
    *inside = (Der){ at, length };
    from->left -= (at - from->at) + length;
    from->at = at + length;
    return TRUE;
}

static gboolean
is_rsa(Der algorithm)
{
    static const guint8 oid[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01 };
    Der id;

    return take(&algorithm, V_ASN1_OBJECT, &id) && id.left == sizeof oid &&
           memcmp(id.at, oid, sizeof oid) == 0;
}

/* RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }, both positive */
static gboolean
read_numbers(Der der, Der *modulus, Der *exponent)
{
    Der sequence;

    return take(&der, V_ASN1_SEQUENCE, &sequence) && der.left == 0 &&
           take(&sequence, V_ASN1_INTEGER, modulus) && take(&sequence, V_ASN1_INTEGER, exponent) &&
           sequence.left == 0 && modulus->left > 0 && exponent->left > 0 &&
           !(modulus->at[0] & 0x80) && !(exponent->at[0] & 0x80);
}

static gboolean
read_info(Der der, Der *modulus, Der *exponent)
{
    Der info, algorithm, bits;

    if (!take(&der, V_ASN1_SEQUENCE, &info) || der.left != 0 ||
        !take(&info, V_ASN1_SEQUENCE, &algorithm) || !is_rsa(algorithm) ||
        !take(&info, V_ASN1_BIT_STRING, &bits) || info.left != 0 || bits.left < 1 || bits.at[0] != 0)
        return FALSE;
    return read_numbers((Der){ bits.at + 1, bits.left - 1 }, modulus, exponent);
}

/* RFC 8017, 3.1: both are odd, and the exponent is 3 or more. With 1 everybody signs, without any private key. */
static gboolean
is_sound(const BIGNUM *n, const BIGNUM *e)
{
    return n && e && BN_is_odd(n) && BN_is_odd(e) && !BN_is_one(e);
}

/* The same of numbers as DER has them, the octet of most weight first. */
static gboolean
is_sound_der(Der n, Der e)
{
    gboolean one = e.at[e.left - 1] == 1;

    for (long i = 0; one && i + 1 < e.left; i++)
        one = e.at[i] == 0;
    return (n.at[n.left - 1] & 1) && (e.at[e.left - 1] & 1) && !one;
}

/* As the machine has numbers. */
static OSSL_PARAM
number_param(const char *name, Der number, guint8 *room)
{
    for (long i = 0; i < number.left; i++)
        room[G_BYTE_ORDER == G_LITTLE_ENDIAN ? number.left - 1 - i : i] = number.at[i];
    return OSSL_PARAM_construct_BN(name, room, (size_t)number.left);
}

static EVP_PKEY *
build(Der modulus, Der exponent)
{
    g_autofree guint8 *room = g_malloc((gsize)(modulus.left + exponent.left));
    OSSL_PARAM params[] = { number_param(OSSL_PKEY_PARAM_RSA_N, modulus, room),
                            number_param(OSSL_PKEY_PARAM_RSA_E, exponent, room + modulus.left),
                            OSSL_PARAM_construct_end() };
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(crypto_library(), "RSA", NULL);
    EVP_PKEY *key = NULL;

    if (!is_sound_der(modulus, exponent) || !context || EVP_PKEY_fromdata_init(context) <= 0 ||
        EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, params) <= 0)
        key = NULL;
    EVP_PKEY_CTX_free(context);
    return key;
}

/* What is odd, but what OpenSSL reads all the same (BER lengths, bytes behind the key), goes the long way. */
static EVP_PKEY *
decode_slowly(const guint8 *der, gsize length)
{
    const guint8 *at = der;
    BIGNUM *n = NULL, *e = NULL;
    EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)length);

    if (!key) {
        at = der;
        key = d2i_PublicKey(EVP_PKEY_RSA, NULL, &at, (long)length);
    }
    if (key && (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA || !EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n) ||
                !EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e) || !is_sound(n, e)))
        g_clear_pointer(&key, EVP_PKEY_free);
    BN_free(n);
    BN_free(e);
    return key;
}

EVP_PKEY *
key_rsa_decode(const guint8 *der, gsize length)
{
    const Der all = { der, (long)length };
    Der modulus, exponent;

    if (read_info(all, &modulus, &exponent) || read_numbers(all, &modulus, &exponent))
        return build(modulus, exponent);
    return decode_slowly(der, length);
}

/* key.c: DKIM key records, decoded by OpenSSL.
 * SPDX-License-Identifier: MIT */
#include "auth/key.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

#include "auth/crypto.h"
#include "auth/key-rsa.h"
#include "base/base64.h"
#include "headers/taglist.h"

/* Of a signature that did not fit: whoever explains that wants to know what was signed, and opening it takes as long again. */
typedef struct {
    guint8     *signature;      /* NULL: there was none */
    gsize       length;
    KeyRecovery recovery;
    guint8      digest[KEY_DIGEST];
} Misfit;

struct Key {
    guint       refs;
    const char *problem;
    char       *type;
    char       *hashes;     /* h=; NULL: all */
    char       *services;   /* s= */
    char       *flags;      /* t= */
    EVP_PKEY   *pkey;
    EVP_PKEY_CTX *rsa;      /* ready to open signatures; made with the first one */
    Misfit      misfit;     /* the last one */
    int         bits;
};

static void
decode_key(Key *key, const char *text)
{
    gsize length = 0;
    g_autofree guint8 *der = base64_decode(text, &length);

    key->problem = "key-syntax";
    if (!der)
        return;
    if (g_str_equal(key->type, "rsa"))
        key->pkey = key_rsa_decode(der, length);
    else if (g_str_equal(key->type, "ed25519") && length == 32)
        key->pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, der, length);
    else if (!g_str_equal(key->type, "ed25519"))
        key->problem = NULL;    /* a type that we do not know: the signature's a= will not match it */
    if (!key->pkey)
        return;
    key->bits = EVP_PKEY_get_bits(key->pkey);
    const gboolean weak = g_str_equal(key->type, "rsa") && key->bits < KEY_RSA_MIN_BITS;
    key->problem = weak ? "key-weak" : NULL;
}

/* v= may be left out; where it stands, it stands first and says DKIM1. */
static gboolean
version_fits(const TagList *tags)
{
    const char *version = taglist_get(tags, "v");

    return !version ||
           (g_str_equal(version, "DKIM1") && taglist_find(tags, "v") == &tags->tags[0]);
}

Key *
key_parse(const char *record, gsize length)
{
    g_autoptr(TagList) tags = taglist_parse(record, length);
    Key *key = g_new0(Key, 1);
    key->refs = 1;
    const char *type = taglist_get(tags, "k"), *written = taglist_get(tags, "p");
    g_autofree char *public = written ? taglist_compact(written) : NULL;

    key->type = g_ascii_strdown(type ? type : "rsa", -1);
    key->hashes = g_strdup(taglist_get(tags, "h"));
    key->services = g_strdup(taglist_get(tags, "s"));
    key->flags = g_strdup(taglist_get(tags, "t"));
    if (tags->problem || !public || !version_fits(tags))
        key->problem = "key-syntax";
    else if (*public == '\0')
        key->problem = "key-revoked";
    else
        decode_key(key, public);
    return key;
}

Key *
key_of_record(Memo *memo, GBytes *record)
{
    static const char kind[] = "key";
    gsize length = 0;
    const char *text = g_bytes_get_data(record, &length);
    Key *key = memo_find(memo, kind, record);

    if (!key) {
        key = key_parse(text, length);
        memo_keep(memo, kind, record, key, (GDestroyNotify)key_free);
    }
    key->refs++;
    return key;
}

void
key_free(Key *key)
{
    if (!key || --key->refs > 0)
        return;
    g_free(key->type);
    g_free(key->hashes);
    g_free(key->services);
    g_free(key->flags);
    g_free(key->misfit.signature);
    EVP_PKEY_CTX_free(key->rsa);
    EVP_PKEY_free(key->pkey);
    g_free(key);
}

const char *
key_problem(const Key *key)
{
    return key->problem;
}

int
key_bits(const Key *key)
{
    return key->bits;
}

const char *
key_type(const Key *key)
{
    return key->type;
}

gboolean
key_is_testing(const Key *key)
{
    return key->flags && taglist_has_word(key->flags, "y");
}

gboolean
key_is_strict(const Key *key)
{
    return key->flags && taglist_has_word(key->flags, "s");
}

gboolean
key_allows_hash(const Key *key, const char *hash)
{
    return !key->hashes || taglist_has_word(key->hashes, hash);
}

gboolean
key_allows_email(const Key *key)
{
    return !key->services || taglist_has_word(key->services, "*") || taglist_has_word(key->services, "email");
}

/* How a SHA-256 hash stands in a signature: behind these bytes (RFC 8017, 9.2, note 1). libcrypto would take
 * them off itself, but look up a hash that is known here already. */
static const guint8 wrapping[] = { 0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                   0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };

#define WRAPPED (sizeof wrapping + KEY_DIGEST)
#define OPENED_MAX 2048     /* octets: 16384 bits, what OpenSSL verifies at most */

static EVP_PKEY_CTX *
opener_of(EVP_PKEY *pkey)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(crypto_library(), pkey, NULL);

    if (context && EVP_PKEY_verify_recover_init(context) == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1)
        return context;
    EVP_PKEY_CTX_free(context);
    return NULL;
}

/* What the signer signed, out of its padding and its wrapping: that all of both stands there, and nothing else, is what makes it
 * a signature (RFC 8017, 8.2.2). Its length is looked at here. */
static KeyRecovery
open_rsa(Key *key, const guint8 *signature, gsize signature_length, guint8 digest[KEY_DIGEST])
{
    guint8 opened[OPENED_MAX];
    gsize length = sizeof opened;

    if (EVP_PKEY_get_size(key->pkey) > OPENED_MAX)
        return KEY_NO_RECOVERY;
    if (signature_length != (gsize)EVP_PKEY_get_size(key->pkey))
        return KEY_NOT_OURS;
    if (!key->rsa)
        key->rsa = opener_of(key->pkey);
    if (!key->rsa || EVP_PKEY_verify_recover(key->rsa, opened, &length, signature, signature_length) != 1 ||
        length != WRAPPED || memcmp(opened, wrapping, sizeof wrapping) != 0)
        return KEY_NOT_OURS;
    memcpy(digest, opened + sizeof wrapping, KEY_DIGEST);
    return KEY_RECOVERED;
}

static gboolean
verify_rsa(Key *key, const guint8 *signature, gsize signature_length, const guint8 digest[KEY_DIGEST])
{
    Misfit came = { .length = signature_length };

    came.recovery = open_rsa(key, signature, signature_length, came.digest);
    if (came.recovery == KEY_RECOVERED && memcmp(came.digest, digest, KEY_DIGEST) == 0)
        return TRUE;
    if (signature_length > OPENED_MAX)      /* as long as a stranger likes; that it is no signature is seen at once */
        return FALSE;
    g_free(key->misfit.signature);
    came.signature = g_memdup2(signature, signature_length);
    key->misfit = came;
    return FALSE;
}

static gboolean
verify_ed25519(const Key *key, const guint8 *signature, gsize signature_length,
               const guint8 digest[KEY_DIGEST])
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const gboolean good =
        EVP_DigestVerifyInit(context, NULL, NULL, NULL, key->pkey) == 1 &&
        EVP_DigestVerify(context, signature, signature_length, digest, KEY_DIGEST) == 1;

    EVP_MD_CTX_free(context);
    return good;
}

gboolean
key_verify_digest(Key *key, const guint8 *signature, gsize signature_length,
                  const guint8 digest[KEY_DIGEST])
{
    if (!key->pkey)
        return FALSE;
    if (!g_str_equal(key->type, "rsa"))
        return verify_ed25519(key, signature, signature_length, digest);
    return verify_rsa(key, signature, signature_length, digest);
}

gboolean
key_verify(Key *key, const guint8 *signature, gsize signature_length, const char *data,
           gsize length)
{
    guint8 digest[EVP_MAX_MD_SIZE];

    return EVP_Digest(data, length, digest, NULL, crypto_sha256(), NULL) &&
           key_verify_digest(key, signature, signature_length, digest);
}

KeyRecovery
key_recover(Key *key, const guint8 *signature, gsize signature_length, guint8 digest[KEY_DIGEST])
{
    const Misfit *misfit = &key->misfit;

    if (!key->pkey || !g_str_equal(key->type, "rsa"))
        return KEY_NO_RECOVERY;
    if (!misfit->signature || misfit->length != signature_length ||
        memcmp(misfit->signature, signature, signature_length) != 0)
        return open_rsa(key, signature, signature_length, digest);
    memcpy(digest, misfit->digest, KEY_DIGEST);
    return misfit->recovery;
}

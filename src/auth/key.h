/* key.h: DKIM key records (RFC 6376, 3.6.1; RFC 8301; RFC 8463) and the check of a
 * signature with them.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "base/memo.h"

#define KEY_DIGEST 32               /* SHA-256 */
#define KEY_RSA_MIN_BITS 1024       /* RFC 8301, 3.2: shorter ones are not valid */

typedef struct Key Key;

/* Reads one TXT record. Always gives a Key; key_problem() says what keeps it from being
 * used: "key-syntax", "key-revoked", "key-weak", or NULL. (transfer full) */
Key        *key_parse(const char *record, gsize length);
/* The same, but a key that was read from these bytes before is used again. (transfer full) */
Key        *key_of_record(Memo *memo, GBytes *record);
void        key_free(Key *key);                 /* gives up one reference */
const char *key_problem(const Key *key);
int         key_bits(const Key *key);           /* 0 where there is no key */
const char *key_type(const Key *key);           /* k=: "rsa", "ed25519", or as written */
gboolean    key_is_testing(const Key *key);     /* t=y */
gboolean    key_is_strict(const Key *key);      /* t=s */
gboolean    key_allows_hash(const Key *key, const char *hash);
gboolean    key_allows_email(const Key *key);   /* s= */

/* `data` is what was signed. RSA: PKCS #1 v1.5 over SHA-256; Ed25519: over the SHA-256 digest
 * (RFC 8463, 3). */
gboolean    key_verify(Key *key, const guint8 *signature, gsize signature_length,
                       const char *data, gsize length);
/* The same, where its SHA-256 is known already. */
gboolean    key_verify_digest(Key *key, const guint8 *signature, gsize signature_length,
                              const guint8 digest[KEY_DIGEST]);

typedef enum { KEY_RECOVERED, KEY_NOT_OURS, KEY_NO_RECOVERY } KeyRecovery;

/* The hash that the signer signed: an RSA signature opens with the public key. KEY_NOT_OURS: another key made it, or its bytes
 * were damaged; KEY_NO_RECOVERY: this kind of key does not tell. For explanations; verdicts rest on key_verify() alone. Of the
 * signature that last did not fit it is known already. */
KeyRecovery key_recover(Key *key, const guint8 *signature, gsize signature_length, guint8 digest[KEY_DIGEST]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Key, key_free)

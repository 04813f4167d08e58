/* key-rsa.h: RSA public keys as key records hold them, decoded without the detour over every decoder
 * that OpenSSL has: that costs more than checking a signature.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <openssl/evp.h>

/* SubjectPublicKeyInfo (RFC 5280, 4.1), or the bare RSAPublicKey that RFC 6376's text names (RFC 8017, A.1.1). NULL
 * where it is neither. (transfer full) */
EVP_PKEY *key_rsa_decode(const guint8 *der, gsize length);

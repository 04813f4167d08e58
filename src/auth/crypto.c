/* crypto.c: the beginning of libcrypto.
 * SPDX-License-Identifier: MIT */
#include "auth/crypto.h"

#include <glib.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "auth/crypto-few.h"

/* The lists of all ciphers and digests are for those who ask by name for old ones (OpenSSL 1.x): providers have lists
 * of their own. The texts of errors are shown to nobody. */
void
crypto_begin(void)
{
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ADD_ALL_CIPHERS |
                            OPENSSL_INIT_NO_ADD_ALL_DIGESTS | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS,
                        NULL);
}

OSSL_LIB_CTX *
crypto_library(void)
{
    static gsize ready;
    static OSSL_LIB_CTX *few;

    if (g_once_init_enter(&ready)) {
        few = crypto_few();
        g_once_init_leave(&ready, 1);
    }
    return few;
}

const EVP_MD *
crypto_sha256(void)
{
    static gsize fetched;

    if (g_once_init_enter(&fetched)) {
        const EVP_MD *found = EVP_MD_fetch(crypto_library(), "SHA256", NULL);
        g_once_init_leave(&fetched, (gsize)(found ? found : EVP_sha256()));
    }
    return (const EVP_MD *)fetched;
}

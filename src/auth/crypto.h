/* crypto.h: libcrypto made ready for this program alone.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <openssl/types.h>

/* Before anything else of it is used; counts once. Its own defaults then hold, not the machine's configuration file: what
 * a signature is worth must not depend on where it is looked at. And nothing is prepared that no check asks for, which
 * is half of what its first use costs. */
void crypto_begin(void);

/* Where SHA-256 and RSA are looked for (crypto-few.h); NULL, which is libcrypto's own, where that cannot be had. Of any
 * thread; it lives as long as the process. (transfer none) */
OSSL_LIB_CTX *crypto_library(void);

/* SHA-256, looked up once: EVP_sha256() has each hash look for it again among the providers, under a lock. Of any thread;
 * it lives as long as the process. (transfer none) */
const EVP_MD *crypto_sha256(void);

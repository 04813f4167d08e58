/* crypto-few.h: of libcrypto's algorithms the few that every signature needs.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <openssl/types.h>

/* Who asks libcrypto for one algorithm has it take note of all others of that kind, each with its names: some hundred, for
 * SHA-256 and RSA together more than half of what a first signature costs. In this library context there are no others.
 * They are those of libcrypto's own "default" provider, handed on. NULL where it has none of that name. (transfer full) */
OSSL_LIB_CTX *crypto_few(void);

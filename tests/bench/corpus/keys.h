/* keys.h: RSA keys of 2048 bits, the same in every run.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <openssl/evp.h>

/* Keys for tests and nothing else: whoever has this program has the private keys, too. */
typedef struct Keys Keys;

Keys *keys_new(void);
void keys_free(Keys *keys);
/* The key of this number, made when it is first asked for. (transfer none) */
EVP_PKEY *keys_get(Keys *keys, guint number);
/* Its public half as p= has it. (transfer full) */
char *keys_public(Keys *keys, guint number);

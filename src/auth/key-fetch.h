/* key-fetch.h: the public key that a signature names, for DKIM and ARC alike (RFC 6376, 6.1.2).
 * SPDX-License-Identifier: MIT */
#pragma once

#include "auth/key.h"
#include "auth/step.h"
#include "dns/resolver.h"

typedef struct {
    const char *selector, *domain;      /* normalised */
    const char *key_type;               /* that the algorithm needs */
    const char *identity_domain;        /* of i=, for a key with t=s; NULL: nothing to compare */
} KeyQuestion;

typedef struct {
    GPtrArray  *keys;       /* Key: all that may be used; where there are several, any may fit */
    const char *reason;     /* without a key: no-key, key-syntax …, key-dns, not-in-snapshot, offline */
    Result      result;     /* without a key: permerror, temperror or unknown */
    int         bits;       /* of the first key seen, usable or not; 0 for none */
} KeyFetch;

/* Asks once, and notes it as a step "dkim-key" under `parent`; other messages may hold the same step, and the same keys (earlier.h). */
void     key_fetch(const KeyQuestion *question, Resolver *resolver, Step *parent, KeyFetch *out);
void     key_fetch_clear(KeyFetch *fetch);
gboolean key_fetch_verify_digest(const KeyFetch *fetch, const guint8 *signature, gsize length,
                                 const guint8 digest[KEY_DIGEST]);
gboolean key_fetch_verify(const KeyFetch *fetch, const guint8 *signature, gsize length,
                          const GString *data);

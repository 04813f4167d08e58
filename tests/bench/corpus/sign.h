/* sign.h: DKIM signatures and ARC sets (RFC 6376, RFC 8617), made by code that shares nothing with
 * the program. SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <openssl/evp.h>

typedef struct {
    const char *domain, *selector;
    EVP_PKEY *key;
    gboolean simple_header, simple_body;
    const char *fields; /* of h=, with colons */
    gint64 time;        /* of t= */
} Signer;

/* A field whole, with its name and its last CRLF. `head` holds such fields, the topmost first, and
 * `body` has CRLF. (transfer full) */
char *sign_dkim(const Signer *signer, GPtrArray *head, const GString *body);
char *sign_arc_message(const Signer *signer, guint instance, GPtrArray *head, const GString *body);
/* `sets`: all ARC fields so far, the oldest set first, each as results, message signature, seal;
 * the last seal lacks. */
char *sign_arc_seal(const Signer *signer, guint instance, const char *cv, GPtrArray *sets);

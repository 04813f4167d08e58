/* crypto-few.c: a provider that hands on what another one has (provider(7ossl)).
 * SPDX-License-Identifier: MIT */
#include "auth/crypto-few.h"

#include <glib.h>
#include <openssl/core_dispatch.h>
#include <openssl/crypto.h>
#include <openssl/provider.h>
#include <string.h>

/* One of each kind, and the end of its list. Written once, before anybody is told of it. */
static struct {
    OSSL_PROVIDER *all;
    OSSL_ALGORITHM digest[2], key[2], signature[2];
} few;

/* Their names stand behind each other: "SHA2-256:SHA-256:SHA256:…". */
static gboolean
take(int operation, const char *name, OSSL_ALGORITHM *slot)
{
    int no_cache = 0;
    const OSSL_ALGORITHM *at = OSSL_PROVIDER_query_operation(few.all, operation, &no_cache);
    const gsize length = strlen(name);

    for (; at && at->algorithm_names; at++)
        if (strncmp(at->algorithm_names, name, length) == 0 && strchr(":", at->algorithm_names[length])) {
            *slot = *at;
            return TRUE;
        }
    return FALSE;
}

static const OSSL_ALGORITHM *
query(void *context, int operation, int *no_cache)
{
    (void)context;
    *no_cache = 0;
    switch (operation) {
    case OSSL_OP_DIGEST:
        return few.digest;
    case OSSL_OP_KEYMGMT:
        return few.key;
    case OSSL_OP_SIGNATURE:
        return few.signature;
    default:
        return NULL;
    }
}

/* What is handed on is called with the context of the one that made it. */
static int
begin(const OSSL_CORE_HANDLE *handle, const OSSL_DISPATCH *in, const OSSL_DISPATCH **out, void **context)
{
    static const OSSL_DISPATCH own[] = {
        { OSSL_FUNC_PROVIDER_QUERY_OPERATION, (void (*)(void))query },
        { 0, NULL },
    };

    (void)handle;
    (void)in;
    few.all = OSSL_PROVIDER_load(NULL, "default");
    if (!few.all || !take(OSSL_OP_DIGEST, "SHA2-256", few.digest) || !take(OSSL_OP_KEYMGMT, "RSA", few.key) ||
        !take(OSSL_OP_SIGNATURE, "RSA", few.signature))
        return 0;
    *out = own;
    *context = OSSL_PROVIDER_get0_provider_ctx(few.all);
    return 1;
}

OSSL_LIB_CTX *
crypto_few(void)
{
    static const char name[] = "fromscope";
    OSSL_LIB_CTX *library = OSSL_LIB_CTX_new();

    if (library && OSSL_PROVIDER_add_builtin(library, name, begin) && OSSL_PROVIDER_load(library, name))
        return library;
    OSSL_LIB_CTX_free(library);
    return NULL;
}

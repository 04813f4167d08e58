/* seal-hash.c: what the seals of an ARC chain were made over, hashed in one pass.
 * SPDX-License-Identifier: MIT */
#include "auth/seal-hash.h"

#include <openssl/evp.h>

#include "auth/canon.h"
#include "auth/crypto.h"
#include "auth/dkim-sig.h"

typedef struct {
    const Message *message;
    EVP_MD_CTX    *sets;        /* all that stands before the seal under way */
    EVP_MD_CTX    *own;         /* a copy of it, which the seal's own field ends */
    GString       *field;       /* canonical, used again and again */
} Pass;

static void
add_field(const Pass *pass, int index)
{
    const Field *field = message_field(pass->message, (guint)index);

    g_string_truncate(pass->field, 0);
    canon_field(CANON_RELAXED, span_in(message_written(pass->message), field->all),
                field->value.end - field->all.start, pass->field);
    EVP_DigestUpdate(pass->sets, pass->field->str, pass->field->len);
}

/* The seal's own field comes last, with b= emptied. */
static void
end_with_own(const Pass *pass, const ArcSet *set, guint8 digest[KEY_DIGEST])
{
    g_string_truncate(pass->field, 0);
    dkim_sig_append_own(pass->message, message_field(pass->message, (guint)set->seal),
                        set->seal_tags, CANON_RELAXED, pass->field);
    EVP_MD_CTX_copy_ex(pass->own, pass->sets);
    EVP_DigestUpdate(pass->own, pass->field->str, pass->field->len);
    EVP_DigestFinal_ex(pass->own, digest, NULL);
}

void
seal_hashes_make(const Message *message, const ArcChain *chain, SealHashes *hashes)
{
    const Pass pass = { message, EVP_MD_CTX_new(), EVP_MD_CTX_new(), g_string_new(NULL) };

    EVP_DigestInit_ex(pass.sets, crypto_sha256(), NULL);
    for (int i = 1; i <= chain->highest; i++) {
        const ArcSet *set = &chain->set[i];
        hashes->there[i] = taglist_find(set->seal_tags, "b") != NULL;
        add_field(&pass, set->aar);
        add_field(&pass, set->ams);
        if (hashes->there[i])
            end_with_own(&pass, set, hashes->digest[i]);
        if (i < chain->highest)
            add_field(&pass, set->seal);
    }
    EVP_MD_CTX_free(pass.sets);
    EVP_MD_CTX_free(pass.own);
    g_string_free(pass.field, TRUE);
}

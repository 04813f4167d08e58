/* body-pass.c: hashes a canonical body as it is made, in pieces that nobody keeps.
 * SPDX-License-Identifier: MIT */
#include "auth/body-pass.h"

#include <openssl/evp.h>

#include "auth/crypto.h"
#include "base/belt.h"

/* Other threads pay from here on; messages are rarely as large. */
#define BESIDE_MIN ((gsize)2 << 20)

typedef struct {
    BodyPass   *pass;
    EVP_MD_CTX *digest, *copy;
    guint       next;       /* index into `wanted` */
    Canon       canon;
    gboolean    both;       /* those of the other canonicalisation, too: as long as the octets are the same */
    gboolean    alike;
    guint64     position;
    Belt       *belt;       /* to the thread that hashes; or NULL: no such thread */
    GThread    *beside;     /* walks the other canonicalisation; or NULL */
} Walk;

/* The next one that this walk answers. Of those of the other canonicalisation nothing is read that changes: it may have a
 * thread of its own. */
static BodyWanted *
next_wanted(Walk *walk)
{
    GArray *all = walk->pass->wanted;

    for (; walk->next < all->len; walk->next++) {
        BodyWanted *wanted = &g_array_index(all, BodyWanted, walk->next);
        if ((walk->both || wanted->canon == walk->canon) && !wanted->done)
            return wanted;
    }
    return NULL;
}

static void
finish(Walk *walk, BodyWanted *wanted)
{
    EVP_MD_CTX_copy_ex(walk->copy, walk->digest);
    EVP_DigestFinal_ex(walk->copy, wanted->digest, NULL);
    wanted->done = TRUE;
}

static gpointer walk_simple(gpointer data);

/* Relaxed changed something: from here on the two differ, and simple begins anew. */
static void
part_ways(Walk *walk)
{
    if (walk->belt)
        belt_drain(walk->belt);     /* what it hashes so far is for both */
    walk->both = FALSE;
    if (walk->pass->length >= BESIDE_MIN)
        walk->beside = g_thread_try_new("body", walk_simple, walk->pass, NULL);
}

static void
hash_piece(const void *bytes, gsize length, gpointer data)
{
    Walk *walk = data;
    const guint8 *at = bytes;

    for (BodyWanted *wanted = next_wanted(walk);
         wanted && wanted->limit - walk->position <= length; wanted = next_wanted(walk)) {
        const gsize piece = (gsize)(wanted->limit - walk->position);
        EVP_DigestUpdate(walk->digest, at, piece);
        at += piece;
        length -= piece;
        walk->position += piece;
        finish(walk, wanted);
    }
    if (!next_wanted(walk))
        return;     /* nobody wants what lies behind the longest limit */
    EVP_DigestUpdate(walk->digest, at, length);
    walk->position += length;
}

static void
take_piece(const void *bytes, gsize length, gpointer data)
{
    Walk *walk = data;

    if (walk->both && !walk->alike)
        part_ways(walk);
    if (walk->belt)
        belt_lay(walk->belt, bytes, length);
    else
        hash_piece(bytes, length, walk);
}

static void
walk_body(Walk *walk)
{
    BodyPass *pass = walk->pass;

    walk->digest = EVP_MD_CTX_new();
    walk->copy = EVP_MD_CTX_new();
    EVP_DigestInit_ex(walk->digest, crypto_sha256(), NULL);
    if (pass->length >= BESIDE_MIN)
        walk->belt = belt_new("hash", hash_piece, walk);
    pass->total[walk->canon] =
        canon_body_alike(walk->canon, pass->body, pass->length, take_piece, walk, &walk->alike);
    g_clear_pointer(&walk->belt, belt_free);
    for (BodyWanted *wanted = next_wanted(walk); wanted; wanted = next_wanted(walk))
        finish(walk, wanted);      /* all of it, or more than there is */
    EVP_MD_CTX_free(walk->digest);
    EVP_MD_CTX_free(walk->copy);
}

static gpointer
walk_simple(gpointer data)
{
    Walk walk = { .pass = data, .canon = CANON_SIMPLE };

    walk_body(&walk);
    return NULL;
}

static gboolean
is_open(const BodyPass *pass, Canon canon)
{
    for (guint i = 0; i < pass->wanted->len; i++) {
        const BodyWanted *wanted = &g_array_index(pass->wanted, BodyWanted, i);
        if (wanted->canon == canon && !wanted->done)
            return TRUE;
    }
    return FALSE;
}

/* What was computed of octets that are not simple's. */
static void
forget_simple(BodyPass *pass)
{
    for (guint i = 0; i < pass->wanted->len; i++) {
        BodyWanted *wanted = &g_array_index(pass->wanted, BodyWanted, i);
        wanted->done = wanted->done && wanted->canon != CANON_SIMPLE;
    }
}

void
body_pass(BodyPass *pass, Canon canon)
{
    const gboolean both = is_open(pass, CANON_SIMPLE) && is_open(pass, CANON_RELAXED);
    Walk walk = { .pass = pass, .canon = both ? CANON_RELAXED : canon, .both = both };

    walk_body(&walk);
    if (walk.beside)
        g_thread_join(walk.beside);
    if (walk.canon == CANON_RELAXED)
        pass->alike = walk.alike;
    if (pass->alike)
        pass->total[CANON_SIMPLE] = pass->total[CANON_RELAXED];
    else if (both && !walk.beside)
        forget_simple(pass);
}

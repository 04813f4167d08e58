/* lookalike-list.c: which names of a list look like others.
 * SPDX-License-Identifier: MIT */
#include "headers/lookalike-list.h"

#include <string.h>

#include "base/hash.h"
#include "base/name.h"
#include "headers/lookalike-part.h"

/* More names are not compared with each other; nor are more that all read the same. */
#define NAMES_MAX 50000
#define ALIKE_MAX 32
/* Names of fewer letters read the same by chance: cl and d, rn and m. */
#define LOOK_SHORTEST 3
/* Addresses of a From: field that are looked at. */
#define ADDRESSES_MAX 8

/* ---- one name ---- */

/* `domain` as normalised, or NULL. */
static const char *
imitated_by(const Lookalikes *data, const char *domain)
{
    Likeness likeness;
    const Brand *brand = data && domain ? lookalike_brand(data, domain, &likeness) : NULL;

    return brand && likeness != LIKENESS_ADDED ? lookalike_brand_name(brand) : NULL;
}

/* Written by anybody: FALSE where it is no name of ASCII, as most are, in the form that names have here. */
static gboolean
plain_name(const char *text, gsize length, char name[static NAME_MAX_OCTETS + 1])
{
    if (length == 0 || length > NAME_MAX_OCTETS || text[0] == '.' || text[length - 1] == '.')
        return FALSE;
    for (gsize i = 0; i < length; i++) {
        if ((text[i] & 0x80) || (text[i] == '.' && text[i - 1] == '.'))
            return FALSE;
        name[i] = g_ascii_tolower(text[i]);
    }
    name[length] = '\0';
    return TRUE;
}

static const char *
imitated_at(const Lookalikes *data, const char *text, gsize length)
{
    char plain[NAME_MAX_OCTETS + 1];

    if (plain_name(text, length, plain))
        return imitated_by(data, plain);
    g_autofree char *written = g_strndup(text, length);
    g_autofree char *name = name_normalise(written);
    return imitated_by(data, name);
}

const char *
lookalike_imitated_in(const Lookalikes *data, const char *from)
{
    const char *at = data && from ? strchr(from, '@') : NULL;

    for (guint i = 0; at && i < ADDRESSES_MAX; i++) {
        const gsize length = strcspn(at + 1, "@ \t\r\n<>()[],;:\"\\");
        const char *imitated = length > 0 ? imitated_at(data, at + 1, length) : NULL;
        if (imitated)
            return imitated;
        at = strchr(at + 1 + length, '@');
    }
    return NULL;
}

/* ---- the names of a list ---- */

/* An organization's own name, with all that stands below it. */
typedef struct {
    char      *name;
    gint64     messages;
    gboolean   plain;       /* it is written as it reads */
    gboolean   imitates;    /* one that is often imitated */
    GPtrArray *alike;       /* Known: all that read so, this one among them; borrowed */
} Known;

struct LookalikeNames {
    const Lookalikes *data;
    GHashTable *known;      /* by name */
    GHashTable *looks;      /* what one reads like -> GPtrArray of Known */
};

static void
known_free(gpointer data)
{
    Known *known = data;

    g_free(known->name);
    g_free(known);
}

static void
alike_free(gpointer alike)
{
    g_ptr_array_unref(alike);
}

LookalikeNames *
lookalike_names_new(const Lookalikes *data)
{
    LookalikeNames *names = g_new0(LookalikeNames, 1);

    names->data = data;
    names->known = g_hash_table_new_full(hash_text, g_str_equal, NULL, known_free);
    names->looks = g_hash_table_new_full(hash_text, g_str_equal, g_free, alike_free);
    return names;
}

void
lookalike_names_free(LookalikeNames *names)
{
    if (!names)
        return;
    g_hash_table_destroy(names->known);
    g_hash_table_destroy(names->looks);
    g_free(names);
}

/* NULL: there are enough of them. */
static Known *
add_known(LookalikeNames *names, const Registered *registered)
{
    char looks[LOOK_MAX];

    if (g_hash_table_size(names->known) == NAMES_MAX || !lookalike_look(names->data, registered, looks) ||
        strlen(looks) < LOOK_SHORTEST)
        return NULL;
    GPtrArray *alike = g_hash_table_lookup(names->looks, looks);
    if (!alike) {
        alike = g_ptr_array_new();
        g_hash_table_insert(names->looks, g_strdup(looks), alike);
    }
    if (alike->len == ALIKE_MAX)
        return NULL;
    Known *known = g_new0(Known, 1);
    known->name = g_strdup(registered->whole);
    known->plain = strlen(looks) == registered->length && strncmp(looks, registered->label, registered->length) == 0;
    known->imitates = imitated_by(names->data, known->name) != NULL;
    known->alike = alike;
    g_ptr_array_add(alike, known);
    g_hash_table_insert(names->known, known->name, known);
    return known;
}

void
lookalike_names_add(LookalikeNames *names, const char *domain, gint64 messages)
{
    Registered registered;

    if (!lookalike_registered(domain, &registered))
        return;
    Known *known = g_hash_table_lookup(names->known, registered.whole);
    if (!known)
        known = add_known(names, &registered);
    if (known)
        known->messages += messages;
}

/* Who of two that read the same was there before the other, as far as numbers tell. */
static gboolean
is_model(const Known *model, const Known *known)
{
    if (model->imitates)
        return FALSE;
    return model->messages != known->messages ? model->messages > known->messages : model->plain && !known->plain;
}

const char *
lookalike_names_like(const LookalikeNames *names, const char *domain)
{
    const char *imitated = imitated_by(names->data, domain);
    const Known *best = NULL;
    Registered registered;

    if (imitated || !lookalike_registered(domain, &registered))
        return imitated;
    const Known *known = g_hash_table_lookup(names->known, registered.whole);
    for (guint i = 0; known && i < known->alike->len; i++) {
        const Known *model = known->alike->pdata[i];
        if (is_model(model, known) && (!best || is_model(model, best)) &&
            lookalike_compare(names->data, known->name, model->name) == LIKENESS_CONFUSABLE)
            best = model;
    }
    return best ? best->name : NULL;
}

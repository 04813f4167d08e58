/* lookalike-brand.c: whether a name is made to be taken for one that is often imitated.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/name.h"
#include "headers/lookalike-part.h"

/* Imitated names that are shorter are words of other names. */
#define BRAND_SHORTEST_TYPO 6
/* No name that is imitated has more labels. */
#define BRAND_LABELS_MAX 8

/* The owner's own, or its name under an ending that the file does not list; and one name may look like another in the file. */
static gboolean
is_own(const Lookalikes *data, const char *name, const Registered *registered)
{
    char label[NAME_MAX_LABEL + 1];

    for (const char *at = name; at; at = name_parent(at))
        if (lookalike_listed(data, at))
            return TRUE;
    if (registered->length >= sizeof label)
        return FALSE;
    memcpy(label, registered->label, registered->length);
    label[registered->length] = '\0';
    return lookalike_listed(data, label);
}

/* Whether some labels in front of `name`'s last ones are a listed name: most names need no look at each brand for that. */
static gboolean
may_lead(const Lookalikes *data, const char *name)
{
    char part[NAME_MAX_OCTETS + 1];

    for (const char *at = name; at; at = name_parent(at)) {
        const char *end = strchr(at, '.');
        for (guint labels = 2; end && labels <= BRAND_LABELS_MAX; labels++) {
            end = strchr(end + 1, '.');
            if (!end || (gsize)(end - at) >= sizeof part)
                break;
            memcpy(part, at, (gsize)(end - at));
            part[end - at] = '\0';
            if (lookalike_listed(data, part))
                return TRUE;
        }
    }
    return FALSE;
}

/* A name of theirs, and at least two labels of its own behind it. */
static gboolean
leads_with(const Brand *brand, const char *name)
{
    for (guint i = 0; brand->domains[i]; i++) {
        const gsize length = strlen(brand->domains[i]);
        const char *at = strstr(name, brand->domains[i]);
        if (at && (at == name || at[-1] == '.') && at[length] == '.' && strchr(at + length + 1, '.'))
            return TRUE;
    }
    return FALSE;
}

static Likeness
like_brand(const Brand *brand, const char *name, gboolean leads, const char *looks)
{
    if (leads && leads_with(brand, name))
        return LIKENESS_SUBDOMAIN;
    const Likeness likeness =
        lookalike_labels(looks, brand->label,
                         brand->ordinary ? G_MAXSIZE : BRAND_SHORTEST_TYPO);
    return likeness == LIKENESS_ADDED && brand->ordinary ? LIKENESS_NONE : likeness;
}

const Brand *
lookalike_brand(const Lookalikes *data, const char *name, Likeness *likeness)
{
    Registered registered;

    if (data->brands->len == 0 || !lookalike_registered(name, &registered))
        return NULL;
    char looks[LOOK_MAX];
    if (!lookalike_look(data, &registered, looks))
        return NULL;
    const gboolean leads = name_labels(name) >= 4 && may_lead(data, name);
    const gboolean words = strchr(looks, '-') != NULL;
    for (guint i = 0; i < data->brands->len; i++) {
        const Brand *brand = data->brands->pdata[i];
        /* Most: another first letter, and nothing that the name could be a part of (lookalike_labels()). */
        if (!leads && !words && *looks != *brand->label)
            continue;
        *likeness = like_brand(brand, name, leads, looks);
        if (*likeness != LIKENESS_NONE)
            return is_own(data, name, &registered) ? NULL : brand;
    }
    return NULL;
}

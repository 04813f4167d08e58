/* lookalike-part.h: what the files of lookalike share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "headers/lookalike.h"

/* A name that many imitate. */
typedef struct {
    char  *id;
    char **domains;         /* its own: whoever is within one of these is no imitator */
    char  *label;           /* what is imitated, as a skeleton */
    gsize  length;
    gboolean ordinary;      /* a word or name of everyday life: only what reads the same counts */
} Brand;

struct Lookalikes {
    char       *ascii[128];     /* what a character looks like; NULL: itself */
    GPtrArray  *others;         /* Other: the same of characters beyond ASCII, in their order */
    GPtrArray  *sequences;      /* Sequence: two letters that look like one */
    GPtrArray  *brands;         /* Brand */
    GPtrArray  *listed;         /* char *: their domains and names, sorted; borrowed */
    gboolean    baked;          /* all of it stands in the program */
};

typedef struct {
    gunichar code;
    char    *like;
} Other;

typedef struct {
    char from[3];
    char to[2];
} Sequence;

const Other *lookalike_other(const Lookalikes *data, gunichar code);
/* A brand's domain or name. */
gboolean     lookalike_listed(const Lookalikes *data, const char *name);

/* A name in pieces, without a copy: "shop" of www.shop.co.jp. */
typedef struct {
    const char *label;
    gsize       length;
    const char *whole;          /* with what is behind it */
} Registered;

/* Where an organization's own name probably is (host_registered()). FALSE for single labels. */
gboolean lookalike_registered(const char *name, Registered *registered);
/* `a` and `b` are skeletons of registered labels. */
Likeness lookalike_labels(const char *a, const char *b, gsize shortest);
/* The skeleton of a registered label as its reader sees it. FALSE: too long for anybody to take it for another. */
#define LOOK_MAX 256
gboolean lookalike_look(const Lookalikes *data, const Registered *registered, char looks[static LOOK_MAX]);

/* lookalike-brand.c: the first brand that `name` looks like, and is not its own; or NULL. */
const Brand *lookalike_brand(const Lookalikes *data, const char *name, Likeness *likeness);
static inline const char *
lookalike_brand_name(const Brand *brand)
{
    return brand->domains[0] ? brand->domains[0] : brand->id;
}

/* taglist.h: tag=value lists of DKIM, ARC and DMARC (RFC 6376, 3.2).
 * SPDX-License-Identifier: MIT */
#pragma once

#include "base/span.h"

typedef struct {
    char *name;         /* as written */
    char *value;        /* blanks at its ends removed, inner ones kept */
    Span  value_span;   /* offsets into the text that was read, from behind `=` to before `;` */
} Tag;

/* So many stand in the list itself: no signature that follows RFC 6376 has more. */
#define TAGLIST_FEW 16

typedef struct {
    Tag        *tags;           /* in order */
    gsize       count;
    const Tag  *repeated;       /* the first whose name stood before, or NULL */
    const char *problem;        /* NULL, or "tag-syntax", "tag-repeated": the list as a whole is not valid */
    /* Of taglist.c alone. */
    char       *text;           /* a copy of what was read: names and values stand there, one after the other */
    gsize       room;
    guint32     lone[26];       /* where the first tag of each name of one small letter stands, from 1; 0: nowhere */
    Tag         few[TAGLIST_FEW];
} TagList;

TagList    *taglist_parse(const char *text, gsize length);
void        taglist_free(TagList *list);
/* The first value of that name (case-sensitive), or NULL. (transfer none) */
const char *taglist_get(const TagList *list, const char *name);
const Tag  *taglist_find(const TagList *list, const char *name);
/* The value without any white space: base64, domain lists. (transfer full) */
char       *taglist_compact(const char *value);
/* Whether a value that lists words with colons between has this one. Blanks may stand around a word, and none inside;
 * letters count alike in both cases (RFC 6376, 3.2, 3.5 and 3.6.1). */
gboolean    taglist_has_word(const char *value, const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TagList, taglist_free)

/* mask-part.h: what the files of the mask share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/mask.h"

typedef enum { SECRET_LOCAL, SECRET_NAME, SECRET_SUBJECT } SecretKind;

typedef struct {
    char *text; /* ASCII letters in lower case */
    gsize length;
    char *mask;
    SecretKind kind;
} Secret;

struct Mask {
    GHashTable *locals;  /* char * → char *: "taro" → "u1" */
    GHashTable *names;   /* "taro yamada" → "Name 1" */
    GHashTable *domains; /* those that stay */
    GHashTable *starts;  /* the first two bytes → GPtrArray of Secret, the longest first */
    gboolean macros;     /* an SPF record makes DNS names of local parts (RFC 7208, 7) */
};

typedef struct {
    Mask       *mask;
    int         kind;
    const char *shown;
} MaskWord;

/* Words that say nothing about a person: those of the protocols, and grammar. */
gboolean mask_is_common(const char *word);
/* The words of a name or a subject that are worth hiding by themselves. */
void     mask_each_word(const char *text, void (*visit)(const char *word, gpointer data),
                        gconstpointer data);

/* The key in `starts` of a text of two bytes or more. */
gpointer mask_start(const char *text);
/* The same where a frame of SRS or BATV stays around it. (transfer full) */
char    *mask_framed(Mask *mask, const char *local);
/* A domain name; NULL where it stays. (transfer full) */
char    *mask_domain(Mask *mask, const char *name);
/* A display name as a whole. (transfer full) */
char    *mask_name(Mask *mask, const char *name);
/* Who logged in at a server, as it says in its report. */
void     mask_learn_login(Mask *mask, const char *login);
/* An SPF record, whose macros may carry local parts into DNS. */
void     mask_learn_macros(Mask *mask, const char *record);
/* The parts of the address that they carry there. */
void     mask_learn_pieces(Mask *mask, const char *address);

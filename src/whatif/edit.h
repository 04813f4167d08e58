/* edit.h: inputs that a person changes to see what would follow: a stack of KEY=VALUE.
 * SPDX-License-Identifier: MIT
 *
 * An edit is data: the analysis takes the stack among its options and applies it, so "what if" is
 * the same analysis called again. Whatever rests on an edit is `assumed`. */
#pragma once

#include "base/translate.h"
#include "facts/report.h"

/* Who could really make such a change (goal mode and advice go by it). */
typedef enum {
    EDIT_BY_SENDER = 1 << 0,    /* whoever writes and sends: From:, MAIL FROM, HELO, signing */
    EDIT_BY_DNS = 1 << 1,       /* whoever runs the DNS of a domain */
    EDIT_BY_SERVICE = 1 << 2,   /* the sending service: its envelope, its signature, its hosts */
    EDIT_BY_RECEIVER = 1 << 3,  /* the receiving host: which RFC, its trust */
    EDIT_BY_NOBODY = 1 << 4     /* only to learn: a result forced, a byte flipped on the way */
} EditActor;

typedef struct {
    const char *key;            /* "mail-from"; "dkim.N.d" stands for dkim.1.d, dkim.2.d … */
    const char *value;          /* "ADDRESS": what is expected, for help */
    const char *about;          /* N_(): one line of help */
    guint       actors;         /* EditActor */
    const char *named;          /* N_(): the same for people: {0} is the value, {1} the number in the key */
    const char *none;           /* N_(): where the value is empty, "<>" or "none"; NULL: as `named` */
    const char *const *words;   /* the values there are, NULL-terminated; NULL: many */
    gboolean    repeats;        /* all edits of this key count, not only the last one */
} EditKey;

/* What stands as evidence for an edited input, and as the source of an edited DNS answer. */
#define EDIT_EVIDENCE N_("what if")

/* In the order of help; ended by a row without key. */
extern const EditKey edit_keys[];

typedef struct Edits Edits;

Edits       *edits_new(void);                       /* (transfer full) */
Edits       *edits_copy(const Edits *edits);        /* (transfer full) */
void         edits_free(Edits *edits);
guint        edits_length(const Edits *edits);
/* In the order in which they were made. (transfer none) */
const WhatIf *edits_get(const Edits *edits, guint index);
/* Checks key and value by themselves (not against a message); of keys that do not repeat the last edit counts.
 * FALSE and `error`, which names the nearest key, where one is wrong. */
gboolean     edits_add(Edits *edits, const char *key, const char *value, GError **error);
/* "KEY=VALUE" */
gboolean     edits_add_text(Edits *edits, const char *text, GError **error);
void         edits_remove(Edits *edits, guint index);
/* The value that counts for `key`, or NULL. (transfer none) */
const char  *edits_value(const Edits *edits, const char *key);
/* Whether this one counts: no later edit takes its place. */
gboolean     edits_counts(const Edits *edits, guint index);
/* The row of edit_keys that `key` belongs to, or NULL. */
const EditKey *edit_key_find(const char *key);
/* The N of "dkim.N" and "dkim.N.d", from 1; 0 for all other keys. */
guint        edit_signature(const char *key);
/* A name for people: "MAIL FROM is bounce@example.jp". It holds what somebody typed: print it through
 * base/text.h. (transfer full) */
char        *edit_describe(const WhatIf *edit);
/* As it is typed: "mail-from=bounce@example.jp". (transfer full) */
char        *edit_text(const WhatIf *edit);
/* The list that `--what-if help` prints: keys, values, what they mean, who could. (transfer full) */
char        *edit_help(void);
/* "sender, service": who could make such a change. (transfer full) */
char        *edit_actors_text(guint actors);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Edits, edits_free)

/* what-if-part.h: the view of changed inputs, as its own files see it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"
#include "whatif/goal.h"

typedef enum {
    WHAT_IF_EDIT,       /* one that was made */
    WHAT_IF_INPUT,      /* what can be edited */
    WHAT_IF_WHO         /* somebody whom a goal is set for */
} WhatIfKind;

/* What the cursor can stand on. */
typedef struct {
    WhatIfKind kind;
    guint      actors;  /* of an input: who could change it */
    char      *label;
    char      *key;     /* of an input */
    char      *value;   /* what it is now; or NULL */
    char      *prompt;  /* what the prompt begins with */
    guint      edit;    /* its number in the stack */
    gboolean   edited;  /* an edit gives its value */
    Goal      *goal;
} WhatIfRow;

/* Edits, then inputs grouped by who could change them; of a goal without somebody, who there is.
 * (transfer full) */
GPtrArray *what_if_rows(const Document *document);

/* The two trees as one page: outcome without, outcome with the edits, title; what is the same is
 * folded. (transfer full) */
Page      *what_if_difference_page(const App *app, guint width);

/* The steps that changed, a sentence each: for those who read line by line. */
void       what_if_list_changes(const App *app, Page *page);

/* Shows the view with the cursor in its list. */
void       what_if_open(App *app);

/* Asks for the value of an input; `now` stands in the prompt. */
void       what_if_ask(App *app, const char *key, const char *now);

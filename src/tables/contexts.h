/* contexts.h: where a key works, as a heading.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/keys.h"

typedef struct {
    guint64     context;    /* a bit of Context, or IN_ALL: what works in all views */
    const char *title;
} ContextTitle;

/* Ended by a row without a title. */
extern const ContextTitle context_titles[];

/* Whether a binding stands under this heading. */
gboolean context_holds(const ContextTitle *context, const Binding *binding);
/* Whether any does. */
gboolean context_used(const ContextTitle *context);
/* Whether every binding stands under some heading; says on standard error which does not. */
gboolean contexts_complete(void);

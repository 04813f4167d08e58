/* context.h: places inside a value where a name begins no field: comments, quotes, lists of names.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "repair/marks.h"

typedef struct Context Context;

/* `text` and `marks` must outlive it. (transfer full) */
Context *context_new(const char *text, gsize length, const GArray *marks);
void     context_free(Context *context);

/* A field's value begins at `at`. */
void     context_enter(Context *context, gsize at, ValueKind kind);
/* TRUE where `place` (at or behind the last one asked about) lies inside something. A bracket that
 * never closes, or that closes only behind a field that must be one, is no bracket. */
gboolean context_inside(Context *context, gsize place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Context, context_free)

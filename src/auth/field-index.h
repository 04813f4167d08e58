/* field-index.h: where the header fields of each name stand, found without walking the header
 * again and again.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "message/message.h"

typedef struct FieldIndex FieldIndex;

FieldIndex *field_index_new(const Message *message);
void        field_index_free(FieldIndex *index);

/* The bottommost field of that name, in whatever case, or -1. */
int         field_index_last(const FieldIndex *index, const char *name);
/* The next field above `field` with the same name, or -1. */
int         field_index_above(const FieldIndex *index, int field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(FieldIndex, field_index_free)

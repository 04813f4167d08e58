/* record-slot.h: where a field of a record stands; for the files that go through records by table.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/record.h"

#define SLOT(record, field, ctype) ((ctype *)(void *)((char *)(record) + (field)->offset))
#define PEEK(record, field, ctype) \
    (*(ctype const *)(const void *)((const char *)(record) + (field)->offset))

/* NULL where records of this type have one holder. */
static inline RecordShared *
record_shared(const RecordType *type, gconstpointer record)
{
    return type->shared > 0 ? (RecordShared *)(void *)((char *)(gsize)record + type->shared) : NULL;
}

/* What a list or a single record of this field holds. */
static inline const RecordType *
item_type(const RecordField *field)
{
    return field->kind == RECORD_PAIRS ? &pair_type : field->type;
}

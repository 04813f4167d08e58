/* record-read.h: records out of their own JSON.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "base/json.h"
#include "facts/record.h"

/* Reads the value of a key that the table cannot: a RECORD_WORDED field, one that is not in the
 * table. It must read exactly one value. */
typedef void (*RecordReadKey)(JsonReader *in, const RecordType *type, const char *key,
                              gpointer record, gpointer data);

/* The object at hand as a record; what is not there stays as record_new() has it, and other keys
 * are `other`'s (NULL: they are skipped). Lists longer than `limit` are a fault. Whatever stands
 * there, a whole record comes back: the reader knows of a fault. (transfer full) */
gpointer record_read_json(JsonReader *in, const RecordType *type, guint limit, RecordReadKey other,
                          gpointer data);

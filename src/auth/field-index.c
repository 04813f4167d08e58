/* field-index.c: one walk over the header links the fields of each name from the bottom up.
 * SPDX-License-Identifier: MIT */
#include "auth/field-index.h"

#include <string.h>

#include "base/hash.h"
#include "base/lower.h"

/* Up to so many fields are looked at one by one: that is cheaper than a table of their names. */
#define FIELDS_FEW 64

struct FieldIndex {
    const Message *few;     /* the message itself, where it has few fields */
    GHashTable    *last;    /* else: name in lower case → index + 1 */
    int           *above;   /* by field */
};

FieldIndex *
field_index_new(const Message *message)
{
    FieldIndex *index = g_new0(FieldIndex, 1);
    const guint count = message_n_fields(message);

    if (count <= FIELDS_FEW) {
        index->few = message;
        return index;
    }
    index->last = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    index->above = g_new(int, count + 1);
    for (guint i = 0; i < count; i++) {
        const Field *field = message_field(message, i);
        const char *name = span_in(message_raw(message), field->name);     /* printable ASCII */
        char *lower = g_ascii_strdown(name, (gssize)span_length(field->name));
        index->above[i] = GPOINTER_TO_INT(g_hash_table_lookup(index->last, lower)) - 1;
        g_hash_table_insert(index->last, lower, GINT_TO_POINTER((int)i + 1));
    }
    return index;
}

void
field_index_free(FieldIndex *index)
{
    if (!index)
        return;
    g_clear_pointer(&index->last, g_hash_table_unref);
    g_free(index->above);
    g_free(index);
}

int
field_index_last(const FieldIndex *index, const char *name)
{
    if (index->few)
        return message_find_above(index->few, name, strlen(name), message_n_fields(index->few));
    g_autofree char *lower = lower_text(name);
    return GPOINTER_TO_INT(g_hash_table_lookup(index->last, lower)) - 1;
}

int
field_index_above(const FieldIndex *index, int field)
{
    if (index->few) {
        const Span name = message_field(index->few, (guint)field)->name;
        return message_find_above(index->few, span_in(message_raw(index->few), name), span_length(name), (guint)field);
    }
    return index->above[field];
}

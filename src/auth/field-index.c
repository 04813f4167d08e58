/* field-index.c: one walk over the header links the fields of each name from the bottom up.
 * SPDX-License-Identifier: MIT */
#include "auth/field-index.h"

struct FieldIndex {
    GHashTable *last;       /* name in lower case → index + 1 */
    int        *above;      /* by field */
};

FieldIndex *
field_index_new(const Message *message)
{
    FieldIndex *index = g_new0(FieldIndex, 1);
    const guint count = message_n_fields(message);

    index->last = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
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
    g_hash_table_unref(index->last);
    g_free(index->above);
    g_free(index);
}

int
field_index_last(const FieldIndex *index, const char *name)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(index->last, name)) - 1;
}

int
field_index_above(const FieldIndex *index, int field)
{
    return index->above[field];
}

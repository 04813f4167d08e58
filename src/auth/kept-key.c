/* kept-key.c: what of a report stands in keys of what is kept.
 * SPDX-License-Identifier: MIT */
#include "auth/kept-key.h"

#include "base/again-key.h"

gboolean
kept_key_held(GString *key, gconstpointer record, const RecordShared *shared)
{
    again_key_thing(key, record);
    return g_atomic_int_get(&shared->others) > 0;
}

gboolean
kept_key_fields(GString *key, const GPtrArray *evidence)
{
    again_key_number(key, evidence->len);
    for (guint i = 0; i < evidence->len; i++) {
        const Evidence *item = evidence->pdata[i];
        if (item->kind != EVIDENCE_HEADER)
            return FALSE;
        again_key_text(key, item->name);
        again_key_number(key, item->line);
        again_key_number(key, item->spans->len);
        for (guint k = 0; k < item->spans->len; k++) {
            const Span span = g_array_index(item->spans, Span, k);
            again_key_number(key, (gint64)span.start);
            again_key_number(key, (gint64)span.end);
        }
    }
    return TRUE;
}

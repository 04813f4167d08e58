/* record-equal.c: records compared by table, up to the first field that differs.
 * SPDX-License-Identifier: MIT */
#include "facts/record.h"

#include <string.h>

#include "base/span.h"
#include "facts/record-slot.h"

static gboolean
equal_strings(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; a->len == b->len && i < a->len; i++)
        if (g_strcmp0(a->pdata[i], b->pdata[i]) != 0)
            return FALSE;
    return a->len == b->len;
}

static gboolean
equal_spans(const GArray *a, const GArray *b)
{
    return a->len == b->len &&
           (a->len == 0 || memcmp(a->data, b->data, a->len * sizeof(Span)) == 0);
}

static gboolean
equal_blobs(GBytes *a, GBytes *b)
{
    return a && b ? g_bytes_equal(a, b) : a == b;
}

static gboolean
equal_ones(const RecordType *type, gconstpointer a, gconstpointer b)
{
    return a && b ? record_equal(type, a, b) : a == b;
}

static gboolean
equal_lists(const RecordType *type, const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; a->len == b->len && i < a->len; i++)
        if (!record_equal(type, a->pdata[i], b->pdata[i]))
            return FALSE;
    return a->len == b->len;
}

static gboolean
equal_field(const RecordField *f, gconstpointer a, gconstpointer b)
{
    switch (f->kind) {
    case RECORD_STRING: case RECORD_DOMAIN: case RECORD_ID:
        return g_strcmp0(PEEK(a, f, char *), PEEK(b, f, char *)) == 0;
    case RECORD_INT:
        return PEEK(a, f, gint64) == PEEK(b, f, gint64);
    case RECORD_REAL:       /* its bits: what is no number equals itself */
        return memcmp((const char *)a + f->offset, (const char *)b + f->offset,
                      sizeof(double)) == 0;
    case RECORD_BOOL: case RECORD_TRI: case RECORD_WORD:
        return PEEK(a, f, int) == PEEK(b, f, int);
    case RECORD_STRINGS:
        return equal_strings(PEEK(a, f, GPtrArray *), PEEK(b, f, GPtrArray *));
    case RECORD_SPANS:
        return equal_spans(PEEK(a, f, GArray *), PEEK(b, f, GArray *));
    case RECORD_BLOB:
        return equal_blobs(PEEK(a, f, GBytes *), PEEK(b, f, GBytes *));
    case RECORD_ONE:
        return equal_ones(f->type, PEEK(a, f, gpointer), PEEK(b, f, gpointer));
    case RECORD_LIST:
    case RECORD_PAIRS:
        return equal_lists(item_type(f), PEEK(a, f, GPtrArray *), PEEK(b, f, GPtrArray *));
    }
    g_assert_not_reached();
}

gboolean
record_equal(const RecordType *type, gconstpointer a, gconstpointer b)
{
    for (const RecordField *f = type->fields; f->name; f++)
        if (!equal_field(f, a, b))
            return FALSE;
    return TRUE;
}

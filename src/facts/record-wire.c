/* record-wire.c: records to bytes and back.
 * SPDX-License-Identifier: MIT */
#include "facts/record.h"

#include <string.h>

#include "base/span.h"
#include "facts/record-slot.h"

/* ---- to bytes: each record is an "av" of its fields in table order ---- */

static GVariant *pack_record(const RecordType *type, gconstpointer record);

static GVariant *
pack_string(const char *text)
{
    /* "ay", not "s": strings here are bytes, not necessarily UTF-8. */
    return g_variant_new_maybe(G_VARIANT_TYPE("ay"), text ? g_variant_new_bytestring(text) : NULL);
}

static GVariant *
pack_field(const RecordField *f, gconstpointer record)
{
    GVariantBuilder builder;

    switch (f->kind) {
    case RECORD_STRING: case RECORD_DOMAIN: case RECORD_ID:
        return pack_string(PEEK(record, f, char *));
    case RECORD_INT:
        return g_variant_new_int64(PEEK(record, f, gint64));
    case RECORD_REAL:
        return g_variant_new_double(PEEK(record, f, double));
    case RECORD_BOOL: case RECORD_TRI: case RECORD_WORD:
        return g_variant_new_int32(PEEK(record, f, int));
    case RECORD_STRINGS: {
        const GPtrArray *list = PEEK(record, f, GPtrArray *);
        g_variant_builder_init(&builder, G_VARIANT_TYPE("aay"));
        for (guint i = 0; i < list->len; i++)
            g_variant_builder_add_value(&builder, g_variant_new_bytestring(list->pdata[i]));
        return g_variant_builder_end(&builder);
    }
    case RECORD_SPANS: {
        const GArray *list = PEEK(record, f, GArray *);
        g_variant_builder_init(&builder, G_VARIANT_TYPE("a(tt)"));
        for (guint i = 0; i < list->len; i++) {
            const Span span = g_array_index(list, Span, i);
            g_variant_builder_add(&builder, "(tt)", (guint64)span.start, (guint64)span.end);
        }
        return g_variant_builder_end(&builder);
    }
    case RECORD_BLOB: {
        GBytes *blob = PEEK(record, f, GBytes *);
        return g_variant_new_maybe(G_VARIANT_TYPE("ay"),
            blob ? g_variant_new_from_bytes(G_VARIANT_TYPE("ay"), blob, TRUE) : NULL);
    }
    case RECORD_ONE: {
        gconstpointer one = PEEK(record, f, gpointer);
        return g_variant_new_maybe(G_VARIANT_TYPE("av"), one ? pack_record(f->type, one) : NULL);
    }
    case RECORD_LIST:
    case RECORD_PAIRS: {
        const GPtrArray *list = PEEK(record, f, GPtrArray *);
        g_variant_builder_init(&builder, G_VARIANT_TYPE("aav"));
        for (guint i = 0; i < list->len; i++)
            g_variant_builder_add_value(&builder, pack_record(item_type(f), list->pdata[i]));
        return g_variant_builder_end(&builder);
    }
    }
    g_assert_not_reached();
}

static GVariant *
pack_record(const RecordType *type, gconstpointer record)
{
    GVariantBuilder builder;

    g_variant_builder_init(&builder, G_VARIANT_TYPE("av"));
    for (const RecordField *f = type->fields; f->name; f++)
        g_variant_builder_add(&builder, "v", pack_field(f, record));
    return g_variant_builder_end(&builder);
}

GBytes *
record_save(const RecordType *type, gconstpointer record)
{
    g_autoptr(GVariant) packed = g_variant_ref_sink(pack_record(type, record));

    return g_variant_get_data_as_bytes(packed);
}

/* ---- and back; every reader refuses what does not fit ---- */

/* Containers nest by at most this much in a loaded record: a Step tree is the deepest. */
#define DEPTH_MAX 200

static gpointer unpack_record(const RecordType *type, GVariant *packed, int depth);

static gboolean
unpack_bytes(GVariant *packed, GBytes **out)
{
    g_autoptr(GVariant) inner = g_variant_get_maybe(packed);

    *out = inner ? g_variant_get_data_as_bytes(inner) : NULL;
    return TRUE;
}

/* A bytestring without its closing NUL would be read as "". */
static gboolean
unpack_text(GVariant *bytes, char **out)
{
    gsize length = 0;
    const char *data = g_variant_get_fixed_array(bytes, &length, 1);

    if (length == 0 || data[length - 1] != '\0' || strlen(data) != length - 1)
        return FALSE;
    *out = g_strdup(data);
    return TRUE;
}

static gboolean
unpack_id(GVariant *packed, const char **out)
{
    g_autoptr(GVariant) inner = g_variant_get_maybe(packed);
    g_autofree char *text = NULL;

    if (!inner)
        return TRUE;
    if (!unpack_text(inner, &text))
        return FALSE;
    *out = record_id(text);
    return *out != NULL;
}

static gboolean
unpack_word(const RecordField *f, gpointer record, GVariant *packed)
{
    const gint32 value = g_variant_get_int32(packed);
    gint32 limit = f->kind == RECORD_TRI ? 3 : 2;

    if (f->kind == RECORD_WORD)
        limit = (gint32)g_strv_length((char **)f->words);
    if (value < 0 || value >= limit)
        return FALSE;
    *SLOT(record, f, int) = value;
    return TRUE;
}

static gboolean
unpack_list(const RecordField *f, gpointer record, GVariant *packed, int depth)
{
    GPtrArray *list = *SLOT(record, f, GPtrArray *);
    const gsize count = g_variant_n_children(packed);

    for (gsize i = 0; i < count; i++) {
        g_autoptr(GVariant) child = g_variant_get_child_value(packed, i);
        gpointer item = unpack_record(item_type(f), child, depth + 1);
        if (!item)
            return FALSE;
        g_ptr_array_add(list, item);
    }
    return TRUE;
}

static gboolean
unpack_strings(GPtrArray *list, GVariant *packed)
{
    const gsize count = g_variant_n_children(packed);

    for (gsize i = 0; i < count; i++) {
        g_autoptr(GVariant) child = g_variant_get_child_value(packed, i);
        char *text = NULL;
        if (!unpack_text(child, &text))
            return FALSE;
        g_ptr_array_add(list, text);
    }
    return TRUE;
}

static gboolean
unpack_spans(GArray *list, GVariant *packed)
{
    const gsize count = g_variant_n_children(packed);

    for (gsize i = 0; i < count; i++) {
        guint64 start, end;
        g_variant_get_child(packed, i, "(tt)", &start, &end);
        const Span span = { start, end };
        if (start > end)
            return FALSE;
        g_array_append_val(list, span);
    }
    return TRUE;
}

static const char *
packed_type(const RecordField *f)
{
    switch (f->kind) {
    case RECORD_STRING: case RECORD_DOMAIN: case RECORD_ID: case RECORD_BLOB:
        return "may";
    case RECORD_INT:
        return "x";
    case RECORD_REAL:
        return "d";
    case RECORD_BOOL: case RECORD_TRI: case RECORD_WORD:
        return "i";
    case RECORD_STRINGS:
        return "aay";
    case RECORD_SPANS:
        return "a(tt)";
    case RECORD_ONE:
        return "mav";
    case RECORD_LIST: case RECORD_PAIRS:
        return "aav";
    }
    g_assert_not_reached();
}

static gboolean
unpack_field(const RecordField *f, gpointer record, GVariant *packed, int depth)
{
    if (!g_variant_is_of_type(packed, G_VARIANT_TYPE(packed_type(f))))
        return FALSE;
    switch (f->kind) {
    case RECORD_STRING:
    case RECORD_DOMAIN: {
        g_autoptr(GVariant) inner = g_variant_get_maybe(packed);
        return !inner || unpack_text(inner, SLOT(record, f, char *));
    }
    case RECORD_ID:
        return unpack_id(packed, SLOT(record, f, const char *));
    case RECORD_INT:
        *SLOT(record, f, gint64) = g_variant_get_int64(packed);
        return TRUE;
    case RECORD_REAL:
        *SLOT(record, f, double) = g_variant_get_double(packed);
        return TRUE;
    case RECORD_BOOL: case RECORD_TRI: case RECORD_WORD:
        return unpack_word(f, record, packed);
    case RECORD_STRINGS:
        return unpack_strings(*SLOT(record, f, GPtrArray *), packed);
    case RECORD_SPANS:
        return unpack_spans(*SLOT(record, f, GArray *), packed);
    case RECORD_BLOB:
        return unpack_bytes(packed, SLOT(record, f, GBytes *));
    case RECORD_ONE: {
        g_autoptr(GVariant) inner = g_variant_get_maybe(packed);
        if (!inner)
            return TRUE;
        *SLOT(record, f, gpointer) = unpack_record(f->type, inner, depth + 1);
        return *SLOT(record, f, gpointer) != NULL;
    }
    case RECORD_LIST:
    case RECORD_PAIRS:
        return unpack_list(f, record, packed, depth);
    }
    g_assert_not_reached();
}

static gpointer
unpack_record(const RecordType *type, GVariant *packed, int depth)
{
    gsize index = 0;

    if (depth > DEPTH_MAX)
        return NULL;
    gpointer record = record_new(type);
    const gsize count = g_variant_n_children(packed);
    for (const RecordField *f = type->fields; f->name; f++, index++) {
        if (index >= count)
            goto broken;
        g_autoptr(GVariant) boxed = g_variant_get_child_value(packed, index);
        g_autoptr(GVariant) value = g_variant_get_variant(boxed);
        if (!unpack_field(f, record, value, depth))
            goto broken;
    }
    if (index == count)
        return record;
broken:
    record_free(type, record);
    return NULL;
}

gpointer
record_load(const RecordType *type, GBytes *bytes)
{
    g_autoptr(GVariant) packed =
        g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE("av"), bytes, FALSE));

    if (!g_variant_is_normal_form(packed))
        return NULL;
    return unpack_record(type, packed, 0);
}

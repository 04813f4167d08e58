/* record.c: free, compare, send and print by table.
 * SPDX-License-Identifier: MIT */
#include "facts/record.h"

#include <string.h>

#include "base/span.h"
#include "base/text.h"
#include "base/name.h"

#define SLOT(record, field, ctype) ((ctype *)(void *)((char *)(record) + (field)->offset))
#define PEEK(record, field, ctype) \
    (*(ctype const *)(const void *)((const char *)(record) + (field)->offset))

static const RecordField pair_fields[] = {
    { "name",  RECORD_STRING, offsetof(Pair, name), NULL, NULL, RECORD_SHOWN },
    { "value", RECORD_STRING, offsetof(Pair, value), NULL, NULL, RECORD_SHOWN },
    { NULL }
};
const RecordType pair_type = { "pair", sizeof(Pair), pair_fields };

static const RecordType *
item_type(const RecordField *field)
{
    return field->kind == RECORD_PAIRS ? &pair_type : field->type;
}

gpointer
record_new(const RecordType *type)
{
    gpointer record = g_malloc0(type->size);

    for (const RecordField *f = type->fields; f->name; f++) {
        switch (f->kind) {
        case RECORD_INT:
            *SLOT(record, f, gint64) = RECORD_UNSET;
            break;
        case RECORD_STRINGS:
            *SLOT(record, f, GPtrArray *) = g_ptr_array_new_with_free_func(g_free);
            break;
        case RECORD_SPANS:
            *SLOT(record, f, GArray *) = g_array_new(FALSE, FALSE, sizeof(Span));
            break;
        case RECORD_LIST:
        case RECORD_PAIRS:
            *SLOT(record, f, GPtrArray *) = g_ptr_array_new();
            break;
        case RECORD_STRING: case RECORD_DOMAIN: case RECORD_REAL: case RECORD_BOOL:
        case RECORD_TRI: case RECORD_WORD: case RECORD_BLOB: case RECORD_ONE:
            break;
        }
    }
    return record;
}

static void
free_field(const RecordField *f, gpointer record)
{
    switch (f->kind) {
    case RECORD_STRING:
    case RECORD_DOMAIN:
        g_free(*SLOT(record, f, char *));
        break;
    case RECORD_STRINGS:
        g_ptr_array_unref(*SLOT(record, f, GPtrArray *));
        break;
    case RECORD_SPANS:
        g_array_unref(*SLOT(record, f, GArray *));
        break;
    case RECORD_BLOB:
        g_clear_pointer(SLOT(record, f, GBytes *), g_bytes_unref);
        break;
    case RECORD_ONE:
        record_free(f->type, *SLOT(record, f, gpointer));
        break;
    case RECORD_LIST:
    case RECORD_PAIRS: {
        GPtrArray *list = *SLOT(record, f, GPtrArray *);
        for (guint i = 0; i < list->len; i++)
            record_free(item_type(f), list->pdata[i]);
        g_ptr_array_unref(list);
        break;
    }
    case RECORD_INT: case RECORD_REAL: case RECORD_BOOL: case RECORD_TRI: case RECORD_WORD:
        break;
    }
}

void
record_free(const RecordType *type, gpointer record)
{
    if (!record)
        return;
    for (const RecordField *f = type->fields; f->name; f++)
        free_field(f, record);
    g_free(record);
}

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
    case RECORD_STRING:
    case RECORD_DOMAIN:
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
    case RECORD_STRING: case RECORD_DOMAIN: case RECORD_BLOB:
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

gboolean
record_equal(const RecordType *type, gconstpointer a, gconstpointer b)
{
    g_autoptr(GBytes) left = record_save(type, a);
    g_autoptr(GBytes) right = record_save(type, b);

    return g_bytes_equal(left, right);
}

/* ---- a copy, without the way through bytes: reports copy evidence by the hundred ---- */

static void
copy_list(const RecordField *f, GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, f->kind == RECORD_STRINGS ? (gpointer)g_strdup(from->pdata[i])
                                                      : record_copy(item_type(f), from->pdata[i]));
}

static void
copy_field(const RecordField *f, gpointer to, gconstpointer from)
{
    switch (f->kind) {
    case RECORD_STRING:
    case RECORD_DOMAIN:
        *SLOT(to, f, char *) = g_strdup(PEEK(from, f, char *));
        break;
    case RECORD_INT:
        *SLOT(to, f, gint64) = PEEK(from, f, gint64);
        break;
    case RECORD_REAL:
        *SLOT(to, f, double) = PEEK(from, f, double);
        break;
    case RECORD_BOOL: case RECORD_TRI: case RECORD_WORD:
        *SLOT(to, f, int) = PEEK(from, f, int);
        break;
    case RECORD_STRINGS: case RECORD_LIST: case RECORD_PAIRS:
        copy_list(f, *SLOT(to, f, GPtrArray *), PEEK(from, f, GPtrArray *));
        break;
    case RECORD_SPANS: {
        const GArray *spans = PEEK(from, f, GArray *);
        if (spans->len > 0)
            g_array_append_vals(*SLOT(to, f, GArray *), spans->data, spans->len);
        break;
    }
    case RECORD_BLOB:
        if (PEEK(from, f, GBytes *))
            *SLOT(to, f, GBytes *) = g_bytes_ref(PEEK(from, f, GBytes *));
        break;
    case RECORD_ONE:
        if (PEEK(from, f, gpointer))
            *SLOT(to, f, gpointer) = record_copy(f->type, PEEK(from, f, gpointer));
        break;
    }
}

gpointer
record_copy(const RecordType *type, gconstpointer record)
{
    gpointer copy = record_new(type);

    for (const RecordField *f = type->fields; f->name; f++)
        copy_field(f, copy, record);
    return copy;
}

/* ---- JSON ---- */

static void
append_json_list(GString *out, const RecordField *f, const GPtrArray *list, RecordWorded worded,
                 gpointer data)
{
    g_string_append_c(out, '[');
    for (guint i = 0; i < list->len; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        if (f->kind == RECORD_STRINGS)
            text_append_json(out, list->pdata[i], -1);
        else
            record_append_json(out, f->type, list->pdata[i], worded, data);
    }
    g_string_append_c(out, ']');
}

/* The first of several equal names wins: a JSON object must not repeat a key. */
static gboolean
seen_before(const GPtrArray *list, guint index)
{
    for (guint i = 0; i < index; i++)
        if (g_str_equal(((const Pair *)list->pdata[i])->name,
                        ((const Pair *)list->pdata[index])->name))
            return TRUE;
    return FALSE;
}

static void
append_json_pairs(GString *out, const GPtrArray *list)
{
    gboolean first = TRUE;

    g_string_append_c(out, '{');
    for (guint i = 0; i < list->len; i++) {
        const Pair *pair = list->pdata[i];
        if (seen_before(list, i))
            continue;
        if (!first)
            g_string_append_c(out, ',');
        first = FALSE;
        text_append_json(out, pair->name, -1);
        g_string_append_c(out, ':');
        text_append_json(out, pair->value, -1);
    }
    g_string_append_c(out, '}');
}

static void
append_json_spans(GString *out, const GArray *list)
{
    g_string_append_c(out, '[');
    for (guint i = 0; i < list->len; i++) {
        const Span span = g_array_index(list, Span, i);
        g_string_append_printf(out, "%s[%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT "]", i ? "," : "",
                               span.start, span.end);
    }
    g_string_append_c(out, ']');
}

static void
append_json_real(GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append(out, g_ascii_formatd(buffer, sizeof buffer, "%.3f", value));
}

static void
append_json_value(GString *out, const RecordField *f, gconstpointer record, RecordWorded worded,
                  gpointer data)
{
    static const char *const tri[] = { "null", "false", "true" };

    switch (f->kind) {
    case RECORD_STRING:
    case RECORD_DOMAIN:
        text_append_json(out, PEEK(record, f, char *), -1);
        break;
    case RECORD_INT:
        if (PEEK(record, f, gint64) == RECORD_UNSET)
            g_string_append(out, "null");
        else
            g_string_append_printf(out, "%" G_GINT64_FORMAT, PEEK(record, f, gint64));
        break;
    case RECORD_REAL:
        append_json_real(out, PEEK(record, f, double));
        break;
    case RECORD_BOOL:
        g_string_append(out, PEEK(record, f, gboolean) ? "true" : "false");
        break;
    case RECORD_TRI:
        g_string_append(out, tri[PEEK(record, f, Tri)]);
        break;
    case RECORD_WORD:
        text_append_json(out, f->words[PEEK(record, f, int)], -1);
        break;
    case RECORD_STRINGS:
    case RECORD_LIST:
        append_json_list(out, f, PEEK(record, f, GPtrArray *), worded, data);
        break;
    case RECORD_SPANS:
        append_json_spans(out, PEEK(record, f, GArray *));
        break;
    case RECORD_PAIRS:
        append_json_pairs(out, PEEK(record, f, GPtrArray *));
        break;
    case RECORD_BLOB:
        g_string_append(out, "null");
        break;
    case RECORD_ONE:
        if (PEEK(record, f, gpointer))
            record_append_json(out, f->type, PEEK(record, f, gpointer), worded, data);
        else
            g_string_append(out, "null");
        break;
    }
}

static void
append_json_unicode(GString *out, const RecordField *f, const char *domain)
{
    g_autofree char *unicode = domain ? name_to_unicode(domain) : NULL;

    if (!unicode || g_str_equal(unicode, domain))
        return;
    g_string_append_printf(out, ",\"%s_unicode\":", f->name);
    text_append_json(out, unicode, -1);
}

void
record_append_json_fields(GString *out, const RecordType *type, gconstpointer record,
                          gboolean first, RecordWorded worded, gpointer data)
{
    for (const RecordField *f = type->fields; f->name; f++) {
        if (f->show == RECORD_HIDDEN)
            continue;
        if (!first)
            g_string_append_c(out, ',');
        first = FALSE;
        g_string_append_printf(out, "\"%s\":", f->name);
        if (f->show == RECORD_WORDED)
            worded(out, f, record, data);
        else
            append_json_value(out, f, record, worded, data);
        if (f->kind == RECORD_DOMAIN)
            append_json_unicode(out, f, PEEK(record, f, char *));
    }
}

void
record_append_json(GString *out, const RecordType *type, gconstpointer record,
                   RecordWorded worded, gpointer data)
{
    g_string_append_c(out, '{');
    record_append_json_fields(out, type, record, TRUE, worded, data);
    g_string_append_c(out, '}');
}

void
pairs_add(GPtrArray *pairs, const char *name, const char *value)
{
    Pair *pair = record_new(&pair_type);

    pair->name = g_strdup(name);
    pair->value = g_strdup(value);
    g_ptr_array_add(pairs, pair);
}

const char *
pairs_get(const GPtrArray *pairs, const char *name)
{
    for (guint i = 0; i < pairs->len; i++) {
        const Pair *pair = pairs->pdata[i];
        if (g_ascii_strcasecmp(pair->name, name) == 0)
            return pair->value;
    }
    return NULL;
}

/* record.c: records made, freed and copied by table.
 * SPDX-License-Identifier: MIT */
#include "facts/record.h"

#include <string.h>

#include "base/lower.h"
#include "base/spare.h"
#include "facts/record-slot.h"

static const RecordField pair_fields[] = {
    { "name",  RECORD_STRING, offsetof(Pair, name), NULL, NULL, RECORD_SHOWN },
    { "value", RECORD_STRING, offsetof(Pair, value), NULL, NULL, RECORD_SHOWN },
    { NULL }
};
const RecordType pair_type = { "pair", sizeof(Pair), pair_fields };

/* Sets of kinds, so that the many fields without need of anything cost one comparison. */
#define KIND(kind)   (1u << (kind))
#define KINDS_MADE   (KIND(RECORD_INT) | KIND(RECORD_STRINGS) | KIND(RECORD_SPANS) | \
                      KIND(RECORD_LIST) | KIND(RECORD_PAIRS))
#define KINDS_TEXT   (KIND(RECORD_STRING) | KIND(RECORD_DOMAIN))
#define KINDS_PLAIN  (KIND(RECORD_INT) | KIND(RECORD_REAL) | KIND(RECORD_BOOL) | \
                      KIND(RECORD_TRI) | KIND(RECORD_WORD) | KIND(RECORD_ID))

gpointer
record_new(const RecordType *type)
{
    gpointer record = g_malloc0(type->size);

    for (const RecordField *f = type->fields; f->name; f++) {
        if (!(KIND(f->kind) & KINDS_MADE))
            continue;
        switch (f->kind) {
        case RECORD_INT:
            *SLOT(record, f, gint64) = RECORD_UNSET;
            break;
        case RECORD_STRINGS:
            *SLOT(record, f, GPtrArray *) = spare_texts();
            break;
        case RECORD_SPANS:
            *SLOT(record, f, GArray *) = spare_spans();
            break;
        case RECORD_LIST:
        case RECORD_PAIRS:
            *SLOT(record, f, GPtrArray *) = spare_list();
            break;
        case RECORD_STRING: case RECORD_DOMAIN: case RECORD_REAL: case RECORD_BOOL:
        case RECORD_TRI: case RECORD_WORD: case RECORD_BLOB: case RECORD_ONE: case RECORD_ID:
            break;
        }
    }
    return record;
}

static void
free_field(const RecordField *f, gpointer record)
{
    switch (f->kind) {
    case RECORD_STRINGS:
        spare_free_texts(*SLOT(record, f, GPtrArray *));
        break;
    case RECORD_SPANS:
        spare_free_spans(*SLOT(record, f, GArray *));
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
        spare_free_list(list);
        break;
    }
    case RECORD_INT: case RECORD_REAL: case RECORD_BOOL: case RECORD_TRI: case RECORD_WORD:
    case RECORD_ID: case RECORD_STRING: case RECORD_DOMAIN:
        break;
    }
}

static gboolean
has_others(const RecordType *type, gpointer record)
{
    RecordShared *shared = record_shared(type, record);

    if (!shared)
        return FALSE;
    if (g_atomic_int_get(&shared->others) > 0 && g_atomic_int_add(&shared->others, -1) > 0)
        return TRUE;
    if (shared->json)
        g_bytes_unref(shared->json);
    return FALSE;
}

void
record_free(const RecordType *type, gpointer record)
{
    if (!record || has_others(type, record))
        return;
    for (const RecordField *f = type->fields; f->name; f++) {
        if (KIND(f->kind) & KINDS_PLAIN)
            continue;
        if (!(KIND(f->kind) & KINDS_TEXT))
            free_field(f, record);
        else if (*SLOT(record, f, char *))      /* half of them are not */
            g_free(*SLOT(record, f, char *));
    }
    g_free(record);
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
    case RECORD_ID:
        *SLOT(to, f, const char *) = PEEK(from, f, const char *);
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

gpointer
record_share(const RecordType *type, gpointer record)
{
    g_atomic_int_inc(&record_shared(type, record)->others);
    return record;
}

gpointer
record_own(const RecordType *type, gpointer *slot)
{
    const RecordShared *shared = record_shared(type, *slot);

    if (shared && (g_atomic_int_get(&shared->others) > 0 || shared->json)) {
        gpointer copy = record_copy(type, *slot);
        record_free(type, *slot);
        *slot = copy;
    }
    return *slot;
}

const char *
record_id(const char *text)
{
    return strlen(text) > RECORD_ID_MAX ? NULL : g_intern_string(text);
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
    const gsize length = strlen(name);

    for (guint i = 0; i < pairs->len; i++) {
        const Pair *pair = pairs->pdata[i];
        if (strlen(pair->name) == length && lower_same(pair->name, name, length))
            return pair->value;
    }
    return NULL;
}

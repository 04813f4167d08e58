/* record-read.c: records read from JSON by table.
 * SPDX-License-Identifier: MIT */
#include "facts/record-read.h"

#include "base/translate.h"
#include "facts/record-slot.h"

typedef struct {
    JsonReader *in;
    guint limit;
    RecordReadKey other;
    gpointer data;
} Reading;

static gpointer read_record(const Reading *r, const RecordType *type);

static const RecordField *
field_named(const RecordType *type, const char *key)
{
    for (const RecordField *f = type->fields; f->name; f++)
        if (f->show == RECORD_SHOWN && g_str_equal(f->name, key))
            return f;
    return NULL;
}

static void
refuse(const Reading *r)
{
    json_refuse(r->in, N_("it holds a value that does not fit"));
}

static void
replace_string(JsonReader *in, char **slot)
{
    char *text = json_string(in);

    g_free(*slot);
    *slot = text;
}

static void
read_word(const Reading *r, const RecordField *f, int *slot)
{
    g_autofree char *text = json_string(r->in);

    for (int i = 0; text && f->words[i]; i++) {
        if (g_str_equal(f->words[i], text)) {
            *slot = i;
            return;
        }
    }
    refuse(r);
}

static void
read_tri(JsonReader *in, int *slot)
{
    if (json_kind(in) == JSON_NULL) {
        json_skip(in);
        *slot = TRI_UNKNOWN;
    } else {
        *slot = json_bool(in) ? TRI_TRUE : TRI_FALSE;
    }
}

static void
read_list(const Reading *r, const RecordField *f, GPtrArray *list)
{
    json_array(r->in);
    while (json_item(r->in)) {
        if (f->kind == RECORD_LIST) {
            g_ptr_array_add(list, read_record(r, f->type));
        } else {
            char *text = json_string(r->in);
            if (text)
                g_ptr_array_add(list, text);
            else
                refuse(r);
        }
        if (list->len > r->limit)
            refuse(r);
    }
}

static void
read_one(const Reading *r, const RecordField *f, gpointer *slot)
{
    if (json_kind(r->in) == JSON_NULL) {
        json_skip(r->in);
        return;
    }
    record_free(f->type, *slot); /* the key stands there twice */
    *slot = read_record(r, f->type);
}

static void
read_field(const Reading *r, const RecordField *f, gpointer record)
{
    switch (f->kind) {
    case RECORD_STRING:
    case RECORD_DOMAIN:
        replace_string(r->in, SLOT(record, f, char *));
        break;
    case RECORD_INT:
        *SLOT(record, f, gint64) = json_int(r->in);
        break;
    case RECORD_BOOL:
        *SLOT(record, f, gboolean) = json_bool(r->in);
        break;
    case RECORD_TRI:
        read_tri(r->in, SLOT(record, f, int));
        break;
    case RECORD_WORD:
        read_word(r, f, SLOT(record, f, int));
        break;
    case RECORD_STRINGS:
    case RECORD_LIST:
        read_list(r, f, *SLOT(record, f, GPtrArray *));
        break;
    case RECORD_ONE:
        read_one(r, f, SLOT(record, f, gpointer));
        break;
    case RECORD_ID:
    case RECORD_REAL:
    case RECORD_SPANS:
    case RECORD_BLOB:
    case RECORD_PAIRS:
        json_skip(r->in); /* nobody reads such ones back */
        break;
    }
}

static gpointer
read_record(const Reading *r, const RecordType *type)
{
    gpointer record = record_new(type);
    const char *key;

    json_object(r->in);
    while ((key = json_key(r->in))) {
        const RecordField *f = field_named(type, key);
        if (f)
            read_field(r, f, record);
        else if (r->other)
            r->other(r->in, type, key, record, r->data);
        else
            json_skip(r->in);
    }
    return record;
}

gpointer
record_read_json(JsonReader *in, const RecordType *type, guint limit, RecordReadKey other,
                 gpointer data)
{
    const Reading reading = {in, limit, other, data};

    return read_record(&reading, type);
}

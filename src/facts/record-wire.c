/* record-wire.c: records to bytes and back.
 * SPDX-License-Identifier: MIT
 *
 * Both ends are the same program, often the same page of it, so the fields stand behind each other in the order of the
 * table, without names or kinds: a number as it lies in memory, a text behind its length, a list behind its count. Each
 * item takes four bytes at least, so that no count makes more items than the bytes that came. */
#include "facts/record.h"

#include <string.h>

#include "base/room.h"
#include "base/span.h"
#include "facts/record-slot.h"

/* Of a text, a blob or a record: that there is none. */
#define NOTHING G_MAXUINT32

/* ---- to bytes ---- */

static void pack_record(GString *out, const RecordType *type, gconstpointer record);

static void
pack_count(GString *out, gsize count)
{
    const guint32 number = (guint32)count;

    g_assert(count < NOTHING);
    room_append(out, (const char *)&number, sizeof number);
}

static void
pack_bytes(GString *out, const void *bytes, gsize length)
{
    pack_count(out, length);
    room_append(out, bytes, length);
}

static void
pack_text(GString *out, const char *text)
{
    const guint32 nothing = NOTHING;

    if (text)
        pack_bytes(out, text, strlen(text));
    else
        room_append(out, (const char *)&nothing, sizeof nothing);
}

static void
pack_blob(GString *out, GBytes *blob)
{
    gsize size = 0;
    const void *data = blob ? g_bytes_get_data(blob, &size) : NULL;

    if (blob)
        pack_bytes(out, data, size);
    else
        pack_text(out, NULL);
}

static void
pack_one(GString *out, const RecordType *type, gconstpointer one)
{
    if (!one) {
        pack_text(out, NULL);
        return;
    }
    pack_count(out, 1);
    pack_record(out, type, one);
}

static void
pack_spans(GString *out, const GArray *list)
{
    pack_count(out, list->len);
    for (guint i = 0; i < list->len; i++) {
        const Span span = g_array_index(list, Span, i);
        const guint64 both[2] = { span.start, span.end };
        room_append(out, (const char *)both, sizeof both);
    }
}

static void
pack_list(GString *out, const RecordField *f, const GPtrArray *list)
{
    pack_count(out, list->len);
    for (guint i = 0; i < list->len; i++) {
        if (f->kind == RECORD_STRINGS)
            pack_text(out, list->pdata[i]);
        else
            pack_record(out, item_type(f), list->pdata[i]);
    }
}

static void
pack_field(GString *out, const RecordField *f, gconstpointer record)
{
    const char *slot = (const char *)record + f->offset;

    switch (f->kind) {
    case RECORD_STRING: case RECORD_DOMAIN: case RECORD_ID:
        pack_text(out, PEEK(record, f, char *));
        break;
    case RECORD_INT:
        room_append(out, slot, sizeof(gint64));
        break;
    case RECORD_REAL:
        room_append(out, slot, sizeof(double));
        break;
    case RECORD_BOOL: case RECORD_TRI: case RECORD_WORD:
        room_append(out, slot, sizeof(gint32));
        break;
    case RECORD_SPANS:
        pack_spans(out, PEEK(record, f, GArray *));
        break;
    case RECORD_BLOB:
        pack_blob(out, PEEK(record, f, GBytes *));
        break;
    case RECORD_ONE:
        pack_one(out, f->type, PEEK(record, f, gpointer));
        break;
    case RECORD_STRINGS: case RECORD_LIST: case RECORD_PAIRS:
        pack_list(out, f, PEEK(record, f, GPtrArray *));
        break;
    }
}

static void
pack_record(GString *out, const RecordType *type, gconstpointer record)
{
    for (const RecordField *f = type->fields; f->name; f++)
        pack_field(out, f, record);
}

GBytes *
record_save(const RecordType *type, gconstpointer record)
{
    GString *out = g_string_sized_new(1024);

    pack_record(out, type, record);
    return g_string_free_to_bytes(out);
}

/* ---- and back; every reader refuses what does not fit ---- */

/* Containers nest by at most this much in a loaded record: a Step tree is the deepest. */
#define DEPTH_MAX 200

typedef struct {
    const char *at, *end;
    int         depth;
} Packed;

static gpointer unpack_record(const RecordType *type, Packed *packed);

static gboolean
unpack_plain(Packed *packed, void *to, gsize size)
{
    if ((gsize)(packed->end - packed->at) < size)
        return FALSE;
    memcpy(to, packed->at, size);
    packed->at += size;
    return TRUE;
}

/* `*out` is NULL for nothing, else `*length` bytes. */
static gboolean
unpack_bytes(Packed *packed, const char **out, gsize *length)
{
    guint32 count = 0;

    *out = NULL;
    if (!unpack_plain(packed, &count, sizeof count))
        return FALSE;
    *length = count;
    if (count == NOTHING)
        return TRUE;
    if ((gsize)(packed->end - packed->at) < count)
        return FALSE;
    *out = packed->at;
    packed->at += count;
    return TRUE;
}

static gboolean
unpack_text(Packed *packed, char **out)
{
    const char *bytes;
    gsize length;

    if (!unpack_bytes(packed, &bytes, &length) || (bytes && memchr(bytes, '\0', length)))
        return FALSE;
    *out = bytes ? g_strndup(bytes, length) : NULL;
    return TRUE;
}

static gboolean
unpack_id(Packed *packed, const char **out)
{
    g_autofree char *text = NULL;

    if (!unpack_text(packed, &text))
        return FALSE;
    *out = text ? record_id(text) : NULL;
    return !text || *out;
}

static gboolean
unpack_blob(Packed *packed, GBytes **out)
{
    const char *bytes;
    gsize length;

    if (!unpack_bytes(packed, &bytes, &length))
        return FALSE;
    *out = bytes ? g_bytes_new(bytes, length) : NULL;
    return TRUE;
}

static gboolean
unpack_word(const RecordField *f, gpointer record, Packed *packed)
{
    gint32 value, limit = f->kind == RECORD_TRI ? 3 : 2;

    if (f->kind == RECORD_WORD)
        limit = (gint32)g_strv_length((char **)f->words);
    if (!unpack_plain(packed, &value, sizeof value) || value < 0 || value >= limit)
        return FALSE;
    *SLOT(record, f, int) = value;
    return TRUE;
}

static gboolean
unpack_one(const RecordField *f, gpointer record, Packed *packed)
{
    guint32 count;

    if (!unpack_plain(packed, &count, sizeof count) || (count != 1 && count != NOTHING))
        return FALSE;
    if (count == 1)
        *SLOT(record, f, gpointer) = unpack_record(f->type, packed);
    return count == NOTHING || *SLOT(record, f, gpointer);
}

static gboolean
unpack_list(const RecordField *f, GPtrArray *list, Packed *packed)
{
    guint32 count;

    if (!unpack_plain(packed, &count, sizeof count))
        return FALSE;
    for (; count > 0; count--) {
        char *item = NULL;
        if (f->kind == RECORD_STRINGS ? !unpack_text(packed, &item)
                                      : !(item = unpack_record(item_type(f), packed)))
            return FALSE;
        if (!item)
            return FALSE;       /* lists of strings have no holes */
        g_ptr_array_add(list, item);
    }
    return TRUE;
}

static gboolean
unpack_spans(GArray *list, Packed *packed)
{
    guint32 count;
    guint64 both[2];

    if (!unpack_plain(packed, &count, sizeof count))
        return FALSE;
    for (; count > 0; count--) {
        if (!unpack_plain(packed, both, sizeof both) || both[0] > both[1])
            return FALSE;
        const Span span = { both[0], both[1] };
        g_array_append_val(list, span);
    }
    return TRUE;
}

static gboolean
unpack_field(const RecordField *f, gpointer record, Packed *packed)
{
    switch (f->kind) {
    case RECORD_STRING: case RECORD_DOMAIN:
        return unpack_text(packed, SLOT(record, f, char *));
    case RECORD_ID:
        return unpack_id(packed, SLOT(record, f, const char *));
    case RECORD_INT:
        return unpack_plain(packed, SLOT(record, f, gint64), sizeof(gint64));
    case RECORD_REAL:
        return unpack_plain(packed, SLOT(record, f, double), sizeof(double));
    case RECORD_BOOL: case RECORD_TRI: case RECORD_WORD:
        return unpack_word(f, record, packed);
    case RECORD_SPANS:
        return unpack_spans(*SLOT(record, f, GArray *), packed);
    case RECORD_BLOB:
        return unpack_blob(packed, SLOT(record, f, GBytes *));
    case RECORD_ONE:
        return unpack_one(f, record, packed);
    case RECORD_STRINGS: case RECORD_LIST: case RECORD_PAIRS:
        return unpack_list(f, *SLOT(record, f, GPtrArray *), packed);
    }
    g_assert_not_reached();
}

static gpointer
unpack_record(const RecordType *type, Packed *packed)
{
    if (packed->depth >= DEPTH_MAX)
        return NULL;
    gpointer record = record_new(type);
    packed->depth++;
    for (const RecordField *f = type->fields; f->name; f++)
        if (!unpack_field(f, record, packed)) {
            record_free(type, record);
            return NULL;
        }
    packed->depth--;
    return record;
}

gpointer
record_load(const RecordType *type, GBytes *bytes)
{
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    if (!data)      /* of no bytes; nothing may be added to NULL, not even that */
        return NULL;
    Packed packed = { data, data + size, 0 };
    gpointer record = unpack_record(type, &packed);

    if (!record || packed.at == packed.end)
        return record;
    record_free(type, record);
    return NULL;
}

/* row-wire.c: rows as bytes, from the process that made one to the process that counts it.
 * SPDX-License-Identifier: MIT
 *
 * Fields in the order of the table: numbers as 8 bytes, words as one, strings by their length and
 * one more (0: NULL), lists by their length. Both ends are the same program on the same machine. */
#include <string.h>

#include "facts/record-slot.h"
#include "survey/row.h"

/* Of one string, and of a list: no row has longer ones, but for a path. */
#define STRING_MAX 8192
#define LIST_MAX   64

typedef struct {
    const char *at, *end;
    gboolean bad; /* sticks: looked at once, at the end */
} Bytes;

/* ---- to bytes ---- */

static void
pack_size(GString *out, gsize size)
{
    const guint32 value = (guint32)size;

    g_string_append_len(out, (const char *)&value, sizeof value);
}

static void
pack_string(GString *out, const char *text)
{
    const gsize length = text ? strnlen(text, STRING_MAX) : 0;

    pack_size(out, text ? length + 1 : 0);
    g_string_append_len(out, text ? text : "", (gssize)length);
}

static void
pack_strings(GString *out, const GPtrArray *list)
{
    const guint count = MIN(list->len, LIST_MAX);

    pack_size(out, count);
    for (guint i = 0; i < count; i++)
        pack_string(out, list->pdata[i]);
}

static void
pack_record(GString *out, const RecordType *type, gconstpointer record)
{
    for (const RecordField *f = type->fields; f->name; f++) {
        if (f->kind == RECORD_STRING || f->kind == RECORD_DOMAIN) {
            pack_string(out, PEEK(record, f, char *));
        } else if (f->kind == RECORD_INT) {
            g_string_append_len(out, (const char *)record + f->offset, sizeof(gint64));
        } else if (f->kind == RECORD_STRINGS) {
            pack_strings(out, PEEK(record, f, GPtrArray *));
        } else if (f->kind == RECORD_ONE) {
            gconstpointer one = PEEK(record, f, gpointer);
            g_string_append_c(out, one ? 1 : 0);
            if (one)
                pack_record(out, f->type, one);
        } else {
            g_string_append_c(out, (char)PEEK(record, f, int));
        }
    }
}

void
survey_row_pack(const SurveyRow *row, GString *out)
{
    pack_record(out, &survey_row_type, row);
}

/* ---- and back ---- */

/* `size` bytes; NULL where there are fewer. */
static const char *
take(Bytes *in, gsize size)
{
    const char *at = in->at;

    if (in->bad || (gsize)(in->end - in->at) < size) {
        in->bad = TRUE;
        return NULL;
    }
    in->at += size;
    return at;
}

static guint32
take_size(Bytes *in, guint32 limit)
{
    const char *at = take(in, sizeof(guint32));
    guint32 size = 0;

    if (at)
        memcpy(&size, at, sizeof size);
    in->bad = in->bad || size > limit;
    return in->bad ? 0 : size;
}

static char *
take_string(Bytes *in)
{
    const guint32 size = take_size(in, STRING_MAX + 1);
    const char *at = size > 0 ? take(in, size - 1) : NULL;

    if (!at)
        return NULL;
    in->bad = in->bad || memchr(at, '\0', size - 1);
    return g_strndup(at, size - 1);
}

static void
take_strings(Bytes *in, GPtrArray *list)
{
    const guint32 count = take_size(in, LIST_MAX);

    for (guint32 i = 0; i < count && !in->bad; i++) {
        char *text = take_string(in);
        if (text)
            g_ptr_array_add(list, text);
    }
}

static int
take_word(Bytes *in, const RecordField *f)
{
    const char *at = take(in, 1);
    const int value = at ? (guint8)*at : 0;
    int limit = f->kind == RECORD_TRI ? 3 : 2;

    if (f->kind == RECORD_WORD)
        limit = (int)g_strv_length((char **)f->words);
    in->bad = in->bad || value >= limit;
    return in->bad ? 0 : value;
}

static gpointer
take_record(Bytes *in, const RecordType *type)
{
    gpointer record = record_new(type);

    for (const RecordField *f = type->fields; f->name && !in->bad; f++) {
        if (f->kind == RECORD_STRING || f->kind == RECORD_DOMAIN) {
            *SLOT(record, f, char *) = take_string(in);
        } else if (f->kind == RECORD_INT) {
            const char *at = take(in, sizeof(gint64));
            if (at)
                memcpy(SLOT(record, f, gint64), at, sizeof(gint64));
        } else if (f->kind == RECORD_STRINGS) {
            take_strings(in, *SLOT(record, f, GPtrArray *));
        } else if (f->kind == RECORD_ONE) {
            const char *there = take(in, 1);
            if (there && *there)
                *SLOT(record, f, gpointer) = take_record(in, f->type);
        } else {
            *SLOT(record, f, int) = take_word(in, f);
        }
    }
    return record;
}

static gboolean
is_sorted(const GPtrArray *names)
{
    for (guint i = 1; i < names->len; i++)
        if (strcmp(names->pdata[i - 1], names->pdata[i]) >= 0)
            return FALSE;
    return names->len <= SURVEY_NAMES_MAX;
}

/* What the counting relies on. */
static gboolean
is_sound(const SurveyRow *row)
{
    if (!row->path || row->fault)
        return row->path != NULL;
    return row->verdicts && row->own >= 0 && row->own <= CHART_NO_CELL && row->told >= 0 &&
           row->told <= CHART_NO_CELL && is_sorted(row->signers) && is_sorted(row->unverified) &&
           (!row->advice || row->advice->count == 1);
}

SurveyRow *
survey_row_unpack(const char *bytes, gsize length)
{
    Bytes in = {bytes, bytes + length, FALSE};
    SurveyRow *row = take_record(&in, &survey_row_type);

    if (!in.bad && in.at == in.end && is_sound(row))
        return row;
    survey_row_free(row);
    return NULL;
}

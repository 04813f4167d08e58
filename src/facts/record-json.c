/* record-json.c: records as JSON objects.
 * SPDX-License-Identifier: MIT
 *
 * A report is 1,300 keys and as many values, nearly all of them short: room for a key and a plain value is asked
 * for once, and both are copied into it (base/room.h). */
#include "facts/record.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/name.h"
#include "base/plain.h"
#include "base/room.h"
#include "base/spare.h"
#include "base/text.h"
#include "facts/record-slot.h"

/* How the RECORD_WORDED fields are printed. */
typedef struct {
    RecordWorded worded;
    gpointer     data;
} Words;

static void append_fields(GString *out, const RecordType *type, gconstpointer record, gboolean first,
                          const Words *words);

static void
append_made(GString *out, const RecordType *type, gconstpointer record, const Words *words)
{
    room_append_c(out, '{');
    append_fields(out, type, record, TRUE, words);
    room_append_c(out, '}');
}

/* Strangers choose how long a text is, and a control character is six bytes of JSON. */
#define KEPT_MAX 4096

/* What others hold, too, is printed once: JSON is English, whatever the language, and the record does not change. Only
 * where many messages are worked on, by one thread (heap_keep()). */
static void
append_shared(GString *out, const RecordType *type, gconstpointer record, RecordShared *shared,
              const Words *words)
{
    const gsize start = out->len;

    if (shared->json && shared->worded == words->worded) {
        gsize length;
        const char *bytes = g_bytes_get_data(shared->json, &length);
        room_append(out, bytes, length);
        return;
    }
    append_made(out, type, record, words);
    if (out->len - start > KEPT_MAX)
        return;
    g_clear_pointer(&shared->json, g_bytes_unref);
    shared->json = g_bytes_new(out->str + start, out->len - start);
    shared->worded = words->worded;
}

static void
append_object(GString *out, const RecordType *type, gconstpointer record, const Words *words)
{
    RecordShared *shared = record_shared(type, record);

    if (spare && shared && g_atomic_int_get(&shared->others) > 0)
        append_shared(out, type, record, shared, words);
    else
        append_made(out, type, record, words);
}

static void
append_list(GString *out, const RecordField *f, const GPtrArray *list, const Words *words)
{
    room_append_c(out, '[');
    for (guint i = 0; i < list->len; i++) {
        if (i > 0)
            room_append_c(out, ',');
        if (f->kind == RECORD_STRINGS)
            text_append_json(out, list->pdata[i], -1);
        else
            append_object(out, f->type, list->pdata[i], words);
    }
    room_append_c(out, ']');
}

/* Up to so many, comparing each with those before is cheaper than a table of them. */
#define PAIRS_FEW 16

/* The first of several equal names wins: a JSON object must not repeat a key. */
static gboolean
seen_before(const GPtrArray *list, guint index, GHashTable *seen)
{
    const char *name = ((const Pair *)list->pdata[index])->name;

    if (seen)
        return !g_hash_table_add(seen, (gpointer)name);
    for (guint i = 0; i < index; i++)
        if (g_str_equal(((const Pair *)list->pdata[i])->name, name))
            return TRUE;
    return FALSE;
}

static void
append_pairs(GString *out, const GPtrArray *list)
{
    GHashTable *seen = list->len > PAIRS_FEW ? g_hash_table_new(hash_text, g_str_equal) : NULL;
    gboolean first = TRUE;

    room_append_c(out, '{');
    for (guint i = 0; i < list->len; i++) {
        const Pair *pair = list->pdata[i];
        if (seen_before(list, i, seen))
            continue;
        if (!first)
            room_append_c(out, ',');
        first = FALSE;
        text_append_json(out, pair->name, -1);
        room_append_c(out, ':');
        text_append_json(out, pair->value, -1);
    }
    room_append_c(out, '}');
    g_clear_pointer(&seen, g_hash_table_unref);
}

void
record_append_json_span(GString *out, Span span)
{
    char *at = room_make(out, 2 * ROOM_INT + 3);

    *at++ = '[';
    at = room_put_int(at, (gint64)span.start);
    *at++ = ',';
    at = room_put_int(at, (gint64)span.end);
    *at++ = ']';
    room_took(out, at);
}

static void
append_spans(GString *out, const GArray *list)
{
    room_append_c(out, '[');
    for (guint i = 0; i < list->len; i++) {
        if (i > 0)
            room_append_c(out, ',');
        record_append_json_span(out, g_array_index(list, Span, i));
    }
    room_append_c(out, ']');
}

/* Times are whole microseconds in milliseconds: a number that is so many thousandths needs no printf(). */
static gboolean
append_thousandths(GString *out, double value)
{
    const gint64 count = value > 0 && value < 1e9 ? (gint64)(value * 1000 + 0.5) : 0;

    if ((double)count / 1000 != value || signbit(value))
        return FALSE;
    char *at = room_put_int(room_make(out, ROOM_INT + 4), count / 1000);
    *at++ = '.';
    *at++ = (char)('0' + count / 100 % 10);
    *at++ = (char)('0' + count / 10 % 10);
    *at++ = (char)('0' + count % 10);
    room_took(out, at);
    return TRUE;
}

static void
append_real(GString *out, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    if (!append_thousandths(out, value))
        g_string_append(out, g_ascii_formatd(buffer, sizeof buffer, "%.3f", value));
}

static void
append_value(GString *out, const RecordField *f, gconstpointer record, const Words *words)
{
    switch (f->kind) {
    case RECORD_REAL:
        append_real(out, PEEK(record, f, double));
        break;
    case RECORD_STRINGS:
    case RECORD_LIST:
        append_list(out, f, PEEK(record, f, GPtrArray *), words);
        break;
    case RECORD_SPANS:
        append_spans(out, PEEK(record, f, GArray *));
        break;
    case RECORD_PAIRS:
        append_pairs(out, PEEK(record, f, GPtrArray *));
        break;
    case RECORD_ONE:
        append_object(out, f->type, PEEK(record, f, gpointer), words);
        break;
    case RECORD_BLOB: case RECORD_INT: case RECORD_BOOL: case RECORD_TRI: case RECORD_WORD:
    case RECORD_STRING: case RECORD_DOMAIN: case RECORD_ID:
        break;
    }
}

static void
append_unicode(GString *out, const RecordField *f, const char *domain)
{
    if (!domain || !name_has_unicode(domain))
        return;
    g_autofree char *unicode = name_to_unicode(domain);
    if (g_str_equal(unicode, domain))
        return;
    g_string_append_printf(out, ",\"%s_unicode\":", f->name);
    text_append_json(out, unicode, -1);
}

/* ---- what is short is written behind its key at once ---- */

static char *
put_text(char *to, const char *text)
{
    return room_put(to, text, strlen(text));
}

static char *
put_word(char *to, const char *word)
{
    *to++ = '"';
    to = put_text(to, word);
    *to++ = '"';
    return to;
}

/* Writes the value, where it is short whatever it is; NULL where it is not. */
static inline char *
put_short(char *to, const RecordField *f, gconstpointer record)
{
    static const char *const tri[] = { "null", "false", "true" };

    switch (f->kind) {
    case RECORD_INT: {
        const gint64 number = PEEK(record, f, gint64);
        return number == RECORD_UNSET ? room_put(to, "null", 4) : room_put_int(to, number);
    }
    case RECORD_BOOL:
        return PEEK(record, f, gboolean) ? room_put(to, "true", 4) : room_put(to, "false", 5);
    case RECORD_TRI:
        return put_text(to, tri[PEEK(record, f, Tri)]);
    case RECORD_WORD:
        return put_word(to, f->words[PEEK(record, f, int)]);
    case RECORD_BLOB:
        return room_put(to, "null", 4);
    case RECORD_STRING: case RECORD_DOMAIN: case RECORD_ID: case RECORD_ONE:
        return PEEK(record, f, gpointer) ? NULL : room_put(to, "null", 4);
    case RECORD_STRINGS: case RECORD_LIST:
        return PEEK(record, f, GPtrArray *)->len > 0 ? NULL : room_put(to, "[]", 2);
    case RECORD_PAIRS:
        return PEEK(record, f, GPtrArray *)->len > 0 ? NULL : room_put(to, "{}", 2);
    case RECORD_SPANS:
        return PEEK(record, f, GArray *)->len > 0 ? NULL : room_put(to, "[]", 2);
    case RECORD_REAL:
        break;
    }
    return NULL;
}

/* Longer ones are rare. */
#define TEXT_MAX 512
/* More than any key takes, ready-made or not, and a short value behind it. */
#define KEY_ROOM(f) ((f)->json_length ? (gsize)RECORD_KEY_MAX : strlen((f)->name) + 4)

/* `,"KEY":`, the first of an object without its comma. */
static inline char *
put_key(char *to, const RecordField *f, gboolean first)
{
    if (f->json_length > 0) {
        if (!first) {
            memcpy(to, f->json, RECORD_KEY_MAX);
            return to + f->json_length;
        }
        memcpy(to, f->json + 1, RECORD_KEY_MAX - 1);
        return to + f->json_length - 1;
    }
    to = first ? to : room_put(to, ",", 1);
    *to++ = '"';
    to = put_text(to, f->name);
    return room_put(to, "\":", 2);
}

/* Behind its key. */
static inline void
append_text(GString *out, char *at, const char *text)
{
    const gsize length = strlen(text);

    if (length > TEXT_MAX || !plain_text(text, length)) {
        room_took(out, at);
        text_append_json(out, text, (gssize)length);
        return;
    }
    *at++ = '"';
    at = room_put(at, text, length);
    *at++ = '"';
    room_took(out, at);
}

/* Room is asked for once: for the key, and for a value of usual length behind it. */
static inline void
append_field(GString *out, const RecordField *f, gconstpointer record, gboolean first,
             const Words *words)
{
    char *at = put_key(room_make(out, KEY_ROOM(f) + TEXT_MAX + 2), f, first);

    if (f->show == RECORD_WORDED) {
        room_took(out, at);
        words->worded(out, f, record, words->data);
        return;
    }
    char *end = put_short(at, f, record);
    if (end) {
        room_took(out, end);
    } else if (f->kind == RECORD_STRING || f->kind == RECORD_ID) {
        append_text(out, at, PEEK(record, f, char *));
    } else if (f->kind == RECORD_DOMAIN) {
        append_text(out, at, PEEK(record, f, char *));
        append_unicode(out, f, PEEK(record, f, char *));
    } else {
        room_took(out, at);
        append_value(out, f, record, words);
    }
}

static void
append_fields(GString *out, const RecordType *type, gconstpointer record, gboolean first,
              const Words *words)
{
    for (const RecordField *f = type->fields; f->name; f++) {
        if (f->show == RECORD_HIDDEN)
            continue;
        append_field(out, f, record, first, words);
        first = FALSE;
    }
}

void
record_append_json_fields(GString *out, const RecordType *type, gconstpointer record,
                          gboolean first, RecordWorded worded, gpointer data)
{
    append_fields(out, type, record, first, &(Words){ worded, data });
}

void
record_append_json(GString *out, const RecordType *type, gconstpointer record,
                   RecordWorded worded, gpointer data)
{
    append_object(out, type, record, &(Words){ worded, data });
}

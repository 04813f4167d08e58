/* record-json.c: records as JSON objects.
 * SPDX-License-Identifier: MIT
 *
 * A report is 1,300 keys and as many values, nearly all of them short: room for a key and a value of usual length is
 * asked for once (record-pen.h). Each key and each item is written with a comma before it; the first comma then
 * becomes the bracket. */
#include "facts/record.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/name.h"
#include "base/room.h"
#include "base/spare.h"
#include "base/text.h"
#include "facts/record-pen.h"
#include "facts/record-slot.h"

/* Strangers choose how long a text is, and a control character is six bytes of JSON. A receiver's twenty rules about a domain of usual
 * length fit. */
#define KEPT_MAX 8192

static char *put_object(RecordPen *pen, char *at, const RecordType *type, gconstpointer record);

static char *
put_unicode(RecordPen *pen, char *at, const RecordField *f, const char *domain)
{
    g_autofree char *unicode = name_to_unicode(domain);

    if (g_str_equal(unicode, domain))
        return at;
    g_string_append_printf(pen_down(pen, at), ",\"%s_unicode\":", f->name);
    text_append_json(pen->tray->text, unicode, -1);
    return pen_up(pen);
}

static char *
put_domain(RecordPen *pen, char *at, const RecordField *f, const char *domain)
{
    at = pen_put_text(pen, at, domain);
    return name_has_unicode(domain) ? put_unicode(pen, at, f, domain) : at;
}

static inline char *
put_null(char *at)
{
    return room_put(at, "null", 4);
}

static char *
put_words(RecordPen *pen, char *at, const char *text)
{
    return text ? pen_put_text(pen, at, text) : put_null(at);
}

/* ---- lists ---- */

static char *
put_strings(RecordPen *pen, char *at, const GPtrArray *list)
{
    const gsize start = pen_place(pen, at);

    for (guint i = 0; i < list->len; i++) {
        at = pen_room(pen, at, PEN_ROOM);
        *at++ = ',';
        at = put_words(pen, at, list->pdata[i]);
    }
    return pen_close(pen, at, start, '[', ']');
}

/* From `first` up to `end`. */
static char *
put_some_records(RecordPen *pen, char *at, const RecordField *f, const GPtrArray *list, guint first, guint end)
{
    for (guint i = first; i < end; i++) {
        at = pen_room(pen, at, 1);
        *at++ = ',';
        at = put_object(pen, at, f->type, list->pdata[i]);
    }
    return at;
}

static char *
put_records(RecordPen *pen, char *at, const RecordField *f, const GPtrArray *list)
{
    const gsize start = pen_place(pen, at);

    return pen_close(pen, put_some_records(pen, at, f, list, 0, list->len), start, '[', ']');
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

static char *
put_pairs(RecordPen *pen, char *at, const GPtrArray *list)
{
    GHashTable *seen = list->len > PAIRS_FEW ? g_hash_table_new(hash_text, g_str_equal) : NULL;
    const gsize start = pen_place(pen, at);

    for (guint i = 0; i < list->len; i++) {
        const Pair *pair = list->pdata[i];
        if (seen_before(list, i, seen))
            continue;
        at = pen_room(pen, at, PEN_ROOM);
        *at++ = ',';
        at = put_words(pen, at, pair->name);
        at = pen_room(pen, at, PEN_ROOM);
        *at++ = ':';
        at = put_words(pen, at, pair->value);
    }
    g_clear_pointer(&seen, g_hash_table_unref);
    return pen_close(pen, at, start, '{', '}');
}

static char *
put_spans(RecordPen *pen, char *at, const GArray *list)
{
    const gsize start = pen_place(pen, at);

    for (guint i = 0; i < list->len; i++) {
        at = pen_room(pen, at, PEN_SPAN);
        *at++ = ',';
        at = pen_put_span(at, g_array_index(list, Span, i));
    }
    return pen_close(pen, at, start, '[', ']');
}

/* ---- numbers ---- */

/* Times are whole microseconds in milliseconds: a number that is so many thousandths needs no printf(). */
static char *
put_thousandths(char *at, double value)
{
    const gint64 count = value > 0 && value < 1e9 ? (gint64)(value * 1000 + 0.5) : 0;

    if ((double)count / 1000 != value || signbit(value))
        return NULL;
    at = room_put_int(at, count / 1000);
    *at++ = '.';
    return room_put_digits(at, (int)(count % 1000), 3);
}

static char *
put_real(RecordPen *pen, char *at, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    char *end = put_thousandths(at, value);

    if (end)
        return end;
    g_string_append(pen_down(pen, at), g_ascii_formatd(buffer, sizeof buffer, "%.3f", value));
    return pen_up(pen);
}

static inline char *
put_int(char *at, gint64 value)
{
    return value == RECORD_UNSET ? put_null(at) : room_put_int(at, value);
}

static inline char *
put_tri(char *at, Tri value)
{
    if (value == TRI_UNKNOWN)
        return put_null(at);
    return value == TRI_TRUE ? room_put(at, "true", 4) : room_put(at, "false", 5);
}

/* ---- fields ---- */

static inline char *
put_empty(char *at, char opening, char closing)
{
    *at++ = opening;
    *at++ = closing;
    return at;
}

static inline char *
put_value(RecordPen *pen, char *at, const RecordField *f, gconstpointer record)
{
    switch (f->kind) {
    case RECORD_STRING: case RECORD_ID:
        return put_words(pen, at, PEEK(record, f, char *));
    case RECORD_DOMAIN:
        return PEEK(record, f, char *) ? put_domain(pen, at, f, PEEK(record, f, char *)) : put_null(at);
    case RECORD_WORD:
        return pen_put_text(pen, at, f->words[PEEK(record, f, int)]);
    case RECORD_INT:
        return put_int(at, PEEK(record, f, gint64));
    case RECORD_BOOL:
        return put_tri(at, PEEK(record, f, gboolean) ? TRI_TRUE : TRI_FALSE);
    case RECORD_TRI:
        return put_tri(at, PEEK(record, f, Tri));
    case RECORD_REAL:
        return put_real(pen, at, PEEK(record, f, double));
    case RECORD_ONE:
        return PEEK(record, f, gpointer) ? put_object(pen, at, f->type, PEEK(record, f, gpointer)) : put_null(at);
    case RECORD_LIST:
        return PEEK(record, f, GPtrArray *)->len > 0 ? put_records(pen, at, f, PEEK(record, f, GPtrArray *))
                                                     : put_empty(at, '[', ']');
    case RECORD_STRINGS:
        return put_strings(pen, at, PEEK(record, f, GPtrArray *));
    case RECORD_SPANS:
        return put_spans(pen, at, PEEK(record, f, GArray *));
    case RECORD_PAIRS:
        return put_pairs(pen, at, PEEK(record, f, GPtrArray *));
    case RECORD_BLOB:
        break;
    }
    return put_null(at);
}

/* `,"KEY":` */
static inline char *
put_key(RecordPen *pen, char *at, const RecordField *f)
{
    if (f->json_length > 0) {
        memcpy(at, f->json, RECORD_KEY_MAX);
        return at + f->json_length;
    }
    g_string_append_printf(pen_down(pen, at), ",\"%s\":", f->name);
    return pen_room(pen, pen_up(pen), PEN_ROOM);
}

/* From `f` on, up to `end`. */
static char *
put_some_fields(RecordPen *pen, char *at, const RecordField *f, const RecordField *end, gconstpointer record)
{
    for (; f != end; f++) {
        if (f->show == RECORD_HIDDEN)
            continue;
        at = put_key(pen, pen_room(pen, at, PEN_ROOM), f);
        at = f->show == RECORD_WORDED ? pen->worded(pen, at, f, record, pen->data) : put_value(pen, at, f, record);
    }
    return at;
}

/* Behind the last field. */
static inline const RecordField *
end_of(const RecordType *type)
{
    const RecordField *end = type->fields + type->count;

    while (end->name)       /* the table was made without its count */
        end++;
    return end;
}

static char *
put_fields(RecordPen *pen, char *at, const RecordType *type, gconstpointer record)
{
    return put_some_fields(pen, at, type->fields, end_of(type), record);
}

/* ---- objects ---- */

/* Room for the JSON of a record; or NULL: it would be too long. */
static char *
renew_json(const RecordPen *pen, gsize length, RecordJson kind, RecordShared *shared)
{
    if (length > KEPT_MAX)
        return NULL;
    g_free(shared->json);
    shared->json = g_malloc(length);
    shared->json_length = (guint)length & (G_MAXINT >> 1);
    shared->json_kind = kind;
    shared->worded = pen->worded;
    return shared->json;
}

/* Keeps what was printed from `start` on. */
static void
keep_json(const RecordPen *pen, const char *at, gsize start, RecordJson kind, RecordShared *shared)
{
    const gsize length = pen_place(pen, at) - start;
    char *kept = renew_json(pen, length, kind, shared);

    if (kept)
        memcpy(kept, pen->begin + start, length);
}

static inline gboolean
has_json(const RecordPen *pen, RecordJson kind, const RecordShared *shared)
{
    return shared->json && shared->worded == pen->worded && shared->json_kind == kind;
}

static inline char *
put_piece(RecordPen *pen, char *at, const char *piece, gsize length)
{
    return room_put(pen_room(pen, at, length), piece, length);
}

static inline char *
put_kept(RecordPen *pen, char *at, const RecordShared *shared)
{
    return put_piece(pen, at, shared->json, shared->json_length);
}

/* The first fields are printed once for all that have them in common. */
static char *
put_like(RecordPen *pen, char *at, const RecordType *type, gconstpointer record, gpointer like)
{
    const RecordField *rest = type->fields + type->head;
    RecordShared *head = record_shared(type, like);
    const gsize start = pen_place(pen, at);

    if (has_json(pen, RECORD_JSON_HEAD, head)) {
        at = put_kept(pen, at, head);
    } else {
        at = put_some_fields(pen, at, type->fields, rest, record);
        keep_json(pen, at, start, RECORD_JSON_HEAD, head);
    }
    return pen_close(pen, put_some_fields(pen, at, rest, end_of(type), record), start, '{', '}');
}

/* Keeps what was printed from `start` on, without what stands between `item` and `behind`: that is the item's own. */
static void
keep_but(const RecordPen *pen, const char *at, gsize start, gsize item, gsize behind, guint own, RecordShared *known)
{
    const gsize before = item - start, after = pen_place(pen, at) - behind;
    char *kept = renew_json(pen, before + after, RECORD_JSON_BUT, known);

    if (!kept)
        return;
    memcpy(kept, pen->begin + start, before);
    memcpy(kept + before, pen->begin + behind, after);
    known->json_gap = (guint)before;
    known->own = own;
}

/* All that is in it, as put_made() does. */
static char *
put_first_but(RecordPen *pen, char *at, const RecordType *type, gconstpointer record, guint own, RecordShared *known)
{
    const RecordField *f = type->fields + type->head;
    const GPtrArray *list = PEEK(record, f, GPtrArray *);
    const gsize start = pen_place(pen, at);

    at = put_key(pen, pen_room(pen, put_some_fields(pen, at, type->fields, f, record), PEN_ROOM), f);
    const gsize items = pen_place(pen, at);
    at = put_some_records(pen, at, f, list, 0, own - 1);
    const gsize item = pen_place(pen, at) + 1;      /* behind its comma */
    at = put_some_records(pen, at, f, list, own - 1, own);
    const gsize behind = pen_place(pen, at);
    at = pen_close(pen, put_some_records(pen, at, f, list, own, list->len), items, '[', ']');
    at = pen_close(pen, put_some_fields(pen, at, f + 1, end_of(type), record), start, '{', '}');
    keep_but(pen, at, start, item, behind, own, known);
    return at;
}

/* One item is its own: all before and all behind it is printed once. */
static char *
put_but(RecordPen *pen, char *at, const RecordType *type, gconstpointer record, const RecordShared *shared)
{
    const RecordField *f = type->fields + type->head;
    RecordShared *known = record_shared(type, shared->like);

    if (!has_json(pen, RECORD_JSON_BUT, known) || known->own != shared->own)
        return put_first_but(pen, at, type, record, shared->own, known);
    at = put_piece(pen, at, known->json, known->json_gap);
    at = put_object(pen, at, f->type, PEEK(record, f, GPtrArray *)->pdata[shared->own - 1]);
    return put_piece(pen, at, known->json + known->json_gap, known->json_length - known->json_gap);
}

static char *
put_made(RecordPen *pen, char *at, const RecordType *type, gconstpointer record)
{
    const gsize start = pen_place(pen, at);

    return pen_close(pen, put_fields(pen, at, type, record), start, '{', '}');
}

/* What others hold, too, is printed once: JSON is English, whatever the language, and the record does not change. Only
 * where many messages are worked on, by one thread (heap_keep()). */
static char *
put_shared(RecordPen *pen, char *at, const RecordType *type, gconstpointer record, RecordShared *shared)
{
    const gsize start = pen_place(pen, at);

    at = put_made(pen, at, type, record);
    keep_json(pen, at, start, RECORD_JSON_WHOLE, shared);
    return at;
}

static char *
put_object(RecordPen *pen, char *at, const RecordType *type, gconstpointer record)
{
    RecordShared *shared = spare ? record_shared(type, record) : NULL;

    if (shared && g_atomic_int_get(&shared->others) > 0)
        return has_json(pen, RECORD_JSON_WHOLE, shared) ? put_kept(pen, at, shared) : put_shared(pen, at, type, record, shared);
    if (shared && shared->like)
        return shared->own > 0 ? put_but(pen, at, type, record, shared) : put_like(pen, at, type, record, shared->like);
    return put_made(pen, at, type, record);
}

void
record_print_json_fields(Tray *tray, const RecordType *type, gconstpointer record, RecordWorded worded, gpointer data)
{
    RecordPen pen = { tray, NULL, NULL, worded, data };
    char *at = pen_settle(&pen);

    pen_down(&pen, put_fields(&pen, at, type, record));
}

void
record_append_json_fields(GString *out, const RecordType *type, gconstpointer record, RecordWorded worded,
                          gpointer data)
{
    Tray tray = { .text = out };

    record_print_json_fields(&tray, type, record, worded, data);
}

void
record_append_json(GString *out, const RecordType *type, gconstpointer record, RecordWorded worded, gpointer data)
{
    Tray tray = { .text = out };
    RecordPen pen = { &tray, NULL, NULL, worded, data };
    char *at = pen_settle(&pen);

    pen_down(&pen, put_object(&pen, at, type, record));
}

/* printer-json.c: a Report as the JSON object of INTERFACE.md, one a line.
 * SPDX-License-Identifier: MIT
 *
 * Nearly all of it is the tables of report.c; here stands what becomes words or text on the way:
 * titles, sentences, evidence and DNS records. */
#include "report/printer.h"

#include "base/plain.h"
#include "base/room.h"
#include "base/text.h"
#include "base/translate.h"
#include "facts/record-pen.h"
#include "tree/words.h"

/* Grows when a key is renamed or changes its meaning; new keys leave it alone. */
#define FORMAT "1"

static void
append_owned(GString *out, char *text)
{
    text_append_json(out, text, -1);
    g_free(text);
}

/* A text is put together where it will stand: nearly all of them can stay as they are. */
static gsize
begin_text(GString *out)
{
    room_append_c(out, '"');
    return out->len;
}

static void
end_text(GString *out, gsize start)
{
    const gsize length = out->len - start;

    if (plain_text(out->str + start, length)) {
        room_append_c(out, '"');
        return;
    }
    g_autofree char *strange = g_memdup2(out->str + start, length);
    g_string_truncate(out, start - 1);
    text_append_json(out, strange, (gssize)length);
}

/* Where in the JSON a piece of evidence stands already. */
typedef struct {
    const Evidence *evidence;
    gsize           place, place_length;    /* "Return-Path, line 1" */
    gsize           spans, spans_length;    /* "[0,30]"; no length: not printed yet, or it has none */
} Printed;

/* Steps rest on the same few fields of a message: each is printed once, and copied from there. */
#define PRINTED_MAX 12
typedef struct {
    guint   count;
    Printed places[PRINTED_MAX];
} PrintedPlaces;

static Printed *
printed_before(PrintedPlaces *printed, const Evidence *evidence)
{
    for (guint i = 0; i < printed->count; i++)
        if (printed->places[i].evidence == evidence)
            return &printed->places[i];
    return NULL;
}

/* Behind a check there is room for a header field's name and line. */
#define PLACE_ROOM (PEN_TEXT_MAX + ROOM_INT + 16)

/* As evidence_append_text() says it; NULL: it is none of the header's, or not plain. */
static char *
put_header_place(char *at, const Evidence *evidence)
{
    const gsize length = evidence->kind == EVIDENCE_HEADER ? strlen(evidence->name) : G_MAXSIZE;

    at = length <= PEN_TEXT_MAX ? plain_put(at, evidence->name, length) : NULL;
    return at ? room_put_int(room_put(at, ", line ", 7), evidence->line) : NULL;
}

static char *
put_place(RecordPen *pen, char *at, const Evidence *evidence, PrintedPlaces *printed)
{
    const Printed *before = printed_before(printed, evidence);

    if (before)
        return room_put(at, pen->begin + before->place, before->place_length);
    const gsize start = pen_place(pen, at);
    at = put_header_place(at, evidence);
    if (at && printed->count < PRINTED_MAX)
        printed->places[printed->count++] = (Printed){ evidence, start, pen_place(pen, at) - start, 0, 0 };
    return at;
}

/* Nearly all that a message's own steps rest on; NULL: something else is there, too. */
static char *
put_plain_places(RecordPen *pen, char *at, const GPtrArray *list, PrintedPlaces *printed)
{
    at = pen_room(pen, at, PLACE_ROOM);
    *at++ = '"';
    for (guint i = 0; i < list->len; i++) {
        if (i > 0)
            at = room_put(pen_room(pen, at, PLACE_ROOM), "; ", 2);
        at = put_place(pen, at, list->pdata[i], printed);
        if (!at)
            return NULL;
    }
    *at++ = '"';
    return at;
}

static char *
put_places(RecordPen *pen, char *at, const GPtrArray *list, PrintedPlaces *printed)
{
    const gsize start = pen_place(pen, at);
    const guint count = printed->count;
    char *end = put_plain_places(pen, at, list, printed);

    if (end)
        return end;
    printed->count = count;     /* what stood there does no longer */
    GString *out = pen_down(pen, pen->begin + start);
    const gsize text = begin_text(out);
    evidence_append_text(out, list);
    end_text(out, text);
    return pen_up(pen);
}

/* With a comma before each. */
static char *
put_spans_of(RecordPen *pen, char *at, const Evidence *evidence, PrintedPlaces *printed)
{
    Printed *before = printed_before(printed, evidence);

    if (before && before->spans_length > 0) {
        at = pen_room(pen, at, before->spans_length + 1);
        *at++ = ',';
        return room_put(at, pen->begin + before->spans, before->spans_length);
    }
    const gsize start = pen_place(pen, at) + 1;
    for (guint i = 0; i < evidence->spans->len; i++) {
        at = pen_room(pen, at, PEN_SPAN);
        *at++ = ',';
        at = pen_put_span(at, g_array_index(evidence->spans, Span, i));
    }
    if (before && pen_place(pen, at) > start) {
        before->spans = start;
        before->spans_length = pen_place(pen, at) - start;
    }
    return at;
}

/* "evidence" is text for people; the bytes follow under a key of their own. */
static char *
put_evidence(RecordPen *pen, char *at, const GPtrArray *list, PrintedPlaces *printed)
{
    if (list->len == 0)
        return room_put(pen_room(pen, at, PEN_ROOM), "null,\"spans\":[]", 15);
    at = pen_room(pen, put_places(pen, at, list, printed), PEN_ROOM);
    at = room_put(at, ",\"spans\":", 9);
    const gsize start = pen_place(pen, at);
    for (guint i = 0; i < list->len; i++)
        at = put_spans_of(pen, at, list->pdata[i], printed);
    return pen_close(pen, at, start, '[', ']');
}

static void
append_records(GString *out, const GPtrArray *list)
{
    g_string_append_c(out, '[');
    for (guint i = 0; i < list->len; i++) {
        const DnsRecord *record = list->pdata[i];
        if (i > 0)
            g_string_append_c(out, ',');
        text_append_json(out, record->text, -1);
    }
    g_string_append_c(out, ']');
}

static gboolean
belongs_to(const RecordField *field, const RecordType *type)
{
    const gsize distance = (gsize)field - (gsize)type->fields;

    return (gsize)field >= (gsize)type->fields && distance < type->count * sizeof *field;
}

static void
append_sentence(GString *out, const RecordField *field, gconstpointer record)
{
    if (belongs_to(field, &finding_type)) {
        append_owned(out, words_finding(record));
    } else if (belongs_to(field, &advice_type)) {
        append_owned(out, words_advice(record));
    } else if (belongs_to(field, &delivery_status_type)) {
        const DeliveryStatus *status = record;
        append_owned(out, status->explained ? words_text(status->explained, status->explained_args)
                                            : NULL);
    } else {
        const DmarcPair *pair = record;
        append_owned(out, pair->why ? words_text(pair->why, pair->why_args) : NULL);
    }
}

/* What there is most of. */
static gboolean
has_words(const RecordField *field)
{
    return belongs_to(field, &step_type) || belongs_to(field, &receiver_rule_type) || belongs_to(field, &shown_type);
}

static void
append_words(GString *out, const RecordField *field, gconstpointer record)
{
    const gsize start = begin_text(out);

    if (belongs_to(field, &step_type))
        words_append_title(out, record);
    else if (belongs_to(field, &receiver_rule_type))
        words_append_rule_evidence(out, record);
    else if (g_str_equal(field->name, "line"))
        words_append_shown_line(out, record);
    else
        words_append_shown_why(out, record);
    end_text(out, start);
}

static char *
put_worded(RecordPen *pen, char *at, const RecordField *field, gconstpointer record, gpointer data)
{
    const char *slot = (const char *)record + field->offset;

    if (field->type == &evidence_type)
        return put_evidence(pen, at, *(GPtrArray *const *)(const void *)slot, data);
    GString *out = pen_down(pen, at);
    if (has_words(field)) {
        append_words(out, field, record);
    } else if (belongs_to(field, &dns_answer_type)) {
        append_records(out, ((const DnsAnswer *)record)->records);
    } else {
        append_sentence(out, field, record);
    }
    return pen_up(pen);
}

/* Most reports fit, so that their bytes are not moved while they grow. */
#define USUAL_SIZE ((gsize)48 << 10)

static void
print_json(Tray *tray, const RecordType *type, const Report *report, const char *key, const char *value)
{
    GString *out = tray->text;
    PrintedPlaces printed;

    printed.count = 0;
    translate_english(TRUE);
    if (!tray->room)
        room_make(out, USUAL_SIZE);
    g_string_append(out, "{\"format\":" FORMAT);
    record_print_json_fields(tray, type, report, put_worded, &printed);
    if (key) {
        g_string_append_printf(out, ",\"%s\":", key);
        text_append_json(out, value, -1);
    }
    g_string_append(out, "}\n");
    translate_english(FALSE);
}

void
printer_json_unreadable(GString *out, const Report *report)
{
    Tray tray = { .text = out };

    print_json(&tray, &report_unreadable_type, report, NULL, NULL);
}

void
printer_json_named(GString *out, const Report *report, const char *key, const char *value)
{
    Tray tray = { .text = out };

    print_json(&tray, &report_type, report, key, value);
}

void
printer_json_on(Tray *tray, const Report *report)
{
    print_json(tray, &report_type, report, NULL, NULL);
}

void
printer_json(GString *out, const Report *report)
{
    printer_json_named(out, report, NULL, NULL);
}

/* record-json.c: records as JSON objects.
 * SPDX-License-Identifier: MIT */
#include "facts/record.h"

#include "base/name.h"
#include "base/span.h"
#include "base/text.h"
#include "facts/record-slot.h"

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

/* There are hundreds of them in a report. */
static void
append_json_name(GString *out, const char *name)
{
    g_string_append_c(out, '"');
    g_string_append(out, name);
    g_string_append(out, "\":");
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
        append_json_name(out, f->name);
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

/* summary.c: Gmail's table of a message, found and read leniently.
 * SPDX-License-Identifier: MIT
 *
 * Seen: "SPF:", a tab, "PASS with IP 192.0.2.1 Learn more"; "DKIM: 'PASS' with domain example.com".
 * Quotes come and go, rows without a result are left out, labels are in the reader's language,
 * cells are parted by tabs, bars or line ends, and a copy may put all of it on one line. */
#include "repair/summary.h"

#include <string.h>

#include "base/lower.h"
#include "repair/draft.h"
#include "repair/letters.h"

/* A table is short; a method's word and its result stand close together. */
#define TABLE_MAX 16384UL
#define NEAR_MAX 40
#define ROWS_MAX 20
/* More than value_fits() looks at. */
#define NEAR_VALUE 256

typedef struct {
    const char *method;
    const char *result;     /* one of `results` */
    gsize       start, end;
    gboolean    at_line;    /* begins a line or a cell */
} Row;

static const char *const methods[] = { "SPF", "DKIM", "DMARC", "ARC" };
static const char *const results[] = { "pass", "softfail",  "fail",     "neutral",
                                       "none", "temperror", "permerror" };

static gboolean
is_word(const char *text, gsize length, gsize at, const char *word)
{
    const gsize size = strlen(word);

    return length - at >= size && g_ascii_strncasecmp(text + at, word, size) == 0 &&
           (at == 0 || !g_ascii_isalnum(text[at - 1])) &&
           (at + size == length || !g_ascii_isalnum(text[at + size]));
}

static gboolean
begins_cell(const char *text, gsize at)
{
    while (at > 0 && (text[at - 1] == ' ' || strchr("'\"*", text[at - 1])))
        at--;
    return at == 0 || strchr("\n\t|", text[at - 1]);
}

/* The result that stands near behind a method's word, in the same row or in the next line. */
static const char *
find_result(const char *text, gsize length, gsize at, gsize *end)
{
    const gsize limit = MIN(length, at + NEAR_MAX);

    for (; at < limit && text[at] != '='; at++)
        for (gsize i = 0; i < G_N_ELEMENTS(results); i++)
            if (is_word(text, length, at, results[i])) {
                *end = at + strlen(results[i]);
                return results[i];
            }
    return NULL;
}

/* A method's word that is a label: no "DKIM-Signature", no "spf=". */
static gboolean
read_row(const char *text, gsize length, gsize at, Row *row)
{
    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++) {
        const gsize behind = at + strlen(methods[i]);
        if (!is_word(text, length, at, methods[i]) ||
            memcmp(text + at, methods[i], strlen(methods[i])) != 0)
            continue;
        if (behind >= length || text[behind] == '-' || text[behind] == '=' ||
            (at > 0 && text[at - 1] == '-'))
            return FALSE;
        *row = (Row){ methods[i], NULL, at, behind, begins_cell(text, at) };
        row->result = find_result(text, length, behind, &row->end);
        return row->result != NULL;
    }
    return FALSE;
}

static guint
read_rows(const char *text, gsize length, Row rows[ROWS_MAX])
{
    guint count = 0;

    for (gsize at = 0; at < length && count < ROWS_MAX; at++)
        if (strchr("SDA", text[at]) && read_row(text, length, at, &rows[count]))
            at = rows[count++].end - 1;
    return count;
}

/* Of a field that tables do not show: where it stands, the source has begun. */
static gboolean
is_of_source(const char *text, const Mark *mark)
{
    const gsize size = mark->colon - mark->start;

    if (!mark->strong)
        return FALSE;
    if (mark->kind == VALUE_TRACE || mark->kind == VALUE_TAGS || mark->kind == VALUE_RESULTS ||
        mark->kind == VALUE_VERSION || mark->kind == VALUE_TYPE)
        return TRUE;
    return (size > 2 && g_ascii_strncasecmp(text + mark->start, "X-", 2) == 0) ||
           (size == 12 && lower_same(text + mark->start, "Delivered-To", size)) ||
           (size == 11 && lower_same(text + mark->start, "Return-Path", size));
}

static gsize
first_of_source(const char *text, gsize length)
{
    g_autoptr(GArray) marks = marks_find(text, length, MARK_BLANKS);

    for (guint i = 0; i < marks->len; i++)
        if (is_of_source(text, &g_array_index(marks, Mark, i)))
            return g_array_index(marks, Mark, i).start;
    return length;
}

static gboolean
has_title(const char *text, gsize length)
{
    static const char *const titles[] = {
        "Original Message",
        "Original message",
        "Message ID",
        "Created at",
        "Created on",
        "Learn more",
        "Download Original",
        "Copy to clipboard",
        "\xE5\x85\x83\xE3\x81\xAE\xE3\x83\xA1\xE3\x83\x83\xE3\x82\xBB",
        "\xE3\x83\xA1\xE3\x83\x83\xE3\x82\xBB\xE3\x83\xBC\xE3\x82\xB8",
        "\xE8\xA9\xB3\xE7\xB4\xB0"
    };

    for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
        if (g_strstr_len(text, (gssize)length, titles[i]))
            return TRUE;
    return FALSE;
}

/* Two rows at the beginning of lines are a table; one needs a title, and rows within a line do. */
static gboolean
is_table(const char *text, gsize length, const Row *rows, guint count)
{
    guint at_line = 0, distinct = 0;

    for (guint i = 0; i < count; i++) {
        at_line += rows[i].at_line ? 1 : 0;
        distinct += i == 0 || rows[i].method != rows[i - 1].method ? 1 : 0;
    }
    if (at_line >= 2 && distinct >= 2)
        return TRUE;
    return count >= 1 && (at_line >= 1 || distinct >= 2) && has_title(text, length);
}

/* The field lines right above the first one that only a source has belong to it, too, but rows do
 * not. */
static gsize
back_to_first(const char *text, gsize table_end, gsize place)
{
    gsize first = place;

    while (first > table_end) {
        gsize line = first - 1;
        while (line > table_end && text[line - 1] != '\n')
            line--;
        if (text[first - 1] != '\n' || line < table_end ||
            (!letters_is_wsp(text[line]) && !names_begins_field(text + line, text + first, FALSE)))
            break;
        first = line;
    }
    return first;
}

gboolean
summary_find(const char *text, gsize length, gsize *source)
{
    const gsize head = MIN(length, TABLE_MAX);
    const gsize first = first_of_source(text, head);
    Row rows[ROWS_MAX];

    if (first == 0)
        return FALSE;
    const guint count = read_rows(text, first, rows);
    if (count == 0 || !is_table(text, first, rows, count))
        return FALSE;
    const gsize table_end = MIN(draft_line_end(text, first, rows[count - 1].end) + 1, first);
    *source = first < head ? back_to_first(text, table_end, first) : length;
    return TRUE;
}

/* By their capital letters, of which a header has few. */
static gboolean
has_method(const char *text, gsize length)
{
    const char *end = text + length;

    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++) {
        const gsize size = strlen(methods[i]);
        for (const char *at = text; (at = memchr(at, *methods[i], (gsize)(end - at))); at++)
            if ((gsize)(end - at) >= size && memcmp(at, methods[i], size) == 0)
                return TRUE;
    }
    return FALSE;
}

gboolean
summary_may_be_above(const char *block, gsize length, const Mark *first)
{
    return !is_of_source(block, first) || length < first->colon + (gsize)2 * NEAR_VALUE;
}

gboolean
summary_possible(const char *block, gsize length)
{
    const gsize head = MIN(length, TABLE_MAX);
    Mark mark;

    /* A value is judged by what stands near it: as long as that is all in the block. */
    for (gsize at = 0; at + NEAR_VALUE < head; at = draft_line_end(block, head, at) + 1)
        if (marks_at_line(block, head, at, &mark) && is_of_source(block, &mark))
            return mark.colon + NEAR_VALUE > head || has_method(block, at);
    return TRUE;
}

/* A word with a dot inside: an address, a domain. */
static char *
find_name(const char *text, gsize length, gboolean ip)
{
    for (gsize at = 0; at < length; at++) {
        gsize end = at;
        while (end < length && (g_ascii_isalnum(text[end]) || strchr(".-_:", text[end])) &&
               text[end] != '\0')
            end++;
        while (end > at && strchr(".:-", text[end - 1]))
            end--;
        if (end == at)
            continue;
        g_autofree char *word = g_strndup(text + at, end - at);
        const char *dot = strrchr(word, '.');
        if (ip ? g_hostname_is_ip_address(word)
               : dot && dot > word && g_ascii_isalpha(dot[1]) && !strchr(word, ':'))
            return g_steal_pointer(&word);
        at = end;
    }
    return NULL;
}

static ReportedResult *
result_of_row(const char *table, gsize end, const Row *row)
{
    ReportedResult *result = record_new(&reported_result_type);
    const gboolean spf = strcmp(row->method, "SPF") == 0;

    result->method = g_ascii_strdown(row->method, -1);
    result->result = g_strdup(row->result);
    g_autofree char *name = find_name(table + row->end, end - row->end, spf);
    if (name && (spf || strcmp(row->method, "DKIM") == 0))
        pairs_add(result->properties, spf ? "smtp.client-ip" : "header.d", name);
    return result;
}

/* A cell ends with its line; where the value stands alone in its cell, the next line may still be
 * part of it. */
static gsize
row_end(const char *table, gsize length, const Row *row, gsize next)
{
    const gsize line = draft_line_end(table, length, row->end);

    return MIN(line, next);
}

ReportedHeader *
summary_claim(const char *table, gsize length)
{
    ReportedHeader *claim = record_new(&reported_header_type);
    Row rows[ROWS_MAX];
    const guint count = read_rows(table, length, rows);

    claim->header = g_strdup("Gmail summary");
    claim->raw = g_strndup(table, length);
    g_strchomp(claim->raw);
    for (guint i = 0; i < count; i++) {
        const gsize next = i + 1 < count ? rows[i + 1].start : length;
        g_ptr_array_add(claim->results,
                        result_of_row(table, row_end(table, length, &rows[i], next), &rows[i]));
    }
    return claim;
}

/* "<…@…>" and nothing else in its cell. */
static gboolean
is_message_id(const char *at, const char *end)
{
    return end - at > 4 && *at == '<' && end[-1] == '>' && memchr(at, '@', (gsize)(end - at)) &&
           !memchr(at, ' ', (gsize)(end - at));
}

/* A label, what parts it from its value, and the value. FALSE where the line begins with no label. */
static gboolean
append_labeled(GString *out, const char *at, const char *end)
{
    static const char *const labels[] = { "From",    "To",  "Cc",   "Reply-To",
                                          "Subject", "SPF", "DKIM", "DMARC" };

    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++) {
        const gsize size = strlen(labels[i]);
        const char *value = at + size;
        if ((gsize)(end - at) <= size || memcmp(at, labels[i], size) != 0 ||
            !strchr(":\t|\xEF ", *value))
            continue;
        while (value < end && (letters_is_space(*value) || *value == ':' || *value == '|' ||
                               letters_colon(value, end)))
            value += letters_colon(value, end) ? letters_colon(value, end) : 1;
        g_string_append_printf(out, "%s: %.*s\n", labels[i], (int)(end - value), value);
        return TRUE;
    }
    return FALSE;
}

/* The label of the identifier is in the reader's language; its form is not. */
static void
append_line(GString *out, const char *at, const char *end)
{
    while (at < end && (letters_is_space(*at) || *at == '|'))
        at++;
    while (end > at && (letters_is_space(end[-1]) || end[-1] == '|'))
        end--;
    if (append_labeled(out, at, end))
        return;
    const char *id = at;
    for (const char *cell = at; cell < end; cell++)
        if (*cell == '<')
            id = cell;
    if (is_message_id(id, end) && !memchr(at, ':', (gsize)(id - at)))
        g_string_append_printf(out, "Message-ID: %.*s\n", (int)(end - id), id);
}

GString *
summary_fields(const char *table, gsize length)
{
    GString *out = g_string_new(NULL);

    for (gsize at = 0; at < length;) {
        gsize end = draft_line_end(table, length, at);
        /* A label alone: its value is the next line. */
        if (end > at && (table[end - 1] == ':' || table[end - 1] == '\t') && end < length) {
            g_autofree char *joined =
                g_strndup(table + at, draft_line_end(table, length, end + 1) - at);
            g_strdelimit(joined, "\n", ' ');
            append_line(out, joined, joined + strlen(joined));
            end = draft_line_end(table, length, end + 1);
        } else {
            append_line(out, table + at, table + end);
        }
        at = end + 1;
    }
    return out;
}

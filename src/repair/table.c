/* table.c: a header as rows of a table: "| From | Ann … |", a name, a tab and a value, or each on a line of its own.
 * SPDX-License-Identifier: MIT
 *
 * Analyzers show the fields so, and people copy what they see; Markdown makes tables of them. Of a table whose cells are blocks a
 * copy has a line for each cell. A table that sums up what somebody found is another thing (summary.c). */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/names.h"
#include "repair/summary.h"

#define FIELDS_MIN 3
#define NAME_MAX_LENGTH 60
#define EMPHASIS "*_`"

/* The row's name and value; their places in the text. */
typedef struct {
    gsize name, name_end;
    gsize value, value_end;
} Row;

static gsize
skip_wsp(const char *text, gsize at, gsize end)
{
    while (at < end && letters_is_wsp(text[at]))
        at++;
    return at;
}

static gsize
trim(const char *text, gsize from, gsize to)
{
    while (to > from && letters_is_wsp(text[to - 1]))
        to--;
    return to;
}

/* "12" and what separates it from the name: the number of a row. */
static gsize
skip_number(const char *text, gsize at, gsize end)
{
    gsize place = at;

    while (place < end && g_ascii_isdigit(text[place]))
        place++;
    const gsize behind = skip_wsp(text, place, end);
    const gsize bar = behind < end && text[behind] == '|';
    return place > at && (bar || (behind > place && memchr(text + place, '\t', behind - place))) ? skip_wsp(text, behind + bar, end) : at;
}

/* A name, perhaps of two words ("Reply to"), and no colon: what has one is a field as it is. */
static gboolean
read_row(const char *text, gsize at, gsize end, Row *row)
{
    gsize from = skip_wsp(text, at, end), stop;

    if (from < end && text[from] == '|')
        from = skip_wsp(text, from + 1, end);
    from = skip_number(text, from, end);
    while (from < end && text[from] && strchr(EMPHASIS, text[from]))
        from++;
    for (stop = from; stop < end && (letters_in_name(text[stop]) || text[stop] == ' '); stop++)
        continue;
    const gsize name_end = trim(text, from, stop);
    while (stop < end && text[stop] && strchr(EMPHASIS " ", text[stop]))
        stop++;
    if (stop == end || (text[stop] != '\t' && text[stop] != '|') || stop - from > NAME_MAX_LENGTH)
        return FALSE;
    *row = (Row){ from, name_end, skip_wsp(text, stop + 1, end), trim(text, at, end) };
    if (text[at] == '|' && row->value_end > row->value && text[row->value_end - 1] == '|')
        row->value_end = trim(text, row->value, row->value_end - 1);
    return g_ascii_isalpha(text[from]) && row->value_end >= row->value;
}

/* "Reply to" is Reply-To. FALSE where mail has no such name, and no program made it up with a hyphen. */
static gboolean
write_name(const char *text, const Row *row, GString *name)
{
    FieldName found;

    g_string_truncate(name, 0);
    g_string_append_len(name, text + row->name, (gssize)(row->name_end - row->name));
    g_strdelimit(name->str, " ", '-');
    return names_find(name->str, name->len, &found) || memchr(text + row->name, '-', row->name_end - row->name);
}

/* The rows that are fields; `others` counts the lines between the first and the last of them that are none. */
static GString *
read_rows(const char *text, gsize length, guint *count, guint *others)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GString) name = g_string_new(NULL);
    guint passed = 0;
    Row row;

    *count = *others = 0;
    for (gsize at = 0; at < length;) {
        const gsize end = draft_line_end(text, length, at);
        if (read_row(text, at, end, &row) && write_name(text, &row, name)) {
            g_string_append_printf(out, "%s: %.*s\n", name->str, (int)(row.value_end - row.value), text + row.value);
            *others += *count ? passed : 0;
            passed = 0;
            (*count)++;
        } else if (!draft_is_blank(text, at, end)) {
            passed++;
        }
        at = end + 1;
    }
    return out;
}

/* A line that is nothing but a name. In prose words stand alone, too: it has to be one that mail uses, or a hyphen joins it. */
static gboolean
is_name_alone(const char *text, gsize at, gsize end)
{
    FieldName found;
    gsize stop = at;

    while (stop < end && letters_in_name(text[stop]))
        stop++;
    if (stop == at || stop < end || stop - at > NAME_MAX_LENGTH || !g_ascii_isupper(text[at]))
        return FALSE;
    return names_find(text + at, stop - at, &found) || memchr(text + at, '-', stop - at);
}

/* The next line that shows something, its outer blanks outside. FALSE: there is none. */
static gboolean
next_line(const char *text, gsize length, gsize *at, Row *line)
{
    while (*at < length) {
        const gsize from = *at, end = draft_line_end(text, length, from);
        *at = end + 1;
        if (!draft_is_blank(text, from, end)) {
            *line = (Row) { .value = skip_wsp(text, from, end), .value_end = trim(text, from, end) };
            return TRUE;
        }
    }
    return FALSE;
}

/* The same of names and values that stand below each other. */
static GString *
read_cells(const char *text, gsize length, guint *count, guint *others)
{
    GString *out = g_string_new(NULL);
    guint passed = 0;
    Row name, value;

    *count = *others = 0;
    for (gsize at = 0; next_line(text, length, &at, &name);) {
        gsize behind = at;
        if (!is_name_alone(text, name.value, name.value_end) || !next_line(text, length, &behind, &value)) {
            passed++;
            continue;
        }
        g_string_append_printf(out, "%.*s: %.*s\n", (int)(name.value_end - name.value), text + name.value,
                               (int)(value.value_end - value.value), text + value.value);
        *others += *count ? passed : 0;
        passed = 0;
        (*count)++;
        at = behind;
    }
    return out;
}

typedef GString *(*ReadTable)(const char *text, gsize length, guint *count, guint *others);

/* No field begins a line, and so many rows do that few other lines stand between them. */
static GString *
find_rows(const char *text, gsize length, guint *count, gboolean *partial)
{
    static const ReadTable forms[] = { read_rows, read_cells };
    guint others;
    gsize place;

    if (summary_find(text, length, &place) || draft_has_field(text, length))
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        GString *out = forms[i](text, length, count, &others);
        *partial = others > 0;
        if (*count >= FIELDS_MIN && others <= *count && draft_count_fields(out->str, out->len) >= FIELDS_MIN)
            return out;
        g_string_free(out, TRUE);
    }
    return NULL;
}

static gboolean
table_needed(const char *head, gsize length)
{
    return draft_can_rebuild(head, length, find_rows);
}

static void
table_mend(Draft *draft, Mend *mend)
{
    draft_rebuild(draft, mend, find_rows);
}

const RepairStep repair_table = {
    .id = "table",
    .one = N_("1 row of a table made a field again"),
    .many = N_("%s rows of a table made fields again"),
    .fidelity = "reflowed",
    .needed = table_needed,
    .mend = table_mend,
    .possible = draft_is_covered,
};

/* emphasis.c: field names in bold, in italics or as code: "**From:** …", "`To:` …".
 * SPDX-License-Identifier: MIT
 *
 * Trackers, chats and notes set a header so. What quotes the line or makes it an item of a list stays for the steps behind
 * this one. A message that begins with a field as it should is none of our business, whatever its body holds. */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/names.h"

/* So far down may the first such line stand, and so many of them must there be. */
#define ABOVE_MAX 40
#define FIELDS_MIN 3

/* What stands on both sides of the words; the longer one first. */
static const char *const marks[] = { "***", "**", "__", "~~", "*", "_", "`" };

/* A line whose name is set apart: what of it stays. */
typedef struct {
    gsize    mark;                  /* the first one: what quotes or lists the line stands before it */
    gsize    name, name_end;
    gsize    value, value_end;      /* behind the colon, and behind the mark that may follow it */
    gboolean known;                 /* mail uses the name */
} Set;

static gboolean
stands_at(const char *text, gsize at, gsize end, const char *mark)
{
    const gsize length = strlen(mark);

    return end - at >= length && memcmp(text + at, mark, length) == 0;
}

/* Blanks, quote marks, and marks of a list, which have a blank behind them. */
static gsize
skip_prefix(const char *text, gsize at, gsize end)
{
    static const char *const items[] = { "- ", "* ", "+ ", "\u2022 ", "\u00B7 " };
    gsize before;

    do {
        before = at;
        while (at < end && (letters_is_wsp(text[at]) || text[at] == '>' || text[at] == '|'))
            at++;
        for (guint i = 0; i < G_N_ELEMENTS(items); i++)
            at += stands_at(text, at, end, items[i]) ? strlen(items[i]) : 0;
    } while (at > before);
    return at;
}

/* "Name:**", "Name**:", or a line that ends in the mark that it begins with. */
static gboolean
read_set(const char *text, gsize at, gsize end, const char *mark, Set *set)
{
    const gsize length = strlen(mark);
    FieldName found;

    set->mark = at;
    set->name = set->name_end = at + length;
    while (set->name_end < end && letters_in_name(text[set->name_end]))
        set->name_end++;
    if (*mark == '_')
        while (set->name_end > set->name && text[set->name_end - 1] == '_')
            set->name_end--;
    set->known = names_find(text + set->name, set->name_end - set->name, &found);
    set->value_end = end;
    gsize place = set->name_end;
    const gboolean inside = place < end && text[place] == ':';
    while (inside && ++place < end && letters_is_wsp(text[place]))
        continue;
    if (set->name_end > set->name && stands_at(text, place, end, mark) && (inside || stands_at(text, place + length, end, ":"))) {
        set->value = place + length + !inside;
        return TRUE;
    }
    set->value = set->name_end + 1;
    while (set->value_end > set->value && letters_is_wsp(text[set->value_end - 1]))
        set->value_end--;
    set->value_end -= MIN(length, set->value_end);
    return inside && set->name_end > set->name && set->value_end >= set->value && stands_at(text, set->value_end, end, mark);
}

static gboolean
is_set(const char *text, gsize at, gsize end, Set *set)
{
    const gsize place = skip_prefix(text, at, end);

    for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
        if (stands_at(text, place, end, marks[i]))
            return read_set(text, place, end, marks[i], set);
    return FALSE;
}

/* Words with a colon stand in bodies, too: "**Note:**". */
static gboolean
is_field_for_sure(const char *text, const Set *set)
{
    return set->known || memchr(text + set->name, '-', set->name_end - set->name);
}

/* Where the header ends that begins with a line like this at `from`: at an empty line; where one follows right behind the first
 * field, each field stands between empty ones, and it goes on as long as they are fields for sure. */
static gsize
find_end(const char *text, gsize length, gsize from, guint *known)
{
    gsize last = from;
    guint fields = 0;
    gboolean spread = FALSE, empty = FALSE;
    Set set;

    *known = 0;
    for (gsize at = from; at < length;) {
        const gsize end = draft_line_end(text, length, at);
        if (skip_prefix(text, at, end) == end) {
            spread = spread || fields == 1;
            if (!spread)
                return last;
            empty = TRUE;
        } else {
            const gboolean found = is_set(text, at, end, &set);
            if (empty && !(found && is_field_for_sure(text, &set)))
                return last;
            *known += found && set.known ? 1 : 0;
            fields += found || !letters_is_wsp(text[at]) ? 1 : 0;
            empty = FALSE;
            last = MIN(end + 1, length);
        }
        at = end + 1;
    }
    return last;
}

/* The lines [from, to) of a header set so, where no other field stands above it. */
static gboolean
find_header(const char *text, gsize length, gsize *from, gsize *to)
{
    gsize at = 0;
    guint known;
    Set set;

    for (guint lines = 0; at < length && lines < ABOVE_MAX; lines++) {
        const gsize end = draft_line_end(text, length, at), begin = skip_prefix(text, at, end);
        if (names_begins_field(text + begin, text + end, FALSE))
            return FALSE;
        if (is_set(text, at, end, &set) && set.known) {
            *from = at;
            *to = find_end(text, length, at, &known);
            return known >= FIELDS_MIN;
        }
        at = end + 1;
    }
    return FALSE;
}

static gboolean
emphasis_needed(const char *head, gsize length)
{
    gsize from, to;

    return find_header(head, length, &from, &to);
}

/* What is code as a whole is as plain as its name. */
static void
unset_code(const char *text, gsize *from, gsize *to)
{
    gsize at = *from, end = *to;

    while (at < end && letters_is_wsp(text[at]))
        at++;
    while (end > at && letters_is_wsp(text[end - 1]))
        end--;
    if (end - at > 2 && text[at] == '`' && text[end - 1] == '`' && !memchr(text + at + 1, '`', end - at - 2)) {
        *from = at + 1;
        *to = end - 1;
    }
}

static void
append_plain(GString *out, const char *text, gsize at, Set *set)
{
    unset_code(text, &set->value, &set->value_end);
    g_string_append_len(out, text + at, (gssize)(set->mark - at));
    g_string_append_len(out, text + set->name, (gssize)(set->name_end - set->name));
    g_string_append_c(out, ':');
    if (set->value < set->value_end && !letters_is_wsp(text[set->value]))
        g_string_append_c(out, ' ');
    g_string_append_len(out, text + set->value, (gssize)(set->value_end - set->value));
}

/* Only fields are counted. The lines on which one goes on may each be code by themselves: "` by mx.example.net; …`". */
static gboolean
without_markup(GString *out, const char *text, gsize at, gsize end, gconstpointer data)
{
    Set set;

    (void)data;
    if (is_set(text, at, end, &set)) {
        append_plain(out, text, at, &set);
        return TRUE;
    }
    unset_code(text, &at, &end);
    g_string_append_len(out, text + at, (gssize)(end - at));
    return FALSE;
}

static void
emphasis_mend(Draft *draft, Mend *mend)
{
    gsize from, to;

    if (find_header(draft->text->str, MIN(draft->text->len, DRAFT_HEAD), &from, &to))
        draft_rewrite_lines(draft, mend, from, to, without_markup, NULL);
}

const RepairStep repair_emphasis = {
    .id = "emphasis",
    .one = N_("1 field name freed of its markup"),
    .many = N_("%s field names freed of their markup (bold, italics, code)"),
    .fidelity = "reflowed",
    .needed = emphasis_needed,
    .mend = emphasis_mend,
    .possible = draft_is_covered,
};

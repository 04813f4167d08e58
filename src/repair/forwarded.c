/* forwarded.c: the heading becomes the fields that it names, in the order in which they stand.
 * SPDX-License-Identifier: MIT
 *
 * People forward a mail, or copy what they see of it, and think that its source is in it. The lines look like a header, but the
 * route, the envelope and the signatures were left out: nothing can be said of these. */
#include "repair/forwarded.h"

#include <string.h>

#include "base/lower.h"
#include "base/translate.h"
#include "repair/draft.h"
#include "repair/labels.h"
#include "repair/letters.h"
#include "repair/names.h"

/* A note of whoever forwards stands above, no novel. */
#define LINES_ABOVE 200
#define RULE_MIN 5

/* "-----Original Message-----", "---------- Forwarded message ---------", in any language. */
static gboolean
is_rule(const char *text, gsize at, gsize end)
{
    gsize left = at, right = end;

    while (right > left && letters_is_space(text[right - 1]))
        right--;
    const gsize trimmed = right;
    while (left < right && text[left] == '-')
        left++;
    while (right > left && text[right - 1] == '-')
        right--;
    return left - at >= RULE_MIN && trimmed - right >= RULE_MIN && right > left;
}

/* Apple Mail draws no rule. */
static gboolean
announces(const char *text, gsize at, gsize end)
{
    static const char *const words[] = { "begin forwarded message", "転送されたメッセージ", "以下は転送されたメッセージです",
                                         "anfang der weitergeleiteten nachricht", "début du message réexpédié" };

    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        const gsize size = strlen(words[i]);
        if (end - at >= size && lower_same(text + at, words[i], size))
            return TRUE;
    }
    return is_rule(text, at, end);
}

/* The lines from `at` on that are all labeled, and what they prove. */
static gboolean
read_heading(const char *text, gsize length, gsize at, gboolean announced, Heading *heading)
{
    guint kinds = 0;
    gboolean own = FALSE;

    *heading = (Heading){ at, at, 0 };
    while (at < length) {
        const gsize end = draft_line_end(text, length, at);
        gsize value;
        const Label *label = labels_find(text, at, end, &value);
        if (!label && draft_is_blank(text, at, end))
            break;
        if (!label && !letters_is_wsp(text[at]))
            return FALSE;       /* a header has other fields, too */
        kinds |= label ? (guint)label->kind : 0;
        own = own || (label && label->own);
        heading->lines++;
        at = heading->end = MIN(end + 1, length);
    }
    return (own || announced) && (kinds & LABEL_FROM) && (kinds & (LABEL_DATE | LABEL_TO)) && (kinds & LABEL_SUBJECT);
}

/* What follows is no source, either: where one was pasted below, that is what counts. */
static gboolean
has_trace(const char *text, gsize length, gsize at)
{
    for (; at < length; at = draft_line_end(text, length, at) + 1) {
        const char *colon = memchr(text + at, ':', draft_line_end(text, length, at) - at);
        FieldName found;
        if (colon && names_begins_field(text + at, text + length, FALSE) &&
            names_find(text + at, (gsize)(colon - text) - at, &found) &&
            (found.kind == VALUE_TRACE || found.kind == VALUE_TAGS || found.kind == VALUE_RESULTS))
            return TRUE;
    }
    return FALSE;
}

gboolean
forwarded_find(const char *text, gsize length, Heading *heading)
{
    gboolean announced = FALSE;
    gsize at = letters_invisible(text, text + length), value;

    for (guint lines = 0; at < length && lines < LINES_ABOVE; lines++) {
        const gsize end = draft_line_end(text, length, at);
        if (labels_find(text, at, end, &value))
            return read_heading(text, length, at, announced, heading) && !has_trace(text, length, heading->end);
        if (names_begins_field(text + at, text + end, FALSE))
            return FALSE;
        if (!draft_is_blank(text, at, end))
            announced = announces(text, at, end);
        at = end + 1;
    }
    return FALSE;
}

static gboolean
heading_needed(const char *head, gsize length)
{
    Heading heading;

    return forwarded_find(head, length, &heading);
}

static gboolean
heading_possible(const char *block, gsize length)
{
    return draft_is_covered(block, length) || heading_needed(block, length);
}

/* Lines that go on keep their indentation. */
static GString *
fields_of(const char *text, const Heading *heading)
{
    GString *out = g_string_new(NULL);

    for (gsize at = heading->place; at < heading->end;) {
        const gsize end = draft_line_end(text, heading->end, at);
        labels_append_field(out, text, at, end, FALSE);
        g_string_append_c(out, '\n');
        at = end + 1;
    }
    return out;
}

static void
heading_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str;
    Heading heading;

    if (!forwarded_find(text, MIN(draft->text->len, DRAFT_HEAD), &heading))
        return;
    GString *fields = fields_of(text, &heading);
    mend_add(mend, text, heading.end, fields->str, fields->len);
    mend->count = heading.lines;
    g_string_append_len(fields, text + heading.end, (gssize)(draft->text->len - heading.end));
    origin_note(draft->origin, "paste-forwarded-text", SEVERITY_WARNING, NULL);
    draft_take(draft, fields);
}

const RepairStep repair_forwarded = {
    .id = "forwarded-text",
    .one = N_("1 line that a mail program shows of a forwarded mail made a header"),
    .many = N_("%s lines that a mail program shows of a forwarded mail made a header"),
    .fidelity = "fragments",
    .needed = heading_needed,
    .mend = heading_mend,
    .possible = heading_possible,
};

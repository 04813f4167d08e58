/* pairs.c: a header as a program holds it: {"name": "From", "value": "…"}, ("From", "…"), "from": ["…"].
 * SPDX-License-Identifier: MIT
 *
 * Programming interfaces of mail services give headers so, and people post what they got. Only strings are read: what stands
 * between them tells which belongs to which. */
#include <string.h>

#include "base/lower.h"
#include "base/translate.h"
#include "repair/draft.h"
#include "repair/escapes.h"
#include "repair/letters.h"
#include "repair/names.h"

#define FIELDS_MIN 3
/* Of a string that is no value: names are shorter. */
#define NAME_MAX_LENGTH 100

/* A string's text, its quotes outside; `end` is behind the quote that ends it. */
typedef struct {
    const char *text;
    gsize       length;
    const char *end;
} Word;

/* Where to read; a kind of quote that nothing closes from some place on is not tried again. */
typedef struct {
    const char *end;
    gboolean    unclosed[2];
} Scan;

typedef enum {
    FORM_NAMED,     /* "name": "From", "value": "…" */
    FORM_BARE       /* "From", "…" */
} Form;

static gboolean
read_word(Scan *scan, const char *at, Word *word)
{
    if (at >= scan->end || (*at != '"' && *at != '\'') || scan->unclosed[*at == '"'])
        return FALSE;
    const char *stop = escapes_close(at, scan->end);
    if (stop >= scan->end) {
        scan->unclosed[*at == '"'] = TRUE;
        return FALSE;
    }
    *word = (Word){ at + 1, (gsize)(stop - at - 1), stop + 1 };
    return TRUE;
}

/* Behind blanks and what joins a name to its value; marks of a quoted text may stand there, too. */
static const char *
skip_joint(const char *at, const char *end, const char *joints)
{
    while (at < end && *at && (letters_is_space(*at) || *at == '>' || *at == '|' || strchr(joints, *at)))
        at++;
    return at;
}

static gboolean
is_word(const Word *word, const char *text)
{
    return word->length == strlen(text) && lower_same(word->text, text, word->length);
}

/* A name; the blanks around it go: a program that splits at the colon leaves the one of "From :". */
static gboolean
is_name(Word *word)
{
    for (; word->length > 0 && letters_is_space(*word->text); word->length--)
        word->text++;
    while (word->length > 0 && letters_is_space(word->text[word->length - 1]))
        word->length--;
    if (word->length == 0 || word->length > NAME_MAX_LENGTH)
        return FALSE;
    for (gsize i = 0; i < word->length; i++)
        if (!letters_in_name(word->text[i]))
            return FALSE;
    return TRUE;
}

/* One that mail uses, or that looks like one of its own: any other key of an object is a program's. */
static gboolean
is_header_name(Word *word)
{
    FieldName found;

    return is_name(word) && (names_find(word->text, word->length, &found) ||
                             (word->length > 2 && lower_same(word->text, "x-", 2)));
}

/* The next pair at or behind `at`; `list`: more values of that name may follow. */
static gboolean
next_pair(Scan *scan, const char *at, Form form, Word *name, Word *value, gboolean *list)
{
    const char *end = scan->end;

    for (Word key; at < end; at = MAX(at + 1, key.end)) {
        key = (Word){ .end = at + 1 };
        if (!read_word(scan, at, &key))
            continue;
        *name = key;
        if (form == FORM_NAMED && (!is_word(&key, "name") || !read_word(scan, skip_joint(key.end, end, ":="), name) || !is_name(name)))
            continue;
        if (form == FORM_BARE && !is_header_name(name))
            continue;
        const char *joint = skip_joint(name->end, end, form == FORM_NAMED ? "," : ":,=[");
        *list = form == FORM_BARE && memchr(name->end, '[', (gsize)(joint - name->end));
        if (form == FORM_NAMED && (!read_word(scan, joint, &key) || !is_word(&key, "value")))
            continue;
        if (form == FORM_NAMED)
            joint = skip_joint(key.end, end, ":=");
        if (joint > name->end && read_word(scan, joint, value))
            return TRUE;
    }
    return FALSE;
}

/* A line break inside the value is folding (RFC 5322, 2.2.3). */
static void
append_field(GString *out, const Word *name, const Word *value)
{
    const char *end = value->text + value->length;

    g_string_append_len(out, name->text, (gssize)name->length);
    g_string_append(out, ": ");
    for (const char *at = value->text; at < end;) {
        at = escapes_next(out, at, end);
        if (out->str[out->len - 1] == '\n')
            g_string_append_c(out, ' ');
    }
    while (letters_is_space(out->str[out->len - 1]))
        g_string_truncate(out, out->len - 1);
    g_string_append_c(out, '\n');
}

static GString *
read_pairs(const char *text, gsize length, Form form, guint *count)
{
    GString *out = g_string_new(NULL);
    Scan scan = { .end = text + length };
    Word name, value;
    gboolean list;

    *count = 0;
    for (const char *at = text; next_pair(&scan, at, form, &name, &value, &list); at = value.end) {
        do {
            append_field(out, &name, &value);
            (*count)++;
        } while (list && read_word(&scan, skip_joint(value.end, scan.end, ","), &value));
    }
    return out;
}

static GString *
find_pairs(const char *text, gsize length, guint *count, gboolean *partial)
{
    *partial = FALSE;
    if (draft_has_field(text, length))
        return NULL;
    for (Form form = FORM_NAMED; form <= FORM_BARE; form++) {
        GString *out = read_pairs(text, length, form, count);
        if (*count >= FIELDS_MIN && draft_count_fields(out->str, out->len) >= FIELDS_MIN)
            return out;
        g_string_free(out, TRUE);
    }
    return NULL;
}

static gboolean
pairs_needed(const char *head, gsize length)
{
    return draft_can_rebuild(head, length, find_pairs);
}

static void
pairs_mend(Draft *draft, Mend *mend)
{
    draft_rebuild(draft, mend, find_pairs);
}

const RepairStep repair_pairs = {
    .id = "pairs",
    .one = N_("1 field taken out of a list of names and values"),
    .many = N_("%s fields taken out of a list of names and values"),
    .fidelity = "reflowed",
    .needed = pairs_needed,
    .mend = pairs_mend,
    .possible = draft_is_covered,
};

/* strings.c: a header as strings of a program, one a line: "From: …\r\n", "To: …\r\n".
 * SPDX-License-Identifier: MIT
 *
 * Lists and concatenations of Python, C, JavaScript and others: between the strings stand blanks, commas, brackets and signs. */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/escapes.h"
#include "repair/letters.h"
#include "repair/names.h"

/* So many strings must begin with a field. */
#define FIELDS_MIN 3

typedef struct {
    const char *from, *to;      /* what stands between the quotes */
} Literal;

/* The string whose quote stands at `at`. FALSE: it has no end. */
static gboolean
read_literal(const char *at, const char *end, Literal *literal)
{
    *literal = (Literal){ at + 1, escapes_close(at, end) };
    return literal->to < end;
}

/* The quote of the next string, where nothing but what joins strings stands before it; b"…" and r"…" have a letter there. NULL:
 * there is none. */
static const char *
next_quote(const char *at, const char *end)
{
    while (at < end && (letters_is_space(*at) || strchr("+,.;\\()[]", *at)))
        at++;
    if (end - at > 1 && strchr("bBrRuU", *at))
        at++;
    return at < end && (*at == '"' || *at == '\'') ? at : NULL;
}

/* The quote of the first string that begins with a field. NULL where a field begins a line above it, or there is none. */
static const char *
first_quote(const char *text, const char *end)
{
    for (const char *at = text; at < end; at++) {
        if ((at == text || at[-1] == '\n') && names_begins_field(at, end, FALSE))
            return NULL;
        if ((*at == '"' || *at == '\'') && names_begins_field(at + 1, end, FALSE))
            return at;
    }
    return NULL;
}

static gboolean
strings_needed(const char *head, gsize length)
{
    const char *end = head + length;
    guint fields = 0;
    Literal literal;

    for (const char *at = first_quote(head, end); at && read_literal(at, end, &literal); at = next_quote(literal.to + 1, end))
        fields += names_begins_field(literal.from, literal.to, FALSE) ? 1 : 0;
    return fields >= FIELDS_MIN;
}

/* A string without a line end at its end is a line nevertheless. */
static void
append_literal(GString *out, const Literal *literal)
{
    for (const char *at = literal->from; at < literal->to;)
        at = escapes_next(out, at, literal->to);
    if (out->len == 0 || out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
}

static void
strings_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str, *end = text + draft->text->len;
    const char *at = first_quote(text, text + MIN(draft->text->len, DRAFT_HEAD));
    GString *out = g_string_sized_new(draft->text->len);
    Literal literal;

    for (; at && read_literal(at, end, &literal); at = next_quote(literal.to + 1, end)) {
        const gsize written = out->len;
        append_literal(out, &literal);
        mend_add(mend, at, (gsize)(literal.to + 1 - at), out->str + written, out->len - written);
    }
    draft_take(draft, out);
}

const RepairStep repair_strings = {
    .id = "strings",
    .one = N_("1 string of a program read as a line"),
    .many = N_("%s strings of a program read as lines"),
    .fidelity = "reencoded",
    .needed = strings_needed,
    .mend = strings_mend,
    .possible = draft_is_covered,
};

/* octal.c: a header in one line of a log: "#012" or "\012" where a line ended.
 * SPDX-License-Identifier: MIT
 *
 * rsyslog and others write control characters so. No reason by itself to call a text damaged: such a header is one without line
 * ends, and that is one. */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/names.h"

/* So many written line ends that a field begins behind. */
#define ENDS_MIN 3
/* "#012". */
#define CODE_LENGTH 4

/* The line feed, the carriage return or the tab that is written there; '\0': none. */
static char
read_code(const char *at, const char *end)
{
    static const struct { const char *digits; char stands_for; } codes[] = { { "012", '\n' }, { "015", '\r' }, { "011", '\t' } };

    if (end - at < CODE_LENGTH || (*at != '#' && *at != '\\'))
        return '\0';
    for (guint i = 0; i < G_N_ELEMENTS(codes); i++)
        if (memcmp(at + 1, codes[i].digits, 3) == 0)
            return codes[i].stands_for;
    return '\0';
}

/* Fields behind written line ends, and fewer behind real ones. */
static gboolean
octal_needed(const char *head, gsize length)
{
    const char *end = head + draft_block(head, length);
    guint written = 0, real = 0;

    for (const char *at = head; at < end; at++) {
        const gsize code = *at == '\n' ? 1 : read_code(at, end) == '\n' ? CODE_LENGTH : 0;
        if (!code || !names_begins_field(at + code, end, FALSE))
            continue;
        written += code > 1 ? 1 : 0;
        real += code == 1 ? 1 : 0;
    }
    return written >= ENDS_MIN && written > real;
}

/* "Nov 23 01:00:00 host filter[12]: Return-Path: …": what the log writes before the first field, in the same line. */
static const char *
behind_log(const char *text, const char *end)
{
    if (names_begins_field(text, end, FALSE))
        return text;
    for (const char *at = text; at + 2 < end && *at != '\n' && read_code(at, end) != '\n'; at++)
        if (at[0] == ':' && at[1] == ' ' && names_begins_field(at + 2, end, FALSE))
            return at + 2;
    return text;
}

static void
octal_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str, *end = text + draft->text->len;
    const char *first = behind_log(text, text + MIN(draft->text->len, DRAFT_HEAD));
    GString *out = g_string_sized_new(draft->text->len);

    g_string_append_len(out, text, first - text);
    if (first > text)
        g_string_append_c(out, '\n');
    for (const char *at = first; at < end;) {
        const char code = read_code(at, end);
        if (!code) {
            if (*at != '\n' || !draft_append_wrap(out, at, end, read_code(at + 1, end) == '\n'))
                g_string_append_c(out, *at);
            at++;
            continue;
        }
        if (code != '\r')
            g_string_append_c(out, code);
        mend_add(mend, first, (gsize)(end - first), out->str + (first - text), out->len - (gsize)(first - text));
        at += CODE_LENGTH;
    }
    draft_take(draft, out);
}

const RepairStep repair_octal = {
    .id = "octal",
    .one = N_("1 control character of a log put back"),
    .many = N_("%s control characters of a log put back (#012)"),
    .fidelity = "reencoded",
    .needed = octal_needed,
    .mend = octal_mend,
    .minor = TRUE,
};

/* quoted.c: a header in quoted-printable: "charset=3Dutf-8", "=" where a line goes on.
 * SPDX-License-Identifier: MIT
 *
 * So it stands where a message was copied out of the source of the mail that brought it. A header as it was sent has an equals
 * sign somewhere that no two hexadecimal digits follow. */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/names.h"

/* So many codes, one of which at least is an equals sign. */
#define CODES_MIN 3

/* What the `=` at `at` stands for (RFC 2045, 6.7): its bytes in the text; 0: it is none of quoted-printable. `byte`: -1 for nothing,
 * at the end of a line. */
static gsize
read_code(const char *at, const char *end, int *byte)
{
    const char *stop = at + 1;

    *byte = -1;
    if (end - at >= 3 && g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2])) {
        *byte = g_ascii_xdigit_value(at[1]) * 16 + g_ascii_xdigit_value(at[2]);
        return 3;
    }
    while (stop < end && letters_is_wsp(*stop))
        stop++;
    return stop < end && *stop == '\n' ? (gsize)(stop + 1 - at) : 0;
}

/* Each `=` of the text encodes something, and none joins a field to the line above it. */
static gboolean
is_quoted(const char *text, gsize length)
{
    const char *end = text + length;
    guint codes = 0, equals = 0;

    for (const char *at = text; (at = memchr(at, '=', (gsize)(end - at)));) {
        int byte;
        const gsize code = read_code(at, end, &byte);
        at += code;
        if (!code || (byte < 0 && names_begins_field(at, end, FALSE)))
            return FALSE;
        codes++;
        equals += byte == '=' ? 1 : 0;
    }
    return equals > 0 && codes >= CODES_MIN;
}

/* The line end of its last line is part of it. */
static gsize
header_length(const char *text, gsize length)
{
    return MIN(draft_block(text, length) + 1, length);
}

static gboolean
quoted_needed(const char *head, gsize length)
{
    return is_quoted(head, header_length(head, length));
}

/* Nothing begins every line, or the lines would be joined with it in them: no line that goes on begins as the first does. */
static gboolean
is_bare(const char *text, gsize length)
{
    const char *end = text + length;

    if (length < 2 || (!g_ascii_isalpha(*text) && !strchr("[{\"'`", *text)))
        return FALSE;
    for (const char *at = text; (at = memchr(at, '=', (gsize)(end - at)));) {
        int byte;
        at += MAX(read_code(at, end, &byte), 1);
        if (byte < 0 && end - at > 1 && memcmp(at, text, 2) == 0)
            return FALSE;
    }
    return TRUE;
}

static gboolean
bare_needed(const char *head, gsize length)
{
    return quoted_needed(head, length) && is_bare(head, header_length(head, length));
}

/* The first equals signs tell: "v=1", "a=rsa-sha256". Line ends may be CRLF, and the last is missing. */
static gboolean
quoted_possible(const char *block, gsize length)
{
    const char *end = block + length;
    gboolean found = FALSE;

    for (const char *at = block; (at = memchr(at, '=', (gsize)(end - at))); at++, found = TRUE)
        if (end - at > 2 && !letters_is_space(at[1]) && !(g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2])))
            return FALSE;
    return found;
}

/* What follows the header was encoded with it, unless somebody's own text does. */
static void
quoted_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str;
    const gsize length = draft->text->len;
    const gsize stop = is_quoted(text, length) ? length : header_length(text, MIN(length, DRAFT_MEND));
    GString *out = g_string_sized_new(length);

    for (gsize at = 0; at < stop;) {
        int byte;
        const gsize code = text[at] == '=' ? read_code(text + at, text + stop, &byte) : 0;
        if (!code) {
            g_string_append_c(out, text[at++]);
            continue;
        }
        const gsize from = at - MIN(at, 60), shown = MIN(out->len, 60);
        if (byte >= 0)
            g_string_append_c(out, (char)byte);
        mend_add(mend, text + from, at + code - from, out->str + out->len - MIN(out->len, shown + 1), MIN(out->len, shown + 1));
        at += code;
    }
    g_string_append_len(out, text + stop, (gssize)(length - stop));
    draft_take(draft, out);
}

#define QUOTED                                                     \
    .id = "quoted-printable",                                      \
    .one = N_("1 code of quoted-printable undone"),                \
    .many = N_("%s codes of quoted-printable undone (=3D)"),       \
    .fidelity = "reencoded",                                       \
    .mend = quoted_mend,                                           \
    .possible = quoted_possible

const RepairStep repair_quoted = { QUOTED, .needed = quoted_needed };
/* The same where it was done last, to a text with another damage: names and soft line ends are whole before that one is looked for. */
const RepairStep repair_quoted_bare = { QUOTED, .needed = bare_needed };

/* escapes.c: a header as a string of JSON, C or Python: `\r\n`, `\"`, `\u003c`.
 * SPDX-License-Identifier: MIT */
#include "repair/escapes.h"

#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/names.h"

/* So many written line breaks that a field begins behind. */
#define BREAKS_MIN 2

/* `\n`, `\r\n`, `\r`, also escaped twice; its length or 0. */
static gsize
written_break(const char *at, const char *end)
{
    static const char *const forms[] = { "\\r\\n", "\\\\r\\\\n", "\\n", "\\\\n" };

    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++)
        if ((gsize)(end - at) >= strlen(forms[i]) && memcmp(at, forms[i], strlen(forms[i])) == 0)
            return strlen(forms[i]);
    return 0;
}

/* The first field: at the beginning of the text or behind a quote. */
static const char *
first_name(const char *text, const char *end)
{
    for (const char *at = text; at < end; at++) {
        const gboolean opens = at == text || strchr("\"'`\n", at[-1]);
        if (opens && names_begins_field(at, end, FALSE))
            return at;
    }
    return NULL;
}

/* '\0': none stands before it. */
static char
quote_before(const char *text, const char *first)
{
    return first > text && strchr("\"'`", first[-1]) ? first[-1] : '\0';
}

/* Where the string ends that begins at `at`. */
static const char *
string_end(const char *at, const char *end, char quote)
{
    for (; quote && at < end && *at != quote; at++)
        at += *at == '\\' && at + 1 < end ? 1 : 0;
    return quote ? MIN(at, end) : end;
}

static guint
count_breaks(const char *at, const char *end)
{
    guint count = 0;

    for (; at < end; at++) {
        const gsize length = *at == '\\' ? written_break(at, end) : 0;
        if (length && names_begins_field(at + length, end, FALSE))
            count++;
    }
    return count;
}

static guint
count_lines(const char *at, const char *end)
{
    guint count = 0;

    for (; at < end; at++)
        count += *at == '\n' && at + 1 < end && names_begins_field(at + 1, end, FALSE) ? 1 : 0;
    return count;
}

static gboolean
escapes_needed(const char *head, gsize length)
{
    const char *end = head + length;
    const char *first = memchr(head, '\\', length) ? first_name(head, end) : NULL;

    if (!first)
        return FALSE;
    const char *block = MAX(head + draft_block(head, length), first);
    const guint breaks = count_breaks(first, string_end(first, block, quote_before(head, first)));
    return breaks >= BREAKS_MIN && breaks > count_lines(first, block);
}

/* Every written line break has it. */
static gboolean
escapes_possible(const char *block, gsize length)
{
    const char *end = block + length;

    for (const char *at = block; (at = memchr(at, '\\', (gsize)(end - at))); at++)
        if (at + 1 < end && at[1] == 'n')
            return TRUE;
    return FALSE;
}

static int
read_hex(const char *at, const char *end, guint digits)
{
    int value = 0;

    if ((gsize)(end - at) < digits)
        return -1;
    for (guint i = 0; i < digits; i++) {
        const int digit = g_ascii_xdigit_value(at[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* \uXXXX, pairs of surrogates included (RFC 8259, 7). Bytes read behind the backslash. */
static gsize
append_unicode(GString *out, const char *at, const char *end)
{
    const int first = read_hex(at + 1, end, 4);

    if (first < 0)
        return 0;
    if (first >= 0xD800 && first < 0xDC00 && end - at >= 11 && at[5] == '\\' && at[6] == 'u') {
        const int second = read_hex(at + 7, end, 4);
        if (second >= 0xDC00 && second < 0xE000) {
            g_string_append_unichar(out, 0x10000 + (gunichar)((first - 0xD800) << 10) +
                                             (gunichar)(second - 0xDC00));
            return 11;
        }
    }
    g_string_append_unichar(out, first >= 0xD800 && first < 0xE000 ? 0xFFFD : (gunichar)first);
    return 5;
}

/* What the backslash before `at` stands for; bytes read behind it, 0 where it is only a backslash. */
static gsize
append_escape(GString *out, const char *at, const char *end)
{
    int code;

    switch (*at) {
    case 'n': g_string_append_c(out, '\n'); return 1;
    case 'r': return 1;
    case 't': g_string_append_c(out, '\t'); return 1;
    case '"': case '\'': case '`': case '\\': case '/': g_string_append_c(out, *at); return 1;
    case 'u': return append_unicode(out, at, end);
    case 'x':
        code = read_hex(at + 1, end, 2);
        if (code < 0)
            return 0;
        g_string_append_c(out, (char)code);
        return 3;
    default: return 0;
    }
}

const char *
escapes_next(GString *out, const char *at, const char *end)
{
    const gsize length = *at == '\\' && at + 1 < end ? append_escape(out, at + 1, end) : 0;

    if (length == 0)
        g_string_append_c(out, *at);
    return at + length + 1;
}

const char *
escapes_close(const char *at, const char *end)
{
    const char quote = *at++;

    while (at < end && *at != quote)
        at += *at == '\\' && at + 1 < end ? 2 : 1;
    return at;
}

/* Until the quote that ends the string, or the end of the text. */
static GString *
unescape(const char *at, const char *end, char quote, Mend *mend)
{
    GString *out = g_string_sized_new((gsize)(end - at));

    while (at < end && !(quote && *at == quote)) {
        const gsize length = *at == '\\' && at + 1 < end ? append_escape(out, at + 1, end) : 0;
        if (length) {
            mend_add(mend, at, (gsize)(end - at), "\n", 1);
            at += length + 1;
        } else if (*at == '\n' && draft_append_wrap(out, at, end, written_break(at + 1, end) > 0)) {
            at++;
        } else {
            g_string_append_c(out, *at++);
        }
    }
    return out;
}

static void
escapes_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str, *end = text + draft->text->len;
    const char *first = first_name(text, text + MIN(draft->text->len, DRAFT_HEAD));

    if (!first)
        return;
    const char quote = quote_before(text, first);
    g_autoptr(GString) out = unescape(first, end, quote, mend);
    if (mend->count > 0) {
        g_string_assign(mend->before, "");
        g_string_append_len(mend->before, first, MIN(end - first, 200));
        g_string_assign(mend->after, "");
        g_string_append_len(mend->after, out->str, (gssize)MIN(out->len, 200));
        draft_take(draft, g_steal_pointer(&out));
    }
}

const RepairStep repair_escapes = {
    .id = "escapes",
    .one = N_("1 escape of a programming language undone"),
    .many = N_("%s escapes of a programming language undone (\\r\\n, \\\", \\u003c)"),
    .fidelity = "reencoded",
    .needed = escapes_needed,
    .mend = escapes_mend,
    .possible = escapes_possible,
};

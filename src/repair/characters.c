/* characters.c: what pages and word processors put into a header: no-break blanks, curly quotes.
 * SPDX-License-Identifier: MIT
 *
 * Zero-width characters and full-width colons, too; but only where the grammar has no room for them:
 * in names, at the margin, around <>, and in values that are tags. In free text they may be the
 * author's own. */
#include <string.h>

#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/names.h"

/* `count` bytes at a place become `with` (NULL: nothing to do there). */
typedef struct {
    gsize       count;
    const char *with;
} Change;

static Change
any_change(const char *at, const char *end)
{
    const gsize hidden = letters_invisible(at, end), blank = letters_blank(at, end),
                colon = letters_colon(at, end);

    if (hidden)
        return (Change){ hidden, "" };
    return blank ? (Change){ blank, " " } : (Change){ colon, colon ? ":" : NULL };
}

/* Full-width forms and curly quotes, which are seen in front of or behind an address or a
 * parameter. */
static Change
odd_form(const char *at, const char *end)
{
    static const struct {
        const char *from, *to;
    } forms[] = { { "\xEF\xBC\x9C", "<" }, { "\xEF\xBC\x9E", ">" }, { "\xEF\xBC\xA0", "@" },
                  { "\xE2\x80\xB9", "<" }, { "\xE2\x80\xBA", ">" }, { "\xE3\x80\x88", "<" },
                  { "\xE3\x80\x89", ">" } };

    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++)
        if (letters_match(at, end, forms[i].from, 3))
            return (Change){ 3, forms[i].to };
    return (Change){ 0, NULL };
}

static Change
curly_quote(const char *at, const char *end)
{
    const gboolean curly = end - at >= 3 && memcmp(at, "\xE2\x80", 2) == 0 &&
                           ((guchar)at[2] == 0x9C || (guchar)at[2] == 0x9D);

    return curly ? (Change){ 3, "\"" } : (Change){ 0, NULL };
}

static gboolean
is_tags(ValueKind kind)
{
    return kind == VALUE_TAGS || kind == VALUE_RESULTS || kind == VALUE_TYPE ||
           kind == VALUE_TRACE || kind == VALUE_ID || kind == VALUE_ENCODING ||
           kind == VALUE_VERSION;
}

static gboolean
is_of_servers(ValueKind kind)
{
    return kind == VALUE_TAGS || kind == VALUE_RESULTS || kind == VALUE_TRACE || kind == VALUE_ENCODING || kind == VALUE_VERSION;
}

/* In an address field: what touches < or >, and forms of these. */
static Change
in_address(const char *line, const char *at, const char *end)
{
    const Change change = any_change(at, end);
    const gboolean touches = (at > line && strchr("<>@:,", at[-1])) ||
                             (at + change.count < end && strchr("<>@", at[change.count]));

    if (change.with && touches)
        return change;
    return odd_form(at, end);
}

typedef struct {
    GString  *out;      /* NULL: only counting */
    Mend     *mend;
    guint     found;
    ValueKind kind;     /* of the field that is open */
    gboolean  servers;  /* only what servers and signers write, whose letters are ASCII: not names of people and files */
} Cleaner;

static Change
in_value(const Cleaner *cleaner, const char *line, const char *at, const char *end)
{
    if (cleaner->servers && !is_of_servers(cleaner->kind))
        return (Change){ 0, NULL };
    if (is_tags(cleaner->kind)) {
        const Change change = any_change(at, end);
        return change.with ? change : curly_quote(at, end);
    }
    if (cleaner->kind == VALUE_ADDRESS || cleaner->kind == VALUE_LINKS)
        return in_address(line, at, end);
    return (Change){ 0, NULL };
}

static void
put(Cleaner *cleaner, const char *bytes, gsize length)
{
    if (cleaner->out)
        g_string_append_len(cleaner->out, bytes, (gssize)length);
}

/* "X-Anything：": a full-width colon right behind a name. */
static gboolean
begins_wide(const char *line, const char *end)
{
    const char *at = line;

    while (at < end && letters_in_name(*at))
        at++;
    return at > line && letters_colon(at, end);
}

static const char *
name_end(const char *line, const char *end)
{
    if (names_begins_field(line, end, TRUE) || begins_wide(line, end)) {
        const char *at = line;
        while (at < end && *at != ':' && !letters_colon(at, end))
            at++;
        return at < end ? at + (*at == ':' ? 1 : letters_colon(at, end)) : end;
    }
    /* A continuation: the margin only. */
    const char *at = line;
    while (at < end &&
           (letters_is_wsp(*at) || letters_invisible(at, end) || letters_blank(at, end)))
        at += letters_is_wsp(*at) ? 1 : letters_invisible(at, end) + letters_blank(at, end);
    return at;
}

/* "X-Anything: ", which is no field that we know, but goes on with none, either. */
static gboolean
begins_unknown(const char *line, const char *end)
{
    const char *at = line;

    while (at < end && letters_in_name(*at))
        at++;
    return at > line && end - at > 1 && *at == ':' && letters_is_wsp(at[1]);
}

static void
note_kind(Cleaner *cleaner, const char *line, const char *value, const char *end)
{
    g_autoptr(GString) name = g_string_new(NULL);
    FieldName found;

    if (value == line && begins_unknown(line, end))
        cleaner->kind = VALUE_ANY;
    for (const char *at = line; at < value; at++)
        if (letters_in_name(*at))
            g_string_append_c(name, *at);
    if (value == line || letters_is_wsp(*line) || name->len == 0)
        return;
    cleaner->kind = names_find(name->str, name->len, &found) ? found.kind : VALUE_ANY;
}

static void
clean_line(Cleaner *cleaner, const char *line, const char *end)
{
    const char *value = name_end(line, end);
    const gsize written = cleaner->out ? cleaner->out->len : 0;
    guint found = 0;

    note_kind(cleaner, line, value, end);
    /* Folded as it should be: what follows the blank is the value's. */
    if (cleaner->servers && letters_is_wsp(*line) && !is_of_servers(cleaner->kind))
        return;
    for (const char *at = line; at < end;) {
        const gboolean margin = at < value || at == value;
        const Change change = margin ? any_change(at, end) : in_value(cleaner, line, at, end);
        put(cleaner, change.with ? change.with : at, change.with ? strlen(change.with) : 1);
        found += change.with ? 1 : 0;
        at += change.with ? change.count : 1;
    }
    cleaner->found += found;
    if (cleaner->mend && cleaner->out && found > 0) {
        mend_add(cleaner->mend, line, (gsize)(end - line), cleaner->out->str + written,
                 cleaner->out->len - written);
        cleaner->mend->count += (gint64)found - 1;
    }
}

static void
clean(Cleaner *cleaner, const char *text, gsize block)
{
    for (gsize at = 0; at < block;) {
        const gsize end = draft_line_end(text, block, at);
        /* Plain blanks are some folding's rest, and end no header. */
        if (!draft_is_blank(text, at, end))
            clean_line(cleaner, text + at, text + end);
        else if (strspn(text + at, " \t") >= end - at)
            put(cleaner, text + at, end - at);
        if (end < block)
            put(cleaner, "\n", 1);
        at = end + 1;
    }
}

static gboolean
has_odd_bytes(const char *head, gsize block)
{
    return memchr(head, 0xE2, block) || memchr(head, 0xC2, block) || memchr(head, 0xEF, block) ||
           memchr(head, 0xE3, block);
}

static gboolean
finds_any(const char *head, gsize length, gboolean servers)
{
    const gsize block = draft_block(head, length);
    Cleaner cleaner = { .servers = servers };

    /* A byte order mark at the very top is read as what it is. */
    if (block >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
        return finds_any(head + 3, length - 3, servers);
    if (!has_odd_bytes(head, block))
        return FALSE;
    clean(&cleaner, head, block);
    return cleaner.found > 0;
}

static gboolean
characters_needed(const char *head, gsize length)
{
    return finds_any(head, length, FALSE);
}

/* A message as it was sent may have them in the names of people and files (RFC 6532), and was signed so. */
static gboolean
characters_reason(const char *head, gsize length)
{
    return finds_any(head, length, TRUE);
}

static void
characters_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str;
    const gsize block = draft_block(text, MIN(draft->text->len, DRAFT_MEND));
    GString *out = g_string_sized_new(draft->text->len);
    Cleaner cleaner = { .out = out, .mend = mend };

    clean(&cleaner, text, block);
    g_string_append_len(out, text + block, (gssize)(draft->text->len - block));
    draft_take(draft, out);
}

const RepairStep repair_characters = {
    .id = "characters",
    .one = N_("1 character replaced that no header field has there"),
    .many = N_("%s characters replaced that no header field has there (no-break or zero-width "
               "blanks, full-width colons, curly quotes)"),
    .fidelity = "reflowed",
    .needed = characters_needed,
    .reason = characters_reason,
    .mend = characters_mend,
    .possible = has_odd_bytes,
};

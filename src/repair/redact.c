/* redact.c: places that somebody blackened before showing the text.
 * SPDX-License-Identifier: MIT
 *
 * "[email protected]" is what a web page makes of every address, "user@xxx.com" what people write.
 * None of it may be read as a domain: what would be one is struck out, and the reader is told that
 * nothing can be concluded from it. */
#include "repair/redact.h"

#include <string.h>

#include "base/lower.h"
#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/marks.h"

/* Whole words that stand for something hidden, without case. */
static const struct { const char *word; gsize length; } hidden[] = {
    { "redacted", 8 }, { "removed", 7 }, { "hidden", 6 }, { "masked", 6 }, { "censored", 8 }, { "anonymized", 10 },
    { "anonymised", 10 }, { "obfuscated", 10 },
};
/* Characters that people strike out with; UTF-8. */
static const char *const bars[] = {
    "\xE2\x97\x8F", "\xE2\x96\x88", "\xE2\x80\xA2", "\xE2\x96\xA0", "\xE2\x97\x8B", "*", NULL
};

typedef struct {
    gsize    at, end;
    gboolean strike;        /* it would be read as a domain */
} Place;

static gsize
bar_at(const char *at, const char *end)
{
    for (gsize i = 0; bars[i]; i++)
        if (letters_match(at, end, bars[i], strlen(bars[i])))
            return strlen(bars[i]);
    return 0;
}

/* The letters that is_hidden_label() knows a label by. */
static gboolean
may_begin_hidden(char c)
{
    static const gboolean letters[32] = {
        ['x' & 31] = TRUE, ['r' & 31] = TRUE, ['h' & 31] = TRUE, ['m' & 31] = TRUE,
        ['c' & 31] = TRUE, ['a' & 31] = TRUE, ['o' & 31] = TRUE,
    };

    return g_ascii_isalpha(c) && letters[c & 31];
}

/* A label of a name: three or more x, or a word like "redacted". */
static gboolean
is_hidden_label(const char *label, gsize length)
{
    gsize x = 0;

    if (length == 0 || !may_begin_hidden(*label))
        return FALSE;
    while (x < length && g_ascii_tolower(label[x]) == 'x')
        x++;
    if (x == length && length >= 3)
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(hidden); i++)
        if (hidden[i].length == length && lower_same(label, hidden[i].word, length))
            return TRUE;
    return FALSE;
}

static gboolean
in_domain(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '.' || c == '_';
}

/* Cloudflare's text, with whatever blank it was copied. */
static gsize
protected_at(const char *at, const char *end)
{
    static const char *const forms[] = { "[email protected]", "[email\xC2\xA0protected]",
                                         "[email&#160;protected]", "[email&nbsp;protected]",
                                         "/cdn-cgi/l/email-protection" };

    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++)
        if (*at == *forms[i] && (gsize)(end - at) >= strlen(forms[i]) &&
            g_ascii_tolower(at[1]) == forms[i][1] &&
            g_ascii_strncasecmp(at, forms[i], strlen(forms[i])) == 0)
            return strlen(forms[i]);
    return 0;
}

static gboolean
is_glue(char c)
{
    return c == '@' || c == '=' || c == '.';
}

/* "<redacted>"; "[redacted]" where it is part of an address or a value, not of a name. */
static gsize
bracketed_at(const char *text, const char *at, const char *end)
{
    const char close = *at == '<' ? '>' : *at == '[' ? ']' : *at == '(' ? ')' : '\0';
    const char *stop = close ? memchr(at, close, MIN((gsize)(end - at), 20)) : NULL;

    if (!stop || !is_hidden_label(at + 1, (gsize)(stop - at - 1)))
        return 0;
    const gboolean glued = (at > text && is_glue(at[-1])) || (stop + 1 < end && is_glue(stop[1]));
    return *at == '<' || glued ? (gsize)(stop + 1 - at) : 0;
}

/* A domain behind an `@` of which all labels are hidden, or one and the local part: a domain of
 * three x may exist. Behind `=` (d=, header.from=) it takes two labels, so that no selector is
 * meant. */
static gboolean
hidden_domain(const char *text, gsize at, gsize end, Place *place)
{
    const gboolean tag = text[at] == '=';
    gsize stop = at + 1, local = at;

    if (tag && stop < end && in_domain(text[stop]) && !may_begin_hidden(text[stop]))
        return FALSE;
    guint labels = 0, gone = 0;

    for (gsize label = stop; stop < end && in_domain(text[stop]); label = ++stop) {
        while (stop < end && text[stop] != '.' && in_domain(text[stop]))
            stop++;
        labels++;
        gone += is_hidden_label(text + label, stop - label) ? 1 : 0;
        if (tag && gone < labels)
            return FALSE;
        if (stop >= end || text[stop] != '.')
            break;
    }
    *place = (Place){ at + 1, stop, TRUE };
    if (gone == 0 || gone == labels || tag)
        return gone > 0 && (!tag || labels >= 2);
    while (local > 0 && (in_domain(text[local - 1]) || text[local - 1] == '+'))
        local--;
    return is_hidden_label(text + local, at - local);
}

static gboolean
ends_word(char c)
{
    return letters_is_space(c) || strchr("<>()[];,\"'", c);
}

/* Three bars or more in an address or right behind `=` or `[`; in a display name they are
 * decoration. Only the first of a run is looked at. */
static gsize
bars_at(const char *text, const char *at, const char *end)
{
    const char *start = at, *word = at;
    guint count = 0;

    if (!bar_at(at, end) || (at > text && at[-1] == '*') ||
        (at - text >= 3 && bar_at(at - 3, at) == 3))
        return 0;
    for (gsize length; at < end && (length = bar_at(at, end)); at += length)
        count++;
    if (count < 3)
        return 0;
    const char *stop = at;
    while (stop < end && stop - at < 100 && !ends_word(*stop))
        stop++;
    while (word > text && start - word < 100 && !ends_word(word[-1]) && word[-1] != '=')
        word--;
    const gboolean value = word > text && (word[-1] == '=' || word[-1] == '[');
    return value || memchr(word, '@', (gsize)(stop - word)) ? (gsize)(at - start) : 0;
}

/* What a hidden place begins with, or the letter before it. */
static const char opening[256] = {
    ['['] = 1, ['<'] = 1, ['('] = 1, ['/'] = 1, ['@'] = 1, ['='] = 1, ['*'] = 1, [0xE2] = 1,
};

static gboolean
hidden_at(const char *text, gsize at, gsize end, Place *place)
{
    const char *here = text + at, *stop = text + end;
    gsize length = 0;

    switch (*here) {
    case '@':
    case '=': return hidden_domain(text, at, end, place);
    case '/': length = protected_at(here, stop); break;
    case '[': length = protected_at(here, stop); /* fall through */
    case '<':
    case '(': length = length ? length : bracketed_at(text, here, stop); break;
    default: length = bars_at(text, here, stop); break;
    }
    *place = (Place){ at, at + length, FALSE };
    return length > 0;
}

static void
find_in(const char *text, gsize at, gsize end, GArray *places)
{
    for (Place place; at < end; at++) {
        if (!opening[(guchar)text[at]] || !hidden_at(text, at, end, &place))
            continue;
        /* Not within the last place that was found. */
        if (places->len == 0 || at >= g_array_index(places, Place, places->len - 1).end)
            g_array_append_val(places, place);
    }
}

/* Fields that name somebody; a Subject may hold what stars it likes. */
static gboolean
names_somebody(const Mark *mark)
{
    return mark->kind == VALUE_ADDRESS || mark->kind == VALUE_ID || mark->kind == VALUE_TRACE ||
           mark->kind == VALUE_RESULTS || mark->kind == VALUE_TAGS;
}

/* Where nothing is hidden from the reader of From: the text is left as it is. */
static GArray *
find_places(const char *text, gsize block, const char **field)
{
    g_autoptr(GArray) marks = marks_find(text, block, MARK_LINES);
    GArray *places = g_array_new(FALSE, FALSE, sizeof(Place));

    *field = NULL;
    for (guint i = 0; i < marks->len; i++) {
        const Mark *mark = &g_array_index(marks, Mark, i);
        const gsize end = i + 1 < marks->len ? g_array_index(marks, Mark, i + 1).start : block;
        if (!names_somebody(mark))
            continue;
        find_in(text, mark->colon + 1, end, places);
        if (places->len > 0 && !*field)
            *field = mark->known;
    }
    return places;
}

static gboolean
redacted_needed(const char *head, gsize length)
{
    const char *field;
    g_autoptr(GArray) places = find_places(head, draft_block(head, length), &field);

    return places->len > 0;
}

/* ---- a quick look ---- */

/* A word of hidden[], or "protected", ends with the two octets at `at`. */
static gboolean
ends_hidden_word(const char *block, const char *at)
{
    const gsize before = (gsize)(at - block) + 2;
    static const char protected[] = "protected";

    for (gsize i = 0; i < G_N_ELEMENTS(hidden); i++) {
        const gsize length = hidden[i].length;
        if (length <= before && (at[-1] | 0x20) == hidden[i].word[length - 3] &&
            lower_same(at + 2 - length, hidden[i].word, length))
            return TRUE;
    }
    return before >= sizeof protected - 1 && lower_same(at + 3 - sizeof protected, protected, sizeof protected - 1);
}

gboolean
redact_is_told(const char *block, const char *at, const char *end)
{
    switch (*at | 0x20) {
    case 'e':
        return ends_hidden_word(block, at);
    case 'd':
        return at - block >= 2 && end - at >= 4 && lower_same(at - 2, "hidden", 6);
    case 'x':
        return end - at >= 3 && (at[2] | 0x20) == 'x';
    case 'c':
        return at > block && at[-1] == '/' && end - at >= 7 && lower_same(at, "cdn-cgi", 7);
    case '*':
        return end - at >= 3 && at[1] != '\n';
    default:
        return bar_at(at, end) > 0;
    }
}

/* Whether find_in() could find anything at all: nearly no header has what it takes. */
static gboolean
redacted_possible(const char *block, gsize length)
{
    const char *end = block + length;
    char rest[BITS_BLOCK + 1];

    for (const char *at = block; at < end; at += BITS_BLOCK) {
        const char *here = at;
        if (end - at <= BITS_BLOCK) {
            memset(rest, 0, sizeof rest);
            here = memcpy(rest, at, (gsize)(end - at));
        }
        guint64 bits = bits_gather(redact_tells(here), redact_tells(here + 16), redact_tells(here + 32),
                                   redact_tells(here + 48));
        for (; bits; bits &= bits - 1)
            if (redact_is_told(block, at + bits_first(bits), end))
                return TRUE;
    }
    return FALSE;
}

/* Bodies are blackened in more ways than header fields: any word that is a hidden label counts as well. */
static gboolean
is_blackened(const char *text, gsize at, gsize end)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(Place));

    find_in(text, at, end, places);
    for (gsize word = at; places->len == 0 && word < end; word++) {
        const gsize start = word;
        while (word < end && g_ascii_isalnum(text[word]))
            word++;
        if (is_hidden_label(text + start, word - start))
            return TRUE;
    }
    return places->len > 0;
}

/* Only where nothing else was done to the text, and its bytes are those that were sent: then all that is not blackened
 * is as it was. */
static void
remember(const Draft *draft, const GArray *places, gsize block)
{
    Origin *origin = draft->origin;

    if (places->len == 0 || origin->fidelity || origin->repairs->len > 0)
        return;
    const Blackened found = { g_array_new(FALSE, FALSE, sizeof(Span)), is_blackened(draft->text->str, block, draft->text->len),
                              g_bytes_new(draft->text->str, draft->text->len) };
    for (guint i = 0; i < places->len; i++) {
        const Place *place = &g_array_index(places, Place, i);
        const Span span = { place->at, place->end };
        g_array_append_val(found.places, span);
    }
    origin->blackened = g_memdup2(&found, sizeof found);
}

static void
redacted_mend(Draft *draft, Mend *mend)
{
    char *text = draft->text->str;
    const char *field;
    const gsize block = draft_block(text, MIN(draft->text->len, DRAFT_MEND));
    g_autoptr(GArray) places = find_places(text, block, &field);

    remember(draft, places, block);
    for (guint i = 0; i < places->len; i++) {
        const Place *place = &g_array_index(places, Place, i);
        g_autofree char *before = g_strndup(text + place->at, place->end - place->at);
        for (gsize at = place->at; place->strike && at < place->end; at++)
            if (text[at] != '.')
                text[at] = '*';
        mend_add(mend, before, place->end - place->at, text + place->at, place->end - place->at);
    }
    if (places->len > 0) {
        g_autofree char *count = g_strdup_printf("%u", places->len);
        origin_note(draft->origin, "text-redacted", SEVERITY_WARNING, count, field, NULL);
    }
}

const RepairStep repair_redacted = {
    .id = "redacted",
    .one = N_("1 redacted place marked: nothing is concluded from it"),
    .many = N_("%s redacted places marked: nothing is concluded from them"),
    .fidelity = "fragments",
    .needed = redacted_needed,
    .mend = redacted_mend,
    .possible = redacted_possible,
};

/* redact.c: places that somebody blackened before showing the text.
 * SPDX-License-Identifier: MIT
 *
 * "[email protected]" is what a web page makes of every address, "user@xxx.com" what people write.
 * None of it may be read as a domain: what would be one is struck out, and the reader is told that
 * nothing can be concluded from it. */
#include <string.h>

#include "base/bits.h"
#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/marks.h"

/* Whole words that stand for something hidden, without case. */
static const char *const hidden[] = { "redacted",   "removed",    "hidden",
                                      "masked",     "censored",   "anonymized",
                                      "anonymised", "obfuscated", NULL };
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
    const char first = g_ascii_tolower(*label);
    for (gsize i = 0; hidden[i]; i++)
        if (*hidden[i] == first && strlen(hidden[i]) == length &&
            g_ascii_strncasecmp(label, hidden[i], length) == 0)
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

/* Of what begins with `=`, a bracket or `/` the next letter tells nearly always that nothing is hidden there: a label that
 * is_hidden_label() knows, "[email", "/cdn-cgi". */
static gboolean
may_be_hidden(const char *here, const char *stop)
{
    switch (*here) {
    case '=': case '<': case '(': case '/': case '[':
        return here + 1 < stop && (may_begin_hidden(here[1]) || (here[1] | 32) == 'e');
    default:
        return TRUE;
    }
}

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

/* What opening[] says, of sixteen octets; four of its letters differ from another one in a bit. */
static inline BitsChunk
opens(const char *at)
{
    BitsChunk c;

    memcpy(&c, at, sizeof c);
    return (BitsChunk)(((c & 0xFE) == '<') | ((c & 0xFD) == '(') | (c == '[') | (c == '/') | (c == '@') | (c == 0xE2));
}

/* `here` opens something, and does not stand in the last place that was found. */
static void
look_at(const char *text, const char *here, gsize end, GArray *places)
{
    const gsize at = (gsize)(here - text);
    Place place;

    if (!may_be_hidden(here, text + end) || !hidden_at(text, at, end, &place))
        return;
    if (places->len == 0 || at >= g_array_index(places, Place, places->len - 1).end)
        g_array_append_val(places, place);
}

static void
find_in(const char *text, gsize at, gsize end, GArray *places)
{
    for (; end - at >= BITS_BLOCK; at += BITS_BLOCK) {
        const char *block = text + at;
        guint64 bits = bits_gather(opens(block), opens(block + 16), opens(block + 32), opens(block + 48));
        for (; bits; bits &= bits - 1)
            look_at(text, block + bits_first(bits), end, places);
    }
    for (; at < end; at++)
        if (opening[(guchar)text[at]])
            look_at(text, text + at, end, places);
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

/* As if every field named somebody. */
static gboolean
redacted_possible(const char *block, gsize length)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(Place));

    find_in(block, 0, length, places);
    return places->len > 0;
}

static void
redacted_mend(Draft *draft, Mend *mend)
{
    char *text = draft->text->str;
    const char *field;
    g_autoptr(GArray) places =
        find_places(text, draft_block(text, MIN(draft->text->len, DRAFT_MEND)), &field);

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

/* marks.c: every `Name:` that could begin a field, with what speaks for it.
 * SPDX-License-Identifier: MIT */
#include "repair/marks.h"

#include <string.h>

#include "base/bits.h"
#include "repair/letters.h"
#include "repair/value.h"

#define NAME_MAX_LENGTH 100

static gboolean
begins_line(const char *text, gsize at)
{
    return at == 0 || text[at - 1] == '\n';
}

static gboolean
is_x_name(const char *name, gsize length)
{
    return length > 2 && (name[0] == 'X' || name[0] == 'x') && name[1] == '-' &&
           g_ascii_isalnum(name[2]);
}

/* Capital letter, letters, digits and hyphens, at least one of these inside. */
static gboolean
is_hyphen_name(const char *name, gsize length)
{
    return g_ascii_isupper(name[0]) && memchr(name, '-', length) && name[length - 1] != '-' &&
           !memchr(name, '.', length);
}

static gboolean
is_word_name(const char *name, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isalnum(name[i]) && name[i] != '_')
            return FALSE;
    return length > 1 && g_ascii_isupper(name[0]);
}

/* "campaign_id", "entity-ref": how people who write their own mailers name fields. */
static gboolean
is_lower_name(const char *name, gsize length)
{
    return length > 2 && g_ascii_islower(name[0]) && name[length - 1] != '-' &&
           !memchr(name, '.', length);
}

/* Values whose form alone proves the field, even without a blank behind the colon. */
static gboolean
fits_tightly(ValueKind kind)
{
    return kind == VALUE_ID || kind == VALUE_TRACE || kind == VALUE_TYPE ||
           kind == VALUE_ENCODING || kind == VALUE_VERSION || kind == VALUE_DATE;
}

/* A known hyphenated name with a blank behind it is no prose: "X-Mailer: ", "User-Agent: ". */
static gboolean
is_strong(const Mark *mark, const FieldName *known, const char *at, const char *end)
{
    if (value_fits(mark->kind, at, end))
        return mark->open || fits_tightly(mark->kind) ||
               (mark->kind == VALUE_ADDRESS && at < end && *at == '<');
    return mark->open && mark->kind == VALUE_ANY && strchr(known->name, '-');
}

static gboolean
classify(const char *text, gsize length, Mark *mark)
{
    const char *name = text + mark->start;
    const gsize size = mark->colon - mark->start;
    const char *behind = text + mark->colon + 1, *end = text + length;
    FieldName known;

    mark->open = behind >= end || letters_is_space(*behind);
    if (names_find(name, size, &known)) {
        mark->class = MARK_KNOWN;
        mark->kind = known.kind;
        mark->once = known.once;
        mark->known = known.name;
        mark->strong = is_strong(mark, &known, behind, end);
        return TRUE;
    }
    if (is_x_name(name, size))
        mark->class = MARK_X;
    else if (mark->open && is_hyphen_name(name, size))
        mark->class = MARK_HYPHEN;
    else if (mark->open && is_word_name(name, size))
        mark->class = MARK_WORD;
    else if (mark->open && is_lower_name(name, size))
        mark->class = MARK_LOWER;
    else
        return FALSE;
    return TRUE;
}

/* "SizeAsReceived:2705" holds no Received field. */
static gboolean
needs_value(ValueKind kind)
{
    return kind != VALUE_ANY && kind != VALUE_TEXT && kind != VALUE_REPORT && kind != VALUE_WORD &&
           kind != VALUE_RESULTS && kind != VALUE_LINKS;
}

/* The longest known name that ends at the colon, else an X- that stands at a change of letters
 * ("+0000X-Foo:"). A short name must be written as everybody writes it, or every "photo: " would
 * hold a To. */
static gboolean
find_glued(const char *text, gsize length, gsize first, gsize colon, gsize *start)
{
    FieldName known;
    gboolean found = FALSE;

    for (gsize at = first; at < colon && colon - at > 1; at++) {
        const gsize size = colon - at;
        if (!g_ascii_isupper(text[at]) || !names_find(text + at, size, &known))
            continue;
        if (size < 12 && strncmp(text + at, known.name, size) != 0 &&
            g_ascii_strcasecmp(known.name, "Message-ID") != 0)
            continue;
        if (needs_value(known.kind) && !value_fits(known.kind, text + colon + 1, text + length))
            continue;
        *start = at;
        return TRUE;
    }
    for (gsize at = first; at + 3 < colon; at++) {
        if ((text[at] | 32) != 'x' || text[at + 1] != '-' || !g_ascii_isupper(text[at + 2]))
            continue;
        if (at == first || (text[at] == 'X' && !g_ascii_isupper(text[at - 1]))) {
            *start = at;
            return TRUE;
        }
        if (!found)
            *start = at;
        found = TRUE;
    }
    return found;
}

static gboolean
place(const char *text, gsize length, MarkMode mode, gsize first, Mark *mark)
{
    const gboolean after_space = first == 0 || letters_is_space(text[first - 1]);

    mark->start = first;
    if (mode == MARK_LINES)
        return begins_line(text, first);
    /* In glued text a whole word may hide a known name at its end: "yesTo: ". */
    if (mode == MARK_GLUED)
        find_glued(text, length, first, mark->colon, &mark->start);
    return after_space || mode == MARK_GLUED;
}

/* Where the run of a name's letters before `colon` begins; `colon` where there is none. */
static gsize
run_start(const char *text, gsize colon)
{
    const gsize least = colon - MIN(colon, NAME_MAX_LENGTH);
    gsize first = colon;

    while (first > least && letters_in_name(text[first - 1]))
        first--;
    return first;
}

gboolean
marks_at_line(const char *text, gsize length, gsize at, Mark *mark)
{
    const gsize most = MIN(length, at + NAME_MAX_LENGTH + 1);
    gsize colon = at;

    while (colon < most && letters_in_name(text[colon]))
        colon++;
    *mark = (Mark){ .start = at, .colon = colon };
    return colon > at && colon < most && text[colon] == ':' && g_ascii_isalpha(text[at]) &&
           classify(text, length, mark);
}

gboolean
marks_sure_at_line(const char *text, gsize length, gsize at, Mark *mark)
{
    return marks_at_line(text, length, at, mark) && mark->strong && mark->kind != VALUE_WORD;
}

/* As the text is, lines are as they were: no need to look at every colon. */
static void
find_in_lines(const char *text, gsize length, GArray *marks)
{
    Mark mark;

    for (gsize at = 0; at < length;) {
        const char *end = memchr(text + at, '\n', length - at);
        if (marks_at_line(text, length, at, &mark))
            g_array_append_val(marks, mark);
        at = end ? (gsize)(end - text) + 1 : length;
    }
}

GArray *
marks_find(const char *text, gsize length, MarkMode mode)
{
    GArray *marks = g_array_new(FALSE, TRUE, sizeof(Mark));
    const char *end = text + length;

    if (mode == MARK_LINES) {
        find_in_lines(text, length, marks);
        return marks;
    }
    for (const char *at = text; (at = memchr(at, ':', (gsize)(end - at))); at++) {
        Mark mark = { .colon = (gsize)(at - text) };
        const gsize first = run_start(text, mark.colon);
        if (first == mark.colon || !place(text, length, mode, first, &mark))
            continue;
        if (!g_ascii_isalpha(text[mark.start]))
            continue;
        if (classify(text, length, &mark))
            g_array_append_val(marks, mark);
    }
    return marks;
}

/* Behind its first letter: what find_glued() would look at. */
static gboolean
may_hide_name(const char *text, gsize first, gsize colon)
{
    FieldName known;

    for (gsize at = first + 1; at + 1 < colon; at++)
        if ((g_ascii_isupper(text[at]) || text[at] == 'x') &&
            names_find(text + at, colon - at, &known))
            return TRUE;
    return FALSE;
}

/* What most lines begin with. A strong mark inside one of these would have to be the name of a field itself, and none is
 * (tests/unit/test-repair-needed.c). */
static gboolean
hides_nothing(const char *name, gsize length)
{
    static const char *const usual[] = { [2] = "To", [4] = "From", [7] = "Subject", [8] = "Received", [10] = "Message-ID",
                                         [11] = "Return-Path", [12] = "MIME-Version", [14] = "DKIM-Signature",
                                         [22] = "Authentication-Results", [25] = "Content-Transfer-Encoding" };
    static const char *const more[G_N_ELEMENTS(usual)] = { [4] = "Date", [12] = "Content-Type" };

    if (length >= G_N_ELEMENTS(usual) || !usual[length])
        return FALSE;
    return (*name == *usual[length] && memcmp(usual[length], name, length) == 0) ||
           (more[length] && *name == *more[length] && memcmp(more[length], name, length) == 0);
}

/* Where the mark of a run would not stand within a line, there is no need to classify it. */
static gboolean
may_be_inner(const char *text, MarkMode mode, gsize first, gsize colon)
{
    const gboolean margin = begins_line(text, first);

    if (mode == MARK_BLANKS)
        return !margin && letters_is_space(text[first - 1]) && g_ascii_isalpha(text[first]);
    const gboolean touches = !margin && !letters_is_space(text[first - 1]);
    return (touches && g_ascii_isalpha(text[first])) || may_hide_name(text, first, colon);
}

static gboolean
is_inner(const char *text, gsize length, MarkMode mode, gsize first, gsize colon)
{
    Mark mark = { .colon = colon };

    return may_be_inner(text, mode, first, colon) && place(text, length, mode, first, &mark) &&
           g_ascii_isalpha(text[mark.start]) && classify(text, length, &mark) && mark.strong &&
           !begins_line(text, mark.start) && (mode == MARK_BLANKS || !letters_is_space(text[mark.start - 1]));
}

/* Most colons that touch what follows: in times, in `h=`, in addresses. None of them would be strong (is_strong()), and no
 * name whose value may touch its colon ends with a digit (tests/unit/test-repair-needed.c). */
static inline gboolean
begins_no_value(const char *text, const char *at, const char *end)
{
    if (at > text && at + 1 < end && g_ascii_isdigit(at[-1]) && g_ascii_isdigit(at[1]))
        return TRUE;
    return at + 1 < end && !value_may_be_tight(at + 1, end);
}

MarksColon
marks_colon(const char *text, gsize length, gsize colon)
{
    const gsize first = begins_no_value(text, text + colon, text + length) ? colon : run_start(text, colon);
    FieldName known;

    if (first == colon)
        return MARKS_NOTHING;
    if (!begins_line(text, first))
        return names_find(text + first, colon - first, &known) || may_hide_name(text, first, colon) ? MARKS_INNER : MARKS_NOTHING;
    if (hides_nothing(text + first, colon - first))
        return MARKS_FIELD;
    return (memchr(text + first, '.', colon - first) ? MARKS_DOTTED : MARKS_FIELD) |
           (may_hide_name(text, first, colon) ? MARKS_INNER : MARKS_NOTHING);
}

MarksInner
marks_inner(const char *text, gsize length, guint enough)
{
    const char *end = text + length, *at;
    BitsWalk colons = bits_walk(text, length, ':');
    MarksInner count = { 0 };

    while (count.blanks < enough && count.glued < enough && (at = bits_walk_next(&colons))) {
        if (begins_no_value(text, at, end))
            continue;
        const gsize colon = (gsize)(at - text), first = run_start(text, colon);
        if (first == colon || (begins_line(text, first) && hides_nothing(text + first, colon - first)))
            continue;
        count.blanks += is_inner(text, length, MARK_BLANKS, first, colon) ? 1 : 0;
        count.glued += is_inner(text, length, MARK_GLUED, first, colon) ? 1 : 0;
    }
    return count;
}

guint
marks_strong(const GArray *marks, const char *text, guint *at_line)
{
    guint count = 0;

    *at_line = 0;
    for (guint i = 0; i < marks->len; i++) {
        const Mark *mark = &g_array_index(marks, Mark, i);
        count += mark->strong ? 1 : 0;
        *at_line += mark->strong && begins_line(text, mark->start) ? 1 : 0;
    }
    return count;
}

gsize
marks_strong_in(const GArray *marks, gsize from, gsize to)
{
    guint low = 0, high = marks->len;

    while (low < high) {
        const guint middle = (low + high) / 2;
        if (g_array_index(marks, Mark, middle).start < from)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < marks->len && g_array_index(marks, Mark, low).start < to; low++)
        if (g_array_index(marks, Mark, low).strong)
            return g_array_index(marks, Mark, low).start;
    return to;
}

GHashTable *
marks_count(const GArray *marks)
{
    GHashTable *counts = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < marks->len; i++) {
        const Mark *mark = &g_array_index(marks, Mark, i);
        if (!mark->strong)
            continue;
        const guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, mark->known)) + 1;
        g_hash_table_insert(counts, (gpointer)mark->known, GUINT_TO_POINTER(count));
    }
    return counts;
}

/* segment.c: a header block cut into fields by names, values and context.
 * SPDX-License-Identifier: MIT
 *
 * A name alone proves little ("Re: here: Fw:" in a Subject, the list of names in a signature). What
 * counts is whether mail uses the name, whether the value fits it, and whether the field before it
 * could have ended there. */
#include "repair/segment.h"

#include <string.h>

#include "repair/context.h"
#include "repair/letters.h"
#include "repair/value.h"

typedef struct {
    const char   *text;
    gsize         length;
    MarkMode      mode;
    Context      *context;
    GHashTable   *counts;   /* strong marks of each known name */
    GHashTable   *seen;     /* known names that were accepted */
    const Mark   *last;     /* the field that is open, or NULL */
} Cutter;

/* "undisclosed-recipients: ;" is an empty group (RFC 5322, 3.4). */
static gboolean
is_group(const Cutter *cutter, const Mark *mark)
{
    return cutter->last && cutter->last->kind == VALUE_ADDRESS && mark->class != MARK_KNOWN &&
           g_ascii_strncasecmp(cutter->text + mark->start, "undisclosed", 11) == 0;
}

static guint
hyphens(const char *name, const char *end)
{
    guint count = 0;

    for (; name < end; name++)
        count += *name == '-';
    return count;
}

/* In a Subject anything may stand. A field that a message has once is believed at its last strong
 * place only: a "Date: Mon, 3 Aug" before it belongs to the text. */
static gboolean
ends_text(const Cutter *cutter, const Mark *mark)
{
    const char *name = cutter->text + mark->start, *colon = cutter->text + mark->colon;

    if (mark->strong) {
        const gboolean again =
            GPOINTER_TO_UINT(g_hash_table_lookup(cutter->counts, mark->known)) > 1;
        const gboolean prose = mark->kind == VALUE_ADDRESS || mark->kind == VALUE_DATE;
        return !mark->once || !prose || !again || !g_hash_table_contains(cutter->seen, mark->known);
    }
    switch (mark->class) {
    case MARK_KNOWN:
        if (memchr(name, '-', mark->colon - mark->start))
            return TRUE;
        return mark->open &&
               (mark->kind == VALUE_ADDRESS || mark->kind == VALUE_DATE ||
                mark->kind == VALUE_TEXT) &&
               !g_hash_table_contains(cutter->counts, mark->known) &&
               !g_hash_table_contains(cutter->seen, mark->known);
    case MARK_X: return TRUE;
    case MARK_HYPHEN:
        return hyphens(name, colon) > 1 ||
               value_fits(VALUE_WORD, colon + 1, cutter->text + cutter->length);
    default: return FALSE;
    }
}

static gboolean
is_complete(const Cutter *cutter, const Mark *mark)
{
    return value_is_complete(cutter->last->kind, cutter->text + cutter->last->colon + 1,
                             cutter->text + mark->start);
}

/* "campaign_id", not "host". */
static gboolean
has_joint(const Cutter *cutter, const Mark *mark)
{
    const char *name = cutter->text + mark->start;
    const gsize size = mark->colon - mark->start;

    return memchr(name, '-', size) || memchr(name, '_', size);
}

static gboolean
ends_value(const Cutter *cutter, const Mark *mark)
{
    const Mark *last = cutter->last;
    const gboolean complete = is_complete(cutter, mark);

    switch (mark->class) {
    case MARK_KNOWN:
        return mark->strong || mark->kind != VALUE_ANY || complete || last->kind != VALUE_ANY;
    case MARK_X:
    case MARK_HYPHEN: return TRUE;
    case MARK_WORD: return complete;
    default:
        return complete || (has_joint(cutter, mark) &&
                            value_is_complete(VALUE_WORD, cutter->text + last->colon + 1,
                                              cutter->text + mark->start));
    }
}

static gboolean
is_empty(const char *at, const char *end)
{
    while (at < end && letters_is_space(*at))
        at++;
    return at == end;
}

static gboolean
accepts(const Cutter *cutter, const Mark *mark)
{
    const Mark *last = cutter->last;

    if (!last)
        return mark->class < MARK_WORD || cutter->mode == MARK_LINES;
    if (is_group(cutter, mark) || context_inside(cutter->context, mark->start))
        return FALSE;
    /* Nothing was lost at the beginning of a line but, perhaps, its indentation. */
    if (cutter->mode == MARK_LINES)
        return mark->class < MARK_LOWER || has_joint(cutter, mark) || is_complete(cutter, mark);
    if (cutter->mode == MARK_GLUED && mark->class >= MARK_HYPHEN)
        return mark->class == MARK_HYPHEN && !letters_is_space(cutter->text[mark->start - 1]) &&
               is_complete(cutter, mark);
    if (is_empty(cutter->text + last->colon + 1, cutter->text + mark->start))
        return mark->strong || mark->class == MARK_X ||
               (mark->class == MARK_KNOWN &&
                (last->kind != VALUE_TEXT ||
                 hyphens(cutter->text + mark->start, cutter->text + mark->colon) > 0));
    if (last->kind == VALUE_REPORT)
        return mark->strong || mark->class == MARK_X;
    return last->kind == VALUE_TEXT ? ends_text(cutter, mark) : ends_value(cutter, mark);
}

GArray *
segment_fields(const char *text, gsize length, MarkMode mode)
{
    GArray *fields = g_array_new(FALSE, FALSE, sizeof(Mark));
    g_autoptr(GArray) marks = marks_find(text, length, mode);
    g_autoptr(Context) context = context_new(text, length, marks);
    g_autoptr(GHashTable) counts = marks_count(marks);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    Cutter cutter = { text, length, mode, context, counts, seen, NULL };

    for (guint i = 0; i < marks->len; i++) {
        const Mark *mark = &g_array_index(marks, Mark, i);
        if (!accepts(&cutter, mark))
            continue;
        g_array_append_vals(fields, mark, 1);
        cutter.last = mark;
        if (mark->known)
            g_hash_table_add(seen, (gpointer)mark->known);
        context_enter(context, mark->colon + 1, mark->kind);
    }
    return fields;
}

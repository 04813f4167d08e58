/* coverage.c: fields held against h=, and causes against fields.
 * SPDX-License-Identifier: MIT */
#include "tui/view/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

/* What a mail program shows or goes by: RFC 6376, 5.4.1, and what answers depend on. */
static const char *const seen[] = { "From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date",
                                    "Message-ID", "MIME-Version", "Content-Type",
                                    "Content-Transfer-Encoding", "List-Unsubscribe" };

gsize
coverage_place(const DkimResult *result)
{
    const Evidence *item = result->evidence->len > 0 ? result->evidence->pdata[0] : NULL;

    return item && item->spans->len > 0 ? g_array_index(item->spans, Span, 0).start : G_MAXSIZE;
}

/* ---- fields ---- */

static guint
count_of(GHashTable *counts, const char *name)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(counts, name));
}

static void
count(GHashTable *counts, char *name)
{
    g_hash_table_insert(counts, name, GUINT_TO_POINTER(count_of(counts, name) + 1));
}

static GHashTable *
new_counts(void)
{
    return g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
}

static GHashTable *
covered_places(const DkimResult *result)
{
    GHashTable *places = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < result->covered->len; i++)
        g_hash_table_add(places, GSIZE_TO_POINTER(g_array_index(result->covered, Span, i).start));
    return places;
}

static FieldCover
cover_of(gsize place, const DkimResult *result, GHashTable *covered, guint named)
{
    if (place == coverage_place(result))
        return FIELD_OWN;
    if (g_hash_table_contains(covered, GSIZE_TO_POINTER(place)))
        return FIELD_SIGNED;
    return named > 0 ? FIELD_ADDED : FIELD_UNSIGNED;
}

/* RFC 6376, 8.15: a name that h= lists once more than it stands there cannot be added. */
static void
sort_names(Coverage *coverage, GHashTable *named, GHashTable *present)
{
    for (gsize i = 0; i < G_N_ELEMENTS(seen); i++) {
        g_autofree char *lower = g_ascii_strdown(seen[i], -1);
        const guint times = count_of(named, lower);
        if (times > count_of(present, lower))
            g_ptr_array_add(coverage->sealed, g_strdup(seen[i]));
        else if (times > 0 && times == count_of(present, lower))
            g_ptr_array_add(coverage->open, g_strdup(seen[i]));
        else if (times == 0 && count_of(present, lower) > 0)
            g_ptr_array_add(coverage->unsigned_, g_strdup(seen[i]));
    }
}

static void
sort_fields(Coverage *coverage, const Message *message, const DkimResult *result,
            GHashTable *named, GHashTable *present)
{
    g_autoptr(GHashTable) covered = covered_places(result);

    for (guint i = 0; i < message_n_fields(message); i++) {
        const Field *field = message_field(message, i);
        char *name = g_ascii_strdown(span_in(message_raw(message), field->name),
                                     (gssize)span_length(field->name));
        const FieldCover cover =
            cover_of(field->all.start, result, covered, count_of(named, name));
        g_array_append_val(coverage->fields, cover);
        coverage->others += cover == FIELD_UNSIGNED;
        count(present, name);
    }
}

Coverage *
coverage_new(const Message *message, const DkimResult *result)
{
    Coverage *coverage = g_new0(Coverage, 1);
    g_autoptr(GHashTable) named = new_counts();
    g_autoptr(GHashTable) present = new_counts();

    coverage->fields = g_array_new(FALSE, FALSE, sizeof(FieldCover));
    coverage->sealed = g_ptr_array_new_with_free_func(g_free);
    coverage->open = g_ptr_array_new_with_free_func(g_free);
    coverage->unsigned_ = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < result->signed_fields->len; i++)
        count(named, g_ascii_strdown(result->signed_fields->pdata[i], -1));
    sort_fields(coverage, message, result, named, present);
    sort_names(coverage, named, present);
    for (guint i = 0; i < coverage->unsigned_->len; i++) {
        g_autofree char *lower = g_ascii_strdown(coverage->unsigned_->pdata[i], -1);
        coverage->others -= MIN(coverage->others, count_of(present, lower));
    }
    return coverage;
}

void
coverage_free(Coverage *coverage)
{
    if (!coverage)
        return;
    g_array_unref(coverage->fields);
    g_ptr_array_unref(coverage->sealed);
    g_ptr_array_unref(coverage->open);
    g_ptr_array_unref(coverage->unsigned_);
    g_free(coverage);
}

/* ---- steps ---- */

static void
collect(GHashTable *steps, const Step *step)
{
    if (g_str_equal(step->id, "dkim-check") && step->evidence->len > 0) {
        const Evidence *item = step->evidence->pdata[0];
        if (item->spans->len > 0)
            g_hash_table_insert(steps,
                                GSIZE_TO_POINTER(g_array_index(item->spans, Span, 0).start),
                                (gpointer)step);
        return;
    }
    for (guint i = 0; i < step->children->len; i++)
        collect(steps, step->children->pdata[i]);
}

GHashTable *
coverage_steps(const Step *tree)
{
    GHashTable *steps = g_hash_table_new(NULL, NULL);

    if (tree)
        collect(steps, tree);
    return steps;
}

const Step *
coverage_step(const Step *check, const char *id)
{
    for (guint i = 0; check && i < check->children->len; i++) {
        const Step *step = check->children->pdata[i];
        if (g_str_equal(step->id, id))
            return step;
        const Step *below = coverage_step(step, id);
        if (below)
            return below;
    }
    return NULL;
}

/* ---- causes ---- */

static const char *
argument(const Step *diagnosis, guint index)
{
    const char *text = index < diagnosis->args->len ? diagnosis->args->pdata[index] : NULL;

    return text ? text : "";
}

/* The detail of a cause is a name, or several with commas between (auth/header-undo.c); of very
 * many the first are enough. */
static gboolean
lists(const char *detail, const char *name)
{
    enum { DETAIL_MAX = 1024 };
    g_autofree char *beginning = g_strndup(detail, DETAIL_MAX);
    g_auto(GStrv) names = g_strsplit(beginning, ", ", -1);

    for (guint i = 0; names[i]; i++)
        if (g_ascii_strcasecmp(names[i], name) == 0)
            return TRUE;
    return FALSE;
}

gboolean
coverage_blames(const Step *diagnosis, const char *name)
{
    static const char *const listing[] = { "cause-field-added", "cause-folding", "cause-copied",
                                           "cause-two-changes", "cause-typography", NULL };

    if (!diagnosis)
        return FALSE;
    const char *cause = argument(diagnosis, 0);
    if (g_str_equal(cause, "cause-subject-tag"))
        return g_ascii_strcasecmp(name, "Subject") == 0;
    if (g_str_equal(cause, "cause-from-rewritten"))
        return g_ascii_strcasecmp(name, "From") == 0;
    return g_strv_contains(listing, cause) && lists(argument(diagnosis, 1), name);
}

static Span
first_lines(const char *raw, Span body, guint lines)
{
    Span span = { body.start, body.start };

    for (; lines > 0 && span.end < body.end; lines--) {
        const char *lf = memchr(raw + span.end, '\n', body.end - span.end);
        span.end = lf ? (gsize)(lf - raw) + 1 : body.end;
    }
    return span;
}

/* Empty lines at the end are not counted: no canonicalization keeps them (RFC 6376, 3.4.3). */
static Span
last_lines(const char *raw, Span body, guint lines)
{
    Span span = body;

    while (span.end > span.start && g_ascii_isspace(raw[span.end - 1]))
        span.end--;
    const gsize end = span.end;
    for (span.start = span.end; lines > 0 && span.start > body.start; lines--) {
        const char *lf = memrchr(raw + body.start, '\n', span.start - body.start);
        if (!lf) {
            span.start = body.start;
            break;
        }
        span.start = (gsize)(lf - raw) + (lines > 1 ? 0 : 1);
    }
    const char *after = memchr(raw + end, '\n', body.end - end);
    return (Span) { span.start, after ? (gsize)(after - raw) + 1 : body.end };
}

Span
coverage_blamed_body(const Step *diagnosis, const Message *message)
{
    const Span body = message_body(message);
    const char *raw = g_bytes_get_data(message_raw(message), NULL);

    if (!diagnosis)
        return (Span) { 0, 0 };
    const char *cause = argument(diagnosis, 0);
    const guint lines = (guint)strtoul(argument(diagnosis, 1), NULL, 10);
    if (g_str_equal(cause, "cause-footer"))
        return last_lines(raw, body, lines);
    if (g_str_equal(cause, "cause-banner"))
        return first_lines(raw, body, lines);
    return (Span) { 0, 0 };
}

/* difference.c: two trees of steps side by side.
 * SPDX-License-Identifier: MIT */
#include "whatif/difference.h"

#include "base/hash.h"
#include "base/translate.h"
#include "headers/no-author.h"
#include "tree/words.h"

/* ---- what fits what ---- */

/* What stands in the same place of a tree, whatever took the note. */
static const char *
slot_of(const Step *step)
{
    static const struct { const char *id, *slot; } same[] = {
        { "spf-assumed", "spf-check" },      { "dkim-assumed", "dkim-check" },
        { "spf-identity-null", "spf-identity" }, { "dmarc-several", "dmarc" },
        { "reported-vouches", "dkim-vouches" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(same); i++)
        if (g_str_equal(same[i].id, step->id))
            return same[i].slot;
    return no_author_is_step(step->id) ? "dmarc" : step->id;
}

/* The place alone, or with what it is about. (transfer full) */
static char *
key_of(const Step *step, gboolean exact)
{
    return g_strconcat(slot_of(step), exact ? "\n" : NULL,
                       step->args->len > 0 ? step->args->pdata[0] : "", NULL);
}

static void
free_queue(gpointer queue)
{
    g_queue_free(queue);
}

/* Steps that have no partner yet, by their key, in order. */
static GHashTable *
index_steps(const GPtrArray *steps, const gboolean *taken, gboolean exact)
{
    GHashTable *index = g_hash_table_new_full(hash_text, g_str_equal, g_free, free_queue);

    for (guint i = 0; i < steps->len; i++) {
        if (taken[i])
            continue;
        char *key = key_of(steps->pdata[i], exact);
        GQueue *queue = g_hash_table_lookup(index, key);
        if (!queue)
            g_hash_table_insert(index, g_strdup(key), queue = g_queue_new());
        g_queue_push_tail(queue, GUINT_TO_POINTER(i));
        g_free(key);
    }
    return index;
}

#define NOBODY G_MAXUINT

/* For each step of `after` the number of its partner; `taken` says which have one. */
static void
pair(const GPtrArray *before, const GPtrArray *after, guint *partner, gboolean *taken,
     gboolean exact)
{
    g_autoptr(GHashTable) index = index_steps(before, taken, exact);

    for (guint i = 0; i < after->len; i++) {
        if (partner[i] != NOBODY)
            continue;
        g_autofree char *key = key_of(after->pdata[i], exact);
        GQueue *queue = g_hash_table_lookup(index, key);
        if (!queue || g_queue_is_empty(queue))
            continue;
        partner[i] = GPOINTER_TO_UINT(g_queue_pop_head(queue));
        taken[partner[i]] = TRUE;
    }
}

/* ---- what differs ---- */

static gboolean
same_texts(const GPtrArray *a, const GPtrArray *b)
{
    if (a->len != b->len)
        return FALSE;
    for (guint i = 0; i < a->len; i++)
        if (g_strcmp0(a->pdata[i], b->pdata[i]) != 0)
            return FALSE;
    return TRUE;
}

static gboolean
same_inputs(const GPtrArray *a, const GPtrArray *b)
{
    if (a->len != b->len)
        return FALSE;
    for (guint i = 0; i < a->len; i++) {
        const StepInput *one = a->pdata[i], *other = b->pdata[i];
        if (g_strcmp0(one->name, other->name) != 0 || g_strcmp0(one->value, other->value) != 0)
            return FALSE;
    }
    return TRUE;
}

static gboolean
is_same(const Step *before, const Step *after)
{
    return g_str_equal(before->id, after->id) && before->result == after->result &&
           same_texts(before->args, after->args) && same_inputs(before->inputs, after->inputs);
}

static const StepInput *
input_named(const GPtrArray *inputs, const char *name)
{
    for (guint i = 0; i < inputs->len; i++)
        if (g_strcmp0(((const StepInput *)inputs->pdata[i])->name, name) == 0)
            return inputs->pdata[i];
    return NULL;
}

/* The first input that had another value, or none. */
static char *
input_was(const Step *before, const Step *after)
{
    for (guint i = 0; i < after->inputs->len; i++) {
        const StepInput *now = after->inputs->pdata[i];
        const StepInput *was = input_named(before->inputs, now->name);
        if (was && g_strcmp0(was->value, now->value) == 0)
            continue;
        g_autofree char *label = words_input(now->name);
        g_autofree char *old = was && was->value ? words_value(was->value) : g_strdup("-");
        g_autofree char *new = words_value(now->value ? now->value : "-");
        return words_fill(N_("{0}: {1} (before: {2})"), label, new, old, NULL);
    }
    return NULL;
}

char *
difference_was(const Difference *node)
{
    if (node->kind != DIFFERENCE_CHANGED || node->before->result != node->after->result)
        return NULL;
    g_autofree char *was = words_title(node->before);
    g_autofree char *now = words_title(node->after);
    return g_str_equal(was, now) ? input_was(node->before, node->after)
                                 : words_fill(N_("before: {0}"), was, NULL);
}

/* ---- the pairs ---- */

static void
free_child(gpointer child)
{
    difference_free(child);
}

static Difference *
node_new(const Step *before, const Step *after)
{
    Difference *node = g_new0(Difference, 1);

    node->before = before;
    node->after = after;
    node->children = g_ptr_array_new_with_free_func(free_child);
    node->kind = !before ? DIFFERENCE_ADDED : !after ? DIFFERENCE_GONE
                 : is_same(before, after) ? DIFFERENCE_SAME : DIFFERENCE_CHANGED;
    return node;
}

/* Other engines are not asked about assumed inputs: that they are silent is no difference. */
static gboolean
is_aside(const Step *before, const Step *after)
{
    return (!before || !after) && g_str_has_prefix((before ? before : after)->id, "second-opinion");
}

static void
add_child(Difference *node, const Step *before, const Step *after)
{
    if (is_aside(before, after))
        return;
    Difference *child = difference_new(before, after);

    node->inside = node->inside || !difference_is_quiet(child);
    g_ptr_array_add(node->children, child);
}

/* Those that are gone stand where they stood: before the partner of the next that is left. */
static void
add_gone(Difference *node, const GPtrArray *before, const gboolean *taken, guint *at, guint to)
{
    for (; *at < to; ++*at)
        if (!taken[*at])
            add_child(node, before->pdata[*at], NULL);
}

static void
compare_children(Difference *node, const GPtrArray *before, const GPtrArray *after)
{
    gboolean *taken = g_new0(gboolean, before->len + 1);
    guint *partner = g_new(guint, after->len + 1);
    guint at = 0;

    for (guint i = 0; i < after->len; i++)
        partner[i] = NOBODY;
    pair(before, after, partner, taken, TRUE);
    pair(before, after, partner, taken, FALSE);
    for (guint i = 0; i < after->len; i++) {
        const gboolean alone = partner[i] == NOBODY;
        if (!alone)
            add_gone(node, before, taken, &at, partner[i]);
        add_child(node, alone ? NULL : before->pdata[partner[i]], after->pdata[i]);
    }
    add_gone(node, before, taken, &at, before->len);
    g_free(partner);
    g_free(taken);
}

Difference *
difference_new(const Step *before, const Step *after)
{
    static const GPtrArray nothing = { NULL, 0 };
    Difference *node = node_new(before, after);

    compare_children(node, before ? before->children : &nothing,
                     after ? after->children : &nothing);
    return node;
}

void
difference_free(Difference *difference)
{
    if (!difference)
        return;
    g_ptr_array_unref(difference->children);
    g_free(difference);
}

guint
difference_count(const Difference *difference)
{
    guint count = difference->kind != DIFFERENCE_SAME;

    for (guint i = 0; difference->inside && i < difference->children->len; i++)
        count += difference_count(difference->children->pdata[i]);
    return count;
}

guint
difference_size(const Difference *difference)
{
    guint size = 1;

    for (guint i = 0; i < difference->children->len; i++)
        size += difference_size(difference->children->pdata[i]);
    return size;
}

gboolean
difference_is_quiet(const Difference *difference)
{
    return difference->kind == DIFFERENCE_SAME && !difference->inside;
}

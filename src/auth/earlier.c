/* earlier.c: steps and results of checks, kept with the answers they rest on.
 * SPDX-License-Identifier: MIT */
#include "auth/earlier.h"

/* So many in fours, some 10 KB each. */
#define ROWS 16

struct EarlierFound {
    GPtrArray     *asked;       /* DnsAnswer, held: nobody else gets its place in memory */
    GPtrArray     *steps;       /* Step, held */
    gpointer       found;
    GDestroyNotify free;
};

void
earlier_free(gpointer data)
{
    EarlierFound *kept = data;

    if (!kept)
        return;
    g_ptr_array_unref(kept->asked);
    g_ptr_array_unref(kept->steps);
    kept->free(kept->found);
    g_free(kept);
}

static void
free_answer(gpointer answer)
{
    record_free(&dns_answer_type, answer);
}

static void
free_step(gpointer step)
{
    record_free(&step_type, step);
}

static gboolean
answers_are_same(const EarlierFound *kept, Resolver *resolver)
{
    for (guint i = 0; i < kept->asked->len; i++)
        if (!resolver_ask_again(resolver, kept->asked->pdata[i]))
            return FALSE;
    return TRUE;
}

gpointer
earlier_again(const EarlierFound *kept, Resolver *resolver, Step *parent)
{
    if (!kept || !answers_are_same(kept, resolver))
        return NULL;
    for (guint i = 0; i < kept->steps->len; i++)
        g_ptr_array_add(parent->children, record_share(&step_type, kept->steps->pdata[i]));
    return kept->found;
}

gpointer
earlier_find(Resolver *resolver, const char *key, Step *parent)
{
    return earlier_again(resolver_kept(resolver, key), resolver, parent);
}

Earlier
earlier_begin(Resolver *resolver, Step *parent)
{
    GPtrArray *asked = g_ptr_array_new();

    return (Earlier){ resolver, parent, parent ? parent->children->len : 0, asked, resolver_note(resolver, asked) };
}

/* In the order first asked, each once. (transfer full) */
static GPtrArray *
hold_answers(const GPtrArray *asked)
{
    GPtrArray *held = g_ptr_array_new_with_free_func(free_answer);

    for (guint i = 0; i < asked->len; i++)
        if (!g_ptr_array_find(held, asked->pdata[i], NULL))
            g_ptr_array_add(held, record_share(&dns_answer_type, asked->pdata[i]));
    return held;
}

EarlierFound *
earlier_hold(Earlier *earlier, gpointer found, GDestroyNotify free)
{
    const GPtrArray *children = earlier->parent ? earlier->parent->children : NULL;
    EarlierFound *kept = found ? g_new0(EarlierFound, 1) : NULL;

    resolver_note(earlier->resolver, earlier->around);
    for (guint i = 0; earlier->around && i < earlier->asked->len; i++)
        g_ptr_array_add(earlier->around, earlier->asked->pdata[i]);
    if (found) {
        kept->asked = hold_answers(earlier->asked);
        kept->steps = g_ptr_array_new_with_free_func(free_step);
        for (guint i = earlier->first; children && i < children->len; i++)
            g_ptr_array_add(kept->steps, record_share(&step_type, children->pdata[i]));
        kept->found = found;
        kept->free = free;
    }
    g_ptr_array_unref(earlier->asked);
    return kept;
}

void
earlier_end(Earlier *earlier, const char *key, gpointer found, GDestroyNotify free)
{
    const gboolean keeps = found && resolver_came(earlier->resolver, key);
    EarlierFound *kept = earlier_hold(earlier, keeps ? found : NULL, free);

    if (found && !keeps)
        free(found);
    if (kept)
        resolver_keep(earlier->resolver, key, kept, earlier_free);
}

/* ---- stores ---- */

static gpointer
store_new(void)
{
    return again_new(ROWS, earlier_free);
}

static void
store_free(gpointer store)
{
    again_free(store);
}

Again *
earlier_store(Resolver *resolver, const char *name)
{
    return resolver_store(resolver, name, store_new, store_free);
}

/* twin.c: puts the notes of one RFC's tree into a copy of the other's.
 * SPDX-License-Identifier: MIT */
#include "tree/twin.h"

static gboolean
is(const Step *step, const char *id)
{
    return g_str_equal(step->id, id);
}

/* The comparison of names is each RFC's own; what was found out about them stands before it. Which name of a signature
 * counts, both say. */
static void
add_notes(Step *to, const Step *from)
{
    const gboolean legacy = g_str_has_prefix(to->rule, "RFC 7489");

    for (guint i = 0, place = 0; i < from->children->len; i++) {
        if (is(from->children->pdata[i], "alignment"))
            continue;
        Step *note = record_copy(&step_type, from->children->pdata[i]);
        if (is(note, "dkim-domain"))
            note->rule = legacy ? "RFC 7489, 3.1.1" : "RFC 9989, 4.4.1";
        g_ptr_array_insert(to->children, (int)place++, note);
    }
}

/* Both have the same branches in the same order; of several authors each has a tree of its own in it. ARC's notes,
 * which no RFC's verdict rests on, are the last. */
static void
add_branches(Step *to, const Step *from)
{
    const guint both = MIN(to->children->len, from->children->len);

    for (guint i = 0; i < both; i++) {
        const Step *branch = from->children->pdata[i];
        Step *own = to->children->pdata[i];
        if (!is(own, branch->id))
            continue;
        if (is(branch, "dmarc"))
            add_branches(own, branch);
        else if (branch->group)
            add_notes(own, branch);
    }
    for (guint i = both; i < from->children->len; i++)
        g_ptr_array_add(to->children, record_copy(&step_type, from->children->pdata[i]));
}

Step *
twin_tree(const Step *other, const Step *tree)
{
    Step *twin = record_copy(&step_type, other);

    if (tree)
        add_branches(twin, tree);
    return twin;
}

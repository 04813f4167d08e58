/* step-path.c: finds steps by id, number and what they stand below.
 * SPDX-License-Identifier: MIT */
#include "lesson/step-path.h"

#include <string.h>

/* The `*left`-th step of that id, in the order of the tree. */
static const Step *
find_nth(const Step *step, const char *id, guint *left)
{
    if (g_strcmp0(step->id, id) == 0 && --*left == 0)
        return step;
    for (guint i = 0; i < step->children->len; i++) {
        const Step *found = find_nth(step->children->pdata[i], id, left);
        if (found)
            return found;
    }
    return NULL;
}

/* "dkim-vouches#2" */
static const Step *
find_part(const Step *root, const char *part)
{
    const char *mark = strchr(part, '#');
    g_autofree char *id = mark ? g_strndup(part, (gsize)(mark - part)) : g_strdup(part);
    guint64 number = 1;

    if (mark && !g_ascii_string_to_unsigned(mark + 1, 10, 1, 10000, &number, NULL))
        return NULL;
    guint left = (guint)number;
    return find_nth(root, id, &left);
}

const Step *
step_path_find(const Step *root, const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    const Step *at = root;

    for (char **part = parts; at && *part; part++)
        at = find_part(at, *part);
    return *parts ? at : NULL;
}

/* Walks the tree in order up to `step` and counts the steps that have its id, itself included.
 * FALSE: `step` is not below `at`. */
static gboolean
count_to(const Step *at, const Step *step, guint *count)
{
    *count += g_strcmp0(at->id, step->id) == 0;
    if (at == step)
        return TRUE;
    for (guint i = 0; i < at->children->len; i++)
        if (count_to(at->children->pdata[i], step, count))
            return TRUE;
    return FALSE;
}

char *
step_path_of(const Step *root, const Step *step)
{
    guint count = 0;

    if (!count_to(root, step, &count))
        return g_strdup("");
    return count == 1 ? g_strdup(step->id) : g_strdup_printf("%s#%u", step->id, count);
}

/* wards.c: a list of names and processes.
 * SPDX-License-Identifier: MIT */
#include "process/wards.h"

#include "process/child.h"

typedef struct {
    char *name;
    pid_t pid;
} Ward;

struct Wards {
    GArray *list;           /* Ward, in the order in which they were started */
    guint   most;
};

static void
clear_ward(gpointer data)
{
    g_free(((Ward *)data)->name);
}

Wards *
wards_new(guint most)
{
    Wards *wards = g_new0(Wards, 1);

    wards->list = g_array_new(FALSE, FALSE, sizeof(Ward));
    g_array_set_clear_func(wards->list, clear_ward);
    wards->most = most;
    return wards;
}

void
wards_free(Wards *wards)
{
    wards_end_all(wards);
    g_array_unref(wards->list);
    g_free(wards);
}

gboolean
wards_is_full(const Wards *wards)
{
    return wards->list->len >= wards->most;
}

void
wards_add(Wards *wards, const char *name, pid_t pid)
{
    const Ward ward = { g_strdup(name), pid };

    g_array_append_val(wards->list, ward);
}

int
wards_end(Wards *wards, const char *name)
{
    for (guint i = wards->list->len; i > 0; i--) {
        const Ward *ward = &g_array_index(wards->list, Ward, i - 1);
        if (!g_str_equal(ward->name, name))
            continue;
        const int status = child_end(ward->pid);
        g_array_remove_index(wards->list, i - 1);
        return status;
    }
    return -1;
}

void
wards_end_all(Wards *wards)
{
    for (guint i = 0; i < wards->list->len; i++)
        child_end(g_array_index(wards->list, Ward, i).pid);
    g_array_set_size(wards->list, 0);
}

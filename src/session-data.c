/* session-data.c: finds and reads the files of data.
 * SPDX-License-Identifier: MIT */
#include "session-data.h"

#include "base/disk.h"
#include "base/place.h"
#include "session.h"

/* Of a file or folder: the user's configuration and data, then what came with the program (in the folder `shipped`,
 * or nowhere); only what is there. (transfer full) */
static char **
places_of(const char *name, const char *shipped)
{
    char *const found[] = { place_config(name), place_home_data(name),
                            shipped ? g_build_filename(shipped, name, NULL) : NULL };
    GPtrArray *places = g_ptr_array_new();

    for (gsize i = 0; i < G_N_ELEMENTS(found); i++) {
        if (found[i] && disk_exists(found[i]))
            g_ptr_array_add(places, found[i]);
        else
            g_free(found[i]);
    }
    g_ptr_array_add(places, NULL);
    return (char **)g_ptr_array_free(places, FALSE);
}

SessionData *
session_data_load(void)
{
    SessionData *data = g_new0(SessionData, 1);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *shipped = place_shipped_table("");
    g_auto(GStrv) receivers = places_of("receivers", shipped);
    g_auto(GStrv) confusables = places_of("confusables.ini", shipped);
    g_auto(GStrv) brands = places_of("brands.ini", shipped);
    g_auto(GStrv) programs = places_of("programs.ini", shipped);

    data->receivers = receiver_rules_load((const char *const *)receivers, faults);
    data->lookalikes = lookalikes_load((const char *const *)confusables,
                                       (const char *const *)brands, faults);
    data->programs = programs_load((const char *const *)programs, faults);
    data->providers = providers_load(faults);
    for (guint i = 0; i < faults->len; i++)
        session_warn(faults->pdata[i]);
    return data;
}

void
session_data_free(SessionData *data)
{
    if (!data)
        return;
    receiver_rules_free(data->receivers);
    lookalikes_free(data->lookalikes);
    programs_free(data->programs);
    providers_free(data->providers);
    g_free(data);
}

/* data.c: finds and reads the files of data, where the user has some.
 * SPDX-License-Identifier: MIT */
#include "session/data.h"

#include "baked.h"
#include "base/disk.h"
#include "base/place.h"
#include "session/session.h"

/* ---- as it was when the program was built ---- */

/* As make has it: what is newer than the program, or of another size, was changed since. */
static gboolean
is_as_baked(const char *shipped)
{
    g_autofree char *program = disk_program();
    const DiskFact self = program ? disk_look(program) : (DiskFact){ 0 };

    for (const BakedFile *file = baked_files; file->name; file++) {
        g_autofree char *path = g_build_filename(shipped, file->name, NULL);
        const DiskFact now = disk_look(path);
        if (now.kind != (file->size > 0 ? DISK_FILE : DISK_FOLDER) || now.size != file->size ||
            !place_came_with(&self, &now))
            return FALSE;
    }
    return TRUE;
}

static SessionData *
baked(void)
{
    SessionData *data = g_new0(SessionData, 1);

    *data = (SessionData){ receiver_rules_of(&baked_receivers), (Lookalikes *)&baked_lookalikes,
                           (Programs *)&baked_programs, providers_of(&baked_providers) };
    return data;
}

/* ---- as it is now ---- */

/* Whether the user has any of them. */
static gboolean
has_own(void)
{
    g_autofree char *config = place_config(""), *data = place_home_data("");
    char *const folders[] = { config, data };

    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        if (!disk_exists(folders[i]))
            continue;
        for (const BakedFile *file = baked_files; file->name; file++) {
            g_autofree char *path = g_build_filename(folders[i], file->name, NULL);
            if (disk_exists(path))
                return TRUE;
        }
    }
    return FALSE;
}

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

/* Adds it to `told`; NULL: says it on standard error. */
static void
tell(GPtrArray *told, const char *text)
{
    if (told)
        g_ptr_array_add(told, g_strdup(text));
    else
        standard_warn(text);
}

static SessionData *
read_files(const char *shipped, GPtrArray *told)
{
    SessionData *data = g_new0(SessionData, 1);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
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
        tell(told, faults->pdata[i]);
    return data;
}

/* The user's own stand in the place of single ones only; the others are not the ones that were built in, but none. */
static void
tell_missing(GPtrArray *told)
{
    g_autofree char *folder = place_installed("data");
    g_autofree char *text = g_strdup_printf(_("only your own rules and tables are used: %s is not there"), folder);

    tell(told, text);
}

SessionData *
session_data_load(GPtrArray *faults)
{
    g_autofree char *shipped = place_shipped_table("");
    const gboolean own = has_own();

    /* A program that was carried away alone has all that it needs. */
    if (!own && (!shipped || is_as_baked(shipped)))
        return baked();
    SessionData *data = read_files(shipped, faults);
    if (!shipped)
        tell_missing(faults);
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

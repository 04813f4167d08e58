/* place.c: where files that are not messages stand.
 * SPDX-License-Identifier: MIT */
#include "base/place.h"


#ifndef DATA_DIR
#define DATA_DIR "/usr/local/share/fromscope"
#endif

#define FOLDER "fromscope"

/* getenv() each time, not GLib's own functions: those take relative paths, too. */
static char *
user_place(const char *variable, const char *below_home, const char *name)
{
    const char *given = g_getenv(variable);
    g_autofree char *root = given && g_path_is_absolute(given)
                                ? g_strdup(given)
                                : g_build_filename(g_get_home_dir(), below_home, NULL);

    return g_build_filename(root, FOLDER, *name ? name : NULL, NULL);
}

char *
place_config(const char *name)
{
    return user_place("XDG_CONFIG_HOME", ".config", name);
}

char *
place_state(const char *name)
{
    return user_place("XDG_STATE_HOME", ".local/state", name);
}

char *
place_cache(const char *name)
{
    return user_place("XDG_CACHE_HOME", ".cache", name);
}

char *
place_home_data(const char *name)
{
    return user_place("XDG_DATA_HOME", ".local/share", name);
}

/* The folder of the running program, or NULL. */
static char *
program_folder(void)
{
    g_autofree char *program = disk_program();

    return program ? g_path_get_dirname(program) : NULL;
}

/* Takes `path` over; it in its plain form, or NULL where nothing is there. */
static char *
existing(char *path)
{
    g_autofree char *given = path;

    return disk_exists(given) ? disk_absolute(given) : NULL;
}

char *
place_data(const char *name)
{
    g_autofree char *folder = program_folder();
    char *found = NULL;

    if (folder) {
        g_autofree char *source = g_build_filename(folder, "..", "src", "main.c", NULL);
        if (disk_exists(source))
            found = existing(g_build_filename(folder, "..", name, NULL));
        if (!found)
            found = existing(g_build_filename(folder, "..", "share", FOLDER, name, NULL));
    }
    return found ? found : existing(g_build_filename(DATA_DIR, name, NULL));
}

char *
place_installed(const char *name)
{
    g_autofree char *folder = program_folder();
    g_autofree char *beside = folder ? g_build_filename(folder, "..", "share", FOLDER, name, NULL)
                                     : g_build_filename(DATA_DIR, name, NULL);

    return disk_absolute(beside);
}

/* Takes `path` over where a file is there; else NULL. */
static char *
regular(char *path)
{
    g_autofree char *given = path;

    return disk_is_file(given) ? g_steal_pointer(&given) : NULL;
}

char *
place_shipped_table(const char *name)
{
    g_autofree char *built = g_build_filename("src", "data", name, NULL);
    g_autofree char *installed = g_build_filename("data", name, NULL);
    char *found = place_data(built);

    return found ? found : place_data(installed);
}

/* What is read of the tree that the program was built in. */
static const char *const of_tree[] = { "src/main.c", "src/data", "samples", "themes", "doc", NULL };

char **
place_all(void)
{
    GPtrArray *all = g_ptr_array_new();
    g_autofree char *folder = program_folder();

    g_ptr_array_add(all, place_config(""));
    g_ptr_array_add(all, place_home_data(""));
    for (guint i = 0; folder && of_tree[i]; i++)
        g_ptr_array_add(all, g_build_filename(folder, "..", of_tree[i], NULL));
    if (folder)
        g_ptr_array_add(all, g_build_filename(folder, "..", "share", FOLDER, NULL));
    g_ptr_array_add(all, g_strdup(DATA_DIR));
    g_ptr_array_add(all, NULL);
    return (char **)g_ptr_array_free(all, FALSE);
}

char *
place_table(const char *name)
{
    char *found = regular(place_config(name));

    if (!found)
        found = regular(place_home_data(name));
    return found ? found : place_shipped_table(name);
}

/* Nanoseconds. */
#define INSTALLING ((gint64)60 * 1000000000)

gboolean
place_came_with(const DiskFact *program, const DiskFact *file)
{
    return file->changed <= program->changed && file->placed <= program->placed + INSTALLING;
}

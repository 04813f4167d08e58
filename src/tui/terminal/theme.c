/* theme.c: the table of roles, and theme files.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/theme.h"

#include <string.h>

#include "base/disk.h"
#include "base/ini.h"
#include "base/place.h"
#include "base/translate.h"
#include "tui/terminal/shade.h"

#define SUFFIX ".theme"

typedef struct {
    const char *name;
    const char *color;      /* what the built-in theme says, in the words of a theme file */
    const char *mono;
    const char *about;
    const char *light;      /* on a light background, where `color` is hard to read there; else NULL */
} RoleEntry;

static const RoleEntry roles[ROLES] = {
    [ROLE_TEXT]            = { "text", "", "", "plain text" },
    [ROLE_TITLE]           = { "title", "reverse", "reverse", "the title bar" },
    [ROLE_VIEWROW]         = { "viewrow", "", "", "the row of views" },
    [ROLE_VIEWROW_CURRENT] = { "viewrow.current", "bold", "bold", "the view that is shown" },
    [ROLE_RULE]            = { "rule", "dim", "dim", "rules between the parts" },
    [ROLE_FOOTER]          = { "footer", "", "", "what the keys do" },
    [ROLE_FOOTER_KEY]      = { "footer.key", "cyan bold", "bold", "the keys in the footer", "23 bold" },
    [ROLE_STATUS]          = { "status", "bold", "bold", "a short message to the user" },
    [ROLE_PASS]            = { "verdict.pass", "green bold", "bold", "vouched for", "28 bold" },
    [ROLE_FAIL]            = { "verdict.fail", "red bold", "reverse", "failed" },
    [ROLE_OTHER]           = { "verdict.other", "yellow", "underline",
                               "passed, but for another domain", "94" },
    [ROLE_NONE]            = { "verdict.none", "bright-blue bold", "bold", "nothing was published", "blue bold" },
    [ROLE_UNKNOWN]         = { "verdict.unknown", "magenta bold", "underline",
                               "could not be known" },
    [ROLE_LABEL]           = { "label", "bold", "bold", "names of parts" },
    [ROLE_HEADING]         = { "heading", "bold underline", "bold underline", "column headings" },
    [ROLE_DIM]             = { "dim", "dim", "", "what matters less: provenance, not reached" },
    [ROLE_MARK]            = { "mark", "yellow reverse", "reverse",
                               "characters shown as marks", "black on yellow" },
    [ROLE_CURSOR]          = { "cursor", "reverse", "reverse", "the row under the cursor" },
    [ROLE_CAUSE]           = { "cause", "red bold", "bold underline", "where the verdict turns" },
    [ROLE_SOURCE_NUMBER]   = { "source.number", "dim", "dim", "line numbers" },
    [ROLE_SOURCE_HEADER]   = { "source.header", "cyan", "bold", "names of header fields", "23" },
    [ROLE_SOURCE_SIGNED]   = { "source.signed", "green", "bold", "marks of signed fields", "28" },
    [ROLE_SOURCE_JUMP]     = { "source.jump", "reverse", "reverse", "the bytes jumped to" },
    [ROLE_FOUND]           = { "found", "black on yellow", "bold underline",
                               "what was searched for" },
    [ROLE_LINK]            = { "link", "", "", "references to an RFC" },
};

static guint
read_flag(const char *word)
{
    if (g_str_equal(word, "bold"))
        return STYLE_BOLD;
    if (g_str_equal(word, "reverse"))
        return STYLE_REVERSE;
    if (g_str_equal(word, "underline"))
        return STYLE_UNDERLINE;
    return g_str_equal(word, "dim") ? STYLE_DIM : 0;
}

/* "green on black bold": a color, "on" and another, attributes. FALSE: `*fault` is a word that is
 * none of these. (transfer full: fault) */
static gboolean
read_style(const char *text, Style *style, char **fault)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
    Style read = { SHADE_UNSET, SHADE_UNSET, 0 };
    int *target = &read.foreground;

    for (guint i = 0; words[i]; i++) {
        if (*words[i] == '\0')
            continue;
        if (g_str_equal(words[i], "on")) {
            target = &read.background;
        } else if (read_flag(words[i])) {
            read.flags |= read_flag(words[i]);
        } else if (!shade_read(words[i], target)) {
            *fault = g_strdup(words[i]);
            return FALSE;
        }
    }
    *style = read;
    return TRUE;
}

/* As the table has it. */
static void
set_built_in(Theme *theme, Role role, gboolean mono)
{
    const RoleEntry *entry = &roles[role];
    g_autofree char *fault = NULL;

    read_style(mono ? entry->mono : entry->color, &theme->styles[role], &fault);
    theme->light[role] = theme->styles[role];
    if (!mono && entry->light)
        read_style(entry->light, &theme->light[role], &fault);
}

/* A file that says what the table says changes nothing. */
static void
set_style(Theme *theme, Role role, const Style *style)
{
    if (memcmp(style, &theme->styles[role], sizeof *style) != 0)
        theme->styles[role] = theme->light[role] = *style;
}

static gboolean
find_role(const char *name, Role *role)
{
    for (*role = 0; *role < ROLES; (*role)++)
        if (g_str_equal(roles[*role].name, name))
            return TRUE;
    return FALSE;
}

static char *
set_role(const char *section, const char *key, const char *value, gpointer data)
{
    Theme *theme = data;
    g_autofree char *fault = NULL;
    Style style;
    Role role;

    if (g_str_equal(section, "theme") && g_str_equal(key, "name"))
        return NULL;
    if (!g_str_equal(section, "roles"))
        return g_strdup_printf(_("there is no \"%s\" in [%s]"), key, section);
    if (!find_role(key, &role))
        return g_strdup_printf(_("there is no role \"%s\""), key);
    if (!read_style(value, &style, &fault))
        return g_strdup_printf(_("\"%s\" is neither a color nor bold, dim, underline or reverse"),
                               fault);
    set_style(theme, role, &style);
    return NULL;
}

static void
read_file(Theme *theme, const char *path, GPtrArray *faults)
{
    Theme changed = *theme;
    g_autoptr(GPtrArray) found = ini_read(path, set_role, &changed);

    if (found->len == 0)
        *theme = changed;
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add(faults, g_strdup(found->pdata[i]));
}

/* The folders where themes are looked for, first things first. (transfer full) */
static char **
folders(void)
{
    const char *given = g_getenv("FROMSCOPE_THEMES");
    g_autofree char *installed = place_data("themes");
    GPtrArray *found = g_ptr_array_new();

    if (given && *given)
        g_ptr_array_add(found, g_strdup(given));
    g_ptr_array_add(found, place_config("themes"));
    if (installed)
        g_ptr_array_add(found, g_steal_pointer(&installed));
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_free(found, FALSE);
}

char *
theme_path(const char *name)
{
    if (strchr(name, G_DIR_SEPARATOR))
        return disk_is_file(name) ? g_strdup(name) : NULL;
    /* As some write it. */
    g_autofree char *file = g_str_equal(name, "colour-blind") ? g_strdup("color-blind" SUFFIX)
                                                              : g_strconcat(name, SUFFIX, NULL);
    g_auto(GStrv) places = folders();

    for (guint i = 0; places[i]; i++) {
        g_autofree char *path = g_build_filename(places[i], file, NULL);
        if (disk_is_file(path))
            return g_steal_pointer(&path);
    }
    return NULL;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_names(GPtrArray *names, const char *folder)
{
    g_autoptr(DiskNames) files = disk_names(folder, NULL);

    for (DiskName file; files && disk_names_next(files, &file);) {
        if (!g_str_has_suffix(file.name, SUFFIX))
            continue;
        char *name = g_strndup(file.name, strlen(file.name) - strlen(SUFFIX));
        if (g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
            g_free(name);
        else
            g_ptr_array_add(names, name);
    }
}

char **
theme_names(void)
{
    g_auto(GStrv) places = folders();
    GPtrArray *names = g_ptr_array_new();

    for (guint i = 0; places[i]; i++)
        add_names(names, places[i]);
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

/* What a role leaves open is as plain text has it. TRUE where a color is a value. */
static gboolean
settle(Style *styles)
{
    const Style text = styles[ROLE_TEXT];
    gboolean values = FALSE;

    for (Role role = 0; role < ROLES; role++) {
        Style *style = &styles[role];
        if (style->foreground == SHADE_UNSET)
            style->foreground = MAX(text.foreground, SHADE_TERMINAL);
        if (style->background == SHADE_UNSET)
            style->background = MAX(text.background, SHADE_TERMINAL);
        values = values || style->foreground >= SHADE_RGB || style->background >= SHADE_RGB;
    }
    return values;
}

Theme *
theme_new(const char *name, gboolean mono, GPtrArray *faults)
{
    Theme *theme = g_new0(Theme, 1);
    g_autofree char *path = mono ? NULL : theme_path(name ? name : "default");

    theme->mono = mono;
    for (Role role = 0; role < ROLES; role++)
        set_built_in(theme, role, mono);
    if (path)
        read_file(theme, path, faults);
    else if (!mono && name)
        g_ptr_array_add(faults, g_strdup_printf(_("there is no theme \"%s\""), name));
    theme->values = settle(theme->styles);
    settle(theme->light);
    theme->adapts = memcmp(theme->styles, theme->light, sizeof theme->styles) != 0;
    return theme;
}

const char *
theme_role_name(guint role)
{
    return role < ROLES ? roles[role].name : NULL;
}

const char *
theme_role_about(guint role)
{
    return role < ROLES ? roles[role].about : NULL;
}

void
theme_free(Theme *theme)
{
    g_free(theme);
}

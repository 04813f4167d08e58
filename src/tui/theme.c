/* theme.c: the table of roles, and theme files.
 * SPDX-License-Identifier: MIT */
#include "tui/theme.h"

#include "base/place.h"

typedef struct {
    const char *name;
    const char *color;      /* what the built-in theme says, in the words of a theme file */
    const char *mono;
    const char *about;
} RoleEntry;

static const RoleEntry roles[ROLES] = {
    [ROLE_TEXT]            = { "text", "", "", "plain text" },
    [ROLE_TITLE]           = { "title", "reverse", "reverse", "the title bar" },
    [ROLE_VIEWROW]         = { "viewrow", "", "", "the row of views" },
    [ROLE_VIEWROW_CURRENT] = { "viewrow.current", "bold", "bold", "the view that is shown" },
    [ROLE_RULE]            = { "rule", "dim", "dim", "rules between the parts" },
    [ROLE_FOOTER]          = { "footer", "", "", "what the keys do" },
    [ROLE_FOOTER_KEY]      = { "footer.key", "cyan bold", "bold", "the keys in the footer" },
    [ROLE_STATUS]          = { "status", "bold", "bold", "a short message to the user" },
    [ROLE_PASS]            = { "verdict.pass", "green bold", "bold", "vouched for" },
    [ROLE_FAIL]            = { "verdict.fail", "red bold", "reverse", "failed" },
    [ROLE_OTHER]           = { "verdict.other", "yellow", "underline",
                               "passed, but for another domain" },
    [ROLE_NONE]            = { "verdict.none", "blue bold", "bold", "nothing was published" },
    [ROLE_UNKNOWN]         = { "verdict.unknown", "magenta bold", "underline",
                               "could not be known" },
    [ROLE_LABEL]           = { "label", "bold", "bold", "names of parts" },
    [ROLE_HEADING]         = { "heading", "bold underline", "bold underline", "column headings" },
    [ROLE_DIM]             = { "dim", "dim", "", "what matters less: provenance, not reached" },
    [ROLE_MARK]            = { "mark", "yellow reverse", "reverse",
                               "characters shown as marks" },
    [ROLE_CURSOR]          = { "cursor", "reverse", "reverse", "the row under the cursor" },
    [ROLE_CAUSE]           = { "cause", "red bold", "bold underline", "where the verdict turns" },
    [ROLE_SOURCE_NUMBER]   = { "source.number", "dim", "dim", "line numbers" },
    [ROLE_SOURCE_HEADER]   = { "source.header", "cyan", "bold", "names of header fields" },
    [ROLE_SOURCE_SIGNED]   = { "source.signed", "green", "bold", "marks of signed fields" },
    [ROLE_SOURCE_JUMP]     = { "source.jump", "reverse", "reverse", "the bytes jumped to" },
};

static gboolean
read_color(const char *word, int *color)
{
    static const char *const names[] = { "black", "red", "green", "yellow", "blue", "magenta",
                                         "cyan", "white", NULL };
    const gboolean bright = g_str_has_prefix(word, "bright-");

    if (g_str_equal(word, "default")) {
        *color = -1;
        return TRUE;
    }
    for (int i = 0; names[i]; i++) {
        if (g_str_equal(word + (bright ? 7 : 0), names[i])) {
            *color = bright ? i + 8 : i;
            return TRUE;
        }
    }
    guint64 number;
    if (!g_ascii_string_to_unsigned(word, 10, 0, 255, &number, NULL))
        return FALSE;
    *color = (int)number;
    return TRUE;
}

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

/* "green on black bold": a colour, "on" and another, attributes. */
static gboolean
read_style(const char *text, Style *style)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
    Style read = { -1, -1, 0 };
    int *target = &read.foreground;

    for (guint i = 0; words[i]; i++) {
        if (*words[i] == '\0')
            continue;
        if (g_str_equal(words[i], "on"))
            target = &read.background;
        else if (read_flag(words[i]))
            read.flags |= read_flag(words[i]);
        else if (!read_color(words[i], target))
            return FALSE;
    }
    *style = read;
    return TRUE;
}

static gboolean
read_file(Theme *theme, const char *path, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();

    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, error)) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    for (Role role = 0; role < ROLES; role++) {
        g_autofree char *text = g_key_file_get_string(file, "roles", roles[role].name, NULL);
        if (text && !read_style(text, &theme->styles[role])) {
            g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
                        "%s: %s: no such style: %s", path, roles[role].name, text);
            return FALSE;
        }
    }
    return TRUE;
}

static char *
find_file(const char *name)
{
    g_autofree char *own = place_config("themes"), *installed = place_data("themes");
    const char *folders[] = { g_getenv("FROMSCOPE_THEMES"), own, installed };
    g_autofree char *file = g_strconcat(name, ".theme", NULL);

    for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
        if (!folders[i] || !*folders[i])
            continue;
        g_autofree char *path = g_build_filename(folders[i], file, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            return g_steal_pointer(&path);
    }
    return NULL;
}

Theme *
theme_new(const char *name, gboolean mono, GError **error)
{
    Theme *theme = g_new0(Theme, 1);

    theme->mono = mono;
    for (Role role = 0; role < ROLES; role++)
        read_style(mono ? roles[role].mono : roles[role].color, &theme->styles[role]);
    g_autofree char *path = mono ? NULL : find_file(name);
    if (path) {
        Theme changed = *theme;
        if (read_file(&changed, path, error))
            *theme = changed;
    }
    return theme;
}

void
theme_free(Theme *theme)
{
    g_free(theme);
}

/* theme.h: roles of what is on the screen, and how a theme draws each.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Code names roles, never colors; theme.c has the table. */
typedef enum {
    ROLE_TEXT,
    ROLE_TITLE,
    ROLE_VIEWROW,
    ROLE_VIEWROW_CURRENT,
    ROLE_RULE,
    ROLE_FOOTER,
    ROLE_FOOTER_KEY,
    ROLE_STATUS,
    ROLE_PASS,
    ROLE_FAIL,
    ROLE_OTHER,
    ROLE_NONE,
    ROLE_UNKNOWN,
    ROLE_LABEL,
    ROLE_HEADING,
    ROLE_DIM,
    ROLE_MARK,
    ROLE_CURSOR,
    ROLE_CAUSE,
    ROLE_SOURCE_NUMBER,
    ROLE_SOURCE_HEADER,
    ROLE_SOURCE_SIGNED,
    ROLE_SOURCE_JUMP,
    ROLE_FOUND,
    ROLE_LINK,
    ROLES
} Role;

typedef enum {
    STYLE_BOLD      = 1 << 0,
    STYLE_REVERSE   = 1 << 1,
    STYLE_UNDERLINE = 1 << 2,
    STYLE_DIM       = 1 << 3
} StyleFlags;

/* The colors are shades (shade.h). */
typedef struct {
    int   foreground;
    int   background;
    guint flags;
} Style;

typedef struct {
    Style    styles[ROLES];
    Style    light[ROLES];  /* the same where the terminal's own background is light */
    gboolean adapts;        /* and some of these differ */
    gboolean mono;
    gboolean values;        /* it names colors by value: worth a terminal's direct color */
} Theme;

/* The built-in theme, without color where `mono`; then what the theme `name` (NULL: "default")
 * says: a path where there is a slash in it, else NAME.theme in $FROMSCOPE_THEMES, the user's
 * configuration folder (themes/ in it) or the installed one. A file with faults changes nothing:
 * they are added to `faults` (char *), each with file and line. (transfer full) */
Theme      *theme_new(const char *name, gboolean mono, GPtrArray *faults);
void        theme_free(Theme *theme);
/* Where the theme `name` stands, or NULL. (transfer full) */
char       *theme_path(const char *name);
/* Those that are there, by name, sorted. (transfer full) */
char      **theme_names(void);
/* For those who print the table: NULL behind the last one. (transfer none) */
const char *theme_role_name(guint role);
const char *theme_role_about(guint role);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Theme, theme_free)

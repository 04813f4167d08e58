/* theme.h: roles of what is on the screen, and how a theme draws each.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Code names roles, never colours; theme.c has the table. */
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
    ROLES
} Role;

typedef enum {
    STYLE_BOLD      = 1 << 0,
    STYLE_REVERSE   = 1 << 1,
    STYLE_UNDERLINE = 1 << 2,
    STYLE_DIM       = 1 << 3
} StyleFlags;

/* -1 is the terminal's own colour. */
typedef struct {
    int   foreground;
    int   background;
    guint flags;
} Style;

typedef struct {
    Style    styles[ROLES];
    gboolean mono;
} Theme;

/* The built-in theme, without colour where `mono`; then what a file NAME.theme says, if there is
 * one in $FROMSCOPE_THEMES, the user's configuration folder (themes/ in it) or the installed one. A
 * file that cannot be read changes nothing: its fault goes to `error`. (transfer full) */
Theme      *theme_new(const char *name, gboolean mono, GError **error);
void        theme_free(Theme *theme);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Theme, theme_free)

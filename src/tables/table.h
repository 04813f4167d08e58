/* table.h: what the printers of the tables share: how an option is read, a printer a kind of file.
 * SPDX-License-Identifier: MIT
 *
 * The tables themselves stand where they are used: options/table.c, config.c, tui/keys.c. Manual pages
 * and completions are templates with places like @options@ in them. */
#pragma once

#include <glib.h>

typedef enum { TAKES_NOTHING, TAKES_WORD, TAKES_FILE, TAKES_TEXT } Takes;

/* What stands behind an option: TAKES_WORD is one of options_values(). */
Takes table_takes(const GOptionEntry *option);
gboolean table_repeatable(const GOptionEntry *option);
/* Whether an option is offered behind this command; "": before any. */
gboolean table_belongs(const GOptionEntry *option, const char *command);
/* Whether a command takes files: by its arguments. */
gboolean table_takes_files(const char *arguments);

/* Appends what stands for @NAME@ in a template. FALSE where there is no such table. */
typedef gboolean (*TableFill)(GString *out, const char *name);

gboolean man_fill(GString *out, const char *name);
gboolean lessons_fill(GString *out, const char *name);      /* places of man_fill() */
gboolean bash_fill(GString *out, const char *name);
gboolean zsh_fill(GString *out, const char *name);
gboolean fish_fill(GString *out, const char *name);
gboolean plain_fill(GString *out, const char *name);

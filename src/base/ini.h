/* ini.h: settings files: `[section]`, `key = value`, comments behind `#` or `;` at the start of a line.
 * SPDX-License-Identifier: MIT
 *
 * Read line by line, so that every fault has its line and one bad line costs no other. */
#pragma once

#include <glib.h>

/* Settings are written by hand: more is no settings file. */
#define INI_BYTES_MAX (1u << 20)

/* Takes one setting. NULL, or what is wrong with it, in a few words. (transfer full) */
typedef char *(*IniSet)(const char *section, const char *key, const char *value, gpointer data);

/* Reads the file and hands every setting to `set`, in order. Returns the faults, each with file and line; none where
 * there is no such file. (transfer full: GPtrArray of char * with free function) */
GPtrArray *ini_read(const char *path, IniSet set, gpointer data);

/* The same of a text that was read already; it is written into. `path` is for the faults. */
GPtrArray *ini_read_text(const char *path, char *text, gsize length, IniSet set, gpointer data);
/* The file's bytes and a NUL, as ini_read_text() takes them. NULL: there is no such file, or `fault` says why it
 * cannot be read. (transfer full, both) */
char      *ini_file(const char *path, gsize *length, char **fault);

/* "a, b,c" as its words, without empty ones. (transfer full) */
char     **ini_list(const char *value);

/* ini.h: settings files: `[section]`, `key = value`, comments behind `#` or `;` at the start of a line.
 * SPDX-License-Identifier: MIT
 *
 * Read line by line, so that every fault has its line and one bad line costs no other. */
#pragma once

#include <glib.h>

/* Takes one setting. NULL, or what is wrong with it, in a few words. (transfer full) */
typedef char *(*IniSet)(const char *section, const char *key, const char *value, gpointer data);

/* Reads the file and hands every setting to `set`, in order. Returns the faults, each with file and line; none where
 * there is no such file. (transfer full: GPtrArray of char * with free function) */
GPtrArray *ini_read(const char *path, IniSet set, gpointer data);

/* "a, b,c" as its words, without empty ones. (transfer full) */
char     **ini_list(const char *value);

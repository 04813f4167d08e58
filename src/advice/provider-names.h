/* provider-names.h: the names in a table of sending services, without reading the rest of it.
 * SPDX-License-Identifier: MIT
 *
 * Most mail comes from none of the services. Of such a message only the names are wanted: the lines to copy, the
 * consoles and the sources stay a text until a name is found (doc/benchmarks.md, "Where a start goes"). */
#pragma once

#include <glib.h>

typedef struct ProviderNames ProviderNames;

/* Where a name stands in the text. */
typedef struct {
    guint32 at, length;
} ProviderName;

/* A table that was looked through before, and stays. */
typedef struct {
    const char         *text;
    gsize               length;
    const ProviderName *names;
    guint               count;
} ProviderTable;

/* Looks through the text of a table, which must live as long; NULL where anything in it is not as the table's reader
 * (provider.c) takes it without a fault, or where only that can tell. (transfer full) */
ProviderNames *provider_names_new(const char *text, gsize length);
/* Of a table without a fault. (transfer full) */
ProviderNames *provider_names_of(const ProviderTable *table);
/* What is found, as long as `names` is there. */
ProviderTable  provider_names_table(const ProviderNames *names);
void           provider_names_free(ProviderNames *names);
/* Whether `name` (normalised) is one of them, or lies below one. */
gboolean       provider_names_have(const ProviderNames *names, const char *name);

/* The settings of a service, in no order; NULL-terminated. */
extern const char *const provider_keys[];

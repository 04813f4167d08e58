/* dmarc-text.c: DMARC records as lists of tags (RFC 9989, 4.7), changed as text.
 * SPDX-License-Identifier: MIT */
#include "advice/dmarc-text.h"

#include <string.h>

/* The name before the `=`, without blanks. (transfer full) */
static char *
name_of(const char *part)
{
    const char *equals = strchr(part, '=');

    return g_strstrip(g_strndup(part, equals ? (gsize)(equals - part) : strlen(part)));
}

char *
dmarc_text_with(const char *record, const char *tag, const char *value)
{
    g_auto(GStrv) parts = g_strsplit(record, ";", -1);
    g_autoptr(GString) out = g_string_new(NULL);
    gboolean done = value == NULL;

    for (char **part = parts; *part; part++) {
        g_autofree char *name = name_of(*part);
        const gboolean same = g_ascii_strcasecmp(name, tag) == 0;
        if (!*g_strstrip(*part) || (same && done))
            continue;
        g_string_append(out, out->len > 0 ? "; " : "");
        if (same)
            g_string_append_printf(out, "%s=%s", tag, value);
        else
            g_string_append(out, *part);
        done = done || same;
    }
    if (!done)
        g_string_append_printf(out, "; %s=%s", tag, value);
    return g_strdup(out->str);
}

char *
dmarc_text_tag(const char *record, const char *tag)
{
    g_auto(GStrv) parts = g_strsplit(record ? record : "", ";", -1);

    for (char **part = parts; *part; part++) {
        g_autofree char *name = name_of(*part);
        const char *equals = strchr(*part, '=');
        if (equals && g_ascii_strcasecmp(name, tag) == 0)
            return g_strstrip(g_strdup(equals + 1));
    }
    return NULL;
}

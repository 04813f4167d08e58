/* host.c: names of one organization, guessed without a list.
 * SPDX-License-Identifier: MIT */
#include "headers/host.h"

#include <string.h>

#include "base/name.h"
#include "headers/received.h"

/* "co.jp", "com.au", "ac.uk": a country, below it a short generic label. */
static gboolean
looks_public(const char *two_labels)
{
    const char *top = name_tail(two_labels, 1);

    return strlen(top) == 2 && (gsize)(top - two_labels) <= 4;
}

char *
host_suffix(const char *name)
{
    g_autofree char *normal = name_normalise(name);
    g_autofree char *ip = ip_canonical(name);

    if (!normal || ip || name_labels(normal) < 2)
        return NULL;
    const guint labels = looks_public(name_tail(normal, 2)) ? 3 : 2;
    return name_labels(normal) < labels ? NULL : g_strdup(name_tail(normal, labels));
}

gboolean
host_same_organization(const char *a, const char *b)
{
    g_autofree char *one = a ? host_suffix(a) : NULL;
    g_autofree char *other = b ? host_suffix(b) : NULL;

    return one && other && g_str_equal(one, other);
}

Evidence *
host_field_evidence(const Message *message, const Field *field)
{
    g_autofree char *name = field_name(message, field);

    return evidence_header(name, field->line, (Span){ field->name.start, field->value.end });
}

/* host.c: names of one organization, guessed without a list.
 * SPDX-License-Identifier: MIT */
#include "headers/host.h"

#include <string.h>

#include "base/name.h"
#include "headers/ip.h"

/* "co.jp", "com.au", "ac.uk": a country, below it a short generic label. */
static gboolean
looks_public(const char *two_labels)
{
    const char *top = name_tail(two_labels, 1);

    return strlen(top) == 2 && (gsize)(top - two_labels) <= 4;
}

/* Within a name in one form; NULL where it has none. */
static const char *
suffix_of(const char *normal)
{
    const char *two = strrchr(normal, '.');

    if (!two)
        return NULL;
    while (two > normal && two[-1] != '.')
        two--;
    if (!looks_public(two))
        return two;
    if (two == normal)
        return NULL;
    for (two--; two > normal && two[-1] != '.';)
        two--;
    return two;
}

/* (transfer full) */
static char *
normal_host(const char *name)
{
    g_autofree char *ip = ip_canonical(name);

    return ip ? NULL : name_normalise(name);
}

char *
host_suffix(const char *name)
{
    g_autofree char *normal = normal_host(name);

    return normal ? g_strdup(suffix_of(normal)) : NULL;
}

/* The last label of an ASCII name that has several; NULL: it takes a look at the whole name. */
static const char *
last_label(const char *name)
{
    const char *at = name + strlen(name);

    while (at > name && (g_ascii_isalnum(at[-1]) || at[-1] == '-'))
        at--;
    return at > name && at[-1] == '.' && *at ? at : NULL;
}

/* "net" and "example" end no two names of one organization, in whatever form these are: most pairs. */
static gboolean
ends_differ(const char *a, const char *b)
{
    const char *left = last_label(a), *right = last_label(b);

    return left && right && g_ascii_strcasecmp(left, right) != 0;
}

gboolean
host_same_organization(const char *a, const char *b)
{
    if (!a || !b || ends_differ(a, b))
        return FALSE;
    g_autofree char *one = normal_host(a);
    g_autofree char *other = one ? normal_host(b) : NULL;
    const char *left = one ? suffix_of(one) : NULL, *right = other ? suffix_of(other) : NULL;

    return left && right && g_str_equal(left, right);
}

Evidence *
host_field_evidence(const Message *message, const Field *field)
{
    Evidence *evidence = evidence_header(NULL, field->line, (Span){ field->name.start, field->value.end });

    evidence->name = field_name(message, field);
    return evidence;
}

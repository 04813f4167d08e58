/* host.c: names of one organization, guessed without a list.
 * SPDX-License-Identifier: MIT */
#include "headers/host.h"

#include <string.h>

#include "base/name.h"
#include "headers/ip.h"

/* Where the label that ends at `end` begins. */
static const char *
label_before(const char *name, const char *end)
{
    while (end > name && end[-1] != '.')
        end--;
    return end;
}

const char *
host_registered(const char *name)
{
    const char *end = name + strlen(name), *top = label_before(name, end);

    if (top == name)
        return NULL;
    const char *second = label_before(name, top - 1);
    /* "co.jp", "com.au", "ac.uk": a country, below it a short generic label. */
    if (end - top != 2 || top - 1 - second > 3)
        return second;
    return second > name ? label_before(name, second - 1) : NULL;
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

    return normal ? g_strdup(host_registered(normal)) : NULL;
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
    const char *left = one ? host_registered(one) : NULL, *right = other ? host_registered(other) : NULL;

    return left && right && g_str_equal(left, right);
}

Evidence *
host_field_evidence(const Message *message, const Field *field)
{
    Evidence *evidence = evidence_header(NULL, field->line, (Span){ field->name.start, field->value.end });

    evidence->name = field_name(message, field);
    return evidence;
}

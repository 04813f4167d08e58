/* authres-words.c: tables of RFC 8601, 2.7 with RFC 9989, 9.1, and of what providers add.
 * SPDX-License-Identifier: MIT */
#include "headers/authres-words.h"

#include <string.h>

static const struct { const char *method, *results; } registered[] = {
    { "spf",   " none pass fail softfail neutral policy temperror permerror " },
    { "dkim",  " none pass fail policy neutral temperror permerror " },
    { "dmarc", " none pass fail temperror permerror " },
    { "arc",   " none pass fail " },
    { "auth",  " none pass fail temperror permerror " },
    { "iprev", " pass fail temperror permerror " },
    { "dkim-adsp", NULL }, { "dkim-atps", NULL }, { "domainkeys", NULL }, { "sender-id", NULL },
    { "vbr", NULL },       { "rrvs", NULL },      { "smime", NULL },      { "dnswl", NULL },
};

static const char other_methods[] = " bimi compauth dara dkim2 ";
static const char all_results[] =
    " none pass fail softfail neutral policy temperror permerror hardfail softpass bestguesspass"
    " unknown skipped reject error timeout tempfail permfail ignore nxdomain discard declined"
    " invalid partial dkim_pass dkim_fail success ";
static const char types[] = " smtp header body policy dns ";
static const char bare_properties[] =
    " action reason client-ip envelope-from helo receiver identity mechanism problem domain"
    " dis dmarc-policy ";

/* Longer words are in no list. */
#define WORD_MAX 40

static gboolean
listed(const char *list, const char *word, gsize length)
{
    char spaced[WORD_MAX + 3] = " ";

    if (length == 0 || length > WORD_MAX)
        return FALSE;
    memcpy(spaced + 1, word, length);
    memcpy(spaced + 1 + length, " ", 2);
    return strstr(list, spaced) != NULL;
}

gboolean
authres_is_registered_method(const char *method)
{
    for (gsize i = 0; i < G_N_ELEMENTS(registered); i++)
        if (g_str_equal(method, registered[i].method))
            return TRUE;
    return FALSE;
}

gboolean
authres_is_method(const char *method)
{
    return authres_is_registered_method(method) || g_str_has_prefix(method, "x-") ||
           listed(other_methods, method, strlen(method));
}

/* "pass" is one of each method's. */
gboolean
authres_is_registered_result(const char *method, const char *result)
{
    if (g_str_equal(result, "pass"))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(registered); i++)
        if (g_str_equal(method, registered[i].method))
            return !registered[i].results || listed(registered[i].results, result, strlen(result));
    return TRUE;
}

gboolean
authres_is_result(const char *result)
{
    return listed(all_results, result, strlen(result));
}

gboolean
authres_is_property(const char *key)
{
    const char *dot = strchr(key, '.');

    return dot && listed(types, key, (gsize)(dot - key));
}

gboolean
authres_is_bare_property(const char *key)
{
    return listed(bare_properties, key, strlen(key));
}

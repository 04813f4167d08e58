/* psl.c: libpsl behind our names.
 * SPDX-License-Identifier: MIT */
#include "auth/psl.h"

#include <libpsl.h>

#include "base/translate.h"

/* The compiled form of the system's list: read in microseconds, where the text takes milliseconds. */
static const char *const system_lists[] = { "/usr/share/publicsuffix/public_suffix_list.dafsa",
                                            "/usr/share/publicsuffix/public_suffix_list.dat" };

struct Psl {
    psl_ctx_t *context;
    gboolean   owned;
    char      *source;
};

static Psl *
psl_wrap(psl_ctx_t *context, gboolean owned, const char *source)
{
    Psl *psl = g_new0(Psl, 1);

    psl->context = context;
    psl->owned = owned;
    psl->source = g_strdup(source);
    return psl;
}

Psl *
psl_open(const char *path, GError **error)
{
    psl_ctx_t *context = path ? psl_load_file(path) : NULL;

    if (path && (!context || psl_suffix_count(context) == 0)) {
        psl_free(context);
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("%s: not a public suffix list"), path);
        return NULL;
    }
    if (context)
        return psl_wrap(context, TRUE, path);
    for (gsize i = 0; i < G_N_ELEMENTS(system_lists); i++)
        if ((context = psl_load_file(system_lists[i])))
            return psl_wrap(context, TRUE, system_lists[i]);
    return psl_wrap((psl_ctx_t *)psl_builtin(), FALSE, "libpsl");
}

void
psl_close(Psl *psl)
{
    if (!psl)
        return;
    if (psl->owned)
        psl_free(psl->context);
    g_free(psl->source);
    g_free(psl);
}

const char *
psl_source(const Psl *psl)
{
    return psl->source;
}

char *
psl_rule(const Psl *psl, const char *domain)
{
    const char *suffix = psl->context ? psl_unregistrable_domain(psl->context, domain) : NULL;
    const gboolean listed = suffix && psl_is_public_suffix2(psl->context, suffix,
                                                            PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE);

    return g_strdup(listed ? suffix : "*");
}

char *
psl_org_domain(const Psl *psl, const char *domain)
{
    const char *registrable = psl->context ? psl_registrable_domain(psl->context, domain) : NULL;

    return g_strdup(registrable ? registrable : domain);
}

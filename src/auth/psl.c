/* psl.c: libpsl behind our names.
 * SPDX-License-Identifier: MIT */
#include "auth/psl.h"

#include <libpsl.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/translate.h"

/* The compiled form of the system's list: read in microseconds, where the text takes milliseconds. */
static const char *const system_lists[] = { "/usr/share/publicsuffix/public_suffix_list.dafsa",
                                            "/usr/share/publicsuffix/public_suffix_list.dat" };

/* Of so many domains the answers are kept. */
#define KEPT_MAX 1000

typedef struct {
    char *rule, *org;
} Answer;

struct Psl {
    psl_ctx_t  *context;
    gboolean    owned;
    char       *source;
    GHashTable *kept;       /* domain -> Answer; NULL: nothing is kept */
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

/* A suffix, an exception or a wildcard, and nothing else: "co.jp", "!www.ck", "*.ck". */
static gboolean
is_rule(const char *line)
{
    const char *at = *line == '!' ? line + 1 : g_str_has_prefix(line, "*.") ? line + 2 : line;

    if (*at == '.' || (!*at && at > line))
        return FALSE;
    while ((guchar)*at >= 0x80 || g_ascii_isalnum(*at) || *at == '-' || (*at == '.' && at[1] != '.'))
        at++;
    return !*at;
}

/* libpsl takes the first word of any line for a rule. Most lines of a list are rules, and few of any other text. */
static gboolean
is_list(const char *text, gsize length)
{
    static const char compiled[] = ".DAFSA@PSL_";
    guint rules = 0, others = 0;

    if (length >= strlen(compiled) && memcmp(text, compiled, strlen(compiled)) == 0)
        return TRUE;
    for (const char *at = text, *end = text + length; at < end;) {
        const char *stop = memchr(at, '\n', (gsize)(end - at));
        g_autofree char *line = g_strstrip(g_strndup(at, (gsize)((stop ? stop : end) - at)));
        if (*line && !g_str_has_prefix(line, "//"))
            is_rule(line) ? rules++ : others++;
        at = stop ? stop + 1 : end;
    }
    return rules > others;
}

/* NULL and `error`: no such file, or no such list. */
static psl_ctx_t *
load_list(const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = file_bytes(path, NULL);
    gsize length = 0;
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    psl_ctx_t *context = NULL;

    if (!bytes) {
        g_autoptr(GBytes) some = file_head(path, 1, error);     /* whose faults do not speak of messages */
        if (!some)
            return NULL;
    }
    FILE *stream = length > 0 && is_list(text, length) ? fmemopen((void *)text, length, "r") : NULL;
    if (stream) {
        context = psl_load_fp(stream);
        fclose(stream);
    }
    if (context && psl_suffix_count(context) != 0)      /* -1: compiled, not counted */
        return context;
    psl_free(context);
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("%s: not a public suffix list"), path);
    return NULL;
}

Psl *
psl_open(const char *path, GError **error)
{
    psl_ctx_t *context = path ? load_list(path, error) : NULL;

    if (path && !context)
        return NULL;
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
    g_clear_pointer(&psl->kept, g_hash_table_unref);
    g_free(psl->source);
    g_free(psl);
}

const char *
psl_source(const Psl *psl)
{
    return psl->source;
}

static void
answer_free(gpointer data)
{
    Answer *answer = data;

    g_free(answer->rule);
    g_free(answer->org);
    g_free(answer);
}

void
psl_keep(Psl *psl)
{
    if (!psl->kept)
        psl->kept = g_hash_table_new_full(hash_text, g_str_equal, g_free, answer_free);
}

static const char *
find_rule(const Psl *psl, const char *domain)
{
    const char *suffix = psl->context ? psl_unregistrable_domain(psl->context, domain) : NULL;
    const gboolean listed = suffix && psl_is_public_suffix2(psl->context, suffix,
                                                            PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE);

    return listed ? suffix : "*";
}

static const char *
find_org(const Psl *psl, const char *domain)
{
    const char *registrable = psl->context ? psl_registrable_domain(psl->context, domain) : NULL;

    return registrable ? registrable : domain;
}

/* What is kept of that domain, found now where nothing is; NULL where nothing shall be kept. */
static const Answer *
kept_answer(const Psl *psl, const char *domain)
{
    Answer *answer = psl->kept ? g_hash_table_lookup(psl->kept, domain) : NULL;

    if (answer || !psl->kept)
        return answer;
    if (g_hash_table_size(psl->kept) >= KEPT_MAX)
        g_hash_table_remove_all(psl->kept);
    answer = g_new(Answer, 1);
    *answer = (Answer){ g_strdup(find_rule(psl, domain)), g_strdup(find_org(psl, domain)) };
    g_hash_table_insert(psl->kept, g_strdup(domain), answer);
    return answer;
}

char *
psl_rule(const Psl *psl, const char *domain)
{
    const Answer *answer = kept_answer(psl, domain);

    return g_strdup(answer ? answer->rule : find_rule(psl, domain));
}

char *
psl_org_domain(const Psl *psl, const char *domain)
{
    const Answer *answer = kept_answer(psl, domain);

    return g_strdup(answer ? answer->org : find_org(psl, domain));
}

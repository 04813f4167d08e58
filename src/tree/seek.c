/* seek.c: finding steps of the tree.
 * SPDX-License-Identifier: MIT */
#include "tree/seek.h"

#include "base/hash.h"

/* ---- by id ---- */

/* A separate check of HELO vouches for nobody (RFC 9989, 4.4.2): nothing turns inside it. */
#define NOT_INSIDE "spf-helo"

typedef struct {
    const char      *id;
    const GPtrArray *args;
    const Step      *best;
    guint            score;
} Search;

gboolean
seek_went_wrong(const Step *step)
{
    switch (step->result) {
    case RESULT_FAIL:
    case RESULT_SOFTFAIL:
    case RESULT_NEUTRAL:
    case RESULT_POLICY:
    case RESULT_PERMERROR:
    case RESULT_NONE:
    case RESULT_NO:
        return TRUE;
    default:
        return FALSE;
    }
}

static gboolean
shares_argument(const Step *step, const GPtrArray *args)
{
    for (guint i = 0; args && i < args->len; i++) {
        const char *arg = args->pdata[i];
        if (arg && *arg && g_ptr_array_find_with_equal_func(step->args, arg, g_str_equal, NULL))
            return TRUE;
    }
    return FALSE;
}

static void
look_at(Search *search, const Step *step)
{
    if (g_strcmp0(step->id, search->id) == 0) {
        const guint score = 1u + (seek_went_wrong(step) ? 2u : 0u) +
                            (shares_argument(step, search->args) ? 4u : 0u) +
                            (step->cause ? 8u : 0u);
        if (score > search->score) {
            search->score = score;
            search->best = step;
        }
    }
    if (g_strcmp0(step->id, NOT_INSIDE) == 0)
        return;
    for (guint i = 0; i < step->children->len; i++)
        look_at(search, step->children->pdata[i]);
}

const Step *
seek_any(const Step *root, const char *id)
{
    const Step *found = g_strcmp0(root->id, id) == 0 ? root : NULL;

    if (!found && g_strcmp0(root->id, NOT_INSIDE) == 0)
        return NULL;
    for (guint i = 0; i < root->children->len && !found; i++)
        found = seek_any(root->children->pdata[i], id);
    return found;
}

const Step *
seek_step(const Step *root, const char *id, const GPtrArray *args)
{
    Search search = { .id = id, .args = args };

    if (root && id)
        look_at(&search, root);
    return search.best;
}

/* ---- by DNS answer ---- */

struct SeekDns {
    GHashTable *steps;      /* "TXT example.com": Step, borrowed */
};

static char *
key_of(const char *type, const char *name)
{
    return g_strdup_printf("%s %s", type ? type : "", name ? name : "");
}

static void
note_answers(GHashTable *steps, const Step *step)
{
    for (guint i = 0; i < step->children->len; i++)
        note_answers(steps, step->children->pdata[i]);
    for (guint i = 0; i < step->evidence->len; i++) {
        const Evidence *item = step->evidence->pdata[i];
        if (item->kind != EVIDENCE_DNS)
            continue;
        char *key = key_of(item->type, item->name);
        if (g_hash_table_contains(steps, key))
            g_free(key);
        else
            g_hash_table_insert(steps, key, (gpointer)step);
    }
}

SeekDns *
seek_dns_new(const Step *root)
{
    SeekDns *seek = g_new0(SeekDns, 1);

    seek->steps = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    if (root)
        note_answers(seek->steps, root);
    return seek;
}

void
seek_dns_free(SeekDns *seek)
{
    if (!seek)
        return;
    g_hash_table_unref(seek->steps);
    g_free(seek);
}

const Step *
seek_dns_step(const SeekDns *seek, const DnsAnswer *answer)
{
    g_autofree char *key = key_of(answer->type, answer->name);

    return g_hash_table_lookup(seek->steps, key);
}

/* pattern-spf.c: MAIL FROM would vouch for From:, but its SPF record does not let it.
 * SPDX-License-Identifier: MIT */
#include "advice/pattern.h"
#include "base/hash.h"

#include <string.h>

static int
spf_result(const Case *c)
{
    return c->report->spf->mail_from->result;
}

/* An SPF record that would have to allow this server, were it one of the domain's own. */
static gboolean
is_mine_to_mend(const Case *c)
{
    return !c->vouched && pattern_spf_failed(c) && !pattern_is_form_envelope(c) &&
           !envelope_is_null_sender(c->report->envelope);
}

static gboolean
is_spf(const char *record)
{
    return record && g_ascii_strncasecmp(record, "v=spf1", 6) == 0 &&
           (!record[6] || record[6] == ' ');
}

/* The term that allows this server: that of the service whose it is, else its address. (transfer full) */
static char *
server_term(const Case *c)
{
    const Hop *border = report_border(c->report);
    const char *ip = c->report->envelope->client_ip->value;
    const Provider *host = border ? providers_by_host(c->providers, border->ptr) : NULL;

    if (host && host->spf)
        return g_strdup(host->spf);
    return ip ? g_strdup_printf("%s:%s", strchr(ip, ':') ? "ip6" : "ip4", ip) : NULL;
}

/* Where the term stands already, it moves to the front. */
char *
pattern_spf_with_server(const Case *c, const char *record)
{
    g_autofree char *term = server_term(c);

    if (!term || !is_spf(record))
        return NULL;
    g_auto(GStrv) words = g_strsplit(record, " ", -1);
    g_autoptr(GString) out = g_string_new("v=spf1 ");
    g_string_append(out, term);
    for (char **word = words + 1; words[0] && *word; word++)
        if (**word && !g_str_equal(*word, term))
            g_string_append_printf(out, " %s", *word);
    return g_strdup(out->str);
}

static void
propose(const Case *c, Advice *advice, const char *record)
{
    if (!record || !c->spf->domain)
        return;
    pattern_record_txt(advice, c->spf->domain, record);
    pattern_edit_txt(advice, c->spf->domain, record);
    if (strstr(record, "include:") && c->carrier)
        advice->provider = g_strdup(c->carrier->id);
}

gboolean
pattern_spf_lacks(const Case *c, Advice *advice)
{
    const SpfResult *spf = c->report->spf->mail_from;
    const int result = spf_result(c);

    if (!is_mine_to_mend(c) || pattern_forwarder_host(c) ||
        (result != RESULT_FAIL && result != RESULT_SOFTFAIL && result != RESULT_NEUTRAL))
        return FALSE;
    const char *ip = c->report->envelope->client_ip->value;     /* an assumed fail may have none */
    pattern_args(advice, c->spf->domain, ip ? ip : "?", result_words[result]);
    g_autofree char *record = pattern_spf_with_server(c, spf->record);
    propose(c, advice, record);
    pattern_effect(advice, "effect-shared-server");
    return TRUE;
}

gboolean
pattern_spf_missing(const Case *c, Advice *advice)
{
    if (!is_mine_to_mend(c) || pattern_forwarder_host(c) || spf_result(c) != RESULT_NONE ||
        pattern_is_nobodys(c, c->spf->domain))
        return FALSE;
    pattern_args(advice, c->spf->domain, c->report->envelope->client_ip->value, NULL);
    /* RFC 9989, 7.1: "-all" can get DKIM-signed mail refused before DMARC is looked at. */
    g_autofree char *record = pattern_spf_with_server(c, "v=spf1 ~all");
    propose(c, advice, record);
    pattern_effect(advice, "effect-all-servers");
    return TRUE;
}

/* ---- records in error ---- */

static gboolean
is_in_error(const Case *c, const char *const *reasons)
{
    const char *reason = c->report->spf->mail_from->reason;

    return is_mine_to_mend(c) && spf_result(c) == RESULT_PERMERROR && reason &&
           g_strv_contains(reasons, reason);
}

/* The terms of all records, each once, in front of the first `all`. (transfer full) */
static char *
merged(const GPtrArray *records)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    g_autofree char *all = NULL;
    GString *out = g_string_new("v=spf1");

    for (guint i = 0; i < records->len; i++) {
        g_auto(GStrv) words = g_strsplit_set((const char *)records->pdata[i] + 6, " \t", -1);
        for (char **word = words; *word; word++) {
            const gboolean ends = g_str_has_suffix(*word, "all") && strlen(*word) <= 4;
            if (ends && !all)
                all = g_strdup(*word);
            if (**word && !ends && g_hash_table_add(seen, g_strdup(*word)))
                g_string_append_printf(out, " %s", *word);
        }
    }
    if (all)
        g_string_append_printf(out, " %s", all);
    return g_string_free(out, FALSE);
}

/* Merged alone first; where that does not allow this server, with it. */
static gboolean
several(const Case *c, Advice *advice, gboolean with_server)
{
    static const char *const reasons[] = { "several-records", NULL };

    if (!is_in_error(c, reasons))
        return FALSE;
    pattern_args(advice, c->spf->domain, c->report->envelope->client_ip->value, NULL);
    g_autoptr(GPtrArray) records = pattern_dns_texts(c, c->spf->domain, "v=spf1");
    g_autofree char *one = records->len > 1 ? merged(records) : NULL;
    g_autofree char *more = one && with_server ? pattern_spf_with_server(c, one) : NULL;
    propose(c, advice, with_server ? more : one);
    return !with_server || more;
}

gboolean
pattern_spf_several(const Case *c, Advice *advice)
{
    return several(c, advice, FALSE);
}

gboolean
pattern_spf_several_more(const Case *c, Advice *advice)
{
    return several(c, advice, TRUE);
}

/* RFC 7208, 4.6.4: what matches before the limit is reached counts, so this server goes first. */
gboolean
pattern_spf_over_limits(const Case *c, Advice *advice)
{
    static const char *const reasons[] = { "too-many-lookups", "too-many-void-lookups",
                                           "too-many-mx", NULL };
    const SpfResult *spf = c->report->spf->mail_from;

    if (!is_in_error(c, reasons))
        return FALSE;
    pattern_args(advice, c->spf->domain, spf->crossed ? spf->crossed : "?", spf->reason);
    g_autofree char *record = pattern_spf_with_server(c, spf->record);
    propose(c, advice, record);
    return TRUE;
}

/* The term of the domain's own record that could not be read, or NULL: one of an included record is not its own to mend.
 * (transfer full) */
static char *
faulty_term(const char *domain, const Step *step)
{
    for (guint i = 0; step && i < step->children->len; i++) {
        const Step *child = step->children->pdata[i];
        if (g_str_equal(child->id, "spf-syntax") && child->args->len > 1 && g_str_equal(child->args->pdata[0], domain))
            return g_strdup(child->args->pdata[1]);
        char *found = faulty_term(domain, child);
        if (found)
            return found;
    }
    return NULL;
}

/* The same, or the term that led nowhere: an include of a record in error. (transfer full) */
static char *
culprit(const Case *c)
{
    const SpfResult *spf = c->report->spf->mail_from;
    char *term = faulty_term(c->spf->domain, c->report->tree);

    for (guint i = 0; !term && i < spf->trace->len; i++) {
        const SpfTerm *tried = spf->trace->pdata[i];
        if (tried->result == RESULT_PERMERROR && tried->depth == 0)
            term = g_strdup(tried->term);
    }
    return term;
}

/* (transfer full) */
static char *
record_without(const char *record, const char *term)
{
    g_auto(GStrv) words = g_strsplit(record, " ", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    gboolean found = FALSE;

    for (char **word = words; *word; word++) {
        const gboolean same = g_str_equal(*word, term);
        found = found || same;
        if (!same && **word)
            g_ptr_array_add(kept, *word);
    }
    g_ptr_array_add(kept, NULL);
    return found ? g_strjoinv(" ", (char **)kept->pdata) : NULL;
}

static gboolean
broken(const Case *c, Advice *advice, gboolean with_server)
{
    static const char *const told[] = { "several-records", "too-many-lookups",
                                        "too-many-void-lookups", "too-many-mx", NULL };
    const SpfResult *spf = c->report->spf->mail_from;

    if (!is_mine_to_mend(c) || spf_result(c) != RESULT_PERMERROR || is_in_error(c, told))
        return FALSE;
    g_autofree char *term = culprit(c);
    /* Where no term is known it is the record that has to be mended. */
    pattern_args(advice, c->spf->domain, term ? term : spf->record ? spf->record : "v=spf1",
                 spf->reason ? spf->reason : "syntax");
    if (!term || !spf->record)
        return !with_server;
    g_autofree char *rest = record_without(spf->record, term);
    g_autofree char *more = rest && with_server ? pattern_spf_with_server(c, rest) : NULL;
    propose(c, advice, with_server ? more : rest);
    return !with_server || more;
}

gboolean
pattern_spf_broken(const Case *c, Advice *advice)
{
    return broken(c, advice, FALSE);
}

gboolean
pattern_spf_broken_more(const Case *c, Advice *advice)
{
    return broken(c, advice, TRUE);
}

/* RFC 9989, 3.2.4: with an empty MAIL FROM the name in HELO is all that SPF can prove. */
gboolean
pattern_null_sender(const Case *c, Advice *advice)
{
    if (c->vouched || !c->author || !c->spf || !envelope_is_null_sender(c->report->envelope))
        return FALSE;
    pattern_args(advice, c->author, c->spf->domain, NULL);
    pattern_record(advice, "DKIM d=    ", c->author);
    pattern_edit(advice, "dkim.add", c->author);
    return TRUE;
}

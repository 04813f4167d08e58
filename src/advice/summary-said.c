/* summary-said.c: what the receiving hosts reported, one line each, against what was recomputed.
 * SPDX-License-Identifier: MIT */
#include "advice/summary-part.h"

#include "base/hash.h"
#include "base/translate.h"
#include "headers/identities.h"
#include "tree/words.h"

/* Anybody can write such fields: hosts beyond these are only counted. */
#define HOSTS_MAX 5

/* One host's words: of each method the best (any passing signature counts, RFC 6376, 6.1). */
typedef struct {
    char       *name;
    gboolean    trusted;
    gboolean    suspicious;
    gboolean    topmost;
    const char *spf, *dkim, *dmarc;
    GPtrArray  *differs;        /* what it says otherwise than we do */
    guint       compared;
} Host;

static void
host_free(gpointer data)
{
    Host *host = data;

    g_free(host->name);
    g_ptr_array_unref(host->differs);
    g_free(host);
}

/* Received-SPF names no host: it is told only where the receiving host's own results do not say
 * the same. */
static gboolean
repeats(const Host *host, const GPtrArray *hosts)
{
    if (g_ascii_strcasecmp(host->name, "Received-SPF") != 0)
        return FALSE;
    for (guint i = 0; i < hosts->len; i++) {
        const Host *other = hosts->pdata[i];
        if (other != host && other->topmost && g_strcmp0(other->spf, host->spf) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Fields of a chain (ARC) tell of earlier hops and have their own view. */
static gboolean
is_hosts_own(const ReportedHeader *header)
{
    return header->instance == RECORD_UNSET &&
           g_ascii_strncasecmp(header->header, "ARC-", 4) != 0;
}

static char *
host_name(const Report *report, const ReportedHeader *header)
{
    if (header->topmost_block)
        return g_strdup(summary_claimant(report));
    if (header->authserv_id)
        return g_strdup(header->authserv_id);
    return g_strdup(header->header);
}

static Host *
host_for(const Report *report, const ReportedHeader *header, GPtrArray *hosts, GHashTable *by_name)
{
    g_autofree char *name = host_name(report, header);
    /* A copy that came with the message is not the host that it names. */
    g_autofree char *key = g_strdup_printf("%d%d%s", header->trusted, header->suspicious, name);
    Host *host = g_hash_table_lookup(by_name, key);

    if (host)
        return host;
    host = g_new0(Host, 1);
    host->name = g_steal_pointer(&name);
    host->trusted = header->trusted;
    host->suspicious = header->suspicious;
    host->topmost = header->topmost_block;
    host->differs = g_ptr_array_new_with_free_func(g_free);
    g_hash_table_insert(by_name, g_steal_pointer(&key), host);
    g_ptr_array_add(hosts, host);
    return host;
}

/* A pass is kept; of others the first. */
static void
keep(const char **word, const char *result)
{
    if (!result)
        return;
    if (!*word || (g_str_equal(result, "pass") && !g_str_equal(*word, "pass")))
        *word = result;
}

static void
read_header(Host *host, const ReportedHeader *header)
{
    for (guint i = 0; i < header->results->len; i++) {
        const ReportedResult *result = header->results->pdata[i];
        if (!result->method)
            continue;
        if (g_str_equal(result->method, "spf"))
            keep(&host->spf, result->result);
        else if (g_str_equal(result->method, "dkim"))
            keep(&host->dkim, result->result);
        else if (g_str_equal(result->method, "dmarc"))
            keep(&host->dmarc, result->result);
    }
}

/* The message's DKIM in one word, as hosts give it: one good signature is enough. */
static int
dkim_result(const Report *report)
{
    int result = identities_signatures_lost(report) ? RESULT_UNKNOWN : RESULT_NONE;

    for (guint i = 0; i < report->dkim->len; i++) {
        const DkimResult *dkim = report->dkim->pdata[i];
        if (dkim->result == RESULT_PASS)
            return RESULT_PASS;
        if (i == 0 || dkim->result == RESULT_UNKNOWN)
            result = dkim->result;
    }
    return result;
}

static void
compare(Host *host, const char *method, const char *word, int ours)
{
    if (!word || ours == RESULT_UNKNOWN)
        return;
    host->compared++;
    if (!g_str_equal(word, result_words[ours]))
        g_ptr_array_add(host->differs, words_fill(N_("{0} is {1} here"), method,
                                                  words_result((Result)ours), NULL));
}

static void
append_words(GString *line, const char *method, const char *word, const char **comma)
{
    if (!word)
        return;
    g_string_append_printf(line, "%s%s %s", *comma, method, word);
    *comma = ", ";
}

static char *
host_line(const Report *report, Host *host)
{
    const char *trust = host->suspicious ? N_("likely forged")
                        : host->trusted  ? N_("trusted")
                                         : N_("not trusted");
    g_autofree char *head = g_strdup_printf("%s (%s):", host->name, translate(trust));
    GString *line = g_string_new(head);
    const char *comma = " ";

    append_words(line, "SPF", host->spf, &comma);
    append_words(line, "DKIM", host->dkim, &comma);
    append_words(line, "DMARC", host->dmarc, &comma);
    if (report->what_if->len > 0) {     /* it judged other inputs: nothing to compare */
        g_string_append(line, _(" - of the message as it is"));
        return g_string_free(line, FALSE);
    }
    compare(host, "SPF", host->spf, report->spf->mail_from->result);
    compare(host, "DKIM", host->dkim, dkim_result(report));
    compare(host, "DMARC", host->dmarc, report_dmarc(report)->result);
    if (host->differs->len > 0) {
        g_autofree char *list = words_fill_list(N_(" - differs: {*}"), host->differs);
        g_string_append(line, list);
    } else if (host->compared > 0) {
        g_string_append(line, _(" = same"));
    }
    return g_string_free(line, FALSE);
}

void
summary_said(const Report *report, GPtrArray *lines)
{
    g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func(host_free);
    g_autoptr(GHashTable) by_name = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    guint shown = 0, left = 0;

    for (guint i = 0; i < report->reported->len; i++) {
        const ReportedHeader *header = report->reported->pdata[i];
        if (is_hosts_own(header))
            read_header(host_for(report, header, hosts, by_name), header);
    }
    for (guint i = 0; i < hosts->len; i++) {
        Host *host = hosts->pdata[i];
        if ((!host->spf && !host->dkim && !host->dmarc) || repeats(host, hosts))
            continue;
        if (shown++ < HOSTS_MAX)
            g_ptr_array_add(lines, host_line(report, host));
        else
            left++;
    }
    if (left > 0)
        g_ptr_array_add(lines, words_more(left, 0));
}

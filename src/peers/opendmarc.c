/* opendmarc.c: the child that runs libopendmarc, in the order in which its milter calls it.
 * SPDX-License-Identifier: MIT */
#include "peers/opendmarc.h"

#include <dlfcn.h>
#include <opendmarc/dmarc.h>
#include <stdlib.h>
#include <string.h>

#include "peers/suffixes.h"

#define LIBRARY "libopendmarc.so.2"
#define QUESTIONS_MAX 2
#define TIME_MS 1000

/* Part of the library though not of its header. */
typedef int GetTld(u_char *domain, u_char *tld, size_t size);

typedef struct {
    __typeof__(opendmarc_policy_library_init) *library_init;
    __typeof__(opendmarc_policy_connect_init) *connect_init;
    __typeof__(opendmarc_policy_store_from_domain) *store_from_domain;
    __typeof__(opendmarc_policy_store_spf) *store_spf;
    __typeof__(opendmarc_policy_store_dkim) *store_dkim;
    __typeof__(opendmarc_policy_query_dmarc) *query_dmarc;
    __typeof__(opendmarc_get_policy_to_enforce) *get_policy;
    __typeof__(opendmarc_tld_read_file) *tld_read_file;
    __typeof__(opendmarc_dns_fake_record) *dns_fake_record;
    GetTld *get_tld;
} Api;

struct OpenDmarc {
    const OpenDmarcQuestion *question;
    Api         api;
    char       *version;
    ChildLine  *line;
    PeerAnswer *out;
    Child      *child;       /* the parent's hold on it */
};

/* ---- loading ---- */

/* The library does not say its version, the name of its file does: 2.0.3 came with OpenDMARC
 * 1.4.2. */
static char *
version_of_file(const Api *api)
{
    Dl_info info;
    void *address = NULL;
    char *path = NULL;

    memcpy(&address, &api->get_tld, sizeof address);
    if (dladdr(address, &info) != 0 && info.dli_fname)
        path = realpath(info.dli_fname, NULL);
    const char *number = path ? strstr(path, ".so.") : NULL;
    char *version = !number                          ? NULL
                    : g_str_equal(number, ".so.2.0.3") ? g_strdup("1.4.2")
                                                       : g_strdup_printf("lib %s", number + 4);
    free(path);
    return version;
}

static gboolean
load(Api *api)
{
    void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);

    return library && peer_symbol(library, "opendmarc_policy_library_init", &api->library_init) &&
           peer_symbol(library, "opendmarc_policy_connect_init", &api->connect_init) &&
           peer_symbol(library, "opendmarc_policy_store_from_domain", &api->store_from_domain) &&
           peer_symbol(library, "opendmarc_policy_store_spf", &api->store_spf) &&
           peer_symbol(library, "opendmarc_policy_store_dkim", &api->store_dkim) &&
           peer_symbol(library, "opendmarc_policy_query_dmarc", &api->query_dmarc) &&
           peer_symbol(library, "opendmarc_get_policy_to_enforce", &api->get_policy) &&
           peer_symbol(library, "opendmarc_tld_read_file", &api->tld_read_file) &&
           peer_symbol(library, "opendmarc_dns_fake_record", &api->dns_fake_record) &&
           peer_symbol(library, "opendmarc_get_tld", &api->get_tld);
}

/* The list holds the rules for the names at hand only: reading all of it takes the library 4 ms. */
static gboolean
read_suffixes(OpenDmarc *job)
{
    static char comment[] = "//", wildcard[] = "*.", exception[] = "!";     /* as its milter says */
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const OpenDmarcQuestion *q = job->question;

    g_ptr_array_add(names, (char *)q->author);
    if (q->spf_domain)
        g_ptr_array_add(names, (char *)q->spf_domain);
    for (guint i = 0; i < q->dkim_domains->len; i++)
        g_ptr_array_add(names, q->dkim_domains->pdata[i]);
    g_autofree char *path = suffixes_for(q->suffixes, names);
    return path && job->api.tld_read_file(path, comment, wildcard, exception) == 0;
}

static gboolean
prepare(gpointer data)
{
    OpenDmarc *job = data;

    if (!load(&job->api))
        return FALSE;
    job->version = version_of_file(&job->api);
    return !job->question || read_suffixes(job);
}

/* ---- its DNS: a list of made-up records, which keeps it from asking the network ---- */

/* The first text that looks like DMARC anywhere in it: that is how the library picks one. */
static char *
pick_record(const DnsAnswer *answer)
{
    for (guint i = 0; answer && i < answer->records->len; i++) {
        const DnsRecord *record = answer->records->pdata[i];
        gsize length = 0;
        const char *data = record->data ? g_bytes_get_data(record->data, &length) : NULL;
        g_autofree char *text = data ? g_strndup(data, length) : NULL;
        if (text && strstr(text, "v=DMARC"))
            return g_steal_pointer(&text);
    }
    return NULL;
}

/* TRUE when there is a record at `domain`; `*trouble`: the last question had no answer. */
static gboolean
offer_record(OpenDmarc *job, const char *domain, gboolean *trouble)
{
    g_autofree char *name = g_strdup_printf("_dmarc.%s", domain);
    DnsAnswer *answer = peer_ask_dns(job->line, job->out, name, PEER_TXT);

    *trouble = !answer || dns_is_trouble(answer) || dns_is_unknown(answer);
    g_free(job->out->record);
    job->out->record = *trouble ? NULL : pick_record(answer);
    record_free(&dns_answer_type, answer);
    if (job->out->record)
        job->api.dns_fake_record(name, job->out->record);
    return job->out->record != NULL;
}

/* The two places where it will look, the second by its own idea of an organization. */
static void
offer_records(OpenDmarc *job, gboolean *trouble)
{
    const char *author = job->question->author;
    char org[256] = "";     /* for a top-level domain that it does not know nothing is written */

    job->api.dns_fake_record("fromscope.invalid", "none");
    if (job->api.get_tld((u_char *)author, (u_char *)org, sizeof org) != 0)
        org[0] = '\0';
    org[sizeof org - 1] = '\0';
    job->out->org = g_strdup(org);
    if (!offer_record(job, author, trouble) && org[0] && g_ascii_strcasecmp(org, author) != 0)
        offer_record(job, org, trouble);
}

/* ---- the question ---- */

/* Its milter stores what passed and nothing else. */
static void
store_results(const OpenDmarc *job, DMARC_POLICY_T *policy)
{
    const OpenDmarcQuestion *q = job->question;

    job->api.store_from_domain(policy, (u_char *)q->author);
    if (q->spf_domain)
        job->api.store_spf(policy, (u_char *)q->spf_domain, DMARC_POLICY_SPF_OUTCOME_PASS,
                           q->spf_helo ? DMARC_POLICY_SPF_ORIGIN_HELO
                                       : DMARC_POLICY_SPF_ORIGIN_MAILFROM, NULL);
    for (guint i = 0; i < q->dkim_domains->len; i++)
        job->api.store_dkim(policy, q->dkim_domains->pdata[i], NULL,
                            DMARC_POLICY_DKIM_OUTCOME_PASS, NULL);
}

static Result
result_of(const OpenDmarc *job, DMARC_POLICY_T *policy, int status, gboolean trouble)
{
    switch (status) {
    case DMARC_PARSE_OKAY:
        break;
    case DMARC_PARSE_ERROR_BAD_VERSION: case DMARC_PARSE_ERROR_BAD_VALUE:
    case DMARC_PARSE_ERROR_NO_REQUIRED_P: case DMARC_PARSE_ERROR_NO_DOMAIN:
        return RESULT_PERMERROR;
    default:
        return trouble ? RESULT_TEMPERROR : RESULT_NONE;
    }
    switch (job->api.get_policy(policy)) {
    case DMARC_POLICY_PASS:
        return RESULT_PASS;
    case DMARC_POLICY_REJECT: case DMARC_POLICY_QUARANTINE: case DMARC_POLICY_NONE:
        return RESULT_FAIL;
    default:
        return RESULT_NONE;
    }
}

static gboolean
ask_library(OpenDmarc *job)
{
    OPENDMARC_LIB_T settings = { .tld_type = OPENDMARC_TLD_TYPE_MOZILLA };
    gboolean trouble = FALSE;

    job->api.library_init(&settings);
    offer_records(job, &trouble);
    DMARC_POLICY_T *policy = job->api.connect_init((u_char *)"192.0.2.1",
                                                   DMARC_POLICY_IP_TYPE_IPV4);
    if (!policy)
        return FALSE;
    store_results(job, policy);
    const int status = job->api.query_dmarc(policy, (u_char *)job->question->author);
    job->out->result = (int)result_of(job, policy, status, trouble);
    return TRUE;
}

static GBytes *
work(ChildLine *line, gpointer data)
{
    OpenDmarc *job = data;

    job->line = line;
    job->out = record_new(&peer_answer_type);
    job->out->version = job->version;
    if (job->question && !ask_library(job))
        return NULL;
    return record_save(&peer_answer_type, job->out);
}

static GBytes *
serve(GBytes *question, gpointer data)
{
    const OpenDmarc *job = data;

    return job->question ? peer_serve_dns(question, job->question->resolver) : NULL;
}

/* ---- where another process starts it ---- */

#define FIELD(member, kind) { #member, kind, offsetof(OpenDmarcQuestion, member), NULL, NULL, RECORD_SHOWN }

static const RecordField question_fields[] = {
    FIELD(author, RECORD_STRING), FIELD(spf_domain, RECORD_STRING), FIELD(spf_helo, RECORD_BOOL),
    FIELD(dkim_domains, RECORD_STRINGS), { NULL, RECORD_STRING, 0, NULL, NULL, RECORD_SHOWN }
};
static const RecordType question_type = { "opendmarc-question", sizeof(OpenDmarcQuestion), question_fields };

static GBytes *
tell(gconstpointer data)
{
    const OpenDmarc *job = data;

    return job->question ? record_save(&question_type, job->question) : NULL;
}

/* The list of suffixes is the one that the parent knows: no worker names a file. */
static gpointer
told(GBytes *bytes, gconstpointer own)
{
    OpenDmarcQuestion *question = record_load(&question_type, bytes);
    g_autofree char *suffixes = suffixes_text_path(own);

    if (!question || !question->author || !suffixes) {
        record_free(&question_type, question);
        return NULL;
    }
    OpenDmarc *job = g_new0(OpenDmarc, 1);
    question->suffixes = g_steal_pointer(&suffixes);
    job->question = question;
    return job;
}

const ChildJob opendmarc_job = { prepare, work, serve, TIME_MS, QUESTIONS_MAX, "opendmarc", tell, told };

/* Without a question it only says its version. */
OpenDmarc *
opendmarc_start(const OpenDmarcQuestion *question)
{
    OpenDmarc *job = g_new0(OpenDmarc, 1);

    job->question = question;
    job->child = child_start(&opendmarc_job, job, question ? question->stop : NULL);
    return job;
}

ChildEnd
opendmarc_finish(OpenDmarc *job, PeerAnswer **answer)
{
    const ChildEnd end = peer_finish(job->child, answer);

    g_free(job);
    return end;
}

char *
opendmarc_version(void)
{
    OpenDmarc *job = opendmarc_start(NULL);
    char *version = peer_finish_version(job->child);

    g_free(job);
    return version;
}

/* libspf2.c: the child that runs libspf2; LIBRARIES' traps are named where they are avoided.
 * SPDX-License-Identifier: MIT */
#include "peers/libspf2.h"

#include <netinet/in.h>     /* spf.h lacks it */

#include <dlfcn.h>
#include <spf2/spf.h>
#include <stdlib.h>
#include <string.h>

#define LIBRARY "libspf2.so.2"
/* Each include has a counter of its own in there, so it may ask more than we did. */
#define QUESTIONS_MAX 120
#define TIME_MS 1000

/* The functions that are used. They are looked up by name: the library is loaded in the child
 * only. */
typedef struct {
    __typeof__(SPF_server_new_dns) *server_new_dns;
    __typeof__(SPF_server_set_rec_dom) *server_set_rec_dom;
    __typeof__(SPF_request_new) *request_new;
    __typeof__(SPF_request_set_ipv4_str) *request_set_ipv4_str;
    __typeof__(SPF_request_set_ipv6_str) *request_set_ipv6_str;
    __typeof__(SPF_request_set_helo_dom) *request_set_helo_dom;
    __typeof__(SPF_request_set_env_from) *request_set_env_from;
    __typeof__(SPF_request_query_mailfrom) *request_query_mailfrom;
    __typeof__(SPF_response_result) *response_result;
    __typeof__(SPF_response_get_explanation) *response_get_explanation;
    __typeof__(SPF_response_messages) *response_messages;
    __typeof__(SPF_response_message) *response_message;
    __typeof__(SPF_error_code) *error_code;
    __typeof__(SPF_dns_rr_new_init) *dns_rr_new_init;
    __typeof__(SPF_dns_rr_buf_realloc) *dns_rr_buf_realloc;
    __typeof__(SPF_get_lib_version) *get_lib_version;
} Api;

struct LibSpf2 {
    const LibSpf2Question *question;
    Api               api;
    SPF_dns_server_t  dns;
    SPF_server_t     *server;
    ChildLine        *line;
    PeerAnswer       *out;
    Child      *child;       /* the parent's hold on it */
};

/* ---- loading ---- */

static gboolean
load(Api *api)
{
    void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);

    return library && peer_symbol(library, "SPF_server_new_dns", &api->server_new_dns) &&
           peer_symbol(library, "SPF_server_set_rec_dom", &api->server_set_rec_dom) &&
           peer_symbol(library, "SPF_request_new", &api->request_new) &&
           peer_symbol(library, "SPF_request_set_ipv4_str", &api->request_set_ipv4_str) &&
           peer_symbol(library, "SPF_request_set_ipv6_str", &api->request_set_ipv6_str) &&
           peer_symbol(library, "SPF_request_set_helo_dom", &api->request_set_helo_dom) &&
           peer_symbol(library, "SPF_request_set_env_from", &api->request_set_env_from) &&
           peer_symbol(library, "SPF_request_query_mailfrom", &api->request_query_mailfrom) &&
           peer_symbol(library, "SPF_response_result", &api->response_result) &&
           peer_symbol(library, "SPF_response_get_explanation", &api->response_get_explanation) &&
           peer_symbol(library, "SPF_response_messages", &api->response_messages) &&
           peer_symbol(library, "SPF_response_message", &api->response_message) &&
           peer_symbol(library, "SPF_error_code", &api->error_code) &&
           peer_symbol(library, "SPF_dns_rr_new_init", &api->dns_rr_new_init) &&
           peer_symbol(library, "SPF_dns_rr_buf_realloc", &api->dns_rr_buf_realloc) &&
           peer_symbol(library, "SPF_get_lib_version", &api->get_lib_version);
}

/* ---- its DNS ---- */

static SPF_dns_stat_t
status_for(const DnsAnswer *answer, ns_type type)
{
    if (type == ns_t_spf)
        return NO_DATA;         /* RFC 7208, 3.1: no longer in use, yet asked first */
    if (!answer || dns_is_unknown(answer) || dns_is_trouble(answer))
        return TRY_AGAIN;       /* NO_RECOVERY would count as "does not match" */
    if (answer->status == DNS_NXDOMAIN)
        return HOST_NOT_FOUND;
    return dns_is_void(answer) ? NO_DATA : NETDB_SUCCESS;
}

/* One record in the form that the library reads; FALSE: it has none. */
static gboolean
put_record(const Api *api, SPF_dns_rr_t *rr, int at, ns_type type, const DnsRecord *record)
{
    gsize length = 0;
    const void *data = record->data ? g_bytes_get_data(record->data, &length) : NULL;
    const gboolean text = type != ns_t_a && type != ns_t_aaaa;

    if (!data || (type == ns_t_a && length != 4) || (type == ns_t_aaaa && length != 16) ||
        api->dns_rr_buf_realloc(rr, at, MAX(length + 1, sizeof(SPF_dns_rr_data_t))) !=
            SPF_E_SUCCESS)
        return FALSE;
    memcpy(rr->rr[at], data, length);
    if (text)
        ((char *)rr->rr[at])[length] = '\0';
    return TRUE;
}

static gboolean
peer_type(ns_type type, PeerDnsType *out)
{
    switch ((int)type) {
    case ns_t_txt:
        *out = PEER_TXT;
        return TRUE;
    case ns_t_a:
        *out = PEER_A;
        return TRUE;
    case ns_t_aaaa:
        *out = PEER_AAAA;
        return TRUE;
    case ns_t_mx:
        *out = PEER_MX;
        return TRUE;
    case ns_t_ptr:
        *out = PEER_PTR;
        return TRUE;
    default:
        return FALSE;
    }
}

/* Never NULL: that aborts the process. */
static SPF_dns_rr_t *
look_up(SPF_dns_server_t *server, const char *name, ns_type type, int should_cache G_GNUC_UNUSED)
{
    LibSpf2 *job = server->hook;
    PeerDnsType asked;
    DnsAnswer *answer =
        peer_type(type, &asked) ? peer_ask_dns(job->line, job->out, name, asked) : NULL;
    const SPF_dns_stat_t status = status_for(answer, type);
    SPF_dns_rr_t *rr = job->api.dns_rr_new_init(server, name, type, 300, status);

    for (guint i = 0; rr && status == NETDB_SUCCESS && i < answer->records->len; i++)
        if (put_record(&job->api, rr, rr->num_rr, type, answer->records->pdata[i]))
            rr->num_rr++;
    record_free(&dns_answer_type, answer);
    return rr;
}

/* ---- the question ---- */

/* Before confinement: making a server asks for the host's name and aborts without it. */
static gboolean
prepare(gpointer data)
{
    LibSpf2 *job = data;

    if (!load(&job->api))
        return FALSE;
    job->dns.lookup = look_up;
    job->dns.name = "fromscope";
    job->dns.hook = job;
    job->server = job->api.server_new_dns(&job->dns, 0);
    return job->server && job->api.server_set_rec_dom(job->server, "unknown") == SPF_E_SUCCESS;
}

/* A syntax error is "invalid", with the same error code as a missing record; the list of
 * messages tells them apart. */
static Result
invalid_result(const Api *api, SPF_response_t *response)
{
    Result result = RESULT_NONE;

    for (int i = 0; i < api->response_messages(response); i++) {
        const SPF_errcode_t code = api->error_code(api->response_message(response, i));
        if (code == SPF_E_DNS_ERROR)
            return RESULT_TEMPERROR;
        if (code != SPF_E_NOT_SPF)
            result = RESULT_PERMERROR;
    }
    return result;
}

static Result
read_result(const Api *api, SPF_response_t *response)
{
    switch (api->response_result(response)) {
    case SPF_RESULT_NEUTRAL:
        return RESULT_NEUTRAL;
    case SPF_RESULT_PASS:
        return RESULT_PASS;
    case SPF_RESULT_FAIL:
        return RESULT_FAIL;
    case SPF_RESULT_SOFTFAIL:
        return RESULT_SOFTFAIL;
    case SPF_RESULT_NONE:
        return RESULT_NONE;
    case SPF_RESULT_TEMPERROR:
        return RESULT_TEMPERROR;
    case SPF_RESULT_PERMERROR:
        return RESULT_PERMERROR;
    default:
        return invalid_result(api, response);
    }
}

static gboolean
ask_library(LibSpf2 *job)
{
    const LibSpf2Question *q = job->question;
    const Api *api = &job->api;
    g_autofree char *sender =
        g_strdup_printf("%s@%s", q->local_part ? q->local_part : "postmaster", q->domain);
    SPF_request_t *request = api->request_new(job->server);
    SPF_response_t *response = NULL;

    if (!request || (strchr(q->ip, ':') ? api->request_set_ipv6_str(request, q->ip)
                                        : api->request_set_ipv4_str(request, q->ip)))
        return FALSE;
    if (q->helo)
        api->request_set_helo_dom(request, q->helo);
    api->request_set_env_from(request, sender);
    api->request_query_mailfrom(request, &response);
    if (!response)
        return FALSE;
    job->out->result = (int)read_result(api, response);
    if (job->out->result == RESULT_FAIL)
        job->out->explanation = g_strdup(api->response_get_explanation(response));
    return TRUE;
}

static GBytes *
work(ChildLine *line, gpointer data)
{
    LibSpf2 *job = data;
    int major = 0, minor = 0, patch = 0;

    job->line = line;
    job->out = record_new(&peer_answer_type);
    job->api.get_lib_version(&major, &minor, &patch);
    job->out->version = g_strdup_printf("%d.%d.%d", major, minor, patch);
    if (job->question && !ask_library(job))
        return NULL;
    return record_save(&peer_answer_type, job->out);
}

static GBytes *
serve(GBytes *question, gpointer data)
{
    const LibSpf2 *job = data;

    return job->question ? peer_serve_dns(question, job->question->resolver) : NULL;
}

/* ---- where another process starts it ---- */

#define FIELD(member) { #member, RECORD_STRING, offsetof(LibSpf2Question, member), NULL, NULL, RECORD_SHOWN }

static const RecordField question_fields[] = {
    FIELD(ip), FIELD(domain), FIELD(local_part), FIELD(helo), { NULL, RECORD_STRING, 0, NULL, NULL, RECORD_SHOWN }
};
static const RecordType question_type = { "libspf2-question", sizeof(LibSpf2Question), question_fields };

static GBytes *
tell(gconstpointer data)
{
    const LibSpf2 *job = data;

    return job->question ? record_save(&question_type, job->question) : NULL;
}

static gpointer
told(GBytes *bytes, gconstpointer own)
{
    LibSpf2Question *question = record_load(&question_type, bytes);

    (void)own;
    if (!question || !question->ip || !question->domain) {
        record_free(&question_type, question);
        return NULL;
    }
    LibSpf2 *job = g_new0(LibSpf2, 1);
    job->question = question;
    return job;
}

const ChildJob libspf2_job = { prepare, work, serve, TIME_MS, QUESTIONS_MAX, "libspf2", tell, told };

/* Without a question it only says its version. */
LibSpf2 *
libspf2_start(const LibSpf2Question *question)
{
    LibSpf2 *job = g_new0(LibSpf2, 1);

    job->question = question;
    job->child = child_start(&libspf2_job, job, question ? question->stop : NULL);
    return job;
}

ChildEnd
libspf2_finish(LibSpf2 *job, PeerAnswer **answer)
{
    const ChildEnd end = peer_finish(job->child, answer);

    g_free(job);
    return end;
}

char *
libspf2_version(void)
{
    LibSpf2 *job = libspf2_start(NULL);
    char *version = peer_finish_version(job->child);

    g_free(job);
    return version;
}

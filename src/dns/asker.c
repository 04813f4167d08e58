/* asker.c: libunbound's questions and what it makes of the answers.
 * SPDX-License-Identifier: MIT */
#include "dns/asker.h"

#include <ldns/ldns.h>

#include "dns/live-context.h"
#include "dns/wire.h"

#define TYPE_DNSKEY 48

typedef enum { PROBE_NOT_BEGUN, PROBE_ASKED, PROBE_DONE } Probe;

struct Asker {
    Unbound        unbound;
    struct ub_ctx *context;
    struct ub_ctx *plain;       /* without a trust anchor, until the probe is done; then NULL */
    Probe          probe;
    int            probe_id;
    gboolean       validates;
    const char    *source;      /* what answers say of where they are from */
    GHashTable    *questions;   /* id -> Question, owned */
};

typedef struct {
    Asker     *asker;
    int        id;
    AskerHeard heard;
    gpointer   data;
} Question;

/* ---- answers ---- */

static const char *
dnssec_of(const Asker *asker, const struct ub_result *result)
{
    if (result->bogus)
        return "bogus";
    if (!asker->validates || (result->rcode != LDNS_RCODE_NOERROR &&
                              result->rcode != LDNS_RCODE_NXDOMAIN))
        return "unknown";
    return result->secure ? "secure" : "insecure";
}

/* Bogus data comes with rcode 0 and records: it is looked at before anything else. */
static DnsStatus
status_of(const struct ub_result *result)
{
    if (result->bogus)
        return DNS_BOGUS;
    if (result->rcode == LDNS_RCODE_NXDOMAIN)
        return DNS_NXDOMAIN;
    if (result->rcode != LDNS_RCODE_NOERROR)
        return DNS_SERVFAIL;
    return result->havedata ? DNS_NOERROR : DNS_NODATA;
}

static DnsAnswer *
answer_of(const Asker *asker, const struct ub_result *result)
{
    g_autofree char *why = result->why_bogus ? g_strndup(result->why_bogus, WIRE_WHY_MAX) : NULL;
    DnsAnswer *answer = wire_answer_new(status_of(result), asker->source, why);

    g_free(answer->dnssec);
    answer->dnssec = g_strdup(dnssec_of(asker, result));
    if (answer->status != DNS_NOERROR)
        return answer;
    answer->ttl = result->ttl;
    for (int i = 0; result->data[i]; i++) {
        DnsRecord *record = record_new(&dns_record_type);
        record->data = g_bytes_new(result->data[i], (gsize)MAX(result->len[i], 0));
        g_ptr_array_add(answer->records, record);
    }
    return answer;
}

/* libunbound calls it in asker_turn(), never by itself. */
static void
take_result(void *data, int fault, struct ub_result *result)
{
    Question *question = data;
    Asker *asker = question->asker;
    const Question asked = *question;
    DnsAnswer *answer = fault == 0 && result ? answer_of(asker, result)
                                             : wire_answer_new(DNS_SERVFAIL, asker->source, NULL);

    asker->unbound.resolve_free(result);
    g_hash_table_remove(asker->questions, GINT_TO_POINTER(asked.id));
    asked.heard(answer, asked.data);
}

int
asker_ask(Asker *asker, const char *name, DnsType type, AskerHeard heard, gpointer data)
{
    Question *question = g_new0(Question, 1);

    *question = (Question){ asker, 0, heard, data };
    if (asker->unbound.resolve_async(asker->context, name, (int)type, LDNS_RR_CLASS_IN, question,
                                     take_result, &question->id) != 0) {
        g_free(question);
        return 0;
    }
    g_hash_table_insert(asker->questions, GINT_TO_POINTER(question->id), question);
    return question->id;
}

void
asker_cancel(Asker *asker, int id)
{
    asker->unbound.cancel(asker->context, id);      /* the question is forgotten there */
    g_hash_table_remove(asker->questions, GINT_TO_POINTER(id));
}

int
asker_fd(const Asker *asker)
{
    return asker->unbound.fd(asker->context);
}

void
asker_turn(Asker *asker)
{
    asker->unbound.process(asker->context);
}

/* ---- the probe: the root's keys must be there, signed, and fit the anchor ---- */

static void
choose(Asker *asker, gboolean validates)
{
    struct ub_ctx *other = validates ? asker->plain : asker->context;

    asker->context = validates ? asker->context : asker->plain;
    asker->plain = NULL;
    asker->validates = validates;
    asker->probe = PROBE_DONE;
    asker->unbound.ctx_delete(other);
}

static void
take_probe(DnsAnswer *answer, gpointer data)
{
    Asker *asker = data;

    asker->probe_id = 0;
    /* The context cannot be deleted while it calls: asker_probe() does. */
    asker->validates = answer->status == DNS_NOERROR && g_str_equal(answer->dnssec, "secure");
    record_free(&dns_answer_type, answer);
}

gboolean
asker_probe(Asker *asker, gboolean over)
{
    if (asker->probe == PROBE_NOT_BEGUN) {
        asker->validates = TRUE;    /* what comes now is judged; take_probe() decides */
        asker->probe_id = asker_ask(asker, ".", (DnsType)TYPE_DNSKEY, take_probe, asker);
        asker->probe = PROBE_ASKED;
        if (asker->probe_id == 0)
            choose(asker, FALSE);
    } else if (asker->probe == PROBE_ASKED && asker->probe_id == 0) {
        choose(asker, asker->validates);
    } else if (asker->probe == PROBE_ASKED && over) {
        asker_cancel(asker, asker->probe_id);
        choose(asker, FALSE);
    }
    return asker->probe == PROBE_DONE;
}

/* ---- opening ---- */

Asker *
asker_new(const LiveOptions *options, GError **error)
{
    g_autofree Asker *asker = g_new0(Asker, 1);
    const char *anchor = live_anchor(options);

    if (!unbound_load(&asker->unbound, error))
        return NULL;
    asker->context = live_context(&asker->unbound, options, anchor, error);
    if (asker->context && anchor) {
        asker->plain = live_context(&asker->unbound, options, NULL, error);
        if (!asker->plain)
            g_clear_pointer(&asker->context, asker->unbound.ctx_delete);
    }
    if (!asker->context)
        return NULL;
    asker->probe = anchor ? PROBE_NOT_BEGUN : PROBE_DONE;
    asker->source = live_source(options);
    asker->questions = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    return g_steal_pointer(&asker);
}

/* talk.c: DNS for a confined library, through the resolver that our own checks asked.
 * SPDX-License-Identifier: MIT */
#include "peers/talk.h"

#include <dlfcn.h>
#include <string.h>

#include "auth/spf-macro.h"

static const char *const peer_dns_words[] = { "TXT", "A", "AAAA", "MX", "PTR", NULL };
static const DnsType dns_types[] = { DNS_TXT, DNS_A, DNS_AAAA, DNS_MX, DNS_PTR };

#define FIELD(record, member, kind, words) \
    { #member, kind, offsetof(record, member), NULL, words, RECORD_SHOWN }
#define END { NULL, RECORD_STRING, 0, NULL, NULL, RECORD_SHOWN }

static const RecordField ask_fields[] = {
    FIELD(PeerAsk, name, RECORD_STRING, NULL),
    FIELD(PeerAsk, type, RECORD_WORD, peer_dns_words), END
};
static const RecordField answer_fields[] = {
    FIELD(PeerAnswer, version, RECORD_STRING, NULL),
    FIELD(PeerAnswer, result, RECORD_WORD, result_words),
    FIELD(PeerAnswer, open, RECORD_BOOL, NULL),
    FIELD(PeerAnswer, open_name, RECORD_STRING, NULL),
    FIELD(PeerAnswer, explanation, RECORD_STRING, NULL),
    FIELD(PeerAnswer, org, RECORD_STRING, NULL),
    FIELD(PeerAnswer, record, RECORD_STRING, NULL), END
};
const RecordType peer_ask_type = { "peer-ask", sizeof(PeerAsk), ask_fields };
const RecordType peer_answer_type = { "peer-answer", sizeof(PeerAnswer), answer_fields };

static void
note_open(PeerAnswer *out, const char *name, PeerDnsType type)
{
    out->open = TRUE;
    if (!out->open_name)
        out->open_name = g_strdup_printf("%s %s", peer_dns_words[type], name);
}

DnsAnswer *
peer_ask_dns(ChildLine *line, PeerAnswer *out, const char *name, PeerDnsType type)
{
    const PeerAsk ask = { (char *)name, (int)type };
    g_autoptr(GBytes) question = record_save(&peer_ask_type, &ask);
    g_autoptr(GBytes) bytes = child_ask(line, question);
    DnsAnswer *answer = bytes ? record_load(&dns_answer_type, bytes) : NULL;

    if (!answer || dns_is_unknown(answer))
        note_open(out, name, type);
    return answer;
}

/* Libraries make up names (a macro cut short); one that DNS cannot hold exists nowhere. */
static DnsAnswer *
no_such_name(const PeerAsk *ask)
{
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->name = g_strdup(ask->name);
    answer->type = g_strdup(peer_dns_words[ask->type]);
    answer->status = DNS_NXDOMAIN;
    return answer;
}

GBytes *
peer_serve_dns(GBytes *question, Resolver *resolver)
{
    PeerAsk *ask = record_load(&peer_ask_type, question);

    if (!ask || !ask->name) {
        record_free(&peer_ask_type, ask);
        return NULL;
    }
    g_autofree char *name = spf_macro_name(ask->name);
    GBytes *out;
    if (name) {
        out = record_save(&dns_answer_type, resolver_ask(resolver, name, dns_types[ask->type]));
    } else {
        DnsAnswer *none = no_such_name(ask);
        out = record_save(&dns_answer_type, none);
        record_free(&dns_answer_type, none);
    }
    record_free(&peer_ask_type, ask);
    return out;
}

ChildEnd
peer_finish(Child *child, PeerAnswer **answer)
{
    g_autoptr(GBytes) bytes = NULL;
    const ChildEnd end = child_finish(child, &bytes);

    *answer = bytes ? record_load(&peer_answer_type, bytes) : NULL;
    if (*answer && (*answer)->result > RESULT_PERMERROR) {      /* a step's outcome is no verdict */
        record_free(&peer_answer_type, *answer);
        *answer = NULL;
    }
    return end == CHILD_ANSWERED && !*answer ? CHILD_NONSENSE : end;
}

char *
peer_finish_version(Child *child)
{
    PeerAnswer *answer = NULL;

    peer_finish(child, &answer);
    char *version = answer ? g_strdup(answer->version) : NULL;
    record_free(&peer_answer_type, answer);
    return version;
}

/* ISO C has no cast from an object pointer to a function pointer; POSIX gives dlsym() this one. */
gboolean
peer_symbol(gpointer library, const char *name, gpointer slot)
{
    void *symbol = dlsym(library, name);

    memcpy(slot, &symbol, sizeof symbol);
    return symbol != NULL;
}

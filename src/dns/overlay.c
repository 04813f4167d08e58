/* overlay.c: answers as told, from a table in memory; all other questions go below.
 * SPDX-License-Identifier: MIT */
#include "dns/overlay.h"

#include <ldns/ldns.h>
#include <string.h>

#include "base/hash.h"
#include "base/name.h"
#include "base/room.h"
#include "base/translate.h"
#include "dns/rrdata.h"

/* A longer chain of CNAMEs is as useless as a loop (see snapshot.c). */
#define CNAME_MAX 16

#define TTL_ASSUMED 300

/* RFC 1035, 3.3: the most that one string of a TXT record holds. */
#define STRING_MAX 255

/* No type has this number, so it may stand for all of them. */
#define ANY_TYPE 0

struct Overlay {
    char          *source;
    GHashTable    *answers;     /* "TYPE name" -> DnsAnswer, owned */
    ResolverClass  class;
    Resolver      *below;
};

static void
free_answer(gpointer answer)
{
    record_free(&dns_answer_type, answer);
}

Overlay *
overlay_new(const char *source)
{
    Overlay *overlay = g_new0(Overlay, 1);

    overlay->source = g_strdup(source);
    overlay->answers = g_hash_table_new_full(hash_text, g_str_equal, g_free, free_answer);
    return overlay;
}

void
overlay_free(Overlay *overlay)
{
    if (!overlay)
        return;
    g_hash_table_unref(overlay->answers);
    g_free(overlay->source);
    g_free(overlay);
}

/* ---- what is told ---- */

static char *
key_of(const char *name, guint type)
{
    const gsize length = strlen(name);
    char *key = g_malloc(length + ROOM_INT + 2);
    char *at = room_put_int(key, type);

    *at++ = ' ';
    memcpy(at, name, length + 1);
    return key;
}

static DnsAnswer *
answer_new(const Overlay *overlay, DnsStatus status)
{
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->status = (int)status;
    answer->source = g_strdup(overlay->source);
    answer->dnssec = g_strdup("unknown");
    return answer;
}

static const DnsAnswer *
told(const Overlay *overlay, const char *name, guint type)
{
    g_autofree char *key = key_of(name, type);

    return g_hash_table_lookup(overlay->answers, key);
}

/* A record after a status, or the reverse: the last word holds. */
static void
add_record(Overlay *overlay, const char *name, guint type, gint64 ttl, DnsRecord *record)
{
    char *key = key_of(name, type);
    DnsAnswer *answer = g_hash_table_lookup(overlay->answers, key);

    if (answer && answer->status == DNS_NOERROR) {
        answer->ttl = MIN(answer->ttl, ttl);
        g_free(key);
    } else {
        answer = answer_new(overlay, DNS_NOERROR);
        answer->ttl = ttl;
        g_hash_table_replace(overlay->answers, key, answer);
    }
    g_ptr_array_add(answer->records, record);
}

void
overlay_add_status(Overlay *overlay, const char *name, DnsType type, DnsStatus status)
{
    g_hash_table_replace(overlay->answers, key_of(name, (guint)type), answer_new(overlay, status));
}

/* ldns takes the end of the line for the quotation mark that is missing. */
static gboolean
quotes_are_closed(const char *line)
{
    gboolean open = FALSE;

    for (const char *c = line; *c; c++) {
        if (*c == '\\' && c[1])
            c++;
        else if (*c == '"')
            open = !open;
    }
    return !open;
}

/* The owner in the form that questions use; NULL where nobody could ask for it. (transfer full) */
static char *
owner_name(const ldns_rr *rr)
{
    if (ldns_rr_get_class(rr) != LDNS_RR_CLASS_IN)
        return NULL;
    char *text = ldns_rdf2str(ldns_rr_owner(rr));
    char *name = text ? name_normalise(text) : NULL;

    LDNS_FREE(text);
    return name;
}

gboolean
overlay_add(Overlay *overlay, const char *line, GError **error)
{
    ldns_rr *rr = NULL;
    const ldns_status status = quotes_are_closed(line)
                                   ? ldns_rr_new_frm_str(&rr, line, TTL_ASSUMED, NULL, NULL)
                                   : LDNS_STATUS_SYNTAX_RDATA_ERR;
    g_autofree char *name = status == LDNS_STATUS_OK ? owner_name(rr) : NULL;

    if (name)
        add_record(overlay, name, (guint)ldns_rr_get_type(rr), ldns_rr_ttl(rr), rrdata_record(rr));
    else
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("%s: not a DNS record: %s"),
                    line, status == LDNS_STATUS_OK ? _("name or class")
                                                   : ldns_get_errorstr_by_id(status));
    if (rr)
        ldns_rr_free(rr);
    return name != NULL;
}

void
overlay_add_txt(Overlay *overlay, const char *name, const char *text)
{
    DnsRecord *record = record_new(&dns_record_type);
    g_autoptr(GString) shown = g_string_new("\"");

    for (gsize i = 0; text[i]; i++) {
        if (i > 0 && i % STRING_MAX == 0)
            g_string_append(shown, "\" \"");
        if (text[i] == '"' || text[i] == '\\')
            g_string_append_c(shown, '\\');
        g_string_append_c(shown, text[i]);
    }
    g_string_append_c(shown, '"');
    record->data = g_bytes_new(text, strlen(text));
    record->text = g_strdup(shown->str);
    add_record(overlay, name, DNS_TXT, TTL_ASSUMED, record);
}

/* ---- answering ---- */

static const DnsAnswer *
find(const Overlay *overlay, const char *name, DnsType type)
{
    const DnsAnswer *answer = told(overlay, name, (guint)type);

    return answer ? answer : told(overlay, name, ANY_TYPE);
}

/* The name that an alias told here points to, or NULL. (transfer full) */
static char *
alias_of(const Overlay *overlay, const char *name, DnsType type)
{
    const DnsAnswer *alias = told(overlay, name, DNS_CNAME);

    if (type == DNS_CNAME || told(overlay, name, (guint)type) || !alias ||
        alias->status != DNS_NOERROR)
        return NULL;
    gsize length = 0;
    const char *target = g_bytes_get_data(((const DnsRecord *)alias->records->pdata[0])->data,
                                          &length);
    g_autofree char *text = g_strndup(target, length);
    return name_normalise(text);
}

static DnsAnswer *
overlay_lookup(gpointer self, const char *name, DnsType type)
{
    const Overlay *overlay = self;
    g_autofree char *at = g_strdup(name);
    guint hops = 0;

    for (char *next = NULL; (next = alias_of(overlay, at, type)) != NULL; hops++) {
        g_free(at);
        at = next;
        if (hops >= CNAME_MAX)
            return answer_new(overlay, DNS_SERVFAIL);
    }
    const DnsAnswer *answer = find(overlay, at, type);
    return record_copy(&dns_answer_type, answer ? answer : resolver_ask(overlay->below, at, type));
}

/* Whoever waits, waits for what is below. */
static void
overlay_cancel(gpointer self)
{
    resolver_cancel(((Overlay *)self)->below);
}

static char *
overlay_waiting(gpointer self)
{
    return resolver_waiting(((Overlay *)self)->below);
}

static void
overlay_close(gpointer self)
{
    overlay_free(self);
}

Resolver *
resolver_overlay(Overlay *overlay, Resolver *below)
{
    overlay->below = below;
    overlay->class = (ResolverClass){
        .name = resolver_source(below),
        .lookup = overlay_lookup,
        .close = overlay_close,
        .cancel = overlay_cancel,
        .waiting = overlay_waiting,
    };
    Resolver *resolver = resolver_new(&overlay->class, overlay);
    resolver_share_memo(resolver, below);
    return resolver;
}

/* resolver.c: asking DNS once per question, with notes of what was asked.
 * SPDX-License-Identifier: MIT */
#include "dns/resolver.h"

#include <string.h>

#include "base/again.h"
#include "base/hash.h"
#include "base/room.h"

/* So many answers are remembered from one message to the next: a mailbox may name a domain in each. */
#define REMEMBERED_MAX 10000
/* So many of their records as what was read from them: a key takes 5 KB. */
#define MADE_MAX 500
/* What checks of so many senders found, in fours; 3 KB each. */
#define KEPT_ROWS 64

typedef struct {
    gpointer       thing;
    GDestroyNotify free;
} Kept;

typedef struct {
    const char *name;
    Kept        kept;
} Store;

typedef struct {
    DnsAnswer *answer;      /* owned */
    Evidence  *evidence;    /* held: of all steps that rest on it; NULL: of none yet */
    gsize      message[RESOLVER_TURNS];     /* of each turn, that asked for it last */
} Known;

/* What one message asked. */
typedef struct {
    gsize       message;    /* from 1 */
    GPtrArray  *answers;    /* DnsAnswer of the cache, in the order first asked */
    GHashTable *refused;    /* "TYPE name" -> DnsAnswer, owned: this message asked too much; NULL: not yet */
} Log;

struct Resolver {
    const ResolverClass *class;
    gpointer    self;
    GHashTable *cache;      /* "TYPE name" -> Known, owned */
    GHashTable *known;      /* DnsAnswer of the cache -> its Known */
    Log         logs[RESOLVER_TURNS];       /* made when their turn comes first */
    Log        *log;        /* of whose turn it is */
    guint       turn;
    GPtrArray  *retired;    /* Known, owned: once in the cache, still borrowed by readers */
    Memo       *memo;
    gboolean    keeps;      /* not so an overlay's, which is asked about one message */
    Again      *kept;       /* Kept, by key: what checks found; NULL: nothing yet */
    GArray     *stores;     /* Store: what checks keep in their own way */
    GPtrArray  *asked;      /* answers, as they are given; or NULL */
};

static const struct {
    DnsType     type;
    const char *word;
} type_words[] = {
    { DNS_A, "A" },     { DNS_NS, "NS" }, { DNS_CNAME, "CNAME" }, { DNS_SOA, "SOA" },
    { DNS_PTR, "PTR" }, { DNS_MX, "MX" }, { DNS_TXT, "TXT" },     { DNS_AAAA, "AAAA" },
};

const char *
dns_type_word(DnsType type)
{
    for (gsize i = 0; i < G_N_ELEMENTS(type_words); i++)
        if (type_words[i].type == type)
            return type_words[i].word;
    return "?";
}

DnsType
dns_type_of(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(type_words); i++)
        if (type_words[i].word[0] == g_ascii_toupper(*word) && g_ascii_strcasecmp(type_words[i].word, word) == 0)
            return type_words[i].type;
    return 0;
}

static void
free_answer(gpointer answer)
{
    record_free(&dns_answer_type, answer);
}

static void
known_free(gpointer data)
{
    Known *known = data;

    record_free(&dns_answer_type, known->answer);
    record_free(&evidence_type, known->evidence);
    g_free(known);
}

static void
kept_free(gpointer data)
{
    Kept *kept = data;

    kept->free(kept->thing);
    g_free(kept);
}

static void
store_clear(gpointer data)
{
    const Store *store = data;

    store->kept.free(store->kept.thing);
}

static void
log_clear(Log *log)
{
    g_clear_pointer(&log->answers, g_ptr_array_unref);
    g_clear_pointer(&log->refused, g_hash_table_unref);
}

gboolean
resolver_takes_turns(const Resolver *resolver)
{
    return resolver->class->start == NULL;
}

void
resolver_turn(Resolver *resolver, guint turn)
{
    Log *log = &resolver->logs[turn];

    if (!log->answers)
        *log = (Log){ 1, g_ptr_array_new(), NULL };
    resolver->log = log;
    resolver->turn = turn;
}

Resolver *
resolver_new(const ResolverClass *class, gpointer self)
{
    Resolver *resolver = g_new0(Resolver, 1);

    resolver->class = class;
    resolver->self = self;
    resolver->cache = g_hash_table_new_full(hash_text, g_str_equal, g_free, known_free);
    resolver->known = g_hash_table_new(g_direct_hash, g_direct_equal);
    resolver_turn(resolver, 0);
    resolver->retired = g_ptr_array_new_with_free_func(known_free);
    resolver->memo = memo_new(MADE_MAX);
    resolver->keeps = TRUE;
    resolver->stores = g_array_new(FALSE, FALSE, sizeof(Store));
    g_array_set_clear_func(resolver->stores, store_clear);
    return resolver;
}

void
resolver_free(Resolver *resolver)
{
    if (!resolver)
        return;
    if (resolver->class->close)
        resolver->class->close(resolver->self);
    g_clear_pointer(&resolver->kept, again_free);
    g_array_unref(resolver->stores);
    g_hash_table_unref(resolver->known);
    for (guint i = 0; i < RESOLVER_TURNS; i++)
        log_clear(&resolver->logs[i]);
    g_hash_table_unref(resolver->cache);
    g_ptr_array_unref(resolver->retired);
    memo_unref(resolver->memo);
    g_free(resolver);
}

Resolver *
resolver_twin(const Resolver *resolver)
{
    if (!resolver->class->share)
        return NULL;
    return resolver_new(resolver->class, resolver->class->share(resolver->self));
}

static DnsAnswer *
named(DnsAnswer *answer, const char *name, DnsType type)
{
    g_free(answer->name);
    answer->name = g_strdup(name);
    g_free(answer->type);
    answer->type = g_strdup(dns_type_word(type));
    return answer;
}

static DnsAnswer *
look_up(Resolver *resolver, const char *name, DnsType type)
{
    const gint64 start = g_get_monotonic_time();
    DnsAnswer *answer = resolver->class->lookup(resolver->self, name, type);

    /* What nobody was asked for took no time: two reports of one message are the same. */
    answer->ms = resolver->class->start ? (double)(g_get_monotonic_time() - start) / 1000 : 0;
    return named(answer, name, type);
}

static DnsAnswer *
refuse(const Resolver *resolver, const char *name, DnsType type)
{
    DnsAnswer *answer = record_new(&dns_answer_type);

    answer->status = DNS_TIMEOUT;
    answer->source = g_strdup(resolver->class->name);
    answer->dnssec = g_strdup("unknown");
    answer->why = g_strdup(DNS_TOO_MANY);
    return named(answer, name, type);
}

/* "16 example.com": asked for dozens of times in a message. */
static char *
key_of(const char *name, DnsType type)
{
    const gsize length = strlen(name);
    char *key = g_malloc(length + ROOM_INT + 2);
    char *at = room_put_int(key, (int)type);

    *at++ = ' ';
    memcpy(at, name, length + 1);
    return key;
}

static Known *
known_new(Resolver *resolver, const char *name, DnsType type)
{
    Known *known = g_new0(Known, 1);

    known->answer = look_up(resolver, name, type);
    g_hash_table_insert(resolver->known, known->answer, known);
    return known;
}

static const DnsAnswer *
log_known(const Resolver *resolver, Known *known)
{
    known->message[resolver->turn] = resolver->log->message;
    g_ptr_array_add(resolver->log->answers, known->answer);
    return known->answer;
}

static gboolean
is_logged(const Resolver *resolver, const Known *known)
{
    return known->message[resolver->turn] == resolver->log->message;
}

/* An answer that is there already counts, too: the same message gives the same report, alone or among others. */
static gboolean
may_ask_more(const Resolver *resolver)
{
    return resolver->log->answers->len < DNS_QUESTIONS_MAX;
}

static const DnsAnswer *
refuse_once(const Resolver *resolver, const char *key, const char *name, DnsType type)
{
    Log *log = resolver->log;

    if (!log->refused)
        log->refused = g_hash_table_new_full(hash_text, g_str_equal, g_free, free_answer);
    DnsAnswer *answer = g_hash_table_lookup(log->refused, key);
    if (!answer) {
        answer = refuse(resolver, name, type);
        g_hash_table_insert(log->refused, g_strdup(key), answer);
        g_ptr_array_add(log->answers, answer);
    }
    return answer;
}

static const DnsAnswer *
ask(Resolver *resolver, const char *name, DnsType type)
{
    g_autofree char *key = key_of(name, type);
    Known *known = g_hash_table_lookup(resolver->cache, key);

    if (known && is_logged(resolver, known))
        return known->answer;
    if (!may_ask_more(resolver))
        return refuse_once(resolver, key, name, type);
    if (!known) {
        known = known_new(resolver, name, type);
        g_hash_table_insert(resolver->cache, g_steal_pointer(&key), known);
    }
    return log_known(resolver, known);
}

static const DnsAnswer *
note_asked(const Resolver *resolver, const DnsAnswer *answer)
{
    if (resolver->asked)
        g_ptr_array_add(resolver->asked, (gpointer)answer);
    return answer;
}

const DnsAnswer *
resolver_ask(Resolver *resolver, const char *name, DnsType type)
{
    return note_asked(resolver, ask(resolver, name, type));
}

/* Whoever stands in the cache is found there under its own name and type: neither has to be looked for. */
gboolean
resolver_ask_again(Resolver *resolver, const DnsAnswer *answer)
{
    Known *known = g_hash_table_lookup(resolver->known, answer);

    if (!known || (!is_logged(resolver, known) && !may_ask_more(resolver)))
        return resolver_ask(resolver, answer->name, dns_type_of(answer->type)) == answer;
    if (!is_logged(resolver, known))
        log_known(resolver, known);
    note_asked(resolver, answer);
    return TRUE;
}

Evidence *
resolver_evidence(const Resolver *resolver, const DnsAnswer *answer)
{
    Known *known = g_hash_table_lookup(resolver->known, answer);

    if (!known)
        return evidence_dns(answer);
    if (!known->evidence)
        known->evidence = evidence_dns(answer);
    return record_share(&evidence_type, known->evidence);
}

/* One message's lack of time says nothing about the next one's; nor does a process that died. */
static gboolean
ends_with_message(const Resolver *resolver, const DnsAnswer *answer)
{
    return answer->status == DNS_TIMEOUT || answer->status == DNS_OFFLINE ||
           (resolver->class->remembers && dns_is_trouble(answer));
}

static void
retire_trouble(Resolver *resolver)
{
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init(&iter, resolver->cache);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const Known *known = value;
        if (!ends_with_message(resolver, known->answer))
            continue;
        g_hash_table_iter_steal(&iter);
        g_hash_table_remove(resolver->known, known->answer);
        g_free(key);
        g_ptr_array_add(resolver->retired, value);
    }
}

/* Nobody borrows an answer from one message to the next; those that take turns do not begin before the first of them. */
static void
forget_many(Resolver *resolver)
{
    if (resolver->turn > 0)
        return;
    if (g_hash_table_size(resolver->cache) + resolver->retired->len <= REMEMBERED_MAX)
        return;
    g_hash_table_remove_all(resolver->known);
    g_hash_table_remove_all(resolver->cache);
    g_ptr_array_set_size(resolver->retired, 0);
}

void
resolver_start_log(Resolver *resolver)
{
    Log *log = resolver->log;

    g_ptr_array_set_size(log->answers, 0);
    g_clear_pointer(&log->refused, g_hash_table_unref);
    log->message++;
    forget_many(resolver);
    if (resolver->class->start) {
        retire_trouble(resolver);
        resolver->class->start(resolver->self);
    }
}

Memo *
resolver_memo(const Resolver *resolver)
{
    return resolver->memo;
}

void
resolver_share_memo(Resolver *resolver, const Resolver *other)
{
    memo_unref(resolver->memo);
    resolver->memo = memo_ref(other->memo);
    resolver->keeps = FALSE;
    g_clear_pointer(&resolver->kept, again_free);
    g_array_set_size(resolver->stores, 0);
}

GPtrArray *
resolver_note(Resolver *resolver, GPtrArray *asked)
{
    GPtrArray *before = resolver->asked;

    resolver->asked = asked;
    return before;
}

/* Of one that keeps. Made when something comes: trials have overlays, and this is 14 KB. */
static Again *
kept_of(Resolver *resolver)
{
    if (!resolver->kept)
        resolver->kept = again_new(KEPT_ROWS, kept_free);
    return resolver->kept;
}

void
resolver_keep(Resolver *resolver, const char *key, gpointer thing, GDestroyNotify free)
{
    Kept *kept = g_new(Kept, 1);

    *kept = (Kept){ thing, free };
    if (resolver->keeps)
        again_keep(kept_of(resolver), key, kept);
    else
        kept_free(kept);
}

gboolean
resolver_came(Resolver *resolver, const char *key)
{
    return resolver->keeps && again_came(kept_of(resolver), key);
}

/* Names are literals of those few who keep something, so that looking at where one stands mostly does. */
static const Store *
find_store(const Resolver *resolver, const char *name)
{
    const Store *stores = (const Store *)(const void *)resolver->stores->data;

    for (guint i = 0; i < resolver->stores->len; i++)
        if (stores[i].name == name)
            return &stores[i];
    for (guint i = 0; i < resolver->stores->len; i++)
        if (g_str_equal(stores[i].name, name))
            return &stores[i];
    return NULL;
}

gpointer
resolver_store(Resolver *resolver, const char *name, gpointer (*make)(void), GDestroyNotify free)
{
    if (!resolver->keeps)
        return NULL;
    const Store *found = find_store(resolver, name);
    if (found)
        return found->kept.thing;
    const Store store = { name, { make(), free } };
    g_array_append_val(resolver->stores, store);
    return store.kept.thing;
}

gpointer
resolver_kept(const Resolver *resolver, const char *key)
{
    const Kept *kept = resolver->kept ? again_find(resolver->kept, key) : NULL;

    return kept ? kept->thing : NULL;
}

void
resolver_cancel(Resolver *resolver)
{
    if (resolver->class->cancel)
        resolver->class->cancel(resolver->self);
}

char *
resolver_waiting(Resolver *resolver)
{
    return resolver->class->waiting ? resolver->class->waiting(resolver->self) : NULL;
}

const GPtrArray *
resolver_log(const Resolver *resolver)
{
    return resolver->log->answers;
}

const char *
resolver_source(const Resolver *resolver)
{
    return resolver->class->name;
}

gboolean
dns_is_trouble(const DnsAnswer *answer)
{
    return answer->status == DNS_SERVFAIL || answer->status == DNS_TIMEOUT ||
           answer->status == DNS_BOGUS;
}

gboolean
dns_is_unknown(const DnsAnswer *answer)
{
    return answer->status == DNS_NOT_IN_SNAPSHOT || answer->status == DNS_OFFLINE;
}

gboolean
dns_is_void(const DnsAnswer *answer)
{
    return answer->status == DNS_NODATA || answer->status == DNS_NXDOMAIN ||
           (answer->status == DNS_NOERROR && answer->records->len == 0);
}

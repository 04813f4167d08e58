/* key-fetch.c: from selector and domain to usable keys.
 * SPDX-License-Identifier: MIT */
#include "auth/key-fetch.h"

#include "auth/earlier.h"
#include "base/again-key.h"
#include "base/name.h"
#include "base/room.h"

/* Why this key may not serve this signature, judged by the record's own words; or NULL. */
static const char *
mismatch(const KeyQuestion *question, const Key *key)
{
    if (key_problem(key))
        return key_problem(key);
    if (g_ascii_strcasecmp(key_type(key), question->key_type) != 0 ||
        !key_allows_hash(key, "sha256") || !key_allows_email(key))
        return "key-mismatch";
    if (key_is_strict(key) && question->identity_domain &&
        !g_str_equal(question->identity_domain, question->domain))
        return "key-mismatch";
    return NULL;
}

/* Several records may be tried one by one; of those that cannot be used the first one's fault is told. */
static void
take_keys(const KeyQuestion *question, const DnsAnswer *answer, Memo *memo, KeyFetch *out)
{
    out->reason = "no-key";
    out->result = RESULT_PERMERROR;
    for (guint i = 0; i < answer->records->len; i++) {
        const DnsRecord *record = answer->records->pdata[i];
        g_autoptr(Key) key = key_of_record(memo, record->data);
        const char *reason = mismatch(question, key);
        if (out->bits == 0)
            out->bits = key_bits(key);
        if (!reason)
            g_ptr_array_add(out->keys, g_steal_pointer(&key));
        else if (g_str_equal(out->reason, "no-key"))
            out->reason = reason;
    }
}

static void
judge(const KeyQuestion *question, const DnsAnswer *answer, Memo *memo, KeyFetch *out)
{
    if (dns_is_unknown(answer)) {
        out->reason = answer->status == DNS_OFFLINE ? "offline" : "not-in-snapshot";
        out->result = RESULT_UNKNOWN;
    } else if (dns_is_trouble(answer)) {
        out->reason = "key-dns";
        out->result = RESULT_TEMPERROR;
    } else {
        take_keys(question, answer, memo, out);
    }
}

static void
note(Step *step, const KeyFetch *out)
{
    if (out->bits > 0) {
        g_autofree char *bits = room_int_text(out->bits);
        step_input(step, "key-bits", bits, PROVENANCE_RECOMPUTED);
    }
    if (out->keys->len > 0) {
        step_decide(step, RESULT_YES, PROVENANCE_RECOMPUTED);
        return;
    }
    step_arg(step, out->reason);
    step_decide(step, out->result,
                out->result == RESULT_UNKNOWN ? PROVENANCE_UNKNOWN : PROVENANCE_RECOMPUTED);
}

static void
fetch(const KeyQuestion *question, Resolver *resolver, Step *parent, KeyFetch *out)
{
    g_autofree char *wanted =
        g_strconcat(question->selector, "._domainkey.", question->domain, NULL);
    g_autofree char *name = name_normalise(wanted);
    Step *step = step_add(parent, "dkim-key", "RFC 6376, 6.1.2", wanted, NULL);

    /* A name that DNS cannot hold has no key. */
    *out = (KeyFetch){ .keys = g_ptr_array_new_with_free_func((GDestroyNotify)key_free),
                       .reason = "no-key", .result = RESULT_PERMERROR };
    if (name) {
        const DnsAnswer *answer = resolver_ask(resolver, name, DNS_TXT);
        step_dns(step, resolver, answer);
        judge(question, answer, resolver_memo(resolver), out);
    }
    note(step, out);
}

/* ---- kept for the next message of the same signer ---- */

static gpointer
hold(const KeyFetch *fetch)
{
    KeyFetch *held = g_memdup2(fetch, sizeof *fetch);

    g_ptr_array_ref(held->keys);
    return held;
}

static void
release(gpointer held)
{
    key_fetch_clear(held);
    g_free(held);
}

/* All that it follows from, besides DNS. (transfer full) */
static char *
key_of(const KeyQuestion *question)
{
    GString *key = g_string_sized_new(100);

    again_key_text(key, question->selector);
    again_key_text(key, question->domain);
    again_key_text(key, question->key_type);
    again_key_text(key, question->identity_domain);
    return g_string_free(key, FALSE);
}

void
key_fetch(const KeyQuestion *question, Resolver *resolver, Step *parent, KeyFetch *out)
{
    Again *store = earlier_store(resolver, "key");

    if (!store) {
        fetch(question, resolver, parent, out);
        return;
    }
    g_autofree char *key = key_of(question);
    const KeyFetch *known = earlier_again(again_find(store, key), resolver, parent);
    if (known) {
        *out = *known;
        g_ptr_array_ref(out->keys);
        return;
    }
    Earlier earlier = earlier_begin(resolver, parent);
    fetch(question, resolver, parent, out);
    again_keep(store, key, earlier_hold(&earlier, again_came(store, key) ? hold(out) : NULL, release));
}

void
key_fetch_clear(KeyFetch *fetch)
{
    g_clear_pointer(&fetch->keys, g_ptr_array_unref);
}

gboolean
key_fetch_verify_digest(const KeyFetch *fetch, const guint8 *signature, gsize length,
                        const guint8 digest[KEY_DIGEST])
{
    for (guint i = 0; i < fetch->keys->len; i++)
        if (key_verify_digest(fetch->keys->pdata[i], signature, length, digest))
            return TRUE;
    return FALSE;
}

gboolean
key_fetch_verify(const KeyFetch *fetch, const guint8 *signature, gsize length, const GString *data)
{
    for (guint i = 0; i < fetch->keys->len; i++)
        if (key_verify(fetch->keys->pdata[i], signature, length, data->str, data->len))
            return TRUE;
    return FALSE;
}

/* names-key.c: what questions about names and results look at.
 * SPDX-License-Identifier: MIT */
#include "receivers/names-key.h"

#include "base/again-key.h"

/* Strangers choose how many signatures there are, and how long names. */
#define KEY_MAX 1500
#define KEY_USUAL 300

static gboolean
is_shared(const RecordShared *shared)
{
    return g_atomic_int_get(&shared->others) > 0;
}

static void
add_signature(GString *key, const DkimResult *signature)
{
    again_key_text(key, signature->domain);
    again_key_text(key, signature->algorithm);
    again_key_thing(key, signature->reason);
    again_key_number(key, signature->result);
    again_key_number(key, signature->key_bits);
    again_key_number(key, signature->key_gone);
    again_key_number(key, signature->provenance);
}

static void
add_names(GString *key, const Report *report)
{
    const char *author = report->from->domain, *sender = envelope_spf_domain(report->envelope);

    again_key_text(key, author);
    again_key_text(key, sender);
    again_key_text(key, report->envelope->mail_from->domain);
    again_key_text(key, report->sender ? report->sender->domain : NULL);
    again_key_text(key, report->reply_to ? report->reply_to->domain : NULL);
    again_key_number(key, check_name_exists(report, author));
    again_key_number(key, check_name_exists(report, sender));
}

char *
names_key(const CheckInput *input)
{
    const Report *report = input->report;
    const DmarcPair *dmarc = report->dmarc;
    const SpfResult *spf = report->spf->mail_from;

    if (!is_shared(&dmarc->rfc9989->shared) || !is_shared(&dmarc->rfc7489->shared) || !is_shared(&spf->shared))
        return NULL;
    GString *key = g_string_sized_new(KEY_USUAL);
    again_key_thing(key, dmarc->rfc7489);
    again_key_thing(key, report_dmarc(report));
    again_key_thing(key, spf);
    again_key_number(key, report->arc->result);
    again_key_number(key, input->partial);
    again_key_number(key, input->message != NULL);
    again_key_number(key, input->seen[SEEN_LIST_POST].count > 0);
    add_names(key, report);
    for (guint i = 0; i < report->dkim->len && key->len <= KEY_MAX; i++)
        add_signature(key, report->dkim->pdata[i]);
    return g_string_free(key, key->len > KEY_MAX);
}

/* dmarc-kept.c: what both RFCs made of one author, kept.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-kept.h"

#include "base/again-key.h"
#include "headers/authres.h"
#include "headers/identities.h"

static Again *
store_of(const DmarcQuestion *ask)
{
    return earlier_store(ask->resolver, "dmarc");
}

/* ---- what it follows from ---- */

static void
add_identifier(GString *key, const DmarcQuestion *ask, const Identifier *identifier)
{
    const gboolean spf = g_str_equal(identifier->mechanism, "spf");
    const Report *report = ask->report;
    const DkimResult *signature = identifier->signature == RECORD_UNSET ? NULL : report->dkim->pdata[identifier->signature];
    const GPtrArray *evidence = NULL;

    if (signature)
        evidence = signature->evidence;
    else if (spf)
        evidence = report->envelope->mail_from->evidence;
    again_key_text(key, identifier->mechanism);
    again_key_text(key, identifier->domain);
    again_key_text(key, identifier->reported);
    again_key_number(key, identifier->authenticated);
    again_key_number(key, identifier->basis);
    again_key_number(key, identifier->temporary);
    again_key_number(key, signature ? identifier->signature : -1);
    again_key_text(key, signature ? signature->selector : NULL);
    again_key_number(key, evidence ? (gint64)evidence_provenance(evidence) : -1);
}

static void
add_reported(GString *key, const DmarcQuestion *ask)
{
    const ReportedResult *claim = authres_claim(ask->report, "dmarc");
    const ReportedResult *trusted = authres_trusted(ask->report, "dmarc");

    again_key_number(key, authres_has_own_block(ask->report));
    again_key_text(key, claim ? claim->result : NULL);
    again_key_number(key, claim && authres_is_about(claim, ask->author));
    again_key_text(key, trusted ? trusted->result : NULL);
    again_key_number(key, trusted && authres_is_about(trusted, ask->author));
}

char *
dmarc_kept_key(const DmarcQuestion *ask)
{
    if (!store_of(ask))
        return NULL;
    GString *key = g_string_sized_new(250);
    again_key_text(key, ask->author);
    again_key_number(key, ask->report->from->assumed_exists);
    again_key_number(key, (gint64)evidence_provenance(ask->report->from->evidence));
    again_key_thing(key, ask->psl);
    again_key_number(key, identities_signatures_lost(ask->report));
    add_reported(key, ask);
    for (guint i = 0; i < ask->identifiers->len; i++)
        add_identifier(key, ask, ask->identifiers->pdata[i]);
    return g_string_free(key, FALSE);
}

/* ---- kept ---- */

const DmarcFound *
dmarc_kept_find(const DmarcQuestion *ask, const char *key)
{
    return key ? earlier_again(again_find(store_of(ask), key), ask->resolver, NULL) : NULL;
}

static DmarcHalf
hold(const DmarcHalf *half)
{
    return (DmarcHalf){ record_share(&dmarc_result_type, half->result), branches_hold(&half->branches) };
}

static void
clear(DmarcHalf *half)
{
    record_free(&dmarc_result_type, half->result);
    branches_release(&half->branches);
}

static void
found_free(gpointer data)
{
    DmarcFound *found = data;

    clear(&found->rfc9989);
    clear(&found->rfc7489);
    g_free(found);
}

static DmarcFound *
found_new(const DmarcHalf *rfc9989, const DmarcHalf *rfc7489)
{
    DmarcFound *found = g_new(DmarcFound, 1);

    *found = (DmarcFound){ hold(rfc9989), hold(rfc7489) };
    return found;
}

void
dmarc_kept_end(const DmarcQuestion *ask, const char *key, Earlier *earlier, const DmarcHalf *rfc9989,
               const DmarcHalf *rfc7489)
{
    Again *store = store_of(ask);
    const gboolean came = again_came(store, key);

    /* Where it was kept before, DNS says something else now. */
    again_keep(store, key, earlier_hold(earlier, came && rfc9989 ? found_new(rfc9989, rfc7489) : NULL, found_free));
}

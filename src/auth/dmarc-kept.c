/* dmarc-kept.c: what both RFCs made of one author, kept.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-kept.h"

#include <string.h>

#include "auth/fidelity.h"
#include "base/again.h"
#include "base/room.h"
#include "headers/authres.h"

/* So many outcomes in fours, some 10 KB each. */
#define ROWS 16

static gpointer
store_new(void)
{
    return again_new(ROWS, earlier_free);
}

static void
store_free(gpointer store)
{
    again_free(store);
}

static Again *
store_of(const DmarcQuestion *ask)
{
    return resolver_store(ask->resolver, "dmarc", store_new, store_free);
}

/* ---- what it follows from ---- */

static void
add_number(GString *key, gint64 number)
{
    char *at = room_make(key, ROOM_INT + 1);

    at = room_put_int(at, number);
    *at++ = ' ';
    room_took(key, at);
}

/* With its length, so that no text of a stranger's looks like two. */
static void
add_text(GString *key, const char *text)
{
    const gsize length = text ? strlen(text) : 0;

    add_number(key, text ? (gint64)length : -1);
    if (text)
        room_append(key, text, length);
}

static void
add_identifier(GString *key, const DmarcQuestion *ask, const Identifier *identifier)
{
    const gboolean spf = g_str_equal(identifier->mechanism, "spf");
    const Report *report = ask->report;
    const GPtrArray *evidence = NULL;

    if (identifier->signature != RECORD_UNSET)
        evidence = ((const DkimResult *)report->dkim->pdata[identifier->signature])->evidence;
    else if (spf)
        evidence = report->envelope->mail_from->evidence;
    add_text(key, identifier->mechanism);
    add_text(key, identifier->domain);
    add_text(key, identifier->reported);
    add_number(key, identifier->authenticated);
    add_number(key, identifier->basis);
    add_number(key, identifier->temporary);
    add_number(key, identifier->signature == RECORD_UNSET ? -1 : identifier->signature);
    add_number(key, evidence ? (gint64)evidence_provenance(evidence) : -1);
}

static void
add_reported(GString *key, const DmarcQuestion *ask)
{
    const ReportedResult *claim = authres_claim(ask->report, "dmarc");
    const ReportedResult *trusted = authres_trusted(ask->report, "dmarc");

    add_number(key, authres_has_own_block(ask->report));
    add_text(key, claim ? claim->result : NULL);
    add_number(key, claim && authres_is_about(claim, ask->author));
    add_text(key, trusted ? trusted->result : NULL);
    add_number(key, trusted && authres_is_about(trusted, ask->author));
}

char *
dmarc_kept_key(const DmarcQuestion *ask)
{
    if (!store_of(ask))
        return NULL;
    GString *key = g_string_sized_new(250);
    room_append(key, "dmarc ", 6);
    add_text(key, ask->author);
    add_number(key, ask->report->from->assumed_exists);
    add_number(key, (gint64)evidence_provenance(ask->report->from->evidence));
    add_number(key, (gint64)GPOINTER_TO_SIZE(ask->psl));
    add_number(key, fidelity_hides_signatures(ask->report));
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

static void
free_step(gpointer step)
{
    record_free(&step_type, step);
}

static DmarcHalf
hold(const DmarcHalf *half)
{
    DmarcHalf held = { record_share(&dmarc_result_type, half->result), record_share(&step_type, half->policy),
                       g_ptr_array_new_with_free_func(free_step) };

    for (guint i = 0; i < half->alignments->len; i++) {
        Step *step = record_copy_sharing(&step_type, half->alignments->pdata[i]);
        for (guint k = 0; k < step->evidence->len; k++)
            record_free(&evidence_type, step->evidence->pdata[k]);
        g_ptr_array_set_size(step->evidence, 0);
        g_ptr_array_add(held.alignments, step);
    }
    return held;
}

static void
clear(DmarcHalf *half)
{
    record_free(&dmarc_result_type, half->result);
    record_free(&step_type, half->policy);
    g_ptr_array_unref(half->alignments);
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

/* arc-set.c: which ARC fields belong together.
 * SPDX-License-Identifier: MIT */
#include "auth/arc-set.h"

#include <string.h>

#include "auth/dkim-sig.h"
#include "base/base64.h"
#include "base/name.h"

/* More than 50 sets are not allowed (4.2.1): that such a number stands there is told. */
static gint64
instance_of(ArcChain *chain, const char *text)
{
    const gint64 instance = arc_instance_number(text);
    const gsize digits = text ? strspn(text, "0123456789") : 0;

    if (instance == 0 && digits > 0 && !text[digits] && strspn(text, "0") < digits)
        chain->beyond = TRUE;
    return instance;
}

/* "i=1;" at the very start of an ARC-Authentication-Results (4.1.1). */
static gint64
report_instance(ArcChain *chain, const Message *message, const Field *field)
{
    g_autofree char *value = field_value(message, field);
    char *semicolon = strchr(value, ';');

    if (!semicolon)
        return 0;
    *semicolon = '\0';
    char *equals = strchr(value, '=');
    if (!equals)
        return 0;
    *equals = '\0';
    return g_str_equal(g_strstrip(value), "i") ? instance_of(chain, g_strstrip(equals + 1)) : 0;
}

static gint64
tagged_instance(ArcChain *chain, const Message *message, const Field *field, TagList **tags)
{
    *tags = taglist_parse(span_in(message_raw(message), field->value), span_length(field->value));
    return instance_of(chain, taglist_get(*tags, "i"));
}

static void
take(ArcChain *chain, gint64 instance, gsize slot, guint index)
{
    if (instance == 0) {
        chain->problem = "structure";
        return;
    }
    ArcSet *set = &chain->set[instance];
    int *place = slot == 0 ? &set->aar : slot == 1 ? &set->ams : &set->seal;
    if (*place >= 0)
        set->repeated = TRUE;
    else
        *place = (int)index;
    chain->highest = MAX(chain->highest, (int)instance);
}

static void
take_seal(ArcChain *chain, const Message *message, guint index)
{
    TagList *tags = NULL;
    const gint64 instance = tagged_instance(chain, message, message_field(message, index), &tags);

    take(chain, instance, 2, index);
    if (instance > 0 && !chain->set[instance].seal_tags) {
        ArcSet *set = &chain->set[instance];
        set->seal_tags = tags;
        set->cv = g_strdup(taglist_get(tags, "cv"));
        set->sealer = name_of_signer(taglist_get(tags, "d"));
        return;
    }
    taglist_free(tags);
}

/* Most mail has none. */
static gboolean
has_any(const Message *message)
{
    return message_find(message, "ARC-Seal", 0) >= 0 || message_find(message, "ARC-Message-Signature", 0) >= 0 ||
           message_find(message, "ARC-Authentication-Results", 0) >= 0;
}

static void
collect(const Message *message, ArcChain *chain)
{
    for (guint i = 0; i < message_n_fields(message); i++) {
        const Field *field = message_field(message, i);
        TagList *tags = NULL;
        if (message_field_is(message, field, "ARC-Authentication-Results"))
            take(chain, report_instance(chain, message, field), 0, i);
        else if (message_field_is(message, field, "ARC-Message-Signature"))
            take(chain, tagged_instance(chain, message, field, &tags), 1, i);
        else if (message_field_is(message, field, "ARC-Seal"))
            take_seal(chain, message, i);
        else
            continue;
        chain->any = TRUE;
        taglist_free(tags);
    }
}

/* Exactly one of each for 1 to N; cv=none in the first seal, cv=pass in the others. */
static const char *
structure(const ArcChain *chain)
{
    for (int i = 1; i <= chain->highest; i++) {
        const ArcSet *set = &chain->set[i];
        if (set->aar < 0 || set->ams < 0 || set->seal < 0 || set->repeated)
            return "structure";
        if (g_strcmp0(set->cv, i == 1 ? "none" : "pass") != 0)
            return "structure";
    }
    return chain->highest == 0 ? "structure" : NULL;
}

void
arc_chain_read(const Message *message, ArcChain *chain)
{
    *chain = (ArcChain){ .highest = 0 };
    if (!has_any(message))
        return;
    for (int i = 0; i <= ARC_INSTANCES_MAX; i++)
        chain->set[i].aar = chain->set[i].ams = chain->set[i].seal = -1;
    collect(message, chain);
    if (chain->highest > 0 && g_strcmp0(chain->set[chain->highest].cv, "fail") == 0)
        chain->problem = "cv-fail";
    else if (!chain->problem)
        chain->problem = structure(chain);
}

void
arc_chain_clear(ArcChain *chain)
{
    for (int i = 1; i <= chain->highest; i++) {
        taglist_free(chain->set[i].seal_tags);
        g_free(chain->set[i].cv);
        g_free(chain->set[i].sealer);
    }
}

/* ---- the tags of a seal ---- */

static gboolean
is_number(const char *value)
{
    return !value || (*value && strspn(value, "0123456789") == strlen(value));
}

/* 4.1.3: the tags of a seal; h= must not be there. FALSE where it cannot be one. */
gboolean
arc_seal_read(const TagList *tags, ArcSeal *seal)
{
    const char *algorithm = taglist_get(tags, "a"), *b = taglist_get(tags, "b");
    const char *d = taglist_get(tags, "d"), *s = taglist_get(tags, "s");

    *seal = (ArcSeal){ NULL, NULL, NULL, NULL, 0 };
    if (tags->problem || !algorithm || !b || !d || !s || taglist_get(tags, "h") ||
        !is_number(taglist_get(tags, "t")))
        return FALSE;
    if (g_str_equal(algorithm, "rsa-sha256"))
        seal->key_type = g_strdup("rsa");
    else if (g_str_equal(algorithm, "ed25519-sha256"))
        seal->key_type = g_strdup("ed25519");
    g_autofree char *compact = taglist_compact(b);
    seal->signature = base64_decode(compact, &seal->length);
    seal->domain = name_normalise(d);
    seal->selector = name_normalise(s);
    return seal->key_type && seal->signature && seal->domain && seal->selector;
}

void
arc_seal_clear(ArcSeal *seal)
{
    g_free(seal->domain);
    g_free(seal->selector);
    g_free(seal->key_type);
    g_free(seal->signature);
}

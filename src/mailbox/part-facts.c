/* part-facts.c: an origin as octets.
 * SPDX-License-Identifier: MIT */
#include "mailbox/part-facts.h"

typedef struct {
    char       *kind, *fidelity;
    const char *cut;
    gint64      whole;
    GPtrArray  *repairs;    /* Repair */
    GPtrArray  *notes;      /* Finding */
} Facts;

#define FIELD(member, kind, type) { #member, kind, offsetof(Facts, member), type, NULL, RECORD_SHOWN }
static const RecordField fields[] = {
    FIELD(kind, RECORD_STRING, NULL), FIELD(fidelity, RECORD_STRING, NULL), FIELD(cut, RECORD_ID, NULL),
    FIELD(whole, RECORD_INT, NULL), FIELD(repairs, RECORD_LIST, &repair_type),
    FIELD(notes, RECORD_LIST, &finding_type), { NULL, RECORD_STRING, 0, NULL, NULL, RECORD_SHOWN }
};
static const RecordType facts_type = { "mailbox-facts", sizeof(Facts), fields };

/* Borrowed: nothing of it is freed. */
GBytes *
part_facts_save(const Origin *origin, const char *cut, gsize whole)
{
    const Facts facts = { origin->kind, origin->fidelity, cut, (gint64)whole, origin->repairs, origin->notes };

    return record_save(&facts_type, &facts);
}

Origin *
part_facts_load(GBytes *saved, const char **cut, gsize *whole)
{
    Origin *origin = origin_new("mbox");
    Facts *facts = record_load(&facts_type, saved);

    *cut = NULL;
    *whole = 0;
    if (!facts)
        return origin;
    g_free(origin->fidelity);
    origin->fidelity = g_steal_pointer(&facts->fidelity);
    record_copy_into(&repair_type, origin->repairs, facts->repairs);
    record_copy_into(&finding_type, origin->notes, facts->notes);
    *cut = facts->cut;
    *whole = (gsize)MAX(facts->whole, 0);
    record_free(&facts_type, facts);
    return origin;
}

/* inputs-policy.c: edited tags of the policy record that governs, wherever each RFC finds it.
 * SPDX-License-Identifier: MIT */
#include "analysis/inputs.h"

#include "auth/dmarc-policy.h"
#include "base/name.h"
#include "dns/overlay.h"
#include "whatif/outcome.h"
#include "whatif/record.h"

/* As the checks do (RFC 9989, 11.5). */
#define AUTHORS_MAX 10

static DmarcPolicy *
discover(const Inputs *inputs, const Report *report, const char *author, gboolean legacy)
{
    g_autoptr(GPtrArray) queries = g_ptr_array_new_with_free_func(g_free);
    const DmarcLog log = { inputs->resolver, queries, NULL };
    Step *step = step_add(NULL, "policy", NULL, NULL);
    DmarcPolicy *policy = dmarc_policy_find(author, legacy, inputs->options.psl,
                                            (Tri)report->from->assumed_exists, &log, step);

    record_free(&step_type, step);
    return policy;
}

/* Each edit of a tag. */
static void
refuse(const Inputs *inputs, Report *report, const char *id, const char *author)
{
    for (guint i = 0; i < edits_length(inputs->edits); i++) {
        const WhatIf *edit = edits_get(inputs->edits, i);
        if (record_is_tag(edit->key) && edits_counts(inputs->edits, i))
            outcome_refuse(report, id, edit, author);
    }
}

/* It replaces what stood there. FALSE: there is nothing to edit, and nothing is made. */
static gboolean
write_record(const Inputs *inputs, const char *domain, const char *text, Overlay *overlay)
{
    g_autofree char *edited = record_edit_tags(text, inputs->edits);
    g_autofree char *wanted = g_strconcat("_dmarc.", domain, NULL);
    g_autofree char *name = name_normalise(wanted);

    if (!edited || !name)
        return FALSE;
    overlay_add_status(overlay, name, DNS_TXT, DNS_NODATA);
    overlay_add_txt(overlay, name, edited);
    return TRUE;
}

/* Where neither RFC finds a record, p= makes one of the author's own. */
static void
edit_author(const Inputs *inputs, Report *report, const char *author, Overlay *overlay)
{
    gboolean open = FALSE, found = FALSE;

    for (guint legacy = 0; legacy < 2; legacy++) {
        DmarcPolicy *policy = discover(inputs, report, author, legacy != 0);
        open = open || policy->state == DISCOVERY_OPEN || policy->state == DISCOVERY_TROUBLE;
        if (policy->record_text && write_record(inputs, policy->record_domain,
                                                policy->record_text, overlay))
            found = TRUE;
        dmarc_policy_free(policy);
    }
    if (!found && !write_record(inputs, author, NULL, overlay))
        refuse(inputs, report, open ? "what-if-record-unknown" : "what-if-no-record", author);
}

void
inputs_edit_policies(Inputs *inputs, Report *report)
{
    const GPtrArray *domains = report->from->domains;

    if (!record_tags_edited(inputs->edits))
        return;
    Overlay *overlay = overlay_new(EDIT_EVIDENCE);
    for (guint i = 0; i < domains->len && i < AUTHORS_MAX; i++)
        edit_author(inputs, report, domains->pdata[i], overlay);
    inputs->policies = resolver_overlay(overlay, inputs->resolver);
    inputs->resolver = inputs->policies;
    resolver_start_log(inputs->resolver);
}

/* inputs.c: what an analysis works on, with a person's edits in it.
 * SPDX-License-Identifier: MIT */
#include "analysis/inputs.h"

#include "whatif/bytes.h"
#include "whatif/edit-value.h"
#include "whatif/outcome.h"
#include "whatif/zone.h"

/* ---- beginning and end ---- */

static void
refuse_bytes(const Message *message, const GPtrArray *refused, Report *report)
{
    for (guint i = 0; i < refused->len; i++) {
        const WhatIf *edit = refused->pdata[i];
        const gboolean order = g_str_equal(edit->key, "header-order");
        g_autofree char *there = g_strdup_printf(
            "%" G_GSIZE_FORMAT, order ? (gsize)message_n_fields(message)
                                      : span_length(message_body(message)));
        outcome_refuse(report, order ? "what-if-no-field" : "what-if-no-byte", edit, there);
    }
}

static void
edit_bytes(Inputs *inputs, Report *report)
{
    g_autoptr(GPtrArray) refused = g_ptr_array_new();

    inputs->copy = bytes_edit(inputs->message, inputs->edits, refused);
    refuse_bytes(inputs->message, refused, report);
    if (inputs->copy)
        inputs->message = inputs->copy;
}

/* The hosts that are trusted already, and those of the edits. */
static void
edit_trust(Inputs *inputs)
{
    GPtrArray *hosts = g_ptr_array_new();
    const char *const *given = inputs->options.trusted;

    for (; given && *given; given++)
        g_ptr_array_add(hosts, g_strdup(*given));
    for (guint i = 0; i < edits_length(inputs->edits); i++) {
        const WhatIf *edit = edits_get(inputs->edits, i);
        if (g_str_equal(edit->key, "trust"))
            g_ptr_array_add(hosts, g_strdup(edit->value));
    }
    g_ptr_array_add(hosts, NULL);
    inputs->trusted = (char **)g_ptr_array_free(hosts, FALSE);
    inputs->options.trusted = (const char *const *)inputs->trusted;
}

static void
edit_options(Inputs *inputs)
{
    IdentityOverrides *given = &inputs->options.identities;
    const char *at = edits_value(inputs->edits, "at");
    const struct { const char *key, **slot; } items[] = {
        { "mail-from", &given->mail_from }, { "helo", &given->helo }, { "ip", &given->ip },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(items); i++) {
        const char *value = edits_value(inputs->edits, items[i].key);
        if (value)
            *items[i].slot = value;
    }
    if (at)
        inputs->options.at = edit_read_time(at);
    edit_trust(inputs);
}

void
inputs_open(Inputs *inputs, const Message *message, Resolver *resolver,
            const AnalysisOptions *options, Report *report)
{
    *inputs = (Inputs){ .message = message, .resolver = resolver, .options = *options };
    if (!options->trial)    /* it belongs to the run that asks for it, and to that one's time */
        resolver_start_log(resolver);
    if (edits_length(options->edits) == 0)
        return;
    inputs->edits = options->edits;
    if (message)
        edit_bytes(inputs, report);
    edit_options(inputs);
    Overlay *answers = zone_overlay(inputs->edits);
    if (!answers)
        return;
    inputs->names = zone_names(inputs->edits);
    inputs->overlay = resolver_overlay(answers, resolver);
    inputs->resolver = inputs->overlay;
    resolver_start_log(inputs->resolver);
}

void
inputs_close(Inputs *inputs)
{
    if (inputs->filtered)
        g_ptr_array_unref(inputs->filtered);
    if (inputs->names)
        g_hash_table_unref(inputs->names);
    g_strfreev(inputs->trusted);
    resolver_free(inputs->policies);
    resolver_free(inputs->overlay);
    message_free(inputs->copy);
}

/* ---- names ---- */

void
inputs_read_authors(Inputs *inputs, Report *report)
{
    const AuthorOverrides given = {
        .from = edits_value(inputs->edits, "from"),
        .sender = edits_value(inputs->edits, "sender"),
        .reply_to = edits_value(inputs->edits, "reply-to"),
        .option = EDIT_EVIDENCE,
    };

    if (!inputs_know_names(inputs, report)) {
        inputs->looked = TRUE;
        identities_authors_as(inputs->message, &given, report);
    }
    inputs_edit_policies(inputs, report);
}

static void
name_evidence(EnvelopeItem *item)
{
    for (guint i = 0; i < item->evidence->len; i++) {
        if (((const Evidence *)item->evidence->pdata[i])->kind != EVIDENCE_OPTION)
            continue;
        Evidence *evidence = record_own(&evidence_type, &item->evidence->pdata[i]);
        g_free(evidence->name);
        evidence->name = g_strdup(EDIT_EVIDENCE);
    }
}

void
inputs_name_envelope(const Inputs *inputs, Report *report)
{
    const Envelope *envelope = report->envelope;

    if (edits_value(inputs->edits, "mail-from"))
        name_evidence(envelope->mail_from);
    if (edits_value(inputs->edits, "helo"))
        name_evidence(envelope->helo);
    if (edits_value(inputs->edits, "ip"))
        name_evidence(envelope->client_ip);
}

/* ---- a message that does not exist yet ---- */

static void
swap_items(EnvelopeItem **a, EnvelopeItem **b)
{
    EnvelopeItem *item = *a;

    *a = *b;
    *b = item;
}

static void
edit_premise_envelope(const Inputs *inputs, Report *report)
{
    const IdentityOverrides *given = &inputs->options.identities;
    Report *edited = report_new();
    const struct { const char *key; EnvelopeItem **slot, **from; } items[] = {
        { "mail-from", &report->envelope->mail_from, &edited->envelope->mail_from },
        { "helo", &report->envelope->helo, &edited->envelope->helo },
        { "ip", &report->envelope->client_ip, &edited->envelope->client_ip },
    };

    identities_envelope(NULL, given, edited);
    for (gsize i = 0; i < G_N_ELEMENTS(items); i++)
        if (edits_value(inputs->edits, items[i].key))
            swap_items(items[i].slot, items[i].from);
    report_free(edited);
    inputs_name_envelope(inputs, report);
}

static void
edit_premise_authors(const Inputs *inputs, Report *report)
{
    const AuthorOverrides given = { .from = edits_value(inputs->edits, "from"),
                                    .option = EDIT_EVIDENCE };
    const int assumed_exists = report->from->assumed_exists;

    if (!given.from)
        return;
    record_free(&author_type, report->from);
    report->from = record_new(&author_type);
    report->from->assumed_exists = assumed_exists;
    identities_authors_as(NULL, &given, report);
}

void
inputs_edit_premise(Inputs *inputs, Report *report)
{
    static const char *const of_messages[] = { "sender", "reply-to", "trust", "body-byte",
                                               "header-order", NULL };

    if (!inputs->edits)
        return;
    for (guint i = 0; i < edits_length(inputs->edits); i++) {
        const WhatIf *edit = edits_get(inputs->edits, i);
        if (g_strv_contains(of_messages, edit->key))
            outcome_refuse(report, "what-if-no-message", edit, NULL);
    }
    edit_premise_authors(inputs, report);
    edit_premise_envelope(inputs, report);
    inputs_edit_policies(inputs, report);
}

/* ---- what follows ---- */

/* Everything that the checks wrote about one RFC's identifiers moves to the tree that counts. */
static void
move_notes(Step *from, Step *to)
{
    for (guint i = 0, place = 0; i < from->children->len;) {
        const Step *child = from->children->pdata[i];
        if (g_str_equal(child->id, "alignment")) {
            i++;
            continue;
        }
        g_ptr_array_insert(to->children, (int)place++,
                           g_ptr_array_steal_index(from->children, i));
    }
}

/* One author's tree: both have the same branches in the same order; ARC's notes stand only in one. */
static void
move_branches(Step *from, Step *to)
{
    for (guint i = 0; i < from->children->len && i < to->children->len; i++) {
        Step *branch = from->children->pdata[i];
        if (branch->group || g_str_equal(branch->id, "dmarc"))
            (g_str_equal(branch->id, "dmarc") ? move_branches : move_notes)(
                branch, to->children->pdata[i]);
    }
    while (from->children->len > to->children->len)
        g_ptr_array_add(to->children,
                        g_ptr_array_steal_index(from->children, to->children->len));
}

static void
count_other_rfc(Report *report)
{
    Step *tree = report->tree;

    move_branches(report->tree, report->tree_7489);
    report->tree = report->tree_7489;
    report->tree_7489 = tree;
}

void
inputs_settle(const Inputs *inputs, Report *report)
{
    if (!inputs->edits)
        return;
    outcome_list(inputs->edits, report);
    if (inputs->options.trial)      /* what rests on what, nobody asks */
        return;
    if (g_strcmp0(edits_value(inputs->edits, "rfc"), "7489") == 0)
        count_other_rfc(report);
    outcome_mark_assumed(report->tree);
    outcome_mark_assumed(report->tree_7489);
    outcome_rest_on_edits(record_own(&dmarc_result_type, (gpointer *)&report->dmarc->rfc9989), report->tree);
    outcome_rest_on_edits(record_own(&dmarc_result_type, (gpointer *)&report->dmarc->rfc7489), report->tree_7489);
}

void
inputs_list(const Inputs *inputs, Report *report)
{
    if (!inputs->edits || inputs->options.trial)
        return;
    outcome_note_unasked(inputs->edits, report);
    if (!inputs->options.known)
        return;
    report->what_if_before = report_dmarc(inputs->options.known)->result;
    report->what_if_asked = g_strdup(report_dmarc(inputs->options.known)->applied);
}

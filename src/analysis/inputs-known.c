/* inputs-known.c: what no edit touches, taken from the run without edits instead of being done again.
 * SPDX-License-Identifier: MIT */
#include "analysis/inputs.h"

#include "whatif/bytes.h"
#include "whatif/zone.h"

/* ---- whether it holds ---- */

/* The run without edits, by the same bytes; or NULL. */
static const Report *
known_of(const Inputs *inputs)
{
    const Report *known = inputs->options.known;

    if (!known || known->what_if->len > 0 || !known->tree || inputs->copy)
        return NULL;
    return known;
}

static gboolean
is_edited(const Inputs *inputs, const char *const *keys)
{
    for (; *keys; keys++)
        if (edits_value(inputs->edits, *keys))
            return TRUE;
    return FALSE;
}

/* No answer that the known run asked for as number `from` up to `to` is edited. */
static gboolean
answers_hold(const Inputs *inputs, const Report *known, gint64 from, gint64 to)
{
    for (gint64 i = MAX(from, 0); inputs->names && i < to && i < known->dns->len; i++)
        if (g_hash_table_contains(inputs->names, ((const DnsAnswer *)known->dns->pdata[i])->name))
            return FALSE;
    return from >= 0 && to >= from;     /* unset: a report of another kind */
}

/* ---- pieces ---- */

/* Notes of that id, in the order in which they stand; their own are not looked into. */
static void
find_notes(const Step *step, const char *id, GPtrArray *found)
{
    if (g_str_equal(step->id, id)) {
        g_ptr_array_add(found, (gpointer)step);
        return;
    }
    for (guint i = 0; i < step->children->len; i++)
        find_notes(step->children->pdata[i], id, found);
}

static void
forget_cause(Step *step)
{
    step->cause = FALSE;
    for (guint i = 0; i < step->children->len; i++)
        forget_cause(step->children->pdata[i]);
}

/* One of these; NULL where there is none, and in a trial, of which nobody reads the tree. (transfer full) */
static Step *
copy_note(const Inputs *inputs, const GPtrArray *notes, guint index)
{
    if (index >= notes->len || inputs->options.trial)
        return NULL;
    Step *copy = record_copy(&step_type, notes->pdata[index]);
    forget_cause(copy);
    return copy;
}

static void
take_findings(const Report *known, gint64 from, gint64 to, Report *report)
{
    for (gint64 i = MAX(from, 0); i < to && i < known->findings->len; i++)
        g_ptr_array_add(report->findings, record_copy_sharing(&finding_type, known->findings->pdata[i]));
}

/* They are asked for again, from the resolver's memory: they belong to the log of this run. A trial's is not read. */
static void
ask_again(const Inputs *inputs, const Report *known, gint64 from, gint64 to)
{
    for (gint64 i = MAX(from, 0); !inputs->options.trial && i < to && i < known->dns->len; i++) {
        const DnsAnswer *answer = known->dns->pdata[i];
        resolver_ask(inputs->resolver, answer->name, dns_type_of(answer->type));
    }
}

static void
take_list(const RecordType *type, GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, record_copy_sharing(type, from->pdata[i]));
}

static void
take_one(const RecordType *type, gpointer *slot, gpointer record)
{
    record_free(type, *slot);
    *slot = record ? record_copy_sharing(type, record) : NULL;
}

/* ---- what was read ---- */

gboolean
inputs_know_source(const Inputs *inputs, Report *report)
{
    const Report *known = known_of(inputs);

    if (!known || known->found_source == RECORD_UNSET)
        return FALSE;
    take_one(&source_info_type, (gpointer *)&report->source, known->source);
    take_one(&delivery_status_type, (gpointer *)&report->delivery_status, known->delivery_status);
    take_findings(known, 0, known->found_source, report);
    return TRUE;
}

gboolean
inputs_know_names(const Inputs *inputs, Report *report)
{
    static const char *const keys[] = { "from", "sender", "reply-to", NULL };
    const Report *known = known_of(inputs);

    if (!known || known->found_names == RECORD_UNSET || is_edited(inputs, keys))
        return FALSE;
    take_one(&author_type, (gpointer *)&report->from, known->from);
    take_one(&other_sender_type, (gpointer *)&report->sender, known->sender);
    take_one(&other_sender_type, (gpointer *)&report->reply_to, known->reply_to);
    take_findings(known, known->found_source, known->found_names, report);
    return TRUE;
}

gboolean
inputs_know_hosts(const Inputs *inputs, Report *report)
{
    const Report *known = known_of(inputs);

    if (!known || known->found_hosts == RECORD_UNSET || edits_value(inputs->edits, "trust"))
        return FALSE;
    take_list(&hop_type, report->route, known->route);
    take_list(&reported_header_type, report->reported, known->reported);
    take_findings(known, known->found_names, known->found_hosts, report);
    return TRUE;
}

/* ---- what was checked ---- */

gboolean
inputs_know_spf(const Inputs *inputs, Report *report, DmarcNotes *notes)
{
    static const char *const keys[] = { "spf", "at", NULL };
    const Report *known = known_of(inputs);

    if (!known || is_edited(inputs, keys) ||
        !record_equal(&envelope_type, known->envelope, report->envelope) ||
        !answers_hold(inputs, known, 0, known->asked_spf))
        return FALSE;
    g_autoptr(GPtrArray) mail_from = g_ptr_array_new();
    g_autoptr(GPtrArray) helo = g_ptr_array_new();
    find_notes(known->tree, "spf-check", mail_from);
    find_notes(known->tree, "spf-helo", helo);
    if (mail_from->len != 1 || helo->len > 1)
        return FALSE;
    take_one(&spf_pair_type, (gpointer *)&report->spf, known->spf);
    notes->spf_mail_from = copy_note(inputs, mail_from, 0);
    notes->spf_helo = copy_note(inputs, helo, 0);
    ask_again(inputs, known, 0, known->asked_spf);
    return TRUE;
}

static void
take_signature_findings(const Report *known, Report *report)
{
    static const char *const ids[] = { "dkim-too-many", "dkim-body-cause", "dkim-header-cause",
                                       "arc-too-many", NULL };

    for (guint i = 0; i < known->findings->len; i++) {
        Finding *finding = known->findings->pdata[i];
        if (g_strv_contains(ids, finding->id))
            g_ptr_array_add(report->findings, record_copy_sharing(&finding_type, finding));
    }
}

gboolean
inputs_know_signatures(const Inputs *inputs, Report *report, DmarcNotes *notes)
{
    const Report *known = known_of(inputs);

    if (!known || edits_value(inputs->edits, "at") ||
        !answers_hold(inputs, known, known->asked_spf, known->asked_signatures))
        return FALSE;
    g_autoptr(GPtrArray) checks = g_ptr_array_new();
    g_autoptr(GPtrArray) arc = g_ptr_array_new();
    find_notes(known->tree, "dkim-check", checks);
    find_notes(known->tree, "arc", arc);
    if (checks->len != known->dkim->len || arc->len > 1)
        return FALSE;
    notes->dkim = g_ptr_array_new();
    for (guint i = 0; i < checks->len; i++) {
        DkimResult *signature = record_copy_sharing(&dkim_result_type, known->dkim->pdata[i]);
        signature->author_signature = FALSE;
        g_ptr_array_add(report->dkim, signature);
        g_ptr_array_add(notes->dkim, copy_note(inputs, checks, i));
    }
    take_one(&arc_result_type, (gpointer *)&report->arc, known->arc);
    notes->arc = copy_note(inputs, arc, 0);
    take_signature_findings(known, report);
    ask_again(inputs, known, known->asked_spf, known->asked_signatures);
    return TRUE;
}

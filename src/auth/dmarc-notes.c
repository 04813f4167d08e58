/* dmarc-notes.c: faults of DMARC records become findings, each with its DNS answer.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-notes.h"

/* A record may hold thousands of faults; a reader mends the first ones and looks again. */
#define FAULTS_SHOWN 3

static gboolean
is_same(const Finding *a, const Finding *b)
{
    if (!g_str_equal(a->id, b->id) || a->args->len != b->args->len)
        return FALSE;
    for (guint i = 0; i < a->args->len; i++)
        if (!g_str_equal(a->args->pdata[i], b->args->pdata[i]))
            return FALSE;
    return TRUE;
}

static gboolean
is_known(const GPtrArray *findings, const Finding *finding)
{
    for (guint i = 0; i < findings->len; i++)
        if (is_same(findings->pdata[i], finding))
            return TRUE;
    return FALSE;
}

/* The answer stands in the resolver's cache: it was asked for this very record. */
static void
add_evidence(const DmarcLog *log, Finding *finding, const char *domain)
{
    g_autofree char *name = g_strconcat("_dmarc.", domain, NULL);

    g_ptr_array_add(finding->evidence, evidence_dns(resolver_ask(log->resolver, name, DNS_TXT)));
}

static void
note(const DmarcLog *log, const char *id, Severity severity, const char *domain, const char *first,
     const char *second)
{
    if (!log->notes)
        return;
    Finding *finding = record_new(&finding_type);
    finding->id = g_strdup(id);
    finding->severity = severity;
    g_ptr_array_add(finding->args, g_strdup(first));
    if (second)
        g_ptr_array_add(finding->args, g_strdup(second));
    if (is_known(log->notes, finding)) {
        record_free(&finding_type, finding);
        return;
    }
    add_evidence(log, finding, domain);
    g_ptr_array_add(log->notes, finding);
}

void
dmarc_note(const DmarcLog *log, const char *id, Severity severity, const char *domain,
           const char *arg)
{
    note(log, id, severity, domain, domain, arg);
}

static char *
name_faults(const GPtrArray *faults)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < MIN(faults->len, FAULTS_SHOWN); i++)
        g_string_append_printf(out, "%s%s", i ? ", " : "", (const char *)faults->pdata[i]);
    if (faults->len > FAULTS_SHOWN)
        g_string_append(out, ", …");
    return g_string_free(out, FALSE);
}

void
dmarc_note_found(const DmarcLog *log, const DmarcRecord *record, const char *domain)
{
    g_autofree char *faults = name_faults(record->faults);

    if (record->repeated)
        note(log, "dmarc-duplicate-tag", SEVERITY_WARNING, domain, record->repeated, domain);
    if (record->faults->len > 0)
        note(log, "dmarc-record-syntax", SEVERITY_WARNING, domain, domain, faults);
}

/* RFC 9989, 4.10.1: what a missing or bad policy makes of the record hangs on rua. */
static void
note_policy(const DmarcLog *log, const DmarcRecord *record, const char *domain, gboolean legacy)
{
    const gboolean bad = record->p == POLICY_INVALID || record->sp == POLICY_INVALID ||
                         (!legacy && record->np == POLICY_INVALID);

    if (bad)
        dmarc_note(log, record->has_rua ? "dmarc-policy-invalid" : "dmarc-policy-unusable",
                   SEVERITY_WARNING, domain, record->bad_policy);
    else if (record->p == POLICY_ABSENT)
        dmarc_note(log, record->has_rua ? "dmarc-p-absent" : "dmarc-p-missing", SEVERITY_WARNING,
                   domain, NULL);
}

void
dmarc_note_used(const DmarcLog *log, const DmarcRecord *record, const char *domain, gboolean legacy)
{
    if (!record->repeated)
        note_policy(log, record, domain, legacy);
    for (guint i = 0; i < record->historic->len; i++)
        note(log, "dmarc-tag-ignored", SEVERITY_INFO, domain, record->historic->pdata[i], domain);
}

void
dmarc_note_query(const DmarcLog *log, const char *name)
{
    for (guint i = 0; i < log->queries->len; i++)
        if (g_str_equal(log->queries->pdata[i], name))
            return;
    g_ptr_array_add(log->queries, g_strdup(name));
}

void
dmarc_notes_move(GPtrArray *notes, GPtrArray *to)
{
    for (guint i = 0; i < notes->len; i++) {
        if (!to || is_known(to, notes->pdata[i]))
            record_free(&finding_type, notes->pdata[i]);
        else
            g_ptr_array_add(to, notes->pdata[i]);
    }
    g_ptr_array_set_size(notes, 0);
}

void
dmarc_notes_report(GPtrArray *notes, Report *report)
{
    dmarc_notes_move(notes, report->findings);
}

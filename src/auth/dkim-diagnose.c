/* dkim-diagnose.c: from a cause to the notes that a reader sees.
 * SPDX-License-Identifier: MIT */
#include "auth/dkim-diagnose.h"

#include "auth/body-cause.h"
#include "auth/header-cause.h"

/* Nothing that a reader could act on: the step says so, a finding would only be noise. */
static gboolean
is_open(const Cause *cause)
{
    return g_str_equal(cause->id, "cause-untold") || g_str_equal(cause->id, "cause-untried");
}

/* The cause and its detail are the arguments; for the words see "{#0}" in tree/words.h. */
static void
tell(const Cause *cause, const char *finding_id, const DkimSig *sig, Step *step, Report *report)
{
    Step *note = step_add(step, "dkim-diagnosis", "RFC 6376, 6.1.3 and 8", cause->id,
                          cause->detail, NULL);

    step_decide(note, is_open(cause) ? RESULT_UNKNOWN : RESULT_INFO,
                is_open(cause) ? PROVENANCE_UNKNOWN : PROVENANCE_RECOMPUTED);
    if (!is_open(cause))
        report_add_finding(report, finding_id, SEVERITY_INFO, sig->domain, cause->id,
                           cause->detail, NULL);
}

void
dkim_diagnose_body(const Message *message, const DkimSig *sig, const BodyHashes *bodies,
                   Effort *effort, Step *step, Report *report)
{
    Cause cause = body_cause_find(message, sig, bodies, effort);

    tell(&cause, "dkim-body-cause", sig, step, report);
    cause_clear(&cause);
}

void
dkim_diagnose_header(const Message *message, const DkimSig *sig, guint own,
                     const FieldIndex *fields, const KeyFetch *key, Effort *effort, Step *step,
                     Report *report)
{
    Cause cause = header_cause_find(message, sig, own, fields, key, effort);

    tell(&cause, "dkim-header-cause", sig, step, report);
    cause_clear(&cause);
}

/* summary-notes.c: findings that no other part of the ten-second answer tells, the gravest first.
 * SPDX-License-Identifier: MIT */
#include "advice/summary-part.h"

#include "tree/words.h"

/* Where DNS answers come from and how much of the message there is stands in the title bar and at the head of a
 * report; what a returned mail means, in the story of the bounce. */
static gboolean
is_told(const Finding *finding)
{
    static const char *const told[] = { "bare-lf", "body-missing", "dns-beside-message", "dns-live", "dns-offline", NULL };

    return g_strv_contains(told, finding->id) || g_str_has_prefix(finding->id, "bounce-");
}

static void
note_free(gpointer data)
{
    SummaryNote *note = data;

    g_free(note->text);
    g_free(note);
}

static void
add_severity(const Report *report, int severity, GPtrArray *notes)
{
    for (guint i = 0; i < report->findings->len; i++) {
        const Finding *finding = report->findings->pdata[i];
        if (finding->severity != severity || is_told(finding))
            continue;
        SummaryNote *note = g_new0(SummaryNote, 1);
        note->severity = finding->severity;
        note->text = words_finding(finding);
        note->evidence = finding->evidence;
        g_ptr_array_add(notes, note);
    }
}

GPtrArray *
summary_notes(const Report *report)
{
    GPtrArray *notes = g_ptr_array_new_with_free_func(note_free);

    for (int severity = SEVERITY_PROBLEM; severity >= SEVERITY_INFO; severity--)
        add_severity(report, severity, notes);
    return notes;
}

/* fidelity.c: grades of a text, and what each check needs.
 * SPDX-License-Identifier: MIT */
#include "auth/fidelity.h"

#include <string.h>

#include "headers/identities.h"
#include "headers/maildate.h"

static const char *
told(const Message *message)
{
    const char *fidelity = message_origin(message)->fidelity;

    return fidelity ? fidelity : "raw";
}

/* No author and no end: what lacks From: may lack any other field that was signed. */
static gboolean
is_cut_short(const Message *message)
{
    return !message_has_body(message) && message_find(message, "From", 0) < 0;
}

static gboolean
has_eight_bits(const Message *message, const Field *field)
{
    const char *text = span_in(message_raw(message), field->all);

    for (gsize i = 0; i < span_length(field->all); i++)
        if (text[i] & 0x80)
            return TRUE;
    return FALSE;
}

static gboolean
has_fault(const Message *message, const char *id)
{
    for (guint i = 0; i < message_n_faults(message); i++)
        if (g_str_equal(message_fault(message, i)->id, id))
            return TRUE;
    return FALSE;
}

/* "All headers" of a mail program: encoded words are decoded there, and the date is written as its reader likes it; what
 * was copied from a terminal is broken at its edge. Such a text has no body with it, and a message that has one is
 * never taken for one. */
static gboolean
is_as_shown(const Message *message)
{
    gint64 seconds;

    if (message_has_body(message))
        return FALSE;
    for (guint i = 0; i < message_n_fields(message); i++)
        if (has_eight_bits(message, message_field(message, i)))
            return TRUE;
    g_autofree char *date = message_value(message, "Date");
    g_autofree char *read = NULL;
    return has_fault(message, "header-junk-line") || (date && !maildate_parse(date, &seconds, &read));
}

static gboolean
is_copied(const Message *message)
{
    return is_cut_short(message) || is_as_shown(message);
}

Grade
fidelity_grade(const Message *message)
{
    const char *fidelity = told(message);

    if (g_str_equal(fidelity, "raw") || g_str_equal(fidelity, "headers"))
        return is_copied(message) ? GRADE_REENCODED : GRADE_RAW;
    return g_str_equal(fidelity, "reencoded") || identities_only_hidden(message_origin(message)->repairs)
               ? GRADE_REENCODED : GRADE_TEXT;
}

static gboolean
holds_place(const Message *message, const GArray *places, int field)
{
    if (field < 0)
        return FALSE;
    const Span all = message_field(message, (guint)field)->all;
    for (guint i = 0; i < places->len; i++) {
        const gsize at = g_array_index(places, Span, i).start;
        if (at >= all.start && at < all.end)
            return TRUE;
    }
    return FALSE;
}

Grade
fidelity_grade_of(const Message *message, guint own, const GArray *selected)
{
    const Blackened *blackened = message_origin(message)->blackened;
    gboolean covered = blackened->body || holds_place(message, blackened->places, (int)own);

    for (guint i = 0; i < selected->len && !covered; i++)
        covered = holds_place(message, blackened->places, g_array_index(selected, int, i));
    return covered || is_copied(message) ? fidelity_grade(message) : GRADE_RAW;
}

gboolean
fidelity_ends_in(const Message *message, guint field)
{
    return !message_has_body(message) && field + 1 == message_n_fields(message);
}

const char *
fidelity_word(const Message *message)
{
    const char *fidelity = told(message);
    const gboolean whole = g_str_equal(fidelity, "raw") || g_str_equal(fidelity, "reencoded");

    return whole && !message_has_body(message) ? "headers" : fidelity;
}

gboolean
fidelity_allows_body(const Message *message)
{
    return message_has_body(message) && fidelity_grade(message) != GRADE_TEXT &&
           !g_str_equal(told(message), "headers");
}

/* RFC 6376, 3.4: simple forgives nothing, relaxed any folding. */
gboolean
fidelity_allows_header(const Message *message, Canon canon)
{
    return canon == CANON_RELAXED || fidelity_grade(message) != GRADE_TEXT;
}

gboolean
fidelity_may_cause(Grade grade, const char *problem)
{
    return grade != GRADE_RAW && !g_str_equal(problem, "algorithm-historic");
}

static void
note(Step *step, const Message *message, const char *needed)
{
    const char *word = fidelity_word(message);

    if (g_str_equal(word, "raw"))
        return;
    step_input(step, "fidelity", word, PROVENANCE_MESSAGE);
    step_input(step, "fidelity-needed", needed, PROVENANCE_MESSAGE);
}

void
fidelity_note_body(Step *step, const Message *message)
{
    note(step, message, "raw");
}

void
fidelity_note_header(Step *step, const Message *message, Canon canon)
{
    note(step, message, canon == CANON_RELAXED ? "reflowed" : "headers");
}

static gboolean
is_want(const char *reason)
{
    return g_strcmp0(reason, "body-unavailable") == 0 || g_strcmp0(reason, "text-repaired") == 0;
}

void
fidelity_report(const Message *message, Report *report)
{
    g_autofree char *grade = g_strconcat("fidelity-", fidelity_word(message), NULL);
    gboolean want = is_want(report->arc->reason);

    for (guint i = 0; i < report->dkim->len; i++)
        want = want || is_want(((const DkimResult *)report->dkim->pdata[i])->reason);
    if (want)
        report_add_finding(report, "signature-needs-original", SEVERITY_INFO, grade, NULL);
}

/* arc-detail.c: the ARC chain in words: what it says, where it broke, what each hop reported.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "base/instant.h"
#include "headers/taglist.h"
#include "tree/words.h"
#include "tui/view/arc-part.h"

enum { INDENT = 1, FACT = 16, NESTED = 18 };

static const ArcInstance *
instance_at(const App *app, gint64 i)
{
    const GPtrArray *instances = app->doc->report->arc->instances;

    return i >= 1 && i <= instances->len ? instances->pdata[i - 1] : NULL;
}

static const char *
sealer_of(const App *app, gint64 i)
{
    const ArcInstance *instance = instance_at(app, i);

    return instance && instance->sealer ? instance->sealer : "?";
}

static gboolean
was_checked(const App *app)
{
    return arc_step(app->doc->report, app->doc->report->arc->instances->len, "arc-seal") != NULL;
}

/* ---- the chain as a whole ---- */

static void
add_result(Page *page, const App *app)
{
    const ArcResult *arc = app->doc->report->arc;
    const Step step = { .result = arc->result };
    g_autofree char *outcome = mark_outcome(&step, FALSE, app->glyphs);
    g_autofree char *reason = words_text(arc->reason ? arc->reason : "", NULL);
    g_autofree char *text =
        arc->result == RESULT_PASS
            ? g_strdup_printf(_("%s: every seal is whole, and the newest hop's signature fits"),
                              outcome)
            : g_strdup_printf("%s: %s", outcome, reason);

    page_text(page, INDENT, mark_result_role(&step, FALSE), text);
}

/* A chain that holds still says only what its hosts say. */
static void
add_meaning(Page *page, const App *app)
{
    const ArcResult *arc = app->doc->report->arc;
    const guint count = arc->instances->len;

    if (arc->result == RESULT_PASS) {
        g_autofree char *text = g_strdup_printf(
            _("What the hosts below report is hearsay by %s: the seals prove that they wrote it, "
              "not that it is true. A receiver may believe a host that it knows; arc=pass never "
              "makes DMARC pass by itself."), sealer_of(app, count));
        page_text(page, INDENT, ROLE_TEXT, text);
    } else if (arc->result == RESULT_FAIL) {
        page_text(page, INDENT, ROLE_TEXT,
                  _("A broken chain counts as if there were none: nothing that the hosts below "
                    "report can be used. DMARC's result stays as it is."));
    } else {
        page_text(page, INDENT, ROLE_TEXT,
                  _("Whether the chain holds is open. Either way it never makes DMARC pass by "
                    "itself."));
    }
}

static gboolean
is_change(const char *reason)
{
    return reason && (g_str_equal(reason, "body-hash") || g_str_equal(reason, "signature"));
}

/* RFC 8617, 5.2, step 5: the oldest hop from which on nothing was changed. Older signatures that do
 * not fit are usual, and tell where the mail was changed. */
static void
add_change(Page *page, const App *app)
{
    const ArcResult *arc = app->doc->report->arc;
    const gint64 oldest = arc->oldest_pass;

    if (oldest == RECORD_UNSET || !was_checked(app))
        return;
    if (oldest == 0) {
        g_autofree char *text =
            g_strdup_printf(_("Unchanged since hop 1 (%s): every hop's signature still fits."),
                            sealer_of(app, 1));
        page_text(page, INDENT, ROLE_TEXT, text);
        return;
    }
    const char *reason =
        arc_reason(arc_step(app->doc->report, oldest - 1, "arc-message-signature"));
    g_autofree char *words = words_text(reason ? reason : "", NULL);
    g_autofree char *text = g_strdup_printf(
        is_change(reason)
            ? _("Changed between hop %d (%s) and hop %d (%s): %s. DKIM signatures from before "
                "break there, too. The oldest signature that still fits is that of hop %d.")
            : _("The signature of hop %d (%s) cannot be relied on; that of hop %d (%s) fits: %s. "
                "The oldest signature that still fits is that of hop %d."),
        (int)oldest - 1, sealer_of(app, oldest - 1), (int)oldest, sealer_of(app, oldest), words,
        (int)oldest);
    page_text(page, INDENT, is_change(reason) ? ROLE_OTHER : ROLE_TEXT, text);
}

static void
add_broken_hop(Page *page, gint64 i, const char *sealer, const char *what, const Step *step)
{
    const char *reason = arc_reason(step);
    g_autofree char *words = words_text(reason ? reason : "", NULL);
    g_autofree char *text =
        g_strdup_printf(_("Broken at hop %d (%s): %s: %s"), (int)i, sealer, what, words);

    page_text(page, INDENT, ROLE_CAUSE, text);
}

static void
add_structure(Page *page, const ArcFields *fields, gint64 i, const char *cv)
{
    const char *wanted = i == 1 ? "none" : "pass";

    for (guint kind = 0; kind < ARC_KINDS; kind++) {
        if (fields->field[i][kind] >= 0)
            continue;
        g_autofree char *text = g_strdup_printf(_("Hop %d has no %s"), (int)i,
                                                arc_field_name((ArcKind)kind));
        page_text(page, INDENT, ROLE_CAUSE, text);
    }
    if (fields->twice[i]) {
        g_autofree char *text = g_strdup_printf(_("Hop %d has one of its fields twice"), (int)i);
        page_text(page, INDENT, ROLE_CAUSE, text);
    }
    if (fields->field[i][ARC_SEAL] >= 0 && g_strcmp0(cv, wanted) != 0) {
        g_autofree char *text = g_strdup_printf(_("The seal of hop %d says cv=%s, not cv=%s"),
                                                (int)i, cv ? cv : "", wanted);
        page_text(page, INDENT, ROLE_CAUSE, text);
    }
}

static void
add_breaks(Page *page, const App *app, const ArcFields *fields)
{
    const Report *report = app->doc->report;
    const GPtrArray *instances = report->arc->instances;

    for (guint n = instances->len; n >= 1; n--) {
        const ArcInstance *instance = instances->pdata[n - 1];
        const Step *seal = arc_step(report, n, "arc-seal");
        const Step *signature = arc_step(report, n, "arc-message-signature");
        if (signature && signature->result == RESULT_FAIL && n == instances->len)
            add_broken_hop(page, n, sealer_of(app, n), _("message signature"), signature);
        if (seal && seal->result == RESULT_FAIL)
            add_broken_hop(page, n, sealer_of(app, n), _("seal"), seal);
        if (!was_checked(app))
            add_structure(page, fields, n, instance->cv);
    }
    if (fields->stray > 0) {
        g_autofree char *text = g_strdup_printf(
            _("ARC fields without an instance from 1 to %d: %u"), ARC_MOST, fields->stray);
        page_text(page, INDENT, ROLE_CAUSE, text);
    }
}

static void
add_chain(Page *page, const App *app, const ArcFields *fields)
{
    const guint count = app->doc->report->arc->instances->len;
    g_autofree char *title = count == 1 ? g_strdup(_("The ARC chain: 1 hop sealed the mail"))
                                        : g_strdup_printf(_("The ARC chain: %u hops sealed the mail"), count);

    page_text(page, INDENT, ROLE_LABEL, title);
    add_result(page, app);
    add_breaks(page, app, fields);
    add_change(page, app);
    add_meaning(page, app);
}

/* ---- one instance ---- */

static char *
tag_text(const char *tag, const char *value)
{
    g_autofree char *compact = taglist_compact(value);
    gint64 seconds = 0;

    if (g_str_equal(tag, "t") && g_ascii_string_to_signed(compact, 10, 0, G_MAXUINT32, &seconds,
                                                          NULL)) {
        g_autofree char *time = instant_shown(seconds);
        return g_strconcat("t=", time, NULL);
    }
    return g_strdup_printf("%s=%s", tag, compact);
}

static void
add_tags(Page *page, const TagList *tags, const char *const *wanted)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; wanted[i]; i++) {
        const char *value = taglist_get(tags, wanted[i]);
        if (!value)
            continue;
        g_autofree char *text = tag_text(wanted[i], value);
        g_string_append_printf(out, "%s%s", out->len > 0 ? "  " : "", text);
    }
    page_text(page, FACT, ROLE_DIM, out->str);
}

/* One of the three fields: its line, its verdict, its tags. */
static guint
begin_field(Page *page, const App *app, const char *label, ArcKind kind, int index)
{
    const guint row = page_length(page);
    g_autofree char *text =
        index < 0 ? g_strdup_printf(_("%s is missing"), arc_field_name(kind))
                  : g_strdup_printf(_("%s, line %u"), arc_field_name(kind),
                                    message_field(app->doc->message, (guint)index)->line);

    page_pair(page, INDENT, FACT, ROLE_LABEL, label, index < 0 ? ROLE_FAIL : ROLE_DIM, text);
    return row;
}

static void
add_signature(Page *page, const App *app, ArcKind kind, int index, const Step *step)
{
    static const char *const tags_of[][7] = {
        [ARC_SEAL] = { "d", "s", "a", "t", "cv", NULL },
        [ARC_SIGNATURE] = { "d", "s", "a", "c", "t", "h", NULL },
    };
    const char *name = kind == ARC_SEAL ? _("seal") : _("message signature");
    const guint row = begin_field(page, app, name, kind, index);

    if (step) {
        g_autofree char *outcome = mark_outcome(step, FALSE, app->glyphs);
        g_autofree char *plain = words_plain(step);
        g_autofree char *text = g_strdup_printf("%s: %s", outcome, plain);
        page_text(page, FACT, mark_result_role(step, FALSE), text);
    } else if (index >= 0) {
        page_text(page, FACT, ROLE_UNKNOWN,
                  _("? not checked: the chain as a whole is broken before that"));
    }
    if (index >= 0) {
        const Field *field = message_field(app->doc->message, (guint)index);
        g_autoptr(TagList) tags =
            taglist_parse(span_in(message_raw(app->doc->message), field->value),
                          span_length(field->value));
        add_tags(page, tags, tags_of[kind]);
    }
    page_item(page, row, GUINT_TO_POINTER(kind + 1));
}

static void
add_reported_result(Page *page, const ReportedResult *result)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const gboolean bad = g_strcmp0(result->result, "fail") == 0;

    g_string_printf(text, "%s=%s", result->method ? result->method : "?",
                    result->result ? result->result : "?");
    for (guint i = 0; i < result->properties->len; i++) {
        const Pair *pair = result->properties->pdata[i];
        g_string_append_printf(text, "  %s=%s", pair->name ? pair->name : "",
                               pair->value ? pair->value : "");
    }
    page_text(page, NESTED, bad ? ROLE_FAIL : ROLE_TEXT, text->str);
}

static void
add_report(Page *page, const App *app, const ArcInstance *instance, int index)
{
    const guint row = begin_field(page, app, _("reported"), ARC_REPORT, index);
    const ReportedHeader *reported = instance->reported;

    if (reported && reported->authserv_id) {
        g_autofree char *text = g_strdup_printf(_("%s says that it found:"), reported->authserv_id);
        page_text(page, FACT, ROLE_TEXT, text);
    }
    for (guint i = 0; reported && i < reported->results->len; i++)
        add_reported_result(page, reported->results->pdata[i]);
    if (index >= 0 && (!reported || reported->results->len == 0))
        page_text(page, FACT, ROLE_DIM, _("no result in it"));
    page_item(page, row, GUINT_TO_POINTER(ARC_REPORT + 1));
}

static const char *
chain_words(const char *cv)
{
    if (g_strcmp0(cv, "none") == 0)
        return _("none: there was no chain before this hop");
    if (g_strcmp0(cv, "pass") == 0)
        return _("pass: this hop found the chain before it whole");
    if (g_strcmp0(cv, "fail") == 0)
        return _("fail: this hop found the chain broken already");
    return cv ? cv : _("(it does not say)");
}

static void
add_instance(Page *page, const App *app, const ArcFields *fields, const ArcInstance *instance)
{
    const Report *report = app->doc->report;
    const int *field = fields->field[CLAMP(instance->i, 1, ARC_MOST)];
    g_autofree char *title =
        g_strdup_printf(_("Hop %d of %u: %s"), (int)instance->i, report->arc->instances->len,
                        instance->sealer ? instance->sealer : "?");

    page_text(page, INDENT, ROLE_LABEL, title);
    page_fact(page, FACT, _("chain before"),
              g_strcmp0(instance->cv, "fail") == 0 ? ROLE_FAIL : ROLE_TEXT,
              chain_words(instance->cv));
    add_report(page, app, instance, field[ARC_REPORT]);
    add_signature(page, app, ARC_SIGNATURE, field[ARC_SIGNATURE],
                  arc_step(report, instance->i, "arc-message-signature"));
    add_signature(page, app, ARC_SEAL, field[ARC_SEAL], arc_step(report, instance->i, "arc-seal"));
}

void
arc_add_detail(Page *page, const App *app, const ArcFields *fields, const ArcInstance *instance)
{
    if (instance)
        add_instance(page, app, fields, instance);
    else
        add_chain(page, app, fields);
}

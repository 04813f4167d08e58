/* arc-ladder.c: the rows of the ladder: the chain, its headings, a hop.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/view/arc-part.h"

/* Columns of a row. */
enum { NUMBER_AT = 2, SEALER_AT = 6, VERDICT_WIDTH = 11, CHAIN_WIDTH = 7 };

typedef struct {
    guint message, seal, chain, reported, limit;
} Columns;

static Columns
columns_of(Rect area)
{
    Columns at = { .limit = area.x + area.width };

    at.message = area.x + SEALER_AT + CLAMP(area.width * 3 / 10, 10, 34) + 1;
    at.seal = at.message + VERDICT_WIDTH;
    at.chain = at.seal + VERDICT_WIDTH;
    at.reported = at.chain + CHAIN_WIDTH;
    return at;
}

char *
arc_reported_text(const ReportedHeader *reported)
{
    enum { RESULTS_MAX = 12 };
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; reported && i < MIN(reported->results->len, RESULTS_MAX); i++) {
        const ReportedResult *result = reported->results->pdata[i];
        g_string_append_printf(out, "%s%s=%s", i > 0 ? " " : "",
                               result->method ? result->method : "?",
                               result->result ? result->result : "?");
    }
    return g_strdup(out->str);
}

static void
draw_outcome(const App *app, Canvas *canvas, guint x, guint y, guint limit, const char *word,
             const Step *checked)
{
    Result result = RESULT_UNKNOWN;

    result_of_word(word, &result);
    const Step step = { .result = (int)result };
    g_autofree char *outcome =
        checked ? mark_outcome(&step, FALSE, app->glyphs) : g_strdup("-");
    g_autofree char *brief = mark_short(outcome);

    canvas_put_cut(canvas, x, y, limit, checked ? mark_result_role(&step, FALSE) : ROLE_DIM,
                   x + glyph_columns(outcome, FALSE) > limit ? brief : outcome);
}

void
arc_draw_chain(const App *app, Canvas *canvas, Rect area)
{
    const ArcResult *arc = app->doc->report->arc;
    const Step step = { .result = arc->result };
    const guint limit = area.x + area.width;
    g_autofree char *outcome = mark_outcome(&step, FALSE, app->glyphs);
    g_autofree char *reason =
        words_text(arc->result == RESULT_PASS || !arc->reason ? "" : arc->reason, NULL);
    guint x = canvas_put(canvas, area.x + NUMBER_AT, area.y, limit, ROLE_LABEL, _("chain"));

    x = canvas_put(canvas, x + 2, area.y, limit, mark_result_role(&step, FALSE), outcome);
    canvas_put_cut(canvas, x + 2, area.y, limit, ROLE_TEXT, reason);
}

void
arc_draw_headings(Canvas *canvas, Rect area, guint y)
{
    const Columns column = columns_of(area);

    canvas_put_cut(canvas, area.x + NUMBER_AT, y, MIN(column.message - 1, column.limit),
                   ROLE_HEADING, _("HOP, newest first"));
    canvas_put_cut(canvas, column.message, y, MIN(column.seal - 1, column.limit), ROLE_HEADING,
                   _("MESSAGE"));
    canvas_put_cut(canvas, column.seal, y, MIN(column.chain - 1, column.limit), ROLE_HEADING,
                   _("SEAL"));
    canvas_put_cut(canvas, column.chain, y, MIN(column.reported - 1, column.limit), ROLE_HEADING,
                   _("cv="));
    canvas_put_cut(canvas, column.reported, y, column.limit, ROLE_HEADING, _("REPORTED"));
}

void
arc_draw_hop(const App *app, const ArcInstance *instance, Canvas *canvas, Rect area, guint y)
{
    const Report *report = app->doc->report;
    const Columns column = columns_of(area);
    g_autofree char *number = g_strdup_printf("%2d", (int)instance->i);
    g_autofree char *reported = arc_reported_text(instance->reported);

    canvas_put(canvas, area.x + NUMBER_AT, y, column.limit, ROLE_DIM, number);
    canvas_put_cut(canvas, area.x + SEALER_AT, y, MIN(column.message - 1, column.limit), ROLE_TEXT,
                   instance->sealer ? instance->sealer : "?");
    draw_outcome(app, canvas, column.message, y, MIN(column.seal - 1, column.limit),
                 instance->ams, arc_step(report, instance->i, "arc-message-signature"));
    draw_outcome(app, canvas, column.seal, y, MIN(column.chain - 1, column.limit), instance->seal,
                 arc_step(report, instance->i, "arc-seal"));
    canvas_put_cut(canvas, column.chain, y, MIN(column.reported - 1, column.limit),
                   g_strcmp0(instance->cv, "fail") == 0 ? ROLE_FAIL : ROLE_TEXT,
                   instance->cv ? instance->cv : "?");
    canvas_put_cut(canvas, column.reported, y, column.limit, ROLE_DIM, reported);
}

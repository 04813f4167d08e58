/* chart-open.c: what a cell of the chart leads to: the mail that is its example, and changes that bring the
 * message there. SPDX-License-Identifier: MIT */
#include "advice/chart-ways.h"
#include "base/place.h"
#include "base/translate.h"
#include "mailbox/store.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/view/chart-part.h"
#include "tui/view/what-if.h"
#include "whatif/outcome.h"

/* More ways than these nobody compares; more tries than those nobody waits for. */
enum { WAYS_MAX = 5, TRIES_MAX = 24 };

/* ---- the example ---- */

static Message *
open_message(const char *path, GError **error)
{
    Store *store = store_open(path, error);
    Message *message = store ? store_message(store, 0, error) : NULL;

    store_free(store);
    return message;
}

/* From one example to the next the way back does not grow. */
void
chart_open_example(App *app, ChartState spf, ChartState dkim)
{
    g_autofree char *name = g_strdup_printf("cell-%s-%s.eml", chart_state_words[spf],
                                            chart_state_words[dkim]);
    g_autofree char *inside = g_build_filename("samples/lessons/09-sixteen-cells", name, NULL);
    g_autofree char *path = place_data(inside);
    g_autoptr(GError) error = NULL;
    Message *message = path ? open_message(path, &error) : NULL;

    if (!message) {
        app_status(app, _("The example of this cell is not installed (%s)"),
                   error ? error->message : name);
        return;
    }
    Document *document = document_of_message(message, NULL, g_strdup(name));
    document->example = TRUE;
    if (app->doc->example)
        app_replace(app, document);
    else
        app_push(app, document);
    if (app->doc == document && !app->status)
        app_status(app, _("The example of that cell. Esc leads back to the chart"));
}

/* ---- changes that lead there ---- */

static gboolean
leads_to(const Report *report, ChartState spf, ChartState dkim)
{
    ChartPlace place;

    return report && !edits_refusal(report) && chart_place(report, FALSE, &place) &&
           place.spf == spf && place.dkim == dkim;
}

static GPtrArray *
offers_for(App *app, ChartState spf, ChartState dkim)
{
    const Document *doc = app->doc;
    const Report *base = doc->base ? doc->base : doc->report;
    GPtrArray *offers = g_ptr_array_new_with_free_func((GDestroyNotify)edits_free);
    g_autoptr(GPtrArray) ways = chart_ways(base, doc->edits, spf, dkim);

    for (guint i = 0; i < MIN(ways->len, TRIES_MAX) && offers->len < WAYS_MAX; i++) {
        gboolean canceled = FALSE;
        Report *report = app_try(app, ways->pdata[i], &canceled);
        if (leads_to(report, spf, dkim))
            g_ptr_array_add(offers, edits_copy(ways->pdata[i]));
        report_free(report);
        if (canceled)
            break;
    }
    return offers;
}

/* Read line by line they are typed instead. */
static void
say_ways(App *app, const GPtrArray *ways)
{
    g_autoptr(GString) all = g_string_new(NULL);

    if (ways->len == 0) {
        app_status(app, _("No change that is known here leads this message to this cell."));
        return;
    }
    for (guint i = 0; i < ways->len; i++) {
        g_autofree char *text = chart_way_text(ways->pdata[i]);
        g_string_append_printf(all, "%s%u. %s", i > 0 ? "; " : "", i + 1, text);
    }
    app_status(app, _("Changes that lead here (to make one, type what-if KEY=VALUE): %s"), all->str);
}

/* w: on another cell, the changes that lead there; on its own the view of all that can be changed. */
void
chart_what_if(App *app)
{
    ChartView *self = (ChartView *)app_view(app);
    const ChartState spf = (ChartState)self->spf, dkim = (ChartState)self->dkim;

    if (chart_counted(self) || self->ways || !app->doc->message || app_covers(app) ||
        !frame_fits(app->width, app->height) || chart_is_here(&self->stand, spf, dkim)) {
        app_what_if(app);
        return;
    }
    GPtrArray *ways = offers_for(app, spf, dkim);
    if (app->quit) {
        g_ptr_array_unref(ways);
        return;
    }
    if (app->plain) {
        say_ways(app, ways);
        g_ptr_array_unref(ways);
        return;
    }
    self->ways = ways;
    self->view.in_detail = TRUE;
    self->at = (PagePlace){ 0, 0, 0 };
    if (ways->len == 0)
        app_status(app, _("No change that is known here leads to this cell; w again: all changes"));
}

/* opinions.c: what other engines say, added to a report that is on the screen already.
 * SPDX-License-Identifier: MIT
 *
 * They take longer than all of our own checks and never change the verdict, so nobody waits for them:
 * the report says that they are being asked until they were heard. They answer one document, which is
 * the one that is seen; what else is opened, or analysed anew, ends them first, since it needs the same
 * resolver. Back at a document that still says so, they are asked again. */
#include "tui/background.h"
#include "tui/ui.h"

struct Asking {
    AppJob      job;
    Background *background;
};

static void
begin(App *app)
{
    Document *doc = app->doc;
    const AppHost *host = &app->input->host;
    AppJob job;

    doc->asking = FALSE;
    if (!host->opinions || !host->opinions(host->data, doc->report, &job))
        return;
    doc->asking = TRUE;
    app->asking = g_new0(Asking, 1);
    app->asking->job = job;
    app->asking->background = background_begin("opinions", &job);
}

/* Waits for the end. (transfer full) */
static Report *
finish(App *app)
{
    Asking *asking = g_steal_pointer(&app->asking);
    Report *report = background_end(asking->background);

    asking->job.free(asking->job.data);
    g_free(asking);
    return report;
}

static gboolean
are_heard(const App *app)
{
    return app->asking && background_done(app->asking->background);
}

gboolean
opinions_due(const App *app)
{
    return app->doc->proving || are_heard(app) || (app->doc->asking && !app->asking);
}

void
opinions_work(App *app)
{
    if (app->doc->proving) {
        app_prove(app);
    } else if (are_heard(app)) {
        Report *report = finish(app);
        app->doc->asking = FALSE;
        if (report)
            document_grow(app->doc, report);
    } else if (app->doc->asking && !app->asking) {
        begin(app);
    }
}

void
opinions_stop(App *app)
{
    if (!app->asking)
        return;
    app->asking->job.cancel(app->asking->job.data);
    report_free(finish(app));
}

int
opinions_fd(const App *app)
{
    return app->asking ? background_fd(app->asking->background) : -1;
}

/* say.c: what a command changed, said once.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/lessons/lesson.h"
#include "tui/plain/part.h"
#include "tui/predict/predict.h"
#include "tui/view/views.h"

PlainSaid
plain_said(const App *app)
{
    const Document *doc = app->doc;
    PlainSaid said = { .doc = doc, .report = doc->report, .step = cursor_step(doc->cursor),
                       .view = doc->current, .walk = cursor_walk_at(doc->cursor),
                       .rows = cursor_rows(doc->cursor)->len,
                       .walking = cursor_walking(doc->cursor),
                       .lesson = plain_lesson_said(app),
                       .asked = predict_serial(app) };

    if (doc->list) {
        said.sort = mail_list_sorted(doc->list, &said.reverse);
        said.filtered = mail_list_filtered(doc->list);
        said.judged = mail_list_judged(doc->list);
        said.survey = survey_order_serial(app);
    }
    return said;
}

static gboolean
is_other_list(const PlainSaid *a, const PlainSaid *b)
{
    return a->sort != b->sort || a->reverse != b->reverse || a->filtered != b->filtered ||
           a->judged != b->judged || a->survey != b->survey;
}

static gboolean
is_other(const PlainSaid *a, const PlainSaid *b)
{
    return a->doc != b->doc || a->report != b->report;
}

static gboolean
is_tree(const App *app)
{
    return app->doc->current == VIEW_TREE;
}

void
plain_say_document(Plain *plain, gboolean views)
{
    g_autofree char *title = frame_title(plain->app);

    if (*title)
        plain_out_say(plain->out, "%s", title);
    if (views) {
        g_autofree char *list = frame_views(plain->app);
        plain_out_say(plain->out, _("Views: %s"), list);
    }
}

static void
say_tree(Plain *plain)
{
    if (!cursor_walking(plain->app->doc->cursor))
        plain_show(plain);
    plain_show_step(plain);
}

void
plain_say_view(Plain *plain)
{
    if (lesson_has_keys(plain->app))
        plain_say_lesson(plain);
    else if (is_tree(plain->app))
        say_tree(plain);
    else
        plain_show(plain);
}

/* The view is another one, or shows something else than before. */
static gboolean
is_other_view(const App *app, const PlainSaid *now, const PlainSaid *before)
{
    return is_other(now, before) || is_other_list(now, before) || now->view != before->view ||
           (is_tree(app) && (now->rows != before->rows || (before->walking && !now->walking)));
}

void
plain_say_changes(Plain *plain, const PlainSaid *before, gboolean jumped)
{
    const PlainSaid now = plain_said(plain->app);
    App *app = plain->app;
    const gboolean view = is_other_view(app, &now, before);

    if (app->status)
        plain_out_say(plain->out, "%s", app->status);
    if (is_other(&now, before))
        plain_say_document(plain, now.doc != before->doc);
    if (lesson_has_keys(app) && (!plain_lesson_same(&now.lesson, &before->lesson) || !app->status)) {
        plain_say_lesson(plain);
        return;
    }
    if (jumped && app->doc->current == VIEW_SOURCE)
        plain_source_jump(plain);
    else if (!view && is_tree(app) && (now.step != before->step || now.walk != before->walk ||
                                   now.asked != before->asked))
        plain_show_step(plain);
    else if (view || !app->status)
        plain_say_view(plain);
}

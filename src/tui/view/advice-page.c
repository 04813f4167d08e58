/* advice-page.c: who changes what, what to copy, whether it was tried, why, what would not help.
 * SPDX-License-Identifier: MIT */
#include "tui/view/advice-page.h"

#include "advice/advice.h"
#include "advice/told.h"
#include "base/translate.h"
#include "tree/seek.h"
#include "tree/words.h"
#include "tui/ui.h"
#include "tui/view/views.h"

enum { LABEL = 1, TEXT = 10, SETTING = 12 };

typedef struct {
    const App *app;
    Page      *page;
    gboolean   airy;
} Filling;

static void
labelled(Page *page, const char *label, Role role, const char *text)
{
    page_pair(page, LABEL, TEXT, ROLE_LABEL, label, role, text);
}

const Step *
advice_step(const App *app, const Advice *advice)
{
    return seek_step(app->doc->report->tree, advice->turns, advice->args);
}

/* A pass says on how many legs it stands. */
static const char *
who_of(const Filling *f, const Advice *advice, const Told *who)
{
    const Summary *summary = f->app->doc->summary;

    if (g_strcmp0(advice->pattern, "nothing-must-change") == 0 && summary && !summary->bounce &&
        summary->tone == SUMMARY_PASS && summary->fix_who)
        return summary->fix_who;
    return who->text;
}

static void
add_told(const Filling *f, const Told *told, ToldKind before)
{
    const char *label = told->kind == before ? NULL : told_label(told->kind);
    const Role role = told->good                 ? ROLE_PASS
                      : told->kind == TOLD_TRIED ? ROLE_DIM
                                                 : ROLE_TEXT;
    const gboolean begins = told->kind == TOLD_RECORD && before != TOLD_RECORD;
    const gboolean ends = told->kind != TOLD_RECORD && before == TOLD_RECORD;

    if (f->airy && (begins || ends))
        page_row(f->page);
    if (told->kind == TOLD_RECORD)
        page_setting(f->page, SETTING, ROLE_LABEL, told->text);
    else if (label)
        labelled(f->page, label, role, told->text);
    else
        page_text(f->page, TEXT, role, told->text);
}

static void
add_step(const Filling *f, const Advice *advice)
{
    const Step *step = advice_step(f->app, advice);

    if (!step)
        return;
    g_autofree char *question = words_question(step);
    labelled(f->page, _("TURNS"), ROLE_TEXT, question);
    page_text(f->page, TEXT, ROLE_DIM, _("(Enter shows this step in the tree)"));
}

static void
add_advice(const Filling *f, guint index)
{
    const GPtrArray *all = f->app->doc->report->advice;
    const Advice *advice = all->pdata[index];
    g_autoptr(GPtrArray) lines = advice_told(advice);
    const guint row = page_length(f->page);
    g_autofree char *number = g_strdup_printf(_("%u of %u"), index + 1, all->len);
    const char *who = who_of(f, advice, lines->pdata[0]);
    ToldKind before = TOLD_WHO;

    labelled(f->page, all->len > 1 ? number : _("CHANGE"), ROLE_LABEL, who);
    for (guint i = 1; i < lines->len; i++) {
        const Told *told = lines->pdata[i];
        if (told->kind == TOLD_WHAT && g_str_has_prefix(who, told->text))
            continue;
        add_told(f, told, before);
        before = told->kind;
    }
    if (f->airy && before == TOLD_RECORD && advice_step(f->app, advice))
        page_row(f->page);
    add_step(f, advice);
    page_item(f->page, row, advice);
    if (index + 1 < all->len)
        page_row(f->page);
}

/* Nothing is decided yet: what would decide it. */
static void
add_missing(const Filling *f)
{
    const Summary *summary = f->app->doc->summary;

    if (!summary)
        return;
    if (summary->cause)
        labelled(f->page, _("OPEN"), ROLE_TEXT, summary->cause);
    if (overview_way_to_know(f->app))
        labelled(f->page, "", ROLE_TEXT, overview_way_to_know(f->app));
    if (summary->fix_who)
        page_text(f->page, TEXT, ROLE_LABEL, summary->fix_who);
    for (guint i = 0; i < summary->fix_lines->len; i++)
        page_text(f->page, SETTING, ROLE_LABEL, summary->fix_lines->pdata[i]);
}

Page *
advice_page(const App *app, guint width, gboolean airy)
{
    const Report *report = app->doc->report;
    const Filling f = { app, page_new(width, app->mode), airy };

    if (report->advice->len > 0 && advice_believes(report)) {
        page_text(f.page, LABEL, ROLE_UNKNOWN,
                  _("This rests on what the receiving host reported; it was not checked here."));
        page_row(f.page);
    }
    for (guint i = 0; i < report->advice->len; i++)
        add_advice(&f, i);
    if (report->advice->len == 0)
        add_missing(&f);
    return f.page;
}

Page *
advice_letter_page(const App *app, const char *letter, guint width)
{
    Page *page = page_new(width, app->mode);
    g_auto(GStrv) lines = g_strsplit(letter, "\n", -1);

    for (char **line = lines; *line; line++) {
        if (**line)
            page_text(page, LABEL, ROLE_TEXT, *line);
        else
            page_row(page);
    }
    return page;
}

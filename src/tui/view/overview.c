/* overview.c: the ten-second answer: verdict, cause, names, policy, fix, who said what.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/nothing.h"
#include "tui/ui.h"
#include "tui/view/overview-part.h"
#include "tui/view/views.h"

typedef struct {
    View      view;
    Page     *page;
    PagePlace place;
    guint     height;
    guint     answer;       /* so many rows are the answer; findings that it does not tell follow */
    guint     warned;       /* and so many with the warnings among these */
} OverviewView;

enum { LABEL = 1, TEXT = OVERVIEW_TEXT, SETTING = 12, KEYS = 34 };

static void
labelled(Page *page, const char *label, Role label_role, Role role, const char *text)
{
    if (text)
        page_pair(page, LABEL, TEXT, label_role, label, role, text);
}

/* Blank lines, the one that is missed most first: before what to do, before the cause, before what others said. */
typedef enum { GAP_FIX, GAP_CAUSE, GAP_SAID, GAP_NOTES, GAP_NAMES, GAP_POLICY, GAPS } Gap;

/* `air`: so many of them there are. */
static void
put_gap(Page *page, guint air, Gap gap)
{
    if ((guint)gap < air)
        page_row(page);
}

static void
add_all(Page *page, const char *label, const GPtrArray *texts)
{
    for (guint i = 0; i < texts->len; i++)
        labelled(page, i == 0 ? label : "", ROLE_LABEL, ROLE_TEXT, g_ptr_array_index(texts, i));
}

/* The task of a lesson asks for it. */
static gboolean
has_fix(const App *app, const Summary *summary)
{
    return (summary->fix_who || summary->fix_lines->len > 0) && !lesson_asks_task(app);
}

const char *
overview_way_to_know(const App *app)
{
    const Summary *summary = app->doc->summary;

    if (!summary->lacks_dns || app_dns_mode(app, app->doc, NULL) != DNS_MODE_OFFLINE || app_in_lesson(app))
        return NULL;
    return _("d asks DNS; whoever runs these domains may see it.");
}

/* What a command line would say, the keys say here; NULL: they cannot. */
static const char *
here(const App *app, const char *text)
{
    static const struct { const char *option, *keys; } ways[] = {
        { "--trust ", N_("here: 3, then t on that host") },
        { "--ip ", N_("here: w, then Enter on client IP") },
        { "--helo ", N_("here: w, then Enter on HELO") },
        { "--mail-from ", N_("here: w, then Enter on MAIL FROM") },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++)
        if (g_str_has_prefix(text, ways[i].option))
            return translate(ways[i].keys);
    return g_str_has_prefix(text, "--dns ") && overview_way_to_know(app) ? _("here: d, pressed twice") : NULL;
}

/* The keys stand beside what they do where there is room. */
static void
add_fix_line(const App *app, Page *page, const char *text, gboolean literal)
{
    const char *keys = here(app, text);
    const guint row = page_length(page);

    if (literal)
        page_setting(page, SETTING, ROLE_TEXT, text);
    else
        page_text(page, SETTING, ROLE_TEXT, text);
    if (keys && SETTING + glyph_columns(text, FALSE) < KEYS)
        page_wrap(page, row, KEYS, G_MAXUINT, ROLE_TEXT, keys);
    else if (keys)
        page_text(page, SETTING, ROLE_TEXT, keys);
}

static void
add_fix(const App *app, Page *page, const Summary *summary)
{
    labelled(page, _("FIX"), ROLE_LABEL, ROLE_TEXT, summary->fix_who);
    for (guint i = 0; i < summary->fix_lines->len; i++)
        add_fix_line(app, page, g_ptr_array_index(summary->fix_lines, i), summary->fix_literal);
    if (summary->bounce)
        add_all(page, "", summary->bounce->also);
    if (summary->fix_not)
        page_text(page, TEXT, ROLE_TEXT, summary->fix_not);
}

static void
add_said_by(Page *page, const Summary *summary)
{
    for (guint i = 0; i < summary->said_by->len; i++)
        labelled(page, i == 0 ? _("SAID BY") : "", ROLE_LABEL, ROLE_TEXT,
                 g_ptr_array_index(summary->said_by, i));
}

static void
add_summary(const App *app, Page *page, guint width, guint air)
{
    const Summary *summary = app->doc->summary;
    const gboolean glyphs = app->glyphs;
    g_autofree char *verdict = g_strdup_printf("%s %s", mark_tone(summary->tone, glyphs),
                                               summary->verdict);
    const Role role = mark_tone_role(summary->tone);

    if (glyph_columns(verdict, FALSE) < TEXT - LABEL) {
        labelled(page, verdict, role, ROLE_LABEL, summary->sentence);
    } else {
        page_text(page, LABEL, role, verdict);
        labelled(page, "", role, ROLE_LABEL, summary->sentence);
    }
    if (summary->cause) {
        put_gap(page, air, GAP_CAUSE);
        labelled(page, _("CAUSE"), ROLE_CAUSE, ROLE_TEXT, summary->cause);
        if (overview_way_to_know(app))
            labelled(page, "", ROLE_TEXT, ROLE_TEXT, overview_way_to_know(app));
    }
    put_gap(page, air, GAP_NAMES);
    overview_names(page, summary, width, glyphs);
    if (summary->policy) {
        put_gap(page, air, GAP_POLICY);
        page_text(page, TEXT, ROLE_TEXT, summary->policy);
    }
    if (has_fix(app, summary)) {
        put_gap(page, air, GAP_FIX);
        add_fix(app, page, summary);
    }
    if (summary->said_by->len > 0) {
        put_gap(page, air, GAP_SAID);
        add_said_by(page, summary);
    }
}

/* Findings that nothing above tells; Enter shows the bytes of each. Returns how many rows there are with the warnings. */
static guint
add_notes(Page *page, const Summary *summary, guint air)
{
    static const struct {
        const char *label;
        Role        role;
    } kinds[] = {
        [SEVERITY_INFO] = { N_("NOTE"), ROLE_LABEL },
        [SEVERITY_WARNING] = { N_("WARNING"), ROLE_UNKNOWN },
        [SEVERITY_PROBLEM] = { N_("PROBLEM"), ROLE_FAIL },
    };
    guint warned = page_length(page);

    if (summary->notes->len > 0)
        put_gap(page, air, GAP_NOTES);
    for (guint i = 0; i < summary->notes->len; i++) {
        const SummaryNote *note = summary->notes->pdata[i];
        const guint row = page_length(page);
        page_pair(page, LABEL, TEXT, kinds[note->severity].role, translate(kinds[note->severity].label), ROLE_TEXT,
                  note->text);
        page_item(page, row, note->evidence);
        if (note->severity > SEVERITY_INFO)
            warned = page_length(page);
    }
    return warned;
}

/* ---- a bounce: what came back, why, what to do; then the verdict on the notice itself ---- */

/* What was returned is a stranger's text: behind a bar it cannot pass for ours. */
static void
add_returned(Page *page, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line; line++) {
        const guint row = page_row(page);
        page_wrap(page, row, LABEL, TEXT - 1, ROLE_LABEL, line == lines ? _("RETURNED") : "");
        page_wrap(page, row, TEXT, SETTING - 1, ROLE_DIM, "|");
        page_wrap(page, row, SETTING, G_MAXUINT, ROLE_TEXT, *line);
    }
}

static void
add_bounce(const App *app, Page *page, guint air)
{
    const Summary *summary = app->doc->summary;
    const gboolean glyphs = app->glyphs;
    const SummaryBounce *bounce = summary->bounce;
    g_autofree char *label =
        g_strdup_printf("%s %s", mark_tone(bounce->tone, glyphs), bounce->label);

    labelled(page, label, mark_tone_role(bounce->tone), ROLE_LABEL, bounce->sentence);
    if (bounce->doubtful)
        labelled(page, _("ITSELF"), ROLE_FAIL, ROLE_FAIL, bounce->itself);
    labelled(page, _("SAID"), ROLE_LABEL, ROLE_TEXT, bounce->said);
    labelled(page, _("MEANS"), ROLE_CAUSE, ROLE_TEXT, bounce->means);
    put_gap(page, air, GAP_CAUSE);
    add_all(page, _("STORY"), bounce->story);
    put_gap(page, air, GAP_FIX);
    if (has_fix(app, summary))
        add_fix(app, page, summary);
    put_gap(page, air, GAP_SAID);
    if (!bounce->doubtful)
        labelled(page, _("ITSELF"), ROLE_LABEL, ROLE_TEXT, bounce->itself);
    if (bounce->text) {
        put_gap(page, air, GAP_NAMES);
        add_returned(page, bounce->text);
    }
}

/* Of a list, which Esc leads back to. */
static void
add_unreadable(Page *page, const char *fault)
{
    page_row(page);
    page_text(page, LABEL, ROLE_LABEL, _("This message cannot be read."));
    page_row(page);
    if (fault) {
        page_text(page, LABEL, ROLE_FAIL, fault);
        page_row(page);
    }
    page_text(page, LABEL, ROLE_TEXT, _("Esc leads back to the list. The other messages are not concerned."));
}

static void
make_page(OverviewView *self, guint width, guint air)
{
    const App *app = self->view.app;
    Page *page = page_new(MIN(width, OVERVIEW_WIDTH), app->mode);

    if (app->doc->summary && app->doc->summary->bounce)
        add_bounce(app, page, air);
    else if (app->doc->summary)
        add_summary(app, page, width, air);
    else if (app->doc->row != LIST_NO_ROW)
        add_unreadable(page, app->doc->fault);
    else
        nothing_page(page, app->doc->fault);
    self->answer = page_length(page);
    self->warned = app->doc->summary ? add_notes(page, app->doc->summary, air) : self->answer;
    g_clear_pointer(&self->page, page_free);
    self->page = page;
}

/* What is to be seen at once, if blank lines have to go for it: all, else without mere notes, else the answer. */
static guint
rows_wanted(const OverviewView *self, guint height, guint tight_warned, guint tight_all)
{
    return tight_all <= height ? page_length(self->page) : tight_warned <= height ? self->warned : self->answer;
}

/* Blank lines are the first to go where all would not fit: as many as must. */
static void
overview_fit(View *view, guint width, guint height)
{
    OverviewView *self = (OverviewView *)view;

    make_page(self, width, 0);
    const guint warned = self->warned, all = page_length(self->page);
    make_page(self, width, GAPS);
    for (guint air = GAPS; air > 0 && rows_wanted(self, height, warned, all) > height;) {
        air -= MIN(air, rows_wanted(self, height, warned, all) - height);
        make_page(self, width, air);
    }
    self->height = height;
    page_fit(self->page, &self->place, height);
}

static void
overview_draw(const View *view, Canvas *canvas, Rect area)
{
    const OverviewView *self = (const OverviewView *)view;

    page_draw(self->page, &self->place, canvas, area);
}

static void
overview_move(View *view, Move move)
{
    OverviewView *self = (OverviewView *)view;

    page_move(self->page, &self->place, self->height, move);
}

static void
overview_enter(View *view)
{
    OverviewView *self = (OverviewView *)view;

    if (page_items(self->page) > 0)
        app_jump(view->app, page_target(self->page, &self->place));
}

static char *
overview_note(const View *view)
{
    const OverviewView *self = (const OverviewView *)view;

    if (!page_more(self->page, &self->place, self->height))
        return NULL;
    return g_strdup(self->warned > self->answer && self->warned > self->place.top + self->height ? _("a warning below")
                                                                                                   : _("more below"));
}

static void
overview_close(View *view)
{
    page_free(((OverviewView *)view)->page);
}

/* Space: the walk begins with its first step. */
void
overview_walk(App *app)
{
    app_tree(app);
    if (app->doc->current == VIEW_TREE) {
        cursor_restart(app->doc->cursor);
        tree_step(app);
    }
}

static const Page *
overview_read(const View *view)
{
    return ((const OverviewView *)view)->page;
}

static Page *
overview_pane(View *view, PagePlace **place, Rect *area)
{
    OverviewView *self = (OverviewView *)view;

    *place = &self->place;
    *area = (Rect) { 0, 0, view->app->width, self->height };
    return self->page;
}

static char *
overview_value(View *view)
{
    const OverviewView *self = (const OverviewView *)view;
    const Summary *summary = view->app->doc->summary;

    if (!summary || page_items(self->page) == 0 || self->place.item >= summary->names->len)
        return NULL;
    return g_strdup(((const SummaryName *)summary->names->pdata[self->place.item])->domain);
}

const ViewClass view_overview = {
    .name = "overview",
    .label = N_("Overview"),
    .key = "1",
    .context = IN_OVERVIEW,
    .size = sizeof(OverviewView),
    .fit = overview_fit,
    .draw = overview_draw,
    .move = overview_move,
    .enter = overview_enter,
    .note = overview_note,
    .read = overview_read,
    .close = overview_close,
    .pane = overview_pane,
    .value = overview_value,
};

/* what-if-difference.c: before and after side by side: one tree, two columns of outcomes.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tree/words.h"
#include "tui/view/what-if-part.h"
#include "whatif/difference.h"

enum { MARK = 0, BEFORE = 2, AFTER = 14, TITLE = 26, DEEPER = 2, TITLE_ROOM = 24 };

typedef struct {
    const App *app;
    Page      *page;
    guint      width;
    guint      quiet;       /* nodes that are the same, not yet told */
    guint      quiet_depth;
} Writer;

/* Deeper titles stand further right while there is room. */
static guint
title_at(const Writer *writer, guint depth)
{
    const guint most = writer->width > TITLE + TITLE_ROOM ? writer->width - TITLE_ROOM : TITLE;

    return MIN(TITLE + DEEPER * depth, most);
}

static void
tell_quiet(Writer *writer)
{
    if (writer->quiet == 0)
        return;
    g_autofree char *text = writer->quiet == 1
                                ? g_strdup(_("(one step, the same)"))
                                : g_strdup_printf(_("(%u steps, the same)"), writer->quiet);
    page_text(writer->page, title_at(writer, writer->quiet_depth), ROLE_DIM, text);
    writer->quiet = 0;
}

static void
put_outcome(Writer *writer, guint row, guint x, const Step *step, gboolean root)
{
    if (!step)
        return;
    g_autofree char *outcome = mark_outcome(step, root, writer->app->glyphs);
    g_autofree char *text = mark_short(outcome);
    page_wrap(writer->page, row, x, x + AFTER - BEFORE - 1, mark_result_role(step, root), text);
}

/* A mark that needs no color: + added, - gone, > changed. */
static const char *
mark_of(const Difference *node)
{
    static const char *const marks[] = { "", ">", "+", "-" };

    return marks[node->kind];
}

static void
put_node(Writer *writer, const Difference *node, guint depth)
{
    const Step *step = node->after ? node->after : node->before;
    const gboolean changed = node->kind != DIFFERENCE_SAME;
    const guint row = page_row(writer->page);
    g_autofree char *title = words_title(step);

    page_wrap(writer->page, row, MARK, BEFORE, ROLE_CAUSE, mark_of(node));
    put_outcome(writer, row, BEFORE, node->before, depth == 0);
    put_outcome(writer, row, AFTER, node->after, depth == 0);
    page_wrap(writer->page, row, title_at(writer, depth), writer->width,
              changed ? ROLE_TEXT : ROLE_DIM, title);
    page_item(writer->page, row, step);
    g_autofree char *was = difference_was(node);
    if (was)
        page_wrap(writer->page, page_row(writer->page), title_at(writer, depth), writer->width,
                  ROLE_TEXT, was);
}

static void
write_node(Writer *writer, const Difference *node, guint depth)
{
    if (difference_is_quiet(node) && depth > 0) {
        if (writer->quiet > 0 && writer->quiet_depth != depth)
            tell_quiet(writer);
        writer->quiet += difference_size(node);
        writer->quiet_depth = depth;
        return;
    }
    tell_quiet(writer);
    put_node(writer, node, depth);
    for (guint i = 0; i < node->children->len; i++)
        write_node(writer, node->children->pdata[i], depth + 1);
    tell_quiet(writer);
}

static void
write_heads(Writer *writer)
{
    const guint row = page_row(writer->page);

    page_wrap(writer->page, row, BEFORE, AFTER - 1, ROLE_HEADING, _("BEFORE"));
    page_wrap(writer->page, row, AFTER, TITLE - 1, ROLE_HEADING, _("NOW"));
    page_wrap(writer->page, row, TITLE, writer->width, ROLE_HEADING, _("STEP"));
}

Page *
what_if_difference_page(const App *app, guint width)
{
    const Document *document = app->doc;
    Writer writer = { .app = app, .page = page_new(width, app->mode), .width = width };

    if (!document->base || !document->base->tree || !document->report->tree) {
        page_text(writer.page, 1, ROLE_DIM,
                  _("Nothing is changed yet. Enter changes what the cursor is on; here stands what "
                    "follows from it."));
        return writer.page;
    }
    g_autoptr(Difference) all = difference_new(document->base->tree, document->report->tree);
    write_heads(&writer);
    write_node(&writer, all, 0);
    return writer.page;
}

/* "SPF vouches for From:?: NO before, yes now". (transfer full) */
static char *
change_text(const Difference *node)
{
    const Step *step = node->after ? node->after : node->before;
    g_autofree char *title = words_title(step);
    const char *now = words_result((Result)step->result);

    if (!node->before)
        return words_fill(N_("{0}: new, {1}"), title, now, NULL);
    if (!node->after)
        return words_fill(N_("{0}: gone, it was {1}"), title, now, NULL);
    if (step->result == RESULT_INFO)
        return words_fill(N_("{0}: this is new"), title, NULL);
    const char *before = words_result((Result)node->before->result);
    g_autofree char *was = difference_was(node);
    if (was)
        return words_fill(N_("{0}: {1}, as before; {2}"), title, now, was, NULL);
    return node->before->result == step->result
               ? words_fill(N_("{0}: {1}, as before, by other values"), title, now, NULL)
               : words_fill(N_("{0}: {1} before, {2} now"), title, before, now, NULL);
}

static void
list_changes(const Difference *node, Page *page)
{
    if (node->kind != DIFFERENCE_SAME) {
        g_autofree char *text = change_text(node);
        page_text(page, BEFORE, ROLE_TEXT, text);
    }
    for (guint i = 0; node->inside && i < node->children->len; i++)
        list_changes(node->children->pdata[i], page);
}

void
what_if_list_changes(const App *app, Page *page)
{
    const Document *document = app->doc;

    if (!document->base || !document->base->tree || !document->report->tree)
        return;
    g_autoptr(Difference) all = difference_new(document->base->tree, document->report->tree);
    list_changes(all, page);
}

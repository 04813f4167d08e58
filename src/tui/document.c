/* document.c: the life of what is open.
 * SPDX-License-Identifier: MIT */
#include "advice/advice.h"
#include "base/translate.h"
#include "tree/twin.h"
#include "tui/document.h"
#include "tui/predict/predict.h"
#include "tui/ui.h"
#include "whatif/bytes.h"

static void
free_repair(gpointer repair)
{
    record_free(&repair_type, repair);
}

static Document *
document_new(char *title)
{
    Document *document = g_new0(Document, 1);

    document->title = title;
    document->report = report_new();
    document->cursor = cursor_new(document->report->tree);
    document->undone = g_ptr_array_new_with_free_func(g_free);
    document->repairs = g_ptr_array_new_with_free_func(free_repair);
    document->row = LIST_NO_ROW;
    document->back = g_array_new(FALSE, FALSE, sizeof(ViewId));
    return document;
}

/* What was repaired, and what was undone, so that it can be done again. */
static void
remember_repairs(Document *document)
{
    const GPtrArray *repairs = message_origin(document->message)->repairs;

    for (guint i = document->repairs->len; i-- > 0;) {
        const char *id = ((const Repair *)document->repairs->pdata[i])->id;
        if (!repairs_have(repairs, id) && !document_is_undone(document, id))
            g_ptr_array_remove_index(document->repairs, i);
    }
    for (guint i = 0; i < repairs->len; i++) {
        const Repair *repair = repairs->pdata[i];
        guint known = 0;
        while (known < document->repairs->len &&
               !g_str_equal(((const Repair *)document->repairs->pdata[known])->id, repair->id))
            known++;
        gpointer copy = record_copy(&repair_type, repair);
        if (known == document->repairs->len) {
            g_ptr_array_add(document->repairs, copy);
        } else {
            free_repair(document->repairs->pdata[known]);
            document->repairs->pdata[known] = copy;
        }
    }
}

Document *
document_of_message(Message *message, GPtrArray *keeper, char *title)
{
    Document *document = document_new(title);
    const Origin *origin = message_origin(message);

    document->message = message;
    document->keeper = keeper;
    document->original = origin->original ? g_bytes_ref(origin->original) : NULL;
    document->part = origin->index > 0 ? (guint)origin->index - 1 : 0;
    remember_repairs(document);
    return document;
}

Document *
document_of_list(MailList *list, char *title)
{
    Document *document = document_new(title);

    document->list = list;
    document->current = VIEW_LIST;
    return document;
}

Document *
document_of_fault(const char *fault, char *title)
{
    Document *document = document_new(title);

    document->fault = g_strdup(fault);
    return document;
}

static void
restore_bytes(Document *document)
{
    if (!document->unedited)
        return;
    message_free(document->message);
    document->message = g_steal_pointer(&document->unedited);
}

void
document_edit_bytes(Document *document)
{
    restore_bytes(document);
    Message *copy = bytes_edit(document->message, document->edits, NULL);
    if (!copy)
        return;
    document->unedited = document->message;
    document->message = copy;
}

static void
release_message(Document *document)
{
    restore_bytes(document);
    g_clear_pointer(&document->covered, g_bytes_unref);
    if (document->keeper)
        g_clear_pointer(&document->keeper, g_ptr_array_unref);
    else
        message_free(document->message);
    document->message = NULL;
}

void
document_free(Document *document)
{
    if (!document)
        return;
    for (guint i = 0; i < VIEWS; i++) {
        if (document->views[i] && document->views[i]->class->close)
            document->views[i]->class->close(document->views[i]);
        g_free(document->views[i]);
    }
    cursor_free(document->cursor);
    cursor_free(document->other_tree);
    record_free(&step_type, document->twin);
    guessing_free(document->guessing);
    edits_free(document->edits);
    report_free(document->base);
    goal_free(document->goal);
    g_free(document->told);
    summary_free(document->summary);
    report_free(document->report);
    release_message(document);
    mail_list_free(document->list);
    g_ptr_array_unref(document->undone);
    g_ptr_array_unref(document->repairs);
    g_clear_pointer(&document->original, g_bytes_unref);
    g_array_unref(document->back);
    g_free(document->title);
    g_free(document->way);
    g_free(document->fault);
    g_free(document);
}

/* The id stands in the words of src/tree, too. */
static gboolean
says_asking(const Report *report)
{
    for (guint i = 0; i < report->second_opinions->len; i++)
        if (g_strcmp0(((const SecondOpinion *)report->second_opinions->pdata[i])->why,
                      "peer-asked") == 0)
            return TRUE;
    return FALSE;
}

static void
set_report(Document *document, Report *report)
{
    summary_free(document->summary);
    guessing_renew(document->guessing, report);
    report_free(document->report);
    document->report = report;
    document->summary = summary_new(report);
    document->proving = advice_is_announced(report);
    document->asking = says_asking(report);
}

void
document_swap_trees(Document *document)
{
    Cursor *shown = document->cursor;

    if (!document->other_tree) {
        document->twin = twin_tree(document->report->tree_7489, document->report->tree);
        document->other_tree = cursor_new(document->twin);
    }
    document->cursor = document->other_tree;
    document->other_tree = shown;
    document->swapped = !document->swapped;
}

void
document_main_tree(Document *document)
{
    if (!document->swapped)
        return;
    document_swap_trees(document);
    if (document->views[VIEW_TREE])
        document->views[VIEW_TREE]->class->renew(document->views[VIEW_TREE]);
}

/* Before the report goes: a cursor of the other tree would be left behind. */
static void
forget_other_tree(Document *document)
{
    document_main_tree(document);
    g_clear_pointer(&document->other_tree, cursor_free);
    record_free(&step_type, document->twin);
    document->twin = NULL;
}

void
document_take_report(Document *document, Report *report)
{
    forget_other_tree(document);
    document->swapped_left = FALSE;
    cursor_free(document->cursor);
    document->cursor = cursor_new(report->tree);
    set_report(document, report);
    for (guint i = 0; i < VIEWS; i++)
        if (document->views[i] && document->views[i]->class->renew)
            document->views[i]->class->renew(document->views[i]);
}

void
document_grow(Document *document, Report *report)
{
    const gboolean swapped = document->swapped;

    forget_other_tree(document);
    if (!cursor_follow(document->cursor, report->tree)) {
        cursor_free(document->cursor);
        document->cursor = cursor_new(report->tree);
    }
    set_report(document, report);
    if (swapped && report->tree_7489)
        document_swap_trees(document);
    for (guint i = 0; i < VIEWS; i++) {
        const ViewClass *class = document->views[i] ? document->views[i]->class : NULL;
        if (class && class->grow)
            class->grow(document->views[i]);
        else if (class && class->renew)
            class->renew(document->views[i]);
    }
}

void
document_take_message(Document *document, Message *message)
{
    release_message(document);
    document->message = message;
    document->border = 0;
    remember_repairs(document);
}

char *
document_name(const char *path)
{
    return g_str_equal(path, "-") ? g_strdup(_("standard input")) : g_path_get_basename(path);
}

gboolean
document_is_undone(const Document *document, const char *repair)
{
    return g_ptr_array_find_with_equal_func(document->undone, repair, g_str_equal, NULL);
}

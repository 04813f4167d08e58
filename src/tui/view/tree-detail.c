/* tree-detail.c: one step in full: question, inputs, answer in plain words, rule, evidence.
 * SPDX-License-Identifier: MIT */
#include "base/hash.h"
#include "base/translate.h"
#include "lesson/question.h"
#include "tree/words.h"
#include "tui/lessons/lesson.h"
#include "tui/predict/predict.h"
#include "tui/ui.h"
#include "tui/view/views.h"

/* Columns of labels, of facts about the step, of its inputs. */
enum { INDENT = 3, FACT = 13, INPUT = 17 };

/* Only predict mode hides the verdict itself; a walk hides how it came about. */
gboolean
tree_row_shown(const CursorRow *row)
{
    return row->revealed || (row->depth == 0 && !row->concealed);
}

char *
tree_row_title(const CursorRow *row)
{
    if (!row->concealed)
        return words_title(row->step);
    return question_step_tells(row->step) ? g_strdup(_("(shown later)")) : question_title(row->step);
}

/* In place of an outcome that is not seen. */
const char *
tree_row_open(const CursorRow *row)
{
    if (!row->concealed)
        return _("? step");
    return row->step->result == RESULT_INFO ? "" : "?";
}

/* Where it turns says how it comes out. */
gboolean
tree_row_cause(const App *app, const CursorRow *row)
{
    return tree_row_shown(row) && row->step->cause && !app_hides(app);
}

/* A label and what it stands for beside it. */
static void
add_pair(Page *page, const char *label, guint column, Role role, const char *text)
{
    page_pair(page, INDENT, column, ROLE_DIM, label, role, text);
}

static void
gap(Page *page, gboolean airy)
{
    if (airy)
        page_row(page);
}

static void
add_inputs(Page *page, const Step *step, gboolean airy)
{
    for (guint i = 0; i < step->inputs->len; i++) {
        const StepInput *input = g_ptr_array_index(step->inputs, i);
        g_autofree char *label = words_input(input->name);
        g_autofree char *words = words_value(input->value ? input->value : "-");
        g_autofree char *value = g_strdup_printf(
            "%s (%s)", words, words_provenance(provenance_words[input->provenance]));
        add_pair(page, label, INPUT, ROLE_LABEL, value);
    }
    if (step->inputs->len > 0)
        gap(page, airy);
}

static void
add_answer(Page *page, const App *app, const CursorRow *row, gboolean airy)
{
    const gboolean root = row->depth == 0;
    g_autofree char *outcome = mark_outcome(row->step, root, app->glyphs);
    g_autofree char *plain = words_plain(row->step);

    if (*outcome) {
        const guint line = page_row(page);
        const guint x = INDENT + glyph_columns(outcome, FALSE) + 2;
        page_wrap(page, line, INDENT, G_MAXUINT, mark_result_role(row->step, root), outcome);
        if (row->step->provenance != PROVENANCE_UNKNOWN) {
            g_autofree char *how =
                g_strdup_printf("(%s)", words_provenance(provenance_words[row->step->provenance]));
            page_wrap(page, line, x, G_MAXUINT, ROLE_DIM, how);
        }
    }
    if (plain && *plain)
        page_text(page, INDENT, ROLE_TEXT, plain);
    if (tree_row_cause(app, row))
        page_text(page, INDENT, ROLE_CAUSE, _("The verdict turns here."));
    gap(page, airy);
}

/* Evidence of a step and of what lies below it: a branch rests on all of that. */
void
tree_evidence(const Step *step, GPtrArray *evidence)
{
    for (guint i = 0; i < step->evidence->len; i++)
        g_ptr_array_add(evidence, g_ptr_array_index(step->evidence, i));
    for (guint i = 0; i < step->children->len; i++)
        tree_evidence(g_ptr_array_index(step->children, i), evidence);
}

/* Fields are named one by one; of DNS answers below the step only the number is told. */
static void
add_evidence(Page *page, const Step *step)
{
    enum { SHOWN_MAX = 8 };
    g_autoptr(GPtrArray) evidence = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    guint shown = 0, others = 0, answers = 0;

    tree_evidence(step, evidence);
    for (guint i = 0; i < evidence->len; i++) {
        const Evidence *item = g_ptr_array_index(evidence, i);
        g_autoptr(GPtrArray) one = g_ptr_array_new();
        g_ptr_array_add(one, g_ptr_array_index(evidence, i));
        char *text = evidence_text(one);
        if (!g_hash_table_add(seen, text))
            continue;
        if (i >= step->evidence->len && item->kind == EVIDENCE_DNS)
            answers++;
        else if (shown >= SHOWN_MAX)
            others++;
        else
            add_pair(page, shown++ == 0 ? _("Evidence") : "", FACT, ROLE_TEXT, text);
    }
    if (others > 0)
        add_pair(page, "", FACT, ROLE_DIM, _("and others"));
    if (answers > 0) {
        g_autofree char *more = g_strdup_printf(
            answers == 1 ? shown > 0 ? _("and %u DNS answer below") : _("%u DNS answer below")
            : shown > 0 ? _("and %u DNS answers below")
                         : _("%u DNS answers below"),
            answers);
        add_pair(page, shown > 0 ? "" : _("Evidence"), FACT, ROLE_TEXT, more);
    }
}

static void
add_legacy(Page *page, const Step *step)
{
    if (step->legacy == RESULT_SKIPPED)
        return;
    const gboolean same = step->legacy == step->result;
    g_autofree char *text = g_strdup_printf("RFC 7489: %s%s", words_result(step->legacy),
                                            same ? _(", too") : _("  (another answer)"));
    add_pair(page, _("Legacy"), FACT, same ? ROLE_TEXT : ROLE_OTHER, text);
}

static void
add_step(Page *page, const App *app, const CursorRow *row, gboolean airy)
{
    g_autofree char *question = words_question(row->step);

    page_text(page, 1, ROLE_LABEL, question);
    gap(page, airy);
    /* What a check computed is among its inputs. */
    if (!row->concealed || row->step->result == RESULT_INFO)
        add_inputs(page, row->step, airy);
    if (tree_row_shown(row)) {
        add_answer(page, app, row, airy);
    } else {
        if (!row->concealed)
            page_text(page, INDENT, ROLE_DIM, _("Not shown yet: Space goes on to the next step."));
        gap(page, airy);
    }
    g_autofree char *rule = words_rule(row->step->rule ? row->step->rule : "");
    if (*rule)
        add_pair(page, _("Rule"), FACT, ROLE_LINK, rule);
    if (tree_row_shown(row)) {
        add_evidence(page, row->step);
        add_legacy(page, row->step);
    }
}

/* What is seen of a step: its names always, its outcome once the walk has come to it. */
gboolean
tree_row_has(const CursorRow *row, gconstpointer needle)
{
    const Step *step = row->step;
    g_autofree char *title = tree_row_title(row);
    g_autofree char *question = words_question(step);
    g_autofree char *rule = words_rule(step->rule ? step->rule : "");
    g_autofree char *plain = tree_row_shown(row) ? words_plain(step) : NULL;
    gboolean found = find_in(title, needle) || find_in(question, needle) ||
                     find_in(rule, needle) || find_in(plain, needle);

    for (guint i = 0; !found && !row->concealed && i < step->inputs->len; i++) {
        const StepInput *input = step->inputs->pdata[i];
        g_autofree char *label = words_input(input->name);
        g_autofree char *value = words_value(input->value ? input->value : "-");
        found = find_in(label, needle) || find_in(value, needle);
    }
    return found || (tree_row_shown(row) && find_in(words_result(step->result), needle));
}

static Page *
step_detail(const App *app, guint width, gboolean airy)
{
    Page *page = page_new(width, app->mode);
    const GArray *rows = cursor_rows(app->doc->cursor);

    if (rows->len > 0)
        add_step(page, app, &g_array_index(rows, CursorRow, cursor_at(app->doc->cursor)), airy);
    return page;
}

Page *
tree_step_detail(const App *app, guint width)
{
    return step_detail(app, width, FALSE);
}

Page *
tree_detail(const App *app, guint width, gboolean airy)
{
    return predict_asks(app) ? guess_page(app, width, G_MAXUINT) : step_detail(app, width, airy);
}

Page *
tree_step_page(const App *app, const Step *step, guint width)
{
    const CursorRow row = { .step = step, .depth = step == app->doc->report->tree ? 0 : 1,
                            .revealed = TRUE };
    Page *page = page_new(width, app->mode);

    add_step(page, app, &row, TRUE);
    return page;
}

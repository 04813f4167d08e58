/* receivers-page.c: the matrix of rules by receiver, each row to be opened; then what mail
 * programs show.
 * SPDX-License-Identifier: MIT */
#include "tui/view/receivers-page.h"

#include <string.h>

#include "base/hash.h"
#include "base/translate.h"
#include "tree/words.h"

/* A cell holds a mark and a word; a title needs as much as is left. */
enum { LEFT = 1, CELL = 11, TITLE_MIN = 22, TITLE_MAX = 40, INDENT = 3, COLUMN = 17, HEADS = 16 };

/* Lines longer than this are hard to read, however wide the window is; a matrix is not read line by line. */
enum { WIDTH_MAX = 110 };

static SummaryTone
tone_of(int result)
{
    switch (result) {
    case RESULT_PASS:
        return SUMMARY_PASS;
    case RESULT_FAIL:
        return SUMMARY_FAIL;
    case RESULT_UNKNOWN:
        return SUMMARY_UNKNOWN;
    default:
        return SUMMARY_NONE;
    }
}

/* "x fail", "- n/a" (transfer full) */
static char *
cell_of(const App *app, int result)
{
    const SummaryTone tone = tone_of(result);
    const char *word = result == RESULT_SKIPPED ? _("n/a") : words_rule_result((Result)result);
    g_autofree char *shorter = mark_short(word);

    return g_strdup_printf("%s %s", mark_tone(tone, app->glyphs), shorter);
}

static const ReceiverRule *
rule_of(const ReceiverVerdict *verdict, const char *id)
{
    for (guint i = 0; i < verdict->rules->len; i++) {
        const ReceiverRule *rule = verdict->rules->pdata[i];
        if (g_str_equal(rule->id, id))
            return rule;
    }
    return NULL;
}

/* What failed anywhere comes first, then what is open: a small screen shows the top alone. */
static guint
urgency(const Report *report, const ReceiverRule *row)
{
    guint least = 3;

    for (guint v = 0; v < report->receivers->len; v++) {
        const ReceiverRule *rule = rule_of(report->receivers->pdata[v], row->id);
        if (rule && rule->result == RESULT_FAIL)
            return 0;
        if (rule && rule->result == RESULT_UNKNOWN)
            least = MIN(least, 1);
        else if (rule && rule->result == RESULT_PASS)
            least = MIN(least, 2);
    }
    return least;
}

static GPtrArray *
by_urgency(const Report *report, const GPtrArray *rows)
{
    GPtrArray *sorted = g_ptr_array_new();

    for (guint urgent = 0; urgent <= 3; urgent++)
        for (guint i = 0; i < rows->len; i++)
            if (urgency(report, rows->pdata[i]) == urgent)
                g_ptr_array_add(sorted, rows->pdata[i]);
    return sorted;
}

/* The first rule of each id; of equally urgent ones in the order in which the receivers name
 * them. */
static GPtrArray *
rows_of(const Report *report)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(hash_text, g_str_equal);

    for (guint v = 0; v < report->receivers->len; v++) {
        const ReceiverVerdict *verdict = report->receivers->pdata[v];
        for (guint i = 0; i < verdict->rules->len; i++) {
            ReceiverRule *rule = verdict->rules->pdata[i];
            if (g_hash_table_add(seen, (gpointer)rule->id))
                g_ptr_array_add(rows, rule);
        }
    }
    return by_urgency(report, rows);
}

/* ---- what stands behind a rule ---- */

static void
add_line(Page *page, const char *label, Role role, char *text)
{
    g_autofree char *own = text;

    if (own && *own)
        page_pair(page, INDENT, COLUMN, ROLE_DIM, label, role, own);
}

static void
add_answer(Page *page, const ReceiverRule *rule)
{
    if (!rule->code)
        return;
    g_autofree char *clash = words_rule_clash(rule);
    add_line(page, _("Its answer"), ROLE_TEXT,
             clash ? g_strdup_printf("%s. %s", rule->code, clash) : g_strdup(rule->code));
}

/* `before`: the rule that was told last; what was seen is mostly the same for all. */
static void
add_rule(Page *page, const App *app, const ReceiverVerdict *verdict, const ReceiverRule *rule,
         const ReceiverRule *before)
{
    const gboolean same = before && g_strcmp0(before->reason, rule->reason) == 0 &&
                          g_strcmp0(before->args[0], rule->args[0]) == 0;
    g_autofree char *cell = cell_of(app, rule->result);
    g_autofree char *head = g_strdup_printf("%s: %s", verdict->name, cell);
    g_autofree char *since = rule->since ? words_fill(N_("since {0}"), rule->since, NULL) : NULL;

    page_text(page, INDENT, mark_tone_role(tone_of(rule->result)), head);
    if (!same)
        add_line(page, _("Seen"), ROLE_TEXT, words_rule_evidence(rule));
    if (rule->result == RESULT_FAIL || rule->result == RESULT_UNKNOWN) {
        add_line(page, _("If not met"), ROLE_TEXT, words_rule_effect(rule));
        add_answer(page, rule);
    }
    add_line(page, _("Read in"), ROLE_DIM,
             g_strdup_printf("%s (%s%s%s)", rule->source ? rule->source : "?",
                             verdict->as_of ? verdict->as_of : "?", since ? "; " : "",
                             since ? since : ""));
}

static void
add_open_rule(Page *page, const App *app, const ReceiverRule *row)
{
    const GPtrArray *receivers = app->doc->report->receivers;
    const ReceiverRule *before = NULL;
    gboolean failed = FALSE;

    for (guint v = 0; v < receivers->len; v++) {
        const ReceiverVerdict *verdict = receivers->pdata[v];
        const ReceiverRule *rule = rule_of(verdict, row->id);
        if (!rule)
            continue;
        add_rule(page, app, verdict, rule, before);
        before = rule;
        failed = failed || rule->result == RESULT_FAIL;
    }
    if (failed)
        add_line(page, _("What to do"), ROLE_TEXT, words_rule_remedy(row));
    page_row(page);
}

/* ---- the matrix ---- */

/* "gmail-bulk" as two lines of a head. */
static void
add_head(Page *page, guint row, guint x, const ReceiverVerdict *verdict)
{
    g_auto(GStrv) parts = g_strsplit(verdict->profile, "-", 2);

    page_wrap(page, row, x, x + CELL, ROLE_HEADING, parts[0]);
    if (parts[1])
        page_wrap(page, row + 1, x, x + CELL, ROLE_HEADING, parts[1]);
}

typedef struct {
    Page      *page;
    const App *app;
    guint      from, to;        /* receivers of this block */
    guint      title;           /* columns of the left one */
} Block;

static void
add_cells(const Block *block, guint row, const char *id)
{
    for (guint v = block->from; v < block->to; v++) {
        const ReceiverVerdict *verdict = block->app->doc->report->receivers->pdata[v];
        const ReceiverRule *rule = id ? rule_of(verdict, id) : NULL;
        const guint x = block->title + (v - block->from) * CELL;
        if (id && !rule)
            continue;
        const int result = id ? rule->result : verdict->result;
        g_autofree char *cell = cell_of(block->app, result);
        page_wrap(block->page, row, x, x + CELL, mark_tone_role(tone_of(result)), cell);
    }
}

static gboolean
block_has(const Block *block, const char *id)
{
    for (guint v = block->from; v < block->to; v++)
        if (rule_of(block->app->doc->report->receivers->pdata[v], id))
            return TRUE;
    return FALSE;
}

static void
add_row(const Block *block, const ReceiverRule *rule, gconstpointer open)
{
    g_autofree char *title = words_rule_title(rule);
    const guint row = page_row(block->page);

    page_wrap(block->page, row, LEFT, block->title - 1, ROLE_LABEL, title);
    add_cells(block, row, rule->id);
    if (open == rule)
        add_open_rule(block->page, block->app, rule);
    page_item(block->page, row, rule);
}

static void
add_block(const Block *block, const GPtrArray *rows, gconstpointer open)
{
    const guint head = page_row(block->page);

    page_row(block->page);
    page_wrap(block->page, head, LEFT, block->title, ROLE_DIM, _("RULE"));
    for (guint v = block->from; v < block->to; v++)
        add_head(block->page, head, block->title + (v - block->from) * CELL,
                 block->app->doc->report->receivers->pdata[v]);
    const guint whole = page_row(block->page);
    page_wrap(block->page, whole, LEFT, block->title, ROLE_TEXT, _("all of it"));
    add_cells(block, whole, NULL);
    for (guint i = 0; i < rows->len; i++) {
        const ReceiverRule *rule = rows->pdata[i];
        if (block_has(block, rule->id))
            add_row(block, rule, open);
    }
    page_row(block->page);
}

/* Those that have no room beside the first ones. */
static void
name_others(Page *page, const Report *report, guint from)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint v = from; v < report->receivers->len; v++) {
        const ReceiverVerdict *verdict = report->receivers->pdata[v];
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", verdict->profile);
    }
    g_autofree char *line = words_fill(N_("Further below: {0}"), names->str, NULL);
    page_text(page, LEFT, ROLE_DIM, line);
}

static void
add_matrix(Page *page, const App *app, guint width, gconstpointer open)
{
    const guint count = app->doc->report->receivers->len;
    const guint room = width > TITLE_MIN + CELL ? (width - TITLE_MIN) / CELL : 1;
    const guint each = MIN(MAX(room, 1), HEADS);
    g_autoptr(GPtrArray) rows = rows_of(app->doc->report);

    if (each < count)
        name_others(page, app->doc->report, each);
    for (guint from = 0; from < count; from += each) {
        const guint to = MIN(from + each, count);
        const guint cells = (to - from) * CELL;
        const guint title = width > cells + TITLE_MIN ? MIN(width - cells, TITLE_MAX) : TITLE_MIN;
        add_block(&(Block){ page, app, from, to, title }, rows, open);
    }
}

/* Without a head above it a cell says whose it is; who does not ask is not named. */
static void
append_cells(GString *line, const App *app, const char *id)
{
    const GPtrArray *receivers = app->doc->report->receivers;
    const char *between = ": ";

    for (guint v = 0; v < receivers->len; v++) {
        const ReceiverVerdict *verdict = receivers->pdata[v];
        const ReceiverRule *rule = rule_of(verdict, id);
        if (!rule)
            continue;
        g_autofree char *cell = cell_of(app, rule->result);
        g_string_append_printf(line, "%s%s %s", between, verdict->profile, cell);
        between = "; ";
    }
}

static const ReceiverRule *
rule_at(const App *app, gconstpointer target)
{
    g_autoptr(GPtrArray) rows = rows_of(app->doc->report);
    guint at = 0;

    return g_ptr_array_find(rows, target, &at) ? rows->pdata[at] : NULL;
}

char *
receivers_line(const App *app, gconstpointer target, gboolean open)
{
    const ReceiverRule *rule = rule_at(app, target);

    if (!rule)
        return NULL;
    g_autofree char *title = words_rule_title(rule);
    GString *line = g_string_new(title);
    append_cells(line, app, rule->id);
    if (open) {
        g_autoptr(Page) page = page_new(G_MAXUINT16, app->mode);
        add_open_rule(page, app, rule);
        page_item(page, 0, rule);
        g_autofree char *told = page_item_text(page, &(PagePlace){ 0, 0, 0 });
        g_string_append_printf(line, ".  %s", told);
    }
    return g_string_free(line, FALSE);
}

/* ---- what mail programs show ---- */

/* As wide as the longest name of a program, where that leaves more than half of the line to what the program shows. */
static guint
shown_column(const Report *report, guint width)
{
    guint column = COLUMN + LEFT;

    for (guint i = 0; i < report->shown->len; i++) {
        const Shown *shown = report->shown->pdata[i];
        const guint wanted = LEFT + glyph_columns(shown->name ? shown->name : shown->program, FALSE) + 2;
        if (wanted < width / 2)
            column = MAX(column, wanted);
    }
    return column;
}

static void
add_shown(Page *page, guint column, const Shown *shown, gconstpointer open)
{
    g_autofree char *line = words_shown_line(shown);
    g_autofree char *mark = words_shown_mark(shown);
    g_autofree char *whole = mark ? g_strdup_printf("%s  (%s)", line, mark) : g_strdup(line);
    const guint row = page_length(page);

    page_pair(page, LEFT, column, ROLE_LABEL, shown->name ? shown->name : shown->program,
              ROLE_TEXT, whole);
    const char *source = shown->known ? N_("{0} ({1}; documented there)") : N_("{0} ({1}; inferred)");
    if (open == shown) {
        add_line(page, _("Why"), ROLE_TEXT, words_shown_why(shown));
        add_line(page, _("Read in"), ROLE_DIM,
                 words_fill(source, shown->source ? shown->source : "?",
                            shown->as_of ? shown->as_of : "?", NULL));
    }
    page_item(page, row, shown);
}

/* As the header has it. */
static void
add_header_line(Page *page, guint column, const Report *report)
{
    const Mailbox *author =
        report->from->addresses->len > 0 ? report->from->addresses->pdata[0] : NULL;
    const char *address = author && author->address ? author->address : report->from->domain;

    if (!author)
        return;
    address = address ? address : "";
    g_autofree char *line = author->name ? g_strdup_printf("%s <%s>", author->name, address)
                                         : g_strdup(address);
    page_pair(page, LEFT, column, ROLE_DIM, _("From: says"), ROLE_TEXT, line);
}

Page *
receivers_page(const App *app, guint width, gconstpointer open, guint *shown)
{
    const Report *report = app->doc->report;
    const guint matrix = TITLE_MAX + MIN(report->receivers->len, HEADS) * CELL;
    Page *page = page_new(MIN(width, MAX(matrix, WIDTH_MAX)), app->mode);
    const guint column = shown_column(report, width);

    if (report->receivers->len > 0)
        add_matrix(page, app, width, open);
    else
        page_text(page, LEFT, ROLE_TEXT, _("No receiver's rules are at hand."));
    *shown = page_items(page);
    if (report->shown->len > 0) {
        page_text(page, LEFT, ROLE_HEADING, _("WHAT A READER SEES"));
        add_header_line(page, column, report);
    }
    for (guint i = 0; i < report->shown->len; i++)
        add_shown(page, column, report->shown->pdata[i], open);
    return page;
}

/* ---- for those who listen ---- */

Page *
receivers_page_aloud(const App *app, guint width)
{
    const Report *report = app->doc->report;
    Page *page = page_new(width, app->mode);
    const guint column = shown_column(report, width);

    for (guint v = 0; v < report->receivers->len; v++) {
        const ReceiverVerdict *verdict = report->receivers->pdata[v];
        g_autofree char *cell = cell_of(app, verdict->result);
        g_autofree char *head = g_strdup_printf("%s (%s): %s", verdict->name,
                                                verdict->as_of ? verdict->as_of : "?", cell);
        page_text(page, LEFT, ROLE_HEADING, head);
        for (guint i = 0; i < verdict->rules->len; i++) {
            const ReceiverRule *rule = verdict->rules->pdata[i];
            g_autofree char *title = words_rule_title(rule);
            g_autofree char *seen = words_rule_evidence(rule);
            g_autofree char *word = cell_of(app, rule->result);
            g_autofree char *line = g_strdup_printf("%s: %s. %s", title, word, seen);
            page_text(page, INDENT, mark_tone_role(tone_of(rule->result)), line);
        }
    }
    if (report->shown->len > 0) {
        page_text(page, LEFT, ROLE_HEADING, _("WHAT A READER SEES"));
        add_header_line(page, column, report);
    }
    for (guint i = 0; i < report->shown->len; i++)
        add_shown(page, column, report->shown->pdata[i], report->shown->pdata[i]);
    return page;
}

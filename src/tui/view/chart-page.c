/* chart-page.c: what a cell of the chart means: for this message, for DMARC, for Gmail, and by an
 * example. SPDX-License-Identifier: MIT */
#include "tui/view/chart-page.h"

#include "advice/summary-part.h"
#include "base/translate.h"
#include "tree/words.h"
#include "tui/ui.h"

enum { INDENT = 1, FACT = 9 };

void
chart_add_fact(Page *page, const char *label, Role role, const char *text)
{
    page_pair(page, INDENT, FACT, ROLE_LABEL, label, role, text);
}

/* ---- DMARC and Gmail ---- */

static SummaryTone
tone_of(Result result)
{
    return result == RESULT_PASS   ? SUMMARY_PASS
           : result == RESULT_FAIL ? SUMMARY_FAIL
                                   : SUMMARY_NONE;
}

const char *
chart_dmarc_mark(const App *app, Result result)
{
    return mark_tone(tone_of(result), app->glyphs);
}

char *
chart_dmarc_word(Result result)
{
    return result == RESULT_FAIL ? g_ascii_strup(words_result(result), -1)
                                 : g_strdup(words_result(result));
}

Role
chart_dmarc_role(Result result)
{
    return mark_tone_role(tone_of(result));
}

static const char *
dmarc_why(Result result)
{
    if (result == RESULT_NONE)
        return _("without a record nobody is asked to compare names");
    return result == RESULT_PASS ? _("one pass for the domain in From: is enough")
                                 : _("nothing that passed is for the domain in From:");
}

static void
add_dmarc(Page *page, const App *app, const ChartCell *cell)
{
    const Result result = chart_dmarc(cell->spf, cell->dkim, cell->record);
    g_autofree char *word = chart_dmarc_word(result);
    g_autofree char *text =
        g_strdup_printf(_("%s %s: %s."), chart_dmarc_mark(app, result), word, dmarc_why(result));

    chart_add_fact(page, "DMARC", chart_dmarc_role(result), text);
}

/* "SPF must pass, DKIM must pass" (transfer full) */
static char *
lacks_words(guint lacks)
{
    static const char *const ids[] = { "chart-lacks-spf", "chart-lacks-dkim",
                                       "chart-lacks-alignment", "chart-lacks-record" };
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
        if (lacks & 1u << i)
            g_ptr_array_add(all, words_text(ids[i], NULL));
    return words_fill_list("{*}", all);
}

static void
add_gmail(Page *page, const App *app, const ChartCell *cell)
{
    const guint lacks = chart_gmail_lacks(cell->spf, cell->dkim, cell->record);
    const char *mark = mark_tone(lacks ? SUMMARY_FAIL : SUMMARY_PASS, app->glyphs);
    g_autofree char *missing = lacks_words(lacks);
    g_autofree char *text =
        lacks ? g_strdup_printf(_("%s %s, its rule for bulk senders is not met: %s."), mark,
                                words_result(RESULT_NO), missing)
              : g_strdup_printf(_("%s %s, its rule for bulk senders is met: SPF and DKIM pass, one "
                                  "of them for the domain in From:."),
                                mark, words_result(RESULT_YES));

    chart_add_fact(page, "Gmail", lacks ? ROLE_FAIL : ROLE_PASS, text);
}

/* ---- this message ---- */

static char *
spf_sentence(const char *author, const ChartPlace *place)
{
    const char *domain = place->spf_domain ? place->spf_domain : "MAIL FROM";

    switch (place->spf) {
    case CHART_ALIGNED:
        return g_str_equal(domain, author)
                   ? g_strdup_printf(_("SPF passed for %s itself."), domain)
                   : g_strdup_printf(_("SPF passed for %s, which stands for %s."), domain, author);
    case CHART_UNALIGNED:
        return g_strdup_printf(_("SPF passed for %s, which is not %s."), domain, author);
    case CHART_FAIL:
        return g_strdup_printf(_("SPF of %s came out as %s."), domain,
                               words_result(place->spf_result));
    case CHART_NONE:
        return g_strdup_printf(_("For %s there is no SPF record."), domain);
    case CHART_OPEN:
        break;
    }
    return NULL;
}

static char *
dkim_failed(const ChartPlace *place)
{
    const char *domain = place->dkim_domain ? place->dkim_domain : "?";
    const char *reason = place->signature ? place->signature->reason : NULL;
    g_autofree char *why = reason ? words_text(reason, NULL)
                                  : g_strdup(words_result(place->dkim_result));

    return place->signatures > 1
               ? g_strdup_printf(_("None of %u signatures is good; that of %s: %s."),
                                 place->signatures, domain, why)
               : g_strdup_printf(_("The signature of %s is not good: %s."), domain, why);
}

static char *
dkim_sentence(const char *author, const ChartPlace *place)
{
    const char *domain = place->dkim_domain ? place->dkim_domain : "?";

    switch (place->dkim) {
    case CHART_ALIGNED:
        return g_str_equal(domain, author)
                   ? g_strdup_printf(_("The signature of %s itself is good."), domain)
                   : g_strdup_printf(_("The signature of %s is good and stands for %s."), domain,
                                     author);
    case CHART_UNALIGNED:
        return g_strdup_printf(_("The signature of %s is good, but that is not %s."), domain,
                               author);
    case CHART_FAIL:
        return dkim_failed(place);
    case CHART_NONE:
        return g_strdup(_("Nobody signed it."));
    case CHART_OPEN:
        break;
    }
    return NULL;
}

/* ---- what is open, and why ---- */

/* "the client's IP address is not known" (transfer full, or NULL) */
static char *
reason_words(const char *reason)
{
    g_autofree char *words = reason ? words_text(reason, NULL) : NULL;

    return words && !g_str_equal(words, reason) ? g_steal_pointer(&words) : NULL;
}

static char *
spf_open_sentence(const Report *report, const ChartPlace *own)
{
    g_autofree char *why = reason_words(report->spf->mail_from->reason);

    if (own->spf_result == RESULT_PASS)
        return g_strdup(_("SPF passed, but whose name that proves is not known."));
    if (own->spf_result == RESULT_TEMPERROR)
        return g_strdup(_("SPF is open: DNS did not answer (temperror)."));
    return why ? words_fill(N_("SPF is open: {0}."), why, NULL)
               : g_strdup(_("Whether SPF passes cannot be known from what is at hand."));
}

static char *
dkim_open_sentence(const ChartPlace *own)
{
    g_autofree char *why = reason_words(own->signature ? own->signature->reason : NULL);

    if (own->dkim_result == RESULT_PASS)
        return g_strdup(_("A signature is good, but whose name that proves is not known."));
    if (own->dkim_result == RESULT_TEMPERROR)
        return g_strdup(_("DKIM is open: DNS did not answer (temperror)."));
    return why ? words_fill(N_("DKIM is open: {0}."), why, NULL)
               : g_strdup(_("Whether a signature is good cannot be known from what is at hand."));
}

/* Which check has no outcome of its own here, and why. (transfer full) */
static char *
open_checks(const Report *report, const ChartPlace *own)
{
    g_autofree char *spf = own->spf == CHART_OPEN ? spf_open_sentence(report, own) : NULL;
    g_autofree char *dkim = own->dkim == CHART_OPEN ? dkim_open_sentence(own) : NULL;

    return spf && dkim ? words_fill("{0} {1}", spf, dkim, NULL)
                       : g_strdup(spf ? spf : dkim ? dkim : "");
}

/* Without a cell: what is known all the same. */
static const char *
open_sentence(const char *author, const ChartPlace *place)
{
    if (!author)
        return _("From: names no single domain, so this message has no cell.");
    if (place->spf == CHART_ALIGNED)
        return _("Only the row of this message is known. DMARC passes in all of it.");
    if (place->dkim == CHART_ALIGNED)
        return _("Only the column of this message is known. DMARC passes in all of it.");
    if (place->spf != CHART_OPEN)
        return _("Only the row of this message is known.");
    return place->dkim != CHART_OPEN ? _("Only the column of this message is known.")
                                     : _("This message has no cell: neither check is settled.");
}

/* What is known of both checks, by whomever. (transfer full) */
static char *
both_checks(const char *author, const ChartPlace *place)
{
    g_autofree char *spf = spf_sentence(author, place);
    g_autofree char *dkim = dkim_sentence(author, place);

    return spf && dkim ? words_fill("{0} {1}", spf, dkim, NULL)
                       : g_strdup(spf ? spf : dkim ? dkim : "");
}

/* No cell: why not, and what the receiving host's word would lead to. */
static void
add_open(Page *page, const App *app, const ChartStand *stand)
{
    const Report *report = app->doc->report;
    const char *author = report->from->domain;
    const char *host = summary_claimant(report);

    if (!author) {
        chart_add_fact(page, _("HERE"), ROLE_UNKNOWN, open_sentence(author, &stand->own));
        return;
    }
    g_autofree char *open = open_checks(report, &stand->own);
    g_autofree char *own = both_checks(author, &stand->own);
    g_autofree char *told = both_checks(author, &stand->place);
    g_autofree char *right =
        stand->claimed ? words_fill(N_("If {0} is right, it is this one: {1}"), host, told, NULL)
        : stand->place.believed
            ? words_fill(N_("If {0} is right: {1} {2}"), host, told, open_sentence(author, &stand->place), NULL)
            : NULL;
    chart_add_fact(page, _("HERE"), ROLE_UNKNOWN,
                   stand->claimed ? _("This message has no cell.") : open_sentence(author, &stand->own));
    page_text(page, FACT, ROLE_TEXT, open);
    if (*own)
        page_text(page, FACT, ROLE_TEXT, own);
    if (right)
        page_text(page, FACT, ROLE_UNKNOWN, right);
}

static void
add_message(Page *page, const App *app, const ChartStand *stand)
{
    if (!stand->placed) {
        add_open(page, app, stand);
        return;
    }
    g_autofree char *both = both_checks(app->doc->report->from->domain, &stand->place);
    chart_add_fact(page, _("HERE"), ROLE_LABEL, both);
}

/* ---- the page ---- */

static char *
state_words(const char *check, ChartState state)
{
    g_autofree char *id = g_strconcat("chart-", check, "-", chart_state_words[state], NULL);

    return words_text(id, NULL);
}

void
chart_add_title(Page *page, const ChartCell *cell)
{
    g_autofree char *spf = state_words("spf", cell->spf);
    g_autofree char *dkim = state_words("dkim", cell->dkim);
    g_autofree char *title = words_fill(N_("{0}, and {1}"), spf, dkim, NULL);

    chart_add_fact(page, _("CELL"), ROLE_LABEL, title);
}

/* The words call the domain in From: example.com. Beside a message that says another one this would be a stranger's name, which
 * people copy. (transfer full) */
static char *
example_of(const App *app, const ChartCell *cell)
{
    g_autofree char *id = g_strdup_printf("chart-%s-%s", chart_state_words[cell->spf],
                                          chart_state_words[cell->dkim]);
    g_autofree char *words = words_text(id, NULL);
    const char *author = app->doc->summary ? app->doc->report->from->domain : NULL;
    g_auto(GStrv) parts = g_strsplit(words, "example.com", -1);

    return g_strjoinv(author ? author : "example.com", parts);
}

void
chart_add_meaning(Page *page, const App *app, const ChartCell *cell)
{
    g_autofree char *example = example_of(app, cell);

    add_dmarc(page, app, cell);
    add_gmail(page, app, cell);
    page_text(page, FACT, ROLE_TEXT, example);
    chart_add_moves(page, app, cell);
}

Page *
chart_page(const App *app, const ChartCell *cell, guint width)
{
    Page *page = page_new(width, app->mode);
    const ChartStand *stand = cell->stand;
    const gboolean here = chart_is_here(stand, cell->spf, cell->dkim);

    if ((!stand->placed && !stand->claimed) || here)
        add_message(page, app, stand);
    if (!here)
        chart_add_title(page, cell);
    chart_add_edits(page, cell);
    chart_add_meaning(page, app, cell);
    return page;
}

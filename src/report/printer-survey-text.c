/* printer-survey-text.c: a survey as text for people: how much passes, who sends as whom, what
 * makes most failures and what each must change. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "report/printer-survey-part.h"
#include "report/printer-survey.h"
#include "tree/words.h"

enum { WIDTH = 80 };
/* Right ends of the columns of numbers, closer on narrow paper, and where the bar begins. */
enum {
    NUMBER = 11,
    NUMBERS_FROM = 20,
    NUMBER_NARROW = 8,
    NUMBERS_NARROW = 16,
    BAR = 56,
    BAR_MIN = 10,
    BAR_MAX = 50
};
/* Of the table of senders: the domain in From:, the mark and number of the verdict, three marks. */
enum { COUNT_END = 10, FROM = 12, VERDICT = 8, MARKS = 7 };

static void
note(Paper *paper, PaperRole role, const char *text)
{
    paper_paragraph(paper, NULL, PAPER_PLAIN, SURVEY_INDENT, role, text);
}

/* Where the number of a tally ends. */
static guint
tally_end(const Paper *paper, guint tally)
{
    return paper->width < SURVEY_NARROW ? NUMBERS_NARROW + tally * NUMBER_NARROW
                                        : NUMBERS_FROM + tally * NUMBER;
}

/* ---- head ---- */

static char *
messages_of(gint64 count)
{
    g_autofree char *number = words_number(count);

    return count == 1 ? g_strdup(_("1 message")) : words_fill(N_("{0} messages"), number, NULL);
}

static void
print_head(Paper *paper, const SurveyTotals *totals, const char *domain)
{
    g_autofree char *messages = messages_of(totals->messages);
    g_autofree char *dates = survey_dates(totals->first, totals->last);
    g_autofree char *behind = dates ? words_fill(N_(", {0}"), dates, NULL) : NULL;
    g_autofree char *head = g_strconcat(messages, behind, NULL);

    paper_paragraph(paper, _("SURVEY"), PAPER_BOLD, SURVEY_INDENT, PAPER_PLAIN, head);
    if (domain) {
        g_autofree char *others = messages_of(totals->elsewhere);
        g_autofree char *text = words_fill(
            N_("With {0}, or a name below it, in From:. Left out: {1} of other domains."), domain,
            others, NULL);
        note(paper, PAPER_PLAIN, text);
    }
    if (totals->unreadable > 0) {
        g_autofree char *number = words_number(totals->unreadable);
        g_autofree char *text = words_fill(
            N_("Could not be read, and is not counted: {0}; see the end."), number, NULL);
        note(paper, PAPER_UNKNOWN, text);
    }
    if (totals->part)
        paper_paragraph(
            paper, _("PART"), PAPER_UNKNOWN, SURVEY_INDENT, PAPER_PLAIN,
            _("Not all: this was stopped before the end, and shows what was counted until then."));
    paper_rule(paper);
}

/* ---- verdicts ---- */

/* A bar of four runs: as many columns as the share of each, and one where there is anything at all.
 * `texts` holds what the cells show. */
static void
draw_bar(const Tallies *tallies, guint width, PaperCell *cells, char texts[TALLIES][BAR_MAX + 1])
{
    static const struct {
        Tally tally;
        char glyph;
    } runs[] = {{TALLY_PASS, '#'}, {TALLY_FAIL, 'x'}, {TALLY_OPEN, '?'}, {TALLY_NONE, '.'}};
    guint columns[TALLIES], sum = 0, widest = 0, at = BAR;

    for (guint i = 0; i < TALLIES; i++) {
        const gint64 count = tallies->count[runs[i].tally];
        columns[i] = (guint)((double)count / (double)MAX(tallies->all, 1) * width + 0.5);
        columns[i] = count > 0 && width > 0 ? MAX(columns[i], 1) : 0;
        sum += columns[i];
        widest = columns[i] > columns[widest] ? i : widest;
    }
    /* Rounding goes where it is seen least. */
    columns[widest] += sum > 0 ? width - sum : 0;
    for (guint i = 0; i < TALLIES; i++) {
        const guint length = MIN(columns[i], BAR_MAX);
        memset(texts[i], runs[i].glyph, length);
        texts[i][length] = '\0';
        cells[i] = (PaperCell){texts[i], at, survey_tally_role(runs[i].tally)};
        at += length;
    }
}

static void
print_tallies(Paper *paper, const char *label, const gint64 *results)
{
    const Tallies tallies = survey_tally(results);
    const guint width = paper->width > BAR + BAR_MIN ? MIN(paper->width - BAR, BAR_MAX) : 0;
    char texts[TALLIES][BAR_MAX + 1];
    PaperCell cells[2 * TALLIES + 1] = {{label, 1, PAPER_PLAIN}};

    for (guint i = 0; i < TALLIES; i++) {
        const gint64 count = tallies.count[i];
        cells[i + 1] = survey_right(words_number(count), tally_end(paper, i),
                             count > 0 ? survey_tally_role((Tally)i) : PAPER_DIM);
    }
    draw_bar(&tallies, width, cells + TALLIES + 1, texts);
    paper_row(paper, cells, G_N_ELEMENTS(cells));
    for (guint i = 0; i < TALLIES; i++)
        g_free((char *)cells[i + 1].text);
}

static void
print_verdict_head(Paper *paper)
{
    const char *const words[] = {_("PASS"), _("FAIL"), _("NONE"), _("UNKNOWN")};
    char *texts[TALLIES];
    PaperCell cells[TALLIES];

    survey_heads(words, TALLIES, tally_end(paper, 1) - tally_end(paper, 0), texts);
    for (guint i = 0; i < TALLIES; i++)
        cells[i] = survey_right(texts[i], tally_end(paper, i), PAPER_DIM);
    paper_row(paper, cells, TALLIES);
    for (guint i = 0; i < TALLIES; i++)
        g_free(texts[i]);
}

/* Where hosts that received the messages are believed. */
static void
print_told(Paper *paper, const ChartCount *chart)
{
    guint64 aligned = 0;

    for (guint cell = 0; cell < CHART_CELLS; cell++)
        if (chart_cell_spf(cell) == CHART_ALIGNED || chart_cell_dkim(cell) == CHART_ALIGNED)
            aligned += chart->told[cell];
    if (aligned == 0)
        return;
    g_autofree char *number = words_number((gint64)aligned);
    g_autofree char *text = words_fill(
        N_("Of the unknown ones {0} would pass for From:, if what the receiving hosts reported "
           "is right."),
        number, NULL);
    note(paper, PAPER_DIM, text);
}

static void
print_verdicts(Paper *paper, const SurveyTotals *totals)
{
    static const char *const judges[] = {"DMARC", "Gmail", "Yahoo", "Microsoft"};

    print_verdict_head(paper);
    for (guint i = 0; i < SURVEY_JUDGES; i++)
        print_tallies(paper, judges[i], totals->results[i]);
    note(paper, PAPER_DIM,
         _("DMARC none: the domain has no record. Gmail, Yahoo, Microsoft: their rules for those "
           "who send "
           "many messages; unknown: a message cannot show all that they ask for."));
    const Tallies dmarc = survey_tally(totals->results[SURVEY_DMARC]);
    if (dmarc.count[TALLY_OPEN] > dmarc.all / 2)
        note(paper, PAPER_UNKNOWN,
             _("Most are unknown, mostly for want of DNS answers: ask live DNS, or name a snapshot "
               "with "
               "--dns."));
    print_told(paper, &totals->chart);
}

/* ---- who sends as whom ---- */

static const char *const verdict_words[TALLIES] = {[TALLY_PASS] = N_("pass"),
                                                   [TALLY_FAIL] = N_("fail"),
                                                   [TALLY_NONE] = N_("none"),
                                                   [TALLY_OPEN] = N_("unknown")};

/* The words of a translation may be wider. */
static guint
verdict_columns(void)
{
    guint widest = 0;

    for (guint i = 0; i < TALLIES; i++)
        widest = MAX(widest, paper_columns(translate(verdict_words[i])));
    return VERDICT + widest;
}

/* "x fail", "x 12 fail": how many, where it is not all of them. (transfer full) */
static char *
verdict_cell(const Paper *paper, const Tallies *tallies, Tally worst)
{
    const char *word = translate(verdict_words[worst]);
    const char *mark = paper_mark(paper, survey_tally_role(worst));
    g_autofree char *number = words_number(tallies->count[worst]);

    if (tallies->count[worst] == tallies->all)
        return g_strdup_printf("%s %s", mark, word);
    return g_strdup_printf("%s %s %s", mark, number, word);
}

/* Columns of the table: From:, sent by, DMARC. On narrow paper the names have a line of their own.
 */
typedef struct {
    guint from, by, verdict, marks;
    gboolean narrow;
} Columns;

static Columns
columns_of(const Paper *paper)
{
    const guint verdict = verdict_columns(), end = paper->width - verdict - MARKS;

    if (paper->width < SURVEY_NARROW)
        return (Columns){FROM, FROM, FROM, FROM + verdict, TRUE};
    return (Columns){FROM, FROM + (end - FROM) / 2, end, end + verdict, FALSE};
}

static void
print_source(Paper *paper, const Survey *survey, const SurveySource *source, const Columns *at)
{
    const Tallies dmarc = survey_tally(source->results[SURVEY_DMARC]);
    const Tally worst = survey_tally_worst(&dmarc);
    const char *author = survey_author_name(source), *name = survey_source_name(source);
    g_autofree char *count = words_number(source->messages);
    g_autofree char *from =
        at->narrow ? NULL : survey_marked_name(paper, survey, source, at->by - at->from - 1);
    g_autofree char *by =
        at->narrow ? NULL : paper_cut(paper, name, at->verdict - at->by - 1, TRUE);
    g_autofree char *verdict = verdict_cell(paper, &dmarc, worst);
    PaperCell cells[4 + SURVEY_JUDGES - 1] = {survey_right(count, COUNT_END, PAPER_PLAIN),
                                              {from, at->from, PAPER_PLAIN},
                                              {by, at->by, PAPER_PLAIN},
                                              {verdict, at->verdict, survey_tally_role(worst)}};

    for (guint i = SURVEY_GMAIL; i < SURVEY_JUDGES; i++) {
        const Tallies tallies = survey_tally(source->results[i]);
        const PaperRole role = survey_tally_role(survey_tally_most(&tallies));
        cells[3 + i] = (PaperCell){paper_mark(paper, role),
                                   at->marks + 2 * (i - SURVEY_GMAIL), role};
    }
    paper_row(paper, cells, G_N_ELEMENTS(cells));
    if (at->narrow) {
        g_autofree char *names = words_fill(N_("{0}, sent by {1}"), author, name, NULL);
        paper_paragraph(paper, NULL, PAPER_PLAIN, FROM, PAPER_PLAIN, names);
    }
}

static void
print_rest(Paper *paper, const SurveyTotals *totals, const GPtrArray *sources)
{
    gint64 messages = 0;

    for (guint i = SURVEY_SOURCES_SHOWN; i < sources->len; i++)
        messages += ((const SurveySource *)sources->pdata[i])->messages;
    if (messages > 0) {
        g_autofree char *senders = words_number(sources->len - SURVEY_SOURCES_SHOWN);
        g_autofree char *count = words_number(messages);
        g_autofree char *text =
            words_fill(N_("and {0} more, with {1} messages in all; --format csv lists every group"),
                       senders, count, NULL);
        paper_paragraph(paper, NULL, PAPER_PLAIN, FROM, PAPER_DIM, text);
    }
    if (totals->other > 0) {
        g_autofree char *count = words_number(totals->other);
        g_autofree char *text = words_fill(
            N_("{0} messages stand in no group: there were too many different senders, and "
               "those who sent least were left out."),
            count, NULL);
        paper_paragraph(paper, NULL, PAPER_PLAIN, FROM, PAPER_UNKNOWN, text);
    }
}

static void
print_sources(Paper *paper, const Survey *survey, const GPtrArray *sources)
{
    const Columns at = columns_of(paper);
    const PaperCell head[] = {survey_right(_("MESSAGES"), COUNT_END, PAPER_DIM),
                              {at.narrow ? NULL : _("FROM:"), at.from, PAPER_DIM},
                              {at.narrow ? NULL : _("SENT BY"), at.by, PAPER_DIM},
                              {"DMARC", at.verdict, PAPER_DIM},
                              {"G Y M", at.marks, PAPER_DIM}};

    paper_section(paper, _("WHO SENDS AS WHOM"));
    paper_row(paper, head, G_N_ELEMENTS(head));
    for (guint i = 0; i < MIN(sources->len, SURVEY_SOURCES_SHOWN); i++)
        print_source(paper, survey, sources->pdata[i], &at);
    paper_paragraph(
        paper, NULL, PAPER_PLAIN, FROM, PAPER_DIM,
        _("G Y M: the rules of Gmail, Yahoo and Microsoft, as most of its messages keep them"));
    print_rest(paper, survey_totals(survey), sources);
    survey_print_alike(paper, survey, sources, FROM);
}

void
printer_survey_text(GString *out, const Survey *survey, const Providers *providers,
                    const char *domain, const PrinterStyle *style)
{
    Paper paper = {out, style->color, style->ascii, style->width ? style->width : WIDTH};
    const SurveyTotals *totals = survey_totals(survey);
    g_autoptr(GPtrArray) sources = survey_sources(survey, providers, SURVEY_BY_MESSAGES);
    g_autoptr(GPtrArray) failing = survey_sources(survey, providers, SURVEY_BY_FAILURES);

    print_head(&paper, totals, domain);
    if (totals->messages > 0) {
        print_verdicts(&paper, totals);
        print_sources(&paper, survey, sources);
        survey_print_fixes(&paper, failing);
        survey_print_others(&paper, failing, sources);
        survey_print_chart(&paper, &totals->chart);
    }
    survey_print_faults(&paper, totals);
}

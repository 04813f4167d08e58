/* printer-survey-words.c: numbers, dates and names of a survey, as all its sections say them.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/instant.h"
#include "base/translate.h"
#include "report/printer-survey-part.h"
#include "tree/words.h"

Tallies
survey_tally(const gint64 *results)
{
    Tallies tallies = {{0}, 0};

    for (int i = 0; i < SURVEY_RESULTS; i++) {
        Tally tally = TALLY_OPEN;
        if (i == RESULT_PASS)
            tally = TALLY_PASS;
        else if (i == RESULT_FAIL || i == RESULT_PERMERROR)
            tally = TALLY_FAIL;
        else if (i == RESULT_NONE || i == RESULT_SKIPPED)
            tally = TALLY_NONE;
        tallies.count[tally] += results[i];
        tallies.all += results[i];
    }
    return tallies;
}

PaperRole
survey_tally_role(Tally tally)
{
    static const PaperRole roles[] = {[TALLY_PASS] = PAPER_PASS,
                                      [TALLY_FAIL] = PAPER_FAIL,
                                      [TALLY_NONE] = PAPER_DIM,
                                      [TALLY_OPEN] = PAPER_UNKNOWN};

    return roles[tally];
}

static const Tally order[] = {TALLY_FAIL, TALLY_OPEN, TALLY_NONE, TALLY_PASS};

Tally
survey_tally_most(const Tallies *tallies)
{
    Tally most = order[0];

    for (gsize i = 1; i < G_N_ELEMENTS(order); i++)
        if (tallies->count[order[i]] > tallies->count[most])
            most = order[i];
    return most;
}

Tally
survey_tally_worst(const Tallies *tallies)
{
    for (gsize i = 0; i < G_N_ELEMENTS(order); i++)
        if (tallies->count[order[i]] > 0)
            return order[i];
    return TALLY_NONE;
}

static char *
day_of(gint64 seconds)
{
    char text[INSTANT_SIZE];

    return seconds != RECORD_UNSET && instant_put(seconds, text) ? g_strndup(text, strlen("2026-11-22")) : NULL;
}

char *
survey_dates(gint64 first, gint64 last)
{
    g_autofree char *from = day_of(first), *to = day_of(last);

    if (!from || !to)
        return NULL;
    if (g_str_equal(from, to))
        return g_steal_pointer(&from);
    return words_fill(N_("{0} to {1}"), from, to, NULL);
}

void
survey_heads(const char *const *words, guint count, guint column, char **texts)
{
    gboolean fit = TRUE;

    for (guint i = 0; i < count; i++)
        fit = fit && paper_columns(words[i]) < column;
    for (guint i = 0; i < count; i++)
        texts[i] = g_strndup(words[i], fit ? strlen(words[i]) : strcspn(words[i], " "));
}

PaperCell
survey_right(const char *text, guint end, PaperRole role)
{
    const guint columns = paper_columns(text);

    return (PaperCell){ text, end > columns ? end - columns : 0, role };
}

const char *
survey_source_name(const SurveySource *source)
{
    return source->name ? source->name : _("(not known)");
}

const char *
survey_author_name(const SurveySource *source)
{
    return source->author_domain ? source->author_domain : _("(no single domain)");
}

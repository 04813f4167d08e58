/* printer-survey-alike.c: senders of a survey whose domains look like others'.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/printer-survey-part.h"
#include "base/translate.h"
#include "tree/words.h"

enum { SHOWN = 10 };

char *
survey_marked_name(const Paper *paper, const Survey *survey, const SurveySource *source, guint room)
{
    const char *mark = survey_looks_like(survey, source->author_domain) ? "! " : "";
    g_autofree char *name = paper_cut(paper, survey_author_name(source), room - (guint)strlen(mark), TRUE);

    return g_strconcat(mark, name, NULL);
}

static gboolean
is_known(const GPtrArray *known, const char *name)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *)known, name, g_str_equal, NULL);
}

static void
say(Paper *paper, guint indent, const char *name, const char *like)
{
    g_autofree char *text = words_fill(N_("{0} looks like {1}, and is another domain."), name, like, NULL);

    paper_paragraph(paper, "!", PAPER_UNKNOWN, indent, PAPER_UNKNOWN, text);
}

/* Those who sent least are most of them, and may stand in no table. */
void
survey_print_alike(Paper *paper, const Survey *survey, const GPtrArray *sources, guint indent)
{
    g_autoptr(GPtrArray) told = g_ptr_array_new();
    guint more = 0;

    for (guint i = 0; i < sources->len; i++) {
        const char *name = ((const SurveySource *)sources->pdata[i])->author_domain;
        const char *like = survey_looks_like(survey, name);
        if (!like || is_known(told, name))
            continue;
        if (told->len < SHOWN) {
            g_ptr_array_add(told, (char *)name);
            say(paper, indent, name, like);
        } else {
            more++;
        }
    }
    if (more > 0) {
        g_autofree char *count = words_number(more);
        g_autofree char *text = words_fill(N_("… and {0} more; --format csv lists every group"), count, NULL);
        paper_paragraph(paper, "!", PAPER_UNKNOWN, indent, PAPER_DIM, text);
    }
}

/* part.h: what the files that read the command line share.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "base/fault.h"
#include "options/options.h"

/* The command line while it is read: what GOption writes into. */
typedef struct {
    Options given;
    char   *format, *color, *second_opinions, *lang, *ambiguous, *handout;    /* words that stand for something else */
} Draft;

/* The words that some options take, each list in the order of what they stand for. */
extern const char *const options_formats[];     /* Format */
extern const char *const options_colors[];
extern const char *const options_widths[];
extern const char *const options_handouts[];    /* LessonForm, without the first */
extern const char *const options_opinions[];

#define usage_error(error, ...) \
    fault_set(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, __VA_ARGS__)

/* The table as GOption wants it, for `draft`; NULL: for those who only print it. (transfer full: g_free) */
GOptionEntry *options_entries(Draft *draft);
/* An option that was given and does not belong to the command, or NULL: before what is missing is settled. */
const char   *options_stray(const Draft *draft);
/* FALSE where a value stands behind an option that has none. */
gboolean      options_bear_values(char **words, const GOptionEntry *entries, GError **error);
/* What GOption did not understand, in our words and with what was probably meant. */
void          options_explain(GError **error, const GOptionEntry *entries);

/* Which of `words` it is. FALSE: none. */
gboolean      options_word(const char *text, const char *const *words, int *index);
/* What each value means by itself. FALSE and `error`, as all below. */
gboolean      options_read_values(Draft *draft, GError **error);
/* That there is such a theme. */
gboolean      options_read_theme(const Options *options, GError **error);
/* Which command it is, and whether all that was given belongs to it. */
gboolean      options_choose_command(Draft *draft, GError **error);
/* What goes with the command, and with what else. */
gboolean      options_read_command(Draft *draft, GError **error);

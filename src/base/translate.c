/* translate.c: the one place that asks gettext.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"

#include <libintl.h>

/* JSON is written in English whatever the screen speaks. The one thing here that is remembered
 * between calls; a thread has its own. */
static _Thread_local gboolean english;

void
translate_english(gboolean on)
{
    english = on;
}

gboolean
translate_is_english(void)
{
    /* A text that every catalogue holds. */
    return g_str_equal(translate(N_("unknown")), "unknown");
}

const char *
translate(const char *text)
{
    /* gettext answers "" with the catalogue's header. */
    if (english || !*text)
        return text;
    return dgettext(TRANSLATE_DOMAIN, text);
}

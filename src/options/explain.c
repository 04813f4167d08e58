/* explain.c: a command line that GOption does not understand: what was probably meant.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/disk.h"
#include "base/nearest.h"
#include "base/translate.h"
#include "options/part.h"

static const char *
nearest_option(const GOptionEntry *table, const char *word)
{
    const char *best = "help";
    guint least = nearest_distance(word, best);

    for (; table->long_name; table++) {
        if (!*table->long_name)
            continue;
        const guint d = nearest_distance(word, table->long_name);
        if (d < least) {
            least = d;
            best = table->long_name;
        }
    }
    return best;
}

static void
explain(GError **error, char *message)
{
    g_free((*error)->message);
    (*error)->message = message;
}

/* GLib's own catalogue is often not installed. */
static void
explain_value(GError **error)
{
    const char *option = g_strrstr((*error)->message, "--");

    if (translate_is_english() || !option)
        return;
    g_autofree char *name = g_strndup(option, strcspn(option, " "));
    explain(error, g_strdup_printf(_("%s: its value is missing, or cannot be read"), name));
}

/* GOption would take "--offline=no" for --offline. */
gboolean
options_bear_values(char **words, const GOptionEntry *entries, GError **error)
{
    for (; *words && !g_str_equal(*words, "--"); words++) {
        const char *equals = g_str_has_prefix(*words, "--") ? strchr(*words, '=') : NULL;
        g_autofree char *name = equals ? g_strndup(*words + 2, (gsize)(equals - *words) - 2) : NULL;
        for (const GOptionEntry *entry = entries; name && entry->long_name; entry++)
            if (entry->arg == G_OPTION_ARG_NONE && g_str_equal(entry->long_name, name))
                return usage_error(error, _("%s: --%s takes no value"), *words, name);
    }
    return TRUE;
}

/* GOption says "Unknown option --fo"; we add what was probably meant. */
void
options_explain(GError **error, const GOptionEntry *entries)
{
    if (!g_error_matches(*error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION)) {
        explain_value(error);
        return;
    }
    const char *dashes = strstr((*error)->message, "-");
    g_autofree char *word = g_strdup(dashes ? dashes : "");
    word[strcspn(word, " ")] = '\0';    /* GLib may have spoken another language */
    if (disk_exists(word)) {
        explain(error, g_strdup_printf(_("unknown option %s; if the file of that name is meant, write ./%s"), word, word));
        return;
    }
    if (strlen(word) == strlen("-x")) {     /* near to all and none */
        explain(error, g_strdup_printf(_("unknown option %s; --help lists what there is"), word));
        return;
    }
    explain(error, g_strdup_printf(_("unknown option %s; the nearest is --%s"), word,
                                   nearest_option(entries, word + strspn(word, "-"))));
}

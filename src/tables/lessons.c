/* lessons.c: the tables of the lesson format, in mdoc(7).
 * SPDX-License-Identifier: MIT */
#include "lesson/script.h"
#include "tables/roff.h"
#include "tables/table.h"

static void
append_about(GString *out, const char *about)
{
    g_autofree char *sentence = g_strconcat(about, ".", NULL);

    roff_text(out, sentence);
}

static void
fill_sections(GString *out)
{
    g_string_append(out, ".Bl -tag -width Ds\n");
    for (const ScriptKind *kind = script_kinds; kind->word; kind++) {
        g_autofree char *arguments = roff_word(kind->arguments), *word = roff_word(kind->word);
        g_string_append_printf(out, ".It Li \\-\\-\\- %s", word);
        if (*kind->arguments)
            g_string_append_printf(out, " Ar %s", arguments);
        g_string_append_c(out, '\n');
        append_about(out, kind->about);
    }
    g_string_append(out, ".El");
}

/* The sections that a key belongs to. */
static void
append_places(GString *out, const ScriptKey *key)
{
    g_autoptr(GString) words = g_string_new(NULL);

    for (guint i = 0; script_kinds[i].word; i++)
        if (key->places & (1u << i))
            g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "",
                                   script_kinds[i].word);
    if (words->len == 0)
        return;
    g_autofree char *sentence =
        g_strdup_printf("In: %s%s%s.", words->str,
                        key->required & key->places & ~SCRIPT_HEAD ? "; needed" : "",
                        key->repeatable ? "; may be repeated" : "");
    roff_text(out, sentence);
}

static void
fill_keys(GString *out, gboolean head)
{
    g_string_append(out, ".Bl -tag -width Ds\n");
    for (const ScriptKey *key = script_keys; key->key; key++) {
        if (((key->places & SCRIPT_HEAD) != 0) != head)
            continue;
        g_autofree char *value = roff_word(key->value);
        g_string_append_printf(out, ".It Cm %s : Ar %s\n", key->key, value);
        append_about(out, key->about);
        append_places(out, key);
        if (head && (key->required & SCRIPT_HEAD))
            roff_text(out, "Needed.");
    }
    g_string_append(out, ".El");
}

gboolean
lessons_fill(GString *out, const char *name)
{
    if (g_str_equal(name, "lesson-sections"))
        fill_sections(out);
    else if (g_str_equal(name, "lesson-head"))
        fill_keys(out, TRUE);
    else if (g_str_equal(name, "lesson-keys"))
        fill_keys(out, FALSE);
    else
        return FALSE;
    return TRUE;
}

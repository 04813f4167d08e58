/* told.c: puts an advice into words, line by line.
 * SPDX-License-Identifier: MIT */
#include "advice/told.h"

#include "base/translate.h"
#include "tree/words.h"

static void
told_free(gpointer data)
{
    g_free(((Told *)data)->text);
    g_free(data);
}

/* Takes `text` over; NULL is left out. */
static Told *
tell(GPtrArray *lines, ToldKind kind, char *text)
{
    if (!text)
        return NULL;
    Told *told = g_new0(Told, 1);
    told->kind = kind;
    told->text = text;
    g_ptr_array_add(lines, told);
    return told;
}

char *
told_words(const Advice *advice, const char *suffix)
{
    g_autofree char *id = g_strconcat(advice->pattern, suffix, NULL);
    g_autofree char *text = words_text(id, advice->args);

    return g_str_equal(text, id) ? NULL : g_steal_pointer(&text);
}

char *
told_who(const Advice *advice)
{
    char *who = advice->record ? told_words(advice, ".who") : NULL;

    return who ? who : words_text(advice->who ? advice->who : "", NULL);
}

static void
tell_record(GPtrArray *lines, const char *record)
{
    g_auto(GStrv) parts = g_strsplit(record ? record : "", "\n", -1);

    for (char **part = parts; *part; part++)
        tell(lines, TOLD_RECORD, g_strdup(*part));
}

static void
tell_legs(GPtrArray *lines, const Advice *advice)
{
    for (guint i = 0; i < advice->legs->len; i++) {
        const AdviceLeg *leg = advice->legs->pdata[i];
        const char *id = leg->without == RESULT_PASS   ? "leg-spared"
                         : leg->without == RESULT_FAIL ? "leg-lost"
                                                       : "leg-open";
        char name[] = "SPF";
        char sign[] = "DKIM";
        g_autoptr(GPtrArray) args = g_ptr_array_new();
        g_ptr_array_add(args, leg->domain ? leg->domain : (char *)"");
        g_ptr_array_add(args, g_strcmp0(leg->mechanism, "spf") == 0 ? name : sign);
        tell(lines, TOLD_LEG, words_text(id, args))->good = leg->without == RESULT_PASS;
    }
}

/* A mail that passes needs no proof, and what hangs by a thread claims nothing. */
static void
tell_tried(GPtrArray *lines, const Advice *advice)
{
    if (g_strcmp0(advice->tried, "tried-needless") == 0 ||
        g_str_has_prefix(advice->pattern, "hangs-") || g_strcmp0(advice->who, "reader") == 0)
        return;
    if (advice->tried)
        tell(lines, TOLD_TRIED, words_text(advice->tried, NULL))->good =
            advice->proved == TRI_TRUE;
    else if (advice->turns && advice->proved == TRI_TRUE)
        tell(lines, TOLD_TRIED, g_strdup(_("tried here: with this change the mail passes")))->good =
            TRUE;
    else if (advice->turns && g_strcmp0(advice->who, "nobody") != 0)
        tell(lines, TOLD_TRIED,
             g_strdup(_("not tried here: likely, from what is known of such mails")));
}

GPtrArray *
advice_told(const Advice *advice)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(told_free);

    tell(lines, TOLD_WHO, told_who(advice));
    tell(lines, TOLD_WHAT, words_advice(advice));
    tell_record(lines, advice->record);
    tell(lines, TOLD_WHERE, g_strdup(advice->console_ja && !translate_is_english()
                                         ? advice->console_ja : advice->console));
    tell_tried(lines, advice);
    tell_legs(lines, advice);
    tell(lines, TOLD_WHY, told_words(advice, ".cause"));
    tell(lines, TOLD_NOT, told_words(advice, ".not"));
    tell(lines, TOLD_NOT_WHY, told_words(advice, ".not-why"));
    for (guint i = 0; i < advice->effects->len; i++)
        tell(lines, TOLD_EFFECT, words_text(advice->effects->pdata[i], advice->args));
    return lines;
}

const char *
told_label(ToldKind kind)
{
    switch (kind) {
    case TOLD_WHERE:
        return _("WHERE");
    case TOLD_LEG:
        return _("LEGS");
    case TOLD_WHY:
        return _("WHY");
    case TOLD_NOT:
        return _("NOT");
    case TOLD_EFFECT:
        return _("MIND");
    case TOLD_TRIED:
        return _("PROVED");
    default:
        return NULL;
    }
}

/* words.c: looks ids up in the tables of words and fills their arguments in.
 * SPDX-License-Identifier: MIT */
#include "tree/words.h"

#include <libintl.h>
#include <string.h>

#define DOMAIN_NAME "fromscope"
#define N_(text) text

/* JSON is written in English whatever the screen speaks. The one thing here that is remembered
 * between calls; a thread has its own. */
static _Thread_local gboolean english;

void
words_english(gboolean on)
{
    english = on;
}

const char *
words_translate(const char *template)
{
    /* gettext answers "" with the catalogue's header. */
    if (english || !*template)
        return template;
    return dgettext(DOMAIN_NAME, template);
}

static void
append_all(GString *out, const GPtrArray *args)
{
    for (guint i = 0; i < args->len; i++) {
        if (i > 0)
            g_string_append(out, ", ");
        g_string_append(out, args->pdata[i]);
    }
}

/* Appends what stands for the placeholder at `at` and returns what follows it; NULL where it is
 * none, but a brace that means itself. */
static const char *
append_placeholder(GString *out, const char *at, const GPtrArray *args)
{
    if (at[1] == '*' && at[2] == '}') {
        append_all(out, args);
        return at + 3;
    }
    const gboolean worded = at[1] == '#';
    const char *digit = worded ? at + 2 : at + 1;
    if (!g_ascii_isdigit(*digit) || digit[1] != '}')
        return NULL;
    const guint index = (guint)(*digit - '0');
    if (index < args->len && worded) {
        g_autoptr(GPtrArray) rest = g_ptr_array_new();
        for (guint i = index + 1; i < args->len; i++)
            g_ptr_array_add(rest, args->pdata[i]);
        g_autofree char *words = words_text(args->pdata[index], rest);
        g_string_append(out, words);
    } else if (index < args->len) {
        g_string_append(out, args->pdata[index]);
    }
    return digit + 2;
}

char *
words_fill_list(const char *template, const GPtrArray *args)
{
    GString *out = g_string_new(NULL);

    for (const char *at = words_translate(template); *at;) {
        const char *after = *at == '{' ? append_placeholder(out, at, args) : NULL;
        if (after) {
            at = after;
            continue;
        }
        g_string_append_c(out, *at);
        at += at[0] == '{' && at[1] == '{' ? 2 : 1;
    }
    return g_string_free(out, FALSE);
}

char *
words_fill(const char *template, ...)
{
    g_autoptr(GPtrArray) args = g_ptr_array_new();
    va_list list;

    va_start(list, template);
    for (char *arg = va_arg(list, char *); arg; arg = va_arg(list, char *))
        g_ptr_array_add(args, arg);
    va_end(list);
    return words_fill_list(template, args);
}

static const StepWords *
step_words(const char *id)
{
    const StepWords *const tables[] = { words_dmarc, words_dkim, words_spf, words_arc, words_check,
                                        words_peers };

    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
        for (const StepWords *words = tables[t]; words->id; words++)
            if (g_str_equal(words->id, id))
                return words;
    return NULL;
}

static const char *
text_in(const TextWords *table, const char *id)
{
    for (; table->id; table++)
        if (g_str_equal(table->id, id))
            return table->text;
    return NULL;
}

/* The id itself is what is left where nobody wrote a sentence. */
static char *
filled_or_id(const char *template, const char *id, const GPtrArray *args)
{
    return template ? words_fill_list(template, args) : g_strdup(id);
}

char *
words_title(const Step *step)
{
    const StepWords *words = step_words(step->id);

    return filled_or_id(words ? words->title : NULL, step->id, step->args);
}

char *
words_question(const Step *step)
{
    const StepWords *words = step_words(step->id);

    if (!words || !words->question)
        return words_title(step);
    return words_fill_list(words->question, step->args);
}

char *
words_plain(const Step *step)
{
    const StepWords *words = step_words(step->id);
    const char *text = "";

    if (!words)
        return g_strdup(text);
    for (gsize i = 0; i < G_N_ELEMENTS(words->plain) && words->plain[i].text; i++) {
        const WordsPlain *plain = &words->plain[i];
        if ((int)plain->result == step->result) {
            text = plain->text;
            break;
        }
        if (plain->result == RESULT_UNKNOWN)
            text = plain->text;
    }
    return words_fill_list(text, step->args);
}

char *
words_finding(const Finding *finding)
{
    return filled_or_id(text_in(words_findings, finding->id), finding->id, finding->args);
}

char *
words_advice(const Advice *advice)
{
    return filled_or_id(text_in(words_advices, advice->pattern), advice->pattern, advice->args);
}

char *
words_text(const char *id, const GPtrArray *args)
{
    const TextWords *const tables[] = { words_reasons, words_inputs, words_advices,
                                        words_findings, words_form, words_peer_reasons };
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    const char *text = NULL;

    for (gsize t = 0; t < G_N_ELEMENTS(tables) && !text; t++)
        text = text_in(tables[t], id);
    return filled_or_id(text, id, args ? args : none);
}

char *
words_input(const char *name)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();

    return filled_or_id(text_in(words_inputs, name), name, none);
}

const char *
words_result(Result result)
{
    /* The answers of steps that ask yes or no: a NO is what a reader looks for. */
    static const char *const texts[] = {
        [RESULT_UNKNOWN] = N_("unknown"),     [RESULT_NONE] = N_("none"),
        [RESULT_PASS] = N_("pass"),           [RESULT_FAIL] = N_("fail"),
        [RESULT_SOFTFAIL] = N_("softfail"),   [RESULT_NEUTRAL] = N_("neutral"),
        [RESULT_POLICY] = N_("policy"),       [RESULT_TEMPERROR] = N_("temperror"),
        [RESULT_PERMERROR] = N_("permerror"), [RESULT_YES] = N_("yes"),
        [RESULT_NO] = N_("NO"),               [RESULT_INFO] = N_("info"),
        [RESULT_SKIPPED] = N_("skipped"),
    };

    return words_translate(texts[result]);
}

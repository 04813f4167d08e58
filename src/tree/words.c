/* words.c: looks ids up in the tables of words and fills their arguments in.
 * SPDX-License-Identifier: MIT */
#include "tree/words.h"

#include <string.h>

#include "base/room.h"
#include "base/translate.h"
#include "tree/words-index.h"

static void
append_all(GString *out, const GPtrArray *args)
{
    for (guint i = 0; i < args->len; i++) {
        if (i > 0)
            g_string_append(out, _(", "));
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
        room_append(out, args->pdata[index], strlen(args->pdata[index]));
    }
    return digit + 2;
}

void
words_append(GString *out, const char *template, const GPtrArray *args)
{
    for (const char *at = translate(template); *at;) {
        const char *after = *at == '{' ? append_placeholder(out, at, args) : NULL;
        if (after) {
            at = after;
            continue;
        }
        const gsize plain = *at == '{' ? 1 : (gsize)(strchrnul(at, '{') - at);
        room_append(out, at, plain);
        at += at[0] == '{' && at[1] == '{' ? 2 : plain;
    }
}

char *
words_fill_list(const char *template, const GPtrArray *args)
{
    GString *out = g_string_new(NULL);

    words_append(out, template, args);
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

#define STEPS_MAX 512

static WordsIndex *
index_steps(void)
{
    const StepWords *const tables[] = { words_dmarc, words_dkim, words_spf, words_arc, words_check,
                                        words_peers };
    WordsIndex *made = words_index_new(STEPS_MAX);
    gsize rows = 0;

    for (gsize t = 0; t < G_N_ELEMENTS(tables); t++)
        for (const StepWords *words = tables[t]; words->id; words++, rows++)
            words_index_add(made, words->id, words);
    g_assert(rows < STEPS_MAX);
    return made;
}

static const StepWords *
step_words(const char *id)
{
    static WordsIndex *index;

    if (g_once_init_enter(&index))
        g_once_init_leave(&index, index_steps());
    return words_index_find(index, id);
}

/* Most ids are the table's own literal: then no text is looked at. */
static const char *
text_in(const TextWords *table, const char *id)
{
    for (const TextWords *words = table; words->id; words++)
        if (words->id == id)
            return words->text;
    for (; table->id; table++)
        if (table->id[0] == id[0] && strcmp(table->id, id) == 0)
            return table->text;
    return NULL;
}

/* The id itself is what is left where nobody wrote a sentence. */
static char *
filled_or_id(const char *template, const char *id, const GPtrArray *args)
{
    return template ? words_fill_list(template, args) : g_strdup(id);
}

void
words_append_title(GString *out, const Step *step)
{
    const StepWords *words = step_words(step->id);

    if (words)
        words_append(out, words->title, step->args);
    else
        g_string_append(out, step->id);
}

char *
words_title(const Step *step)
{
    GString *out = g_string_new(NULL);

    words_append_title(out, step);
    return g_string_free(out, FALSE);
}

char *
words_question(const Step *step)
{
    const StepWords *words = step_words(step->id);

    if (!words || !words->question)
        return words_title(step);
    return words_fill_list(words->question, step->args);
}

/* The verdict itself is a trusted host's; no name was proved here. */
static gboolean
is_trusted_word(const Step *step)
{
    return g_str_equal(step->id, "dmarc") && step->args->len > 1 && g_str_equal(step->args->pdata[1], "trusted-report");
}

char *
words_plain(const Step *step)
{
    const StepWords *words = step_words(step->id);
    const char *text = "";

    if (is_trusted_word(step))
        return words_fill(N_("A trusted host says so. The record itself could not be looked up here."), NULL);
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
    const TextWords *const tables[] = { words_findings, words_what_if, words_source, words_delivery,
                                        words_repairs };
    const char *text = NULL;

    for (gsize t = 0; t < G_N_ELEMENTS(tables) && !text; t++)
        text = text_in(tables[t], finding->id);
    return filled_or_id(text, finding->id, finding->args);
}

char *
words_advice(const Advice *advice)
{
    const TextWords *const tables[] = { words_advices, words_advice_pass, words_delivery };
    const char *text = NULL;

    for (gsize t = 0; t < G_N_ELEMENTS(tables) && !text; t++)
        text = text_in(tables[t], advice->pattern);
    return filled_or_id(text, advice->pattern, advice->args);
}

char *
words_text(const char *id, const GPtrArray *args)
{
    const TextWords *const tables[] = { words_reasons, words_inputs, words_advices,
                                        words_advice_pass, words_effects, words_findings, words_form, words_peer_reasons,
                                        words_source, words_what_if, words_delivery, words_repairs,
                                        words_chart, words_receivers };
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

/* "3 of 10" as two numbers, or NULL. (transfer full) */
static char *
value_of_limit(const char *value)
{
    static const char middle[] = " of ";
    const gsize count = strspn(value, "0123456789");
    const char *limit = value + count + strlen(middle);

    if (count == 0 || !g_str_has_prefix(value + count, middle) || !*limit ||
        limit[strspn(limit, "0123456789")])
        return NULL;
    g_autofree char *number = g_strndup(value, count);
    return words_fill(N_("{0} of {1}"), number, limit, NULL);
}

char *
words_value(const char *value)
{
    static const char *const texts[] = { N_("relaxed"), N_("strict"), N_("relaxed (assumed)") };
    char *counted = value_of_limit(value);

    for (gsize i = 0; i < G_N_ELEMENTS(texts) && !counted; i++)
        if (g_str_equal(value, texts[i]))
            return g_strdup(translate(texts[i]));
    return counted ? counted : g_strdup(value);
}

char *
words_rule(const char *rule)
{
    g_auto(GStrv) parts = g_strsplit(rule, " and ", -1);

    return g_strjoinv(_(" and "), parts);
}

/* The Report holds the English sentence with its number; the catalogue the one with %s. */
char *
words_repair(const Repair *repair)
{
    const char *text = repair->text ? repair->text : repair->id;
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, repair->count);
    g_auto(GStrv) parts = g_strsplit(text, number, 2);

    if (repair->count == 1 || g_strv_length(parts) != 2)
        return g_strdup(translate(text));
    g_autofree char *many = g_strjoinv("%s", parts);
    const char *translated = translate(many);
    if (g_str_equal(translated, many))
        return g_strdup(text);
    g_auto(GStrv) own = g_strsplit(translated, "%s", 2);
    return g_strjoinv(number, own);
}

const char *
words_provenance(const char *word)
{
    static const char *const texts[] = {
        N_("message"), N_("reported"), N_("recomputed"), N_("assumed"), N_("unknown"), N_("mixed"),
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (g_str_equal(word, texts[i]))
            return translate(texts[i]);
    return word;
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

    return translate(texts[result]);
}

char *
words_more(guint count, guint told)
{
    g_autofree char *left = count > told ? g_strdup_printf("%u", count - told) : NULL;

    return left ? words_fill(N_("and {0} more"), left, NULL) : NULL;
}

char *
words_number(gint64 number)
{
    g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, number);
    const gsize length = strlen(digits);
    GString *out = g_string_new(NULL);

    for (gsize i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0 && digits[i - 1] != '-')
            g_string_append_c(out, ',');
        g_string_append_c(out, digits[i]);
    }
    return g_string_free(out, FALSE);
}

char *
words_number_within(gint64 number, guint room)
{
    static const char *const thousands[] = { "", "k", "M", "G", "T", "P", "E" };
    char *text = words_number(number);

    for (gsize i = 0; strlen(text) > room && (i == 0 || number > 0); i++, number /= 1000) {
        g_free(text);
        text = g_strdup_printf("%" G_GINT64_FORMAT "%s", number, thousands[i]);
    }
    if (strlen(text) <= room)
        return text;
    g_free(text);
    return g_strdup("..");
}

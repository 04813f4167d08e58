/* letter.c: fills a letter's places with what is known of a message.
 * SPDX-License-Identifier: MIT */
#include "advice/letter.h"

#include <string.h>

#include "advice/advice.h"
#include "base/name.h"
#include "base/text.h"
#include "tree/words.h"

const char *const letter_languages[] = { "en", "ja", NULL };

/* More signatures than these prove nothing to anybody. */
#define SIGNATURES_MAX 5

typedef struct {
    const Report     *report;
    const Advice     *advice;
    const LetterText *text;
    char             *to;       /* the addressee's domain */
} Letter;

/* ---- whom it goes to ---- */

static const char *
argument(const Advice *advice, guint index)
{
    return index < advice->args->len ? advice->args->pdata[index] : "";
}

/* Which argument of the advice names the one who acts: the author's domain, or the other one. */
static int
addressee(const Advice *advice)
{
    static const struct { const char *who; int argument; } table[] = {
        { "form-owner", 1 }, { "intermediary", 1 }, { "list-owner", 1 },
        { "domain-owner", 0 }, { "domain-dns", 0 }, { "service-customer", 0 }, { "sender", 0 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (g_strcmp0(advice->who, table[i].who) == 0)
            return table[i].argument;
    return -1;
}

/* What follows from a notice is about the mail that came back, and the facts of a letter would be those of the notice. */
gboolean
letter_fits(const Advice *advice)
{
    const int index = g_str_has_prefix(advice->pattern, "bounce-") ? -1 : addressee(advice);

    return index >= 0 && *argument(advice, (guint)index);
}

/* ---- what is told of the message ---- */

static const char *
author(const Letter *letter)
{
    const char *domain = letter->report->from->domain;

    return domain ? domain : "-";
}

/* The addresses of others without their local part: the addressee has no need of it. (transfer full) */
static char *
masked(const Letter *letter, const char *line)
{
    const char *at = strrchr(line, '@');
    const char *start = at;

    if (!at)
        return g_strdup(line);
    g_autofree char *domain = name_normalise(at + 1);
    if (domain && advice_same_house(domain, letter->to))
        return g_strdup(line);
    while (start > line && !strchr(" <\t\"", start[-1]))
        start--;
    return g_strdup_printf("%.*s...%s", (int)(start - line), line, at);
}

static void
fact(const Letter *letter, GString *out, const char *id, const char *a, const char *b,
     const char *c)
{
    const LetterPlace places[] = { { "0", a }, { "1", b }, { "2", c }, { NULL, NULL } };
    g_autofree char *line = letter_text_fill(letter->text, id, places);

    if (line && *line)
        g_string_append_printf(out, "%s\n", line);
}

/* The hop that brought it: host, address, when, and under which number it stands in the log. */
static void
fact_received(const Letter *letter, GString *out)
{
    const Hop *hop = report_border(letter->report);

    if (!hop)
        return;
    g_autofree char *client = g_strdup_printf("%s%s%s%s", hop->from ? hop->from : "?", hop->ip ? " [" : "",
                                              hop->ip ? hop->ip : "", hop->ip ? "]" : "");
    g_autofree char *by = g_strdup_printf("%s%s%s", hop->by ? hop->by : "?",
                                          hop->id ? ", id " : "", hop->id ? hop->id : "");
    fact(letter, out, "fact.received", client, by, hop->date ? hop->date : "?");
}

/* (transfer full) */
static char *
facts(const Letter *letter)
{
    const Report *report = letter->report;
    const DmarcResult *dmarc = report_dmarc(report);
    const SpfResult *spf = report->spf->mail_from;
    GString *out = g_string_new(NULL);

    fact(letter, out, "fact.from", author(letter), NULL, NULL);
    if (spf->domain)
        fact(letter, out, "fact.mail-from", spf->domain, result_words[spf->result], NULL);
    for (guint i = 0; i < report->dkim->len && i < SIGNATURES_MAX; i++) {
        const DkimResult *dkim = report->dkim->pdata[i];
        fact(letter, out, "fact.dkim", dkim->domain ? dkim->domain : "?", result_words[dkim->result],
             dkim->selector ? dkim->selector : "?");
    }
    if (report->dkim->len == 0)
        fact(letter, out, "fact.unsigned", NULL, NULL, NULL);
    fact(letter, out, "fact.dmarc", result_words[dmarc->result],
         dmarc->record_domain ? dmarc->record_domain : "-",
         dmarc->applied ? dmarc->applied : "-");
    fact_received(letter, out);
    if (report->source->date)
        fact(letter, out, "fact.date", report->source->date, NULL, NULL);
    return g_string_free(out, FALSE);
}

/* (transfer full) */
static char *
lines_to_copy(const Letter *letter)
{
    g_auto(GStrv) lines = g_strsplit(letter->advice->record ? letter->advice->record : "", "\n",
                                     -1);
    GString *out = g_string_new(NULL);

    for (char **line = lines; *line; line++) {
        g_autofree char *shown = masked(letter, *line);
        g_string_append_printf(out, "    %s\n", shown);
    }
    return g_string_free(out, FALSE);
}

/* ---- the whole ---- */

/* What is asked of that pattern, else of any. (transfer full) */
static char *
asked(const Letter *letter)
{
    g_autofree char *id = g_strconcat("ask.", letter->advice->pattern, NULL);
    const LetterPlace places[] = {
        { "0", argument(letter->advice, 0) }, { "1", argument(letter->advice, 1) },
        { "2", addressee(letter->advice) == 1 ? "" : argument(letter->advice, 2) },
        { NULL, NULL },
    };
    char *text = letter_text_fill(letter->text, id, places);

    return text ? text : letter_text_fill(letter->text, "ask", places);
}

/* What is said before and behind it follows from what came of the mail: of one that passes, or that could not be checked,
 * nobody may write that it is not vouched for. (transfer full) */
static char *
by_verdict(const Letter *letter, const char *part)
{
    const int result = report_dmarc(letter->report)->result;
    const char *verdict = result == RESULT_PASS || result == RESULT_FAIL || result == RESULT_NONE
                              ? result_words[result] : result_words[RESULT_UNKNOWN];
    g_autofree char *id = g_strdup_printf("%s.%s", part, verdict);
    const LetterPlace places[] = { { "0", author(letter) }, { NULL, NULL } };

    return letter_text_fill(letter->text, id, places);
}

/* The next line of the same paragraph: with a blank between words that have one. */
static void
append_joined(GString *out, const char *line)
{
    g_string_truncate(out, out->len - 1);
    const gboolean ascii = out->len > 0 && (guchar)out->str[out->len - 1] < 0x80 &&
                           (guchar)*line < 0x80;

    g_string_append_printf(out, "%s%s\n", ascii ? " " : "", line);
}

/* Paragraphs as one line each, so that they wrap where they are read; lines that begin with a blank
 * stay as they are. No more than one empty line in a row: parts may be empty. (transfer full) */
static char *
tidied(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GString) out = g_string_new(NULL);
    gboolean empty = TRUE, open = FALSE;

    for (char **line = lines; *line; line++) {
        g_autofree char *visible = text_visible(g_strchomp(*line), -1);
        const gboolean plain = *visible && *visible != ' ';
        if (plain && open)
            append_joined(out, visible);
        else if (*visible || !empty)
            g_string_append_printf(out, "%s\n", visible);
        empty = !*visible;
        open = plain;
    }
    return g_strconcat(g_strchomp(out->str), "\n", NULL);
}

char *
letter_write_with(const LetterText *text, const Report *report, const Advice *advice)
{
    Letter letter = { .report = report, .advice = advice, .text = text,
                      .to = name_normalise(argument(advice, (guint)MAX(addressee(advice), 0))) };
    g_autofree char *told = facts(&letter);
    g_autofree char *subject = by_verdict(&letter, "subject");
    g_autofree char *opening = by_verdict(&letter, "opening");
    g_autofree char *closing = by_verdict(&letter, "closing");
    g_autofree char *ask = asked(&letter);
    g_autofree char *record = lines_to_copy(&letter);
    const LetterPlace none[] = { { NULL, NULL } };
    g_autofree char *proved = advice->proved == TRI_TRUE ? letter_text_fill(text, "tried", none)
                                                         : NULL;
    const LetterPlace places[] = {
        { "to", letter.to ? letter.to : argument(advice, (guint)MAX(addressee(advice), 0)) },
        { "author", author(&letter) }, { "subject", subject }, { "opening", opening }, { "closing", closing },
        { "facts", told }, { "ask", ask }, { "record", record }, { "tried", proved },
        { NULL, NULL },
    };
    g_autofree char *whole = letter_text_fill(text, "letter", places);
    g_free(letter.to);
    return tidied(whole ? whole : "");
}

char *
letter_write(const Report *report, const Advice *advice, const char *language, GError **error)
{
    g_autoptr(LetterText) text = letter_text_read(language, error);

    return text ? letter_write_with(text, report, advice) : NULL;
}

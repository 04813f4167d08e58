/* words.h: ids and arguments become sentences, here and nowhere else.
 * SPDX-License-Identifier: MIT
 *
 * What is returned may hold bytes of a stranger (the arguments): print it through
 * base/text.h only. Sentences pass gettext; translate_english() turns that off for JSON. */
#pragma once

#include "facts/report.h"

typedef struct {
    Result      result;     /* RESULT_UNKNOWN as the last one: any other */
    const char *text;
} WordsPlain;

typedef struct {
    const char *id;
    const char *title;      /* one line of the tree; {0} {1} are the step's arguments */
    const char *question;   /* what this step asks, in words for beginners; NULL: the title */
    WordsPlain  plain[6];   /* what the outcome means */
} StepWords;

typedef struct {
    const char *id;
    const char *text;
} TextWords;

/* (transfer full) */
char *words_title(const Step *step);
char *words_question(const Step *step);
char *words_plain(const Step *step);
char *words_finding(const Finding *finding);
char *words_advice(const Advice *advice);
/* Any other id: reasons, why, patterns. The id itself where no text is known. (transfer full) */
char *words_text(const char *id, const GPtrArray *args);
/* The label of a StepInput: a name like "body-hash" is a reason elsewhere. (transfer full) */
char *words_input(const char *name);
/* Receivers' rules: what is asked for, what was seen, what a failure costs, what to do; and NULL where the code of
 * the answer has no other meaning. (transfer full) */
char *words_rule_title(const ReceiverRule *rule);
char *words_rule_evidence(const ReceiverRule *rule);
char *words_rule_effect(const ReceiverRule *rule);
char *words_rule_remedy(const ReceiverRule *rule);
char *words_rule_clash(const ReceiverRule *rule);
/* "not applicable" is a result of theirs. (transfer none) */
const char *words_rule_result(Result result);
/* What a mail program shows, why, and which mark beside it (or NULL). (transfer full) */
char *words_shown_line(const Shown *shown);
char *words_shown_why(const Shown *shown);
/* Appended. */
void  words_append_shown_line(GString *out, const Shown *shown);
void  words_append_shown_why(GString *out, const Shown *shown);
char *words_shown_mark(const Shown *shown);
/* A result as a reader sees it: "pass", "NO". (transfer none) */
const char *words_result(Result result);

/* A value of a StepInput: the words and counts among them. (transfer full) */
char *words_value(const char *value);
/* A rule, "RFC 6376, 3.5 and 6.1.1". (transfer full) */
char *words_rule(const char *rule);
/* What a Repair did, in the reader's language. (transfer full) */
char *words_repair(const Repair *repair);
/* Where a fact came from, as a reader sees it: `word` is one of provenance_words, or "mixed". (transfer none) */
const char *words_provenance(const char *word);

/* "12,345": thousands are told apart at a glance. (transfer full) */
char *words_number(gint64 number);
/* The same in at most `room` columns, for a cell that cannot grow (a number that is cut is another number): without
 * its commas, else in thousands, millions and so on, rounded down: "1234k". ".." where none has room. (transfer full) */
char *words_number_within(gint64 number, guint room);
/* "and 3 more": what a list leaves out that tells of the first `told` of `count` things. NULL where it tells of all. (transfer full) */
char *words_more(guint count, guint told);

/* `template` in the reader's language, {0} {1} … replaced by the arguments after it (NULL ends them), {#0} by the
 * words of the reason that the argument names (its own {0} {1} are the arguments behind that one), {*} by all of them with commas between; a missing one is "", `{{` is a brace. Arguments are never
 * read as templates. (transfer full) */
char *words_fill(const char *template, ...) G_GNUC_NULL_TERMINATED;
char *words_fill_list(const char *template, const GPtrArray *args);
/* The same, appended: of these a report has a hundred. */
void  words_append(GString *out, const char *template, const GPtrArray *args);
void  words_append_title(GString *out, const Step *step);
void  words_append_rule_evidence(GString *out, const ReceiverRule *rule);

/* Tables, one file each (words-spf.c …), ended by an entry without id. */
extern const StepWords words_spf[], words_dkim[], words_dmarc[], words_arc[], words_check[],
    words_peers[];
extern const TextWords words_findings[], words_reasons[], words_inputs[], words_advices[],
    words_advice_pass[], words_effects[],
    words_form[], words_peer_reasons[], words_source[],
    words_delivery[], words_repairs[], words_what_if[], words_chart[], words_receivers[];

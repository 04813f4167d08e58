/* keys.c: the table of keys, and finding a key in it.
 * SPDX-License-Identifier: MIT */
#include "tui/keys.h"

#include <string.h>

#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/predict/predict.h"
#include "tui/ui.h"
#include "tui/view/views.h"
#include "tui/view/what-if.h"

#ifndef N_
#endif

static const struct {
    const char *name;
    guint       code;
} names[] = {
    { "Space", ' ' },
    { "Enter", '\r' },
    { "Tab", '\t' },
    { "Esc", 0x1B },
    { "Backspace", KEYCODE_BACKSPACE },
    { "Up", KEYCODE_UP },
    { "Down", KEYCODE_DOWN },
    { "Left", KEYCODE_LEFT },
    { "Right", KEYCODE_RIGHT },
    { "PgUp", KEYCODE_PAGE_UP },
    { "PgDn", KEYCODE_PAGE_DOWN },
    { "Home", KEYCODE_HOME },
    { "End", KEYCODE_END },
};

/* Ctrl-H, -I, -J and -M come as Backspace, Tab and Enter do; Ctrl-L and Ctrl-Z are the terminal's. */
static guint
parse_control(const char *name, gsize length)
{
    if (length != 6 || strncmp(name, "Ctrl-", 5) != 0 || name[5] < 'A' || name[5] > 'Y' ||
        strchr("HIJLM", name[5]))
        return KEYCODE_NONE;
    return (guint)(name[5] - 'A' + 1);
}

guint
keys_parse(const char *name, gsize length)
{
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (strlen(names[i].name) == length && strncmp(names[i].name, name, length) == 0)
            return names[i].code;
    if (g_utf8_strlen(name, (gssize)length) == 1)
        return g_utf8_get_char(name);
    return parse_control(name, length);
}

const char *
keys_next(const char **cursor, gsize *length)
{
    const char *name = *cursor;
    const char *comma = strstr(name, ", ");

    if (*name == '\0')
        return NULL;
    *length = comma ? (gsize)(comma - name) : strlen(name);
    *cursor = comma ? comma + 2 : name + *length;
    return name;
}

const Binding *
keys_find_in(const Binding *table, guint code, Context context)
{
    for (const Binding *binding = table; binding->keys; binding++) {
        if (!(binding->contexts & context))
            continue;
        const char *cursor = binding->keys;
        gsize length;
        for (const char *name; (name = keys_next(&cursor, &length));)
            if (keys_parse(name, length) == code)
                return binding;
    }
    return NULL;
}

const Binding *
keys_find(guint code, Context context)
{
    return keys_find_in(bindings, code, context);
}

const Verb *
verbs_find(const char *name)
{
    for (const Verb *verb = verbs; verb->name; verb++)
        if (g_str_equal(verb->name, name))
            return verb;
    return NULL;
}

char *
keys_first(const Binding *binding)
{
    const char *cursor = binding->keys;
    gsize length = 0;
    const char *name = keys_next(&cursor, &length);

    return g_strndup(name, length);
}

const TerminalKey terminal_keys[] = {
    { "Ctrl-L", N_("paint the screen anew, where something else wrote on it") },
    { "Ctrl-Z", N_("to the shell for a while; fg leads back") },
    { NULL, NULL }
};

const Verb verbs[] = {
    { "dns", "live|snapshot|offline", TRUE, N_("where DNS answers come from"), command_dns },
    { "trust", "HOST", TRUE, N_("trust what this host reports"), command_trust },
    { "distrust", "HOST", FALSE, N_("trust it no longer"), command_distrust },
    { "border", "HOP", TRUE, N_("the border is at this hop (0: find it automatically)"),
      command_border },
    { "search", "TEXT", TRUE, N_("search in this view"), command_search },
    { "lesson", "NAME", FALSE, N_("play this lesson: its number, its name or its folder"),
      command_lesson_open },
    { "try", "KEY=VALUE", FALSE, N_("try a change for the task of a lesson"), command_try },
    { "room", "on|off", TRUE, N_("a lesson for a projector, with guesses counted by hand"),
      command_room },
    { "glossary", "WORD", TRUE, N_("a word explained"), command_glossary },
    { "what-if", "KEY=VALUE|none", TRUE,
      N_("change an input and see what follows; none: the message as it is"), command_what_if },
    { "goal", "ROLE DOMAIN", TRUE,
      N_("make it pass by one change that you could really make; off: no goal"), command_goal },
    { "letter", "en|ja|off", TRUE, N_("a letter to whoever has to change something"), command_letter },
    { "open", "FILE", FALSE, N_("open a message or a mailbox"), command_open },
    { "score", "", TRUE, N_("how your guesses went, and what to read"), command_score },
    { "class", "FILE.csv|FILE.json|off", TRUE,
      N_("write your answers to this file, for a class: FILE [a made-up name]"), command_class },
    { "export", "view|html|markdown|text|json|csv|steps|letter|snapshot|redact", TRUE,
      N_("write this to a file: FORMAT [FILE]"), command_export },
    { "shown", "PROGRAM", TRUE, N_("what a reader's mail program shows of the sender"),
      command_shown },
    { "mouse", "on|off", FALSE, N_("use the mouse, or leave it to the terminal"), command_mouse },
    { NULL, NULL, FALSE, NULL, NULL }
};

const FooterHint footer_hints[] = {
    { IN_OVERVIEW, "walk", NULL },
    { IN_TREE, "step", NULL },
    { IN_OVERVIEW, "advice", N_("fix") },
    { IN_OVERVIEW, "what-if", N_("what if") },
    { IN_OVERVIEW, "glossary", N_("explain") },
    { IN_OVERVIEW | IN_TREE, "open", NULL },
    { IN_TREE, "glossary", N_("explain") },
    { IN_TREE, "other-rfc", NULL },
    { IN_TREE, "predict", N_("predict") },
    { IN_ADVICE | IN_DNS, "copy", N_("copy") },
    { IN_ADVICE, "export", N_("export") },
    { IN_DNS, "dns", N_("live or not") },
    { 0, NULL, NULL }
};

const Binding bindings[] = {
    { "Space", IN_OVERVIEW, "walk", N_("walk through"), N_("walk through the tree, step by step"),
     overview_walk },
    { "Space", IN_TREE, "step", N_("next"), N_("the next step"), tree_step },
    { "Backspace", IN_TREE, "step-back", N_("back"), N_("the step before"), tree_step_back },
    { "End", IN_TREE, "finish", N_("finish"), N_("show the outcome of every step"), tree_finish },
    { "Home", IN_TREE, "restart", NULL, N_("from the start: hide every outcome"), tree_restart },
    { "!", IN_TREE, "cause", N_("cause"), N_("go to the cause"), tree_cause },
    { "h, Left", IN_TREE, "fold", N_("fold"), N_("close this branch, or go to its parent"),
     tree_fold },
    { "l, Right", IN_TREE, "unfold", N_("fold"), N_("open this branch, or go into it"),
      tree_unfold },
    { "]", IN_TREE, "next-failing", NULL, N_("the next step that failed"), tree_next_failing },
    { "[", IN_TREE, "previous-failing", NULL, N_("the step before that failed"),
     tree_previous_failing },
    { "v", IN_TREE, "other-rfc", N_("other RFC"),
      N_("the tree by the other RFC (9989, 7489), and back"), tree_other_rfc },
    { "Tab", IN_TREE, "pane", NULL, N_("to the other pane"), app_pane },
    { "j, Down", IN_PAGES, "down", N_("move"), N_("down"), app_down },
    { "k, Up", IN_PAGES, "up", N_("move"), N_("up"), app_up },
    { "j, Down", IN_TREE, "down", NULL, N_("down"), app_down },
    { "k, Up", IN_TREE, "up", NULL, N_("up"), app_up },
    { "Enter", IN_BYTES, "open", N_("bytes"), N_("show the bytes that this rests on"), app_enter },
    { "Enter", IN_SURVEY, "open", N_("messages"), N_("the messages of this group, as a list"),
      app_enter },
    { "Tab", IN_SURVEY, "pane", NULL, N_("to the other pane"), app_pane },
    { "s", IN_SURVEY, "sort", N_("sort"), N_("sort by messages, by what fails, or by date"),
      survey_sort },
    { "S", IN_SURVEY, "reverse", NULL, N_("the other way around"), survey_reverse },
    { "&", IN_SURVEY, "filter", N_("failed"), N_("only what failed, or all again"),
      survey_filter },
    { "Enter", IN_LIST | IN_INSIDE, "open", N_("open"), N_("open this message"), app_enter },
    { "u, Enter", IN_REPAIRS, "undo", N_("undo"), N_("undo this repair, or do it again"),
      app_undo },
    { "s", IN_LIST, "sort", N_("sort"), N_("sort by number, date, From, Subject or verdict"),
     list_sort },
    { "S", IN_LIST, "reverse", NULL, N_("the other way around"), list_reverse },
    { "&", IN_LIST, "filter", N_("failed"), N_("only what failed, or all again"), list_filter },
    { "&", IN_TREE, "filter", NULL, N_("only what failed, or all again"), tree_filter },
    { "/", IN_LIST, "search", N_("search"), N_("search in date, From and Subject"), app_search },
    { "W", IN_LIST, "survey", N_("who sends"), N_("Survey: who sends as whom, of all messages"),
      app_survey },
    { "/", IN_ALL ^ IN_LIST, "search", NULL, N_("search in this view"), app_search },
    { "n", IN_ALL, "search-next", NULL, N_("the next that was searched for"), app_search_next },
    { "N", IN_ALL, "search-previous", NULL, N_("the one before"), app_search_previous },
    { "b", IN_ROUTE, "border", N_("border"),
     N_("the border is at this hop; again: find it automatically"), app_border },
    { "Tab", IN_ROUTE, "pane", NULL, N_("to the other pane"), app_pane },
    { "Tab", IN_ARC, "pane", NULL, N_("to the other pane"), arc_pane },
    { "Tab", IN_SIGNATURES, "pane", NULL, N_("to the next pane"), signatures_pane },
    { "c", IN_SIGNATURES, "covered", N_("signed bytes"),
      N_("what it covers, over the source; then header and body as they were hashed"),
      signatures_side },
    { "h, Left", IN_CHART, "left", NULL, N_("the cell to the left"), chart_left },
    { "l, Right", IN_CHART, "right", NULL, N_("the cell to the right"), chart_right },
    { "r", IN_CHART, "record", N_("no record"),
      N_("the chart without a DMARC record; again: with one"), chart_record },
    { "Tab", IN_CHART, "pane", NULL, N_("to the other pane"), chart_tab },
    { "Tab", IN_ADVICE, "pane", NULL, N_("to the other pane"), advice_tab },
    { "Tab", IN_DNS, "pane", NULL, N_("to the other pane"), app_pane },
    { "Enter", IN_CHART, "open", N_("open"),
      N_("open the example of this cell; on this message's own, the tree; of a mailbox, the messages there"),
      app_enter },
    { "w", IN_CHART, "what-if", N_("what if"),
      N_("changes that lead this message to this cell; on its own cell, all changes"), chart_what_if },
    { "Enter", IN_ADVICE | IN_DNS, "open", N_("step"),
      N_("show the step of the tree behind it"), app_enter },
    { "t", IN_RESULTS, "trust", N_("trust"),
     N_("trust this host's results in this session (to keep it: --trust, or trust = in the "
        "configuration file); again: no longer"),
     app_trust },
    { "o", IN_SOURCE, "original", NULL, N_("the text before repairs, or as repaired"),
     source_original },
    { "PgDn", IN_ALL, "page-down", NULL, N_("a page down"), app_page_down },
    { "PgUp", IN_ALL, "page-up", NULL, N_("a page up"), app_page_up },
    { "Space", IN_PAGES ^ IN_OVERVIEW, "page-down", N_("page"), N_("a page down"), app_page_down },
    { "Backspace", IN_PAGES, "page-up", NULL, N_("a page up"), app_page_up },
    { "g", IN_ALL, "first", NULL, N_("to the beginning"), app_first },
    { "G", IN_ALL, "last", NULL, N_("to the end"), app_last },
    { "Home", IN_PAGES, "first", NULL, N_("to the beginning"), app_first },
    { "End", IN_PAGES, "last", NULL, N_("to the end"), app_last },
    { "Esc", IN_ALL ^ (IN_OVERVIEW | IN_TREE | IN_RESULTS | IN_LIST), "back", N_("back"),
     N_("back to where you came from"), app_back },
    { "Esc", IN_OVERVIEW | IN_TREE | IN_RESULTS | IN_LIST, "back", NULL,
     N_("back to where you came from"), app_back },
    { "1", IN_ALL, "overview", NULL, N_("Overview: the verdict, its cause, the fix"),
      app_overview },
    { "2", IN_ALL, "tree", NULL, N_("Tree: every step of the verdict"), app_tree },
    { "3", IN_ALL, "results", NULL, N_("Results: what other hosts reported"), app_results },
    { "5", IN_ALL, "route", NULL, N_("Route: the hosts that carried it, and the border"),
      app_route },
    { "4", IN_ALL, "arc", NULL, N_("ARC: what each hop sealed and reported"), app_arc },
    { "6", IN_ALL, "signatures", NULL, N_("Signatures: what each covers, what was hashed"),
      app_signatures },
    { "7", IN_ALL, "chart", NULL, N_("Chart: SPF by DKIM, and this message's cell; of a mailbox, how many in each"), app_chart },
    { "8", IN_ALL, "advice", NULL, N_("Advice: what to change, who does it, what would not help"),
      app_advice },
    { "9", IN_ALL, "answers", NULL, N_("DNS: every question and its answer"), app_answers },
    { "0", IN_ALL, "source", NULL, N_("Source: the message as it is"), app_source },
    { "m", IN_ALL, "messages", NULL,
      N_("messages: those inside this one, or the list it came from"),
     app_messages },
    { "J", IN_ALL ^ IN_LIST, "next-message", NULL, N_("the next message of the list, in the same view"),
      app_next_message },
    { "K", IN_ALL ^ IN_LIST, "previous-message", NULL, N_("the message before it in the list"),
      app_previous_message },
    { "R", IN_ALL, "repairs", NULL, N_("Repairs: what was mended in the text"), app_repairs },
    { "V", IN_ALL, "receivers", NULL,
      N_("Receivers: the rules of Gmail and others, and what a mail program shows"), app_receivers },
    { "W", IN_ALL ^ IN_LIST, "survey", NULL,
      N_("Survey: who sends as whom; of a list of messages"), app_survey },
    { "Enter", IN_RECEIVERS, "open", N_("open"), N_("open this row, or close it"), app_enter },
    { "w", IN_ALL ^ IN_CHART, "what-if", NULL,
      N_("What if: change inputs, and see what follows"), app_what_if },
    { "u", IN_ALL ^ IN_REPAIRS, "undo", NULL,
      N_("undo what was chosen last: trust, border, DNS, repair, what-if"), app_undo_last },
    { "y", IN_ALL, "copy", NULL,
      N_("copy what the cursor is on; again: the line, the advice, the verdict"), app_copy },
    { ":", IN_ALL, "command", NULL, N_("a command by its name, with completion"), app_palette },
    { "d", IN_ALL, "dns", NULL, N_("DNS: live, from the snapshot, or not asked"), app_dns },
    { "x", IN_ALL, "export", NULL,
     N_("export: this view, the report (HTML, Markdown ...), the DNS answers"), app_export },
    { "i", IN_ALL, "insert", N_("paste"), N_("paste a message or its headers"), app_insert },
    { "e", IN_ALL, "glossary", NULL, N_("the words on this page, explained; then all words"),
      app_glossary },
    { "L", IN_ALL, "lessons", NULL, N_("the lessons; from a view beside one: back to its text"),
      app_lessons },
    { "Tab", IN_WHAT_IF, "pane", N_("before and after"), N_("to the other pane"), app_pane },
    { "Enter", IN_WHAT_IF, "open", N_("change"),
      N_("change this input; on an edit: take it back; on a step: show it in the tree"), app_enter },
    { "Tab", IN_GLOSSARY, "pane", NULL, N_("to the other pane"), app_pane },
    { "Enter", IN_GLOSSARY, "open", N_("see also"), N_("to the first word of See also"),
      app_enter },
    { "Enter", IN_LESSONS, "open", N_("open"), N_("play this lesson"), app_enter },
    { "?", IN_ALL, "help", N_("help"), N_("the keys of this view"), app_help },
    { "q, Ctrl-C", IN_ALL, "quit", N_("quit"),
      N_("leave the program; help, words, and a message of a list are left first (Ctrl-C: all at once)"),
      app_quit },

    { "Space", IN_LESSON, "lesson-next", N_("on"), N_("the rest of the page, then the next page"),
      lesson_next },
    { "a", IN_ASKED, "answer-a", N_("answer"), N_("the first answer"), answer_a },
    { "b", IN_ASKED, "answer-b", N_("answer"), N_("the second"), answer_b },
    { "c", IN_ASKED, "answer-c", N_("answer"), N_("the third"), answer_c },
    { "d", IN_ASKED, "answer-d", N_("answer"), N_("the fourth"), answer_d },
    { "e", IN_ASKED, "answer-e", NULL,
      N_("the fifth; where there is none: the words on this page, explained"), answer_e },
    { "f", IN_ASKED, "answer-f", NULL, N_("the sixth"), answer_f },
    { "a", IN_SURE, "answer-a", NULL, N_("the first answer"), answer_a },
    { "b", IN_SURE, "answer-b", NULL, N_("the second"), answer_b },
    { "c", IN_SURE, "answer-c", NULL, N_("the third"), answer_c },
    { "d", IN_SURE, "answer-d", NULL, N_("the fourth"), answer_d },
    { "e", IN_SURE, "answer-e", NULL,
      N_("the fifth; where there is none: the words on this page, explained"), answer_e },
    { "f", IN_SURE, "answer-f", NULL, N_("the sixth"), answer_f },
    { "1", IN_SURE, "sure-1", N_("how sure"), N_("it was a guess"), sure_1 },
    { "2", IN_SURE, "sure-2", N_("how sure"), N_("fairly sure"), sure_2 },
    { "3", IN_SURE, "sure-3", N_("how sure"), N_("sure"), sure_3 },
    { "s", IN_ASKED | IN_SURE | IN_TASK, "skip", N_("skip"),
      N_("show the answer without a guess"), lesson_skip },
    { "Enter", IN_TASK, "propose", N_("try a change"), N_("type a change, KEY=VALUE, and try it"),
      lesson_propose },
    { "w", IN_TASK, "lesson-what-if", N_("what if"), N_("change an input in the view What if"),
      lesson_what_if },
    { "Space", IN_ASKED | IN_SURE | IN_TASK, "lesson-next", NULL, N_("the rest of the page"),
      lesson_next },
    { "Space", IN_ROOM, "reveal", N_("reveal"), N_("the answer"), room_reveal },
    { "a", IN_ROOM, "room-a", N_("one more"), N_("one more guess for a"), room_a },
    { "b", IN_ROOM, "room-b", N_("one more"), N_("for b"), room_b },
    { "c", IN_ROOM, "room-c", N_("one more"), N_("for c"), room_c },
    { "d", IN_ROOM, "room-d", N_("one more"), N_("for d"), room_d },
    { "e", IN_ROOM, "room-e", NULL, N_("for e"), room_e },
    { "f", IN_ROOM, "room-f", NULL, N_("for f"), room_f },
    { "A", IN_ROOM, "room-a-less", N_("one less"), N_("one guess less for a"), room_a_less },
    { "B", IN_ROOM, "room-b-less", N_("one less"), N_("for b"), room_b_less },
    { "C", IN_ROOM, "room-c-less", N_("one less"), N_("for c"), room_c_less },
    { "D", IN_ROOM, "room-d-less", N_("one less"), N_("for d"), room_d_less },
    { "E", IN_ROOM, "room-e-less", NULL, N_("for e"), room_e_less },
    { "F", IN_ROOM, "room-f-less", NULL, N_("for f"), room_f_less },
    { "t", IN_ROOM, "timer", N_("timer"), N_("a minute, or one more"), room_timer },
    { "Backspace", IN_LESSON | IN_ASKED | IN_SURE | IN_TASK | IN_ROOM, "lesson-back", N_("back"),
      N_("the page before, or the question once more"), lesson_back },
    { "Tab", IN_LESSON | IN_ASKED | IN_TASK, "lesson-aside", N_("to the view"),
      N_("give the keys to the view"), lesson_aside },
    { "Home", IN_LESSON | IN_ASKED | IN_SURE | IN_TASK | IN_ROOM, "lesson-restart", NULL,
      N_("begin the lesson anew"), lesson_restart },
    { "End", IN_LESSON | IN_ASKED | IN_SURE | IN_TASK | IN_ROOM, "lesson-end", NULL,
      N_("to the end of the lesson: nothing more is asked"), lesson_finish },
    { "Esc", IN_LESSON | IN_ASKED | IN_SURE | IN_TASK | IN_ROOM, "lesson-leave", N_("leave"),
      N_("leave the lesson; its place is kept"), lesson_leave },
    { "j, Down", IN_LESSON | IN_ASKED | IN_SURE | IN_TASK | IN_ROOM, "lesson-down", NULL, N_("down"),
      lesson_down },
    { "k, Up", IN_LESSON | IN_ASKED | IN_SURE | IN_TASK | IN_ROOM, "lesson-up", NULL, N_("up"),
      lesson_up },
    { "PgDn", IN_LESSON | IN_ASKED | IN_SURE | IN_TASK | IN_ROOM, "lesson-page-down", NULL,
      N_("a page down"), lesson_page_down },
    { "PgUp", IN_LESSON | IN_ASKED | IN_SURE | IN_TASK | IN_ROOM, "lesson-page-up", NULL,
      N_("a page up"), lesson_page_up },
    { ":", IN_ASKED | IN_SURE | IN_TASK | IN_ROOM, "command", NULL,
      N_("a command by its name, with completion"), app_palette },
    { "?", IN_LESSON | IN_ASKED | IN_SURE | IN_TASK | IN_ROOM | IN_GUESS | IN_GUESS_SURE | IN_GUESS_TOLD, "help",
      N_("help"),
      N_("the keys of this page"), app_help },
    { "q, Ctrl-C", IN_LESSON | IN_ASKED | IN_SURE | IN_TASK | IN_ROOM | IN_GUESS | IN_GUESS_SURE | IN_GUESS_TOLD,
      "quit", N_("quit"),
      N_("leave the program"), app_quit },

    { "P", IN_ALL | IN_GUESS_SURE, "predict", NULL,
      N_("predict: guess each outcome before it is shown; again: end it"), app_predict },
    { "a", IN_GUESS, "answer-a", N_("answer"), N_("the first answer"), guess_a },
    { "b", IN_GUESS, "answer-b", N_("answer"), N_("the second"), guess_b },
    { "c", IN_GUESS, "answer-c", N_("answer"), N_("the third"), guess_c },
    { "d", IN_GUESS, "answer-d", N_("answer"), N_("the fourth"), guess_d },
    { "e", IN_GUESS, "answer-e", NULL, N_("the fifth, where there is one"), guess_e },
    { "s", IN_GUESS | IN_GUESS_SURE, "guess-skip", N_("skip"),
      N_("show the answer without a guess"), guess_skip },
    { "a", IN_GUESS_SURE, "answer-a", NULL, N_("the first answer"), guess_a },
    { "b", IN_GUESS_SURE, "answer-b", NULL, N_("the second"), guess_b },
    { "c", IN_GUESS_SURE, "answer-c", NULL, N_("the third"), guess_c },
    { "d", IN_GUESS_SURE, "answer-d", NULL, N_("the fourth"), guess_d },
    { "e", IN_GUESS_SURE, "answer-e", NULL, N_("the fifth, where there is one"), guess_e },
    { "1", IN_GUESS_SURE, "sure-1", N_("how sure"), N_("it was a guess"), guess_sure_1 },
    { "2", IN_GUESS_SURE, "sure-2", N_("how sure"), N_("fairly sure"), guess_sure_2 },
    { "3", IN_GUESS_SURE, "sure-3", N_("how sure"), N_("sure"), guess_sure_3 },
    { "Space", IN_GUESS | IN_GUESS_TOLD, "guess-next", N_("next question"),
      N_("the next question; after the last what was missed, then the score"), guess_next },
    { "Backspace", IN_GUESS | IN_GUESS_SURE | IN_GUESS_TOLD, "guess-back", N_("back"),
      N_("the question before, or another answer"), guess_back },
    { "Esc", IN_GUESS | IN_GUESS_SURE | IN_GUESS_TOLD, "guess-leave", N_("leave"),
      N_("leave predict mode; it asks once"), guess_leave },

    { "Ctrl-D", IN_PASTE, "paste-open", N_("open"), N_("open what is in the box"), paste_open },
    { "Esc, Ctrl-C", IN_PASTE, "paste-leave", N_("leave"), N_("leave the box"), paste_leave },
    { "Enter", IN_PASTE, "paste-newline", N_("new line"), N_("begin a line"), paste_newline },
    { "Backspace", IN_PASTE, "paste-erase", NULL, N_("remove the last character"), paste_erase },
    { "Ctrl-U", IN_PASTE, "paste-clear", N_("remove last line"), N_("remove the last line"),
     paste_clear },
    { "PgUp, Up", IN_PASTE, "paste-up", N_("scroll"), N_("scroll up"), paste_up },
    { "PgDn, Down", IN_PASTE, "paste-down", N_("scroll"), N_("scroll down"), paste_down },
    { "Enter", IN_PROMPT, "prompt-enter", N_("search"), N_("search"), prompt_enter },
    { "Esc, Ctrl-C", IN_PROMPT, "prompt-leave", N_("leave"), N_("search for nothing"),
      prompt_leave },
    { "Backspace", IN_PROMPT, "prompt-erase", NULL, N_("remove the last character"), prompt_erase },
    { "Enter", IN_EDIT, "edit-enter", N_("try it"), N_("see what follows from this value"),
      edit_enter },
    { "Tab", IN_EDIT, "edit-complete", N_("next value"), N_("the next of the values there are"),
      edit_complete },
    { "Backspace", IN_EDIT, "edit-erase", NULL, N_("remove the last character"), edit_erase },
    { "Ctrl-U", IN_EDIT, "edit-clear", N_("clear"), N_("remove all"), edit_clear },
    { "Esc, Ctrl-C", IN_EDIT, "edit-leave", N_("leave"), N_("change nothing"), edit_leave },
    { "Enter", IN_PALETTE, "palette-enter", N_("do it"), N_("do what is chosen"), palette_enter },
    { "Tab", IN_PALETTE, "palette-complete", N_("complete"), N_("complete the name"),
      palette_complete },
    { "Up", IN_PALETTE, "palette-up", N_("choose"),
      N_("the one above; before a letter is typed, the last command"), palette_up },
    { "Down", IN_PALETTE, "palette-down", N_("choose"), N_("the one below"), palette_down },
    { "Backspace", IN_PALETTE, "palette-erase", NULL, N_("remove the last character"),
      palette_erase },
    { "Ctrl-U", IN_PALETTE, "palette-clear", NULL, N_("remove all"), palette_clear },
    { "Esc, Ctrl-C", IN_PALETTE, "palette-leave", N_("leave"), N_("do nothing"), palette_leave },
    { "Enter", IN_EXPORT, "export-enter", N_("write"), N_("write what is chosen to that file"),
      export_enter },
    { "k, Up", IN_EXPORT, "export-up", N_("choose"), N_("the one above"), export_up },
    { "j, Down", IN_EXPORT, "export-down", N_("choose"), N_("the one below"), export_down },
    { "r", IN_EXPORT, "export-redact", N_("mask names"),
      N_("mask names of people, what stands before the @, and subjects; again: not"), export_redact },
    { "Esc, q, Ctrl-C", IN_EXPORT, "export-leave", N_("leave"), N_("write nothing"), export_leave },
    { "y", IN_QUESTION, "yes", N_("yes"), N_("yes"), question_yes },
    { "n, Esc, Ctrl-C", IN_QUESTION, "no", N_("no"), N_("no"), question_no },
    { NULL, 0, NULL, NULL, NULL, NULL }
};

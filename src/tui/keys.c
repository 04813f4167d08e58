/* keys.c: the table of keys, and finding a key in it.
 * SPDX-License-Identifier: MIT */
#include "tui/keys.h"

#include <string.h>

#include "tui/ui.h"

#ifndef N_
#define N_(text) text
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

/* Ctrl-H, -I, -J and -M come as Backspace, Tab and Enter do; Ctrl-Z suspends. */
static guint
parse_control(const char *name, gsize length)
{
    if (length != 6 || strncmp(name, "Ctrl-", 5) != 0 || name[5] < 'A' || name[5] > 'Y' ||
        strchr("HIJM", name[5]))
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

char *
keys_first(const Binding *binding)
{
    const char *cursor = binding->keys;
    gsize length = 0;
    const char *name = keys_next(&cursor, &length);

    return g_strndup(name, length);
}

const Verb verbs[] = {
    { "dns", "live|snapshot|offline", TRUE, N_("where DNS answers come from"), command_dns },
    { "trust", "HOST", TRUE, N_("trust what this host reports"), command_trust },
    { "distrust", "HOST", FALSE, N_("trust it no longer"), command_distrust },
    { "border", "HOP", TRUE, N_("the border is at this hop (0: find it automatically)"),
      command_border },
    { "search", "TEXT", TRUE, N_("search in this view"), command_search },
    { "open", "FILE", FALSE, N_("open a message or a mailbox"), command_open },
    { "mouse", "on|off", FALSE, N_("use the mouse, or leave it to the terminal"), command_mouse },
    { NULL, NULL, FALSE, NULL, NULL }
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
    { "Tab", IN_TREE, "pane", NULL, N_("to the other pane"), tree_pane },
    { "j, Down", IN_PAGES, "down", N_("move"), N_("down"), app_down },
    { "k, Up", IN_PAGES, "up", N_("move"), N_("up"), app_up },
    { "j, Down", IN_TREE, "down", NULL, N_("down"), app_down },
    { "k, Up", IN_TREE, "up", NULL, N_("up"), app_up },
    { "Enter", IN_BYTES, "open", N_("bytes"), N_("show the bytes that this rests on"), app_enter },
    { "Enter", IN_LIST | IN_INSIDE, "open", N_("open"), N_("open this message"), app_enter },
    { "u, Enter", IN_REPAIRS, "undo", N_("undo"), N_("undo this repair, or do it again"),
      app_undo },
    { "s", IN_LIST, "sort", N_("sort"), N_("sort by number, date, From, Subject or verdict"),
     list_sort },
    { "S", IN_LIST, "reverse", NULL, N_("the other way around"), list_reverse },
    { "&", IN_LIST, "filter", N_("failed"), N_("only what failed, or all again"), list_filter },
    { "&", IN_TREE, "filter", NULL, N_("only what failed, or all again"), tree_filter },
    { "/", IN_LIST, "search", N_("search"), N_("search in date, From and Subject"), app_search },
    { "/", IN_ALL & ~IN_LIST, "search", NULL, N_("search in this view"), app_search },
    { "n", IN_ALL, "search-next", NULL, N_("the next that was searched for"), app_search_next },
    { "N", IN_ALL, "search-previous", NULL, N_("the one before"), app_search_previous },
    { "b", IN_ROUTE, "border", N_("border"),
     N_("the border is at this hop; again: find it automatically"), app_border },
    { "Tab", IN_ROUTE, "pane", NULL, N_("to the other pane"), route_pane },
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
    { "Tab", IN_DNS, "pane", NULL, N_("to the other pane"), dns_tab },
    { "Enter", IN_CHART | IN_ADVICE | IN_DNS, "open", N_("step"),
      N_("show the step of the tree behind it"), app_enter },
    { "t", IN_RESULTS, "trust", N_("trust"),
     N_("trust this host's results in this session (to keep it: --trust, or trust = in the "
        "configuration file); again: no longer"),
     app_trust },
    { "o", IN_SOURCE, "original", NULL, N_("the text before repairs, or as repaired"),
     source_original },
    { "PgDn", IN_ALL, "page-down", NULL, N_("a page down"), app_page_down },
    { "PgUp", IN_ALL, "page-up", NULL, N_("a page up"), app_page_up },
    { "Space", IN_PAGES & ~IN_OVERVIEW, "page-down", N_("page"), N_("a page down"), app_page_down },
    { "Backspace", IN_PAGES, "page-up", NULL, N_("a page up"), app_page_up },
    { "g", IN_ALL, "first", NULL, N_("to the beginning"), app_first },
    { "G", IN_ALL, "last", NULL, N_("to the end"), app_last },
    { "Home", IN_PAGES, "first", NULL, N_("to the beginning"), app_first },
    { "End", IN_PAGES, "last", NULL, N_("to the end"), app_last },
    { "Esc", IN_ALL & ~(IN_OVERVIEW | IN_TREE | IN_RESULTS | IN_LIST), "back", N_("back"),
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
    { "7", IN_ALL, "chart", NULL, N_("Chart: SPF by DKIM, and this message's cell"), app_chart },
    { "8", IN_ALL, "advice", NULL, N_("Advice: what to change, who does it, what would not help"),
      app_advice },
    { "9", IN_ALL, "answers", NULL, N_("DNS: every question and its answer"), app_answers },
    { "0", IN_ALL, "source", NULL, N_("Source: the message as it is"), app_source },
    { "m", IN_ALL, "messages", NULL,
      N_("messages: those inside this one, or the list it came from"),
     app_messages },
    { "R", IN_ALL, "repairs", NULL, N_("Repairs: what was mended in the text"), app_repairs },
    { "u", IN_ALL & ~IN_REPAIRS, "undo", NULL,
      N_("undo what was chosen last: trust, border, DNS, repair"), app_undo_last },
    { "y", IN_ALL, "copy", NULL,
      N_("copy what the cursor is on; again: the line, the advice, the verdict"), app_copy },
    { ":", IN_ALL, "command", NULL, N_("a command by its name, with completion"), app_palette },
    { "d", IN_ALL, "dns", NULL, N_("DNS: live, from the snapshot, or not asked"), app_dns },
    { "x", IN_ALL, "save-snapshot", NULL,
     N_("save the DNS answers as a snapshot beside the message"), app_save },
    { "i", IN_ALL, "insert", N_("paste"), N_("paste a message or its headers"), app_insert },
    { "?", IN_ALL, "help", N_("help"), N_("the keys of this view"), app_help },
    { "q, Ctrl-C", IN_ALL, "quit", N_("quit"), N_("leave the program"), app_quit },

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
    { "y", IN_QUESTION, "yes", N_("yes"), N_("yes"), question_yes },
    { "n, Esc, Ctrl-C", IN_QUESTION, "no", N_("no"), N_("no"), question_no },
    { NULL, 0, NULL, NULL, NULL, NULL }
};

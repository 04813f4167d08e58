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
    { "Ctrl-C", 0x03 },
    { "Ctrl-D", 0x04 },
    { "Ctrl-U", 0x15 },
};

guint
keys_parse(const char *name, gsize length)
{
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (strlen(names[i].name) == length && strncmp(names[i].name, name, length) == 0)
            return names[i].code;
    if (g_utf8_strlen(name, (gssize)length) == 1)
        return g_utf8_get_char(name);
    return KEYCODE_NONE;
}

/* The next name of "h, Left", or NULL. */
static const char *
next_name(const char **cursor, gsize *length)
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
keys_find(guint code, Context context)
{
    for (const Binding *binding = bindings; binding->keys; binding++) {
        if (!(binding->contexts & context))
            continue;
        const char *cursor = binding->keys;
        gsize length;
        for (const char *name; (name = next_name(&cursor, &length));)
            if (keys_parse(name, length) == code)
                return binding;
    }
    return NULL;
}

char *
keys_first(const Binding *binding)
{
    const char *cursor = binding->keys;
    gsize length = 0;
    const char *name = next_name(&cursor, &length);

    return g_strndup(name, length);
}

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
    { "/", IN_LIST, "search", N_("search"), N_("search in date, From and Subject"), app_search },
    { "n", IN_LIST, "search-next", NULL, N_("the next that was searched for"), app_search_next },
    { "N", IN_LIST, "search-previous", NULL, N_("the one before"), app_search_previous },
    { "b", IN_ROUTE, "border", N_("border"),
     N_("the border is at this hop; again: find it automatically"), app_border },
    { "Tab", IN_ROUTE, "pane", NULL, N_("to the other pane"), route_pane },
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
    { "0", IN_ALL, "source", NULL, N_("Source: the message as it is"), app_source },
    { "m", IN_ALL, "messages", NULL,
      N_("messages: those inside this one, or the list it came from"),
     app_messages },
    { "R", IN_ALL, "repairs", NULL, N_("Repairs: what was mended in the text"), app_repairs },
    { "u", IN_ALL & ~IN_REPAIRS, "undo", NULL, N_("undo: choose the repair"), app_undo },
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
    { "y", IN_QUESTION, "yes", N_("yes"), N_("yes"), question_yes },
    { "n, Esc, Ctrl-C", IN_QUESTION, "no", N_("no"), N_("no"), question_no },
    { NULL, 0, NULL, NULL, NULL, NULL }
};

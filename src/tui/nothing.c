/* nothing.c: the program with nothing open: what can be done then, on the page and in the help.
 * SPDX-License-Identifier: MIT */
#include "tui/nothing.h"

#include "base/translate.h"
#include "tui/lessons/lesson.h"

enum { LABEL = 1, TEXT = 4, FAR_TEXT = 13 };

/* What needs no message. Enter is "open", too, but opens what is under the cursor. */
static const char *const keys[] = { "insert", "lessons", "glossary", "command", "help", "quit", NULL };
static const char *const words[] = { "open", "lesson", "glossary", "mouse", NULL };

gboolean
nothing_is_open(const App *app)
{
    const Document *doc = app->doc;

    return !doc->summary && !doc->list && !doc->message && doc->row == LIST_NO_ROW && !app_in_lesson(app);
}

gboolean
nothing_hides_key(const App *app, const Binding *binding)
{
    return nothing_is_open(app) && !g_strv_contains(keys, binding->command);
}

gboolean
nothing_hides_word(const App *app, const Verb *verb)
{
    return nothing_is_open(app) && !g_strv_contains(words, verb->name);
}

void
nothing_page(Page *page, const char *fault)
{
    page_row(page);
    page_text(page, LABEL, ROLE_LABEL, _("Nothing is open."));
    page_row(page);
    if (fault) {
        page_text(page, LABEL, ROLE_FAIL, fault);
        page_row(page);
    }
    page_text(page, LABEL, ROLE_TEXT, _("i  paste a message or its headers here"));
    page_pair(page, LABEL, TEXT, ROLE_TEXT, "L", ROLE_TEXT,
              _("the lessons: what all this is about, in stories of five minutes"));
    page_pair(page, LABEL, FAR_TEXT, ROLE_TEXT, ":open FILE", ROLE_TEXT, _("open a message or a mailbox"));
    page_row(page);
    page_text(page, LABEL, ROLE_TEXT, _("Open a saved message:  fromscope FILE"));
    page_text(page, LABEL, ROLE_TEXT, _("a mailbox or a folder:  fromscope MAILBOX"));
    page_text(page, LABEL, ROLE_TEXT, _("or one that comes by a pipe:  fromscope -"));
    page_row(page);
    page_text(page, LABEL, ROLE_TEXT, _("q leaves, ? lists the keys."));
}

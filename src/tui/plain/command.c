/* command.c: typed words become commands, by the tables of keys.c.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/nearest.h"
#include "base/translate.h"
#include "tui/lessons/lesson.h"
#include "tui/next.h"
#include "tui/nothing.h"
#include "tui/plain/part.h"
#include "tui/refused.h"

/* Nobody types more than that. */
enum { WORD_MAX = 40, LINE_BYTES_MAX = 8192 };

/* What only a screen needs, or is done otherwise here (help, search, choosing by number). */
static const char *const screen_only[] = { "pane", "fold", "unfold", "copy", "command", "mouse",
                                           "search-next", "search-previous", NULL };
/* Commands that move in what is seen; they work, but nobody is told of them here. */
static const char *const moves[] = { "up", "down", "first", "last", "page-up", "page-down", NULL };

/* What Enter may do unasked: nothing that changes a verdict. */
static const char *const opening[] = { "open", "page-down", NULL };

static gboolean
is_listed(const Binding *binding, Context context)
{
    return (binding->contexts & context) && !g_strv_contains(screen_only, binding->command);
}

void
plain_request_clear(PlainRequest *request)
{
    g_clear_pointer(&request->argument, g_free);
    g_clear_pointer(&request->answer, g_free);
}

/* ---- finding ---- */

static gboolean
is_same(const char *a, const char *b)
{
    g_autofree char *left = g_utf8_casefold(a, -1);
    g_autofree char *right = g_utf8_casefold(b, -1);

    return g_str_equal(left, right);
}

/* A letter is a key as it is: S is another one than s. Names of keys are words. */
static gboolean
has_key(const Binding *binding, const char *word)
{
    const char *cursor = binding->keys;
    gsize length;

    for (const char *name; (name = keys_next(&cursor, &length));) {
        g_autofree char *key = g_strndup(name, length);
        if (g_utf8_strlen(key, -1) == 1 ? g_str_equal(key, word) : is_same(key, word))
            return TRUE;
    }
    return FALSE;
}

static gboolean
has_hint(const Binding *binding, const char *word)
{
    return binding->hint &&
           (is_same(binding->hint, word) || is_same(translate(binding->hint), word));
}

static gboolean
has_name(const Binding *binding, const char *word)
{
    return is_same(binding->command, word);
}

static gboolean
begins_with(const Binding *binding, const char *word)
{
    return strlen(word) > 1 && g_str_has_prefix(binding->command, word);
}

typedef gboolean (*Match)(const Binding *binding, const char *word);

/* Answers have letters and numbers, no names: nobody answers by mistake. */
static gboolean
is_answer(const Binding *binding)
{
    return (binding->contexts & (IN_ASKED | IN_SURE | IN_ROOM | IN_GUESS | IN_GUESS_SURE)) &&
           (g_str_has_prefix(binding->command, "answer-") ||
            g_str_has_prefix(binding->command, "sure-") ||
            g_str_has_prefix(binding->command, "room-"));
}

static const Binding *
find(const App *app, const char *word, guint64 contexts)
{
    static const Match matches[] = { has_key, has_hint, has_name, begins_with };

    for (gsize i = 0; i < G_N_ELEMENTS(matches); i++)
        for (const Binding *binding = app->bindings; binding->keys; binding++)
            if (is_listed(binding, contexts) && (i == 0 || !is_answer(binding)) &&
                matches[i](binding, word))
                return binding;
    return NULL;
}

/* Beside the text of a lesson the keys of the view count, too. */
static const Binding *
find_here(const App *app, const char *word)
{
    const Binding *binding = find(app, word, app_context(app));

    return binding ? binding : find(app, word, app_context_below(app));
}

/* Commands that change nothing but the screen have no place here. */
static const Verb *
find_command(const char *word)
{
    for (const Verb *command = verbs; command->name; command++)
        if (is_same(command->name, word) && !g_strv_contains(screen_only, command->name))
            return command;
    return NULL;
}

/* ---- what is unknown ---- */

static const char *
nearest(const App *app, const char *word)
{
    const Context context = app_context(app);
    g_autofree char *small = g_ascii_strdown(word, -1);
    const char *best = "help";
    guint least = nearest_distance(small, best);

    for (const Binding *binding = app->bindings; binding->keys; binding++) {
        const char *const names[] = { binding->command, binding->hint };
        for (gsize i = 0; i < G_N_ELEMENTS(names) && is_listed(binding, context); i++) {
            const guint distance = names[i] ? nearest_distance(small, names[i]) : G_MAXUINT;
            if (distance < least) {
                least = distance;
                best = names[i];
            }
        }
    }
    return best;
}

/* Known, but not here: where it is. The title of a context stands in the views' own class. */
static char *
answer(const App *app, const char *word)
{
    const Binding *elsewhere = find(app, word, IN_ALL);

    if (elsewhere)
        return g_strdup_printf(_("%s has nothing to do here; ? lists what has"),
                               elsewhere->command);
    g_autofree char *shown = g_utf8_substring(word, 0, MIN(g_utf8_strlen(word, -1), WORD_MAX));
    return g_strdup_printf(_("There is no command %s; the nearest is %s. ? lists them"), shown,
                           nearest(app, shown));
}

/* ---- a line ---- */

static gboolean
is_number(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text) && strlen(text) < 9;
}

static guint
number_of(const char *text)
{
    return is_number(text) ? (guint)g_ascii_strtoull(text, NULL, 10) : 0;
}

static PlainRequest
request_of_words(const App *app, const char *word, const char *rest)
{
    PlainRequest request = { .kind = PLAIN_UNKNOWN, .number = number_of(rest) };
    const Context context = app_context(app);
    const Binding *binding = find_here(app, word);
    const Verb *command = find_command(word);

    /* "open 2", "trust 2": a row of this view; "trust mx.example.com", "border 2": by name. */
    if (command && *rest && (!request.number || !binding || (context & IN_ROUTE))) {
        request.kind = PLAIN_COMMAND;
        request.command = command;
        request.argument = g_strdup(rest);
    } else if (command && command->optional && !find(app, word, IN_ALL)) {
        request.kind = PLAIN_COMMAND;
        request.command = command;
        request.argument = g_strdup("");
    } else if (binding) {
        request.kind = PLAIN_BINDING;
        request.binding = binding;
    } else {
        request.answer = answer(app, word);
    }
    return request;
}

/* "/text", "search text". */
static gboolean
is_search(const char *line, const char **text)
{
    if (*line == '/')
        *text = line + 1;
    else if (g_ascii_strncasecmp(line, "search", 6) == 0 && (line[6] == ' ' || line[6] == '\0'))
        *text = line + 6;
    else
        return FALSE;
    while (**text == ' ')
        ++*text;
    return TRUE;
}

static gboolean
is_help(const char *line)
{
    return g_str_equal(line, "?") || is_same(line, "help") || is_same(line, _("help"));
}

/* Without a message there is little to do where it would stand; lessons and words need none. */
static gboolean
is_idle(const App *app)
{
    return !app->doc->summary && !app->doc->list && app->doc->current == VIEW_OVERVIEW;
}

/* What Enter alone does: what Space does on a screen. Most views are read to their end already:
 * there it opens, as it does on a screen. */
static const Binding *
onward(const App *app)
{
    const Context context = app_context(app);
    const Binding *binding = find(app, "Space", context);
    const gboolean page = binding && g_str_equal(binding->command, "page-down");

    if (page && !(context & (IN_LIST | IN_SOURCE)))
        binding = find(app, "Enter", context);
    if (is_idle(app) || (page && binding && !g_strv_contains(opening, binding->command)))
        return NULL;
    return binding;
}

PlainRequest
plain_request(const App *app, const char *typed)
{
    const Context context = app_context(app);
    g_autofree char *valid = g_utf8_make_valid(typed, (gssize)strnlen(typed, LINE_BYTES_MAX));
    g_autofree char *line = g_strdup(g_strstrip(valid) + (*valid == ':' && valid[1]));
    const char *text = NULL;

    g_strstrip(line);
    if (*line == '\0') {
        const Binding *binding = onward(app);
        return (PlainRequest) { .kind = binding ? PLAIN_BINDING : PLAIN_NOTHING,
                                .binding = binding };
    }
    if (is_help(line))
        return (PlainRequest) { .kind = PLAIN_HELP };
    if (is_search(line, &text))
        return (PlainRequest) { .kind = PLAIN_SEARCH, .argument = g_strdup(text) };
    if (is_number(line) && (context & (IN_LIST | IN_INSIDE | IN_SURVEY)))
        return (PlainRequest) { .kind = PLAIN_NUMBER, .number = number_of(line) };
    const Binding *whole = find_here(app, line);
    if (whole)
        return (PlainRequest) { .kind = PLAIN_BINDING, .binding = whole };
    const char *blank = strchr(line, ' ');
    g_autofree char *word = blank ? g_strndup(line, (gsize)(blank - line)) : g_strdup(line);
    g_autofree char *rest = g_strstrip(g_strdup(blank ? blank : ""));
    return request_of_words(app, word, rest);
}

/* ---- what can be typed ---- */

static gboolean
in_prompt(const App *app, const Binding *binding, const GString *said)
{
    static const char *const always[] = { "help", "quit", "insert", NULL };

    if (!is_listed(binding, app_context(app)) || !binding->hint || is_answer(binding) ||
        has_key(binding, "Space") || refused_here(app, binding) ||
        g_strv_contains(moves, binding->command))
        return FALSE;
    if (is_idle(app) && !g_strv_contains(always, binding->command))
        return FALSE;
    return !strstr(said->str, translate(binding->hint));
}

static gboolean
is_last(const Binding *binding)
{
    return g_str_equal(binding->command, "help") || g_str_equal(binding->command, "quit");
}

/* " a b c d" */
static void
append_answers(const App *app, GString *out)
{
    for (const Binding *binding = app->bindings; binding->keys; binding++)
        if (is_listed(binding, app_context(app)) && is_answer(binding) && binding->hint)
            g_string_append_printf(out, " %s", binding->keys);
}

/* "help" and "quit" always have their place. */
static void
append_hints(const App *app, GString *out, guint width)
{
    const Binding *next = onward(app);
    const guint kept = glyph_columns(_("help"), FALSE) + glyph_columns(_("quit"), FALSE) + 6;

    if (next && next->hint && !refused_here(app, next))
        g_string_append_printf(out, " Enter %s", translate(next->hint));
    append_answers(app, out);
    for (const Binding *binding = app->bindings; binding->keys; binding++) {
        if (!in_prompt(app, binding, out))
            continue;
        const char *hint = translate(binding->hint);
        if (!is_last(binding) &&
            glyph_columns(out->str, FALSE) + glyph_columns(hint, FALSE) + 2 + kept > width)
            continue;
        g_string_append_printf(out, "%s %s", g_str_has_suffix(out->str, ":") ? "" : ",", hint);
    }
}

char *
plain_prompt(const App *app, guint width)
{
    const View *view = app->doc->views[app->doc->current];
    GString *out = g_string_new(lesson_has_keys(app) ? _("Lesson")
                                                     : translate(view->class->label));

    g_string_append_c(out, ':');
    append_hints(app, out, width > 4 ? width - 2 : width);
    g_string_append(out, "> ");
    return g_string_free(out, FALSE);
}

static void
help_binding(Plain *plain, const Binding *binding)
{
    const char *alone = has_key(binding, "Space") ? _("Enter alone, ") : "";
    g_autofree char *text = g_strdup_printf("%s (%s%s): %s", binding->command, alone, binding->keys,
                                            translate(binding->help));

    plain_out_text(plain->out, 2, NULL, text);
}

void
plain_help(Plain *plain)
{
    const App *app = plain->app;
    const Context context = app_context(app);
    const View *view = app->doc->views[app->doc->current];

    plain_out_say(plain->out, _("Commands in %s: the word, its key, or its beginning, then Enter."),
                  lesson_has_keys(app) ? _("Lesson") : translate(view->class->label));
    for (int everywhere = FALSE; everywhere <= TRUE; everywhere++)
        for (const Binding *binding = app->bindings; binding->keys; binding++)
            if (is_listed(binding, context) && (binding->contexts == IN_ALL) == everywhere &&
                !g_strv_contains(moves, binding->command) && !nothing_hides_key(app, binding) &&
                !next_hides_key(app, binding) &&
                !g_str_equal(binding->command, "search"))
                help_binding(plain, binding);
    for (const Verb *command = verbs; command->name; command++) {
        g_autofree char *text = g_strdup_printf("%s%s%s: %s", command->name, *command->argument ? " " : "",
                                                command->argument, translate(command->help));
        if (!g_strv_contains(screen_only, command->name) && !nothing_hides_word(app, command))
            plain_out_text(plain->out, 2, NULL, text);
    }
    plain_out_say(plain->out, "%s",
                  _("A number behind open, trust, undo or step chooses the one of that number."));
}

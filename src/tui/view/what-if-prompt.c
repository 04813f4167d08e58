/* what-if-prompt.c: the value of an input is asked for, with the present one to begin with.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "dns/resolver.h"
#include "tui/entry.h"
#include "tui/handlers.h"
#include "tui/view/what-if-part.h"
#include "tui/view/what-if.h"
#include "whatif/zone.h"

/* A key of 4096 bits in DNS, written as text, and some. */
enum { VALUE_MAX = 2000 };

/* Without a screen a line is typed instead. */
static void
ask_for_line(App *app, const char *key, const char *now)
{
    app_status(app, _("To change it, type: what-if %s=VALUE (now: %s)"), key, *now ? now : "-");
}

void
what_if_ask(App *app, const char *key, const char *now)
{
    if (app->plain) {
        ask_for_line(app, key, now);
        return;
    }
    g_free(app->edit_key);
    g_free(app->edit_was);
    app->edit_key = g_strdup(key);
    app->edit_was = g_strdup(now);
    g_string_assign(app->prompt, now);
    app->modal = MODAL_EDIT;
}

void
edit_leave(App *app)
{
    app->modal = MODAL_NONE;
}

/* ---- DNS: the other records of an answer stay ---- */

static void
forget_answer(Edits *edits, const ZoneEdit *of)
{
    for (guint i = edits_length(edits); i > 0; i--) {
        const WhatIf *edit = edits_get(edits, i - 1);
        g_autoptr(ZoneEdit) read = g_str_equal(edit->key, "dns")
                                       ? zone_edit_read(edit->value, NULL) : NULL;
        if (read && read->type == of->type && g_str_equal(read->name, of->name))
            edits_remove(edits, i - 1);
    }
}

/* The lines of that answer but the one that was edited. */
static void
keep_others(Edits *edits, const GPtrArray *dns, const ZoneEdit *of, const char *was)
{
    for (guint i = 0; i < dns->len; i++) {
        const DnsAnswer *answer = dns->pdata[i];
        if (!g_str_equal(answer->name, of->name) || dns_type_of(answer->type) != of->type)
            continue;
        g_auto(GStrv) lines = zone_edit_lines(answer);
        for (char **line = lines; *line && answer->records->len > 0; line++)
            if (!g_str_equal(*line, was))
                edits_add(edits, "dns", *line, NULL);
    }
}

static Edits *
edits_with_answer(const App *app, const char *value, GError **error)
{
    g_autoptr(Edits) edits = edits_copy(app->doc->edits);
    g_autoptr(ZoneEdit) read = zone_edit_read(value, error);

    if (!read)
        return NULL;
    g_autoptr(ZoneEdit) was = *app->edit_was ? zone_edit_read(app->edit_was, NULL) : NULL;
    forget_answer(edits, read);
    if (was && read->status == DNS_NOERROR && was->type == read->type &&
        g_str_equal(was->name, read->name))
        keep_others(edits, app->doc->report->dns, read, app->edit_was);
    return edits_add(edits, "dns", value, error) ? g_steal_pointer(&edits) : NULL;
}

static Edits *
edits_with(const App *app, const char *value, GError **error)
{
    if (g_str_equal(app->edit_key, "dns"))
        return edits_with_answer(app, value, error);
    g_autoptr(Edits) edits = edits_copy(app->doc->edits);
    return edits_add(edits, app->edit_key, value, error) ? g_steal_pointer(&edits) : NULL;
}

/* What cannot be read is said, and the prompt stays. */
void
edit_enter(App *app)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *again = g_strconcat(app->edit_key, "=", NULL);
    const char *typed = app->prompt->str;

    /* The key stands before what is typed; some type it once more. */
    if (g_str_has_prefix(typed, again))
        typed += strlen(again);
    Edits *edits = edits_with(app, typed, &error);

    if (!edits) {
        app_status(app, "%s", error->message);
        return;
    }
    app->modal = MODAL_NONE;
    what_if_set(app, edits);
}

/* ---- typing ---- */

void
edit_erase(App *app)
{
    entry_erase(app->prompt);
}

void
edit_clear(App *app)
{
    g_string_truncate(app->prompt, 0);
}

/* The word that what is typed begins; where it is one, the next. */
void
edit_complete(App *app)
{
    const EditKey *row = edit_key_find(app->edit_key);
    const char *typed = app->prompt->str;
    guint next = 0;

    if (!row || !row->words)
        return;
    for (guint i = 0; row->words[i]; i++) {
        if (g_str_equal(row->words[i], typed)) {
            next = row->words[i + 1] ? i + 1 : 0;
            break;
        }
        if (next == 0 && *typed && g_str_has_prefix(row->words[i], typed))
            next = i;
    }
    g_string_assign(app->prompt, row->words[next]);
}

void
edit_add_text(App *app, const char *text, gsize length)
{
    entry_add(app->prompt, text, length, VALUE_MAX);
}

/* ---- on the screen ---- */

/* "pass, fail, none": the values there are; else what is expected. (transfer full) */
static char *
expected(const App *app)
{
    const EditKey *row = edit_key_find(app->edit_key);

    if (!row || !row->words)
        return g_strdup(row ? row->value : "");
    GString *out = g_string_new(NULL);
    for (guint i = 0; row->words[i]; i++)
        if (*row->words[i])
            g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", row->words[i]);
    return g_string_free(out, FALSE);
}

guint
edit_draw_line(const App *app, Canvas *canvas, guint y)
{
    g_autofree char *label = g_strconcat(" ", app->edit_key, "=", NULL);
    const guint x = canvas_put(canvas, 0, y, canvas->width, ROLE_STATUS, label);
    const guint room = canvas->width > x + 2 ? canvas->width - x - 2 : 1;
    const guint end = canvas_put(canvas, x, y, canvas->width - 1, ROLE_TEXT,
                                 entry_end(app->prompt->str, room, app->mode));

    return canvas_put(canvas, end, y, canvas->width, ROLE_CURSOR, " ");
}

char *
edit_note(const App *app)
{
    g_autofree char *words = expected(app);
    const EditKey *row = edit_key_find(app->edit_key);

    return g_strdup_printf("%s: %s", row ? translate(row->about) : "", words);
}

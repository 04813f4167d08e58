/* modal.c: what has all keys for itself: the box for pasting, the prompt, the question.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tui/entry.h"
#include "tui/handlers.h"
#include "tui/ui.h"
#include "tui/view/what-if.h"

enum { PROMPT_MAX = 200 };

/* ---- the box ---- */

static const char *const help[] = {
    N_("Paste a message or its headers here (or drop the file, or type)."),
    N_("Gmail (web): the three dots > Show original > Copy to clipboard"),
    N_("Outlook: File > Properties > Internet headers;  Yahoo: ... > View raw message"),
    N_("Apple Mail: View > Message > Raw Source;  Thunderbird: More > View source"),
};

/* At 16 rows one line of help must do. */
static guint
help_lines(guint height)
{
    return height >= 16 ? G_N_ELEMENTS(help) : 1;
}

static Rect
text_area(Rect body)
{
    const guint above = help_lines(body.height) + 1;

    return (Rect) { body.x + 1, body.y + above, MAX(body.width, 3) - 2,
                    body.height - above };
}

void
modal_fit(App *app, Rect body)
{
    const Rect area = text_area(body);

    paste_fit(app->paste, area.width, area.height);
}

void
modal_draw(const App *app, Canvas *canvas, Rect body)
{
    const guint lines = help_lines(body.height);

    for (guint i = 0; i < lines; i++)
        canvas_put_cut(canvas, 1, body.y + i, canvas->width, i == 0 ? ROLE_LABEL : ROLE_TEXT,
                       translate(help[i]));
    canvas_fill(canvas, 0, body.y + lines, canvas->width, ROLE_RULE, '-');
    paste_draw(app->paste, canvas, text_area(body));
}

void
app_insert(App *app)
{
    if (!app->paste)
        app->paste = paste_new(app->mode);
    app->modal = MODAL_PASTE;
}

static void
close_paste(App *app)
{
    g_clear_pointer(&app->paste, paste_free);
    app->modal = MODAL_NONE;
}

static void
add_to_box(App *app, const char *text, gsize length, gboolean cut)
{
    app_insert(app);
    if (!paste_add(app->paste, text, length) || cut)
        app_status(app, _("Only the first %u MB have a place here; open larger texts as a file"),
                   INPUT_TEXT_MAX >> 20);
}

void
paste_open(App *app)
{
    g_autofree char *file = paste_file(app->paste);
    g_autoptr(GBytes) text = paste_bytes(app->paste);

    if (paste_is_empty(app->paste)) {
        app_status(app, _("There is nothing in it yet"));
        return;
    }
    if (file) {
        close_paste(app);
        app_open_paths(app, (char *const[]) { file, NULL });
    } else if (app_open_bytes(app, text)) {
        close_paste(app);
    }
}

void
paste_leave(App *app)
{
    if (paste_is_empty(app->paste))
        close_paste(app);
    else
        app->modal = MODAL_QUESTION;
}

void
paste_newline(App *app)
{
    paste_add(app->paste, "\n", 1);
}

void
paste_erase(App *app)
{
    paste_remove(app->paste, FALSE);
}

void
paste_clear(App *app)
{
    paste_remove(app->paste, TRUE);
}

void
paste_up(App *app)
{
    paste_scroll(app->paste, TRUE);
}

void
paste_down(App *app)
{
    paste_scroll(app->paste, FALSE);
}

void
question_yes(App *app)
{
    close_paste(app);
}

void
question_no(App *app)
{
    app->modal = MODAL_PASTE;
}

/* ---- the prompt ---- */

void
app_search(App *app)
{
    g_string_truncate(app->prompt, 0);
    app->modal = MODAL_PROMPT;
}

void
prompt_enter(App *app)
{
    app->modal = MODAL_NONE;
    if (app->prompt->len > 0) {
        g_free(app->search);
        app->search = g_strdup(app->prompt->str);
    }
    app_look(app, FALSE);
}

void
prompt_leave(App *app)
{
    app->modal = MODAL_NONE;
}

void
prompt_erase(App *app)
{
    if (!entry_erase(app->prompt))
        app->modal = MODAL_NONE;
}

/* ---- what is pressed and pasted ---- */

/* Where nothing else takes it, the box opens for it. */
static void
take_text(App *app, const char *text, gsize length, gboolean cut)
{
    if (app->modal == MODAL_PROMPT)
        entry_add(app->prompt, text, length, PROMPT_MAX);
    else if (app->modal == MODAL_PALETTE)
        palette_add(app, text, length);
    else if (app->modal == MODAL_EDIT)
        edit_add_text(app, text, length);
    else
        add_to_box(app, text, length, cut);
}

void
modal_text(App *app, const InputText *text)
{
    gsize length = 0;
    const char *bytes = g_bytes_get_data(text->bytes, &length);

    if (app->modal != MODAL_EXPORT)     /* nothing is typed there */
        take_text(app, bytes, length, text->cut);
}

static gboolean
is_character(guint code)
{
    return code < KEYCODE_NONE && (code == '\t' || !g_unichar_iscntrl(code));
}

void
modal_press(App *app, guint code)
{
    const Binding *binding = keys_find_in(app->bindings, code, app_context(app));
    char text[8] = { 0 };

    if (binding) {
        binding->handler(app);
        return;
    }
    if (app->modal == MODAL_QUESTION || app->modal == MODAL_EXPORT || !is_character(code))
        return;
    take_text(app, text, (gsize)g_unichar_to_utf8(code, text), FALSE);
}

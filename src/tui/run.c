/* run.c: the program with a terminal under it: a key, what it does, the screen, again.
 * SPDX-License-Identifier: MIT */
#include <langinfo.h>

#include "tui/term.h"
#include "tui/ui.h"
#include "tui/waiting.h"

static void
run(App *app, Term *term)
{
    guint width, height;

    term_size(term, &width, &height);
    app_resize(app, width, height);
    while (!app->quit) {
        g_autoptr(Canvas) canvas = app_paint(app);
        term_show(term, canvas);
        const guint code = term_key(term);
        if (code == KEYCODE_GONE)
            return;
        if (code == KEYCODE_RESIZE) {
            term_size(term, &width, &height);
            app_resize(app, width, height);
        } else {
            app_press(app, code);
        }
    }
}

static int
show(const AppInput *input, Term *term, gboolean utf8, const char *note)
{
    g_autoptr(App) app = app_new(input, utf8);

    if (note)
        app_status(app, "%s", note);
    run(app, term);
    return app->exit_status;
}

int
app_run(const AppInput *input)
{
    const gboolean utf8 = g_str_equal(nl_langinfo(CODESET), "UTF-8");
    const char *term_name = g_getenv("TERM");
    g_autoptr(GError) error = NULL;
    g_autoptr(Theme) theme = theme_new("default", input->no_color, &error);
    Term *term = term_open(theme);

    if (!term) {
        g_printerr("fromscope: no terminal that can show it (TERM=%s)\n"
                   "'fromscope report FILE' prints the same\n", term_name ? term_name : "");
        return 2;
    }
    AppInput known = *input;
    if (input->job)
        known.report = waiting_run(term, input, utf8);
    int status = 0;
    if (!input->job || known.report)
        status = show(&known, term, utf8, error ? error->message : input->notice);
    term_close(term);
    if (input->job)
        report_free(known.report);
    return status;
}

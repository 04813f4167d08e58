/* view.c: messages on the screen, or as text where there is none.
 * SPDX-License-Identifier: MIT */
#include "command/command.h"

#include <stdio.h>
#include <unistd.h>

#include "base/translate.h"
#include "command/screen-host.h"
#include "session/keeper.h"
#include "tui/keymap.h"

static int
view_files(const Session *session, gboolean plain)
{
    const Options *o = session->options;
    const gboolean lesson = o->command == COMMAND_LESSON;
    char *none[] = { NULL };
    g_autoptr(Keeper) own_keeper = plain ? session_keeper(session) : NULL;
    AppInput input = {
        .keeper = own_keeper,
        .files = lesson ? none : o->files,
        .lesson = lesson ? o->files[0] : NULL,
        .class_file = o->class_file,
        .index = o->index > 0 ? (guint)o->index : 0,
        .ascii = session_wants_ascii(o),
        .no_color = o->no_color,
        .no_mouse = o->no_mouse,
        .edits = o->edits,
        .redact = o->redact,
        .bindings = keymap_is_usual(session->config->keys) ? NULL
                                                           : keymap_bindings(session->config->keys),
        .theme = o->theme,
        .ambiguous = o->ambiguous,
    };
    g_autoptr(GPtrArray) faults = plain ? NULL : g_ptr_array_new_with_free_func(g_free);

    input.faults = faults;
    ScreenHost *host = screen_host_new(session, &input);
    if (plain)
        input.host.warm(input.host.data, (const char *const[]){ NULL });
    const int status = plain ? app_run_plain(&input) : app_run(&input);

    screen_host_free(host);
    return status;
}

int
command_view(const Session *session)
{
    const char *term = g_getenv("TERM");
    const gboolean terminal = isatty(STDOUT_FILENO) != 0;

    /* A terminal that can only print is spoken to in lines. */
    if (session->options->plain || (terminal && g_strcmp0(term, "dumb") == 0))
        return view_files(session, TRUE);
    if (terminal)
        return view_files(session, FALSE);
    if (session->options->files[0])
        return command_report(session);
    fprintf(stderr, _("fromscope: no FILE given; --help lists what there is\n"));
    return EXIT_TROUBLE;
}

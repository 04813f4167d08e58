/* keeper.c: rights to files, from the command line.
 * SPDX-License-Identifier: MIT */
#include "session/keeper.h"

static gboolean
is_about_lessons(const Options *o)
{
    return o->command == COMMAND_LESSON;
}

Keeper *
session_keeper(const Session *session)
{
    const Options *o = session->options;
    Keeper *keeper = keeper_new();

    for (char **file = o->files; *file; file++) {
        if (is_about_lessons(o))
            keeper_lesson(keeper, *file);
        else
            keeper_opens(keeper, *file);
    }
    for (char **file = o->dns; file && *file; file++)
        keeper_reads(keeper, *file);
    if (o->class_file)
        keeper_replaces(keeper, o->class_file);
    return keeper;
}

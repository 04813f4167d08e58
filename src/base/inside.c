/* inside.c: the door of a confined worker, where there is one.
 * SPDX-License-Identifier: MIT */
#include "base/inside.h"

static const InsideDoor *own_door;

void
inside_enter(const InsideDoor *door)
{
    own_door = door;
}

gboolean
inside_confined(void)
{
    return own_door != NULL;
}

void
inside_need(const char *what)
{
    if (own_door)
        own_door->need(what);
}

int
inside_start_child(const char *name, GBytes *told)
{
    return own_door ? own_door->start_child(name, told) : -1;
}

int
inside_end_child(const char *name)
{
    return own_door ? own_door->end_child(name) : -1;
}

int
inside_open_file(void)
{
    return own_door ? own_door->open_file() : -1;
}

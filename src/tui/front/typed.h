/* typed.h: which files a person named by typing, in the process that sees the keys before anybody else does.
 * SPDX-License-Identifier: MIT
 *
 * What a confined core asks for is given to it only where the person named it (process/keeper.h). Nothing that the core says counts
 * here: only what was typed or pasted. A name is taken
 *     from a line that ends by Enter: a command that takes a file ("open", "export", "class", "lesson"), the rest of the line;
 *     from the box: what was typed or pasted since the last key that is no character, when Ctrl-D comes;
 *     from a paste between marks: one line that is the name of something.
 * A person who moves through what they typed and changes it in ways that are not seen here is refused, and types it again. */
#pragma once

#include "process/keeper.h"
#include "tui/terminal/input.h"

typedef struct Typed Typed;

/* `keeper` is borrowed. (transfer full) */
Typed *typed_new(Keeper *keeper);
void   typed_free(Typed *typed);
/* Before the core hears of it: a key, or pasted text (KEYCODE_TEXT). */
void   typed_key(Typed *typed, guint code);
void   typed_text(Typed *typed, const InputText *text);
/* A whole line, where lines are what is typed (--plain). */
void   typed_line(Keeper *keeper, const char *line);

/* fuzz-place.h: a folder of mail with something in it that is nobody's business, for requests of files.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* The name of what nobody may see, and its size. */
#define PLACE_SECRET "private-key"
#define PLACE_SECRET_SIZE 31337u
/* A pipe in a folder: nobody named it. */
#define PLACE_PIPE "pipe"

/* The current folder is "here" in it, until place_leave(). Made when it is entered first, gone with the process. */
void        place_enter(void);
/* `written`: looks through all of it. What was made or replaced is as before; anything else that changed aborts. */
void        place_leave(gboolean written);
const char *place_root(void);
/* (transfer full) */
char       *place_at(const char *name);
/* A path without ".", ".." and "//", by its text alone. (transfer full) */
char       *place_plain(const char *path);
/* A byte of a path: of 0x80 and more as a word of this place. */
void        place_append(GString *text, guint8 byte);
/* There was a right to make or to replace it; it is forgotten by place_leave(). FALSE: it was there before / is none that is replaced. */
gboolean    place_made(const char *path, gboolean replaced);

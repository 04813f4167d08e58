/* disk-ahead.h: what a process will want first, opened while it still may, so that it need not ask another one for it.
 * SPDX-License-Identifier: MIT
 *
 * Nothing is read. The order: disk_ahead_record(), looking and disk_ahead() for the files that a person named, disk_ahead_keep(),
 * then disk_enter() of the door that counts, and disk_ahead_serve(). What was seen holds for a moment only: the disk is as
 * it is. */
#pragma once

#include <glib.h>

/* What is looked for from here on is remembered. */
void disk_ahead_record(void);
/* A file that will be opened. */
void disk_ahead(const char *path);
/* Moves the descriptors to `first` and the numbers behind it, which are none's. How many there are. */
guint disk_ahead_keep(int first);
/* In front of the door that was entered. */
void disk_ahead_serve(void);

/* way.h: how one comes back to what is open, when another process takes the place of this one.
 * SPDX-License-Identifier: MIT
 *
 * A process that parses ends when a message kills it, and when it lacks what must be loaded before it is confined. What stands in
 * the way is names and numbers, line by line; whoever reads it does not trust it. It is said before something is opened, so that it
 * tells on what a process died. */
#pragma once

#include "tui/front/front.h"
#include "tui/ui.h"

/* The kind of what stays open of a lesson that was left; its name. */
#define WAY_LEFT "left"

/* What will be opened next is a "row", an "inside", "pasted", an "open"ed file … of that name; says so. */
void  way_begin(App *app, const char *kind, const char *name);
void  way_begin_number(App *app, const char *kind, guint number);
/* In app_push() and app_replace(): `document` is it. */
void  way_take(App *app, Document *document);
/* After each key: nothing is being opened any more. */
void  way_say(App *app);
/* This process ends while a key is being followed: what was opened stays so. */
void  way_last_words(App *app);
/* Opens all of it again, but for what the one before us died of. */
void  way_follow(App *app, const Back *back);

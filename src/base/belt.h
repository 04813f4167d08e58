/* belt.h: octets that a second thread works on, in the order in which they were laid on, while more are made.
 * SPDX-License-Identifier: MIT
 *
 * One thread lays on and drains. What the other one's work writes may be read once the belt is drained. */
#pragma once

#include <glib.h>

typedef struct Belt Belt;

typedef void (*BeltWork)(const void *bytes, gsize length, gpointer data);

/* NULL if no thread is to be had: then do the work yourself. */
Belt *belt_new(const char *name, BeltWork work, gpointer data);
/* Drains it first. NULL-safe. */
void belt_free(Belt *belt);

/* Copies; waits while the belt is full. Where one piece ends and the next begins is lost. */
void belt_lay(Belt *belt, const void *bytes, gsize length);
/* Returns when all that was laid on is worked on. */
void belt_drain(Belt *belt);

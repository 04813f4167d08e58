/* nearest.h: how far two words are from each other, for those who mistyped one.
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Letters (bytes) to insert, remove or replace to make one word of the other. */
guint nearest_distance(const char *a, const char *b);

/* body.h: where the body begins in a text that has no empty line.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "repair/marks.h"

/* The place of the body's first byte where the body itself shows it: the boundary that Content-Type
 * names, `<html`. `length` where nothing does. */
gsize body_limit(const char *text, gsize length);

/* The same by the last field's value, which is over before the text is. */
gsize body_after(const char *text, const Mark *last, gsize length);

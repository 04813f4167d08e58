/* entity.h: characters that HTML writes by name or number: &lt; &#64;
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Appends the character that the entity at `at` (an ampersand) names; bytes read, or 0: it names none we know. */
gsize entity_append(GString *out, const char *at, const char *end);

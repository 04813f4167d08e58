/* solid.h: sixteen octets with neither blanks nor control characters among them.
 * SPDX-License-Identifier: MIT
 *
 * Signatures are long words: what takes blanks out, or makes one of several, passes over them in such steps. */
#pragma once

#include <glib.h>
#include <string.h>

#define SOLID_BLOCK 16

static inline gboolean
solid_block(const char *at)
{
    typedef guint8 Chunk __attribute__((vector_size(SOLID_BLOCK)));
    typedef guint64 Halves __attribute__((vector_size(SOLID_BLOCK)));
    Chunk chunk;

    memcpy(&chunk, at, sizeof chunk);
    const Halves found = (Halves)(chunk <= ' ');
    return (found[0] | found[1]) == 0;
}

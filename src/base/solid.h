/* solid.h: sixteen octets without control characters, and without blanks.
 * SPDX-License-Identifier: MIT
 *
 * Signatures are long words: what takes blanks out, or makes one of several, passes over them in such steps. */
#pragma once

#include <glib.h>
#include <string.h>

#define SOLID_BLOCK 16

typedef guint8 SolidChunk __attribute__((vector_size(SOLID_BLOCK)));

static inline SolidChunk
solid_load(const char *at)
{
    SolidChunk chunk;

    memcpy(&chunk, at, sizeof chunk);
    return chunk;
}

static inline gboolean
solid_none(SolidChunk found)
{
    typedef guint64 Halves __attribute__((vector_size(SOLID_BLOCK)));
    const Halves halves = (Halves)found;

    return (halves[0] | halves[1]) == 0;
}

/* Neither blanks nor control characters; DEL may be there. */
static inline gboolean
solid_block(const char *at)
{
    return solid_none((SolidChunk)(solid_load(at) <= ' '));
}

/* Blanks at most. */
static inline gboolean
printable_block(const char *at)
{
    const SolidChunk chunk = solid_load(at);

    return solid_none((SolidChunk)((chunk < ' ') | (chunk == 0x7F)));
}

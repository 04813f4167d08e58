/* heap.c: small pieces of memory kept for the next message.
 * SPDX-License-Identifier: MIT
 *
 * malloc() and its kin are replaced as the manual of libc allows ("Replacing malloc"), but only by a shelf in front of
 * it: every piece comes from libc, keeps its size there, and may be given back to it by anybody at any time. A thread
 * that did not ask for a shelf has libc's functions with one comparison more, and another when they give nothing: who asks for
 * little and gets none is ended. */
#include "base/heap.h"

#include "base/spare.h"

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* libc's own, under the names that it exports for this. NOLINTBEGIN(bugprone-reserved-identifier) */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *piece, size_t size);
extern void  __libc_free(void *piece);
/* NOLINTEND(bugprone-reserved-identifier) */

/* Who cannot have so little has no memory left. */
#define SMALL ((size_t)1 << 20)
/* Pieces up to so many bytes are kept, and so many bytes in all. */
#define PIECE_MAX 1032
#define KEPT_MAX  ((size_t)4 << 20)
/* libc's sizes are 8, 24, 40 … bytes: a class holds what has at least 16 * class + 8. */
#define CLASS_OF_WISH(size)  ((size) <= 24 ? 1 : ((size) + 7) >> 4)
#define CLASS_OF_PIECE(size) (((size) - 8) >> 4)
#define CLASSES   (CLASS_OF_WISH(PIECE_MAX) + 1)

typedef struct Piece Piece;
struct Piece {
    Piece *next;
};

typedef struct {
    size_t kept;
    Piece *pieces[CLASSES];
} Shelf;

/* Remembered between calls, since malloc() has no other argument; a thread has its own. */
static _Thread_local Shelf *shelf;

void
heap_keep(void)
{
    if (!shelf)
        shelf = __libc_calloc(1, sizeof *shelf);
    spare_keep();
}

/* As malloc_usable_size(), of which a free() is mostly: libc's pieces have stood behind their size, three bits of it
 * flags, since there are 64-bit machines (tests/unit/test-heap.c holds both against each other). Of pieces that have
 * pages of their own it says up to 8 bytes more; they are not small. */
static inline size_t
size_of(void *piece)
{
#if defined(__x86_64__)
    return (((const size_t *)piece)[-1] & ~(size_t)7) - 8;
#else
    return malloc_usable_size(piece);
#endif
}

static inline void *
take(size_t size)
{
    const size_t class = CLASS_OF_WISH(size);
    Piece *piece = class < CLASSES ? shelf->pieces[class] : NULL;

    if (!piece)
        return NULL;
    shelf->pieces[class] = piece->next;
    shelf->kept -= 16 * class;
    return piece;
}

/* A library that gets no memory says that a signature does not fit, or that a name is none, and a lack of memory would become
 * a verdict. So it is answered to nobody: the process ends, as GLib's g_malloc() ends it. What is large may be the wish of a
 * stranger's bytes, and who wishes it answers for it. */
static void *
given(void *piece, size_t size)
{
    static const char text[] = "fromscope: no memory is left\n";

    if (G_LIKELY(piece || size == 0 || size > SMALL))
        return piece;
    const ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written;
    abort();
}

static size_t
product(size_t count, size_t size)
{
    size_t bytes;

    return __builtin_mul_overflow(count, size, &bytes) ? SIZE_MAX : bytes;
}

void *
malloc(size_t size)
{
    void *piece = shelf ? take(size) : NULL;

    return piece ? piece : given(__libc_malloc(size), size);
}

void *
calloc(size_t count, size_t size)
{
    /* What is this small does not overflow. */
    void *piece = shelf && count < PIECE_MAX && size < PIECE_MAX ? take(count * size) : NULL;

    return piece ? memset(piece, 0, count * size) : given(__libc_calloc(count, size), product(count, size));
}

void
free(void *piece)
{
    if (!shelf || !piece) {
        __libc_free(piece);
        return;
    }
    const size_t size = size_of(piece);
    if (size > PIECE_MAX || size < 24 || shelf->kept > KEPT_MAX) {
        __libc_free(piece);
        return;
    }
    const size_t class = CLASS_OF_PIECE(size);
    ((Piece *)piece)->next = shelf->pieces[class];
    shelf->pieces[class] = piece;
    shelf->kept += 16 * class;
}

void *
realloc(void *piece, size_t size)
{
    if (!shelf)
        return given(__libc_realloc(piece, size), size);
    if (!piece)
        return malloc(size);
    const size_t had = size_of(piece);
    if (size == 0 || had > PIECE_MAX || size > PIECE_MAX)
        return given(__libc_realloc(piece, size), size);
    if (size <= had)
        return piece;
    void *larger = malloc(size);
    memcpy(larger, piece, had);
    free(piece);
    return larger;
}

#else

void
heap_keep(void)
{
}

#endif

/* fuzz.c: parts of an input, and what must hold of texts.
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/name.h"
#include "base/text.h"

void
fuzz_broken(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}

FuzzPart
fuzz_whole(const guint8 *data, gsize size)
{
    return (FuzzPart){ data ? (const char *)data : "", size };
}

FuzzPart
fuzz_cut(FuzzPart *rest)
{
    const FuzzPart all = *rest;
    const char *mark = memmem(all.bytes, all.length, "\n%%\n", 4);

    if (!mark) {
        *rest = (FuzzPart){ all.bytes + all.length, 0 };
        return all;
    }
    const gsize length = (gsize)(mark - all.bytes) + 1;
    *rest = (FuzzPart){ mark + 4, all.length - length - 3 };
    return (FuzzPart){ all.bytes, length };
}

gboolean
fuzz_line(FuzzPart *rest, FuzzPart *line)
{
    if (!rest->length)
        return FALSE;
    const char *end = memchr(rest->bytes, '\n', rest->length);
    const gsize length = end ? (gsize)(end - rest->bytes) : rest->length;
    *line = (FuzzPart){ rest->bytes, length };
    rest->bytes += length + (end ? 1 : 0);
    rest->length -= length + (end ? 1 : 0);
    return TRUE;
}

GBytes *
fuzz_bytes(FuzzPart part)
{
    return g_bytes_new(part.bytes, part.length);
}

char *
fuzz_string(FuzzPart part)
{
    return g_strndup(part.bytes, part.length);
}

const char *
fuzz_file(FuzzPart part)
{
    static int file = -1;
    static char path[64];

    if (file < 0) {
        file = memfd_create("fuzz", MFD_CLOEXEC);
        g_snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    FUZZ_REQUIRE(file >= 0 && ftruncate(file, 0) == 0);
    FUZZ_REQUIRE(pwrite(file, part.bytes, part.length, 0) == (gssize)part.length);
    return path;
}

void
fuzz_check_json(const GString *text)
{
    FuzzPart rest = { text->str, text->len };
    FuzzPart line;

    FUZZ_REQUIRE(g_utf8_validate(text->str, (gssize)text->len, NULL));
    while (fuzz_line(&rest, &line))
        FUZZ_REQUIRE(fuzz_is_json(line.bytes, line.length));
}

/* Passes over "\x1b[…m"; FALSE: that is none. */
static gboolean
skip_sgr(const char **at, const char *end)
{
    const char *next = *at;

    if (end - next < 3 || next[0] != 0x1b || next[1] != '[')
        return FALSE;
    for (next += 2; next < end && (g_ascii_isdigit(*next) || *next == ';'); next++)
        ;
    if (next == end || *next != 'm')
        return FALSE;
    *at = next + 1;
    return TRUE;
}

void
fuzz_check_text(const GString *text, gboolean color)
{
    const char *at = text->str;
    const char *end = at + text->len;
    gunichar code = 0;

    while (at < end) {
        if (*at == '\n') {
            at++;
            continue;
        }
        if (color && skip_sgr(&at, end))
            continue;
        FUZZ_REQUIRE(text_next(&at, end, &code) == TEXT_PLAIN);
    }
}

void
fuzz_check_name(const char *name)
{
    g_autofree char *again = name_normalise(name);

    FUZZ_REQUIRE(strlen(name) <= NAME_MAX_OCTETS);
    FUZZ_REQUIRE(g_strcmp0(again, name) == 0);
}

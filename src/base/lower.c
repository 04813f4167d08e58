/* lower.c: a copy of ASCII in lower case.
 * SPDX-License-Identifier: MIT */
#include "base/lower.h"

char *
lower_bytes(const char *text, gsize length)
{
    char *out = g_malloc(length + 1);

    lower_into(out, text, length);
    out[length] = '\0';
    return out;
}

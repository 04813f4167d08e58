/* nearest.c: the distance of Levenshtein, a row at a time.
 * SPDX-License-Identifier: MIT */
#include "base/nearest.h"

#include <string.h>

guint
nearest_distance(const char *a, const char *b)
{
    const gsize width = strlen(b) + 1;
    guint *row = g_new(guint, width);

    for (gsize j = 0; j < width; j++)
        row[j] = (guint)j;
    for (guint i = 1; a[i - 1]; i++) {
        guint diagonal = row[0];
        row[0] = i;
        for (gsize j = 1; j < width; j++) {
            const guint above = row[j];
            row[j] = MIN(MIN(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    const guint distance = row[width - 1];
    g_free(row);
    return distance;
}

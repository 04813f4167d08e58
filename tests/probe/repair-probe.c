/* repair-probe.c: texts on standard input, repaired texts on standard output, thousands in one run.
 * SPDX-License-Identifier: MIT
 *
 * A request is a line with a length and the ids that are not to be repaired, then that many bytes. The answer is a line
 * `LENGTH NEEDED FIDELITY ID=COUNT …` and that many bytes: what repair_text() made, "needed" being 1 or 0. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "repair/repair.h"

static void
answer(GBytes *bytes, const char *const *undone)
{
    g_autoptr(Origin) origin = origin_new("paste");
    const gboolean needed = repair_needed(bytes);
    g_autoptr(GBytes) text = repair_text(bytes, undone, origin);

    printf("%zu %d %s", g_bytes_get_size(text), needed, origin->fidelity ? origin->fidelity : "-");
    for (guint i = 0; i < origin->repairs->len; i++) {
        const Repair *repair = origin->repairs->pdata[i];
        printf(" %s=%" G_GINT64_FORMAT, repair->id, repair->count);
    }
    putchar('\n');
    fwrite(g_bytes_get_data(text, NULL), 1, g_bytes_get_size(text), stdout);
    fflush(stdout);
}

int
main(void)
{
    char line[4096];

    while (fgets(line, sizeof line, stdin)) {
        g_auto(GStrv) words = g_strsplit(g_strchomp(line), " ", -1);
        const gsize length = words[0] ? (gsize)g_ascii_strtoull(words[0], NULL, 10) : 0;
        guint8 *data = g_malloc(length + 1);
        if (fread(data, 1, length, stdin) != length)
            return 1;
        g_autoptr(GBytes) bytes = g_bytes_new_take(data, length);
        answer(bytes, (const char *const *)(words + 1));
    }
    return 0;
}

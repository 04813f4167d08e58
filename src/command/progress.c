/* progress.c: one line that is written over and over, and erased at the end.
 * SPDX-License-Identifier: MIT */
#include "command/progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/translate.h"
#include "report/paper.h"

/* Between two looks at the clock, and between two lines: an eye sees no more. */
enum { SHOWN_EVERY = G_USEC_PER_SEC / 5, BAR = 24, LEFT_FROM = 3 };

struct Progress {
    gboolean shown;     /* there is somebody to see it */
    gint64 begun, last; /* microseconds */
    guint columns;      /* of the line that stands there */
    guint calls;
};

Progress *
progress_new(void)
{
    Progress *progress = g_new0(Progress, 1);

    progress->shown = isatty(STDERR_FILENO);
    progress->begun = progress->last = g_get_monotonic_time();
    return progress;
}

static guint
width(void)
{
    struct winsize size;

    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/* Over what stood there, by blanks: every terminal knows those. */
static void
write_line(Progress *progress, const char *text)
{
    const guint columns = paper_columns(text);
    const guint blanks = progress->columns > columns ? progress->columns - columns : 0;

    fprintf(stderr, "\r%s%*s\r", text, (int)blanks, "");
    fflush(stderr);
    progress->columns = columns;
}

/* "0:07", "1:02:03" */
static void
append_time(GString *out, gint64 seconds)
{
    if (seconds >= 3600)
        g_string_append_printf(out, "%d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                               (int)(seconds % 60));
    else
        g_string_append_printf(out, "%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

static void
append_bar(GString *out, double done)
{
    const guint filled = (guint)(CLAMP(done, 0, 1) * BAR);

    g_string_append_c(out, '[');
    for (guint i = 0; i < BAR; i++)
        g_string_append_c(out, i < filled ? '#' : ' ');
    g_string_append_printf(out, "] %3d %%  ", (int)(CLAMP(done, 0, 1) * 100));
}

/* "[######      ]  50 %  12345 messages, 6789 a second, 0:07 left" (transfer full) */
static GString *
line_of(const Progress *progress, gint64 now, double done, gint64 messages)
{
    GString *out = g_string_new(NULL);
    const double seconds = (double)(now - progress->begun) / G_USEC_PER_SEC;
    char count[24], rate[24];

    g_snprintf(count, sizeof count, "%" G_GINT64_FORMAT, messages);
    g_snprintf(rate, sizeof rate, "%.0f", seconds > 0 ? (double)messages / seconds : 0.0);
    if (done >= 0)
        append_bar(out, done);
    g_string_append_printf(out, _("%s messages, %s a second"), count, rate);
    /* A forecast from the first moments would be a guess. */
    if (done > 0.01 || (done > 0 && seconds > LEFT_FROM)) {
        g_autoptr(GString) left = g_string_new(NULL);
        append_time(left, (gint64)MIN(seconds / done * (1 - MIN(done, 1)) + 0.5, 8640000));
        g_string_append_printf(out, _(", %s left"), left->str);
    }
    return out;
}

void
progress_step(Progress *progress, double done, gint64 messages)
{
    if (!progress->shown || ++progress->calls % 8 != 1)
        return;
    const gint64 now = g_get_monotonic_time();
    if (now - progress->last < SHOWN_EVERY)
        return;
    progress->last = now;
    g_autoptr(GString) line = line_of(progress, now, done, messages);
    if (paper_columns(line->str) < width())
        write_line(progress, line->str);
}

void
progress_end(Progress *progress)
{
    if (!progress)
        return;
    if (progress->columns > 0)
        write_line(progress, "");
    g_free(progress);
}

/* redraw.c: what a key costs in a tree of 1,000 nodes at 200x60, in milliseconds of CPU.
 * SPDX-License-Identifier: MIT
 *
 *     redraw [KEYS]       prints "median worst keys"
 *
 * Counted is all that the program does between reading a key and waiting for the next: the key's
 * handler, the layout of the view, painting into the canvas, the difference to what the terminal shows, and writing it.
 * Not counted: the terminal, which is a pseudo-terminal that another process empties. The tree is no message's: its
 * steps have titles, outcomes, evidence and branches as real ones do. */
#include <errno.h>
#include <locale.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "auth/step.h"
#include "tui/terminal/term.h"
#include "tui/ui.h"

#include "../unit/offline-host.h"

enum { NODES = 1000, WIDTH = 200, HEIGHT = 60, KEYS = 2000 };

static const char mail[] = "From: a@example.com\nSubject: one\n\ntext\n";

/* ---- a report with such a tree ---- */

static void
add_step(Step *parent, guint number)
{
    static const char *const ids[] = { "from", "spf-check", "spf-term", "dkim-key", "policy" };
    static const Result results[] = { RESULT_INFO, RESULT_PASS, RESULT_NO, RESULT_FAIL, RESULT_YES };
    g_autofree char *name = g_strdup_printf("host%u.example.com", number);
    Step *step = step_decide(step_add(parent, ids[number % G_N_ELEMENTS(ids)], "RFC 7208, 4.6", name, name,
                                      name, NULL),
                             results[number % G_N_ELEMENTS(results)], PROVENANCE_RECOMPUTED);

    step->cause = number == 7;
}

/* Branches of ten within branches of ten. */
static Step *
thousand(void)
{
    Step *root = step_decide(step_add(NULL, "dmarc", "", "example.com", NULL), RESULT_FAIL,
                             PROVENANCE_RECOMPUTED);
    guint number = 1;

    while (number < NODES) {
        add_step(root, number++);
        Step *branch = root->children->pdata[root->children->len - 1];
        for (guint i = 0; i < 9 && number < NODES; i++) {
            add_step(branch, number++);
            Step *leaf = branch->children->pdata[i];
            for (guint j = 0; j < 9 && number < NODES; j++)
                add_step(leaf, number++);
        }
    }
    return root;
}

static Report *
run(gpointer data)
{
    Report *report = report_new();

    (void)data;
    report->source->path = g_strdup("x");
    report->source->fidelity = g_strdup("raw");
    report->from->domain = g_strdup("example.com");
    report->tree = thousand();
    return report;
}

static gboolean
prepare(gpointer data, const Message *message, const AppChoices *choices, AppJob *job,
        GError **error)
{
    (void)message;
    (void)choices;
    (void)error;
    *job = (AppJob){ .run = run, .free = host_nothing, .data = data };
    return TRUE;
}

/* ---- keys ---- */

static double
cpu_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void
show(App *app, Term *term)
{
    g_autoptr(Canvas) canvas = app_paint(app);

    term_show(term, canvas);
}

static int
by_size(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Down and up, page by page, to the ends, folding, steps of the walk, the other pane, the next that
 * failed. */
static void
press(App *app, Term *term, guint keys, FILE *out)
{
    static const char round[] = "jjjjjkkjjjhljjj\x06\x06\x06\x02jjGggjjjn   bb\t\t&&jjeerjj";
    g_autofree double *times = g_new(double, keys);

    for (guint i = 0; i < keys; i++) {
        const double before = cpu_ms();
        app_press(app, (guchar)round[i % (sizeof round - 1)]);
        show(app, term);
        times[i] = cpu_ms() - before;
    }
    qsort(times, keys, sizeof *times, by_size);
    fprintf(out, "%.3f %.3f %u\n", times[keys / 2], times[keys - 1], keys);
    fflush(out);
}

static int
measure(guint keys, FILE *out)
{
    char *none[] = { NULL };
    const AppInput input = { .host = { .prepare = prepare, .dns = host_offline }, .files = none };
    g_autoptr(Theme) theme = theme_new(NULL, FALSE, NULL);
    Term *term = term_open(theme, 1);
    g_autoptr(GBytes) bytes = g_bytes_new_static(mail, strlen(mail));

    if (!term)
        return 2;
    g_autoptr(App) app = app_new(&input, TRUE);
    app_start(app);
    app_resize(app, WIDTH, HEIGHT);
    app_push(app, document_of_message(message_from_bytes(bytes, "x", NULL), NULL, g_strdup("x")));
    app_resize(app, WIDTH, HEIGHT);
    app_press(app, '2');
    if (cursor_rows(app->doc->cursor)->len < NODES)
        return 3;
    show(app, term);
    press(app, term, keys, out);
    term_close(term);
    return 0;
}

int
main(int argc, char **argv)
{
    const struct winsize size = { .ws_row = HEIGHT, .ws_col = WIDTH };
    const guint keys = argc > 1 ? (guint)atoi(argv[1]) : KEYS;
    char drain[65536];
    int terminal, status = 0;
    FILE *out = fdopen(dup(STDOUT_FILENO), "w");

    setlocale(LC_ALL, "C.UTF-8");
    setenv("TERM", "xterm-256color", 1);
    unsetenv("COLORTERM");
    const pid_t pid = forkpty(&terminal, NULL, NULL, &size);
    if (pid < 0 || !out)
        return 2;
    if (pid == 0)
        _exit(measure(MAX(keys, 1), out));
    while (read(terminal, drain, sizeof drain) > 0)
        continue;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

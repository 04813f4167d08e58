/* test-screen-front.c: what the process that has the terminal takes from the core: pictures of the terminal's size, or of
 * the one before. SPDX-License-Identifier: MIT */
#include <string.h>

#include "tui/front/front-part.h"

/* ---- in place of the terminal, and of what the core is told ---- */

static guint shown;

void
term_show(Term *term, const Canvas *canvas)
{
    (void)term;
    g_assert_nonnull(canvas);
    shown++;
}

void
term_size(Term *term, guint *width, guint *height)
{
    (void)term;
    *width = *height = 0;
}

void
term_send(Term *term, const char *sequence)
{
    (void)term;
    (void)sequence;
}

void
term_use_mouse(Term *term, gboolean use)
{
    (void)term;
    (void)use;
}

void
front_tell(Front *front, guint code, const void *text, gsize length, ScreenEvent *event)
{
    (void)front;
    (void)code;
    (void)text;
    (void)length;
    (void)event;
}

void
front_tell_again(Front *front, GByteArray *bytes)
{
    (void)front;
    g_byte_array_unref(bytes);
}

gboolean
front_take_terminal(Front *front)
{
    return front->taken;
}

/* ---- pictures ---- */

static gboolean
says(Front *front, ScreenKind kind, guint width, guint height)
{
    const ScreenShow show = { .width = width, .height = height };

    return front_take(kind, (const guint8 *)&show, sizeof show, front);
}

static void
set_up(Front *front, gconstpointer unused)
{
    (void)unused;
    *front = (Front){ .taken = TRUE, .sizes = { 100, 30, 80, 24 } };
    shown = 0;
}

static void
tear_down(Front *front, gconstpointer unused)
{
    (void)unused;
    canvas_free(front->model);
    canvas_free(front->ready);
}

/* A picture may have been on its way when the window got another size. */
static void
test_sizes(Front *front, gconstpointer unused)
{
    (void)unused;
    g_assert_true(says(front, SCREEN_CLEAR, 100, 30));
    g_assert_true(says(front, SCREEN_SHOW, 100, 30));
    g_assert_true(says(front, SCREEN_CLEAR, 80, 24));
    g_assert_true(says(front, SCREEN_SHOW, 80, 24));
    g_assert_cmpuint(shown, ==, 2);
    g_assert_cmpuint(front->model->width, ==, 80);
}

/* Every other one is no honest core's: not even a mixture of the two. */
static void
test_other_sizes(Front *front, gconstpointer unused)
{
    static const guint sizes[][2] = { { 100, 24 }, { 80, 30 }, { 30, 100 }, { 24, 80 }, { 0, 0 }, { 101, 30 },
                                      { 79, 24 }, { G_MAXUINT, G_MAXUINT } };

    (void)unused;
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_assert_false(says(front, SCREEN_CLEAR, sizes[i][0], sizes[i][1]));
        g_assert_false(says(front, SCREEN_SHOW, sizes[i][0], sizes[i][1]));
    }
    g_assert_null(front->model);
    g_assert_cmpuint(shown, ==, 0);
}

/* What is shown was begun with its own size. */
static void
test_mixed(Front *front, gconstpointer unused)
{
    (void)unused;
    g_assert_false(says(front, SCREEN_SHOW, 100, 30));      /* nothing was painted yet */
    g_assert_true(says(front, SCREEN_CLEAR, 80, 24));
    g_assert_false(says(front, SCREEN_SHOW, 100, 30));
    g_assert_cmpuint(shown, ==, 0);
}

/* Made while the core works: taken where the window is still as large. */
static void
test_ready(Front *front, gconstpointer unused)
{
    Canvas *ready = canvas_new(100, 30);

    (void)unused;
    front->ready = ready;
    g_assert_true(says(front, SCREEN_CLEAR, 100, 30));
    g_assert_true(front->model == ready);
    front->ready = canvas_new(100, 30);
    g_assert_true(says(front, SCREEN_CLEAR, 80, 24));
    g_assert_cmpuint(front->model->width, ==, 80);
    g_assert_null(front->ready);
}

/* Without the terminal nothing is taken, and no frame is longer or shorter than it has to be. */
static void
test_odd(Front *front, gconstpointer unused)
{
    const ScreenShow show = { .width = 80, .height = 24 };

    (void)unused;
    g_assert_false(front_take(SCREEN_CLEAR, (const guint8 *)&show, sizeof show - 1, front));
    g_assert_false(front_take(SCREEN_WAIT, (const guint8 *)&show, sizeof show, front));
    front->taken = FALSE;
    g_assert_false(says(front, SCREEN_CLEAR, 80, 24));
    g_assert_false(front_take('?', NULL, 0, front));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add("/front/" name, Front, NULL, set_up, function, tear_down)
    ADD("sizes", test_sizes);
    ADD("other-sizes", test_other_sizes);
    ADD("mixed", test_mixed);
    ADD("ready", test_ready);
    ADD("odd", test_odd);
    return g_test_run();
}

/* term.c: the terminal is taken, shown on, and left as it was found.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/term-part.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tui/terminal/keycode.h"
#include "tui/terminal/links.h"
#include "tui/terminal/over.h"
#include "tui/terminal/rescue.h"
#include "tui/terminal/shade.h"

/* Bracketed paste: the terminal marks what is pasted (xterm's "Private Modes"); others ignore it.
 */
#define PASTE_ON "\x1B[?2004h"
#define PASTE_OFF "\x1B[?2004l"
/* Characters stay in their columns (ECMA-48, 8.3.13: BDSM, explicit): a terminal that puts words of
 * Arabic and Hebrew into their order would take the columns between them along. Others ignore it.
 */
#define COLUMNS_ON "\x1B[8l"
#define COLUMNS_OFF "\x1B[8h"
/* Buttons and the wheel (1000), told as numbers (1006). */
#define MOUSE_ON "\x1B[?1000h\x1B[?1006h"
#define MOUSE_OFF "\x1B[?1006l\x1B[?1000l"
#define MODES_ON PASTE_ON COLUMNS_ON
#define MODES_OFF PASTE_OFF COLUMNS_OFF

/* What is beyond is left blank: a terminal may say of itself what it likes, and a screen has to be held. */
enum { WIDTH_MAX = 1000, HEIGHT_MAX = 500 };

/* ---- how it is told ---- */

/* Some terminals cannot say "your own color". */
static int
color_of(const Term *term, int shade, int other)
{
    const int color = shade_reduce(shade, term->info->colors);

    return color < 0 && !term->info->own_colors ? other : color;
}

static void
set_styles(Term *term)
{
    enum { BLACK = 0, WHITE = 7, COLORS_MIN = 8 };
    const gboolean colors = !term->theme.mono && term->info->colors >= COLORS_MIN;
    const Style *all = term->light ? term->theme.light : term->theme.styles;

    for (Role role = 0; role < ROLES; role++) {
        const Style *wanted = &all[role];
        Style *style = &term->styles[role];
        *style = (Style){ SHADE_TERMINAL, SHADE_TERMINAL, wanted->flags };
        if (colors && (wanted->foreground >= 0 || wanted->background >= 0)) {
            style->foreground = color_of(term, wanted->foreground, WHITE);
            style->background = color_of(term, wanted->background, BLACK);
        }
        g_free(term->paint.roles[role]);
        term->paint.roles[role] = terminfo_style(term->info, style);
    }
    term->paint.clear = term->info->clear;
    term->paint.erase = term->info->erase;
    term->paint.plain = term->info->plain;
    term->paint.corner = term->info->corner;
    term->paint.move = terminfo_move;
}

void
term_turn_light(Term *term)
{
    term->light = TRUE;
    set_styles(term);
    g_clear_pointer(&term->shown, canvas_free);
}

/* Colors go by value only to terminals that are described so: "xterm-direct" beside "xterm-256color". COLORTERM says
 * that the terminal takes them; where the description is not installed, 256 colors do. NULL: TERM as it is. (transfer
 * full) */
static char *
direct_name(const Theme *theme)
{
    const char *wanted = g_getenv("COLORTERM"), *name = g_getenv("TERM");

    if (theme->mono || !theme->values || !name ||
        (g_strcmp0(wanted, "truecolor") != 0 && g_strcmp0(wanted, "24bit") != 0))
        return NULL;
    const gsize length = g_str_has_suffix(name, "-256color") ? strlen(name) - strlen("-256color")
                                                             : strlen(name);
    return g_strdup_printf("%.*s-direct", (int)length, name);
}

static Terminfo *
describe(const Term *term, const Theme *theme)
{
    enum { MANY = 257 };
    g_autofree char *direct = direct_name(theme);
    Terminfo *info = direct ? terminfo_open(direct, term->fd) : NULL;

    if (info && info->colors >= MANY)
        return info;
    terminfo_free(info);
    return terminfo_open(NULL, term->fd);
}

/* ---- its modes ---- */

/* Every byte as it comes: Ctrl-C and Ctrl-Z are keys (term-wait.c), and what is written stays as it is. */
static void
set_raw(const Term *term)
{
    struct termios raw = term->found;

    raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | IGNCR | INLCR | IXON | PARMRK);
    raw.c_oflag &= ~(tcflag_t)ONLCR;
    raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(term->fd, TCSADRAIN, &raw);
}

/* The handlers of rescue.c cannot ask what the terminal knows. (transfer full) */
static char *
last_words(const Term *term)
{
    return g_strconcat(MODES_OFF, term->mouse ? MOUSE_OFF : "", term->info->end, "\r", NULL);
}

static void
arm(Term *term)
{
    g_autofree char *sequence = last_words(term);

    rescue_arm(term->fd, &term->found, sequence);
}

void
term_enter(Term *term)
{
    g_autofree char *sequence = g_strconcat(term->info->begin, term->info->clear, MODES_ON,
                                            term->mouse ? MOUSE_ON : "", NULL);

    arm(term);          /* first: whatever ends us from here on finds the way back */
    set_raw(term);
    term_send(term, sequence);
    g_clear_pointer(&term->shown, canvas_free);
}

/* The cursor goes where a shell expects it, below what was shown. */
void
term_leave(Term *term, gboolean last)
{
    g_autoptr(GString) sequence = g_string_new(NULL);

    term_send(term, term->mouse ? MODES_OFF MOUSE_OFF : MODES_OFF);
    if (last)
        term_await_close(term);
    terminfo_move(sequence, 0, term->height - 1);
    g_string_append(sequence, term->info->end);
    term_send(term, sequence->str);
    tcsetattr(term->fd, TCSADRAIN, &term->found);
    rescue_disarm();
    rescue_unwatch();
}

/* ---- opening and closing ---- */

static gboolean
open_files(Term *term)
{
    term->input_fd = STDIN_FILENO;
    term->fd = STDOUT_FILENO;
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        return TRUE;
    term->own = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    term->input_fd = term->fd = term->own;
    return term->own >= 0;
}

static void
release(Term *term)
{
    terminfo_free(term->info);
    if (term->own >= 0)
        close(term->own);
    input_free(term->input);
    g_string_free(term->over, TRUE);
    canvas_free(term->shown);
    for (Role role = 0; role < ROLES; role++)
        g_free(term->paint.roles[role]);
    g_free(term);
}

/* Keys as this terminal sends them, beside those that all do. */
static void
open_input(Term *term)
{
    static const struct { const char *capability; guint code; } keys[] = {
        { "kcuu1", KEYCODE_UP },    { "kcud1", KEYCODE_DOWN },    { "kcub1", KEYCODE_LEFT },
        { "kcuf1", KEYCODE_RIGHT }, { "kpp", KEYCODE_PAGE_UP },   { "knp", KEYCODE_PAGE_DOWN },
        { "khome", KEYCODE_HOME },  { "kend", KEYCODE_END },      { "kent", '\r' },
    };

    term->input = input_new(g_str_equal(nl_langinfo(CODESET), "UTF-8"));
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *sequence = terminfo_key(term->info, keys[i].capability);
        if (sequence && *sequence == '\x1B')
            input_learn(term->input, sequence, keys[i].code);
    }
}

gboolean
term_measure(Term *term)
{
    struct winsize size = { 0 };
    const guint width = term->width, height = term->height;

    if (ioctl(term->fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
        term->width = MIN(size.ws_col, WIDTH_MAX);
        term->height = MIN(size.ws_row, HEIGHT_MAX);
    } else if (width == 0) {
        term->width = term->info->width > 0 ? MIN(term->info->width, WIDTH_MAX) : 80;
        term->height = term->info->height > 0 ? MIN(term->info->height, HEIGHT_MAX) : 24;
    }
    return term->width != width || term->height != height;
}

gboolean
term_look(guint *width, guint *height)
{
    Term term = { .own = -1 };
    struct winsize size = { 0 };
    const gboolean known = open_files(&term) && ioctl(term.fd, TIOCGWINSZ, &size) == 0;

    if (term.own >= 0)
        close(term.own);
    *width = MIN(size.ws_col, WIDTH_MAX);
    *height = MIN(size.ws_row, HEIGHT_MAX);
    return known && size.ws_row > 0 && size.ws_col > 0;
}

Term *
term_open(const Theme *theme, int ambiguous)
{
    /* With fewer the colors for a light background are the same ones; and a console prints what it does not know. */
    enum { PALETTE = 256 };
    Term *term = g_new0(Term, 1);

    term->own = -1;
    term->over = g_string_new(NULL);
    if (open_files(term) && tcgetattr(term->fd, &term->found) == 0)
        term->info = describe(term, theme);
    if (!term->info) {
        release(term);
        return NULL;
    }
    term->links = links_known();
    term_measure(term);
    term->theme = *theme;
    set_styles(term);
    open_input(term);
    term->wide = ambiguous == 2;
    term->probes = ambiguous == 0;
    term->asks_ground = theme->adapts && term->info->colors >= PALETTE;
    return term;
}

void
term_take(Term *term)
{
    term->taken = TRUE;
    rescue_watch();
    term_enter(term);
    if (term->probes || term->asks_ground)
        term_probe(term);
}

void
term_close(Term *term)
{
    if (term->taken)
        term_leave(term, TRUE);
    release(term);
}

void
term_size(Term *term, guint *width, guint *height)
{
    *width = term->width;
    *height = term->height;
}

/* ---- showing ---- */

/* What was drawn is written once more, as links, which cells do not have. */
static void
add_links(Term *term, const Canvas *canvas, guint y)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint x = 0; x < canvas->width; x++) {
        if (canvas_cell(canvas, x, y)->role != ROLE_LINK)
            continue;
        const guint start = x;
        g_string_truncate(text, 0);
        for (; x < canvas->width && canvas_cell(canvas, x, y)->role == ROLE_LINK; x++)
            g_string_append(text, canvas_cell(canvas, x, y)->text);
        links_add(term->over, start, y, &term->styles[ROLE_LINK], term->info->colors, text->str,
                  canvas->mode);
    }
}

/* The frame whole, since a terminal shows each piece that it gets. */
void
term_show(Term *term, const Canvas *canvas)
{
    g_autoptr(GString) out = g_string_sized_new(4096);
    const gboolean fits = term->shown && term->shown->width == canvas->width &&
                          term->shown->height == canvas->height;
    const Canvas *before = fits ? term->shown : NULL;

    paint_frame(out, &term->paint, before, canvas);
    for (guint y = 0; term->links && canvas->width > 0 && y < canvas->height; y++)
        if (paint_changes(before, canvas, y))
            add_links(term, canvas, y);
    g_autofree char *over = over_take(term->over);
    if (over)
        g_string_append(out, over);
    term_send(term, out->str);      /* nobody waits for what follows */
    canvas_keep(&term->shown, canvas);
}

/* ---- past the screen ---- */

/* A program that dies must not leave a terminal that writes clicks into the shell. */
void
term_use_mouse(Term *term, gboolean use)
{
    if (use == term->mouse)
        return;
    term->mouse = use;
    g_autofree char *sequence = last_words(term);
    rescue_change(sequence);
    term_send(term, use ? MOUSE_ON : MOUSE_OFF);
}

/* A terminal that is gone is noticed when it is read. */
void
term_send(Term *term, const char *sequence)
{
    gsize length = strlen(sequence);

    while (length > 0) {
        const ssize_t written = write(term->fd, sequence, length);
        if (written < 0 && errno != EINTR)
            return;
        sequence += MAX(written, 0);
        length -= (gsize)MAX(written, 0);
    }
}

/* term.c: the one file that speaks to curses.
 * SPDX-License-Identifier: MIT */
#include "tui/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "tui/keys.h"
#include "tui/rescue.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

struct Term {
    SCREEN        *screen;
    FILE          *tty;             /* /dev/tty, where it was needed; else NULL */
    int            fd;
    Input         *input;
    struct termios found;
    attr_t         attributes[ROLES];
    short          pairs[ROLES];
};

enum { CTRL_Z = 0x1A };

/* Bracketed paste: the terminal marks what is pasted (xterm's "Private Modes"); others ignore it.
 */
#define PASTE_ON "\x1B[?2004h"
#define PASTE_OFF "\x1B[?2004l"

/* Colours only where the terminal has enough of them; the attributes always. */
static void
set_styles(Term *term, const Theme *theme)
{
    const gboolean colors = !theme->mono && has_colors() && start_color() == OK;
    short pairs = 0;

    if (colors)
        use_default_colors();
    for (Role role = 0; role < ROLES; role++) {
        const Style *style = &theme->styles[role];
        term->attributes[role] = (style->flags & STYLE_BOLD ? A_BOLD : 0u) |
                                 (style->flags & STYLE_REVERSE ? A_REVERSE : 0u) |
                                 (style->flags & STYLE_UNDERLINE ? A_UNDERLINE : 0u) |
                                 (style->flags & STYLE_DIM ? A_DIM : 0u);
        if (!colors || style->foreground >= COLORS || style->background >= COLORS ||
            (style->foreground < 0 && style->background < 0) || pairs + 1 >= COLOR_PAIRS)
            continue;
        pairs++;
        if (init_pair(pairs, (short)style->foreground, (short)style->background) == OK)
            term->pairs[role] = pairs;
    }
}

static void
append_capability(GString *out, const char *name)
{
    const char *value = tigetstr(name);

    if (value && value != (char *)-1)
        g_string_append(out, value);
}

/* What endwin() would send; the handlers of rescue.c cannot ask curses. */
static void
arm(Term *term)
{
    g_autoptr(GString) sequence = g_string_new(PASTE_OFF);

    append_capability(sequence, "sgr0");
    append_capability(sequence, "rmkx");
    append_capability(sequence, "rmcup");
    append_capability(sequence, "cnorm");
    g_string_append_c(sequence, '\r');
    rescue_arm(term->fd, &term->found, sequence->str);
}

static gboolean
open_files(Term *term)
{
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) {
        term->fd = STDOUT_FILENO;
        return TRUE;
    }
    term->tty = fopen("/dev/tty", "r+e");
    if (!term->tty)
        return FALSE;
    term->fd = fileno(term->tty);
    return TRUE;
}

/* Asked before curses takes the terminal: newterm() would begin even on one that cannot move its
 * cursor. */
static gboolean
can_draw(const Term *term)
{
    int found = 0;

    if (setupterm(NULL, term->fd, &found) != OK)
        return FALSE;
    const char *move = tigetstr("cup");
    const gboolean can = move && move != (char *)-1;
    del_curterm(cur_term);
    return can;
}

static void
release(Term *term)
{
    if (term->screen)
        delscreen(term->screen);
    if (term->tty)
        fclose(term->tty);
    input_free(term->input);
    g_free(term);
}

/* Past curses, whose own output is complete after each refresh. */
static void
send_sequence(const Term *term, const char *sequence)
{
    const ssize_t written = write(term->fd, sequence, strlen(sequence));

    (void)written;      /* a terminal that is gone is noticed when it is read */
}

/* Keys are read here and not by curses: it would take pasted text for keys. */
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
        const char *sequence = tigetstr(keys[i].capability);
        if (sequence && sequence != (char *)-1 && *sequence == '\x1B')
            input_learn(term->input, sequence, keys[i].code);
    }
    send_sequence(term, PASTE_ON);
}

Term *
term_open(const Theme *theme)
{
    Term *term = g_new0(Term, 1);

    if (open_files(term) && can_draw(term)) {
        tcgetattr(term->fd, &term->found);
        use_tioctl(TRUE);
        term->screen = newterm(NULL, term->tty ? term->tty : stdout,
                               term->tty ? term->tty : stdin);
    }
    if (!term->screen) {
        release(term);
        return NULL;
    }
    raw();              /* Ctrl-C and Ctrl-Z come as keys: see term_key() */
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    leaveok(stdscr, FALSE);
    typeahead(-1);      /* what waits to be read is no reason to leave the screen half painted */
    curs_set(0);
    set_styles(term, theme);
    refresh();          /* the alternate screen first */
    open_input(term);
    arm(term);
    return term;
}

void
term_close(Term *term)
{
    send_sequence(term, PASTE_OFF);
    endwin();
    rescue_disarm();
    release(term);
}

void
term_size(Term *term, guint *width, guint *height)
{
    (void)term;
    *width = (guint)MAX(COLS, 1);
    *height = (guint)MAX(LINES, 1);
}

/* Where the C library thinks otherwise of a character's width than the canvas, the columns
 * behind it would shift: it is not sent. */
static void
show_cell(const Term *term, const Cell *cell, int x, int y)
{
    wchar_t wide[CCHARW_MAX + 1] = { 0 };
    cchar_t shown;
    guint length = 0;

    if (cell->width == 0)
        return;
    for (const char *at = cell->text; *at && length < CCHARW_MAX; at = g_utf8_next_char(at))
        wide[length++] = (wchar_t)g_utf8_get_char(at);
    gboolean fits = wcwidth(wide[0]) == (int)cell->width;
    for (guint i = 1; i < length; i++)
        fits = fits && wcwidth(wide[i]) == 0;
    if (!fits) {
        wide[0] = L'?';
        wide[1] = L'\0';
    }
    setcchar(&shown, wide, term->attributes[cell->role], term->pairs[cell->role], NULL);
    mvadd_wch(y, x, &shown);
    if (!fits && cell->width == 2)
        mvadd_wch(y, x + 1, &shown);
}

void
term_show(Term *term, const Canvas *canvas)
{
    erase();
    for (guint y = 0; y < canvas->height; y++)
        for (guint x = 0; x < canvas->width; x++)
            show_cell(term, canvas_cell(canvas, x, y), (int)x, (int)y);
    refresh();
}

/* Stops the whole job, as the terminal's own Ctrl-Z would, and comes back to a fresh screen. */
static void
suspend(const Term *term)
{
    send_sequence(term, PASTE_OFF);
    endwin();
    rescue_disarm();
    kill(0, SIGTSTP);
    arm((Term *)term);
    clearok(curscr, TRUE);
    refresh();
    send_sequence(term, PASTE_ON);
}

/* Curses learns of another size from its own reading only, which is not used. */
static gboolean
is_resized(const Term *term)
{
    struct winsize size;

    if (ioctl(term->fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0 ||
        (size.ws_row == LINES && size.ws_col == COLS))
        return FALSE;
    resize_term(size.ws_row, size.ws_col);
    clearok(curscr, TRUE);
    return TRUE;
}

/* FALSE when the terminal is gone. */
static gboolean
read_bytes(const Term *term, int fd)
{
    enum { CHUNK = 65536 };
    g_autofree char *bytes = g_malloc(CHUNK);
    const ssize_t count = read(fd, bytes, CHUNK);

    if (count < 0)
        return errno == EINTR || errno == EAGAIN;
    if (count > 0)
        input_feed(term->input, bytes, (gsize)count, g_get_monotonic_time());
    return count > 0;
}

static guint
next_event(Term *term, gboolean typing, gboolean silent)
{
    guint code = KEYCODE_NONE;

    switch (input_next(term->input, typing, silent, &code)) {
    case INPUT_TEXT:
        return KEYCODE_TEXT;
    case INPUT_KEY:
        if (code != CTRL_Z)
            return code;
        suspend(term);
        return KEYCODE_RESIZE;          /* it may have another size by now */
    case INPUT_NOTHING:
        break;
    }
    return KEYCODE_NONE;
}

/* Milliseconds until `end` (negative: never), or until what is half here counts as whole. */
static int
time_left(const Term *term, gint64 end, gboolean typing, gboolean *patient)
{
    const int patience = (int)input_patience(term->input, typing);
    const int left =
        end < 0 ? -1 : (int)(MAX(end - g_get_monotonic_time(), 0) / G_TIME_SPAN_MILLISECOND);

    *patient = patience > 0;
    return *patient ? patience : left;
}

enum { WAIT_RESIZED = -2 };

/* poll() for so many milliseconds (negative: for ever). SIGWINCH may come at any moment but between the look at the
 * size and the sleep: there nobody would notice it. */
static int
poll_or_resize(const Term *term, struct pollfd *polled, nfds_t count, int ms)
{
    const struct timespec limit = { ms / 1000, ms % 1000 * 1000000L };
    sigset_t winch, before;

    sigemptyset(&winch);
    sigaddset(&winch, SIGWINCH);
    pthread_sigmask(SIG_BLOCK, &winch, &before);
    const int ready = is_resized(term) ? WAIT_RESIZED
                                       : ppoll(polled, count, ms < 0 ? NULL : &limit, &before);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ready;
}

guint
term_wait(Term *term, int ms, int fd, gboolean typing)
{
    const gint64 end = ms < 0 ? -1 : g_get_monotonic_time() + ms * G_TIME_SPAN_MILLISECOND;
    const int input = term->tty ? term->fd : STDIN_FILENO;
    guint code = next_event(term, typing, FALSE);

    while (code == KEYCODE_NONE) {
        struct pollfd polled[] = { { input, POLLIN, 0 }, { fd, POLLIN, 0 } };
        gboolean patient;
        const int left = time_left(term, end, typing, &patient);
        const int ready = poll_or_resize(term, polled, 2, left);
        if (ready == WAIT_RESIZED)
            return KEYCODE_RESIZE;
        if (ready > 0 && polled[0].revents && !read_bytes(term, input))
            return KEYCODE_GONE;
        if (ready > 0 && !polled[0].revents)
            return KEYCODE_NONE;
        code = next_event(term, typing, ready == 0 && patient);
        if (ready == 0 && !patient)
            return code;
    }
    return code;
}

InputText
term_text(Term *term)
{
    return input_take_text(term->input);
}

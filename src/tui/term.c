/* term.c: the one file that speaks to curses.
 * SPDX-License-Identifier: MIT */
#include "tui/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
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
    struct termios found;
    attr_t         attributes[ROLES];
    short          pairs[ROLES];
};

enum { CTRL_Z = 0x1A, ESCAPE = 0x1B, DELETE = 0x7F };

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
    g_autoptr(GString) sequence = g_string_new(NULL);

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
    g_free(term);
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
    set_escdelay(25);
    leaveok(stdscr, FALSE);
    curs_set(0);
    set_styles(term, theme);
    arm(term);
    return term;
}

void
term_close(Term *term)
{
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
    endwin();
    rescue_disarm();
    kill(0, SIGTSTP);
    arm((Term *)term);
    clearok(curscr, TRUE);
    refresh();
}

/* A sequence that curses does not know ("\x1B[…") is one unknown key, not its letters. Any other
 * character behind an Esc is the next key. */
static guint
after_escape(void)
{
    wint_t code;
    guint key = ESCAPE;

    timeout(0);
    if (get_wch(&code) == OK) {
        if (code == '[' || code == 'O') {
            key = KEYCODE_OTHER;
            while (get_wch(&code) == OK && !(code >= 0x40 && code <= 0x7E))
                continue;
        } else {
            unget_wch((wchar_t)code);
        }
    }
    timeout(-1);
    return key;
}

static guint
special_key(wint_t code)
{
    switch (code) {
    case KEY_UP:
        return KEYCODE_UP;
    case KEY_DOWN:
        return KEYCODE_DOWN;
    case KEY_LEFT:
        return KEYCODE_LEFT;
    case KEY_RIGHT:
        return KEYCODE_RIGHT;
    case KEY_PPAGE:
        return KEYCODE_PAGE_UP;
    case KEY_NPAGE:
        return KEYCODE_PAGE_DOWN;
    case KEY_HOME:
        return KEYCODE_HOME;
    case KEY_END:
        return KEYCODE_END;
    case KEY_BACKSPACE:
        return KEYCODE_BACKSPACE;
    case KEY_ENTER:
        return '\r';
    case KEY_RESIZE:
        return KEYCODE_RESIZE;
    default:
        return KEYCODE_OTHER;
    }
}

/* What curses has read already is not seen by poll(), so it is asked without waiting. */
static gboolean
key_comes(const Term *term, guint ms)
{
    struct pollfd input = { term->tty ? term->fd : STDIN_FILENO, POLLIN, 0 };
    wint_t code;

    timeout(0);
    const int kind = get_wch(&code);
    timeout(-1);
    if (kind == KEY_CODE_YES)
        ungetch((int)code);
    else if (kind == OK)
        unget_wch((wchar_t)code);
    return kind != ERR || poll(&input, 1, (int)ms) > 0;
}

guint
term_key(Term *term)
{
    for (;;) {
        wint_t code = 0;
        errno = 0;
        const int kind = get_wch(&code);
        if (kind == KEY_CODE_YES)
            return special_key(code);
        if (kind == ERR) {
            if (errno == EINTR || errno == EILSEQ)
                continue;
            return KEYCODE_GONE;
        }
        switch (code) {
        case CTRL_Z:
            suspend(term);
            return KEYCODE_RESIZE;      /* it may have another size by now */
        case '\b':
        case DELETE:
            return KEYCODE_BACKSPACE;
        case '\n':
            return '\r';
        case ESCAPE:
            return after_escape();
        default:
            return code;
        }
    }
}

guint
term_key_within(Term *term, guint ms)
{
    return key_comes(term, ms) ? term_key(term) : KEYCODE_NONE;
}

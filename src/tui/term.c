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
#include "tui/links.h"
#include "tui/over.h"
#include "tui/rescue.h"
#include "tui/shade.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

struct Term {
    SCREEN        *screen;
    FILE          *tty;             /* /dev/tty, where it was needed; else NULL */
    int            fd;
    gboolean       mouse;
    gboolean       links;           /* it knows OSC 8 */
    Input         *input;
    struct termios found;
    attr_t         attributes[ROLES];
    short          pairs[ROLES];
    Style          styles[ROLES];   /* the same, for what is written past curses */
    gboolean       wide;            /* ambiguous characters take two columns */
    gint64         asked;           /* when the terminal was asked about that; 0: it answered */
    GString       *over;            /* over.h */
    GArray        *over_rows;       /* int: where such glyphs stand on the screen */
};

enum { CTRL_Z = 0x1A };

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

/* The color pairs of curses. Some terminals cannot say "your own color". */
static void
set_colors(Term *term, const Theme *theme)
{
    const gboolean own = use_default_colors() == OK;
    int pairs = 0;

    for (Role role = 0; role < ROLES; role++) {
        int fore = shade_reduce(theme->styles[role].foreground, COLORS);
        int back = shade_reduce(theme->styles[role].background, COLORS);
        if ((fore < 0 && back < 0) || pairs + 1 >= MIN(COLOR_PAIRS, G_MAXSHORT))
            continue;
        fore = fore < 0 && !own ? COLOR_WHITE : fore;
        back = back < 0 && !own ? COLOR_BLACK : back;
        if (init_extended_pair(pairs + 1, fore, back) == OK)
            term->pairs[role] = (short)++pairs;
        term->styles[role].foreground = fore;
        term->styles[role].background = back;
    }
}

/* The attributes always; colors where there are some. */
static void
set_styles(Term *term, const Theme *theme)
{
    for (Role role = 0; role < ROLES; role++) {
        const guint flags = theme->styles[role].flags;
        term->attributes[role] =
            (flags & STYLE_BOLD ? A_BOLD : 0u) | (flags & STYLE_REVERSE ? A_REVERSE : 0u) |
            (flags & STYLE_UNDERLINE ? A_UNDERLINE : 0u) | (flags & STYLE_DIM ? A_DIM : 0u);
        term->styles[role] = (Style){ SHADE_TERMINAL, SHADE_TERMINAL, flags };
    }
    if (!theme->mono && has_colors() && start_color() == OK && COLORS >= 8)
        set_colors(term, theme);
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
    g_autoptr(GString) sequence = g_string_new(MODES_OFF);

    if (term->mouse)
        g_string_append(sequence, MOUSE_OFF);
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
can_draw(const Term *term, const char *name, int colors)
{
    int found = 0;

    if (setupterm(name, term->fd, &found) != OK)
        return FALSE;
    const char *move = tigetstr("cup");
    const gboolean can = move && move != (char *)-1 && tigetnum("colors") >= colors;
    del_curterm(cur_term);
    return can;
}

/* Curses sends colors by value only to terminals that are described so: "xterm-direct" beside
 * "xterm-256color". COLORTERM says that the terminal takes them; where the description is not
 * installed, 256 colors do. NULL: TERM as it is. (transfer full) */
static char *
direct_name(const Term *term, const Theme *theme)
{
    const char *wanted = g_getenv("COLORTERM"), *name = g_getenv("TERM");

    if (theme->mono || !theme->values || !name ||
        (g_strcmp0(wanted, "truecolor") != 0 && g_strcmp0(wanted, "24bit") != 0))
        return NULL;
    const gsize length = g_str_has_suffix(name, "-256color") ? strlen(name) - strlen("-256color")
                                                             : strlen(name);
    g_autofree char *direct = g_strdup_printf("%.*s-direct", (int)length, name);
    return can_draw(term, direct, 257) ? g_steal_pointer(&direct) : NULL;
}

static void
release(Term *term)
{
    if (term->screen)
        delscreen(term->screen);
    if (term->tty)
        fclose(term->tty);
    input_free(term->input);
    g_string_free(term->over, TRUE);
    g_array_unref(term->over_rows);
    g_free(term);
}

/* Past curses, whose own output is complete after each refresh. */
static void
send_sequence(const Term *term, const char *sequence)
{
    gsize left = strlen(sequence);

    while (left > 0) {
        const ssize_t written = write(term->fd, sequence, left);
        if (written < 0 && errno != EINTR)
            return;     /* a terminal that is gone is noticed when it is read */
        sequence += MAX(written, 0);
        left -= (gsize)MAX(written, 0);
    }
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
    send_sequence(term, MODES_ON);
}

enum {
    PROBE_MS = 20,          /* how long the first screen waits; a later answer counts, too */
    PROBE_CLOSE_MS = 500,   /* somebody quits before the answer is here */
    PROBE_LAST_MS = 3000    /* but not that late */
};

static int
input_fd(const Term *term)
{
    return term->tty ? term->fd : STDIN_FILENO;
}

/* FALSE when the terminal is gone. */
static gboolean
read_bytes(const Term *term)
{
    enum { CHUNK = 65536 };
    g_autofree char *bytes = g_malloc(CHUNK);
    const ssize_t count = read(input_fd(term), bytes, CHUNK);

    if (count < 0)
        return errno == EINTR || errno == EAGAIN;
    if (count > 0)
        input_feed(term->input, bytes, (gsize)count, g_get_monotonic_time());
    return count > 0;
}

/* TRUE where the answer is here, and changes how wide things are. */
static gboolean
take_answer(Term *term)
{
    const gboolean was = term->wide;
    guint column;

    if (term->asked == 0)
        return FALSE;
    if (g_get_monotonic_time() - term->asked > PROBE_LAST_MS * G_TIME_SPAN_MILLISECOND)
        term->asked = 0;
    else if (input_take_report(term->input, &column)) {
        term->asked = 0;
        term->wide = column == OVER_ANSWER_TWO;
    }
    return term->wide != was;
}

/* Until the answer is here, at most so long after the question. */
static void
await_answer(Term *term, gint64 ms)
{
    while (term->asked) {
        struct pollfd polled = { input_fd(term), POLLIN, 0 };
        const gint64 passed = g_get_monotonic_time() - term->asked;
        const gint64 left = ms - passed / G_TIME_SPAN_MILLISECOND;
        if (left <= 0 || (poll(&polled, 1, (int)left) > 0 && !read_bytes(term)))
            return;
        take_answer(term);
    }
}

/* Keys that were pressed meanwhile stay where they are. */
static void
probe(Term *term)
{
    if (!g_str_equal(nl_langinfo(CODESET), "UTF-8"))
        return;
    send_sequence(term, OVER_QUESTION);
    term->asked = g_get_monotonic_time();
    await_answer(term, PROBE_MS);
}

Term *
term_open(const Theme *theme, int ambiguous)
{
    Term *term = g_new0(Term, 1);

    term->links = links_known();
    term->over = g_string_new(NULL);
    term->over_rows = g_array_new(FALSE, FALSE, sizeof(int));
    if (open_files(term) && can_draw(term, NULL, -1)) {
        g_autofree char *direct = direct_name(term, theme);
        tcgetattr(term->fd, &term->found);
        use_tioctl(TRUE);
        term->screen = newterm(direct, term->tty ? term->tty : stdout,
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
    term->wide = ambiguous == 2;
    if (ambiguous == 0)
        probe(term);
    return term;
}

gboolean
term_wide(const Term *term)
{
    return term->wide;
}

void
term_close(Term *term)
{
    send_sequence(term, MODES_OFF);
    if (term->mouse)
        send_sequence(term, MOUSE_OFF);
    await_answer(term, PROBE_CLOSE_MS);     /* it is nothing for the shell */
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

/* The next character of a cell with its marks, for curses. */
static guint
read_part(const char **at, wchar_t *part)
{
    guint length = 0;

    do {
        part[length++] = (wchar_t)g_utf8_get_char(*at);
        *at = g_utf8_next_char(*at);
    } while (**at && length < CCHARW_MAX && wcwidth((wchar_t)g_utf8_get_char(*at)) == 0);
    part[length] = L'\0';
    return (guint)MAX(wcwidth(part[0]), 0);
}

static guint
curses_columns(const char *text)
{
    wchar_t part[CCHARW_MAX + 1];
    guint total = 0;

    while (*text) {
        const guint width = read_part(&text, part);
        if (width == 0)
            return 0;
        total += width;
    }
    return total;
}

static void
show_text(const Term *term, const char *text, Role role, int x, int y)
{
    wchar_t part[CCHARW_MAX + 1];
    cchar_t shown;

    while (*text) {
        const guint width = read_part(&text, part);
        setcchar(&shown, part, term->attributes[role], term->pairs[role], NULL);
        mvadd_wch(y, x, &shown);
        x += (int)width;
    }
}

/* Where the C library thinks otherwise of a glyph's width than the canvas, the columns behind it
 * would shift: it is written past curses, where the reason is known, or not at all. */
static void
show_cell(Term *term, const Cell *cell, guint x, guint y)
{
    if (cell->width == 0)
        return;
    if (curses_columns(cell->text) == cell->width) {
        show_text(term, cell->text, cell->role, (int)x, (int)y);
        return;
    }
    const gboolean over = term->wide && curses_columns(cell->text) > 0 &&
                          glyph_columns(cell->text, GLYPH_WIDE) == cell->width;
    for (guint i = 0; i < cell->width; i++)
        show_text(term, over ? " " : "?", cell->role, (int)(x + i), (int)y);
    if (over) {
        const int row = (int)y;
        over_add(term->over, x, y, &term->styles[cell->role], COLORS, cell->text);
        g_array_append_val(term->over_rows, row);
    }
}

/* Rows that were written past curses are not what it thinks: they are drawn anew. */
static void
forget_over(Term *term)
{
    for (guint i = 0; i < term->over_rows->len; i++) {
        const int row = g_array_index(term->over_rows, int, i);
        if (row < LINES)
            wredrawln(stdscr, row, 1);
    }
    g_array_set_size(term->over_rows, 0);
}

/* Curses knows no links: what it has drawn is written once more, as links. */
static void
add_links(Term *term, const Canvas *canvas, guint y)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const int row = (int)y;

    for (guint x = 0; x < canvas->width; x++) {
        if (canvas_cell(canvas, x, y)->role != ROLE_LINK)
            continue;
        const guint start = x;
        g_string_truncate(text, 0);
        for (; x < canvas->width && canvas_cell(canvas, x, y)->role == ROLE_LINK; x++)
            g_string_append(text, canvas_cell(canvas, x, y)->text);
        if (links_add(term->over, start, y, &term->styles[ROLE_LINK], COLORS, text->str))
            g_array_append_val(term->over_rows, row);
    }
}

void
term_show(Term *term, const Canvas *canvas)
{
    erase();
    forget_over(term);
    for (guint y = 0; y < canvas->height; y++)
        for (guint x = 0; x < canvas->width; x++)
            show_cell(term, canvas_cell(canvas, x, y), x, y);
    for (guint y = 0; term->links && y < canvas->height; y++)
        add_links(term, canvas, y);
    refresh();
    g_autofree char *over = over_take(term->over);
    if (over)
        send_sequence(term, over);
}

/* Stops the whole job, as the terminal's own Ctrl-Z would, and comes back to a fresh screen. */
static void
suspend(const Term *term)
{
    send_sequence(term, MODES_OFF);
    if (term->mouse)
        send_sequence(term, MOUSE_OFF);
    endwin();
    rescue_disarm();
    kill(0, SIGTSTP);
    arm((Term *)term);
    clearok(curscr, TRUE);
    refresh();
    send_sequence(term, MODES_ON);
    if (term->mouse)
        send_sequence(term, MOUSE_ON);
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

static guint
next_event(Term *term, gboolean typing, gboolean silent)
{
    guint code = KEYCODE_NONE;

    if (take_answer(term))
        return KEYCODE_RESIZE;
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
    const int input = input_fd(term);
    guint code = next_event(term, typing, FALSE);

    while (code == KEYCODE_NONE) {
        struct pollfd polled[] = { { input, POLLIN, 0 }, { fd, POLLIN, 0 } };
        gboolean patient;
        const int left = time_left(term, end, typing, &patient);
        const int ready = poll_or_resize(term, polled, 2, left);
        if (ready == WAIT_RESIZED)
            return KEYCODE_RESIZE;
        if (ready > 0 && polled[0].revents && !read_bytes(term))
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

InputMouse
term_mouse(const Term *term)
{
    return input_mouse(term->input);
}

/* A program that dies must not leave a terminal that writes clicks into the shell. */
void
term_use_mouse(Term *term, gboolean use)
{
    if (use == term->mouse)
        return;
    rescue_disarm();
    term->mouse = use;
    arm(term);
    send_sequence(term, use ? MOUSE_ON : MOUSE_OFF);
}

void
term_send(Term *term, const char *sequence)
{
    send_sequence(term, sequence);
}

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
#include <sys/mman.h>
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
    int            real;            /* the terminal itself, whatever `fd` is at the moment */
    int            memory;          /* a file without a name that takes `fd`'s place while curses writes; -1: none */
    gboolean       mouse;
    gboolean       links;           /* it knows OSC 8 */
    Input         *input;
    struct termios found;
    attr_t         attributes[ROLES];
    short          pairs[ROLES];
    cchar_t        blanks[ROLES];   /* a blank of each */
    Canvas        *shown;           /* what curses was given last; or NULL */
    cchar_t       *row;             /* the row that it is given next: so many parts, with room for so many */
    guint          row_parts, row_room;
    Style          styles[ROLES];   /* the same, for what is written past curses */
    gboolean       wide;            /* ambiguous characters take two columns */
    gint64         asked;           /* when the terminal was asked about that; 0: it answered */
    GString       *over;            /* over.h */
    GArray        *over_rows;       /* guint: where such glyphs stand on the screen */
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
    for (Role role = 0; role < ROLES; role++)
        setcchar(&term->blanks[role], L" ", term->attributes[role], term->pairs[role], NULL);
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
    rescue_arm(term->real < 0 ? term->fd : term->real, &term->found, sequence->str);
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
    if (term->real >= 0)
        close(term->real);
    if (term->memory >= 0)
        close(term->memory);
    if (term->tty)
        fclose(term->tty);
    input_free(term->input);
    g_string_free(term->over, TRUE);
    g_array_unref(term->over_rows);
    canvas_free(term->shown);
    g_free(term->row);
    g_free(term);
}

static void
write_all(int fd, const char *bytes, gsize length)
{
    while (length > 0) {
        const ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno != EINTR)
            return;     /* a terminal that is gone is noticed when it is read */
        bytes += MAX(written, 0);
        length -= (gsize)MAX(written, 0);
    }
}

/* Past curses, whose own output is complete after each refresh. */
static void
send_sequence(const Term *term, const char *sequence)
{
    write_all(term->fd, sequence, strlen(sequence));
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

/* Until the answer is here, at most so long after the question; what is here already is read in any case. */
static void
await_answer(Term *term, gint64 ms)
{
    while (term->asked) {
        struct pollfd polled = { input_fd(term), POLLIN, 0 };
        const gint64 passed = g_get_monotonic_time() - term->asked;
        const gint64 left = ms - passed / G_TIME_SPAN_MILLISECOND;
        if (poll(&polled, 1, (int)MAX(left, 0)) <= 0 || !read_bytes(term))
            return;
        take_answer(term);
    }
}

/* Nobody waits for the answer: what is on the screen by then is painted again. */
static void
probe(Term *term)
{
    if (!g_str_equal(nl_langinfo(CODESET), "UTF-8"))
        return;
    send_sequence(term, OVER_QUESTION);
    term->asked = g_get_monotonic_time();
}

Term *
term_open(const Theme *theme, int ambiguous)
{
    Term *term = g_new0(Term, 1);

    term->real = term->memory = -1;
    term->links = links_known();
    term->over = g_string_new(NULL);
    term->over_rows = g_array_new(FALSE, FALSE, sizeof(guint));
    if (open_files(term) && can_draw(term, NULL, -1)) {
        g_autofree char *direct = direct_name(term, theme);
        tcgetattr(term->fd, &term->found);
        term->real = fcntl(term->fd, F_DUPFD_CLOEXEC, 3);
        term->memory = term->real < 0 ? -1 : memfd_create("frame", MFD_CLOEXEC);
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
term_wide(Term *term)
{
    await_answer(term, 0);      /* keys that were pressed meanwhile stay where they are */
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

/* A row as curses takes it: each part with its marks, wide ones once. */
static void
add_text(Term *term, const char *text, Role role)
{
    wchar_t part[CCHARW_MAX + 1];

    for (; *text && term->row_parts < term->row_room; term->row_parts++) {
        cchar_t *shown = &term->row[term->row_parts];
        if ((guchar)*text < 0x80 && (guchar)text[1] < 0x80) {   /* no mark can follow */
            *shown = term->blanks[role];
            shown->chars[0] = (wchar_t)*text++;
        } else {
            read_part(&text, part);
            setcchar(shown, part, term->attributes[role], term->pairs[role], NULL);
        }
    }
}

static gboolean
is_plain(const Cell *cell)
{
    return cell->width == 1 && (guchar)cell->text[0] >= ' ' && (guchar)cell->text[0] < 0x7F && !cell->text[1];
}

/* Where the C library thinks otherwise of a glyph's width than the canvas, the columns behind it
 * would shift: it is written past curses, where the reason is known, or not at all. */
static void
add_cell(Term *term, const Cell *cell, guint x, guint y)
{
    if (cell->width == 0)
        return;
    if (is_plain(cell) || curses_columns(cell->text) == cell->width) {
        add_text(term, cell->text, cell->role);
        return;
    }
    const gboolean over = term->wide && curses_columns(cell->text) > 0 &&
                          glyph_columns(cell->text, GLYPH_WIDE) == cell->width;
    for (guint i = 0; i < cell->width; i++)
        add_text(term, over ? " " : "?", cell->role);
    if (over) {
        over_add(term->over, x, y, &term->styles[cell->role], COLORS, cell->text);
        g_array_append_val(term->over_rows, y);
    }
}

static void
show_row(Term *term, const Canvas *canvas, guint y)
{
    term->row_parts = 0;
    for (guint x = 0; x < canvas->width; x++)
        add_cell(term, canvas_cell(canvas, x, y), x, y);
    mvadd_wchnstr((int)y, 0, term->row, (int)term->row_parts);
}

/* Rows that were written past curses are not what it thinks: they are drawn anew, and what was written there
 * must be written again. */
static void
forget_over(Term *term)
{
    for (guint i = 0; i < term->over_rows->len; i++) {
        const guint row = g_array_index(term->over_rows, guint, i);
        if ((int)row < LINES)
            wredrawln(stdscr, (int)row, 1);
        if (term->shown && row < term->shown->height)
            memset(&term->shown->cells[(gsize)row * term->shown->width], 0xFF,
                   term->shown->width * sizeof(Cell));
    }
    g_array_set_size(term->over_rows, 0);
}

/* Curses knows no links: what it has drawn is written once more, as links. */
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
        if (links_add(term->over, start, y, &term->styles[ROLE_LINK], COLORS, text->str))
            g_array_append_val(term->over_rows, y);
    }
}

/* Nothing of another size is of use. */
static void
make_room(Term *term, const Canvas *canvas)
{
    if (term->shown && term->shown->width == canvas->width &&
        term->shown->height == canvas->height)
        return;
    erase();
    g_clear_pointer(&term->shown, canvas_free);
    term->row_room = canvas->width;
    term->row = g_renew(cchar_t, term->row, MAX(canvas->width, 1));
}

/* Most keys change a few rows. */
static gboolean
is_shown(const Term *term, const Canvas *canvas, guint y)
{
    return term->shown && memcmp(canvas_cell(canvas, 0, y), canvas_cell(term->shown, 0, y),
                                 canvas->width * sizeof(Cell)) == 0;
}

/* Curses writes at each move of its cursor, a hundred bytes at a time, and a terminal shows each: so it writes into
 * memory, and the terminal gets the frame whole. */
static void
show_frame(Term *term)
{
    g_autofree char *over = over_take(term->over);

    if (term->memory < 0 || dup2(term->memory, term->fd) < 0) {
        refresh();
    } else {
        refresh();
        dup2(term->real, term->fd);
        const off_t length = lseek(term->memory, 0, SEEK_CUR);
        g_autofree char *frame = g_malloc((gsize)MAX(length, 0) + 1);
        if (length > 0 && pread(term->memory, frame, (gsize)length, 0) == length)
            write_all(term->real, frame, (gsize)length);
        lseek(term->memory, 0, SEEK_SET);
    }
    if (over)
        send_sequence(term, over);
}

void
term_show(Term *term, Canvas *canvas)
{
    make_room(term, canvas);
    forget_over(term);
    for (guint y = 0; canvas->width > 0 && y < canvas->height; y++) {
        if (is_shown(term, canvas, y))
            continue;
        show_row(term, canvas, y);
        if (term->links)
            add_links(term, canvas, y);
    }
    canvas_free(term->shown);
    term->shown = canvas;
    show_frame(term);
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
is_resized(Term *term)
{
    struct winsize size;

    if (ioctl(term->fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0 ||
        (size.ws_row == LINES && size.ws_col == COLS))
        return FALSE;
    resize_term(size.ws_row, size.ws_col);
    g_clear_pointer(&term->shown, canvas_free);     /* and back again: what was lost is drawn */
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
poll_or_resize(Term *term, struct pollfd *polled, nfds_t count, int ms)
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

/* tie.c: frames to the process that has the terminal, and lines from it.
 * SPDX-License-Identifier: MIT */
#include "tui/plain/tie.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "process/line.h"
#include "tui/front/front.h"
#include "tui/terminal/input.h"

struct PlainTie {
    int         line;
    PlainSeat   seat;
    GByteArray *out;        /* frames that wait … */
    GString    *text;       /* … and what is to be said after them */
    gboolean    asked;      /* for a line that did not come yet */
    int       (*other)(gpointer);   /* what else is waited for: plain_tie_meanwhile() */
    void      (*work)(gpointer);
    gpointer    data;
};

PlainTie *
plain_tie_new(int line, const PlainSeat *seat)
{
    PlainTie *tie = g_new0(PlainTie, 1);

    tie->line = line;
    tie->seat = *seat;
    tie->out = g_byte_array_new();
    tie->text = g_string_new(NULL);
    return tie;
}

void
plain_tie_free(PlainTie *tie)
{
    if (!tie)
        return;
    g_byte_array_unref(tie->out);
    g_string_free(tie->text, TRUE);
    g_free(tie);
}

const PlainSeat *
plain_tie_seat(const PlainTie *tie)
{
    return &tie->seat;
}

/* ---- saying ---- */

/* The other side makes each piece visible by itself: none may end within a character. */
static void
add_text(PlainTie *tie)
{
    const char *at = tie->text->str;

    for (gsize left = tie->text->len; left > 0;) {
        const gsize length = text_cut(at, left, PLAIN_SAY_MAX);
        line_append(tie->out, PLAIN_SAY, at, length);
        at += length;
        left -= length;
    }
    g_string_truncate(tie->text, 0);
}

static void
add_frame(PlainTie *tie, PlainFrame kind, const void *bytes, gsize length)
{
    add_text(tie);
    line_append(tie->out, kind, bytes, length);
}

static void
flush(PlainTie *tie)
{
    add_text(tie);
    if (tie->out->len > 0 && !line_put_frames(tie->line, tie->out))
        _exit(0);
    g_byte_array_set_size(tie->out, 0);
}

void
plain_tie_say(PlainTie *tie, const char *text, gsize length)
{
    g_string_append_len(tie->text, text, (gssize)length);
    if (tie->text->len >= PLAIN_SAY_MAX)
        flush(tie);
}

void
plain_tie_way(PlainTie *tie, const char *way)
{
    if (strlen(way) > BACK_WAY_MAX)
        return;
    add_frame(tie, PLAIN_WAY, way, strlen(way));
    flush(tie);
}

void
plain_tie_keep(PlainTie *tie, GBytes *pasted)
{
    gsize length = 0;
    const char *bytes = g_bytes_get_data(pasted, &length);

    add_frame(tie, PLAIN_KEEP, NULL, 0);
    for (gsize done = 0; length <= INPUT_TEXT_MAX && done < length; done += PLAIN_SAY_MAX) {
        add_frame(tie, PLAIN_KEEP, bytes + done, MIN(length - done, PLAIN_SAY_MAX));
        flush(tie);
    }
}

void
plain_tie_quit(PlainTie *tie, int status)
{
    const guint8 byte = (guint8)status;

    add_frame(tie, PLAIN_QUIT, &byte, 1);
    flush(tie);
}

void
plain_tie_pasting(PlainTie *tie, gboolean on)
{
    const guint8 byte = on != FALSE;

    add_frame(tie, PLAIN_PASTING, &byte, 1);
}

/* ---- hearing ---- */

static PlainRead
hear(PlainTie *tie, GString *line, gboolean *asked)
{
    LineFrame frame;
    PlainHeard heard;

    if (!line_get(tie->line, &frame) || frame.kind != PLAIN_HEARD || frame.length < sizeof heard)
        _exit(0);
    memcpy(&heard, frame.bytes, sizeof heard);
    tie->seat.width = heard.width;
    tie->seat.height = heard.height;
    g_string_truncate(line, 0);
    g_string_append_len(line, (const char *)frame.bytes + sizeof heard, (gssize)(frame.length - sizeof heard));
    line_frame_clear(&frame);
    *asked = heard.asked != 0;
    tie->asked = tie->asked && !*asked;
    return (PlainRead)heard.read;
}

void
plain_tie_meanwhile(PlainTie *tie, int (*fd)(gpointer), void (*work)(gpointer), gpointer data)
{
    tie->other = fd;
    tie->work = work;
    tie->data = data;
}

/* A wish that was said already holds until it is answered; a Ctrl-C may come before. */
PlainRead
plain_tie_line(PlainTie *tie, GString *line)
{
    gboolean asked = FALSE;

    if (!tie->asked)
        add_frame(tie, PLAIN_ASK, NULL, 0);
    tie->asked = TRUE;
    for (;;) {
        struct pollfd polled[] = { { tie->line, POLLIN, 0 }, { tie->work ? tie->other(tie->data) : -1, POLLIN, 0 } };
        flush(tie);
        if (poll(polled, G_N_ELEMENTS(polled), -1) < 0)
            continue;
        if (polled[0].revents)
            return hear(tie, line, &asked);
        if (polled[1].revents)
            tie->work(tie->data);
    }
}

gboolean
plain_tie_wait(PlainTie *tie, int fd, int ms)
{
    struct pollfd polled[] = { { tie->line, POLLIN, 0 }, { fd, POLLIN, 0 } };
    g_autoptr(GString) line = g_string_new(NULL);
    gboolean asked = FALSE;

    if (ms != 0)
        flush(tie);
    if (poll(polled, G_N_ELEMENTS(polled), ms) <= 0 || !polled[0].revents)
        return FALSE;
    return hear(tie, line, &asked) == PLAIN_INTERRUPT;
}

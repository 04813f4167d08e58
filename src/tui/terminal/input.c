/* input.c: telling keys from text in what a terminal sends.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/input.h"

#include <string.h>

#include "tui/terminal/input-part.h"
#include "tui/terminal/keycode.h"

#define MARK_END "\x1B[201~"

enum {
    CTRL_C = 0x03,
    MARK_LENGTH = 6,
    ESCAPE_MS = 25,         /* a sequence that is not whole by then is a lone Esc */
    TYPING_MS = 10,         /* no hand presses two keys within that */
    PASTE_MS = 60,          /* pause behind a paste after which keys are keys again */
    STALL_MS = 1000,        /* pause within a paste after which what came so far is shown */
    FLOOD_MIN = 64          /* bytes at once that nobody presses */
};

static void
clear_known(gpointer known)
{
    g_free(((InputKnown *)known)->sequence);
}

Input *
input_new(gboolean utf8)
{
    static const struct { const char *sequence; guint code; } usual[] = {
        { "\x1B[A", KEYCODE_UP },       { "\x1B[B", KEYCODE_DOWN },
        { "\x1B[C", KEYCODE_RIGHT },    { "\x1B[D", KEYCODE_LEFT },
        { "\x1BOA", KEYCODE_UP },       { "\x1BOB", KEYCODE_DOWN },
        { "\x1BOC", KEYCODE_RIGHT },    { "\x1BOD", KEYCODE_LEFT },
        { "\x1B[5~", KEYCODE_PAGE_UP }, { "\x1B[6~", KEYCODE_PAGE_DOWN },
        { "\x1B[H", KEYCODE_HOME },     { "\x1B[F", KEYCODE_END },
        { "\x1BOH", KEYCODE_HOME },     { "\x1BOF", KEYCODE_END },
        { "\x1B[1~", KEYCODE_HOME },    { "\x1B[4~", KEYCODE_END },
        { "\x1B[7~", KEYCODE_HOME },    { "\x1B[8~", KEYCODE_END },
        { "\x1BOM", '\r' },
    };
    Input *input = g_new0(Input, 1);

    input->utf8 = utf8;
    input->known = g_array_new(FALSE, FALSE, sizeof(InputKnown));
    g_array_set_clear_func(input->known, clear_known);
    input->bytes = g_byte_array_new();
    input->text = g_byte_array_new();
    for (guint i = 0; i < G_N_ELEMENTS(usual); i++)
        input_learn(input, usual[i].sequence, usual[i].code);
    return input;
}

void
input_free(Input *input)
{
    if (!input)
        return;
    g_array_unref(input->known);
    g_byte_array_unref(input->bytes);
    g_byte_array_unref(input->text);
    g_free(input);
}

void
input_learn(Input *input, const char *sequence, guint code)
{
    const InputKnown known = { g_strdup(sequence), code };

    g_array_append_val(input->known, known);
}

/* Where `mark` stands, or, at the end, where it may begin; else the length. */
static gsize
find_mark(const GByteArray *bytes, const char *mark)
{
    const char *start = (const char *)bytes->data;
    const char *end = start + bytes->len;

    for (const char *at = start; at < end && (at = memchr(at, INPUT_ESCAPE, (gsize)(end - at))); at++)
        if (memcmp(at, mark, MIN((gsize)(end - at), MARK_LENGTH)) == 0)
            return (gsize)(at - start);
    return bytes->len;
}

static void
keep_text(Input *input, gsize length)
{
    const gsize room = INPUT_TEXT_MAX - input->text->len;

    if (length == 0)
        return;
    input->cut = input->cut || length > room;
    g_byte_array_append(input->text, input->bytes->data, (guint)MIN(length, room));
    g_byte_array_remove_range(input->bytes, 0, (guint)length);
}

/* Marks within are none of the text: those that open another paste, and those that somebody wrote
 * into it. */
static void
take_pasted(Input *input)
{
    for (;;) {
        const gsize end = find_mark(input->bytes, MARK_END);
        const gsize begin = find_mark(input->bytes, INPUT_MARK_BEGIN);
        keep_text(input, MIN(begin, end));
        if (input->bytes->len < MARK_LENGTH)
            return;
        input->closed = end < begin;
        g_byte_array_remove_range(input->bytes, 0, MARK_LENGTH);
    }
}

/* Of a paste that stalls, what came so far is shown; the rest is text all the same. */
static InputKind
next_pasted(Input *input, gboolean silent)
{
    take_pasted(input);
    input->marked = TRUE;
    if (!input->given_up && silent && !input->closed)
        return input->text->len > 0 ? INPUT_TEXT : INPUT_NOTHING;
    if (!input->given_up && !silent)
        return INPUT_NOTHING;
    if (!input->given_up)
        keep_text(input, input->bytes->len);
    else if (input->bytes->len > 0)         /* without the key that said so */
        g_byte_array_set_size(input->bytes, 0);
    else if (input->text->len > 0)
        g_byte_array_set_size(input->text, input->text->len - 1);
    input->pasting = input->closed = input->given_up = FALSE;
    return input->text->len > 0 ? INPUT_TEXT : INPUT_NOTHING;
}

/* Many bytes at once, with a colon and an end of line: headers that somebody pastes where no marks
 * are sent. Held keys begin with an Esc or are all the same. */
static gboolean
is_flood(const Input *input)
{
    const guint8 *bytes = input->bytes->data;
    const gsize length = find_mark(input->bytes, INPUT_MARK_BEGIN);

    return length >= FLOOD_MIN && bytes[0] != INPUT_ESCAPE && memchr(bytes, ':', length) &&
           (memchr(bytes, '\r', length) || memchr(bytes, '\n', length));
}

/* Up to a paste with marks, which comes apart. */
static InputKind
next_text(Input *input)
{
    const gsize begin = find_mark(input->bytes, INPUT_MARK_BEGIN);

    keep_text(input, begin);
    input->marked = FALSE;
    return INPUT_TEXT;
}

static gboolean
starts_paste(Input *input)
{
    if (input->bytes->len < MARK_LENGTH || memcmp(input->bytes->data, INPUT_MARK_BEGIN, MARK_LENGTH) != 0)
        return FALSE;
    g_byte_array_remove_range(input->bytes, 0, MARK_LENGTH);
    input->pasting = TRUE;
    return TRUE;
}

/* A terminal that died within a paste would take every key for text: after a second of silence an
 * Esc or Ctrl-C that comes alone is a person's. */
void
input_feed(Input *input, const char *bytes, gsize length, gint64 now)
{
    const gboolean late = now - input->fed > STALL_MS * G_TIME_SPAN_MILLISECOND;

    if (input->pasting && late && length == 1 && (*bytes == INPUT_ESCAPE || *bytes == CTRL_C))
        input->given_up = TRUE;
    g_byte_array_append(input->bytes, (const guint8 *)bytes, (guint)length);
    input->fed = now;
}

InputKind
input_next(Input *input, gboolean typing, gboolean silent, guint *code)
{
    if (input->pasting || starts_paste(input))
        return next_pasted(input, silent);
    if (input->bytes->len == 0)
        return INPUT_NOTHING;
    const gboolean flood = !typing && is_flood(input);
    if ((typing || flood) && !silent)
        return INPUT_NOTHING;
    if (flood)
        return next_text(input);
    const gsize length = input_read_key(input, silent, code);
    if (length == 0)
        return INPUT_NOTHING;
    if (typing && *code != KEYCODE_MOUSE && length < input->bytes->len && find_mark(input->bytes, INPUT_MARK_BEGIN) > length)
        return next_text(input);
    g_byte_array_remove_range(input->bytes, 0, (guint)length);
    return INPUT_KEY;
}

guint
input_patience(const Input *input, gboolean typing)
{
    if (input->pasting)
        return input->closed                                     ? PASTE_MS
               : input->text->len > 0 || input->bytes->len > 0 ? STALL_MS : 0;
    if (input->bytes->len == 0)
        return 0;
    return typing && input->bytes->data[0] != INPUT_ESCAPE ? TYPING_MS : ESCAPE_MS;
}

/* Terminals send CR for the end of a line. */
static void
set_line_ends(GByteArray *text)
{
    guint8 *bytes = text->data;
    guint kept = 0;

    for (guint i = 0; i < text->len; i++)
        if (bytes[i] != '\n' || i == 0 || bytes[i - 1] != '\r')
            bytes[kept++] = bytes[i];
    for (guint i = 0; i < kept; i++)
        if (bytes[i] == '\r')
            bytes[i] = '\n';
    g_byte_array_set_size(text, kept);
}

void
input_forget(Input *input)
{
    g_byte_array_set_size(input->bytes, 0);
    g_byte_array_set_size(input->text, 0);
}

InputMouse
input_mouse(const Input *input)
{
    return input->mouse;
}

InputText
input_take_text(Input *input)
{
    GByteArray *text = input->text;
    InputText result = { .marked = input->marked, .cut = input->cut };

    set_line_ends(text);
    result.bytes = g_byte_array_free_to_bytes(text);
    input->text = g_byte_array_new();
    input->cut = FALSE;
    return result;
}

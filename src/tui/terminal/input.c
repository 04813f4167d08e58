/* input.c: telling keys from text in what a terminal sends.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/input.h"

#include <string.h>

#include "tui/terminal/keycode.h"

#define MARK_BEGIN "\x1B[200~"
#define MARK_END "\x1B[201~"

enum {
    ESCAPE = 0x1B,
    CTRL_C = 0x03,
    DELETE = 0x7F,
    MARK_LENGTH = 6,
    ESCAPE_MS = 25,         /* a sequence that is not whole by then is a lone Esc */
    TYPING_MS = 10,         /* no hand presses two keys within that */
    PASTE_MS = 60,          /* pause behind a paste after which keys are keys again */
    STALL_MS = 1000,        /* pause within a paste after which what came so far is shown */
    FLOOD_MIN = 64,         /* bytes at once that nobody presses */
    SEQUENCE_MAX = 32,
    STRING_MAX = 64,        /* the longest answer of a terminal that is no key */
    BELL = 0x07
};

typedef struct {
    char *sequence;
    guint code;
} Known;

struct Input {
    gboolean    utf8;
    GArray     *known;      /* Known */
    GByteArray *bytes;      /* not yet looked at */
    GByteArray *text;
    gboolean    pasting;    /* behind MARK_BEGIN */
    gboolean    closed;     /* MARK_END was seen since */
    gboolean    given_up;   /* the end never came, and a person pressed Esc */
    gboolean    cut, marked;
    gint64      fed;        /* when the last byte came */
    InputMouse  mouse;      /* the last one */
};

static void
clear_known(gpointer known)
{
    g_free(((Known *)known)->sequence);
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
    input->known = g_array_new(FALSE, FALSE, sizeof(Known));
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
    const Known known = { g_strdup(sequence), code };

    g_array_append_val(input->known, known);
}

/* ---- one key ---- */

typedef struct {
    const char *at;
    gsize       length;
    gboolean    silent;
} Rest;

/* The length of `known` where the rest begins with it; 0 where it does not, or (`*maybe`) not yet.
 */
static gsize
match(const Rest *rest, const char *sequence, gboolean *maybe)
{
    const gsize length = strlen(sequence);
    const gsize both = MIN(length, rest->length);

    if (memcmp(rest->at, sequence, both) != 0)
        return 0;
    if (both < length)
        *maybe = TRUE;
    return both == length ? length : 0;
}

/* ECMA-48, 5.4: CSI, parameters, a final byte; SS3 and one byte. A sequence without a name is one
 * unknown key, not its letters. 0: its end is still to come. */
static gsize
sequence_length(const Rest *rest)
{
    const char kind = rest->at[1];
    gsize end = 2;

    while (kind == '[' && end < rest->length && end < SEQUENCE_MAX && rest->at[end] >= 0x20 &&
           rest->at[end] < 0x40)
        end++;
    if (end < rest->length && end < SEQUENCE_MAX)
        return end + 1;
    return rest->silent || end >= SEQUENCE_MAX ? end : 0;
}

/* ECMA-48, 8.3.89: OSC and a string, up to ST or, as xterm has it, BEL. 0: it is none; `*maybe`: its end may be
 * still to come. */
static gsize
string_length(const Rest *rest, gboolean *maybe)
{
    gsize end = 2;

    if (rest->length < 2 || rest->at[1] != ']')
        return 0;
    while (end < rest->length && end < STRING_MAX && rest->at[end] != BELL && rest->at[end] != ESCAPE)
        end++;
    if (end < rest->length && rest->at[end] == BELL)
        return end + 1;
    if (end + 1 < rest->length)
        return rest->at[end] == ESCAPE && rest->at[end + 1] == '\\' ? end + 2 : 0;
    *maybe = *maybe || end < STRING_MAX;
    return 0;
}

/* xterm's mouse mode 1006: "<button;column;line", then M where a button is pressed, m where it is
 * let go; columns and lines from 1. The wheel is the buttons 64 and 65; 4, 8 and 16 are held keys,
 * 32 is a move. */
static gboolean
read_mouse(const Rest *rest, gsize length, InputMouse *mouse)
{
    guint numbers[3] = { 0, 0, 0 };
    guint count = 0;

    if (length < 9 || rest->at[2] != '<')
        return FALSE;
    for (gsize i = 3; i < length - 1; i++) {
        if (rest->at[i] == ';' && ++count > 2)
            return FALSE;
        if (rest->at[i] != ';' && !g_ascii_isdigit(rest->at[i]))
            return FALSE;
        if (rest->at[i] != ';')
            numbers[count] = MIN(numbers[count] * 10 + (guint)(rest->at[i] - '0'), 65535);
    }
    const char last = rest->at[length - 1];
    const guint button = numbers[0] & ~28u;
    if (count != 2 || (last != 'M' && last != 'm') || numbers[1] == 0 || numbers[2] == 0)
        return FALSE;
    const gboolean here = mouse->kind == MOUSE_PRESS && mouse->x == numbers[1] - 1 &&
                          mouse->y == numbers[2] - 1;
    *mouse = (InputMouse) { button == 0 && last == 'M' ? MOUSE_PRESS
                            : button == 0 && here      ? MOUSE_CLICK
                            : button == 64             ? MOUSE_WHEEL_UP
                            : button == 65             ? MOUSE_WHEEL_DOWN
                                                       : MOUSE_OTHER,
                            numbers[1] - 1, numbers[2] - 1 };
    return TRUE;
}

static gsize
read_escape(Input *input, const Rest *rest, guint *code)
{
    gboolean maybe = FALSE;
    gsize best = 0;

    for (guint i = 0; i < input->known->len; i++) {
        const Known *known = &g_array_index(input->known, Known, i);
        const gsize length = match(rest, known->sequence, &maybe);
        if (length > best) {
            best = length;
            *code = known->code;
        }
    }
    match(rest, MARK_BEGIN, &maybe);
    const gsize answer = string_length(rest, &maybe);
    if (maybe && !rest->silent)
        return 0;
    if (best > 0)
        return best;
    if (answer > 0) {               /* nobody waits for it any more */
        *code = KEYCODE_NONE;
        return answer;
    }
    if (rest->length == 1 && !rest->silent)
        return 0;
    if (rest->length > 1 && (rest->at[1] == '[' || rest->at[1] == 'O')) {
        const gsize length = sequence_length(rest);
        *code = length > 0 && read_mouse(rest, length, &input->mouse) ? KEYCODE_MOUSE
                                                                     : KEYCODE_OTHER;
        return length;
    }
    *code = ESCAPE;
    return 1;
}

static gsize
read_character(const Input *input, const Rest *rest, guint *code)
{
    const gunichar character =
        input->utf8 ? g_utf8_get_char_validated(rest->at, (gssize)rest->length) : (gunichar)-1;

    if (character == (gunichar)-2 && !rest->silent)
        return 0;
    if (character == (gunichar)-1 || character == (gunichar)-2) {
        *code = KEYCODE_OTHER;
        return 1;
    }
    *code = character;
    return (gsize)g_unichar_to_utf8(character, NULL);
}

/* The bytes of the key that stands first; 0 where its end may still come. */
static gsize
read_key(Input *input, gboolean silent, guint *code)
{
    const Rest rest = { (const char *)input->bytes->data, input->bytes->len, silent };
    const guchar first = input->bytes->data[0];

    switch (first) {
    case ESCAPE:
        return read_escape(input, &rest, code);
    case '\b':
    case DELETE:
        *code = KEYCODE_BACKSPACE;
        return 1;
    case '\n':
        *code = '\r';
        return 1;
    default:
        if (first >= 0x80)
            return read_character(input, &rest, code);
        *code = first;
        return 1;
    }
}

/* ---- text ---- */

/* Where `mark` stands, or, at the end, where it may begin; else the length. */
static gsize
find_mark(const GByteArray *bytes, const char *mark)
{
    const char *start = (const char *)bytes->data;
    const char *end = start + bytes->len;

    for (const char *at = start; at < end && (at = memchr(at, ESCAPE, (gsize)(end - at))); at++)
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
        const gsize begin = find_mark(input->bytes, MARK_BEGIN);
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
    const gsize length = find_mark(input->bytes, MARK_BEGIN);

    return length >= FLOOD_MIN && bytes[0] != ESCAPE && memchr(bytes, ':', length) &&
           (memchr(bytes, '\r', length) || memchr(bytes, '\n', length));
}

/* Up to a paste with marks, which comes apart. */
static InputKind
next_text(Input *input)
{
    const gsize begin = find_mark(input->bytes, MARK_BEGIN);

    keep_text(input, begin);
    input->marked = FALSE;
    return INPUT_TEXT;
}

static gboolean
starts_paste(Input *input)
{
    if (input->bytes->len < MARK_LENGTH || memcmp(input->bytes->data, MARK_BEGIN, MARK_LENGTH) != 0)
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

    if (input->pasting && late && length == 1 && (*bytes == ESCAPE || *bytes == CTRL_C))
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
    const gsize length = read_key(input, silent, code);
    if (length == 0)
        return INPUT_NOTHING;
    if (typing && *code != KEYCODE_MOUSE && length < input->bytes->len && find_mark(input->bytes, MARK_BEGIN) > length)
        return next_text(input);
    g_byte_array_remove_range(input->bytes, 0, (guint)length);
    return INPUT_KEY;
}

/* "ESC [ row ; column R" at `at`: its length, or 0. */
static gsize
read_report(const guint8 *at, gsize length, guint *column)
{
    gsize end = 2;
    guint semicolons = 0;

    if (length < 6 || at[0] != ESCAPE || at[1] != '[')
        return 0;
    for (*column = 0; end < length && end < SEQUENCE_MAX; end++) {
        if (at[end] == ';') {
            semicolons++;
            *column = 0;
        } else if (g_ascii_isdigit(at[end])) {
            *column = *column < 10000 ? *column * 10 + at[end] - '0' : *column;
        } else {
            return at[end] == 'R' && semicolons == 1 ? end + 1 : 0;
        }
    }
    return 0;
}

gboolean
input_take_report(Input *input, guint *column)
{
    for (guint i = 0; !input->pasting && i < input->bytes->len; i++) {
        const gsize length = read_report(input->bytes->data + i, input->bytes->len - i, column);
        if (length > 0) {
            g_byte_array_remove_range(input->bytes, i, (guint)length);
            return TRUE;
        }
    }
    return FALSE;
}

/* One part of "rgb:ffff/ffff/ffff", of one to four digits: its first eight bits. */
static gboolean
read_part(const char **at, char last, guint *part)
{
    guint value = 0, digits = 0;

    for (; g_ascii_isxdigit(**at) && digits < 4; (*at)++, digits++)
        value = value * 16 + (guint)g_ascii_xdigit_value(**at);
    if (digits == 0 || (last && **at != last))
        return FALSE;
    *at += last ? 1 : 0;
    *part = digits == 1 ? value * 0x11 : value >> 4 * (digits - 2);
    return TRUE;
}

static gboolean
read_background(const char *text, guint *rgb)
{
    guint red, green, blue;

    if (g_str_has_prefix(text, "rgb:"))
        text += strlen("rgb:");
    else if (g_str_has_prefix(text, "rgba:"))
        text += strlen("rgba:");
    else
        return FALSE;
    if (!read_part(&text, '/', &red) || !read_part(&text, '/', &green) || !read_part(&text, 0, &blue))
        return FALSE;
    *rgb = red << 16 | green << 8 | blue;
    return TRUE;
}

gboolean
input_take_background(Input *input, guint *rgb)
{
    static const char begin[] = "\x1B]11;";

    for (guint i = 0; !input->pasting && i + strlen(begin) < input->bytes->len; i++) {
        const Rest rest = { (const char *)input->bytes->data + i, input->bytes->len - i, FALSE };
        gboolean maybe = FALSE;
        if (memcmp(rest.at, begin, strlen(begin)) != 0)
            continue;
        const gsize length = string_length(&rest, &maybe);
        if (length == 0)
            continue;
        g_autofree char *text = g_strndup(rest.at + strlen(begin), length - strlen(begin));
        g_byte_array_remove_range(input->bytes, i, (guint)length);
        return read_background(text, rgb);
    }
    return FALSE;
}

guint
input_patience(const Input *input, gboolean typing)
{
    if (input->pasting)
        return input->closed                                     ? PASTE_MS
               : input->text->len > 0 || input->bytes->len > 0 ? STALL_MS : 0;
    if (input->bytes->len == 0)
        return 0;
    return typing && input->bytes->data[0] != ESCAPE ? TYPING_MS : ESCAPE_MS;
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

/* input-key.c: the key that stands first in the bytes of a terminal: a character, a sequence, the mouse.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/input-part.h"

#include <string.h>

#include "tui/terminal/keycode.h"

enum {
    DELETE = 0x7F,
    BELL = 0x07,
    STRING_MAX = 64         /* the longest answer of a terminal that is no key */
};

/* The length of `known` where the rest begins with it; 0 where it does not, or (`*maybe`) not yet.
 */
static gsize
match(const InputRest *rest, const char *sequence, gboolean *maybe)
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
sequence_length(const InputRest *rest)
{
    const char kind = rest->at[1];
    gsize end = 2;

    while (kind == '[' && end < rest->length && end < INPUT_SEQUENCE_MAX && rest->at[end] >= 0x20 &&
           rest->at[end] < 0x40)
        end++;
    if (end < rest->length && end < INPUT_SEQUENCE_MAX)
        return end + 1;
    return rest->silent || end >= INPUT_SEQUENCE_MAX ? end : 0;
}

gsize
input_string_length(const InputRest *rest, gboolean *maybe)
{
    gsize end = 2;

    if (rest->length < 2 || rest->at[1] != ']')
        return 0;
    while (end < rest->length && end < STRING_MAX && rest->at[end] != BELL && rest->at[end] != INPUT_ESCAPE)
        end++;
    if (end < rest->length && rest->at[end] == BELL)
        return end + 1;
    if (end + 1 < rest->length)
        return rest->at[end] == INPUT_ESCAPE && rest->at[end + 1] == '\\' ? end + 2 : 0;
    *maybe = *maybe || end < STRING_MAX;
    return 0;
}

/* xterm's mouse mode 1006: "<button;column;line", then M where a button is pressed, m where it is
 * let go; columns and lines from 1. The wheel is the buttons 64 and 65; 4, 8 and 16 are held keys,
 * 32 is a move. */
static gboolean
read_mouse(const InputRest *rest, gsize length, InputMouse *mouse)
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
read_escape(Input *input, const InputRest *rest, guint *code)
{
    gboolean maybe = FALSE;
    gsize best = 0;

    for (guint i = 0; i < input->known->len; i++) {
        const InputKnown *known = &g_array_index(input->known, InputKnown, i);
        const gsize length = match(rest, known->sequence, &maybe);
        if (length > best) {
            best = length;
            *code = known->code;
        }
    }
    match(rest, INPUT_MARK_BEGIN, &maybe);
    const gsize answer = input_string_length(rest, &maybe);
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
    *code = INPUT_ESCAPE;
    return 1;
}

static gsize
read_character(const Input *input, const InputRest *rest, guint *code)
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

gsize
input_read_key(Input *input, gboolean silent, guint *code)
{
    const InputRest rest = { (const char *)input->bytes->data, input->bytes->len, silent };
    const guchar first = input->bytes->data[0];

    switch (first) {
    case INPUT_ESCAPE:
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

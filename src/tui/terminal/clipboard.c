/* clipboard.c: the bytes of OSC 52, and what may stand in them.
 * SPDX-License-Identifier: MIT */
#include "tui/terminal/clipboard.h"

#include <string.h>

#include "base/text.h"

ClipboardWay
clipboard_way(void)
{
    const char *tmux = g_getenv("TMUX");
    const char *screen = g_getenv("STY");

    if (tmux && *tmux)
        return CLIPBOARD_TMUX;
    return screen && *screen ? CLIPBOARD_SCREEN : CLIPBOARD_DIRECT;
}

/* Who pastes into a shell would run what stands before a line end: a value has none. */
char *
clipboard_clean(const char *text, gboolean lines)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const char *end = text + strlen(text);

    for (const char *at = text; at < end && out->len < CLIPBOARD_MAX;) {
        const char *from = at;
        gunichar code;
        const TextClass class = text_next(&at, end, &code);
        if (class == TEXT_PLAIN)
            g_string_append_len(out, from, at - from);
        else if (code == '\n' && class == TEXT_CONTROL)
            g_string_append_c(out, lines ? '\n' : ' ');
        else if (code == '\t' && class == TEXT_CONTROL)
            g_string_append_c(out, ' ');
        else if (code != '\r' || at == end || *at != '\n')
            text_append_visible(out, from, at - from);
    }
    return g_strdup(out->str);
}

/* tmux unpacks what it passes on (allow-passthrough), with each ESC doubled; where it is told to
 * keep clipboards itself (set-clipboard on), it takes the plain sequence. Both say the same. */
static char *
through_tmux(const char *plain)
{
    return g_strdup_printf("%s\x1BPtmux;\x1B%s\x1B\\", plain, plain);
}

/* screen passes on strings of less than 768 bytes. */
static char *
through_screen(const char *plain)
{
    enum { CHUNK = 500 };
    g_autoptr(GString) out = g_string_new(NULL);
    const gsize length = strlen(plain);

    for (gsize i = 0; i < length; i += CHUNK) {
        g_string_append(out, "\x1BP");
        g_string_append_len(out, plain + i, (gssize)MIN(CHUNK, length - i));
        g_string_append(out, "\x1B\\");
    }
    return g_strdup(out->str);
}

char *
clipboard_sequence(const char *text, ClipboardWay way)
{
    g_autofree char *base64 = g_base64_encode((const guchar *)text, strlen(text));
    g_autofree char *plain = g_strdup_printf("\x1B]52;c;%s\x07", base64);

    switch (way) {
    case CLIPBOARD_TMUX:
        return through_tmux(plain);
    case CLIPBOARD_SCREEN:
        return through_screen(plain);
    case CLIPBOARD_DIRECT:
        break;
    }
    return g_steal_pointer(&plain);
}

/* body-undo.c: one function for each thing that gateways, lists and editors do to a body,
 * backwards.
 * SPDX-License-Identifier: MIT */
#include "auth/body-undo.h"

#include <string.h>

#include "auth/canon.h"

/* Where there is something to undo it goes into guess->body. `variant` counts the ways in which
 * it may be undone. */
typedef gboolean (*Undo)(const Message *message, guint variant, BodyGuess *guess);

/* The line at `at` with its line end. */
static gsize
line_length(const char *at, const char *end)
{
    const char *lf = memchr(at, '\n', (gsize)(end - at));

    return lf ? (gsize)(lf - at) + 1 : (gsize)(end - at);
}

static gsize
text_length(const char *line, gsize length)
{
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
        length--;
    return length;
}

static void
body_bounds(const Message *message, const char **start, const char **end)
{
    const Span body = message_body(message);

    *start = span_in(message_raw(message), body);
    *end = *start + span_length(body);
}

/* Mailboxes put ">" before a line that begins with "From ". Variant 0 takes all of them back,
 * the others one each. */
static gboolean
undo_from(const Message *message, guint variant, BodyGuess *guess)
{
    const char *at, *end;
    guint seen = 0;

    body_bounds(message, &at, &end);
    while (at < end) {
        const gsize length = line_length(at, end);
        gsize marks = 0;
        while (marks < length && at[marks] == '>')
            marks++;
        const gboolean hit = marks > 0 && length >= marks + 5 && !memcmp(at + marks, "From ", 5);
        seen += hit ? 1 : 0;
        const gsize skip = hit && (variant == 0 || seen == variant) ? 1 : 0;
        g_string_append_len(guess->body, at + skip, (gssize)(length - skip));
        at += length;
    }
    if (seen == 0 || variant > seen || (variant > 0 && seen == 1))
        return FALSE;
    guess->detail = g_strdup_printf("%u", variant == 0 ? seen : 1);
    return TRUE;
}

/* RFC 5321, 4.5.2: the dot that is doubled on the wire, left in or taken twice. */
static gboolean
undo_dots(const Message *message, guint variant, BodyGuess *guess)
{
    const char *at, *end;
    gboolean changed = FALSE;

    body_bounds(message, &at, &end);
    while (at < end) {
        const gsize length = line_length(at, end);
        const gboolean dot = at[0] == '.' && text_length(at, length) > 0;
        const gboolean hit = dot && (variant == 1 || (length > 1 && at[1] == '.'));
        changed = changed || hit;
        if (hit && variant == 1)
            g_string_append_c(guess->body, '.');
        const gsize skip = hit && variant == 0 ? 1 : 0;
        g_string_append_len(guess->body, at + skip, (gssize)(length - skip));
        at += length;
    }
    return changed;
}

/* Blanks that were added at line ends: what simple canonicalisation does not forgive. */
static gboolean
undo_blanks(const Message *message, guint variant, BodyGuess *guess)
{
    const char *at, *end;
    gboolean changed = FALSE;

    (void)variant;
    body_bounds(message, &at, &end);
    while (at < end) {
        const gsize length = line_length(at, end);
        const gsize text = text_length(at, length);
        gsize kept = text;
        while (kept > 0 && canon_is_wsp(at[kept - 1]))
            kept--;
        changed = changed || kept < text;
        g_string_append_len(guess->body, at, (gssize)kept);
        g_string_append_len(guess->body, at + text, (gssize)(length - text));
        at += length;
    }
    return changed;
}

/* Format=flowed and some gateways lose the blank after "--", of all blanks at line ends the one
 * whose place is known. */
static gboolean
undo_signature_blank(const Message *message, guint variant, BodyGuess *guess)
{
    const char *at, *end;
    gboolean changed = FALSE;

    (void)variant;
    body_bounds(message, &at, &end);
    while (at < end) {
        const gsize length = line_length(at, end);
        const gboolean hit = text_length(at, length) == 2 && memcmp(at, "--", 2) == 0;
        changed = changed || hit;
        g_string_append_len(guess->body, at, hit ? 2 : (gssize)length);
        if (hit) {
            g_string_append_c(guess->body, ' ');
            g_string_append_len(guess->body, at + 2, (gssize)(length - 2));
        }
        at += length;
    }
    return changed;
}

/* Whether one stands in a body at all: nearly always not. */
static gboolean
has_lone_cr(const char *at, const char *end)
{
    while ((at = memchr(at, '\r', (gsize)(end - at)))) {
        if (++at == end || *at != '\n')
            return TRUE;
    }
    return FALSE;
}

/* A CR alone: a line end (0), an extra one before CRLF (1), or nothing (2). */
static gboolean
undo_cr(const Message *message, guint variant, BodyGuess *guess)
{
    const char *at, *end;
    gboolean changed = FALSE;

    body_bounds(message, &at, &end);
    if (!has_lone_cr(at, end))
        return FALSE;
    for (; at < end; at++) {
        const gboolean lone = *at == '\r' && !(at + 1 < end && at[1] == '\n');
        const gboolean extra = lone && at + 2 < end && at[1] == '\r' && at[2] == '\n';
        const gboolean hit = variant == 1 ? extra : lone;
        changed = changed || hit;
        if (!hit)
            g_string_append_c(guess->body, *at);
        else if (variant == 0)
            g_string_append_len(guess->body, "\r\n", 2);
    }
    return changed;
}

/* A warning or an ad on top: the body from a line on, behind each of the first empty lines and
 * the first few others. */
static gboolean
undo_banner(const Message *message, guint variant, BodyGuess *guess)
{
    const char *at, *end;
    guint lines = 0, places = 0;
    gboolean empty = FALSE;

    body_bounds(message, &at, &end);
    while (at < end && lines < 200) {
        if (lines > 0 && (empty || lines <= 6) && places++ == variant) {
            g_string_append_len(guess->body, at, (gssize)(end - at));
            guess->detail = g_strdup_printf("%u", lines);
            return TRUE;
        }
        const gsize length = line_length(at, end);
        empty = text_length(at, length) == 0;
        at += length;
        lines++;
    }
    return FALSE;
}

/* A list that wraps the message into a multipart with its footer: each of the parts may be the
 * body that was signed. */
static gboolean
undo_wrap(const Message *message, guint variant, BodyGuess *guess)
{
    const char *at, *end, *boundary = NULL, *content = NULL;
    gsize boundary_length = 0;
    guint part = 0;
    gboolean in_header = FALSE;

    body_bounds(message, &at, &end);
    while (at < end) {
        const gsize length = line_length(at, end);
        const gsize text = text_length(at, length);
        if (!boundary && text > 2 && memcmp(at, "--", 2) == 0 && !canon_is_wsp(at[2])) {
            boundary = at;
            boundary_length = text;
        }
        if (boundary && text >= boundary_length && !memcmp(at, boundary, boundary_length)) {
            if (content && part++ == variant) {
                g_string_append_len(guess->body, content, (gssize)(at - content));
                return TRUE;
            }
            in_header = TRUE;
            content = NULL;
        } else if (in_header && text == 0) {
            in_header = FALSE;
            content = at + length;
        }
        at += length;
    }
    return FALSE;
}

/* ---- transfer encodings (RFC 2045, 6.7 and 6.8) ---- */

static void
decode_quoted_printable(const char *at, const char *end, GString *out)
{
    for (; at < end; at++) {
        if (*at == '=' && end - at > 2 && g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2])) {
            g_string_append_c(out, (char)(g_ascii_xdigit_value(at[1]) * 16 +
                                          g_ascii_xdigit_value(at[2])));
            at += 2;
        } else if (*at == '=' && end - at > 2 && at[1] == '\r' && at[2] == '\n') {
            at += 2;
        } else if (*at == '=' && end - at > 1 && at[1] == '\n') {
            at += 1;
        } else {
            g_string_append_c(out, *at);
        }
    }
}

/* A body that a gateway encoded on the way; the other direction cannot be guessed, there are
 * many ways to encode. */
static gboolean
undo_encoding(const Message *message, guint variant, BodyGuess *guess)
{
    g_autofree char *encoding = message_value(message, "Content-Transfer-Encoding");
    const char *at, *end;

    (void)variant;
    if (!encoding)
        return FALSE;
    body_bounds(message, &at, &end);
    if (g_ascii_strcasecmp(encoding, "quoted-printable") == 0) {
        decode_quoted_printable(at, end, guess->body);
    } else if (g_ascii_strcasecmp(encoding, "base64") == 0) {
        gsize length = 0;
        g_autofree char *text = g_strndup(at, (gsize)(end - at));
        g_autofree guchar *decoded = g_base64_decode(text, &length);
        g_string_append_len(guess->body, (const char *)decoded, (gssize)length);
    } else {
        return FALSE;
    }
    guess->detail = g_strdup(encoding);
    return TRUE;
}

/* Likely ones first: where the effort ends, the rest is not tried. */
static const struct {
    const char *cause;
    Undo        undo;
    guint       variants;
} undos[] = {
    { "cause-encoding", undo_encoding, 1 },
    { "cause-from", undo_from, 17 },
    { "cause-blanks", undo_blanks, 1 },
    { "cause-signature-blank", undo_signature_blank, 1 },
    { "cause-cr", undo_cr, 3 },
    { "cause-dots", undo_dots, 2 },
    { "cause-wrapped", undo_wrap, 4 },
    { "cause-banner", undo_banner, 20 },
};

gboolean
body_undo_each(const Message *message, BodyGuessAfford afford, BodyGuessFound found, gpointer data)
{
    for (gsize i = 0; i < G_N_ELEMENTS(undos); i++) {
        for (guint variant = 0; variant < undos[i].variants; variant++) {
            if (!afford(data))
                return FALSE;
            g_autoptr(GString) body = g_string_new(NULL);
            BodyGuess guess = { .cause = undos[i].cause, .body = body };
            const gboolean made = undos[i].undo(message, variant, &guess);
            const gboolean good = made && found(&guess, data);
            g_free(guess.detail);
            if (good)
                return TRUE;
            /* Only a lone CR may be there in one way and not in another. */
            if (!made && undos[i].undo != undo_cr && undos[i].undo != undo_dots)
                break;
        }
    }
    return FALSE;
}

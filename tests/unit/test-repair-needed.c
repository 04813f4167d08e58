/* The cheap look at a header block never says no where a repair is needed: random damage, always the same.
 * SPDX-License-Identifier: MIT
 *
 * Measured: 0.6 s. */
#include <string.h>

#include "base/bits.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/marks.h"
#include "repair/repair.h"
#include "repair/sound.h"
#include "repair/value.h"

#define COUNT 12000

static const RepairStep *const steps[] = {
    &repair_line_ends,   &repair_escapes,    &repair_pairs,       &repair_html,        &repair_fence,     &repair_emphasis, &repair_table, &repair_quote_marks, &repair_bullets,
    &repair_line_numbers, &repair_line_marks, &repair_indentation, &repair_tails, &repair_characters, &repair_blank_lines, &repair_links, &repair_translated, &repair_forwarded, &repair_page_text,
    &repair_returns, &repair_quoted, &repair_quoted_bare, &repair_strings, &repair_ends, &repair_one_line,    &repair_glued_lines, &repair_page_rest, &repair_notice, &repair_folding,   &repair_redacted,
};

/* What real headers are made of, and what comes between their lines when they are copied. */
static const char *const fields[] = {
    "Return-Path: <bounce@example.com>\n",
    "Received: from a.example (a.example [192.0.2.1])\n\tby mx.example.net with ESMTPS id 1;\n\tMon, 2 Nov 2026 10:00:00 +0900\n",
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.jp; s=s1;\n h=From:To:Subject:Date:\n Message-ID;"
    " bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\n b=abc/def==;\n",
    "Authentication-Results: mx.example.net; dkim=pass header.d=example.jp;\n spf=pass smtp.mailfrom=example.jp;\n",
    "X-Forefront-Antispam-Report: CIP:192.0.2.1;CTRY:;SFV:NSPM;\n",
    "X-Example-To: one;\n",
    "x-nobody-knows: a\n b\n",
    "From: \"Mika (A)\" <mika@example.jp>\n",
    "To: user@example.com,\n other@example.net\n",
    "Subject: Fw: Re: hello <div> & more: Date: today\n",
    "Subject: ***SPAM*** nothing\n",
    "Date: Mon, 2 Nov 2026 10:00:00 +0900\n",
    "Message-ID: <1@example.jp>\n",
    "MIME-Version: 1.0\n",
    "Content-Type: multipart/alternative;\n boundary=\"b\"\n",
    "X-Spam-Report: * From: looks odd\n * To: as well\n",
    "Reply-To: <a@redacted.example>\n",
};
static const char *const damages[] = {
    "\n", "\n\n", " ", "\t", "> ", "| ", "```\n", "&lt;", "<br>", "\\n", "\\r\\n", "\"", "(", ")", "<", ">", ":", ";", ";\n",
    "h=", "z=", "SPF: PASS", "DKIM:\tFAIL ", "ARC", "\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBC\x9A", "\xEF\xBB\xBF", "1: ", "12: ",
    "xxx@xxx.xxx", "***", "<redacted>", "@hidden", "=xxx.xxx", "[email protected]", "/cdn-cgi/l/email-protection", "=Masked.removed", "@Anonymised",
    "\xE2\x97\x8F\xE2\x97\x8F\xE2\x97\x8F",
    "\nby ", "\nid ", "\n(", "From: a@example.jp", "Date: Mon, 2 Nov 2026 10:00:00 +0900", "Message-ID:<1@example.jp>",
    "X-MAILER: ", "To: ", "Learn more", "**", "`", "<b>", "</b>", "**From:** a\n**To:** b\n**Cc:** c\n", "\r", "\r\n", "\n \n", "X", "-",
    "{\"name\": \"From\", \"value\": \"a@example.jp\"},", "('To', 'b@example.com'), ('Date', 'Mon, 2 Nov 2026 10:00:00 +0900'), ('Message-ID', '<1@example.jp>')", "'",
    "| From | a@example.jp |\n", "$\n", "^M\n", "\\\n", "\"From: a@example.jp\\r\\n\",\n\"To: b@example.com\",\n'Date: Mon, 2 Nov 2026 10:00:00 +0900'", "\nAbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/=\n", "=3D", "; a=3Db; c=3Dd;=\n e=3Df", "To\tb@example.com\nDate\tMon, 2 Nov 2026 10:00:00 +0900\nMessage-ID\t<1@example.jp>\n", "|",
    "[a@example.jp](mailto:a@example.jp)", "b@example.com<mailto:b@example.com>", "<a href=\"http://a.example/\">a.example</a>", "[mailto:a@example.jp]",
    "<http://a.example|a.example>", "[a](mailto:b@example.com)",
};

static const char *
one_of(GRand *dice, const char *const *texts, gsize count)
{
    return texts[g_rand_int_range(dice, 0, (gint32)count)];
}

static void
replace_all(GString *text, const char *with)
{
    g_autofree char *copy = g_strdup(text->str);
    g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);
    g_autofree char *joined = g_strjoinv(with, lines);

    g_string_assign(text, joined);
}

static void
hurt(GRand *dice, GString *text)
{
    static const char *const ends[] = { "\r\n", "\r\r\n", " ", "", "\n> ", "\n\n", "\r", "\n  ", "\n1: ", "\\r\\n", "$\n", "^M$\r\n", "\"\n\"", "  |\n" };
    const gsize at = (gsize)g_rand_int_range(dice, 0, (gint32)text->len + 1);
    const gsize left = text->len - at, some = (gsize)g_rand_int_range(dice, 1, 60);

    switch (g_rand_int_range(dice, 0, 8)) {
    case 0: g_string_erase(text, (gssize)at, (gssize)MIN(left, some)); break;
    case 1: g_string_truncate(text, g_rand_int_range(dice, 0, 4) ? text->len : at); break;
    case 2: replace_all(text, g_rand_int_range(dice, 0, 3) ? "\n" : one_of(dice, ends, G_N_ELEMENTS(ends))); break;
    default: g_string_insert(text, (gssize)at, one_of(dice, damages, G_N_ELEMENTS(damages))); break;
    }
}

static GString *
random_text(GRand *dice)
{
    GString *text = g_string_new(NULL);

    for (gint32 i = g_rand_int_range(dice, 0, 14); i >= 0; i--)
        g_string_append(text, one_of(dice, fields, G_N_ELEMENTS(fields)));
    if (g_rand_int_range(dice, 0, 3))
        g_string_append(text, "\nFrom: here\nTo: there\nSPF: pass\nDKIM: pass\n");
    for (gint32 i = g_rand_int_range(dice, 0, 7); i > 0; i--)
        hurt(dice, text);
    if (g_rand_int_range(dice, 0, 2))
        replace_all(text, "\r\n");
    return text;
}

static char *
with_lf(const GString *text)
{
    g_auto(GStrv) lines = g_strsplit(text->str, "\r\n", -1);

    return g_strjoinv("\n", lines);
}

/* The chain as it was before there were cheap looks. */
static gboolean
is_needed(const char *head, guint *needed, guint *spared)
{
    const gsize length = strlen(head), block = draft_block(head, length);
    g_autofree char *bare = g_memdup2(head, block ? block : 1);     /* no NUL behind it */
    gboolean any = FALSE;

    for (gsize i = 0; length > 0 && i < G_N_ELEMENTS(steps); i++) {
        const gboolean really = steps[i]->needed(head, length);
        const gboolean possible = steps[i]->possible(bare, block);
        if (really && !possible)
            g_test_message("%s is needed: %s", steps[i]->id, head);
        g_assert_false(really && !possible);
        any = any || (really && (!steps[i]->reason || steps[i]->reason(head, length)));
        *needed += really ? 1 : 0;
        *spared += possible ? 0 : 1;
    }
    return any;
}

/* Of bytes that nothing may be read behind. */
static gboolean
is_sound(const GString *text)
{
    g_autofree char *bare = g_memdup2(text->str, text->len ? text->len : 1);

    return sound_header(bare, text->len);
}

/* Sound at one look is what no step's own look finds anything in. */
static void
assert_sound(const GString *text, const char *head)
{
    const gsize block = draft_block(head, strlen(head));

    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        const gboolean possible = steps[i]->possible(head, block);
        if (possible)
            g_test_message("%s is possible: %s", steps[i]->id, text->str);
        g_assert_true(!possible || steps[i]->minor);
    }
}

static void
test_possible(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(20261122);
    guint needed = 0, spared = 0;

    for (guint i = 0; i < COUNT; i++) {
        g_autoptr(GString) text = random_text(dice);
        g_autofree char *head = with_lf(text);
        g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
        const gboolean any = is_needed(head, &needed, &spared);
        if (text->len > 0)
            g_assert_cmpint(repair_needed(bytes), ==, any);
    }
    /* The dice must throw both. */
    g_assert_cmpuint(needed, >, COUNT / 10);
    g_assert_cmpuint(spared, >, COUNT * 5);
}

/* The damage that each look must not pass over, in forms that are easily taken for sound. */
static void
test_aimed(void)
{
#define REST "From: a@example.jp\nTo: b@example.com\nDate: Mon, 2 Nov 2026 10:00:00 +0900\nMessage-ID: <1@example.jp>\n"
    static const char *const texts[] = {
        "1: From: a@example.jp\n2: To: b@example.com\n3: Date: Mon, 2 Nov 2026 10:00:00 +0900\n4: Message-ID: <1@example.jp>\nSubject: x\n",
        "X-A: b\n > From: a@example.jp\n > To: b@example.com\n > Message-ID: <1@example.jp>\nSubject: x\n",
        "X-Nobody: see below\n \n" REST,
        "From: a /cdn-cgi/l/email-protection\nTo: b@example.com\n",
        "From: a@example.jp\nTo: ***@example.com\n",
        "Received: from a\n\tby b; Mon, 2 Nov 2026 10:00:00 +0900\n \nFrom: a@example.jp\n \nTo: b@example.com\n \nDate: Mon, 2 Nov 2026 10:00:00 +0900\n",
        "SPF: PASS with IP 192.0.2.1\nDKIM: 'PASS' with domain example.jp\nReceived: from a by b; Mon, 2 Nov 2026 10:00:00 +0900\n" REST REST REST,
        "Subject: a<br>From: a@example.jp<br>To: b@example.com<br>Date: today\n",
        "From: a@example.jp\\nTo: b@example.com\\nDate: Mon, 2 Nov 2026 10:00:00 +0900\\nSubject: x\n",
        "From: &lt;a@example.jp&gt;\nTo: &lt;b@example.com&gt;\nDate: Mon, 2 Nov 2026 10:00:00 +0900\nMIME-Version: 1.0\n",
    };
    guint needed = 0, spared = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GBytes) bytes = g_bytes_new(texts[i], strlen(texts[i]));
        g_test_message("%s", texts[i]);
        g_assert_true(is_needed(texts[i], &needed, &spared));
        g_assert_true(repair_needed(bytes));
    }
}

/* A field that headers are made of, or one with another's letters in it. */
static GString *
drawn_header(GRand *dice)
{
    static const char *const others[] = { "Return-Path: <a@example.jp>\n", "Delivered-To: a@example.jp\n", "X-Original-To: a@example.jp\n",
        "Subject: signed, edited: To: x\n", "Subject: Re: From: a@example.jp\n", "X.Dotted: a\n", "header.x: a\n", "List-Id: <a.b>;\n",
        "XDate: 1\n", "To: <p@example.jp>, <b/c@example.jp>\n", "X-Url: https://example.jp/?a&l=b\n", "X-Path: c:\\news\n", "By:b=c\n" };
    GString *text = g_string_new(g_rand_int_range(dice, 0, 4) ? fields[g_rand_int_range(dice, 0, 4)] : NULL);

    /* The first eight have nothing odd in them. */
    for (gint32 i = g_rand_int_range(dice, 3, 14); i >= 0; i--)
        g_string_append(text, g_rand_int_range(dice, 0, 20) ? one_of(dice, fields, 8) : g_rand_int_range(dice, 0, 2) ? one_of(dice, others, G_N_ELEMENTS(others))
                                                            : one_of(dice, fields, G_N_ELEMENTS(fields)));
    g_string_append(text, "\n");
    for (gint32 i = g_rand_int_range(dice, 0, 200); i > 0; i--)
        g_string_append(text, "body: <b> *** ");
    return text;
}

/* Most with one damage or none, which is what a quick look must tell apart. */
static void
test_sound_header(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(20261123);
    guint sound = 0, others = 0;

    for (guint i = 0; i < 3 * COUNT; i++) {
        g_autoptr(GString) text = drawn_header(dice);
        for (gint32 k = g_rand_int_range(dice, -2, 3); k > 0; k--)
            hurt(dice, text);
        if (g_rand_int_range(dice, 0, 3))
            replace_all(text, "\r\n");
        if (!is_sound(text)) {
            others++;
            continue;
        }
        g_autofree char *head = with_lf(text);
        assert_sound(text, head);
        sound++;
    }
    g_assert_cmpuint(sound, >, COUNT / 10);
    g_assert_cmpuint(others, >, COUNT);
}

/* What stands around the heading of a forwarded mail, and in it. */
static void
test_forwarded(void)
{
    static const char *const lines[] = {
        "---------- Forwarded message ---------\n", "Begin forwarded message:\n", "From: A <a@example.jp>\n", "Sent: Wednesday\n", "Von: a\n",
        "To: b@example.com\n", "An: b\n", "Subject: c\n", "Betreff: c\n", "Date: today\n", "\n", "\n", "Please look\n", " b\n", "X-A: b\n",
        "Received: from a.example by b.example; Mon, 2 Nov 2026 10:00:00 +0900\n", "\xEF\xBB\xBF",
    };
    g_autoptr(GRand) dice = g_rand_new_with_seed(20261124);
    guint needed = 0, spared = 0, forwarded = 0;

    for (guint i = 0; i < COUNT; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (gint32 k = g_rand_int_range(dice, 1, 12); k > 0; k--)
            g_string_append(text, one_of(dice, lines, G_N_ELEMENTS(lines)));
        is_needed(text->str, &needed, &spared);
        forwarded += repair_forwarded.needed(text->str, text->len) ? 1 : 0;
    }
    g_assert_cmpuint(forwarded, >, COUNT / 50);
}

/* A sound message, as most are, costs no second look at all. */
static void
test_sound(void)
{
    static const char head[] =
        "Return-Path: <bounce@example.com>\n"
        "Received: from a.example (a.example [192.0.2.1])\n\tby mx.example.net with ESMTPS id 1;\n\tMon, 2 Nov 2026 10:00:00 +0900\n"
        "DKIM-Signature: v=1; a=rsa-sha256; d=example.jp; s=s1; h=from:to:subject;\n bh=abc=; b=abc/def=;\n"
        "X-Forefront-Antispam-Report: CIP:192.0.2.1;CTRY:;\nFrom: Mika <mika@example.jp>\nTo: user@example.com\n"
        "Subject: hello\nDate: Mon, 2 Nov 2026 10:00:00 +0900\nMessage-ID: <1@example.jp>\nMIME-Version: 1.0\n"
        "Content-Type: multipart/alternative;\n boundary=\"b\"\n";

    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        g_test_message("%s", steps[i]->id);
        g_assert_false(steps[i]->possible(head, strlen(head)));
    }
    g_assert_false(sound_header(head, strlen(head)));       /* nobody knows where it ends */
    for (guint i = 0; i < 2; i++) {
        g_autoptr(GString) text = g_string_new(head);
        g_string_append(text, "Keywords: what stands at the top is judged by what stands near it\nOrganization: as long as that is all header\n\nbody\n");
        for (guint n = 0; n < BITS_BLOCK; n++)
            g_string_append_c(text, '.');
        if (i)
            replace_all(text, "\r\n");
        g_assert_true(is_sound(text));
    }
}

/* ---- marks ---- */

static void
assert_same(const Mark *a, const Mark *b)
{
    g_assert_cmpuint(a->start, ==, b->start);
    g_assert_cmpuint(a->colon, ==, b->colon);
    g_assert_cmpint(a->class, ==, b->class);
    g_assert_cmpint(a->kind, ==, b->kind);
    g_assert_true(a->once == b->once && a->known == b->known && a->open == b->open && a->strong == b->strong);
}

/* Every colon looked at, as marks_find() does where lines cannot be trusted. */
static void
test_marks_of_lines(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(7);

    for (guint i = 0; i < 500; i++) {
        g_autoptr(GString) text = random_text(dice);
        g_autoptr(GArray) lines = marks_find(text->str, text->len, MARK_LINES);
        g_autoptr(GArray) all = marks_find(text->str, text->len, MARK_BLANKS);
        guint next = 0;
        for (guint k = 0; k < all->len; k++) {
            const Mark *mark = &g_array_index(all, Mark, k);
            if (mark->start > 0 && text->str[mark->start - 1] != '\n')
                continue;
            g_assert_cmpuint(next, <, lines->len);
            assert_same(mark, &g_array_index(lines, Mark, next));
            next++;
        }
        g_assert_cmpuint(next, ==, lines->len);
    }
}

static guint
count_inner(const GString *text, MarkMode mode)
{
    g_autoptr(GArray) all = marks_find(text->str, text->len, mode);
    guint count = 0;

    for (guint k = 0; k < all->len; k++) {
        const Mark *mark = &g_array_index(all, Mark, k);
        const char before = mark->start > 0 ? text->str[mark->start - 1] : '\n';
        count += mark->strong && before != '\n' && (mode == MARK_BLANKS || !letters_is_space(before)) ? 1 : 0;
    }
    return count;
}

static void
test_marks_inner(void)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(8);

    for (guint i = 0; i < 2000; i++) {
        g_autoptr(GString) text = random_text(dice);
        const guint blanks = count_inner(text, MARK_BLANKS), glued = count_inner(text, MARK_GLUED);
        const MarksInner all = marks_inner(text->str, text->len, G_MAXUINT);
        const MarksInner two = marks_inner(text->str, text->len, 2);
        g_assert_cmpuint(all.blanks, ==, blanks);
        g_assert_cmpuint(all.glued, ==, glued);
        g_assert_true((two.blanks == 2 || two.glued == 2) == (blanks >= 2 || glued >= 2));
        g_assert_true(two.blanks == 2 || two.glued == 2 || (two.blanks == blanks && two.glued == glued));
    }
}

/* No name that lines usually begin with hides another one that would be strong, whatever stands behind it. */
static void
test_usual_names(void)
{
    static const char *const names[] = { "Received", "Return-Path", "DKIM-Signature", "Authentication-Results", "Message-ID",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "From", "To", "Subject", "Date", "Mario", "X-From",
        "Reply-To", "XDate", "x-Received" };
    static const char *const values[] = { "a@example.jp", "<a@example.jp>", "\"A\" <a@example.jp>", "=?utf-8?q?a?=", "1.0",
        "Mon, 2 Nov 2026", "text/plain", "base64", "v=1; a=b", "mx.example.net; spf=pass", "from a by b", "(a)", "one",
        "pass", "https://example.com", "+1/2", "" };

    for (gsize n = 0; n < G_N_ELEMENTS(names); n++) {
        for (gsize v = 0; v < G_N_ELEMENTS(values) * 2; v++) {
            g_autoptr(GString) text = g_string_new(NULL);
            g_string_printf(text, "%s:%s%s\n", names[n], v % 2 ? " " : "", values[v / 2]);
            const MarksInner inner = marks_inner(text->str, text->len, G_MAXUINT);
            g_assert_cmpuint(inner.glued, ==, count_inner(text, MARK_GLUED));
            g_assert_cmpuint(inner.blanks, ==, count_inner(text, MARK_BLANKS));
        }
    }
}

/* What a line that lost its indentation begins with, whatever the letter: one such line is enough. */
static void
test_continued(void)
{
    static const char *const words[] = { "for x", "by x", "with x", "id x", "from x", "via x", "b=", "bh=", "h=", "d=", "s=",
        "t=", "x=", "c=", "a=", "q=", "spf=", "dkim=", "dmarc=", "arc=", "smtp.", "header.", "client-ip=", "envelope-from=",
        "helo=", "receiver=", "designates x", "reason=", "cipher=", "version=", "boundary=", "charset=", "(", "<", "=?", "\"" };

    for (gsize i = 0; i < G_N_ELEMENTS(words) * 2; i++) {
        g_autofree char *word = i % 2 ? g_ascii_strup(words[i / 2], -1) : g_strdup(words[i / 2]);
        g_autofree char *lost = g_strconcat("Received: a\n", word, "\nFrom: a@example.jp\nTo: b@example.com\n", NULL);
        g_assert_true(repair_folding.possible(lost, strlen(lost)));
        g_assert_true(repair_folding.needed(lost, strlen(lost)));
    }
    g_assert_false(repair_folding.possible("A: b\nzone\nbx\n=x\n", 17));
}

/* ---- values ---- */

/* What is strong right behind its colon is never ruled out by the cheap look. */
static void
test_tight(void)
{
    static const ValueKind tight[] = { VALUE_ID, VALUE_TRACE, VALUE_TYPE, VALUE_ENCODING, VALUE_VERSION, VALUE_DATE };
    static const char *const words[] = { "<a@b>", "<", "from ", "from\t", "by\n", "(", "text/plain", "x-a.b+c/d", "base64", "binary",
        "quoted-printable", "7bit", "8BIT", "1.0", "9", "Mon, 1", "tue1", "WED 2", "Thu3", "fri,4", "Sat5", "sun:6", "+a/b", "./x",
        "from", "by", "to", "subject", "mime-version", "message-id", "pass", "x", "-", "_a/b", "\"x\"", "=?" };
    static const char *const ends[] = { "", ":", ":x", ";", "@", " ", "/x", "9:", ".:", "+:", "\n", "<" };
    guint fitting = 0, ruled_out = 0;

    for (gsize w = 0; w < G_N_ELEMENTS(words); w++) {
        for (gsize e = 0; e < G_N_ELEMENTS(ends); e++) {
            g_autofree char *value = g_strconcat(words[w], ends[e], NULL);
            const char *end = value + strlen(value);
            gboolean fits = *value == '<' && value_fits(VALUE_ADDRESS, value, end);
            for (gsize k = 0; k < G_N_ELEMENTS(tight); k++)
                fits = fits || value_fits(tight[k], value, end);
            fitting += fits ? 1 : 0;
            ruled_out += value_may_be_tight(value, end) ? 0 : 1;
            if (fits && !value_may_be_tight(value, end))
                g_test_message("\"%s\" is ruled out", value);
            g_assert_true(!fits || value_may_be_tight(value, end));
        }
    }
    g_assert_cmpuint(fitting, >, 100);
    g_assert_cmpuint(ruled_out, >, 20);     /* or the look is worth nothing */
}

/* ---- names ---- */

/* Each name is found: the table of initials knows its letter, its place and its length. */
static void
test_initials(void)
{
    gsize count;
    const FieldName *typed = names_typed(&count);
    FieldName found;

    for (gsize i = 0; i < count + names_list_count; i++) {
        const char *name = i < count ? typed[i].name : names_list[i - count];
        g_autofree char *upper = g_ascii_strup(name, -1);
        if (!names_find(upper, strlen(upper), &found))
            g_test_message("%s: its row in `initials` of names.c is wrong", name);
        g_assert_true(names_find(upper, strlen(upper), &found));
        g_assert_true(found.name == name);
        g_assert_false(names_find(upper, strlen(upper) - 1, &found) && found.name == name);
        /* marks_inner() passes over a colon between two digits. */
        g_assert_true(!g_ascii_isdigit(name[strlen(name) - 1]) || i >= count || typed[i].kind == VALUE_WORD);
    }
    g_assert_false(names_find("{", 1, &found));
    g_assert_false(names_find("@", 1, &found));
    g_assert_false(names_find("\xFF", 1, &found));
    g_assert_false(names_find("", 0, &found));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/repair/needed/forwarded", test_forwarded);
    g_test_add_func("/repair/needed/possible", test_possible);
    g_test_add_func("/repair/needed/aimed", test_aimed);
    g_test_add_func("/repair/needed/sound", test_sound);
    g_test_add_func("/repair/needed/sound-header", test_sound_header);
    g_test_add_func("/repair/needed/marks-of-lines", test_marks_of_lines);
    g_test_add_func("/repair/needed/marks-inner", test_marks_inner);
    g_test_add_func("/repair/needed/usual-names", test_usual_names);
    g_test_add_func("/repair/needed/continued", test_continued);
    g_test_add_func("/repair/needed/tight", test_tight);
    g_test_add_func("/repair/needed/initials", test_initials);
    return g_test_run();
}

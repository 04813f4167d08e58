/* test-repair.c: damaged text made a message again, and sound messages left alone.
 * SPDX-License-Identifier: MIT */
#include "repair/repair.h"

#include <string.h>

#include "repair/names.h"

static GBytes *
bytes_of(const char *text)
{
    return g_bytes_new(text, strlen(text));
}

/* The repaired text; `origin` holds what was done. (transfer full) */
static char *
repaired(const char *text, const char *const *undone, Origin *origin)
{
    g_autoptr(GBytes) bytes = bytes_of(text);
    g_autoptr(GBytes) better = repair_text(bytes, undone, origin);

    return g_strndup(g_bytes_get_data(better, NULL), g_bytes_get_size(better));
}

static const Repair *
find_repair(const Origin *origin, const char *id)
{
    for (guint i = 0; i < origin->repairs->len; i++)
        if (g_str_equal(((const Repair *)origin->repairs->pdata[i])->id, id))
            return origin->repairs->pdata[i];
    return NULL;
}

static void
test_names(void)
{
    FieldName found;

    for (gsize i = 1; i < names_list_count; i++)
        g_assert_cmpint(g_ascii_strcasecmp(names_list[i - 1], names_list[i]), <, 0);
    for (gsize i = 0; i < names_list_count; i++)
        g_assert_true(names_find(names_list[i], strlen(names_list[i]), &found));
    g_assert_true(names_find("received", 8, &found));
    g_assert_true(names_find("ARC-Seal", 8, &found));
    g_assert_true(names_find("X-Forefront-Antispam-Report", 27, &found));
    g_assert_false(names_find("Receive", 7, &found));
    g_assert_false(names_find("Receivedx", 9, &found));
    g_assert_true(names_find("MESSAGE-ID", 10, &found));
    g_assert_cmpint(found.kind, ==, VALUE_ID);
    g_assert_true(found.once);
}

#define TRACE                                                                                      \
    "Received: from a.example by mx.example.com with SMTP; Mon, 2 Nov 2026 10:00:00 +0900\n"
#define AUTHOR "From: Mika <mika@example.jp>\nTo: user@example.com\n"
#define HEAD TRACE AUTHOR "Date: Mon, 2 Nov 2026 10:00:00 +0900\nMessage-ID: <1@example.jp>\n"
#define FLAT                                                                                       \
    "Received: from a.example by b.example; Mon, 2 Nov 2026 10:00:00 +0900 From: a@example.jp "    \
    "To: b@example.com "                                                                           \
    "Subject: hello Message-ID: <1@example.jp> MIME-Version: 1.0"

/* Odd, but as it was sent: its bytes are evidence. */
static void
test_sound(void)
{
    static const char *const sound[] = {
        /* a blank at the end of some lines, and a line of blanks: a fold's rest */
        "From: <a@example.jp> \nTo: b@example.jp\nDate: Mon, 2 Nov 2026 10:00:00 +0900 \nMessage-ID: <1@example.jp> \n \none \n",
        /* in each line, but with an empty one below */
        "From: <a@example.jp> \nTo: b@example.jp \nDate: Mon, 2 Nov 2026 10:00:00 +0900 \nMessage-ID: <1@example.jp> \n\n \none \n",
        HEAD "Subject: x\n\nbody\n",
        "From mika Mon Nov  2 10:00:00 2026\n" HEAD "\nbody\n",
        ">From mika Mon Nov  2 10:00:00 2026\n" HEAD "\nbody\n",
        "\xEF\xBB\xBF" HEAD "\nbody\n",
        TRACE "a line of junk\n" AUTHOR "Date: Mon, 2 Nov 2026 10:00:00 +0900\n\nbody\n",
        "From: <a@example.jp>$\nTo: b@example.jp$\nMessage-ID: <1@example.jp>$\nSubject: x\n\none\n",
        HEAD "\n\"From: a@example.jp\"\n\"To: b@example.jp\"\n\"Message-ID: <1@example.jp>\"\n",
        HEAD "\n> From: a@example.jp\n> To: b@example.jp\n> Date: Mon, 2 Nov 2026 10:00:00 "
             "+0900\n> Subject: x\n",
        HEAD "\n" FLAT "\n",
        /* links that lead elsewhere, or one that a person wrote */
        HEAD "Subject: [a@example.jp](mailto:a@example.jp)\n\nbody\n",
        HEAD "Reply-To: [b@example.jp](mailto:a@example.jp), c@example.jp<mailto:a@example.jp>\nCc: <a href=\"mailto:a@example.jp\">A</a>\n\nbody\n",
        HEAD "List-Unsubscribe: <mailto:a@example.jp>, <https://a.example/>\n\na@example.jp<mailto:a@example.jp>\n",
        HEAD "\n```\n" HEAD "```\n",
        HEAD "\n" HEAD "\nbody\n",
        HEAD "\nFrom: &lt;a@example.jp&gt;<br>To: &lt;b@example.jp&gt;<br>\n",
        HEAD "\nReceived: a\n\nFrom: b\n\nTo: c\n\nDate: d\n\nSubject: e\n\n",
        HEAD "Subject: Tom &amp; Jerry <br> &lt;3 *** \xE2\x97\x8F\xE2\x97\x8F\xE2\x97\x8F "
             "xxx\n\nbody\n",
        HEAD "Subject: Fw: From: a@example.jp Date: Mon, 2 Nov 2026\n\nbody\n",
        HEAD "Subject: zero\xE2\x80\x8B width\xC2\xA0 and \xE2\x80\x9Cquotes\xE2\x80\x9D "
             "\xEF\xBC\x9A\n\nbody\n",
        TRACE "From: \"*** Shop ***\" <a@example.jp>\nTo: \xE2\x97\x8F\xE2\x97\x8F\xE2\x97\x8F "
              "sale <b@example.jp>\n\nbody\n",
        TRACE "From: a@xxx.com\nTo: user@xxxlarge.example\nDate: Mon, 2 Nov 2026 10:00:00 "
              "+0900\n\nbody\n",
        HEAD "Subject: DKIM: pass and SPF: pass\n\nSPF: PASS\nDKIM: PASS\n",
        "X-Unknown: 1\n" HEAD "\nbody\n",
        "From\t: b@example.net\n" HEAD "\nbody\n",
        "From \t:b@example.net\n" HEAD "\nbody\n",
        "Subject : x\n" HEAD "\nbody\n",
        "Content-Type: text/html\n\n<br>From: a@example.jp<br>To: b@example.jp\n",
        TRACE AUTHOR "Content-Type: text/html\n<html>\nfor you\nby us\nwith love\nid 1\n</html>\n",
        HEAD "DKIM-Signature: v=1; d=example.jp; s=x; h=From:\n To:Date;\n bh=a b c;\n b=d e\n "
             "f\n\nbody\n",
        "From: a@example.jp\r\nTo: b@example.com\nDate: Mon, 2 Nov 2026 10:00:00 "
        "+0900\r\n\r\nbody\n",
        "Subject: x\nSPF: pass\n" HEAD "\nbody\n",
        " Received: from a.example by b.example; Mon, 2 Nov 2026 10:00:00 +0900\n" AUTHOR
        "Message-ID: <1@example.jp>\n\nbody\n",
        HEAD "Subject: &lt;a@example.jp&gt; and &lt;b@example.jp&gt;\n\nbody\n",
        HEAD "X-Raw: a\\nFrom: b\\nTo: c\\nDate: d\n\nbody\n",
        "* From: a to b\n* no more\n\nX-Unknown: 1\n",
        HEAD "\n- From: a@example.jp\n- To: b@example.jp\n- Date: Mon, 2 Nov 2026 10:00:00 +0900\n- Subject: x\n",
        "Just some text: that is no mail.\n",
        "\n\n\n",
        "x",
        ":",
        "\r",
        "\r\n\r\n",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(sound); i++) {
        g_autoptr(GBytes) bytes = bytes_of(sound[i]);
        g_test_message("%s", sound[i]);
        g_assert_false(repair_needed(bytes));
    }
}

static void
test_nothing_to_do(void)
{
    g_autoptr(Origin) origin = origin_new("paste");
    g_autoptr(GBytes) bytes = bytes_of("From: a@example.jp\r\nTo: b@example.jp\r\n\r\nbody\r\n");
    g_autoptr(GBytes) same = repair_text(bytes, NULL, origin);

    g_assert_true(g_bytes_equal(bytes, same));
    g_assert_null(origin->original);
    g_assert_null(origin->fidelity);
    g_assert_cmpuint(origin->repairs->len, ==, 0);
}

/* A signature that went with the damage is told; of a sound text, of one that kept it, and of a quoted one in a body nothing is said. */
static void
test_lost_signature(void)
{
    static const struct { const char *text; gboolean lost; } cases[] = {
        { "From: a@example.jp To: b@example.jp Message-ID: <1@example.jp> MIME-Version: 1.0 Subject: xdkim-signature: v=1; a=rsa-sha256\n", TRUE },
        { "> " TRACE "> From: <a@example.jp>\n> To: b@example.jp\n> `DKIM-Signature:` v=1; a=rsa-sha256\n", TRUE },
        { "> " TRACE "> From: <a@example.jp>\n> To: b@example.jp\n> DKIM-Signature: v=1; a=rsa-sha256\n", FALSE },
        { "> " TRACE "> From: <a@example.jp>\n> To: b@example.jp\n>\n> DKIM-Signature: v=1; a=rsa-sha256\n", FALSE },
        { "> " TRACE "> From: <a@example.jp>\n> To: b@example.jp\n> X-Google-DKIM-Signature: v=1\n> ARC-Message-Signature: h=from:dkim-signature:a=b\n", FALSE },
        { TRACE "From: <a@example.jp>\nSubject: DKIM-Signature: v=1\nTo: b@example.jp\n\none\n", FALSE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Origin) origin = origin_new("paste");
        g_autofree char *text = repaired(cases[i].text, NULL, origin);
        gboolean told = FALSE;
        for (guint k = 0; k < origin->notes->len; k++)
            told = told || g_str_equal(((const Finding *)origin->notes->pdata[k])->id, "signature-lost");
        g_test_message("%s", text);
        g_assert_cmpint(told, ==, cases[i].lost);
    }
}

/* Every repair by itself: its id, how often, what is left of the text's worth. */
static void
test_each(void)
{
    static const struct {
        const char *id, *in, *out;
        gint64 count;
        const char *fidelity;
    } cases[] = {
        { "returns", "From: a@example.jp\r\r\nTo: b@example.jp\r\r\n (x)\r\r\n\r\r\nbody\r\r\nFrom: c@example.jp\r\r\n",
          "From: a@example.jp\nTo: b@example.jp\n (x)\n\nbody\nFrom: c@example.jp\n", 6, "reencoded" },
        { "line-ends", "From: a@example.jp\rTo: b@example.jp\r\rbody\r",
          "From: a@example.jp\nTo: b@example.jp\n\nbody\n", 4, "reencoded" },
        { "escapes",
          "{\"raw\":\"From: \\u003ca@example.jp\\u003e\\r\\nTo: \\\"B\\\" "
          "<b@example.jp>\\r\\nSubject: x\\r\\n\\r\\nb\"}",
          "From: <a@example.jp>\nTo: \"B\" <b@example.jp>\nSubject: x\n\nb", 12, "reencoded" },
        { "escapes", "From: a@example.jp\\r\\n\nTo: b@example.jp\\r\\nReceived: from a.example\nby b.example;\\r\\n\n Mon, 2 Nov 2026\\r\\nSubject: x\\r\\n\\r\\none\n\ntwo\n",
          "From: a@example.jp\nTo: b@example.jp\nReceived: from a.example by b.example;\n Mon, 2 Nov 2026\nSubject: x\n\none\n\ntwo\n", 12, "reencoded" },
        { "html",
          "<pre>Received: from a.example by b<br>From: &lt;a@example.jp&gt;<br/>To: "
          "&#60;b@example.jp&#x3E;</pre>",
          "Received: from a.example by b\nFrom: <a@example.jp>\nTo: <b@example.jp>\n", 8,
          "reflowed" },
        { "html",
          "<div>From: &lt;a@example.jp&gt;</div><div>To: b@example.jp</div>\n<div><br></div>\n<div>One<br>\n<br>\nFrom: x<br></div>\n",
          "From: <a@example.jp>\nTo: b@example.jp\n\nOne\n\nFrom: x\n", 14, "reflowed" },
        { "html",
          "From: &lt;a@example.jp&gt;\n<br>To: b@example.jp\n<br>Subject: x\n",
          "From: <a@example.jp>\nTo: b@example.jp\nSubject: x\n", 4, "reflowed" },
        { "octal",
          "Nov 23 01:00:00 host filter[12]: Return-Path: <a@example.jp>#015#012From: A <a@example.jp>#012To: b@example.jp#012Received: from a.example"
          "#012#011by b.example; Mon, 2 Nov 2026 10:00:00 +0900#012#012one#012",
          "Return-Path: <a@example.jp>\nFrom: A <a@example.jp>\nTo: b@example.jp\nReceived: from a.example\n\tby b.example; "
          "Mon, 2 Nov 2026 10:00:00 +0900\n\none\n", 9, "reencoded" },
        { "quoted-printable",
          "From: <a@example.jp>\nDKIM-Signature: v=3D1; a=3Drsa-sha256; bh=3DAb=\nCd; h=3DFrom:To; b=\n=3DEf\nTo: b@example.jp=20\n\none =3D two=\n, three\n",
          "From: <a@example.jp>\nDKIM-Signature: v=1; a=rsa-sha256; bh=AbCd; h=From:To; b=Ef\nTo: b@example.jp \n\none = two, three\n", 10, "reencoded" },
        { "quoted-printable",
          "From: <a@example.jp>\nContent-Type: text/plain; charset=3Dutf-8; format=3Dflowed; delsp=3Dyes\n\na=b =3D\n",
          "From: <a@example.jp>\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\na=b =3D\n", 3, "reencoded" },
        { "html", "From: A &lt;a@example.jp&gt;\nTo: B &lt;b@example.jp&gt;\nSubject: x\nDate: Mon, 2 Nov 2026 10:00:00 +0900\n\none\n",
          "From: A <a@example.jp>\nTo: B <b@example.jp>\nSubject: x\nDate: Mon, 2 Nov 2026 10:00:00 +0900\n\none\n", 4, "reflowed" },
        { "html", "<pre>From: &lt;a@example.jp&gt;To: b@example.jpMessage-ID: &lt;1@example.jp&gt;MIME-Version: 1.0</pre>\n",
          "From: <a@example.jp>\nTo: b@example.jp\nMessage-ID: <1@example.jp>\nMIME-Version: 1.0\n", 6, "reflowed" },
        { "html", "<pre>From: &lt;a@example.jp&gt;\n\nTo: b@example.jp\n\nMIME-Version: 1.0\n\nMessage-ID: &lt;1@example.jp&gt;</pre>\n",
          "From: <a@example.jp>\nTo: b@example.jp\nMIME-Version: 1.0\nMessage-ID: <1@example.jp>\n", 6, "reflowed" },
        { "fence", "look:\n[quote=ann;12] [CODE]" HEAD "\none\n[/code][/quote]\nwell?\n", HEAD "\none\n", 2, "reencoded" },
        { "fence", "[code]\nX-One: 1\n" HEAD, "X-One: 1\n" HEAD, 1, "reencoded" },
        { "fence", "look:\n```text\n" HEAD "```\nwell?\n", HEAD, 2, "reencoded" },
        { "emphasis",
          "Look:\n\n**From:** <a@example.jp>\n**X-One:** 1\n  (x)\n**To**: b@example.jp\n**Message-ID: <1@example.jp>**\n\n**Cc:** *x*\n",
          "From: <a@example.jp>\nX-One: 1\n  (x)\nTo: b@example.jp\nMessage-ID: <1@example.jp>\n\n**Cc:** *x*\n", 4, "reflowed" },
        { "emphasis",
          "`From:` `A <a@example.jp>`\n__To__: b@example.jp\n~~Cc: ~~c@example.jp\n_Bcc:_ `d`, `e`\n***Subject:*** **x**\n",
          "From: A <a@example.jp>\nTo: b@example.jp\nCc: c@example.jp\nBcc: `d`, `e`\nSubject: **x**\n", 5, "reflowed" },
        { "emphasis", "*From:*\ta@example.jp\n\n*To:* b@example.jp\n \n*Subject:* x\n\n*Message-ID:* <1@example.jp>\n\n*Hello:* you\nthere\n",
          "From:\ta@example.jp\nTo: b@example.jp\nSubject: x\nMessage-ID: <1@example.jp>\n\n*Hello:* you\nthere\n", 4, "reflowed" },
        { "emphasis", "`From: a@example.jp`\n`Received: from a.example`\n` by b.example`\n`To: b@example.jp`\n",
          "From: a@example.jp\nReceived: from a.example\n by b.example\nTo: b@example.jp\n", 3, "reflowed" },
        { "html",
          "<p><b>From:</b> &lt;a@example.jp&gt;<br>\n<strong>To</strong>: b@example.jp<br>\n<b>Subject:</b> x</p>\n",
          "From: <a@example.jp>\nTo: b@example.jp\nSubject: x\n", 12, "reflowed" },
        { "quote-marks",
          "he wrote:\n> From: <a@example.jp>\n> To: b@example.jp\n> Date: Mon, 2 Nov 2026 10:00:00 "
          "+0900\n> \n> hello\nyes\n",
          "From: <a@example.jp>\nTo: b@example.jp\nDate: Mon, 2 Nov 2026 10:00:00 +0900\n\nhello\n",
          5, "reencoded" },
        { "quote-marks",
          ">> From: <a@example.jp>\n>> To: b@example.jp\n>> Date: Mon, 2 Nov 2026 10:00:00 "
          "+0900\n>>  (UTC)\n",
          "From: <a@example.jp>\nTo: b@example.jp\nDate: Mon, 2 Nov 2026 10:00:00 +0900\n (UTC)\n",
          4, "reencoded" },
        { "quote-marks",
          "> >> > From: <a@example.jp>\n> >> > To: b@example.jp\n> >> > Message-ID: <1@example.jp>\n> >> >\n"
          "> >> > > what you wrote\n> >> > yes\n",
          "From: <a@example.jp>\nTo: b@example.jp\nMessage-ID: <1@example.jp>\n\n> what you wrote\nyes\n",
          6, "reencoded" },
        { "quote-marks", "> From: a@example.jp\n> To: b@example.jp\n> Subject: x\n> \n> hello\n",
          "From: a@example.jp\nTo: b@example.jp\nSubject: x\n\nhello\n", 5, "reencoded" },
        { "quote-marks", "> Subject: Plans\n> From: Ann <a@example.jp>\n>\n> one\n",
          "Subject: Plans\nFrom: Ann <a@example.jp>\n\none\n", 4, "reencoded" },
        { "bullets",
          "- From: <a@example.jp>\n- To: b@example.jp\n  (x)\n- Date: Mon, 2 Nov 2026 10:00:00 +0900\n\n- one\n- two\n",
          "From: <a@example.jp>\nTo: b@example.jp\n  (x)\nDate: Mon, 2 Nov 2026 10:00:00 +0900\n\n- one\n- two\n",
          3, "reflowed" },
        { "bullets",
          "\u2022\u00A0X-One: 1\n\u2022\tFrom: a@example.jp\n\u2022 To: b@example.jp\n\u2022 Message-ID: <1@example.jp>\n",
          "X-One: 1\nFrom: a@example.jp\nTo: b@example.jp\nMessage-ID: <1@example.jp>\n", 4, "reflowed" },
        { "bullets",
          "### From: <a@example.jp>\n### To: b@example.jp\n### Date: Mon, 2 Nov 2026 10:00:00 +0900\n\n# one\n",
          "From: <a@example.jp>\nTo: b@example.jp\nDate: Mon, 2 Nov 2026 10:00:00 +0900\n\n# one\n", 3, "reflowed" },
        { "line-numbers",
          "  9: From: <a@example.jp>\n 10: To: b@example.jp\n 11:  (x)\n 12: Message-ID: "
          "<1@example.jp>\n",
          "From: <a@example.jp>\nTo: b@example.jp\n (x)\nMessage-ID: <1@example.jp>\n", 4,
          "reencoded" },
        { "trailing-blanks",
          "From: <a@example.jp> \nTo: b@example.jp \n  (x)\t\nMessage-ID: <1@example.jp> \n \none \n \ntwo\n",
          "From: <a@example.jp>\nTo: b@example.jp\n  (x)\nMessage-ID: <1@example.jp>\n\none\n\ntwo\n", 7, "reflowed" },
        { "trailing-blanks",
          "X-One: 1\u00A0\nFrom: a@example.jp \u00A0\nTo: b@example.jp\u00A0\nMessage-ID: <1@example.jp>\u00A0\n\u00A0\none\n",
          "X-One: 1\nFrom: a@example.jp\nTo: b@example.jp\nMessage-ID: <1@example.jp>\n\none\n", 5, "reflowed" },
        { "indentation",
          "\n\t From: <a@example.jp>\n\t To: b@example.jp\n\t  (x)\n\t Message-ID: "
          "<1@example.jp>\n",
          "\nFrom: <a@example.jp>\nTo: b@example.jp\n (x)\nMessage-ID: <1@example.jp>\n", 4,
          "reencoded" },
        { "indentation", "    From: a@example.jp\n    To: b@example.jp\n    Subject: x\n\n    one\n",
          "From: a@example.jp\nTo: b@example.jp\nSubject: x\n\none\n", 4, "reencoded" },
        { "indentation", "    Subject: Plans\n    X-Any-Name: x\n    From: Ann <a@example.jp>\n\n    one\n",
          "Subject: Plans\nX-Any-Name: x\nFrom: Ann <a@example.jp>\n\none\n", 4, "reencoded" },
        { "characters",
          "\xE2\x80\x8B"
          "From\xEF\xBC\x9A A\xC2\xA0<a@example.jp\xE2\x80\x8B>\nSubject: keep\xE2\x80\x8B this\n"
          "DKIM-Signature: v=1;\xC2\xA0"
          "a=\xE2\x80\x9Crsa\xE2\x80\x9D\n",
          "From: A <a@example.jp>\nSubject: keep\xE2\x80\x8B this\nDKIM-Signature: v=1; "
          "a=\"rsa\"\n",
          7, "reflowed" },
        { "blank-lines",
          TRACE "\nFrom: <a@example.jp>\n\nTo: b@example.jp\n\nSubject: x\n\nMessage-ID: "
                "<1@example.jp>\n\n\n\nbody\n",
          TRACE "From: <a@example.jp>\nTo: b@example.jp\nSubject: x\nMessage-ID: "
                "<1@example.jp>\n\nbody\n",
          6, "reflowed" },
        { "pairs",
          "{\"from\": {\"name\": \"A\"}, \"headers\": [\n {\"name\": \"Received\", \"value\": \"from a.example\\r\\n\\tby b.example\"},"
          "{\"name\":\"X-One\",\"value\":\"\"}, {\"name\" : \"From\", \"value\" : \"A \\u003ca@example.jp\\u003e\"}, "
          "{\"name\": \"To\", \"value\": \"b@example.com\"}]}\n",
          "Received: from a.example\n \tby b.example\nX-One:\nFrom: A <a@example.jp>\nTo: b@example.com\n", 4, "reflowed" },
        { "pairs",
          "[('Received', 'from a.example by b.example'), ('X-One', 'it\\'s'), ('From', \"A <a@example.jp>\"), ('To', 'b@example.com')]\n",
          "Received: from a.example by b.example\nX-One: it's\nFrom: A <a@example.jp>\nTo: b@example.com\n", 4, "reflowed" },
        { "pairs",
          "{\n  \"received\": [\n    \"from a.example by b.example\",\n    \"from c.example by a.example\"\n  ],\n  \"from\": \"a@example.jp\",\n"
          "  \"size\": 3, \"to\": [\"b@example.com\"]\n}\n",
          "received: from a.example by b.example\nreceived: from c.example by a.example\nfrom: a@example.jp\nto: b@example.com\n", 4, "reflowed" },
        { "table",
          "| Header | Value |\n|---|---|\n| Received | from a.example by b.example |\n| From | A <a@example.jp> |\n| Reply to | c@example.jp |\n"
          "| X-One | a \\| b |\n",
          "Received: from a.example by b.example\nFrom: A <a@example.jp>\nReply-to: c@example.jp\nX-One: a \\| b\n", 4, "reflowed" },
        { "table",
          "#\tHeader\tValue\n1\tReturn-Path\ta@example.jp\n2\tFrom\tA <a@example.jp>\n3\tTo\tb@example.com\n4\tMessage-ID\t<1@example.jp>\n",
          "Return-Path: a@example.jp\nFrom: A <a@example.jp>\nTo: b@example.com\nMessage-ID: <1@example.jp>\n", 4, "reflowed" },
        { "table", "From\ta@example.jp\nhop\nTo\tb@example.com\nMessage-ID\t<1@example.jp>\n",
          "From: a@example.jp\nTo: b@example.com\nMessage-ID: <1@example.jp>\n", 3, "fragments" },
        { "table",
          "Headers Found\n\nReturn-Path\na@example.jp\n\nFrom\nA <a@example.jp>\nX-One\nb: c\nTo\nb@example.com\nMessage-ID\n<1@example.jp>\n",
          "Return-Path: a@example.jp\nFrom: A <a@example.jp>\nX-One: b: c\nTo: b@example.com\nMessage-ID: <1@example.jp>\n", 5, "reflowed" },
        { "line-numbers", "1:Received: from a.example by b.example\n7:From: <a@example.jp>\n8:To: b@example.jp\n12:Message-ID: <1@example.jp>\n",
          "Received: from a.example by b.example\nFrom: <a@example.jp>\nTo: b@example.jp\nMessage-ID: <1@example.jp>\n", 4, "fragments" },
        { "line-marks", "S: 250 ok\nC: From: <a@example.jp>\nC: To: b@example.jp\nC:  (x)\nC: Message-ID: <1@example.jp>\nC:\nC: hello\nS: 250 ok\n",
          "From: <a@example.jp>\nTo: b@example.jp\n (x)\nMessage-ID: <1@example.jp>\n\nhello\n", 6, "reencoded" },
        { "line-marks",
          "\u250C\u2500\u2500\u2510\n\u2502 From: <a@example.jp>       \u2502\n\u2502 To: b@example.jp           \u2502\n\u2502  (x)                       \u2502\n"
          "\u2502 Message-ID: <1@example.jp> \u2502\n\u2502                            \u2502\n\u2502 one                        \u2502\n\u2514\u2500\u2500\u2518\n",
          "From: <a@example.jp>\nTo: b@example.jp\n (x)\nMessage-ID: <1@example.jp>\n\none\n", 6, "reencoded" },
        { "quote-marks", "| From: <a@example.jp>       |\n| To: b@example.jp           |\n| Message-ID: <1@example.jp> |\n",
          "From: <a@example.jp>\nTo: b@example.jp\nMessage-ID: <1@example.jp>\n", 3, "reencoded" },
        { "line-marks", "[10:05:01] From: <a@example.jp>\n[10:05:01] To: b@example.jp\n[10:05:02]  (x)\n[10:05:02] Message-ID: <1@example.jp>\n[10:05:02]\n[9:05:10] one\n",
          "From: <a@example.jp>\nTo: b@example.jp\n (x)\nMessage-ID: <1@example.jp>\n\none\n", 6, "reencoded" },
        { "line-marks", "one.eml:9:From: <a@example.jp>\none.eml:10:To: b@example.jp\none.eml:11:Message-ID: <1@example.jp>\n",
          "From: <a@example.jp>\nTo: b@example.jp\nMessage-ID: <1@example.jp>\n", 3, "reencoded" },
        { "strings",
          "MAIL = (b\"From: \\\"A\\\" <a@example.jp>\\r\\n\"\n        b'To: b@example.jp\\r\\n'\n        \"X-One: a\" + \"\\tb\\n\",\n        \"Message-ID: <1@example.jp>\\n\\none\")\n",
          "From: \"A\" <a@example.jp>\nTo: b@example.jp\nX-One: a\n\tb\nMessage-ID: <1@example.jp>\n\none\n", 5, "reencoded" },
        { "line-end-marks", "From: <a@example.jp>^M$\nX-One: a$^M$\n^Ib^M$\nTo: b@example.jp^M$\nMessage-ID: <1@example.jp>^M$\n^M$\none^M$\n",
          "From: <a@example.jp>\nX-One: a$\n\tb\nTo: b@example.jp\nMessage-ID: <1@example.jp>\n\none\n", 7, "reencoded" },
        { "line-end-marks", "From: <a@example.jp>      |\nTo: b@example.jp |\nSubject: a | b       |\nMessage-ID: <1@example.jp>|\n   |\none |\n",
          "From: <a@example.jp>\nTo: b@example.jp\nSubject: a | b\nMessage-ID: <1@example.jp>\n\none\n", 6, "reencoded" },
        { "line-end-marks", "From: <a@example.jp> \\\nTo: b@example.jp \\\nSubject: x \\\nMessage-ID: <1@example.jp> \\\n",
          "From: <a@example.jp>\nTo: b@example.jp\nSubject: x\nMessage-ID: <1@example.jp>\n", 4, "reencoded" },
        { "line-marks", "[From: A <a@example.jp>]\n[To: b@[192.0.2.1]]\n[Message-ID: <1@example.jp>]\n",
          "From: A <a@example.jp>\nTo: b@[192.0.2.1]\nMessage-ID: <1@example.jp>\n", 3, "reencoded" },
        { "line-marks", "+    From: <a@example.jp>\n+    To: b@example.jp\n+    Message-ID: <1@example.jp>\n",
          "From: <a@example.jp>\nTo: b@example.jp\nMessage-ID: <1@example.jp>\n", 3, "reencoded" },
        { "links",
          "Return-Path: <[a@example.jp](mailto:a@example.jp)>\nReceived: from [a.example](http://a.example/) by [b.example](https://b.example)\n"
          "From: A <[a@example.jp](mailto:A@example.jp)>\nSubject: [one](http://two.example/)\n\n[x@y](mailto:x@y)\n",
          "Return-Path: <a@example.jp>\nReceived: from a.example by b.example\nFrom: A <a@example.jp>\n"
          "Subject: [one](http://two.example/)\n\n[x@y](mailto:x@y)\n", 4, "reflowed" },
        { "links",
          "From: A <a@example.jp<mailto:a@example.jp>>\nTo: b@example.com<mailto:b@example.com>, <mailto:c@example.com|c@example.com>\n",
          "From: A <a@example.jp>\nTo: b@example.com, c@example.com\n", 3, "reflowed" },
        { "links",
          "From: A <<a href=\"mailto:a@example.jp\" target=\"_blank\">a@example.jp</a>>\nTo: b@example.com\n",
          "From: A <a@example.jp>\nTo: b@example.com\n", 1, "reflowed" },
        { "links", "From: Ann A [mailto:a@example.jp]\nTo: b@example.com\nSubject: x\n",
          "From: Ann A <a@example.jp>\nTo: b@example.com\nSubject: x\n", 1, "reflowed" },
        { "page-text", "Message details\n\nInternet headers:\n" HEAD, HEAD, 2, "reencoded" },
        { "page-text", "Your message could not be delivered.\n\nOriginal Message Details\nSubject:\tx\n\nError Details\nError:\t550 5.7.26\n\n"
          "Original Message Headers\n" HEAD, HEAD, 6, "reencoded" },
        { "page-text", "We saw this:\n\nAuthentication-Results: mx.example; spf=pass\n", "Authentication-Results: mx.example; spf=pass\n", 1, "reencoded" },
        { "one-line", "Authentication-Results: mx.example; spf=pass smtp.mailfrom=b@example.jp Return-Path: <b@example.jp> From: A <a@example.jp>\n|\n",
          "Authentication-Results: mx.example; spf=pass smtp.mailfrom=b@example.jp\nReturn-Path: <b@example.jp>\nFrom: A <a@example.jp>\n |\n", 2, "reflowed" },
        { "one-line",
          "From: \"A To: c@example.com\" <a@example.jp> To: b@example.com Date: Mon, 2 Nov 2026 10:00:00 +0900 Message-ID: <1@example.jp>\n",
          "From: \"A To: c@example.com\" <a@example.jp>\nTo: b@example.com\nDate: Mon, 2 Nov 2026 10:00:00 +0900\nMessage-ID: <1@example.jp>\n", 3, "reflowed" },
        { "one-line", FLAT,
          "Received: from a.example by b.example; Mon, 2 Nov 2026 10:00:00 +0900\nFrom: "
          "a@example.jp\n"
          "To: b@example.com\nSubject: hello\nMessage-ID: <1@example.jp>\nMIME-Version: 1.0\n",
          5, "reflowed" },
        { "glued-lines",
          "Received: from a.example by b.example; Mon, 2 Nov 2026 10:00:00 +0900From: "
          "a@example.jpTo: b@example.com"
          "Subject: helloMessage-ID: <1@example.jp>MIME-Version: 1.0",
          "Received: from a.example by b.example; Mon, 2 Nov 2026 10:00:00 +0900\nFrom: "
          "a@example.jp\n"
          "To: b@example.com\nSubject: hello\nMessage-ID: <1@example.jp>\nMIME-Version: 1.0\n",
          5, "reflowed" },
        { "quoted-printable", "{\"name\": \"From\", \"val=\nue\": \"<a@example.jp>\"}, {\"name\": \"DKIM-=\nSignature\", \"value\": \"v=3D1\"}, "
          "{\"name\": \"To\", \"value\": \"b@example.jp\"}\n",
          "From: <a@example.jp>\nDKIM-Signature: v=1\nTo: b@example.jp\n", 3, "reflowed" },
        { "folding",    /* lines of a signature */
          "Received: from a.example\n by b.example;\n Mon, 2 Nov 2026\n 16:20:05 +0900\nDKIM-Signature: v=1; a=rsa-sha256;\n h=From:To;\n b=\n"
          "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/==\nFrom: <a@example.jp>\n",
          "Received: from a.example\n by b.example;\n Mon, 2 Nov 2026\n 16:20:05 +0900\nDKIM-Signature: v=1; a=rsa-sha256;\n h=From:To;\n b=\n"
          " AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/==\nFrom: <a@example.jp>\n", 1, "reflowed" },
        { "folding",    /* some lines kept theirs */
          "Received: from a.example (a.example\n[192.0.2.1])\n by b.example; Mon, 2 Nov 2026\n 16:20:05 +0900\nDKIM-Signature: v=1; a=rsa-sha256;\nd=example.jp;\n"
          " h=From:To;\nb=abc\n/def\n ghi\nFrom: <a@example.jp>\n",
          "Received: from a.example (a.example\n [192.0.2.1])\n by b.example; Mon, 2 Nov 2026\n 16:20:05 +0900\nDKIM-Signature: v=1; a=rsa-sha256;\n d=example.jp;\n"
          " h=From:To;\n b=abc\n /def\n ghi\nFrom: <a@example.jp>\n", 4, "reflowed" },
        { "folding",
          "Received: from a.example (a\n[192.0.2.1])\nby b.example; Mon, 2 Nov 2026\n16:20:05 "
          "+0900\n"
          "DKIM-Signature: v=1; h=From:To:\nSubject:Date;\nb=abc\nX-Unknown: 1\nFrom: "
          "<a@example.jp>\n",
          "Received: from a.example (a\n [192.0.2.1])\n by b.example; Mon, 2 Nov 2026\n 16:20:05 "
          "+0900\n"
          "DKIM-Signature: v=1; h=From:To:\n Subject:Date;\n b=abc\nX-Unknown: 1\nFrom: "
          "<a@example.jp>\n",
          5, "reflowed" },
        { "redacted",
          TRACE
          "From: A <xxx@xxx.xxx>\nTo: [email\xC2\xA0protected]\nReply-To: bob@[redacted].example\n",
          TRACE
          "From: A <xxx@***.***>\nTo: [email\xC2\xA0protected]\nReply-To: bob@[redacted].example\n",
          3, "fragments" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) bytes = bytes_of(cases[i].in);
        g_autoptr(Origin) origin = origin_new("paste");
        g_autofree char *got = repaired(cases[i].in, NULL, origin);
        const Repair *repair = find_repair(origin, cases[i].id);
        g_test_message("%s", cases[i].id);
        g_assert_true(repair_needed(bytes));
        g_assert_cmpstr(got, ==, cases[i].out);
        g_assert_nonnull(repair);
        g_assert_cmpint(repair->count, ==, cases[i].count);
        g_assert_nonnull(repair->before);
        g_assert_nonnull(repair->after);
        g_assert_cmpstr(origin->fidelity, ==, cases[i].fidelity);
        g_assert_true(g_bytes_equal(origin->original, bytes));
    }
}

static void
test_undone(void)
{
    static const char *const undone[] = { "one-line", NULL };
    g_autoptr(Origin) origin = origin_new("paste");
    g_autofree char *got = repaired(FLAT, undone, origin);

    g_assert_cmpstr(got, ==, FLAT);
    g_assert_cmpuint(origin->repairs->len, ==, 0);
}

/* Line numbers grow by one. */
static void
test_numbers(void)
{
    g_autoptr(Origin) origin = origin_new("paste");
    g_autofree char *got =
        repaired("1: From: <a@example.jp>\n1: To: <b@example.jp>\n1: Message-ID: <1@example.jp>\n",
                 NULL, origin);

    g_assert_nonnull(got);
    g_assert_null(find_repair(origin, "line-numbers"));
}

/* A text is worth what its worst repair leaves. */
static void
test_fidelity(void)
{
    g_autoptr(Origin) origin = origin_new("paste");
    g_autofree char *got = repaired("What is this? " FLAT, NULL, origin);

    g_assert_true(g_str_has_prefix(got, "Received: from"));
    g_assert_nonnull(find_repair(origin, "page-text"));
    g_assert_nonnull(find_repair(origin, "one-line"));
    g_assert_cmpstr(origin->fidelity, ==, "reflowed");
}

static void
test_sentence(void)
{
    g_autoptr(Origin) origin = origin_new("paste");
    g_autofree char *got = repaired(FLAT, NULL, origin);
    const Repair *repair = find_repair(origin, "one-line");

    g_assert_cmpstr(repair->text, ==, "5 line breaks restored: they had become blanks");
    g_assert_true(g_str_has_suffix(repair->before, "From: a@example.jp"));
    g_assert_cmpstr(repair->after, ==, "From: a@example.jp");
}

/* In a flat text a name is no field everywhere. */
static void
test_context(void)
{
    static const char *const kept[] = {
        "Subject: Re: here: Fw: 16:20 Your Order Status: sent",
        "To: undisclosed-recipients: ;",
        "List-Unsubscribe: <mailto:u@example.jp?subject=Subject: leave&body=To: x>",
        "From: \"Sales: To: all\" <a@example.jp>",
        "From: \"The \\\"Sales\\\" X-Foo: all\" <a@example.jp>",
        "Received-SPF: pass (mx: domain of X-Foo: a) client-ip=192.0.2.1",
        "DKIM-Signature: v=1; h=From: To: Subject: Date; b=abc",
        "X-Spam-Report: * 1.6 DATE_IN_PAST Date: is 3 hours before Received: date * To: has a bad "
        "address",
        "X-Mailgun-Variables: {\"Subject\": \"x: y\"}",
        "X-Mailer: Something Version: 1.2",
        "X-Source:",
        "Cc: a@example.jp, Undisclosed-Recipients: ;",
        "X-Screen: 24\" (wide",
        "X-Dimension: 24\" by 11",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(kept); i++) {
        g_autofree char *flat =
            g_strdup_printf("Message-ID: <2@example.jp> MIME-Version: 1.0 %s %s "
                            "Sender: \"B\" <b@example.jp> (b)",
                            kept[i], FLAT);
        g_autofree char *line = g_strdup_printf("\n%s\nReceived: from", kept[i]);
        g_autoptr(Origin) origin = origin_new("paste");
        g_autofree char *got = repaired(flat, NULL, origin);
        g_test_message("%s", got);
        g_assert_nonnull(strstr(got, line));
    }
}

/* The body behind the header on the same line. */
static void
test_body(void)
{
    static const struct { const char *tail, *want;
    } cases[] = {
        { " Content-Type: multipart/mixed; boundary=\"b 1\" X-SES-Outgoing: 1.2 --b 1 "
          "Content-Type: text/plain From: me --b 1--",
          "\nX-SES-Outgoing: 1.2\n\n--b 1 Content-Type: text/plain From: me --b 1--" },
        { " Content-Type: text/html; charset=utf-8 <html><body>Date: today From: me</body></html>",
          "\nContent-Type: text/html; charset=utf-8\n\n<html>" },
        { " X-SES-Outgoing: 1.2-3 Dear Hanako, thank you very much for it",
          "\nX-SES-Outgoing: 1.2-3\n\nDear Hanako" },
        { " Content-Transfer-Encoding: 7bit Name: Hanako E-mail: a@example.jp Topic: x",
          "\nContent-Transfer-Encoding: 7bit\n\nName: Hanako E-mail: a@example.jp Topic: x" },
        { " Content-Type: text/plain; format=flowed; charset = \"utf-8\"",
          "\nContent-Type: text/plain; format=flowed; charset = \"utf-8\"\n" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *flat = g_strconcat(FLAT, cases[i].tail, NULL);
        g_autoptr(Origin) origin = origin_new("paste");
        g_autofree char *got = repaired(flat, NULL, origin);
        g_test_message("%s", got);
        g_assert_nonnull(strstr(got, cases[i].want));
    }
}

#define TABLE_EN                                                                                   \
    "Original Message\nMessage ID\t<1@example.jp>\nCreated at:\tMon, Nov 2, 2026 at 1:07 "         \
    "PM\nFrom:\tA <a@example.jp>\n"                                                                \
    "To:\tb@example.com\nSubject:\tx\nSPF:\tPASS with IP 192.0.2.8 Learn more\n"                   \
    "DKIM:\t'PASS' with domain example.jp Learn more\nDMARC:\t'FAIL' Learn more\n\nDownload "      \
    "Original\n"
#define TABLE_JA                                                                                   \
    "\xE5\x85\x83\xE3\x81\xAE\xE3\x83\xA1\xE3\x83\x83\xE3\x82\xBB\xE3\x83\xBC\xE3\x82\xB8\n"       \
    "SPF:\tSOFTFAIL\xEF\xBC\x88IP: 2001:db8::8\xEF\xBC\x89\xE8\xA9\xB3\xE7\xB4\xB0\n"              \
    "DKIM:\t\xE3\x80\x8CPASS\xE3\x80\x8D\xEF\xBC\x88"                                              \
    "d: example.jp\xEF\xBC\x89\xE8\xA9\xB3\xE7\xB4\xB0\n"

static const ReportedResult *
claimed(const Origin *origin, guint index, const char *method, const char *result)
{
    const ReportedHeader *claim = origin->claims->pdata[0];
    const ReportedResult *got = claim->results->pdata[index];

    g_assert_cmpuint(origin->claims->len, ==, 1);
    g_assert_cmpstr(claim->header, ==, "Gmail summary");
    g_assert_null(claim->authserv_id);
    g_assert_false(claim->trusted);
    g_assert_cmpstr(got->method, ==, method);
    g_assert_cmpstr(got->result, ==, result);
    return got;
}

static void
test_summary(void)
{
    g_autoptr(Origin) english = origin_new("paste"), japanese = origin_new("paste");
    g_autofree char *one =
        repaired(TABLE_EN "\nDelivered-To: b@example.com\n" HEAD "\nbody\n", NULL, english);
    g_autofree char *two = repaired(TABLE_JA HEAD "\nbody\n", NULL, japanese);

    g_assert_cmpstr(one, ==, "Delivered-To: b@example.com\n" HEAD "\nbody\n");
    g_assert_cmpstr(two, ==, HEAD "\nbody\n");
    g_assert_cmpstr(pairs_get(claimed(english, 0, "spf", "pass")->properties, "smtp.client-ip"), ==,
                    "192.0.2.8");
    g_assert_cmpstr(pairs_get(claimed(english, 1, "dkim", "pass")->properties, "header.d"), ==,
                    "example.jp");
    g_assert_cmpuint(claimed(english, 2, "dmarc", "fail")->properties->len, ==, 0);
    g_assert_cmpstr(
        pairs_get(claimed(japanese, 0, "spf", "softfail")->properties, "smtp.client-ip"), ==,
        "2001:db8::8");
    g_assert_cmpstr(pairs_get(claimed(japanese, 1, "dkim", "pass")->properties, "header.d"), ==,
                    "example.jp");
}

/* Of a long place the beginning is shown, and that it is one. */
static void
test_beginning(void)
{
    g_autoptr(Origin) origin = origin_new("paste");
    g_autofree char *got = repaired(TABLE_EN "\nDelivered-To: b@example.com\n" HEAD "\nbody\n", NULL, origin);
    const Repair *repair = find_repair(origin, "page-text");

    g_assert_true(g_str_has_suffix(repair->before, " .."));
    g_assert_cmpuint(strlen(repair->before), ==, 200 + strlen(" .."));
}

/* The header that a notice returns is what is judged; its answer is not forgotten over it. */
static void
test_reply_above(void)
{
    g_autoptr(Origin) origin = origin_new("paste");
    g_autofree char *got = repaired("Status code: 550 5.7.26\n\nRemote Server returned '550-5.7.26 no\n\nOriginal message headers:\n\n" HEAD, NULL, origin);
    const Finding *note = origin->notes->pdata[0];

    g_assert_cmpstr(got, ==, HEAD);
    g_assert_cmpstr(note->id, ==, "paste-reply-above");
    g_assert_cmpstr(note->args->pdata[0], ==, "550-5.7.26 no");
}

static void
test_summary_alone(void)
{
    g_autoptr(Origin) origin = origin_new("paste");
    g_autofree char *got = repaired(TABLE_EN, NULL, origin);

    g_assert_nonnull(strstr(
        got,
        "Message-ID: <1@example.jp>\nFrom: A <a@example.jp>\nTo: b@example.com\nSubject: x\n"));
    g_assert_cmpstr(origin->fidelity, ==, "fragments");
    g_assert_cmpstr(((const Finding *)origin->notes->pdata[0])->id, ==, "paste-table-only");
    claimed(origin, 2, "dmarc", "fail");
}

/* Typed off a picture: no tabs, no colons, a word misspelled. An author's address is no Message-ID. */
static void
test_summary_typed(void)
{
    g_autoptr(Origin) origin = origin_new("paste");
    g_autofree char *got = repaired("Original message\nMesage ID <1@example.jp>\nFrom A <a@example.jp>\nTo b@example.com\n"
                                    "SPF PASS with IP 192.0.2.8\nDKIM PASS with domain example.jp\nDMARC FAIL\n",
                                    NULL, origin);

    g_assert_nonnull(strstr(got, "Message-ID: <1@example.jp>\nFrom: A <a@example.jp>\nTo: b@example.com\n"));
    g_assert_null(strstr(got, "Message-ID: <a@example.jp>"));
    claimed(origin, 1, "dkim", "pass");
}

#define HEADING "From: A <a@example.jp>\nSent: Wednesday, 18 November 2026 12:00\nTo: b@example.com\nSubject: x\n"
#define HEADING_FIELDS "From: A <a@example.jp>\nDate: Wednesday, 18 November 2026 12:00\nTo: b@example.com\nSubject: x\n"

/* Forwarded as text: nobody takes that for the source. */
static void
test_forwarded(void)
{
    static const struct { const char *raw, *want; } cases[] = {
        { "Can you look?\n\n-----Original Message-----\n" HEADING "\nDear B,\n", HEADING_FIELDS "\nDear B,\n" },
        { HEADING "\nDear B,\n", HEADING_FIELDS "\nDear B,\n" },
        { "> From: A <a@example.jp>\n> Sent: Wednesday\n> To: b@example.com\n> Subject: x\n>\n> Hello\n",
          "From: A <a@example.jp>\nDate: Wednesday\nTo: b@example.com\nSubject: x\n\nHello\n" },
        { "Von: A <a@example.jp>\nAn: b@example.com\nBetreff: x\n\nHallo\n", "From: A <a@example.jp>\nTo: b@example.com\nSubject: x\n\nHallo\n" },
        { "差出人： A <a@example.jp>\n送信日時: 2026年11月18日\n宛先: b@example.com\n件名: x\n\n", "From: A <a@example.jp>\nDate: 2026年11月18日\nTo: b@example.com\nSubject: x\n\n" },
        { "---------- Forwarded message ---------\nFrom: A <a@example.jp>\nDate: Wed, Nov 18, 2026\nSubject: x\nTo: <b@example.com>,\n <c@example.com>\n\n",
          "From: A <a@example.jp>\nDate: Wed, Nov 18, 2026\nSubject: x\nTo: <b@example.com>,\n <c@example.com>\n\n" },
        { "Begin forwarded message:\n\nFrom: A <a@example.jp>\nSubject: x\nTo: b@example.com\n\n", "From: A <a@example.jp>\nSubject: x\nTo: b@example.com\n\n" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Origin) origin = origin_new("paste");
        g_autofree char *got = repaired(cases[i].raw, NULL, origin);
        g_assert_cmpstr(got, ==, cases[i].want);
        g_assert_cmpstr(origin->fidelity, ==, "fragments");
        g_assert_cmpstr(((const Finding *)origin->notes->pdata[0])->id, ==, "paste-forwarded-text");
    }
}

/* All headers, as Apple Mail shows them to a Japanese user; labels that are names of fields stay. What begins as a message on its way
 * is none of that. */
static void
test_translated(void)
{
    static const char rest[] = "Return-Path: <b@example.jp>\nCc: c@example.com\nReply-To: d@example.jp\n" TRACE
                               "Message-ID: <1@example.jp>\nDelivered-To: b@example.com\n";
    static const char *const heads[] = { "差出人: A <a@example.jp>\n件名: x\n", "Von: A <a@example.jp>\nBetreff: x\n" };
    static const char *const none[] = { TRACE "差出人: A <a@example.jp>\n", "Von: A <a@example.jp>\nFrom: B <b@example.com>\n",
                                        "Von: A <a@example.jp>\nVon: B <b@example.com>\n" };

    for (gsize i = 0; i < G_N_ELEMENTS(heads); i++) {
        g_autoptr(Origin) origin = origin_new("paste");
        g_autofree char *text = g_strconcat(heads[i], rest, NULL);
        g_autofree char *want = g_strconcat("From: A <a@example.jp>\nSubject: x\n", rest, NULL);
        g_autofree char *got = repaired(text, NULL, origin);
        g_assert_cmpstr(got, ==, want);
        g_assert_cmpstr(origin->fidelity, ==, "reflowed");
    }
    for (gsize i = 0; i < G_N_ELEMENTS(none); i++) {
        g_autoptr(Origin) origin = origin_new("paste");
        g_autofree char *text = g_strconcat(none[i], rest, NULL);
        g_autofree char *got = repaired(text, NULL, origin);
        g_assert_null(find_repair(origin, "field-names"));
    }
}

/* What people have in hand when mail did not arrive; and text that only looks a little like it. */
static void
test_notice(void)
{
    static const struct { const char *text; gboolean notice; } cases[] = {
        { "550-5.7.26 Unauthenticated email from example.jp is not accepted due to\n550-5.7.26 domain's DMARC policy.\n", TRUE },
        { "Message blocked\nYour message to b@example.com has been blocked.\n\nThe response was:\n550 5.7.1 no\n", TRUE },
        { "Details\nSubject:\tOffer\nError:\t550-5.7.26 no\n", TRUE },
        { "Your message has been blocked.\nThere is room 550 on floor 5.7.\n", FALSE },
        { "It cost 550 5 times.\n", FALSE },
        { "From: A <a@example.jp>\nSubject: x\n\n550 5.7.1 no\n", FALSE },
        { "Look:\nFrom: A <a@example.jp>\n550 5.7.1 no\n", FALSE },
        { HEAD "\n550 5.7.1 no\n", FALSE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Origin) origin = origin_new("paste");
        g_autofree char *got = repaired(cases[i].text, NULL, origin);
        g_test_message("%s", cases[i].text);
        g_assert_cmpint(find_repair(origin, "notice-text") != NULL, ==, cases[i].notice);
        if (cases[i].notice)
            g_assert_true(g_str_has_suffix(got, cases[i].text));
    }
}

/* A header that could be one is not taken for less; and below such lines a source may have been pasted, too. */
static void
test_not_forwarded(void)
{
    static const char *const texts[] = {
        "From: A <a@example.jp>\nDate: Mon, 2 Nov 2026 10:00:00 +0900\nTo: b@example.com\nSubject: x\n\nbody\n",
        HEAD "\n-----Original Message-----\n" HEADING "\nbody\n",
        "-----Original Message-----\n" HEADING "Message-ID: <1@example.jp>\n\nbody\n",
        HEADING "\nAnd this is its source:\n\n" TRACE HEAD "\nbody\n",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(Origin) origin = origin_new("paste");
        g_autofree char *got = repaired(texts[i], NULL, origin);
        g_assert_null(find_repair(origin, "forwarded-text"));
    }
}

static void
test_redacted_note(void)
{
    g_autoptr(Origin) origin = origin_new("paste");
    g_autofree char *got = repaired(
        TRACE
        "From: <\xE2\x97\x8F\xE2\x97\x8F\xE2\x97\x8F@example.jp>\nTo: redacted@redacted.com\n"
                                    "DKIM-Signature: v=1; d=xxx.xxx; s=xxx; b=abc\n",
        NULL, origin);
    const Finding *note = origin->notes->pdata[0];

    g_assert_cmpstr(note->id, ==, "text-redacted");
    g_assert_cmpstr(note->args->pdata[0], ==, "3");
    g_assert_cmpstr(note->args->pdata[1], ==, "From");
    g_assert_nonnull(strstr(got, "To: redacted@********.***"));
    g_assert_nonnull(strstr(got, "d=***.***; s=xxx;"));
}

/* Only where the text was pasted: a body may hold whatever it likes. */
static void
test_second_message(void)
{
    g_autoptr(GBytes) bytes = bytes_of(HEAD "\n\n" HEAD "\nbody\n");
    g_autoptr(Origin) origin = origin_new("paste");
    g_autofree char *got = repaired(HEAD "\n\n" HEAD "\nbody\n", NULL, origin);

    g_assert_false(repair_needed(bytes));
    g_assert_cmpstr(got, ==, HEAD "\n\n");
    g_assert_cmpstr(((const Finding *)origin->notes->pdata[0])->id, ==, "paste-two-messages");
}

static void
test_signature(void)
{
    g_autoptr(Origin) origin = origin_new("paste");
    g_autofree char *got = repaired(
        HEAD
        "DKIM-Signature: v=3D1; d=3Dexample.jp; bh=3Dabc=3D; b=3Dde=\nf\nX-Google-DKIM-Signature: "
        "d=example.jp; bh=3Dabc=; b=x\nARC-Message-Signature: i=1; bh=47DEQpj8HBSa /TImW "
        "5JCeuQeRkm5NMpJWZG3hSuFU=; b=a b\n",
        NULL, origin);

    g_assert_nonnull(strstr(got, "DKIM-Signature: v=1; d=example.jp; bh=abc=; "
                                 "b=def\nX-Google-DKIM-Signature: d=example.jp; bh=3Dabc=; b=x\n"));
    g_assert_nonnull(strstr(got, "bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=a b\n"));
}

static void
test_count(void)
{
    g_autoptr(GBytes)
        none = bytes_of(""),
        some = bytes_of(FLAT " X-Unknown-Thing: 1"),
        body = bytes_of(
            "> From: a@example.jp\n> To: b@example.jp\n> Message-ID: <1@example.jp>\n>\n> hi\n");
    const RepairCount empty = repair_count(none), flat = repair_count(some),
                      quoted = repair_count(body);

    g_assert_cmpuint(empty.fields + empty.known + empty.repairs, ==, 0);
    g_assert_cmpuint(flat.fields, ==, 7);
    g_assert_cmpuint(flat.known, ==, 6);
    g_assert_cmpuint(flat.repairs, ==, 1);
    g_assert_false(flat.body);
    g_assert_cmpuint(quoted.fields, ==, 3);
    g_assert_true(quoted.body);
}

static void
add_random(GString *text)
{
    static const char *const pieces[] = { "From: a@example.jp",
                                          "\n",
                                          "\n\n",
                                          " ",
                                          "\t",
                                          "> ",
                                          "```\n",
                                          "&lt;",
                                          "<br>",
                                          "\\n",
                                          "\"",
                                          "(",
                                          ")",
                                          "<",
                                          ">",
                                          "h=",
                                          "z=",
                                          "DKIM-Signature: v=1; ",
                                          "Received: from x ",
                                          "SPF: PASS",
                                          "DKIM:\tFAIL ",
                                          "\xC2\xA0",
                                          "\xE2\x80\x8B",
                                          "\xEF\xBC\x9A",
                                          "1: ",
                                          "xxx@xxx.xxx",
                                          "***",
                                          "=3D",
                                          "bh=",
                                          "boundary=\"",
                                          "--",
                                          "\\u00",
                                          "&#",
                                          "X-",
                                          ":",
                                          ";",
                                          "\xFF",
                                          "Content-Type: a/b; ",
                                          "Subject: ",
                                          "\r" };

    for (guint i = (guint)g_test_rand_int_range(0, 60); i > 0; i--)
        g_string_append(text, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
    if (g_test_rand_int_range(0, 8) == 0)
        g_string_append_c(text, '\0');
}

/* Whatever is thrown at it: no crash (the sanitizers watch), and a second repair finds less to do.
 */
static void
test_random(void)
{
    for (guint i = 0; i < 3000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_autoptr(Origin) origin = origin_new("paste");
        add_random(text);
        g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
        g_autoptr(GBytes) better = repair_text(bytes, NULL, origin);
        g_assert_nonnull(better);
        if (repair_needed(bytes))
            g_assert_cmpuint(origin->repairs->len, >, 0);
    }
}

/* What looks damaged and is not mended was not damaged: found by the test above, once in 150 runs. */
static void
test_nothing_to_mend(void)
{
    static const char *const texts[] = {
        /* the string ends before its line breaks */
        "(\"DKIM-Signature: v=1; (X-***\n:boundary=\"\\u00h=; \"DKIM:\\tFAIL --\\nSubject: SPF: PASS;\\nSubject:  x\n",
        /* a line that begins with a bare CR is blank in front */
        "Subject: one\n\rby x\nFrom: a@example.jp\n",
        /* what looks like fields stands behind the beginning of the body */
        ":boundary=\"boundary=\"xxx@xxx.xxx --boundary=\"=3DReceived: from x >>\xC2\xA0\xE2\x80\x8B<\xFF(\\n\\nContent-Type: a/b; )"
        "\xEF\xBC\x9A" "From: a@example.jph=>> '",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(Origin) origin = origin_new("paste");
        g_autoptr(GBytes) bytes = g_bytes_new_static(texts[i], strlen(texts[i]));
        g_autoptr(GBytes) better = repair_text(bytes, NULL, origin);
        g_assert_true(repair_needed(bytes) == (origin->repairs->len > 0));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/repair/names", test_names);
    g_test_add_func("/repair/sound", test_sound);
    g_test_add_func("/repair/nothing-to-do", test_nothing_to_do);
    g_test_add_func("/repair/lost-signature", test_lost_signature);
    g_test_add_func("/repair/each", test_each);
    g_test_add_func("/repair/undone", test_undone);
    g_test_add_func("/repair/numbers", test_numbers);
    g_test_add_func("/repair/fidelity", test_fidelity);
    g_test_add_func("/repair/sentence", test_sentence);
    g_test_add_func("/repair/beginning", test_beginning);
    g_test_add_func("/repair/context", test_context);
    g_test_add_func("/repair/body", test_body);
    g_test_add_func("/repair/summary", test_summary);
    g_test_add_func("/repair/reply-above", test_reply_above);
    g_test_add_func("/repair/summary-alone", test_summary_alone);
    g_test_add_func("/repair/summary-typed", test_summary_typed);
    g_test_add_func("/repair/forwarded", test_forwarded);
    g_test_add_func("/repair/not-forwarded", test_not_forwarded);
    g_test_add_func("/repair/translated", test_translated);
    g_test_add_func("/repair/notice", test_notice);
    g_test_add_func("/repair/redacted-note", test_redacted_note);
    g_test_add_func("/repair/second-message", test_second_message);
    g_test_add_func("/repair/signature", test_signature);
    g_test_add_func("/repair/count", test_count);
    g_test_add_func("/repair/random", test_random);
    g_test_add_func("/repair/nothing-to-mend", test_nothing_to_mend);
    return g_test_run();
}

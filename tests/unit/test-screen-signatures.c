/* test-screen-signatures.c: what signatures cover and what was hashed, as it is shown, and the ARC
 * ladder. SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <string.h>

#include "analysis/analysis.h"
#include "analysis/canonical.h"
#include "auth/canon.h"
#include "tui/ui.h"
#include "tui/view/arc-part.h"
#include "tui/view/coverage.h"
#include "tui/view/sheet.h"
#include "tui/view/views.h"

#include "at-screen.h"
#include "offline-host.h"

#define SIGNATURE(tags) "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; " tags \
                        " bh=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=; b=AAAA\r\n"
#define FROM "From: a@example.com\r\n"

static Message *
message_of(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(GError) error = NULL;
    Message *message = message_from_bytes(bytes, "test", &error);

    g_assert_no_error(error);
    return message;
}

static Report *
report_of(const Message *message)
{
    Resolver *resolver = resolver_offline();
    Psl *psl = psl_open(NULL, NULL);
    const AnalysisOptions options = { .at = 1795000000, .now = 1795000000, .psl = psl };
    Report *report = analysis_run(message, resolver, &options);

    resolver_free(resolver);
    psl_close(psl);
    return report;
}

/* ---- coverage ---- */

static char *
covers(const Coverage *coverage)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < coverage->fields->len; i++)
        g_string_append_c(out, ".=!S"[g_array_index(coverage->fields, FieldCover, i)]);
    return g_string_free(out, FALSE);
}

static gboolean
has(const GPtrArray *names, const char *name)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *)names, name, g_str_equal, NULL);
}

static void
test_coverage(void)
{
    static const struct { const char *h, *head, *want; } cases[] = {
        { "h=from;", FROM "To: b@example.net\r\n", "S=." },
        { "h=From : to;", "To: b@example.net\r\n" FROM, "S==" },
        { "h=from:subject;", FROM "Subject: two\r\nSubject: one\r\n", "S=!=" },
        { "h=from:subject:subject;", FROM "Subject: two\r\nSubject: one\r\n", "S===" },
        { "h=from:received;", "Received: x\r\nReceived: y\r\n" FROM, "S!==" },
        { "h=from:dkim-signature;", SIGNATURE("h=from;") FROM, "S==" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *own = g_strdup_printf(SIGNATURE("%s"), cases[i].h);
        g_autofree char *text = g_strconcat(own, cases[i].head, "\r\nhello\r\n", NULL);
        g_autoptr(Message) message = message_of(text);
        Report *report = report_of(message);
        g_autoptr(Coverage) coverage = coverage_new(message, report->dkim->pdata[0]);
        g_autofree char *got = covers(coverage);
        g_assert_cmpstr(got, ==, cases[i].want);
        report_free(report);
    }
}

static void
test_names(void)
{
    g_autoptr(Message) message =
        message_of(SIGNATURE("h=from:from:subject:cc;") FROM "Subject: x\r\nTo: b@example.net\r\n"
                   "X-One: 1\r\nX-Two: 2\r\n\r\n");
    Report *report = report_of(message);
    g_autoptr(Coverage) coverage = coverage_new(message, report->dkim->pdata[0]);

    g_assert_true(has(coverage->sealed, "From"));
    g_assert_true(has(coverage->sealed, "Cc"));
    g_assert_cmpuint(coverage->sealed->len, ==, 2);
    g_assert_true(has(coverage->open, "Subject"));
    g_assert_cmpuint(coverage->open->len, ==, 1);
    g_assert_true(has(coverage->unsigned_, "To"));
    g_assert_cmpuint(coverage->unsigned_->len, ==, 1);
    g_assert_cmpuint(coverage->others, ==, 2);
    report_free(report);
}

static Step *
diagnosis(const char *cause, const char *detail)
{
    Step *step = record_new(&step_type);

    step->id = "dkim-diagnosis";
    g_ptr_array_add(step->args, g_strdup(cause));
    g_ptr_array_add(step->args, g_strdup(detail));
    return step;
}

static void
test_blame(void)
{
    g_autoptr(Message) message = message_of(FROM "\r\none\r\ntwo\r\nthree\r\n\r\n\r\n");
    static const struct { const char *cause, *detail, *name; gboolean want; } fields[] = {
        { "cause-subject-tag", "[x]", "subject", TRUE },
        { "cause-subject-tag", "[x]", "From", FALSE },
        { "cause-from-rewritten", "Reply-To", "From", TRUE },
        { "cause-from-rewritten", "Reply-To", "Reply-To", FALSE },
        { "cause-two-changes", "[x], Reply-To", "reply-to", TRUE },
        { "cause-copied", "To, Date", "Date", TRUE },
        { "cause-other-key", NULL, "From", FALSE },
    };
    static const struct { const char *cause, *detail, *want; } bodies[] = {
        { "cause-footer", "1", "three\r\n" },
        { "cause-footer", "2", "two\r\nthree\r\n" },
        { "cause-footer", "9", "one\r\ntwo\r\nthree\r\n" },
        { "cause-banner", "2", "one\r\ntwo\r\n" },
        { "cause-blanks", NULL, "" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        Step *step = diagnosis(fields[i].cause, fields[i].detail);
        g_assert_cmpint(coverage_blames(step, fields[i].name), ==, fields[i].want);
        record_free(&step_type, step);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        Step *step = diagnosis(bodies[i].cause, bodies[i].detail);
        const Span span = coverage_blamed_body(step, message);
        g_autofree char *got = g_strndup(span_in(message_raw(message), span), span_length(span));
        g_assert_cmpstr(got, ==, bodies[i].want);
        record_free(&step_type, step);
    }
    g_assert_false(coverage_blames(NULL, "From"));
    g_assert_cmpuint(span_length(coverage_blamed_body(NULL, message)), ==, 0);
}

/* ---- what was hashed ---- */

static void
test_header_input(void)
{
    static const char relaxed[] = SIGNATURE("c=relaxed; h=subject:from:cc;")
        "From:  a@example.com \r\nSubject: a\r\n\tb\r\n\r\n";
    static const char simple[] = SIGNATURE("h=from;") "From:  a@example.com \r\n\r\n";
    g_autoptr(Message) first = message_of(relaxed);
    g_autoptr(Message) second = message_of(simple);
    Hashed *a = canonical_of(first, 0);
    Hashed *b = canonical_of(second, 0);

    g_assert_true(g_str_has_prefix(g_bytes_get_data(a->header, NULL),
                                   "subject:a b\r\nfrom:a@example.com\r\ndkim-signature:v=1; a="));
    g_assert_cmpuint(a->pieces->len, ==, 3);
    g_assert_cmpuint(g_array_index(a->pieces, HashedPiece, 1).start, ==, strlen("subject:a b\r\n"));
    g_assert_cmpuint(g_array_index(a->pieces, HashedPiece, 1).field.start, ==,
                     (gsize)(strstr(relaxed, "From:") - relaxed));
    g_assert_true(g_str_has_prefix(g_bytes_get_data(b->header, NULL),
                                   "From:  a@example.com \r\nDKIM-Signature: v=1;"));
    hashed_free(a);
    hashed_free(b);
    g_assert_null(canonical_of(first, 1));
    g_autoptr(Message) broken = message_of("DKIM-Signature: v=1; d=example.com\r\n" FROM "\r\n");
    g_assert_null(canonical_of(broken, 0));
    g_assert_null(canonical_of(broken, 36));
}

static void
append(const void *bytes, gsize length, gpointer data)
{
    g_string_append_len(data, bytes, (gssize)length);
}

/* What stands before the tail makes just the octets that l= counts, whatever l= is. */
static void
check_tail(Canon canon, const char *body, gsize limit)
{
    g_autofree char *own = g_strdup_printf(SIGNATURE("c=%s; l=%lu; h=from;"),
                                           canon == CANON_SIMPLE ? "simple" : "relaxed/relaxed",
                                           (gulong)limit);
    g_autofree char *text = g_strconcat(own, FROM "\r\n", body, NULL);
    g_autoptr(Message) message = message_of(text);
    const Span span = message_body(message);
    g_autoptr(GString) whole = g_string_new(NULL);
    g_autoptr(GString) before = g_string_new(NULL);
    Hashed *hashed = canonical_of(message, 0);

    canon_body(canon, body, strlen(body), append, whole);
    g_assert_cmpuint(hashed->length, ==, MIN(limit, whole->len));
    g_assert_true(g_bytes_get_size(hashed->body) == hashed->length);
    g_assert_true(memcmp(g_bytes_get_data(hashed->body, NULL), whole->str, hashed->length) == 0);
    if (limit >= whole->len) {
        g_assert_cmpuint(hashed->tail, ==, g_bytes_get_size(message_raw(message)));
    } else {
        /* A letter behind it keeps blank lines and blanks; its line end is not among them. */
        g_autofree char *head = g_strdup_printf("%.*sZ", (int)(hashed->tail - span.start), body);
        canon_body(canon, head, strlen(head), append, before);
        g_assert_cmpuint(before->len - 3, >=, limit - MIN(limit, 1));
        g_assert_cmpuint(before->len - 3, <=, limit + 1);
        g_assert_true(strncmp(before->str, whole->str, MIN(limit, before->len - 3)) == 0);
    }
    hashed_free(hashed);
}

static void
test_tail(void)
{
    static const char *const bodies[] = { "", "one\r\n", "a  b \r\n\r\n\tc\r\nd\r\n", "no end",
                                          "lf\nonly  here\n\nx\n", "   \r\n\r\nz\r\n" };

    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++)
        for (gsize limit = 0; limit <= strlen(bodies[i]) + 4; limit++) {
            check_tail(CANON_SIMPLE, bodies[i], limit);
            check_tail(CANON_RELAXED, bodies[i], limit);
        }
}

/* ---- the sheet ---- */

static char *
painted(const Sheet *sheet, guint width, guint height)
{
    g_autoptr(Canvas) canvas = canvas_new(width, height);

    sheet_draw(sheet, canvas, (Rect) { 0, 0, width, height }, TRUE);
    return canvas_text(canvas);
}

static void
test_sheet(void)
{
    static const char raw[] = "Head: one two three\nA  b\nC  d\nE  f\n";
    const SheetEntry whole = { SHEET_WHOLE, ROLE_TEXT, '=', ROLE_TEXT, { 0, 20 } };
    const SheetEntry same = { SHEET_SAME, ROLE_TEXT, '.', ROLE_TEXT, { 20, 25 } };
    const SheetEntry lines = { SHEET_LINES, ROLE_TEXT, '!', ROLE_TEXT, { 25, 35 } };
    g_autoptr(Sheet) sheet = sheet_new(14, TRUE);

    sheet_add(sheet, &whole, "head:one two three", 18);
    sheet_note(sheet, ROLE_DIM, "this is said of it");
    sheet_add(sheet, &same, raw + 20, 5);
    sheet_add(sheet, &lines, "C d\r\nE f\r\n", 10);
    sheet_fit(sheet, 7);
    g_autofree char *text = painted(sheet, 14, 7);
    g_assert_cmpstr(text, ==, "= head:one two\n=  three\n  ^ this is\n    said of it\n. A  b\n"
                              "! C d\n! E f\n");
    g_assert_cmpuint(sheet_target(sheet, raw).end, ==, 20);
    sheet_move(sheet, MOVE_DOWN);
    g_assert_cmpuint(sheet_target(sheet, raw).end, ==, 20);
    sheet_move(sheet, MOVE_DOWN);
    g_assert_cmpuint(sheet_target(sheet, raw).end, ==, 0);
    sheet_go(sheet, 22);
    g_assert_cmpuint(sheet_target(sheet, raw).start, ==, 22 - 2);
    sheet_move(sheet, MOVE_LAST);
    g_assert_cmpuint(sheet_target(sheet, raw).start, ==, 30);
    sheet_move(sheet, MOVE_UP);
    g_assert_cmpuint(sheet_target(sheet, raw).start, ==, 25);
    g_assert_cmpuint(sheet_target(sheet, raw).end, ==, 30);
}

static void
test_sheet_scrolls(void)
{
    const SheetEntry entry = { SHEET_SAME, ROLE_TEXT, '=', ROLE_TEXT, { 0, 400 } };
    g_autoptr(GString) raw = g_string_new(NULL);
    g_autoptr(Sheet) sheet = sheet_new(20, TRUE);

    for (guint i = 0; i < 100; i++)
        g_string_append_printf(raw, "%03u\n", i);
    sheet_add(sheet, &entry, raw->str, raw->len);
    sheet_fit(sheet, 5);
    sheet_move(sheet, MOVE_PAGE_DOWN);
    g_autofree char *page = painted(sheet, 20, 5);
    g_assert_true(g_str_has_prefix(page, "= 004\n"));
    sheet_move(sheet, MOVE_LAST);
    g_autofree char *last = painted(sheet, 20, 5);
    g_assert_true(g_str_has_prefix(last, "= 095\n"));
    sheet_fit(sheet, 50);
    g_autofree char *higher = painted(sheet, 20, 50);
    g_assert_true(g_str_has_prefix(higher, "= 050\n"));
    sheet_move(sheet, MOVE_FIRST);
    g_assert_cmpuint(sheet_target(sheet, raw->str).start, ==, 0);
}

/* ---- the views ---- */

typedef struct {
    AppInput input;
    App     *app;
    char    *files[2];
    char    *folder;
} Fixture;

static Report *
run(gpointer data)
{
    return report_of(data);
}

static gboolean
prepare(gpointer data, const Message *message, const AppChoices *choices, AppJob *job,
        GError **error)
{
    (void)data;
    (void)choices;
    (void)error;
    *job = (AppJob){ .run = run, .free = host_nothing, .data = (gpointer)message };
    return TRUE;
}

static void
open_text(Fixture *fixture, const char *text, gsize length, guint width, guint height)
{
    g_autoptr(GError) error = NULL;

    fixture->folder = g_dir_make_tmp("fromscope-XXXXXX", NULL);
    fixture->files[0] = g_build_filename(fixture->folder, "mail.eml", NULL);
    g_file_set_contents(fixture->files[0], text, (gssize)length, &error);
    g_assert_no_error(error);
    fixture->input = (AppInput){ .host = { prepare, host_offline, NULL, canonical_of },
                                 .files = fixture->files, .ascii = TRUE };
    fixture->app = app_new(&fixture->input, TRUE);
    app_start(fixture->app);
    app_resize(fixture->app, width, height);
}

static void
tear_down(Fixture *fixture)
{
    app_free(fixture->app);
    g_remove(fixture->files[0]);
    g_rmdir(fixture->folder);
    g_free(fixture->files[0]);
    g_free(fixture->folder);
}

static const char two[] = SIGNATURE("h=from:subject; c=relaxed;") SIGNATURE("h=from; l=3;")
    "Subject: second\r\nFrom:  a@example.com\r\nSubject: first\r\n\r\none\r\ntwo\r\n";

static void
test_signatures(void)
{
    Fixture fixture = { .app = NULL };

    open_text(&fixture, two, sizeof two - 1, 80, 24);
    app_press(fixture.app, '6');
    g_assert_true(sees(fixture.app, "[6 Signatures]"));
    g_assert_true(sees(fixture.app, "Signature 1 of 2: example.com"));
    app_press(fixture.app, 'c');
    g_assert_true(sees(fixture.app, "! Subject: second"));
    g_assert_true(sees(fixture.app, "= Subject: first"));
    g_assert_true(sees(fixture.app, ". DKIM-Signature"));
    app_press(fixture.app, 'c');
    g_assert_true(sees(fixture.app, "= from:a@example.com"));
    app_press(fixture.app, '\r');
    g_assert_cmpint(fixture.app->doc->current, ==, VIEW_SOURCE);
    const Span span = g_array_index(source_jumped(fixture.app), Span, 0);
    g_autofree char *jumped = g_strndup(two + span.start, span_length(span));
    g_assert_cmpstr(jumped, ==, "From:  a@example.com\r\n");
    app_press(fixture.app, 0x1B);
    app_press(fixture.app, 'c');
    g_assert_true(sees(fixture.app, "BODY AS HASHED"));
    app_press(fixture.app, 'c');
    app_press(fixture.app, 'j');
    g_assert_true(sees(fixture.app, "Signature 2 of 2: example.com"));
    app_press(fixture.app, 'c');
    app_press(fixture.app, 'G');
    g_assert_true(sees(fixture.app, "= one"));
    g_assert_true(sees(fixture.app, "! two"));
    tear_down(&fixture);
}

static void
test_wide(void)
{
    Fixture fixture = { .app = NULL };

    open_text(&fixture, two, sizeof two - 1, 160, 50);
    app_press(fixture.app, '6');
    g_assert_true(sees(fixture.app, "Signature 1 of 2: example.com"));
    g_assert_true(sees(fixture.app, "! Subject: second"));
    app_press(fixture.app, 'j');
    g_assert_true(sees(fixture.app, "Signature 2 of 2: example.com"));
    g_assert_true(sees(fixture.app, ". Subject: second"));
    for (guint i = 0; i < 4; i++) {
        g_assert_true(sees(fixture.app, i % 3 == 0 ? "SIGNED?" : i == 1 ? "HEADER AS" : "BODY AS"));
        app_press(fixture.app, 'c');
        g_assert_true(sees(fixture.app, "Tab: the other pane"));    /* the bytes have the keys */
    }
    g_assert_true(sees(fixture.app, "HEADER AS HASHED"));
    tear_down(&fixture);
}

#define SET(i, cv) "ARC-Seal: i=" i "; a=rsa-sha256; d=h" i ".example; s=s; cv=" cv "; b=AAAA\r\n" \
    "ARC-Message-Signature: i=" i "; a=rsa-sha256; d=h" i ".example; s=s; h=from; bh=AAAA; " \
    "b=AAAA\r\n"
#define AAR(i) "ARC-Authentication-Results: i=" i "; mx" i ".example; spf=pass; dmarc=fail\r\n"

static void
test_ladder(void)
{
    static const char mail[] = SET("2", "pass") AAR("2") SET("1", "none") FROM "\r\nx\r\n";
    Fixture fixture = { .app = NULL };

    open_text(&fixture, mail, sizeof mail - 1, 80, 24);
    app_press(fixture.app, '4');
    g_assert_true(sees(fixture.app, "Hop 1 has no ARC-Authentication-Results"));
    app_press(fixture.app, 'j');
    g_assert_true(sees(fixture.app, "Hop 2 of 2: h2.example"));
    g_assert_true(sees(fixture.app, "dmarc=fail"));
    app_press(fixture.app, '\t');
    app_press(fixture.app, '\r');
    g_assert_cmpint(fixture.app->doc->current, ==, VIEW_SOURCE);
    const Span span = g_array_index(source_jumped(fixture.app), Span, 0);
    g_assert_true(g_str_has_prefix(mail + span.start, "ARC-Authentication-Results: i=2"));
    tear_down(&fixture);
}

/* ---- all keys, all sizes ---- */

static char *
many(guint signatures, guint fields, gsize *length)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < signatures; i++)
        g_string_append(text, SIGNATURE("h=from:from:subject;"));
    for (guint i = 0; i < fields; i++)
        g_string_append_printf(text, "X-Field-%u: some value\r\n", i);
    for (guint i = 60; i > 0; i--)
        g_string_append_printf(text, "ARC-Seal: i=%u; cv=pass; d=x%u.example\r\n", i, i);
    g_string_append(text, FROM "\r\n");
    for (guint i = 0; i < 2000; i++)
        g_string_append(text, "a line of the body\r\n");
    *length = text->len;
    return g_string_free(text, FALSE);
}

static void
press_all(App *app, ViewId view, guint key)
{
    static const guint keys[] = { 'j', 'c', 'j', '\t', 'j', ' ', 'G', 'k', KEYCODE_PAGE_UP, 'g',
                                  '\t', 'c', KEYCODE_END, '\r', 0x1B, 'c', '\t', 'n', 'y', 'h',
                                  KEYCODE_BACKSPACE, '\t', '\r' };

    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (app->doc->current != view && app->modal == MODAL_NONE)
            app_press(app, key);
        app_press(app, keys[i]);
        canvas_free(app_paint(app));
    }
}

static void
test_every_key(void)
{
    static const guint sizes[][2] = { { 80, 24 }, { 40, 12 }, { 60, 16 }, { 160, 50 }, { 100, 12 },
                                      { 99, 13 }, { 10, 3 }, { 300, 200 } };
    gsize length = 0;
    g_autofree char *text = many(30, 200, &length);
    static const char odd[] = "DKIM-Signature: v=1; b=\r\nDKIM-Signature:\r\nARC-Seal: i=0\r\n"
                              "ARC-Authentication-Results: i=1\r\nSubject: \x1b[2J\r\n";
    const struct { const char *text; gsize length; } mails[] = {
        { text, length }, { two, sizeof two - 1 }, { odd, sizeof odd - 1 },
        { FROM, sizeof FROM - 1 } };

    for (guint m = 0; m < G_N_ELEMENTS(mails); m++) {
        Fixture fixture = { .app = NULL };
        open_text(&fixture, mails[m].text, mails[m].length, 80, 24);
        for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
            app_resize(fixture.app, sizes[i][0], sizes[i][1]);
            press_all(fixture.app, VIEW_SIGNATURES, '6');
            press_all(fixture.app, VIEW_ARC, '4');
        }
        tear_down(&fixture);
    }
}

/* Bytes changed, lost, repeated: nothing that is shown may lean on a header being whole. */
static void
test_damaged(void)
{
    static const char whole[] = SET("2", "pass") AAR("2") SET("1", "none") AAR("1")
        SIGNATURE("h=from:subject; c=relaxed/simple; l=4; t=1; x=2;") FROM
        "Subject: a\r\n b\r\nReceived: from x by y; Wed, 18 Nov 2026 10:00:00 +0000\r\n\r\n"
        "one\r\n\r\n";
    GRand *random = g_rand_new_with_seed(5);

    for (guint round = 0; round < 300; round++) {
        g_autoptr(GString) text = g_string_new(whole);
        for (gint32 i = g_rand_int_range(random, 1, 8); i > 0; i--) {
            const gssize at = g_rand_int_range(random, 0, (gint32)text->len);
            const gssize lost = g_rand_int_range(random, 0, 40);
            if (lost < 20)
                text->str[at] = (char)g_rand_int_range(random, 0, 256);
            else
                g_string_erase(text, at, MIN(lost, (gssize)text->len - at));
        }
        text->str[0] = 'A';
        Fixture fixture = { .app = NULL };
        open_text(&fixture, text->str, text->len, round % 2 ? 80 : 160, 24);
        press_all(fixture.app, VIEW_SIGNATURES, '6');
        press_all(fixture.app, VIEW_ARC, '4');
        tear_down(&fixture);
    }
    g_rand_free(random);
}

/* 10,000 signatures and more than a megabyte of fields: each key is answered at once. */
static void
test_quick(void)
{
    gsize length = 0;
    g_autofree char *text = many(10000, 50000, &length);
    Fixture fixture = { .app = NULL };
    gint64 worst = 0;

    open_text(&fixture, text, length, 160, 50);
    for (guint i = 0; i < 12; i++) {
        const gint64 before = g_get_monotonic_time();
        app_press(fixture.app, (guint)"6jjGc\tcjG4jG"[i]);
        canvas_free(app_paint(fixture.app));
        worst = MAX(worst, g_get_monotonic_time() - before);
    }
    g_test_message("worst key: %.1f ms", (double)worst / 1000);
    g_assert_cmpint(worst, <, 5 * G_USEC_PER_SEC);
    tear_down(&fixture);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/signatures/coverage", test_coverage);
    g_test_add_func("/signatures/names", test_names);
    g_test_add_func("/signatures/blame", test_blame);
    g_test_add_func("/signatures/header", test_header_input);
    g_test_add_func("/signatures/tail", test_tail);
    g_test_add_func("/signatures/sheet", test_sheet);
    g_test_add_func("/signatures/sheet-scrolls", test_sheet_scrolls);
    g_test_add_func("/signatures/view", test_signatures);
    g_test_add_func("/signatures/wide", test_wide);
    g_test_add_func("/signatures/ladder", test_ladder);
    g_test_add_func("/signatures/every-key", test_every_key);
    g_test_add_func("/signatures/damaged", test_damaged);
    g_test_add_func("/signatures/quick", test_quick);
    return g_test_run();
}

/* test-screen-app.c: documents, keys and choices, without a terminal and with a host that only
 * notes what it is asked. SPDX-License-Identifier: MIT */
#include <glib/gstdio.h>
#include <string.h>

#include "tui/ui.h"

#include "at-screen.h"

static const char mail[] =
    "Received: from a.example.com (a.example.com [192.0.2.1]) by mx.example.net; Tue, 1 Sep 2026 "
    "10:00:01 +0000\n"
    "Received: from b.example.com (b.example.com [192.0.2.2]) by a.example.com; Tue, 1 Sep 2026 "
    "10:00:00 +0000\n"
    "From: a@example.com\nSubject: one\nDate: Tue, 1 Sep 2026 10:00:00 +0000\n\ntext\n";

/* What the host was asked last. */
typedef struct {
    guint    jobs, freed;
    guint    border;
    DnsMode  dns;
    guint    trusted;
    guint    modes;
    gboolean refuse;
} Asked;

typedef struct {
    Asked    asked;
    AppInput input;
    App     *app;
    char    *none[1];
} Fixture;

static Report *
run(gpointer data)
{
    Report *report = report_new();
    Asked *asked = data;

    report->source->path = g_strdup("x");
    report->source->fidelity = g_strdup("raw");
    for (guint i = 0; i < 3; i++) {
        Hop *hop = record_new(&hop_type);
        hop->by = g_strdup_printf("host%u.example.com", 3 - i);
        hop->border = asked->border > 0 ? i + 1 == asked->border : i == 0;
        g_ptr_array_add(report->route, hop);
        ReportedHeader *header = record_new(&reported_header_type);
        header->header = g_strdup("Authentication-Results");
        header->authserv_id = i == 2 ? NULL : g_strdup_printf("mx%u.example.net", i);
        header->trusted = i == 0 && asked->trusted > 0;
        g_ptr_array_add(report->reported, header);
    }
    report->dmarc->rfc9989->result = asked->trusted > 0 ? RESULT_PASS : RESULT_UNKNOWN;
    return report;
}

static void
job_free(gpointer data)
{
    ((Asked *)data)->freed++;
}

/* Nothing runs for so long that it would have to end; but whoever leaves a list may ask for it. */
static void
job_cancel(gpointer data)
{
    (void)data;
}

static gboolean
prepare(gpointer data, const Message *message, const AppChoices *choices, AppJob *job,
        GError **error)
{
    Asked *asked = data;

    g_assert_nonnull(message);
    if (asked->refuse) {
        g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_READ, "no answers");
        return FALSE;
    }
    asked->jobs++;
    asked->border = choices->border;
    asked->dns = choices->dns;
    asked->trusted = choices->trusted->len;
    *job = (AppJob){ .run = run, .cancel = job_cancel, .free = job_free, .data = asked };
    return TRUE;
}

static DnsMode
dns(gpointer data, const char *path, guint *modes)
{
    (void)path;
    *modes = ((const Asked *)data)->modes;
    return DNS_MODE_OFFLINE;
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
    (void)data;
    fixture->asked.modes = 1u << DNS_MODE_OFFLINE | 1u << DNS_MODE_LIVE;
    fixture->input =
        (AppInput){.host = {prepare, dns, &fixture->asked}, .files = fixture->none, .ascii = TRUE};
    fixture->app = app_new(&fixture->input, TRUE);
    app_start(fixture->app);
    app_resize(fixture->app, 80, 24);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
    (void)data;
    app_free(fixture->app);
    g_assert_cmpuint(fixture->asked.jobs, ==, fixture->asked.freed);
}

static void
paste(App *app, const char *text)
{
    const InputText input = { g_bytes_new_static(text, strlen(text)), TRUE, FALSE };

    app_text(app, &input);
    while (app_busy(app))
        app_work(app, 1000);
    g_bytes_unref(input.bytes);
}

#define OPEN "^D"
#define ESC "^["

static void
test_paste(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    g_assert_true(sees(app, "Nothing is open"));
    paste(app, mail);
    g_assert_true(app_typing(app));
    g_assert_true(sees(app, "[i Paste]"));
    g_assert_true(sees(app, "5 header fields, no repair needed, body: yes"));
    press(app, "q");                                /* a letter like any other here */
    g_assert_false(app->quit);
    g_assert_true(sees(app, " q"));
    press(app, ESC);
    g_assert_true(sees(app, "Leave, and lose these"));
    press(app, "n" OPEN);
    g_assert_true(sees(app, "[1 Overview]"));
    g_assert_true(sees(app, "pasted text"));
    g_assert_cmpuint(app->stack->len, ==, 2);
    press(app, ESC);
    g_assert_cmpuint(app->stack->len, ==, 1);
    press(app, ESC);                                /* nowhere to go */
    g_assert_cmpuint(app->stack->len, ==, 1);
    g_assert_false(app->quit);
}

/* A paste while a question is asked is no answer to it. */
static void
test_paste_at_question(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    paste(app, "abc");
    press(app, ESC);
    paste(app, "yyy\n");
    g_assert_cmpint(app->modal, ==, MODAL_PASTE);
    g_assert_true(sees(app, "abcyyy"));
    press(app, ESC "y");
    g_assert_cmpint(app->modal, ==, MODAL_NONE);
    g_assert_null(app->paste);
}

static void
test_nothing_in_it(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    press(app, "i" OPEN);
    g_assert_true(sees(app, "nothing in it"));
    press(app, "x\r\r");
    app_press(app, KEYCODE_BACKSPACE);
    g_assert_cmpuint(paste_lines(app->paste), ==, 1);
    press(app, OPEN);                               /* no header: the box stays */
    g_assert_cmpint(app->modal, ==, MODAL_PASTE);
    press(app, "^U" ESC);                           /* empty: no question */
    g_assert_cmpint(app->modal, ==, MODAL_NONE);
}

static void
open_mail(App *app)
{
    paste(app, mail);
    press(app, OPEN);
}

static void
test_border(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    open_mail(app);
    press(app, "5");
    g_assert_true(sees(app, "> 3  BORDER"));         /* the newest of three */
    press(app, "kb");
    g_assert_cmpuint(fixture->asked.border, ==, 2);
    g_assert_true(sees(app, "your border"));
    g_assert_true(sees(app, "> 2  BORDER"));
    press(app, "b");
    g_assert_cmpuint(fixture->asked.border, ==, 0);
    g_assert_false(sees(app, "your border"));
}

static void
test_trust(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    open_mail(app);
    press(app, "3t");
    g_assert_cmpuint(fixture->asked.trusted, ==, 1);
    g_assert_true(sees(app, "mx0.example.net trusted: PASS, was UNKNOWN"));
    press(app, "jt");                               /* asked for, but not believed there */
    g_assert_true(sees(app, "where a stranger could put it"));
    press(app, "tjt");                              /* the one without a name */
    g_assert_true(sees(app, "no name to trust it by"));
    g_assert_cmpuint(fixture->asked.trusted, ==, 1);
    open_mail(app);                                 /* holds for the next message, too */
    g_assert_cmpuint(fixture->asked.trusted, ==, 1);
    press(app, "3t");
    g_assert_cmpuint(fixture->asked.trusted, ==, 0);
    const guint jobs = fixture->asked.jobs;
    press(app, ESC ESC);                            /* back at the first, which is judged again */
    g_assert_cmpuint(fixture->asked.jobs, ==, jobs + 1);
}

static void
test_dns(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    open_mail(app);
    g_assert_cmpint(fixture->asked.dns, ==, DNS_MODE_OFFLINE);
    press(app, "d");
    g_assert_cmpint(fixture->asked.dns, ==, DNS_MODE_LIVE);
    press(app, "d");                                /* no snapshot here */
    g_assert_cmpint(fixture->asked.dns, ==, DNS_MODE_OFFLINE);
    fixture->asked.modes |= 1u << DNS_MODE_SNAPSHOT;
    press(app, "dd");
    g_assert_cmpint(fixture->asked.dns, ==, DNS_MODE_SNAPSHOT);
    fixture->asked.modes = 1u << DNS_MODE_OFFLINE | 1u << DNS_MODE_LIVE;
    open_mail(app); /* has none: that is no reason to ask the network */
    g_assert_cmpint(fixture->asked.dns, ==, DNS_MODE_OFFLINE);
}

/* Who wants nobody to be asked is told before a key asks; any other key between them, and it is told
 * again. The command is no mistake. */
static void
test_dns_silent(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    fixture->asked.modes |= DNS_MODE_SILENT;
    open_mail(app);
    const guint jobs = fixture->asked.jobs;
    press(app, "d");
    g_assert_cmpuint(fixture->asked.jobs, ==, jobs);
    g_assert_nonnull(strstr(app->status, "d again asks DNS"));
    press(app, "jd");
    g_assert_cmpuint(fixture->asked.jobs, ==, jobs);
    press(app, "d");
    g_assert_cmpint(fixture->asked.dns, ==, DNS_MODE_LIVE);
    press(app, "d");
    g_assert_cmpint(fixture->asked.dns, ==, DNS_MODE_OFFLINE);
    press(app, "d");
    g_assert_cmpint(fixture->asked.dns, ==, DNS_MODE_OFFLINE);
    press(app, ":dns live\r");
    g_assert_cmpint(fixture->asked.dns, ==, DNS_MODE_LIVE);
}

static void
test_no_answers(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;

    (void)data;
    fixture->asked.refuse = TRUE;
    open_mail(app);
    g_assert_true(sees(app, "no answers"));
    press(app, "2305RmuodtbG?x");                   /* nothing to show, nothing falls over */
    g_assert_false(app->quit);
}

/* What is looked for among many rows can be ended, and one stays in the list. */
static void
test_search_stopped(Fixture *fixture, gconstpointer data)
{
    App *app = fixture->app;
    g_autofree char *folder = g_dir_make_tmp("app-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "box", NULL);
    char *const paths[] = { path, NULL };
    g_autoptr(GString) box = g_string_new(NULL);

    (void)data;
    for (guint i = 1; i <= 300; i++)
        g_string_append_printf(box, "From x@example.com Tue Sep  1 10:00:00 2026\nFrom: a%u@example.com\n\ntext\n\n", i);
    g_assert_true(g_file_set_contents(path, box->str, -1, NULL));
    app_open_paths(app, paths);
    while (mail_list_busy(app->doc->list))
        mail_list_work(app->doc->list, 1000);
    press(app, "/nobody\r");
    g_assert_true(mail_list_searching(app->doc->list));
    g_assert_true(sees(app, "Esc stops"));
    press(app, ESC);
    g_assert_false(mail_list_searching(app->doc->list));
    g_assert_true(sees(app, "The search was stopped"));
    g_assert_nonnull(app->doc->list);
    press(app, "/a300@\r");                         /* the next one is found as ever */
    while (mail_list_searching(app->doc->list))
        app_work(app, 1000);
    app_work(app, 1000);
    g_assert_true(sees(app, "a300@example.com"));
    press(app, ESC);                                /* nothing is looked for: back to what was open before */
    g_assert_null(app->doc->list);
    g_unlink(path);
    g_rmdir(folder);
}

/* The column of line numbers has room for the last one, however much longer it is than the first. */
static void
test_line_numbers(Fixture *fixture, gconstpointer data)
{
    static const struct { guint lines; const char *first, *last; } cases[] = {
        { 9999, "\n   1 From: a@example.com", "\n9999 end" },
        { 10000, "\n    1 From: a@example.com", "\n10000 end" },
        { 123456, "\n     1 From: a@example.com", "\n123456 end" },
    };
    App *app = fixture->app;

    (void)data;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new("From: a@example.com\n");
        for (guint line = 2; line < cases[i].lines; line++)
            g_string_append_c(text, '\n');
        g_string_append(text, "end");
        g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
        g_assert_true(app_open_bytes(app, bytes));
        press(app, "0");
        g_assert_true(sees(app, cases[i].first));
        press(app, "G");
        g_assert_true(sees(app, cases[i].last));
    }
}

/* Every view can be asked for, and at every size. */
static void
test_views(Fixture *fixture, gconstpointer data)
{
    static const struct { guint width, height;
    } sizes[] = {
        {80, 24}, {160, 50}, {60, 16}, {40, 12}, {39, 11}, {1, 1}, {300, 12}, {40, 100},
    };
    static const char keys[] = "12350mR?i";
    App *app = fixture->app;

    (void)data;
    open_mail(app);
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        app_resize(app, sizes[i].width, sizes[i].height);
        for (const char *key = keys; *key; key++) {
            app_press(app, (guint)*key);
            app_press(app, KEYCODE_DOWN);
            app_press(app, KEYCODE_PAGE_DOWN);
            app_press(app, '\t');
            app_press(app, '\r');
            g_autoptr(Canvas) canvas = app_paint(app);
            g_assert_nonnull(canvas);
            press(app, ESC "y");
        }
        if (app->stack->len < 2)
            open_mail(app);
    }
}

/* One key, one meaning: in no context two rows of the table ask for the same key. */
static void
test_table(Fixture *fixture, gconstpointer data)
{
    (void)fixture;
    (void)data;
    for (guint64 context = 1; context <= IN_SURVEY; context <<= 1) {
        g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (const Binding *binding = bindings; binding->keys; binding++) {
            if (!(binding->contexts & context))
                continue;
            g_auto(GStrv) keys = g_strsplit(binding->keys, ", ", -1);
            for (guint i = 0; keys[i]; i++) {
                g_assert_cmpuint(keys_parse(keys[i], strlen(keys[i])), !=, KEYCODE_NONE);
                if (!g_hash_table_add(seen, g_strdup(keys[i])))
                    g_error("%s twice in context %" G_GINT64_MODIFIER "x", keys[i], context);
            }
        }
    }
}

#define add(name, test) g_test_add("/screen/app/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("paste", test_paste);
    add("paste-at-question", test_paste_at_question);
    add("nothing-in-it", test_nothing_in_it);
    add("border", test_border);
    add("trust", test_trust);
    add("dns", test_dns);
    add("dns-silent", test_dns_silent);
    add("no-answers", test_no_answers);
    add("search-stopped", test_search_stopped);
    add("line-numbers", test_line_numbers);
    add("views", test_views);
    add("table", test_table);
    return g_test_run();
}

/* test-player.c: a lesson played without a screen; progress; the glossary.
 * SPDX-License-Identifier: MIT */
#include "lesson/player.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lesson/glossary.h"

#include "scratch.h"

static const char text[] =
    "title: T\nminutes: 5\n"
    "--- read\nHello\n"
    "--- predict dmarc\nid: verdict\nmisconception: 2\nexpect: softfail\nQ\nwhy: w\n"
    "--- ask\nid: which\nQ\n- no\n* yes\n- neither\nwhy: w\n"
    "--- other second.eml\n"
    "--- predict spf-check\nid: spf\nexpect: pass\nQ\nwhy: w\n"
    "--- goal\nid: fix\nactor: sender\nsolution: p=none\nQ\nwhy: w\n";

static char *folder;

static Lesson *
lesson(void)
{
    g_autofree char *path = g_build_filename(folder, "07-test", "lesson.txt", NULL);
    g_autofree char *dir = g_path_get_dirname(path);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    g_assert_cmpint(g_mkdir_with_parents(dir, 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    Lesson *made = lesson_read(dir, "en", faults);
    g_assert_nonnull(made);
    g_assert_cmpuint(faults->len, ==, 0);
    return made;
}

static void
forget(void)
{
    g_autofree char *path = progress_path();

    g_unlink(path);
}

static void
test_pages(void)
{
    g_autoptr(Player) player = player_new(lesson(), FALSE);

    g_assert_cmpuint(player_pages(player), ==, 6);
    g_assert_cmpint(player_phase(player), ==, PLAYER_TEXT);
    g_assert_true(player_hides(player));
    g_assert_false(player_back(player));
    g_assert_true(player_next(player));
    g_assert_cmpint(player_phase(player), ==, PLAYER_GUESS);
    g_assert_false(player_next(player));            /* no way around a question */
    g_assert_cmpuint(player_choices(player), ==, GUESSES);
    g_assert_false(player_guess(player, GUESSES));
    g_assert_false(player_sure(player, 1, 0));
    g_assert_true(player_guess(player, GUESS_PASS));
    g_assert_cmpint(player_phase(player), ==, PLAYER_SURE);
    g_assert_true(player_back(player));             /* to the question, not to the page before */
    g_assert_cmpint(player_phase(player), ==, PLAYER_GUESS);
    g_assert_true(player_guess(player, GUESS_FAIL));
    g_assert_false(player_sure(player, 0, 1));
    g_assert_false(player_sure(player, 4, 1));
    g_assert_true(player_sure(player, 2, 1.5));
    g_assert_cmpint(player_phase(player), ==, PLAYER_REVEAL);
    const Answer *answer = player_answer(player);
    g_assert_true(answer->right);                   /* softfail counts as fail */
    g_assert_cmpstr(answer->item, ==, "07-test/verdict");
    g_assert_cmpstr(answer->guess, ==, "fail");
    g_assert_cmpint(answer->misconception, ==, 2);
    g_assert_cmpint(answer->sure, ==, 2);
    g_assert_false(player_hides(player));
    g_assert_cmpuint(player_pages(player), ==, 6);
}

static void
assert_place(const Player *player, guint page, guint pages, gboolean again)
{
    const PlayerPlace place = player_place(player);

    g_assert_cmpuint(place.page, ==, page);
    g_assert_cmpuint(place.pages, ==, pages);
    g_assert_true(place.again == again);
}

/* What was missed comes once more at the end, and only the first answer counts. */
static void
test_missed(void)
{
    g_autoptr(Player) player = player_new(lesson(), FALSE);

    player_go(player, 2);
    g_assert_cmpint(player_phase(player), ==, PLAYER_GUESS);
    g_assert_cmpuint(player_choices(player), ==, 3);
    g_assert_true(player_guess(player, 2));
    g_assert_true(player_sure(player, 3, 1));
    g_assert_false(player_answer(player)->right);
    g_assert_cmpstr(player_answer(player)->answer, ==, "b");
    g_assert_cmpuint(player_pages(player), ==, 7);
    assert_place(player, 3, 6, FALSE);              /* as before the answer */
    g_assert_true(player_next(player));
    g_assert_true(player_hides(player));            /* another message, another question */
    g_assert_true(player_skip(player));
    g_assert_cmpuint(player_pages(player), ==, 8);
    g_assert_true(player_next(player));
    g_assert_cmpint(player_phase(player), ==, PLAYER_TASK);
    player_tried(player, FALSE);
    g_assert_cmpint(player_phase(player), ==, PLAYER_TASK);
    player_tried(player, TRUE);
    g_assert_cmpint(player_phase(player), ==, PLAYER_REACHED);
    g_assert_true(player_next(player));
    g_assert_true(player_repeats(player));
    assert_place(player, 1, 2, TRUE);
    g_assert_cmpstr(section_item(player_section(player)), ==, "which");
    g_assert_true(player_guess(player, 1));
    g_assert_true(player_sure(player, 1, 1));
    g_assert_true(player_next(player));
    assert_place(player, 2, 2, TRUE);
    g_assert_cmpstr(section_item(player_section(player)), ==, "spf");
    g_assert_true(player_guess(player, 1));
    g_assert_true(player_sure(player, 1, 1));
    g_assert_cmpuint(player_pages(player), ==, 8);  /* wrong again: not a third time */
    g_assert_true(player_next(player));
    g_assert_cmpint(player_phase(player), ==, PLAYER_END);
    assert_place(player, 6, 6, FALSE);
    g_assert_null(player_section(player));
    g_assert_cmpuint(player_asked(player), ==, 3);
    g_assert_cmpuint(player_right(player), ==, 0);
}

static void
test_messages(void)
{
    g_autoptr(Player) player = player_new(lesson(), FALSE);
    const Lesson *here = player_lesson(player);
    g_autofree char *first = lesson_message(here, 2), *second = lesson_message(here, 3);
    g_autofree char *outside = lesson_file(here, "../secret");

    g_assert_true(g_str_has_suffix(first, "07-test/message.eml"));
    g_assert_true(g_str_has_suffix(second, "07-test/second.eml"));
    g_assert_null(outside);
    /* What is told of the first message says nothing of the second. */
    player_go(player, 2);
    g_assert_cmpstr(player_told_step(player, 0), ==, "dmarc");
    g_assert_null(player_told_step(player, 1));
    g_assert_true(player_guess(player, 1));
    g_assert_true(player_sure(player, 1, 1));
    player_next(player);
    g_assert_null(player_told_step(player, 0));
}

/* The analysis has the last word about an outcome. */
static void
test_outcome(void)
{
    g_autoptr(Player) player = player_new(lesson(), FALSE);

    player_go(player, 1);
    g_assert_true(player_choice_right(player, GUESS_FAIL));
    player_set_outcome(player, RESULT_TEMPERROR);
    g_assert_true(player_choice_right(player, GUESS_UNKNOWN));
    g_assert_false(player_choice_right(player, GUESS_FAIL));
    player_set_outcome(player, RESULT_INFO);        /* no outcome */
    g_assert_true(player_choice_right(player, GUESS_UNKNOWN));
}

static void
test_progress(void)
{
    forget();
    g_autoptr(Player) player = player_new(lesson(), TRUE);

    player_go(player, 1);
    g_assert_true(player_guess(player, GUESS_PASS));
    g_assert_true(player_sure(player, 1, 1));
    g_autoptr(Progress) begun = progress_load(NULL);
    const ProgressLesson *known = progress_of(begun, "07-test");
    g_assert_nonnull(known);
    g_assert_null(known->done);
    g_assert_cmpuint(known->wrong[2], ==, 1);
    g_assert_cmpuint(known->missed->len, ==, 1);
    g_assert_cmpstr(known->missed->pdata[0], ==, "verdict");
    g_assert_true(player_next(player));
    g_autoptr(Progress) later = progress_load(NULL);
    g_assert_cmpint(progress_of(later, "07-test")->page, ==, 3);

    player_go(player, player_pages(player) - 2);
    g_assert_true(player_repeats(player));
    g_assert_true(player_guess(player, GUESS_FAIL));
    g_assert_true(player_sure(player, 3, 1));
    g_assert_true(player_next(player));
    g_autoptr(Progress) done = progress_load(NULL);
    known = progress_of(done, "07-test");
    g_assert_nonnull(known->done);
    g_assert_cmpint(known->page, ==, 0);
    g_assert_cmpuint(known->right[2], ==, 1);
    g_assert_cmpuint(known->missed->len, ==, 0);
    g_assert_null(player_fault(player));
}

/* A file that somebody else wrote: what can be read is kept, the rest is named. */
static void
test_progress_faults(void)
{
    g_autofree char *path = progress_path();
    g_autofree char *dir = g_path_get_dirname(path);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    g_assert_cmpint(g_mkdir_with_parents(dir, 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, "right = 0:1\n[01-a]\nright = 0:1, 99:1\npage = x\n"
                                            "missed = a, b\nstrange = 1\n[01-b]\nright = 3:7\n", -1,
                                      NULL));
    g_autoptr(Progress) progress = progress_load(faults);
    g_assert_cmpuint(faults->len, ==, 4);
    g_assert_cmpuint(progress_of(progress, "01-a")->missed->len, ==, 2);
    g_assert_cmpuint(progress_right(progress_of(progress, "01-b")), ==, 7);
    g_assert_null(progress_of(progress, "01-c"));
    forget();
}

/* A name that would break the file is not written. */
static void
test_progress_names(void)
{
    forget();
    Answer *answer = answer_new("x", "a", "b", 1, 0, 0);
    g_autofree char *path = progress_path();

    g_assert_true(progress_answer("bad]\nname", "item", answer, NULL));
    g_assert_true(progress_answer("01-a", "a,b", answer, NULL));
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    g_assert_true(progress_answer("01-a", "b", answer, NULL));
    g_assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
    answer_free(answer);
}

/* Somebody who practices on hundreds of messages: what was missed last is remembered, what was missed first is not. */
static void
test_progress_newest(void)
{
    forget();
    Answer *answer = answer_new("x", "a", "b", 1, 0, 0);

    for (guint i = 0; i < 230; i++) {
        g_autofree char *item = g_strdup_printf("item-%u", i);
        g_assert_true(progress_answer("predict", item, answer, NULL));
    }
    g_autoptr(Progress) progress = progress_load(NULL);
    const GPtrArray *missed = progress_of(progress, "predict")->missed;
    g_assert_cmpuint(missed->len, ==, 200);
    g_assert_cmpstr(missed->pdata[0], ==, "item-30");
    g_assert_cmpstr(missed->pdata[199], ==, "item-229");
    answer_free(answer);
    forget();
}

/* Where it cannot be written the lesson goes on, and says so once. */
static void
test_progress_unwritable(void)
{
    g_autofree char *path = progress_path();
    g_autofree char *dir = g_path_get_dirname(path);
    g_autofree char *aside = g_strconcat(dir, ".aside", NULL);

    forget();
    g_assert_cmpint(g_rename(dir, aside), ==, 0);
    g_assert_true(g_file_set_contents(dir, "no folder", -1, NULL));
    g_autoptr(Player) player = player_new(lesson(), TRUE);
    g_assert_true(player_next(player));
    g_autofree char *fault = player_fault(player);
    g_assert_nonnull(fault);
    g_assert_null(player_fault(player));
    g_unlink(dir);
    g_assert_cmpint(g_rename(aside, dir), ==, 0);
}

static Glossary *
glossary(const char *content, GPtrArray *faults)
{
    g_autofree char *path = g_build_filename(folder, "glossary.en.txt", NULL);

    g_assert_true(g_file_set_contents(path, content, -1, NULL));
    return glossary_read(path, faults);
}

static void
test_glossary(void)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Glossary) words =
        glossary("# words\n--- relay\ntitle: Relay\nalso: relays, open relay\n"
                 "see: smtp auth\nPasses mail\non.\n\n--- smtp auth\nA log-in.\n"
                 "--- spf\ntitle: SPF（送信元）\nA list of servers.\n",
                 faults);

    g_assert_cmpuint(faults->len, ==, 0);
    g_assert_cmpuint(glossary_length(words), ==, 3);
    const GlossaryEntry *relay = glossary_find(words, "RELAYS");
    g_assert_nonnull(relay);
    g_assert_cmpstr(relay->id, ==, "relay");
    g_assert_cmpstr(relay->see[0], ==, "smtp auth");
    g_assert_cmpstr(((const ScriptParagraph *)relay->text->pdata[0])->text, ==, "Passes mail on.");
    g_assert_true(glossary_find(words, "Smtp Auth") != NULL);
    g_assert_null(glossary_find(words, "nothing"));
    g_autoptr(GPtrArray) found = glossary_search(words, "server");
    g_assert_cmpuint(found->len, ==, 1);
    g_autoptr(GPtrArray) in = glossary_in(words, "Relaying is no relay; SPFの relays");
    g_assert_cmpuint(in->len, ==, 2);
    g_autoptr(GPtrArray) sorted = glossary_in(words, "SPF and smtp auth");     /* as in the list, whatever the case */
    g_assert_cmpuint(sorted->len, ==, 2);
    g_assert_cmpstr(((const GlossaryEntry *)sorted->pdata[0])->id, ==, "smtp auth");
    g_autoptr(GPtrArray) none = glossary_in(words, "prerelays spfx");
    g_assert_cmpuint(none->len, ==, 0);
}

static void
test_glossary_faults(void)
{
    static const struct { const char *text, *words; } cases[] = {
        { "hello\n--- a\nx\n", "line 1: text before" },
        { "---\nx\n", "line 1: an entry needs a name" },
        { "--- a\nx\n--- A\ny\n", "line 3: A: stands here twice" },
        { "--- a\n--- b\nx\n", "line 1: a: has no text" },
        { "--- a\nsee: nowhere\nx\n", "line 1: a: see: there is no entry nowhere" },
        { "--- a\ntitle: x\ntitle: y\nx\n", "line 3: title: stands here twice" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(Glossary) words = glossary(cases[i].text, faults);
        g_assert_nonnull(words);
        g_assert_cmpuint(faults->len, ==, 1);
        g_test_message("%s", (const char *)faults->pdata[0]);
        g_assert_nonnull(strstr(faults->pdata[0], cases[i].words));
    }
}

static void
test_lesson_names(void)
{
    g_autofree char *name = NULL, *item = NULL;

    g_assert_true(lesson_is("02-web-form", "2"));
    g_assert_true(lesson_is("02-web-form", "02"));
    g_assert_true(lesson_is("02-web-form", "web-form"));
    g_assert_true(lesson_is("02-web-form", "02-Web-Form"));
    g_assert_false(lesson_is("02-web-form", "20"));
    g_assert_false(lesson_is("02-web-form", ""));
    g_assert_true(lesson_reference("01/who", &name, &item));
    g_assert_cmpstr(name, ==, "01");
    g_assert_cmpstr(item, ==, "who");
    g_assert_false(lesson_reference("01", &name, &item));
    g_assert_false(lesson_reference("/who", &name, &item));
    g_assert_false(lesson_reference("01/", &name, &item));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("player-XXXXXX", NULL);
    g_setenv("XDG_STATE_HOME", folder, TRUE);
    g_test_add_func("/player/pages", test_pages);
    g_test_add_func("/player/missed", test_missed);
    g_test_add_func("/player/messages", test_messages);
    g_test_add_func("/player/outcome", test_outcome);
    g_test_add_func("/player/progress", test_progress);
    g_test_add_func("/player/progress-faults", test_progress_faults);
    g_test_add_func("/player/progress-names", test_progress_names);
    g_test_add_func("/player/progress-newest", test_progress_newest);
    g_test_add_func("/player/progress-unwritable", test_progress_unwritable);
    g_test_add_func("/player/glossary", test_glossary);
    g_test_add_func("/player/glossary-faults", test_glossary_faults);
    g_test_add_func("/player/lesson-names", test_lesson_names);
    const int status = g_test_run();
    scratch_remove(folder);
    g_free(folder);
    return status;
}

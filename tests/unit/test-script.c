/* test-script.c: the text of a lesson, and every fault of it with its line.
 * SPDX-License-Identifier: MIT */
#include "lesson/script.h"

#include <string.h>

#include "lesson/script-check.h"
#include "lesson/script-text.h"
#include "lesson/step-path.h"

#define HEAD "title: T\nminutes: 5\n"

static Script *
parse(const char *text, GPtrArray *faults)
{
    return script_parse(text, strlen(text), "lesson.txt", faults);
}

static const ScriptSection *
section(const Script *script, guint index)
{
    g_assert_cmpuint(index, <, script->sections->len);
    return script->sections->pdata[index];
}

static const char *
paragraph(const GPtrArray *paragraphs, guint index)
{
    g_assert_cmpuint(index, <, paragraphs->len);
    return ((const ScriptParagraph *)paragraphs->pdata[index])->text;
}

static void
test_whole(void)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Script) script =
        parse("\xEF\xBB\xBFtitle: Two senders\r\n"
              "minutes: 5\n# a comment\nhour: 2\nteaches: 1, 7 20\n\n"
              "--- read\nOne line,\nand its end.\n\n  a  table\n  b  row\nText.\n"
              "--- predict spf-vouches/alignment\nid: who\n"
              "misconception: 2\nexpect: no\nFrom: is what?\n\nwhy: Since.\nMore.\n"
              "--- ask\nid: ask\nWhich?\n- wrong\n  indeed\n* right\nwhy:\n- a list\n"
              "--- what-if aspf=s\nedit: p=none\nexpect: dmarc fail\nText\n",
              faults);

    g_assert_cmpuint(faults->len, ==, 0);
    g_assert_cmpstr(script_value(script, "title"), ==, "Two senders");
    g_assert_cmpuint(script_minutes(script), ==, 5);
    g_assert_cmpuint(script_hour(script), ==, 2);
    g_assert_cmpuint(script_teaches(script), ==, 1u << 1 | 1u << 7 | 1u << 20);
    g_assert_cmpuint(script->sections->len, ==, 4);

    const ScriptSection *read = section(script, 0);
    g_assert_cmpuint(read->text->len, ==, 4);
    g_assert_cmpstr(paragraph(read->text, 0), ==, "One line, and its end.");
    g_assert_cmpstr(paragraph(read->text, 1), ==, "  a  table");
    g_assert_true(((const ScriptParagraph *)read->text->pdata[2])->verbatim);
    g_assert_cmpstr(paragraph(read->text, 3), ==, "Text.");

    const ScriptSection *predict = section(script, 1);
    g_assert_cmpint(predict->kind, ==, SECTION_PREDICT);
    g_assert_cmpstr(predict->argument, ==, "spf-vouches/alignment");
    g_assert_cmpstr(section_item(predict), ==, "who");
    g_assert_cmpuint(section_misconception(predict), ==, 2);
    g_assert_cmpstr(section_value(predict, "expect"), ==, "no");
    g_assert_cmpstr(paragraph(predict->text, 0), ==, "From: is what?");
    g_assert_cmpstr(paragraph(predict->why, 0), ==, "Since. More.");

    const ScriptSection *ask = section(script, 2);
    g_assert_cmpuint(ask->choices->len, ==, 2);
    g_assert_cmpstr(((const ScriptChoice *)ask->choices->pdata[0])->text, ==, "wrong indeed");
    g_assert_true(((const ScriptChoice *)ask->choices->pdata[1])->right);
    g_assert_cmpstr(paragraph(ask->why, 0), ==, "- a list");

    const ScriptSection *what_if = section(script, 3);
    g_assert_cmpstr(what_if->argument, ==, "aspf=s");
    g_assert_cmpstr(section_value(what_if, "edit"), ==, "p=none");
    g_assert_true(script_find_item(script, "ask") == ask);
    g_assert_null(script_find_item(script, "nothing"));
}

/* Each text has one fault; of each its line and the words that matter. */
static void
test_faults(void)
{
    static const struct { const char *text, *line, *words; } cases[] = {
        { HEAD "hello\n--- read\nx\n", "line 3", "before the first section" },
        { HEAD "titel: X\n", "line 3", "nearest is title" },
        { HEAD "title: again\n", "line 3", "twice" },
        { HEAD "hour:\n", "line 3", "needs a value" },
        { HEAD "--- lok tree\nx\n", "line 3", "nearest is `look`" },
        { HEAD "--- look\nx\n", "line 3", "`look` needs VIEW" },
        { HEAD "--- read this\nx\n", "line 3", "takes nothing" },
        { HEAD "--- predict dmarc\nexpct: fail\nx\n", "line 4", "nearest is expect" },
        { HEAD "--- read\nid: x\nx\n", "line 4", "has no place in a section `read`" },
        { HEAD "--- predict dmarc\nid: a\nid: b\nx\n", "line 5", "id: stands here twice" },
        { HEAD "--- ask\nid: a\nx\n* right\nnot a choice\n", "line 7", "behind a choice" },
        { HEAD "--- read\nbad \xFF byte\n", "line 4", "not UTF-8" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(Script) script = parse(cases[i].text, faults);
        g_assert_nonnull(script);
        g_assert_cmpuint(faults->len, ==, 1);
        const char *fault = faults->pdata[0];
        g_test_message("%s", fault);
        g_assert_true(g_str_has_prefix(fault, "lesson.txt, "));
        g_assert_nonnull(strstr(fault, cases[i].line));
        g_assert_nonnull(strstr(fault, cases[i].words));
    }
}

/* What can be read, and is wrong all the same. */
static void
test_missing(void)
{
    static const struct { const char *text, *words; } cases[] = {
        { "minutes: 5\n--- read\nx\n", "the head has no title:" },
        { "title: T\nminutes: 900\n--- read\nx\n", "minutes: 900" },
        { HEAD "teaches: 1 99\n--- read\nx\n", "teaches: 1 99" },
        { HEAD, "there is no section" },
        { HEAD "--- read\n", "`read` has no text" },
        { HEAD "--- predict dmarc\nid: a\nx\nwhy: y\n", "`predict` has no expect:" },
        { HEAD "--- predict dmarc\nid: a\nexpect: bad\nx\nwhy: y\n", "there is no result bad" },
        { HEAD "--- predict dmarc\nid: A b\nexpect: fail\nx\nwhy: y\n", "small letters" },
        { HEAD "--- predict dmarc\nid: a\nexpect: fail\nx\n", "`predict` has no why:" },
        { HEAD "--- predict dmarc\nid: a\nmisconception: 28\nexpect: fail\nx\nwhy: y\n",
          "misconception: 28" },
        { HEAD "--- ask\nid: a\nx\n* one\nwhy: y\n", "`ask` has 1 answers" },
        { HEAD "--- ask\nid: a\nx\n* one\n* two\nwhy: y\n", "`ask` has 2 right answers" },
        { HEAD "--- look picture\nx\n", "there is no view picture" },
        { HEAD "--- what-if\nexpect: dmarc fail\nx\n", "changes nothing" },
        { HEAD "--- what-if aspf=s\nexpect: dmarc\nx\n", "not a step and its result" },
        { HEAD "--- what-if nothing=s\nexpect: dmarc fail\nx\n", "nothing" },
        { HEAD "--- goal\nid: a\nactor: king\nsolution: p=none\nx\nwhy: y\n", "actor: king" },
        { HEAD "--- goal\nid: a\nactor: dns\nsolution: p=none\nx\nwhy: y\n", "actor: dns" },
        { HEAD "--- again nowhere\n", "not LESSON/ID" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(ScriptCheck) check = script_check_new();
        Lesson lesson = { .language = (char *)"en" };
        g_autoptr(Script) script = parse(cases[i].text, check->faults);
        lesson.script = script;
        script_check_text(check, &lesson);
        g_assert_cmpuint(check->faults->len, >=, 1);
        g_test_message("%s", (const char *)check->faults->pdata[0]);
        g_assert_nonnull(strstr(check->faults->pdata[0], cases[i].words));
        g_assert_cmpuint(check->faults->len, ==, 1);
    }
}

static void
test_names(void)
{
    g_autoptr(ScriptCheck) check = script_check_new();
    g_autoptr(Script) script =
        parse(HEAD "--- read\nMail of www.example.com, esp.example, message.eml, "
                   "example.co.jp and mail.bank-of-nowhere.com.\n",
              check->faults);
    Lesson lesson = { .language = (char *)"en", .script = script };
    guint named = 0;

    script_check_text(check, &lesson);
    g_assert_cmpuint(check->faults->len, ==, 0);
    for (guint i = 0; i < check->warnings->len; i++)
        named += strstr(check->warnings->pdata[i], "may be somebody's name") != NULL ? 1 : 0;
    g_assert_cmpuint(named, ==, 1);
}

static void
test_same(void)
{
    static const struct { const char *other, *words; } cases[] = {
        { HEAD "--- read\nx\n", "has 1 sections" },
        { HEAD "--- ask\nid: a\nx\n* o\n- n\n--- read\ny\n", "the English text has `read " },
        { "title: ja\nminutes: 6\n--- read\nx\n--- ask\nid: a\nx\n* o\n- n\n", "minutes: 5" },
        { HEAD "--- read\nx\n--- ask\nid: b\nx\n* o\n- n\n", "id: a" },
        { HEAD "--- read\nx\n--- ask\nid: a\nx\n- o\n* n\n", "the answers are not those" },
    };
    g_autoptr(Script) first = parse(HEAD "--- read\nx\n--- ask\nid: a\nx\n* o\n- n\n", NULL);
    g_autoptr(Script) title =
        parse("title: ja\nminutes: 5\n--- read\nx\n--- ask\nid: a\nx\n* o\n- n\n", NULL);
    g_autoptr(ScriptCheck) good = script_check_new();

    script_check_same(good, first, title);
    g_assert_cmpuint(good->faults->len, ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(ScriptCheck) check = script_check_new();
        g_autoptr(Script) other = parse(cases[i].other, NULL);
        script_check_same(check, first, other);
        g_assert_cmpuint(check->faults->len, >=, 1);
        g_test_message("%s", (const char *)check->faults->pdata[0]);
        g_assert_nonnull(strstr(check->faults->pdata[0], cases[i].words));
    }
}

static void
test_terms(void)
{
    g_autoptr(GPtrArray) terms = script_terms_new();
    g_autofree char *plain =
        script_plain("A {relay} and {relay|relays}, %{i} {} {open\n{ MX }", terms);

    g_assert_cmpstr(plain, ==, "A relay and relays, %{i} {} {open\nMX");
    g_assert_cmpuint(terms->len, ==, 3);
    g_assert_cmpstr(((const ScriptTerm *)terms->pdata[1])->id, ==, "relay");
    g_assert_cmpstr(((const ScriptTerm *)terms->pdata[1])->shown, ==, "relays");
    g_assert_cmpstr(((const ScriptTerm *)terms->pdata[2])->id, ==, "MX");
}

/* Japanese writes no blanks where a line ends. */
static void
test_japanese(void)
{
    g_autoptr(Script) script = parse(HEAD "--- read\n合格は\nSPFの\nresult\nです。\nA\nB\n", NULL);

    g_assert_cmpstr(paragraph(section(script, 0)->text, 0), ==, "合格はSPFのresultです。A B");
}

static Step *
step(const char *id, Step *first, Step *second)
{
    Step *made = record_new(&step_type);

    made->id = id;
    if (first)
        g_ptr_array_add(made->children, first);
    if (second)
        g_ptr_array_add(made->children, second);
    return made;
}

static void
test_step_path(void)
{
    Step *one = step("alignment", NULL, NULL), *two = step("alignment", NULL, NULL);
    Step *spf = step("spf", one, NULL), *dkim = step("dkim", two, NULL);
    Step *root = step("dmarc", spf, dkim);
    g_autofree char *path = step_path_of(root, two);

    g_assert_true(step_path_find(root, "dmarc") == root);
    g_assert_true(step_path_find(root, "alignment") == one);
    g_assert_true(step_path_find(root, "dkim/alignment") == two);
    g_assert_true(step_path_find(root, "alignment#2") == two);
    g_assert_null(step_path_find(root, "alignment#3"));
    g_assert_null(step_path_find(root, "alignment#0"));
    g_assert_null(step_path_find(root, "spf/dkim"));
    g_assert_null(step_path_find(root, ""));
    g_assert_cmpstr(path, ==, "alignment#2");
    record_free(&step_type, root);
}

/* A text that never ends, sections without end: read in no time. */
static void
test_hostile(void)
{
    g_autoptr(GString) text = g_string_new(HEAD);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < 40000; i++)
        g_string_append(text, "--- ask\n* {a|\n");
    g_autoptr(Script) many = parse(text->str, faults);
    g_assert_cmpuint(many->sections->len, <=, 201);
    g_string_assign(text, HEAD "--- read\n");
    for (guint i = 0; i < 100000; i++)
        g_string_append(text, "{x}{\n");
    g_autoptr(Script) lone = parse(text->str, NULL);
    g_autofree char *plain = script_plain(paragraph(section(lone, 0)->text, 0), NULL);
    g_assert_cmpuint(strlen(plain), >, 100000);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/script/whole", test_whole);
    g_test_add_func("/script/faults", test_faults);
    g_test_add_func("/script/missing", test_missing);
    g_test_add_func("/script/names", test_names);
    g_test_add_func("/script/same", test_same);
    g_test_add_func("/script/terms", test_terms);
    g_test_add_func("/script/japanese", test_japanese);
    g_test_add_func("/script/step-path", test_step_path);
    g_test_add_func("/script/hostile", test_hostile);
    return g_test_run();
}

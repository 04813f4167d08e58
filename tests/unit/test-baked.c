/* test-baked.c: the tables that stand in the program are what its readers find in the files of data.
 * SPDX-License-Identifier: MIT */
#include "baked.h"

#include "base/place.h"
#include "headers/lookalike-part.h"
#include "receivers/check.h"
#include "receivers/presentation-part.h"

static void
same_strings(char *const *a, char *const *b)
{
    g_assert_true(!a == !b);
    for (; a && *a; a++, b++)
        g_assert_cmpstr(*a, ==, *b);
    g_assert_true(!b || !*b);
}

static void
same_rule(const RuleSpec *a, const RuleSpec *b)
{
    g_assert_cmpstr(a->id, ==, b->id);
    g_assert_true(a->check && a->check == b->check);
    g_assert_cmpuint(a->effect, ==, b->effect);
    g_assert_cmpstr(a->title, ==, b->title);
    g_assert_cmpstr(a->code, ==, b->code);
    g_assert_cmpstr(a->clash, ==, b->clash);
    g_assert_cmpstr(a->since, ==, b->since);
    g_assert_cmpstr(a->source, ==, b->source);
    g_assert_cmpstr(a->instead, ==, b->instead);
    g_assert_cmpuint(a->least, ==, b->least);
    g_assert_cmpuint(a->slot, ==, b->slot);
    same_strings(a->domains, b->domains);
}

static void
test_receivers(void)
{
    const char *const folders[] = { "src/data/receivers", NULL };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(ReceiverRules) read = receiver_rules_load(folders, faults);
    g_autoptr(ReceiverRules) baked = receiver_rules_of(&baked_receivers);

    g_assert_cmpuint(faults->len, ==, 0);
    g_assert_cmpuint(read->profiles->len, >, 3);
    g_assert_cmpuint(baked->profiles->len, ==, read->profiles->len);
    g_assert_cmpuint(baked->slots, ==, read->slots);
    for (guint i = 0; i < read->profiles->len; i++) {
        const Profile *a = read->profiles->pdata[i], *b = baked->profiles->pdata[i];
        g_assert_cmpstr(a->id, ==, b->id);
        g_assert_cmpstr(a->name, ==, b->name);
        g_assert_cmpstr(a->as_of, ==, b->as_of);
        g_assert_cmpstr(a->source, ==, b->source);
        g_assert_cmpuint(a->order, ==, b->order);
        g_assert_cmpuint(a->rules->len, ==, b->rules->len);
        for (guint k = 0; k < a->rules->len; k++)
            same_rule(a->rules->pdata[k], b->rules->pdata[k]);
    }
    receiver_rules_keep(baked);     /* what is written to is not the table */
}

static void
same_brand(const Brand *a, const Brand *b)
{
    g_assert_cmpstr(a->id, ==, b->id);
    g_assert_cmpstr(a->label, ==, b->label);
    g_assert_cmpuint(a->length, ==, b->length);
    g_assert_cmpint(a->ordinary, ==, b->ordinary);
    same_strings(a->domains, b->domains);
}

static void
test_lookalikes(void)
{
    const char *const confusables[] = { "src/data/confusables.ini", NULL };
    const char *const brands[] = { "src/data/brands.ini", NULL };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Lookalikes) read = lookalikes_load(confusables, brands, faults);
    const Lookalikes *baked = &baked_lookalikes;

    g_assert_cmpuint(faults->len, ==, 0);
    for (guint i = 0; i < G_N_ELEMENTS(read->ascii); i++)
        g_assert_cmpstr(read->ascii[i], ==, baked->ascii[i]);
    g_assert_cmpuint(read->others->len, ==, baked->others->len);
    for (guint i = 0; i < read->others->len; i++) {
        const Other *a = read->others->pdata[i], *b = lookalike_other(baked, a->code);
        g_assert_true(b && b == baked->others->pdata[i]);
        g_assert_cmpstr(a->like, ==, b->like);
    }
    g_assert_cmpuint(read->sequences->len, ==, baked->sequences->len);
    for (guint i = 0; i < read->sequences->len; i++) {
        const Sequence *a = read->sequences->pdata[i], *b = baked->sequences->pdata[i];
        g_assert_cmpstr(a->from, ==, b->from);
        g_assert_cmpstr(a->to, ==, b->to);
    }
    g_assert_cmpuint(read->brands->len, ==, baked->brands->len);
    for (guint i = 0; i < read->brands->len; i++)
        same_brand(read->brands->pdata[i], baked->brands->pdata[i]);
    g_assert_cmpuint(read->listed->len, ==, baked->listed->len);
    for (guint i = 0; i < read->listed->len; i++)
        g_assert_true(lookalike_listed(baked, read->listed->pdata[i]));
    g_assert_false(lookalike_listed(baked, "nobody.example"));
    g_assert_null(lookalike_other(baked, 0x3042));
    lookalikes_free((Lookalikes *)baked);       /* does nothing */
}

static void
test_programs(void)
{
    const char *const paths[] = { "src/data/programs.ini", NULL };
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Programs) read = programs_load(paths, faults);

    g_assert_cmpuint(faults->len, ==, 0);
    g_assert_cmpuint(read->all->len, ==, baked_programs.all->len);
    for (guint i = 0; i < read->all->len; i++) {
        const Program *a = read->all->pdata[i], *b = baked_programs.all->pdata[i];
        g_assert_cmpstr(a->id, ==, b->id);
        g_assert_cmpstr(a->name, ==, b->name);
        g_assert_cmpstr(a->as_of, ==, b->as_of);
        g_assert_cmpstr(a->source, ==, b->source);
        g_assert_cmpint(a->known, ==, b->known);
        g_assert_cmpint(a->name_only, ==, b->name_only);
        g_assert_cmpint(a->on_behalf, ==, b->on_behalf);
        g_assert_cmpint(a->via, ==, b->via);
        g_assert_cmpint(a->question, ==, b->question);
    }
    programs_free((Programs *)&baked_programs);
}

static void
same_list(const GPtrArray *a, const GPtrArray *b)
{
    g_assert_cmpuint(a->len, ==, b->len);
    for (guint i = 0; i < a->len; i++)
        g_assert_cmpstr(a->pdata[i], ==, b->pdata[i]);
}

/* Found by the names that were baked, read from the text that was. */
static void
test_providers(void)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Providers) read = providers_read("src/data/providers.ini", faults);
    g_autoptr(Providers) baked = providers_of(&baked_providers);

    g_assert_cmpuint(faults->len, ==, 0);
    g_assert_null(providers_by_envelope(baked, "nobody.example"));
    for (guint i = 0; i < providers_count(read); i++) {
        const Provider *a = providers_get(read, i);
        for (guint k = 0; k < a->envelope->len; k++)
            g_assert_cmpstr(providers_by_envelope(baked, a->envelope->pdata[k])->id, ==,
                            providers_by_envelope(read, a->envelope->pdata[k])->id);
        const Provider *b = providers_get(baked, i);
        g_assert_cmpstr(a->id, ==, b->id);
        g_assert_cmpstr(a->name, ==, b->name);
        g_assert_cmpstr(a->console, ==, b->console);
        g_assert_cmpstr(a->console_ja, ==, b->console_ja);
        g_assert_cmpstr(a->source, ==, b->source);
        same_list(a->envelope, b->envelope);
        same_list(a->signs, b->signs);
        same_list(a->hosts, b->hosts);
        same_list(a->dkim, b->dkim);
        same_list(a->mail_from, b->mail_from);
        same_list(a->effects, b->effects);
    }
    g_assert_cmpuint(providers_count(read), ==, providers_count(baked));
}

/* By the times of program and file, in seconds: a file that was written later, or that came later with an older time, is
 * another one; the files of an installation come within a minute, before and after the program. */
static void
test_came_with(void)
{
    static const struct { gint64 written, placed; gboolean want; } cases[] = {
        { 100, 500, TRUE }, { 90, 490, TRUE }, { 50, 559, TRUE }, { 101, 490, FALSE }, { 100, 561, FALSE }, { 1, 5000, FALSE },
        { 200, 5000, FALSE },
    };
    const gint64 second = 1000000000;
    const DiskFact program = { .changed = 100 * second, .placed = 500 * second };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const DiskFact file = { .changed = cases[i].written * second, .placed = cases[i].placed * second };
        g_assert_cmpint(place_came_with(&program, &file), ==, cases[i].want);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (!g_file_test("src/data", G_FILE_TEST_IS_DIR)) {
        g_print("1..0 # SKIP not run from the project's folder\n");
        return 0;
    }
    g_test_add_func("/baked/receivers", test_receivers);
    g_test_add_func("/baked/lookalikes", test_lookalikes);
    g_test_add_func("/baked/programs", test_programs);
    g_test_add_func("/baked/providers", test_providers);
    g_test_add_func("/baked/came-with", test_came_with);
    return g_test_run();
}

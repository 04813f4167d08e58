/* A table of sending services that is looked through answers as one that was read.
 * SPDX-License-Identifier: MIT */
#include "advice/provider-names.h"

#include <string.h>

#include "advice/provider.h"
#include <glib/gstdio.h>

/* As provider.c takes each line; what it says of one is a fault. */
static GPtrArray *
faults_of(const char *text)
{
    g_autofree char *path = NULL;
    GPtrArray *faults = g_ptr_array_new_with_free_func(g_free);
    const int file = g_file_open_tmp("fromscope-XXXXXX", &path, NULL);

    g_assert_cmpint(file, >=, 0);
    g_close(file, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(Providers) providers = providers_read(path, faults);
    g_assert_cmpuint(providers_count(providers), >=, 0);
    g_assert_cmpint(g_unlink(path), ==, 0);
    return faults;
}

static gboolean
looked_through(const char *text)
{
    ProviderNames *names = provider_names_new(text, strlen(text));
    const gboolean good = names != NULL;

    provider_names_free(names);
    return good;
}

static void
test_finds(void)
{
    static const char text[] = "# one\n[a]\nenvelope = Esp.example\n[b]\nsigns= esp.example ,b.example\n"
                               "hosts =out.c.example\nspf = include:d.example\n";
    static const char plain[] = "\n[b]\n  signs= esp.example ,b.example\n\thosts =out.c.example\nspf = include:d.example";
    ProviderNames *names = provider_names_new(plain, strlen(plain));

    g_assert_false(looked_through(text));       /* capitals are for the one who reads it */
    g_assert_nonnull(names);
    g_assert_true(provider_names_have(names, "esp.example"));
    g_assert_true(provider_names_have(names, "a.b.example"));
    g_assert_true(provider_names_have(names, "out.c.example"));
    g_assert_false(provider_names_have(names, "c.example"));
    g_assert_false(provider_names_have(names, "xesp.example"));
    g_assert_false(provider_names_have(names, "d.example"));
    g_assert_false(provider_names_have(names, "e"));
    provider_names_free(names);
}

/* Whatever stands in a broken table: where it is looked through, reading it finds no fault, and each fault is told at
 * once. */
static void
test_faults(void)
{
    static const char *const pieces[] = { "[a]\n", "[]\n", "[a\n", "a]\n", "signs = b.example\n", "signs = b..example\n",
        "signs = b example\n", "hosts = , ,\n", "nothing\n", "# no\n", "; no\n", "= x\n", "spf =\n", "spf\n", "dkim = x=y\n",
        "Signs = b.example\n", "signs = \xE3\x81\x82.example\n", "\n", " \t\n", "effects = a, b\n", "console.ja = x\n",
        "console.de = x\n", "signs = -_.example\n", "\xEF\xBB\xBF", "envelope = b.example.\n", "\r\n", "name = \xFF\n" };
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    guint good = 0;

    for (guint run = 0; run < 1500; run++) {
        g_autoptr(GString) text = g_string_new(run % 3 ? "[a]\n" : "");
        for (int i = g_rand_int_range(random, 0, 4); i > 0; i--)
            g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        g_autoptr(GPtrArray) faults = faults_of(text->str);
        if (!looked_through(text->str))
            continue;
        g_test_message("%s", text->str);
        g_assert_cmpuint(faults->len, ==, 0);
        good++;
    }
    g_assert_cmpuint(good, >, 100);
    for (gsize i = 0; i < 4; i++) {
        static const char *const wrong[] = { "signs = b.example\n", "[a\n", "[a]\nnothing\n", "[a]\nconsole.de = x\n" };
        g_autoptr(GPtrArray) faults = faults_of(wrong[i]);
        g_assert_cmpuint(faults->len, ==, 1);
    }
}

/* The table that is installed is one of those, and every name in it is found. */
static void
test_installed(void)
{
    g_autofree char *text = NULL;
    gsize length = 0;

    if (!g_file_get_contents("src/data/providers.ini", &text, &length, NULL)) {
        g_test_skip("not run from the project's folder");
        return;
    }
    ProviderNames *names = provider_names_new(text, length);
    g_autoptr(Providers) waits = providers_read("src/data/providers.ini", NULL);
    g_autoptr(Providers) read = providers_read("src/data/providers.ini", NULL);
    guint count = 0;
    g_assert_nonnull(names);
    for (guint i = 0; i < providers_count(read); i++) {
        const Provider *p = providers_get(read, i);
        const GPtrArray *const lists[] = { p->envelope, p->signs, p->hosts };
        for (gsize l = 0; l < G_N_ELEMENTS(lists); l++) {
            for (guint k = 0; k < lists[l]->len; k++, count++)
                g_assert_true(provider_names_have(names, lists[l]->pdata[k]));
        }
        if (p->envelope->len == 0)
            continue;
        g_autofree char *below = g_strconcat("x.", p->envelope->pdata[0], NULL);
        const Provider *found = providers_by_envelope(waits, below);
        g_assert_nonnull(found);
        g_assert_cmpstr(found->id, ==, providers_by_envelope(read, below)->id);
    }
    g_assert_cmpuint(count, >, 50);
    g_assert_null(providers_by_envelope(waits, "nobody.example"));
    provider_names_free(names);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/provider-names/finds", test_finds);
    g_test_add_func("/provider-names/faults", test_faults);
    g_test_add_func("/provider-names/installed", test_installed);
    return g_test_run();
}

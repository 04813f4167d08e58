/* target-config.c: the configuration, and a command line on top of it.
 * SPDX-License-Identifier: MIT */
#include "options/config.h"

#include <string.h>

#include "base/disk.h"
#include "base/standard.h"
#include "dns/live-context.h"
#include "fuzz.h"
#include "options/options.h"
#include "tui/keymap.h"

enum { WORDS_MAX = 12 };

/* Where the program would print its help and leave. */
gboolean
standard_print(const char *text)
{
    (void)text;
    fuzz_broken(__FILE__, __LINE__, "nobody asked for help");
}

static const char *
place(void)
{
    static char *path;

    if (path)
        return path;
    g_autofree char *made = g_dir_make_tmp("fuzz-XXXXXX", NULL);
    g_autofree char *folder = g_build_filename(made, "fromscope", NULL);
    FUZZ_REQUIRE(made && g_setenv("XDG_CONFIG_HOME", made, TRUE) && g_mkdir_with_parents(folder, 0700) == 0);
    path = g_build_filename(folder, "config", NULL);
    return path;
}

/* ---- the configuration ---- */

static gboolean
is_word(const char *option, const char *value)
{
    return !value || g_strv_contains(options_values(option), value);
}

/* What holds is sound; what was wrong is told, and what must not be passed over is remembered. */
static void
check_config(const Config *config)
{
    const LiveOptions live = { .server = config->dns_server, .timeout = LIVE_TIMEOUT_DEFAULT };

    FUZZ_REQUIRE(config->trust && config->faults && config->keys && keymap_bindings(config->keys));
    FUZZ_REQUIRE(!config->dns_server || live_options_check(&live, NULL));
    FUZZ_REQUIRE(config->dns_timeout >= 0 && config->dns_timeout <= LIVE_TIMEOUT_MAX);
    FUZZ_REQUIRE(!config->trust_anchor || disk_exists(config->trust_anchor));
    FUZZ_REQUIRE(!config->psl || disk_exists(config->psl));
    FUZZ_REQUIRE(is_word("color", config->color) && is_word("ambiguous", config->ambiguous));
    FUZZ_REQUIRE(is_word("second-opinions", config->second_opinions) && (!config->theme || *config->theme));
    FUZZ_REQUIRE(!config->misled || config->faults->len > 0);
    for (char **host = config->trust; *host; host++)
        FUZZ_REQUIRE(**host && !strchr(*host, ','));
    for (guint i = 0; i < config->faults->len; i++)
        FUZZ_REQUIRE(g_str_has_prefix(config->faults->pdata[i], config->path));
}

/* ---- the command line ---- */

/* Who asks for help leaves; short options may stand together. */
static gboolean
asks_for_help(const char *word)
{
    return g_str_has_suffix(word, "help") || g_str_has_prefix(word, "--help") || (*word == '-' && word[1] != '-' && strpbrk(word, "h?"));
}

static char **
read_words(FuzzPart rest)
{
    GPtrArray *words = g_ptr_array_new();
    FuzzPart line;

    g_ptr_array_add(words, g_strdup("fromscope"));
    while (words->len < WORDS_MAX && fuzz_line(&rest, &line)) {
        char *word = fuzz_string(line);
        if (asks_for_help(word))
            g_free(word);
        else
            g_ptr_array_add(words, word);
    }
    g_ptr_array_add(words, NULL);
    return (char **)g_ptr_array_free(words, FALSE);
}

static void
check_options(const Options *o)
{
    FUZZ_REQUIRE(o->files && o->command <= COMMAND_LESSON && o->format <= FORMAT_CSV);
    FUZZ_REQUIRE(o->index >= 0 && o->count >= 0 && (o->count == 0 || o->index >= 1) && o->jobs >= 0 && o->jobs <= 1024);
    FUZZ_REQUIRE(o->ambiguous >= 0 && o->ambiguous <= 2 && o->handout >= LESSON_PLAYED && o->handout <= LESSON_KEY);
    FUZZ_REQUIRE(!(o->dns_server && (o->offline || o->dns)));
    FUZZ_REQUIRE(!o->edits || (!o->form && edits_length(o->edits) == g_strv_length(o->what_if)));
    FUZZ_REQUIRE(o->command == COMMAND_SURVEY || (!o->merge && !o->list && !o->domain && o->format != FORMAT_CSV));
    FUZZ_REQUIRE(o->command == COMMAND_CHECK ? o->from || o->form : !o->from && !o->dkim && !o->spf && !o->form);
    if (o->command != COMMAND_REPORT && o->command != COMMAND_SURVEY)
        FUZZ_REQUIRE(!o->files_from && !o->nul && !o->isolate && o->jobs == 0 && o->count == 0);
    if (o->domain)
        fuzz_check_name(o->domain);
}

/* Without a word all that can be settled is as it was settled. */
static void
check_alone(const Config *config)
{
    char *words[] = { (char *)"fromscope", NULL };
    g_autoptr(GError) error = NULL;
    g_autoptr(Options) o = options_parse(1, words, config, &error);

    if (!o) {
        FUZZ_REQUIRE(error);
        return;
    }
    check_options(o);
    FUZZ_REQUIRE(g_strcmp0(o->theme, config->theme) == 0 && g_strcmp0(o->psl, config->psl) == 0);
    FUZZ_REQUIRE(g_strcmp0(o->trust_anchor, config->trust_anchor) == 0 && o->ascii == config->ascii);
    FUZZ_REQUIRE(!o->dns_server && o->dns_timeout == (config->dns_timeout > 0 ? config->dns_timeout : LIVE_TIMEOUT_DEFAULT));
    FUZZ_REQUIRE(o->command == COMMAND_VIEW && !o->files[0]);
}

/* A configuration, "%%", words. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    FuzzPart rest = fuzz_whole(data, size);
    const FuzzPart file = fuzz_cut(&rest);

    FUZZ_REQUIRE(g_file_set_contents_full(place(), file.bytes, (gssize)file.length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    g_autoptr(Config) config = config_load();
    g_auto(GStrv) words = read_words(rest);
    g_autoptr(GError) error = NULL;

    check_config(config);
    check_alone(config);
    g_autoptr(Options) options = options_parse((int)g_strv_length(words), words, config, &error);
    FUZZ_REQUIRE((options == NULL) == (error != NULL));
    if (options)
        check_options(options);
    return 0;
}

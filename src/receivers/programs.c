/* programs.c: reads the file of mail programs.
 * SPDX-License-Identifier: MIT */
#include "base/ini.h"
#include "base/translate.h"
#include "facts/record.h"
#include "receivers/presentation-part.h"

static void
program_free(gpointer data)
{
    g_free(data);
}

void
programs_free(Programs *programs)
{
    if (!programs || programs->baked)
        return;
    g_ptr_array_unref(programs->all);
    g_free(programs);
}

/* A section that comes again goes on where it was. */
static Program *
program_named(Programs *programs, const char *id)
{
    for (guint i = 0; i < programs->all->len; i++) {
        Program *program = programs->all->pdata[i];
        if (g_str_equal(program->id, id))
            return program;
    }
    Program *program = g_new0(Program, 1);
    program->id = g_intern_string(id);
    g_ptr_array_add(programs->all, program);
    return program;
}

static char *
set_text(const char **slot, const char *value)
{
    *slot = record_id(value);
    if (!*slot)
        return g_strdup(_("the text is longer than 256 bytes"));
    return *value ? NULL : g_strdup(_("the value is missing"));
}

static char *
set_yes(gboolean *slot, const char *value)
{
    *slot = g_str_equal(value, "yes");
    return *slot || g_str_equal(value, "no") ? NULL : g_strdup(_("yes or no is needed"));
}

/* `words` in the order of an enum. */
static char *
set_word(int *slot, const char *value, const char *const *words)
{
    for (int i = 0; words[i]; i++) {
        if (g_str_equal(words[i], value)) {
            *slot = i;
            return NULL;
        }
    }
    g_autofree char *list = g_strjoinv(", ", (char **)words);
    return g_strdup_printf(_("one of these is needed: %s"), list);
}

static char *
set(const char *section, const char *key, const char *value, gpointer data)
{
    static const char *const via[] = { "never", "unproved", "differs", NULL };
    static const char *const question[] = { "never", "neither", "nothing", NULL };
    static const char *const shows[] = { "name-and-address", "name", NULL };

    if (!*section)
        return g_strdup(_("a [section] with the name comes first"));
    Program *program = program_named(data, section);
    int word = 0;
    char *fault = NULL;
    if (g_str_equal(key, "name"))
        return set_text(&program->name, value);
    if (g_str_equal(key, "as-of"))
        return set_text(&program->as_of, value);
    if (g_str_equal(key, "source"))
        return set_text(&program->source, value);
    if (g_str_equal(key, "known"))
        return set_yes(&program->known, value);
    if (g_str_equal(key, "on-behalf"))
        return set_yes(&program->on_behalf, value);
    if (g_str_equal(key, "shows")) {
        fault = set_word(&word, value, shows);
        program->name_only = word == 1;
    } else if (g_str_equal(key, "via")) {
        fault = set_word(&word, value, via);
        program->via = (ViaRule)word;
    } else if (g_str_equal(key, "question-mark")) {
        fault = set_word(&word, value, question);
        program->question = (QuestionRule)word;
    } else {
        fault = g_strdup_printf(_("there is no setting \"%s\" here"), key);
    }
    return fault;
}

static void
look_at_whole(const Programs *programs, const char *path, GPtrArray *faults)
{
    for (guint i = 0; i < programs->all->len; i++) {
        const Program *program = programs->all->pdata[i];
        if (!program->as_of || !program->source)
            g_ptr_array_add(faults, g_strdup_printf(_("%s: [%s] lacks as-of or source"), path,
                                                    program->id));
    }
}

Programs *
programs_load(const char *const *paths, GPtrArray *faults)
{
    Programs *programs = g_new0(Programs, 1);

    programs->all = g_ptr_array_new_with_free_func(program_free);
    for (; *paths && programs->all->len == 0; paths++) {
        g_autoptr(GPtrArray) own = ini_read(*paths, set, programs);
        if (own->len == 0)
            look_at_whole(programs, *paths, own);
        for (guint i = 0; i < own->len; i++)
            g_ptr_array_add(faults, g_strdup(own->pdata[i]));
        if (own->len > 0)
            g_ptr_array_set_size(programs->all, 0);
    }
    return programs;
}

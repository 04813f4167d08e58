/* bake.c: reads the files of data while the program is built, and prints them as tables of C.
 * SPDX-License-Identifier: MIT
 *
 * bake FOLDER prints what src/baked.h declares. The readers are those of the program, so file and
 * table cannot disagree; a file with a fault ends the build. It is never installed. */
#include <stdio.h>
#include <string.h>

#include "advice/provider-names.h"
#include "base/disk.h"
#include "base/ini.h"
#include "headers/lookalike-part.h"
#include "receivers/check.h"
#include "receivers/presentation-part.h"
#include "receivers/rules.h"

/* A field more has to be printed, too. */
G_STATIC_ASSERT(sizeof(RuleSpec) == 10 * sizeof(char *) + 4 * sizeof(guint));
G_STATIC_ASSERT(sizeof(Profile) == 5 * sizeof(char *) + 2 * sizeof(guint));
G_STATIC_ASSERT(sizeof(Program) == 4 * sizeof(char *) + 6 * sizeof(guint));
G_STATIC_ASSERT(sizeof(Brand) == 4 * sizeof(char *) + 2 * sizeof(guint));
G_STATIC_ASSERT(sizeof(Lookalikes) == 133 * sizeof(char *));
G_STATIC_ASSERT(sizeof(Other) == 2 * sizeof(char *) && sizeof(Sequence) == 5);

/* A file that is not there has no fault. */
static void
want(gboolean there, const char *what, GPtrArray *faults)
{
    if (!there)
        g_ptr_array_add(faults, g_strdup_printf("bake: no %s", what));
}

/* ---- values ---- */

/* As a value, or a designated one where `field` is none of NULL. */
static void
print_text(const char *field, const char *text)
{
    g_autofree char *escaped = text ? g_strescape(text, NULL) : NULL;

    if (field && text)
        printf(".%s = ", field);
    if (text)
        printf("(char *)\"%s\", ", escaped);
    else if (!field)
        printf("NULL, ");
}

/* The list that `name`_all is the array of. */
static void
print_list(const char *name, guint length)
{
    printf("static const GPtrArray %s = { (gpointer *)(gpointer)%s_all, %u };\n", name, name,
           length);
}

static void
print_strings(const char *name, char *const *strings, guint length)
{
    printf("static char *const %s_all[] = { ", name);
    for (guint i = 0; i < length; i++)
        print_text(NULL, strings[i]);
    printf("NULL };\n");
}

/* The array of pointers to the rows of `name`_rows. */
static void
print_rows_list(const char *name, const char *type, guint length)
{
    printf("static const %s *const %s_all[] = { ", type, name);
    for (guint i = 0; i < length; i++)
        printf("&%s_rows[%u], ", name, i);
    printf("NULL };\n");
    print_list(name, length);
}

/* ---- receivers ---- */

static void
print_rule(const char *name, guint index, const RuleSpec *rule)
{
    printf("    { ");
    print_text("id", rule->id);
    printf(".check = &receiver_checks[%u], .effect = (RuleEffect)%u, .least = %u, .slot = %u,\n"
           "      ", (guint)(rule->check - receiver_checks), (guint)rule->effect, rule->least,
           rule->slot);
    print_text("title", rule->title);
    print_text("code", rule->code);
    print_text("clash", rule->clash);
    print_text("since", rule->since);
    print_text("source", rule->source);
    print_text("instead", rule->instead);
    if (rule->domains)
        printf(".domains = (char **)(gpointer)%s_domains_%u_all, ", name, index);
    printf("},\n");
}

static void
print_rules(const char *name, const GPtrArray *rules)
{
    for (guint i = 0; i < rules->len; i++) {
        const RuleSpec *rule = rules->pdata[i];
        g_autofree char *domains = g_strdup_printf("%s_domains_%u", name, i);
        if (rule->domains)
            print_strings(domains, rule->domains, g_strv_length(rule->domains));
    }
    printf("static const RuleSpec %s_rows[] = {\n", name);
    for (guint i = 0; i < rules->len; i++)
        print_rule(name, i, rules->pdata[i]);
    printf("};\n");
    print_rows_list(name, "RuleSpec", rules->len);
}

static void
bake_receivers(const ReceiverRules *rules, GPtrArray *faults)
{
    want(rules->profiles->len > 0, "receivers", faults);
    for (guint i = 0; i < rules->profiles->len; i++) {
        g_autofree char *name = g_strdup_printf("rules_%u", i);
        print_rules(name, ((const Profile *)rules->profiles->pdata[i])->rules);
    }
    printf("static const Profile profiles_rows[] = {\n");
    for (guint i = 0; i < rules->profiles->len; i++) {
        const Profile *profile = rules->profiles->pdata[i];
        printf("    { ");
        print_text("id", profile->id);
        print_text("name", profile->name);
        print_text("as_of", profile->as_of);
        print_text("source", profile->source);
        printf(".order = %u, .rules = (GPtrArray *)&rules_%u },\n", profile->order, i);
    }
    printf("};\n");
    print_rows_list("profiles", "Profile", rules->profiles->len);
    printf("const ReceiverRules baked_receivers = { .profiles = (GPtrArray *)&profiles, "
           ".slots = %u, .borrowed = TRUE };\n\n", rules->slots);
}

/* ---- look-alikes ---- */

static void
print_brands(const GPtrArray *brands)
{
    for (guint i = 0; i < brands->len; i++) {
        const Brand *brand = brands->pdata[i];
        g_autofree char *name = g_strdup_printf("brand_%u", i);
        print_strings(name, brand->domains, g_strv_length(brand->domains));
    }
    printf("static const Brand brands_rows[] = {\n");
    for (guint i = 0; i < brands->len; i++) {
        const Brand *brand = brands->pdata[i];
        printf("    { ");
        print_text("id", brand->id);
        print_text("label", brand->label);
        printf(".length = %" G_GSIZE_FORMAT ", .ordinary = %d, "
               ".domains = (char **)(gpointer)brand_%u_all },\n", brand->length, brand->ordinary,
               i);
    }
    printf("};\n");
    print_rows_list("brands", "Brand", brands->len);
}

static void
print_confusables(const Lookalikes *data)
{
    printf("static const Other others_rows[] = {\n");
    for (guint i = 0; i < data->others->len; i++) {
        const Other *other = data->others->pdata[i];
        printf("    { 0x%X, ", other->code);
        print_text(NULL, other->like);
        printf("},\n");
    }
    printf("};\n");
    print_rows_list("others", "Other", data->others->len);
    printf("static const Sequence sequences_rows[] = {\n");
    for (guint i = 0; i < data->sequences->len; i++) {
        const Sequence *sequence = data->sequences->pdata[i];
        g_autofree char *from = g_strescape(sequence->from, NULL);
        g_autofree char *to = g_strescape(sequence->to, NULL);
        printf("    { \"%s\", \"%s\" },\n", from, to);
    }
    printf("};\n");
    print_rows_list("sequences", "Sequence", data->sequences->len);
}

static void
bake_lookalikes(const char *folder, GPtrArray *faults)
{
    g_autofree char *confusables = g_build_filename(folder, "confusables.ini", NULL);
    g_autofree char *brands = g_build_filename(folder, "brands.ini", NULL);
    const char *const paths[] = { confusables, NULL }, *const others[] = { brands, NULL };
    g_autoptr(Lookalikes) data = lookalikes_load(paths, others, faults);

    want(data->others->len > 0 && data->brands->len > 0, "look-alikes", faults);
    print_confusables(data);
    print_brands(data->brands);
    print_strings("listed", (char *const *)data->listed->pdata, data->listed->len);
    print_list("listed", data->listed->len);
    printf("const Lookalikes baked_lookalikes = {\n    .others = (GPtrArray *)&others, "
           ".sequences = (GPtrArray *)&sequences,\n    .brands = (GPtrArray *)&brands, "
           ".listed = (GPtrArray *)&listed, .baked = TRUE,\n    .ascii = { ");
    for (guint i = 0; i < G_N_ELEMENTS(data->ascii); i++) {
        if (!data->ascii[i])
            continue;
        printf("[%u] = ", i);
        print_text(NULL, data->ascii[i]);
    }
    printf("},\n};\n\n");
}

/* ---- mail programs, sending services ---- */

static void
bake_programs(const char *folder, GPtrArray *faults)
{
    g_autofree char *path = g_build_filename(folder, "programs.ini", NULL);
    const char *const paths[] = { path, NULL };
    g_autoptr(Programs) programs = programs_load(paths, faults);

    want(programs->all->len > 0, "programs", faults);
    printf("static const Program programs_rows[] = {\n");
    for (guint i = 0; i < programs->all->len; i++) {
        const Program *program = programs->all->pdata[i];
        printf("    { ");
        print_text("id", program->id);
        print_text("name", program->name);
        print_text("as_of", program->as_of);
        print_text("source", program->source);
        printf(".known = %d, .name_only = %d, .on_behalf = %d, .via = (ViaRule)%u, "
               ".question = (QuestionRule)%u },\n", program->known, program->name_only,
               program->on_behalf, (guint)program->via, (guint)program->question);
    }
    printf("};\n");
    print_rows_list("programs", "Program", programs->all->len);
    printf("const Programs baked_programs = { (GPtrArray *)&programs, TRUE };\n\n");
}

static void
print_lines(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line; line++) {
        g_autofree char *escaped = g_strescape(*line, NULL);
        printf("    \"%s%s\"\n", escaped, line[1] ? "\\n" : "");
    }
}

/* As a text with the places of its names: most messages need no more (provider-names.h). */
static void
bake_providers(const char *folder, GPtrArray *faults)
{
    g_autofree char *path = g_build_filename(folder, "providers.ini", NULL);
    char *fault = NULL;
    gsize length = 0;
    g_autofree char *text = ini_file(path, &length, &fault);
    ProviderNames *names = text && length < INI_BYTES_MAX ? provider_names_new(text, length) : NULL;

    if (!names) {
        g_ptr_array_add(faults, fault ? fault
                                      : g_strdup_printf("%s: only its reader understands it", path));
        return;
    }
    const ProviderTable table = provider_names_table(names);
    printf("static const char services[] =\n");
    print_lines(text);
    printf("    ;\nstatic const ProviderName service_names[] = {\n");
    for (guint i = 0; i < table.count; i++)
        printf("    { %u, %u },\n", table.names[i].at, table.names[i].length);
    printf("};\nconst ProviderTable baked_providers = { services, sizeof services - 1, "
           "service_names, %u };\n", table.count);
    provider_names_free(names);
}

/* ---- the files themselves ---- */

static void
print_file(const char *folder, const char *name, GPtrArray *faults)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    const DiskFact fact = disk_look(path);

    want(fact.kind == DISK_FOLDER || (fact.kind == DISK_FILE && fact.size > 0), name, faults);
    printf("    { \"%s\", %" G_GUINT64_FORMAT " },\n", name, fact.size);
}

static void
bake_files(const char *folder, const ReceiverRules *rules, GPtrArray *faults)
{
    static const char *const names[] = { "receivers", "confusables.ini", "brands.ini",
                                         "programs.ini", "providers.ini" };

    printf("\nconst BakedFile baked_files[] = {\n");
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        print_file(folder, names[i], faults);
    for (guint i = 0; i < rules->profiles->len; i++) {
        const Profile *profile = rules->profiles->pdata[i];
        g_autofree char *name = g_strdup_printf("receivers/%s.ini", profile->id);
        print_file(folder, name, faults);
    }
    printf("    { NULL, 0 },\n};\n");
}

int
main(int argc, char **argv)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    if (argc != 2) {
        fprintf(stderr, "usage: bake FOLDER\n");
        return 2;
    }
    g_autofree char *path = g_build_filename(argv[1], "receivers", NULL);
    const char *const folders[] = { path, NULL };
    g_autoptr(ReceiverRules) rules = receiver_rules_load(folders, faults);
    printf("/* baked.c: written by src/bake from the files of data; changes here are lost. */\n"
           "#include \"baked.h\"\n\n#include \"headers/lookalike-part.h\"\n"
           "#include \"receivers/check.h\"\n#include \"receivers/presentation-part.h\"\n\n");
    bake_receivers(rules, faults);
    bake_lookalikes(argv[1], faults);
    bake_programs(argv[1], faults);
    bake_providers(argv[1], faults);
    bake_files(argv[1], rules, faults);
    for (guint i = 0; i < faults->len; i++)
        fprintf(stderr, "%s\n", (const char *)faults->pdata[i]);
    return faults->len > 0 || fflush(stdout) != 0;
}

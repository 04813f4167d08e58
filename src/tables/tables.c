/* tables.c: manual pages and completions out of their templates and the program's own tables.
 * SPDX-License-Identifier: MIT
 *
 * tables KIND TEMPLATE prints the template (KIND man, bash, zsh or fish) with each place @name@
 * filled; `tables plain` prints the tables as text. It is built from the program's own objects and
 * never installed. */
#include <stdio.h>
#include <string.h>

#include "tables/table.h"

static const struct {
    const char *kind;
    TableFill fill;
} kinds[] = {
    {"man", man_fill},
    {"bash", bash_fill},
    {"zsh", zsh_fill},
    {"fish", fish_fill},
};

/* RELEASE_DATE ("2026-11-22") as pages have it: "November 22, 2026". */
static gboolean
fill_date(GString *out)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) date = g_date_time_new_from_iso8601(RELEASE_DATE "T00:00:00Z", utc);

    if (!date)
        return FALSE;
    g_string_append_printf(out, "%s %d, %d", months[g_date_time_get_month(date) - 1],
                           g_date_time_get_day_of_month(date), g_date_time_get_year(date));
    return TRUE;
}

static gboolean
fill_place(GString *out, const char *name, TableFill fill)
{
    if (g_str_equal(name, "version"))
        g_string_append(out, VERSION);
    else if (g_str_equal(name, "date"))
        return fill_date(out);
    else
        return fill(out, name);
    return TRUE;
}

/* A place is @name@ in lower-case letters: addresses and shell's "$@" are left alone. */
static gboolean
fill_template(GString *out, const char *template, TableFill fill)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz-";

    for (const char *c = template; *c; c++) {
        const gsize length = *c == '@' ? strspn(c + 1, letters) : 0;
        if (length == 0 || c[1 + length] != '@') {
            g_string_append_c(out, *c);
            continue;
        }
        g_autofree char *name = g_strndup(c + 1, length);
        if (!fill_place(out, name, fill)) {
            fprintf(stderr, "tables: there is no table @%s@\n", name);
            return FALSE;
        }
        c += length + 1;
    }
    return TRUE;
}

static TableFill
find_kind(const char *kind)
{
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_equal(kinds[i].kind, kind))
            return kinds[i].fill;
    return NULL;
}

static gboolean
print(GString *out, int argc, char **argv)
{
    g_autofree char *template = NULL;
    g_autoptr(GError) error = NULL;

    if (argc == 2 && g_str_equal(argv[1], "plain"))
        return plain_fill(out, "all");
    const TableFill fill = argc == 3 ? find_kind(argv[1]) : NULL;
    if (!fill) {
        fprintf(stderr, "usage: tables plain, or tables man|bash|zsh|fish TEMPLATE\n");
        return FALSE;
    }
    if (!g_file_get_contents(argv[2], &template, NULL, &error)) {
        fprintf(stderr, "tables: %s\n", error->message);
        return FALSE;
    }
    return fill_template(out, template, fill);
}

int
main(int argc, char **argv)
{
    g_autoptr(GString) out = g_string_new(NULL);

    return print(out, argc, argv) && fwrite(out->str, 1, out->len, stdout) == out->len &&
                   fflush(stdout) == 0
               ? 0
               : 1;
}

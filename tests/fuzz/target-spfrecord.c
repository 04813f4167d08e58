/* target-spfrecord.c: SPF records and their macros.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "auth/spf-record.h"
#include "auth/spf-macro.h"
#include "fuzz.h"

static void
check_clause(const SpfClause *clause)
{
    FUZZ_REQUIRE(clause->text && *clause->text);
    FUZZ_REQUIRE(clause->prefix4 <= 32 && clause->prefix6 <= 128);
    spf_clause_looks_up(clause);
}

static SpfExpansion
validated(gpointer data, char **name)
{
    (void)data;
    *name = g_strdup("mail.example.com");
    return SPF_EXPANDED;
}

static void
check_macros(const char *text, gsize length)
{
    const SpfMacroValues values = { "ann", "example.com", "example.com", "192.0.2.1", "192.0.2.1",
                                    "in-addr", "mail.example.com", "mx.example", 1795305600,
                                    validated, NULL };

    for (int where = SPF_MACRO_STRING; where <= SPF_MACRO_EXPLAIN; where++) {
        if (!spf_macro_valid(text, length, (SpfMacroWhere)where))
            continue;
        g_autofree char *valid = g_strndup(text, length);
        g_autoptr(GString) out = g_string_new(NULL);
        if (spf_macro_expand(valid, (SpfMacroWhere)where, &values, out) != SPF_EXPANDED)
            continue;
        g_autofree char *name = spf_macro_name(out->str);
        FUZZ_REQUIRE(!name || strlen(name) <= 253);
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = size ? g_memdup2(data, size) : g_strdup("");
    g_autoptr(SpfRecord) record = spf_record_parse(text, size);

    if (!record->fault) {
        for (guint i = 0; i < record->mechanisms->len; i++)
            check_clause(record->mechanisms->pdata[i]);
        FUZZ_REQUIRE(!record->redirect || record->redirect->kind == SPF_REDIRECT);
    }
    spf_record_is_ours(text, size);
    check_macros(text, size);
    return 0;
}

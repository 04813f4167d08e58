/* no-author.c: why a message has no author domain.
 * SPDX-License-Identifier: MIT */
#include "headers/no-author.h"

static const NoAuthor table[] = {
    [AUTHOR_UNNAMED] = { AUTHOR_UNNAMED, "no-author", "dmarc-no-author" },
    [AUTHOR_REDACTED] = { AUTHOR_REDACTED, "author-redacted", "dmarc-redacted" },
    [AUTHOR_NOT_PASTED] = { AUTHOR_NOT_PASTED, "author-not-pasted", "dmarc-not-pasted" },
    [AUTHOR_GARBLED] = { AUTHOR_GARBLED, "author-garbled", "dmarc-garbled" },
};

/* Line ends were guessed, or something is missing. */
static gboolean
is_pieced_together(const SourceInfo *source)
{
    return g_strcmp0(source->fidelity, "fragments") == 0 || g_strcmp0(source->fidelity, "reflowed") == 0;
}

/* Not even the empty line that ends a header is there, or a post quotes some fields: the rest may have been left out. */
static gboolean
may_lack_fields(const SourceInfo *source)
{
    return repairs_have(source->repairs, "page-text") || source->unended || is_pieced_together(source);
}

static AuthorLack
lack_of(const Report *report)
{
    if (report_has_finding(report, "from-redacted"))
        return AUTHOR_REDACTED;
    if (report_has_finding(report, "from-missing") && may_lack_fields(report->source))
        return AUTHOR_NOT_PASTED;
    if (report_has_finding(report, "from-malformed") && is_pieced_together(report->source))
        return AUTHOR_GARBLED;
    return AUTHOR_UNNAMED;
}

const NoAuthor *
no_author_find(const Report *report)
{
    return report->from->domains->len > 0 ? NULL : &table[lack_of(report)];
}

gboolean
no_author_is_lost(const NoAuthor *none)
{
    return none && none->lack != AUTHOR_UNNAMED;
}

gboolean
no_author_is_step(const char *id)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (g_strcmp0(table[i].step, id) == 0)
            return TRUE;
    return FALSE;
}

gboolean
no_author_is_reason(const char *reason)
{
    for (gsize i = 0; i < G_N_ELEMENTS(table); i++)
        if (g_strcmp0(table[i].reason, reason) == 0)
            return no_author_is_lost(&table[i]);
    return FALSE;
}

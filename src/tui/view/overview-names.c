/* overview-names.c: the table of names on the Overview, as wide as the window lets it be, or as lines.
 * SPDX-License-Identifier: MIT */
#include "tui/view/overview-part.h"

#include "base/translate.h"

enum { TEXT = OVERVIEW_TEXT, TABLE_MIN = 70, DOMAIN_LINES = 3 };

/* Where the columns of the table of names begin. */
typedef struct {
    guint domain, check, vouches;
} Columns;

static char *
vouches_text(const SummaryName *name, gboolean glyphs)
{
    const char *text = name->vouches ? name->vouches : "";
    const char *mark = *text == '?' ? "" : mark_tone(name->tone, glyphs);

    return g_strconcat(mark, *mark ? " " : "", text, NULL);
}

static guint
widest(const Summary *summary, gsize field, const char *title)
{
    guint columns = glyph_columns(title, FALSE);

    for (guint i = 0; i < summary->names->len; i++) {
        const char *text = G_STRUCT_MEMBER(char *, g_ptr_array_index(summary->names, i), field);
        columns = MAX(columns, text ? glyph_columns(text, FALSE) : 0);
    }
    return columns + 2;
}

/* The columns are made for 80; what there is more goes to the domains; where that would break the
 * last column, every column gives what it does not need. */
static Columns
columns_for(const Summary *summary, const char *title, guint width)
{
    const guint more = width > 80 ? MIN(width, OVERVIEW_WIDTH) - 80 : 0;
    const Columns usual = { TEXT + 17, TEXT + 35 + more, TEXT + 47 + more };
    const guint last = widest(summary, G_STRUCT_OFFSET(SummaryName, vouches), title);
    const guint all = MIN(width, OVERVIEW_WIDTH);

    const guint checks = widest(summary, G_STRUCT_OFFSET(SummaryName, check), _("CHECK"));
    if (usual.vouches + last <= all + 2 && usual.check + checks <= usual.vouches)
        return usual;
    guint name = MIN(widest(summary, G_STRUCT_OFFSET(SummaryName, name), _("NAME")), 17);
    guint check = MIN(checks, translate_is_english() ? 14 : 18);
    const guint wanted = widest(summary, G_STRUCT_OFFSET(SummaryName, domain), _("DOMAIN"));
    guint domain = MIN(wanted, MAX(all - TEXT - name - check - MIN(last - 2, 30), 12));
    /* One blank between columns will do before a domain is cut. */
    if (domain < wanted) {
        name--;
        check--;
        domain = MIN(wanted, domain + 2);
    }
    return (Columns) { TEXT + name, TEXT + name + domain, TEXT + name + domain + check };
}

/* The title names the domain in From: where that takes no room that names need. */
static const char *
title_for(const Summary *summary, guint width)
{
    const char *full = summary->vouches_title ? summary->vouches_title : "";
    if (width < TABLE_MIN)
        return glyph_columns(full, FALSE) + TEXT <= width ? full : _("VOUCHES FOR From:?");
    const Columns columns = columns_for(summary, full, width);
    const guint wanted = widest(summary, G_STRUCT_OFFSET(SummaryName, domain), _("DOMAIN"));

    return glyph_columns(full, FALSE) <= MIN(width, OVERVIEW_WIDTH) - columns.vouches &&
                   columns.domain + wanted <= columns.check + 2
               ? full : _("VOUCHES FOR From:?");
}

/* Of a name of many lines the end: that is whose it is, and its owner writes what stands before as he likes.
 * (transfer full) */
static char *
domain_text(const char *domain, guint columns)
{
    g_autoptr(GArray) lines = glyph_wrap(domain, columns, FALSE);

    if (lines->len <= DOMAIN_LINES)
        return g_strdup(domain);
    return g_strconcat("..", domain + g_array_index(lines, Span, lines->len - DOMAIN_LINES + 1).start, NULL);
}

static void
add_row(Page *page, Columns columns, Role role, Role last, const char *const cells[4])
{
    const guint row = page_row(page);

    page_wrap(page, row, TEXT, columns.domain - 1, role, cells[0]);
    page_wrap(page, row, columns.domain, columns.check - 1, role, cells[1]);
    page_wrap(page, row, columns.check, columns.vouches - 1, role, cells[2]);
    page_wrap(page, row, columns.vouches, G_MAXUINT, last, cells[3]);
}

/* Without room for a table each name takes two lines. */
static void
add_lines(Page *page, Role last, const char *const cells[4])
{
    const guint row = page_row(page);
    guint next = row + page_wrap(page, row, TEXT, TEXT + 11, ROLE_TEXT, cells[0]);

    page_wrap(page, row, TEXT + 12, G_MAXUINT, ROLE_TEXT, cells[1]);
    next = MAX(next, page_length(page));
    page_wrap(page, next, TEXT, TEXT + 11, ROLE_TEXT, cells[2]);
    page_wrap(page, next, TEXT + 12, G_MAXUINT, last, cells[3]);
}

void
overview_names(Page *page, const Summary *summary, guint width, gboolean glyphs)
{
    const char *title = title_for(summary, width);
    const Columns columns = columns_for(summary, title, width);
    const guint room = width >= TABLE_MIN ? columns.check - columns.domain - 1
                                          : MAX(width, TEXT + 12 + 1) - TEXT - 12;

    if (summary->names->len > 0 && width >= TABLE_MIN)
        add_row(page, columns, ROLE_LABEL, ROLE_LABEL,
                (const char *const[]) { _("NAME"), _("DOMAIN"), _("CHECK"), title });
    else if (summary->names->len > 0)
        page_text(page, TEXT, ROLE_LABEL, title);
    for (guint i = 0; i < summary->names->len; i++) {
        const SummaryName *name = g_ptr_array_index(summary->names, i);
        g_autofree char *vouches = vouches_text(name, glyphs);
        g_autofree char *domain = domain_text(name->domain ? name->domain : "-", room);
        const char *const cells[4] = { name->name ? name->name : "", domain,
                                       name->check ? name->check : "-", vouches };
        const guint row = page_length(page);
        if (width >= TABLE_MIN)
            add_row(page, columns, ROLE_TEXT, mark_tone_role(name->tone), cells);
        else
            add_lines(page, mark_tone_role(name->tone), cells);
        page_item(page, row, name->evidence);
    }
}

/* list-rows.c: rows of a list: a line of the store in columns, as wide as the window allows.
 * SPDX-License-Identifier: MIT */
#include "tui/list/list-rows.h"

#include <string.h>

#include "base/translate.h"
#include "headers/maildate.h"
#include "headers/script.h"
#include "tui/ui.h"

/* What was asked of the store for a row that is on the screen. */
typedef struct {
    guint      row;
    StoreLine *line;
    char      *date, *from;
} ShownRow;

struct ListRows {
    GArray *shown;      /* ShownRow */
};

enum { DATE_LONG = 16, DATE_SHORT = 10, VERDICT = 12, FROM_MIN = 16, WIDE = 100, NARROW = 70 };

/* Where columns begin; 0 is no column. */
typedef struct {
    guint date, from, subject, verdict, end;
} Columns;

static void
clear_shown(gpointer data)
{
    ShownRow *shown = data;

    store_line_free(shown->line);
    g_free(shown->date);
    g_free(shown->from);
}

static GArray *
new_shown(void)
{
    GArray *shown = g_array_new(FALSE, FALSE, sizeof(ShownRow));

    g_array_set_clear_func(shown, clear_shown);
    return shown;
}

ListRows *
list_rows_new(void)
{
    ListRows *rows = g_new0(ListRows, 1);

    rows->shown = new_shown();
    return rows;
}

void
list_rows_free(ListRows *rows)
{
    g_array_unref(rows->shown);
    g_free(rows);
}

/* "2026-09-01T10:00:00+09:00" as its sender wrote it; an unreadable one as it stands. */
char *
list_rows_date(const StoreLine *line)
{
    g_autofree char *text = NULL;
    gint64 seconds;

    if (!line->date)
        return g_strdup("");
    if (!maildate_parse(line->date, &seconds, &text) || strlen(text) < DATE_LONG)
        return g_strdup(line->date);
    text[DATE_SHORT] = ' ';
    text[DATE_LONG] = '\0';
    return g_steal_pointer(&text);
}

/* The quotes around a name and the backslashes in it (RFC 5322, 3.2.4) take room and say nothing.
 * NULL: there are none. */
static char *
without_quotes(const char *from)
{
    if (*from != '"')
        return NULL;
    g_autoptr(GString) bare = g_string_new(NULL);
    const char *at = from + 1;
    for (; *at && *at != '"'; at++) {
        if (*at == '\\' && at[1])
            at++;
        g_string_append_c(bare, *at);
    }
    if (!*at)
        return NULL;
    g_string_append(bare, at + 1);
    return g_string_free(g_steal_pointer(&bare), FALSE);
}

/* "ceo@bank.example <a@evil.example>" loses its end where it is too long, and the verdict beside it would be read for the name: the
 * address that is judged goes first. NULL: no name holds an address. */
static char *
address_before_name(const char *from)
{
    const char *open = strrchr(from, '<'), *close = open ? strchr(open, '>') : NULL;

    if (!close || close[strspn(close + 1, " \t") + 1])
        return NULL;
    g_autofree char *name = g_strchomp(g_strndup(from, (gsize)(open - from)));
    if (!strchr(name, '@') && !strstr(name, "\xEF\xBC\xA0"))     /* U+FF20 looks the same */
        return NULL;
    return g_strdup_printf("%.*s %s", (int)(close + 1 - open), open, name);
}

char *
list_rows_from(const StoreLine *line)
{
    const char *from = line->from ? line->from : "-";
    g_autofree char *bare = without_quotes(from);
    g_autofree char *turned = address_before_name(bare ? bare : from);

    return script_guarded(turned ? turned : bare ? bare : from);
}

/* What stays in sight is not asked for again. */
static ShownRow
take_shown(GArray *old, MailList *list, guint row)
{
    for (guint i = 0; i < old->len; i++) {
        ShownRow *known = &g_array_index(old, ShownRow, i);
        if (known->row == row && known->line)
            return (ShownRow) { row, g_steal_pointer(&known->line), g_steal_pointer(&known->date),
                             g_steal_pointer(&known->from) };
    }
    StoreLine *line = mail_list_line(list, row);
    return (ShownRow) { row, line, list_rows_date(line), list_rows_from(line) };
}

void
list_rows_load(ListRows *rows, MailList *list, guint top, guint height)
{
    const guint end = MIN(top + height, mail_list_shown(list));
    g_autoptr(GArray) old = g_steal_pointer(&rows->shown);

    rows->shown = new_shown();
    for (guint position = top; position < end; position++) {
        const ShownRow shown = take_shown(old, list, mail_list_row(list, position));
        if (shown.line->fault && mail_list_verdict(list, shown.row) == MAIL_OPEN)
            mail_list_refuse(list, shown.row, shown.line->fault);
        g_array_append_val(rows->shown, shown);
    }
}

guint
list_rows_count(const ListRows *rows)
{
    return rows->shown->len;
}

guint
list_rows_row(const ListRows *rows, guint index)
{
    return g_array_index(rows->shown, ShownRow, index).row;
}

const char *
list_rows_like(const ListRows *rows, const MailList *list, guint index)
{
    if (index >= rows->shown->len)
        return NULL;
    const ShownRow *shown = &g_array_index(rows->shown, ShownRow, index);
    return mail_list_looks_like(list, shown->row, shown->line);
}

/* ---- painting ---- */

/* The words of a translation may be wider. */
static guint
verdict_columns(void)
{
    guint columns = VERDICT;

    for (MailVerdict verdict = 0; verdict <= MAIL_OPEN; verdict++) {
        g_autofree char *word = mark_verdict(verdict, FALSE);
        columns = MAX(columns, glyph_columns(word, FALSE));
    }
    return columns;
}

static Columns
columns_for(const MailList *list, guint width)
{
    Columns columns = { .verdict = width - verdict_columns(), .end = width };
    guint digits = 4;

    for (guint number = mail_list_count(list); number >= 10000; number /= 10)
        digits++;
    guint x = digits + 2;
    if (width >= NARROW) {
        columns.date = x;
        x += width >= WIDE ? DATE_LONG + 2u : DATE_SHORT + 2u;
    }
    columns.from = x;
    columns.subject = x + MAX((columns.verdict - x) * 2 / 5, FROM_MIN) + 1;
    return columns;
}

static void
draw_heading(const MailList *list, Canvas *canvas, Columns columns, guint y)
{
    gboolean reverse = FALSE;
    const MailSort sort = mail_list_sorted(list, &reverse);
    const struct { guint x; MailSort sort; const char *text;
    } headings[] = {
        {1, MAIL_BY_NUMBER, N_("NO.")},
        {columns.date, MAIL_BY_DATE, N_("DATE")},
        {columns.from, MAIL_BY_FROM, N_("FROM")},
        {columns.subject, MAIL_BY_SUBJECT, N_("SUBJECT")},
        {columns.verdict, MAIL_BY_VERDICT, N_("VERDICT")},
    };

    for (guint i = 0; i < G_N_ELEMENTS(headings); i++) {
        if (headings[i].x == 0)
            continue;
        const guint x = canvas_put(canvas, headings[i].x, y, columns.end, ROLE_HEADING,
                                   translate(headings[i].text));
        if (headings[i].sort == sort && (sort != MAIL_BY_NUMBER || reverse))
            canvas_put(canvas, x, y, columns.end, ROLE_LABEL, reverse ? " ^" : " v");
    }
}

/* Where a sender looks like another, a mark stands before it: what is too long loses its end. */
static void
draw_from(const MailList *list, Canvas *canvas, const ShownRow *shown, Columns columns, guint y)
{
    guint x = columns.from;

    if (mail_list_looks_like(list, shown->row, shown->line))
        x = canvas_put(canvas, x, y, columns.subject - 1, ROLE_UNKNOWN, "! ");
    canvas_put_cut(canvas, x, y, columns.subject - 1, ROLE_TEXT, shown->from);
}

static void
draw_row(const MailList *list, Canvas *canvas, const ShownRow *shown, Columns columns, guint y)
{
    const MailVerdict verdict = mail_list_seen_verdict(list, shown->row);
    g_autofree char *number = g_strdup_printf(
        "%*u", (int)(columns.date ? columns.date : columns.from) - 2, shown->row + 1);
    g_autofree char *word = mark_verdict(verdict, canvas->glyphs);

    canvas_put(canvas, 0, y, columns.end, ROLE_DIM, number);
    canvas_put_cut(canvas, columns.verdict, y, columns.end, mark_verdict_role(verdict), word);
    if (shown->line->fault) {
        canvas_put_cut(canvas, columns.date ? columns.date : columns.from, y, columns.verdict - 1,
                       ROLE_FAIL, shown->line->fault);
        return;
    }
    if (columns.date)
        canvas_put(canvas, columns.date, y, columns.from - 2, ROLE_TEXT, shown->date);
    draw_from(list, canvas, shown, columns, y);
    canvas_put_cut(canvas, columns.subject, y, columns.verdict - 1, ROLE_TEXT,
                   shown->line->subject ? shown->line->subject : "-");
}

void
list_rows_draw(const ListRows *rows, const MailList *list, Canvas *canvas, Rect area,
               guint selected)
{
    const Columns columns = columns_for(list, area.width);

    draw_heading(list, canvas, columns, area.y);
    for (guint i = 0; i < rows->shown->len && i + 1 < area.height; i++) {
        draw_row(list, canvas, &g_array_index(rows->shown, ShownRow, i), columns, area.y + 1 + i);
        if (i == selected)
            canvas_tint(canvas, 0, area.y + 1 + i, area.width, ROLE_CURSOR);
    }
}

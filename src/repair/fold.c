/* fold.c: continuation lines that lost their indentation.
 * SPDX-License-Identifier: MIT
 *
 * RFC 5322, 2.2.3: a line that begins with a blank continues the field above. Chats and forms trim
 * lines. */
#include <string.h>

#include "base/bits.h"
#include "base/lower.h"
#include "base/translate.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/segment.h"

/* What a continuation of a trace, signature or results field begins with, by its first letter. */
static const char *const words[32][5] = {
    ['a' & 31] = { "a=", "arc=" },
    ['b' & 31] = { "by ", "b=", "bh=", "boundary=" },
    ['c' & 31] = { "c=", "client-ip=", "cipher=", "charset=" },
    ['d' & 31] = { "d=", "dkim=", "dmarc=", "designates " },
    ['e' & 31] = { "envelope-from=" },
    ['f' & 31] = { "for ", "from " },
    ['h' & 31] = { "h=", "header.", "helo=" },
    ['i' & 31] = { "id " },
    ['q' & 31] = { "q=" },
    ['r' & 31] = { "receiver=", "reason=" },
    ['s' & 31] = { "s=", "spf=", "smtp." },
    ['t' & 31] = { "t=" },
    ['v' & 31] = { "via ", "version=" },
    ['w' & 31] = { "with " },
    ['x' & 31] = { "x=" },
};

static gboolean
looks_continued(const char *line, const char *end)
{
    if (line >= end)
        return FALSE;
    if (*line == '[')       /* "(mail.example.com" stands above "[192.0.2.1])" */
        return end - line > 1 && (g_ascii_isdigit(line[1]) || line[1] == 'I');
    if (!g_ascii_isalpha(*line))
        return *line == '(' || *line == '<' || *line == '"' || (*line == '=' && end - line > 1 && line[1] == '?');
    for (const char *const *word = words[*line & 31]; *word; word++) {
        if (end - line < 2 || (line[1] | 0x20) != ((*word)[1] | 0x20))
            continue;
        const gsize length = strlen(*word);
        if ((gsize)(end - line) >= length && line[length - 1] == (*word)[length - 1] && lower_same(line, *word, length))
            return TRUE;
    }
    return FALSE;
}

/* So much of a line of a signature tells it from a name. */
#define BASE64_MIN 20

static gboolean
is_base64(const char *line, const char *end)
{
    gsize length = 0;

    while (line + length < end && length < BASE64_MIN &&
           (g_ascii_isalnum(line[length]) || (line[length] && strchr("+/=", line[length]))))
        length++;
    return length == BASE64_MIN;
}

typedef struct {
    guint in_base64;    /* lost lines of a signature, which no mail program would have sent so */
    guint indented;     /* continuation lines as they should be */
    guint lost;         /* lines between fields that are neither field nor continuation */
    guint sure;         /* of these, such as look like a continuation */
} FoldCount;

/* Lines behind the last field are no evidence: that may be a body without an empty line above. */
static FoldCount
count_lines(const char *text, gsize length, const GArray *fields)
{
    FoldCount count = { 0 };
    guint next = 0;

    if (fields->len == 0)
        return count;
    const gsize last = g_array_index(fields, Mark, fields->len - 1).start;
    for (gsize at = 0; at < last; at = draft_line_end(text, length, at) + 1) {
        while (next < fields->len && g_array_index(fields, Mark, next).start < at)
            next++;
        if (next == 0 && g_array_index(fields, Mark, 0).start > at)
            continue;
        if (letters_is_wsp(text[at]))
            count.indented++;
        else if (!letters_is_space(text[at]) && g_array_index(fields, Mark, next).start != at) {
            const char *end = text + draft_line_end(text, length, at);
            if (g_str_has_prefix(text + at, ">From ") || g_str_has_prefix(text + at, "From "))
                continue;
            count.lost++;
            const gboolean tags = next > 0 && g_array_index(fields, Mark, next - 1).kind == VALUE_TAGS;
            count.in_base64 += tags && is_base64(text + at, end) ? 1 : 0;
            count.sure += looks_continued(text + at, end) || text[at - 1 - (at > 1)] == ';';
        }
    }
    return count;
}

/* A header that is otherwise folded as it should be may hold a line of junk: it is left as
 * evidence. */
static gboolean
folding_needed(const char *head, gsize length)
{
    const gsize block = draft_block(head, length);
    g_autoptr(GArray) fields = segment_fields(head, block, MARK_LINES);
    const FoldCount count = count_lines(head, block, fields);

    if (count.indented == 0 || count.in_base64 > 0)
        return count.sure >= 1 || count.in_base64 > 0;
    return count.sure >= 3 && count.lost * 2 >= count.indented;
}

/* Behind a line that ends with a semicolon a strong mark is accepted for sure: no tag, bracket or quote that is open
 * there goes on beyond it (context.c). */
static gboolean
may_be_lost(const char *block, gsize length, gsize at)
{
    Mark mark;

    /* No word there has a line end in it. */
    if (looks_continued(block + at, block + length) || is_base64(block + at, block + length))
        return TRUE;
    return block[at - 1 - (at > 1)] == ';' &&
           !(marks_at_line(block, length, at, &mark) && mark.strong);
}

/* count_lines() says more, where it is known which lines are fields. */
static gboolean
folding_possible(const char *block, gsize length)
{
    BitsWalk lines = bits_walk(block, length, '\n');
    const char *lf;

    while ((lf = bits_walk_next(&lines)) && lf + 1 < block + length)
        if (!letters_is_space(lf[1]) && may_be_lost(block, length, (gsize)(lf + 1 - block)))
            return TRUE;
    return FALSE;
}

static void
folding_mend(Draft *draft, Mend *mend)
{
    const char *text = draft->text->str;
    const gsize block = draft_block(text, MIN(draft->text->len, DRAFT_MEND));
    g_autoptr(GArray) fields = segment_fields(text, block, MARK_LINES);
    g_autoptr(GString) out = g_string_sized_new(draft->text->len + 1024);
    guint next = 0;

    for (gsize at = 0; at < block;) {
        const gsize end = draft_line_end(text, block, at);
        const gsize stop = MIN(end + 1, block);
        while (next < fields->len && g_array_index(fields, Mark, next).start < at)
            next++;
        const gboolean begins = next < fields->len && g_array_index(fields, Mark, next).start == at;
        const gboolean above = fields->len > 0 && g_array_index(fields, Mark, 0).start < at;
        if (above && !begins && !letters_is_space(text[at])) {
            g_autofree char *after = g_strdup_printf(" %.*s", (int)MIN(end - at, 200), text + at);
            mend_add(mend, text + at, end - at, after, strlen(after));
            g_string_append_c(out, ' ');
        }
        g_string_append_len(out, text + at, (gssize)(stop - at));
        at = stop;
    }
    g_string_append_len(out, text + block, (gssize)(draft->text->len - block));
    draft_take(draft, g_steal_pointer(&out));
}

const RepairStep repair_folding = {
    .id = "folding",
    .one = N_("1 continuation line indented again"),
    .many = N_("%s continuation lines indented again"),
    .fidelity = "reflowed",
    .needed = folding_needed,
    .mend = folding_mend,
    .possible = folding_possible,
};

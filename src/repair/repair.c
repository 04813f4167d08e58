/* repair.c: the chain of repairs.
 * SPDX-License-Identifier: MIT */
#include "repair/repair.h"

#include <string.h>

#include "base/bits.h"
#include "base/room.h"
#include "repair/draft.h"
#include "repair/letters.h"
#include "repair/lost.h"
#include "repair/names.h"
#include "repair/sound.h"

/* Most header blocks are shorter. */
#define BLOCK_USUAL 4096

/* In this order: what hides other damage comes first. */
static const RepairStep *const chain[] = {
    &repair_line_ends,
    &repair_returns,
    &repair_quoted_bare,
    &repair_octal,
    &repair_strings,
    &repair_escapes,
    &repair_pairs,
    &repair_html,
    &repair_fence,
    &repair_emphasis,
    &repair_table,
    &repair_quote_marks,
    &repair_bullets,
    &repair_line_numbers,
    &repair_line_marks,
    &repair_indentation,
    &repair_tails,
    &repair_ends,
    &repair_quoted,
    &repair_characters,
    &repair_blank_lines,
    &repair_links,
    &repair_translated,
    &repair_forwarded,
    &repair_page_text,
    &repair_one_line,
    &repair_glued_lines,
    &repair_page_rest,
    &repair_notice,
    &repair_folding,
    &repair_signature,
    &repair_redacted,
    &repair_second_message,
};

/* steps_possible() has a bit for each. */
G_STATIC_ASSERT(G_N_ELEMENTS(chain) <= 64);

/* LF line ends; a CR without LF behind it stays. */
static GString *
with_lf(const char *bytes, gsize length)
{
    GString *text = g_string_sized_new(length + 1);

    while (length > 0) {
        const char *cr = memchr(bytes, '\r', length);
        const gsize plain = cr ? (gsize)(cr - bytes) : length;
        room_append(text, bytes, plain);
        bytes += plain;
        length -= plain;
        if (length == 0)
            break;
        if (length == 1 || bytes[1] != '\n')
            g_string_append_c(text, '\r');
        bytes++;
        length--;
    }
    return text;
}

/* draft_block() of with_lf(), without a look at what is behind it. (transfer full) */
static GString *
lf_block(const char *data, gsize length)
{
    GString *block = g_string_sized_new(MIN(length, BLOCK_USUAL));
    BitsWalk lines = bits_walk(data, length, '\n');
    gboolean begun = FALSE;

    for (gsize at = 0; at < length;) {
        const char *lf = bits_walk_next(&lines);
        const gsize end = lf ? (gsize)(lf - data) : length;
        const gsize text = end - (end < length && end > at && data[end - 1] == '\r' ? 1 : 0);
        if (text == at && begun)
            break;
        begun = begun || !draft_is_blank(data, at, text);
        char *to = room_put(room_make(block, text - at + 1), data + at, text - at);
        if (end < length)
            *to++ = '\n';
        room_took(block, to);
        at = end + 1;
    }
    return block;
}

/* Steps that look at the same thing share their look, and it is asked once. */
typedef struct {
    gboolean (*possible)(const char *block, gsize length);
    gboolean answer;
} Look;

static gboolean
ask_look(GString *block, Look *looks, const RepairStep *step)
{
    Look *look = looks;

    while (look->possible && look->possible != step->possible)
        look++;
    if (!look->possible)
        *look = (Look){ step->possible, step->possible(block->str, block->len) };
    return look->answer;
}

/* Most messages are sound, and their header block tells. Bit N: step N of the chain may have something to do. */
static guint64
steps_possible(const char *data, gsize length)
{
    g_autoptr(GString) block = lf_block(data, length);
    Look looks[G_N_ELEMENTS(chain)] = { 0 };
    guint64 steps = 0;

    for (guint i = 0; i < G_N_ELEMENTS(chain); i++)
        if (!chain[i]->minor && (!chain[i]->possible || ask_look(block, looks, chain[i])))
            steps |= (guint64)1 << i;
    return steps;
}

gboolean
repair_needed(GBytes *bytes)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    const gsize size = MIN(length, DRAFT_HEAD);
    const guint64 steps = size && !sound_header(data, size) ? steps_possible(data, size) : 0;
    g_autoptr(GString) head = steps ? with_lf(data, size) : NULL;

    for (guint i = 0; steps && i < G_N_ELEMENTS(chain); i++)
        if ((steps >> i & 1) && (chain[i]->reason ? chain[i]->reason : chain[i]->needed)(head->str, head->len))
            return TRUE;
    return FALSE;
}

static gboolean
is_undone(const char *const *undone, const char *id)
{
    return undone && g_strv_contains(undone, id);
}

/* raw or headers, reencoded, reflowed, fragments: a text is as good as its worst repair. */
static guint
fidelity_rank(const char *fidelity)
{
    static const char *const grades[] = { "reencoded", "reflowed", "fragments" };

    for (guint i = 0; i < G_N_ELEMENTS(grades); i++)
        if (g_strcmp0(fidelity, grades[i]) == 0)
            return i + 1;
    return 0;
}

static void
lower_fidelity(Origin *origin, const char *fidelity)
{
    if (fidelity_rank(fidelity) <= fidelity_rank(origin->fidelity))
        return;
    g_free(origin->fidelity);
    origin->fidelity = g_strdup(fidelity);
}

static void
tell(Origin *origin, const RepairStep *step, const Mend *mend)
{
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, mend->count);
    g_auto(GStrv) parts = g_strsplit(mend->count == 1 ? step->one : step->many, "%s", 2);
    g_autofree char *text = g_strjoinv(number, parts);
    Repair *repair = origin_repair(origin, step->id, mend->count, text);

    repair->before = g_strndup(mend->before->str, mend->before->len);
    repair->after = g_strndup(mend->after->str, mend->after->len);
    lower_fidelity(origin, mend->partial ? "fragments" : step->fidelity);
}

static void
mend_text(Draft *draft, const char *const *undone)
{
    for (gsize i = 0; i < G_N_ELEMENTS(chain); i++) {
        const RepairStep *step = chain[i];
        Mend mend = { 0 };
        if (is_undone(undone, step->id) ||
            !step->needed(draft->text->str, MIN(draft->text->len, DRAFT_HEAD)))
            continue;
        step->mend(draft, &mend);
        if (mend.count > 0 && draft->origin->repairs->len > 0)
            origin_drop_blackened(draft->origin);
        if (mend.count > 0)
            tell(draft->origin, step, &mend);
        if (mend.before)
            g_string_free(mend.before, TRUE);
        if (mend.after)
            g_string_free(mend.after, TRUE);
    }
}

GBytes *
repair_text(GBytes *bytes, const char *const *undone, Origin *origin)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);

    if (length == 0)
        return g_bytes_ref(bytes);
    Draft draft = { with_lf(data, length), origin };
    mend_text(&draft, undone);
    if (origin->repairs->len == 0) {
        g_string_free(draft.text, TRUE);
        return g_bytes_ref(bytes);
    }
    if (lost_signature(data, length, draft.text))
        origin_note(origin, "signature-lost", SEVERITY_WARNING, NULL);
    if (!origin->original)
        origin->original = g_bytes_ref(bytes);
    return g_string_free_to_bytes(draft.text);
}

static void
count_fields(const char *text, gsize length, RepairCount *count)
{
    for (gsize at = 0; at < length;) {
        const gsize end = draft_line_end(text, length, at);
        gsize name = at;
        FieldName found;
        if (end == at && count->fields > 0) {
            count->body = !draft_is_blank(text, end, length);
            return;
        }
        while (name < end && letters_in_name(text[name]))
            name++;
        if (name > at && name < end && text[name] == ':') {
            count->fields++;
            count->known += names_find(text + at, name - at, &found) ? 1 : 0;
        }
        at = end + 1;
    }
}

RepairCount
repair_count(GBytes *bytes)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    RepairCount count = { 0 };

    if (length == 0)
        return count;
    /* The header is all that counts; nobody waits for a long body while typing. */
    g_autoptr(GBytes) head = g_bytes_new(data, MIN(length, DRAFT_HEAD));
    g_autoptr(Origin) origin = origin_new("paste");
    g_autoptr(GBytes) text = repair_text(head, NULL, origin);
    data = g_bytes_get_data(text, &length);
    count_fields(data, length, &count);
    count.repairs = origin->repairs->len;
    return count;
}

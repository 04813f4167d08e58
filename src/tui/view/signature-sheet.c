/* signature-sheet.c: what a signature covers, drawn over the source, and what was hashed.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tree/words.h"
#include "tui/view/signature-part.h"

/* More of a body is not copied for a look; Source (0) has all of it. */
#define BODY_SHOWN ((gsize)1 << 20)

typedef struct {
    const Signature *signature;
    const Message   *message;
    const char      *raw;
    Sheet           *sheet;
    const Step      *header, *body;     /* diagnoses; or NULL */
    gsize           *place;
    gboolean         told;              /* the header's diagnosis stands where it belongs */
} Draft;

static const SheetEntry entries[] = {
    [FIELD_UNSIGNED] = { SHEET_WHOLE, ROLE_DIM, '.', ROLE_DIM, { 0, 0 } },
    [FIELD_SIGNED] = { SHEET_WHOLE, ROLE_TEXT, '=', ROLE_SOURCE_SIGNED, { 0, 0 } },
    [FIELD_ADDED] = { SHEET_WHOLE, ROLE_OTHER, '!', ROLE_FAIL, { 0, 0 } },
    [FIELD_OWN] = { SHEET_WHOLE, ROLE_LABEL, 'S', ROLE_SOURCE_SIGNED, { 0, 0 } },
};

static void
tell(Draft *draft, const Step *diagnosis, gsize place)
{
    g_autofree char *plain = words_plain(diagnosis);

    sheet_note(draft->sheet, ROLE_CAUSE, plain);
    if (*draft->place == G_MAXSIZE)
        *draft->place = place;
}

static void
note(Draft *draft, const char *text)
{
    sheet_note(draft->sheet, ROLE_DIM, text);
}

static const char *
unusable(const Draft *draft)
{
    return g_strcmp0(result_words[draft->signature->result->result], "permerror") == 0
               ? _("Nothing was hashed: the signature cannot be used.")
               : _("What was hashed cannot be shown.");
}

/* ---- over the source ---- */

/* Whether the diagnosis is about this field, or about none that can be named. */
static gboolean
is_blamed(const Draft *draft, const Field *field, FieldCover cover)
{
    if (!draft->header || (cover != FIELD_SIGNED && cover != FIELD_OWN))
        return FALSE;
    g_autofree char *name = field_name(draft->message, field);
    return cover == FIELD_SIGNED && coverage_blames(draft->header, name);
}

static void
add_field(Draft *draft, const Field *field, FieldCover cover)
{
    SheetEntry entry = entries[cover];
    const gboolean blamed = is_blamed(draft, field, cover);

    entry.target = field->all;
    if (blamed) {
        entry.mark = 'x';
        entry.mark_role = ROLE_CAUSE;
    }
    sheet_add(draft->sheet, &entry, draft->raw + field->all.start, span_length(field->all));
    if (cover == FIELD_ADDED)
        note(draft, _("not signed, though h= names this field: added later, or above the signed "
                      "one"));
    if (blamed && !draft->told) {
        tell(draft, draft->header, field->all.start);
        draft->told = TRUE;
    }
}

static gboolean
names_a_field(const Draft *draft, const Coverage *coverage)
{
    for (guint i = 0; i < coverage->fields->len; i++)
        if (is_blamed(draft, message_field(draft->message, i),
                      g_array_index(coverage->fields, FieldCover, i)))
            return TRUE;
    return FALSE;
}

static void
add_fields(Draft *draft)
{
    const Coverage *coverage = draft->signature->coverage;
    const gboolean elsewhere = draft->header && !names_a_field(draft, coverage);

    for (guint i = 0; i < coverage->fields->len; i++) {
        const FieldCover cover = g_array_index(coverage->fields, FieldCover, i);
        const Field *field = message_field(draft->message, i);
        add_field(draft, field, cover);
        if (elsewhere && cover == FIELD_OWN)
            tell(draft, draft->header, field->all.start);
    }
}

/* A part of the body, byte for byte, in at most BODY_SHOWN bytes. */
static void
add_bytes(Draft *draft, Span span, Role role, char mark, Role mark_role)
{
    const Span shown = { span.start, span.start + MIN(span_length(span), BODY_SHOWN) };
    const SheetEntry entry = { SHEET_SAME, role, mark, mark_role, shown };

    if (span_length(span) == 0)
        return;
    sheet_add(draft->sheet, &entry, draft->raw + shown.start, span_length(shown));
    if (shown.end < span.end) {
        g_autofree char *text = g_strdup_printf(
            _("%zu bytes more: Source (0) has them"), span.end - shown.end);
        note(draft, text);
    }
}

/* In up to three parts: what is signed before the blamed lines, these, and what follows. */
static void
add_signed_body(Draft *draft, Span body)
{
    Span blamed = coverage_blamed_body(draft->body, draft->message);

    if (span_length(blamed) == 0 || blamed.start < body.start || blamed.end > body.end)
        blamed = (Span) { body.start, body.start };
    add_bytes(draft, (Span) { body.start, blamed.start }, ROLE_TEXT, '=', ROLE_SOURCE_SIGNED);
    add_bytes(draft, blamed, ROLE_TEXT, 'x', ROLE_CAUSE);
    if (draft->body)
        tell(draft, draft->body, blamed.start);
    add_bytes(draft, (Span) { blamed.end, body.end }, ROLE_TEXT, '=', ROLE_SOURCE_SIGNED);
}

static void
add_body(Draft *draft)
{
    const Span body = message_body(draft->message);
    const Hashed *hashed = draft->signature->hashed;
    const gsize tail = hashed ? MIN(hashed->tail, body.end) : body.end;
    const SheetEntry blank = { SHEET_NOTE, ROLE_TEXT, ' ', ROLE_TEXT, { 0, 0 } };

    sheet_add(draft->sheet, &blank, "", 0);
    if (!message_has_body(draft->message)) {
        note(draft, _("The body is not at hand."));
        return;
    }
    if (tail < body.start)
        return;
    add_signed_body(draft, (Span) { body.start, tail });
    if (tail >= body.end)
        return;
    add_bytes(draft, (Span) { tail, body.end }, ROLE_OTHER, '!', ROLE_FAIL);
    note(draft, _("not signed: l= ends before it"));
}

static void
add_covered(Draft *draft)
{
    const DkimResult *result = draft->signature->result;

    if (!draft->signature->hashed && result->covered->len == 0) {
        note(draft, unusable(draft));
        return;
    }
    add_fields(draft);
    add_body(draft);
}

/* ---- what was hashed ---- */

static void
add_hashed_header(Draft *draft)
{
    const Hashed *hashed = draft->signature->hashed;
    gsize length = 0;

    if (!hashed) {
        note(draft, unusable(draft));
        return;
    }
    const char *text = g_bytes_get_data(hashed->header, &length);
    for (guint i = 0; i < hashed->pieces->len; i++) {
        const HashedPiece *piece = &g_array_index(hashed->pieces, HashedPiece, i);
        const gboolean own = i + 1 == hashed->pieces->len;
        const gsize end = own ? length : piece[1].start;
        SheetEntry entry = entries[own ? FIELD_OWN : FIELD_SIGNED];
        const char *colon = memchr(text + piece->start, ':', end - piece->start);
        g_autofree char *name = colon ? g_strndup(text + piece->start,
                                                  (gsize)(colon - text) - piece->start)
                                      : g_strdup("");
        const gboolean blamed = !own && coverage_blames(draft->header, g_strstrip(name));
        entry.target = piece->field;
        entry.mark = blamed ? 'x' : entry.mark;
        sheet_add(draft->sheet, &entry, text + piece->start, end - piece->start);
        draft->told = draft->told || blamed;
        if (blamed || (own && draft->header && !draft->told))
            tell(draft, draft->header, piece->field.start);
    }
}

static void
add_hashed_body(Draft *draft)
{
    const Hashed *hashed = draft->signature->hashed;
    const SheetEntry entry = { SHEET_LINES, ROLE_TEXT, '=', ROLE_SOURCE_SIGNED,
                               message_body(draft->message) };

    if (!hashed) {
        note(draft, unusable(draft));
        return;
    }
    if (!hashed->body) {
        note(draft, _("The body is not at hand."));
        return;
    }
    if (draft->body)
        tell(draft, draft->body, G_MAXSIZE);
    gsize length = 0;
    const char *text = g_bytes_get_data(hashed->body, &length);
    if (length == 0)
        note(draft, _("Nothing: an empty body has no octets to hash."));
    else
        sheet_add(draft->sheet, &entry, text, length);
    if (length < hashed->length) {
        g_autofree char *more = g_strdup_printf(_("%zu octets more"),
                                                hashed->length - length);
        note(draft, more);
    }
}

Sheet *
signature_sheet(const App *app, const Signature *signature, Side side, guint width, gsize *place)
{
    Draft draft = { .signature = signature, .message = app->doc->message,
                    .raw = g_bytes_get_data(app_bytes(app), NULL),
                    .sheet = sheet_new(width, app->mode), .place = place };

    *place = G_MAXSIZE;
    draft.header = coverage_step(coverage_step(signature->step, "dkim-header"), "dkim-diagnosis");
    draft.body = coverage_step(coverage_step(signature->step, "dkim-body"), "dkim-diagnosis");
    if (side == SIDE_HEADER)
        add_hashed_header(&draft);
    else if (side == SIDE_BODY)
        add_hashed_body(&draft);
    else
        add_covered(&draft);
    return draft.sheet;
}

char *
signature_sheet_title(const Signature *signature, Side side)
{
    const Hashed *hashed = signature->hashed;
    const char *canon = signature->result->canonicalization;
    g_auto(GStrv) words = g_strsplit(canon ? canon : "", "/", 2);
    const char *header = words[0] ? words[0] : "?";

    if (side == SIDE_COVERED)
        return g_strdup(_("SIGNED?  = yes  . no  ! added later  S the signature  x went wrong"));
    if (side == SIDE_HEADER)
        return g_strdup_printf(_("HEADER AS HASHED  %s, %zu"
                                 " octets, lines end in CRLF"), header,
                               hashed ? g_bytes_get_size(hashed->header) : 0);
    return g_strdup_printf(_("BODY AS HASHED  %s, %zu"
                             " octets, lines end in CRLF"), words[0] && words[1] ? words[1] : "?",
                           hashed ? hashed->length : 0);
}

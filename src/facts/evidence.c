/* evidence.c: what the facts rest on: makes Evidence, and says where it stands.
 * SPDX-License-Identifier: MIT */
#include "facts/report.h"

#include <string.h>

#include "base/room.h"
#include "base/translate.h"

static Evidence *
evidence_new(EvidenceKind kind, const char *name)
{
    Evidence *evidence = record_new(&evidence_type);

    evidence->kind = kind;
    evidence->name = g_strdup(name);
    return evidence;
}

Evidence *
evidence_header(const char *name, gint64 line, Span span)
{
    Evidence *evidence = evidence_new(EVIDENCE_HEADER, name);

    evidence->line = line;
    g_array_append_val(evidence->spans, span);
    return evidence;
}

Evidence *
evidence_body(Span span)
{
    Evidence *evidence = evidence_new(EVIDENCE_BODY, "body");

    g_array_append_val(evidence->spans, span);
    return evidence;
}

Evidence *
evidence_option(const char *name)
{
    return evidence_new(EVIDENCE_OPTION, name);
}

Evidence *
evidence_dns(const DnsAnswer *answer)
{
    Evidence *evidence = evidence_new(EVIDENCE_DNS, answer->name);

    evidence->type = g_strdup(answer->type);
    evidence->source = g_strdup(answer->source);
    return evidence;
}

/* There are dozens of them in a report: where nobody translates, nothing is formatted. */
static void
append_header_place(GString *out, const Evidence *e)
{
    static const char english[] = N_("%s, line %ld");

    if (translate(english) != english) {
        g_string_append_printf(out, _("%s, line %ld"), e->name, (long)e->line);
        return;
    }
    const gsize length = strlen(e->name);
    char *at = room_put(room_make(out, length + 7 + ROOM_INT), e->name, length);
    room_took(out, room_put_int(room_put(at, ", line ", 7), e->line));
}

static void
append_piece(GString *out, const char *piece)
{
    room_append(out, piece, strlen(piece));
}

static void
append_dns_place(GString *out, const Evidence *e)
{
    const char *const pieces[] = { "DNS ", e->type, " ", e->name, " (", e->source, ")" };

    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++)
        append_piece(out, pieces[i] ? pieces[i] : "(null)");
}

void
evidence_append_text(GString *out, const GPtrArray *list)
{
    for (guint i = 0; i < list->len; i++) {
        const Evidence *e = list->pdata[i];
        if (i > 0)
            append_piece(out, "; ");
        if (e->kind == EVIDENCE_HEADER)
            append_header_place(out, e);
        else if (e->kind == EVIDENCE_DNS)
            append_dns_place(out, e);
        else
            g_string_append(out, translate(e->name));
    }
}

char *
evidence_text(const GPtrArray *list)
{
    GString *out = g_string_new(NULL);

    evidence_append_text(out, list);
    return g_string_free(out, FALSE);
}

void
evidence_copy_into(GPtrArray *to, const GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, record_share(&evidence_type, from->pdata[i]));
}

Provenance
evidence_provenance(const GPtrArray *list)
{
    for (guint i = 0; i < list->len; i++)
        if (((const Evidence *)list->pdata[i])->kind == EVIDENCE_OPTION)
            return PROVENANCE_ASSUMED;
    return PROVENANCE_MESSAGE;
}

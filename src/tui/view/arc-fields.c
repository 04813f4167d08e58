/* arc-fields.c: which ARC field belongs to which instance, and which step speaks of it.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "headers/taglist.h"
#include "tui/view/arc-part.h"

static const char *const names[] = { "ARC-Seal", "ARC-Message-Signature",
                                     "ARC-Authentication-Results" };

const char *
arc_field_name(ArcKind kind)
{
    return names[kind];
}

static gint64
number(const char *text)
{
    const gsize digits = text ? strspn(text, "0123456789") : 0;

    if (digits == 0 || digits > 2 || text[digits])
        return 0;
    const gint64 i = g_ascii_strtoll(text, NULL, 10);
    return i <= ARC_MOST ? i : 0;
}

/* i= is a tag of the signatures, and what the report begins with (RFC 8617, 4.1). The beginning is
 * enough where it stands there, as it nearly always does. */
static gint64
instance_of(const Message *message, const Field *field, ArcKind kind)
{
    const char *value = span_in(message_raw(message), field->value);
    const gsize length = span_length(field->value);
    const char *end = kind == ARC_REPORT ? memchr(value, ';', length) : NULL;

    if (kind == ARC_REPORT && !end)
        return 0;
    g_autoptr(TagList) tags = taglist_parse(value, end ? (gsize)(end - value) : length);
    return number(taglist_get(tags, "i"));
}

ArcFields *
arc_fields(const Message *message)
{
    ArcFields *fields = g_new0(ArcFields, 1);

    memset(fields->field, -1, sizeof fields->field);
    for (guint i = 0; i < message_n_fields(message); i++) {
        const Field *field = message_field(message, i);
        guint kind = 0;
        while (kind < ARC_KINDS && !message_field_is(message, field, names[kind]))
            kind++;
        if (kind == ARC_KINDS)
            continue;
        const gint64 instance = instance_of(message, field, (ArcKind)kind);
        if (instance == 0)
            fields->stray++;
        else if (fields->field[instance][kind] >= 0)
            fields->twice[instance] = TRUE;
        else
            fields->field[instance][kind] = (int)i;
    }
    return fields;
}

/* ---- steps ---- */

static const Step *
below(const Step *step, const char *id, const char *argument)
{
    for (guint i = 0; step && i < step->children->len; i++) {
        const Step *child = step->children->pdata[i];
        if (!g_str_equal(child->id, id))
            continue;
        if (!argument || (child->args->len > 0 &&
                          g_strcmp0(child->args->pdata[0], argument) == 0))
            return child;
    }
    return NULL;
}

const Step *
arc_step(const Report *report, gint64 instance, const char *id)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, instance);

    return below(below(below(report->tree, "arc", NULL), "arc-instance", text), id, NULL);
}

const char *
arc_reason(const Step *step)
{
    return step && step->args->len > 0 ? step->args->pdata[step->args->len - 1] : NULL;
}

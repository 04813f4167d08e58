/* origin.c: the record of where a message came from.
 * SPDX-License-Identifier: MIT */
#include "message/origin.h"

static void
free_repair(gpointer repair)
{
    record_free(&repair_type, repair);
}

static void
free_claim(gpointer claim)
{
    record_free(&reported_header_type, claim);
}

static void
free_note(gpointer note)
{
    record_free(&finding_type, note);
}

Origin *
origin_new(const char *kind)
{
    Origin *origin = g_new0(Origin, 1);

    origin->kind = g_strdup(kind);
    origin->index = 1;
    origin->repairs = g_ptr_array_new_with_free_func(free_repair);
    origin->claims = g_ptr_array_new_with_free_func(free_claim);
    origin->notes = g_ptr_array_new_with_free_func(free_note);
    return origin;
}

void
origin_drop_blackened(Origin *origin)
{
    if (!origin->blackened)
        return;
    g_array_unref(origin->blackened->places);
    g_bytes_unref(origin->blackened->written);
    g_clear_pointer(&origin->blackened, g_free);
}

void
origin_free(Origin *origin)
{
    if (!origin || g_atomic_int_add(&origin->holders, -1) > 0)
        return;
    g_free(origin->kind);
    g_free(origin->fidelity);
    g_ptr_array_unref(origin->repairs);
    g_ptr_array_unref(origin->claims);
    g_ptr_array_unref(origin->notes);
    g_clear_pointer(&origin->original, g_bytes_unref);
    origin_drop_blackened(origin);
    g_free(origin);
}

Origin *
origin_copy(const Origin *origin)
{
    Origin *copy = origin_new(origin->kind);

    copy->index = origin->index;
    copy->fidelity = g_strdup(origin->fidelity);
    record_copy_into(&repair_type, copy->repairs, origin->repairs);
    record_copy_into(&reported_header_type, copy->claims, origin->claims);
    record_copy_into(&finding_type, copy->notes, origin->notes);
    copy->original = origin->original ? g_bytes_ref(origin->original) : NULL;
    if (origin->blackened) {
        copy->blackened = g_new(Blackened, 1);
        *copy->blackened = (Blackened){ g_array_copy(origin->blackened->places), origin->blackened->body,
                                        g_bytes_ref(origin->blackened->written) };
    }
    return copy;
}

Origin *
origin_share(Origin *origin)
{
    g_atomic_int_inc(&origin->holders);
    return origin;
}

void
origin_note(Origin *origin, const char *id, Severity severity, ...)
{
    Finding *finding = record_new(&finding_type);
    va_list args;

    finding->id = g_strdup(id);
    finding->severity = (int)severity;
    va_start(args, severity);
    for (const char *arg; (arg = va_arg(args, const char *));)
        g_ptr_array_add(finding->args, g_strdup(arg));
    va_end(args);
    g_ptr_array_add(origin->notes, finding);
}

Repair *
origin_repair(Origin *origin, const char *id, gint64 count, const char *text)
{
    if (count == 0)
        return NULL;
    Repair *repair = record_new(&repair_type);
    repair->id = g_strdup(id);
    repair->count = count;
    repair->text = g_strdup(text);
    g_ptr_array_add(origin->repairs, repair);
    return repair;
}

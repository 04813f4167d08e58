/* bounce.c: what a returned mail says, by whichever reader knows its form.
 * SPDX-License-Identifier: MIT */
#include "mailbox/bounce-parts.h"

/* Bodies of other types hold no report, however large they are. */
static gboolean
can_report(const Message *message)
{
    g_autofree char *type = mime_type(message);

    if (g_str_has_prefix(type, "multipart/") || g_str_has_prefix(type, "message/"))
        return TRUE;
    return g_str_has_prefix(type, "text/") && bounce_is_from_a_server(message);
}

Bounce *
bounce_read_parts(const Message *message, const Parts *known)
{
    if (!can_report(message))
        return NULL;
    g_autoptr(Parts) own = known ? NULL : parts_new(message);
    const Parts *parts = known ? known : own;
    Bounce *bounce = bounce_delivery_report(message, parts);

    if (!bounce)
        bounce = bounce_feedback_report(message, parts);
    if (bounce && (!bounce->diagnostic || !bounce->remote_mta || !bounce->stage))
        bounce_add_from_text(bounce, message, parts);
    if (!bounce)
        bounce = bounce_plain_text(message, parts);
    if (!bounce)
        return NULL;
    bounce->code = reply_status(bounce->diagnostic);
    if (!bounce->status)
        bounce->status = g_strdup(bounce->code);
    return bounce;
}

Bounce *
bounce_read(const Message *message)
{
    return bounce_read_parts(message, NULL);
}

void
bounce_free(Bounce *bounce)
{
    if (!bounce)
        return;
    g_free(bounce->format);
    g_free(bounce->action);
    g_free(bounce->status);
    g_free(bounce->diagnostic);
    g_free(bounce->recipient);
    g_free(bounce->remote_mta);
    g_free(bounce->reporting_mta);
    g_free(bounce->stage);
    g_clear_pointer(&bounce->decoded, g_bytes_unref);
    g_free(bounce->code);
    g_free(bounce->sender);
    g_free(bounce->source_ip);
    g_free(bounce->reported_domain);
    g_free(bounce);
}

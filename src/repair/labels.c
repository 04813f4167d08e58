/* labels.c: the labels of a few languages, and the line that begins with one.
 * SPDX-License-Identifier: MIT */
#include "repair/labels.h"

#include <string.h>

#include "base/lower.h"
#include "repair/letters.h"

static const Label labels[] = {
    { "From", "From", LABEL_FROM, FALSE },
    { "Sent", "Date", LABEL_DATE, TRUE },
    { "Date", "Date", LABEL_DATE, FALSE },
    { "To", "To", LABEL_TO, FALSE },
    { "Cc", "Cc", LABEL_OTHER, FALSE },
    { "Bcc", "Bcc", LABEL_OTHER, FALSE },
    { "Reply-To", "Reply-To", LABEL_OTHER, FALSE },
    { "Importance", "Importance", LABEL_OTHER, FALSE },
    { "Subject", "Subject", LABEL_SUBJECT, FALSE },
    { "差出人", "From", LABEL_FROM, TRUE },
    { "送信者", "From", LABEL_FROM, TRUE },
    { "送信日時", "Date", LABEL_DATE, TRUE },
    { "日時", "Date", LABEL_DATE, TRUE },
    { "日付", "Date", LABEL_DATE, TRUE },
    { "宛先", "To", LABEL_TO, TRUE },
    { "件名", "Subject", LABEL_SUBJECT, TRUE },
    { "Von", "From", LABEL_FROM, TRUE },
    { "Gesendet", "Date", LABEL_DATE, TRUE },
    { "Datum", "Date", LABEL_DATE, TRUE },
    { "An", "To", LABEL_TO, TRUE },
    { "Betreff", "Subject", LABEL_SUBJECT, TRUE },
    { "De", "From", LABEL_FROM, TRUE },
    { "Envoyé", "Date", LABEL_DATE, TRUE },
    { "À", "To", LABEL_TO, TRUE },
    { "Objet", "Subject", LABEL_SUBJECT, TRUE },
    { "Enviado", "Date", LABEL_DATE, TRUE },
    { "Fecha", "Date", LABEL_DATE, TRUE },
    { "Para", "To", LABEL_TO, TRUE },
    { "Asunto", "Subject", LABEL_SUBJECT, TRUE },
};

static const char *
skip_blanks(const char *at, const char *end)
{
    while (at < end && (letters_is_wsp(*at) || letters_blank(at, end)))
        at += letters_is_wsp(*at) ? 1 : letters_blank(at, end);
    return at;
}

const Label *
labels_find(const char *text, gsize at, gsize end, gsize *value)
{
    const char *start = text + at, *stop = text + end;

    for (guint i = 0; i < G_N_ELEMENTS(labels); i++) {
        const gsize size = strlen(labels[i].label);
        if ((gsize)(stop - start) <= size || !lower_same(start, labels[i].label, size))
            continue;
        const char *colon = skip_blanks(start + size, stop);
        const gsize width = colon < stop && *colon == ':' ? 1 : letters_colon(colon, stop);
        if (width == 0)
            continue;
        *value = (gsize)(skip_blanks(colon + width, stop) - text);
        return &labels[i];
    }
    return NULL;
}

const Label *
labels_find_own(const char *text, gsize at, gsize end, gsize *value)
{
    const Label *label = labels_find(text, at, end, value);

    return label && label->own ? label : NULL;
}

gboolean
labels_append_field(GString *out, const char *text, gsize at, gsize end, gboolean own)
{
    gsize value;
    const Label *label = own ? labels_find_own(text, at, end, &value) : labels_find(text, at, end, &value);
    const gsize from = label ? value : at;

    if (label)
        g_string_append_printf(out, "%s: ", label->field);
    g_string_append_len(out, text + from, (gssize)(end - from));
    return label != NULL;
}

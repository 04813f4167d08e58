/* inputs-reported.c: what hosts reported of a message says nothing about the message as it is edited.
 * SPDX-License-Identifier: MIT */
#include "analysis/inputs.h"

#include <string.h>

/* A key, and whether what was reported of SPF, DKIM, DMARC still holds when it is edited. The rest
 * touches none. */
static const struct {
    const char *key;
    gboolean    spf, dkim, dmarc;   /* no longer holds */
} edited[] = {
    { "from", FALSE, FALSE, TRUE },
    { "mail-from", TRUE, FALSE, TRUE }, { "helo", TRUE, FALSE, TRUE }, { "ip", TRUE, FALSE, TRUE },
    { "spf", TRUE, FALSE, TRUE },
    { "dkim.N", FALSE, TRUE, TRUE }, { "dkim.N.d", FALSE, TRUE, TRUE },
    { "dkim.add", FALSE, FALSE, TRUE },
    { "dns", TRUE, TRUE, TRUE },
    { "p", FALSE, FALSE, TRUE }, { "sp", FALSE, FALSE, TRUE }, { "np", FALSE, FALSE, TRUE },
    { "aspf", FALSE, FALSE, TRUE }, { "adkim", FALSE, FALSE, TRUE }, { "psd", FALSE, FALSE, TRUE },
    { "t", FALSE, FALSE, TRUE }, { "pct", FALSE, FALSE, TRUE },
    { "at", FALSE, TRUE, TRUE },
    { "body-byte", FALSE, TRUE, TRUE }, { "header-order", FALSE, TRUE, TRUE },
};

typedef struct {
    gboolean spf, dkim, dmarc;
} Gone;

static Gone
what_is_gone(const Edits *edits)
{
    Gone gone = { FALSE, FALSE, FALSE };

    for (guint i = 0; i < edits_length(edits); i++) {
        const EditKey *row = edit_key_find(edits_get(edits, i)->key);
        for (gsize k = 0; k < G_N_ELEMENTS(edited); k++) {
            if (!g_str_equal(edited[k].key, row->key))
                continue;
            gone.spf = gone.spf || edited[k].spf;
            gone.dkim = gone.dkim || edited[k].dkim;
            gone.dmarc = gone.dmarc || edited[k].dmarc;
        }
    }
    return gone;
}

static gboolean
is_gone(const Gone *gone, const char *method)
{
    return (gone->spf && g_str_equal(method, "spf")) ||
           (gone->dkim && g_str_equal(method, "dkim")) ||
           (gone->dmarc && g_str_equal(method, "dmarc"));
}

static ReportedHeader *
filter(ReportedHeader *header, const Gone *gone)
{
    ReportedHeader *copy = record_copy_sharing(&reported_header_type, header);

    for (guint i = copy->results->len; i > 0; i--) {
        ReportedResult *result = copy->results->pdata[i - 1];
        if (!is_gone(gone, result->method))
            continue;
        g_ptr_array_remove_index(copy->results, i - 1);
        record_free(&reported_result_type, result);
    }
    return copy;
}

static void
free_header(gpointer header)
{
    record_free(&reported_header_type, header);
}

void
inputs_hide_reported(Inputs *inputs, Report *report)
{
    const Gone gone = what_is_gone(inputs->edits);

    if (!gone.spf && !gone.dkim && !gone.dmarc)
        return;
    inputs->hidden = report->reported;
    inputs->filtered = g_ptr_array_new_with_free_func(free_header);
    report->reported = g_ptr_array_new();
    for (guint i = 0; i < inputs->hidden->len; i++) {
        ReportedHeader *copy = filter(inputs->hidden->pdata[i], &gone);
        g_ptr_array_add(inputs->filtered, copy);
        g_ptr_array_add(report->reported, copy);
    }
}

void
inputs_show_reported(Inputs *inputs, Report *report)
{
    if (!inputs->hidden)
        return;
    g_ptr_array_unref(report->reported);
    report->reported = inputs->hidden;
    inputs->hidden = NULL;
}

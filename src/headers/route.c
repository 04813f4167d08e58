/* route.c: the hops of a message in order, their delays and their parts in its way.
 * SPDX-License-Identifier: MIT */
#include "headers/received.h"

#include "headers/border.h"
#include "headers/host.h"
#include "headers/ip.h"

/* More hops than any mail takes (RFC 5321, 6.3, speaks of 100): the rest is a flood. */
#define HOPS_MAX 1000

typedef struct {
    gboolean inner;             /* client and server belong together */
    gboolean handed_in;
} Seen;

typedef struct {
    const Message *message;
    Report        *report;
    ReceivedKept  *kept;
    Border         border;
    GArray        *seen;        /* Seen, one a hop */
    int            above;       /* the Received field over the next one; -1 */
} Reading;

/* ---- delays ---- */

static void
note_clock(Report *report, const Hop *hop, const Hop *before)
{
    g_autofree char *seconds = g_strdup_printf("%" G_GINT64_FORMAT, -hop->delay_s);
    Finding *finding = report_add_finding(report, "received-clock-differs", SEVERITY_INFO,
                                          hop->by ? hop->by : "?", seconds,
                                          before->by ? before->by : "?", NULL);

    evidence_copy_into(finding->evidence, hop->evidence);
    evidence_copy_into(finding->evidence, before->evidence);
}

/* A hop that took the message before the one below had it: two clocks differ. The worst is told. */
static void
set_delays(Report *report)
{
    const Hop *before = NULL, *worst = NULL, *worst_before = NULL;

    for (guint i = report->route->len; i-- > 0;) {
        Hop *hop = report->route->pdata[i];
        if (hop->time == RECORD_UNSET)
            continue;
        if (before)
            hop->delay_s = hop->time - before->time;
        if (before && hop->delay_s < (worst ? worst->delay_s : 0)) {
            worst = hop;
            worst_before = before;
        }
        before = hop;
    }
    if (worst)
        note_clock(report, worst, worst_before);
}

/* ---- roles ---- */

/* Below the border: who wrote a field there is anybody's guess, so these are its own words. */
static const char *
role_below(const Reading *reading, guint i)
{
    const Hop *hop = reading->report->route->pdata[i];
    const Seen *seen = &g_array_index(reading->seen, Seen, i);

    if (seen->handed_in || i + 1 == reading->report->route->len)
        return "submission";
    if (seen->inner || (hop->ip && ip_is_internal(hop->ip)))
        return "internal";
    return "relay";
}

/* No hop from outside: a copy from the Sent folder, mail within a house. */
static const char *
role_inside(const Reading *reading, guint i)
{
    const gboolean handed_in = g_array_index(reading->seen, Seen, i).handed_in;
    const guint count = reading->report->route->len;

    if (handed_in && (i > 0 || count == 1))
        return "submission";
    if (i == 0)
        return "delivery";
    return i + 1 == count ? "submission" : "internal";
}

static void
set_roles(const Reading *reading, const Hop *border)
{
    gboolean below = FALSE;

    for (guint i = 0; i < reading->report->route->len; i++) {
        Hop *hop = reading->report->route->pdata[i];
        const char *role = !border ? role_inside(reading, i)
                           : hop == border ? "border"
                           : below ? role_below(reading, i)
                           : i == 0 ? "delivery" : "internal";
        hop->role = g_strdup(role);
        below = below || hop == border;
    }
}

/* ---- all together ---- */

static void
read_hop(Reading *reading, int index)
{
    const Field *field = message_field(reading->message, (guint)index);
    g_autofree char *value = field_value(reading->message, field);
    ReceivedParts parts;
    Hop *hop = received_parse_kept(reading->kept, value, &parts);

    hop->line = field->line;
    g_ptr_array_add(hop->evidence, host_field_evidence(reading->message, field));
    g_ptr_array_add(reading->report->route, hop);
    Seen seen = { .inner = border_see(&reading->border, hop, &parts, index, reading->above) };
    seen.handed_in = border_is_submission(hop, &parts);
    g_array_append_val(reading->seen, seen);
    reading->above = index;
    received_parts_clear(&parts);
}

static void
read_hops(Reading *reading)
{
    for (int i = message_find(reading->message, "Received", 0); i >= 0;
         i = message_find(reading->message, "Received", (guint)i + 1)) {
        if (reading->report->route->len >= HOPS_MAX) {
            report_add_finding(reading->report, "received-too-many", SEVERITY_WARNING,
                               G_STRINGIFY(HOPS_MAX), NULL);
            break;
        }
        read_hop(reading, i);
    }
}

void
received_route_kept(const Message *message, guint border, ReceivedKept *kept, Report *report)
{
    Reading reading = { .message = message, .report = report, .kept = kept, .above = -1 };

    reading.border.message = message;
    reading.seen = g_array_new(FALSE, FALSE, sizeof(Seen));
    read_hops(&reading);
    Hop *chosen = border > 0 && border <= report->route->len ? report->route->pdata[border - 1]
                                                             : border_found(&reading.border);
    if (chosen)
        chosen->border = TRUE;
    if (border > 0 && chosen && border <= report->route->len)
        report_add_finding(report, "border-chosen", SEVERITY_INFO, chosen->by ? chosen->by : "?",
                           NULL);
    set_delays(report);
    set_roles(&reading, chosen);
    g_array_unref(reading.seen);
}

void
received_route(const Message *message, guint border, Report *report)
{
    received_route_kept(message, border, NULL, report);
}

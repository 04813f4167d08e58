/* arc-part.h: the ARC chain for the files that show it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

enum { ARC_MOST = 50 };     /* RFC 8617, 4.2.1 */

typedef enum { ARC_SEAL, ARC_SIGNATURE, ARC_REPORT, ARC_KINDS } ArcKind;

/* The fields of each instance as they stand in the message, whatever the chain is worth: indexes,
 * -1 for none. */
typedef struct {
    int      field[ARC_MOST + 1][ARC_KINDS];
    gboolean twice[ARC_MOST + 1];
    guint    stray;         /* fields of no instance from 1 to 50 */
} ArcFields;

/* (transfer full: g_free) */
ArcFields  *arc_fields(const Message *message);
const char *arc_field_name(ArcKind kind);

/* The step of that id for an instance; NULL where it was not checked. (transfer none) */
const Step *arc_step(const Report *report, gint64 instance, const char *id);
/* Of the seal's or the message signature's step; NULL for none. (transfer none) */
const char *arc_reason(const Step *step);

/* arc-detail.c: at the end of the page the chain as a whole (`instance` NULL) or one instance; an
 * item's target is an ArcKind + 1. */
void  arc_add_detail(Page *page, const App *app, const ArcFields *fields,
                     const ArcInstance *instance);

/* arc-ladder.c: its rows; `area` is that of the ladder, and the chain stands in its first row. */
void  arc_draw_chain(const App *app, Canvas *canvas, Rect area);
void  arc_draw_headings(Canvas *canvas, Rect area, guint y);
void  arc_draw_hop(const App *app, const ArcInstance *instance, Canvas *canvas, Rect area, guint y);
/* "spf=pass dkim=fail dmarc=pass" (transfer full) */
char *arc_reported_text(const ReportedHeader *reported);

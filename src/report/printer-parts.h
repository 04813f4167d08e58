/* printer-parts.h: sections of the text report that have a file of their own.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/summary.h"
#include "facts/report.h"
#include "report/paper.h"

/* ROUTE: the hops in time order, the oldest first; nothing where there is none. */
void print_route(Paper *paper, const Report *report);

/* WHAT IF: the edits, and the verdict before and after; nothing where there is none. */
void print_what_if(Paper *paper, const Report *report);

/* A line for each receiver's rules, and one for each mail program; nothing where there is none. */
void print_receivers(Paper *paper, const Report *report);
void print_shown(Paper *paper, const Report *report);

/* Where text begins behind a label, as in the Overview. */
#define PRINTER_INDENT 10

/* The fix: who, what to write, what others can do, what would not help (printer-fix.c). */
void printer_fix(Paper *paper, const Summary *summary);
/* The head of a bounce: what came back, why, what to do, what was returned (printer-bounce.c). */
void printer_bounce(Paper *paper, const Summary *summary);

/* route-part.h: one hop, for the files that show the route.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

/* At the end of the page all that is known of a hop; `at`: its place in the report's route. */
void        route_add_hop(Page *page, const App *app, guint at);
/* "+3 s", "+2 h"; "-3 days" where a clock goes wrong. (transfer full) */
char       *route_delay(gint64 seconds);
/* The role in words; one that is not known as it is. */
const char *route_role(const char *role);

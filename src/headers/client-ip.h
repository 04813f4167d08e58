/* client-ip.h: the client's address as a results field tells it.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* The first that one of its results names: a property ("client-ip"), or the sentence in an spf
 * result's comment; NULL where there is none. (transfer full) */
char *client_ip_stated(const ReportedHeader *header);

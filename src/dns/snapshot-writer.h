/* snapshot-writer.h: DNS answers as a snapshot file (INTERFACE.md).
 * SPDX-License-Identifier: MIT */
#pragma once

#include "facts/report.h"

/* Exactly what was asked and answered, in that order; read again it gives the same answers. Of
 * the same question twice, the later answer counts where the earlier was trouble. `answers`:
 * DnsAnswer; `taken`: seconds since 1970. (transfer full) */
char *snapshot_text(const GPtrArray *answers, gint64 taken);

/* spare.c: freed records kept for the next message.
 * SPDX-License-Identifier: MIT */
#include "base/spare.h"

_Thread_local Spare *spare;

void
spare_keep(void)
{
    if (!spare)
        spare = g_new0(Spare, 1);
}

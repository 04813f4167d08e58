/* spare.c: freed records kept for the next message.
 * SPDX-License-Identifier: MIT */
#include "base/spare.h"

#include <string.h>

_Thread_local Spare *spare;

void
spare_keep(void)
{
    if (spare)
        return;
    spare = g_new(Spare, 1);
    memset(spare->n, 0, sizeof spare->n);       /* the rest is read only where something was put */
}

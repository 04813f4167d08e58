/* back.c: what is known of a core that is gone.
 * SPDX-License-Identifier: MIT */
#include "tui/front.h"

/* What is read is read in no time, and so is to blame where that was not over. */
void
back_find(Back *back, Core *core)
{
    CoreSign *sign = core_sign(core);
    const gint reading = g_atomic_int_get(&sign->doing[0]);
    guint rows = 0;

    back->row = 0;
    for (guint i = 1; i < CORE_DOING; i++) {
        const gint row = g_atomic_int_get(&sign->doing[i]);
        if (row > 0 && rows++ == 0)
            back->row = (guint)row;
    }
    if (reading > 0)
        back->row = (guint)reading;
    else if (rows > 1) {
        back->row = 0;
        back->serial = TRUE;
    }
}

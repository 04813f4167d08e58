/* export-mask.c: whose names and addresses are masked.
 * SPDX-License-Identifier: MIT */
#include "tui/export-mask.h"

#include "headers/personal.h"
#include "mailbox/inside.h"

#define INSIDE_MAX 50

Mask *
export_mask(const Report *report, const Message *message)
{
    Mask *mask = mask_new();

    mask_learn_report(mask, report);
    if (message) {
        personal_learn(mask, message);
        g_autoptr(GPtrArray) inside = inside_find(message, INSIDE_MAX);
        for (guint i = 0; i < inside->len; i++)
            personal_learn(mask, ((const InsideMessage *)inside->pdata[i])->message);
    }
    return mask;
}

/* back.c: what is known of a core that is gone, for the next one.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/front/front.h"
#include "tui/terminal/input.h"

/* In a row, with nothing typed between them, of which nobody knows the message. */
enum { DEATHS_MAX = 3 };

gboolean
back_take_way(Back *back, const guint8 *bytes, gsize length)
{
    if (length > BACK_WAY_MAX)
        return FALSE;
    g_free(back->way);
    back->way = g_strndup((const char *)bytes, length);
    return TRUE;
}

gboolean
back_keep(Back *back, gboolean first, const guint8 *bytes, gsize length)
{
    if (!back->kept)
        back->kept = g_byte_array_new();
    if (first)
        g_byte_array_set_size(back->kept, 0);
    if (length > INPUT_TEXT_MAX - MIN(back->kept->len, INPUT_TEXT_MAX))
        return FALSE;
    if (length > 0)
        g_byte_array_append(back->kept, bytes, (guint)length);
    return TRUE;
}

/* What is read is read in no time, and so is to blame where that was not over. */
static void
find_row(Back *back, const CoreSign *sign)
{
    const gint reading = sign->doing[0];
    guint rows = 0;

    back->row = 0;
    for (guint i = 1; i < CORE_DOING; i++) {
        const gint row = sign->doing[i];
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

gboolean
back_take_end(Back *back, const CoreGone *gone, gboolean stopped)
{
    find_row(back, &gone->sign);
    g_clear_pointer(&back->died, g_free);
    back->stopped = stopped;
    if (gone->planned)
        return TRUE;
    back->died = pool_loss_text(&gone->loss);
    back->again = back->deaths > 0;
    back->deaths += back->row == 0;
    return back->deaths < DEATHS_MAX;
}

int
back_say_over(const Back *back, const CoreGone *gone)
{
    if (!gone)
        g_printerr("%s", _("fromscope: no process can be started\n"));
    else
        g_printerr(_("fromscope: what reads the message died several times: %s; it was confined\n"),
                   back->died ? back->died : "");
    return 2;
}

/* The core has a copy of its own, as of all memory. */
void
back_hand_on(Back *back)
{
    g_clear_pointer(&back->pasted, g_bytes_unref);
    if (back->kept && back->kept->len > 0)
        back->pasted = g_bytes_new_static(back->kept->data, back->kept->len);
}

void
back_clear(Back *back)
{
    g_free(back->way);
    g_free(back->died);
    g_clear_pointer(&back->pasted, g_bytes_unref);
    g_clear_pointer(&back->kept, g_byte_array_unref);
}

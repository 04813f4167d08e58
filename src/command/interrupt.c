/* interrupt.c: handlers that only wish.
 * SPDX-License-Identifier: MIT */
#include "command/interrupt.h"

#include <signal.h>

static const int signals[] = {SIGINT, SIGTERM};

/* A handler can be given nothing, so what it needs lies here, filled before the handlers are set
 * (as in tui/rescue.c). */
static struct {
    Stop *stop;
    volatile sig_atomic_t number;
} caught;

/* stop_wish() sets a flag and writes to a descriptor: both may be done here. */
static void
on_signal(int number)
{
    caught.number = number;
    stop_wish(caught.stop);
}

void
interrupt_catch(Stop *stop)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND}, before;

    caught.stop = stop;
    caught.number = 0;
    sigemptyset(&action.sa_mask);
    for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(signals[i], &action, NULL);
}

void
interrupt_leave_to_parent(void)
{
    signal(SIGINT, SIG_IGN);
}

int
interrupt_release(void)
{
    struct sigaction now;

    for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
        if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler == on_signal)
            signal(signals[i], SIG_DFL);
    return caught.number;
}

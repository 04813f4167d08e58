/* screen-host.h: who analyzes messages for the screen, which cannot do it itself.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "session/session.h"
#include "tui/app.h"

typedef struct ScreenHost ScreenHost;

/* Fills input->host and input->lanes. `session` and `input` are borrowed, and have to live as long. (transfer full) */
ScreenHost *screen_host_new(const Session *session, AppInput *input);
void        screen_host_free(ScreenHost *host);

/* list.h: `survey --list`.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "session/session.h"

/* One line a message: index, date, From, Subject, with a tab between; the exit status. */
int command_list(const Session *session);

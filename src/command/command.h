/* command.h: the commands, each in a file of its own.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "session/session.h"

/* They return the exit status. */
int command_report(const Session *session);
int command_survey(const Session *session);
int command_snapshot(const Session *session);
int command_check(const Session *session);
int command_repair(const Session *session);
int command_info(const Session *session);
int command_view(const Session *session);
int command_lesson(const Session *session);

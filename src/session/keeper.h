/* keeper.h: which files the command line gives to what looks into messages.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "process/keeper.h"
#include "session/session.h"

/* (transfer full) */
Keeper *session_keeper(const Session *session);

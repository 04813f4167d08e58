/* data.h: the files of data that analyses go by, read once a process.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "advice/provider.h"
#include "headers/lookalike.h"
#include "receivers/presentation.h"
#include "receivers/rules.h"

typedef struct {
    ReceiverRules *receivers;
    Lookalikes    *lookalikes;
    Programs      *programs;
    Providers     *providers;
} SessionData;

/* The user's own files where there are some, else those that came with the program. What is
 * wrong with a file is added to `faults` (char *), or said on standard error where that is NULL; the
 * next best one is used. (transfer full) */
SessionData *session_data_load(GPtrArray *faults);
void         session_data_free(SessionData *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SessionData, session_data_free)

/* baked.h: the files of data that come with the program, as they were read when it was built.
 * SPDX-License-Identifier: MIT
 *
 * src/bake writes the tables (baked.c in the build folder). A start opens and reads none of the files, unless one of them was
 * changed since then, or the user has files of their own. */
#pragma once

#include "advice/provider.h"
#include "headers/lookalike.h"
#include "receivers/presentation.h"
#include "receivers/rules.h"

/* What was read, below the folder of data; NULL ends it. */
typedef struct {
    const char *name;
    guint64     size;           /* 0: a folder */
} BakedFile;

extern const BakedFile     baked_files[];
extern const ReceiverRules baked_receivers;
extern const Lookalikes    baked_lookalikes;
extern const Programs      baked_programs;
extern const ProviderTable baked_providers;

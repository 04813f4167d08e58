/* rows.c: lanes, and who drives on which.
 * SPDX-License-Identifier: MIT */
#include "session/rows.h"

#include <sched.h>

#include "survey/row.h"

/* More would only wait for the one that shows what they found. */
enum { LANES_MAX = 8 };

typedef struct {
    ReceiverRules *judges;      /* some of the options' rules; NULL: nobody asked yet, or there are none */
    Resolver      *twin;        /* of SessionRows.resolver; or NULL */
    gboolean       taken;
} Lane;

struct SessionRows {
    GMutex    mutex;
    GCond     given;
    guint     n_lanes;
    Lane      lanes[LANES_MAX];
    Resolver *resolver;         /* borrowed: what the twins are of */
};

/* Those that we may use. GLib's own count reads files for it, three times. */
static int
count_processors(void)
{
    cpu_set_t set;

    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : (int)g_get_num_processors();
}

SessionRows *
session_rows_new(void)
{
    SessionRows *rows = g_new0(SessionRows, 1);

    g_mutex_init(&rows->mutex);
    g_cond_init(&rows->given);
    rows->n_lanes = (guint)CLAMP(count_processors(), 1, LANES_MAX);
    return rows;
}

guint
session_rows_lanes(const SessionRows *rows)
{
    return rows->n_lanes;
}

void
session_rows_forget(SessionRows *rows)
{
    for (guint i = 0; i < rows->n_lanes; i++)
        g_clear_pointer(&rows->lanes[i].twin, resolver_free);
    rows->resolver = NULL;
}

void
session_rows_free(SessionRows *rows)
{
    if (!rows)
        return;
    session_rows_forget(rows);
    for (guint i = 0; i < rows->n_lanes; i++)
        g_clear_pointer(&rows->lanes[i].judges, receiver_rules_free_some);
    g_mutex_clear(&rows->mutex);
    g_cond_clear(&rows->given);
    g_free(rows);
}

static void
set_judges(Lane *lane, const ReceiverRules *rules)
{
    if (lane->judges || !rules)
        return;
    lane->judges = receiver_rules_some(rules, survey_judge_words);
    receiver_rules_keep(lane->judges);
}

/* One that nobody has, or NULL. The first asks the resolver itself. */
static Lane *
free_lane(SessionRows *rows)
{
    for (guint i = 0; i < rows->n_lanes; i++) {
        Lane *lane = &rows->lanes[i];
        if (lane->taken)
            continue;
        if (i > 0 && !lane->twin)
            lane->twin = resolver_twin(rows->resolver);
        return i == 0 || lane->twin ? lane : NULL;
    }
    return NULL;
}

static Lane *
take_lane(SessionRows *rows, Resolver *resolver)
{
    Lane *lane;

    g_mutex_lock(&rows->mutex);
    rows->resolver = resolver;
    while (!(lane = free_lane(rows)))
        g_cond_wait(&rows->given, &rows->mutex);
    lane->taken = TRUE;
    g_mutex_unlock(&rows->mutex);
    return lane;
}

static void
give_lane(SessionRows *rows, Lane *lane)
{
    g_mutex_lock(&rows->mutex);
    lane->taken = FALSE;
    g_cond_signal(&rows->given);
    g_mutex_unlock(&rows->mutex);
}

Report *
session_rows_run(SessionRows *rows, const Message *message, Resolver *resolver, const AnalysisOptions *options)
{
    Lane *lane = take_lane(rows, resolver);
    AnalysisOptions brief = *options;

    set_judges(lane, options->receivers);
    brief.second_opinions = OPINIONS_NONE;
    brief.programs = NULL;
    brief.brief = TRUE;
    brief.receivers = lane->judges;
    Report *report = analysis_run(message, lane->twin ? lane->twin : resolver, &brief);
    give_lane(rows, lane);
    return report;
}

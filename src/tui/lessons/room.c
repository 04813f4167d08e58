/* room.c: a lesson for a projector: wide margins, guesses counted by hand, a timer.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/handlers.h"
#include "tui/lessons/lesson.h"
#include "tui/lessons/part.h"

enum { TIMER_SECONDS = 60, SECONDS_MAX = 10 * 60, VOTES_MAX = 999, BAR_MAX = 40 };

/* ---- what is seen ---- */

static guint
all_votes(const RoomVotes *votes)
{
    guint all = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(votes->counts); i++)
        all += votes->counts[i];
    return all;
}

/* The votes for one choice, as a number and a bar: "b   7  #######" */
static char *
vote_text(const RoomVotes *votes, guint choice)
{
    g_autofree char *bar = g_strnfill(MIN(votes->counts[choice], BAR_MAX), '#');

    return g_strdup_printf("%c %3u  %s", 'a' + (char)choice, votes->counts[choice], bar);
}

static char *
timer_text(const RoomVotes *votes)
{
    const gint64 left = votes->until - g_get_monotonic_time();

    if (votes->until == 0)
        return NULL;
    if (left <= 0)
        return g_strdup(_("Time is up."));
    const guint seconds = (guint)((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
    return g_strdup_printf(_("Time left: %u:%02u"), seconds / 60, seconds % 60);
}

void
room_add(const App *app, Page *page, guint x, guint limit)
{
    const LessonPlay *play = app->lesson;
    const PlayerPhase phase = player_phase(play->player);
    g_autofree char *timer = timer_text(&play->votes);

    page_row(page);
    if (timer)
        page_wrap(page, page_row(page), x, limit, ROLE_LABEL, timer);
    if (phase != PLAYER_GUESS && (phase != PLAYER_REVEAL || all_votes(&play->votes) == 0))
        return;
    for (guint i = 0; i < player_choices(play->player); i++) {
        g_autofree char *text = vote_text(&play->votes, i);
        const gboolean right = phase == PLAYER_REVEAL && player_choice_right(play->player, i);
        page_wrap(page, page_row(page), x, limit, right ? ROLE_PASS : ROLE_DIM, text);
    }
    page_row(page);
}

/* ---- keys ---- */

static void
count(App *app, guint choice, gboolean more)
{
    RoomVotes *votes = &app->lesson->votes;

    if (choice >= player_choices(app->lesson->player)) {
        app_status(app, _("There is no such answer here"));
        return;
    }
    votes->sum++;
    if (more)
        votes->counts[choice] += votes->counts[choice] < VOTES_MAX ? 1 : 0;
    else
        votes->counts[choice] -= votes->counts[choice] > 0 ? 1 : 0;
}

#define COUNTER(name, choice, more) \
    void                            \
    name(App *app)                  \
    {                               \
        count(app, choice, more);   \
    }

COUNTER(room_a, 0, TRUE)
COUNTER(room_b, 1, TRUE)
COUNTER(room_c, 2, TRUE)
COUNTER(room_d, 3, TRUE)
COUNTER(room_e, 4, TRUE)
COUNTER(room_f, 5, TRUE)
COUNTER(room_a_less, 0, FALSE)
COUNTER(room_b_less, 1, FALSE)
COUNTER(room_c_less, 2, FALSE)
COUNTER(room_d_less, 3, FALSE)
COUNTER(room_e_less, 4, FALSE)
COUNTER(room_f_less, 5, FALSE)

/* The room's guesses are nobody's: they count for no score, and nothing is asked again. */
void
room_reveal(App *app)
{
    LessonPlay *play = app->lesson;
    const RoomVotes votes = play->votes;

    player_reveal(play->player);
    play->votes = votes;
    play->votes.until = 0;
    lesson_conceal(app);
}

/* A minute; pressed again, one more. */
void
room_timer(App *app)
{
    RoomVotes *votes = &app->lesson->votes;
    const gint64 now = g_get_monotonic_time();
    const gint64 from = votes->until > now ? votes->until : now;

    votes->until = MIN(from + (gint64)TIMER_SECONDS * G_USEC_PER_SEC,
                       now + (gint64)SECONDS_MAX * G_USEC_PER_SEC);
}

/* Whether what is seen changes with time. */
gboolean
room_ticks(const App *app)
{
    return app_in_lesson(app) && app->lesson->votes.until > g_get_monotonic_time();
}

void
command_room(App *app, const char *argument)
{
    if (!app->lesson) {
        app_status(app, _("A room needs a lesson: L shows them"));
        return;
    }
    app->lesson->room = *argument ? g_str_equal(argument, "on") : !app->lesson->room;
    player_keep(app->lesson->player, !app->lesson->room);
    app_status(app, app->lesson->room
                        ? _("For a room: a b c d count guesses (A B C D: one less), t timer, Space reveals")
                        : _("For one learner again"));
}

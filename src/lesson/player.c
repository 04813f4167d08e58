/* player.c: pages of a lesson, one after the other.
 * SPDX-License-Identifier: MIT */
#include "lesson/player-part.h"

#include "lesson/step-path.h"

static void
free_page(gpointer data)
{
    PlayPage *page = data;

    if (page->answer)
        answer_free(page->answer);
    g_free(page);
}

static void
free_lesson(gpointer data)
{
    lesson_free(data);
}

/* ---- pages ---- */

gboolean
player_is_question(const ScriptSection *section)
{
    return section->kind == SECTION_PREDICT || section->kind == SECTION_ASK;
}

/* What the text says until the analysis does. */
static Result
expected(const ScriptSection *section)
{
    const char *word = section_value(section, "expect");
    Result result = RESULT_UNKNOWN;

    if (section->kind == SECTION_PREDICT && word)
        result_of_word(word, &result);
    return result;
}

PlayPage *
player_add(Player *player, guint index, const ScriptSection *section)
{
    PlayPage *page = g_new0(PlayPage, 1);

    page->index = index;
    page->section = section;
    page->guess = -1;
    page->outcome = expected(section);
    g_ptr_array_add(player->pages, page);
    return page;
}

static const Lesson *
other_lesson(Player *player, const char *name)
{
    for (guint i = 0; i < player->others->len; i++)
        if (lesson_is(((const Lesson *)player->others->pdata[i])->name, name))
            return player->others->pdata[i];
    Lesson *found = lesson_beside(player->lesson, name);
    if (found)
        g_ptr_array_add(player->others, found);
    return found;
}

/* An item that is nowhere costs a page, nothing more: --check names it. */
static void
add_again(Player *player, guint index, const ScriptSection *section)
{
    g_autofree char *name = NULL, *item = NULL;

    if (!lesson_reference(section->argument, &name, &item))
        return;
    const Lesson *lesson = lesson_is(player->lesson->name, name) ? player->lesson
                                                                 : other_lesson(player, name);
    const ScriptSection *found = lesson ? script_find_item(lesson->script, item) : NULL;
    if (!found || !player_is_question(found))
        return;
    PlayPage *page = player_add(player, index, found);
    page->from = lesson == player->lesson ? NULL : lesson;
    page->repeats = TRUE;
}

Player *
player_new(Lesson *lesson, gboolean keep)
{
    Player *player = g_new0(Player, 1);

    player->lesson = lesson;
    player->keep = keep;
    player->others = g_ptr_array_new_with_free_func(free_lesson);
    player->pages = g_ptr_array_new_with_free_func(free_page);
    player->answers = g_ptr_array_new();
    for (guint i = 0; i < lesson->script->sections->len; i++) {
        const ScriptSection *section = lesson->script->sections->pdata[i];
        if (section->kind == SECTION_AGAIN)
            add_again(player, i, section);
        else if (section->kind != SECTION_OTHER)
            player_add(player, i, section);
    }
    return player;
}

void
player_free(Player *player)
{
    if (!player)
        return;
    g_ptr_array_unref(player->answers);
    g_ptr_array_unref(player->pages);
    g_ptr_array_unref(player->others);
    lesson_free(player->lesson);
    g_free(player->fault);
    g_free(player);
}

const Lesson *
player_lesson(const Player *player)
{
    return player->lesson;
}

void
player_keep(Player *player, gboolean keep)
{
    player->keep = keep;
}

/* ---- where ---- */

PlayPage *
player_now(const Player *player)
{
    return player->at < player->pages->len ? player->pages->pdata[player->at] : NULL;
}

PlayerPhase
player_phase(const Player *player)
{
    const PlayPage *page = player_now(player);

    if (!page)
        return PLAYER_END;
    if (page->section->kind == SECTION_GOAL)
        return page->shown ? PLAYER_REACHED : PLAYER_TASK;
    if (!player_is_question(page->section))
        return PLAYER_TEXT;
    return page->shown ? PLAYER_REVEAL : page->guess >= 0 ? PLAYER_SURE : PLAYER_GUESS;
}

guint
player_page(const Player *player)
{
    return player->at;
}

guint
player_pages(const Player *player)
{
    return player->pages->len + 1;
}

PlayerPlace
player_place(const Player *player)
{
    guint own = 0;

    while (own < player->pages->len && !((const PlayPage *)player->pages->pdata[own])->last)
        own++;
    if (player->at >= own && player->at < player->pages->len)
        return (PlayerPlace) { player->at - own + 1, player->pages->len - own, TRUE };
    return (PlayerPlace) { MIN(player->at, own) + 1, own + 1, FALSE };
}

guint
player_section_index(const Player *player)
{
    const PlayPage *page = player_now(player);
    const guint sections = player->lesson->script->sections->len;

    return page ? page->index : MAX(sections, 1) - 1;
}

const ScriptSection *
player_section(const Player *player)
{
    const PlayPage *page = player_now(player);

    return page ? page->section : NULL;
}

gboolean
player_repeats(const Player *player)
{
    const PlayPage *page = player_now(player);

    return page && page->repeats;
}

gboolean
player_is_here(const Player *player)
{
    const PlayPage *page = player_now(player);

    return page && (!page->repeats || (page->last && !page->from));
}

const Lesson *
player_from(const Player *player)
{
    const PlayPage *page = player_now(player);

    return page ? page->from : NULL;
}

void
player_note(Player *player, gboolean good, GError *error)
{
    if (good)
        return;
    if (!player->fault)
        player->fault = g_strdup(error->message);
    g_error_free(error);
}

void
player_finish(Player *player)
{
    for (guint i = 0; i < player->pages->len; i++)
        ((PlayPage *)player->pages->pdata[i])->shown = TRUE;
    player->at = player->pages->len;
}

/* Where it was left, or that it is done. */
static void
keep_place(Player *player)
{
    const char *name = player->lesson->name;
    GError *error = NULL;
    gboolean good = TRUE;

    if (!player->keep)
        return;
    if (player->at < player->pages->len)
        good = progress_page(name, player->done ? 0 : player->at + 1, &error);
    else if (!player->done)
        good = progress_done(name, g_get_real_time() / G_USEC_PER_SEC, &error);
    player->done = player->done || player->at >= player->pages->len;
    player_note(player, good, error);
}

gboolean
player_next(Player *player)
{
    switch (player_phase(player)) {
    case PLAYER_GUESS:
    case PLAYER_SURE:
    case PLAYER_TASK:
    case PLAYER_END:
        return FALSE;
    case PLAYER_TEXT:
    case PLAYER_REVEAL:
    case PLAYER_REACHED:
        break;
    }
    player->at++;
    keep_place(player);
    return TRUE;
}

/* From a guess to the question, from there to the page before. */
gboolean
player_back(Player *player)
{
    PlayPage *page = player_now(player);

    if (page && !page->shown && page->guess >= 0) {
        page->guess = -1;
        return TRUE;
    }
    if (player->at == 0)
        return FALSE;
    player->at--;
    keep_place(player);
    return TRUE;
}

void
player_go(Player *player, guint to)
{
    const guint target = MIN(to, player->pages->len);

    for (guint i = 0; i < target; i++)
        ((PlayPage *)player->pages->pdata[i])->shown = TRUE;
    player->at = target;
}

/* ---- all ---- */

/* Until an `other` names another message. */
static gboolean
same_message(const Player *player, guint from, guint to)
{
    for (guint i = MIN(from, to) + 1; i <= MAX(from, to); i++) {
        const ScriptSection *section = player->lesson->script->sections->pdata[i];
        if (section->kind == SECTION_OTHER)
            return FALSE;
    }
    return TRUE;
}

/* What is asked once more hides its answer while it is asked, not before. */
gboolean
player_hides(const Player *player)
{
    const PlayPage *now = player_now(player);

    for (guint i = player->at; now && i < player->pages->len; i++) {
        const PlayPage *page = player->pages->pdata[i];
        if (page->section->kind == SECTION_PREDICT && !page->shown &&
            (page == now || !page->repeats) && same_message(player, now->index, page->index))
            return TRUE;
    }
    return FALSE;
}

const char *
player_told_step(const Player *player, guint number)
{
    const PlayPage *now = player_now(player);

    for (guint i = 0; now && i < player->pages->len; i++) {
        const PlayPage *page = player->pages->pdata[i];
        const gboolean asked = page->section == now->section && !now->shown;
        if (page->section->kind == SECTION_PREDICT && page->shown && !page->repeats && !asked &&
            same_message(player, now->index, page->index) && number-- == 0)
            return page->section->argument;
    }
    return NULL;
}

static gboolean
is_first(const Player *player, guint index)
{
    const Answer *answer = player->answers->pdata[index];

    for (guint i = 0; i < index; i++)
        if (g_str_equal(((const Answer *)player->answers->pdata[i])->item, answer->item))
            return FALSE;
    return TRUE;
}

guint
player_right(const Player *player)
{
    guint right = 0;

    for (guint i = 0; i < player->answers->len; i++)
        right += is_first(player, i) && ((const Answer *)player->answers->pdata[i])->right ? 1 : 0;
    return right;
}

guint
player_asked(const Player *player)
{
    guint asked = 0;

    for (guint i = 0; i < player->answers->len; i++)
        asked += is_first(player, i) ? 1 : 0;
    return asked;
}

char *
player_fault(Player *player)
{
    return g_steal_pointer(&player->fault);
}

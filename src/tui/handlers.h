/* handlers.h: what the table of keys calls, and nobody else; each stands with what it acts on.
 * SPDX-License-Identifier: MIT */
#pragma once

#include "tui/ui.h"

void  command_lesson_open(App *app, const char *argument);
void  command_try(App *app, const char *argument);
void  command_room(App *app, const char *argument);
void  command_glossary(App *app, const char *argument);

/* choices.c: what a person decides about a message, and what follows. */
void  app_trust(App *app);
void  app_border(App *app);

/* choices.c: the same by a command's word. */
void  command_dns(App *app, const char *argument);
void  command_trust(App *app, const char *argument);
void  command_distrust(App *app, const char *argument);
void  command_border(App *app, const char *argument);

void  command_goal(App *app, const char *argument);
void  command_letter(App *app, const char *argument);     /* view/advice.c */
/* what-if-prompt.c: a value is typed. */
void  edit_enter(App *app);
void  edit_leave(App *app);
void  edit_erase(App *app);
void  edit_clear(App *app);
void  edit_complete(App *app);

void  command_mouse(App *app, const char *argument);

/* Handlers of the table of keys. */
void  app_overview(App *app);
void  app_pane(App *app);
void  app_results(App *app);
void  app_route(App *app);
void  app_arc(App *app);
void  app_signatures(App *app);
void  app_chart(App *app);
void  app_advice(App *app);
void  app_receivers(App *app);
void  survey_sort(App *app);
void  survey_reverse(App *app);
void  survey_filter(App *app);
void  command_shown(App *app, const char *argument);
void  app_answers(App *app);  /* of DNS */
void  app_source(App *app);
void  app_messages(App *app);
void  app_next_message(App *app);
void  app_previous_message(App *app);
void  app_help(App *app);
void  app_lessons(App *app);
void  lesson_next(App *app);
void  lesson_back(App *app);
void  lesson_restart(App *app);
void  lesson_finish(App *app);
void  lesson_leave(App *app);
void  lesson_skip(App *app);
void  lesson_aside(App *app);
void  lesson_propose(App *app);
void  lesson_what_if(App *app);
void  lesson_page_up(App *app);
void  lesson_page_down(App *app);
void  answer_a(App *app);
void  answer_b(App *app);
void  answer_c(App *app);
void  answer_d(App *app);
void  answer_e(App *app);
void  answer_f(App *app);
void  sure_1(App *app);
void  sure_2(App *app);
void  sure_3(App *app);
void  room_a(App *app);
void  room_b(App *app);
void  room_c(App *app);
void  room_d(App *app);
void  room_e(App *app);
void  room_f(App *app);
void  room_a_less(App *app);
void  room_b_less(App *app);
void  room_c_less(App *app);
void  room_d_less(App *app);
void  room_e_less(App *app);
void  room_f_less(App *app);
void  room_reveal(App *app);
void  room_timer(App *app);
void  app_predict(App *app);
void  guess_a(App *app);
void  guess_b(App *app);
void  guess_c(App *app);
void  guess_d(App *app);
void  guess_e(App *app);
void  guess_skip(App *app);
void  guess_sure_1(App *app);
void  guess_sure_2(App *app);
void  guess_sure_3(App *app);
void  guess_next(App *app);
void  guess_back(App *app);
void  guess_leave(App *app);
void  app_quit(App *app);
void  app_page_up(App *app);
void  app_page_down(App *app);
void  app_first(App *app);
void  app_last(App *app);
void  app_export(App *app);   /* export.c */
void  export_enter(App *app);
void  export_leave(App *app);
void  export_redact(App *app);
void  app_insert(App *app);
void  app_search(App *app);
void  app_search_next(App *app);
void  app_search_previous(App *app);
void  overview_walk(App *app);
void  tree_step_back(App *app);
void  tree_finish(App *app);
void  tree_restart(App *app);
void  tree_fold(App *app);
void  tree_unfold(App *app);
void  tree_cause(App *app);
void  tree_next_failing(App *app);
void  tree_previous_failing(App *app);
void  tree_other_rfc(App *app);     /* tree-other.c */
void  arc_pane(App *app);
void  signatures_pane(App *app);
void  signatures_side(App *app);
void  chart_left(App *app);
void  chart_right(App *app);
void  chart_record(App *app);
void  chart_tab(App *app);
void  chart_what_if(App *app);    /* chart-open.c */
void  advice_tab(App *app);
void  source_original(App *app);
void  list_sort(App *app);
void  list_reverse(App *app);
void  list_filter(App *app);
void  tree_filter(App *app);
void  palette_enter(App *app);
void  palette_complete(App *app);
void  palette_up(App *app);
void  palette_down(App *app);
void  palette_erase(App *app);
void  palette_clear(App *app);
void  palette_leave(App *app);
void  paste_leave(App *app);
void  paste_newline(App *app);
void  paste_erase(App *app);
void  paste_clear(App *app);
void  prompt_enter(App *app);
void  prompt_leave(App *app);
void  prompt_erase(App *app);
void  question_no(App *app);

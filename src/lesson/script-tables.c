/* script-tables.c: the sections of a lesson and their keys.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "lesson/script.h"

#define IN(kind) (1u << SECTION_##kind)
#define ITEMS    (IN(PREDICT) | IN(ASK) | IN(GOAL))

const ScriptKind script_kinds[] = {
    [SECTION_READ] = {"read", "", FALSE, N_("a page of text")},
    [SECTION_LOOK] = {"look", "VIEW [STEP]", TRUE,
                      N_("a view of the message, the cursor on a step of the tree; the text stands "
                         "beside it")},
    [SECTION_PREDICT] = {"predict", "STEP", TRUE,
                         N_("a question: how does this step of the tree come out?")},
    [SECTION_ASK] =
        {"ask", "", FALSE,
         N_("a question with choices of its own: `* right`, `- wrong`, 2 to 6 of them")},
    [SECTION_WHAT_IF] = {"what-if", "[KEY=VALUE]", FALSE,
                         N_("the analysis with changed inputs, before and after")},
    [SECTION_GOAL] = {"goal", "", FALSE, N_("a task: make the mail pass by one change")},
    [SECTION_AGAIN] = {"again", "LESSON/ID", TRUE, N_("an item of an earlier lesson once more")},
    [SECTION_OTHER] = {"other", "FILE", TRUE,
                       N_("from here on another message of the folder, FILE.dns beside it")},
    [SECTION_KINDS] = {NULL, NULL, FALSE, NULL},
};

const ScriptKey script_keys[] = {
    {"title", "TEXT", SCRIPT_HEAD, SCRIPT_HEAD, FALSE, N_("what the lesson is called")},
    {"minutes", "N", SCRIPT_HEAD, SCRIPT_HEAD, FALSE, N_("how long it takes")},
    {"hour", "N", SCRIPT_HEAD, 0, FALSE, N_("its place in the one-hour track; left out: none")},
    {"teaches", "N ...", SCRIPT_HEAD, 0, FALSE, N_("the misconceptions that it is about")},
    {"at", "TIME", SCRIPT_HEAD, 0, FALSE,
     N_("when the message is judged, as 2026-05-10T09:00:00Z; left out: when it was received")},
    {"options", "OPTION ...", SCRIPT_HEAD, 0, FALSE,
     N_("options of the command line: --trust, --ip, --helo, --mail-from")},
    {"id", "WORD", ITEMS, ITEMS, FALSE, N_("what the item is called, for progress and `again`")},
    {"misconception", "N", ITEMS, 0, FALSE, N_("what a wrong answer shows")},
    {"expect", "RESULT", IN(PREDICT), IN(PREDICT), FALSE, N_("how the step comes out: the answer")},
    {"expect", "STEP RESULT", IN(LOOK) | IN(WHAT_IF), IN(WHAT_IF), TRUE,
     N_("how a step comes out; --check holds it against the analysis")},
    {"edit", "KEY=VALUE", IN(WHAT_IF), 0, TRUE, N_("a further change, as --what-if takes it")},
    {"actor", "WHO", IN(GOAL), IN(GOAL), FALSE,
     N_("who the learner is: sender, dns DOMAIN, service, receiver or visitor")},
    {"solution", "KEY=VALUE", IN(GOAL), IN(GOAL), TRUE,
     N_("a change that reaches the goal; each alone must")},
    {"trap", "KEY=VALUE", IN(GOAL), 0, TRUE,
     N_("a change that does not, or that the learner could not make")},
    {NULL, NULL, 0, 0, FALSE, NULL}};

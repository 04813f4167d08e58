/* contexts.c: where a key works, as a heading.
 * SPDX-License-Identifier: MIT */
#include "tables/contexts.h"

#include <stdio.h>

const ContextTitle context_titles[] = {{IN_ALL, "In every view"},
                                       {IN_OVERVIEW, "Overview"},
                                       {IN_TREE, "Tree"},
                                       {IN_RESULTS, "Results"},
                                       {IN_ARC, "ARC"},
                                       {IN_ROUTE, "Route"},
                                       {IN_SIGNATURES, "Signatures"},
                                       {IN_CHART, "Chart"},
                                       {IN_ADVICE, "Advice"},
                                       {IN_RECEIVERS, "Receivers"},
                                       {IN_DNS, "DNS"},
                                       {IN_REPAIRS, "Repairs"},
                                       {IN_INSIDE, "Messages inside"},
                                       {IN_LIST, "List of messages"},
                                       {IN_SURVEY, "Survey"},
                                       {IN_SOURCE, "Source"},
                                       {IN_WHAT_IF, "What if"},
                                       {IN_HELP, "Help"},
                                       {IN_LESSONS, "Lessons"},
                                       {IN_GLOSSARY, "Words"},
                                       {IN_LESSON, "The text of a lesson"},
                                       {IN_ASKED, "A question of a lesson"},
                                       {IN_SURE, "How sure"},
                                       {IN_TASK, "A task of a lesson"},
                                       {IN_ROOM, "A lesson in a room"},
                                       {IN_GUESS, "Predict: a question"},
                                       {IN_GUESS_SURE, "Predict: how sure"},
                                       {IN_GUESS_TOLD, "Predict: the answer"},
                                       {IN_PALETTE, "Commands"},
                                       {IN_EDIT, "Typing a value"},
                                       {IN_EXPORT, "Export"},
                                       {IN_PASTE, "Paste"},
                                       {IN_PROMPT, "Typing a line"},
                                       {IN_QUESTION, "A question"},
                                       {0, NULL}};

gboolean
context_holds(const ContextTitle *context, const Binding *binding)
{
    const gboolean everywhere = (binding->contexts & IN_ALL) == IN_ALL;

    if (context->context == IN_ALL)
        return everywhere;
    return (binding->contexts & context->context) && !(everywhere && (context->context & IN_ALL));
}

gboolean
context_used(const ContextTitle *context)
{
    for (const Binding *binding = bindings; binding->keys; binding++)
        if (context_holds(context, binding))
            return TRUE;
    return FALSE;
}

gboolean
contexts_complete(void)
{
    guint64 known = 0;

    for (const ContextTitle *context = context_titles; context->title; context++)
        known |= context->context;
    for (const Binding *binding = bindings; binding->keys; binding++) {
        if (binding->contexts & ~known) {
            fprintf(stderr, "tables: %s (%s) works where contexts.c has no heading for\n",
                    binding->keys, binding->command);
            return FALSE;
        }
    }
    return TRUE;
}

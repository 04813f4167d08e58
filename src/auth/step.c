/* step.c: notes of a check.
 * SPDX-License-Identifier: MIT */
#include "auth/step.h"

Step *
step_add(Step *parent, const char *id, const char *rule, ...)
{
    Step *step = record_new(&step_type);
    va_list args;

    step->id = id;
    step->rule = rule;
    step->legacy = RESULT_SKIPPED;
    va_start(args, rule);
    for (const char *arg = va_arg(args, const char *); arg; arg = va_arg(args, const char *))
        step_arg(step, arg);
    va_end(args);
    if (parent)
        g_ptr_array_add(parent->children, step);
    return step;
}

void
step_arg(Step *step, const char *arg)
{
    g_return_if_fail(!step->shared.like);       /* nor below: it would be changed in other messages, too */
    g_ptr_array_add(step->args, g_strdup(arg));
}

void
step_hang(Step *parent, Step *child)
{
    if (child)
        g_ptr_array_add(parent->children, child);
}

Step *
step_input(Step *step, const char *name, const char *value, Provenance provenance)
{
    g_return_val_if_fail(!step->shared.like, step);
    if (!value)
        return step;
    StepInput *input = record_new(&step_input_type);
    input->name = name;
    input->value = g_strdup(value);
    input->provenance = provenance;
    g_ptr_array_add(step->inputs, input);
    return step;
}

Step *
step_evidence(Step *step, Evidence *evidence)
{
    if (evidence)
        g_ptr_array_add(step->evidence, evidence);
    return step;
}

Step *
step_dns(Step *step, const Resolver *resolver, const DnsAnswer *answer)
{
    return step_evidence(step, resolver_evidence(resolver, answer));
}

Step *
step_decide(Step *step, Result result, Provenance provenance)
{
    g_return_val_if_fail(!step->shared.like, step);
    step->result = result;
    step->provenance = provenance;
    return step;
}

/* ---- notes like earlier ones ---- */

static gpointer
share(gconstpointer record, gpointer type)
{
    return record_share(type, (gpointer)record);
}

void
step_inputs_like(Step *step, const Step *known)
{
    g_ptr_array_extend(step->inputs, known->inputs, share, (gpointer)&step_input_type);
}

Step *
step_bare(Step *step)
{
    Step *bare = record_copy_sharing(&step_type, step);

    for (guint i = 0; i < bare->evidence->len; i++)
        record_free(&evidence_type, bare->evidence->pdata[i]);
    g_ptr_array_set_size(bare->evidence, 0);
    return bare;
}

Step *
step_again(Step *known)
{
    return record_like(&step_type, known);
}

void
step_children_like(Step *step, const Step *known)
{
    g_ptr_array_extend(step->children, known->children, share, (gpointer)&step_type);
}

/* ---- shared notes ---- */

static gboolean
holds(const Step *step, const Step *wanted)
{
    gboolean found = step == wanted;

    for (guint i = 0; !found && i < step->children->len; i++)
        found = holds(step->children->pdata[i], wanted);
    return found;
}

/* A child for whoever changes it, of a parent that is not shared. (transfer none) */
static Step *
own_child(Step *parent, guint child)
{
    gpointer *slot = &parent->children->pdata[child];
    Step *step = *slot;

    if (g_atomic_int_get(&step->shared.others) == 0 && !step->shared.json && !step->shared.like)
        return step;
    *slot = record_copy_sharing(&step_type, step);
    record_free(&step_type, step);
    return *slot;
}

Step *
step_own(Step *root, const Step *step)
{
    for (guint i = 0; root != step && i < root->children->len; i++) {
        const Step *child = root->children->pdata[i];
        if (!holds(child, step))
            continue;
        Step *own = own_child(root, i);
        return child == step ? own : step_own(own, step);
    }
    return root;    /* it is the one that is meant */
}

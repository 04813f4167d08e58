/* test-dmarc-kept.c: whatever DMARC's outcome follows from makes another key.
 * SPDX-License-Identifier: MIT */
#include "auth/dmarc-kept.h"

#include "auth/step.h"
#include "headers/authres.h"

/* A message whose host said something of it, and all that is known of its names. */
typedef struct {
    Report        *report;
    GPtrArray     *identifiers;
    Resolver      *resolver;
    DmarcQuestion  ask;
} World;

static void
add_identifier(World *world, const char *mechanism, const char *domain, gint64 signature)
{
    Identifier *identifier = record_new(&identifier_type);

    identifier->mechanism = mechanism;
    identifier->domain = g_strdup(domain);
    identifier->signature = signature;
    g_ptr_array_add(world->identifiers, identifier);
}

static World
world_new(void)
{
    World world = { report_new(), g_ptr_array_new(), resolver_offline(), { 0 } };
    ReportedHeader *header = authres_parse("Authentication-Results",
                                           "mx.example.net; dmarc=pass header.from=a.example");

    header->topmost_block = TRUE;
    g_ptr_array_add(world.report->reported, header);
    g_ptr_array_add(world.report->dkim, record_new(&dkim_result_type));
    g_ptr_array_add(world.report->dkim, record_new(&dkim_result_type));
    add_identifier(&world, "spf", "a.example", RECORD_UNSET);
    add_identifier(&world, "dkim", "b.example", 0);
    world.ask = (DmarcQuestion){ .report = world.report, .resolver = world.resolver,
                                 .identifiers = world.identifiers, .author = "a.example" };
    return world;
}

static void
world_clear(World *world)
{
    for (guint i = 0; i < world->identifiers->len; i++)
        record_free(&identifier_type, world->identifiers->pdata[i]);
    g_ptr_array_unref(world->identifiers);
    report_free(world->report);
    resolver_free(world->resolver);
}

static void
set(char **slot, const char *text)
{
    g_free(*slot);
    *slot = g_strdup(text);
}

static void
forget_signatures(World *world)
{
    for (guint i = 0; i < world->report->dkim->len; i++)
        record_free(&dkim_result_type, world->report->dkim->pdata[i]);
    g_ptr_array_set_size(world->report->dkim, 0);
    record_free(&identifier_type, g_ptr_array_remove_index(world->identifiers, 1));
}

/* One difference each; 0 is none, FALSE: there is no such. */
static gboolean
change(World *world, guint what)
{
    ReportedHeader *header = world->report->reported->pdata[0];
    ReportedResult *dmarc = header->results->pdata[0];
    Identifier *spf = world->identifiers->pdata[0], *dkim = world->identifiers->pdata[1];
    Pair *about = dmarc->properties->pdata[0];
    GPtrArray *signature = ((DkimResult *)world->report->dkim->pdata[0])->evidence;

    switch (what) {
    case 0:  break;
    case 1:  world->ask.author = "b.example"; break;
    case 2:  world->report->from->assumed_exists = TRI_TRUE; break;
    case 3:  world->report->from->assumed_exists = TRI_FALSE; break;
    case 4:  g_ptr_array_add(world->report->from->evidence, evidence_option("--from")); break;
    case 5:  world->ask.psl = (const Psl *)world; break;
    case 6:  forget_signatures(world); break;
    case 26: forget_signatures(world); set(&world->report->source->fidelity, "fragments"); break;
    case 7:  header->topmost_block = FALSE; break;
    case 8:  set(&dmarc->result, "fail"); break;
    case 9:  set(&about->value, "b.example"); break;
    case 10: header->trusted = TRUE; break;
    case 11: dkim->mechanism = "spf"; break;
    case 12: set(&spf->domain, "b.example"); break;
    case 13: set(&spf->domain, NULL); break;
    case 14: set(&spf->domain, ""); break;
    case 15: set(&spf->reported, "pass"); break;
    case 16: spf->authenticated = TRI_TRUE; break;
    case 17: dkim->authenticated = TRI_TRUE; break;
    case 18: spf->basis = PROVENANCE_ASSUMED; break;
    case 19: spf->temporary = TRUE; break;
    case 20: dkim->signature = 1; break;
    case 21: g_ptr_array_add(signature, evidence_option("--dkim")); break;
    case 22: g_ptr_array_add(world->report->envelope->mail_from->evidence, evidence_option("--mail-from")); break;
    case 23: add_identifier(world, "dkim", "c.example", RECORD_UNSET); break;
    case 24: header->topmost_block = FALSE; header->trusted = TRUE; break;
    case 28: header->topmost_block = FALSE; header->trusted = TRUE; set(&about->value, "b.example"); break;
    case 25: set(&spf->domain, "a.example 4 pass"); break;
    case 27: set(&dmarc->method, "x-other"); break;
    case 29: set(&((DkimResult *)world->report->dkim->pdata[0])->selector, "s"); break;
    default: return FALSE;
    }
    return TRUE;
}

static void
test_key(void)
{
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gboolean more = TRUE;

    for (guint what = 0; more; what++) {
        World world = world_new(), again = world_new();
        more = change(&world, what) && change(&again, what);
        if (more) {
            again.ask.psl = world.ask.psl;
            g_autofree char *same = dmarc_kept_key(&again.ask);
            char *key = dmarc_kept_key(&world.ask);
            g_assert_cmpstr(key, ==, same);
            g_assert_true(g_hash_table_add(keys, key));
        }
        world_clear(&world);
        world_clear(&again);
    }
    g_assert_cmpuint(g_hash_table_size(keys), ==, 30);
}

/* A resolver that is asked about one message keeps nothing. */
static void
test_none(void)
{
    World world = world_new(), other = world_new();

    resolver_share_memo(world.resolver, other.resolver);
    g_assert_null(dmarc_kept_key(&world.ask));
    g_assert_null(dmarc_kept_find(&world.ask, NULL));
    world_clear(&world);
    world_clear(&other);
}

static Step *
step_of(const char *id)
{
    Step *step = step_add(NULL, id, NULL, NULL);

    return step_evidence(step, evidence_option("--of-this-message"));
}

/* Judges, as dmarc.c does; TRUE where it was known. */
static gboolean
judge(const DmarcQuestion *ask, gboolean alone)
{
    g_autofree char *key = dmarc_kept_key(ask);
    const DmarcFound *found = dmarc_kept_find(ask, key);

    if (found) {
        const Branches *branches = &found->rfc7489.branches;
        g_assert_cmpstr(found->rfc9989.result->reason, ==, ask->author);
        g_assert_cmpstr(found->rfc9989.branches.policy->id, ==, "policy");
        g_assert_cmpstr(branches->alignments[0]->id, ==, "alignment");
        g_assert_cmpuint(branches->alignments[0]->evidence->len, ==, 0);
        g_assert_cmpuint(branches->vouches[0]->children->len, ==, 0);
        g_assert_null(branches->names[0]);
        return TRUE;
    }
    Step *root = step_of("dmarc"), *steps[] = { step_of("vouches"), NULL, step_of("alignment") };
    const DmarcHalf half = { record_new(&dmarc_result_type),
                             { root, step_of("author"), step_of("policy"), 1, &steps[0], &steps[1], &steps[2] } };
    Earlier earlier = earlier_begin(ask->resolver, NULL);
    half.result->reason = record_id(ask->author);
    g_ptr_array_add(root->children, half.branches.policy);
    g_ptr_array_add(root->children, half.branches.author);
    g_ptr_array_add(root->children, steps[0]);
    g_ptr_array_add(steps[0]->children, steps[2]);
    dmarc_kept_end(ask, key, &earlier, alone ? &half : NULL, alone ? &half : NULL);
    record_free(&dmarc_result_type, half.result);
    record_free(&step_type, root);
    return FALSE;
}

/* So often there is something to keep, and nobody wants it. */
#define UNWANTED 5

/* What comes for the second time is kept, in one place of few. */
static void
test_kept(void)
{
    World world = world_new();
    guint known = 0;

    for (guint i = 0; i < UNWANTED; i++)
        g_assert_false(judge(&world.ask, FALSE));
    for (guint i = 0; i < 2 * (AGAIN_EARLY - UNWANTED); i++) {  /* the first few: at once */
        g_autofree char *author = g_strdup_printf("early%u.example", i / 2);
        world.ask.author = author;
        g_assert_true(judge(&world.ask, TRUE) == (i % 2 > 0));
    }
    world.ask.author = "b.example";
    g_assert_false(judge(&world.ask, TRUE));
    g_assert_false(judge(&world.ask, TRUE));
    g_assert_true(judge(&world.ask, TRUE));
    world.ask.author = "c.example";
    g_assert_false(judge(&world.ask, TRUE));
    for (guint i = 0; i < 3000; i++) {
        g_autofree char *author = g_strdup_printf("a%u.example", i / 3);
        world.ask.author = author;
        known += judge(&world.ask, TRUE) ? 1 : 0;
    }
    g_assert_cmpuint(known, ==, 1000);
    for (guint i = 0; i < 1000; i++) {
        g_autofree char *author = g_strdup_printf("a%u.example", i);
        world.ask.author = author;
        known += judge(&world.ask, FALSE) ? 1 : 0;
    }
    g_assert_cmpuint(known, >, 1050);       /* what comes once drives nothing out */
    g_assert_cmpuint(known, <=, 1064);
    world_clear(&world);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dmarc-kept/key", test_key);
    g_test_add_func("/dmarc-kept/none", test_none);
    g_test_add_func("/dmarc-kept/kept", test_kept);
    return g_test_run();
}

/* presentation.c: the line that each mail program makes of From:, Sender: and the results.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "receivers/check.h"
#include "receivers/presentation-part.h"

/* What decides about the line, of one message. */
typedef struct {
    const Report     *report;
    const Mailbox    *author;
    const Identifier *proved;       /* passes for the name in From: */
    const Identifier *signer;       /* passes for another name; the first signature */
    const Identifier *sent_by;      /* likewise MAIL FROM */
    gboolean          open;         /* something that would vouch is not known */
    gboolean          spf_or_dkim;  /* something passes */
    gboolean          spf_or_dkim_open;
    const char       *foreign_mail_from;    /* MAIL FROM's domain, of another organization */
    const char       *claimed;      /* another address within the name */
} Sight;

static gboolean
is_spf(const Identifier *identifier)
{
    return g_strcmp0(identifier->mechanism, "spf") == 0;
}

static void
see_identifier(Sight *sight, const Identifier *identifier)
{
    const gboolean passes = identifier->authenticated == TRI_TRUE;

    sight->spf_or_dkim = sight->spf_or_dkim || passes;
    sight->spf_or_dkim_open = sight->spf_or_dkim_open || identifier->authenticated == TRI_UNKNOWN;
    if (is_spf(identifier) && identifier->aligned == TRI_FALSE && identifier->domain)
        sight->foreign_mail_from = identifier->domain;
    if (passes && identifier->aligned == TRI_TRUE && (!sight->proved || is_spf(sight->proved)))
        sight->proved = identifier;
    else if (identifier->authenticated != TRI_FALSE && identifier->aligned != TRI_FALSE)
        sight->open = TRUE;
    else if (passes && is_spf(identifier))
        sight->sent_by = identifier;
    else if (passes && !sight->signer)
        sight->signer = identifier;
}

const char *
presentation_claimed(const Report *report)
{
    return report_finding_arg(report, "display-name-address", 0);
}

static void
see(const Report *report, Sight *sight)
{
    CheckInput input;

    check_look(NULL, report, &input);
    *sight = (Sight){ .report = report, .claimed = presentation_claimed(report) };
    if (report->from->addresses->len > 0)
        sight->author = report->from->addresses->pdata[0];
    for (guint i = 0; i < input.identifiers->len; i++)
        see_identifier(sight, input.identifiers->pdata[i]);
}

/* ---- the line ---- */

static const char *
address_of(const Sight *sight)
{
    const Mailbox *author = sight->author;

    return author->address ? author->address : author->domain ? author->domain : "?";
}

static const char *
name_of(const Sight *sight)
{
    return sight->author->name && *sight->author->name ? sight->author->name : NULL;
}

static void
add_arg(GPtrArray *args, const char *arg)
{
    g_ptr_array_add(args, g_strdup(arg));
}

static void
set_why(Shown *shown, const char *reason, const char *first, const char *second)
{
    shown->reason = reason;
    g_ptr_array_set_size(shown->why_args, 0);
    if (first)
        add_arg(shown->why_args, first);
    if (first && second)
        add_arg(shown->why_args, second);
}

static void
set_plain_line(const Sight *sight, const Program *program, Shown *shown)
{
    const char *name = name_of(sight);

    if (!name || program->name_only) {
        shown->form = "shown-name";
        add_arg(shown->line_args, name ? name : address_of(sight));
        return;
    }
    shown->form = "shown-address";
    add_arg(shown->line_args, name);
    add_arg(shown->line_args, address_of(sight));
}

/* Puts "via" behind what stands there. */
static void
set_via(Shown *shown, const char *domain)
{
    const gboolean named = g_str_equal(shown->form, "shown-address");

    shown->form = named ? "shown-address-via" : "shown-name-via";
    add_arg(shown->line_args, domain);
}

static void
via_unproved(const Sight *sight, Shown *shown)
{
    const Identifier *other = sight->signer ? sight->signer : sight->sent_by;

    if (sight->proved) {
        set_why(shown, "shown-why-proved", sight->proved->domain, sight->author->domain);
    } else if (sight->open) {
        set_why(shown, "shown-why-open", sight->author->domain, NULL);
    } else if (other) {
        set_via(shown, other->domain);
        set_why(shown, "shown-why-via", other->domain, sight->author->domain);
    }
}

/* The page names signature or MAIL FROM; where the signature is From:'s own and only MAIL FROM
 * differs, it does not say which of them wins. */
static void
via_differs(const Sight *sight, Shown *shown)
{
    const gboolean signed_by_own = sight->proved && !is_spf(sight->proved);

    if (sight->signer && !signed_by_own && !sight->open) {
        set_via(shown, sight->signer->domain);
        set_why(shown, "shown-why-signer", sight->signer->domain, sight->author->domain);
    } else if (sight->open) {
        set_why(shown, "shown-why-open", sight->author->domain, NULL);
    } else if (sight->foreign_mail_from) {
        set_via(shown, sight->foreign_mail_from);
        set_why(shown, signed_by_own ? "shown-why-mail-from-maybe" : "shown-why-mail-from",
                sight->foreign_mail_from, sight->author->domain);
        shown->known = shown->known && !signed_by_own;
    } else if (sight->proved) {
        set_why(shown, "shown-why-proved", sight->proved->domain, sight->author->domain);
    }
}

/* RFC 5322, 3.6.2: who handed it in, where that is somebody else. */
static gboolean
set_on_behalf(const Sight *sight, Shown *shown)
{
    const OtherSender *sender = sight->report->sender;

    if (!sender || !sender->address || g_ascii_strcasecmp(sender->address, address_of(sight)) == 0)
        return FALSE;
    g_ptr_array_set_size(shown->line_args, 0);
    shown->form = "shown-on-behalf";
    add_arg(shown->line_args, sender->address);
    add_arg(shown->line_args, name_of(sight) ? name_of(sight) : address_of(sight));
    set_why(shown, "shown-why-sender", sender->address, address_of(sight));
    return TRUE;
}

static void
set_question(const Sight *sight, const Program *program, Shown *shown)
{
    const gboolean dmarc = report_dmarc(sight->report)->result == RESULT_PASS;

    if (program->question == QUESTION_NEVER || sight->spf_or_dkim ||
        (program->question == QUESTION_NOTHING && dmarc))
        return;
    shown->mark = sight->spf_or_dkim_open ? "mark-question-maybe" : "mark-question";
    set_why(shown, sight->spf_or_dkim_open ? "shown-why-question-open" : "shown-why-question", NULL,
            NULL);
}

static Shown *
tell(const Sight *sight, const Program *program)
{
    Shown *shown = record_new(&shown_type);

    shown->program = program->id;
    shown->name = program->name ? program->name : program->id;
    shown->as_of = program->as_of;
    shown->source = program->source;
    shown->known = program->known;
    set_plain_line(sight, program, shown);
    set_why(shown, program->name_only && name_of(sight) ? "shown-why-name-only"
                                                        : "shown-why-as-written",
            address_of(sight), NULL);
    if (program->via == VIA_UNPROVED)
        via_unproved(sight, shown);
    else if (program->via == VIA_DIFFERS)
        via_differs(sight, shown);
    if (program->on_behalf)
        set_on_behalf(sight, shown);
    set_question(sight, program, shown);
    if (sight->claimed && program->name_only)
        set_why(shown, "shown-why-trick", sight->claimed, address_of(sight));
    return shown;
}

void
presentation_tell(const Programs *programs, Report *report)
{
    Sight sight;

    if (!programs || report->from->addresses->len == 0)
        return;
    see(report, &sight);
    if (!sight.author->address && !sight.author->domain)
        return;
    for (guint i = 0; i < programs->all->len; i++)
        g_ptr_array_add(report->shown, tell(&sight, programs->all->pdata[i]));
}

/* undo.c: what a person chose, step by step, and back.
 * SPDX-License-Identifier: MIT */
#include "base/translate.h"
#include "tui/ui.h"

typedef enum { CHOICE_TRUST, CHOICE_DNS, CHOICE_BORDER, CHOICE_REPAIR, CHOICE_EDITS } ChoiceKind;

/* How it was before. */
typedef struct {
    ChoiceKind      kind;
    const Document *document;   /* whose border or repair it is; NULL: it holds everywhere */
    char           *text;       /* the host, or the repair's id */
    int             number;     /* the DNS mode, or the hop */
    Edits          *edits;      /* those before; or NULL */
} Choice;

struct Undo {
    GArray  *choices;           /* Choice, the last one last */
    gboolean busy;              /* what is undone is no new choice */
};

enum { CHOICES_MAX = 200 };

static void
clear_choice(gpointer choice)
{
    g_free(((Choice *)choice)->text);
    edits_free(((Choice *)choice)->edits);
}

Undo *
undo_new(void)
{
    Undo *undo = g_new0(Undo, 1);

    undo->choices = g_array_new(FALSE, FALSE, sizeof(Choice));
    g_array_set_clear_func(undo->choices, clear_choice);
    return undo;
}

void
undo_free(Undo *undo)
{
    if (!undo)
        return;
    g_array_unref(undo->choices);
    g_free(undo);
}

static void
note(App *app, ChoiceKind kind, const Document *document, const char *text, int number)
{
    Undo *undo = app->undo;
    const Choice choice = { kind, document, g_strdup(text), number, NULL };

    if (undo->busy) {
        g_free(choice.text);
        return;
    }
    if (undo->choices->len >= CHOICES_MAX)
        g_array_remove_index(undo->choices, 0);
    g_array_append_val(undo->choices, choice);
}

void
undo_note_trust(App *app, const char *host)
{
    note(app, CHOICE_TRUST, NULL, host, 0);
}

void
undo_note_dns(App *app, int before)
{
    note(app, CHOICE_DNS, NULL, NULL, before);
}

void
undo_note_border(App *app, guint before)
{
    note(app, CHOICE_BORDER, app->doc, NULL, (int)before);
}

void
undo_note_repair(App *app, const char *id)
{
    note(app, CHOICE_REPAIR, app->doc, id, 0);
}

void
undo_note_edits(App *app, const Edits *before)
{
    GArray *choices = app->undo->choices;

    note(app, CHOICE_EDITS, app->doc, NULL, 0);
    if (!app->undo->busy)
        g_array_index(choices, Choice, choices->len - 1).edits = edits_copy(before);
}

void
undo_forget(App *app, const Document *document)
{
    GArray *choices = app->undo->choices;

    for (guint i = choices->len; i-- > 0;)
        if (g_array_index(choices, Choice, i).document == document)
            g_array_remove_index(choices, i);
}

static void
take_back(App *app, const Choice *choice)
{
    switch (choice->kind) {
    case CHOICE_TRUST:
        app_trust_host(app, choice->text);
        break;
    case CHOICE_DNS:
        app_set_dns(app, choice->number);
        break;
    case CHOICE_BORDER:
        app_set_border(app, (guint)choice->number);
        break;
    case CHOICE_REPAIR:
        app_toggle_repair(app, choice->text);
        break;
    case CHOICE_EDITS:
        what_if_set(app, edits_copy(choice->edits));
        break;
    }
}

/* Without a choice to take back, the repairs that the program made itself are what is left. */
void
app_undo_last(App *app)
{
    Undo *undo = app->undo;

    if (undo->choices->len == 0) {
        app_undo(app);
        return;
    }
    Choice choice = g_array_index(undo->choices, Choice, undo->choices->len - 1);
    if (choice.document && choice.document != app->doc) {
        app_status(app, _("The last choice was made in \"%s\": Esc leads there"),
                   choice.document->title);
        return;
    }
    choice.text = g_strdup(choice.text);
    choice.edits = choice.edits ? edits_copy(choice.edits) : NULL;
    g_array_set_size(undo->choices, undo->choices->len - 1);
    undo->busy = TRUE;
    take_back(app, &choice);
    undo->busy = FALSE;
    clear_choice(&choice);
}

/* undo.c: what a person chose, step by step, and back.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/translate.h"
#include "tui/ui.h"
#include "tui/view/what-if.h"

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

/* ---- handed on (way.h) ---- */

/* More are not handed on; and no more of one. */
enum { SAID_MAX = 16384, EDITS_MAX = 200 };

static char *
edits_said(const Edits *edits)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < edits_length(edits); i++) {
        g_autofree char *text = edit_text(edits_get(edits, i));
        g_autofree char *escaped = g_strescape(text, NULL);
        g_string_append_printf(out, "%s\n", escaped);
    }
    return g_string_free(out, FALSE);
}

/* "KIND DOCUMENT NUMBER TEXT": the document is counted from 1 in the stack. NULL: it cannot be said. (transfer full) */
static char *
choice_said(const App *app, const Choice *choice)
{
    g_autofree char *edits = choice->kind == CHOICE_EDITS ? edits_said(choice->edits) : NULL;
    guint place = 0;

    if (choice->document && !g_ptr_array_find(app->stack, choice->document, &place))
        return NULL;
    return g_strdup_printf("%u %u %d %s", (guint)choice->kind, choice->document ? place + 1 : 0, choice->number,
                           edits ? edits : choice->text ? choice->text : "");
}

/* The newest that there is room for, the oldest of them first. */
void
undo_say(const App *app, void (*say)(GString *out, const char *word, const char *about), GString *out)
{
    const GArray *choices = app->undo->choices;
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    gsize length = 0;

    for (guint i = choices->len; i > 0; i--) {
        char *text = choice_said(app, &g_array_index(choices, Choice, i - 1));
        length += text ? strlen(text) : 0;
        if (!text || length > SAID_MAX) {
            g_free(text);
            break;
        }
        g_ptr_array_add(texts, text);
    }
    for (guint i = texts->len; i > 0; i--)
        say(out, "chosen", texts->pdata[i - 1]);
}

static Edits *
edits_recalled(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", EDITS_MAX + 1);
    Edits *edits = edits_new();

    for (guint i = 0; lines[i] && i < EDITS_MAX; i++) {
        g_autofree char *plain = g_strcompress(lines[i]);
        if (*plain)
            edits_add_text(edits, plain, NULL);
    }
    return edits;
}

static void
recall(App *app, const char *said)
{
    g_auto(GStrv) words = g_strsplit(said, " ", 4);

    if (g_strv_length(words) != 4)
        return;
    const guint64 kind = g_ascii_strtoull(words[0], NULL, 10), place = g_ascii_strtoull(words[1], NULL, 10);
    const gboolean everywhere = kind == CHOICE_TRUST || kind == CHOICE_DNS;
    const gint64 most = kind == CHOICE_DNS ? DNS_MODES - 1 : G_MAXINT16;
    if (kind > CHOICE_EDITS || everywhere != (place == 0) || place > app->stack->len)
        return;
    const int number = (int)CLAMP(g_ascii_strtoll(words[2], NULL, 10), kind == CHOICE_DNS ? -1 : 0, most);
    note(app, (ChoiceKind)kind, everywhere ? NULL : app->stack->pdata[place - 1], kind == CHOICE_TRUST || kind == CHOICE_REPAIR ? words[3] : NULL, number);
    if (kind == CHOICE_EDITS)
        g_array_index(app->undo->choices, Choice, app->undo->choices->len - 1).edits = edits_recalled(words[3]);
}

void
undo_recall(App *app, const GPtrArray *said)
{
    g_array_set_size(app->undo->choices, 0);
    for (guint i = 0; i < said->len; i++)
        recall(app, said->pdata[i]);
}

/* ---- taken back ---- */

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

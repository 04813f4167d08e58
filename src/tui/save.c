/* save.c: what DNS answered, kept beside the message for another day.
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "dns/snapshot-writer.h"
#include "tui/ui.h"

/* MESSAGE.dns, which is looked for first; standard input has no place, so it gets one here. */
static char *
snapshot_path(const App *app)
{
    const char *path = app->doc->report->source->path;

    return g_file_test(path, G_FILE_TEST_IS_REGULAR) ? g_strconcat(path, ".dns", NULL)
                                                     : g_strdup("message.dns");
}

static gboolean
something_was_asked(const Report *report)
{
    for (guint i = 0; i < report->dns->len; i++)
        if (!dns_is_unknown(report->dns->pdata[i]))
            return TRUE;
    return FALSE;
}

/* Never over a file that is there: it may be somebody's record of another day. */
static gboolean
write_new(const char *path, const char *text)
{
    FILE *file = fopen(path, "wx");

    if (!file)
        return FALSE;
    const gboolean written = fputs(text, file) >= 0;
    return fclose(file) == 0 && written;
}

void
app_save(App *app)
{
    if (!app->doc->summary || !something_was_asked(app->doc->report)) {
        app_status(app, _("DNS was not asked: there is nothing to save"));
        return;
    }
    g_autofree char *path = snapshot_path(app);
    g_autofree char *text =
        snapshot_text(app->doc->report->dns, g_get_real_time() / G_USEC_PER_SEC);
    if (write_new(path, text))
        app_status(app, _("Saved as %s: it answers when this message is opened again"), path);
    else if (errno == EEXIST)
        app_status(app, _("%s is there already, and stays as it is"), path);
    else
        app_status(app, "%s: %s", path, g_strerror(errno));
}

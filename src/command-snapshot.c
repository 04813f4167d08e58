/* command-snapshot.c: `snapshot`: all that the analysis asks of live DNS, as a file.
 * SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "dns/snapshot-writer.h"
#include "session.h"

/* Appends what the analysis of this message asked. FALSE and `error`. */
static gboolean
collect_answers(const Session *session, const char *path, GPtrArray *answers, GError **error)
{
    g_autoptr(Message) message = message_load(path, error);

    if (!message)
        return FALSE;
    Report *report = session_analyse(session, message, session->live);
    gboolean good = TRUE;
    for (guint i = 0; i < report->dns->len && good; i++) {
        const DnsAnswer *answer = report->dns->pdata[i];
        good = answer->status != DNS_OFFLINE;
        if (good)
            g_ptr_array_add(answers, record_copy(&dns_answer_type, answer));
        else
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: DNS could not be asked: %s",
                        path, answer->why ? answer->why : "offline");
    }
    report_free(report);
    return good;
}

int
command_snapshot(const Session *session)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new();
    int status = EXIT_PASS;

    for (char **path = session->options->files; *path; path++) {
        g_autoptr(GError) error = NULL;
        if (collect_answers(session, *path, answers, &error))
            continue;
        session_complain(error);
        status = EXIT_TROUBLE;
    }
    g_autofree char *text = snapshot_text(answers, session->now);
    for (guint i = 0; i < answers->len; i++)
        record_free(&dns_answer_type, answers->pdata[i]);
    if (answers->len == 0 && status != EXIT_PASS)
        return status;
    return fputs(text, stdout) >= 0 && fflush(stdout) == 0 ? status : EXIT_TROUBLE;
}

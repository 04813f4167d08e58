/* target-form.c: the answer for a web form, from what a person typed.
 * SPDX-License-Identifier: MIT */
#include "analysis/form.h"
#include "fuzz.h"
#include "report/printer.h"

static char *
next_line(FuzzPart *rest)
{
    FuzzPart line = { "", 0 };

    fuzz_line(rest, &line);
    return line.length ? fuzz_string(line) : NULL;
}

/* Lines: From, MAIL FROM, client, HELO, a signature, SPF; "%%"; DNS. */
int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    FuzzPart rest = fuzz_whole(data, size);
    FuzzPart head = fuzz_cut(&rest);
    g_autofree char *from = next_line(&head), *mail_from = next_line(&head);
    g_autofree char *ip = next_line(&head), *helo = next_line(&head);
    g_autofree char *signature = next_line(&head), *spf = next_line(&head);
    const char *const dkim[] = { signature, NULL };
    const Assumptions said = { .from = from, .envelope = { ip, helo, mail_from, 0 }, .dkim = dkim,
                               .spf = spf, .form = TRUE };
    static Psl *psl;
    psl = psl ? psl : psl_open(NULL, NULL);
    const AnalysisOptions options = { .at = RECORD_UNSET, .now = 1795305600, .psl = psl, .trial = TRUE };
    FuzzDns dns = { 0 };
    g_autoptr(Resolver) resolver = fuzz_resolver(&dns, rest);
    g_autoptr(FormAnswer) answer = form_ask(&said, resolver, &options, NULL);

    if (answer) {
        g_autoptr(GString) out = g_string_new(NULL);
        printer_form_json(out, answer);
        fuzz_check_json(out);
    }
    g_clear_pointer(&resolver, resolver_free);
    fuzz_dns_clear(&dns);
    return 0;
}

/* printer-html.h: the HTML page's own parts, a file each.
 * SPDX-License-Identifier: MIT
 *
 * All of them write through base/markup.h: their templates are literals, what varies is escaped. */
#pragma once

#include "facts/report.h"
#include "report/paper.h"

/* The style sheet; it is all that the page's policy allows. (transfer none) */
const char *html_style(void);

/* Class names, which the style sheet knows: "pass", "fail" … (transfer none) */
const char *html_class(PaperRole role);
/* Mark, word and color of a verdict; the mark is no word, so it is not read aloud. */
void html_verdict(GString *out, PaperRole role, const char *word);
/* Opens a section that can be folded; `count`: of what stands in it, behind the title; 0: it is not told. */
void html_section(GString *out, const char *title, guint count, gboolean open);
void html_section_end(GString *out);
/* A row of facts; nothing where there is no value. */
void html_fact(GString *out, const char *label, const char *value);
/* Where a value came from: one of provenance_words. */
void html_provenance(GString *out, int provenance);
/* A rule of ours, "RFC 9989, 4.10.2", with a link where it names an RFC. */
void html_rule(GString *out, const char *rule);
/* Heads of a table: words, ended by NULL. */
void html_table(GString *out, const char *caption, const char *const *heads);
void html_table_end(GString *out);

/* printer-html-tree.c */
void html_tree(GString *out, const Report *report);
/* printer-html-parts.c: what is found, and what to change. */
void html_names(GString *out, const Report *report);
void html_advice(GString *out, const Report *report);
void html_findings(GString *out, const Report *report);
void html_receivers(GString *out, const Report *report);
/* printer-html-facts.c: what it rests on. */
void html_identities(GString *out, const Report *report);
void html_route(GString *out, const Report *report);
void html_signatures(GString *out, const Report *report);
void html_arc(GString *out, const Report *report);
void html_reported(GString *out, const Report *report);
void html_opinions(GString *out, const Report *report);
void html_dns(GString *out, const Report *report);

/* printer-html-style.c: how the page looks: light, dark, and on paper.
 * SPDX-License-Identifier: MIT
 *
 * Contrasts are at least 4.5 to 1 on both grounds. Color never says anything alone: a mark and a
 * word stand beside it. */
#include "report/printer-html.h"

static const char style[] =
    ":root{color-scheme:light dark;--ground:#fff;--text:#1b1f24;--dim:#57606a;--line:#d0d7de;"
    "--panel:#f6f8fa;--pass:#116329;--fail:#b3151f;--other:#8a2ba8;--unknown:#7a4d00;"
    "--link:#0a58b0;--band:#fff3c4;--band-text:#4d3800}\n"
    "@media(prefers-color-scheme:dark){:root{--ground:#0f141a;--text:#e3e9f0;--dim:#9aa7b5;"
    "--line:#323c47;--panel:#171e26;--pass:#56d364;--fail:#ff8a80;--other:#dba6f5;"
    "--unknown:#e3b341;--link:#79b8ff;--band:#4d3b00;--band-text:#ffe9a8}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;max-width:72rem;padding:1rem 1.25rem 4rem;background:var(--ground);"
    "color:var(--text);font:1rem/1.5 system-ui,sans-serif}\n"
    "h1{font-size:1.35rem;margin:.2rem 0}h2{font-size:1.05rem;margin:0}h3{font-size:1rem;"
    "margin:1rem 0 .3rem}\n"
    "h1,h2,h3{line-height:1.3}summary>h1,summary>h2{display:inline}\n"
    "p{margin:.4rem 0}a{color:var(--link)}\n"
    "body{overflow-wrap:anywhere}th,td{min-width:5.5em}td:nth-of-type(1){min-width:8rem}code,"
    "pre{font-family:ui-monospace,monospace;font-size:.92em}\n"
    "pre{white-space:pre-wrap;margin:.4rem 0;padding:.6rem .8rem;background:var(--panel);"
    "border:1px solid var(--line);border-radius:.3rem}\n"
    "summary{cursor:pointer}section,.message{margin:1.2rem 0}"
    ".message+.message{border-top:2px solid var(--line)}\n"
    ".top{padding:.8rem 1rem;background:var(--panel);border:1px solid var(--line);"
    "border-radius:.4rem}\n"
    ".sentence{font-size:1.15rem}.verdict{font-weight:700;white-space:nowrap}\n"
    ".pass{color:var(--pass)}.fail{color:var(--fail)}.other{color:var(--other)}"
    ".unknown{color:var(--unknown)}.none{color:var(--text)}.dim,.from{color:var(--dim)}\n"
    ".from{font-size:.85em}.band{margin:1rem 0;padding:.7rem 1rem;background:var(--band);"
    "color:var(--band-text);border:3px double currentcolor}\n"
    ".band code{font-weight:700}\n"
    "table{border-collapse:collapse;width:100%;margin:.6rem 0}caption{text-align:left;"
    "color:var(--dim);font-size:.9em;padding-bottom:.2rem}\n"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .7rem .3rem 0;"
    "border-bottom:1px solid var(--line)}\n"
    "dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.15rem .9rem;"
    "margin:.4rem 0}\n"
    "dt{color:var(--dim)}dd{margin:0}\n"
    "ul.tree,ul.tree ul{list-style:none;margin:.2rem 0;padding-left:1.1rem;"
    "border-left:1px solid var(--line)}ul.tree{padding-left:0;border-left:0}\n"
    ".tree summary{padding:.1rem 0}.why{margin:.1rem 0 .5rem 1.2rem}"
    ".cause>summary{font-weight:700}\n"
    "li.problem::marker{color:var(--fail)}ol>li{margin:.7rem 0}\n"
    "@media(max-width:40rem){th,td,td:nth-of-type(1){min-width:0}dl{grid-template-columns:1fr}"
    "dd{margin-bottom:.3rem}th,td{padding-right:.4rem}table{font-size:.88rem}}\n"
    "@media print{:root{color-scheme:light;--ground:#fff;--text:#000;--dim:#444;--line:#999;"
    "--panel:#fff;--pass:#0b4f1f;--fail:#8f0f17;--other:#65207c;--unknown:#5c3a00;--link:#000;"
    "--band:#fff;--band-text:#000}\n"
    "body{max-width:none;padding:0;font-size:10pt}\n"
    "details::details-content{content-visibility:visible;block-size:auto}"
    "details>*{display:revert}summary{list-style:none}\n"
    "h1,h2,h3,summary,dt{break-after:avoid}tr,pre,.band{break-inside:avoid}"
    ".message+.message{break-before:page;border:0}.screen{display:none}}\n";

const char *
html_style(void)
{
    return style;
}

"""What the export tests share: running the program, messages made for them, HTML read strictly.
SPDX-License-Identifier: MIT"""
import html.parser
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(os.environ.get("FROMSCOPE", ROOT / "build" / "fromscope"))
FORMATS = ("text", "json", "markdown", "html", "steps")
RFC_LINK = re.compile(r"https://www\.rfc-editor\.org/rfc/rfc[0-9]{3,5}(#section-[0-9.]+)?")
VOID = {"meta", "br"}
# All that the page is made of: an element and the attributes it may have.
ALLOWED = {
    "html": {"lang"}, "head": set(), "meta": {"charset", "http-equiv", "content", "name"}, "title": set(),
    "style": set(), "body": set(), "main": set(), "footer": {"class"}, "section": set(),
    "details": {"open", "class", "id"}, "summary": set(), "h1": set(), "h2": set(), "h3": {"class"},
    "p": {"class"}, "span": {"class", "aria-hidden"}, "strong": {"class"}, "div": {"class", "role"},
    "dl": set(), "dt": set(), "dd": {"class"}, "ul": {"class"}, "ol": set(), "li": {"class"}, "pre": set(),
    "code": set(), "a": {"rel", "href"}, "table": set(), "caption": set(), "thead": set(), "tbody": set(),
    "tr": set(), "th": {"scope"}, "td": {"class", "colspan"}, "br": set(),
}
# A reader takes these for what they are not.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
CLASSES = {"pass", "fail", "other", "unknown", "none", "dim", "from", "verdict", "top", "sentence", "band",
           "message", "tree", "why", "cause"}


def run(*arguments, code=0, **environment):
    """Standard output as bytes; the exit status must be `code`."""
    settings = dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8", LANGUAGE="", XDG_CONFIG_HOME="/nonexistent")
    settings.update(environment)
    done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=ROOT, env=settings, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=120)
    if done.returncode != code:
        raise AssertionError(f"{arguments}: exit status {done.returncode}: {done.stderr[-500:]!r}")
    return done.stdout


class Page(html.parser.HTMLParser):
    """Elements that are closed in order, known attributes only, links only to the RFC editor."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.stack, self.faults, self.links, self.text, self.tags = [], [], [], [], []
        self.language, self.policy = None, None
        self.tables = []        # of each: cells in each row
        self.feed(text)
        self.close()
        if self.stack:
            self.faults.append(f"not closed: {self.stack}")

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in ALLOWED:
            self.faults.append(f"<{tag}> {attrs}")
        for name, value in attrs:
            if name not in ALLOWED.get(tag, ()):
                self.faults.append(f"<{tag} {name}>")
            if name == "class" and set((value or "").split()) - CLASSES:
                self.faults.append(f"class {value}")
            if name == "href":
                self.links.append(value)
                if not RFC_LINK.fullmatch(value or ""):
                    self.faults.append(f"link to {value}")
            if tag == "html" and name == "lang":
                self.language = value
            if name == "content" and ("http-equiv", "Content-Security-Policy") in attrs:
                self.policy = value
        if tag == "table":
            self.tables.append([])
        if tag == "tr" and self.tables:
            self.tables[-1].append(0)
        if tag in ("td", "th") and self.tables:
            self.tables[-1][-1] += 9 if dict(attrs).get("colspan") else 1
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if not self.stack or self.stack[-1] != tag:
            self.faults.append(f"</{tag}> inside {self.stack[-3:]}")
        else:
            self.stack.pop()

    def handle_comment(self, data):
        self.faults.append("a comment")

    def handle_data(self, data):
        if self.stack and self.stack[-1] != "style":
            self.text.append(data)
        elif not self.stack and data.strip():
            self.faults.append(f"text outside: {data[:40]!r}")

    def uneven(self):
        return [rows for rows in self.tables
                if len({cells for cells in rows if cells < 9}) > 1]


class Tap:
    def __init__(self):
        self.count, self.bad = 0, 0

    def check(self, name, good, *details):
        self.count += 1
        self.bad += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}", flush=True)
        for detail in details if not good else ():
            for line in str(detail).splitlines()[:12]:
                print(f"#   {line[:300]}")

    def done(self):
        print(f"1..{self.count}")
        sys.exit(1 if self.bad else 0)

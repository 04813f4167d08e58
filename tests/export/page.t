#!/usr/bin/python3
"""The HTML page, the Markdown and the steps of every sample: whole, well-formed, in the same words as the
screen, in both languages, for one message and for many. SPDX-License-Identifier: MIT"""
import base64
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from exportlib import ROOT, Page, Tap, run

SAMPLES = sorted(path.name for path in (ROOT / "samples").glob("*.eml")) + sorted(
    path.name for path in (ROOT / "samples").glob("pasted-*.txt"))


def flat(text):
    return re.sub(r"\s+", " ", text)


def check_sample(tap, name):
    path = f"samples/{name}"
    raw = run("report", "--format", "html", path).decode()
    page = Page(raw)
    words = flat(" ".join(page.text))
    said = json.loads(run("report", "--format", "json", path))
    tap.check(f"{name}: a whole page", not page.faults and not page.uneven(), *page.faults, *page.uneven())
    titles = []

    def walk(step):
        titles.append(flat(step["title"]))
        for child in step["children"]:
            walk(child)

    walk(said["tree"])
    missing = [title for title in titles if title not in words]
    missing += [flat(f["text"]) for f in said["findings"] if flat(f["text"]) not in words]
    missing += [flat(a["text"]) for a in said["advice"] if flat(a["text"]) not in words]
    missing += [record for answer in said["dns"] for record in answer["records"] if flat(record) not in words]
    missing += [d["selector"] for d in said["dkim"] if d["selector"] and d["selector"] not in words]
    tap.check(f"{name}: every step, finding, advice and answer is on it", not missing, *missing[:10])
    text = flat(run("report", "--format", "text", path).decode())
    verdict = re.search(r"[✓✗?-] [A-Z]+(?: [A-Z]+)*", text.split("----")[-1])
    tap.check(f"{name}: the verdict as in the text", verdict and verdict.group() in words, verdict)


def check_page(tap):
    raw = run("report", "--format", "html", "samples/webform.eml").decode()
    page = Page(raw)
    style = re.search(r"<style>(.*?)</style>", raw, re.S).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    tap.check("the policy allows this style sheet", f"'sha256-{digest}'" in page.policy, page.policy)
    tap.check("and nothing else", page.policy.startswith("default-src 'none'; style-src 'sha256-"), page.policy)
    tap.check("no address in the style sheet", "url(" not in style and "@import" not in style)
    tap.check("English is said", page.language == "en", page.language)
    headings = re.findall(r"<h([1-3])", raw)
    tap.check("one h1, then h2", headings[0] == "1" and headings.count("1") == 1 and "2" in headings, headings)
    tap.check("heads of tables have a scope", "<th>" not in raw)
    tap.check("marks are not read aloud", raw.count('aria-hidden="true"') == len(re.findall('class="verdict', raw)))
    tap.check("links lead to the rules", len(page.links) > 5, page.links)
    columns = re.findall(r"<thead><tr>(.*?)</tr></thead>", raw)
    tap.check("identifier, authenticated, aligned: three columns",
              any(re.search("IDENTIFIER</th>.*AUTHENTICATED.*ALIGNED", row) for row in columns), columns)
    print_rules = style.split("@media print")[1]
    tap.check("on paper all is open", "details::details-content{content-visibility:visible" in print_rules)


def check_many(tap, folder):
    paths = ["samples/webform.eml", "samples/bounce.eml", folder / "none.eml"]
    (folder / "empty.eml").write_bytes(b"\n\nno header\n")
    raw = run("report", "--format", "html", *paths, folder / "empty.eml", code=2).decode()
    page = Page(raw)
    tap.check("many on one page", not page.faults and raw.count("<html") == 1 and raw.count('class="message"') == 2,
              *page.faults)
    tap.check("each has its own place", 'id="m1"' in raw and 'id="m2"' in raw)
    tap.check("and is closed", '<details class="message" id="m1">' in raw)
    tap.check("one alone is open", b'id="m1" open>' in run("report", "--format", "html", "samples/webform.eml"))
    tap.check("without a message no page", run("report", "--format", "html", folder / "none.eml", code=2) == b"")
    inner = Page(run("report", "--format", "html", "--inner", "samples/bounce.eml").decode())
    tap.check("messages inside, too", not inner.faults and inner.tags.count("h1") >= 2, inner.tags.count("h1"))
    markdown = run("report", "--format", "markdown", *paths[:2]).decode()
    tap.check("markdown: one after the other", markdown.count("\n## DMARC:") + markdown.startswith("## DMARC:") == 2)


def check_long(tap, folder):
    """What is left out of a list that a stranger made long is said."""
    path, answers = folder / "long.eml", folder / "answers.dns"
    answers.write_text(";! snapshot 1\n" + "".join(f'_dmarc.example.jp. 300 IN TXT "t{i}"\n' for i in range(350)))

    def shown(form, header):
        path.write_text(header + "From: a@example.jp\n\nx\n")
        return run("report", "--format", form, "--dns", answers, path).decode()

    results = ";\n ".join(f"dkim=pass header.d=d{i}.example" for i in range(400))
    hosts = "".join(f"Authentication-Results: mx{i}.example.net; spf=pass\n" for i in range(400))
    fields = ":\n ".join(f"X-A{i}" for i in range(400))
    signatures = "".join(f"DKIM-Signature: v=1; a=rsa-sha256; d=d{i}.example; s=x; h=From; bh=AAAA; b=AAAA\n" for i in range(60))
    for form, most in (("html", 300), ("markdown", 40)):
        text = shown(form, f"Authentication-Results: mx.example.net; {results}\n")
        tap.check(f"{form}: results that are left out", f"and {400 - most} more" in text and (form != "html" or not Page(text).faults))
        tap.check(f"{form}: records of DNS", f"and {350 - most} more" in text)
        tap.check(f"{form}: hosts", f"and {400 - most} more" in shown(form, hosts))
    tap.check("html: signed fields", "and 101 more" in shown("html", f"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=x; "
                                                             f"h=From:{fields}; bh=AAAA; b=AAAA\n"))
    tap.check("markdown: branches of the tree", re.search(r"^ +- and \d+ more$", shown("markdown", signatures), re.M))


def check_japanese(tap):
    page = Page(run("report", "--format", "html", "--lang", "ja", "samples/webform.eml").decode())
    words = "".join(page.text)
    tap.check("Japanese is said", page.language == "ja" and not page.faults, page.language, *page.faults)
    tap.check("and spoken", "✗ 失敗" in flat(words) or "失敗" in words, words[:300])
    chain = run("report", "--format", "html", "--lang", "ja", "samples/lessons/13-chains-of-hearsay/message.eml").decode()
    tap.check("seals come out in Japanese", "<td>合格 (pass)</td><td>合格 (pass)</td>" in chain,
              *re.findall(r"<td>[^<]*</td><td>[^<]*</td><td>(?:none|pass)</td>", chain))
    for form in ("markdown", "steps"):
        text = run("report", "--format", form, "--lang", "ja", "samples/webform.eml").decode()
        tap.check(f"{form} in Japanese", "失敗" in text, text[:300])


def check_steps(tap):
    text = run("report", "--format", "steps", "samples/webform.eml").decode()
    numbers = re.findall(r"^ (\d+)/(\d+) ", text, re.M)
    count = len(numbers)
    tap.check("steps are counted", count > 5 and [(str(i + 1), str(count)) for i in range(count)] == numbers, numbers)
    paragraphs = [p for p in text.split("\n\n") if re.match(r" \d+/", p)]
    tap.check("each has its question and rule", all(re.search(r"^ Rule ", p, re.M) and "?" in p for p in paragraphs),
              *[p for p in paragraphs if not re.search(r"^ Rule ", p, re.M)][:3])
    tap.check("the answer comes last", "FAIL" in text.split("\n\n")[-2] + text.split("\n\n")[-1] + text.split("\n\n")[-3])
    tap.check("80 columns", all(len(line) <= 80 for line in text.splitlines()))


def check_what_if(tap):
    edit = ["--what-if", "from=user@example.com"]
    for form in ("html", "markdown", "steps", "text"):
        text = run("report", "--format", form, *edit, "samples/webform.eml").decode()
        where = re.search(r"WHAT[ -]IF", text, re.I)
        verdict = re.search(r"vouch", text)
        tap.check(f"{form}: an edit is named above the answer",
                  (form != "html" or not Page(text).faults) and where and re.search("From: is `?user@example.com", re.sub("<[^>]*>", "", flat(text))) and where.start() < verdict.start(), text[:600])


def check_no_message(tap):
    said = ["--from", "user@example.jp", "--mail-from", "w@www.example.com", "--ip", "192.0.2.10", "--dns", "samples/webform.dns"]
    for form in ("html", "markdown", "steps"):
        text = run("check", "--format", form, *said).decode()
        tap.check(f"check in {form}", "FAIL" in text and (form != "html" or not Page(text).faults), text[:300])
        text = run("check", "--format", form, "--form", *said[2:]).decode()
        tap.check(f"a form in {form}", "WEB FORM" in text and (form != "html" or not Page(text).faults),
                  text[:300], *(Page(text).faults if form == "html" else []))
    nearest = subprocess.run([*map(str, [__import__("exportlib").PROGRAM]), "report", "--format", "htm", "x"],
                             capture_output=True, cwd=ROOT, timeout=60)
    tap.check("an unknown format", nearest.returncode == 2 and b"markdown" in nearest.stderr, nearest.stderr)


def main():
    tap = Tap()
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        for name in SAMPLES:
            check_sample(tap, name)
        check_page(tap)
        check_many(tap, folder)
        check_long(tap, folder)
        check_japanese(tap)
        check_steps(tap)
        check_what_if(tap)
        check_no_message(tap)
    finally:
        shutil.rmtree(folder)
    tap.done()


main()

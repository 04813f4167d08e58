#!/usr/bin/python3
"""The page in a real browser: light, dark and on paper; nothing is asked of the network, nothing is said on the
console, and what a hostile message brings does not run. SPDX-License-Identifier: MIT"""
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from exportlib import Tap, run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HOSTILE = """From: "<script>document.title='ran'</script>" <a@example.jp>
Subject: "><img src=http://192.0.2.9/x onerror=document.title='ran'><style>@import 'http://192.0.2.9/s'</style>
Authentication-Results: mx.example; spf=pass (<iframe src=http://192.0.2.9/i></iframe>) smtp.mailfrom=x@example.com
Reply-To: <svg/onload=document.title='ran'>@example.jp

text
"""


class Browser:
    def __init__(self, folder):
        self.folder, self.count = folder, 0

    def open(self, page, *options):
        """Standard output, what stood on the console, and the addresses that were asked for."""
        self.count += 1
        net = self.folder / f"net{self.count}.json"
        done = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-default-browser-check",
             "--disable-dev-shm-usage", f"--user-data-dir={self.folder}/profile{self.count}", "--enable-logging=stderr",
             "--host-resolver-rules=MAP * ~NOTFOUND", f"--log-net-log={net}", "--net-log-capture-mode=Everything",
             "--window-size=1100,1600", *options, page.as_uri()],
            capture_output=True, timeout=300, cwd=self.folder, stdin=subprocess.DEVNULL)
        console = re.findall(r".*CONSOLE.*", done.stderr.decode("utf-8", "replace"))
        return done.stdout.decode("utf-8", "replace"), console, self.asked(net, page)

    @staticmethod
    def asked(net, page):
        """Of requests that a page makes; the browser's own go to its maker's hosts, by way of no page."""
        text = net.read_text(encoding="utf-8", errors="replace") if net.exists() else ""
        urls = set(re.findall(r'"url":"([^"]*)"', text)) | set(re.findall(r'"initiator":"([^"]*)"', text))
        return sorted(url for url in urls if "192.0.2.9" in url or (url.startswith("file:") and not url.startswith(page.as_uri())
                                                                     and url != "file://"))


def brightness(path):
    """The mean of all bytes of a PNG, unfiltered row by row."""
    raw, at, data, width, channels = path.read_bytes(), 8, b"", 0, 3
    while at < len(raw):
        length, kind = struct.unpack(">I4s", raw[at:at + 8])
        body = raw[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, _, _, color = struct.unpack(">IIBB", body[:10])
            channels = {2: 3, 6: 4}[color]
        if kind == b"IDAT":
            data += body
        at += 12 + length
    data = zlib.decompress(data)
    stride, rows, before, total = width * channels, [], bytes(width * channels), 0
    for start in range(0, len(data), stride + 1):
        row = bytearray(data[start + 1:start + 1 + stride])
        for i in range(stride):
            left = row[i - channels] if i >= channels else 0
            up, corner = before[i], before[i - channels] if i >= channels else 0
            guess = [0, left, up, (left + up) // 2, None][data[start]]
            if guess is None:
                p = left + up - corner
                guess = min((abs(p - left), 0, left), (abs(p - up), 1, up), (abs(p - corner), 2, corner))[2]
            row[i] = (row[i] + guess) & 255
        before = bytes(row)
        if len(rows) % 7 == 0:
            total += sum(row[0::channels]) / width
        rows.append(None)
    return total / max((len(rows) + 6) // 7, 1)


def pdf_text(path):
    return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, timeout=60).stdout.decode()


def main():
    tap = Tap()
    if not CHROMIUM:
        print("1..0 # SKIP there is no chromium")
        return
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        browser = Browser(folder)
        page = folder / "page.html"
        page.write_bytes(run("report", "--format", "html", "samples/webform.eml", "samples/bounce.eml"))
        picture = folder / "light.png"
        _, console, asked = browser.open(page, f"--screenshot={picture}")
        light = brightness(picture)
        tap.check("light: nothing on the console, nothing asked", not console and not asked, *console, *asked)
        tap.check("a light page", light > 200, light)
        picture = folder / "dark.png"
        _, console, asked = browser.open(page, f"--screenshot={picture}", "--force-dark-mode",
                                         "--blink-settings=preferredColorScheme=0")
        dark = brightness(picture)
        tap.check("dark: the same", not console and not asked and dark < 90, dark, *console, *asked)
        paper = folder / "paper.pdf"
        _, console, asked = browser.open(page, f"--print-to-pdf={paper}", "--no-pdf-header-footer")
        text = re.sub(r"\s+", "", pdf_text(paper))
        said = json.loads(run("report", "--format", "json", "--second-opinions", "off", "samples/webform.eml"))
        missing = [record for answer in said["dns"] for record in answer["records"]
                   for part in re.findall(r"[^\s\"]{5,}", record) if part not in text.replace('"', "")]

        def walk(step):
            if re.sub(r"\s+", "", step["title"]) not in text:
                missing.append(step["title"])
            for child in step["children"]:
                walk(child)

        walk(said["tree"])
        tap.check("paper: what is folded on the screen is there, no line is cut", not missing and not console, *missing[:9])
        wide = folder / "wide.html"
        measure = "<script>document.title=Math.max(document.documentElement.scrollWidth,...[...document.querySelectorAll('*')]" \
                  ".map(e=>e.getBoundingClientRect().right))>innerWidth+1?'too wide':'fits'</script></body>"
        wide.write_text(page.read_text().replace("Content-Security-Policy", "x").replace("<details", "<details open")
                        .replace("</body>", measure), encoding="utf-8")
        for width in (1100, 500):
            dom, _, _ = browser.open(wide, "--dump-dom", f"--window-size={width},900")
            title = re.search("<title>(.*?)</title>", dom)
            tap.check(f"nothing is wider than a window of {width}", title and title.group(1) == "fits", title)
        mail = folder / "hostile.eml"
        mail.write_text(HOSTILE, encoding="utf-8")
        page = folder / "hostile.html"
        page.write_bytes(run("report", "--format", "html", "--offline", mail))
        dom, console, asked = browser.open(page, "--dump-dom")
        tap.check("a hostile message: nothing runs, nothing is asked", "<title>fromscope: hostile.eml</title>" in dom
                  and not console and not asked, dom[:300], *console, *asked)
        # The test itself: the same page with its letters let loose is noticed.
        loose = folder / "loose.html"
        loose.write_text(page.read_text().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#39;", "'")
                         .replace("Content-Security-Policy", "x"), encoding="utf-8")
        dom, console, asked = browser.open(loose, "--dump-dom")
        tap.check("and it would have been noticed", "<title>ran</title>" in dom or asked or console, dom[:300])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tap.done()


main()

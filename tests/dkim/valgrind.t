#!/usr/bin/python3
"""Every sample, and messages made to visit the explaining code, under valgrind: no error, no leak. Prints TAP.
SPDX-License-Identifier: MIT"""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import signer       # noqa: E402

KEY, PUBLIC = signer.rsa(1024)
HEAD = b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: Plans\r\n for today\r\nReply-To: x@example.com"
BODY = b"Hello,\r\n.dot\r\n>From a\r\n--\r\nbye\r"
ARC = (b"ARC-Seal: i=1; a=rsa-sha256; d=example.com; s=good; cv=none; b=AAAA\r\n"
       b"ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=good; h=from:to; l=3; bh=AAAA; b=AAAA\r\n"
       b"ARC-Authentication-Results: i=1; mx.example.net; dkim=pass\r\n")


def messages():
    plain = signer.sign(KEY, HEAD, BODY)
    simple = signer.sign(None, HEAD, BODY, canon="simple/simple", z="Subject:x|To|:")
    old = b"Received: from a by b.example.net; Wed, 1 Jan 2020 00:00:00 +0000\r\n"
    yield plain + simple + HEAD + b"\r\n\r\n" + BODY
    yield plain + simple + HEAD.replace(b"Plans", b"[a] {b} Plots") + b"\r\nTo: more\r\n\r\n" + BODY + b"\r\n____\r\nad"
    yield old + signer.sign(KEY, HEAD, BODY, s="gone") + HEAD + b"\r\n\r\n"
    yield ARC + ARC.replace(b"i=1", b"i=2").replace(b"none", b"pass") + HEAD + b"\r\n\r\n" + BODY
    yield ARC.replace(b"i=1", b"i=7") + ARC + ARC + plain.replace(b"b=", b"b=*") + HEAD + b"\r\n\r\n"
    yield plain + simple + HEAD + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n--x\r\n\r\nAAAA\r\n--x--"


def main():
    if "asan" in os.environ.get("FROMSCOPE", "") or not shutil.which("valgrind"):
        print("1..0 # SKIP no valgrind, or a build that watches itself")
        return
    with tempfile.TemporaryDirectory() as folder:
        zone = os.path.join(folder, "zone")
        with open(zone, "w", encoding="ascii") as out:
            out.write(signer.zone({"good": "v=DKIM1; p=" + PUBLIC, "ed": signer.ED_RECORD}))
        made = []
        for number, message in enumerate(messages()):
            made.append(os.path.join(folder, f"{number}.eml"))
            with open(made[-1], "wb") as out:
                out.write(message)
        samples = sorted(glob.glob(os.path.join(signer.ROOT, "samples", "*.eml")))
        runs = (("samples", ["--format", "json", *samples]), ("samples as text", ["--format", "text", *samples]),
                ("made", ["--format", "json", "--dns", zone, *made]))
        print(f"1..{len(runs)}")
        for number, (name, options) in enumerate(runs, 1):
            done = subprocess.run(["valgrind", "--quiet", "--leak-check=full", "--errors-for-leak-kinds=definite",
                                   "--error-exitcode=99", signer.PROGRAM, "report", "--second-opinions", "off",
                                   *options], capture_output=True, timeout=600,
                                  env=dict(os.environ, G_SLICE="always-malloc"))
            good = done.returncode == 0 and done.stdout and not done.stderr      # workers have only that to say it
            print(f"{'' if good else 'not '}ok {number} - {name}")
            if not good:
                print("\n".join("# " + line for line in done.stderr.decode("utf-8", "replace").splitlines()[:40]))


main()

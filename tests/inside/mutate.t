#!/usr/bin/python3
"""Bounces damaged at random: each is still reported, none crashes or hangs, and what is said of messages inside agrees
with what --inner finds. COUNT=2000 for more; SEED to repeat. Prints TAP. SPDX-License-Identifier: MIT
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("FROMSCOPE", "build/fromscope")
COUNT = int(os.environ.get("COUNT", "300"))
SEED = int(os.environ.get("SEED", "20261122"))
BATCH = 50
# What a damage may put in.
PIECES = [b"\r\n", b"\n", b"\r", b"\0", b"--", b"=", b":", b"\xff\xfe", b" ", b"Content-Type: message/rfc822\r\n\r\n",
          b"Content-Transfer-Encoding: base64\r\n", b"--=_report_77\r\n", b"Diagnostic-Code: smtp; 550 5.7.1 SPF\r\n",
          b"------ This is a copy of the message, including all the headers. ------\r\n\r\n",
          b"Content-Type: multipart/mixed; boundary=\"x\"\r\n", b"\xe3\x81\x82", b"550 5.7.1 dmarc\r\n", b"From \r\n"]


def damage(chance, text):
    for _ in range(chance.randint(1, 6)):
        at, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        kind = chance.randrange(6)
        if kind == 0:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif kind == 1:
            text = text[:at] + text[min(end, at + 200):]
        elif kind == 2:
            text = text[:at] + text[at:min(end, at + 400)] * 2 + text[min(end, at + 400):]
        elif kind == 3:
            text = text[:at] + bytes([chance.randrange(256)]) + text[at + 1:]
        elif kind == 4 and len(text) > 400:
            text = text[:max(at, 300)]
        else:
            text = text.replace(*chance.choice([(b"\r\n", b"\n"), (b"boundary", b"Boundary"), (b"--", b"-- "),
                                                (b"7bit", b"base64"), (b": ", b":")]))
    return text


def reports(files, zone, *options):
    done = subprocess.run([PROGRAM, "report", "--format", "json", "--second-opinions", "off", "--dns", zone, *options,
                           *files], capture_output=True, timeout=600, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()], done.stderr.decode()


def main():
    seeds = [path.read_bytes() for path in sorted(pathlib.Path("samples").glob("bounce*.eml"))]
    chance = random.Random(SEED)
    count, bad = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for begin in range(0, COUNT, BATCH):
            files = []
            for number in range(begin, min(begin + BATCH, COUNT)):
                path = pathlib.Path(folder, f"m{number}.eml")
                path.write_bytes(damage(chance, chance.choice(seeds)))
                files.append(str(path))
            status, outer, fault = reports(files, "samples/bounce-spam.dns")
            _, every, _ = reports(files, "samples/bounce-spam.dns", "--inner")
            listed = sum(len(one["source"]["inside"]) for one in outer if "dmarc" in one)
            parts = [one for one in every if one["source"]["kind"] == "part"]
            # Messages inside those inside are parts as well.
            deeper = sum(len(one["source"]["inside"]) for one in parts if "dmarc" in one)
            good = status in (0, 2) and len(outer) + fault.count("\n") >= len(files) and \
                len(parts) == listed + deeper and "rror: " not in fault
            count, bad = count + 1, bad + (not good)
            print(f"{'ok' if good else 'not ok'} {count} - {len(files)} damaged bounces", flush=True)
            if not good:
                print(f"# status {status}, {len(outer)} reports, {listed} + {deeper} inside, {len(parts)} parts")
                print("# " + fault[:2000].replace("\n", "\n# "))
    print(f"1..{count}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

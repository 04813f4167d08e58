#!/usr/bin/python3
# A message's report does not depend on what came before it: alone, among others, in any order and for the third time
# it is the same to the byte (but for the milliseconds that DNS took). Keys and records are read once for a whole run.
import base64
import os
import random
import re
import subprocess
import sys
import tempfile

import dkim

FROMSCOPE = os.environ.get("FROMSCOPE", "build/fromscope")
AT = "2026-01-05T12:00:00Z"
number = 0


def ok(good, what):
    global number
    number += 1
    print(f"{'ok' if good else 'not ok'} {number} - {what}", flush=True)


def rsa(folder, name, bits=2048):
    path = os.path.join(folder, name)
    subprocess.run(["openssl", "genrsa", "-traditional", "-out", path, str(bits)], check=True, capture_output=True)
    public = subprocess.run(["openssl", "rsa", "-in", path, "-pubout", "-outform", "DER"], check=True,
                            capture_output=True).stdout
    with open(path, "rb") as file:
        return file.read(), base64.b64encode(public).decode()


def txt(name, text):
    return f"{name}. 300 IN TXT " + " ".join(f'"{text[i:i + 200]}"' for i in range(0, len(text), 200))


def snapshot(folder, one, two, weak):
    lines = [";! snapshot 1", ";! taken 2026-01-05T10:00:00Z", ";! complete ."]
    policies = ["v=DMARC1; p=reject", "v=DMARC1; p=none; sp=quarantine; adkim=s; aspf=s", "v=DMARC1; p=quarantine; pct=50",
                "v=DMARC1; p=reject; p=none", "v=DMARC1; p=nonsense", "v=DMARC1; p=reject; t=y; psd=n"]
    for i in range(6):
        name = f"d{i}.example"
        lines.append(txt(f"_dmarc.{name}", policies[i]))
        lines.append(txt(name, ["v=spf1 ip4:192.0.2.0/24 -all", "v=spf1 include:spf.service.example ~all",
                                "v=spf1 redirect=spf.service.example", "v=spf1 ip4:192.0.2.1 broken:x -all"][i % 4]))
        lines.append(txt(f"s1._domainkey.{name}", "v=DKIM1; p=" + one))
        lines.append(txt(f"strict._domainkey.{name}", "v=DKIM1; t=s:y; p=" + one))
        lines.append(txt(f"weak._domainkey.{name}", "v=DKIM1; p=" + weak))
        lines.append(txt(f"gone._domainkey.{name}", "v=DKIM1; p="))
        # Several records: one that is no key, one of somebody else, the right one.
        lines.append(txt(f"many._domainkey.{name}", "v=DKIM1; p=***"))
        lines.append(txt(f"many._domainkey.{name}", "v=DKIM1; p=" + two))
        lines.append(txt(f"many._domainkey.{name}", "v=DKIM1; p=" + one))
    lines.append(txt("spf.service.example", "v=spf1 ip4:203.0.113.0/24 ip4:192.0.2.128/25 ~all"))
    lines.append(txt("arc._domainkey.list.example", "v=DKIM1; p=" + two))
    for i in range(700):
        lines.append(txt(f"_dmarc.flood{i}.example", f"v=DMARC1; p=none; rua=mailto:r{i}@example.net"))
        lines.append(txt(f"flood{i}.example", f"v=spf1 ip4:198.51.100.{i % 250} -all"))
    path = os.path.join(folder, "all.dns")
    with open(path, "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
    return path


FIELDS = [b"from", b"to", b"subject", b"date", b"message-id"]


def message(i, name):
    return (f"From: Ann <ann@{name}>\r\nTo: bob@example.net\r\nSubject: number {i}\r\n"
            f"Date: Mon, 05 Jan 2026 10:00:00 +0000\r\nMessage-ID: <{i}@{name}>\r\n\r\nhello {i}\r\n").encode()


def received(name, ip):
    return (f"Return-Path: <bounce@{name}>\r\nReceived: from out.{name} (out.{name} [{ip}])\r\n"
            f"\tby mx.example.net with ESMTPS id x; Mon, 05 Jan 2026 10:00:01 +0000\r\n").encode()


def make(folder, key, other, weak):
    paths = []
    for i in range(36):
        name = f"d{i % 6}.example"
        text = message(i, name)
        selector = ["s1", "strict", "weak", "gone", "many", "nobody"][i // 6]
        text = dkim.sign(text, selector.encode(), name.encode(), weak if selector == "weak" else key,
                         include_headers=FIELDS) + text
        if i % 5 == 1:
            text = text.replace(b"hello", b"HELLO")
        if i % 7 == 2:
            for chain in ("none", "pass", "pass"):
                results = f"Authentication-Results: list.example; dkim=pass header.d={name}; arc={chain}\r\n".encode()
                sets = dkim.arc_sign(results + text, b"arc", b"list.example", other, b"list.example",
                                     include_headers=FIELDS)
                text = b"".join(sets) + text
        text = received(name if i % 4 else "service.example", ["192.0.2.1", "203.0.113.9", "192.0.2.200"][i % 3]) + text
        paths.append(os.path.join(folder, f"{i:02}.eml"))
        with open(paths[-1], "wb") as file:
            file.write(text)
    return paths


def flood(folder):
    """So many records that what was kept of earlier ones is forgotten in between."""
    paths = []
    for i in range(700):
        name = f"flood{i}.example"
        paths.append(os.path.join(folder, f"flood{i}.eml"))
        with open(paths[-1], "wb") as file:
            file.write(received(name, "198.51.100.1") + message(i, name))
    return paths


def report(dns, paths, *options):
    run = subprocess.run([FROMSCOPE, "report", "--format", "json", "--second-opinions", "off", "--at", AT, "--dns", dns,
                          *options, *paths], capture_output=True, timeout=300, check=False)
    if run.returncode not in (0, 1) or run.stderr:
        print("#", run.returncode, run.stderr.decode(errors="replace")[:500])
    return re.sub(rb'"ms":[0-9.]+', b'"ms":0', run.stdout).splitlines()


def main():
    with tempfile.TemporaryDirectory() as folder:
        (key, one), (other, two) = rsa(folder, "one.pem"), rsa(folder, "two.pem")
        weak, weak_public = rsa(folder, "weak.pem", 768)
        dns = snapshot(folder, one, two, weak_public)
        paths = make(folder, key, other, weak)
        cold = {path: report(dns, [path]) for path in paths}
        ok(all(len(lines) == 1 for lines in cold.values()), "each message alone has a report")
        cold = {path: lines[0] for path, lines in cold.items()}
        seen = b"\n".join(cold.values())
        reasons = [b'"ok"', b'"body-hash"', b'"no-key"', b'"key-revoked"', b'"key-weak"']
        ok(all(b'"reason":' + reason in seen for reason in reasons) and seen.count(b'"arc":{"result":"pass"') >= 3 and
           all(b'"rfc9989":{"result":"' + word + b'"' in seen for word in (b"pass", b"fail", b"none")),
           "they pass and fail in many ways")

        many = cold[paths[24]]
        ok(b'"selector":"many"' in many and b'"header_hash":"ok"' in many, "of several keys the last one may fit")

        ok(report(dns, paths) == [cold[path] for path in paths], "one run over all says the same")
        mixed = paths * 3
        random.Random(5).shuffle(mixed)
        ok(report(dns, mixed) == [cold[path] for path in mixed], "so does one in any order, each three times")
        lines = report(dns, paths + flood(folder) + paths)
        ok(len(lines) == 2 * len(paths) + 700 and lines[:len(paths)] == lines[-len(paths):] ==
           [cold[path] for path in paths], "so does one where too much came in between to be kept")
        if b"--jobs" in subprocess.run([FROMSCOPE, "report", "--help"], capture_output=True, check=False).stdout:
            for jobs in ("1", "3"):
                ok(report(dns, mixed, "--jobs", jobs) == [cold[path] for path in mixed], f"so do {jobs} workers")
        edited = report(dns, paths, "--what-if", "dkim.1=fail")
        alone = [report(dns, [path], "--what-if", "dkim.1=fail")[0] for path in paths]
        ok(edited == alone and edited != [cold[path] for path in paths], "so does one with edits")
    print(f"1..{number}")


main()
sys.exit(0)

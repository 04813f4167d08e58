"""Zones and questions in the line format of tests/probe/spf-probe.c.

SPDX-License-Identifier: MIT
"""
import ipaddress
import os
import subprocess


def hexed(data):
    if isinstance(data, str):
        data = data.encode('utf-8')
    return data.hex()


def answer(name, rrtype, status, records=()):
    """One answer line. Records: bytes (TXT), text (A, AAAA, PTR), (preference, name) (MX)."""
    words = ['answer', hexed(name), rrtype, status]
    for record in records:
        if rrtype == 'MX':
            words.append('%d:%s' % (record[0], hexed(record[1])))
        elif rrtype in ('A', 'AAAA'):
            words.append(ipaddress.ip_address(record).packed.hex())
        else:
            words.append(hexed(record))
    return ' '.join(words)


def ask(ip, domain, local, helo):
    return ' '.join(['ask', ip, hexed(domain), '-' if local is None else hexed(local), hexed(helo)])


class Verdict:
    """One line of the probe."""

    def __init__(self, line):
        words = line.split(' ')
        self.result = words[0]
        self.explanation, self.crossed, self.matched, self.fault = (
            None if w == '-' else bytes.fromhex(w).decode('latin-1')
            for w in (words[1], words[6], words[7], words[8]))
        self.lookups, self.voids, self.record_lookups = (int(w) for w in words[2:5])
        self.reason = words[5]


def run(lines):
    """Asks the probe all at once; one Verdict for each ask line."""
    probe = os.path.join(os.environ.get('BUILD', 'build'), 'tests', 'spf-probe')
    done = subprocess.run([probe], input='\n'.join(lines) + '\n', stdout=subprocess.PIPE,
                          check=True, encoding='ascii')
    return [Verdict(line) for line in done.stdout.splitlines()]

#!/usr/bin/python3
"""Reports in PostgreSQL, by doc/scale/postgresql.sql, in a cluster of our own that nobody else can reach: every line
loads, also of mail made to hurt, and the survey as a query is the program's survey. Prints TAP.
SPDX-License-Identifier: MIT"""
import glob
import json
import os
import pwd
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import answers  # noqa: E402
from scalelib import SCALE, Tap, folder, need, run, skip, start, tail, wait_for  # noqa: E402

SQL = os.path.join(SCALE, "postgresql.sql")
NUL = b"\\u0000"


def programs():
    """The folder of the newest version; Debian keeps it out of PATH."""
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    known = shutil.which("initdb")
    if known:
        found.append(os.path.realpath(known))
    if not found:
        skip("not installed: postgresql")
    return os.path.dirname(max(found, key=lambda path: [int(word) for word in path.split("/") if word.isdigit()]))


class Cluster:
    def __init__(self, place):
        self.place = place
        self.bin = programs()
        # It refuses to run as root, and as nobody it can read nothing of ours.
        self.user = {}
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(place, nobody.pw_uid, nobody.pw_gid)
            self.user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        data = os.path.join(place, "data")
        made = subprocess.run([os.path.join(self.bin, "initdb"), "-D", data, "-A", "trust", "-U", "survey", "-E", "UTF8",
                               "--locale=C", "--no-sync"], capture_output=True, check=False, cwd=place, **self.user)
        if made.returncode != 0:
            skip("initdb does not run here: " + " ".join(made.stderr.decode(errors="replace").split()))
        self.server = start(os.path.join(self.bin, "postgres"), "-D", data, "-k", place, "-c", "listen_addresses=", "-F",
                            log=os.path.join(place, "log"), where=place, as_user=self.user)
        self.environment = {"PGHOST": place, "PGUSER": "survey", "PGDATABASE": "postgres", "PGTZ": "UTC"}
        wait_for(self.ready, "PostgreSQL\n" + tail(os.path.join(place, "log")))

    def ready(self):
        if self.server.poll() is not None:
            skip("postgres does not run here: " + " ".join(tail(os.path.join(self.place, "log"))[-500:].split()))
        return run(os.path.join(self.bin, "pg_isready"), **self.environment)[0] == 0

    def psql(self, *words, **more):
        return run(os.path.join(self.bin, "psql"), "-X", "-q", *words, **self.environment, **more)

    def load(self, part, text):
        return self.psql("-v", f"part={part}", "-f", SQL, typed=text)

    def rows(self, view):
        """As dictionaries, in their order."""
        status, out, said = self.psql("-At", "-c", f"SELECT to_json(rows) FROM ({view}) AS rows")
        assert status == 0, said
        return [json.loads(line) for line in out.splitlines()]


need("psql")
place, box = folder(), folder()
cluster = Cluster(place)
tap = Tap()
reports, survey = answers.make(box)
tap.same(survey["messages"] + survey["unreadable"], len(reports.splitlines()), "a line for each message, read or not")
# An even number of backslashes before it: not the text of somebody who wrote one.
tap.ok(not any(len(part) - len(part.rstrip(b"\\")) & 1 == 0 for part in reports.split(NUL)[:-1]),
       "no string has U+0000, which jsonb refuses")
tap.ok(NUL in reports and b"\\u0001" in reports, "… though messages tried")
tap.ok(b"\x01" not in reports and b"\x02" not in reports, "no byte means anything to COPY")

lines = reports.splitlines(keepends=True)
parts = [b"".join(lines[number::5]) for number in range(5)]
tap.same([(0, "")] * 5, [cluster.load(f"part-{number}", text)[::2] for number, text in enumerate(parts)], "all lines load")
survey_of = {"groups": """SELECT author_domain, envelope_domain, signers, network::text, count, dmarc, gmail, yahoo, microsoft,
    to_char(first, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS first, to_char(last, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS last,
    example_path, example_index FROM survey_groups""",
             "chart": "TABLE survey_chart", "totals": "TABLE survey_totals",
             "advice": "SELECT *, network::text AS network FROM survey_advice"}


answers.compare(tap, survey, **{name: cluster.rows(view) for name, view in survey_of.items()})

# ---- a part counts once, whatever happens ----
whole = [{"messages": survey["messages"], "unreadable": survey["unreadable"]}]
tap.same((0, ""), cluster.load("part-3", parts[3])[::2], "the same part again …")
tap.same(whole, cluster.rows("TABLE survey_totals"), "… replaces it")
status, out, said = cluster.load("part-3", parts[3][:len(parts[3]) // 2])
tap.ok(status != 0 and said, "a part that breaks off is refused", said)
tap.same(whole, cluster.rows("TABLE survey_totals"), "… and what was there stays")
tap.same((0, ""), cluster.psql("-f", SQL)[::2], "without a part the tables are made only")
tap.same(whole, cluster.rows("TABLE survey_totals"), "… and nothing goes")
tap.end()

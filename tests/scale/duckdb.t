#!/usr/bin/python3
"""Reports in DuckDB, by doc/scale/duckdb.sql: the survey as a query over the files is the program's survey. DuckDB comes
from npm into the build folder, for this test only. Prints TAP.
SPDX-License-Identifier: MIT"""
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import answers  # noqa: E402
from scalelib import PROGRAM, SCALE, Tap, environment, folder, need, run, skip  # noqa: E402

SQL = os.path.join(SCALE, "duckdb.sql")
# A version that was tried; its binary is a package of its own, so nothing is built here.
PACKAGE = "@duckdb/node-api@1.4.2-r.1"
# Statements in, one JSON object a row of each answer out.
CLIENT = """
import { DuckDBInstance } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';
const session = await (await DuckDBInstance.create(':memory:')).connect();
for (const statement of JSON.parse(readFileSync(0, 'utf8'))) {
    const reader = await session.runAndReadAll(statement);
    process.stdout.write(JSON.stringify(reader.getRowObjectsJson()) + '\\n');
}
"""


def install():
    """The folder with DuckDB in it: made once for each build."""
    place = os.path.join(os.environ.get("BUILD", os.path.dirname(PROGRAM)), "npm")
    client = os.path.join(place, "client.mjs")
    os.makedirs(place, exist_ok=True)
    with open(client, "w", encoding="utf-8") as out:
        out.write(CLIENT)
    if not os.path.isdir(os.path.join(place, "node_modules", "@duckdb", "node-api")):
        try:
            done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts",
                                   "--prefix", place, PACKAGE], capture_output=True, timeout=120, check=False, cwd=place,
                                  env=environment())
        except subprocess.TimeoutExpired:
            skip("npm does not answer")
        if done.returncode != 0:
            skip("npm cannot install DuckDB: " + " ".join(done.stderr.decode(errors="replace").split())[:300])
    return client


def ask(statements):
    """What the last statements answered, one by one; lists of dictionaries."""
    status, out, said = run("node", client, typed=json.dumps(statements).encode(), where=os.path.dirname(client))
    assert status == 0, said
    return [json.loads(line) for line in out.splitlines()]


def statements(files):
    with open(SQL, encoding="utf-8") as text:
        body = re.sub(r"^\s*--.*$", "", text.read(), flags=re.M)
    return ["SET TimeZone = 'UTC'", f"SET VARIABLE reports = '{files}'", *[part for part in body.split(";") if part.strip()]]


def found(files):
    views = {"groups": "SELECT * EXCLUDE (first, last, example), strftime(first, '%Y-%m-%dT%H:%M:%SZ') AS first, "
                       "strftime(last, '%Y-%m-%dT%H:%M:%SZ') AS last, example.path AS example_path, "
                       "example.index AS example_index FROM survey_groups",
             "chart": "FROM survey_chart", "totals": "FROM survey_totals", "advice": "FROM survey_advice"}
    answered = dict(zip(views, ask(statements(files) + list(views.values()))[-len(views):]))
    for rows in answered.values():
        for row in rows:
            # JSON of JavaScript has no integers of 64 bits: they come as text.
            row.update({name: int(value) for name, value in row.items() if name in
                        ("count", "example_index", "messages", "unreadable") and value is not None})
    return answered


need("node", "npm")
client = install()
tap = Tap()
box = folder()
reports, survey = answers.make(box)
lines = reports.splitlines(keepends=True)
for number in range(5):
    with open(os.path.join(box, f"part-{number}.json"), "wb") as out:
        out.write(b"".join(lines[number::5]))
answers.compare(tap, survey, **found(os.path.join(box, "part-*.json")))
tap.end()

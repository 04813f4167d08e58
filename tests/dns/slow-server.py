#!/usr/bin/python3
"""slow-server.py PORT-FILE [REPORT]: a server for journeys, until it is ended. It answers what the JSON report
in REPORT has in dns[], each answer late; without one nothing but the root's keys (that there are none).

SPDX-License-Identifier: MIT
"""
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from loopback import Server, either, kind_of, reply, served


def silent(query, over):
    return either(reply(query), over) if kind_of(query) == "DNSKEY" else []


def main():
    handler = silent
    if len(sys.argv) > 2:
        answers, _ = served(json.loads(pathlib.Path(sys.argv[2]).read_text()))
        handler = lambda query, over: [0 if kind_of(query) == "DNSKEY" else 0.3] + answers(query, over)
    with Server(handler) as server:
        pathlib.Path(sys.argv[1]).write_text(str(server.port))
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()

"""Programs that check mail as we do, over the same messages with the same DNS answers: libopendkim, rspamd, mailauth.

Each peer is a context manager: made ready on entry (built, installed, servers started on loopback), None where that is
not possible here, with the reason printed by the caller. `verdicts()` are held against ours before anything is timed.
`whole()` is the job that we do, by their own commands: files in, JSON out, from start to end (a server that stays is no start).
`seconds()` spares them all that can be spared: messages in memory, nothing written, code that is warm.
SPDX-License-Identifier: MIT"""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
sys.path.insert(0, os.path.join(ROOT, "tests", "dns"))


class Missing(Exception):
    """Why a peer cannot take part."""


def halves(count):
    """(first, count) for each of two processes: nobody has more cores than we have."""
    return [(0, count // 2), (count // 2, count - count // 2)]


def envelopes(folder, count):
    with open(os.path.join(folder, "envelopes.tsv"), encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines][:count]


class OpenDkim:
    """libopendkim in a small program of ours: DKIM and nothing else."""
    name, checks, whole = "libopendkim (DKIM only)", ("dkim",), None

    def __init__(self, work, zone):
        self.work, self.zone = work, zone
        self.program, self.keys = f"{work}/dkim-peer", f"{work}/keys.txt"

    def __enter__(self):
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "glib-2.0"], capture_output=True, text=True, check=True)
        built = subprocess.run(["cc", "-O2", "-o", self.program, f"{HERE}/dkim-peer.c", *flags.stdout.split(), "-lopendkim"],
                               capture_output=True, text=True, check=False)
        if built.returncode:
            raise Missing("libopendkim-dev is not installed")
        with open(f"{self.zone}/snapshot.dns", encoding="utf-8") as zone, open(self.keys, "w", encoding="utf-8") as out:
            for line in zone:
                found = re.match(r"(\S+_domainkey\S+)\. 300 IN TXT (.*)", line)
                if found:
                    out.write(f"{found[1]} {''.join(re.findall(chr(34) + '([^' + chr(34) + ']*)' + chr(34), found[2]))}\n")
        return self

    def __exit__(self, *_):
        pass

    @staticmethod
    def version():
        return measure.first_line(["pkg-config", "--modversion", "opendkim"])

    def command(self, folder, first, count):
        return [self.program, self.keys, folder, str(first), str(count)]

    def seconds(self, folder, count):
        return measure.together([self.command(folder, *half) for half in halves(count)])

    def verdicts(self, folder, count):
        out = subprocess.run(self.command(folder, 0, count) + ["--print"], capture_output=True, text=True, check=True).stdout
        return [{"dkim": sorted(tuple(word.split("=")) for word in line.split()[1:])} for line in out.splitlines()]


class MailAuth:
    """mailauth from npm, two Node processes."""
    name, checks = "mailauth", ("dkim", "spf", "dmarc", "arc")

    def __init__(self, work, zone):
        self.modules, self.zone = f"{work}/npm", zone

    def __enter__(self):
        if not shutil.which("node") or not shutil.which("npm"):
            raise Missing("node and npm are not installed")
        os.makedirs(self.modules, exist_ok=True)
        if not os.path.exists(f"{self.modules}/node_modules/mailauth"):
            done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", self.modules,
                                   "mailauth@4"], capture_output=True, text=True, check=False)
            if done.returncode:
                raise Missing("npm could not install mailauth")
        return self

    def __exit__(self, *_):
        pass

    def version(self):
        with open(f"{self.modules}/node_modules/mailauth/package.json", encoding="utf-8") as package:
            return f"{json.load(package)['version']} on Node {measure.first_line(['node', '--version'])}"

    def command(self, folder, first, count):
        return ["node", f"{HERE}/mailauth.mjs", self.modules, f"{self.zone}/snapshot.dns", folder, str(first), str(count)]

    def whole(self, folder, count):
        return measure.together([[*self.command(folder, *half), "--print"] for half in halves(count)])

    def seconds(self, folder, count):
        jobs = [subprocess.Popen(self.command(folder, *half), stdout=subprocess.PIPE) for half in halves(count)]
        return max(float(job.communicate()[0]) for job in jobs)

    def verdicts(self, folder, count):
        done = subprocess.run(self.command(folder, 0, count) + ["--print"], capture_output=True, text=True, check=True)
        found = [json.loads(line) for line in done.stdout.splitlines()[:-1]]
        return [{**one, "dkim": sorted((domain, "pass" if result == "pass" else "fail") for domain, result in one["dkim"])}
                for one in found]


RSPAMD = """
options {{
  pidfile = "{work}/rspamd.pid"; filters = "dkim"; tempdir = "{work}"; hs_cache_dir = "{work}";
  cache_file = "{work}/symbols.cache"; rrd = null; local_addrs = []; check_all_filters = true;
  dns {{ nameserver = ["127.0.0.1:{dns}"]; timeout = 2s; retransmits = 3; }}
}}
logging {{ type = "file"; filename = "{work}/rspamd.log"; level = "error"; }}
worker "normal" {{ bind_socket = "127.0.0.1:{port}"; count = 2; }}
modules {{ {modules} }}
dkim {{ }}
spf {{ }}
dmarc {{ }}
arc {{ }}
"""
SPF_SYMBOLS = {"R_SPF_ALLOW": "pass", "R_SPF_FAIL": "fail", "R_SPF_SOFTFAIL": "softfail", "R_SPF_NEUTRAL": "neutral",
               "R_SPF_NA": "none", "R_SPF_PERMFAIL": "permerror", "R_SPF_DNSFAIL": "temperror"}
DMARC_SYMBOLS = {"DMARC_POLICY_ALLOW": "pass", "DMARC_POLICY_REJECT": "fail", "DMARC_POLICY_QUARANTINE": "fail",
                 "DMARC_POLICY_SOFTFAIL": "fail", "DMARC_NA": "none"}
ARC_SYMBOLS = {"ARC_ALLOW": "pass", "ARC_NA": "none", "ARC_REJECT": "fail", "ARC_INVALID": "fail"}


class Rspamd:
    """Debian's rspamd with two workers and four of its modules; asked over HTTP on loopback, DNS from nsd on loopback."""
    name, checks = "rspamd (dkim, spf, dmarc, arc)", ("dkim", "spf", "dmarc", "arc")
    CLIENTS = 4

    def __init__(self, work, zone):
        self.work, self.zone, self.pid, self.nsd, self.port = f"{work}/rspamd", zone, None, None, None

    def __enter__(self):
        if not shutil.which("rspamd") or not shutil.which("nsd"):
            raise Missing("rspamd and nsd are not installed")
        try:
            import nsd      # of tests/dns
        except ImportError as error:
            raise Missing(f"no nsd on loopback ({error})") from error
        os.makedirs(self.work, exist_ok=True)
        self.nsd = nsd.Nsd(self.work, {".": f"{self.zone}/root.zone"})
        self.nsd.__enter__()
        self.port = nsd.free_port()
        plugins = "".join(f'path = "/usr/share/rspamd/plugins/{name}.lua"; ' for name in ("spf", "dmarc", "arc"))
        with open(f"{self.work}/rspamd.conf", "w", encoding="utf-8") as config:
            config.write(RSPAMD.format(work=self.work, dns=self.nsd.port, port=self.port, modules=plugins))
        self.pid = subprocess.Popen(["rspamd", "-f", "-i", "-c", f"{self.work}/rspamd.conf"],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return self
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        raise Missing("rspamd does not start")

    def __exit__(self, *_):
        if self.pid:
            self.pid.send_signal(signal.SIGTERM)
            self.pid.wait()
        if self.nsd:
            self.nsd.__exit__(None, None, None)

    @staticmethod
    def version():
        return measure.first_line(["rspamd", "--version"])

    @staticmethod
    def requests(folder, count):
        made = []
        for name, ip, helo, sender in envelopes(folder, count):
            with open(os.path.join(folder, name), "rb") as message:
                body = message.read()
            head = (f"POST /checkv2 HTTP/1.1\r\nHost: bench\r\nIP: {ip}\r\nHelo: {helo}\r\nFrom: {sender}\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n")
            made.append(head.encode() + body)
        return made

    def ask(self, request):
        with socket.create_connection(("127.0.0.1", self.port)) as line:
            line.sendall(request)
            answer = b""
            while chunk := line.recv(65536):
                answer += chunk
        return answer

    def whole(self, folder, count):
        """Its own client takes one envelope for all files; that spares it work, SPF is asked once."""
        _, ip, helo, sender = envelopes(folder, 1)[0]
        return measure.once(["rspamc", "-h", f"127.0.0.1:{self.port}", "-n", str(self.CLIENTS), "--json", "-i", ip, "--helo", helo,
                             "-F", sender, *[os.path.join(folder, one[0]) for one in envelopes(folder, count)]])

    def seconds(self, folder, count):
        """Requests stand in memory; as many clients as served it fastest."""
        requests = self.requests(folder, count)
        begin, clients = time.perf_counter(), []
        for client in range(self.CLIENTS):
            pid = os.fork()
            if pid == 0:
                for request in requests[client::self.CLIENTS]:
                    self.ask(request)
                os._exit(0)
            clients.append(pid)
        if any([os.waitpid(pid, 0)[1] for pid in clients]):
            raise measure.Failed("rspamd: a client failed")
        return time.perf_counter() - begin

    def verdicts(self, folder, count):
        return [self.verdict(json.loads(self.ask(request).partition(b"\r\n\r\n")[2])) for request in self.requests(folder, count)]

    @staticmethod
    def verdict(answer):
        symbols = answer["symbols"]
        def word(table):
            return next((table[symbol] for symbol in symbols if symbol in table), "?")
        trace = symbols.get("DKIM_TRACE", {}).get("options", [])
        dkim = sorted((one.rpartition(":")[0], "pass" if one.endswith("+") else "fail") for one in trace)
        return {"dkim": dkim, "spf": word(SPF_SYMBOLS), "dmarc": word(DMARC_SYMBOLS), "arc": word(ARC_SYMBOLS)}


ALL = (OpenDkim, Rspamd, MailAuth)


def ours(program, snapshot, folder, count):
    """The same words for what we found. rspamd names a signing domain once, so signatures are told by domain."""
    names = [os.path.join(folder, one[0]) for one in envelopes(folder, count)]
    out = subprocess.run([program, "report", "--format", "json", "--dns", snapshot, "--second-opinions", "off", *names],
                         capture_output=True, check=True).stdout
    found = []
    for report in map(json.loads, out.splitlines()):
        found.append({"dkim": sorted((one["domain"], "pass" if one["result"] == "pass" else "fail") for one in report["dkim"]),
                      "spf": report["spf"]["mail_from"]["result"], "dmarc": report["dmarc"]["rfc7489"]["result"],
                      "arc": report["arc"]["result"]})
    return found


def differences(mine, theirs, checks):
    """How many messages a peer sees otherwise, by check."""
    return {check: sum(list(map(tuple, a[check])) != list(map(tuple, b[check])) if check == "dkim" else a[check] != b[check]
                       for a, b in zip(mine, theirs)) for check in checks}

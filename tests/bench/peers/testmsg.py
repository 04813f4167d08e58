#!/usr/bin/python3
"""How long opendkim-testmsg takes for a message; run by `unshare --map-root-user --net --mount`, so that the only DNS it
can ask is an nsd of ours.

testmsg.py MESSAGE ZONE FOLDER RUNS    prints the median of the seconds.
SPDX-License-Identifier: MIT"""
import fcntl
import os
import signal
import socket
import statistics
import struct
import subprocess
import sys
import time

message, zone, folder, runs = sys.argv[1:5]
SIOCSIFFLAGS, IFF_UP = 0x8914, 1


def loopback_up():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def serve():
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/nsd.conf", "w", encoding="ascii") as out:
        out.write(f'server:\n ip-address: 127.0.0.1@53\n username: ""\n chroot: ""\n database: ""\n'
                  f' pidfile: "{folder}/nsd.pid"\n xfrdfile: "{folder}/xfrd"\n zonelistfile: "{folder}/zones"\n'
                  f' xfrdir: "{folder}"\n logfile: "{folder}/nsd.log"\n server-count: 1\n'
                  f'remote-control:\n control-enable: no\nzone:\n name: "."\n zonefile: "{zone}"\n')
    with open(f"{folder}/resolv.conf", "w", encoding="ascii") as out:
        out.write("nameserver 127.0.0.1\n")
    subprocess.run(["mount", "--bind", f"{folder}/resolv.conf", "/etc/resolv.conf"], check=True)
    return subprocess.Popen(["nsd", "-d", "-c", f"{folder}/nsd.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def once():
    begin = time.perf_counter()
    pid = os.posix_spawnp("opendkim-testmsg", ["opendkim-testmsg", "-C"], os.environ,
                          file_actions=[(os.POSIX_SPAWN_OPEN, 0, message, os.O_RDONLY, 0)])
    status = os.waitpid(pid, 0)[1]
    return time.perf_counter() - begin, status


loopback_up()
server = serve()
try:
    # It passes when its key has come: an answer without a server would be fast and say nothing.
    for _ in range(100):
        if once()[1] == 0:
            break
        time.sleep(0.05)
    else:
        raise SystemExit("opendkim-testmsg does not pass the message")
    print(statistics.median(once()[0] for _ in range(int(runs))))
finally:
    server.send_signal(signal.SIGTERM)
    server.wait()

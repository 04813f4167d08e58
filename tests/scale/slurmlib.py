"""A Slurm of our own: one node, this machine, on loopback; its state, keys and logs in a folder that is removed.
SPDX-License-Identifier: MIT"""
import os
import pwd
import socket
import time

from scalelib import free_port, need, run, skip, start, tail, wait_for, which

CONFIG = """ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={control}
SlurmdPort={node}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={place}/munge.socket
CryptoType=crypto/munge
StateSaveLocation={place}/state
SlurmdSpoolDir={place}/spool
SlurmctldPidFile={place}/slurmctld.pid
SlurmdPidFile={place}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1
SlurmdParameters=config_overrides
NodeName={host} NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


class Slurm:
    """Skips the test where the daemons do not run: a container may refuse them what they need."""

    def __init__(self, place):
        need("slurmctld", "slurmd", "munged", "sbatch", "scontrol", "sinfo")
        self.place = place
        for name in ("state", "spool"):
            os.mkdir(os.path.join(place, name))
        self.environment = {"SLURM_CONF": os.path.join(place, "slurm.conf")}
        self.start_munge()
        with open(self.environment["SLURM_CONF"], "w", encoding="utf-8") as out:
            out.write(CONFIG.format(host=socket.gethostname().split(".")[0], control=free_port(), node=free_port(),
                                    user=pwd.getpwuid(os.getuid()).pw_name, place=place))
        if self.newer_than(23):
            # Where there is a word for it; before, nothing that is configured above asks for cgroups.
            with open(os.path.join(place, "cgroup.conf"), "w", encoding="utf-8") as out:
                out.write("CgroupPlugin=disabled\n")
        self.daemons = [start(which(name), "-D", "-f", self.environment["SLURM_CONF"],
                              log=os.path.join(place, name + ".log"), **self.environment)
                        for name in ("slurmctld", "slurmd")]
        wait_for(self.idle, "a node of Slurm")

    def start_munge(self):
        with open(os.path.join(self.place, "munge.key"), "wb") as out:
            os.chmod(out.name, 0o600)
            out.write(os.urandom(128))
        options = [f"--{word}={self.place}/munge.{end}" for word, end in (
            ("key-file", "key"), ("socket", "socket"), ("pid-file", "pid"), ("log-file", "log"), ("seed-file", "seed"))]
        munge = start(which("munged"), "--foreground", "--force", *options, log=os.path.join(self.place, "munged.out"))

        def ready():
            if munge.poll() is not None:
                skip("munged does not run here: " + " ".join(tail(os.path.join(self.place, "munged.out")).split()))
            return os.path.exists(os.path.join(self.place, "munge.socket"))
        wait_for(ready, "munged")

    def newer_than(self, major):
        words = run(which("slurmctld"), "-V")[1].decode().split()
        return int(words[1].split(".")[0]) >= major

    def idle(self):
        for daemon, name in zip(self.daemons, ("slurmctld", "slurmd")):
            if daemon.poll() is not None:
                skip(f"{name} does not run here: " + " ".join(tail(os.path.join(self.place, name + ".log"))[-500:].split()))
        if run("sinfo", "-h", "-o", "%T", **self.environment)[1].strip() == b"idle":
            return True
        time.sleep(0.2)
        return False

    def control(self, *words):
        return run("scontrol", *words, **self.environment)

    def now(self, task):
        """Starts a task that was taken from its node: Slurm lets two minutes pass, for the node may be ill. It takes a
        task for the one that it ended if the second is still the same, hence the pause."""
        wait_for(lambda: b"JobState=PENDING" in self.control("show", "job", task)[1], f"{task} to be pending")
        time.sleep(3)
        return self.control("update", f"JobId={task}", "StartTime=now")

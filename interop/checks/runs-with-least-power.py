"""The systemd unit lets Ehlo do what a mail server does and nothing else, and Ehlo needs no more.

systemd itself is not run. The unit is judged by `systemd-analyze`, and what it asks for is done by hand: a user of its own
with CAP_NET_BIND_SERVICE alone, no way to gain more, a file system to read and one folder to write, the unit's system
calls and no others. So it takes a mail on port 25, hands it out, and everything that it writes is its own user's to read.
"""

import os
import re
import shutil
import smtplib
import stat
import subprocess
import tempfile
from pathlib import Path

from ehlo import EHLO, PASSWORD, Server, expect
from mails import content, maildrop, sample
from names import own_network
from peers import ROOT
from taker import until

UNIT = ROOT / "packaging/ehlo.service"
NUMBER = 61_777  # of a user that exists nowhere else
NET_BIND_SERVICE = 1 << 10

# In a mount namespace: /opt/ehlo is the checkout, everything can be read and one folder written.
CONFINED = r"""
set -e
mount -t tmpfs -o mode=755 tmpfs /opt && mkdir /opt/ehlo && mount --bind "$1" /opt/ehlo
mount -t tmpfs -o mode=1777 tmpfs /tmp # behind the checkout, which may stand there
mount --bind "$2" "$2"
for place in $(awk '{print $5}' /proc/self/mountinfo); do
  case $place in "$2" | /tmp | /proc | /proc/* | /dev | /dev/*) ;; *) mount -o remount,bind,ro "$place" 2>/dev/null || : ;; esac
done
mount -t proc -o subset=pid,hidepid=invisible proc /proc
shift 2
umask 0077
exec "$@"
"""

# The unit's SystemCallFilter, as libseccomp takes it.
FILTERED = """
import errno, os, sys
import seccomp
allowed = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
for name in sys.argv[1].split(","):
    try:
        allowed.add_rule(seccomp.ALLOW, name)
    except RuntimeError:
        pass  # a call of another processor
allowed.load()
os.execv(sys.argv[2], sys.argv[2:])
"""


def setting(name):
    return [value for key, value in re.findall(r"^(\w+)=(.*)$", UNIT.read_text(), re.M) if key == name]


def system_calls():
    """The names that the unit's filter leaves, its groups resolved as systemd does."""
    listed = subprocess.run(["systemd-analyze", "syscall-filter"], capture_output=True, text=True, check=True).stdout
    groups, group = {}, None
    for line in listed.splitlines():
        if line.startswith("@"):
            group = groups.setdefault(line.strip(), [])
        elif line.startswith("    ") and not line.strip().startswith("#") and group is not None:
            group.append(line.strip())

    def resolved(word):
        return set().union(*map(resolved, groups[word])) if word in groups else {word}

    left = set()
    for line in setting("SystemCallFilter"):
        named = set().union(*map(resolved, line.removeprefix("~").split()))
        left = left - named if line.startswith("~") else left | named
    return sorted(name for name in left if not name.startswith("@"))


def judged_by_systemd(folder):
    at_home = Path(folder) / "ehlo.service"
    at_home.write_text(UNIT.read_text().replace("/opt/ehlo/ehlo", EHLO))
    said = subprocess.run(["systemd-analyze", "verify", at_home], capture_output=True, text=True)
    ours = [line for line in (said.stdout + said.stderr).splitlines() if "ehlo" in line]
    expect(said.returncode == 0 and not ours, f"systemd-analyze verify: status {said.returncode}: {ours}")
    security = ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", at_home]
    said = subprocess.run(security, capture_output=True, text=True)
    overall = said.stdout.strip().splitlines()[-1]
    expect(said.returncode == 0, f"systemd-analyze security: {said.stdout}{said.stderr}")
    return re.search(r"\d+\.\d+", overall).group()


def listening(pid):
    """The local addresses that a process listens on, by its own descriptors."""
    inodes = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            inodes |= set(re.findall(r"socket:\[(\d+)\]", os.readlink(link)))
        except OSError:
            pass
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            if words[3] == "0A" and words[9] in inodes:
                found.add(int(words[1].rpartition(":")[2], 16))
    return found


folder = Path(tempfile.mkdtemp(prefix="ehlo-least-", dir="/var/tmp"))  # its user may not enter the checkout
folder.chmod(0o755)
try:
    exposure = judged_by_systemd(folder)
    print(f"systemd-analyze security: {exposure}")
    expect(setting("AmbientCapabilities") == setting("CapabilityBoundingSet") == ["CAP_NET_BIND_SERVICE"], "other powers")
    expect(setting("User") == ["ehlo"] and setting("NoNewPrivileges") == ["yes"], "another user, or one who can rise")

    expect(setting("RuntimeDirectory") == ["ehlo"], "no folder for the socket of programs on the machine")
    data = folder / "data"
    data.mkdir(mode=0o700)
    os.chown(data, NUMBER, NUMBER)
    (folder / "filtered.py").write_text(FILTERED)
    powers = ["--bounding-set=-all,+net_bind_service", "--inh-caps=-all,+net_bind_service"]
    powers += ["--ambient-caps=-all,+net_bind_service", "--no-new-privs"]
    command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", CONFINED, "sh", ROOT, data]
    command += ["setpriv", f"--reuid={NUMBER}", f"--regid={NUMBER}", "--clear-groups", *powers]
    command += ["python3", folder / "filtered.py", ",".join(system_calls()), "/opt/ehlo/ehlo", "serve"]
    address = (f"{own_network()}.25", 25)
    with Server(data=data, command=[str(word) for word in command], address=address) as server:
        pid = server.java()
        status = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        for which in ("CapEff", "CapPrm", "CapBnd", "CapAmb"):
            expect(int(status[which], 16) == NET_BIND_SERVICE, f"{which} is {status[which]}")
        expect(status["Uid"].split() == [str(NUMBER)] * 4, f"it runs as {status['Uid']}")
        expect(status["NoNewPrivs"] == "1" and status["Seccomp"] == "2", f"{status['NoNewPrivs']} {status['Seccomp']}")

        mail = sample("little power")
        with smtplib.SMTP(server.host, server.smtp, "client.example", timeout=60) as smtp:
            smtp.sendmail("bob@client.example", ["ann@localhost"], mail)
        drop = maildrop(server)
        expect([content(m) for m in drop] == [mail], f"the maildrop holds {drop}")

        doors = {server.smtp, server.submission, server.submissions, server.pop3, server.pop3s}
        expect(listening(pid) == doors, f"it listens on {listening(pid)}, and was told {doors}")
        for file in [data, *data.rglob("*")]:
            facts = file.lstat()
            expect(facts.st_uid == NUMBER, f"{file.name} belongs to {facts.st_uid}")
            alone = not stat.S_IMODE(facts.st_mode) & 0o077  # or a socket for all whom the folder lets in: nobody
            expect(alone or file.name == "submit.sock", f"{file.name} has mode {stat.filemode(facts.st_mode)}")
        words = Path(f"/proc/{pid}/cmdline").read_text() + Path(f"/proc/{pid}/environ").read_text() + server.said()
        expect(PASSWORD not in words, "a password stands in the process list or in the log")
        expect("root" not in server.said(), "it believes to be root")
    print(f"figure: exposure {exposure} of 10, {len(system_calls())} system calls")

    print("--- as root")
    with Server(users=()) as server:
        until(lambda: re.search(r"root.*packaging/ehlo\.service", server.said()), 90, "it says that it runs as root")
finally:
    shutil.rmtree(folder, ignore_errors=True)

"""The programs we measure ourselves against and talk with: Postfix, its smtp-source and smtp-sink, and Dovecot.

They come unpacked (see interop/install). Programs with compiled-in paths run in a mount namespace of their own, where
their files lie over /usr and our configuration lies over /etc; ports, spool and mail are in a folder of the caller.
"""

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ROOT / "target/interop/parts"
POSTFIX = PARTS / "postfix"


LEASES = []


def free_port(addresses=("127.0.0.1",)):
    """A port that nothing listens on at these addresses, below those that the system gives to outgoing connections.

    A server that is started again must find its port as it left it: no other check is given it until this one ends.
    """
    while True:
        port = random.randrange(12_000, 32_000)
        lease = socket.socket(socket.AF_UNIX)
        try:
            lease.bind(f"\0ehlo-interop-port-{port}")
            for address in addresses:
                for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                    with socket.socket(type=kind) as s:
                        s.bind((address, port))
        except OSError:
            lease.close()
            continue
        LEASES.append(lease)
        return port


def wait_for_port(port, greeting=b"", seconds=120, process=None, host="127.0.0.1"):
    """Waits until a server on this loopback port greets with these octets."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"it ended with status {process.returncode} before it listened on port {port}")
        try:
            with socket.create_connection((host, port), timeout=5) as s:
                if not greeting or s.recv(200).startswith(greeting):
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"nothing greets on port {port} after {seconds} s")


def end(process, seconds=10):
    """Ends a program that we started: asks, waits, insists."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def load_tool(name):
    """The command of smtp-source or smtp-sink and the environment it needs."""
    env = dict(os.environ, LD_LIBRARY_PATH=str(POSTFIX / "usr/lib/postfix"))
    return str(POSTFIX / "usr/sbin" / name), env


def smtp_source(port, mails, sessions, octets, recipient, sender="load@load.test", one_connection=True, check=True, recipients=1):
    """Sends mails with Postfix's load generator and returns the seconds it took."""
    tool, env = load_tool("smtp-source")
    command = [tool, "-m", str(mails), "-s", str(sessions), "-l", str(octets), "-f", sender, "-t", recipient]
    if one_connection:
        command.append("-d")  # many mails a connection
    if recipients > 1:
        command += ["-r", str(recipients)]
    begin = time.monotonic()
    done = subprocess.run([*command, f"127.0.0.1:{port}"], env=env, capture_output=True, text=True)
    seconds = time.monotonic() - begin
    if check and (done.returncode or done.stderr):
        raise RuntimeError(f"smtp-source: status {done.returncode}: {done.stderr.strip()[-600:]}")
    return seconds


class SmtpSink:
    """Postfix's smtp-sink: takes every mail and throws it away.

    With `counts` it tells how many it has taken; with `delay` it waits so many seconds before it answers DATA; into the
    folder `dump` it writes each mail as it came, envelope first.
    """

    def __init__(self, backlog=1000, counts=False, delay=0, dump=None):
        tool, env = load_tool("smtp-sink")
        self.port = free_port()
        command = [tool]
        if os.getuid() == 0:
            command += ["-u", "nobody"]
        command += ["-m", "20000"]  # sessions at once; its default is 256
        if counts:
            command.append("-c")
        if delay:
            command += ["-w", str(delay)]
        if dump:
            os.chmod(dump, 0o777)  # it becomes nobody first
            command += ["-d", f"{dump}/mail-"]
        self.counter = tempfile.TemporaryFile()
        self.process = subprocess.Popen([*command, f"127.0.0.1:{self.port}", str(backlog)], env=env, stdout=self.counter, stderr=subprocess.PIPE)
        wait_for_port(self.port, b"220", process=self.process)

    def taken(self):
        """How many mails it has taken so far."""
        size = os.fstat(self.counter.fileno()).st_size
        last = os.pread(self.counter.fileno(), 400, max(0, size - 400))
        counts = re.findall(rb"mesg=(\d+)", last)
        return int(counts[-1]) if counts else 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        end(self.process)
        self.counter.close()


def in_namespace(layers, etc, command, var=None, **popen):
    """Starts a command in a mount namespace where the unpacked packages lie over /usr and `etc` lies over /etc.

    `var` takes the place of /var.
    """
    if os.geteuid() != 0:
        raise RuntimeError(f"a mount namespace for {command[0]} needs root: run the checks as root")
    usr = ":".join(str(PARTS / layer / "usr") for layer in layers)
    script = (
        f"mount -t overlay overlay -o lowerdir={usr}:/usr /usr && "
        f"mount -t overlay overlay -o lowerdir={etc}:/etc /etc && "
        + (f"mount --bind {var} /var && " if var else "")
        + 'exec "$@"'
    )
    return subprocess.Popen(["unshare", "-m", "--propagation", "private", "sh", "-c", script, "sh", *command], **popen)


def own_users(etc, names):
    """An /etc/passwd and /etc/group with a few more names, for programs that insist on users of their own.

    Returns the user number of each name.
    """
    passwd, group = Path("/etc/passwd").read_text(), Path("/etc/group").read_text()
    for number, name in enumerate(names, 31900):
        if not re.search(f"^{name}:", passwd, re.M):
            passwd += f"{name}:x:{number}:{number}::/nonexistent:/usr/sbin/nologin\n"
        if not re.search(f"^{name}:", group, re.M):
            group += f"{name}:x:{number}:\n"
    (etc / "passwd").write_text(passwd)
    (etc / "group").write_text(group)
    return {name: int(re.search(f"^{name}:[^:]*:([0-9]+):", passwd, re.M).group(1)) for name in names}


class Postfix:
    """Postfix in a mount namespace, with a configuration, spool and port of its own.

    As a client that relays: `transport` says where mail for a domain goes. As a peer of the bench: `hold` keeps every
    mail in the hold queue, which is what accepting alone costs it, and `maildir_domain` has its mail put in a Maildir.
    `address` is the host and port it listens on and `also` more settings.
    """

    def __init__(self, folder, transport=None, hold=False, maildir_domain=None, log=None, address=None, also=None):
        self.folder = Path(folder).resolve()
        host, self.port = address or ("127.0.0.1", free_port())
        self.log = log
        etc = self.folder / "etc"
        shutil.copytree(POSTFIX / "etc/postfix", etc / "postfix")
        users = own_users(etc, ["postfix", "postdrop", "vmail"])
        (self.folder / "spool").mkdir()
        (self.folder / "data").mkdir()
        os.chown(self.folder / "data", users["postfix"], -1)
        self.folder.chmod(0o755)
        settings = {
            "compatibility_level": "3.6",
            "queue_directory": self.folder / "spool",
            "data_directory": self.folder / "data",
            "inet_interfaces": "loopback-only",
            "inet_protocols": "ipv4",
            "myhostname": "postfix.test",
            "mydestination": "",
            "mynetworks": "127.0.0.0/8",
            "alias_maps": "",
            "smtpd_relay_restrictions": "permit_mynetworks, reject",
            "smtpd_client_connection_count_limit": 0,
            "smtpd_client_connection_rate_limit": 0,
            "in_flow_delay": 0,
            "default_process_limit": 100,
            "smtp_destination_concurrency_limit": 5,
            "smtpd_peername_lookup": "no",
            "smtp_tls_security_level": "none",
            "message_size_limit": 0,
        }
        if transport:
            settings["transport_maps"] = f"inline:{{{transport}}}"
        if hold:
            settings["smtpd_client_restrictions"] = "static:HOLD"
        if maildir_domain:
            (self.folder / "mail").mkdir()
            os.chown(self.folder / "mail", users["vmail"], users["vmail"])
            settings |= {
                "virtual_mailbox_domains": maildir_domain,
                "virtual_mailbox_base": self.folder / "mail",
                "virtual_mailbox_maps": "static:maildir/",
                "virtual_mailbox_limit": 0,
                "virtual_minimum_uid": 1,
                "virtual_uid_maps": f"static:{users['vmail']}",
                "virtual_gid_maps": f"static:{users['vmail']}",
            }
        if log:
            settings["maillog_file"] = "/dev/stdout"
        settings |= also or {}
        (etc / "postfix/main.cf").write_text("".join(f"{k} = {v}\n" for k, v in settings.items()))
        services = (POSTFIX / "usr/share/postfix/master.cf.dist").read_text()
        services = re.sub(r"^smtp      inet.*$", f"{host}:{self.port} inet n - n - - smtpd", services, flags=re.M)
        services = re.sub(r"^(\S+\s+(?:inet|unix)\s+\S+\s+\S+\s+)\S+", r"\1n", services, flags=re.M)  # no chroot
        (etc / "postfix/master.cf").write_text(services)
        out = open(log, "w") if log else subprocess.DEVNULL
        self.process = in_namespace(
            ["postfix"], etc, ["postfix", "start-fg"], stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
        greeting = b"" if "smtpd_upstream_proxy_protocol" in settings else b"220"
        wait_for_port(self.port, greeting, process=self.process, host=host)

    def held(self):
        return sum(1 for f in (self.folder / "spool/hold").rglob("*") if f.is_file())

    def delivered(self):
        new = self.folder / "mail/maildir/new"
        return len(os.listdir(new)) if new.exists() else 0

    def empty_hold_queue(self):
        for f in (self.folder / "spool/hold").rglob("*"):
            if f.is_file():
                f.unlink()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # What we started is a script that waits for the master; the master ends its own children.
        master = int((self.folder / "spool/pid/master.pid").read_text())
        os.kill(master, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.kill(master, signal.SIGKILL)
            end(self.process)


class Dovecot:
    """Dovecot's POP3 server over one Maildir, in a mount namespace, with configuration and port of its own."""

    def __init__(self, folder, user, password, maildir):
        self.folder = Path(folder).resolve()
        self.port = free_port()
        etc = self.folder / "etc"
        (etc / "dovecot").mkdir(parents=True)
        uid = own_users(etc, ["dovecot", "dovenull", "vmail"])["vmail"]
        self.folder.chmod(0o755)
        (etc / "dovecot/users").write_text(f"{user}:{{PLAIN}}{password}\n")
        (etc / "dovecot/dovecot.conf").write_text(
            f"""protocols = pop3
base_dir = {self.folder}/run
state_dir = {self.folder}/state
listen = 127.0.0.1
log_path = {self.folder}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{maildir}
first_valid_uid = 1
auth_mechanisms = plain
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {etc}/dovecot/users
}}
userdb {{
  driver = static
  args = uid=vmail gid=vmail home={self.folder}/home
}}
service pop3-login {{
  inet_listener pop3 {{
    port = {self.port}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
"""
        )
        (self.folder / "home").mkdir(exist_ok=True)
        for top in (self.folder / "home", Path(maildir)):
            os.chown(top, uid, uid)
            for at, folders, files in os.walk(top):
                for name in folders + files:
                    os.chown(os.path.join(at, name), uid, uid)
        self.process = in_namespace(
            ["dovecot-pop3d", "dovecot-core"],
            etc,
            ["dovecot", "-F", "-c", "/etc/dovecot/dovecot.conf"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )
        try:
            wait_for_port(self.port, b"+OK", process=self.process)
        except RuntimeError as problem:
            end(self.process)
            log = self.folder / "log"
            said = self.process.stderr.read().decode() + (log.read_text() if log.exists() else "")
            raise RuntimeError(f"Dovecot: {problem}: {said[-800:]}") from None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        end(self.process)


class Postgres:
    """A PostgreSQL server of our own: a new cluster, a free port, one database and one role named ehlo."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()
        self.port = free_port()
        self.cluster = self.folder / "cluster"
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: float(p.parts[4])).parent
        # It refuses to run as root.
        self.become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        self.folder.chmod(0o755)
        if self.become:
            shutil.chown(self.folder, "postgres", "postgres")
        (self.folder / "password").write_text("ehlo")
        self._run("initdb", "-D", self.cluster, "-U", "ehlo", "-A", "scram-sha-256", "--pwfile", self.folder / "password")
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "ehlo", "ehlo")
        self.url = f"postgresql://ehlo:ehlo@127.0.0.1:{self.port}/ehlo"

    def _run(self, program, *arguments):
        done = subprocess.run(
            [*self.become, self.bin / program, *map(str, arguments)],
            env=dict(os.environ, PGPASSWORD="ehlo"),
            cwd=self.folder,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")

    def start(self):
        with open(self.folder / "log", "a") as log:
            self.process = subprocess.Popen(
                [*self.become, self.bin / "postgres", "-D", self.cluster, "-p", str(self.port), "-k", self.folder]
                + ["-c", "listen_addresses=127.0.0.1"],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 30
        while True:
            try:
                self._run("pg_isready", "-h", "127.0.0.1", "-p", self.port)
                return
            except RuntimeError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def stop(self):
        self.process.send_signal(signal.SIGINT)  # its fast shutdown
        self.process.wait(30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()


def family(pid):
    """A process and all it has started."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parents[int(entry)] = int(Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                pass  # it has ended
    found, before = {pid}, 0
    while len(found) != before:
        before = len(found)
        found |= {child for child, parent in parents.items() if parent in found}
    return found


def resident_with_children(pid):
    """Memory of a process and all it has started, in MB: the sum of proportional set sizes."""
    total = 0
    for member in family(pid):
        try:
            found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{member}/smaps_rollup").read_text(), re.M)
            total += int(found.group(1)) if found else 0
        except OSError:
            pass  # it has ended
    return total * 1.024 / 1000


def processor_seconds(pid):
    """Processor time of a process and all it has started, those that have ended included."""
    ticks = 0
    for member in family(pid):
        try:
            ticks += sum(map(int, Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()[11:15]))
        except OSError:
            pass  # it has ended
    return ticks / os.sysconf("SC_CLK_TCK")


def package_version(package):
    done = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True)
    found = re.search(r"Candidate: (\S+)", done.stdout)
    return found.group(1) if found else "?"

"""The server under test, started as a user starts it: `./ehlo serve` with a data folder and ports of its own."""

import contextlib
import json
import os
import re
import shutil
import signal
import smtplib
import subprocess
import tempfile
import time
from pathlib import Path

from peers import ROOT, free_port

EHLO = os.environ.get("EHLO", str(ROOT / "ehlo"))
PASSWORD = "correct horse 7"


class Failed(Exception):
    """A check's reason to fail, in a sentence."""


def expect(holds, otherwise):
    if not holds:
        raise Failed(otherwise)


def ehlo(*arguments, stdin="", env=None, timeout=300):
    """Runs one `ehlo` command to its end."""
    return subprocess.run(
        [EHLO, *map(str, arguments)], input=stdin, env=env, timeout=timeout, capture_output=True, text=True
    )


def temporary(prefix):
    """A folder below target/, on the same file system as the checkout."""
    folder = ROOT / "target/interop/tmp"
    folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{prefix}-", dir=folder))


class Server:
    """A running server. Its accounts are made before it starts listening or while it runs, as the check likes.

    It is stopped by SIGTERM at the end of the `with` block, and that stop must be clean.
    """

    def __init__(
        self, users=("ann@localhost",), data=None, settings=None, env=None, command=(EHLO, "serve"), address=None
    ):
        self.data = Path(data) if data else temporary("data")
        self.own_data = data is None
        self.host, self.smtp = address or ("127.0.0.1", free_port())
        self.submission, self.submissions, self.pop3, self.pop3s = (free_port() for _ in range(4))
        self.settings = {
            "hostname": "localhost",
            "listen.smtp": f"{self.host}:{self.smtp}",
            "listen.submission": f"127.0.0.1:{self.submission}",
            "listen.submissions": f"127.0.0.1:{self.submissions}",
            "listen.pop3": f"127.0.0.1:{self.pop3}",
            "listen.pop3s": f"127.0.0.1:{self.pop3s}",
        } | (settings or {})
        self.env = env
        self.command = command
        self.log = temporary("log") / "serve.log"
        self.process = None
        self.start()
        for address in users:
            self.user(address)

    def start(self, ready_within=180):
        flags = [f for key, value in self.settings.items() for f in ("--set", f"{key}={value}")]
        begin = time.monotonic()
        with open(self.log, "a") as log:
            mark = log.tell()
            self.process = subprocess.Popen(
                [*self.command, "--data", str(self.data), *flags],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.env,
                start_new_session=True,
            )
        while True:
            said = self.said(mark)
            if re.search(r"^ready\b", said, re.M | re.I):
                break
            if self.process.poll() is not None:
                raise Failed(f"`ehlo serve` ended with status {self.process.returncode} before it was ready:\n{said}")
            if time.monotonic() - begin > ready_within:
                self.kill()
                raise Failed(f"`ehlo serve` was not ready after {ready_within} s:\n{said}")
            time.sleep(0.01)
        self.seconds_to_ready = time.monotonic() - begin

    def said(self, since=0):
        with open(self.log, "rb") as log:
            log.seek(since)
            return log.read().decode("utf-8", "replace")

    def troubles(self):
        """The lines of the log about what should never be."""
        return [line for line in self.said().splitlines() if " trouble " in line[:40]]

    def user(self, address, password=PASSWORD):
        done = ehlo("user", "add", address, "--password-stdin", *self._where(), stdin=password + "\n")
        expect(done.returncode == 0, f"`ehlo user add {address}`: status {done.returncode}: {done.stdout}{done.stderr}")

    def verify(self):
        done = ehlo("verify", *self._where(), timeout=900)
        expect(done.returncode == 0, f"`ehlo verify`: status {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def queue(self, *words):
        """What `ehlo queue list` knows, as entries; `words` are its filters."""
        done = ehlo("queue", "list", "--json", *words, *self._where())
        expect(done.returncode == 0, f"`ehlo queue list --json`: status {done.returncode}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)["entries"]

    def wait_for_empty_queue(self, seconds=300):
        deadline = time.monotonic() + seconds
        while waiting := [e for e in self.queue() if e["state"] in ("waiting", "delivering", "held")]:
            if time.monotonic() > deadline:
                with contextlib.suppress(OSError, subprocess.SubprocessError):
                    print(f"--- where `ehlo serve` waits\n{self.waits()}")
                raise Failed(f"after {seconds} s {len(waiting)} still wait, such as {waiting[:3]}")
            time.sleep(1)  # each question starts a program

    def waits(self):
        """Where the threads that bring mail away stand and how the connections are, for whoever asks why nothing happens."""
        pid, folder = self.java(), temporary("threads")
        jcmd = Path(os.readlink(f"/proc/{pid}/exe")).with_name("jcmd")
        said = ""
        for tool in ([jcmd, pid, "Thread.dump_to_file", folder / "all"], ["ss", "-tnpo"]):
            if shutil.which(tool[0]):
                said += subprocess.run([*map(str, tool)], capture_output=True, text=True, timeout=60).stdout
        threads = (folder / "all").read_text() if (folder / "all").exists() else ""
        shutil.rmtree(folder)
        threads = re.sub(r"^ +(at java\.base|- ).*\n", "", threads, flags=re.M)  # the JDK's own
        ours = [thread for thread in threads.split("\n\n") if re.match(r'#\d+ "(relay|queue|store-writer)', thread)]
        return "\n".join(ours + [line for line in said.splitlines() if f"pid={pid}," in line])

    def _where(self):
        store = [f"--set=store.url={self.settings['store.url']}"] if "store.url" in self.settings else []
        return ["--data", self.data, *store]

    def java(self):
        """The process id of the server itself: the largest process of the session that we started."""
        return max(self._session(), key=lambda pid: resident(pid), default=self.process.pid)

    def _session(self):
        found = []
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    stat = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(stat[3]) == self.process.pid and stat[0] != "Z":
                    found.append(int(entry))
        return found

    def rss(self):
        """Resident memory in MB."""
        return resident(self.java()) / 1000

    def kill(self):
        """kill -9, of everything that this `ehlo serve` is."""
        for pid in self._session():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        self.process = None

    def stop(self, seconds=90):
        """SIGTERM, and the server must end by itself."""
        process, self.process = self.process, None
        java = process.pid
        os.kill(java, signal.SIGTERM)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process = process
            self.kill()
            raise Failed(f"`ehlo serve` still runs {seconds} s after SIGTERM") from None

    def client(self):
        """A connection of Python's smtplib, after EHLO."""
        smtp = smtplib.SMTP(self.host, self.smtp, timeout=60)
        smtp.ehlo("client.example")
        return smtp

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if self.process is not None:
                if kind is None:
                    self.stop()
                else:
                    self.kill()
        finally:
            if kind is not None:
                troubles = "\n".join(self.troubles()[:20])
                print(f"--- what `ehlo serve` said\n{self.said()[-6000:]}\n--- of that, and before it, trouble:\n{troubles}")
            if self.own_data:
                shutil.rmtree(self.data, ignore_errors=True)
            shutil.rmtree(self.log.parent, ignore_errors=True)


def resident(pid):
    try:
        found = re.search(r"^VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.M)
        return int(found.group(1)) * 1.024 if found else 0
    except OSError:
        return 0

"""Accepting, delivering, reading and waiting: Ehlo and its peers in turns, round by round, medians and ratios."""

import os
import platform
import re
import resource
import selectors
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from ehlo import PASSWORD, Server
from encrypted import tls
from leaving import deferred, neighbours, relay
from peers import (
    ROOT,
    Dovecot,
    Postfix,
    SmtpSink,
    package_version,
    processor_seconds,
    resident_with_children,
    smtp_source,
)
from since import since
from tables import BEGAN, ROUNDS, SCALE, WORK, Table, commit_of, folder, scaled, turns


def accept():
    """How many mails a second are taken, each answered with 250."""
    table = Table(
        "Accepting mail, mails/s",
        ["smtp-sink", "Ehlo", "Postfix"],
        "smtp-source sends; smtp-sink throws the mail away and is the limit; Ehlo has it in the maildrop, synced, before "
        "its 250; Postfix has it in its hold queue, which is ingestion alone. Ehlo has taken three rounds' worth of mails "
        "before, so that its code is compiled.",
    )
    cost = Table(
        "Processor time of the server for a mail taken, microseconds",
        ["smtp-sink", "Ehlo", "Postfix"],
        "In the same runs, all processes of a server together: what others do on the machine hardly shows here.",
    )
    kinds = [  # row, octets, sessions, many mails a connection, mails for the fast ones, for Postfix
        ("4 KB, 20 sessions, many mails a connection", 4096, 20, True, 20_000, 4_000),
        ("4 KB, 50 sessions, many mails a connection", 4096, 50, True, 20_000, 4_000),
        ("4 KB, 20 sessions, one mail a connection", 4096, 20, False, 8_000, 2_000),
        ("4 KB, 1 session, many mails a connection", 4096, 1, True, 2_000, 1_000),
        ("100 KB, 20 sessions, many mails a connection", 102_400, 20, True, 3_000, 800),
    ]
    for row, octets, sessions, one_connection, many, few in kinds:
        print(row, file=sys.stderr)
        with (
            SmtpSink() as sink,
            Postfix(folder("postfix"), transport="sink.test=smtp:[127.0.0.1]:9", hold=True) as postfix,
            Server(data=folder("ehlo")) as ehlo,
        ):

            def one_round():
                for name, server, port, recipient, mails in (
                    ("smtp-sink", sink, sink.port, "ann@sink.test", scaled(many)),
                    ("Ehlo", ehlo, ehlo.smtp, "ann@localhost", scaled(many)),
                    ("Postfix", postfix, postfix.port, "ann@sink.test", scaled(few)),
                ):
                    before = processor_seconds(server.process.pid)
                    seconds = smtp_source(port, mails, sessions, octets, recipient, one_connection=one_connection)
                    spent = processor_seconds(server.process.pid) - before
                    yield name, (mails / seconds, 1e6 * spent / mails)
                    if name == "Postfix":
                        if postfix.held() != mails:
                            raise RuntimeError(f"Postfix holds {postfix.held()} mails, not {mails}")
                        postfix.empty_hold_queue()

            # A virtual machine compiles what it runs most; a mail server has run for longer than a minute.
            smtp_source(ehlo.smtp, scaled(3 * many), sessions, octets, "ann@localhost", one_connection=one_connection)
            for name, (rate, microseconds) in turns(one_round):
                table.add(row, name, rate)
                cost.add(row, name, microseconds)
    rates = table.markdown([("Ehlo of the limit", "Ehlo", "smtp-sink"), ("Ehlo to Postfix", "Ehlo", "Postfix")])
    return rates + "\n" + cost.markdown([("Ehlo to Postfix", "Ehlo", "Postfix")])


def maildrop():
    """From the first mail sent until the last can be read."""
    table = Table(
        "Delivered to a maildrop, mails/s",
        ["Ehlo", "Postfix"],
        "Until the last mail can be read: by POP3's STAT, and as files in the Maildir that Postfix's virtual(8) writes.",
    )
    row = "4 KB, 20 sessions, many mails a connection"
    with Postfix(folder("postfix"), maildir_domain="sink.test") as postfix, Server(data=folder("ehlo")) as ehlo:
        arrived = {"Ehlo": 0, "Postfix": 0}

        def one_round():
            for name, port, recipient, mails, count in (
                ("Ehlo", ehlo.smtp, "ann@localhost", scaled(10_000), lambda: pop3_count(ehlo.pop3)),
                ("Postfix", postfix.port, "ann@sink.test", scaled(3_000), postfix.delivered),
            ):
                begin = time.monotonic()
                smtp_source(port, mails, 20, 4096, recipient)
                arrived[name] += mails
                while count() < arrived[name]:
                    if time.monotonic() - begin > 300:
                        raise RuntimeError(f"{name}: {count()} of {arrived[name]} mails after 300 s")
                    time.sleep(0.05)
                yield name, mails / (time.monotonic() - begin)

        for name, figure in turns(one_round):
            table.add(row, name, figure)
    return table.markdown([("Ehlo to Postfix", "Ehlo", "Postfix")])


def pop3_count(port):
    with socket.create_connection(("127.0.0.1", port)) as wire:
        lines = wire.makefile("rb")
        answer = lines.readline()
        for command in ("USER ann@localhost", f"PASS {PASSWORD}", "STAT"):
            wire.sendall(command.encode() + b"\r\n")
            answer = lines.readline()
            if not answer.startswith(b"+OK"):
                raise RuntimeError(f"{command.split()[0]} was answered {answer}")
        wire.sendall(b"QUIT\r\n")
        lines.readline()
        return int(answer.split()[1])


def pop3():
    """A maildrop of 10,000 mails of 4 KB, read whole."""
    mails = scaled(10_000)
    maildir = folder("dovecot") / "home/Maildir"
    for name in ("cur", "new", "tmp"):
        (maildir / name).mkdir(parents=True)
    for n in range(mails):
        # As Postfix writes it: the lines of a mail from smtp-source, ended by LF.
        head = (
            f"Return-Path: <load@load.test>\nReceived: from load.test by localhost; Mon, 23 Nov 2026 10:00:00 +0000\n"
            f"From: <load@load.test>\nTo: <ann@localhost>\nMessage-Id: <{n}@load.test>\n\n"
        )
        (maildir / "new" / f"1764000000.M{n}P1.localhost").write_text(head + ("X" * 79 + "\n") * 51)
    with (
        Dovecot(maildir.parents[1], "ann@localhost", PASSWORD, maildir) as dovecot,
        Server(data=folder("ehlo")) as ehlo,
    ):
        smtp_source(ehlo.smtp, mails, 20, 4096, "ann@localhost")
        done = subprocess.run(
            [f"{os.environ['JAVA_HOME']}/bin/java", "-cp", "target/bench", "Pop3Load", str(ROUNDS), str(mails)]
            + [f"{name}={port},ann@localhost,{PASSWORD}" for name, port in (("Ehlo", ehlo.pop3), ("Dovecot", dovecot.port))],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        memory = {"Ehlo": resident_with_children(ehlo.java()), "Dovecot": resident_with_children(dovecot.process.pid)}
    times = Table(
        f"POP3: a maildrop of {mails:,} mails of 4 KB, milliseconds",
        ["limit", "Ehlo", "Dovecot"],
        "The limit is the load program talking with itself. Dovecot reads a Maildir whose index it has already made.",
    )
    rates = Table(f"POP3: RETR of {mails:,} mails of 4 KB, mails/s", ["limit", "Ehlo", "Dovecot"])
    for line in done.stdout.splitlines():
        round_number, name, figure, value = line.split("\t")
        if round_number.isdigit() and int(round_number) and figure != "octets":
            (rates if figure.startswith("RETR") else times).add(figure, name, float(value))
    note = "Memory afterwards, no session open: " + ", ".join(f"{name} {mb:.0f} MB" for name, mb in memory.items()) + ".\n"
    return (
        times.markdown([("Ehlo to Dovecot", "Ehlo", "Dovecot")])
        + "\n"
        + rates.markdown([("Ehlo to Dovecot", "Ehlo", "Dovecot"), ("Ehlo of the limit", "Ehlo", "limit")])
        + "\n"
        + note
    )


def idle():
    """Connections that say nothing, and a newcomer."""
    connections = scaled(10_000)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    wanted = 3 * connections
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, max(hard, wanted)))
    except (ValueError, PermissionError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    servers = ["smtp-sink", "Ehlo", "Postfix"]
    table = Table(
        f"{connections:,} idle connections",
        servers,
        "Greeted within 20 s; a newcomer's greeting is the slowest of fifty, while all others stay open (20,000 ms: none). "
        "Postfix with default_process_limit=100, its default. Memory is the sum of the processes' proportional set sizes.",
    )
    for name in servers * ROUNDS:
        with (
            SmtpSink(backlog=10_000)
            if name == "smtp-sink"
            else Server(data=folder("ehlo"))
            if name == "Ehlo"
            else Postfix(folder("postfix")) as server
        ):
            port = server.smtp if name == "Ehlo" else server.port
            open_ones, greeted, seconds = crowd(port, connections)
            slowest = max(newcomer(port) for _ in range(50 if greeted == connections else 1))
            memory = resident_with_children(server.process.pid)  # the launcher replaces itself by the server
            for wire in open_ones:
                wire.close()
        table.add("greeted", name, greeted)
        table.add("until the last greeting, s", name, seconds)
        table.add("slowest greeting of a newcomer, ms", name, slowest)
        table.add("memory, MB", name, memory)
    return table.markdown()


def crowd(port, connections):
    """Opens connections and waits for their greetings: the open ones, how many were greeted, seconds to the last."""
    waiting, open_ones, greeted = selectors.DefaultSelector(), [], 0
    begin = last = time.monotonic()

    def listen(timeout):
        nonlocal greeted, last
        for key, _ in waiting.select(timeout):
            waiting.unregister(key.fileobj)
            try:
                if key.fileobj.recv(1000).startswith(b"220"):
                    greeted += 1
                    last = time.monotonic()
            except OSError:
                pass

    for n in range(connections):
        wire = socket.socket()
        wire.setblocking(False)
        wire.connect_ex(("127.0.0.1", port))
        open_ones.append(wire)
        waiting.register(wire, selectors.EVENT_READ)
        if n % 100 == 99:
            listen(0.005)
    while waiting.get_map() and time.monotonic() - begin < 20:
        listen(0.1)
    return open_ones, greeted, last - begin


def newcomer(port):
    begin = time.monotonic()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
            wire.settimeout(20)
            if not wire.recv(1000).startswith(b"220"):
                return 20_000
    except OSError:
        return 20_000
    return 1000 * (time.monotonic() - begin)


def machine():
    cpu = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1)) / 1e6
    kind = subprocess.run(["findmnt", "-n", "-o", "FSTYPE", "-T", WORK], capture_output=True, text=True).stdout.strip()
    system = re.search(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text()).group(1)
    java = re.search(r'"(.*?)"', subprocess.run([f"{os.environ['JAVA_HOME']}/bin/java", "-version"], capture_output=True, text=True).stderr)
    dirty = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    load = os.getloadavg()[0]
    return "\n".join(
        [
            f"# {BEGAN:%Y-%m-%d %H:%M} UTC, commit {commit_of(ROOT)}{' with changes' if dirty else ''}",
            "",
            f"- {os.cpu_count()} cores {cpu.group(1) if cpu else platform.machine()}, {memory:.0f} GB, file system {kind}",
            f"- Linux {platform.release().split('-')[0]}, {system}, Java {java.group(1) if java else '?'}",
            f"- Postfix and smtp-source {package_version('postfix')}, Dovecot {package_version('dovecot-core')}",
            f"- {ROUNDS} rounds after one to warm up, the servers in turn; median (lowest - highest)",
            f"- load of the machine before the run: {load:.1f}",
            "",
        ]
    )


PARTS = {
    "accept": accept,
    "tls": tls,
    "maildrop": maildrop,
    "pop3": pop3,
    "idle": idle,
    "relay": relay,
    "deferred": deferred,
    "neighbours": neighbours,
    "since": since,
}
# A comparison with another version is made when it is asked for.
ALL = [part for part in PARTS if part != "since"]

wanted = sys.argv[1:] or ALL
unknown = [w for w in wanted if w not in PARTS]
if unknown:
    sys.exit(f"bench/run: no part is called {unknown[0]}; there are {', '.join(PARTS)}")
page = machine()
try:
    for part in wanted:
        print(f"=== {part}", file=sys.stderr)
        page += "\n" + PARTS[part]()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
print(page)
if SCALE == 1:
    results = ROOT / "bench/results"
    results.mkdir(exist_ok=True)
    name = f"{BEGAN:%Y-%m-%d}" + ("" if wanted == ALL else "-" + "-".join(wanted))
    (results / f"{name}.md").write_text(page)
    print(f"written to bench/results/{name}.md", file=sys.stderr)

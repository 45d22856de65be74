"""Unknown users and wrong passwords are told the same by SMTP and POP3, in the same time: medians within 5 %.

With TRIES=2000 each kind of name is tried 2000 times; the usual number is 150. Where they differ by more, on a machine that
others use as well, as many tries again are added, twice at most: what is really different stays so.
"""

import base64
import os
import socket
import statistics
import time

from ehlo import Server, ehlo, expect

ALONE = "it compares times that are close together"
TRIES = int(os.environ.get("TRIES", "150"))
WARMING = 20  # rounds that are not counted, while the server is compiled
TOLERANCE = 0.05
NAMES = {
    "one password": "ann@localhost",
    "six passwords": "bob@localhost",
    "no password": "postmaster@localhost",
    "nobody": "zed@localhost",
    "nobody, without a domain": "zed",
}


class Line:
    """A connection on which lines are said and answered."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def hears(self):
        while True:
            line = self.file.readline().decode()
            expect(line, "the connection ended")
            if line[3:4] != "-" or not line[:3].isdigit():
                return line

    def asks(self, line):
        self.socket.sendall(line.encode() + b"\r\n")
        return self.hears()

    def close(self):
        self.file.close()
        self.socket.close()


def smtp(server, name, password):
    line = Line(server.smtp)
    line.hears()
    line.asks("EHLO client.example")
    secret = base64.b64encode(f"\0{name}\0{password}".encode()).decode()
    begin = time.perf_counter()
    reply = line.asks(f"AUTH PLAIN {secret}")
    took = time.perf_counter() - begin
    line.close()
    return reply, took


def pop3(server, name, password):
    line = Line(server.pop3)
    line.hears()
    line.asks(f"USER {name}")
    begin = time.perf_counter()
    reply = line.asks(f"PASS {password}")
    took = time.perf_counter() - begin
    line.close()
    return reply, took


def measure(server, log_in, times):
    """Tries each kind of name in turn, the first another one in each round, so that noise falls on all alike."""
    replies = {}
    kinds = list(NAMES)
    for number in range(-WARMING, TRIES):
        for kind in kinds[number % len(kinds) :] + kinds[: number % len(kinds)]:
            reply, took = log_in(server, NAMES[kind], f"wrong {number}")
            replies.setdefault(reply, set()).add(kind)
            if number >= 0:
                times[kind].append(took)
    expect(len(replies) == 1, f"{log_in.__name__}: not all are told the same: {replies}")


def differences(times):
    """How far each median is from that of somebody who is here."""
    known = statistics.median(times["one password"])
    return {kind: statistics.median(taken) / known - 1 for kind, taken in times.items()}


def compare(server, log_in):
    times = {kind: [] for kind in NAMES}
    for _ in range(3):
        measure(server, log_in, times)
        found = differences(times)
        if max(map(abs, found.values())) < TOLERANCE:
            break
    for kind, taken in times.items():
        print(f"{log_in.__name__}: {kind:26} {1000 * statistics.median(taken):8.2f} ms {100 * found[kind]:+6.2f} %")
    worst = max(found, key=lambda kind: abs(found[kind]))
    expect(abs(found[worst]) < TOLERANCE, f"{log_in.__name__}: {worst} differs: {found}")
    print(f"figure: {log_in.__name__} at most {100 * abs(found[worst]):.1f} % apart in {len(times[worst])} tries each")


def said_of(server, command):
    line = Line(server.smtp)
    line.hears()
    line.asks("EHLO client.example")
    reply = line.asks(command)
    line.close()
    return reply


with Server(users=("ann@localhost", "bob@localhost")) as server:
    where = ["--data", server.data]
    for number in range(5):
        done = ehlo("user", "app-password", "add", "bob@localhost", f"program{number}", *where)
        expect(done.returncode == 0, f"password add: {done.stdout}{done.stderr}")
    # This machine is exempt from blocks and tarpit (limits.loopback), so nothing but the checking is measured.
    for log_in in (smtp, pop3):
        compare(server, log_in)
    for command in ("VRFY {}@localhost", "EXPN {}@localhost"):
        known, unknown = (said_of(server, command.format(name)) for name in ("ann", "zed"))
        expect(known.replace("ann", "zed") == unknown, f"{command}: {known!r}, but {unknown!r}")

"""Unknown users and wrong passwords are told the same by SMTP (PLAIN, SCRAM) and POP3, in the same time: medians within 5 %.

With TRIES=2000 each kind of name is tried 2000 times; the usual number is 100, one of each kind in turn. Medians that are
further apart fail where it is no chance: where by far most pairs of neighbouring tries say the same. SCRAM, where the client
does the work, is answered in less than a millisecond: it is tried ten times as often, and less than its two commands take
when they are NOOP counts as nothing.
"""

import base64
import functools
import hashlib
import hmac
import math
import os
import socket
import statistics
import time

from ehlo import Server, ehlo, expect

ALONE = "it compares times that are close together"
TRIES = int(os.environ.get("TRIES", "100"))
TOLERANCE = 0.05
NAMES = {
    "one password": "ann@localhost",
    "one password, without a domain": "ann",
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


@functools.cache
def proof_key(password, salt, iterations):
    return hmac.digest(hashlib.pbkdf2_hmac("sha256", password, salt, iterations), b"Client Key", "sha256")


def scram(server, name, _):
    """SCRAM-SHA-256 (RFC 5802, RFC 7677), always with one wrong password, so that its key is made once for each salt."""
    line = Line(server.smtp)
    line.hears()
    line.asks("EHLO client.example")
    first = f"n={name},r=fyko"
    begin = time.perf_counter()
    challenge = line.asks("AUTH SCRAM-SHA-256 " + base64.b64encode(f"n,,{first}".encode()).decode())
    took = time.perf_counter() - begin
    answer = base64.b64decode(challenge[4:]).decode()
    nonce, salt, iterations = (word[2:] for word in answer.split(","))
    final = f"c=biws,r={nonce}"
    key = proof_key(b"wrong", base64.b64decode(salt), int(iterations))
    signature = hmac.digest(hashlib.sha256(key).digest(), f"{first},{answer},{final}".encode(), "sha256")
    proof = base64.b64encode(bytes(a ^ b for a, b in zip(key, signature))).decode()
    said = base64.b64encode(f"{final},p={proof}".encode()).decode()
    begin = time.perf_counter()
    reply = line.asks(said)
    took += time.perf_counter() - begin
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


def measure(server, log_in, tries, times):
    """Tries each kind of name in turn, the first another one in each round, so that noise falls on all alike."""
    replies = {}
    kinds = list(NAMES)
    for number in range(-tries // 5, tries):
        for kind in kinds[number % len(kinds) :] + kinds[: number % len(kinds)]:
            reply, took = log_in(server, NAMES[kind], f"wrong {number}")
            replies.setdefault(reply, set()).add(kind)
            if number >= 0:
                times[kind].append(took)
    expect(len(replies) == 1, f"{log_in.__name__}: not all are told the same: {replies}")


def like(kind):
    """Somebody who is here, with a name of the same kind."""
    return "one password" + ", without a domain" * ("without" in kind)


def noop(server):
    """Seconds that a NOOP takes."""
    line = Line(server.smtp)
    line.hears()
    times = []
    for _ in range(50):
        begin = time.perf_counter()
        line.asks("NOOP")
        times.append(time.perf_counter() - begin)
    line.close()
    return statistics.median(times)


def is_no_chance(pairs):
    """Whether one is longer than the other in so many pairs (four standard deviations) that it is longer."""
    longer = sum(one > other for one, other in pairs)
    return abs(longer - len(pairs) / 2) > 2 * math.sqrt(len(pairs))


def compare(server, log_in):
    nothing, tries = 2 * noop(server), TRIES * (10 if log_in is scram else 1)
    times = {kind: [] for kind in NAMES}
    measure(server, log_in, tries, times)
    medians = {kind: statistics.median(taken) for kind, taken in times.items()}
    telling = []
    for kind, taken in times.items():
        usual = medians[like(kind)]
        apart = medians[kind] - usual
        print(f"{log_in.__name__}: {kind:30} {1000 * medians[kind]:8.2f} ms {100 * apart / usual:+6.2f} %")
        if abs(apart) > max(TOLERANCE * usual, nothing) and is_no_chance(list(zip(taken, times[like(kind)]))):
            telling.append(kind)
    expect(not telling, f"{log_in.__name__}: by their time these can be told from others: {telling} ({1000 * nothing:.2f} ms is nothing)")
    print(f"figure: {log_in.__name__} {tries} tries of {len(times)} kinds, {1000 * medians['one password']:.2f} ms, and none tells")


def said_of(server, command):
    line = Line(server.smtp)
    line.hears()
    line.asks("EHLO client.example")
    reply = line.asks(command)
    line.close()
    return reply


with Server(users=("ann@localhost", "bob@localhost"), settings={"policy.scram": "on"}) as server:
    where = ["--data", server.data]
    for number in range(5):
        done = ehlo("user", "app-password", "add", "bob@localhost", f"program{number}", *where)
        expect(done.returncode == 0, f"password add: {done.stdout}{done.stderr}")
    # This machine is exempt from blocks and tarpit (limits.loopback), so nothing but the checking is measured.
    for log_in in (smtp, scram, pop3):
        compare(server, log_in)
    for command in ("VRFY {}@localhost", "EXPN {}@localhost"):
        known, unknown = (said_of(server, command.format(name)) for name in ("ann", "zed"))
        expect(known.replace("ann", "zed") == unknown, f"{command}: {known!r}, but {unknown!r}")

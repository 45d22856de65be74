"""Unknown users and wrong passwords are told the same by SMTP (PLAIN, SCRAM) and POP3, in the same time: medians within 5 %.

With TRIES=2000 each kind of name is tried 2000 times; the usual number is 150. Where they differ by more, on a machine that
others use as well, as many tries again are added, twice at most: what is really different stays so. SCRAM, where the client
does the work, is answered in less than a millisecond: there a tenth of one counts as nothing.
"""

import base64
import functools
import hashlib
import hmac
import os
import socket
import statistics
import time

from ehlo import Server, ehlo, expect

ALONE = "it compares times that are close together"
TRIES = int(os.environ.get("TRIES", "150"))
WARMING = 20  # rounds that are not counted, while the server is compiled
TOLERANCE, NOTHING = 0.05, 0.0001
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


def like(kind):
    """Somebody who is here, with a name of the same kind."""
    return "one password" + ", without a domain" * ("without" in kind)


def differences(times):
    """How far each median is from that of somebody who is here, 0 where it is next to nothing."""
    medians = {kind: statistics.median(taken) for kind, taken in times.items()}
    apart = {kind: median - medians[like(kind)] for kind, median in medians.items()}
    return {kind: far / medians[like(kind)] * (abs(far) > NOTHING) for kind, far in apart.items()}


def compare(server, log_in):
    times = {kind: [] for kind in NAMES}
    for _ in range(3):
        measure(server, log_in, times)
        found = differences(times)
        if max(map(abs, found.values())) < TOLERANCE:
            break
    for kind, taken in times.items():
        print(f"{log_in.__name__}: {kind:30} {1000 * statistics.median(taken):8.2f} ms {100 * found[kind]:+6.2f} %")
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

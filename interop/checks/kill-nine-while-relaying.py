"""kill -9 in the middle of relaying, many times: every acknowledged mail reaches each of its servers, unchanged.

A mail may arrive twice only where nobody can know better: its server said 250 and Ehlo died before it had that on the
disk (RFC 1047). Such mails are counted, and each must have been under way, or just settled, when the kill came.

KILLS says how often (25), SEED makes its choices again.
"""

import contextlib
import hashlib
import os
import random
import re
import socket
import threading
import time

from ehlo import expect
from mails import below_received
from names import Internet
from taker import Answers

KILLS = int(os.environ.get("KILLS", "25"))
SEED = int(os.environ.get("SEED", time.time_ns() % 1_000_000))
WRITERS = 6
SINKS = ("a.test", "b.test", "c.test")
BEFORE_SECONDS = 10  # from a server's 250 to its record on our disk is one commit, on a machine that may be busy


class Ledger:
    """Mails with hash and recipients, those that were acknowledged, and when each was taken by a server."""

    def __init__(self):
        self.lock = threading.Lock()
        self.sent, self.acknowledged, self.taken = {}, set(), {}

    def take(self, number, recipient, octets):
        expect(number in self.sent, f"mail {number} arrives and nobody sent it")
        digest, recipients = self.sent[number]
        expect(recipient in recipients, f"mail {number} arrives for {recipient}, who is not its recipient")
        expect(hashlib.sha256(octets).hexdigest() == digest, f"mail {number} arrives altered: {octets[:300]!r}")
        with self.lock:
            self.taken.setdefault((number, recipient), []).append(time.monotonic())


class Noting(Answers):
    """Says 250 to every mail, some of them after a moment, and notes it."""

    def __init__(self, ledger, dice):
        self.ledger, self.dice = ledger, dice

    def end(self, transaction, recipient):
        octets, _ = below_received(transaction.mail)
        number = re.search(rb"^X-Ledger: (\S+)\r$", octets, re.M).group(1).decode()
        if self.dice.random() < 0.05:
            time.sleep(0.05)  # so that kills fall between the dot and its 250 as well
        for each in transaction.recipients:
            self.ledger.take(number, each, octets)
        return "250 2.0.0 Ok"


def mail_for(number, dice):
    octets = dice.choice([200, 1000, 4096, 4096, 20000, 300_000])
    line = f"{number} {dice.random()}\r\n".encode()
    head = f"From: <load@client.example>\r\nSubject: mail {number}\r\nX-Ledger: {number}\r\n\r\n".encode()
    return head + line * max(1, (octets - len(head)) // len(line))


class Writer(threading.Thread):
    """A client that sends mail after mail until its connection breaks."""

    def __init__(self, name, server, ledger, dice):
        super().__init__(daemon=True)
        self.label, self.server, self.ledger, self.dice, self.problem = name, server, ledger, dice, None

    def run(self):
        try:
            with socket.create_connection((self.server.host, self.server.smtp), timeout=90) as wire:
                self.wire, self.replies = wire, wire.makefile("rb")
                self.reply(b"220")
                self.say(b"EHLO client.example", b"250")
                for n in range(1_000_000):
                    self.mail(f"{self.label}.{n}")
        except OSError:
            pass  # the server was killed
        except Exception as problem:  # told to the main thread
            self.problem = problem

    def mail(self, number):
        domains = self.dice.sample(SINKS, self.dice.choice([1, 1, 1, 2, 3]))
        recipients = [f"r{n}@{domain}" for domain in domains for n in range(self.dice.choice([1, 1, 2]))]
        mail = mail_for(number, self.dice)
        self.say(b"MAIL FROM:<load@client.example>", b"250")
        for recipient in recipients:
            self.say(f"RCPT TO:<{recipient}>".encode(), b"250")
        self.say(b"DATA", b"354")
        with self.ledger.lock:
            self.ledger.sent[number] = (hashlib.sha256(mail).hexdigest(), recipients)
        self.wire.sendall(mail + b".\r\n")
        self.reply(b"250")
        with self.ledger.lock:
            self.ledger.acknowledged.add(number)

    def say(self, command, code):
        self.wire.sendall(command + b"\r\n")
        return self.reply(code)

    def reply(self, code):
        while True:
            line = self.replies.readline()
            if not line.endswith(b"\n"):
                raise ConnectionError("cut off")
            expect(line.startswith(code), f"expected {code}, was answered {line}")
            if line[3:4] == b" ":
                return line


print(f"KILLS={KILLS} SEED={SEED}")
dice = random.Random(SEED)
ledger, kills = Ledger(), []
with contextlib.ExitStack() as stack:
    net = stack.enter_context(Internet("ehlo.test", *SINKS))
    answers = [Noting(ledger, random.Random(dice.random())) for _ in SINKS]
    sinks = [stack.enter_context(net.taker(host, answers=each)) for host, each in zip(SINKS, answers)]
    ehlo = stack.enter_context(net.ehlo("ehlo.test"))
    in_flight = 0

    def taken():
        return sum(map(len, list(ledger.taken.values())))

    for kill in range(KILLS):
        # After some more are taken, so that each kill finds the relay at work, and then at any moment.
        fatal = taken() + dice.randint(1, 150)
        writers = [Writer(f"{kill}.{w}", ehlo, ledger, random.Random(dice.random())) for w in range(WRITERS)]
        for writer in writers:
            writer.start()
        deadline = time.monotonic() + 300
        while taken() < fatal:
            expect(time.monotonic() < deadline, f"nothing is relayed: {taken()} of {fatal} were taken")
            time.sleep(0.001)
        in_flight = max(in_flight, sum(len(sink.open) for sink in sinks))
        begin = time.monotonic()
        ehlo.kill()
        for writer in writers:
            writer.join(60)
            expect(not writer.is_alive(), "a writer hangs although the server is dead")
            if writer.problem:
                raise writer.problem
        for sink in sinks:
            expect(not sink.problems, sink.problems)
        ehlo.start()
        kills.append((begin, time.monotonic()))  # what had been sent when the kill came may be taken a moment later
        print(f"kill {kill + 1}: {len(ledger.acknowledged)} acknowledged, {taken()} taken, ready again in {ehlo.seconds_to_ready:.2f} s")
    ehlo.wait_for_empty_queue(300)
    print(ehlo.verify())
    ehlo.kill()
    print(ehlo.verify())
    ehlo.start()
    for sink in sinks:
        expect(not sink.problems, sink.problems)

twice = 0
for (number, recipient), times in ledger.taken.items():
    for first in times[:-1]:
        twice += 1
        near = any(begin - BEFORE_SECONDS <= first <= end for begin, end in kills)
        far = min((abs(first - moment) for kill in kills for moment in kill), default=0)
        expect(near, f"mail {number} arrived twice for {recipient}, and no kill came while its first 250 was under way: {far:.1f} s")
for number in ledger.acknowledged:
    for recipient in ledger.sent[number][1]:
        expect((number, recipient) in ledger.taken, f"mail {number} was acknowledged and never reached {recipient}")
for number, (_, recipients) in ledger.sent.items():
    reached = [(number, r) in ledger.taken for r in recipients]
    expect(all(reached) or not any(reached), f"mail {number} reached some of its recipients only")
# A transaction has at most two recipients here, and each connection one transaction under way and one just settled.
bound = 2 * 2 * in_flight * KILLS
expect(twice <= bound, f"{twice} arrived twice, more than were under way ({bound})")
print(
    f"figure: {KILLS} kills, {len(ledger.acknowledged)} mails acknowledged, {taken()} deliveries, 0 lost, 0 altered, "
    f"{twice} in doubt and twice, at most {in_flight} connections (SEED={SEED})"
)

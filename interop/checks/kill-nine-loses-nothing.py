"""kill -9 right after a 250, many times under load: every acknowledged mail is there exactly once after the restart.

The ledger is kept here, outside the server, written before and after each reply. A mail that was answered with 250
must be in each of its maildrops once, unchanged. A mail whose reply never came may be there or not, but not twice and
not altered, and not in one of its maildrops only. What POP3 said is deleted (+OK to QUIT) stays deleted.

KILLS says how often (25), SEED makes its choices again.
"""

import hashlib
import os
import random
import re
import socket
import threading
import time

from ehlo import Server, expect
from mails import content, maildrop

KILLS = int(os.environ.get("KILLS", "25"))
SEED = int(os.environ.get("SEED", time.time_ns() % 1_000_000))
WRITERS = 8
USERS = ("ann@localhost", "bob@localhost")


class Ledger:
    """Which mails were sent to whom, with the hash of each, and which of them were acknowledged."""

    def __init__(self):
        self.lock = threading.Lock()
        self.sent = {}  # id -> (hash, recipients)
        self.acknowledged = set()
        self.deleted = set()
        self.ids = set()  # queue ids from the 250s

    def begin(self, number, mail, recipients):
        with self.lock:
            self.sent[number] = (hashlib.sha256(mail).hexdigest(), recipients)

    def acknowledge(self, number, reply):
        with self.lock:
            self.acknowledged.add(number)
            queue_id = re.search(rb"queued as (\S+)", reply).group(1)
            expect(queue_id not in self.ids, f"the id {queue_id} was given twice")
            self.ids.add(queue_id)
            return len(self.acknowledged)

    def audit(self, maildrops):
        """What is in the maildrops against what was promised; returns how many mails there are."""
        seen = {user: {} for user in USERS}
        for user, mails in maildrops.items():
            for mail in mails:
                body = content(mail)
                found = re.search(rb"^X-Ledger: (\S+)\r$", body, re.M)
                expect(found, f"{user} has a mail that nobody sent: {body[:200]!r}")
                number = found.group(1).decode()
                expect(number not in seen[user], f"mail {number} is twice in the maildrop of {user}")
                seen[user][number] = hashlib.sha256(body).hexdigest()
                expect(number in self.sent, f"{user} has mail {number} that nobody sent")
                expect(number not in self.deleted, f"mail {number} came back after it was deleted")
                expect(seen[user][number] == self.sent[number][0], f"mail {number} of {user} is altered")
                expect(user in self.sent[number][1], f"mail {number} is in the maildrop of {user}, not its recipient")
        for number in self.acknowledged - self.deleted:
            for user in self.sent[number][1]:
                expect(number in seen[user], f"mail {number} was acknowledged and is not in the maildrop of {user}")
        for number, (_, recipients) in self.sent.items():
            present = [number in seen[user] for user in recipients]
            expect(all(present) or not any(present), f"mail {number} is in some of its maildrops only")
        return set().union(*seen.values())


def mail_for(number, dice):
    octets = dice.choice([200, 1000, 4096, 4096, 4096, 20000, 300_000])
    line = f"{number} {dice.random()}\r\n".encode()
    head = f"From: <load@client.example>\r\nSubject: mail {number}\r\nX-Ledger: {number}\r\n\r\n".encode()
    return head + line * max(1, (octets - len(head)) // len(line))


class Writer(threading.Thread):
    """A client that sends mail after mail until its connection breaks."""

    def __init__(self, name, port, ledger, on_250, dice):
        super().__init__(daemon=True)
        self.label, self.port, self.ledger, self.on_250, self.dice = name, port, ledger, on_250, dice
        self.problem = None

    def run(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=90) as wire:
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
        recipients = USERS if self.dice.random() < 0.25 else (self.dice.choice(USERS),)
        mail = mail_for(number, self.dice)
        self.say(b"MAIL FROM:<load@client.example>", b"250")
        for user in recipients:
            self.say(f"RCPT TO:<{user}>".encode(), b"250")
        self.say(b"DATA", b"354")
        self.ledger.begin(number, mail, recipients)
        self.wire.sendall(mail + b".\r\n")
        reply = self.reply(b"250")
        self.on_250(self.ledger.acknowledge(number, reply))

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
ledger = Ledger()
deletions = 0
with Server(users=USERS) as server:
    for kill in range(KILLS):
        fatal = len(ledger.acknowledged) + dice.randint(1, 120)
        killed = threading.Event()

        def on_250(acknowledged):
            if acknowledged >= fatal and not killed.is_set():
                killed.set()
                server.kill()

        writers = [
            Writer(f"{kill}.{w}", server.smtp, ledger, on_250, random.Random(dice.random())) for w in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(60)
            expect(not writer.is_alive(), "a writer hangs although the server is dead")
            if writer.problem:
                raise writer.problem
        server.start()
        # Read everything; every third time delete it, and crash right after the +OK to QUIT.
        deleting = kill % 3 == 2
        present = ledger.audit({user: maildrop(server, user, delete=deleting) for user in USERS})
        if deleting:
            ledger.deleted |= present
            deletions += len(present)
            server.kill()
            server.start()
        print(f"kill {kill + 1}: {len(ledger.acknowledged)} acknowledged, {len(present)} read, ready again in {server.seconds_to_ready:.2f} s")
    ledger.audit({user: maildrop(server, user) for user in USERS})
    print(server.verify())
    server.kill()
    print(server.verify())
    server.start()
in_doubt = len(ledger.sent) - len(ledger.acknowledged)
print(
    f"figure: {KILLS} kills, {len(ledger.acknowledged)} mails acknowledged, {in_doubt} in doubt, {deletions} deleted, "
    f"0 lost, 0 altered, 0 twice (SEED={SEED})"
)

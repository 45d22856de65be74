"""Nobody relays without a login: every form of recipient from every form of sender, each refused with the reply that is right."""

import re
import smtplib
import socket

from ehlo import PASSWORD, Server, expect
from mails import maildrop
from taker import Taker

OURS, FAR = "ehlo.test", "elsewhere.example"

# What RFC 5321 §3.6, §4.2 and RFC 3463 §3 have for each, at RCPT.
DENIED = "550 5.7.1"  # an address of another site: delivery not authorized
NOBODY = "550 5.1.1"  # a domain of ours, and no such mailbox there, whatever its local part seems to mean (§2.3.11)
NO_ADDRESS = "501 5.1.3"  # no forward-path by the grammar of §4.1.2: only the postmaster needs no domain (§4.1.1.3)

RECIPIENTS = {
    # what the tutorials type
    f"<u@{FAR}>": DENIED,
    f"u@{FAR}": DENIED,
    f" u@{FAR}": DENIED,
    f" <u@{FAR}>": DENIED,
    f"<U@{FAR.upper()}>": DENIED,
    # the percent hack (§F.2 forbids to honour what looks like routing in a local part)
    f"<u%{FAR}@{OURS}>": NOBODY,
    f"<u%{FAR}@{OURS.upper()}>": NOBODY,
    f"<u%{FAR}%{OURS}@{OURS}>": NOBODY,
    f"<bob%{FAR}@{OURS}>": NOBODY,
    f"<u%{FAR}@mx.{OURS}>": DENIED,
    f"<u%{FAR}@[127.0.0.1]>": DENIED,
    f"<u%{FAR}>": NO_ADDRESS,
    # bang paths
    f"<{FAR}!u>": NO_ADDRESS,
    f"<{FAR}!u@{OURS}>": NOBODY,
    f"<{OURS}!{FAR}!u@{OURS}>": NOBODY,
    f"<{OURS}!u@{FAR}>": DENIED,
    # quotes
    f'<"u@{FAR}"@{OURS}>': NOBODY,
    f'<"u%{FAR}"@{OURS}>': NOBODY,
    f'<"u@{FAR}">': NO_ADDRESS,
    f'<"bob@{OURS}"@{FAR}>': DENIED,
    f'<"<u@{FAR}>"@{OURS}>': NOBODY,
    # source routes: the last hop counts (§3.6.1, appendix C)
    f"<@{OURS}:u@{FAR}>": DENIED,
    f"<@{OURS},@mx.{OURS}:u@{FAR}>": DENIED,
    f"<@{FAR}:u@{FAR}>": DENIED,
    f"<@{OURS}:u%{FAR}@{OURS}>": NOBODY,
    f"<@{FAR}@{OURS}:u@{FAR}>": NO_ADDRESS,
    # literals and numbers
    "<u@[127.0.0.1]>": DENIED,
    "<u@[IPv6:::1]>": DENIED,
    "<u@[203.0.113.7]>": DENIED,
    "<u@[300.1.1.1]>": NO_ADDRESS,
    "<u@2130706433>": DENIED,
    # dots and things that nearly are ours
    f"<u@{FAR}.>": NO_ADDRESS,
    f"<bob@{OURS}.>": NO_ADDRESS,
    f"<bob@{OURS}.{FAR}>": DENIED,
    f"<bob@sub.{OURS}>": DENIED,
    f"<bob@not{OURS}>": DENIED,
    # two at once, and none
    f"<u@{FAR}@{OURS}>": NO_ADDRESS,
    f"<bob@{OURS}@{FAR}>": NO_ADDRESS,
    f"<bob@{OURS}>,<u@{FAR}>": NO_ADDRESS,
    f"<bob@{OURS}> <u@{FAR}>": "5(01|55) 5.5.4|501 5.1.3",
    f"<u;{FAR}@{OURS}>": NO_ADDRESS,
    f"<u:{FAR}@{OURS}>": NO_ADDRESS,
    "<bob@>": NO_ADDRESS,
    "<>": NO_ADDRESS,
}

SENDERS = (
    "<>",
    f"<bob@{OURS}>",
    f"<BOB@{OURS.upper()}>",
    f"<postmaster@{OURS}>",
    f"<u@{FAR}>",
    "<bob@[127.0.0.1]>",
    "<bob@localhost>",
    f"<@{OURS}:u@{FAR}>",
    f'<"bob@{OURS}"@{FAR}>',
    f"<{FAR}!bob@{OURS}>",
    f" bob@{OURS}",
    f"<bob%{OURS}@{FAR}>",
)

# Who they say they are; the tutorials say that it helps to be somebody of the house, or of the recipient's.
GREETINGS = ("EHLO client.example", f"HELO {FAR}", f"EHLO {OURS}", f"HELO mx.{OURS}", "EHLO localhost", "EHLO [127.0.0.1]")


class Stranger:
    def __init__(self, port):
        self.wire = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.lines = self.wire.makefile("rb")
        self.said = []
        self.hear()

    def hear(self):
        while True:
            line = self.lines.readline().decode().rstrip("\r\n")
            self.said.append(f"S: {line}")
            expect(line, "the server has hung up:\n" + "\n".join(self.said[-20:]))
            if line[3:4] != "-":
                return line

    def ask(self, line, *right):
        """Says it; the reply must be right, to the enhanced status code."""
        self.said.append(f"C: {line}")
        self.wire.sendall(line.encode() + b"\r\n")
        reply = self.hear()
        known = any(re.match(rf"(?:{each})\b", reply) for each in right)
        expect(known, f"{line!r} is answered {reply!r}, not {right}:\n" + "\n".join(self.said[-12:]))
        return reply

    def close(self):
        self.lines.close()
        self.wire.close()


def everything_on_port_25(server):
    for number, sender in enumerate(SENDERS):
        stranger = Stranger(server.smtp)
        stranger.ask(GREETINGS[number % len(GREETINGS)], "250")
        for recipient, right in RECIPIENTS.items():
            stranger.ask(f"MAIL FROM:{sender}", "250 2.1.0")
            reply = stranger.ask(f"RCPT TO:{recipient}", right)
            if right == DENIED:
                expect(str(server.submission) in reply, f"nobody is told where to log in: {reply}")
            stranger.ask("DATA", "503 5.5.1")
            stranger.ask("RSET", "250 2.0.0")
            yield
        stranger.close()


def everything_without_login(port):
    """RFC 6409 §4.3, RFC 4954 §6: the mail itself is refused, with 530, and no recipient is looked at."""
    for number, sender in enumerate(SENDERS):
        stranger = Stranger(port)
        stranger.ask(GREETINGS[number % len(GREETINGS)], "250")
        for recipient, right in RECIPIENTS.items():
            stranger.ask(f"MAIL FROM:{sender}", "530 5.7.0")
            # What is no address is none here either (501); anything else comes out of order, without a mail (503).
            stranger.ask(f"RCPT TO:{recipient}", "503 5.5.1" if right in (DENIED, NOBODY) else right)
            stranger.ask("DATA", "503 5.5.1")
            yield
        stranger.close()


def tricks_with_a_login(port):
    """A login is good for the addresses of its own account (RFC 6409 §6.1), and makes nothing an address that is none."""
    ann = Stranger(port)
    ann.ask("EHLO client.example", "250")
    ann.ask("AUTH PLAIN " + smtplib.encode_base64(f"\0ann\0{PASSWORD}".encode(), eol=""), "235 2.7.0")
    for sender in SENDERS:
        if sender != "<>":  # which is nobody's, and every report's
            ann.ask(f"MAIL FROM:{sender}", "550 5.7.1")
            ann.ask(f"RCPT TO:<u@{FAR}>", "503 5.5.1")
            ann.ask("DATA", "503 5.5.1")
            yield
    for recipient, right in RECIPIENTS.items():
        if right != DENIED:
            ann.ask(f"MAIL FROM:<ann@{OURS}>", "250 2.1.0")
            ann.ask(f"RCPT TO:{recipient}", right)
            ann.ask("DATA", "503 5.5.1")
            ann.ask("RSET", "250 2.0.0")
            yield
    ann.close()


def who_may(server):
    """The control: ann, as herself."""
    with smtplib.SMTP("127.0.0.1", server.submission, "client.example", timeout=60) as smtp:
        smtp.login("ann", PASSWORD)
        smtp.sendmail(f"ann@{OURS}", [f"u@{FAR}"], f"From: ann@{OURS}\r\nSubject: she may\r\n\r\nHello\r\n")


with Taker() as taker:
    settings = {
        "hostname": f"mx.{OURS}",
        "domains": OURS,
        "relay.smart-host": f"127.0.0.1:{taker.port}",
        "limits.errors": 100000,
        "limits.idle-commands": 100000,
    }
    users = tuple(f"{name}@{OURS}" for name in ("ann", "bob"))
    with Server(users, settings=settings) as server:
        expect(len(RECIPIENTS) >= 30 and len(SENDERS) >= 10, "that is not every form")
        tried = sum(1 for _ in everything_on_port_25(server))
        without = sum(1 for _ in everything_without_login(server.submission))
        other = sum(1 for _ in tricks_with_a_login(server.submission))
        expect(taker.connections == 0, f"{taker.connections} connections went out: {taker.transactions}")
        expect(server.queue() == [], f"something waits: {server.queue()}")
        for user in users:
            expect(maildrop(server, user) == [], f"{user} has got mail")
        who_may(server)
        (only,) = taker.wait_for(1)
        expect((only.sender, only.recipients) == (f"ann@{OURS}", [f"u@{FAR}"]), f"sent on: {only}")
        expect(taker.connections == 1, f"{taker.connections} connections went out")
print(f"figure: {tried} attempts on port 25, {without} at the submission port, {other} with a login, 0 relayed")

"""A server that takes mail by SMTP or LMTP, writes down everything it was told, and answers as the check wants.

What it wrote down is the octets of the wire, without dot-stuffing. By LMTP it is the maildrop behind Postfix, Exim and
the others: what they were told about the envelope and the content arrives here.
"""

import re
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field

OFFERED = ("PIPELINING", "8BITMIME", "SMTPUTF8", "DSN", "SIZE", "ENHANCEDSTATUSCODES")
CLOSE = "close the connection"


@dataclass
class Transaction:
    """One mail transaction as the client told it; `parameters` and each recipient's are what stood behind the path."""

    sender: str
    parameters: str
    client: str = ""
    tls: bool = False
    recipients: list = field(default_factory=list)
    notify: list = field(default_factory=list)
    mail: bytes = b""
    replies: list = field(default_factory=list)
    connection: int = 0


class Answers:
    """Takes everything. A check overrides what it wants answered otherwise: a reply, or CLOSE."""

    def mail(self, transaction):
        return "250 2.1.0 Ok"

    def rcpt(self, transaction, recipient):
        return "250 2.1.5 Ok"

    def end(self, transaction, recipient):
        """The reply after the dot. By LMTP it is asked for each recipient, by SMTP once, with the first of them."""
        return "250 2.0.0 Ok"


class Taker:
    def __init__(self, address="127.0.0.1", port=0, lmtp=False, answers=None, offered=OFFERED, certificate=None):
        self.lmtp, self.answers, self.offered = lmtp, answers or Answers(), offered
        self.tls = None
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(certificate)
        self.changed = threading.Condition()
        self.transactions, self.connections, self.problems, self.open = [], 0, [], set()
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.socket = socket.create_server((address, port), family=family, backlog=500)
        self.address, self.port = address, self.socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def taken(self):
        """The transactions of which a reply after the dot said 250."""
        with self.changed:
            return [t for t in self.transactions if any(r.startswith("250") for r in t.replies)]

    def wait_for(self, mails, seconds=120):
        """Waits until so many mails are taken, and returns them."""
        return self.wait(lambda: len(self._taken()) >= mails, seconds, f"{mails} mails") and self.taken()

    def wait(self, condition, seconds, what):
        with self.changed:
            if not self.changed.wait_for(lambda: self.problems or condition(), seconds):
                seen = [(t.sender, t.recipients, t.replies) for t in self.transactions[-20:]]
                raise RuntimeError(f"port {self.port}: no {what} after {seconds} s; transactions so far: {seen}")
            if self.problems:
                raise self.problems[0]
            return True

    def _taken(self):
        return [t for t in self.transactions if any(r.startswith("250") for r in t.replies)]

    def forget(self):
        with self.changed:
            self.transactions = []

    def _accept(self):
        while True:
            try:
                wire, _ = self.socket.accept()
            except OSError:
                return  # closed
            with self.changed:
                self.connections += 1
                self.open.add(wire)
                number = self.connections
            threading.Thread(target=self._serve, args=(wire, number), daemon=True).start()

    def _serve(self, wire, number):
        conversation = Conversation(self, wire, number)
        try:
            conversation.hold()
        except OSError:
            pass  # the client is gone
        except Exception as problem:  # told to whoever waits
            with self.changed:
                self.problems.append(problem)
                self.changed.notify_all()
        finally:
            with self.changed:
                self.open.discard(wire)
            conversation.close()

    def close(self):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()
        with self.changed:
            for wire in self.open:
                try:
                    wire.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Conversation:
    def __init__(self, taker, wire, number):
        self.taker, self.wire, self.number = taker, wire, number
        self.lines = wire.makefile("rb")
        self.client, self.secure, self.transaction = "", False, None

    def hold(self):
        self.wire.settimeout(300)
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.say("220 taker.test ready")
        while line := self.lines.readline(70_000):
            if not line.endswith(b"\r\n") or b"\r" in line[:-2] or b"\0" in line:
                raise RuntimeError(f"a command line that does not end with CRLF: {line!r}")
            verb, _, rest = line[:-2].decode("utf-8", "replace").partition(" ")
            answer = getattr(self, f"on_{verb.lower()}", None)
            reply = answer(rest) if answer else "500 5.5.2 Unknown command"
            if reply is CLOSE:
                return
            if reply:
                self.say(reply)
            if verb.upper() == "QUIT":
                return

    def say(self, reply):
        self.wire.sendall(reply.encode() + b"\r\n")

    def on_ehlo(self, name):
        self.client = name
        offered = list(self.taker.offered)
        if self.taker.tls and not self.secure:
            offered.append("STARTTLS")
        lines = ["taker.test", *offered]
        return "\r\n".join(["250-" + line for line in lines[:-1]] + ["250 " + lines[-1]])

    on_lhlo = on_ehlo

    def on_helo(self, name):
        self.client = name
        return "250 taker.test"

    def on_starttls(self, _):
        if not self.taker.tls:
            return "502 5.5.1 Not offered"
        self.say("220 2.0.0 Go ahead")
        self.wire = self.taker.tls.wrap_socket(self.wire, server_side=True)
        self.lines = self.wire.makefile("rb")
        self.secure = True
        return None

    def on_noop(self, _):
        return "250 2.0.0 Ok"

    def on_rset(self, _):
        self.transaction = None
        return "250 2.0.0 Ok"

    def on_quit(self, _):
        return "221 2.0.0 Bye"

    def on_mail(self, rest):
        path, parameters = self.path("FROM", rest)
        self.transaction = Transaction(path, parameters, self.client, self.secure, connection=self.number)
        return self.judged(self.taker.answers.mail(self.transaction), "4 5", self.on_rset)

    def on_rcpt(self, rest):
        if not self.transaction:
            return "503 5.5.1 MAIL first"
        path, parameters = self.path("TO", rest)
        reply = self.taker.answers.rcpt(self.transaction, path)
        if reply.startswith("250"):
            self.transaction.recipients.append(path)
            self.transaction.notify.append(parameters)
        return reply

    def on_data(self, _):
        if not (self.transaction and self.transaction.recipients):
            return "554 5.5.1 No valid recipients"
        self.say("354 Go ahead")
        mail, line = [], b""
        while (line := self.lines.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                raise ConnectionError("cut off")
            if not line.endswith(b"\r\n") or b"\r" in line[:-2]:
                raise RuntimeError(f"the content has a line that does not end with CRLF: {line[-200:]!r}")
            mail.append(line[1:] if line.startswith(b".") else line)
        done, self.transaction = self.transaction, None
        done.mail = b"".join(mail)
        asked = done.recipients if self.taker.lmtp else done.recipients[:1]
        # Noted before it is said: whoever counts the 250s must not miss one that is under way.
        done.replies = [self.taker.answers.end(done, recipient) for recipient in asked]
        with self.taker.changed:
            self.taker.transactions.append(done)
            self.taker.changed.notify_all()
        if CLOSE in done.replies:
            return CLOSE
        return "\r\n".join(done.replies)

    @staticmethod
    def judged(reply, failures, undo):
        if reply[0] in failures:
            undo("")
        return reply

    @staticmethod
    def path(keyword, rest):
        found = re.fullmatch(rf"{keyword}:<([^>]*)>(?: (.*))?", rest, re.I)
        if not found:
            raise RuntimeError(f"not a path: {rest!r}")
        return found.group(1), found.group(2) or ""

    def close(self):
        for each in (self.lines, self.wire):
            try:
                each.close()
            except OSError:
                pass


def until(condition, seconds, what):
    """Waits until the condition holds; for what can only be asked."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise RuntimeError(f"not after {seconds} s: {what() if callable(what) else what}")
        time.sleep(0.05)
    return found

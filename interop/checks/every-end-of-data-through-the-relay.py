"""Every string of up to five octets of CR, LF, dot, NUL and x stands in a mail, is sent by TCP, and what is taken goes on.

What ends a mail is worked out here by RFC 5321 §4.1.1.4 alone: the first CRLF.CRLF. A mail that has a bare CR or LF or a
NUL in front of it is refused; every other arrives at smtp-sink and at Postfix as one mail, octet for octet, and nothing
arrives that was not sent as a mail.
"""

import contextlib
import itertools
import re
import socket
from pathlib import Path

from ehlo import expect, temporary
from mails import below_received
from names import Internet
from peers import SmtpSink
from servers import PostfixPeer
from taker import until

SENDER = "ann@ehlo.test"
OCTETS = (b"\r", b"\n", b".", b"\0", b"x")
LENGTH = 5
END = b"\r\n.\r\n"
STRINGS = [b"".join(s) for n in range(1, LENGTH + 1) for s in itertools.product(OCTETS, repeat=n)]


def content(number, middle):
    return b"Subject: number %d.\r\n\r\na\r\n%s\r\nb\r\n" % (number, middle)


def ends_early(mail):
    return END in mail


def judged(mail):
    """What a receiver must make of it: the octets of the mail, dots taken away; None if it must refuse them."""
    inside = (mail + b".\r\n").split(END)[0] + b"\r\n"
    bare = re.search(rb"\r(?!\n)|(?<!\r)\n|\0", inside)
    return None if bare else inside.replace(b"\r\n.", b"\r\n")


class Client:
    """Types to a server as it likes."""

    def __init__(self, host, port):
        self.wire = socket.create_connection((host, port), timeout=60)
        self.replies = self.wire.makefile("rb")
        self.reply(b"220")
        self.ask(b"EHLO client.example", b"250")

    def ask(self, line, code):
        self.wire.sendall(line + b"\r\n")
        self.reply(code)

    def reply(self, code):
        line = b"-"
        while line[3:4] == b"-" or line == b"-":
            line = self.replies.readline()
        expect(line.startswith(code), f"{line!r} and not {code!r}")
        return line

    def close(self):
        self.wire.close()
        self.replies.close()


def send(host, port, recipient):
    """Sends every string; returns the mails that must arrive."""
    expected = []
    client = None
    for number, middle in enumerate(STRINGS):
        mail = content(number, middle)
        client = client or Client(host, port)
        client.ask(b"MAIL FROM:<%s>" % SENDER.encode(), b"250")
        client.ask(b"RCPT TO:<%s>" % recipient.encode(), b"250")
        client.ask(b"DATA", b"354")
        # What stands behind a dot is stuffed by nobody: the string is what an attacker sends.
        client.wire.sendall(mail + b".\r\n")
        taken = judged(mail)
        try:
            client.reply(b"550 5.5.2" if taken is None else b"250 2.0.0")
        except Exception as problem:
            raise AssertionError(f"{middle!r}: {problem}") from None
        if taken is not None:
            expected.append(taken)
        if ends_early(mail):  # the rest was read as commands
            client.close()
            client = None
    client.close()
    return expected


def compare(name, expected, arrived):
    mails = sorted(below_received(mail)[0] for mail in arrived)
    missing = sorted(set(expected) - set(mails))
    strange = sorted(set(mails) - set(expected))
    expect(not missing and not strange, f"{name}: missing {missing[:3]}, and nobody sent {strange[:3]}")
    expect(len(mails) == len(expected), f"{name}: {len(expected)} were sent, {len(mails)} arrived")


def dumped(folder):
    """The mails that smtp-sink has written: behind its own lines, with LF for CRLF and an empty line at the end."""
    mails = []
    for file in Path(folder).iterdir():
        lines = file.read_bytes().split(b"\n")
        while lines and lines[0].startswith(b"X-"):
            lines.pop(0)
        expect(lines[-2:] == [b"", b""], f"smtp-sink has written {lines[-3:]}")
        mails.append(b"\r\n".join(line.removesuffix(b"\r") for line in lines[:-1]))
    return mails


with contextlib.ExitStack() as stack:
    dump = temporary("dump")
    net = stack.enter_context(Internet("ehlo.test", "postfix.test"))
    sink = stack.enter_context(SmtpSink(dump=dump))
    settings = {"relay.routes": f"sink.test=127.0.0.1:{sink.port}", "limits.errors": "1000000"}
    ehlo = stack.enter_context(net.ehlo("ehlo.test", [SENDER], settings=settings))
    postfix = stack.enter_context(net.server(PostfixPeer, "postfix.test"))

    expected = send(ehlo.host, ehlo.smtp, "all@sink.test")
    ehlo.wait_for_empty_queue(120)
    until(lambda: len(list(dump.iterdir())) >= len(expected), 90, "smtp-sink has them all")
    compare("smtp-sink", expected, dumped(dump))

    expected = send(ehlo.host, ehlo.smtp, "all@postfix.test")
    ehlo.wait_for_empty_queue(120)
    compare("postfix", expected, [t.mail for t in postfix.delivered(len(expected), 120)])
    print(f"figure: {len(STRINGS)} strings, {len(expected)} taken and relayed to each")

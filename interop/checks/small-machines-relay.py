"""Scanners and cameras: HELO with a bare name, no TLS, no password, odd headers; policy.relay-networks lets them send.

Their mail is relayed as it came, by MX and through a smart host; a machine outside those networks is refused.
"""

import contextlib
import socket

from ehlo import expect
from mails import below_received, maildrop
from names import Internet
from servers import EximPeer, PostfixPeer

SCAN = b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=" * 2
MAILS = {
    # No From, no Date, no Message-ID; a boundary that is not quoted and a name in 8 bits.
    "scanner": b"".join(
        line + b"\r\n"
        for line in (
            b"Subject:Scan from a \xdcberlingen office",
            b"To:scans",
            b"MIME-Version: 1.0",
            b"Content-Type: multipart/mixed;boundary=--=_scan_0001",
            b"",
            b"----=_scan_0001",
            b"Content-Type: application/pdf; name=Scan 0001.pdf",
            b"Content-Transfer-Encoding: base64",
            b"",
            *[SCAN] * 5000,
            b"----=_scan_0001--",
        )
    ),
    "camera": b"From: camera\r\nDate: 22/11/26 10:00\r\nSubject: motion\r\nX-Empty:\r\n\r\nmotion in zone 3\r\n",
    "alarm": b"no header at all, only a text\r\n",
    "meter": b"",
}


def send(host, port, source, sender, recipient, mail, relaying=b"250"):
    """As a small machine does it: one line after the other, nothing of what ESMTP offers, QUIT without waiting."""
    with socket.create_connection((host, port), timeout=90, source_address=(source, 0)) as wire:
        replies = wire.makefile("rb")

        def say(line, code):
            wire.sendall(line)
            reply = replies.readline()
            expect(reply.startswith(code + b" "), f"{line[:80]!r} is answered {reply!r}, not {code}")
            return reply

        say(b"", b"220")
        say(b"HELO SCANNER_2\r\n", b"250")
        say(f"MAIL FROM: {sender}\r\n".encode(), b"250")
        reply = say(f"RCPT TO: {recipient}\r\n".encode(), relaying)
        if relaying == b"250":
            say(b"DATA\r\n", b"354")
            say(b"".join(b"." + line if line.startswith(b".") else line for line in mail.splitlines(True)) + b".\r\n", b"250")
        wire.sendall(b"QUIT\r\n")
        return reply


def all_arrive(ehlo, server, source):
    for name, mail in MAILS.items():
        send(ehlo.host, ehlo.smtp, source, f"{name}@ehlo.test", f"{name}@{server.domain}", mail)
    taken = {t.recipients[0].partition("@")[0]: t for t in server.delivered(len(MAILS))}
    for name, mail in MAILS.items():
        expect(taken[name].sender == f"{name}@ehlo.test", f"{name}: {taken[name].sender}")
        below, front = below_received(taken[name].mail)
        # Where there is no header, servers end the one they began with an empty line of their own.
        same = below == mail or below == b"\r\n" + mail
        expect(same, f"{server.name}: {name} sent {mail[:300]!r}, arrived {below[:300]!r}")
        expect(b"from SCANNER_2 " in front, f"{name}: {front.decode()}")
    server.taker.forget()
    expect(maildrop(ehlo, "scanner@ehlo.test") == [], "the scanner was told of a failure")


with contextlib.ExitStack() as stack:
    net = stack.enter_context(Internet("ehlo.test", "machines.test", "stranger.test", "exim.test", "postfix.test"))
    machines, stranger = net.addresses["machines.test"], net.addresses["stranger.test"]
    settings = {"policy.relay-networks": f"{machines}/32"}
    exim = stack.enter_context(net.server(EximPeer, "exim.test"))
    postfix = stack.enter_context(net.server(PostfixPeer, "postfix.test"))
    with net.ehlo("ehlo.test", ["scanner@ehlo.test"], settings) as ehlo:
        for server in (exim, postfix):
            print(f"--- to {server.name} by MX")
            all_arrive(ehlo, server, machines)
        print("--- a stranger")
        refused = send(ehlo.host, ehlo.smtp, stranger, "scanner@ehlo.test", "scanner@exim.test", b"", b"550")
        expect(b"550 5.7.1 " in refused and b"Relaying denied" in refused, f"{refused}")
    settings |= {"relay.smart-host": f"{postfix.address}:{postfix.port}", "dns.servers": "127.0.0.1:1"}
    with net.ehlo("ehlo.test", ["scanner@ehlo.test"], settings) as ehlo:
        print("--- by the smart host, and no DNS")
        all_arrive(ehlo, postfix, machines)

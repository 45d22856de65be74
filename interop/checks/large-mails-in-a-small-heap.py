"""A mail of 35,000,000 octets goes in and out with a heap of 256 MB; one of 36,000,000 is refused with 552.

Refused at MAIL when its size is declared, after its end when it is not; the session goes on either way.
"""

import hashlib
import os
import re
import socket
import time

from ehlo import PASSWORD, Server, expect
from mails import content, maildrop, sample

LINE = b"".join(b"%c" % (33 + n % 90) for n in range(998)) + b"\r\n"


def mail_of(octets):
    mail = sample("large", ())
    mail += LINE * ((octets - len(mail)) // len(LINE))
    rest = octets - len(mail)
    if rest:
        mail += b"x" * max(0, rest - 2) + b"\r\n"
    # A dot at the beginning of a line is stuffed on the way.
    return mail[: len(sample("large", ()))] + b"." + mail[len(sample("large", ())) + 1 :]


def stuffed(mail):
    return re.sub(rb"(?m)^\.", b"..", mail)


def after_data(smtp, mail):
    """Hands over a mail without declaring its size; returns the reply to its end."""
    expect(smtp.mail("bob@client.example")[0] == 250, "MAIL was refused")
    expect(smtp.rcpt("ann@localhost")[0] == 250, "RCPT was refused")
    smtp.putcmd("DATA")
    expect(smtp.getreply()[0] == 354, "DATA was refused")
    smtp.sock.sendall(stuffed(mail) + b".\r\n")
    return smtp.getreply()


def slowly_by_pop3(server):
    """RETR by a client that reads in small pieces and keeps nothing but a hash of the content."""
    with socket.create_connection(("127.0.0.1", server.pop3), timeout=60) as wire:
        lines = wire.makefile("rb")
        for command in (None, b"USER ann@localhost", b"PASS " + PASSWORD.encode(), b"RETR 1"):
            if command:
                wire.sendall(command + b"\r\n")
            expect(lines.readline().startswith(b"+OK"), f"{command} was refused")
        digest, octets, ours = hashlib.sha256(), 0, True
        for line in iter(lines.readline, b".\r\n"):
            expect(line, "the connection broke")
            line = line[1:] if line.startswith(b".") else line
            ours = ours and re.match(rb"Return-Path: |Received: |[ \t]", line)
            if not ours:
                digest.update(line)
                octets += len(line)
        return digest.hexdigest(), octets


env = dict(os.environ, JAVA_TOOL_OPTIONS="-Xmx256m")
with Server(env=env) as server:
    good, large = mail_of(35_000_000), mail_of(36_000_000)
    expect(len(good) == 35_000_000 and len(large) == 36_000_000, "the check made mails of another size")
    with server.client() as smtp:
        begin = time.monotonic()
        code, text = after_data(smtp, good)
        into = time.monotonic() - begin
        expect(code == 250, f"35,000,000 octets: {code} {text}")

        code, text = smtp.mail("bob@client.example", [f"SIZE={len(large)}"])
        expect((code, text[:6]) == (552, b"5.3.4 "), f"MAIL with SIZE={len(large)}: {code} {text}")
        expect(smtp.noop()[0] == 250, "the session does not go on after the 552 to MAIL")

        code, text = after_data(smtp, large)
        expect((code, text[:6]) == (552, b"5.3.4 "), f"after 36,000,000 octets of data: {code} {text}")
        small = sample("small")
        refused = smtp.sendmail("bob@client.example", ["ann@localhost"], small)
        expect(refused == {}, "the session does not go on after the 552 to the data")

        # Eight at once, so that they would not fit into the heap.
        clients = [server.client() for _ in range(8)]
        for client in clients:
            expect(client.mail("bob@client.example", [f"SIZE={len(good)}"])[0] == 250, "MAIL was refused")
            expect(client.rcpt("ann@localhost")[0] == 250, "RCPT was refused")
            client.putcmd("DATA")
            expect(client.getreply()[0] == 354, "DATA was refused")
        wire = stuffed(good)
        piece = 1_000_000
        for at in range(0, len(wire), piece):
            for client in clients:
                client.sock.sendall(wire[at : at + piece])
        for client in clients:
            client.sock.sendall(b".\r\n")
        for client in clients:
            code, text = client.getreply()
            expect(code == 250, f"one of eight large mails at once: {code} {text}")
            client.quit()

    digest, octets = slowly_by_pop3(server)
    expect(octets == 35_000_000, f"RETR gave {octets} octets of content")
    expect(digest == hashlib.sha256(good).hexdigest(), "the content is altered")
    begin = time.monotonic()
    mails = maildrop(server, delete=True)
    out = (time.monotonic() - begin) / 9
    sizes = [len(content(mail)) for mail in mails]
    expect(sizes == [35_000_000, len(small)] + [35_000_000] * 8, f"the maildrop holds {sizes}")
    expect(all(content(m) == good for m in mails if len(m) > 1_000_000), "the content is altered")
    server.verify()
    print(f"figure: 35 MB in within {into:.2f} s, out within {out:.2f} s by poplib, {server.rss():.0f} MB resident afterwards with -Xmx256m")

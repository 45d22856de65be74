"""Each limit of `limits.*`, greylisting and a block list of Debian's nsd hold as the settings say, at a running server.

Clients come from all over the world: they say so by the PROXY protocol, which the server believes this machine.
"""

import base64
import contextlib
import select
import socket
import ssl
import time

from ehlo import PASSWORD, Server, expect, temporary
from names import Names
from taker import until

ANN = "ann@localhost"
SLACK = 25  # seconds that a busy machine may add; less than up to the default of any setting
PROXIED = {"listen.proxy-from": "127.0.0.1"}


class Client:
    """A client with this address; `door` is a port, where TLS may come first."""

    def __init__(self, door, address, tls=False):
        self.spoke = time.monotonic()
        self.socket = socket.create_connection(("127.0.0.1", door), timeout=90)
        self.socket.sendall(f"PROXY TCP4 {address} 192.0.2.25 40000 25\r\n".encode())
        if tls:
            self.socket = ssl._create_unverified_context().wrap_socket(self.socket)
        self.lines = self.socket.makefile("rb")
        self.greeting = self.hears()

    def hears(self):
        """The next reply's last line; empty: the connection has ended."""
        while True:
            line = self.lines.readline().decode()
            if line[3:4] != "-" or not line[:3].isdigit():
                return line.rstrip()

    def says(self, *commands):
        """The answer to the last of these commands."""
        reply = ""
        for command in commands:
            self.send(command.encode())
            reply = self.hears()
        return reply

    def send(self, line):
        self.spoke = time.monotonic()
        self.socket.sendall(line + b"\r\n")

    def mail(self, content, recipient=ANN):
        """The answer to a mail."""
        reply = self.says("EHLO client.example", "MAIL FROM:<bob@client.example>", f"RCPT TO:<{recipient}>", "DATA")
        expect(reply.startswith("354"), f"DATA was answered {reply!r}")
        self.send(content + b"\r\n.")
        return self.hears()

    def ends_after(self, least):
        """Waits until the server has closed the connection, so many seconds after we have said something; what it said."""
        said = self.hears()
        expect(self.lines.read() == b"", "the connection goes on")
        took = time.monotonic() - self.spoke
        expect(least <= took <= least + SLACK, f"it ended after {took:.1f} s with {said!r}")
        return said

    def close(self):
        self.lines.close()
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def told(reply, *words):
    for word in words:
        expect(word in reply, f"{reply!r} says nothing of {word!r}")


def login(name, password):
    return "AUTH PLAIN " + base64.b64encode(f"\0{name}\0{password}".encode()).decode()


def crowds(server):
    """How many at one time: with one address, with one network, at all doors."""
    with contextlib.ExitStack() as stack:

        def stays(address, door, greeting):
            told(stack.enter_context(Client(door, address)).greeting, greeting)

        def is_refused(address, door, *words):
            with Client(door, address) as client:
                told(client.greeting, *words)
                expect(client.lines.read() == b"", "who is refused is kept")

        for _ in range(3):
            stays("192.0.2.1", server.smtp, "220 ")
        is_refused("192.0.2.1", server.smtp, "421 4.7.0", "3 connections with 192.0.2.1")
        is_refused("192.0.2.1", server.pop3, "-ERR [SYS/TEMP]")
        for number in (2, 3):
            stays(f"192.0.2.{number}", server.smtp, "220 ")
        is_refused("192.0.2.4", server.smtp, "421 4.7.0", "network")
        for number in range(1, 8):
            stays(f"198.51.{number}.1", server.pop3, "+OK")
        is_refused("198.51.100.1", server.smtp, "421 4.7.0", "too many connections")

    def is_there_room():
        with Client(server.smtp, "198.51.100.1") as client:
            return client.greeting.startswith("220 ")

    until(is_there_room, 60, "there is no room where others have left")


def rates(server):
    """How often: conversations, mails, recipients of an account."""
    greetings = []
    while len(greetings) < 30 and not any(greeting.startswith("421 4.7.0") for greeting in greetings):
        with Client(server.smtp, "203.0.113.1") as client:
            if "connections with" not in client.greeting:  # else those before it are still leaving
                greetings.append(client.greeting)
    # One more every three seconds, should this take so long.
    expect(21 <= len(greetings) < 30, f"{len(greetings)} conversations, and then {greetings[-1]!r}")
    with Client(server.smtp, "203.0.113.2") as client:
        client.says("EHLO client.example")
        for _ in range(4):
            told(client.says("MAIL FROM:<bob@client.example>"), "250 ")
            client.says("RSET")
        told(client.says("MAIL FROM:<bob@client.example>"), "451 4.7.1")
        replies = [client.says("MAIL FROM:<bob@client.example>") for _ in range(500)]  # a hundred times limits.errors
        told(replies[-2], "451 4.7.1")
        told(replies[-1], "421 4.7.0")


def patience(server):
    """How long, and how many commands that are wrong or lead nowhere."""
    with Client(server.smtp, "203.0.113.10") as client:
        replies = [client.says("WHAT") for _ in range(6)]
        told(replies[-1], "421 4.7.0", "errors")
        expect(replies[-2].startswith("500"), f"it ended too early: {replies}")
    with Client(server.smtp, "203.0.113.11") as client:
        replies = [client.says("NOOP") for _ in range(7)]
        told(replies[-1], "421 4.7.0")
        expect(replies[-2].startswith("250"), f"it ended too early: {replies}")
    with Client(server.smtp, "203.0.113.12") as client:
        told(client.ends_after(6), "421 4.4.2")
    with Client(server.smtp, "203.0.113.13") as client:
        client.says("EHLO client.example", "MAIL FROM:<bob@client.example>", f"RCPT TO:<{ANN}>", "DATA")
        client.send(b"Subject: not to be ended")
        told(client.ends_after(4), "421 4.4.2")  # limits.data-timeout
    with Client(server.smtp, "203.0.113.14") as client:
        client.says("EHLO client.example", "MAIL FROM:<bob@client.example>", f"RCPT TO:<{ANN}>")
        begin = time.monotonic()
        client.says("DATA")
        while not select.select([client.socket], [], [], 0.5)[0] and time.monotonic() - begin < SLACK:
            client.send(b"never silent for long")
        told(client.hears(), "421 4.4.2")  # limits.mail-timeout
        took = time.monotonic() - begin
        expect(5 <= took <= 5 + SLACK, f"a mail could take {took:.1f} s")
    with Client(server.pop3, "203.0.113.15") as client:
        client.ends_after(6)
    for door in (server.submissions, server.pop3s):  # nobody shakes hands there
        begin = time.monotonic()
        with Client(door, "203.0.113.16") as client:
            took = time.monotonic() - begin
            expect(client.greeting == "" and 2 <= took <= 2 + SLACK, f"{client.greeting!r} after {took:.1f} s without a handshake")


def guesses(server):
    """How many wrong passwords, how long the answer waits and the block lasts, by SMTP and POP3 alike."""
    begin = time.monotonic()
    with Client(server.submissions, "203.0.113.20", tls=True) as client:
        client.says("EHLO client.example")
        for number in range(3):
            told(client.says(login(ANN, f"wrong {number}")), "535 5.7.8")
        waited = time.monotonic() - begin
        expect(waited > 1, f"three wrong passwords were answered within {waited:.2f} s")
    with Client(server.submissions, "203.0.113.20", tls=True) as client:
        client.says("EHLO client.example")
        told(client.says(login(ANN, PASSWORD)), "454 4.7.0")
    with Client(server.pop3s, "203.0.113.20", tls=True) as client:
        told(client.says(f"USER {ANN}", f"PASS {PASSWORD}"), "-ERR [SYS/TEMP]")

    def is_free_again():
        time.sleep(3)  # limits.connection-rate
        with Client(server.pop3s, "203.0.113.20", tls=True) as client:
            return client.says(f"USER {ANN}", f"PASS {PASSWORD}").startswith("+OK")

    until(is_free_again, 120, "the block does not end")


def contents(server):
    """What a mail may be made of, and what an account may send and keep."""
    field = b"X-Field: " + b"x" * 900 + b"\r\n"
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level) for level in range(20)
    )
    parts = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 200 + b"--b--"
    for address, content, words in (
        ("203.0.113.30", field * 100 + b"\r\ntext", ("552 5.3.4",)),
        ("203.0.113.31", b"X: y\r\n" * 150 + b"\r\ntext", ("554 5.6.0",)),
        ("203.0.113.32", deep + b"\r\ntext", ("554 5.6.0",)),
        ("203.0.113.33", parts, ("554 5.6.0",)),
        ("203.0.113.34", b"Subject: as usual\r\n\r\ntext", ("250 2.0.0",)),
    ):
        with Client(server.smtp, address) as client:
            told(client.mail(content), *words)
    with Client(server.smtp, "203.0.113.35") as client:
        large = b"Subject: large\r\n\r\n" + (b"x" * 70 + b"\r\n") * 300
        told(client.mail(large), "250 ")
        told(client.mail(large), "250 ")
        told(client.says("MAIL FROM:<bob@client.example>", f"RCPT TO:<{ANN}>"), "52 ")  # 452 or 552: it is full
    with Client(server.submissions, "203.0.113.36", tls=True) as client:
        told(client.says("EHLO client.example", login(ANN, PASSWORD)), "235 ")
        client.says(f"MAIL FROM:<{ANN}>")
        replies = [client.says(f"RCPT TO:<postmaster@localhost>") for _ in range(4)]
        told(replies[2], "250 ")
        told(replies[3], "450 4.7.1")


def strangers(server):
    """Who is listed, and who comes for the first time."""
    with Client(server.smtp, "203.0.113.7") as client:
        reply = client.says("EHLO client.example", "MAIL FROM:<bob@client.example>", f"RCPT TO:<{ANN}>")
        told(reply, "550 5.7.1", "list.test", "sends what nobody wants")
        told(client.says("RCPT TO:<postmaster@localhost>"), "250 ")
    envelope = ("RSET", "MAIL FROM:<bob@client.example>", f"RCPT TO:<{ANN}>")
    with Client(server.smtp, "198.51.100.7") as client:
        told(client.says("EHLO client.example", *envelope), "451 4.7.1")
        first = time.monotonic()
        told(client.says(*envelope), "451 4.7.1")
        time.sleep(max(0, first + 11 - time.monotonic()))
        told(client.says(*envelope), "250 ")
    with Client(server.smtp, "198.51.100.8") as neighbour:
        told(neighbour.says("EHLO client.example", "MAIL FROM:<eve@client.example>", f"RCPT TO:<{ANN}>"), "250 ")


small = {
    "limits.connections": 12,
    "limits.address-connections": 3,
    "limits.network-connections": 5,
    "limits.connection-rate": 20,
    "limits.mail-rate": 4,
    "limits.account-recipients": 3,
    "limits.errors": 5,
    "limits.idle-commands": 6,
    "limits.guesses": 3,
    "limits.block": "20s",
    "limits.tarpit": "500ms",
    "limits.command-timeout": "6s",
    "limits.data-timeout": "4s",
    "limits.mail-timeout": "5s",
    "limits.handshake-timeout": "2s",
    "limits.pop3-idle": "6s",
    "limits.header-size": "65536",
    "limits.header-fields": 100,
    "limits.mime-depth": 10,
    "limits.mime-parts": 100,
    "limits.quota": "40000",
}
with Server(users=(ANN,), settings=PROXIED | small) as server:
    for part in (crowds, rates, patience, guesses, contents):
        part(server)
        print(f"{part.__name__}: as configured")
    expect(not server.troubles(), f"{server.troubles()}")

listed = {"7.113.0.203.list.test": ["A 127.0.0.2", 'TXT "sends what nobody wants"']}
with Names(temporary("names"), listed, broken=("silent.test",)) as names:
    settings = PROXIED | {
        "dns.servers": names.server,
        "policy.dnsbl": "list.test,silent.test",  # the second one never answers
        "policy.greylisting": "10s",
    }
    with Server(users=(ANN,), settings=settings) as server:
        strangers(server)
        print("strangers: as configured")

"""An internet of our own in network namespaces: hosts with addresses, names and filters, and a client far from them.

Only root can make it. `enter()` moves the calling check into it; nothing of it is seen outside, and it ends with the check.
"""

import os
import socket
import ssl
import subprocess
import sys
import threading
import time

MARK = "INSIDE_WORLD"
CLIENT = "44.0.0.2"
RESOLVER = "44.0.0.1"
CLIENT_6, ROUTER_6 = "2a00:44::2", "2a00:44::1"
CLIENT_NAMESPACE = "/run/netns/client"


def run(*command, check=True):
    return subprocess.run([str(word) for word in command], check=check, capture_output=True, text=True)


def enter():
    """Runs the check again in namespaces of its own, where the servers are."""
    if os.environ.get(MARK) != "inside":
        os.environ[MARK] = "inside"
        os.execvp("unshare", ["unshare", "-n", "-m", "--propagation", "private", sys.executable, *sys.argv])
    run("mount", "-t", "tmpfs", "none", "/run")
    run("ip", "link", "set", "lo", "up")
    run("ip", "netns", "add", "client")
    run("ip", "link", "add", "world", "type", "veth", "peer", "name", "home", "netns", "client")
    run("ip", "addr", "add", f"{RESOLVER}/24", "dev", "world")
    run("ip", "-6", "addr", "add", f"{ROUTER_6}/64", "dev", "world", "nodad")
    run("ip", "link", "set", "world", "up")
    for words in (
        "link set lo up",
        f"addr add {CLIENT}/24 dev home",
        f"-6 addr add {CLIENT_6}/64 dev home nodad",
        "link set home up",
        f"route add default via {RESOLVER}",
        f"-6 route add default via {ROUTER_6}",
    ):
        run("ip", "-n", "client", *words.split())


def trust(file):
    """From now on programs in the world trust the authorities in this file, and no others."""
    run("mount", "--bind", file, "/etc/ssl/certs/ca-certificates.crt")


def host(address):
    """From now on the world has a machine at this address."""
    family = ["-6"] if ":" in address else []
    nodad = ["nodad"] if family else []
    run("ip", *family, "addr", "add", f"{address}/{128 if family else 32}", "dev", "lo", *nodad)


def from_client(*command, **options):
    """A command run where the client is."""
    return subprocess.run(
        ["nsenter", f"--net={CLIENT_NAMESPACE}", *map(str, command)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        **options,
    )


def filter_client(rule):
    """nftables where the client is: one more rule for what leaves."""
    for words in ("add table inet f", "add chain inet f out { type filter hook output priority 0 ; }"):
        run("nsenter", f"--net={CLIENT_NAMESPACE}", "nft", words)
    run("nsenter", f"--net={CLIENT_NAMESPACE}", "nft", f"add rule inet f out {rule}")


def unfilter_client():
    run("nsenter", f"--net={CLIENT_NAMESPACE}", "nft", "flush", "ruleset")


def filter_world(rule):
    """nftables before the servers."""
    for words in ("add table inet f", "add chain inet f in { type filter hook input priority 0 ; }"):
        run("nft", words)
    run("nft", f"add rule inet f in {rule}")


class Host:
    """A scripted mail server: healthy, but for what is said otherwise.

    Its domain is what its name ends with, if no other is given. `replies` are pairs of how a command begins and what is answered; "RESET" and "" (silence) are special. The greeting may
    be these as well. An answer is taken as it is if it ends in a line feed.
    """

    USUAL = ("PIPELINING", "SIZE 52428800", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8", "STARTTLS")

    def __init__(self, address, name, tls, greeting=None, delay=0, offers=USUAL, replies=(), port=25, slow=0, domain=None):
        self.domain = domain or name.split(".", 1)[-1]
        self.name, self.tls, self.delay, self.offers, self.slow = name, tls, delay, offers, slow
        self.greeting = f"220 {name} ESMTP" if greeting is None else greeting
        self.replies = replies
        self.heard = []
        self.socket = socket.create_server(
            (address, port), family=socket.AF_INET6 if ":" in address else socket.AF_INET
        )
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._hold, args=(connection,), daemon=True).start()

    def _hold(self, connection):
        try:
            self._talk(connection)
        except (OSError, EOFError):
            pass

    def _talk(self, connection):
        time.sleep(self.delay)
        encrypted = False
        stream = connection.makefile("rwb", buffering=0)

        def say(text):
            if text == "RESET":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                stream.close()
                connection.close()
                raise EOFError
            if text:
                stream.write(text.encode() if text.endswith("\n") else text.encode() + b"\r\n")

        say(self.greeting)
        rest = b""
        while True:
            while b"\n" not in rest:
                some = stream.read(4096)
                if not some:
                    return
                rest += some
            line, rest = rest.split(b"\n", 1)
            line = line.strip().decode("latin-1")
            self.heard.append(line)
            time.sleep(self.slow)
            scripted = [reply for begin, reply in self.replies if line.upper().startswith(begin.upper())]
            reply = scripted[0] if scripted else self._well(line, encrypted)
            say(reply)
            if line == "STARTTLS" and reply == "220 2.0.0 go":
                context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                context.load_cert_chain(*self.tls)
                connection = context.wrap_socket(connection, server_side=True)
                stream, encrypted = connection.makefile("rwb", buffering=0), True
            if line.upper().startswith("QUIT"):
                connection.close()
                return

    def _well(self, line, encrypted):
        verb = line.split(" ")[0].upper()
        if verb == "EHLO":
            offers = [word for word in self.offers if not (encrypted and word == "STARTTLS")]
            return "".join(f"250-{text}\r\n" for text in (self.name, *offers)) + "250 HELP\r\n"
        if verb == "RCPT":
            known = line.lower() in (f"rcpt to:<{user}@{self.domain}>" for user in ("postmaster", "bob"))
            return "250 2.1.5 well" if known else "550 5.1.1 no such user"
        return {"STARTTLS": "220 2.0.0 go", "QUIT": "221 2.0.0 bye", "DATA": "503 no"}.get(verb, "250 2.0.0 well")

    def close(self):
        self.socket.close()

"""What the checks of `ehlo talk` share: a person's shell, a certificate that has ended, and a server that does what it is told."""

import datetime
import os
import socket
import ssl
import subprocess
import threading

from ehlo import EHLO, ehlo, expect, temporary
from terminal import Terminal

TALK = f"{EHLO} talk"


class Person:
    """Somebody with a state folder of their own, in which conversations are kept."""

    def __init__(self):
        self.state = temporary("state")
        self.env = f"env XDG_STATE_HOME={self.state} LANG=C.UTF-8"
        self.environment = os.environ | {"XDG_STATE_HOME": str(self.state)}
        ehlo("talk", "127.0.0.1:1", env=self.environment)  # what is built and prepared once

    def shell(self, columns=110, rows=50, env=""):
        """A shell with job control; `env`: more variables, and those that are unset by -u NAME."""
        return Terminal(f"{self.env} {env} PS1='$ ' bash --norc -i", columns, rows)


def typed(terminal, *lines, marks="->"):
    """Types each line when the prompt is there."""
    for line in lines:
        terminal.wait_for(rf"^ +{marks}$")
        terminal.keys(line)
        terminal.enter()


def expired(folder, name="localhost"):
    """A certificate that ended 22 days ago, with its key in one file, and who has issued it."""
    now = datetime.datetime.now(datetime.timezone.utc)
    day = lambda days: (now + datetime.timedelta(days=days)).strftime("%Y%m%d%H%M%SZ")
    (folder / "ca.cnf").write_text(
        f"[ca]\ndefault_ca=d\n[d]\ndatabase={folder}/index\nnew_certs_dir={folder}\nserial={folder}/serial\n"
        f"certificate={folder}/ca.crt\nprivate_key={folder}/ca.key\ndefault_md=sha256\npolicy=p\n"
        f"x509_extensions=x\n[p]\ncommonName=supplied\n[x]\nsubjectAltName=DNS:{name}\n"
    )
    (folder / "index").write_text("")
    (folder / "serial").write_text("1001\n")

    def openssl(*words):
        done = subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True)
        expect(done.returncode == 0, f"openssl {words[0]}: {done.stderr}")

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 120, "-subj", "/CN=Example CA",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-keyout", folder / "ca.key", "-out", folder / "ca.crt")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-keyout", folder / "k", "-out", folder / "r")
    openssl("ca", "-batch", "-config", folder / "ca.cnf", "-startdate", day(-90), "-enddate", day(-22),
            "-in", folder / "r", "-out", folder / "c")
    (folder / "both").write_text((folder / "c").read_text() + (folder / "k").read_text())
    return folder / "both", folder / "ca.crt"


class Scripted:
    """A server that answers everything with 250, and begins TLS when asked.

    `tired`, an event: it says 421 behind the greeting when that is set, or, if `behind` names a command, after answering
    that for the first time. `lines` are those that were said to it, those of mails too.
    """

    def __init__(self, certificate=None, tired=None, behind=None, said=b"2.0.0 Ok", address="127.0.0.1"):
        self.certificate, self.tired, self.behind, self.said, self.lines = certificate, tired, behind, said, []
        self.socket = socket.create_server((address, 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            wire, _ = self.socket.accept()
            threading.Thread(target=self.hold, args=(wire,), daemon=True).start()

    def hold(self, wire):
        wire.sendall(b"220 scripted.test ESMTP\r\n")
        if self.tired and not self.behind:
            self.leave(wire)
            return
        lines = wire.makefile("rb")
        content = False
        while line := lines.readline():
            self.lines.append(line)
            verb = line.split()[0].upper() if line.split() else b""
            if content:
                content = line != b".\r\n"
                wire.sendall(b"" if content else b"250 2.0.0 Ok: queued as 4XyZ9\r\n")
            elif verb == b"EHLO":
                tls = isinstance(wire, ssl.SSLSocket)
                more = b"250-AUTH PLAIN LOGIN\r\n" if tls else b"250-STARTTLS\r\n"
                wire.sendall(b"250-scripted.test\r\n250-SIZE 52428800\r\n" + more + b"250 HELP\r\n")
            elif verb == b"STARTTLS":
                wire.sendall(b"220 2.0.0 Ready to start TLS\r\n")
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(self.certificate)
                wire = context.wrap_socket(wire, server_side=True)
                lines = wire.makefile("rb")
            elif verb == b"QUIT":
                wire.sendall(b"221 2.0.0 Bye\r\n")
                return
            elif verb == b"AUTH":
                wire.sendall(b"235 2.7.0 Logged in\r\n")
            elif verb == b"DATA":
                wire.sendall(b"354 Go ahead\r\n")
                content = True
            else:
                wire.sendall(b"250 " + self.said + b"\r\n")
            if self.tired and verb == self.behind:
                self.behind = None
                self.leave(wire)
                self.tired = None
                return

    def leave(self, wire):
        self.tired.wait(120)
        wire.sendall(b"421 4.4.2 scripted.test Error: timeout exceeded\r\n")
        wire.close()

"""haproxy brings clients with PROXY v1 and v2, swaks speaks for one by XCLIENT: what counts is who they say the client is."""

import smtplib
import socket
import ssl
import subprocess

from ehlo import PASSWORD, expect, temporary
from locks import Authority, locked
from mails import maildrop, run, sample
from peers import PARTS, end, free_port, wait_for_port
from taker import Taker, until

ANN, BOB, FAR = "ann@localhost", "bob@localhost", "far@elsewhere.test"
PROXY, MAY, MAY_NOT = "127.9.9.9", "127.0.0.77", "127.0.0.78"


class Haproxy:
    """Takes connections on a port of its own for each of `backends`, which are (port, how it says who comes)."""

    def __init__(self, *backends):
        self.folder = temporary("haproxy")
        self.ports = [free_port() for _ in backends]
        configuration = ["defaults", "  mode tcp", "  timeout connect 20s", "  timeout client 2m", "  timeout server 2m"]
        for number, (mine, (port, header)) in enumerate(zip(self.ports, backends)):
            configuration += [f"listen door{number}", f"  bind 127.0.0.1:{mine}"]
            configuration += [f"  server ehlo 127.0.0.1:{port} {header} source {PROXY}"]
        file = self.folder / "haproxy.cfg"
        file.write_text("\n".join(configuration) + "\n")
        self.log = self.folder / "log"
        self.process = subprocess.Popen(
            [PARTS / "haproxy/usr/sbin/haproxy", "-db", "-f", file],
            stdin=subprocess.DEVNULL,
            stdout=open(self.log, "w"),
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for_port(self.ports[0], b"220", process=self.process)  # it opens all of them before it takes anybody
        except RuntimeError:
            end(self.process)
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        end(self.process)
        if kind is not None:
            print(f"--- what haproxy said\n{self.log.read_text()[-2000:]}")


def arrived(client, how):
    """The one mail of bob's says that it came from this client, in this way."""
    (mail,) = maildrop(server, BOB, delete=True, ca=CA.file)
    received = mail[mail.index(b"Received: ") :].split(b"\r\nFrom:")[0].decode()
    print(received)
    expect(f"[{client}]" in received and f"with {how}" in received, f"not from [{client}] with {how}: {received}")
    expect(PROXY not in received, f"the proxy stands in our Received: {received}")


def strangers(port):
    """The networks that may relay are those of the clients; the proxy's own address lets nobody through."""
    with smtplib.SMTP("localhost", port, "client.example", timeout=60, source_address=(MAY, 0)) as smtp:
        smtp.ehlo()
        expect(f"[{MAY}]" in smtp.ehlo_resp.decode(), f"the client is not who it is: {smtp.ehlo_resp}")
        smtp.sendmail(ANN, [BOB, FAR], sample("by a stranger who may", sender=ANN, to=BOB))
    arrived(MAY, "ESMTP ")
    (sent,) = taker.wait_for(1)
    expect(sent.recipients == [FAR], f"sent on: {sent}")
    taker.forget()
    with smtplib.SMTP("localhost", port, "client.example", timeout=60, source_address=(MAY_NOT, 0)) as smtp:
        smtp.ehlo()
        smtp.mail(ANN)
        code, text = smtp.rcpt(FAR)
        expect((code, text[:5]) == (550, b"5.7.1"), f"relayed for {MAY_NOT}: {code} {text}")


def by_login(port):
    context = ssl.create_default_context(cafile=CA.file)
    with smtplib.SMTP_SSL("localhost", port, "client.example", timeout=60, context=context, source_address=(MAY_NOT, 0)) as smtp:
        smtp.login(ANN, PASSWORD)
        smtp.sendmail(ANN, [BOB], sample("by one who logs in", sender=ANN, to=BOB))
    arrived(MAY_NOT, "ESMTPSA")


def not_believed():
    """A header from anybody but the proxy is a wrong command; the proxy without one is sent away."""
    with socket.create_connection(("127.0.0.1", server.smtp), timeout=60, source_address=(MAY_NOT, 0)) as wire:
        lines = wire.makefile("rb")
        lines.readline()
        wire.sendall(f"PROXY TCP4 {MAY} 127.0.0.1 1234 25\r\n".encode())
        reply = lines.readline()
        expect(reply.startswith(b"5"), f"a stranger's PROXY is answered {reply!r}")
        wire.sendall(b"EHLO client.example\r\n")
        reply = lines.readline()
        expect(MAY.encode() not in reply, f"a stranger is believed: {reply!r}")
    with socket.create_connection(("127.0.0.1", server.smtp), timeout=60, source_address=(PROXY, 0)) as wire:
        wire.sendall(b"EHLO client.example\r\n")
        said = wire.makefile("rb").read()
        expect(b"250" not in said, f"the proxy without a header is answered {said!r}")
    until(lambda: f"{PROXY} was sent away" in server.said(), 90, "the log says nothing of the proxy")


def by_xclient():
    """swaks says for whom it speaks; from another address it is refused."""
    file = temporary("swaks") / "mail"
    file.write_bytes(sample("by XCLIENT", sender=ANN, to=BOB).replace(b"\r\n", b"\n"))
    swaks = ["swaks", "--server", f"127.0.0.1:{server.smtp}", "--ehlo", "client.example", "--from", ANN, "--data", f"@{file}"]
    swaks += ["--xclient-addr", "192.0.2.9", "--xclient-name", "far.example", "--to", BOB]
    said = run([*swaks, "--local-interface", "127.0.0.66"]).decode()
    expect("<** " not in said, f"swaks is refused:\n{said}")
    arrived("192.0.2.9", "ESMTP ")
    # Nobody else is offered it, and nobody else is believed.
    done = subprocess.run([*swaks, "--local-interface", MAY_NOT], capture_output=True, text=True, timeout=60)
    expect("XCLIENT" not in done.stdout and " -> MAIL" not in done.stdout, f"XCLIENT for {MAY_NOT}:\n{done.stdout}")
    with smtplib.SMTP("127.0.0.1", server.smtp, "client.example", timeout=60, source_address=(MAY_NOT, 0)) as smtp:
        smtp.ehlo()
        code, text = smtp.docmd("XCLIENT", f"ADDR={MAY}")
        expect((code, text[:5]) == (550, b"5.7.0"), f"XCLIENT from {MAY_NOT}: {code} {text}")


CA = Authority()
with Taker() as taker:
    settings = {
        "listen.proxy-from": f"{PROXY}/32",
        "smtp.xclient-from": "127.0.0.66/32",
        "policy.relay-networks": f"{MAY}/32,{PROXY}/32",
        "relay.smart-host": f"127.0.0.1:{taker.port}",
    }
    with locked(CA, settings=settings) as server:
        doors = ((server.smtp, "send-proxy"), (server.smtp, "send-proxy-v2"))
        secure = ((server.submissions, "send-proxy"), (server.submissions, "send-proxy-v2"))
        with Haproxy(*doors, *secure) as haproxy:
            for port in haproxy.ports[:2]:
                strangers(port)
            for port in haproxy.ports[2:]:
                by_login(port)
        not_believed()
        by_xclient()

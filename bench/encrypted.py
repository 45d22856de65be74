"""Accepting over TLS beside accepting in the clear, by one server, in turns: connections are reused."""

import os
import subprocess

from ehlo import Server
from peers import ROOT, processor_seconds
from tables import Table, folder, scaled, turns


def load(port, how, mails, octets=4096, sessions=20):
    """Seconds from the first mail to the last 250; handshakes are made before."""
    done = subprocess.run(
        [f"{os.environ['JAVA_HOME']}/bin/java", "-cp", "target/bench", "SmtpLoad", str(port), how]
        + [str(mails), str(sessions), str(octets), "postmaster@localhost"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)


def tls():
    """How many mails a second are taken, in the clear and over TLS."""
    names = ["clear", "tls"]
    table = Table(
        "Accepting mail over TLS, mails/s",
        names,
        "STARTTLS on 20 connections, then many mails on each; the same program sends both, and pays for TLS as the "
        "server does. The mail is in the maildrop and synced before its 250.",
    )
    cost = Table("Processor time of the server for a mail taken, microseconds", names)
    for row, octets, mails in (("4 KB, 20 sessions", 4096, scaled(20_000)), ("100 KB, 20 sessions", 102_400, scaled(3_000))):
        with Server(users=(), data=folder("tls")) as ehlo:

            def one_round():
                for how in names:
                    spent = processor_seconds(ehlo.process.pid)
                    seconds = load(ehlo.smtp, how, mails, octets)
                    spent = processor_seconds(ehlo.process.pid) - spent
                    yield how, (mails / seconds, 1e6 * spent / mails)

            for how in names:
                load(ehlo.smtp, how, 2 * mails, octets)
            for how, (rate, microseconds) in turns(one_round):
                table.add(row, how, rate)
                cost.add(row, how, microseconds)
    ratios = [("TLS to clear", "tls", "clear")]
    return table.markdown(ratios) + "\n" + cost.markdown(ratios)

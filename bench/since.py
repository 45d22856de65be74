"""Ehlo beside an earlier Ehlo, so that what a change costs shows in one run: BEFORE=/path/of/that/checkout/ehlo."""

import os
import sys

from ehlo import Server
from peers import processor_seconds, smtp_source
from tables import Table, commit_of, folder, scaled, turns

ROW = "4 KB, {} sessions, many mails a connection"


class Earlier(Server):
    """A server that may not know every door of today."""

    def start(self, ready_within=30):
        for door in ("submission", "submissions", "pop3s"):
            self.settings.pop(f"listen.{door}", None)
        super().start(ready_within)


def since():
    """How many mails a second are taken, before and now."""
    before = os.environ.get("BEFORE")
    if not before:
        sys.exit("bench/run since: BEFORE names the launcher of the earlier version, /somewhere/ehlo")
    names = ["before", "now"]
    table = Table(
        "Accepting mail, mails/s, before and now",
        names,
        f"Before is commit {commit_of(os.path.dirname(before))}. As in the part accept: smtp-source sends, the mail is in the "
        "maildrop and synced before its 250. Both have taken three rounds' worth of mails before.",
    )
    cost = Table("Processor time of the server for a mail taken, microseconds", names)
    mails, octets = scaled(20_000), 4096
    for sessions in (20, 50):
        row = ROW.format(sessions)
        with (
            Earlier(users=(), data=folder("before"), command=(before, "serve")) as earlier,
            Server(users=(), data=folder("now")) as now,
        ):
            servers = {"before": earlier, "now": now}

            def one_round():
                for name, server in servers.items():
                    spent = processor_seconds(server.process.pid)
                    seconds = smtp_source(server.smtp, mails, sessions, octets, "postmaster@localhost")
                    spent = processor_seconds(server.process.pid) - spent
                    yield name, (mails / seconds, 1e6 * spent / mails)

            for server in servers.values():
                smtp_source(server.smtp, 3 * mails, sessions, octets, "postmaster@localhost")
            for name, (rate, microseconds) in turns(one_round):
                table.add(row, name, rate)
                cost.add(row, name, microseconds)
    ratios = [("now to before", "now", "before")]
    return table.markdown(ratios) + "\n" + cost.markdown(ratios)

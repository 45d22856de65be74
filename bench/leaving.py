"""Mail that leaves: relayed to a sink, a long queue, and destinations that are slow or dead beside good ones."""

import re
import sys
import time
from contextlib import ExitStack
from socket import socket

from ehlo import Server, ehlo
from peers import Postfix, SmtpSink, free_port, resident_with_children, smtp_source
from tables import Table, folder, scaled, turns

RELAY_FROM = {"policy.relay-networks": "127.0.0.0/8"}


def routed(**ports):
    """Settings that send mail for these domains below .test to ports on this machine."""
    return RELAY_FROM | {f"relay.routes.{name}.test": f"127.0.0.1:{port}" for name, port in ports.items()}


class Relayed:
    """Counts in a server's log what has been relayed, and settled by a commit, to a domain."""

    def __init__(self, server):
        self.server, self.read, self.rest, self.count = server, 0, "", {}

    def to(self, domain):
        said = self.server.said(self.read)
        self.read += len(said.encode())
        *lines, self.rest = (self.rest + said).split("\n")
        for line in lines:
            found = " attempted " in line and re.search(r' to="?[^ @]*@([a-z.]+)"? state=relayed', line)
            if found:
                self.count[found[1]] = self.count.get(found[1], 0) + 1
        return self.count.get(domain, 0)


def wait_until(holds, what, seconds=300):
    begin = time.monotonic()
    while not holds():
        if time.monotonic() - begin > seconds:
            raise RuntimeError(f"{what}: not after {seconds} s")
        time.sleep(0.02)


def relay():
    """From the first mail sent to the last one relayed: accepted, committed, handed to the sink, settled."""
    rates = Table(
        "Relaying, end to end, mails/s",
        ["Ehlo", "Postfix"],
        "4 KB; smtp-source sends, smtp-sink takes. Until the last mail is at the sink; for Ehlo until the commit that "
        "settles it too. Postfix with the best tuning known here (five connections a destination).",
    )
    accepted = Table("Accepting while relaying, mails/s", ["Ehlo", "Postfix"], "In the same runs: until the last 250.")
    rows = [("20 sessions, many mails a connection", 20, 20_000, 3_000), ("50 sessions, many mails a connection", 50, 20_000, 3_000)]
    for row, sessions, many, few in rows:
        print(row, file=sys.stderr)
        with (
            SmtpSink(counts=True) as mine,
            SmtpSink(counts=True) as theirs,
            Postfix(folder("postfix"), transport=f"sink.test=smtp:[127.0.0.1]:{theirs.port}") as postfix,
            Server(data=folder("ehlo"), settings=routed(sink=mine.port)) as server,
        ):
            relayed = Relayed(server)

            def run(port, mails, done):
                before = done()
                begin = time.monotonic()
                taken = smtp_source(port, mails, sessions, 4096, "ann@sink.test")
                wait_until(lambda: done() >= before + mails, f"{mails} mails at the sink")
                return mails / (time.monotonic() - begin), mails / taken

            def one_round():
                yield "Ehlo", run(server.smtp, scaled(many), lambda: min(mine.taken(), relayed.to("sink.test")))
                yield "Postfix", run(postfix.port, scaled(few), theirs.taken)

            run(server.smtp, scaled(3 * many), mine.taken)  # a mail server has run for longer than a minute
            for name, (rate, taken) in turns(one_round):
                rates.add(row, name, rate)
                accepted.add(row, name, taken)
            server.verify()
    ratio = [("Ehlo to Postfix", "Ehlo", "Postfix")]
    return rates.markdown(ratio) + "\n" + accepted.markdown(ratio)


def deferred():
    """A million entries that wait: what accepting, starting and remembering cost beside an empty queue."""
    entries, a_mail = scaled(1_000_000), 100
    table = Table(
        f"{entries:,} deferred entries",
        ["empty queue", "full queue"],
        "Accepting 4 KB mails for a local user, 20 sessions; restart until `ready`; proportional set size after both.",
    )
    dead = free_port()  # nobody listens there
    calm = routed(dead=dead) | {"queue.retry": "12h"}
    with Server(data=folder("empty"), settings=calm) as empty, Server(data=folder("full"), settings=calm) as full:
        smtp_source(full.smtp, entries // a_mail, 10, 500, "ann@dead.test", recipients=a_mail)

        def waiting():
            answer = ehlo("queue", "list", "--limit", 1, "--data", full.data, timeout=300).stdout
            found = re.search(r"In the whole queue: .*?(\d+) waiting", answer)
            return int(found[1]) if found else 0

        wait_until(lambda: time.sleep(1) or waiting() >= entries, f"{entries} entries waiting", 900)
        for server in (empty, full):
            server.stop()
            server.start()

        def one_round():
            for name, server in (("empty queue", empty), ("full queue", full)):
                mails = scaled(20_000)
                yield name, mails / smtp_source(server.smtp, mails, 20, 4096, "ann@localhost")

        for name, rate in turns(one_round):
            table.add("accepting, mails/s", name, rate)
        for name, server in (("empty queue", empty), ("full queue", full)):
            table.add("memory, MB", name, resident_with_children(server.process.pid))
            for _ in range(3):
                server.stop()
                server.start()
                table.add("restart to ready, s", name, server.seconds_to_ready)
    return table.markdown([("full to empty", "full queue", "empty queue")])


def neighbours():
    """Good destinations alone, then beside one that never answers and one that is slow."""
    table = Table(
        "Eight good destinations, mails/s end to end",
        ["alone", "beside a dead and a slow one"],
        "4 KB mails to eight domains, each with a sink; then the same while as many mails as to one of them wait for a "
        "server that takes connections and never greets, and for one that waits a second before each answer to DATA.",
    )
    names = [f"d{n}" for n in range(8)]
    with ExitStack() as stack:
        sinks = {name: stack.enter_context(SmtpSink(counts=True)) for name in names}
        slow = stack.enter_context(SmtpSink(delay=1))
        silent = stack.enter_context(socket())
        silent.bind(("127.0.0.1", 0))
        silent.listen(1000)
        ports = {name: sink.port for name, sink in sinks.items()}
        settings = routed(**ports, slow=slow.port, silent=silent.getsockname()[1])
        server = stack.enter_context(Server(data=folder("ehlo"), settings=settings))

        def run(mails):
            before = {name: sink.taken() for name, sink in sinks.items()}
            begin = time.monotonic()
            for name in names:
                smtp_source(server.smtp, mails, 20, 4096, f"ann@{name}.test")
            wait_until(lambda: all(sinks[n].taken() >= before[n] + mails for n in names), "the mails at the sinks")
            return 8 * mails / (time.monotonic() - begin)

        def one_round():
            yield "alone", run(scaled(2_500))

        run(scaled(5_000))
        for name, rate in turns(one_round):
            table.add("mails/s", name, rate)
        for bad in ("silent", "slow"):
            smtp_source(server.smtp, scaled(2_500), 20, 4096, f"ann@{bad}.test")

        def second_round():
            yield "beside a dead and a slow one", run(scaled(2_500))

        for name, rate in turns(second_round):
            table.add("mails/s", name, rate)
    return table.markdown([("beside to alone", "beside a dead and a slow one", "alone")])

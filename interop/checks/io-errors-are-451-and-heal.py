"""When the disk fails, nothing is acknowledged (451 4.3.0), nothing acknowledged is lost, and it heals by itself.

strace is attached to the running server and lets its syncs or writes fail for a while.
"""

import signal
import time

from ehlo import Server, expect
from ledger import Ledger
from mails import maildrop
from peers import end
from strace import attach

FAULTS = [
    ("every sync fails", "fdatasync,fsync", "error=EIO", 451, b"4.3.0 "),
    ("every second sync fails", "fdatasync,fsync", "error=EIO:when=2+2", 451, b"4.3.0 "),
    ("every write fails", "pwrite64", "error=EIO", 451, b"4.3.0 "),
    ("every third write fails", "pwrite64", "error=EIO:when=3+3", 451, b"4.3.0 "),
    ("no room for any write", "pwrite64", "error=ENOSPC", 452, b"4.3.1 "),
]


class Faults:
    """strace on every thread of the server, injecting errors, for the length of a `with` block."""

    def __init__(self, server, calls, error):
        self.process = attach(server, calls, error)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # strace detaches
        end(self.process)


def attempt(server, ledger):
    """One mail on a connection of its own; a server that cannot store may say so at any step, with a 4xx."""
    try:
        with server.client() as smtp:
            return ledger.send(smtp)
    except Exception as problem:  # smtplib has many; each is judged by its code
        code = getattr(problem, "smtp_code", None) or (problem.args[0] if problem.args else 0)
        return (code if isinstance(code, int) else 0), str(problem).encode()


ledger = Ledger()
ghosts = 0
with Server() as server:
    for name, calls, error, code, status in FAULTS:
        print(f"--- {name}")
        for _ in range(5):
            answer = attempt(server, ledger)
            expect(answer[0] == 250, f"before the fault: {answer}")
        mark = len(server.said())
        answers = []
        with Faults(server, calls, error):
            for _ in range(12):
                answers.append(attempt(server, ledger))
        print("\n".join(sorted({str(a) for a in answers})))
        wrong = [a for a in answers if a[0] not in (250, 421, 451, 452)]
        expect(not wrong, f"{name}: {wrong[:1]}")
        if "when" not in error:
            expect(all(a[0] != 250 for a in answers), f"{name}: acknowledged all the same")
        right = [a for a in answers if (a[0], a[1][:6]) == (code, status)]
        expect(right, f"{name}: none was answered {code} {status.decode()}: {answers[0]}")
        expect(len(server.said()) > mark, f"{name}: the log has no word about it")
        deadline = time.monotonic() + 20
        begin = time.monotonic()
        while (answer := attempt(server, ledger))[0] != 250:
            expect(time.monotonic() < deadline, f"{name}: 20 s after the disk is well again: {answer}")
            time.sleep(0.2)
        print(f"well again after {time.monotonic() - begin:.1f} s: {answer}")
        extra = ledger.audit(maildrop(server))
        # A commit whose sync failed may be on the disk all the same: the sender was told to try again.
        print(f"refused and there all the same: {sorted(extra)}")
        ghosts = len(extra)
    server.verify()
    server.kill()
    server.start()
    ledger.audit(maildrop(server))
    server.verify()
    print(
        f"figure: {len(FAULTS)} faults, {len(ledger.acknowledged)} acknowledged and there, {len(ledger.refused)} refused, "
        f"{ghosts} of those there all the same"
    )

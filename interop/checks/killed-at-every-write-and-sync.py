"""The server dies inside its n-th write and its n-th sync, for every small n: the windows a kill -9 by chance seldom hits.

strace delivers SIGKILL in the middle of the call. POINTS says how many of each (12).
"""

import os
import smtplib

from ehlo import Failed, Server, expect
from ledger import Ledger
from mails import maildrop
from peers import end
from strace import attach

POINTS = int(os.environ.get("POINTS", "12"))


ledger = Ledger()
answered = []
with Server() as server:
    for call in ("pwrite64", "fdatasync,fsync"):
        for n in range(1, POINTS + 1):
            strace = attach(server, call, f"signal=KILL:when={n}")
            before = len(ledger.acknowledged)
            try:
                with server.client() as smtp:
                    for _ in range(500):
                        ledger.send(smtp, 200_000 if n % 3 == 0 else 4096)
                raise Failed(f"500 mails and never {n} of {call}")
            except (smtplib.SMTPServerDisconnected, ConnectionError):
                pass
            server.process.wait(60)
            end(strace)
            server.kill()
            server.start()
            in_doubt = ledger.audit(maildrop(server))
            answered.append(len(ledger.acknowledged) - before)
            print(f"died in {call} number {n}: {answered[-1]} acknowledged before, in doubt and there: {sorted(in_doubt)}")
    server.verify()
expect(len(answered) == 2 * POINTS, "not every point was reached")
print(f"figure: {len(answered)} deaths, {len(ledger.acknowledged)} acknowledged and there")

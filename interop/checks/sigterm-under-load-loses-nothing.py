"""SIGTERM under load: conversations are ended with 421, `ehlo serve` ends by itself, what was acknowledged is there."""

import smtplib
import threading
import time

from ehlo import Server, expect
from ledger import Ledger
from mails import maildrop

ROUNDS = 5
ledgers = [Ledger() for _ in range(6)]
users = [f"user{n}@localhost" for n in range(len(ledgers))]
farewells = []
took = []


def load(server, ledger, user):
    try:
        with server.client() as smtp:
            while True:
                code, text = ledger.send(smtp, 20_000, user)
                if code != 250:
                    farewells.append((code, text))
                    return
    except smtplib.SMTPServerDisconnected as problem:
        farewells.append((0, str(problem)))
    except OSError as problem:
        farewells.append((0, str(problem)))


with Server(users=users) as server:
    for _ in range(ROUNDS):
        threads = [threading.Thread(target=load, args=(server, *each)) for each in zip(ledgers, users)]
        for thread in threads:
            thread.start()
        time.sleep(1)
        begin = time.monotonic()
        server.stop()
        took.append(time.monotonic() - begin)
        for thread in threads:
            thread.join(30)
            expect(not thread.is_alive(), "a client hangs although the server has ended")
        server.start()
        for ledger, user in zip(ledgers, users):
            there = ledger.audit(maildrop(server, user))
            expect(not there, f"not acknowledged before an orderly stop and there all the same: {sorted(there)}")
    server.verify()
print(sorted({str(f) for f in farewells}))
expect(any(code == 421 for code, _ in farewells), "no conversation was ended with 421")
wrong = [f for f in farewells if f[0] not in (0, 421, 451)]
expect(not wrong, f"a conversation was ended with {wrong[:1]}")
total = sum(len(ledger.acknowledged) for ledger in ledgers)
print(f"figure: {ROUNDS} stops within {max(took):.1f} s, {total} acknowledged and there")

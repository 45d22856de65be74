"""`ehlo backup` under load: the copy verifies, and served as a data folder it holds what was acknowledged before."""

import shutil
import threading

from ehlo import Server, ehlo, expect, temporary
from ledger import Ledger
from mails import maildrop

ledgers = [Ledger() for _ in range(4)]
users = [f"user{n}@localhost" for n in range(len(ledgers))]
enough = threading.Event()
problems = []


def load(server, ledger, user):
    try:
        with server.client() as smtp:
            while not enough.is_set():
                answer = ledger.send(smtp, 20_000 if len(ledger.sent) % 10 else 500_000, user)
                expect(answer[0] == 250, f"under load it answers {answer}")
    except Exception as problem:  # told below
        problems.append(problem)


backup = temporary("backup") / "ehlo-backup.db"
with Server(users=users) as server:
    threads = [threading.Thread(target=load, args=(server, *each)) for each in zip(ledgers, users)]
    for thread in threads:
        thread.start()
    while min(len(ledger.acknowledged) for ledger in ledgers) < 50 and not problems:
        threads[0].join(0.05)
    before = [set(ledger.acknowledged) for ledger in ledgers]
    done = ehlo("backup", backup, "--data", server.data)
    enough.set()
    for thread in threads:
        thread.join(30)
    if problems:
        raise problems[0]
    expect(done.returncode == 0, f"`ehlo backup`: {done.returncode}: {done.stdout}{done.stderr}")
    expect(backup.stat().st_mode & 0o077 == 0, "others can read the backup")
    again = ehlo("backup", backup, "--data", server.data)
    expect(again.returncode == 1, f"`ehlo backup` onto a file that exists: {again.returncode}: {again.stdout}{again.stderr}")

verified = ehlo("verify", "--data", backup)
expect(verified.returncode == 0, f"`ehlo verify --data FILE`: {verified.returncode}: {verified.stdout}{verified.stderr}")
restored = temporary("restored")
shutil.copy(backup, restored / "ehlo.db")
with Server(users=(), data=restored) as server:
    for ledger, user, promised in zip(ledgers, users, before):
        ledger.acknowledged = promised
        ledger.audit(maildrop(server, user))
    server.verify()
print(f"figure: {sum(map(len, before))} mails acknowledged before the backup began are in it, {backup.stat().st_size / 1e6:.0f} MB")

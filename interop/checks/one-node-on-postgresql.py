"""With store.url one node serves from PostgreSQL: mail in, mail out, kill -9, and a database that goes away and returns."""

import tempfile
import threading
import time

from ehlo import Server, expect, temporary
from ledger import Ledger
from mails import TRICKY, by_mpop, content, maildrop, sample
from peers import Postgres, smtp_source

with tempfile.TemporaryDirectory(prefix="ehlo-postgresql-", ignore_cleanup_errors=True) as folder:
    with Postgres(folder) as postgres, Server(data=temporary("node"), settings={"store.url": postgres.url}) as server:
        print("--- in and out")
        mail = sample("by way of PostgreSQL", TRICKY)
        large = sample("large", ["x" * 998] * 20_000)
        with server.client() as smtp:
            for one in (mail, large):
                smtp.sendmail("bob@client.example", ["ann@localhost"], one, mail_options=["BODY=8BITMIME"])
        for read in (maildrop, by_mpop):
            mails = [content(m) for m in read(server)]
            expect(mails == [mail, large], f"{read.__name__} reads something else: {[m[:300] for m in mails]}")
        expect(len(maildrop(server, delete=True)) == 2 and maildrop(server) == [], "DELE and QUIT do not delete")
        seconds = smtp_source(server.smtp, 500, 10, 4096, "ann@localhost")
        expect(len(maildrop(server, delete=True)) == 500, "smtp-source's mails are not all there")

        print("--- kill -9 of the node, under load")
        ledger = Ledger()
        for kill in range(5):
            stop_at = len(ledger.acknowledged) + 20 + kill

            def load():
                try:
                    with server.client() as smtp:
                        while True:
                            ledger.send(smtp)
                            if len(ledger.acknowledged) >= stop_at:
                                server.kill()
                except OSError:
                    pass  # killed

            loader = threading.Thread(target=load)
            loader.start()
            loader.join(60)
            expect(not loader.is_alive(), "a client hangs although the node is dead")
            server.start()
            ledger.audit(maildrop(server))
        server.verify()

        print("--- the database goes away and returns")
        with server.client() as smtp:
            postgres.stop()
            code, text = ledger.send(smtp)
            print(code, text)
            expect((code, text[:6]) == (451, b"4.3.0 "), f"without its database it answers {code} {text}")
            postgres.start()
            deadline = time.monotonic() + 90
            while (answer := ledger.send(smtp))[0] != 250:
                expect(time.monotonic() < deadline, f"90 s after the database is back: {answer}")
                time.sleep(0.2)
        ledger.audit(maildrop(server))
        server.verify()
        print(f"figure: {len(ledger.acknowledged)} acknowledged and there, 5 kills, {500 / seconds:.0f} mails/s of 4 KB")

"""`./ehlo --help` answers at once, `./ehlo serve` is ready within seconds, and idle it is under 150 MB resident.

The figures are printed; what is asserted is longer on a machine where any JVM takes longer, and is the memory of a machine
with 8 GB, since a JVM takes more where there is more. SIGTERM ends it cleanly, a second server on
the same folder is refused with a sentence, and a mistyped command is told what was meant.
"""

import os
import statistics
import time

from ehlo import Server, ehlo, expect
from machine import slowness
from mails import maildrop, sample
from peers import free_port

ALONE = "it measures how long a start takes"
slow = slowness()
helps = []
for _ in range(5):
    begin = time.monotonic()
    done = ehlo("--help")
    helps.append(time.monotonic() - begin)
    expect(done.returncode == 0 and "serve" in done.stdout, f"ehlo --help: {done.returncode} {done.stdout} {done.stderr}")
expect(min(helps) < 1 * slow, f"`ehlo --help` takes {min(helps):.2f} s at best")

bare = ehlo()
expect("serve" in bare.stdout + bare.stderr, "a bare `ehlo` does not show how to start")
wrong = ehlo("srve")
expect(wrong.returncode == 2 and "serve" in wrong.stdout + wrong.stderr, f"`ehlo srve`: {wrong.returncode} {wrong.stderr}")

ready = []
with Server(users=(), env=os.environ | {"JAVA_TOOL_OPTIONS": "-XX:MaxRAM=8g"}) as server:
    ready.append(server.seconds_to_ready)
    said = server.said()
    for fact in (str(server.smtp), str(server.pop3), str(server.data)):
        expect(fact in said, f"`ehlo serve` does not say {fact}:\n{said}")
    ports = [f"--set=listen.{door}=127.0.0.1:{free_port()}" for door in ("smtp", "submission", "submissions", "pop3", "pop3s")]
    second = ehlo("serve", "--data", server.data, *ports, timeout=90)
    expect(second.returncode != 0 and second.stderr + second.stdout != "", "a second server on the same folder starts")
    print(second.stdout, second.stderr)
    time.sleep(5)
    first = server.rss()  # it has made a certificate, once and for years
    server.stop()
    server.start()
    ready.append(server.seconds_to_ready)
    time.sleep(5)
    idle = server.rss()
    expect(idle < 150, f"idle, it is {idle:.0f} MB resident")
    server.user("ann@localhost")
    hashed = server.rss()
    for _ in range(2):
        server.stop()
        server.start()
        ready.append(server.seconds_to_ready)
    with server.client() as smtp:
        smtp.sendmail("bob@client.example", ["ann@localhost"], sample("one"))
    expect(len(maildrop(server)) == 1, "the mail did not arrive")
    used = server.rss()
expect(min(ready) < 5 * slow, f"it is ready after {min(ready):.2f} s at best")
print(
    f"figure: --help {statistics.median(helps):.2f} s, ready {statistics.median(ready):.2f} s, "
    f"idle {idle:.0f} MB resident ({first:.0f} MB at the first start, {hashed:.0f} MB after a user was added, {used:.0f} MB after a restart, a mail and a login)"
)

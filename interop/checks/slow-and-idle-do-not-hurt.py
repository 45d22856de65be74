"""While 1,000 clients type an octet a second and 10,000 are idle, 100 good ones deliver: p99 under twice the quiet one.

All are strangers with addresses of their own, and the limits for strangers hold as they are by default. Half of the slow
ones type commands, half a mail; whose mail is short has it accepted, whose mail is long is sent away after a minute, and
whoever has ended comes again at once, so that there are always 1,000.

The good ones are many and not fast: each sends a mail of 4 KB about once a second, at moments of its own, in a conversation
of its own, whose time counts from connecting to 221. A hundred that send without a pause would measure how two processors,
shared with all these clients, are fought for. Quiet is measured before the crowd and after it, by windows of four seconds,
each with a p99 of its own; what is compared are the medians of these, since whatever else runs here spoils a window or two.
"""

import asyncio
import multiprocessing
import os
import poplib
import random
import re
import resource
import selectors
import socket
import statistics
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from ehlo import PASSWORD, Server, expect
from mails import sample

ALONE = "it compares the times of a quiet server with those of a crowded one"
IDLE, SLOW, GOOD = 10_000, 1_000, 100
TIMES, MEGABYTES = 2, 512
WARMING, SETTLING, WINDOW = 10, 3, 4  # seconds
QUIET, CROWDED = 3, 18  # windows; after 60 seconds and a little more the first slow mails have been ended
CONTENT = sample("4 KB", body=["x" * 70] * 52) + b".\r\n"
ENVELOPE = ["EHLO client.example", "MAIL FROM:<bob@client.example>", "RCPT TO:<ann@localhost>", "DATA"]

enough = 3 * (IDLE + SLOW)
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (enough, max(hard, enough)))
except (ValueError, PermissionError):
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
expect(resource.getrlimit(resource.RLIMIT_NOFILE)[0] > IDLE + SLOW + 500, "this machine allows too few open files")

processes = multiprocessing.get_context("fork")
here = processes.Semaphore(0)  # released once by each part of the crowd that has come
leave = processes.Event()


def address(network, number):
    """Each has its own; 250 in a /24, half of what may come from one."""
    return f"127.{network}.{number // 250}.{1 + number % 250}"


class Good:
    """The good clients, from their first mail to their last; whatever they are refused ends the check."""

    def __init__(self, port):
        self.port = port
        self.taken, self.failures = [], []  # when each conversation began, and its seconds
        self.hurry, self.enough = True, False  # in a hurry so that the server is compiled
        self.threads = [threading.Thread(target=self.send, args=(number,), daemon=True) for number in range(GOOD)]
        for thread in self.threads:
            thread.start()

    def send(self, number):
        dice = random.Random(number)
        due = time.monotonic() + dice.random()
        try:
            while not self.enough:
                time.sleep(max(0.0, due - time.monotonic()))
                begin = time.monotonic()
                self.converse(address(1, number))
                self.taken.append((begin, time.monotonic() - begin))
                due = max(due, begin) + (0.1 if self.hurry else 2 * dice.random())
        except Exception as failure:  # whatever it is, the check has failed
            self.failures.append(failure)

    def converse(self, source):
        with socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(source, 0)) as wire:
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with wire.makefile("rb") as replies:
                self.hears(replies, b"220")
                for command in ENVELOPE:
                    wire.sendall(command.encode() + b"\r\n")
                    self.hears(replies, b"354" if command == "DATA" else b"250")
                wire.sendall(CONTENT)
                self.hears(replies, b"250")
                wire.sendall(b"QUIT\r\n")
                self.hears(replies, b"221")

    def hears(self, replies, code):
        line = replies.readline()
        while line[3:4] == b"-":
            line = replies.readline()
        expect(line.startswith(code), f"a good client was answered {line}, not {code}")

    def p99(self, begin, end):
        """In milliseconds, of the conversations that began in this time."""
        times = sorted(took for began, took in self.taken if begin <= began < end)
        expect(len(times) > (end - begin) * GOOD / 2, f"only {len(times)} mails were sent in {end - begin:.1f} s")
        return 1000 * times[len(times) * 99 // 100]

    def end(self):
        """How many mails were accepted."""
        self.enough = True
        for thread in self.threads:
            thread.join()
        self.check()
        return len(self.taken)

    def check(self):
        for failure in self.failures:
            raise failure


class Slow:
    """One that types an octet a second; what became of what they type is counted for all of them."""

    typing, failures = set(), []
    octets = commands = mails = ended = 0

    def __init__(self, port, number):
        self.port, self.number, self.dice = port, number, random.Random(number)

    async def live(self):
        self.due = asyncio.get_running_loop().time() + self.number % 100 / 100  # each in its hundredth of the second
        try:
            while True:
                self.replies, self.wire = await asyncio.open_connection(
                    "127.0.0.1", self.port, local_addr=(address(2, self.number), 0)
                )
                await self.hears(b"220")
                await (self.types_commands() if self.number % 2 else self.types_a_mail())
                self.wire.close()
        except Exception as failure:  # whatever it is, the check has failed
            Slow.failures.append(failure)

    async def types_commands(self):
        for verb in ("EHLO", "NOOP", "HELO", "NOOP"):
            await self.types(f"{verb} {self.letters(10, 55)}\r\n", b"250")
            Slow.commands += 1

    async def types_a_mail(self):
        for command in ENVELOPE:
            self.wire.write(command.encode() + b"\r\n")
            await self.hears(b"354" if command == "DATA" else b"250")
        code = await self.types(f"From: bob@client.example\r\n\r\n{self.letters(1, 100)}\r\n.\r\n", b"250", b"421")
        Slow.mails += code == b"250"
        Slow.ended += code == b"421"

    async def types(self, text, *codes):
        """Until all is typed or something is answered; which of these codes that has."""
        answer, clock = asyncio.create_task(self.hears(*codes)), asyncio.get_running_loop()
        for octet in text.encode():
            await asyncio.sleep(max(0.0, self.due - clock.time()))
            if answer.done():
                break
            self.due = max(self.due, clock.time() - 1) + 1
            self.wire.write(bytes([octet]))
            Slow.typing.add(self.number)
            Slow.octets += 1
        return await answer

    async def hears(self, *codes):
        line = await self.replies.readline()
        while line[3:4] == b"-":
            line = await self.replies.readline()
        expect(line[:3] in codes, f"a slow client was answered {line}, not {codes}")
        return line[:3]

    def letters(self, least, most):
        return "x" * self.dice.randint(least, most)


def slow_clients(port):
    """Type until the crowd leaves; octets a second, and how many commands, mails, and mails that were too slow."""

    async def crowd():
        Slow.typing, Slow.octets, Slow.commands, Slow.mails, Slow.ended = set(), 0, 0, 0, 0
        lives = [asyncio.create_task(Slow(port, number).live()) for number in range(SLOW)]
        while len(Slow.typing) < SLOW and not Slow.failures:
            await asyncio.sleep(0.1)
        here.release()
        octets, begin = Slow.octets, time.monotonic()
        while not leave.is_set() and not Slow.failures:
            await asyncio.sleep(0.2)
        rate = (Slow.octets - octets) / (time.monotonic() - begin)
        print(f"the slow clients' process took {time.process_time():.1f} s of a processor", flush=True)
        for life in lives:
            life.cancel()
        for failure in Slow.failures:
            raise failure
        return rate, Slow.commands, Slow.mails, Slow.ended

    return asyncio.run(crowd())


def idle_clients(port):
    """Come, are greeted and say nothing until the crowd leaves; they are still served then."""
    waiting, wires = selectors.DefaultSelector(), []

    def take_greetings(timeout):
        for key, _ in waiting.select(timeout):
            line = key.fileobj.recv(1000)
            expect(line.startswith(b"220 "), f"an idle client was answered {line}")
            waiting.unregister(key.fileobj)

    for number in range(IDLE):
        wire = socket.create_connection(("127.0.0.1", port), timeout=60, source_address=(address(3, number), 0))
        wires.append(wire)
        waiting.register(wire, selectors.EVENT_READ)
        if number % 50 == 0:
            take_greetings(0)
    while waiting.get_map():
        take_greetings(1)
    here.release()
    leave.wait()
    for wire in wires:
        waiting.register(wire, selectors.EVENT_READ)
    expect(not waiting.select(0), "idle clients were told something")
    for wire in wires[:: IDLE // 100]:
        wire.sendall(b"NOOP\r\n")
        expect(wire.recv(100).startswith(b"250 "), "an idle client is no longer served")
    for wire in wires:
        wire.close()


def status(pid, name):
    """A figure of /proc, in MB."""
    found = re.search(rf"^{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.M)
    return int(found.group(1)) * 1.024 / 1000


def processor(pid):
    """Seconds of processor time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(kind, windows):
    """Each window's p99."""
    times = [time.monotonic()]
    for _ in range(windows):
        used = processor(java)
        time.sleep(WINDOW)
        times.append(time.monotonic())
        good.check()
        used = 100 * (processor(java) - used) / (times[-1] - times[-2])
        load = Path("/proc/loadavg").read_text().split()[0]
        print(f"{kind}: the server has {status(java, 'VmRSS'):.0f} MB and takes {used:.0f} % of a processor; load {load}")
    time.sleep(1)  # those that have begun end
    found = [good.p99(begin, end) for begin, end in zip(times, times[1:])]
    print(f"{kind}: p99 of each window in ms: {' '.join(f'{value:.1f}' for value in found)}")
    return found


def measure_crowd():
    """Each window's p99 while they are all here."""
    begin = time.monotonic()
    parts = [clients.submit(part, server.smtp) for part in (slow_clients, idle_clients)]
    try:
        for _ in parts:
            while not here.acquire(timeout=1):
                for part in parts:
                    expect(not part.done() or part.result(), "a part of the crowd has gone")
        print(f"the crowd has come within {time.monotonic() - begin:.1f} s")
        found = measure("crowd", CROWDED)
    finally:
        leave.set()
    rate, commands, mails, ended = parts[0].result()
    parts[1].result()
    leave.clear()
    print(f"slow: {rate:.0f} octets a second, {commands} commands, {mails} mails, {ended} mails ended for being too slow")
    expect(rate > 0.9 * SLOW, f"the slow clients have typed {rate:.0f} octets a second, not {SLOW}")
    expect(commands and mails and ended, "slow clients were not answered, accepted and ended")
    return found, mails


# The crowd's processes are begun before there are threads.
with ProcessPoolExecutor(2, processes) as clients, Server(settings={"limits.loopback": "on"}) as server:
    clients.submit(os.getpid).result()
    java = server.java()
    good = Good(server.smtp)
    time.sleep(WARMING)
    good.hurry = False
    time.sleep(SETTLING)
    crowd, slow_mails = [], 0
    quiet = measure("quiet", QUIET)
    for _ in range(5):
        found, mails = measure_crowd()
        crowd += found
        slow_mails += mails
        time.sleep(SETTLING)
        quiet += measure("quiet", QUIET)
        ratio = statistics.median(crowd) / statistics.median(quiet)
        if ratio < TIMES:
            break
        # More windows of both kinds, and all of them count: that settles noise, and does not make a slow server quick.
    peak = status(java, "VmHWM")
    accepted = good.end() + slow_mails
    pop = poplib.POP3("127.0.0.1", server.pop3, timeout=60)
    pop.user("ann@localhost")
    pop.pass_(PASSWORD)
    kept = pop.stat()[0]
    pop.quit()
    print(
        f"figure: p99 {statistics.median(quiet):.1f} ms when quiet, {statistics.median(crowd):.1f} ms in the crowd, ratio "
        f"{ratio:.2f}; {accepted} mails, none refused; at most {peak:.0f} MB resident"
    )
    expect(kept == accepted, f"{accepted} mails were accepted, but {kept} are there")
    expect(peak < MEGABYTES, f"{peak:.0f} MB resident")
    expect(ratio < TIMES, f"in the crowd the p99 is {ratio:.2f} times the quiet one")

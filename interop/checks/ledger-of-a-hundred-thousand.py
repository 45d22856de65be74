"""Mixed mails through servers that accept, refuse, put off, or close after the dot: each recipient has one end.

What a recipient's server does stands in its address. At the end the queue is empty, who should have the mail has it
once, and exactly the reports that were asked for have been sent, each recipient named once, and none to the null sender.

MAILS says how many (2000); a hundred thousand need CHECK_SECONDS as well. SEED makes its choices again.
"""

import collections
import contextlib
import os
import random
import re
import socket
import threading
import time

from ehlo import expect
from mails import below_received
from names import Internet
from reports import address, report
from taker import CLOSE, Answers

MAILS = int(os.environ.get("MAILS", "2000"))
SEED = int(os.environ.get("SEED", time.time_ns() % 1_000_000))
WRITERS = 8
# with-dsn.test offers DSN, and so takes over the duty to report success; plain.test does not.
SINKS = ("with-dsn.test", "plain.test")
WAYS = ["ok"] * 6 + ["refused", "later", "after-dot", "later-after-dot", "cut"]
FAILING = ("refused", "after-dot")
NOTIFY = ("", "", "NEVER", "FAILURE", "SUCCESS", "SUCCESS,FAILURE", "FAILURE,DELAY", "SUCCESS,FAILURE,DELAY")


class Scripted(Answers):
    """Does what the first word of the recipient says; what it does once it does for the first attempt only."""

    def __init__(self):
        self.lock = threading.Lock()
        self.attempts = collections.Counter()
        self.delivered = collections.Counter()

    def first_time(self, *what):
        with self.lock:
            self.attempts[what] += 1
            return self.attempts[what] == 1

    def rcpt(self, transaction, recipient):
        way = recipient.partition(".")[0]
        if way == "refused":
            return "550 5.1.1 Nobody of that name"
        if way == "later" and self.first_time(recipient):
            return "451 4.2.1 Not now"
        if way in ("after-dot", "later-after-dot", "cut") and transaction.recipients:
            return "452 4.5.3 One at a time, so that the end of data speaks of one recipient"
        if transaction.recipients and transaction.recipients[0].partition(".")[0] in ("after-dot", "later-after-dot", "cut"):
            return "452 4.5.3 One at a time, so that the end of data speaks of one recipient"
        return "250 2.1.5 Ok"

    def end(self, transaction, recipient):
        way = recipient.partition(".")[0]
        if way == "after-dot":
            return "554 5.6.0 Not this content"
        if way == "later-after-dot" and self.first_time(recipient):
            return "451 4.3.0 Not this time"
        if way == "cut" and self.first_time(recipient):
            return CLOSE
        below, _ = below_received(transaction.mail)
        number = re.search(rb"^X-Ledger: (\S+)\r$", below, re.M).group(1).decode()
        with self.lock:
            for each in transaction.recipients:
                self.delivered[each] += 1
                expect(each.split(".")[1].partition("@")[0] == number, f"{each} has mail {number}")
        return "250 2.0.0 Ok"


class Reports(Answers):
    """Reads the reports that arrive at the senders' domain."""

    def __init__(self):
        self.lock = threading.Lock()
        self.told = collections.Counter()  # (number, recipient, action)

    def end(self, transaction, recipient):
        expect(transaction.sender == "", f"a report from <{transaction.sender}>")
        expect(len(transaction.recipients) == 1, f"a report to {transaction.recipients}")
        number = recipient.partition("@")[0].removeprefix("s")
        parsed = report(below_received(transaction.mail)[0])
        expect(parsed.mail.get("Original-Envelope-Id") == f"id{number}", f"{parsed.mail} in the report to {recipient}")
        with self.lock:
            for group in parsed.recipients:
                self.told[number, address(group["Final-Recipient"]), group["Action"]] += 1
        return "250 2.0.0 Ok"


def planned(number, dice):
    """One mail: its sender, its recipients with NOTIFY, and the reports that it owes."""
    sender = "" if dice.random() < 0.1 else f"s{number}@senders.test"
    recipients, owed = {}, set()
    for n in range(dice.choice([1, 1, 1, 2, 3])):
        way, host, notify = dice.choice(WAYS), dice.choice(SINKS), dice.choice(NOTIFY)
        recipient = f"{way}.{number}.{n}@{host}"
        recipients[recipient] = notify
        if way in FAILING and (not notify or "FAILURE" in notify):
            owed.add((str(number), recipient, "failed"))
        if way not in FAILING and "SUCCESS" in notify and host == "plain.test":
            owed.add((str(number), recipient, "relayed"))
    return sender, recipients, owed if sender else set()


def write(server, mails, problems):
    try:
        with socket.create_connection((server.host, server.smtp), timeout=60) as wire:
            replies = wire.makefile("rb")

            def answered(*codes):
                for code in codes:
                    while (line := replies.readline())[3:4] == b"-":
                        pass
                    expect(line.startswith(code), f"expected {code}, was answered {line}")

            answered(b"220")
            wire.sendall(b"EHLO client.example\r\n")
            answered(b"250")
            for number, (sender, recipients, _) in mails:
                text = [f"MAIL FROM:<{sender}> ENVID=id{number} RET=HDRS"]
                text += [f"RCPT TO:<{r}>" + (f" NOTIFY={notify}" if notify else "") for r, notify in recipients.items()]
                wire.sendall("".join(line + "\r\n" for line in [*text, "DATA"]).encode())
                answered(*[b"250"] * len(text), b"354")
                line = f"{number} is the number of this mail\r\n"
                body = f"Subject: mail {number}\r\nX-Ledger: {number}\r\n\r\n{line * (number % 100)}.\r\n"
                wire.sendall(body.encode())
                answered(b"250")
    except Exception as problem:  # told to the main thread
        problems.append(problem)


print(f"MAILS={MAILS} SEED={SEED}")
dice = random.Random(SEED)
plan = {number: planned(number, dice) for number in range(MAILS)}
with contextlib.ExitStack() as stack:
    net = stack.enter_context(Internet("ehlo.test", "senders.test", *SINKS))
    scripted, reports = Scripted(), Reports()
    without_dsn = ("PIPELINING", "8BITMIME", "SIZE", "ENHANCEDSTATUSCODES")
    sinks = [
        stack.enter_context(net.taker("with-dsn.test", answers=scripted)),
        stack.enter_context(net.taker("plain.test", answers=scripted, offered=without_dsn)),
        stack.enter_context(net.taker("senders.test", answers=reports)),
    ]
    ehlo = stack.enter_context(net.ehlo("ehlo.test"))
    begin, problems = time.monotonic(), []
    numbered = list(plan.items())
    writers = [threading.Thread(target=write, args=(ehlo, numbered[w::WRITERS], problems)) for w in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    if problems:
        raise problems[0]
    accepted = time.monotonic() - begin
    ehlo.wait_for_empty_queue(max(300, MAILS / 10))
    settled = time.monotonic() - begin
    for sink in sinks:
        expect(not sink.problems, f"{sink.problems[:3]}")
    print(ehlo.verify())

recipients = {r for _, rs, _ in plan.values() for r in rs}
should = {r for r in recipients if r.partition(".")[0] not in FAILING}
expect(set(scripted.delivered) == should, f"not, or wrongly, delivered: {sorted(set(scripted.delivered) ^ should)[:10]}")
twice = [r for r, times in scripted.delivered.items() if times != 1]
expect(not twice, f"delivered more than once: {twice[:10]}")
owed = collections.Counter(report for _, _, reports_owed in plan.values() for report in reports_owed)
missing, too_many = owed - reports.told, reports.told - owed
expect(not missing and not too_many, f"reports missing: {list(missing)[:10]}; too many: {list(too_many)[:10]}")
print(
    f"figure: {MAILS} mails, {len(recipients)} recipients, {len(should)} relayed, {sum(owed.values())} reported, "
    f"accepted in {accepted:.0f} s, settled in {settled:.0f} s (SEED={SEED})"
)

"""The tutorials' failures, typed through a real telnet: each has its number, and what could not be delivered comes back.

A sender whose domain does not exist, RCPT before MAIL, a stranger who wants to relay, a recipient whom the next server
refuses (the report is in the sender's maildrop), and a mail that is kept for the next run and leaves with it.
"""

import contextlib

from ehlo import ehlo as command
from ehlo import expect
from mails import below_received, maildrop
from names import Internet
from reports import report
from servers import PostfixPeer
from taker import until
from terminal import Terminal

ANN = "ann@ehlo.test"


def conversation(server, *steps, address=None):
    """Types each line and waits for its code; returns the replies. A line of the mail has the code None."""
    bind = f"-b {address} " if address else ""
    with Terminal(f"telnet {bind}{server.host} {server.smtp}") as terminal:
        said = [terminal.reply(220)]
        for line, code in steps:
            terminal.keys(line)
            terminal.enter()
            if code is not None:
                said.append(terminal.reply(code))
        print(terminal.screen())
    return said


def has(reply, *words):
    for word in words:
        expect(word.lower() in reply.lower(), f"{word!r} is not in {reply!r}")


def mail_to(recipient, text, sender=ANN):
    return [
        ("HELO friend", 250),
        (f"MAIL FROM:<{sender}>", 250),
        (f"RCPT TO:<{recipient}>", 250),
        ("DATA", 354),
        (f"Subject: {text}", None),
        ("", None),
        (text, None),
        (".", 250),
        ("QUIT", 221),
    ]


def sender_domain_must_exist(net, server):
    said = conversation(
        server,
        ("HELO friend", 250),
        ("MAIL FROM:<someone@no-such-domain.test>", 501),
        ("MAIL FROM:<someone@null.test>", 550),
        ("MAIL FROM:<someone@broken.test>", 451),
        ("MAIL FROM:<someone@postfix.test>", 250),
        ("RSET", 250),
        ("MAIL FROM:<>", 250),
        ("QUIT", 221),
    )
    has(said[2], "501 5.1.8 ", "Sender domain must exist")
    has(said[3], "550 5.7.27 ")
    has(said[4], "451 4.")


def mail_first(net, server):
    said = conversation(server, ("HELO friend", 250), (f"RCPT TO:<{ANN}>", 503), ("DATA", 503), ("QUIT", 221))
    has(said[2], "503 5.5.1 ", "MAIL")
    has(said[3], "503 5.5.1 ")


def relaying_denied(net, server):
    """From an address that may not relay; its mail for our own users is taken."""
    said = conversation(
        server,
        ("HELO stranger", 250),
        ("MAIL FROM:<someone@postfix.test>", 250),
        ("RCPT TO:<yes@postfix.test>", 550),
        (f"RCPT TO:<{ANN}>", 250),
        ("QUIT", 221),
        address=net.addresses["stranger.test"],
    )
    has(said[3], "550 5.7.1 ", "Relaying denied")


def bounce(net, server):
    conversation(server, *mail_to("nobody@postfix.test", "is anybody there?"))
    until(lambda: maildrop(server, ANN), 90, "no report in the maildrop of the sender")
    (mail,) = maildrop(server, ANN, delete=True)
    expect(mail.startswith(b"Return-Path: <>\r\n"), f"{mail[:200]}")
    parsed = report(below_received(mail)[0])
    failed = parsed.of("nobody@postfix.test")
    expect((failed["Action"], failed["Status"]) == ("failed", "5.1.1"), failed)
    expect("No such user here" in " ".join(parsed.text.split()), parsed.text)


def kept_for_the_run(net, server, postfix):
    """With queue.deliver the server keeps a mail until the next run, or until somebody asks; local mail is not kept."""
    said = conversation(server, *mail_to("kept@postfix.test", "I can wait"))
    conversation(server, *mail_to(ANN, "I cannot"))
    expect(len(maildrop(server, ANN)) == 1, "local mail was kept")
    (entry,) = server.queue()
    expect(entry["recipient"] == "kept@postfix.test" and entry["state"] == "waiting", f"{entry}")
    expect(entry["attempts"] == 0 and entry["id"] in said[-2], f"{entry}, {said[-2]}")
    expect(not postfix.delivered(), "the mail did not wait")
    done = command("queue", "flush", "--data", server.data)
    expect(done.returncode == 0, f"`ehlo queue flush`: {done.returncode}: {done.stdout}{done.stderr}")
    (taken,) = postfix.delivered(1)
    expect(below_received(taken.mail)[0] == b"Subject: I can wait\r\n\r\nI can wait\r\n", f"{taken.mail}")
    server.wait_for_empty_queue()
    postfix.taker.forget()
    # ETRN asks for the mail of one domain.
    conversation(server, *mail_to("etrn@postfix.test", "ask for me"))
    expect(not postfix.delivered(), "the mail did not wait")
    conversation(server, ("EHLO mx.postfix.test", 250), ("ETRN postfix.test", 253), ("QUIT", 221))
    expect(postfix.delivered(1)[0].recipients == ["etrn@postfix.test"], f"{postfix.delivered()}")
    server.wait_for_empty_queue()
    postfix.taker.forget()


zones = {"null.test": ["MX 0 ."]}
with contextlib.ExitStack() as stack:
    net = stack.enter_context(Internet("ehlo.test", "keeper.test", "stranger.test", "postfix.test", zones=zones, broken=["broken.test"]))
    postfix = stack.enter_context(net.server(PostfixPeer, "postfix.test"))
    settings = {"policy.sender-domain": "must-exist", "policy.relay-networks": "127.0.0.1/32"}
    with net.ehlo("ehlo.test", [ANN], settings) as server:
        for part in (sender_domain_must_exist, mail_first, relaying_denied, bounce):
            print(f"--- {part.__name__}")
            part(net, server)
    with net.ehlo("ehlo.test", [ANN], {"queue.deliver": "30m"}) as server:
        print("--- kept_for_the_run")
        kept_for_the_run(net, server, postfix)
    with net.ehlo("ehlo.test", [ANN], {"queue.deliver": "5s"}) as server:
        print("--- the run itself")
        conversation(server, *mail_to("first@postfix.test", "we"))
        conversation(server, *mail_to("second@postfix.test", "leave together"))
        runs = postfix.delivered(2)
        expect(sorted(r for t in runs for r in t.recipients) == ["first@postfix.test", "second@postfix.test"], f"{runs}")

"""Ehlo relays by MX to Postfix, Exim, Sendmail, OpenSMTPD and Ehlo, and from Postfix to Postfix, octet for octet.

Small, large and 8-bit mails, dots at line starts, many recipients, the null sender, addresses in UTF-8; STARTTLS where
it is offered; over several connections and over one, where a mail is begun while the answer to the one before is awaited.
Nothing is added but Received lines in front. Where the next server has no SMTPUTF8 the sender is told, of that mail alone.
"""

import contextlib
import re
import smtplib

from ehlo import expect
from mails import TRICKY, below_received, content, maildrop, sample
from names import Internet
from reports import address, report
from servers import EximPeer, OpenSmtpdPeer, PostfixPeer, SendmailPeer

SENDER = "ann@ehlo.test"
REAL = {
    "postfix.test": PostfixPeer,
    "exim.test": EximPeer,
    "sendmail.test": SendmailPeer,
    "opensmtpd.test": OpenSmtpdPeer,
}
WITHOUT_SMTPUTF8 = ("sendmail.test", "opensmtpd.test")
MANY = 150


def mails_for(domain):
    """name -> (sender, recipients, options, mail)"""
    lines = [f"{n} {'x' * 70}" for n in range(100_000)]
    many = [f"many{n}@{domain}" for n in range(MANY)]
    eight, utf8 = ["BODY=8BITMIME"], ["BODY=8BITMIME", "SMTPUTF8"]
    return {
        "small": (SENDER, [f"small@{domain}"], [], sample("small", to=f"small@{domain}")),
        "tricky": (SENDER, [f"tricky@{domain}"], eight, sample("dots and 8 bits", TRICKY, to=f"tricky@{domain}")),
        "large": (SENDER, [f"large@{domain}"], [], sample("large", lines, to=f"large@{domain}")),
        "many": (SENDER, many, [], sample("many", to=many[0])),
        "null": ("", [f"null@{domain}"], [], sample("from nobody", to=f"null@{domain}")),
        "utf8": (SENDER, [f"grüße@{domain}"], utf8, sample("Grüße an alle", to=f"grüße@{domain}")),
    }


def send(host, port, mails):
    with smtplib.SMTP(host, port, "client.example", timeout=60) as smtp:
        smtp.ehlo()
        for name, (sender, recipients, options, mail) in mails.items():
            code, text = smtp.docmd(f"MAIL FROM:<{sender}> {' '.join(options)}".strip())
            expect(code == 250, f"{name}: MAIL is answered {code} {text}")
            for recipient in recipients:
                smtp.putcmd(f"RCPT TO:<{recipient}>") if recipient.isascii() else smtp.send(f"RCPT TO:<{recipient}>\r\n".encode())
                code, text = smtp.getreply()
                expect(code == 250, f"{name}: RCPT {recipient} is answered {code} {text}")
            code, text = smtp.data(mail)
            expect(code == 250, f"{name}: the mail is answered {code} {text}")


def same(name, sent, arrived):
    """Compares, and returns the Received lines that were put in front."""
    below, front = below_received(arrived)
    at = next((i for i, (a, b) in enumerate(zip(sent, below)) if a != b), min(len(sent), len(below)))
    around = slice(max(0, at - 60), at + 100)
    expect(below == sent, f"{name}: octet {at} of {len(sent)}: sent {sent[around]!r}, arrived {below[around]!r}")
    return front


def arrived(server, mails, count, by="mx.ehlo.test"):
    """Every mail once for each of its recipients, and nothing else."""
    expected = sorted((sender, r) for sender, recipients, _, _ in mails.values() for r in recipients)
    server.taker.wait(lambda: sum(len(t.recipients) for t in server.taker.transactions) >= len(expected), 120, "recipients")
    taken = server.delivered()
    got = sorted((t.sender, r) for t in taken for r in t.recipients)
    expect(got == expected, f"{server.name}: {set(got) ^ set(expected)} too many or missing")
    for name, (_, recipients, _, mail) in mails.items():
        for transaction in (t for t in taken if t.recipients[0] in recipients):
            front = same(f"{server.name}, {name}", mail, transaction.mail)
            expect(front.count(b"Received: ") == count, f"{server.name}, {name}: not {count} Received lines: {front.decode()}")
            expect(f"by {by}".encode() in front, f"{server.name}, {name}: Ehlo is not among {front.decode()}")
            if server.name != "opensmtpd" and server.tls:  # whose handshakes break on Debian 12
                secure = re.search(rb" with \S*smtps\s", front.split(b"Received: ")[1], re.I)
                expect(secure, f"{server.name}, {name}: taken without TLS: {front.decode()}")
    print(f"{server.name}: {len(got)} recipients, {len(taken)} transactions\n{front.decode()}")


def told(ehlo, domains):
    """The sender has one report from each of these domains: of the recipient that it cannot take, and of nobody else."""
    reports = [report(below_received(mail)[0]) for mail in maildrop(ehlo, SENDER, delete=True)]
    found = sorted((address(r["Final-Recipient"]), r["Status"]) for each in reports for r in each.recipients)
    expect(found == sorted((f"grüße@{domain}", "5.6.7") for domain in domains), f"the reports are about {found}")
    expect(len(reports) == len(domains), f"{len(reports)} reports, not one for each of {domains}")


hosts = ["ehlo.test", "one.test", "other.test", "front.test", *REAL]
zones = {
    # The first of two is down; a host that is reached by its address alone; a name that is another's alias.
    "exim.test": ["MX 5 down.test", "MX 10 mx.exim.test"],
    "down.test": ["A {front.test}"],
    "sendmail.test": ["A {sendmail.test}"],
    "other.test": ["MX 10 mx.other.test", "MX 10 also.other.test"],
    "also.other.test": ["A {other.test}"],
}
with contextlib.ExitStack() as stack:
    net = stack.enter_context(Internet(*hosts, zones=zones))
    ehlo = stack.enter_context(net.ehlo("ehlo.test", [SENDER]))
    servers = {}
    for domain, kind in REAL.items():
        server = servers[domain] = stack.enter_context(net.server(kind, domain, tls=True))
        mails = mails_for(domain)
        send(ehlo.host, ehlo.smtp, mails)
        if domain in WITHOUT_SMTPUTF8:
            del mails["utf8"]
        arrived(server, mails, 2)
        server.taker.forget()
    ehlo.wait_for_empty_queue()
    told(ehlo, WITHOUT_SMTPUTF8)

    print("--- All to Sendmail over one connection")
    one = stack.enter_context(net.ehlo("one.test", settings={"relay.per-destination": 1}))
    # The large one holds the connection while the others come; so the one in UTF-8 is refused behind the dot of `many`.
    mails = {name: mails_for("sendmail.test")[name] for name in ("large", "many", "utf8", "small", "null")}
    send(one.host, one.smtp, mails)
    del mails["utf8"]
    arrived(servers["sendmail.test"], mails, 2, by="mx.one.test")
    one.wait_for_empty_queue()
    told(ehlo, ["sendmail.test"])

    print("--- Ehlo to Ehlo")
    mails = {name: mail for name, mail in mails_for("other.test").items()}
    users = sorted({r for _, recipients, _, _ in mails.values() for r in recipients if not r.startswith("many")})
    many = [f"many{n}@other.test" for n in range(3)]
    mails["many"] = (SENDER, many, [], mails["many"][3])
    other = stack.enter_context(net.ehlo("other.test", users + many))
    send(ehlo.host, ehlo.smtp, mails)
    ehlo.wait_for_empty_queue(120)
    for name, (sender, recipients, _, mail) in mails.items():
        for recipient in recipients:
            drop = maildrop(other, recipient)
            expect(len(drop) == 1, f"{recipient} has {len(drop)} mails")
            expect(drop[0].startswith(f"Return-Path: <{sender}>\r\n".encode()), f"{recipient}: {drop[0][:200]}")
            front = same(f"Ehlo, {name}", mail, content(drop[0]))
            expect(front.count(b"Received: ") == 1, f"{name}: {front.decode()}")

    print("--- Postfix to Ehlo to Postfix")
    front = stack.enter_context(net.server(PostfixPeer, "front.test", routes={"postfix.test": (ehlo.host, ehlo.smtp)}))
    mails = mails_for("postfix.test")
    send(front.address, front.port, mails)
    arrived(servers["postfix.test"], mails, 3)
    expect(maildrop(ehlo, SENDER) == [], "somebody was told of a failure, and there was none")
    ehlo.wait_for_empty_queue()
    print(ehlo.verify())
    for each in (ehlo, one, other):
        expect(not each.troubles(), f"the log tells of trouble: {each.troubles()}")

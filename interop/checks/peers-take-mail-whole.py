"""Without Ehlo: Postfix, Exim, Sendmail and OpenSMTPD take a mail octet for octet, refuse, put off; nsd answers.

What other checks rely on when they relay to these servers is proved here of the servers themselves.
"""

import re
import smtplib
import tempfile

from ehlo import expect
from mails import TRICKY, below_received, sample
from names import Names, own_network
from peers import free_port
from servers import ALL

SENDER = "bob@client.example"


def offers_and_answers(server, smtp):
    expect(smtp.has_extn("dsn") == server.dsn, f"{server.name} offers {smtp.esmtp_features}")
    expect(smtp.has_extn("starttls") == bool(server.tls), f"{server.name} offers {smtp.esmtp_features}")
    smtp.mail(SENDER)
    for user, code, enhanced in (("nobody", 550, b"5.1.1 "), ("later", 451, b"4.3.0 ")):
        answered = smtp.rcpt(f"{user}@{server.domain}")
        expected = answered[0] == code and (answered[1].startswith(enhanced) or server.name == "exim")
        expect(expected, f"{server.name} answers {user} with {answered}")
    smtp.rset()


def takes(server, smtp, mail, recipients):
    refused = smtp.sendmail(SENDER, recipients, mail, mail_options=["BODY=8BITMIME"])
    expect(refused == {}, f"{server.name} refuses {refused}")
    # OpenSMTPD hands a mail on for each recipient.
    arrived = server.delivered(len(recipients) if server.name == "opensmtpd" else 1)
    expect({t.sender for t in arrived} == {SENDER}, f"{server.name}: from {[t.sender for t in arrived]}")
    to = sorted(r for t in arrived for r in t.recipients)
    expect(to == sorted(recipients), f"{server.name}: to {to}")
    for transaction in arrived:
        below, front = below_received(transaction.mail)
        print(front.decode())
        expect(below == mail, f"{server.name}: sent {mail!r}, arrived {below!r}")
    server.taker.forget()


network = own_network()
port = free_port([f"{network}.{number}" for number in range(11, 15)])
for tls in (False, True):
    for number, kind in enumerate(ALL, 11):
        with kind(f"{kind.name}.test", f"{network}.{number}", port, tls=tls, dsn=not tls or kind.name == "sendmail") as server:
            print(f"--- {server.name}, STARTTLS: {tls}")
            with smtplib.SMTP(server.address, port, "client.example", timeout=90) as smtp:
                smtp.ehlo()
                offers_and_answers(server, smtp)
                # Debian 12's OpenSMTPD offers STARTTLS and breaks the handshake (it is older than its OpenSSL).
                if tls and server.name != "opensmtpd":
                    smtp.starttls()
                    smtp.ehlo()
                users = [f"ann@{server.domain}", f"ben@{server.domain}"]
                takes(server, smtp, sample("a mail", TRICKY, to=users[0]), users)
                takes(server, smtp, sample("a large mail", [f"{n} {'x' * 70}" for n in range(20000)], to=users[1]), users[1:])

with tempfile.TemporaryDirectory(prefix="ehlo-names-") as folder:
    zones = {"a.test": ["MX 10 mx.a.test", "MX 20 b.test"], "mx.a.test": ["A 127.0.0.11", "AAAA ::1"]}
    zones |= {"null.test": ["MX 0 ."], "also.test": ["CNAME a.test"]}
    with Names(folder, zones, f"{network}.53", broken=["broken.test"]) as names:
        names.change({"new.test": ["A 127.0.0.12"]})
        for name, kind, rcode, answers in (
            ("a.test", "MX", "NOERROR", ["10 mx.a.test.", "20 b.test."]),
            ("mx.a.test", "A", "NOERROR", ["127.0.0.11"]),
            ("mx.a.test", "AAAA", "NOERROR", ["::1"]),
            ("null.test", "MX", "NOERROR", ["0 ."]),
            ("also.test", "CNAME", "NOERROR", ["a.test."]),
            ("new.test", "A", "NOERROR", ["127.0.0.12"]),
            ("a.test", "AAAA", "NOERROR", []),
            ("none.test", "A", "NXDOMAIN", []),
            ("broken.test", "MX", "SERVFAIL", []),
        ):
            said = names.ask(name, kind)
            found = sorted(re.findall(rf"^{re.escape(name)}\.\t\d+\tIN\t{kind}\t(.*)$", said, re.M))
            expect(f"rcode: {rcode}," in said and found == answers, f"{name} {kind}: {said}")

"""A certificate swapped on disk under load is served within a minute; conversations and mails in progress are not disturbed."""

import shutil
import smtplib
import socket
import ssl
import threading
import time

from ehlo import Server, expect, temporary
from locks import Authority
from mails import maildrop
from peers import free_port
from taker import until

MINUTE = 60
MAILS_EACH = 5
folder = temporary("certificates")
ca = Authority()
first, second = ca.issue("localhost"), ca.issue("localhost")
stranger = ca.issue("localhost")
served = folder / "served.pem", folder / "served.key"
trusting = ssl.create_default_context(cafile=ca.file)
users = [f"user{n}@localhost" for n in range(4)]
port = free_port()
stop = threading.Event()
sent, problems = {}, []


def put(issued):
    """As certificate tools do it: each file is there at every moment."""
    for source, target in zip(issued, served):
        shutil.copy(source, f"{target}.new")
        shutil.move(f"{target}.new", target)


def fingerprint(context=trusting):
    with socket.create_connection(("127.0.0.1", port), 20) as raw, context.wrap_socket(raw, server_hostname="localhost") as tls:
        return tls.getpeercert(binary_form=True)


def der(issued):
    return ssl.PEM_cert_to_DER_cert(issued[0].read_text())


def load(user):
    """New conversations all the time, encrypted and verified, each with a few mails."""
    sent[user] = 0
    try:
        while not stop.is_set():
            with smtplib.SMTP("localhost", server.smtp, "client.example", timeout=60) as smtp:
                smtp.starttls(context=trusting)
                for _ in range(MAILS_EACH):
                    smtp.sendmail("bob@client.example", [user], f"Subject: {sent[user]}\r\n\r\nHello\r\n")
                    sent[user] += 1
    except (OSError, smtplib.SMTPException) as problem:
        problems.append(f"{user}: {problem!r}")


def wait_for(issued):
    begin = time.monotonic()
    while fingerprint() != der(issued):
        expect(time.monotonic() - begin < MINUTE, "the new certificate is not served after a minute")
        time.sleep(0.1)
    return time.monotonic() - begin


put(first)
settings = {
    "listen.submissions": f"127.0.0.1:{port}",
    "tls.certificate": served[0],
    "tls.key": served[1],
    "limits.data-rate": 0,  # one mail stays open all the while
}
with Server(users=users, settings=settings) as server:
    expect(fingerprint() == der(first), "the first certificate is not the one that was set")
    early = smtplib.SMTP("localhost", server.smtp, "client.example", timeout=60)
    early.starttls(context=trusting)
    early.ehlo()
    early.mail("bob@client.example")
    early.rcpt(users[0])
    early.putcmd("DATA")
    expect(early.getreply()[0] == 354, "DATA was not answered with 354")
    early.send(b"Subject: begun before\r\n\r\n")

    threads = [threading.Thread(target=load, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    time.sleep(2)
    mark = len(server.said())
    put(second)
    took = wait_for(second)

    # A key that does not belong to the certificate: the one in service stays there, and the log says so once.
    shutil.copy(stranger[1], served[1])
    time.sleep(3)
    expect(fingerprint() == der(second), "with unusable files another certificate is served")
    until(lambda: "the old certificate stays in service" in server.said()[mark:], 60, "the log does not tell of the unusable key")
    time.sleep(2)
    said = server.said()[mark:]
    expect(said.count("there is no key for the certificate") <= 2, f"the log tells of the unusable key again and again:\n{said[-3000:]}")
    put(first)
    took = max(took, wait_for(first))

    stop.set()
    for thread in threads:
        thread.join(90)
        expect(not thread.is_alive(), "a client hangs")
    expect(not problems, f"conversations were disturbed: {problems[:3]}")
    early.send(b"ended after\r\n.\r\n")
    code, text = early.getreply()
    expect(code == 250, f"a mail that began before the swap was answered {code} {text}")
    early.quit()
    sent[users[0]] += 1
    for user in users:
        there = len(maildrop(server, user))
        expect(there == sent[user], f"{user} was sent {sent[user]} mails and has {there}")
print(f"figure: {sum(sent.values())} mails over TLS while it was swapped twice, served after at most {took:.1f} s")

"""`ehlo send` with its options, as foreign servers understand them: Postfix, Dovecot (LMTP, submission), aiosmtpd, GreenMail.

It logs in by every mechanism and by a certificate, goes on only with a certificate that is good, speaks for others (PROXY,
XCLIENT), asks for reports, sends in chunks, in UTF-8 and with attachments, chooses among IPv4, IPv6 and several MX, and does
not wait for ever.
"""

import base64
import contextlib
import email
import email.policy
import os
import poplib
import re
import socket
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

from ehlo import PASSWORD, ehlo, expect, temporary
from locks import Authority
from mails import TRICKY, below_received, sample
from names import Internet, own_network
from peers import free_port
from servers import PostfixPeer
from strangers import AiosmtpdStranger, DovecotStranger, GreenMailStranger
from taker import Answers, Taker, until

CA, OTHER = Authority(), Authority("Somebody else")
FOLDER = temporary("send")
NETWORK = own_network()
SENDER = "bob@client.example"
CERTIFICATE = [f"--tls-{kind}={file}" for kind, file in zip(("cert", "key"), CA.issue("ann", use="clientAuth"))]
GOOD, BAD = ("--tls-verify", "--ca", CA.file), ("--tls-verify", "--ca", OTHER.file)
TRIED = ("--tls", "--ca", CA.file)
OCTETS = bytes(range(256)) * 40


def send(where, *words, to, exit=0, secret=PASSWORD, sender=SENDER):
    words = ("--server", where, "--to", to, "--from", sender, "--ehlo", "client.example", "--timeout", "20", *words)
    done = ehlo("send", *words, env=os.environ | {"SECRET": secret})
    print(f"--- {' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    expect(done.returncode == exit, f"{words}: exit {done.returncode}, not {exit}\n{done.stdout}{done.stderr}")
    expect(secret not in done.stdout + done.stderr, f"the password is shown\n{done.stdout}")
    return done.stdout


def as_ann(mechanism=None):
    return [f"--auth={mechanism}" if mechanism else "--auth", "--auth-user=ann", "--auth-password-env=SECRET"]


def logins(where, mechanisms, to, best, protected=TRIED):
    for mechanism in mechanisms:
        shown = send(where, *protected, *as_ann(mechanism), "--quit-after=auth", to=to)
        expect(re.search(rf"> AUTH {mechanism}\b", shown), f"not by {mechanism}:\n{shown}")
        expect(re.search(r"<[-~]  235 ", shown), f"not logged in:\n{shown}")
    shown = send(where, *protected, *as_ann(), "--quit-after=auth", to=to)
    expect(re.search(rf"> AUTH {best}\b", shown), f"{best} is the best that is offered:\n{shown}")
    shown = send(where, *protected, *as_ann(), to=to, secret="not this one", exit=28)
    expect(re.search(r"(<~\*|<\*\*) 535 ", shown), shown)


def certificates(where, to, *words):
    shown = send(where, *words, *GOOD, "--quit-after=rcpt", to=to)
    expect("=== certificate ok: " in shown, shown)
    shown = send(where, *words, *BAD, to=to, exit=29)
    expect(not re.search(r"~> (MAIL|AUTH)", shown), f"goes on with a bad certificate:\n{shown}")


def with_attachment():
    file = FOLDER / "all octets.bin"
    if not file.exists():
        file.write_bytes(OCTETS)
    return ["--h-Subject", "Grüße", "--body", "Hällo", "--attach", file]


def compare(arrived):
    """The attached file, the text and the subject as Python's email reads them."""
    mail = email.message_from_bytes(below_received(arrived)[0], policy=email.policy.default)
    text, attached = mail.iter_parts()
    read = (mail["Subject"], text.get_content().strip(), attached.get_filename(), attached.get_payload(decode=True))
    expect(read == ("Grüße", "Hällo", "all octets.bin", OCTETS), f"read back as {read[:3]}, {len(read[3])} octets")


def whole(name):
    mail = sample(name, TRICKY)
    file = FOLDER / f"{name}.eml"
    file.write_bytes(mail)
    return mail, ["--data", f"@{file}"]


def inbox(address, port, user):
    """What Python's poplib reads. By PASS GreenMail takes no password with a space in it."""
    pop = poplib.POP3(address, port, timeout=90)
    pop._shortcmd("AUTH PLAIN " + base64.b64encode(f"\0{user}\0{PASSWORD}".encode()).decode())
    mails = [b"".join(line + b"\r\n" for line in pop.retr(n)[1]) for n in range(1, pop.stat()[0] + 1)]
    pop.quit()
    return mails


def dovecot(address):
    with DovecotStranger(address, CA) as peer:
        submission, lmtp, proxied = (peer.at(port) for port in (peer.submission, peer.lmtp, peer.proxied))
        mail, data = whole("tricky-by-LMTP")
        shown = send(lmtp, "--lmtp", *GOOD, "--pipeline", "--chunking", *data, to="ann@x,nobody@x,bob@x", exit=40)
        expect("~> LHLO client.example" in shown and "~> BDAT " in shown, shown)
        for user in ("ann", "bob"):
            read = [below_received(m)[0] for m in inbox(address, peer.pop3, user)]
            expect(read == [mail], f"{user} reads {read!r}")
        send(lmtp, "--lmtp", *with_attachment(), to="ann@x")
        compare(inbox(address, peer.pop3, "ann")[1])
        send(lmtp, "--lmtp", to="nobody@x", exit=24)
        certificates(lmtp, "ann@x", "--lmtp")

        far = "far@elsewhere.test"
        certificates(submission, far, *as_ann())
        logins(submission, ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"), far, "SCRAM-SHA-256")
        shown = send(submission, *GOOD, *CERTIFICATE, "--auth=EXTERNAL", "--auth-user=ann", "--chunking", *data, to=far)
        expect("~> AUTH EXTERNAL" in shown, shown)
        (taken,) = peer.taker.wait_for(1)
        expect(below_received(taken.mail)[0] == mail, f"submission has changed it: {taken.mail!r}")
        for version in ("v1", "v2"):
            source = f"192.0.2.{version[1]}"
            send(proxied, f"--proxy={version}", f"--proxy-source={source}", "--proxy-source-port=4711", f"--proxy-dest={address}",
                 "--proxy-dest-port=587", *TRIED, *as_ann(), "--quit-after=auth", to=far)  # fmt: skip
            until(lambda: f"rip={source}," in peer.said(), 60, f"Dovecot has not seen {source} by PROXY {version}")
    return "Dovecot"


def aiosmtpd(address):
    with AiosmtpdStranger(address, CA) as peer:
        smtp = peer.at(peer.smtp)
        mail, data = whole("tricky-to-aiosmtpd")
        send(smtp, *GOOD, *as_ann(), *data, to="one@x,nobody@x,later@x", exit=40)
        (told,) = peer.taken("one@x")
        expect((told["mail"], told["login"], told["tls"]) == (mail, "ann", True), f"aiosmtpd took {told}")
        certificates(smtp, "one@x")
        logins(smtp, ("PLAIN", "LOGIN"), "one@x", "PLAIN", protected=())
        send(smtp, "--smtputf8", *with_attachment(), to="grüße@x.example", sender="jürgen@client.example")
        (told,) = peer.taken("grüße@x.example")
        expect(told["sender"] == "jürgen@client.example" and "SMTPUTF8" in told["mail_options"], f"SMTPUTF8: {told}")
        compare(told["mail"])
        for version in ("v1", "v2"):
            send(peer.at(peer.proxied), f"--proxy={version}", "--proxy-source=192.0.2.77", "--proxy-source-port=4711",
                 "--proxy-dest=192.0.2.1", "--proxy-dest-port=25", to=f"{version}@x")  # fmt: skip
            (told,) = peer.taken(f"{version}@x")
            expect(told["proxied"] == "192.0.2.77", f"PROXY {version}: {told}")
        # One of three answers of LMTP is a refusal: that is not success.
        shown = send(peer.at(peer.lmtp), "--lmtp", to="a@x,nobody@x,later@x", exit=40)
        expect("550 5.1.1" in shown and "451 4.3.0" in shown, shown)
        send(smtp, to="nobody@x", exit=24)
    return "aiosmtpd"


def greenmail(address):
    with GreenMailStranger(address, CA) as peer:
        smtp, smtps, ann = peer.at(peer.smtp), peer.at(peer.smtps), "ann@greenmail.test"
        logins(smtp, ("PLAIN", "LOGIN"), ann, "PLAIN", protected=())
        mail, data = whole("tricky-to-GreenMail")
        send(smtps, "--tlsc", *GOOD, *as_ann(), *data, to=ann)
        send(smtps, "--tlsc", *BAD, to=ann, exit=29)
        send(smtp, *with_attachment(), to=ann)
        shown = send(smtp, "--chunking", "--pipeline", "--notify=NEVER", to=ann)
        expect("CHUNKING is not offered" in shown and "DSN is not offered" in shown, f"not a word about what is missing:\n{shown}")
        send(smtp, "--tls", to=ann, exit=29)
        first, second, _ = inbox(address, peer.pop3, "ann")
        expect(below_received(first)[0] == mail, f"GreenMail has {first!r}")
        compare(second)
    return "GreenMail"


class BehindProxy(PostfixPeer):
    greeting = b""  # it says nothing before the proxy has said who comes


def postfix(address, dovecot_address):
    with DovecotStranger(dovecot_address, CA) as knows:
        also = {
            "smtpd_sasl_auth_enable": "yes",
            "smtpd_sasl_type": "dovecot",
            "smtpd_sasl_path": f"inet:{knows.at(knows.auth)}",
            "smtpd_tls_ask_ccert": "yes",
            "smtpd_tls_CAfile": knows.trusted,
            "smtpd_tls_received_header": "yes",
            "smtpd_authorized_xclient_hosts": "127.0.0.0/8",
        }
        with PostfixPeer("postfix.test", address, free_port([address]), tls=CA, also=also) as peer:
            where = f"{address}:{peer.port}"
            peer.taker.offered += ("DSN",)

            def taken(recipient):
                peer.taker.wait(lambda: any(recipient in t.recipients and t.replies for t in peer.taker.transactions), 60, f"mail for {recipient}")
                return next(t for t in peer.taker.taken() if recipient in t.recipients)

            logins(where, ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"), "a@postfix.test", "SCRAM-SHA-256")
            certificates(where, "a@postfix.test")
            mail, data = whole("tricky-to-Postfix")
            send(where, *GOOD, *CERTIFICATE, "--chunking", "--pipeline", "--8bitmime", "--notify=SUCCESS,FAILURE", "--ret=HDRS",
                 "--envid=an+id=1", "--orcpt=first@there.test", *data, to="dsn@postfix.test")  # fmt: skip
            told = taken("dsn@postfix.test")
            expect(below_received(told.mail)[0] == mail, f"it has changed: {told.mail!r}")
            expect(re.search(rb'Client CN "ann", Issuer "[^"]*" \(verified OK\)', told.mail), f"the certificate was not shown: {told.mail!r}")
            expect("RET=HDRS" in told.parameters and "ENVID=an+2Bid+3D1" in told.parameters, f"MAIL {told.parameters}")
            expect("NOTIFY=SUCCESS,FAILURE" in told.notify[0] and "ORCPT=rfc822;first@there.test" in told.notify[0], f"RCPT {told.notify}")
            send(where, "--xclient-addr=192.0.2.88", "--xclient-name=far.client.example", "--xclient-helo=helo.example", to="x@postfix.test")
            received = taken("x@postfix.test").mail
            expect(b"(far.client.example [192.0.2.88])" in received, f"XCLIENT is not in Received: {received!r}")
            send(where, to="a@postfix.test,nobody@postfix.test,later@postfix.test", exit=40)
        also = {"smtpd_upstream_proxy_protocol": "haproxy", "smtpd_upstream_proxy_timeout": "60s"}
        with BehindProxy("behind.test", address, free_port([address]), also=also) as behind:
            for version in ("v1", "v2"):
                source = f"192.0.2.{version[1]}"
                send(f"{address}:{behind.port}", f"--proxy={version}", f"--proxy-source={source}", "--proxy-source-port=4711",
                     f"--proxy-dest={address}", "--proxy-dest-port=25", to=f"{version}@behind.test", sender=f"{version}@client.example")  # fmt: skip
            received = {t.sender[:2]: t.mail for t in behind.delivered(2)}
            for version in ("v1", "v2"):
                expect(f"[192.0.2.{version[1]}]".encode() in received[version], f"PROXY {version} is not in Received: {received[version]!r}")
    return "Postfix"


def has_ipv6():
    with contextlib.suppress(OSError), socket.create_server(("::1", 0), family=socket.AF_INET6):
        return True


def which_way(_):
    """-4 and -6, a server that says nothing, one that hangs up, and the next MX."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begin = time.monotonic()
        shown = send(f"127.0.0.1:{silent.getsockname()[1]}", "--timeout", "2", to="a@x.example", exit=21)
        took = time.monotonic() - begin
        expect("greeting" in shown and took < 60, f"{took:.1f} s; it does not say what it waits for:\n{shown}")

    class Later(Answers):
        def mail(self, transaction):
            return "451 4.3.0 Come again later"

    with Internet("silent.test", "later.test", "good.test", zones={"many.test": [
        "MX 10 mx.silent.test", "MX 20 mx.later.test", "MX 30 mx.good.test",
    ], "both.test": ["A 127.0.0.1", "AAAA ::1"]}) as internet:  # fmt: skip
        names = f"--set=dns.servers={internet.names.server}"
        port = free_port()
        here = {"-4": "127.0.0.1", "-6": "::1"} if has_ipv6() else {"-4": "127.0.0.1"}
        with contextlib.ExitStack() as stack:
            for family, address in here.items():
                taker = stack.enter_context(Taker(address, port))
                send(f"both.test:{port}", family, names, to="a@x.example")
                expect(len(taker.taken()) == 1, f"{family} has not gone to {taker.address}")

        with internet.taker("later.test", answers=Later()), internet.taker("good.test") as good:
            how = ("--to=a@many.test", f"--from={SENDER}", f"--port={internet.port}", names, "--timeout=10")
            done = ehlo("send", *how)
            print(done.stdout)
            expect(done.returncode == 23 and "451 4.3.0" in done.stdout, f"exit {done.returncode}\n{done.stdout}")
            done = ehlo("send", *how, "--all-mx")
            print(done.stdout)
            expect(done.returncode == 0 and len(good.taken()) == 1, f"--all-mx: exit {done.returncode}\n{done.stdout}")
    return "the network"


begin = time.monotonic()
with ThreadPoolExecutor(3) as threads:
    tried = [threads.submit(dovecot, f"{NETWORK}.17"), threads.submit(postfix, f"{NETWORK}.31", f"{NETWORK}.18"),
             threads.submit(aiosmtpd, f"{NETWORK}.32"), threads.submit(greenmail, f"{NETWORK}.33"), threads.submit(which_way, None)]  # fmt: skip
for failed in filter(None, (each.exception() for each in tried)):
    traceback.print_exception(failed)
print(f"figure: {', '.join(each.result() for each in tried)}, in {time.monotonic() - begin:.0f} s")

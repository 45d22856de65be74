"""`ehlo check --from-mail` explains mails that real servers have handed on: Postfix to Exim to Ehlo, and back to a file.

It names the three hops, who had it from whom, by which protocol, with the TLS that there was, without a delay that is
negative or long, and from which hop on it can be believed; the parts are those that were sent. A mail that lacks what a
mail needs and bears a made-up Received field is found odd.
"""

import contextlib
import json
import smtplib
import ssl
import time
from email.message import EmailMessage
from email.utils import formatdate

from ehlo import ehlo as command
from ehlo import expect
from mails import maildrop
from names import Internet
from servers import EximPeer, PostfixPeer

ANN = "ann@ehlo.test"
FORGED = "from a (a.bank.example [45.45.0.1]) by b.bank.example with ESMTPS id 1; " + formatdate(time.time() - 21 * 86_400)


def send(server, mail, starttls):
    """By way of a server, as a program sends mail."""
    with smtplib.SMTP(server.address, server.port, "client.example", timeout=60) as smtp:
        if starttls:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            smtp.starttls(context=context)
        smtp.sendmail("bob@client.example", [ANN], mail)


def arrived(server, seconds=120):
    """The one mail that has come, and is taken out."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        mails = maildrop(server, ANN, delete=True)
        if mails:
            expect(len(mails) == 1, f"{len(mails)} mails came")
            return mails[0]
        time.sleep(0.5)
    raise AssertionError("the mail has not come")


def explain(folder, mail, exit):
    """The document; the page is in the transcript."""
    file = folder / "mail.eml"
    file.write_bytes(mail)
    page = command("check", "--from-mail", str(file), "--all")
    print(page.stdout + page.stderr)
    done = command("check", "--from-mail", "-", "--json", stdin=mail.decode())
    expect(done.returncode == exit == page.returncode, f"exit {done.returncode}, {page.returncode}: {done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def whole():
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Bob <bob@client.example>", ANN, "Grüße"
    mail["Date"], mail["Message-ID"] = formatdate(), "<1@client.example>"
    mail.set_content("Hello Ann,\nsee below.\n")
    mail.add_attachment(bytes(range(256)), "application", "octet-stream", filename="all octets.bin")
    return mail.as_bytes()


def found(document, result):
    return {finding["check"] for finding in document["findings"] if finding["result"] == result}


with contextlib.ExitStack() as stack:
    net = stack.enter_context(Internet("ehlo.test", "exim.test", "front.test"))
    server = stack.enter_context(net.ehlo("ehlo.test", [ANN]))
    exim = stack.enter_context(net.server(EximPeer, "exim.test", tls=True, onward_tls=True, routes={"ehlo.test": (server.host, server.smtp)}))
    postfix = stack.enter_context(net.server(PostfixPeer, "front.test", tls=True, onward_tls=True, routes={"ehlo.test": (exim.address, exim.port)}))

    send(postfix, whole(), starttls=False)
    document = explain(net.folder, arrived(server), 0)
    route = document["route"]
    hops = [(h["hop"], h["from"], h["address"], h["by"], h["with"].upper(), h["tls"]["told"]) for h in route["hops"]]
    # The first is not encrypted, and stays on this machine.
    expected = [
        (1, "client.example", hops[0][2], "mx.front.test", "ESMTP", "local"),
        (2, "mx.front.test", postfix.address, "mx.exim.test", "ESMTPS", "yes"),
        (3, "mx.exim.test", exim.address, "mx.ehlo.test", "ESMTPS", "yes"),
    ]
    expect(hops == expected, f"the hops are {hops}, and not {expected}")
    expect([h["tls"]["version"] for h in route["hops"]] == ["", "TLSv1.3", "TLSv1.3"], f"TLS is {route['hops']}")
    expect(all(h["tls"]["cipher"] for h in route["hops"][1:]), f"a cipher is missing: {route['hops']}")
    expect(all(h["id"] and h["time"] for h in route["hops"]), f"an id or a time is missing: {route['hops']}")
    delays = [h["delay"] for h in route["hops"]]
    expect(delays[0] is None and all(0 <= d < 60 for d in delays[1:]), f"the delays are {delays}")
    expect([h["own"] for h in route["hops"]] == [False, False, True], "from which hop on it is believed")
    expect(document["mail"]["subject"] == "Grüße" and document["mail"]["sender"] == "bob@client.example", document["mail"])
    parts = [(p["type"], p["decoded"], p["fileName"]) for p in document["parts"]["parts"]]
    expect([p[0] for p in parts] == ["text/plain", "application/octet-stream"], f"the parts are {parts}")
    expect(parts[1][1:] == (256, "all octets.bin"), f"the parts are {parts}")
    expect(not found(document, "fail") | found(document, "warn"), f"odd is {document['findings']}")

    forged = b"Received: " + FORGED.encode() + b"\r\nFrom: \"ann@bank.example\" <x@cheap.example>\r\nTo: " + ANN.encode() + b"\r\n\r\nPay.\r\n"
    send(postfix, forged, starttls=True)
    document = explain(net.folder, arrived(server), 51)
    hops = [(h["by"], h["own"]) for h in document["route"]["hops"]]
    expect(hops[0] == ("b.bank.example", False) and hops[-1] == ("mx.ehlo.test", True), f"the hops are {hops}")
    expect(document["route"]["hops"][1]["tls"]["told"] == "yes", f"the client's TLS: {document['route']['hops'][1]}")
    expect("name" in found(document, "fail"), f"found is {document['findings']}")
    expect("delay" in found(document, "warn"), f"three weeks on the way are not told: {document['findings']}")
    expect(not server.troubles(), f"the log tells of trouble: {server.troubles()}")
print("figure: 3 hops of 3 servers explained")

"""Reports of Ehlo (failed, delayed, relayed, delivered) are read by Python's email, mutt and s-nail; Postfix and Exim pass them on.

Every field of RFC 3464 that is owed is there and exact: what the sender gave with RFC 3461's parameters comes back, the
next server's own words are quoted, the report has the null reverse-path, and nobody is told who did not ask.
"""

import contextlib
import re
import smtplib
import subprocess

from ehlo import PASSWORD, expect, temporary
from mails import TRICKY, below_received, maildrop, sample
from names import Internet
from reports import address, report
from servers import EximPeer, OpenSmtpdPeer, PostfixPeer
from terminal import Terminal

ANN = "ann@ehlo.test"


def send(smtp, sender, recipients, mail, options=()):
    """`recipients`: address -> parameters of its RCPT. Returns the id that the 250 tells."""
    smtp.docmd("RSET")
    for command in (
        " ".join([f"MAIL FROM:<{sender}>", *options]),
        *(f"RCPT TO:<{recipient}> {parameters}".strip() for recipient, parameters in recipients.items()),
    ):
        code, text = smtp.docmd(command)
        expect(code == 250, f"{command} is answered {code} {text}")
    code, text = smtp.data(mail)
    expect(code == 250, f"the mail is answered {code} {text}")
    return re.search(rb"queued as (\w+)", text).group(1).decode()


def drop(server, user, mails, seconds=60):
    """Waits for so many mails in a maildrop, and empties it."""
    from taker import until

    until(lambda: len(maildrop(server, user)) >= mails, seconds, f"{user} has not {mails} mails, but {maildrop(server, user)}")
    found = maildrop(server, user, delete=True)
    expect(len(found) == mails, f"{user} has {len(found)} mails, not {mails}: {found}")
    for mail in found:
        print(mail.decode("utf-8", "replace"))
    return found


def read(mail):
    expect(mail.startswith(b"Return-Path: <>\r\n"), f"the report does not come from the null reverse-path: {mail[:200]}")
    parsed = report(below_received(mail)[0])
    expect("mailer-daemon" in parsed.header["From"].lower(), f"From: {parsed.header['From']}")
    expect(ANN in parsed.header["To"], f"To: {parsed.header['To']}")
    return parsed


def failed(net, ehlo, smtp):
    original = sample("to nobody", TRICKY, ANN, "nobody@postfix.test")
    recipients = {
        "nobody@postfix.test": "NOTIFY=FAILURE ORCPT=rfc822;No+2BBody@first.test",
        "nobody@exim.test": "",
        "yes@postfix.test": "NOTIFY=FAILURE,DELAY",
        "nobody@opensmtpd.test": "NOTIFY=NEVER",
        "ann@null.test": "",
        "ann@none.test": "",
    }
    send(smtp, ANN, recipients, original, ["BODY=8BITMIME", "RET=FULL", "ENVID=QQ314159+2BX"])
    ehlo.wait_for_empty_queue()
    said = {}
    for mail in drop_all(ehlo, {"nobody@postfix.test", "nobody@exim.test", "ann@null.test", "ann@none.test"}):
        parsed = read(mail)
        expect(parsed.mail["Original-Envelope-Id"] == "QQ314159+X", parsed.mail)
        expect(address_of(parsed.mail["Reporting-MTA"]) == "mx.ehlo.test", parsed.mail)
        expect("Arrival-Date" in parsed.mail, parsed.mail)
        expect(parsed.returned["Subject"] == "to nobody", f"returned was {parsed.returned}")
        expect("Grüße aus Zürich" in parsed.returned.get_content(), f"returned was {parsed.returned}")
        for group in parsed.recipients:
            expect(group["Action"] == "failed", group)
            recipient = address(group["Final-Recipient"])
            expect(recipient in parsed.text, f"the text for people does not name {recipient}: {parsed.text}")
            said[recipient] = group
    postfix = said["nobody@postfix.test"]
    expect(address(postfix["Original-Recipient"]) == "No+Body@first.test", postfix)
    expect(postfix["Status"] == "5.1.1", postfix)
    expect(address_of(postfix["Remote-MTA"]) == "mx.postfix.test", postfix)
    expect(re.match(r"smtp; ?550 5\.1\.1 .*No such user here", postfix["Diagnostic-Code"]), postfix)
    exim = said["nobody@exim.test"]
    expect(re.match(r"smtp; ?550 (5\.1\.1 )?No such user here", exim["Diagnostic-Code"]), exim)
    expect(exim["Status"].startswith("5."), exim)
    expect("Original-Recipient" not in exim, f"nobody gave ORCPT: {exim}")
    expect(said["ann@null.test"]["Status"] == "5.1.10", said["ann@null.test"])
    expect(said["ann@none.test"]["Status"] in ("5.1.2", "5.4.4"), said["ann@none.test"])
    expect("Remote-MTA" not in said["ann@none.test"], "there was no other server to name")


def address_of(field):
    return field.partition(";")[2].strip()


def drop_all(ehlo, recipients):
    """The reports of one mail, whether in one or several; together they name these recipients, each once."""
    found = maildrop(ehlo, ANN, delete=True)
    for mail in found:
        print(mail.decode("utf-8", "replace"))
    named = sorted(address(g["Final-Recipient"]) for mail in found for g in read(mail).recipients)
    expect(named == sorted(recipients), f"reports name {named}, not {sorted(recipients)}")
    return found


def headers_only(net, ehlo, smtp):
    original = sample("headers only", ["line of the body"] * 1000, ANN, "nobody@postfix.test")
    send(smtp, ANN, {"nobody@postfix.test": ""}, original, ["RET=HDRS"])
    ehlo.wait_for_empty_queue()
    (mail,) = drop(ehlo, ANN, 1)
    parsed = read(mail)
    expect(parsed.returned["Subject"] == "headers only", f"returned was {parsed.returned}")
    expect(b"line of the body" not in mail, "RET=HDRS, and the body came back")
    expect("Original-Envelope-Id" not in parsed.mail, f"nobody gave ENVID: {parsed.mail}")


def relayed_and_delivered(net, ehlo, smtp):
    """NOTIFY=SUCCESS: delivered here, relayed where the next server has no DSN, and left to it where it has."""
    ask = "NOTIFY=SUCCESS,FAILURE"
    recipients = {
        "bob@ehlo.test": f"{ask} ORCPT=rfc822;bob@ehlo.test",
        "yes@opensmtpd.test": ask,
        "yes@postfix.test": f"{ask} ORCPT=rfc822;asked@first.test",
    }
    send(smtp, ANN, recipients, sample("asked", sender=ANN), ["ENVID=asked-1", "RET=HDRS"])
    found, ours, theirs = drop(ehlo, ANN, 3), {}, None
    for mail in found:
        parsed = report(below_received(mail)[0])
        expect(parsed.mail["Original-Envelope-Id"] == "asked-1", parsed.mail)
        if "mx.ehlo.test" in parsed.mail["Reporting-MTA"]:
            ours |= {address(g["Final-Recipient"]): g for g in parsed.recipients}
        else:
            theirs = parsed
    expect(set(ours) == {"bob@ehlo.test", "yes@opensmtpd.test"}, f"Ehlo reports {ours}")
    expect(ours["bob@ehlo.test"]["Action"] == "delivered", ours)
    expect(ours["yes@opensmtpd.test"]["Action"] == "relayed", ours)
    expect(address_of(ours["yes@opensmtpd.test"]["Remote-MTA"]) == "mx.opensmtpd.test", ours)
    expect(theirs and address_of(theirs.mail["Reporting-MTA"]) == "mx.postfix.test", f"Postfix was not asked: {theirs}")
    asked = theirs.of("yes@postfix.test")
    expect(address(asked["Original-Recipient"]) == "asked@first.test", f"ORCPT was not passed on: {asked}")
    expect(len(maildrop(ehlo, "bob@ehlo.test", delete=True)) == 1, "bob has not his mail")


def delayed_then_failed(net, ehlo, smtp):
    queue_id = send(smtp, ANN, {"later@postfix.test": ""}, sample("too late", sender=ANN), ["ENVID=late"])
    send(smtp, ANN, {"later@exim.test": "NOTIFY=FAILURE"}, sample("no warning", sender=ANN))
    found = drop(ehlo, ANN, 3, 120)
    late = [read(mail) for mail in found if b"later@postfix.test" in mail]
    expect([r.of("later@postfix.test")["Action"] for r in late] == ["delayed", "failed"], f"{late}")
    warning, end = (r.of("later@postfix.test") for r in late)
    expect(warning["Status"] == "4.3.0", warning)
    expect(re.match(r"smtp; ?451 4\.3\.0 .*Come again later", warning["Diagnostic-Code"]), warning)
    expect("Will-Retry-Until" in warning and "Last-Attempt-Date" in warning, warning)
    expect(end["Status"] in ("4.3.0", "4.4.7", "5.4.7"), end)
    expect(re.match(r"smtp; ?451 4\.3\.0 .*Come again later", end["Diagnostic-Code"]), end)
    expect(all(r.mail["Original-Envelope-Id"] == "late" for r in late), f"{late}")
    (other,) = [read(mail) for mail in found if b"later@exim.test" in mail]
    expect(other.of("later@exim.test")["Action"] == "failed", other)
    expect(all(e["id"] != queue_id for e in ehlo.queue() if e["state"] == "waiting"), "it still waits")
    return found[-1]


def nobody_is_told(net, ehlo, smtp):
    """A report that cannot be delivered has no report of its own."""
    send(smtp, "", {"nobody@postfix.test": ""}, sample("from nobody"))
    send(smtp, "nobody@exim.test", {"nobody@postfix.test": ""}, sample("to nobody, from nobody"))
    ehlo.wait_for_empty_queue()
    expect(maildrop(ehlo, ANN) == [], "somebody was told")


def shown(net, ehlo, smtp):
    """mutt's screen has the sentences for people and the remote's words; s-nail lists and shows the report too."""
    send(smtp, ANN, {"nobody@postfix.test": ""}, sample("to be shown", sender=ANN, to="nobody@postfix.test"))
    ehlo.wait_for_empty_queue()
    (mail,) = maildrop(ehlo, ANN)
    text = [line for line in report(below_received(mail)[0]).text.splitlines() if len(line) > 20][0]
    folder = temporary("mutt")
    (folder / "muttrc").write_text(
        f"""set folder={folder} spoolfile=pop://127.0.0.1:{ehlo.pop3}/
set pop_user="{ANN}" pop_pass="{PASSWORD}" pop_authenticators="user"
set ssl_starttls=no ssl_force_tls=no pop_delete=no quit=yes delete=no move=no
set message_cachedir="" header_cache="" wait_key=no pager_stop=yes smart_wrap=yes
"""
    )
    with Terminal(f"mutt -n -F {folder}/muttrc") as terminal:
        terminal.wait_for(r"Msgs:1")
        terminal.enter()
        terminal.wait_for(re.escape(text[:60]))
        for words in (r"nobody@postfix\.test", r"No such\s+user here"):
            terminal.wait_for(words)
        terminal.press("v")  # its parts
        for part in ("1 What became of your mail", "2 The same for mail programs", "3 Your mail"):
            terminal.wait_for(part)
        print(terminal.screen())
        terminal.press("q")
        terminal.press("q")
        terminal.press("q")
    box = folder / "mbox"
    box.write_bytes(b"From nobody Sun Nov 22 10:00:00 2026\n" + mail.replace(b"\r\n", b"\n") + b"\n")
    done = subprocess.run(
        ["s-nail", "-n", "-R", "-Y", "print 1\nquit", "-f", str(box)], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    expect(text in done.stdout and "No such user here" in " ".join(done.stdout.split()), f"s-nail shows: {done.stdout}{done.stderr}")
    maildrop(ehlo, ANN, delete=True)
    return mail


def passed_on(servers, mail):
    """A report of Ehlo goes through Postfix and through Exim as it is."""
    octets = below_received(mail)[0]
    for server in (servers["postfix.test"], servers["exim.test"]):
        server.taker.forget()
        with smtplib.SMTP(server.address, server.port, "client.example", timeout=90) as smtp:
            smtp.ehlo()
            options = ["BODY=8BITMIME"] if not octets.isascii() else []
            smtp.sendmail("", [f"reader@{server.domain}"], octets, mail_options=options)
        (taken,) = server.delivered(1)
        expect(taken.sender == "", f"{server.name}: from {taken.sender}")
        expect(below_received(taken.mail)[0] == octets, f"{server.name}: sent {octets}, arrived {taken.mail}")
        report(below_received(taken.mail)[0])


hosts = {"ehlo.test": None, "postfix.test": PostfixPeer, "exim.test": EximPeer, "opensmtpd.test": OpenSmtpdPeer}
zones = {"null.test": ["MX 0 ."]}
with contextlib.ExitStack() as stack:
    net = stack.enter_context(Internet(*hosts, zones=zones))
    settings = {"queue.warn": "4s", "queue.expire": "12s", "queue.retry": "1s"}
    ehlo = stack.enter_context(net.ehlo("ehlo.test", [ANN, "bob@ehlo.test"], settings))
    back = {"ehlo.test": (ehlo.host, ehlo.smtp)}
    servers = {}
    for domain, kind in hosts.items():
        if kind:
            server = net.server(kind, domain, routes=back if kind is PostfixPeer else None, dsn=kind is not OpenSmtpdPeer)
            servers[domain] = stack.enter_context(server)
    smtp = stack.enter_context(ehlo.client())
    for part in (failed, headers_only, relayed_and_delivered, delayed_then_failed, nobody_is_told):
        print(f"--- {part.__name__}")
        part(net, ehlo, smtp)
    print("--- shown, and passed on")
    passed_on(servers, shown(net, ehlo, smtp))
    print(ehlo.verify())

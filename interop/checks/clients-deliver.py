"""swaks, smtplib, msmtp, curl, smtp-source and a relaying Postfix deliver without a warning, octet for octet."""

import re
import smtplib
import tempfile
import time
from pathlib import Path

from ehlo import Server, expect, temporary
from mails import TRICKY, content, maildrop, run, sample
from peers import Postfix, smtp_source

SENDER = "bob@client.example"


def swaks(server, mail):
    file = temporary("swaks") / "mail"
    # swaks wants the mail with the line endings of the system and stuffs the dots itself.
    file.write_bytes(mail.replace(b"\r\n", b"\n"))
    said = run(
        ["swaks", "--server", f"127.0.0.1:{server.smtp}", "--ehlo", "client.example"]
        + ["--from", SENDER, "--to", "ann@localhost", "--data", f"@{file}"]
    ).decode()
    expect("<** " not in said and "*** " not in said, f"swaks shows an unexpected reply:\n{said}")


def swaks_pipelined(server, mail):
    file = temporary("swaks") / "mail"
    file.write_bytes(mail.replace(b"\r\n", b"\n"))
    said = run(
        ["swaks", "--pipeline", "--server", f"127.0.0.1:{server.smtp}", "--ehlo", "client.example"]
        + ["--from", SENDER, "--to", "ann@localhost", "--data", f"@{file}"]
    ).decode()
    expect("<** " not in said and "*** " not in said, f"swaks shows an unexpected reply:\n{said}")


def python(server, mail):
    smtp = smtplib.SMTP("127.0.0.1", server.smtp, "client.example", timeout=90)
    smtp.ehlo()
    refused = smtp.sendmail(SENDER, ["ann@localhost"], mail, mail_options=["BODY=8BITMIME"])
    expect(refused == {}, f"smtplib: refused {refused}")
    code, text = smtp.quit()
    expect(code == 221, f"QUIT was answered {code} {text}")


def msmtp(server, mail):
    run(
        ["msmtp", "--host=127.0.0.1", f"--port={server.smtp}", "--tls=off", "--auth=off", "--domain=client.example"]
        + [f"--from={SENDER}", "--", "ann@localhost"],
        stdin=mail.replace(b"\r\n", b"\n"),
    )


def curl(server, mail):
    file = temporary("curl") / "mail"
    file.write_bytes(mail)
    run(
        ["curl", "--silent", "--show-error", f"smtp://127.0.0.1:{server.smtp}/client.example"]
        + ["--mail-from", SENDER, "--mail-rcpt", "ann@localhost", "--upload-file", str(file)]
    )


def postfix(server, mail):
    # Not below target/: Postfix's own users must be able to enter every folder on the way.
    with tempfile.TemporaryDirectory(prefix="ehlo-postfix-") as folder:
        log = Path(folder) / "log"
        with Postfix(folder, transport=f"localhost=smtp:[127.0.0.1]:{server.smtp}", log=log) as relay:
            smtp = smtplib.SMTP("127.0.0.1", relay.port, "client.example", timeout=90)
            smtp.ehlo()
            smtp.sendmail(SENDER, ["ann@localhost"], mail, mail_options=["BODY=8BITMIME"])
            smtp.quit()
            deadline = time.monotonic() + 30
            while "status=" not in log.read_text() and time.monotonic() < deadline:
                time.sleep(0.1)
        said = [line for line in log.read_text().splitlines() if "postfix-script" not in line]
        print("\n".join(said))
        sent = [line for line in said if "status=sent (250 2.0.0 Ok: queued as " in line]
        expect(len(sent) == 1, "Postfix has no line with status=sent")
        loud = [line for line in said if re.search(r"warning|error|fatal|panic|offered|lost connection.*smtp\[", line)]
        loud = [line for line in loud if "after CONNECT" not in line]  # our own wait for its port
        expect(not loud, f"Postfix warns: {loud}")


with Server() as server:
    for client in (swaks, swaks_pipelined, python, msmtp, curl, postfix):
        name = client.__name__.replace("_", ", ")
        print(f"--- {name}")
        mail = sample(f"by {name}", TRICKY)
        client(server, mail)
        mails = maildrop(server, delete=True)
        expect(len(mails) == 1, f"{name}: {len(mails)} mails arrived, not 1")
        arrived = content(mails[0])
        if client is postfix:
            received, rest = re.match(rb"(Received: [^\n]*\n(?:[ \t][^\n]*\n)*)(.*)", arrived, re.S).groups()
            print(received.decode())
            arrived = rest
        # swaks ends its data with an empty line of its own.
        same = arrived == mail or (client in (swaks, swaks_pipelined) and arrived == mail + b"\r\n")
        expect(same, f"{name}: sent {mail!r}, arrived {arrived!r}")

    for sessions, one_connection, octets in ((1, True, 1000), (10, True, 4096), (10, False, 4096), (5, True, 102400)):
        print(f"--- smtp-source, {sessions} sessions, {octets} octets, many mails a connection: {one_connection}")
        smtp_source(server.smtp, 100, sessions, octets, "ann@localhost", one_connection=one_connection)
        mails = maildrop(server, delete=True)
        expect(len(mails) == 100, f"smtp-source: {len(mails)} mails arrived, not 100")
        subjects = {re.search(rb"^Message-Id: .*$", content(m), re.M | re.I).group() for m in mails}
        expect(len(subjects) == 100, f"smtp-source: only {len(subjects)} different mails arrived")

"""Mails as octets: what was sent, and what a maildrop gives back below our own header lines."""

import poplib
import re
import ssl
import subprocess

from ehlo import PASSWORD, Failed, expect, temporary

# What the final server writes above the content (RFC 5321 §4.4): one Return-Path and its own Received.
OURS = re.compile(rb"Return-Path: <[^\r\n]*>\r?\nReceived: [^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")


# What servers on the way and the last one write in front.
ON_THE_WAY = re.compile(rb"(?:(?:Received|Return-Path|Delivered-To): [^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*)*")


def below_received(mail):
    """The content as it was sent, and the Received lines and their like that servers put in front of it."""
    front = ON_THE_WAY.match(mail).group()
    return mail[len(front) :], front


def content(mail):
    """The content as it was sent, without the lines that our server put above it."""
    ours = OURS.match(mail)
    expect(ours, f"a mail does not begin with our Return-Path and Received: {mail[:300]!r}")
    return mail[ours.end() :]


def sample(subject, body=("Hello,", "this is a test."), sender="bob@client.example", to="ann@localhost"):
    """A mail with CRLF line endings, as octets, with the lines that trip careless programs."""
    head = [
        f"From: {sender}",
        f"To: {to}",
        f"Subject: {subject}",
        "Date: Mon, 23 Nov 2026 10:00:00 +0000",
        f"Message-ID: <{re.sub('[^a-z0-9]+', '-', subject.lower())}@client.example>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return "".join(line + "\r\n" for line in [*head, "", *body]).encode()


TRICKY = (
    ".",
    "..",
    ". a line that begins with a dot",
    "From here on a line that mbox would change",
    "trailing spaces   ",
    "a tab\tand Grüße aus Zürich",
    "",
    "x" * 998,
)


def maildrop(server, user="ann@localhost", password=PASSWORD, delete=False, ca=None):
    """Every mail of a maildrop by Python's poplib, as octets with CRLF, oldest first; with `ca` over verified TLS."""
    poplib._MAXLINE = 1_000_000
    pop = poplib.POP3("localhost" if ca else "127.0.0.1", server.pop3, timeout=60)
    if ca:
        pop.stls(ssl.create_default_context(cafile=ca))
    pop.user(user)
    pop.pass_(password)
    mails = []
    for number in range(1, pop.stat()[0] + 1):
        lines = pop.retr(number)[1]
        mails.append(b"".join(line + b"\r\n" for line in lines))
        if delete:
            pop.dele(number)
    pop.quit()
    return mails


def run(command, *, stdin=b"", env=None, timeout=180, quiet=True):
    """Runs a client; it must end with 0 and, when `quiet`, say nothing on stderr."""
    done = subprocess.run(command, input=stdin, env=env, capture_output=True, timeout=timeout)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    if done.returncode != 0:
        raise Failed(f"{command[0]}: status {done.returncode}: {said[-2000:]}")
    if quiet and done.stderr.strip():
        raise Failed(f"{command[0]} complains: {said[-2000:]}")
    return done.stdout


def by_mpop(server, user="ann@localhost"):
    """Every mail as mpop delivers it, with CRLF (its Exchange pickup delivery keeps them)."""
    folder = temporary("mpop")
    run(
        [
            "mpop",
            "--host=127.0.0.1",
            f"--port={server.pop3}",
            f"--user={user}",
            f"--passwordeval=echo {PASSWORD}",
            "--auth=user",
            "--tls=off",
            "--keep=on",
            "--only-new=off",
            "--received-header=off",
            f"--uidls-file={folder}/uidls",
            f"--delivery=mda,cat > $(mktemp {folder}/mail-XXXXXXXX)",
            "--quiet",
        ]
    )
    # mpop hands a mail to a program with the line endings of the system.
    return [f.read_bytes().replace(b"\n", b"\r\n") for f in sorted(folder.glob("mail-*"), key=lambda f: f.stat().st_mtime_ns)]


def by_fetchmail(server, user="ann@localhost"):
    """Every mail as fetchmail hands it to a delivery program, with CRLF."""
    folder = temporary("fetchmail")
    control = folder / "fetchmailrc"
    control.write_text(
        f"""set no bouncemail
set no spambounce
set invisible
poll 127.0.0.1 protocol pop3 port {server.pop3} auth password timeout 30 bad-header accept
  user "{user}" password "{PASSWORD}" sslproto ""
  fetchall keep norewrite pass8bits no dropdelivered nostripcr
  mda "cat > $(mktemp {folder}/mail-XXXXXXXX)"
"""
    )
    control.chmod(0o600)
    run(["fetchmail", "--silent", "-f", str(control), "-i", f"{folder}/ids", "--pidfile", f"{folder}/pid"], quiet=False)
    return [
        re.sub(rb"(?<!\r)\n", b"\r\n", f.read_bytes())
        for f in sorted(folder.glob("mail-*"), key=lambda f: f.stat().st_mtime_ns)
    ]

"""`ehlo send` sends the same mails to Postfix, Exim, Sendmail, OpenSMTPD and Ehlo itself, octet for octet.

Plain, over STARTTLS (a certificate that is not good is said), 8-bit, with an attachment, in groups, in chunks, with requests
for reports, and to one recipient that is refused and one that is put off, which is exit 40; to Ehlo also with a login.
What the server has not offered is said. Nobody's password is ever shown.
"""

import base64
import email
import email.policy
import json
import os

from ehlo import PASSWORD, Server, ehlo, expect, temporary
from mails import TRICKY, below_received, maildrop, sample
from servers import EximPeer, OpenSmtpdPeer, PostfixPeer, SendmailPeer

PORT = 2526
PEERS = [PostfixPeer, EximPeer, SendmailPeer, OpenSmtpdPeer]


def send(*words, stdin="", exit=0, env=None):
    done = ehlo("send", "--from", "bob@client.example", *words, stdin=stdin, env=env)
    expect(done.returncode == exit, f"{words}: exit {done.returncode} instead of {exit}\n{done.stdout}{done.stderr}")
    return done.stdout


def whole(folder, name, mail):
    file = folder / f"{name}.eml"
    file.write_bytes(mail)
    return f"@{file}"


def taken(peer, recipient):
    """The octets that came for this recipient, below what the server has put in front."""
    peer.taker.wait(lambda: any(recipient in t.recipients and t.replies for t in peer.taker.transactions), 60, f"mail for {recipient}")
    mail = next(t.mail for t in peer.taker.taken() if recipient in t.recipients)
    return below_received(mail)[0]


def with_attachment(folder, where, to):
    octets = bytes(range(256)) * 20
    (folder / "all octets.bin").write_bytes(octets)
    send(*where, "--to", to, "--h-Subject", "Grüße", "--body", "Hällo", "--attach", str(folder / "all octets.bin"))

    def compare(arrived):
        mail = email.message_from_bytes(arrived, policy=email.policy.default)
        expect(mail["Subject"] == "Grüße", f"the subject is {mail['Subject']!r}")
        text, attached = mail.iter_parts()
        expect(text.get_content().strip() == "Hällo", f"the text is {text.get_content()!r}")
        expect(attached.get_filename() == "all octets.bin", f"the file is called {attached.get_filename()!r}")
        expect(attached.get_payload(decode=True) == octets, "the file has changed")

    return compare


def to_peer(peer, folder):
    where = ("--server", f"{peer.address}:{peer.port}")
    at = f"@{peer.domain}"
    plain = sample("plain", to=f"plain{at}")
    shown = send(*where, "--to", f"plain{at}", "--data", whole(folder, "plain", plain))
    expect("=== accepted for 1 recipient" in shown, shown)
    expect(taken(peer, f"plain{at}") == plain, f"plain has changed: {taken(peer, f'plain{at}')!r}")

    tricky = sample("tricky", TRICKY, to=f"tricky{at}")
    # Debian 12's OpenSMTPD offers STARTTLS and breaks the handshake (it is older than its OpenSSL).
    broken = peer.name == "opensmtpd"
    if broken:
        shown = send(*where, "--to", f"never{at}", "--tls", exit=29)
        expect("*** no TLS: the server says internal_error" in shown, shown)
    how = [] if broken else ["--tls"]
    shown = send(
        *where, "--to", f"tricky{at}", *how, "--pipeline", "--chunking", "--notify", "FAILURE",
        "--data", whole(folder, "tricky", tricky),
    )  # fmt: skip
    told = " ~> MAIL FROM" in shown and "*** TLS is on, but the certificate is not valid" in shown
    expect(broken or told, shown)
    bdat, data = "> BDAT " in shown, "CHUNKING is not offered" in shown
    expect(bdat != data, f"chunks or a word about them\n{shown}")
    expect(("NOTIFY=FAILURE" in shown) != ("DSN is not offered" in shown), f"NOTIFY or a word about it\n{shown}")
    expect(taken(peer, f"tricky{at}") == tricky, f"tricky has changed: {taken(peer, f'tricky{at}')!r}")
    send(*where, "--to", f"never{at}", "--tls", "--tls-verify", exit=29)

    with_attachment(folder, where, f"file{at}")(taken(peer, f"file{at}"))

    told = send(*where, "--to", f"some{at},nobody{at},later{at}", "--json", exit=40)
    states = {r["recipient"].split("@")[0]: (r["state"], r["retryable"]) for r in json.loads(told)["recipients"]}
    expect(
        states == {"some": ("accepted", False), "nobody": ("refused", False), "later": ("deferred", True)},
        f"some were accepted and some were not: {told}",
    )
    send(*where, "--to", f"nobody{at}", exit=24)
    send(*where, "--quit-after", "ehlo")
    print(f"{peer.name}: {'BDAT' if bdat else 'DATA'}, octet for octet")


def to_ehlo(folder):
    with Server() as server:
        tricky = sample("tricky", TRICKY)
        where = ("--server", f"127.0.0.1:{server.smtp}")
        send(*where, "--to", "ann@localhost", "--data", whole(folder, "tricky", tricky), "--chunking", "--pipeline")
        compare = with_attachment(folder, where, "ann@localhost")
        login = ("--server", f"127.0.0.1:{server.submission}", "--tls", "--auth-user", "ann@localhost")
        done = ehlo(
            "send", "--from", "ann@localhost", "--to", "ann@localhost", *login, "--auth-password-env", "SECRET",
            env=os.environ | {"SECRET": PASSWORD},
        )  # fmt: skip
        expect(done.returncode == 0, done.stdout + done.stderr)
        hidden = base64.b64encode(f"\0ann@localhost\0{PASSWORD}".encode()).decode()
        expect(PASSWORD not in done.stdout and hidden not in done.stdout, "the password is shown")
        first, second, _ = maildrop(server)
        expect(below_received(first)[0] == tricky, "tricky has changed")
        compare(below_received(second)[0])
    print("ehlo: BDAT and AUTH, octet for octet")


def main():
    folder = temporary("send")
    for number, kind in enumerate(PEERS):
        peer = kind(f"{kind.name}.test", f"127.0.{70 + number}.11", PORT, tls=True)
        try:
            to_peer(peer, folder)
        finally:
            peer.close()
    to_ehlo(folder)
    return f"{len(PEERS) + 1} servers"


print(main())

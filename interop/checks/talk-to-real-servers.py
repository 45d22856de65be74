"""`ehlo talk` holds whole conversations with Postfix, Exim, Sendmail, OpenSMTPD, aiosmtpd, GreenMail, Dovecot and Ehlo.

A mail goes through each, typed line by line, from a file, in groups and in chunks, and is read where it arrived, octet for
octet; TLS begins in place with a certificate that is verified, or told to be bad; every mechanism that they and we have logs
in; LMTP answers for each recipient; POP3 reads and deletes. No password is in any transcript or history.
"""

import base64
import hashlib
import os
import re
import subprocess
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

from ehlo import EHLO, PASSWORD, Server, ehlo, expect, temporary
from locks import Authority
from mails import TRICKY, below_received, maildrop, sample
from names import own_network
from peers import free_port
from servers import EximPeer, OpenSmtpdPeer, PostfixPeer, SendmailPeer
from strangers import AiosmtpdStranger, DovecotStranger, GreenMailStranger
from taker import until
from terminal import Terminal

CA, OTHER = Authority(), Authority("Somebody else")
STATE = temporary("talk")
ENV = os.environ | {"XDG_STATE_HOME": str(STATE)}
NETWORK = own_network()
WRONG = "not this one"
TYPED = TRICKY[1:]  # its single dot would end what is typed
LAST = ("--exit-status=last",)
SENDER = "bob@client.example"


def talk(where, *lines, options=(), ca=CA, exit=0):
    """Types these lines through a pipe; returns the screen."""
    trust = ("--ca", ca.file) if ca else ()
    done = ehlo(
        "talk", where, "--ehlo", "client.example", "--explain", "--timeout", "30s", *trust, *options,
        stdin="".join(line + "\n" for line in lines), env=ENV,
    )  # fmt: skip
    print(f"--- {where} {options}\n{done.stdout}{done.stderr}")
    expect(done.returncode == exit, f"{where} {options}: exit {done.returncode}, not {exit}: {done.stdout[-3000:]}{done.stderr}")
    return done.stdout


def shows(screen, *patterns):
    """The patterns are on the screen, one after the other, each at the beginning of a line."""
    at = 0
    for pattern in patterns:
        found = re.compile(f"^{pattern}", re.M).search(screen, at)
        expect(found, f"{pattern!r} is not on the screen, or not behind what comes before:\n{screen[at:]}")
        at = found.end()


def typed(mail):
    """A mail as it is typed behind DATA, with the dot."""
    return [*mail.decode().removesuffix("\r\n").split("\r\n"), "."]


def envelope(recipients, sender=SENDER):
    return [f"MAIL FROM:<{sender}>", *(f"RCPT TO:<{r}>" for r in recipients)]


def file_of(name, mail):
    path = STATE / f"{name}.eml"
    path.write_bytes(mail)
    return path


def whole_mails(name, where, domain, arrived, known=None, tls=True, refuses=True, groups=True, chunks=False, options=("--verify=strict",)):
    """The conversation that every server can hold; `arrived(recipient)` gives the octets below what servers add."""
    one, two, three, four = (f"{known or who}@{domain}" for who in ("one", "two", "three", "four"))
    mails = [sample(f"{way} to {name}", TYPED, to=to) for way, to in (("typed", one), ("file", two), ("group", three), ("chunk", four))]
    secured = ["STARTTLS"] if tls else []
    refused = ["RCPT TO:<nobody@%s>" % domain, "RCPT TO:<later@%s>" % domain] if refuses else []
    lines = ["EHLO client.example", *secured, *envelope([one]), *refused, "DATA", *typed(mails[0])]
    lines += [*envelope([two]), f"/file {file_of(f'{name}-file', mails[1])}"]
    if groups:
        lines += ["/pipeline on", *envelope([three]), "DATA", *typed(mails[2]), "/pipeline off"]
    if chunks:
        lines += [*envelope([four]), f"/file {file_of(f'{name}-chunk', mails[3])} bdat"]
    lines += [*envelope([one]), "/again", "RSET", "NOOP", "HELP", "VRFY postmaster", "QUIT"]
    screen = talk(where, *lines, options=options if tls else ())
    t = m = "~" if tls else "-"
    shows(screen, r"<-  220 ", r" -> EHLO client\.example", r"<-  250-")
    if tls:
        shows(screen, r" -> STARTTLS", r"<-  220 ", r"=== TLSv1\.[23], TLS_", r"=== certificate ok: ", r" ~> EHLO client.example")
        difference_is_shown(name, screen)
    shows(screen, rf" {t}> MAIL FROM", rf"<{m}  250", rf" {t}> RCPT TO:<{one}>", rf"<{m}  250")
    if refuses:
        shows(screen, rf" {t}> RCPT TO:<nobody@", rf"<{m}\* 550[ -]|<\*\* 550[ -]", r"  # Refused, permanently",
              rf" {t}> RCPT TO:<later@", rf"<{m}\* 451[ -]|<\*\* 451[ -]", rf" {t}> DATA", rf"<{m}  354")  # fmt: skip
    shows(screen, r"  \| From: ", r"  \| \.\.$", r"  \| \.$", rf"<{m}  250", r"  # Accepted\.")
    if groups:  # together, before any answer
        shows(screen, rf" {t}> MAIL FROM:.*\n {t}> RCPT TO:.*\n {t}> DATA\n<{m}  250")
    again = screen[screen.rindex(f" {t}> RCPT TO:<{one}>"):]
    shows(again, rf" {t}> RSET", rf"<{m}  250", rf" {t}> NOOP", rf"<{m}  250", rf" {t}> QUIT", rf"<{m}  221", r"=== closed after ")
    expect(screen.count("=== connecting to ") == 2, f"/again has not connected anew:\n{screen}")
    sent = [(one, mails[0]), (two, mails[1]), *([(three, mails[2])] if groups else []), *([(four, mails[3])] if chunks else [])]
    for to, mail in sent:
        expect(arrived(to, mail) == mail, f"{name}: what came for {to} has changed: {arrived(to, mail)!r}")
    return screen


def difference_is_shown(name, screen):
    """Behind TLS: what the second answer to EHLO lacks and has beside the first, and STARTTLS is gone (RFC 3207 §4.2)."""
    first, _, second = screen.partition(" -> STARTTLS")
    offered = re.findall(r"^<-  250[- ](.*)$", first, re.M)[1:]
    told = re.search(
        r"^ ~> EHLO client\.example\n<~  250-.*\n<~  250 \.\.\. same as before, without (.*?)(?:, with (.*))?   \(/show prints it\)$",
        second, re.M,
    )  # fmt: skip
    expect(told, f"{name}: what TLS has changed is not shown:\n{screen}")
    gone, come = (words.split(", ") if words else [] for words in told.groups())
    expect("STARTTLS" in gone and set(gone) <= set(offered), f"{name}: {gone} should be gone from {offered}")
    expect(not set(come) & set(offered), f"{name}: {come} were among {offered} before")


def bad_certificates(name, where, options=("--tls",)):
    """A certificate of an authority nobody trusts: told, and with --verify=strict the end."""
    screen = talk(where, "QUIT", options=options, ca=OTHER, exit=0 if "--verify=strict" not in options else 29)
    shows(screen, r"\*\*\* TLS is on \(TLSv1\.[23]\), but the certificate is not valid:", r"\*\*\* +(UNKNOWN CA|INCOMPLETE|SELF-SIGNED)")
    screen = talk(where, "QUIT", options=(*options, "--verify=strict"), ca=OTHER, exit=29)
    expect(not re.search(r"^ ~> ", screen, re.M), f"{name}: goes on behind a bad certificate:\n{screen}")
    screen = talk(where, "QUIT", options=options)
    shows(screen, r"=== certificate ok: ")


def logins(name, where, mechanisms, options=("--tls",), tokens=(), yes=r"<~  235 ", no=r"<~\* (535|-ERR)|<\*\* (535|-ERR)"):
    """Logs in by each mechanism, by the best, and with a wrong password by each: all in one run."""
    hello = [] if "--tls" in options else ["EHLO client.example"]
    lines = []
    for mechanism in (*mechanisms, ""):
        for secret in (WRONG, PASSWORD):
            lines += [*hello, f"/auth ann {mechanism}".strip(), secret, "/reconnect"]
    for mechanism, token in tokens:
        lines += [f"/auth ann {mechanism}", token, "/reconnect"]
    screen = talk(where, *lines, "QUIT", options=options)
    parts = re.split(r"^=== connecting to .*$", screen, flags=re.M)[1:]
    for number, mechanism in enumerate((*mechanisms, "")):
        refused, accepted = parts[2 * number : 2 * number + 2]
        word = re.escape(mechanism) if mechanism else r"\S+"
        shows(refused, rf" [-~]> AUTH {word}\b|<[-~]  \+OK", no)
        shows(accepted, rf" [-~]> AUTH {word}\b|<[-~]  \+OK", yes, r"  # Logged in\.")
    best = re.search(r"^ [-~]> AUTH (\S+)", parts[2 * len(mechanisms) + 1], re.M)
    for part, (mechanism, token) in zip(parts[2 * len(mechanisms) + 2 :], tokens):
        shows(part, rf" ~> (AUTH {mechanism} )?<token of .ann.>", yes)
        expect(token not in screen, f"{name}: the token is shown")
    secret_nowhere(name, screen)
    return best.group(1) if best else None


def secret_nowhere(name, screen):
    for secret in (PASSWORD, WRONG):
        for user in ("", "\0ann\0", "ann\0ann\0"):
            for form in (secret, base64.b64encode((user + secret).encode()).decode()):
                expect(form not in screen, f"{name}: a password is on the screen, as {form}")


def taken_by(peer):
    def arrived(recipient, mail):
        def found():
            return [t.mail for t in peer.taker.taken() if recipient in t.recipients and below_received(t.mail)[0] == mail]

        try:
            return below_received(until(found, 90, "the mail")[0])[0]
        except RuntimeError:
            return [t.mail for t in peer.taker.taken() if recipient in t.recipients]

    return arrived


def postfix(address, dovecot):
    also = {
        "smtpd_sasl_auth_enable": "yes",
        "smtpd_sasl_type": "dovecot",
        "smtpd_sasl_path": f"inet:{dovecot.at(dovecot.auth)}",
        "smtpd_tls_ask_ccert": "yes",
        "smtpd_tls_CAfile": dovecot.trusted,
        "smtpd_tls_received_header": "yes",
    }
    peer = PostfixPeer("postfix.test", address, free_port([address]), tls=CA, also=also)
    with peer:
        where = f"{address}:{peer.port}"
        whole_mails("Postfix", where, "postfix.test", taken_by(peer), chunks=True)
        bad_certificates("Postfix", where)
        best = logins("Postfix", where, ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"))
        expect(best == "SCRAM-SHA-256", f"Postfix: the best is {best}")
        certified, key = (str(file) for file in CA.issue("ann", use="clientAuth"))
        known = ("--tls", "--tls-cert", certified, "--tls-key", key)
        talk(where, *envelope(["certified@postfix.test"]), "DATA", "Subject: certified", "", "x", ".", "QUIT", options=known)
        received = next(t.mail for t in peer.delivered(5) if "certified@postfix.test" in t.recipients)
        expect(re.search(rb'Client CN "ann", Issuer "[^"]*" \(verified OK\)', received), f"Postfix has not seen who we are: {received!r}")
        screen = talk(where, "EHLO c", *envelope(["nobody@postfix.test"]), "QUIT", options=LAST, exit=24)
        shows(screen, r"<\*\* 550 5\.1\.1")
        screen = talk(where, "EHLO c", *envelope(["some@postfix.test", "later@postfix.test"]), "DATA", "x", ".", "QUIT", options=LAST, exit=40)
        shows(screen, r"=== closed after .*1 mail accepted, 1 recipient, 1 refused")
    return "Postfix"


def exim(address, _):
    user = f"${{if and{{{{eq{{$auth2}}{{ann}}}}{{eq{{$auth3}}{{{PASSWORD}}}}}}}}}"
    asked = user.replace("$auth2", "$auth1").replace("$auth3", "$auth2")
    also = {
        "main": "auth_advertise_hosts = *",
        "authenticators": f"""plain:
 driver = plaintext
 public_name = PLAIN
 server_condition = {user}
 server_set_id = $auth2
login:
 driver = plaintext
 public_name = LOGIN
 server_prompts = Username:: : Password::
 server_condition = {asked}
 server_set_id = $auth1
cram:
 driver = cram_md5
 public_name = CRAM-MD5
 server_secret = ${{if eq{{$auth1}}{{ann}}{{{PASSWORD}}}fail}}
 server_set_id = $auth1
""",
    }
    with EximPeer("exim.test", address, free_port([address]), tls=CA, also=also) as peer:
        where = f"{address}:{peer.port}"
        whole_mails("Exim", where, "exim.test", taken_by(peer), chunks=True)
        bad_certificates("Exim", where)
        best = logins("Exim", where, ("PLAIN", "LOGIN", "CRAM-MD5"))
        expect(best == "CRAM-MD5", f"Exim: the best is {best}")
    return "Exim"


def sendmail(address, _):
    with SendmailPeer("sendmail.test", address, free_port([address]), tls=CA) as peer:
        where = f"{address}:{peer.port}"
        whole_mails("Sendmail", where, "sendmail.test", taken_by(peer))
        bad_certificates("Sendmail", where)
    return "Sendmail"


def opensmtpd(address, _):
    with OpenSmtpdPeer("opensmtpd.test", address, free_port([address])) as peer:
        # Without TLS: that of Debian 12 offers it and breaks the handshake (it is older than its OpenSSL).
        whole_mails("OpenSMTPD", f"{address}:{peer.port}", "opensmtpd.test", taken_by(peer), tls=False, groups=False)
    return "OpenSMTPD"


def aiosmtpd(address, _):
    with AiosmtpdStranger(address, CA) as peer:
        where = peer.at(peer.smtp)

        def arrived(recipient, mail):
            return mail if any(t["mail"] == mail and t["tls"] for t in peer.taken(recipient)) else peer.taken(recipient)

        whole_mails("aiosmtpd", where, "aiosmtpd.test", arrived)
        bad_certificates("aiosmtpd", where)
        logins("aiosmtpd", where, ("PLAIN", "LOGIN"))
        mail = sample("LMTP", TYPED)
        to = ("five@aiosmtpd.test", "six@aiosmtpd.test")
        screen = talk(peer.at(peer.lmtp), "LHLO c", "STARTTLS", *envelope((*to, "nobody@x")), "DATA", *typed(mail), "QUIT",
                      options=("--lmtp", *LAST), exit=40)  # fmt: skip
        shows(screen, r" ~> LHLO c", r" ~> DATA", r"<~  250 ")
        expect(all([t["mail"] for t in peer.taken(r)] == [mail] for r in to), f"LMTP: {[peer.taken(r) for r in to]}")
    return "aiosmtpd (SMTP, LMTP)"


def greenmail(address, _):
    with GreenMailStranger(address, CA) as peer:
        seen = []

        def arrived(recipient, mail):
            if not seen:
                seen.append(talk(peer.at(peer.pop3), "/auth ann", PASSWORD, "STAT", "LIST", "UIDL", "TOP 1 0",
                                 *(f"RETR {n}" for n in (1, 2, 3)), "DELE 1", "RSET", "DELE 2", "QUIT", options=("--pop3",)))  # fmt: skip
                shows(seen[0], r"<-  \+OK", r" -> STAT", r"<-  \+OK 3 ", r" -> DELE 2", r"<-  \+OK", r" -> QUIT", r"<-  \+OK")
                secret_nowhere("GreenMail", seen[0])
            return mail if on_screen(mail) in retrieved(seen[0], "-") else seen[0]

        where = peer.at(peer.smtp)
        whole_mails("GreenMail", where, "greenmail.test", arrived, known="ann", tls=False, refuses=False)
        logins("GreenMail", where, ("PLAIN", "LOGIN"), options=(), yes=r"<-  235 ")
        screen = talk(peer.at(peer.smtps), "EHLO c", "QUIT", options=("--smtps", "--verify=strict"))
        shows(screen, r"=== certificate ok: ", r"<~  220 ", r" ~> EHLO c")
    return "GreenMail (SMTP, POP3)"


def on_screen(mail):
    """A terminal would obey a tab."""
    return mail.replace(b"\t", b" ")


def retrieved(screen, sign):
    """The mails that RETR has shown, below what servers add; dots undone."""
    mails = re.findall(rf" {sign}> RETR \d+\n<{sign}  \+OK.*\n((?:<{sign} .*\n|<{sign}\n)*?)<{sign}  \.\n", screen)
    lines = [[re.sub(r"^\.", "", line[4:]) for line in mail.split("\n")[:-1]] for mail in mails]
    return [below_received("".join(line + "\r\n" for line in mail).encode())[0] for mail in lines]


def dovecot(peer):
    submission, pop3, lmtp = (peer.at(port) for port in (peer.submission, peer.pop3, peer.lmtp))
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256")
    tokens = (("XOAUTH2", peer.token()), ("OAUTHBEARER", peer.token()))
    expect(logins("submission", submission, mechanisms, tokens=tokens) == "SCRAM-SHA-256", "not the best")
    best = logins("POP3", pop3, mechanisms, ("--pop3", "--tls"), tokens, yes=r"<~  \+OK", no=r"<~\* -ERR|<\*\* -ERR")
    expect(best == "SCRAM-SHA-256", f"POP3: the best is {best}")
    bad_certificates("POP3", pop3, ("--pop3", "--tls"))

    mail = sample("through Dovecot", TYPED)
    screen = talk(submission, "/auth ann", PASSWORD, *envelope(["far@elsewhere.test"]), f"/file {file_of('far', mail)} bdat", "QUIT",
                  options=("--submission", "--tls", "--verify=strict"))  # fmt: skip
    shows(screen, r" ~> BDAT \d+ LAST", r"<~  250 ", r"  # Accepted")
    (sent,) = peer.taker.wait_for(1)
    expect(below_received(sent.mail)[0] == mail, f"submission has changed it: {sent.mail!r}")

    screen = talk(lmtp, "LHLO c", "STARTTLS", *envelope(["ann@x", "nobody@x", "bob@x"]), "DATA", *typed(mail), "QUIT",
                  options=("--lmtp", "--verify=strict", *LAST), exit=40)  # fmt: skip
    shows(screen, r" ~> LHLO c", r" ~> RCPT TO:<nobody@x>", r"<~\* 550 5\.1\.1", r"  \| \.$", r"<~  250 .*<ann@x>", r"<~  250 .*<bob@x>")
    screen = talk(pop3, "CAPA", "STLS", "USER ann", f"PASS {PASSWORD}", "STAT", "LIST", "UIDL", "LIST 1", "TOP 1 0", "RETR 1", "RETR 7",
                  "DELE 1", "RSET", "DELE 1", "QUIT", options=("--pop3", "--verify=strict"))  # fmt: skip
    shows(screen, r" -> STLS", r"=== certificate ok: ", r" ~> CAPA", r" ~> PASS <not shown>", r" ~> RETR 7", r"<~\* -ERR|<\*\* -ERR")
    expect(retrieved(screen, "~") == [on_screen(mail)], f"POP3: {retrieved(screen, '~')}")
    secret_nowhere("POP3", screen)
    screen = talk(pop3, "/auth ann", PASSWORD, "STAT", "QUIT", options=("--pop3", "--tls"))
    shows(screen, r" ~> STAT", r"<~  \+OK 0 0")
    certified, key = (str(file) for file in CA.issue("ann", use="clientAuth"))
    shown = ("--tls", "--tls-cert", certified, "--tls-key", key)
    screen = talk(submission, "/auth ann EXTERNAL", "QUIT", options=shown)
    shows(screen, r" ~> AUTH EXTERNAL", r"<~  235 ")
    screen = talk(pop3, "/auth ann EXTERNAL", "STAT", "QUIT", options=("--pop3", *shown))
    shows(screen, r" ~> AUTH EXTERNAL", r"<~  \+OK", r" ~> STAT", r"<~  \+OK ")
    screen = talk(submission, "/auth ann EXTERNAL", "QUIT", options=("--tls", *LAST), exit=28)
    shows(screen, r" ~> AUTH EXTERNAL", r"<~\* 535 ")
    apop(peer)
    at_a_terminal(submission)
    return "Dovecot (POP3, LMTP, submission)"


def apop(peer):
    """RFC 1939 §7: the word of the greeting, hashed together with the password, as somebody would do it by hand."""
    command = [EHLO, "talk", "--pop3", peer.at(peer.pop3), "--no-explain"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENV, bufsize=1) as talking:
        screen = ""
        while not (word := re.search(r"\+OK .*(<\S+>)", screen)):
            line = talking.stdout.readline()
            expect(line, f"no greeting: {screen}")
            screen += line
        digest = hashlib.md5(f"{word.group(1)}{PASSWORD}".encode()).hexdigest()
        talking.stdin.write(f"APOP ann {digest}\nSTAT\nQUIT\n")
        talking.stdin.close()
        screen += talking.stdout.read()
    shows(screen, r" -> APOP ann <not shown>", r"<-  \+OK", r" -> STAT", r"<-  \+OK ")
    expect(digest not in screen, "the digest is shown")


def at_a_terminal(where):
    """The password is asked for without an echo, and the login is explained."""
    with Terminal(f"env XDG_STATE_HOME={STATE} LANG=C.UTF-8 {EHLO} talk {where} --ca {CA.file} --tls --ehlo client.example", 120) as terminal:
        terminal.wait_for(r"^=== certificate ok: ")
        terminal.wait_for(r"^ ~>$")
        terminal.keys("/auth ann")
        terminal.enter()
        terminal.wait_for(r"^password:")
        terminal.keys(PASSWORD)
        terminal.enter()
        terminal.wait_for(r"^<~  235 ")
        screen = terminal.screen()
        shows(screen, r" ~> AUTH SCRAM-SHA-256", r"<~  334 ", r" ~> <proof that we know the password>", r"<~  334 ", r"<~  235 ")
        secret_nowhere("a terminal", screen)
        terminal.wait_for(r"^ ~>$")
        terminal.press("C-d")
        terminal.wait_for(r"^=== closed after")


def ours():
    certificate, key = CA.issue("localhost", "127.0.0.1")
    settings = {"tls.certificate": certificate, "tls.key": key, "domains": "ehlo.test", "policy.scram": "on"}
    with Server(["ann@ehlo.test"], settings=settings) as server:
        def arrived(recipient, mail):
            found = [m for m in maildrop(server, "ann@ehlo.test") if below_received(m)[0] == mail]
            return mail if found else maildrop(server, "ann@ehlo.test")

        whole_mails("Ehlo", f"127.0.0.1:{server.smtp}", "ehlo.test", arrived, known="ann", refuses=False, chunks=True)
        user = ("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN", "LOGIN")
        lines = [word for m in user for word in (f"/auth ann@ehlo.test {m}", PASSWORD, "/reconnect")]
        screen = talk(f"localhost:{server.submission}", *lines, "QUIT", options=("--tls",))
        expect(screen.count("<~  235 ") == len(user), f"not every login went well:\n{screen}")
        screen = talk(f"localhost:{server.pop3}", "/auth ann@ehlo.test", PASSWORD, "STAT", "RETR 1", "QUIT", options=("--pop3", "--tls"))
        shows(screen, r" ~> AUTH SCRAM-SHA-256-PLUS", r"<~  \+OK", r" ~> STAT", r"<~  \+OK 4 ")
        secret_nowhere("Ehlo", screen)
    return "Ehlo"


begin = time.monotonic()
with DovecotStranger(f"{NETWORK}.17", CA) as stranger:
    with ThreadPoolExecutor(3) as threads:
        held = [threads.submit(kind, f"{NETWORK}.{number}", stranger)
                for number, kind in enumerate((postfix, exim, sendmail, opensmtpd, aiosmtpd, greenmail), 31)]  # fmt: skip
        held += [threads.submit(dovecot, stranger), threads.submit(ours)]
    for failed in filter(None, (each.exception() for each in held)):
        traceback.print_exception(failed)
    met = [each.result() for each in held]
kept = [file for file in STATE.rglob("*") if file.is_file() and file.suffix != ".eml"]
expect(len(kept) > 30, f"transcripts are missing: {kept}")
for file in kept:
    secret_nowhere(file.name, file.read_text())
print(f"figure: {', '.join(met)}; {len(kept)} conversations kept, in {time.monotonic() - begin:.0f} s")

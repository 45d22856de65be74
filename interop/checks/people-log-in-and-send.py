"""swaks, msmtp, mutt, curl, Python, openssl s_client and Postfix log in over verified TLS and send; with SCRAM too."""

import re
import smtplib
import ssl
import subprocess
import tempfile
from pathlib import Path

from ehlo import PASSWORD, Failed, expect, temporary
from locks import Authority, locked
from mails import maildrop, run, sample
from peers import Postfix
from taker import Taker, until
from terminal import Terminal

ANN, BOB, FAR = "ann@localhost", "bob@localhost", "far@elsewhere.test"


class Login:
    """Who a client says it is, and where: `tls` is "starttls" at the submission port or "implicit" at the other."""

    def __init__(self, server, tls="starttls", user=ANN, password=PASSWORD, mechanism=None):
        self.tls, self.user, self.password, self.mechanism = tls, user, password, mechanism
        self.port = server.submission if tls == "starttls" else server.submissions


def unix(mail):
    return mail.replace(b"\r\n", b"\n")


def swaks(login, mail):
    file = temporary("swaks") / "mail"
    file.write_bytes(unix(mail))
    tls = "--tls" if login.tls == "starttls" else "--tlsc"
    return run(
        ["swaks", "--server", f"localhost:{login.port}", "--ehlo", "client.example", tls, "--tls-verify"]
        + ["--tls-ca-path", str(CA.file), "--auth", login.mechanism or "PLAIN", "--auth-user", login.user]
        + ["--auth-password", login.password, "--from", ANN, "--to", f"{BOB},{FAR}", "--data", f"@{file}"]
    )


def msmtp(login, mail):
    return run(
        ["msmtp", "--host=localhost", f"--port={login.port}", "--tls=on", f"--tls-trust-file={CA.file}"]
        + [f"--tls-starttls={'on' if login.tls == 'starttls' else 'off'}", f"--auth={(login.mechanism or 'on').lower()}"]
        + [f"--user={login.user}", f"--passwordeval=echo '{login.password}'", f"--from={ANN}", "--", BOB, FAR],
        stdin=unix(mail),
    )


def mutt(login, mail):
    """As people set it up; mutt writes the header, and the subject is the mail's own."""
    rc = temporary("mutt") / "muttrc"
    scheme = "smtp" if login.tls == "starttls" else "smtps"
    rc.write_text(
        f"""set smtp_url="{scheme}://{login.user.replace("@", "%40")}@localhost:{login.port}/"
set smtp_pass="{login.password}"
set smtp_authenticators="{(login.mechanism or "plain").lower()}"
set ssl_starttls=yes ssl_force_tls=yes ssl_verify_host=yes
set ssl_ca_certificates_file={CA.file} certificate_file={rc.parent}/none
set from={ANN} use_from=yes use_envelope_from=yes envelope_from_address={ANN}
set copy=no record="" folder={rc.parent} message_cachedir=""
"""
    )
    subject = re.search(rb"^Subject: (.*?)\r$", mail, re.M).group(1).decode()
    return run(["mutt", "-n", "-F", str(rc), "-s", subject, "--", BOB, FAR], stdin=b"Hello,\nthis is a test.\n")


def curl(login, mail):
    file = temporary("curl") / "mail"
    file.write_bytes(mail)
    scheme = "smtp" if login.tls == "starttls" else "smtps"
    return run(
        ["curl", "--silent", "--show-error", "--ssl-reqd", "--cacert", str(CA.file)]
        + [f"{scheme}://localhost:{login.port}/client.example", "--user", f"{login.user}:{login.password}"]
        + (["--login-options", f"AUTH={login.mechanism}"] if login.mechanism else [])
        + ["--mail-from", ANN, "--mail-rcpt", BOB, "--mail-rcpt", FAR, "--upload-file", str(file)]
    )


def python(login, mail):
    context = ssl.create_default_context(cafile=CA.file)
    if login.tls == "starttls":
        smtp = smtplib.SMTP("localhost", login.port, "client.example", timeout=90)
    else:
        smtp = smtplib.SMTP_SSL("localhost", login.port, "client.example", timeout=90, context=context)
    with smtp:
        try:
            if login.tls == "starttls":
                smtp.starttls(context=context)
            smtp.login(login.user, login.password)
        except (smtplib.SMTPAuthenticationError, ssl.SSLError) as problem:
            smtp.close()
            raise Failed(f"smtplib: {problem}") from None
        refused = smtp.sendmail(ANN, [BOB, FAR], mail)
        expect(refused == {}, f"smtplib: refused {refused}")


def by_hand(login, mail):
    """openssl s_client in a terminal, and AUTH PLAIN typed as the tutorials show it."""
    words = f"s_client -quiet -crlf -verify_return_error -verify_hostname localhost -CAfile {CA.file}"
    starttls = "-starttls smtp -name client.example" if login.tls == "starttls" else ""
    token = subprocess.run(["base64", "-w0"], input=f"\0{login.user}\0{login.password}".encode(), capture_output=True)
    with Terminal(f"openssl {words} {starttls} -connect localhost:{login.port}") as terminal:
        # With -starttls the greeting and the first EHLO are openssl's own; it shows the last line of what it was answered.
        terminal.wait_for(r"^2[25]0 ")
        terminal.replies = len(re.findall(r"^[2-5][0-9][0-9] .*$", terminal.screen(), re.M))
        for line, code in (
            ("EHLO client.example", 250),
            (f"AUTH PLAIN {token.stdout.decode()}", 235),
            (f"MAIL FROM:<{ANN}>", 250),
            (f"RCPT TO:<{BOB}>", 250),
            (f"RCPT TO:<{FAR}>", 250),
            ("DATA", 354),
        ):
            terminal.keys(line)
            terminal.enter()
            try:
                terminal.reply(code)
            except Failed as failed:
                raise Failed(str(failed).splitlines()[0] + terminal.screen()) from None
        for line in [*mail.decode().splitlines(), "."]:
            terminal.keys(line)
            terminal.enter()
        terminal.reply(250)
        terminal.keys("QUIT")
        terminal.enter()
        terminal.reply(221)


def postfix(login, mail):
    """A Postfix with us as its relayhost: TLS verified, SASL without anonymous mechanisms."""
    # Not below target/: Postfix's own users must be able to enter every folder on the way.
    with tempfile.TemporaryDirectory(prefix="ehlo-postfix-") as folder:
        log, ca = Path(folder) / "log", Path(folder) / "ca.crt"
        ca.write_bytes(CA.file.read_bytes())
        ca.chmod(0o644)
        next_hop = f"[localhost]:{login.port}"
        also = {
            "relayhost": next_hop,
            "smtp_host_lookup": "native",
            "smtp_tls_security_level": "verify",
            "smtp_tls_wrappermode": "no" if login.tls == "starttls" else "yes",
            "smtp_tls_CAfile": ca,
            "smtp_tls_loglevel": 1,
            "smtp_sasl_auth_enable": "yes",
            "smtp_sasl_security_options": "noanonymous",
            "smtp_sasl_mechanism_filter": login.mechanism.lower() if login.mechanism else "",
            "smtp_sasl_password_maps": f"inline:{{{{{next_hop} = {login.user}:{login.password}}}}}",
        }
        with Postfix(folder, log=log, also=also) as relay:
            smtp = smtplib.SMTP("127.0.0.1", relay.port, "client.example", timeout=90)
            smtp.sendmail(ANN, [BOB, FAR], mail)
            smtp.quit()
            until(lambda: len(re.findall(r" status=", log.read_text())) >= 2, 60, lambda: log.read_text()[-3000:])
        said = log.read_text()
        print("\n".join(line for line in said.splitlines() if "postfix/smtp[" in line))
        if said.count("status=sent (250 2.0.0 Ok: queued as ") != 2:
            raise Failed(f"Postfix: {said[-3000:]}")
        expect("Verified TLS connection established to localhost" in said, "Postfix has not verified our certificate")


def gsasl(login, mail):
    """GNU SASL's own client, which logs in and sends nothing.

    Over TLS 1.3 it binds SCRAM-SHA-256-PLUS by tls-exporter (over 1.2 it knows tls-unique alone, which nobody should
    trust), and where it could, it does not do without: so --no-cb for the mechanism without a binding.
    """
    said = run(
        ["gsasl", "--smtp", f"--connect=localhost:{login.port}", f"--mechanism={login.mechanism}"]
        + [f"--authentication-id={login.user}", f"--password={login.password}", f"--x509-ca-file={CA.file}"]
        + ([] if login.mechanism.endswith("-PLUS") else ["--no-cb"]),
        quiet=False,
    ).decode()
    expect("235 2.7.0" in said, f"gsasl: {said}")


def sent(client, login):
    """The client sends a mail to somebody here and to somebody elsewhere; it arrives at both, and says how it came."""
    name = f"{client.__name__} {login.tls} {login.mechanism or ''}".strip()
    print(f"--- {name}")
    mail = sample(f"by {name}", sender=ANN, to=BOB)
    TAKER.forget()
    client(login, mail)
    here = maildrop_by_tls(delete=True)
    expect(len(here) == 1, f"{name}: {len(here)} mails arrived here, not 1")
    received = re.search(rb"^Received: [^\n]*\n(?:[ \t][^\n]*\n)*", here[0], re.M).group().decode()
    print(received)
    expect(re.search(r"\bwith ESMTPSA\b", received), f"{name}: our Received does not say ESMTPSA: {received}")
    (away,) = TAKER.wait_for(1)
    expect((away.sender, away.recipients) == (ANN, [FAR]), f"{name}: sent on as {away.sender} to {away.recipients}")
    for arrived in (here[0], away.mail):
        expect(f"Subject: by {name}".encode() in arrived, f"{name}: arrived {arrived!r}")


def refused(client, login, words):
    """The client fails, and shows that it is the login that has failed."""
    print(f"--- {client.__name__} as {login.user} with {login.password}")
    try:
        client(login, sample("never", sender=ANN, to=BOB))
    except Failed as failed:
        print(str(failed)[-600:])
        expect(re.search(words, str(failed), re.I), f"{client.__name__} does not say that the login failed: {failed}")
    else:
        raise Failed(f"{client.__name__} sent as {login.user} with {login.password}")


def maildrop_by_tls(delete):
    return maildrop(SERVER, BOB, delete=delete, ca=CA.file)


CA, OTHER = Authority(), Authority("Somebody else")
with Taker() as TAKER, locked(CA, settings={"relay.smart-host": f"127.0.0.1:{TAKER.port}"}) as SERVER:
    for client in (swaks, msmtp, curl):
        for tls in ("starttls", "implicit"):
            for mechanism in ("PLAIN", "LOGIN"):
                sent(client, Login(SERVER, tls, mechanism=mechanism))
    for client in (mutt, python, by_hand, postfix):
        for tls in ("starttls", "implicit"):
            sent(client, Login(SERVER, tls))
    sent(postfix, Login(SERVER, mechanism="LOGIN"))

    TAKER.forget()
    told = {
        swaks: "535 5.7.8",
        msmtp: "535 5.7.8|authentication failed",
        mutt: "authentication failed",
        curl: "login denied|67",
        python: "535.*5.7.8",
        by_hand: "535 5.7.8",
        postfix: "SASL authentication failed.*535 5.7.8",
    }
    for client, words in told.items():
        refused(client, Login(SERVER, password="not this one"), words)
        refused(client, Login(SERVER, user="nobody@localhost"), words)

    OURS, CA = CA, OTHER  # so that it is seen that they do look at the certificate
    for client in (swaks, msmtp, mutt, curl, python, postfix):
        refused(client, Login(SERVER), "certificate|not trusted|untrusted|verif")
    CA = OURS

    print("--- in the clear no mechanism is offered, and none is taken")
    with smtplib.SMTP("localhost", SERVER.submission, "client.example", timeout=90) as smtp:
        smtp.ehlo()
        expect("auth" not in smtp.esmtp_features, f"offered in the clear: {smtp.esmtp_features}")
        code, text = smtp.docmd("AUTH PLAIN AGFubgBwYXNz")
        expect(code == 538, f"AUTH in the clear: {code} {text}")
    expect(not TAKER.taken(), f"mail left without a login: {TAKER.taken()}")
    expect(maildrop_by_tls(delete=False) == [], "mail arrived without a login")
    log = SERVER.said()
    for secret in (PASSWORD, "not this one"):
        expect(secret not in log, "a password stands in the log")

with Taker() as TAKER:
    settings = {"relay.smart-host": f"127.0.0.1:{TAKER.port}", "policy.scram": "on"}
    with locked(CA, settings=settings) as SERVER:
        for client in (msmtp, mutt, postfix):
            sent(client, Login(SERVER, mechanism="SCRAM-SHA-256"))
        sent(msmtp, Login(SERVER, "implicit", mechanism="SCRAM-SHA-256"))
        for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"):
            print(f"--- gsasl {mechanism}")
            gsasl(Login(SERVER, mechanism=mechanism), None)
            logged_in = rf"reason=logged-in .*mechanism={mechanism} "
            until(lambda: re.search(logged_in, SERVER.said()), 90, f"nobody has logged in by {mechanism}")
        for client in (msmtp, gsasl):
            for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS")[: 1 if client is msmtp else 2]:
                refused(client, Login(SERVER, password="not this one", mechanism=mechanism), "535|failed|error")
                refused(client, Login(SERVER, user="nobody@localhost", mechanism=mechanism), "535|failed|error")

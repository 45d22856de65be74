"""mutt, mpop, fetchmail, curl, Python and openssl s_client read over verified TLS, by STLS and pop3s; wrong passwords are told."""

import poplib
import re
import ssl
import subprocess

from ehlo import PASSWORD, Failed, expect, temporary
from locks import Authority, locked
from mails import TRICKY, content, maildrop, run, sample
from taker import until
from terminal import Terminal

ANN = "ann@localhost"
MAILS = [sample("first"), sample("second", TRICKY)]


class Login:
    """Who a client says it is, and where: `tls` is "stls" at the plain port or "implicit" at the other."""

    def __init__(self, server, tls="stls", user=ANN, password=PASSWORD, mechanism=None):
        self.tls, self.user, self.password, self.mechanism = tls, user, password, mechanism
        self.port = server.pop3 if tls == "stls" else server.pop3s


def python(login):
    context = ssl.create_default_context(cafile=CA.file)
    try:
        if login.tls == "stls":
            pop = poplib.POP3("localhost", login.port, timeout=90)
            pop.stls(context)
        else:
            pop = poplib.POP3_SSL("localhost", login.port, timeout=90, context=context)
        print(pop.capa())
        pop.user(login.user)
        pop.pass_(login.password)
    except (poplib.error_proto, ssl.SSLError) as problem:
        raise Failed(f"poplib: {problem}") from None
    mails = [b"".join(line + b"\r\n" for line in pop.retr(n)[1]) for n in range(1, pop.stat()[0] + 1)]
    pop.quit()
    return mails


def curl(login):
    scheme = "pop3" if login.tls == "stls" else "pop3s"
    url = f"{scheme}://localhost:{login.port}/"
    ask = ["curl", "--silent", "--show-error", "--ssl-reqd", "--cacert", str(CA.file)]
    ask += ["--user", f"{login.user}:{login.password}"]
    ask += ["--login-options", f"AUTH={login.mechanism}"] if login.mechanism else []
    numbers = re.findall(r"^(\d+) \d+\r?$", run([*ask, url]).decode(), re.M)
    return [run([*ask, f"{url}{number}"]) for number in numbers]


def mpop(login):
    folder = temporary("mpop")
    run(
        ["mpop", "--host=localhost", f"--port={login.port}", f"--user={login.user}"]
        + [f"--passwordeval=echo '{login.password}'", f"--auth={(login.mechanism or 'on').lower()}", "--tls=on"]
        + [f"--tls-starttls={'on' if login.tls == 'stls' else 'off'}", f"--tls-trust-file={CA.file}"]
        + ["--keep=on", "--only-new=off", "--received-header=off", f"--uidls-file={folder}/uidls", "--quiet"]
        + [f"--delivery=mda,cat > $(mktemp {folder}/mail-XXXXXXXX)"]
    )
    return oldest_first(folder)


def fetchmail(login):
    folder = temporary("fetchmail")
    control = folder / "fetchmailrc"
    # An empty sslproto would mean no TLS at all; TLS1.2+ without "ssl" is STLS, and demands it.
    control.write_text(
        f"""set no bouncemail
set no spambounce
set invisible
poll localhost protocol pop3 port {login.port} auth password timeout 30 bad-header accept
  user "{login.user}" password "{login.password}" {"ssl" if login.tls == "implicit" else ""}
  sslproto "TLS1.2+" sslcertck sslcertfile "{CA.file}"
  fetchall keep norewrite pass8bits no dropdelivered nostripcr
  mda "cat > $(mktemp {folder}/mail-XXXXXXXX)"
"""
    )
    control.chmod(0o600)
    run(
        ["fetchmail", "--verbose", "-f", str(control), "-i", f"{folder}/ids", "--pidfile", f"{folder}/pid"], quiet=False
    )
    return oldest_first(folder)


def mutt(login):
    folder = temporary("mutt")
    (folder / "copy").mkdir()
    scheme = "pop" if login.tls == "stls" else "pops"
    (folder / "muttrc").write_text(
        f"""set folder={folder}
set spoolfile={scheme}://localhost:{login.port}/
set pop_user="{login.user}"
set pop_pass="{login.password}"
set pop_authenticators="{login.mechanism or "plain"}"
set ssl_starttls=yes ssl_force_tls=yes ssl_verify_host=yes
set ssl_ca_certificates_file={CA.file} certificate_file={folder}/none
set pop_delete=no quit=yes confirmappend=no confirmcreate=no delete=no move=no
set mbox_type=maildir
set message_cachedir="" header_cache=""
push "T.\\n;C={folder.name}-copy\\n"
"""
    )
    with Terminal(f"mutt -n -F {folder}/muttrc") as terminal:
        terminal.wait_for(r"second|failed|rror|ertificate")
        if not re.search("second", terminal.screen()):
            raise Failed(f"mutt: {terminal.screen()}")
        terminal.wait_for(r"Msgs:2")
        terminal.press("q")
        terminal.wait_for(r"2 kept, 0 deleted")
    files = [f for f in folder.rglob("*") if f.is_file() and f.parent.name in ("cur", "new")]
    mails = [f.read_bytes().replace(b"\n", b"\r\n") for f in files]
    mails.sort(key=lambda mail: [i for i, m in enumerate(MAILS) if re.search(rb"Subject: .*", m).group() in mail])
    # mutt notes in a header of its own what it has read and how long the mail is.
    return [re.sub(rb"^(Status|Content-Length|Lines|X-Status): .*\r\n", b"", m, flags=re.M) for m in mails]


def by_hand(login):
    """openssl s_client in a terminal, and AUTH PLAIN typed with its answer to the challenge."""
    words = f"s_client -quiet -crlf -verify_return_error -verify_hostname localhost -CAfile {CA.file}"
    starttls = "-starttls pop3" if login.tls == "stls" else ""
    token = subprocess.run(["base64", "-w0"], input=f"\0{login.user}\0{login.password}".encode(), capture_output=True)
    with Terminal(f"openssl {words} {starttls} -connect localhost:{login.port}") as terminal:
        terminal.wait_for(r"^depth=0" if login.tls == "stls" else r"^\+OK localhost POP3")
        for line, answer in (
            ("CAPA", r"^SASL PLAIN LOGIN"),
            ("AUTH PLAIN", r"^\+ *$"),
            (token.stdout.decode(), r"^(\+OK Welcome|-ERR)"),
            ("STAT", r"^(\+OK 2 |-ERR First log in)"),
            ("QUIT", r"closing connection"),
        ):
            terminal.keys(line)
            terminal.enter()
            terminal.wait_for(answer)
        if "-ERR" in terminal.screen():
            raise Failed(f"openssl: {terminal.screen()}")


def oldest_first(folder):
    files = sorted(folder.glob("mail-*"), key=lambda f: f.stat().st_mtime_ns)
    return [re.sub(rb"(?<!\r)\n", b"\r\n", f.read_bytes()) for f in files]


def read(client, login):
    name = f"{client.__name__} {login.tls} {login.mechanism or ''}".strip()
    print(f"--- {name}")
    mails = client(login)
    if mails is not None:
        expect(len(mails) == 2, f"{name}: read {len(mails)} mails, not 2")
        for sent, mail in zip(MAILS, mails):
            expect(content(mail) == sent, f"{name}: sent {sent!r}, read {content(mail)!r}")


def refused(client, login, words):
    """The client fails, and shows what has failed."""
    print(f"--- {client.__name__} as {login.user} with {login.password}")
    try:
        client(login)
    except Failed as failed:
        print(str(failed)[-600:])
        expect(re.search(words, str(failed), re.I), f"{client.__name__} does not say what has failed: {failed}")
    else:
        raise Failed(f"{client.__name__} has read as {login.user} with {login.password}")


CA, OTHER = Authority(), Authority("Somebody else")
with locked(CA) as server:
    with server.client() as smtp:
        for mail in MAILS:
            smtp.sendmail("bob@client.example", [ANN], mail, mail_options=["BODY=8BITMIME"])
    for client in (python, curl, mpop, fetchmail, mutt, by_hand):
        for tls in ("stls", "implicit"):
            read(client, Login(server, tls))
    for client, mechanisms in (
        (curl, ("PLAIN", "LOGIN")),
        (mpop, ("user", "plain", "login")),
        (mutt, ("plain", "login", "user")),
    ):
        for mechanism in mechanisms:
            read(client, Login(server, mechanism=mechanism))

    told = {
        python: r"-ERR \[AUTH\]",
        curl: "login denied|67",
        mpop: "authentication failed|-ERR",
        fetchmail: "authorization failure|authentication failed",
        mutt: "authentication failed|login failed",
        by_hand: r"-ERR \[AUTH\]",
    }
    for client, words in told.items():
        refused(client, Login(server, password="not this one"), words)
        refused(client, Login(server, user="nobody@localhost"), words)
    OURS, CA = CA, OTHER  # so that it is seen that they do look at the certificate
    for client in (python, curl, mpop, fetchmail):
        refused(client, Login(server), "certificate|not trusted|untrusted|verif")
    CA = OURS

    print("--- in the clear no password is asked for, nor taken")
    pop = poplib.POP3("localhost", server.pop3, timeout=90)
    expect("SASL" not in pop.capa() and "USER" not in pop.capa(), f"offered in the clear: {pop.capa()}")
    for command in ("USER ann", "AUTH PLAIN", "AUTH PLAIN AGFubgBwYXNz"):
        try:
            raise Failed(f"{command} in the clear: {pop._shortcmd(command)}")
        except poplib.error_proto as problem:
            expect(b"-ERR [AUTH] " in problem.args[0], f"{command} in the clear: {problem}")
    pop.quit()
    expect(len(maildrop(server, delete=True, ca=CA.file)) == 2, "the maildrop no longer held the two mails")
    log = server.said()
    for secret in (PASSWORD, "not this one"):
        expect(secret not in log, "a password stands in the log")

with locked(CA, settings={"policy.scram": "on"}) as server:
    with server.client() as smtp:
        for mail in MAILS:
            smtp.sendmail("bob@client.example", [ANN], mail, mail_options=["BODY=8BITMIME"])
    for client in (mpop, mutt):
        read(client, Login(server, mechanism="scram-sha-256"))
        until(lambda: "mechanism=SCRAM-SHA-256 " in server.said(), 90, f"{client.__name__} has not used SCRAM")
    refused(mpop, Login(server, password="not this one", mechanism="scram-sha-256"), "authentication failed|-ERR")
    refused(mpop, Login(server, user="nobody@localhost", mechanism="scram-sha-256"), "authentication failed|-ERR")

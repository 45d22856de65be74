"""Servers that keep mail or ask who one is: Dovecot (POP3, LMTP, submission), aiosmtpd (SMTP, LMTP), GreenMail (SMTP, POP3).

Each has the users `ann` and `bob`, whose password is Ehlo's in every check, and an address of its own. With an Authority
they offer STARTTLS, or STLS, with a certificate for that address and for `mx.` and their domain.
"""

import base64
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from ehlo import PASSWORD
from machine import java_program
from peers import PARTS, end, free_port, in_namespace, own_users, wait_for_port
from taker import Taker

USERS = ("ann", "bob")
DEBIANS_PYTHON = "/usr/bin/python3"  # for which python3-aiosmtpd is installed


class Stranger:
    """One of them; `ports` names what it listens on."""

    name = None

    def __init__(self, address, authority):
        self.folder = Path(tempfile.mkdtemp(prefix=f"ehlo-{self.name}-")).resolve()
        self.folder.chmod(0o755)
        self.address, self.authority, self.domain = address, authority, f"{self.name}.test"
        self.host, self.log, self.process = f"mx.{self.domain}", self.folder / "log", None
        certificate, key = authority.issue(self.host, address)
        self.certificate, self.key, self.trusted = (self.folder / name for name in ("crt", "key", "ca"))
        shutil.copyfile(authority.file, self.trusted)
        shutil.copy(certificate, self.certificate)
        shutil.copy(key, self.key)
        try:
            self.start()
        except BaseException:
            print(f"--- {self.name} did not start\n{self.said()}")
            self.close()
            raise

    def at(self, port):
        return f"{self.address}:{port}"

    def port(self):
        return free_port([self.address])

    def run(self, command, **more):
        with open(self.log, "a") as log:
            return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, **more)

    def said(self):
        return self.log.read_text(errors="replace") if self.log.is_file() else ""

    def close(self):
        if self.process:
            end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            print(f"--- what {self.name} said\n{self.said()[-4000:]}")
        self.close()


class DovecotStranger(Stranger):
    """Takes mail by LMTP, gives it out by POP3, and hands on what is submitted to a Taker.

    It logs in by every mechanism it has that we have too. `pop3`, `lmtp` and `submission` are ports, `proxied` is
    submission behind the PROXY protocol, and at `auth` it logs in for others (Postfix).
    """

    name = "dovecot"
    TOKEN_KEY = b"a key that signs what Dovecot believes"

    def start(self):
        self.pop3, self.lmtp, self.submission, self.proxied, self.auth = (self.port() for _ in range(5))
        self.taker = Taker()
        etc = self.folder / "etc/dovecot"
        (etc / "keys/default/HS256").mkdir(parents=True)
        number = own_users(self.folder / "etc", ["dovecot", "dovenull", "vmail"])["vmail"]
        (etc / "keys/default/HS256/default").write_bytes(base64.b64encode(self.TOKEN_KEY))
        lines = (f"{user}:{{PLAIN}}{PASSWORD}:{number}:{number}::{self.folder}/home/{user}\n" for user in USERS)
        (etc / "users").write_text("".join(lines))
        (etc / "certified").write_text("".join(f"{user}:::::::nopassword\n" for user in USERS))
        (etc / "oauth2.conf").write_text(
            "introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix=/etc/dovecot/keys/\n"
            "username_attribute = sub\nusername_format = %n\n"
        )
        (etc / "dovecot.conf").write_text(self.configuration())
        home = self.folder / "home"
        home.mkdir()
        os.chown(home, number, number)
        layers = ["dovecot-pop3d", "dovecot-lmtpd", "dovecot-submissiond", "dovecot-core"]
        with open(self.log, "w") as log:
            self.process = in_namespace(
                layers, self.folder / "etc", ["dovecot", "-F", "-c", "/etc/dovecot/dovecot.conf"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        wait_for_port(self.pop3, b"+OK", process=self.process, host=self.address)

    def configuration(self):
        passwords = "plain login cram-md5 scram-sha-1 scram-sha-256 apop"
        return f"""protocols = pop3 lmtp submission
base_dir = {self.folder}/run
state_dir = {self.folder}/state
listen = {self.address}
log_path = {self.log}
hostname = {self.host}
ssl = yes
ssl_cert = <{self.certificate}
ssl_key = <{self.key}
ssl_ca = <{self.trusted}
ssl_require_crl = no
ssl_verify_client_cert = yes
auth_ssl_username_from_cert = yes
auth_username_format = %n
disable_plaintext_auth = no
mail_location = maildir:{self.folder}/home/%n/mail
first_valid_uid = 1
auth_mechanisms = {passwords} external oauthbearer xoauth2
auth_verbose = yes
auth_failure_delay = 0
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
passdb {{
  driver = passwd-file
  mechanisms = {passwords}
  args = username_format=%n /etc/dovecot/users
}}
passdb {{
  driver = passwd-file
  mechanisms = external
  args = username_format=%n /etc/dovecot/certified
}}
passdb {{
  driver = oauth2
  mechanisms = oauthbearer xoauth2
  args = /etc/dovecot/oauth2.conf
}}
userdb {{
  driver = passwd-file
  args = username_format=%n /etc/dovecot/users
}}
haproxy_trusted_networks = 127.0.0.0/8
submission_relay_host = {self.taker.address}
submission_relay_port = {self.taker.port}
service pop3-login {{
  inet_listener pop3 {{
    port = {self.pop3}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {self.lmtp}
  }}
}}
service submission-login {{
  inet_listener submission {{
    port = {self.submission}
  }}
  inet_listener proxied {{
    port = {self.proxied}
    haproxy = yes
  }}
}}
service auth {{
  inet_listener others {{
    port = {self.auth}
  }}
}}
"""

    def token(self, user="ann"):
        """A JSON Web Token (RFC 7519) that says who this is, and that Dovecot believes."""
        now = int(time.time())
        parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": user, "iat": now - 60, "exp": now + 86_400, "scope": "mail"}]
        words = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts]
        signature = hmac.new(self.TOKEN_KEY, b".".join(words), hashlib.sha256).digest()
        return b".".join([*words, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()

    def close(self):
        if getattr(self, "taker", None):
            self.taker.close()
        super().close()


AIOSMTPD = r"""
import asyncio, json, ssl, sys
from pathlib import Path
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, AuthResult
given = json.loads(sys.argv[1])
folder, taken = Path(given["folder"]), 0
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(given["certificate"], given["key"])

class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 No such user here"
        if address.startswith("later@"):
            return "451 4.3.0 Come again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_PROXY(self, server, session, envelope, proxy_data):
        self.proxied = str(proxy_data.src_addr)
        return True

    async def handle_DATA(self, server, session, envelope):
        global taken
        taken += 1
        told = {"sender": envelope.mail_from, "recipients": envelope.rcpt_tos, "proxied": getattr(self, "proxied", None)}
        told["mail_options"] = envelope.mail_options
        told["login"] = session.auth_data.decode() if session.auth_data else None
        told["tls"] = session.ssl is not None
        told["mail"] = envelope.original_content.decode("latin-1")
        file = folder / f"{taken}.part"
        file.write_text(json.dumps(told))
        file.rename(folder / f"{taken}.json")
        answers = len(envelope.rcpt_tos) if isinstance(server, LMTP) else 1  # of itself it gives one by LMTP too
        return "\r\n".join(["250 2.0.0 OK: queued as %d" % taken] * answers)

def known(server, session, envelope, mechanism, login):
    good = login.login.decode() in given["users"] and login.password.decode() == given["password"]
    return AuthResult(success=good, auth_data=login.login, handled=False)

async def main():
    more = dict(hostname=given["host"], enable_SMTPUTF8=True, tls_context=tls)
    kinds = {
        "smtp": lambda: SMTP(Handler(), authenticator=known, auth_require_tls=False, **more),
        "lmtp": lambda: LMTP(Handler(), **more),
        "proxied": lambda: SMTP(Handler(), proxy_protocol_timeout=5, **more),
    }
    loop = asyncio.get_running_loop()
    for word, kind in kinds.items():
        await loop.create_server(kind, given["address"], given[word])
    await asyncio.Event().wait()

asyncio.run(main())
"""


class AiosmtpdStranger(Stranger):
    """`smtp`, `lmtp` and `proxied` (behind the PROXY protocol) are ports; it refuses `nobody` and puts `later` off."""

    name = "aiosmtpd"

    def start(self):
        self.smtp, self.lmtp, self.proxied = (self.port() for _ in range(3))
        self.kept = self.folder / "kept"
        self.kept.mkdir()
        given = {word: getattr(self, word) for word in ("smtp", "lmtp", "proxied", "address", "host")}
        given |= {"folder": self.kept, "certificate": self.certificate, "key": self.key}
        given |= {"users": USERS, "password": PASSWORD}
        self.process = self.run([DEBIANS_PYTHON, "-c", AIOSMTPD, json.dumps(given, default=str)])
        wait_for_port(self.smtp, b"220", process=self.process, host=self.address)

    def taken(self, recipient):
        """What it was told of the mails for this recipient; `mail` as octets."""
        told = [json.loads(file.read_text()) for file in sorted(self.kept.glob("*.json"))]
        return [t | {"mail": t["mail"].encode("latin-1")} for t in told if recipient in t["recipients"]]


class GreenMailStranger(Stranger):
    """A server for tests, on Java: `smtp`, `smtps` and `pop3` are ports. It knows users by login name, and takes mail for all."""

    name = "greenmail"

    def start(self):
        self.smtp, self.smtps, self.pop3 = (self.port() for _ in range(3))
        (jar,) = (PARTS / "greenmail").glob("greenmail-standalone-*.jar")
        keys = self.folder / "keys.p12"
        subprocess.run(
            ["openssl", "pkcs12", "-export", "-in", self.certificate, "-inkey", self.key, "-out", keys, "-passout", "pass:keys"],
            check=True,
            capture_output=True,
        )
        settings = {f"{kind}.{what}": value for kind, port in (("smtp", self.smtp), ("smtps", self.smtps), ("pop3", self.pop3))
                    for what, value in (("hostname", self.address), ("port", port))}  # fmt: skip
        settings["users"] = ",".join(f"{user}:{PASSWORD}@{self.domain}" for user in USERS)
        settings |= {"startup.timeout": 120_000, "tls.keystore.file": keys, "tls.keystore.password": "keys"}
        flags = [f"-Dgreenmail.{key}={value}" for key, value in settings.items()]
        self.process = self.run([java_program(), "-Xmx128m", "-XX:TieredStopAtLevel=1", *flags, "-jar", jar])
        for port, greeting in ((self.smtp, b"220"), (self.pop3, b"+OK")):
            wait_for_port(port, greeting, process=self.process, host=self.address)

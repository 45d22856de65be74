"""The other servers of the Internet, real ones: Postfix, Exim, Sendmail and OpenSMTPD, each on an address of its own.

They come unpacked (see interop/install) and run in mount namespaces, with configuration, spool and users that nobody
else sees. What one of them accepts for its domain it hands by LMTP to a Taker, which notes envelope and octets; what is
for another domain it gives to the next server named in `routes`.

In its domain each of them refuses the recipient `nobody` with 550 and puts `later` off with 451.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from peers import PARTS, Postfix, end, in_namespace, own_users, wait_for_port
from taker import Taker

OFFERED_BY_LMTP = ("PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES")


def certificate(folder, name, authority=None, address=None):
    """A certificate and its key in one file each, and both together in a third.

    It is self-made, or signed by this authority (locks.py), and then good for the address too.
    """
    folder = Path(folder)
    key, cert, both = (folder / f"{name}.{kind}" for kind in ("key", "crt", "pem"))
    if authority:
        for issued, file in zip(authority.issue(name, address), (cert, key)):
            shutil.copy(issued, file)
    else:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30"]
            + ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", key, "-out", cert],
            check=True,
            capture_output=True,
        )
    both.write_bytes(key.read_bytes() + cert.read_bytes())
    key.chmod(0o600)
    return cert, key, both


class Peer:
    """One server that takes mail for `domain`, on `address` and `port`.

    `tls`: it offers STARTTLS, with a certificate that it has made itself or that this Authority has signed. `dsn`: it
    offers DSN, where that can be chosen. `routes`: domain -> (host, port). `onward_tls`: it uses STARTTLS where the next
    server offers it (Postfix and Exim). `also`: more of Postfix's settings, or the "main" lines and "authenticators" of Exim.
    """

    name = None
    users = ()
    greeting = b"220"

    def __init__(self, domain, address, port, tls=False, dsn=True, routes=None, onward_tls=False, also=None):
        # Not below target/: their own users must be able to enter every folder on the way.
        self.folder = Path(tempfile.mkdtemp(prefix=f"ehlo-{self.name}-")).resolve()
        self.folder.chmod(0o755)
        self.domain, self.address, self.port, self.dsn, self.routes = domain, address, port, dsn, routes or {}
        self.host, self.onward_tls, self.also = f"mx.{domain}", onward_tls, also or {}
        self.taker = Taker(lmtp=True, offered=OFFERED_BY_LMTP)
        self.etc = self.folder / "etc"
        self.etc.mkdir()
        self.log = self.folder / "log"
        self.tls = certificate(self.folder, self.host, None if tls is True else tls, address) if tls else None
        try:
            self.start()
            wait_for_port(port, self.greeting, host=address)
        except BaseException:
            print(f"--- {self.name} did not start\n{self.said()}")
            self.close()
            raise

    def namespace_files(self, *users):
        """An /etc in which no name leads out of this machine."""
        numbers = own_users(self.etc, users)
        (self.etc / "hosts").write_text(f"127.0.0.1 localhost\n{self.address} {self.host}\n")
        (self.etc / "resolv.conf").write_text(f"nameserver {self.address}\nlookup file\noptions timeout:1 attempts:1\n")
        (self.etc / "nsswitch.conf").write_text("passwd: files\ngroup: files\nhosts: files\n")
        return numbers

    def run(self, layers, command, var=None):
        with open(self.log, "w") as log:
            self.process = in_namespace(
                layers, self.etc, command, var, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )

    def delivered(self, mails=None, seconds=60):
        """The transactions by which it handed on what it took; waits for so many."""
        if mails is None:
            return self.taker.taken()
        try:
            return self.taker.wait_for(mails, seconds)
        except RuntimeError as problem:
            raise RuntimeError(f"{self.name}: {problem}\n{self.said()[-6000:]}") from None

    def said(self):
        return self.log.read_text(errors="replace") if self.log.is_file() else ""

    def stop(self):
        end(self.process)

    def close(self):
        try:
            if getattr(self, "process", None):
                self.stop()
        finally:
            self.taker.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            print(f"--- what {self.name} said\n{self.said()[-4000:]}")
        self.close()


class PostfixPeer(Peer):
    name = "postfix"

    def start(self):
        also = {
            "myhostname": self.host,
            "mynetworks": "127.0.0.0/8",
            "smtpd_relay_restrictions": "permit_mynetworks, reject_unauth_destination",
            "smtpd_recipient_restrictions": "check_recipient_access "
            f"inline:{{{{nobody@{self.domain}=550 5.1.1 No such user here}}, {{later@{self.domain}=451 4.3.0 Come again later}}}}",
            "relay_domains": self.domain,
            "local_header_rewrite_clients": "",
            "lmtp_destination_recipient_limit": 2000,
            "smtp_destination_recipient_limit": 2000,
            "smtpd_recipient_limit": 2000,
            # No name is ever looked up elsewhere.
            "default_transport": "error:no route from here",
            "lmtp_tls_security_level": "none",
            "lmtp_host_lookup": "native",
            "smtp_host_lookup": "native",
            "smtp_bind_address": self.address,
            "minimal_backoff_time": "1s",
            "maximal_backoff_time": "2s",
            "queue_run_delay": "1s",
            "lmtp_line_length_limit": 0,
            "smtp_line_length_limit": 0,
        }
        if self.tls:
            also |= {"smtpd_tls_security_level": "may", "smtpd_tls_chain_files": self.tls[2]}
        if self.onward_tls:
            also["smtp_tls_security_level"] = "may"
        if not self.dsn:
            also["smtpd_discard_ehlo_keywords"] = "dsn, silent-discard"
        also |= self.also
        routes = {self.domain: ("lmtp", "127.0.0.1", self.taker.port)}
        routes |= {domain: ("smtp", *to) for domain, to in self.routes.items()}
        transport = ", ".join(f"{{{domain}={how}:[{host}]:{port}}}" for domain, (how, host, port) in routes.items())
        home = self.folder / "home"
        home.mkdir()
        self.postfix = Postfix(home, transport, log=self.log, address=(self.address, self.port), also=also)

    def stop(self):
        self.postfix.__exit__()

    def close(self):
        self.process = getattr(self, "postfix", None)
        super().close()


class EximPeer(Peer):
    name = "exim"

    def start(self):
        self.namespace_files("Debian-exim")
        (self.etc / "exim4").mkdir()
        number = own_users(self.etc, ["Debian-exim"])["Debian-exim"]
        (self.folder / "spool").mkdir()
        os.chown(self.folder / "spool", number, number)
        if self.tls:
            for file in self.tls:
                os.chown(file, number, number)
        (self.etc / "exim4/exim4.conf").write_text(self.configuration())
        self.run(["exim4-daemon-heavy"], ["exim4", "-bdf", "-q1s"])

    def configuration(self):
        routes = "; ".join(f"{domain} {host}::{port} byname" for domain, (host, port) in self.routes.items())
        return f"""primary_hostname = {self.host}
local_interfaces = <; [{self.address}]:{self.port}
spool_directory = {self.folder}/spool
log_file_path = {self.folder}/spool/%slog
pid_file_path = {self.folder}/spool/exim.pid
tls_advertise_hosts = {"*" if self.tls else ""}
{f"tls_certificate = {self.tls[0]}" if self.tls else ""}
{f"tls_privatekey = {self.tls[1]}" if self.tls else ""}
dsn_advertise_hosts = {"*" if self.dsn else ""}
smtputf8_advertise_hosts = *
host_lookup =
rfc1413_hosts =
helo_allow_chars = _
smtp_accept_max = 0
smtp_accept_queue_per_connection = 0
recipients_max = 0
queue_run_max = 1
message_size_limit = 200M
keep_environment =
bounce_return_size_limit = 10M
{self.also.get("main", "")}
acl_smtp_rcpt = recipient
begin acl
recipient:
  deny domains = {self.domain}
       local_parts = nobody
       message = 550 5.1.1 No such user here
  defer domains = {self.domain}
       local_parts = later
       message = 451 4.3.0 Come again later
  accept
begin routers
ours:
  driver = accept
  domains = {self.domain}
  transport = taker
others:
  driver = manualroute
  domains = ! {self.domain}
  route_list = {routes}
  transport = {"next" if self.routes else "taker"}
  self = send
begin transports
taker:
  driver = smtp
  protocol = lmtp
  hosts = 127.0.0.1
  port = {self.taker.port}
  hosts_override
  allow_localhost
  hosts_avoid_tls = *
  max_rcpt = 0
  message_linelength_limit = 1000000
next:
  driver = smtp
  allow_localhost
  interface = {self.address}
  {"" if self.onward_tls else "hosts_avoid_tls = *"}
begin retry
* * F,1h,1s
begin authenticators
{self.also.get("authenticators", "")}
"""

    def said(self):
        logs = [self.log, self.folder / "spool/mainlog", self.folder / "spool/paniclog"]
        return "".join(log.read_text(errors="replace") for log in logs if log.is_file())


class SendmailPeer(Peer):
    name = "sendmail"

    def start(self):
        self.namespace_files("smmta", "smmsp")
        mail = self.etc / "mail"
        mail.mkdir()
        queue = self.folder / "queue"
        queue.mkdir(mode=0o700)
        macros = PARTS / "sendmail-cf/usr/share/sendmail/cf"
        written = subprocess.run(
            ["m4", f"-D_CF_DIR_={macros}/", f"{macros}/m4/cf.m4", "-"],
            input=self.configuration(),
            capture_output=True,
            text=True,
            check=True,
        )
        (mail / "sendmail.cf").write_text(written.stdout)
        self.run(["sendmail-bin"], ["/usr/libexec/sendmail/sendmail", "-bD", "-q1s", "-C", "/etc/mail/sendmail.cf"])

    def configuration(self):
        tls = ""
        if self.tls:
            # It takes no key from below a folder that others may write into, as /tmp is.
            shutil.copy(self.tls[0], self.etc / "mail/crt")
            shutil.copy(self.tls[1], self.etc / "mail/key")
            tls = """define(`confSERVER_CERT', `/etc/mail/crt')
define(`confSERVER_KEY', `/etc/mail/key')
define(`confCACERT', `/etc/mail/crt')
define(`confCACERT_PATH', `/etc/mail')
define(`confTLS_SRV_OPTIONS', `V')
"""
        routes = "".join(f"R$* <@ {d}. > $*\t\t$#next $@ [{h}]:{p} $: $1 <@ {d}. > $2\n" for d, (h, p) in self.routes.items())
        ports = {p for _, p in self.routes.values()}
        nexts = "".join(f"Mnext,\tP=[IPC], F=mDFMuXk8, E=\\r\\n, L=0, T=DNS/RFC822/SMTP, A=TCP $h {p}\n" for p in ports)
        return f"""OSTYPE(`linux')
define(`confDOMAIN_NAME', `{self.host}')
define(`QUEUE_DIR', `{self.folder}/queue')
define(`STATUS_FILE', `')
define(`confPID_FILE', `{self.folder}/pid')
define(`ALIAS_FILE', `')
define(`confCW_FILE', `')
define(`confCT_FILE', `')
define(`confTRUSTED_USERS', `')
define(`confEIGHT_BIT_HANDLING', `pass8')
define(`confDONT_PROBE_INTERFACES', `True')
define(`confDONT_BLAME_SENDMAIL', `GroupWritableDirPathSafe,GroupReadableKeyFile')
define(`confTO_IDENT', `0')
define(`confQUEUE_LA', `1000')
define(`confREFUSE_LA', `1000')
define(`confMIN_QUEUE_AGE', `0')
define(`confPRIVACY_FLAGS', `{"" if self.dsn else "noreceipts"}')
define(`confMAX_HEADERS_LENGTH', `200000')
define(`confHOST_STATUS_DIRECTORY', `')
{tls}FEATURE(`no_default_msa')
DAEMON_OPTIONS(`Name=MTA, Addr={self.address}, Port={self.port}')
CLIENT_OPTIONS(`Family=inet, Addr=127.0.0.1')
FEATURE(`nocanonify')
FEATURE(`accept_unresolvable_domains')
FEATURE(`accept_unqualified_senders')
FEATURE(`promiscuous_relay')
MAILER(`smtp')
MAILER_DEFINITIONS
Mtaker,\tP=[IPC], F=smFzXk8, E=\\r\\n, L=0, T=DNS/RFC822/SMTP, A=TCP $h {self.taker.port}
{nexts}LOCAL_RULE_0
R$* <@ {self.domain}. > $*\t\t$#taker $@ [127.0.0.1] $: $1 <@ {self.domain}. > $2
R$* <@ {self.domain} > $*\t\t$#taker $@ [127.0.0.1] $: $1 <@ {self.domain} > $2
{routes}LOCAL_RULESETS
SLocal_check_rcpt
R$*\t\t$: $>canonify $1
Rnobody <@ {self.domain} $* > $*\t\t$#error $@ 5.1.1 $: "550 No such user here"
Rlater <@ {self.domain} $* > $*\t\t$#error $@ 4.3.0 $: "451 Come again later"
"""


class OpenSmtpdPeer(Peer):
    name = "opensmtpd"

    def start(self):
        self.namespace_files("opensmtpd", "opensmtpq", "vmail")
        var = self.folder / "var"
        for folder in ("run", "spool", "mail", "tmp", "log", "lib/opensmtpd/empty"):
            (var / folder).mkdir(parents=True)
        pki = tls = ""
        if self.tls:
            pki = f'pki {self.host} cert "{self.tls[0]}"\npki {self.host} key "{self.tls[1]}"\n'
            tls = f" tls pki {self.host}"
        dsn = "" if self.dsn else " no-dsn"
        relays = "".join(
            f'action "next{i}" relay host "smtp://{host}:{port}"\nmatch from any for domain "{domain}" action "next{i}"\n'
            for i, (domain, (host, port)) in enumerate(self.routes.items())
        )
        configuration = self.etc / "smtpd.conf"
        configuration.write_text(
            f"""{pki}smtp max-message-size "200M"
smtp limit max-mails 10000
smtp limit max-rcpt 10000
queue ttl 1h
table users {{ "nobody" = "error:550 5.1.1 No such user here", "later" = "error:451 4.3.0 Come again later", "@" = vmail }}
listen on {self.address} port {self.port} hostname {self.host}{tls}{dsn}
action "take" lmtp "127.0.0.1:{self.taker.port}" rcpt-to virtual <users>
match from any for domain "{self.domain}" action "take"
{relays}"""
        )
        configuration.chmod(0o600)
        self.run(["opensmtpd"], ["smtpd", "-d"], var=var)


ALL = (PostfixPeer, EximPeer, SendmailPeer, OpenSmtpdPeer)

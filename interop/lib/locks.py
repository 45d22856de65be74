"""Certificates that a test's own authority has signed, as Debian's openssl makes them, and a server that shows one."""

import datetime
import subprocess

from ehlo import Server, temporary


class Authority:
    """`file` is what clients are told to trust, and nothing else."""

    def __init__(self, name="Ehlo's test authority"):
        self.folder = temporary("ca")
        self.issued = 0
        self.file, self.key = self.folder / "ca.crt", self.folder / "ca.key"
        self._openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 120 -addext keyUsage=critical,keyCertSign,cRLSign",
            *("-subj", f"/CN={name}", "-keyout", self.key, "-out", self.file),
        )

    def issue(self, name, *also, key="rsa:2048", use="serverAuth"):
        """A certificate for these names, which may be addresses too, and its key; `key`: its kind, as openssl says it."""
        self.issued += 1
        kind, file = key, f"{self.issued}-{name}"
        key, request, certificate = (self.folder / f"{file}.{end}" for end in ("key", "csr", "crt"))
        names = ",".join(f"{'IP' if n[-1].isdigit() else 'DNS'}:{n}" for n in (name, *also))
        extensions = self.folder / f"{file}.ext"
        extensions.write_text(
            f"subjectAltName={names}\nextendedKeyUsage={use}\nbasicConstraints=CA:FALSE\n"
            "keyUsage=critical,digitalSignature\ncrlDistributionPoints=URI:http://ca.test/list.crl\n"
        )
        self._openssl(f"req -newkey {kind} -nodes", "-subj", f"/CN={name}", "-keyout", key, "-out", request)
        self._openssl(
            "x509 -req -days 120 -CAcreateserial",
            *("-in", request, "-CA", self.file, "-CAkey", self.key, "-extfile", extensions, "-out", certificate),
        )
        key.chmod(0o600)
        return certificate, key

    @staticmethod
    def _openssl(words, *more):
        subprocess.run(["openssl", *words.split(), *more], check=True, capture_output=True)


class Dated(Authority):
    """Also issues certificates that have ended, or end soon, and those that it has not signed."""

    def expired(self, name):
        """It ended 20 days ago."""
        certificate, key = self.issue(name)
        book = self.folder / "book"
        (self.folder / "ca.cnf").write_text(
            f"[ca]\ndefault_ca=ours\n[ours]\ndatabase={book}\nnew_certs_dir={self.folder}\ndefault_md=sha256\n"
            "policy=any\nrand_serial=yes\n[any]\ncommonName=supplied\n"
        )
        book.write_text("")
        now = datetime.datetime.now(datetime.timezone.utc)
        begin, until = ((now - datetime.timedelta(days=days)).strftime("%Y%m%d%H%M%SZ") for days in (100, 20))
        self._openssl(
            "ca -batch -notext",
            *("-config", self.folder / "ca.cnf", "-cert", self.file, "-keyfile", self.key),
            *("-startdate", begin, "-enddate", until, "-extfile", certificate.with_suffix(".ext")),
            *("-in", certificate.with_suffix(".csr"), "-out", certificate),
        )
        return certificate, key

    def soon(self, name):
        """It ends in five days."""
        certificate, key = self.issue(name)
        self._openssl(
            "x509 -req -days 5 -CAcreateserial",
            *("-in", certificate.with_suffix(".csr"), "-CA", self.file, "-CAkey", self.key),
            *("-extfile", certificate.with_suffix(".ext"), "-out", certificate),
        )
        return certificate, key

    def by_itself(self, name):
        """Nobody has signed it but itself."""
        certificate, key = self.folder / f"self-{name}.crt", self.folder / f"self-{name}.key"
        self._openssl(
            "req -x509 -newkey rsa:2048 -nodes -days 60",
            *("-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", key, "-out", certificate),
        )
        return certificate, key


def locked(authority, users=("ann@localhost", "bob@localhost"), settings=None, **more):
    """A server whose certificate `authority` has signed, and that takes no password without TLS, not even from here."""
    certificate, key = authority.issue("localhost", "127.0.0.1")
    settings = {
        "tls.certificate": certificate,
        "tls.key": key,
        "policy.cleartext-passwords": "never",
    } | (settings or {})
    return Server(users, settings=settings, **more)

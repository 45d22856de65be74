"""Certificates that a test's own authority has signed, as Debian's openssl makes them, and a server that shows one."""

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


def locked(authority, users=("ann@localhost", "bob@localhost"), settings=None, **more):
    """A server whose certificate `authority` has signed, and that takes no password without TLS, not even from here."""
    certificate, key = authority.issue("localhost", "127.0.0.1")
    settings = {
        "tls.certificate": certificate,
        "tls.key": key,
        "policy.cleartext-passwords": "never",
    } | (settings or {})
    return Server(users, settings=settings, **more)

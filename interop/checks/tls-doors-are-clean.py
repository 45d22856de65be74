"""testssl.sh finds nothing of MEDIUM or above at any TLS door, except what a self-signed certificate brings."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

from ehlo import Server, expect, temporary
from locks import Authority
from peers import free_port

GRAVE = ("MEDIUM", "HIGH", "CRITICAL", "FATAL")
# Nobody vouches for a certificate of our own making, and nobody can revoke it.
OF_SELF_SIGNED = {"cert_chain_of_trust", "cert_revocation"}


def findings(port, *options):
    """What testssl.sh finds, of each door the grave things, as "id: finding"."""
    file = temporary("testssl") / "found.json"
    said = subprocess.run(
        ["testssl", "--quiet", "--color", "0", "--warnings", "off", "--nodns", "none", "--ip", "127.0.0.1"]
        + [*options, "--jsonfile", str(file), f"localhost:{port}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=1700,
    )
    expect(file.is_file(), f"testssl.sh found nothing to say of port {port}:\n{said.stdout[-3000:]}{said.stderr[-1000:]}")
    found = json.loads(file.read_text())
    ids = {each["id"].split()[0] for each in found}
    for needed in ("TLS1_2", "TLS1_3", "cipherlist_NULL", "secure_client_renego", "BEAST", "cert_chain_of_trust"):
        expect(any(id.startswith(needed) for id in ids), f"testssl.sh has not looked at {needed} on port {port}:\n{said.stdout[-3000:]}")
    return {each["id"].split()[0]: each["finding"] for each in found if each["severity"] in GRAVE}


def doors(server, ports):
    return {
        "smtp": (server.smtp, "--starttls", "smtp"),
        "submission": (ports["listen.submission"], "--starttls", "smtp"),
        "submissions": (ports["listen.submissions"],),
        "pop3": (server.pop3, "--starttls", "pop3"),
        "pop3s": (ports["listen.pop3s"],),
    }


ports = {key: free_port() for key in ("listen.submission", "listen.submissions", "listen.pop3s")}
listen = {key: f"127.0.0.1:{port}" for key, port in ports.items()}
ca = Authority()
rsa = ca.issue("localhost")
ecdsa = ca.issue("localhost", key="ec -pkeyopt ec_paramgen_curve:P-256")

with Server(users=(), settings=listen) as server, ThreadPoolExecutor(3) as pool:
    expect("self-signed" in server.said(), f"the start does not tell that the certificate is self-signed:\n{server.said()}")
    found = dict(zip(doors(server, ports), pool.map(lambda door: findings(*door), doors(server, ports).values())))
for door, grave in found.items():
    beyond = {id: why for id, why in grave.items() if id not in OF_SELF_SIGNED}
    expect(not beyond, f"at the door {door}: {beyond}")
    expect("cert_chain_of_trust" in grave, f"at the door {door} testssl.sh trusts a self-signed certificate")

signed = listen | {
    "tls.certificate": f"{ecdsa[0]},{rsa[0]}",
    "tls.key": f"{ecdsa[1]},{rsa[1]}",
}
with Server(users=(), settings=signed) as server:
    expect("self-signed" not in server.said(), f"a certificate with an authority is called self-signed:\n{server.said()}")
    grave = findings(ports["listen.submissions"], "--add-ca", str(ca.file))
    expect(not grave, f"with certificates that an authority has signed: {grave}")
print(f"figure: {len(found)} doors, and RSA beside ECDSA signed by an authority: nothing of MEDIUM or above")

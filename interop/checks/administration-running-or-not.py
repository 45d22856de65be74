"""user, alias, verify and backup say and do the same whether the server runs (by its control socket) or not (alone)."""

import os
import poplib
import re
import stat

from ehlo import PASSWORD, Server, ehlo, expect
from mails import content, maildrop, sample


def tell(server, *arguments, stdin="", status=0):
    done = ehlo(*arguments, "--data", server.data, stdin=stdin)
    print(f"$ ehlo {' '.join(map(str, arguments))}\n{done.stdout}{done.stderr}[{done.returncode}]")
    expect(done.returncode == status, f"`ehlo {' '.join(map(str, arguments))}` ends with {done.returncode}, not {status}")
    expect(status == 0 or (done.stderr + done.stdout).strip(), "it fails without a word")
    return done.stdout


def logs_in(server, user, password):
    pop = poplib.POP3("127.0.0.1", server.pop3, timeout=90)
    try:
        pop.user(user)
        pop.pass_(password)
        pop.quit()
        return True
    except poplib.error_proto:
        pop.close()
        return False


def application_passwords(server, user):
    """Adds three and revokes one; returns those that are left and the one that is not."""
    address = f"{user}@localhost"
    phone, tablet = (tell(server, "user", "app-password", "add", address, name).removesuffix("\n") for name in ("phone", "tablet"))
    expect(all(re.fullmatch("([0-9a-z]{5}-){3}[0-9a-z]{5}", made) for made in (phone, tablet)), f"the output is not the password alone: {phone!r} {tablet!r}")
    expect(phone != tablet, "the same password is made up twice")
    tell(server, "user", "app-password", "add", address, "desk", "--password-stdin", stdin="a third one 9\n")
    tell(server, "user", "app-password", "add", address, "phone", status=1)
    tell(server, "user", "app-password", "add", "nobody@localhost", "phone", status=1)
    if server_runs(server):
        expect(all(logs_in(server, user, one) for one in (phone, tablet, "a third one 9", "another one 8")), "an application password does not hold")
        expect(not logs_in(server, user, phone[:-1]), "a part of a password holds")
    tell(server, "user", "app-password", "remove", address, "phone")
    if server_runs(server):
        expect(not logs_in(server, user, phone), "a revoked password is not refused at once")
    tell(server, "user", "app-password", "remove", address, "phone", status=1)
    listed = tell(server, "user", "app-password", "list", address) + tell(server, "user", "list")
    expect("tablet" in listed and "desk" in listed and "phone" not in listed, "the list is not what is there")
    expect(tablet not in listed and "argon2" not in listed, "a list shows a secret")
    return [tablet, "a third one 9"], phone


def for_its_owner_alone(server):
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in server.data.iterdir()}
    print("modes:", " ".join(f"{name}={mode:o}" for name, mode in sorted(modes.items())))
    others = {name for name, mode in modes.items() if mode & 0o077}
    expect(others <= {"submit.sock"}, f"others may read in the data folder: {modes}")  # nobody else may enter it


def server_runs(server):
    return (server.data / "control.sock").exists()


def administer(server, user, alias):
    tell(server, "user", "add", f"{user}@localhost", "--password-stdin", stdin=PASSWORD + "\n")
    tell(server, "user", "add", f"{user}@localhost", "--password-stdin", stdin=PASSWORD + "\n", status=1)
    expect(f"{user}@localhost" in tell(server, "user", "list"), f"`user list` does not show {user}")
    tell(server, "user", "password", f"{user}@localhost", "--password-stdin", stdin="another one 8\n")
    tell(server, "user", "password", "nobody@localhost", "--password-stdin", stdin="x\n", status=1)
    tell(server, "alias", "add", f"{alias}@localhost", f"{user}@localhost", "ann@localhost")
    expect(alias in tell(server, "alias", "list"), f"`alias list` does not show {alias}")
    tell(server, "user", "remove", "nobody@localhost", status=1)
    tell(server, "alias", "remove", "nothing@localhost", status=1)
    tell(server, "verify")


with Server() as server:
    mode = stat.S_IMODE(os.stat(server.data / "control.sock").st_mode)
    expect(mode == 0o600, f"control.sock has mode {mode:o}")
    print("--- while it runs")
    administer(server, "bob", "team")
    kept, revoked = application_passwords(server, "bob")
    expect(logs_in(server, "bob", "another one 8") and not logs_in(server, "bob", PASSWORD), "the new password does not hold")

    print("--- alone")
    server.stop()
    administer(server, "carol", "crew")
    carols, carols_revoked = application_passwords(server, "carol")
    for_its_owner_alone(server)
    server.start()
    for user, good, bad in (("bob", kept, revoked), ("carol", carols, carols_revoked)):
        expect(all(logs_in(server, user, one) for one in good), f"an application password of {user} is lost by a restart")
        expect(not logs_in(server, user, bad), f"a revoked password of {user} holds after a restart")
    for_its_owner_alone(server)
    expect(logs_in(server, "carol", "another one 8"), "the new password does not hold after the start")

    mail = sample("to everybody")
    with server.client() as smtp:
        smtp.sendmail("bob@client.example", ["team@localhost", "crew@localhost", "Ann+list@LOCALHOST"], mail)
        tell(server, "alias", "remove", "team@localhost")
        code, text = smtp.mail("bob@client.example")
        code, text = smtp.rcpt("team@localhost")
        expect((code, text[:6]) == (550, b"5.1.1 "), f"a removed alias is answered {code} {text}")
    for user, password in (("ann", PASSWORD), ("bob", "another one 8"), ("carol", "another one 8")):
        mails = maildrop(server, f"{user}@localhost", password)
        expect(mails and all(content(m) == mail for m in mails), f"{user} reads {mails}")
        print(f"{user} has {len(mails)} of it")
    tell(server, "user", "remove", "bob@localhost", status=1)  # there is mail, and nobody to ask
    expect(logs_in(server, "bob", "another one 8"), "a user was removed with their mail unasked")
    tell(server, "user", "remove", "bob@localhost", "--yes")
    expect(not logs_in(server, "bob", "another one 8"), "a removed user can still log in")
    tell(server, "verify")
